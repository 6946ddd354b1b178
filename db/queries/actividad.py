"""Las metas de actividad de un ejercicio, listas para evaluarse con `db/rules`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, CitaLinea, MetaActividad, ProgramacionMeta, Reconduccion
from db.models.municipio import Ejercicio
from db.queries.cuales import Cuales
from db.rules.actividad import MetaEvaluable
from db.rules.captura import CAPTURADOS, OFICIALES
from db.rules.periodo import Operacion, agrupar, periodos

Meses = list[Decimal | None]


@dataclass(frozen=True, slots=True)
class Meta:
    """Una meta con sus doce meses, sus avances por periodo y los nodos del plan que cita."""

    id: int
    ente_id: int
    proyecto_id: int
    dependencia_id: int
    area: str
    numero: int
    nombre: str
    unidad: str
    operacion: Operacion
    periodicidad: str
    original: tuple[Decimal | None, ...]
    agrupado: tuple[Decimal | None, ...]
    """Lo original por periodo."""
    modificaciones: tuple[tuple[int, dict[int, Decimal]], ...]
    """(mes en que rige, {mes: cantidad}) en orden de vigencia."""
    alcanzado: tuple[Decimal | None, ...]
    preliminar: tuple[Decimal | None, ...]
    fuentes: dict[int, str]
    citas: tuple[tuple[int, Decimal | None], ...]

    @property
    def clave(self) -> str:
        return f"m{self.id}"

    def programado(self, mes: int) -> tuple[Decimal | None, ...]:
        """Los doce meses vigentes en un corte: una reconducción rige desde su mes."""
        meses = list(self.original)
        for vigencia, cambios in self.modificaciones:
            if vigencia <= mes:
                for cual, cantidad in cambios.items():
                    meses[cual - 1] = cantidad
        return tuple(meses)

    def evaluable(self, mes: int, ventanas_cerradas: frozenset[int]) -> MetaEvaluable:
        """La meta como la pide la regla, con lo programado vigente en el mes del corte."""
        vigente = self.agrupado
        if self.modificaciones:
            vigente = agrupar(self.programado(mes), self.operacion, self.periodicidad)
        return MetaEvaluable(
            clave=self.clave,
            nombre=self.nombre,
            operacion=self.operacion,
            programado=vigente,
            original=self.agrupado,
            alcanzado=self.alcanzado,
            preliminar=self.preliminar,
            periodicidad=self.periodicidad,
            ventanas_cerradas=ventanas_cerradas,
            fuente="; ".join(dict.fromkeys(self.fuentes.values())),
        )


def periodicidad(session: Session, anio: int) -> str:
    """«trimestre» o «mes»: cada cuánto se reporta en el ejercicio."""
    e = tabla(Ejercicio).c
    return str(session.execute(select(e.periodicidad).where(e.anio == anio)).scalar() or "trimestre")


def metas(
    session: Session,
    anio: int,
    entes: Sequence[int] | None = None,
    dependencias: Sequence[int] | None = None,
    ids: Sequence[int] | None = None,
) -> list[Meta]:
    """Todas las metas de actividad de un ejercicio (de unos entes, áreas o unas cuantas), por id."""
    cuales = Cuales(MetaActividad, anio, entes, dependencias, ids)
    m = tabla(MetaActividad)
    cada = periodicidad(session, anio)
    filas = session.execute(cuales.de(select(m)).order_by(m.c.id)).all()
    original, modificaciones = _programacion(session, cuales)
    avances = _avances(session, cuales)
    citas = _citas(session, cuales)
    return [
        _meta(
            fila, cada, original.get(fila.id), modificaciones.get(fila.id), avances[fila.id], citas[fila.id]
        )
        for fila in filas
    ]


def _meta(fila: Any, cada: str, original: Meses | None, cambios: Any, avances: Any, citas: Any) -> Meta:
    lista = periodos(cada)
    alcanzado: Meses = [None] * len(lista)
    preliminar: Meses = [None] * len(lista)
    fuentes = {}
    numero = {p.mes_fin: p.numero for p in lista}
    for avance in avances:
        cual = numero.get(avance.mes)
        if cual is None:
            continue
        if avance.estado not in (*OFICIALES, *CAPTURADOS):
            continue  # lo devuelto o en borrador sigue sin entregarse
        destino = alcanzado if avance.estado in OFICIALES else preliminar
        destino[cual - 1] = avance.alcanzado
        fuentes[cual] = fuente_del_avance(avance)
    return Meta(
        id=fila.id,
        ente_id=fila.ente_id,
        proyecto_id=fila.proyecto_id,
        dependencia_id=fila.dependencia_id,
        area=fila.area,
        numero=fila.numero,
        nombre=fila.nombre,
        unidad=fila.unidad,
        operacion=Operacion(fila.operacion),
        periodicidad=cada,
        original=tuple(original or [None] * 12),
        agrupado=agrupar(original, Operacion(fila.operacion), cada),
        modificaciones=tuple(cambios or ()),
        alcanzado=tuple(alcanzado),
        preliminar=tuple(preliminar),
        fuentes=fuentes,
        citas=tuple(citas),
    )


def fuente_del_avance(avance: Any) -> str:
    """«capturó X; validó Y; archivo Z», con lo que se sepa."""
    partes = [f"capturó {avance.capturo}" if avance.capturo else ""]
    partes.append(f"validó {avance.valido}" if avance.valido else "sin validar")
    partes.append(avance.documento)
    return "; ".join(parte for parte in partes if parte)


def _programacion(
    session: Session, cuales: Cuales
) -> tuple[dict[int, Meses], dict[int, list[tuple[int, dict[int, Decimal]]]]]:
    g, m, r = tabla(ProgramacionMeta), tabla(MetaActividad), tabla(Reconduccion)
    consulta = (
        select(g.c.meta_id, g.c.mes, g.c.cantidad, g.c.reconduccion_id, r.c.mes_vigencia)
        .join(m, m.c.id == g.c.meta_id)
        .join(r, r.c.id == g.c.reconduccion_id, isouter=True)
        .order_by(r.c.mes_vigencia, r.c.id)
    )
    original: dict[int, Meses] = {}
    cambios: dict[int, dict[int, tuple[int, dict[int, Decimal]]]] = defaultdict(dict)
    for meta_id, mes, cantidad, reconduccion, vigencia in session.execute(cuales.de(consulta)):
        if reconduccion is None:
            original.setdefault(meta_id, [None] * 12)[mes - 1] = cantidad
        else:
            cambios[meta_id].setdefault(reconduccion, (vigencia, {}))[1][mes] = cantidad
    return original, {meta: list(por_id.values()) for meta, por_id in cambios.items()}


def _avances(session: Session, cuales: Cuales) -> dict[int, list[Any]]:
    a, m = tabla(AvanceMeta), tabla(MetaActividad)
    consulta = select(
        a.c.meta_id, a.c.mes, a.c.alcanzado, a.c.estado, a.c.capturo, a.c.valido, a.c.documento
    ).join(m, m.c.id == a.c.meta_id)
    por_meta: dict[int, list[Any]] = defaultdict(list)
    for fila in session.execute(cuales.de(consulta)):
        por_meta[fila.meta_id].append(fila)
    return por_meta


def _citas(session: Session, cuales: Cuales) -> dict[int, list[tuple[int, Decimal | None]]]:
    c, m = tabla(CitaLinea), tabla(MetaActividad)
    consulta = select(c.c.meta_id, c.c.nodo_id, c.c.participacion).join(m, m.c.id == c.c.meta_id)
    por_meta: dict[int, list[tuple[int, Decimal | None]]] = defaultdict(list)
    for meta_id, nodo_id, participacion in session.execute(cuales.de(consulta)):
        por_meta[meta_id].append((nodo_id, participacion))
    return por_meta


def ultimo_avance(session: Session, anio: int) -> datetime | None:
    """Cuándo se capturó el último avance del ejercicio."""
    a, m = tabla(AvanceMeta), tabla(MetaActividad)
    consulta = select(a.c.capturado_en).join(m, m.c.id == a.c.meta_id).where(m.c.anio == anio)
    return session.execute(consulta.order_by(a.c.capturado_en.desc()).limit(1)).scalar()
