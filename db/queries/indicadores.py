"""Los indicadores de un ejercicio, listos para evaluarse con `db/rules`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import Reconduccion
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.models.municipio import Banda
from db.queries.actividad import fuente_del_avance
from db.queries.cuales import Cuales
from db.rules import banda as reglas_banda
from db.rules.captura import CAPTURADOS, OFICIALES
from db.rules.cumplimiento import Sentido
from db.rules.debido import IndicadorEvaluable, VariableEvaluable
from db.rules.estado import Estado
from db.rules.periodo import Operacion

Trimestres = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """Una variable con sus cuatro trimestres."""

    letra: str
    nombre: str
    unidad: str
    operacion: Operacion
    original: Trimestres
    modificaciones: tuple[tuple[int, dict[int, Decimal]], ...]
    alcanzado: Trimestres
    preliminar: Trimestres

    def programado(self, mes: int) -> Trimestres:
        """Los trimestres vigentes en un corte."""
        valores = list(self.original)
        for vigencia, cambios in self.modificaciones:
            if vigencia <= mes:
                for trimestre, cantidad in cambios.items():
                    valores[trimestre - 1] = cantidad
        return tuple(valores)


@dataclass(frozen=True, slots=True)
class FichaIndicador:
    """La ficha de un indicador y sus variables."""

    id: int
    ente_id: int
    proyecto_id: int
    dependencia_id: int
    nodo_id: int | None
    nombre: str
    tipo: str
    nivel: str | None
    unidad: str
    frecuencia: str
    formula_texto: str
    formula: str | None
    sentido: Sentido
    sentido_confirmado: bool
    usa_linea_base: bool
    linea_base: Decimal | None
    linea_base_texto: str
    variables: tuple[Variable, ...]
    bandas: tuple[reglas_banda.Banda, ...] | None
    fuente: str

    @property
    def clave(self) -> str:
        return f"i{self.id}"

    def evaluable(self, mes: int, ventanas_cerradas: frozenset[int]) -> IndicadorEvaluable:
        """El indicador como lo pide la regla, con lo programado vigente en el mes del corte."""
        return IndicadorEvaluable(
            clave=self.clave,
            nombre=self.nombre,
            variables=tuple(
                VariableEvaluable(
                    letra=v.letra,
                    nombre=v.nombre,
                    operacion=v.operacion,
                    programado=v.programado(mes),
                    original=v.original,
                    alcanzado=v.alcanzado,
                    preliminar=v.preliminar,
                )
                for v in self.variables
            ),
            formula=self.formula,
            frecuencia=self.frecuencia,
            sentido=self.sentido,
            base=self.linea_base,
            metodo_base=self.usa_linea_base,
            bandas=self.bandas,
            ventanas_cerradas=ventanas_cerradas,
            fuente=self.fuente,
        )


def indicadores(
    session: Session,
    anio: int,
    entes: Sequence[int] | None = None,
    ids: Sequence[int] | None = None,
    dependencias: Sequence[int] | None = None,
) -> list[FichaIndicador]:
    """Los indicadores de un ejercicio (de unos entes, dependencias o unos cuantos, o todos), por id."""
    cuales = Cuales(Indicador, anio, entes, dependencias, ids)
    i, v = tabla(Indicador), tabla(VariableIndicador)
    fichas = session.execute(cuales.de(select(i)).order_by(i.c.id)).all()
    consulta = select(v).join(i, i.c.id == v.c.indicador_id).order_by(v.c.indicador_id, v.c.letra)
    programado, cambios = _programacion(session, cuales)
    avances = _avances(session, cuales)
    variables: dict[int, list[Variable]] = defaultdict(list)
    fuentes: dict[int, list[str]] = defaultdict(list)
    for fila in session.execute(cuales.de(consulta)):
        de_esta = avances[fila.id]
        variables[fila.indicador_id].append(
            _variable(fila, programado.get(fila.id), cambios.get(fila.id), de_esta)
        )
        fuentes[fila.indicador_id] += [fuente_del_avance(avance) for avance in de_esta]
    propias = _bandas_propias(session, anio)
    return [
        FichaIndicador(
            id=f.id,
            ente_id=f.ente_id,
            proyecto_id=f.proyecto_id,
            dependencia_id=f.dependencia_id,
            nodo_id=f.nodo_id,
            nombre=f.nombre,
            tipo=f.tipo.value,
            nivel=f.nivel_mir.value if f.nivel_mir else None,
            unidad=f.unidad,
            frecuencia=f.frecuencia.value,
            formula_texto=f.formula_texto,
            formula=f.formula,
            sentido=Sentido(f.sentido),
            sentido_confirmado=f.sentido_confirmado,
            usa_linea_base=f.usa_linea_base,
            linea_base=f.linea_base,
            linea_base_texto=f.linea_base_texto,
            variables=tuple(variables[f.id]),
            bandas=propias.get(f.id),
            fuente="; ".join(dict.fromkeys(fuentes[f.id])),
        )
        for f in fichas
    ]


def _variable(fila: Any, original: Any, cambios: Any, avances: list[Any]) -> Variable:
    alcanzado: list[Decimal | None] = [None] * 4
    preliminar: list[Decimal | None] = [None] * 4
    for avance in avances:
        if avance.estado not in (*OFICIALES, *CAPTURADOS):
            continue  # lo devuelto o en borrador sigue sin entregarse
        destino = alcanzado if avance.estado in OFICIALES else preliminar
        destino[avance.trimestre - 1] = avance.alcanzado
    return Variable(
        letra=fila.letra,
        nombre=fila.nombre,
        unidad=fila.unidad,
        operacion=Operacion(fila.operacion),
        original=tuple(original or [None] * 4),
        modificaciones=tuple(cambios or ()),
        alcanzado=tuple(alcanzado),
        preliminar=tuple(preliminar),
    )


def _programacion(session: Session, cuales: Cuales) -> tuple[Any, Any]:
    g, v, i, r = tabla(ProgramacionVariable), tabla(VariableIndicador), tabla(Indicador), tabla(Reconduccion)
    consulta = (
        select(g.c.variable_id, g.c.trimestre, g.c.cantidad, g.c.reconduccion_id, r.c.mes_vigencia)
        .join(v, v.c.id == g.c.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .join(r, r.c.id == g.c.reconduccion_id, isouter=True)
        .order_by(r.c.mes_vigencia, r.c.id)
    )
    original: dict[int, list[Decimal | None]] = {}
    cambios: dict[int, dict[int, tuple[int, dict[int, Decimal]]]] = defaultdict(dict)
    for variable, trimestre, cantidad, rec, vigencia in session.execute(cuales.de(consulta)):
        if rec is None:
            original.setdefault(variable, [None] * 4)[trimestre - 1] = cantidad
        else:
            cambios[variable].setdefault(rec, (vigencia, {}))[1][trimestre] = cantidad
    return original, {variable: list(por_id.values()) for variable, por_id in cambios.items()}


def _avances(session: Session, cuales: Cuales) -> dict[int, list[Any]]:
    a, v, i = tabla(AvanceVariable), tabla(VariableIndicador), tabla(Indicador)
    consulta = (
        select(
            a.c.variable_id, a.c.trimestre, a.c.alcanzado, a.c.estado, a.c.capturo, a.c.valido, a.c.documento
        )
        .join(v, v.c.id == a.c.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
    )
    por_variable: dict[int, list[Any]] = defaultdict(list)
    for fila in session.execute(cuales.de(consulta)):
        por_variable[fila.variable_id].append(fila)
    return por_variable


def _bandas_propias(session: Session, anio: int) -> dict[int, tuple[reglas_banda.Banda, ...]]:
    b = tabla(Banda).c
    consulta = (
        select(tabla(Banda))
        .where(b.anio == anio, b.indicador_id.is_not(None))
        .order_by(b.indicador_id, b.orden)
    )
    juntas: dict[int, list[reglas_banda.Banda]] = defaultdict(list)
    for f in session.execute(consulta):
        juntas[f.indicador_id].append(
            reglas_banda.Banda(
                f.codigo, f.palabra, f.icono, f.color, f.inferior, f.superior, Estado(f.equivale)
            )
        )
    return {indicador: tuple(lista) for indicador, lista in juntas.items()}
