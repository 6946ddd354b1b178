"""Con qué palabras se redacta la demostración: temas, productos, verbos y complementos."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CARPETA = Path(__file__).parent / "datos"

DONDE = {
    "T": (
        "en la cabecera municipal",
        "en colonias de la zona norte",
        "en colonias de la zona sur",
        "en la zona oriente",
        "en localidades rurales",
        "en barrios tradicionales",
        "en zonas de atención prioritaria",
        "en unidades habitacionales",
        "en las delegaciones del poniente",
    ),
    "P": (
        "en la cabecera municipal",
        "en localidades rurales",
        "en zonas de atención prioritaria",
        "en jornadas comunitarias",
        "en módulos itinerantes",
        "con cita programada",
        "a petición ciudadana",
    ),
    "E": (
        "en preescolares",
        "en primarias públicas",
        "en secundarias",
        "en bachilleratos",
        "en planteles de zonas rurales",
        "en planteles de la zona norte",
        "en planteles de la cabecera",
    ),
    "G": (
        "conforme al programa anual",
        "con procesos documentados",
        "con revisión de la contraloría",
        "en coordinación con las dependencias",
        "con seguimiento trimestral",
        "con apoyo de sistemas informáticos",
        "bajo criterios de austeridad",
    ),
}
"""Complemento de una actividad según dónde o para quién se hace."""

COMO = {
    "T": (
        "con prioridad en las localidades de mayor rezago",
        "de manera programada en todo el territorio",
        "en respuesta a los reportes vecinales",
        "con supervisión de los comités ciudadanos",
    ),
    "P": (
        "con enfoque de inclusión y trato digno",
        "cerca de donde vive la gente",
        "con seguimiento a cada persona atendida",
    ),
    "E": ("de la mano de las comunidades escolares", "en planteles públicos de todos los niveles"),
    "G": (
        "con plazos definidos y resultados publicados",
        "con procedimientos sencillos y verificables",
        "en coordinación con las áreas responsables",
        "con criterios de austeridad y transparencia",
    ),
}
"""Cola de una línea de acción."""

ESTRATEGIAS = (
    "Fortalecer {bien} con personal capacitado y equipo suficiente.",
    "Llevar {bien} a donde más se necesita.",
    "Asegurar la continuidad de {bien} con programación y seguimiento trimestral.",
    "Sumar a la sociedad y a otros órdenes de gobierno en torno a {bien}.",
    "Modernizar {bien} con procesos sencillos y medibles.",
)

OBJETIVOS = (
    "Mejorar {bien} para {fin}.",
    "Consolidar {bien} con participación social y evaluación permanente, a fin de {fin}.",
)


def contraer(texto: str) -> str:
    """«de el padrón» → «del padrón»."""
    return texto.replace(" de el ", " del ").replace(" a el ", " al ")


@dataclass(frozen=True, slots=True)
class Producto:
    """Un bien o servicio que el municipio entrega; el rango es lo usual en un mes."""

    tema: str
    verbo: str
    objeto: str
    unidad: str
    minimo: int
    maximo: int
    ambito: str

    @property
    def infinitivo(self) -> str:
        """«Impartir talleres de crianza positiva»."""
        return f"{self.verbo} {self.objeto}"

    @property
    def nominal(self) -> str:
        """«Impartición de talleres de crianza positiva»."""
        nombre, enlace, de_persona = _verbos()[self.verbo]
        if not nombre:
            return self.objeto[0].upper() + self.objeto[1:]
        for inicio in ("a ", "al "):
            if self.objeto.startswith(inicio):
                resto = self.objeto[len(inicio) :]
                return f"{nombre} {de_persona}{'l' if inicio == 'al ' else ''} {resto}"
        return contraer(f"{nombre} {enlace} {self.objeto}")


@dataclass(frozen=True, slots=True)
class Tema:
    """Tema del plan, sus programas y a qué contribuye."""

    clave: str
    eje: str
    nombre: str
    bien: str
    fin: str
    programas: tuple[str, ...]
    ods: tuple[str, ...]


def leer(archivo: str) -> list[dict[str, str]]:
    """Renglones de un CSV de `datos/`."""
    with (CARPETA / archivo).open(encoding="utf-8", newline="") as texto:
        return list(csv.DictReader(texto))


@lru_cache
def _verbos() -> dict[str, tuple[str, str, str]]:
    return {r["verbo"]: (r["nominal"], r["objeto"], r["persona"]) for r in leer("verbos.csv")}


@lru_cache
def productos() -> dict[str, tuple[Producto, ...]]:
    """Tema → sus productos, en orden."""
    por_tema: dict[str, list[Producto]] = {}
    for r in leer("productos.csv"):
        producto = Producto(
            r["tema"], r["verbo"], r["objeto"], r["unidad"], int(r["minimo"]), int(r["maximo"]), r["ambito"]
        )
        por_tema.setdefault(producto.tema, []).append(producto)
    return {tema: tuple(lista) for tema, lista in por_tema.items()}


@lru_cache
def temas() -> tuple[Tema, ...]:
    """Los temas del plan, en orden."""
    return tuple(
        Tema(
            r["tema"],
            r["eje"],
            r["nombre"],
            r["bien"],
            r["fin"],
            tuple(r["programas"].split()),
            tuple(r["ods"].split()),
        )
        for r in leer("temas.csv")
    )


@lru_cache
def tema_de_programa() -> dict[str, Tema]:
    """Clave de programa (ocho dígitos) → su tema."""
    return {programa: tema for tema in temas() for programa in tema.programas}
