"""Formatos 6a a 6d de la Ley de Disciplina Financiera: qué es etiquetado y cómo se agrupa la nómina.

Los criterios del CONAC para la LDF separan el gasto por el primer dígito de la fuente de financiamiento:
1 No Etiquetado, 2 Etiquetado.
"""

from collections import defaultdict
from collections.abc import Mapping

from db.rules.eaepe import Importes, Renglon

PARTES = {"no_etiquetado": ("1", "I. Gasto No Etiquetado"), "etiquetado": ("2", "II. Gasto Etiquetado")}
"""Parte → con qué empieza su fuente y su título."""

SERVICIOS_PERSONALES = "servicios_personales"

TITULOS = {
    "objeto_gasto": ("6a", "Clasificación por Objeto del Gasto (Capítulo y Concepto)"),
    "administrativa": ("6b", "Clasificación Administrativa"),
    "funcional": ("6c", "Clasificación Funcional (Finalidad y Función)"),
    SERVICIOS_PERSONALES: ("6d", "Clasificación de Servicios Personales por Categoría"),
}
NOMBRE = "Estado Analítico del Ejercicio del Presupuesto de Egresos Detallado - LDF"
TOTAL = "III. Total de Egresos (III = I + II)"

CATEGORIAS = (
    ("A", "A. Personal Administrativo y de Servicio Público", ()),
    ("B", "B. Magisterio", ("25",)),
    ("C", "C. Servicios de Salud", ("23",)),
    ("D", "D. Seguridad Pública", ("17",)),
)
"""Categoría → las funciones cuya nómina es suya; la que no se nombra es del personal administrativo."""

_ADMINISTRATIVO = "A"


def por_categoria(funciones: Mapping[str, Importes]) -> list[Renglon]:
    """Los servicios personales de cada función, en la categoría que le toca."""
    juntas: dict[str, Importes] = defaultdict(Importes)
    for codigo, importes in funciones.items():
        propias = (clave for clave, _, suyas in CATEGORIAS if codigo[:2] in suyas)
        juntas[next(propias, _ADMINISTRATIVO)] += importes
    return [Renglon(clave, nombre, 1, juntas[clave]) for clave, nombre, _ in CATEGORIAS]
