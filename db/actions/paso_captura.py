"""Lo común de capturar y revisar: de quién es cada cosa, su renglón guardado y el paso que queda escrito."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, col
from sqlmodel import select as elegir

from db.base import ahora
from db.models.actividad import AvanceMeta, EstadoAvance
from db.models.captura import ClaseItem, PasoCaptura
from db.models.indicadores import AvanceVariable, VariableIndicador
from db.queries.avances import meses_cerrados
from db.queries.registro import Registro, objeto
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema

Item = tuple[ClaseItem, int]

CANDADO_PERIODOS = 7_431_002
"""En PostgreSQL lo comparten quienes escriben en un periodo abierto y lo toma entero quien lo cierra."""


def exigir_periodo_abierto(session: Session, anio: int, mes: int) -> None:
    """Problema si está cerrado. Hasta que esta transacción termine, nadie lo cierra."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:llave)"), {"llave": CANDADO_PERIODOS})
    if mes in meses_cerrados(session, anio):
        raise Problema(
            f"El periodo que termina en {mes_nombre(mes)} de {anio} está cerrado.",
            "Pida a planeación que lo reabra o que registre la corrección como extemporánea.",
        )


def de_quien(session: Session, clase: ClaseItem, item_id: int, accion: Accion, actor: Actor) -> Objeto:
    """A quién pertenece; lo que no existe y lo ajeno se niegan igual."""
    suyo = objeto(session, clase, item_id)
    if suyo is None:
        raise SinPermiso(accion)
    exigir(actor, accion, suyo)
    return suyo


def anotar_paso(
    session: Session,
    actor: Actor,
    clase: ClaseItem,
    item_id: int,
    anio: int,
    mes: int,
    previo: Registro,
    despues: EstadoAvance,
    texto: str = "",
    extemporaneo: bool = False,
) -> None:
    session.add(
        PasoCaptura(
            clase=clase,
            item_id=item_id,
            anio=anio,
            mes=mes,
            antes=previo.estado or "",
            despues=despues,
            texto=texto.strip(),
            extemporaneo=extemporaneo,
            autor=actor.cuenta,
            momento=ahora(),
        )
    )


def guardados(
    session: Session, clase: ClaseItem, ids: Sequence[int], mes: int
) -> Sequence[AvanceMeta | AvanceVariable]:
    """Los renglones guardados de esas metas o indicadores en el periodo."""
    if clase is ClaseItem.META:
        return session.exec(
            elegir(AvanceMeta).where(col(AvanceMeta.meta_id).in_(ids), AvanceMeta.mes == mes)
        ).all()
    return session.exec(
        elegir(AvanceVariable)
        .join(VariableIndicador, col(VariableIndicador.id) == AvanceVariable.variable_id)
        .where(col(VariableIndicador.indicador_id).in_(ids), AvanceVariable.trimestre == mes // 3)
    ).all()
