"""Avisar a las personas dentro del sistema, marcar lo leído y guardar cómo prefiere cada quien el correo."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session

from db.actions.idempotencia import Conflicto
from db.base import ahora, tabla
from db.engine import insertar_si_falta
from db.models.avisos import Aviso, ClaseAviso, PreferenciaAviso
from db.models.usuarios import Usuario
from db.queries.avance_captura import VENTANA, pendientes
from db.queries.avisos import preferencia
from db.queries.calendario import plazos
from db.queries.municipio import hoy, zona
from db.queries.por_avisar import DEBE, deudas_de, en_palabras
from db.rules.avisos import correo_valido, recuerda
from db.rules.calendario import Entregado
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema


def avisar(
    session: Session,
    usuario_ids: Collection[int],
    clase: ClaseAviso,
    llave: str,
    titulo: str,
    texto: str = "",
    ruta: str = "",
) -> int:
    """Deja el aviso a cada persona, una sola vez por `llave`, y devuelve a cuántas se les dijo ahora.

    Va en la transacción de lo que se avisa: si eso no se guarda, nadie se entera. No pide permiso ni queda en
    la bitácora: el hecho que se avisa ya está en ella.
    """
    momento = ahora()
    filas = [
        {
            "usuario_id": quien,
            "clase": clase,
            "llave": llave,
            "titulo": titulo,
            "texto": texto,
            "ruta": ruta,
            "creado_en": momento,
        }
        for quien in sorted(set(usuario_ids))
    ]
    return len(insertar_si_falta(session, tabla(Aviso), filas))


def marcar_leidos(session: Session, usuario_id: int, avisos: Collection[int] | None = None) -> None:
    """Da por leídos esos avisos de la persona, o todos; los ajenos no se tocan."""
    a = tabla(Aviso).c
    orden = update(tabla(Aviso)).where(a.usuario_id == usuario_id, a.leido_en.is_(None))
    if avisos is not None:
        orden = orden.where(a.id.in_(avisos))
    session.execute(orden.values(leido_en=ahora()))


def guardar_preferencia(
    session: Session, actor: Actor, *, correo: str, quiere: bool, resumen: bool, version: str
) -> None:
    """Cada quien su dirección y cómo quiere los avisos.

    Problema (con `campo`) si el correo no es válido o lo quiere sin dirección; Conflicto si se guardó en otra
    parte desde que se abrió.
    """
    assert actor.usuario_id is not None
    if preferencia(session, actor.usuario_id)["version"] != version:
        raise Conflicto
    limpio = correo_valido(correo)
    if quiere and not limpio:
        raise Problema("Falta la dirección de correo.", "Escríbala, o elija «Sólo aquí».", campo="correo")
    usuario = session.get_one(Usuario, actor.usuario_id)
    usuario.correo = limpio
    suya = session.get(PreferenciaAviso, actor.usuario_id) or PreferenciaAviso(usuario_id=actor.usuario_id)
    suya.correo, suya.resumen_diario = quiere, quiere and resumen
    session.add_all([usuario, suya])
    session.flush()


@dataclass(frozen=True, slots=True)
class Recordados:
    """A cuántos se recordó ahora, a cuántos ya se había recordado hoy y qué áreas no tienen enlace."""

    ahora: int
    antes: int
    sin_enlace: tuple[str, ...]


def recordar(
    session: Session, actor: Actor, *, anio: int, mes: int, dependencia_id: int | None = None
) -> Recordados:
    """Recuerda a los enlaces que deben algo del periodo exactamente qué deben; una vez al día.

    Con `dependencia_id`, sólo lo de esa dependencia general. SinPermiso; Problema si nadie debe nada.
    """
    exigir(actor, Accion.EDITAR_CALENDARIO)
    por_persona = {
        quien: [una for una in suyas if dependencia_id in (None, una.unidad.general_id)]
        for quien, suyas in deudas_de(session, anio, mes).items()
    }
    deben = pendientes(session, anio=anio, mes=mes, dependencia_id=dependencia_id)
    deben = [una for una in deben if Entregado(una["va"]) in DEBE]
    if not deben:
        raise Problema("Nadie debe nada de ese periodo.", "No hay a quién recordar.")
    cierran, lugar, dia = plazos(session, anio), zona(session).key, hoy(session)
    dichos, ya = 0, 0
    for quien, suyas in por_persona.items():
        if not suyas:
            continue
        plazo = [cierran.get((VENTANA[u.clase], mes, u.unidad.general_id)) for u in suyas]
        dice = recuerda(en_palabras(anio, suyas), min((p for p in plazo if p), default=None), lugar)
        que = dependencia_id if dependencia_id is not None else "todas"
        llave = f"recordar/{anio}-{mes:02d}/{que}/{dia.isoformat()}"
        nuevos = avisar(session, [quien], ClaseAviso.RECORDATORIO, llave, dice.titulo, dice.texto, dice.ruta)
        dichos, ya = dichos + nuevos, ya + (1 - nuevos)
    con_enlace = {una.unidad.general_id for suyas in por_persona.values() for una in suyas}
    sueltas = {u["dependencia"] for u in deben if u["dependencia_id"] not in con_enlace}
    return Recordados(dichos, ya, tuple(sorted(sueltas)))
