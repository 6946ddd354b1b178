"""Lo que acompaña a los indicadores de 2026: referencias de otros, reconducciones y ODS propios."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import Reconduccion
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.indicadores import (
    AlineacionIndicador,
    Indicador,
    ProgramacionVariable,
    ReferenciaIndicador,
    VariableIndicador,
)
from seed.demo import calendario
from seed.demo.estructura import Base
from seed.demo.lote import insertar

REFERENCIAS = {
    "Tiempo promedio de atención a reportes de baches": ("66", "61", "63"),
    "Incidencia delictiva por cada mil habitantes": ("4.1", "8.3", "12.6"),
    "Porcentaje de muestras con cloro residual dentro de norma": ("93", "94.5", "94"),
    "Proporción de ingresos propios en el ingreso total": ("27.5", "23.8", "21.9"),
}
"""Indicador → valor acumulado de la serie ajena en cada trimestre cerrado."""

REFERENCIAS_ANUALES = {
    "Porcentaje de población que practica actividad física": (("2024", "33.8"), ("2025", "34.6")),
    "Porcentaje de agua no contabilizada": (("2025", "33.5"),),
}
SERIE, FUENTE = "promedio de municipios vecinos", "Informes anuales publicados por cada municipio (ficticios)"

FOLIO = "REC-2026-IND-01"
DESDE = 7
AUMENTO = 125
"""Porcentaje de lo original que se programa en el último trimestre."""

RECONDUCIDOS = 4
ODS_POR_TIPO = {
    "agua": "6",
    "delictiva": "16",
    "residuos": "11",
    "consultas": "3",
    "física": "3",
    "ingresos": "17",
}
"""Palabra del nombre → ODS al que el indicador contribuye por sí mismo."""


def crear(session: Session, base: Base) -> None:
    """Escribe las tres cosas sobre los indicadores ya creados; no mueve ningún resultado al corte."""
    i = tabla(Indicador).c
    consulta = (
        select(i.id, i.nombre, i.formula, i.frecuencia).where(i.anio == calendario.ACTUAL).order_by(i.id)
    )
    filas = list(session.execute(consulta))
    por_nombre = {f.nombre: f.id for f in reversed(filas)}
    insertar(session, ReferenciaIndicador, [*_trimestrales(por_nombre), *_anuales(por_nombre)])
    _alinear(session, por_nombre)
    azar = Random(calendario.SEMILLA + 8616)
    # Sólo cambian su cuarto trimestre: la meta del año se mueve y lo medido al corte no.
    posibles = [f.id for f in filas if f.formula in ("A/B", "(A/B)*1000") and f.frecuencia == "trimestral"]
    _reconducir(session, base, sorted(azar.sample(posibles, RECONDUCIDOS)))


def _referencia(indicador_id: int, anio: int, trimestre: int | None, valor: str) -> dict[str, Any]:
    return {
        "indicador_id": indicador_id,
        "serie": SERIE,
        "anio": anio,
        "trimestre": trimestre,
        "valor": Decimal(valor),
        "fuente": FUENTE,
    }


def _trimestrales(por_nombre: dict[str, int]) -> list[dict[str, Any]]:
    return [
        _referencia(por_nombre[nombre], calendario.ACTUAL, trimestre, valor)
        for nombre, valores in REFERENCIAS.items()
        for trimestre, valor in enumerate(valores, start=1)
    ]


def _anuales(por_nombre: dict[str, int]) -> list[dict[str, Any]]:
    return [
        _referencia(por_nombre[nombre], int(anio), None, valor)
        for nombre, pares in REFERENCIAS_ANUALES.items()
        for anio, valor in pares
    ]


def _alinear(session: Session, por_nombre: dict[str, int]) -> None:
    e = tabla(EntradaCatalogo).c
    ods = {
        f.clave: f.id for f in session.execute(select(e.clave, e.id).where(e.catalogo == NombreCatalogo.ODS))
    }
    filas = [
        {"indicador_id": identidad, "entrada_id": ods[clave]}
        for nombre, identidad in sorted(por_nombre.items())
        for palabra, clave in ODS_POR_TIPO.items()
        if palabra in nombre.split()
    ]
    insertar(session, AlineacionIndicador, filas)


def _reconducir(session: Session, base: Base, ids: Sequence[int]) -> None:
    (reconduccion_id,) = insertar(
        session,
        Reconduccion,
        [
            {
                "anio": calendario.ACTUAL,
                "ente_id": base.entes["AYTO"],
                "folio": FOLIO,
                "fecha": date(calendario.ACTUAL, DESDE, 6),
                "mes_vigencia": DESDE,
                "motivo": "Se amplía el cuarto trimestre con el personal que entra en el segundo semestre.",
            }
        ],
    )
    v, p = tabla(VariableIndicador), tabla(ProgramacionVariable)
    consulta = (
        select(p.c.variable_id, p.c.cantidad)
        .join(v, v.c.id == p.c.variable_id)
        .where(v.c.indicador_id.in_(ids), v.c.letra == "A", p.c.trimestre == 4)
        .order_by(p.c.variable_id)
    )
    insertar(
        session,
        ProgramacionVariable,
        [
            {
                "variable_id": f.variable_id,
                "reconduccion_id": reconduccion_id,
                "trimestre": 4,
                "cantidad": f.cantidad * AUMENTO / 100,
            }
            for f in session.execute(consulta).all()
        ],
    )
