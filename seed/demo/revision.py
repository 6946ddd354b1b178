"""Lo que espera revisión en la demostración: lo que varias áreas adelantan, con sus razones y sus pasos."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import Session, col, select

from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad
from db.models.captura import ClaseItem, PasoCaptura, PlanMejora
from db.models.estructura import Dependencia
from db.queries import actividad
from db.queries.registro import evaluar
from db.rules.captura import pide_justificacion, pide_mejora
from seed.demo.calendario import ACTUAL, HOY, SEMILLA, local
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base

MES = 12
AREAS, POR_AREA = 3, 9
EN_REVISION = 2
LOGRO = (100, 96, 104, 100, 62, 98, 130, 92, 45)
"""Porcentaje de lo que falta del año que cada meta adelanta, por turno."""

RAZONES = (
    "El proveedor entregó el material dos semanas después de lo pactado.",
    "La convocatoria reunió a más personas de las previstas.",
    "La obra se detuvo por lluvia y se retoma en enero.",
)
COMENTARIO = "¿La lista de asistencia incluye a las dos localidades?"
RESPUESTA = "Sí: van en la misma hoja, por la vuelta."


def adelantar(session: Session, base: Base) -> None:
    """Tres áreas más entregan parte del trimestre abierto; corre con la sesión de quien captura."""
    azar = Random(SEMILLA + MES)
    for area in _areas(session, base):
        for meta, logro in zip(_metas(session, area), LOGRO, strict=False):
            valor = (_faltante(meta) * logro / 100).to_integral_value()
            session.add(_avance(meta.id, valor))
    session.flush()
    for avance in _enviados(session):
        _razonar(session, avance, azar)
        session.add(_paso(avance, "", EstadoAvance.ENVIADO, avance.capturo, avance.capturado_en))


def revisar(session: Session) -> None:
    """Planeación empezó a revisar los primeros y preguntó por uno; el enlace contestó."""
    for avance in _enviados(session)[:EN_REVISION]:
        avance.estado = EstadoAvance.EN_REVISION
        session.add(
            _paso(avance, EstadoAvance.ENVIADO, EstadoAvance.EN_REVISION, "planeacion", local(HOY, 12))
        )
    primero = session.exec(
        select(AvanceMeta).where(AvanceMeta.mes == MES, AvanceMeta.estado == EstadoAvance.EN_REVISION)
    ).first()
    if primero is not None:
        en_revision = EstadoAvance.EN_REVISION
        session.add(_paso(primero, en_revision, en_revision, "planeacion", local(HOY, 12), COMENTARIO))
        session.add(_paso(primero, en_revision, en_revision, "enlace", local(HOY, 13), RESPUESTA))


def _areas(session: Session, base: Base) -> Sequence[int]:
    """Otras dependencias generales del ayuntamiento."""
    ente = DEPENDENCIA_DEL_ENLACE[0]
    suya = base.dependencias[(*DEPENDENCIA_DEL_ENLACE, "")]
    generales = sorted(
        cual for (e, _, auxiliar), cual in base.dependencias.items() if e == ente and not auxiliar
    )
    return [cual for cual in generales if cual != suya][:AREAS]


def _metas(session: Session, general_id: int) -> Sequence[actividad.Meta]:
    auxiliares = session.exec(select(Dependencia.id).where(Dependencia.padre_id == general_id)).all()
    suyas = actividad.metas(session, ACTUAL, dependencias=[cual for cual in auxiliares if cual is not None])
    return [meta for meta in suyas if _faltante(meta) > 0 and meta.alcanzado[2] is not None][:POR_AREA]


def _faltante(meta: actividad.Meta) -> Decimal:
    """Lo programado en el último trimestre."""
    return meta.agrupado[-1] or Decimal(0)


def _avance(meta_id: int, valor: Decimal) -> AvanceMeta:
    return AvanceMeta(
        meta_id=meta_id,
        mes=MES,
        alcanzado=valor,
        estado=EstadoAvance.ENVIADO,
        capturo="enlace",
        capturado_en=local(HOY - timedelta(days=2), 11),
    )


def _enviados(session: Session) -> Sequence[AvanceMeta]:
    consulta = (
        select(AvanceMeta)
        .join(MetaActividad, col(MetaActividad.id) == col(AvanceMeta.meta_id))
        .where(MetaActividad.anio == ACTUAL, AvanceMeta.mes == MES, AvanceMeta.estado == EstadoAvance.ENVIADO)
        .order_by(col(AvanceMeta.id))
    )
    return session.exec(consulta).all()


def _razonar(session: Session, avance: AvanceMeta, azar: Random) -> None:
    """Justifica lo que se sale de 90 a 110 % y, si quedó debajo, dice cómo mejora."""
    valores = {avance.meta_id: avance.alcanzado}
    resultado = evaluar(session, ACTUAL, MES, ClaseItem.META, avance.meta_id, valores)
    if resultado is None or not pide_justificacion(resultado):
        return
    avance.justificacion = azar.choice(RAZONES)
    if pide_mejora(resultado):
        session.add(
            PlanMejora(
                clase=ClaseItem.META,
                item_id=avance.meta_id,
                anio=ACTUAL,
                mes=MES,
                accion="Reprogramar lo pendiente con el proveedor suplente.",
                responsable="Jefatura del área",
                prueba="Acta de entrega",
                inicio=date(ACTUAL, 12, 1),
                fin=date(ACTUAL + 1, 2, 27),
            )
        )


def _paso(
    avance: AvanceMeta, antes: str, despues: EstadoAvance, autor: str, momento: datetime, texto: str = ""
) -> PasoCaptura:
    return PasoCaptura(
        clase=ClaseItem.META,
        item_id=avance.meta_id,
        anio=ACTUAL,
        mes=avance.mes,
        antes=antes,
        despues=despues,
        texto=texto,
        autor=autor,
        momento=momento,
    )
