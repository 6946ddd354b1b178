"""El presupuesto que se lee: cifras al corte desde los resúmenes, detalle por clave y versiones."""

MOMENTOS = (
    "aprobado",
    "ampliaciones",
    "reducciones",
    "comprometido",
    "devengado",
    "ejercido",
    "pagado",
)
"""Columnas de dinero de movimientos y resúmenes, en su orden."""

GASTO = MOMENTOS[3:]
"""Momentos que dicen que hubo gasto: de comprometido a pagado."""
