"""Revisar lo capturado: tomarlo, validarlo, devolverlo, publicarlo o comentarlo; nunca quien lo capturó."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from db.actions.hechos_avisados import avisar_criticos, avisar_devuelto
from db.actions.idempotencia import Conflicto
from db.actions.paso_captura import Item, anotar_paso, de_quien, exigir_periodo_abierto, guardados
from db.base import ahora
from db.models.actividad import AvanceMeta, EstadoAvance
from db.models.captura import ClaseItem
from db.models.indicadores import AvanceVariable
from db.queries.registro import SIN_REGISTRO, registros
from db.rules.captura import exigir_paso
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema

Vistas = Mapping[Item, int]
"""La versión de cada cosa que la persona tenía delante; si ya es otra, Conflicto: nadie decide a ciegas."""


def tomar(session: Session, actor: Actor, *, anio: int, mes: int, items: Sequence[Item]) -> None:
    """Empieza a revisarlos: quien capturó ya no los cambia. SinPermiso; Problema si no están enviados."""
    _pasar(session, actor, anio, mes, items, EstadoAvance.EN_REVISION)


def validar(
    session: Session, actor: Actor, *, anio: int, mes: int, items: Sequence[Item], vistas: Vistas
) -> None:
    """Los hace cifra oficial, todos o ninguno. SinPermiso, Conflicto o Problema."""
    _pasar(session, actor, anio, mes, items, EstadoAvance.VALIDADO, vistas=vistas)


def devolver(
    session: Session, actor: Actor, *, anio: int, mes: int, item: Item, motivo: str, vistas: Vistas
) -> None:
    """Lo regresa a quien capturó, con el motivo; también lo ya validado, si el periodo no ha cerrado."""
    if not motivo.strip():
        raise Problema("Falta el motivo.", "Diga qué se debe corregir.", campo="motivo")
    _pasar(session, actor, anio, mes, [item], EstadoAvance.DEVUELTO, vistas=vistas, texto=motivo)


def publicar(session: Session, actor: Actor, *, anio: int, mes: int, items: Sequence[Item]) -> None:
    """Lo validado queda publicado: desde ahí sólo cambia con un registro extemporáneo."""
    _pasar(session, actor, anio, mes, items, EstadoAvance.PUBLICADO)


def comentar(session: Session, actor: Actor, *, anio: int, mes: int, item: Item, texto: str) -> None:
    """Deja un comentario en lo capturado, sin cambiar su estado. SinPermiso; Problema si no hay nada."""
    if not texto.strip():
        raise Problema("El comentario está vacío.", "Escriba algo o cancele.", campo="comentario")
    clase, item_id = item
    de_quien(session, clase, item_id, Accion.CARGAR_AVANCES, actor)
    previo = registros(session, clase, [item_id], mes).get(item_id)
    if previo is None or previo.estado is None:
        raise Problema("Aún no hay nada capturado que comentar.", "Capture primero el valor.")
    anotar_paso(session, actor, clase, item_id, anio, mes, previo, previo.estado, texto)


def _pasar(
    session: Session,
    actor: Actor,
    anio: int,
    mes: int,
    items: Sequence[Item],
    despues: EstadoAvance,
    *,
    vistas: Vistas | None = None,
    texto: str = "",
) -> None:
    """Todos o ninguno; lo guardado se lee de una vez para todos."""
    publica = despues is EstadoAvance.PUBLICADO
    accion = Accion.PUBLICAR_AVANCES if publica else Accion.VALIDAR_AVANCES
    for clase, item_id in items:
        de_quien(session, clase, item_id, accion, actor)
    if not publica:
        exigir_periodo_abierto(session, anio, mes)
    for clase in ClaseItem:
        ids = list({i for c, i in items if c is clase})
        previos = registros(session, clase, ids, mes)
        for item_id in ids:
            previo = previos.get(item_id, SIN_REGISTRO)
            if vistas is not None and vistas.get((clase, item_id)) != previo.version:
                raise Conflicto
            exigir_paso(previo.estado, despues, autor=previo.autor, actor=actor.cuenta)
            anotar_paso(session, actor, clase, item_id, anio, mes, previo, despues, texto)
        for avance in guardados(session, clase, ids, mes):
            _poner(avance, despues, actor)
        session.flush()
        if despues is EstadoAvance.VALIDADO and ids:
            avisar_criticos(session, actor, clase, previos, anio, mes)
        if despues is EstadoAvance.DEVUELTO:
            for item_id in ids:
                autor = previos[item_id].autor
                avisar_devuelto(session, actor, (clase, item_id), anio, mes, autor, texto)


def _poner(avance: AvanceMeta | AvanceVariable, despues: EstadoAvance, actor: Actor) -> None:
    avance.estado = despues
    if despues is EstadoAvance.VALIDADO:
        avance.valido, avance.validado_en = actor.cuenta, ahora()
    if despues is EstadoAvance.DEVUELTO:
        avance.valido, avance.validado_en = "", None
