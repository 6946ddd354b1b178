"""El ciclo de captura de la demostración: recordatorios, una prórroga, un acuse, devueltos y un cierre."""

import hashlib
from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from db.actions.cierre import congelar
from db.audit import canonico, ultimo_sello
from db.base import tabla
from db.engine import writing
from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad
from db.models.captura import ClaseCaptura, ClaseItem, Envio, PasoCaptura, Periodo, Prorroga, Ventana
from db.models.estructura import Dependencia
from db.rules.permisos import Rol
from seed.demo import calendario, historias, revision
from seed.demo.calendario import ACTUAL, MES_CORTE
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base

DIAS_DE_RECORDATORIO = 3
DEVUELTOS = 3
MOTIVOS = (
    "El oficio no trae la firma del titular; súbalo otra vez.",
    "La cantidad no coincide con la lista de asistencia: dice 42 y se capturó otra.",
    "Falta decir en qué localidades se hizo.",
)


def crear(base: Base) -> None:
    """Lo que pasó con la captura, cada cosa con quien la haría; al final, el cierre del último trimestre."""
    with writing(base.actores[Rol.ENLACE]) as session:
        _acusar(session, base)
        revision.adelantar(session, base)
    with writing(base.actores[Rol.PLANEACION]) as session:
        _recordar(session)
        _prorrogar(session, base)
        _devolver(session)
        revision.revisar(session)
    with writing(base.actores[Rol.PLANEACION]) as session:
        _congelar(session)


def _recordar(session: Session) -> None:
    for ventana in session.exec(select(Ventana)).all():
        cuando = ventana.cierra - timedelta(days=DIAS_DE_RECORDATORIO)
        session.execute(
            update(tabla(Ventana)).where(tabla(Ventana).c.id == ventana.id).values(recuerda=cuando)
        )


def _prorrogar(session: Session, base: Base) -> None:
    """Diez días más para quien aun así no entregó el tercer trimestre."""
    ventana = session.exec(
        select(Ventana).where(
            Ventana.anio == ACTUAL, Ventana.mes == MES_CORTE, Ventana.clase == ClaseCaptura.ACTIVIDADES
        )
    ).one()
    assert ventana.id is not None
    ente, general = historias.DEBE_UN_TRIMESTRE
    session.add(
        Prorroga(
            ventana_id=ventana.id,
            dependencia_id=base.dependencias[ente, general, ""],
            cierra=calendario.local(date(ACTUAL, 10, 20), 23, 59),
            motivo="Cambio de titular del área a mitad del plazo.",
            autorizo="planeacion",
            autorizada_en=calendario.local(date(ACTUAL, 10, 9), 13, 20),
        )
    )


def _acusar(session: Session, base: Base) -> None:
    """El acuse de lo que el área del enlace entregó del último trimestre cerrado."""
    general_id = base.dependencias[(*DEPENDENCIA_DEL_ENLACE, "")]
    general = session.get_one(Dependencia, general_id)
    avances = session.exec(
        select(AvanceMeta, MetaActividad)
        .join(MetaActividad, col(MetaActividad.id) == col(AvanceMeta.meta_id))
        .join(Dependencia, col(Dependencia.id) == col(MetaActividad.dependencia_id))
        .where(MetaActividad.anio == ACTUAL, Dependencia.padre_id == general_id, AvanceMeta.mes == MES_CORTE)
        .order_by(col(AvanceMeta.id))
    ).all()
    renglones = [
        {
            "clase": ClaseItem.META.value,
            "id": meta.id,
            "nombre": meta.nombre,
            "valores": {str(meta.id): str(avance.alcanzado)},
            "justificacion": avance.justificacion,
        }
        for avance, meta in avances
    ]
    persona = base.actores[Rol.ENLACE]
    session.add(
        Envio(
            anio=ACTUAL,
            mes=MES_CORTE,
            ente_id=general.ente_id,
            dependencia_id=general_id,
            folio=f"{ACTUAL}-{MES_CORTE:02d}-{general.clave}-{general_id}-001",
            enviado_en=calendario.local(date(ACTUAL, 10, 8), 17, 42),
            cuenta=persona.cuenta,
            nombre=persona.nombre,
            huella=hashlib.sha256(canonico({"renglones": renglones}).encode()).hexdigest(),
            renglones=renglones,
        )
    )


def _devolver(session: Session) -> None:
    """Unos cuantos adelantos del trimestre abierto, devueltos con su motivo."""
    enviados = session.exec(
        select(AvanceMeta)
        .where(AvanceMeta.mes == 12, AvanceMeta.estado == EstadoAvance.ENVIADO)
        .order_by(col(AvanceMeta.id))
        .limit(DEVUELTOS)
    ).all()
    for avance, motivo in zip(enviados, MOTIVOS, strict=True):
        avance.estado = EstadoAvance.DEVUELTO
        session.add(
            PasoCaptura(
                clase=ClaseItem.META,
                item_id=avance.meta_id,
                anio=ACTUAL,
                mes=avance.mes,
                antes=EstadoAvance.ENVIADO,
                despues=EstadoAvance.DEVUELTO,
                texto=motivo,
                autor="planeacion",
                momento=calendario.local(calendario.HOY, 12, 30),
            )
        )


def _congelar(session: Session) -> None:
    periodo = session.exec(select(Periodo).where(Periodo.anio == ACTUAL, Periodo.mes == MES_CORTE)).one()
    sello = ultimo_sello(session)
    assert sello is not None
    congelar(session, periodo, "Se cierra con lo recibido; lo que falta queda como vencido.", sello)
