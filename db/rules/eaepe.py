"""El Estado Analítico del Ejercicio del Presupuesto de Egresos: sus columnas, sus renglones y sus cuadres.

Columnas y orden: formato del CONAC (LGCG, art. 46). Todo en centavos.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from db.rules.formato import moneda
from db.rules.presupuesto import TOLERANCIA_EAEPE, Hallazgo, revisar_eaepe

NOMBRE = "Estado Analítico del Ejercicio del Presupuesto de Egresos"
TOTAL = "Total del Gasto"

COLUMNAS = {
    "aprobado": ("Aprobado", "1"),
    "ampliaciones_reducciones": ("Ampliaciones/ (Reducciones)", "2"),
    "modificado": ("Modificado", "3 = (1 + 2)"),
    "devengado": ("Devengado", "4"),
    "pagado": ("Pagado", "5"),
    "subejercicio": ("Subejercicio", "6 = (3 − 4)"),
}
"""Importe → título y número de columna, en el orden del formato."""

IMPORTES = tuple(COLUMNAS)

TITULOS = {
    "administrativa": "Clasificación Administrativa",
    "tipo_gasto": "Clasificación Económica (por Tipo de Gasto)",
    "objeto_gasto": "Clasificación por Objeto del Gasto (Capítulo y Concepto)",
    "funcional": "Clasificación Funcional (Finalidad y Función)",
    "programatica": "Gasto por Categoría Programática",
}
"""Las cuatro clasificaciones del estado y el gasto por categoría programática."""

PROGRAMAS = "Programas"
FUERA_DE_PROGRAMAS = "fuera de"
"""El catálogo dice así el grupo de las letras que van al nivel de «Programas»."""

SIN_CLASIFICAR = "Sin clasificar"

Oficial = tuple[str, str, str]
"""Clave, clave del padre (vacía: suma al total) y nombre."""


@dataclass(frozen=True, slots=True)
class Importes:
    """Los seis importes de un renglón; el subejercicio y el modificado pueden venir de un archivo."""

    aprobado: int = 0
    ampliaciones_reducciones: int = 0
    modificado: int = 0
    devengado: int = 0
    pagado: int = 0
    subejercicio: int = 0

    def __add__(self, otro: "Importes") -> "Importes":
        return Importes(*(getattr(self, c) + getattr(otro, c) for c in IMPORTES))

    def __sub__(self, otro: "Importes") -> "Importes":
        return Importes(*(getattr(self, c) - getattr(otro, c) for c in IMPORTES))


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un renglón del estado; nivel 1 suma al total y los demás desglosan al que tienen arriba."""

    clave: str
    concepto: str
    nivel: int
    importes: Importes


def de_momentos(monto: Mapping[str, int]) -> Importes:
    """Los importes del estado desde los momentos del gasto: 2 = ampliaciones − reducciones, 6 = 3 − 4."""
    neto = monto["ampliaciones"] - monto["reducciones"]
    modificado = monto["aprobado"] + neto
    devengado = monto["devengado"]
    return Importes(monto["aprobado"], neto, modificado, devengado, monto["pagado"], modificado - devengado)


def armar(oficiales: Sequence[Oficial], hojas: Mapping[str, Importes]) -> list[Renglon]:
    """Los renglones del formato en su orden: cada padre suma a sus hijos y Σ nivel 1 = Σ hojas.

    Lo que trae un código que no es oficial se junta al final, sin clasificar, para que nada se pierda.
    """
    claves = {clave for clave, _, _ in oficiales}
    hijos: dict[str, list[Oficial]] = defaultdict(list)
    for oficial in oficiales:
        hijos[oficial[1]].append(oficial)

    renglones: list[Renglon] = []

    def poner(oficial: Oficial, nivel: int) -> Importes:
        clave, _, nombre = oficial
        lugar = len(renglones)
        renglones.append(Renglon(clave, nombre, nivel, Importes()))
        suma = hojas.get(clave, Importes())
        for hijo in hijos[clave]:
            suma += poner(hijo, nivel + 1)
        renglones[lugar] = replace(renglones[lugar], importes=suma)
        return suma

    for oficial in hijos[""]:
        poner(oficial, 1)
    sueltas = sumar(importes for codigo, importes in hojas.items() if codigo not in claves)
    if sueltas != Importes():
        renglones.append(Renglon("", SIN_CLASIFICAR, 1, sueltas))
    return renglones


def oficiales_programaticas(catalogo: Sequence[Oficial]) -> list[Oficial]:
    """Las letras del clasificador programático en su formato: Programas, sus grupos, y las de fuera."""
    dentro, fuera, grupos = [], [], []
    for letra, grupo, nombre in catalogo:
        if FUERA_DE_PROGRAMAS in grupo or not grupo:
            fuera.append((letra, "", nombre))
            continue
        if grupo not in grupos:
            grupos.append(grupo)
        dentro.append((letra, grupo, nombre))
    de_grupos = [(grupo, PROGRAMAS, grupo) for grupo in grupos]
    return [(PROGRAMAS, "", PROGRAMAS), *de_grupos, *dentro, *fuera]


def sumar(varios: Iterable[Importes]) -> Importes:
    """La suma de varios importes, columna por columna."""
    return sum(varios, Importes())


def total(renglones: Sequence[Renglon]) -> Importes:
    """«Total del Gasto»: la suma de los renglones de nivel 1."""
    return sumar(r.importes for r in renglones if r.nivel == 1)


def revisar(renglones: Sequence[Renglon], tolerancia: int = TOLERANCIA_EAEPE) -> list[tuple[int, Hallazgo]]:
    """(posición, hallazgo): identidades de cada renglón, y padres que no son la suma de sus hijos.

    La tolerancia es de un peso por renglón; la diferencia va escrita.
    """
    hallados: list[tuple[int, Hallazgo]] = []
    for i, r in enumerate(renglones):
        x = r.importes
        propios = revisar_eaepe(
            x.aprobado, x.ampliaciones_reducciones, x.modificado, x.devengado, x.subejercicio, tolerancia
        )
        hallados += [(i, hallazgo) for hallazgo in propios]
        if hijos := _hijos(renglones, i):
            hallados += [(i, h) for h in _contra_hijos(x, hijos, tolerancia * len(hijos))]
    return hallados


def _hijos(renglones: Sequence[Renglon], i: int) -> list[Importes]:
    """Los del nivel siguiente que cuelgan del renglón `i`."""
    nivel, hijos = renglones[i].nivel, []
    for r in renglones[i + 1 :]:
        if r.nivel <= nivel:
            break
        if r.nivel == nivel + 1:
            hijos.append(r.importes)
    return hijos


def _contra_hijos(padre: Importes, hijos: Sequence[Importes], tolerancia: int) -> list[Hallazgo]:
    diferencia = padre - sumar(hijos)
    return [
        Hallazgo("El renglón es la suma de su desglose", f"en {titulo.lower()} difiere {moneda(resta)}")
        for campo, (titulo, _) in COLUMNAS.items()
        if abs(resta := getattr(diferencia, campo)) > tolerancia
    ]


def parte(cuanto: int, de: int) -> Decimal | None:
    """Qué porcentaje es; nulo si no hay de qué."""
    return Decimal(cuanto) / de * 100 if de else None
