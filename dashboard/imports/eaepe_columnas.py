"""Las columnas de un EAEPE: los encabezados del formato oficial y los otros nombres con que circulan."""

from dataclasses import replace

from sqlmodel import Session

from dashboard.imports.formato import Columna
from dashboard.imports.presupuesto_columnas import DINERO

COLUMNAS = (
    Columna(
        "anio",
        ("ciclo", "año", "ejercicio fiscal"),
        obligatoria=False,
        ayuda="Año del renglón, si hay varios.",
    ),
    Columna(
        "clave",
        ("codigo", "cog", "cve", "clave de la dependencia", "capitulo", "ur", "programa clave"),
        obligatoria=False,
        ayuda="Código del capítulo, concepto o dependencia, si se tiene.",
        ejemplo="1000",
    ),
    Columna(
        "concepto",
        (
            *("denominacion", "descripcion", "nombre", "objeto del gasto", "capitulo concepto"),
            *("capitulo y concepto", "dependencia", "unidad administrativa", "finalidad funcion"),
            *("dependencia o unidad administrativa", "concepto a", "tipo de gasto", "programa nombre"),
            *("programa presupuestario", "programa"),
        ),
        ayuda="Capítulo, concepto, dependencia, función o programa, como en el estado impreso.",
        ejemplo="Servicios personales",
    ),
    Columna(
        "aprobado",
        ("aprobado 1", "aprobado d", *DINERO["aprobado"]),
        ayuda="Aprobado del año.",
        ejemplo="1,234.50",
    ),
    Columna(
        "ampliaciones_reducciones",
        ("ampliaciones reducciones 2", *DINERO["ampliaciones_reducciones"]),
        obligatoria=False,
        ayuda="Con signo: las reducciones en negativo o entre paréntesis.",
        ejemplo="(100.00)",
    ),
    Columna(
        "modificado",
        ("modificado 3 1 2", "modificado 3", *DINERO["modificado"]),
        obligatoria=False,
        ayuda="Aprobado más ampliaciones menos reducciones; si falta, se calcula.",
        ejemplo="1,134.50",
    ),
    Columna(
        "devengado", ("devengado 4", *DINERO["devengado"]), ayuda="Acumulado a la fecha.", ejemplo="1,000.00"
    ),
    Columna(
        "pagado",
        ("pagado 5", *DINERO["pagado"]),
        obligatoria=False,
        ayuda="Acumulado a la fecha.",
        ejemplo="900.00",
    ),
    Columna(
        "subejercicio",
        ("subejercicio 6 3 4", "subejercicio 6", "subejercicio e", "sub ejercicio"),
        obligatoria=False,
        ayuda="Modificado menos devengado; si viene, se compara.",
        ejemplo="134.50",
    ),
)


EJERCIDO = Columna("ejercido", ("ejercido 4", "ejercido 5", *DINERO["ejercido"]), obligatoria=False)
"""Sólo se lee: hay estados que llaman así a lo devengado, y otros que traen los dos."""


def de_lectura(_session: Session) -> tuple[Columna, ...]:
    """Las columnas que se reconocen; cuál falta se dice al revisar."""
    return (*(replace(c, obligatoria=c.nombre == "concepto") for c in COLUMNAS), EJERCIDO)
