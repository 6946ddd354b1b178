"""Las columnas de un archivo de presupuesto: segmentos de la clave, mes y momentos, en largo o en ancho."""

from collections.abc import Sequence

from dashboard.imports.formato import Columna
from db.queries.clave_presupuestaria import POR_OMISION, Segmento
from db.queries.presupuesto import MOMENTOS
from db.rules.formato import mes_nombre

DINERO = {
    "aprobado": (
        *("autorizado", "presupuesto aprobado", "presupuesto autorizado", "presupuesto original"),
        *("aprobado anual", "importe aprobado", "original", "asignado", "presupuesto inicial"),
    ),
    "ampliaciones": ("ampliacion", "ampliaciones liquidas", "adiciones", "aumentos"),
    "reducciones": ("reduccion", "disminuciones", "disminucion"),
    "ampliaciones_reducciones": (
        *("ampliacion reducciones", "ampliacion reduccion", "ampliaciones y reducciones"),
        *("ampliaciones o reducciones", "adecuaciones", "modificaciones", "ampliaciones reducciones 2"),
    ),
    "modificado": ("presupuesto modificado", "vigente", "presupuesto vigente", "autorizado modificado"),
    "comprometido": ("compromiso", "presupuesto comprometido"),
    "devengado": ("presupuesto devengado", "gasto devengado"),
    "ejercido": ("ejercicio", "presupuesto ejercido", "gasto ejercido"),
    "pagado": ("presupuesto pagado", "gasto pagado", "pagos", "pago"),
}
"""Columnas de dinero y los otros nombres con que Tesorería las llama («Autorizado» es el aprobado)."""

SEGMENTOS = {
    "dependencia_general": (
        *("clave dependencia general", "clave dep general", "dep general", "dep gen", "dependencia"),
        *("dg", "unidad responsable"),
    ),
    "dependencia_auxiliar": (
        *("clave dependencia auxiliar", "clave dep auxiliar", "dep auxiliar", "dep aux", "da"),
        *("unidad ejecutora",),
    ),
    "programa": ("programa presupuestario", "codigo programa", "clave programa", "clave del programa"),
    "proyecto": ("codigo proyecto", "clave proyecto", "clave del proyecto", "codigo del proyecto"),
    "fuente": ("fuente de financiamiento", "fuente financiamiento", "ff", "clave fuente", "fte"),
    "partida": (
        *("partida presupuestal", "partida presupuestaria", "partida especifica", "partida generica"),
        *("objeto del gasto", "clave partida", "cog", "codigo partida"),
    ),
    "tipo_gasto": ("tipo de gasto", "tg", "clave tipo de gasto"),
}
"""Otros encabezados de los segmentos con columna propia."""

EJEMPLOS = {
    "dependencia_general": "A00",
    "dependencia_auxiliar": "100",
    "programa": "01050205",
    "proyecto": "010502050101",
    "fuente": "110101",
    "partida": "1131",
    "tipo_gasto": "1",
}

AYUDAS = {
    "aprobado": "Lo que autorizó el cabildo para ese mes, en pesos.",
    "ampliaciones": "Lo que se aumentó en ese mes, en positivo.",
    "reducciones": "Lo que se redujo en ese mes, en positivo.",
    "comprometido": "Lo que se comprometió en ese mes; no lo acumulado.",
    "devengado": "Lo que se devengó en ese mes; no lo acumulado.",
    "ejercido": "Lo que se ejerció en ese mes; no lo acumulado.",
    "pagado": "Lo que se pagó en ese mes; no lo acumulado.",
}

ANIO = Columna("anio", ("año", "ejercicio fiscal", "año fiscal"), obligatoria=False)
CLAVE = Columna(
    "clave_presupuestaria",
    ("clave", "clave presupuestal", "clave programatica", "codigo presupuestal", "estructura programatica"),
    obligatoria=False,
)


def campo_mensual(momento: str, mes: int) -> str:
    """«devengado», 1 → «devengado_enero»."""
    return f"{momento}_{mes_nombre(mes)}"


def _anchas() -> tuple[Columna, ...]:
    """Una columna por momento y mes, nombrada en cualquier orden: «Enero devengado», «Devengado ene»."""
    columnas = []
    for momento, alias in DINERO.items():
        nombres = (momento, *alias)
        for mes in range(1, 13):
            meses = (mes_nombre(mes), mes_nombre(mes)[:3], f"{mes:02d}")
            otros = [f"{n} {m}" for n in nombres for m in meses] + [
                f"{m} {n}" for n in nombres for m in meses
            ]
            columnas.append(Columna(campo_mensual(momento, mes), tuple(otros), obligatoria=False))
    return tuple(columnas)


def de_plantilla(segmentos: Sequence[Segmento]) -> tuple[Columna, ...]:
    """Las columnas que ofrece la plantilla: un renglón por clave y mes."""
    de_clave = (
        Columna(
            segmento.codigo,
            (segmento.nombre, *SEGMENTOS.get(segmento.codigo, ())),
            obligatoria=segmento.obligatorio,
            ayuda=f"{segmento.nombre}{f', {segmento.longitud} signos' if segmento.longitud else ''}.",
            ejemplo=EJEMPLOS.get(segmento.codigo, ""),
        )
        for segmento in segmentos
    )
    mes = Columna(
        "mes", ("periodo", "mes del movimiento"), ayuda="Nombre del mes, o de 1 a 12.", ejemplo="enero"
    )
    dinero = (
        Columna(m, DINERO[m], obligatoria=m == "aprobado", ayuda=AYUDAS[m], ejemplo="1,234.50")
        for m in MOMENTOS
    )
    return (*de_clave, mes, *dinero)


def de_lectura(segmentos: Sequence[Segmento]) -> tuple[Columna, ...]:
    """Todas las que se reconocen. Ninguna es obligatoria para leer: depende de la forma del archivo."""
    largas = {c.nombre: c for c in de_plantilla(segmentos)}
    for nombre in ("ampliaciones_reducciones", "modificado"):
        largas[nombre] = Columna(nombre, DINERO[nombre])
    sueltas = (Columna(c.nombre, c.alias, obligatoria=False) for c in (ANIO, CLAVE, *largas.values()))
    return (*sueltas, *_anchas())


COLUMNAS = de_plantilla(POR_OMISION)
