"""Lo que los títulos de un EAEPE dicen: a qué mes llega y qué clasificación es."""

import re
from collections.abc import Sequence

from db.models.presupuesto import ClasificacionEaepe
from db.rules.formato import mes_nombre
from db.rules.texto import llave

CLASIFICACIONES = {
    ClasificacionEaepe.OBJETO_GASTO: ("objeto del gasto", "objeto de gasto", "capitulo y concepto"),
    ClasificacionEaepe.TIPO_GASTO: ("tipo de gasto", "economica"),
    ClasificacionEaepe.FUNCIONAL: ("funcional", "finalidad y funcion"),
    ClasificacionEaepe.PROGRAMATICA: ("programatica", "categoria programatica"),
    ClasificacionEaepe.ADMINISTRATIVA: ("administrativa", "dependencia", "unidad administrativa"),
}
"""Palabras del título, en el orden en que se buscan."""

CAPITULOS = (
    "Servicios personales",
    "Materiales y suministros",
    "Servicios generales",
    "Transferencias, asignaciones, subsidios y otras ayudas",
    "Bienes muebles, inmuebles e intangibles",
    "Inversión pública",
    "Inversiones financieras y otras provisiones",
    "Participaciones y aportaciones",
    "Deuda pública",
)
"""Capítulos 1000 a 9000 del clasificador por objeto del gasto del CONAC."""

TIPOS_DE_GASTO = ("Gasto corriente", "Gasto de capital")
FINALIDADES = ("Gobierno", "Desarrollo social", "Desarrollo económico")

_MESES = tuple(llave(mes_nombre(mes)) for mes in range(1, 13))
_MES = re.compile(rf"\b({'|'.join(_MESES)}|setiembre)\b")
_PERIODO = re.compile(r"\b(primer|segundo|tercer|cuarto|[1-4](?:er|do|ro|to|o)?\.?) (trimestre|semestre)\b")
_ORDINALES = ("primer", "segundo", "tercer", "cuarto")
_ES_PERIODO = re.compile(r"\bal\b|\bdel\b|\ba\b|periodo|trimestre|semestre|corte|-")


def mes_del_titulo(previas: Sequence[str]) -> int | None:
    """El mes al que llega el documento: «Del 1 de enero al 30 de junio» → 6; None si no lo dice."""
    for titulo in map(llave, previas):
        meses = _MES.findall(titulo)
        if meses and _ES_PERIODO.search(titulo):
            ultimo = meses[-1].replace("setiembre", "septiembre")
            return _MESES.index(ultimo) + 1
        if periodo := _PERIODO.search(titulo):
            cual, largo = periodo[1], 3 if periodo[2] == "trimestre" else 6
            numero = _ORDINALES.index(cual) + 1 if cual in _ORDINALES else int(cual[0])
            return min(numero * largo, 12)
    return None


def es_capitulo(concepto: str) -> bool:
    """True si el texto es el nombre oficial de un capítulo."""
    return sin_signos(concepto) in _CAPITULOS


def clasificacion_de(textos: Sequence[str], conceptos: Sequence[str]) -> tuple[ClasificacionEaepe, bool]:
    """La clasificación, y si la dicen los títulos; si no, la que se reconoce por los conceptos."""
    todo = " ".join(map(llave, textos))
    for clasificacion, palabras in CLASIFICACIONES.items():
        if any(palabra in todo for palabra in palabras):
            return clasificacion, True
    nombres = {sin_signos(concepto) for concepto in conceptos}
    for clasificacion, oficiales in (
        (ClasificacionEaepe.OBJETO_GASTO, _CAPITULOS),
        (ClasificacionEaepe.TIPO_GASTO, set(map(sin_signos, TIPOS_DE_GASTO))),
        (ClasificacionEaepe.FUNCIONAL, set(map(sin_signos, FINALIDADES))),
    ):
        if len(nombres & oficiales) >= 2:
            return clasificacion, False
    return ClasificacionEaepe.ADMINISTRATIVA, False


def sin_signos(texto: str) -> str:
    """El texto comparable, sin código ni puntuación: «1000 - Deuda Pública» → «deuda publica»."""
    return " ".join(re.findall(r"[a-z]+", llave(texto)))


_CAPITULOS = frozenset(map(sin_signos, CAPITULOS))
