"""Lo que se puede reconducir: lo programado de cada meta y variable, y sus reconducciones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import ProgramacionMeta, Reconduccion
from db.models.indicadores import ProgramacionVariable, VariableIndicador
from db.models.municipio import Municipio
from db.models.reconduccion import ClaseRenglon
from db.queries import actividad, indicadores
from db.queries.registro import letras_de
from db.rules.habiles import descansos_de_ley
from db.rules.periodo import agrupar
from db.rules.reconduccion import Programado

Llave = tuple[ClaseRenglon, int]
TRIMESTRE = "trimestre"


@dataclass(frozen=True, slots=True)
class Reconducible:
    """Una meta, o una variable de un indicador, con lo programado y de quién es."""

    clase: ClaseRenglon
    id: int
    ente_id: int
    dependencia_id: int
    proyecto_id: int
    codigo: str
    """Número de la meta, o letra de la variable."""
    unidad: str
    programado: Programado
    meses: tuple[Decimal | None, ...] = ()
    """Los doce meses vigentes de la meta; vacío en una variable."""
    indicador: indicadores.FichaIndicador | None = None

    @property
    def llave(self) -> Llave:
        return self.clase, self.id


def llave_de(campo: str) -> Llave:
    """«meta-12» → (META, 12). ValueError si no se escribe así."""
    clase, _, cual = campo.partition("-")
    return ClaseRenglon(clase), int(cual)


def inhabiles(session: Session, anio: int) -> frozenset[date]:
    """Los días que no cuentan para los plazos de un ejercicio: los de ley y los que declaró el municipio.

    También los del año siguiente, porque ahí terminan los del último trimestre.
    """
    declarados = session.execute(select(tabla(Municipio).c.dias_inhabiles)).scalars().first() or ()
    propios = {date.fromisoformat(dia) for dia in declarados}
    return descansos_de_ley(anio) | descansos_de_ley(anio + 1) | propios


def reconducibles(
    session: Session, anio: int, llaves: Iterable[Llave] | None = None, dependencias: Sequence[int] = ()
) -> dict[Llave, Reconducible]:
    """Las metas y variables pedidas, o todas las de unas dependencias; falta lo que no existe."""
    metas_de, variables_de = _ids(llaves)
    if llaves is None:
        metas = actividad.metas(session, anio, dependencias=dependencias)
        fichas = indicadores.indicadores(session, anio, dependencias=dependencias)
    else:
        v = tabla(VariableIndicador).c
        suyos = list(session.execute(select(v.indicador_id).where(v.id.in_(variables_de))).scalars())
        metas = actividad.metas(session, anio, ids=metas_de) if metas_de else []
        fichas = indicadores.indicadores(session, anio, ids=suyos) if suyos else []
    hallados = {r.llave: r for r in map(_de_meta, metas)}
    letras = letras_de(session, [f.id for f in fichas])
    for ficha in fichas:
        for variable in ficha.variables:
            cual = letras[ficha.id][variable.letra]
            if llaves is None or cual in variables_de:
                r = _de_variable(ficha, variable, cual)
                hallados[r.llave] = r
    return hallados


def _ids(llaves: Iterable[Llave] | None) -> tuple[list[int], list[int]]:
    lista = list(llaves or ())
    return (
        [i for clase, i in lista if clase is ClaseRenglon.META],
        [i for clase, i in lista if clase is ClaseRenglon.VARIABLE],
    )


def _de_meta(m: actividad.Meta) -> Reconducible:
    return Reconducible(
        ClaseRenglon.META,
        m.id,
        m.ente_id,
        m.dependencia_id,
        m.proyecto_id,
        str(m.numero),
        m.unidad,
        Programado(
            m.nombre, m.operacion, m.periodicidad, m.agrupado, tuple(m.evaluable(12, frozenset()).programado),
            m.alcanzado,
        ),
        m.programado(12),
    )  # fmt: skip


def _de_variable(f: indicadores.FichaIndicador, v: indicadores.Variable, cual: int) -> Reconducible:
    return Reconducible(
        ClaseRenglon.VARIABLE,
        cual,
        f.ente_id,
        f.dependencia_id,
        f.proyecto_id,
        v.letra,
        v.unidad,
        Programado(
            f"{f.nombre} · {v.letra}. {v.nombre}", v.operacion, TRIMESTRE, v.original, v.programado(12),
            v.alcanzado,
        ),
        indicador=f,
    )  # fmt: skip


def antes_de(session: Session, r: Reconducible, reconduccion_id: int) -> Reconducible:
    """Lo mismo, con lo programado como regía antes de esa reconducción: las anteriores llevan id menor."""
    por_periodo: list[Decimal | None]
    if r.clase is ClaseRenglon.META:
        g = tabla(ProgramacionMeta).c
        por_mes = _superpuestos(session, g, g.meta_id == r.id, g.mes, reconduccion_id, [None] * 12)
        por_periodo = list(agrupar(por_mes, r.programado.operacion, r.programado.periodicidad))
    else:
        g = tabla(ProgramacionVariable).c
        por_periodo = _superpuestos(
            session, g, g.variable_id == r.id, g.trimestre, reconduccion_id, [None] * 4
        )
    return replace(r, programado=replace(r.programado, vigente=tuple(por_periodo)))


def _superpuestos(
    session: Session, g: Any, suyos: Any, lugar: Any, antes: int, valores: list[Decimal | None]
) -> list[Decimal | None]:
    r = tabla(Reconduccion)
    consulta = (
        select(lugar, g.cantidad)
        .join(r, r.c.id == g.reconduccion_id, isouter=True)
        .where(suyos, or_(g.reconduccion_id.is_(None), g.reconduccion_id < antes))
        .order_by(g.reconduccion_id.is_not(None), r.c.mes_vigencia, r.c.id)
    )
    for cual, cantidad in session.execute(consulta):
        valores[cual - 1] = cantidad
    return valores


def ultima_vigencia(session: Session, llave: Llave) -> tuple[int, str] | None:
    """El mes desde que rige la última reconducción de una meta o variable y su folio; None si no tiene."""
    clase, cual = llave
    r = tabla(Reconduccion).c
    if clase is ClaseRenglon.META:
        g = tabla(ProgramacionMeta).c
        propias = select(g.reconduccion_id).where(g.meta_id == cual)
    else:
        h = tabla(ProgramacionVariable).c
        propias = select(h.reconduccion_id).where(h.variable_id == cual)
    fila = session.execute(
        select(r.mes_vigencia, r.folio).where(r.id.in_(propias)).order_by(r.mes_vigencia.desc(), r.id.desc())
    ).first()
    return None if fila is None else (fila.mes_vigencia, fila.folio)
