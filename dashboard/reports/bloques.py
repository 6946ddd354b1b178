"""Los bloques de que se arma un documento; no saben si acabarán en PDF, Word, Excel o pantalla.

Todo texto llega ya escrito por `db/rules/formato.py`; `valor` es la misma cifra sin escribir (centavos
enteros, Decimal) para que Excel la sume. Sólo datos: se pueden comparar, guardar y mandar a otro proceso.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import SIN_VALOR, moneda, numero, pct


class Alinear(StrEnum):
    IZQUIERDA = "izquierda"
    CENTRO = "centro"
    DERECHA = "derecha"


class Cifrado(StrEnum):
    """Qué clase de número es el `valor` de una celda, para el formato de Excel."""

    TEXTO = "texto"
    DINERO = "dinero"
    """Centavos enteros."""
    NUMERO = "numero"
    PORCENTAJE = "porcentaje"
    """Ya multiplicado por cien."""


class ClaseRenglon(StrEnum):
    NORMAL = "normal"
    GRUPO = "grupo"
    """Encabezado dentro de la tabla."""
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Estilo(StrEnum):
    NORMAL = "normal"
    NOTA = "nota"
    """Letra chica: leyendas, fuentes y notas al pie de una tabla."""
    DESTACADO = "destacado"
    """El hallazgo: lo que se lee primero."""
    CENTRADO = "centrado"


@dataclass(frozen=True, slots=True)
class Celda:
    """Lo que se lee en una casilla; `ancho` y `alto` son cuántas columnas y renglones ocupa."""

    texto: str
    valor: int | Decimal | None = None
    clase: Cifrado = Cifrado.TEXTO
    estado: str = ""
    """Código de `Estado`: pinta el semáforo. El texto ya trae icono y palabra."""
    negrita: bool = False
    ancho: int = 1
    alto: int = 1
    sangria: int = 0
    alinear: Alinear | None = None
    """Vacío: como su columna."""


@dataclass(frozen=True, slots=True)
class Renglon:
    celdas: tuple[Celda, ...]
    clase: ClaseRenglon = ClaseRenglon.NORMAL


@dataclass(frozen=True, slots=True)
class Columna:
    """`ancho` es relativo a las demás; `grupos`, los encabezados que van encima, del de afuera al de adentro.

    Dos columnas seguidas con el mismo grupo comparten un encabezado combinado.
    """

    titulo: str
    ancho: float = 1
    alinear: Alinear = Alinear.IZQUIERDA
    grupos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titulo:
    texto: str
    nivel: int = 1


@dataclass(frozen=True, slots=True)
class Parrafo:
    """`ancla` nombra el párrafo para comentarlo o corregirlo; no se imprime."""

    texto: str
    estilo: Estilo = Estilo.NORMAL
    ancla: str = ""


@dataclass(frozen=True, slots=True)
class Lista:
    elementos: tuple[str, ...]
    numerada: bool = False


@dataclass(frozen=True, slots=True)
class Tabla:
    """`resumen` la describe para quien no la ve; `numeradas` va bajo los encabezados: 1, 3=(1+2)."""

    columnas: tuple[Columna, ...]
    renglones: tuple[Renglon, ...]
    titulo: str = ""
    resumen: str = ""
    numeradas: tuple[str, ...] = ()
    letra: float = 8.5
    """Puntos."""


@dataclass(frozen=True, slots=True)
class Campo:
    """Un dato de una ficha; con `clave`, va en su propia casilla antes de la denominación."""

    rotulo: str
    valor: str
    clave: str = ""
    ancho: int = 1
    """Cuántas columnas de la ficha ocupa."""


@dataclass(frozen=True, slots=True)
class Ficha:
    """Rejilla de rótulo y dato, como las cabezas de los PbRM."""

    campos: tuple[Campo, ...]
    columnas: int = 1
    titulo: str = ""
    rotulo_ancho: float = 0.28
    """Parte del ancho de cada columna que lleva el rótulo."""
    con_clave: bool = False
    """Encabeza las casillas con «Clave» y «Denominación»."""


@dataclass(frozen=True, slots=True)
class Cifra:
    rotulo: str
    valor: str
    nota: str = ""
    estado: str = ""


@dataclass(frozen=True, slots=True)
class Cifras:
    """Las cifras grandes del principio, lado a lado."""

    cifras: tuple[Cifra, ...]


@dataclass(frozen=True, slots=True)
class Grafica:
    """La gráfica de Altair de la pantalla (diccionario de Vega-Lite), su título-hallazgo y su texto."""

    spec: dict[str, Any]
    alt: str
    titulo: str = ""
    ancho: int = 640
    """Puntos de pantalla con que se dibuja; al imprimir llena su columna."""
    alto: int = 260
    datos: Tabla | None = None
    """En Excel va la tabla; en los otros formatos sólo si `con_datos`."""
    con_datos: bool = False


@dataclass(frozen=True, slots=True)
class Imagen:
    """PNG, JPEG o SVG."""

    contenido: bytes = field(repr=False)
    tipo: str
    """image/png, image/jpeg o image/svg+xml."""
    alt: str
    pie: str = ""
    ancho: float = 1
    """Parte del renglón."""


@dataclass(frozen=True, slots=True)
class Firma:
    """`papel`: ELABORÓ, REVISÓ, AUTORIZÓ…; sin nombre queda el espacio y se dice en `faltas`."""

    papel: str
    nombre: str
    cargo: str


@dataclass(frozen=True, slots=True)
class Firmas:
    firmas: tuple[Firma, ...]


@dataclass(frozen=True, slots=True)
class SaltoDePagina:
    """Con `hoja`, en Excel empieza otra hoja con ese nombre. `horizontal` cambia la orientación que sigue."""

    hoja: str = ""
    horizontal: bool | None = None


@dataclass(frozen=True, slots=True)
class Indice:
    """El índice de títulos, hasta `nivel`."""

    titulo: str = "Contenido"
    nivel: int = 2


@dataclass(frozen=True, slots=True)
class LadoALado:
    """Grupos de bloques en columnas; `anchos` relativos. En Excel van uno tras otro."""

    partes: tuple[tuple["Bloque", ...], ...]
    anchos: tuple[float, ...] = ()


Bloque: TypeAlias = (
    Titulo
    | Parrafo
    | Lista
    | Tabla
    | Ficha
    | Cifras
    | Grafica
    | Imagen
    | Firmas
    | SaltoDePagina
    | Indice
    | LadoALado
)


def texto(escrito: object, **mas: Any) -> Celda:
    """Celda de texto; None y vacío se escriben «—»."""
    return Celda(SIN_VALOR if escrito in (None, "") else str(escrito), **mas)


def dinero(centavos: int | None, **mas: Any) -> Celda:
    """Celda de importe en centavos: «$1,234.50» o «—»."""
    escrito = SIN_VALOR if centavos is None else moneda(centavos)
    return Celda(escrito, centavos, Cifrado.DINERO, alinear=Alinear.DERECHA, **mas)


def cantidad(valor: Decimal | int | None, decimales: int | None = None, **mas: Any) -> Celda:
    """Celda de cantidad exacta."""
    return Celda(numero(valor, decimales), valor, Cifrado.NUMERO, alinear=Alinear.DERECHA, **mas)


def porcentaje(valor: Decimal | None, escrito: str = "", **mas: Any) -> Celda:
    """Celda de porcentaje; `escrito` cuando ya viene de `Resultado.cifra`, que no cruza de banda."""
    return Celda(escrito or pct(valor), valor, Cifrado.PORCENTAJE, alinear=Alinear.DERECHA, **mas)


def semaforo(estado: str, palabra: str = "", icono: str = "", **mas: Any) -> Celda:
    """Celda «✔ En meta» con el color de su estado; palabra e icono propios si su banda los tiene."""
    como = PRESENTACION[Estado(estado)]
    return Celda(f"{icono or como.icono} {palabra or como.palabra}", estado=str(estado), **mas)


def renglon(*celdas: Celda | str, clase: ClaseRenglon = ClaseRenglon.NORMAL) -> Renglon:
    """Un renglón de celdas; lo que venga como texto se vuelve celda."""
    return Renglon(tuple(c if isinstance(c, Celda) else texto(c) for c in celdas), clase)


def total(*celdas: Celda | str) -> Renglon:
    """El renglón de total."""
    return renglon(*celdas, clase=ClaseRenglon.TOTAL)


@dataclass(frozen=True, slots=True)
class Puesta:
    """Una celda con el lugar que le toca en la cuadrícula, contando las combinadas de arriba."""

    fila: int
    columna: int
    celda: Celda


def colocar(filas: Sequence[Sequence[Celda]]) -> list[Puesta]:
    """El lugar de cada celda: la siguiente casilla que no tape una combinada."""
    tapadas: set[tuple[int, int]] = set()
    puestas = []
    for f, celdas in enumerate(filas):
        c = 0
        for celda in celdas:
            while (f, c) in tapadas:
                c += 1
            puestas.append(Puesta(f, c, celda))
            tapadas |= {(f + i, c + j) for i in range(celda.alto) for j in range(celda.ancho)}
            c += celda.ancho
    return puestas


def encabezado(tabla: Tabla) -> list[tuple[Celda, ...]]:
    """Los renglones de encabezado: grupos combinados a lo ancho, y cada título hasta abajo de su hueco."""
    hondo = max((len(c.grupos) for c in tabla.columnas), default=0)
    filas: list[tuple[Celda, ...]] = []
    for nivel in range(hondo + 1):
        fila: list[Celda] = []
        i = 0
        while i < len(tabla.columnas):
            columna = tabla.columnas[i]
            ancho = 1
            if nivel < len(columna.grupos):
                prefijo = columna.grupos[: nivel + 1]
                while i + ancho < len(tabla.columnas) and (
                    tabla.columnas[i + ancho].grupos[: nivel + 1] == prefijo
                ):
                    ancho += 1
                fila.append(Celda(columna.grupos[nivel], ancho=ancho))
            elif nivel == len(columna.grupos):
                fila.append(Celda(columna.titulo, alto=hondo - nivel + 1))
            i += ancho
        filas.append(tuple(fila))
    if tabla.numeradas:
        filas.append(tuple(Celda(n) for n in tabla.numeradas))
    return filas
