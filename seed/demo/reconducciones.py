"""Las solicitudes de reconducción de 2026, una en cada estado; la autorizada es la de alumbrado."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.engine import writing
from db.models.actividad import MetaActividad, ProgramacionMeta, Reconduccion
from db.models.estructura import Dependencia
from db.models.reconduccion import (
    AmbitoReconduccion,
    ClaseRenglon,
    DineroSolicitud,
    EstadoSolicitud,
    LadoDinero,
    RenglonSolicitud,
    SolicitudReconduccion,
    TipoReconduccion,
)
from db.queries.candidatas import candidatas
from db.queries.dinero_reconduccion import con_dinero
from db.queries.reconducible import Llave, llave_de, reconducibles
from db.rules.permisos import Rol
from db.rules.reconduccion import proponer
from seed.demo import historias
from seed.demo.calendario import ACTUAL, MES_CORTE, local
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base

VIGENCIA = MES_CORTE + 1
CULTURA, ECOLOGIA, SALUD = ("AYTO", "R00"), ("AYTO", "G00"), ("AYTO", "I02")
PROYECTO_DE_CULTURA, PROYECTO_DE_OBRAS = "020402010101", "030501030403"
MIL_PESOS = 100_000


@dataclass(frozen=True, slots=True)
class _Caso:
    """Una solicitud: de quién, cuántas candidatas de su área toma, si mueve dinero y cómo va."""

    de: tuple[str, str]
    estado: EstadoSolicitud
    cuantas: int
    dia: date | None = None
    proyecto: str = ""
    """Con él, mueve dinero entre dos de sus claves."""
    textos: dict[str, Any] = field(default_factory=dict)


CASOS = (
    _Caso(
        SALUD,
        EstadoSolicitud.RECHAZADA,
        2,
        date(ACTUAL, 10, 14),
        textos={
            "justificacion": "Las jornadas se reprograman por falta de personal.",
            "justificacion_destino": "Se reordena lo que falta del año.",
            "resolucion": "No se anexa el oficio en que se dio de baja al personal.",
            "resolvio": "planeacion",
            "resuelta_en": local(date(ACTUAL, 10, 16), 13, 5),
        },
    ),
    _Caso(
        CULTURA,
        EstadoSolicitud.OPINADA,
        1,
        date(ACTUAL, 11, 5),
        PROYECTO_DE_CULTURA,
        {
            "justificacion": "El presupuesto del proyecto no se ocupó al ritmo previsto.",
            "justificacion_destino": "Se atiende el mantenimiento del auditorio, que reabre en diciembre.",
            "origen_recursos": "Economías del mismo proyecto, misma fuente de financiamiento.",
            "favorable": True,
            "opinion": "Hay suficiencia al cierre de septiembre.",
            "opino": "tesoreria",
            "opinada_en": local(date(ACTUAL, 11, 9), 11, 40),
        },
    ),
    _Caso(
        DEPENDENCIA_DEL_ENLACE,
        EstadoSolicitud.SOLICITADA,
        2,
        date(ACTUAL, 11, 17),
        PROYECTO_DE_OBRAS,
        {
            "justificacion": "Las lluvias detuvieron la obra y la maquinaria quedó sin usarse dos meses.",
            "justificacion_destino": "Lo que no se ocupó pasa a lo que pide la obra que sí avanza.",
            "origen_recursos": "Economías del mismo proyecto.",
        },
    ),
    _Caso(
        ECOLOGIA,
        EstadoSolicitud.SOLICITADA,
        3,
        date(ACTUAL, 11, 18),
        textos={
            "justificacion": "La brigada trabajó con la mitad de su gente desde agosto.",
            "justificacion_destino": "Se amplía lo que la ciudadanía pidió más de lo previsto.",
        },
    ),
    _Caso(DEPENDENCIA_DEL_ENLACE, EstadoSolicitud.BORRADOR, 3),
)


def crear(base: Base) -> None:
    """Escribe las solicitudes; ninguna cambia una cifra: la autorizada sólo documenta la que ya rige."""
    with writing(base.actores[Rol.ENLACE]) as session:
        _la_autorizada(session, base)
        libres = candidatas(session, anio=ACTUAL, mes=MES_CORTE)["filas"]
        for caso in CASOS:
            _escribir(session, base, caso, libres)


def _escribir(session: Session, base: Base, caso: _Caso, libres: list[dict[str, Any]]) -> None:
    """Toma de `libres` las candidatas de su área: ninguna está en dos solicitudes."""
    area = session.get_one(Dependencia, base.dependencias[(*caso.de, "")])
    solicitud = SolicitudReconduccion(
        anio=ACTUAL,
        ente_id=area.ente_id,
        dependencia_id=area.id or 0,
        tipo=TipoReconduccion.PRESUPUESTAL if caso.proyecto else TipoReconduccion.PROGRAMATICA,
        estado=caso.estado,
        mes_vigencia=VIGENCIA,
        solicito=_de_quien(caso.de),
        solicitada_en=_presentada(caso.dia),
        **caso.textos,
    )
    session.add(solicitud)
    session.flush()
    llaves = _tomar(libres, area.id or 0, caso)
    for llave, r in reconducibles(session, ACTUAL, llaves).items():
        for numero, cantidad in proponer(r.programado, VIGENCIA).items():
            _renglon(session, solicitud, llave, r.programado.periodos[numero - 1].mes_fin, cantidad)
    if caso.proyecto:
        _dinero(session, solicitud, caso.proyecto)


def _de_quien(area: tuple[str, str]) -> str:
    """La cuenta de la demostración, o la del enlace de otra área, que no entra a ella."""
    return "enlace" if area == DEPENDENCIA_DEL_ENLACE else f"enlace.{area[1].lower()}"


def _presentada(dia: date | None) -> datetime | None:
    return None if dia is None else local(dia, 16, 20)


def _tomar(libres: list[dict[str, Any]], area: int, caso: _Caso) -> list[Llave]:
    """Si mueve dinero, sólo las del proyecto de sus claves."""
    suyas = [f for f in libres if f["general_id"] == area and caso.proyecto in ("", f["proyecto"])]
    suyas = suyas[: caso.cuantas]
    for fila in suyas:
        libres.remove(fila)
    return [llave_de(campo) for fila in suyas for campo in fila["items"]]


def _renglon(
    session: Session, solicitud: SolicitudReconduccion, llave: Llave, mes: int, cantidad: Decimal
) -> None:
    session.add(
        RenglonSolicitud(
            solicitud_id=solicitud.id or 0, clase=llave[0], item_id=llave[1], mes=mes, cantidad=cantidad
        )
    )


def _dinero(session: Session, solicitud: SolicitudReconduccion, proyecto: str) -> None:
    """La quinta parte de la clave con más por ejercer, en miles de pesos, pasa a la que menos tiene.

    Sin tocar los sueldos.
    """
    todas = con_dinero(session, anio=ACTUAL, ente_id=solicitud.ente_id, proyectos=[proyecto])
    filas = [f for f in todas if not f["partida"].startswith("1")]
    importe = max(MIL_PESOS, filas[0]["por_ejercer"] // 5 // MIL_PESOS * MIL_PESOS)
    for cual, fila in ((LadoDinero.REDUCE, filas[0]), (LadoDinero.AMPLIA, filas[-1])):
        session.add(
            DineroSolicitud(solicitud_id=solicitud.id or 0, lado=cual, clave=fila["clave"], importe=importe)
        )


def _la_autorizada(session: Session, base: Base) -> None:
    r, g, m, d = tabla(Reconduccion).c, tabla(ProgramacionMeta).c, tabla(MetaActividad), tabla(Dependencia)
    rige = session.execute(
        select(r.id, r.ente_id, r.mes_vigencia, r.folio, r.motivo, r.fecha).where(
            r.anio == ACTUAL, r.folio == historias.FOLIO_RECONDUCCION
        )
    ).one()
    consulta = (
        select(g.meta_id, g.mes, g.cantidad, d.c.padre_id)
        .join(m, m.c.id == g.meta_id)
        .join(d, d.c.id == m.c.dependencia_id)
        .where(g.reconduccion_id == rige.id)
        .order_by(g.meta_id, g.mes)
    )
    filas = session.execute(consulta).all()
    solicitud = SolicitudReconduccion(
        anio=ACTUAL,
        ente_id=rige.ente_id,
        dependencia_id=filas[0].padre_id,
        tipo=TipoReconduccion.PROGRAMATICA,
        ambito=AmbitoReconduccion.INTERNA,
        estado=EstadoSolicitud.AUTORIZADA,
        mes_vigencia=rige.mes_vigencia,
        justificacion="Con luminarias nuevas bajan los reportes por atender.",
        justificacion_destino=rige.motivo,
        solicito="enlace.h00",
        solicitada_en=local(date(ACTUAL, 6, 29), 12, 15),
        resolucion="Procede: el convenio está firmado.",
        resolvio="planeacion",
        resuelta_en=local(rige.fecha, 10, 30),
        oficio=rige.folio,
        reconduccion_id=rige.id,
    )
    session.add(solicitud)
    session.flush()
    trimestres: dict[tuple[int, int], Decimal] = {}
    for fila in filas:
        cual = (fila.meta_id, (fila.mes - 1) // 3 * 3 + 3)
        trimestres[cual] = trimestres.get(cual, Decimal(0)) + fila.cantidad
    for (meta_id, mes), cantidad in trimestres.items():
        _renglon(session, solicitud, (ClaseRenglon.META, meta_id), mes, cantidad)
