"""Variables de la Guía Consultiva que el sistema ya conoce: salen del presupuesto y de los ingresos cargados.

La persona las acepta o las corrige. Sólo de años cargados hasta diciembre: la guía compara años completos.
Son del ayuntamiento, sin organismos descentralizados.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.ingresos import CorteIngreso, RenglonIngreso
from db.models.municipio import Ente, TipoEnte
from db.models.presupuesto import Dimension
from db.queries.presupuesto import acumulado, corte_vigente
from db.rules.formato import moneda, numero
from db.rules.guia import EstadoGuia, cifra
from db.rules.guia_evaluacion import Ficha
from db.rules.problema import Problema

DICIEMBRE = 12
CORRIENTE, CAPITAL = "1", "2"
"""Claves del Clasificador por Tipo de Gasto del CONAC."""

ADEFAS, AMORTIZACION = "99", "91"
"""Conceptos 9900 (adeudos de ejercicios anteriores) y 9100 (amortización de la deuda)."""

PROPIOS = ("1", "2", "3", "4", "5", "6", "7")
"""Rubros del Clasificador por Rubros de Ingresos que no son participaciones, aportaciones ni deuda."""

Centavos = int | None
Fuente = Callable[[Session, int, int], Centavos]


def _gasto(session: Session, anio: int, ente_id: int, dimension: Dimension) -> dict[str, int]:
    """Código → devengado del año, en centavos; vacío si el año no está cargado hasta diciembre."""
    version = corte_vigente(session, anio, ente_id)
    if version is None or version.mes < DICIEMBRE:
        return {}
    montos = acumulado(session, anio, DICIEMBRE, (ente_id,), dimension)
    return {codigo: monto["devengado"] for codigo, monto in montos.items()}


def _por_tipo(tipo: str) -> Fuente:
    def leer(session: Session, anio: int, ente_id: int) -> Centavos:
        gasto = _gasto(session, anio, ente_id, Dimension.TIPO_GASTO)
        return gasto.get(tipo, 0) if gasto else None

    return leer


def _gasto_total(session: Session, anio: int, ente_id: int) -> Centavos:
    return _gasto(session, anio, ente_id, Dimension.TOTAL).get("")


def _sin_amortizar(session: Session, anio: int, ente_id: int) -> Centavos:
    gasto = _gasto(session, anio, ente_id, Dimension.PARTIDA)
    return sum(v for c, v in gasto.items() if not c.startswith(AMORTIZACION)) if gasto else None


def _adefas(session: Session, anio: int, ente_id: int) -> Centavos:
    gasto = _gasto(session, anio, ente_id, Dimension.PARTIDA)
    return sum(v for c, v in gasto.items() if c.startswith(ADEFAS)) if gasto else None


def _ingreso(session: Session, anio: int, ente_id: int) -> dict[str, int]:
    """Primer dígito del rubro → recaudado del año, en centavos."""
    c, r = tabla(CorteIngreso), tabla(RenglonIngreso)
    rubro = func.substr(r.c.rubro, 1, 1)
    filas = session.execute(
        select(rubro, func.sum(r.c.recaudado))
        .join(c, c.c.id == r.c.corte_id)
        .where(c.c.anio == anio, c.c.ente_id == ente_id, c.c.vigente, c.c.mes == DICIEMBRE)
        .group_by(rubro)
    )
    return {codigo: int(total) for codigo, total in filas}


def _ingreso_total(session: Session, anio: int, ente_id: int) -> Centavos:
    ingreso = _ingreso(session, anio, ente_id)
    return sum(ingreso.values()) if ingreso else None


def _propios(session: Session, anio: int, ente_id: int) -> Centavos:
    ingreso = _ingreso(session, anio, ente_id)
    return sum(v for rubro, v in ingreso.items() if rubro in PROPIOS) if ingreso else None


DEVENGADO, RECAUDADO = "devengado de enero a diciembre", "recaudado de enero a diciembre"

CONOCIDAS: Mapping[str, tuple[tuple[Fuente, int, str], ...]] = {
    "2.1.4": ((_propios, 0, RECAUDADO), (_por_tipo(CORRIENTE), 0, DEVENGADO)),
    "2.2.4": ((_por_tipo(CORRIENTE), 0, DEVENGADO), (_gasto_total, 0, DEVENGADO)),
    "2.2.5": (
        (_por_tipo(CAPITAL), 0, DEVENGADO),
        (_gasto_total, 0, DEVENGADO),
        (_por_tipo(CAPITAL), 1, DEVENGADO),
        (_gasto_total, 1, DEVENGADO),
    ),
    "2.3.2": ((_adefas, 0, DEVENGADO), (_ingreso_total, 0, RECAUDADO)),
    "2.3.3": ((_ingreso_total, 0, RECAUDADO), (_sin_amortizar, 0, DEVENGADO)),
}
"""Clave → por cada variable de su fórmula, en orden: de dónde sale y cuántos años antes del evaluado."""


def propuesta(session: Session, evaluado: int, ficha: Ficha) -> dict[str, Any] | None:
    """Las variables de un indicador según lo cargado del año evaluado; None si no se conocen todas."""
    fuentes, calculo = CONOCIDAS.get(ficha.clave, ()), ficha.calculo
    e = tabla(Ente).c
    ente_id = session.execute(select(e.id).where(e.tipo == TipoEnte.AYUNTAMIENTO).order_by(e.id)).scalar()
    if calculo is None or ente_id is None or len(calculo.variables) != len(fuentes):
        return None
    valores: dict[str, Decimal] = {}
    insumos: list[list[str]] = []
    for variable, (fuente, antes, de_donde) in zip(calculo.variables, fuentes, strict=True):
        centavos = fuente(session, evaluado - antes, ente_id)
        if centavos is None:
            return None
        valores[variable.letra] = Decimal(centavos) / 100
        insumos.append([variable.nombre, moneda(centavos), f"{de_donde} de {evaluado - antes}"])
    try:
        valor = calculo.calcular(valores)
    except Problema:
        return None
    return {
        "variables": {letra: numero(v) for letra, v in valores.items()},
        "cifra": cifra(valor, ficha.umbrales),
        "estado": str(ficha.umbrales.clasificar(valor) if valor is not None else EstadoGuia.ND),
        "insumos": insumos,
        "anio": evaluado,
    }
