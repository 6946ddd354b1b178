"""`siem avisar`, para cron: deja los avisos que tocan y manda los correos; repetirla no repite nada."""

from collections import Counter
from smtplib import SMTP
from typing import Annotated

import typer
from sqlmodel import Session

from dashboard.correo import Servidor, ServidorCaido, carta, conexion, mandar, servidor
from db.actions.avisos import avisar
from db.actions.entregas import Carta, anotar_salida, apartar, pendientes
from db.audit import SOLO_BITACORA, anotar
from db.base import ahora
from db.engine import reading, writing
from db.migrar import al_dia
from db.queries.avisos import dichos
from db.queries.nuevo_aviso import Nuevo
from db.queries.por_avisar import por_avisar
from db.rules.avisos import CLASES
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema

Simular = Annotated[bool, typer.Option("--simular", help="Dice qué haría, sin avisar ni mandar nada.")]


def registrar(app: typer.Typer) -> None:
    """Agrega la orden."""
    app.command("avisar", help="Deja los avisos que tocan y manda los correos; para cron.")(orden)


def orden(simular: Simular = False) -> None:
    if not al_dia():
        raise Problema("La base no está al día con esta versión del sistema.", "Corra: siem migrar")
    por = servidor()
    (_simular if simular else _avisar)()
    if por is None:
        typer.echo("Correo: sin configurar; los avisos sólo se ven en el sistema.")
        return
    with reading() as session:
        cartas = pendientes(session, ahora())
    if simular:
        for una in cartas:
            typer.echo(f"Mandaría a {una.correo}: {_cuantos(len(una.avisos))} de los que ya hay.")
        return
    if not _mandar(por, cartas):
        raise typer.Exit(1)


def _simular() -> None:
    with reading() as session:
        nuevos = por_avisar(session, ahora())
        ya = dichos(session, {n.llave for n in nuevos})
    faltan = [n.clase for n in nuevos for quien in n.usuario_ids if (quien, n.llave) not in ya]
    _decir("Avisaría", Counter(faltan))


def _avisar() -> None:
    """Todo o nada; en la bitácora queda que se avisó, y las lecturas guardadas siguen valiendo."""
    with reading() as session:
        nuevos = por_avisar(session, ahora())
    hechos: Counter[str] = Counter()
    with writing(LINEA_DE_COMANDOS) as session:
        session.info[SOLO_BITACORA] = True
        for n in nuevos:
            hechos[n.clase] += _dejar(session, n)
        if hechos.total():
            anotar(session, "avisar", "aviso", avisos={str(clase): n for clase, n in hechos.items() if n})
    _decir("Avisos nuevos", hechos)


def _dejar(session: Session, n: Nuevo) -> int:
    return avisar(session, n.usuario_ids, n.clase, n.llave, n.mensaje.titulo, n.mensaje.texto, n.mensaje.ruta)


def _decir(que: str, cuantos: Counter[str]) -> None:
    partes = [f"{CLASES[clase]} {n:,}" for clase, n in sorted(cuantos.items()) if n]
    typer.echo(f"{que}: {', '.join(partes) or 'ninguno'}.")


def _mandar(por: Servidor, cartas: list[Carta]) -> bool:
    """Manda cada carta que se logre apartar; False si el servidor no contestó y hubo que parar."""
    if not cartas:
        typer.echo("Correo: nada por mandar.")
        return True
    faltan, salieron, fallaron = list(cartas), 0, 0
    try:
        with conexion(por) as abierta:
            while faltan:
                salio = _una(abierta, por, faltan[0].usuario_id)
                faltan.pop(0)
                salieron, fallaron = salieron + (salio is True), fallaron + (salio is False)
    except ServidorCaido as problema:
        for una in faltan:
            if (apartada := _apartar(una.usuario_id)) is not None:
                _anotar(apartada, problema.mensaje, culpa_del_servidor=True)
        typer.echo(f"Correos que salieron: {salieron:,}; quedan {len(faltan):,}. {problema}", err=True)
        return False
    typer.echo(f"Correos que salieron: {salieron:,}; fallaron: {fallaron:,}.")
    return True


def _una(abierta: SMTP, por: Servidor, usuario_id: int) -> bool | None:
    """¿Salió la carta de esa persona? None si otra orden ya la había apartado. ServidorCaido si se cortó."""
    apartada = _apartar(usuario_id)
    if apartada is None:
        return None
    try:
        mensaje = carta(por, apartada.nombre, apartada.correo, apartada.avisos, resumen=apartada.resumen)
        mandar(abierta, por, mensaje)
    except ServidorCaido as problema:
        _anotar(apartada, problema.mensaje, culpa_del_servidor=True)
        raise
    except Problema as problema:
        _anotar(apartada, problema.mensaje)
        typer.echo(f"No salió a {apartada.correo}: {problema.mensaje}", err=True)
        return False
    _anotar(apartada)
    return True


def _apartar(usuario_id: int) -> Carta | None:
    with writing(LINEA_DE_COMANDOS) as session:
        return apartar(session, usuario_id, ahora())


def _anotar(apartada: Carta, error: str = "", *, culpa_del_servidor: bool = False) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        anotar_salida(session, apartada, error, culpa_del_servidor=culpa_del_servidor)


def _cuantos(n: int) -> str:
    return f"{n:,} {'aviso' if n == 1 else 'avisos'}"
