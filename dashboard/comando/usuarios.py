"""`siem usuarios`: crear cuentas y dar códigos desde el servidor, sin pantalla."""

from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlmodel import Session

from dashboard.comando.espanol import Aplicacion
from db.actions import usuarios as acciones
from db.base import tabla
from db.engine import reading, writing
from db.models.estructura import Dependencia, NivelDependencia
from db.models.municipio import Ente
from db.queries import usuarios
from db.rules.formato import fecha_hora
from db.rules.permisos import LINEA_DE_COMANDOS, NOMBRE_ROL, Asignacion, Rol
from db.rules.problema import Problema

Cuenta = Annotated[str, typer.Argument(metavar="CUENTA", help="La cuenta; por ejemplo, maria.lopez.")]
ROLES = ", ".join(rol.value for rol in Rol)


def registrar(app: typer.Typer) -> None:
    grupo = Aplicacion(help="Cuentas de quienes usan el sistema.")
    grupo.command("crear", help="Crea una cuenta y da su código de un solo uso.")(crear)
    grupo.command("listar", help="Lista las cuentas y sus roles.")(listar)
    grupo.command("codigo", help="Da un código nuevo a una cuenta.")(codigo)
    grupo.command("desactivar", help="Apaga una cuenta y termina sus sesiones.")(desactivar)
    app.add_typer(grupo, name="usuarios")


def crear(
    cuenta: Cuenta,
    nombre: Annotated[str, typer.Option(help="Nombre de la persona.")],
    rol: Annotated[list[str], typer.Option(metavar="ROL", help=f"Uno de: {ROLES}. Se puede repetir.")],
    ente: Annotated[str | None, typer.Option(metavar="CLAVE", help="Clave del ente que alcanza.")] = None,
    dependencia: Annotated[
        str | None, typer.Option(metavar="CLAVE", help="Clave de la dependencia general que alcanza.")
    ] = None,
) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        ente_id, dependencia_id = _alcance(session, ente, dependencia)
        creado = acciones.crear_usuario(
            session,
            LINEA_DE_COMANDOS,
            cuenta=cuenta,
            nombre=nombre,
            asignaciones=[Asignacion(_rol(texto), ente_id, dependencia_id) for texto in rol],
        )
        assert creado.id is not None
        secreto = acciones.generar_codigo(session, LINEA_DE_COMANDOS, usuario_id=creado.id)
    _decir_codigo(creado.cuenta, secreto)


def listar() -> None:
    with reading() as session:
        cuentas = usuarios.lista(session)
    if not cuentas:
        typer.echo("Todavía no hay cuentas.")
    for fila in cuentas:
        roles = ", ".join(_rol_en_palabras(rol) for rol in fila["roles"])
        typer.echo(f"{fila['cuenta']} · {fila['nombre']} · {roles} · {_estado(fila)}")


def codigo(cuenta: Cuenta) -> None:
    usuario_id = _buscar(cuenta)
    with writing(LINEA_DE_COMANDOS) as session:
        secreto = acciones.generar_codigo(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)
    _decir_codigo(cuenta, secreto)


def desactivar(cuenta: Cuenta) -> None:
    usuario_id = _buscar(cuenta)
    with writing(LINEA_DE_COMANDOS) as session:
        acciones.desactivar(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)
    typer.echo(f"La cuenta {cuenta} ya no puede entrar.")


def _rol(texto: str) -> Rol:
    try:
        return Rol(texto.strip().lower())
    except ValueError:
        raise Problema(f"No existe el rol «{texto}».", f"Use uno de: {ROLES}.", campo="rol") from None


def _alcance(session: Session, ente: str | None, dependencia: str | None) -> tuple[int | None, int | None]:
    e, d = tabla(Ente).c, tabla(Dependencia).c
    ente_id = session.execute(select(e.id).where(e.clave == ente)).scalar() if ente else None
    if ente and ente_id is None:
        raise Problema(f"No existe el ente «{ente}».")
    if not dependencia:
        return ente_id, None
    consulta = select(d.id, d.ente_id).where(d.clave == dependencia, d.nivel == NivelDependencia.GENERAL)
    halladas = session.execute(consulta.where(d.ente_id == ente_id) if ente_id else consulta).all()
    if len(halladas) != 1:
        texto = "No existe" if not halladas else "Hay más de un ente con"
        raise Problema(f"{texto} la dependencia «{dependencia}».", "Indique también --ente.")
    return halladas[0].ente_id, halladas[0].id


def _buscar(cuenta: str) -> int:
    with reading() as session:
        for fila in usuarios.lista(session):
            if fila["cuenta"] == cuenta.strip().lower():
                return int(fila["id"])
    raise Problema(f"No existe la cuenta «{cuenta}».", "Vea las que hay con: siem usuarios listar")


def _rol_en_palabras(rol: dict[str, Any]) -> str:
    donde = rol["dependencia"] or rol["ente"]
    return NOMBRE_ROL[Rol(rol["rol"])] + (f" ({donde})" if donde else "")


def _estado(fila: dict[str, Any]) -> str:
    if not fila["activa"]:
        return "desactivada"
    if fila["con_clave"]:
        return "activa"
    vence = fila["codigo_vence"]
    return f"su código vence el {fecha_hora(usuarios.en_utc(vence))}" if vence else "sin código"


def _decir_codigo(cuenta: str, secreto: str) -> None:
    typer.echo(f"Código de un solo uso de {cuenta}: {secreto}")
    typer.echo("Vale 48 horas y no se vuelve a mostrar. Se estrena en «Tengo un código» de la entrada.")
