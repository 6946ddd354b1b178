"""Las clasificaciones del gasto: qué parte de la clave es cada una y de qué resumen sale cada cruce.

La estructura programática es la municipal del Estado de México: finalidad, función, subfunción y programa, de
dos dígitos cada uno, y hasta doce con el proyecto. El objeto del gasto es el del CONAC.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Segmentos = Mapping[str, str]
"""Los segmentos de una clave que se conocen, por su nombre; `ente` es la identidad del ente."""

SIN_CODIGO = "sin"
"""Cómo va en la dirección lo que no trae ese segmento."""

DEL_ENTE = "@"
"""Separa la dependencia de su ente: «A00» de dos entes son dos dependencias."""


@dataclass(frozen=True, slots=True)
class Clasificacion:
    """Una manera de partir el gasto. `largo` son los caracteres del segmento que cuentan; 0 es entero."""

    codigo: str
    nombre: str
    plural: str
    familia: str
    segmento: str
    resumen: str
    """Resumen que la trae; vacío, sólo el detalle."""
    largo: int = 0
    sigue: str = "clave"
    """En qué se desglosa al elegir un renglón."""


_TODAS = (
    Clasificacion("ente", "Ente", "entes", "ente", "ente", "total", sigue="dependencia"),
    Clasificacion(
        "finalidad", "Finalidad", "finalidades", "funcional", "programa", "programa", 2, sigue="funcion"
    ),
    Clasificacion(
        "funcion", "Función", "funciones", "funcional", "programa", "programa", 4, sigue="programa"
    ),
    Clasificacion("programa", "Programa", "programas", "funcional", "programa", "programa", sigue="capitulo"),
    Clasificacion("proyecto", "Proyecto", "proyectos", "funcional", "proyecto", "proyecto", sigue="partida"),
    Clasificacion(
        "dependencia",
        "Dependencia general",
        "dependencias generales",
        "administrativa",
        "dependencia_general",
        "dependencia_general",
        sigue="auxiliar",
    ),
    Clasificacion(
        "auxiliar",
        "Dependencia auxiliar",
        "dependencias auxiliares",
        "administrativa",
        "dependencia_auxiliar",
        "dependencia_auxiliar",
        sigue="proyecto",
    ),
    Clasificacion("capitulo", "Capítulo", "capítulos", "objeto", "partida", "capitulo", 1, sigue="concepto"),
    Clasificacion("concepto", "Concepto", "conceptos", "objeto", "partida", "partida", 2, sigue="partida"),
    Clasificacion("partida", "Partida", "partidas", "objeto", "partida", "partida"),
    Clasificacion(
        "fuente", "Fuente de financiamiento", "fuentes", "fuente", "fuente", "fuente", sigue="programa"
    ),
    Clasificacion(
        "tipo", "Tipo de gasto", "tipos de gasto", "tipo", "tipo_gasto", "tipo_gasto", sigue="capitulo"
    ),
    Clasificacion("clave", "Clave presupuestaria", "claves", "clave", "clave", ""),
)
CLASIFICACIONES = {c.codigo: c for c in _TODAS}

FILTROS = tuple(codigo for codigo in CLASIFICACIONES if codigo != "ente")
"""Por lo que se filtra en la dirección; el ente es un filtro de toda la aplicación."""

CRUZABLES = tuple(codigo for codigo in CLASIFICACIONES if codigo != "clave")
"""Las que caben en una matriz: las claves son miles."""

_FINOS = {
    "funcional": ("proyecto", "programa"),
    "objeto": ("partida", "capitulo"),
    "administrativa": ("dependencia_auxiliar", "dependencia_general"),
}
"""Los resúmenes de cada familia, del más fino al más grueso."""

_DE_UN_ENTE = ("administrativa", "clave")

_OBJETO = 4
"""Dígitos con que se escriben capítulo y concepto: «1000», «1100»."""


def codigo_de(codigo: str, segmentos: Segmentos) -> str:
    """El código de una clave en una clasificación; vacío si no trae el segmento."""
    if codigo == "auxiliar":
        auxiliar = segmentos.get("dependencia_auxiliar", "")
        return f"{segmentos.get('dependencia_general', '')}-{auxiliar}" if auxiliar else ""
    cual = CLASIFICACIONES[codigo]
    valor = segmentos.get(cual.segmento, "")
    if cual.segmento == "programa" and not valor:
        valor = segmentos.get("proyecto", "")[:8]
    if not cual.largo or not valor:
        return valor
    return valor[: cual.largo].ljust(_OBJETO if cual.familia == "objeto" else 0, "0")


def de_resumen(resumen: str, codigo: str) -> dict[str, str]:
    """Los segmentos que dice el código de un resumen («01020401|1000», «A00-100»…)."""
    match resumen:
        case "total":
            return {}
        case "programa_capitulo":
            programa, _, capitulo = codigo.rpartition("|")
            return {"programa": programa, "partida": capitulo}
        case "dependencia_auxiliar":
            general, _, auxiliar = codigo.partition("-")
            return {"dependencia_general": general, "dependencia_auxiliar": auxiliar}
        case "proyecto":
            return {"proyecto": codigo, "programa": codigo[:8]}
        case "capitulo":
            return {"partida": codigo}
        case _:
            return {resumen: codigo}


def resumen_de(clasificaciones: Collection[str]) -> str:
    """El resumen que contesta un cruce; vacío si hay que leer el detalle.

    Uno basta mientras todas sean de una familia: un proyecto dice su programa, su función y su finalidad. El
    único cruce que se guarda es programa × capítulo. El ente no cuenta: cada resumen es de un ente.
    """
    cuales = [CLASIFICACIONES[codigo] for codigo in clasificaciones if codigo != "ente"]
    familias = {c.familia for c in cuales}
    resumenes = {c.resumen for c in cuales}
    if not familias:
        return "total"
    if familias == {"funcional", "objeto"} and resumenes == {"programa", "capitulo"}:
        return "programa_capitulo"
    if len(familias) > 1 or "clave" in familias:
        return ""
    finos = _FINOS.get(cuales[0].familia, ())
    return next((r for r in finos if r in resumenes), cuales[0].resumen)


def pierde_prefijo(resumen: str, clasificaciones: Collection[str]) -> bool:
    """¿Un código vacío de ese resumen esconde de qué programa o dependencia era?

    Quien no trae proyecto puede traer programa, y quien no trae auxiliar trae general: lo sabe el detalle.
    """
    return resumen in ("proyecto", "dependencia_auxiliar") and len(set(clasificaciones)) > 1


def siguiente(codigo: str, filtros: Collection[str]) -> str:
    """En qué se desglosa lo elegido: lo que sigue y aún no esté elegido; al final, la clave."""
    cual = CLASIFICACIONES[codigo].sigue
    while cual in filtros and cual != "clave":
        cual = CLASIFICACIONES[cual].sigue
    return cual


def llave_con_ente(codigo: str, valor: str, ente: str) -> str:
    """El código de una fila: el de una dependencia o una clave lleva su ente."""
    return f"{valor}{DEL_ENTE}{ente}" if CLASIFICACIONES[codigo].familia in _DE_UN_ENTE else valor


def sin_ente(valor: str) -> tuple[str, str]:
    """(código, ente) de una fila; el ente va vacío si el código no lo lleva."""
    codigo, _, ente = valor.partition(DEL_ENTE)
    return codigo, ente


def clave_funcional(codigo: str) -> str:
    """La clave del CONAC de una finalidad o función: «0102» es «12»."""
    partes = (codigo[:2], codigo[2:4])
    return "".join(str(int(parte)) for parte in partes if parte.isdigit())
