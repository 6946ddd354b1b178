"""Corregir la ficha de un indicador: sus datos, su fórmula y sus variables.

Lo prometido no se reescribe aquí: una meta original ya puesta sólo cambia con una reconducción, y un
trimestre cerrado no se programa (calculo.md §1). Lo que cambia resultados de periodos cerrados pide motivo y
queda anotado como corrección extemporánea (calculo.md §8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, select

from db.actions.idempotencia import exigir_version
from db.actions.indicadores import FilaVariable
from db.actions.variables_indicador import exigir_variables, guardar_variables, otras_operaciones
from db.audit import anotar
from db.base import tabla
from db.models.estructura import Dependencia
from db.models.indicadores import (
    Frecuencia,
    Indicador,
    NivelMir,
    SentidoIndicador,
    TipoIndicador,
    VariableIndicador,
)
from db.queries.avances import meses_cerrados
from db.rules.formato import mes_nombre
from db.rules.formula import compilar
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

LARGO_MAXIMO = 2000

TEXTOS = (
    "unidad",
    "dimension",
    "interpretacion",
    "factor_comparacion",
    "descripcion_factor",
    "meta_descripcion",
    "fuente",
    "responsable",
    "ambito_geografico",
    "cobertura",
    "medios_verificacion",
    "formula_texto",
    "linea_base_texto",
)
"""Columnas de puro texto que se corrigen tal cual."""

DE_RESULTADO = ("formula", "sentido", "frecuencia", "usa_linea_base", "linea_base")
"""Columnas que cambian cifras de periodos ya medidos."""


@dataclass(frozen=True, slots=True)
class CambioFicha:
    """Cómo debe quedar la ficha; `textos` por nombre de columna. `formula` vacía es «por confirmar»."""

    tipo: TipoIndicador
    frecuencia: Frecuencia
    sentido: SentidoIndicador
    sentido_confirmado: bool
    formula: str
    variables: tuple[FilaVariable, ...]
    nivel_mir: NivelMir | None = None
    usa_linea_base: bool = False
    linea_base: Decimal | None = None
    anio_base: int | None = None
    textos: Mapping[str, str] = field(default_factory=dict)


def editar_ficha(
    session: Session,
    actor: Actor,
    *,
    indicador_id: int,
    version: int,
    cambio: CambioFicha,
    motivo: str = "",
) -> None:
    """Deja la ficha como se pide.

    SinPermiso; Conflicto si otra persona la cambió; Problema, con su campo, si la fórmula o las variables no
    se entienden, si se reescribe una meta ya puesta o si falta el motivo de una corrección extemporánea.
    """
    ficha = session.get(Indicador, indicador_id)
    if ficha is None:
        raise SinPermiso(Accion.EDITAR_INDICADORES)
    exigir(actor, Accion.EDITAR_INDICADORES, _objeto(session, ficha))
    exigir_version(ficha, version)
    exigir_variables(cambio.variables)
    formula = normal(cambio.formula).upper()
    if formula:
        compilar(formula, [v.letra for v in cambio.variables])
    cerrados = meses_cerrados(session, ficha.anio)
    nuevos = {**_valores(cambio), "formula": formula or None}
    previas = list(
        session.exec(select(VariableIndicador).where(VariableIndicador.indicador_id == indicador_id))
    )
    mueve = [c for c in DE_RESULTADO if getattr(ficha, c) != nuevos[c]]
    if otras_operaciones(previas, cambio.variables):
        mueve.append("variables")
    if cerrados and mueve:
        _exigir_motivo(session, indicador_id, cerrados, mueve, motivo)
    for columna, valor in nuevos.items():
        setattr(ficha, columna, valor)
    session.add(ficha)
    solo_variables = not session.is_modified(ficha)
    if guardar_variables(session, indicador_id, previas, cambio.variables, cerrados) and solo_variables:
        # La ficha y sus variables comparten versión: quien la tenga abierta debe enterarse.
        i = tabla(Indicador)
        session.execute(update(i).where(i.c.id == indicador_id).values(version=i.c.version + 1))


def _objeto(session: Session, ficha: Indicador) -> Objeto:
    auxiliar = session.get_one(Dependencia, ficha.dependencia_id)
    propias = {ficha.dependencia_id, auxiliar.padre_id} - {None}
    return Objeto(ficha.ente_id, frozenset(d for d in propias if d is not None))


def _valores(cambio: CambioFicha) -> dict[str, Any]:
    """Las columnas de la ficha, menos la fórmula."""
    ajenos = cambio.textos.keys() - set(TEXTOS)
    assert not ajenos, ajenos
    if cambio.anio_base is not None and not 1990 <= cambio.anio_base <= 2100:
        raise Problema(
            "Ese año de la línea base no existe.", "Escriba el año con cuatro cifras.", "anio_base"
        )
    if cambio.usa_linea_base and cambio.linea_base is None:
        raise Problema(
            "Para comparar contra la línea base, ésta debe ser un número.",
            "Escriba sólo la cifra, por ejemplo 91.5.",
            "linea_base",
        )
    return {
        "tipo": cambio.tipo,
        "nivel_mir": cambio.nivel_mir,
        "frecuencia": cambio.frecuencia,
        "sentido": cambio.sentido,
        "sentido_confirmado": cambio.sentido_confirmado,
        "usa_linea_base": cambio.usa_linea_base,
        "linea_base": cambio.linea_base,
        "anio_base": cambio.anio_base,
        **{columna: normal(texto)[:LARGO_MAXIMO] for columna, texto in cambio.textos.items()},
    }


def _exigir_motivo(
    session: Session, indicador_id: int, cerrados: set[int], mueve: Sequence[str], motivo: str
) -> None:
    if not normal(motivo):
        meses = ", ".join(mes_nombre(mes) for mes in sorted(cerrados))
        raise Problema(
            f"Este cambio mueve resultados de periodos ya cerrados ({meses}).",
            "Escriba el motivo: queda en la bitácora como corrección extemporánea.",
            campo="motivo",
        )
    anotar(
        session, "corregir_extemporanea", "indicador", indicador_id, motivo=normal(motivo), campos=list(mueve)
    )
