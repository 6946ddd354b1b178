"""Los formatos de la Plataforma Nacional de Transparencia: sus columnas, cómo se escriben y qué se rechaza.

Encabezados: libros de carga publicados (obligaciones de la LGTAIP 2015, artículo 70, fracciones VI y XXI).
La clave del formato y los códigos de cada entidad vienen de su plantilla oficial, que se puede cargar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.rules.formato import fecha

Valor = str | int | Decimal | date | None
Fila = Mapping[str, Valor]


class Tipo(StrEnum):
    """Qué acepta una columna. El número es el que llevan las plantillas en su cuarta fila."""

    CORTO = "1"
    LARGO = "2"
    NUMERO = "3"
    FECHA = "4"
    MONEDA = "6"
    LIGA = "7"
    CATALOGO = "9"
    TABLA = "10"
    ACTUALIZACION = "13"
    NOTA = "14"


LARGOS = {Tipo.CORTO: 150, Tipo.LARGO: 4_000, Tipo.NOTA: 4_000}
"""Letras que caben."""

SENTIDOS = ("Ascendente", "Descendente")


@dataclass(frozen=True, slots=True)
class Columna:
    titulo: str
    tipo: Tipo
    catalogo: tuple[str, ...] = ()
    obligada: bool = False
    """Si va vacía se rechaza aunque la nota lo explique."""


@dataclass(frozen=True, slots=True)
class Formato:
    """Un libro de carga: sus tres renglones de cabeza, sus columnas y su tabla secundaria."""

    clave: str
    titulo: str
    corto: str
    descripcion: str
    columnas: tuple[Columna, ...]
    tabla: "Formato | None" = None


@dataclass(frozen=True, slots=True)
class Libro:
    """Los renglones de un formato y los de su tabla secundaria."""

    filas: Sequence[Fila]
    secundarias: Sequence[Fila] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Rechazo:
    """Lo que la plataforma no aceptaría: dónde y cómo se corrige. `fila` cuenta desde 8, como el libro."""

    hoja: str
    fila: int
    columna: str
    que: str
    remedio: str


EJERCICIO = "Ejercicio"
INICIO = "Fecha de inicio del periodo que se informa"
FIN = "Fecha de término del periodo que se informa"
AREA = "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualizan la información"
ACTUALIZADO = "Fecha de actualización"
NOTA = "Nota"
SENTIDO = "Sentido del indicador (catálogo)"
AJUSTADAS = "Metas ajustadas que existan, en su caso"
AVANCE = "Avance de metas"
ID = "ID"
PRIMERA = 8
"""El renglón del libro donde empiezan los datos."""
PRIMERA_DE_TABLA = 4
"""El de sus tablas secundarias."""

_PERIODO = (
    Columna(EJERCICIO, Tipo.CORTO, obligada=True),
    Columna(INICIO, Tipo.FECHA, obligada=True),
    Columna(FIN, Tipo.FECHA, obligada=True),
)
_CIERRE = (
    Columna(AREA, Tipo.LARGO, obligada=True),
    Columna(ACTUALIZADO, Tipo.ACTUALIZACION, obligada=True),
    Columna(NOTA, Tipo.NOTA),
)

INDICADORES = Formato(
    "Fracción VI",
    "Indicadores de resultados",
    "Indicadores de objetivos y resultados",
    "Los indicadores que permitan rendir cuenta de sus objetivos y resultados",
    (
        *_PERIODO,
        Columna("Nombre del programa o concepto al que corresponde el indicador", Tipo.LARGO),
        Columna("Objetivo institucional", Tipo.LARGO),
        Columna("Nombre(s) del(os) indicador(es)", Tipo.LARGO, obligada=True),
        Columna("Dimensión(es) a medir", Tipo.LARGO),
        Columna("Definición del indicador", Tipo.LARGO),
        Columna("Método de cálculo con variables de la fórmula", Tipo.LARGO),
        Columna("Unidad de medida", Tipo.LARGO),
        Columna("Frecuencia de medición", Tipo.CORTO),
        Columna("Línea base", Tipo.LARGO),
        Columna("Metas programadas", Tipo.LARGO),
        Columna(AJUSTADAS, Tipo.LARGO),
        Columna(AVANCE, Tipo.LARGO),
        Columna(SENTIDO, Tipo.CATALOGO, SENTIDOS),
        Columna("Fuente de información", Tipo.LARGO),
        *_CIERRE,
    ),
)

CAPITULOS = "Ejercicio de los egresos presupuestarios"
TABLA_CAPITULOS = Formato(
    "Tabla_393674",
    "Ejercicio de los egresos presupuestarios",
    "Tabla_393674",
    "",
    (
        Columna(ID, Tipo.NUMERO, obligada=True),
        Columna("Clave del capítulo, concepto o partida", Tipo.CORTO, obligada=True),
        Columna("Denominación del capítulo, concepto o partida", Tipo.LARGO, obligada=True),
        Columna("Presupuesto aprobado por capítulo de gasto", Tipo.MONEDA, obligada=True),
        Columna("Ampliación/(Reducciones)", Tipo.MONEDA, obligada=True),
        Columna("Modificado", Tipo.MONEDA, obligada=True),
        Columna("Devengado", Tipo.MONEDA, obligada=True),
        Columna("Pagado", Tipo.MONEDA, obligada=True),
        Columna("Subejercicio", Tipo.MONEDA, obligada=True),
    ),
)
EGRESOS = Formato(
    "Fracción XXI",
    "Ejercicio de los egresos presupuestarios",
    "Presupuesto y su ejercicio trimestral",
    "Información financiera sobre el presupuesto asignado y los informes del ejercicio trimestral del gasto",
    (
        *_PERIODO,
        Columna(CAPITULOS, Tipo.TABLA, obligada=True),
        Columna("Hipervínculo al estado analítico del ejercicio del presupuesto de egresos", Tipo.LIGA),
        *_CIERRE,
    ),
    TABLA_CAPITULOS,
)
FORMATOS = {"indicadores": INDICADORES, "egresos": EGRESOS}


def inicio_del_trimestre(anio: int, mes: int) -> date:
    """El primer día del trimestre en que cae el mes: el formato se informa por trimestre."""
    return date(anio, (mes - 1) // 3 * 3 + 1, 1)


def pesos(centavos: int) -> Decimal:
    """El importe en pesos, exacto, como lo pide una celda de moneda."""
    return Decimal(centavos).scaleb(-2)


def escrito(valor: Valor) -> str:
    """Cómo se lee una celda en el libro: las fechas dd/mm/aaaa y lo vacío, vacío."""
    if isinstance(valor, date):
        return fecha(valor)
    return "" if valor is None else str(valor)


def revisar(formato: Formato, libro: Libro) -> list[Rechazo]:
    """Todo lo que la plataforma rechazaría de un libro, en el orden de sus celdas."""
    hallados = [r for n, fila in enumerate(libro.filas) for r in _de_fila(formato, n + PRIMERA, fila)]
    if formato.tabla is not None:
        hallados += [
            r
            for n, fila in enumerate(libro.secundarias, start=PRIMERA_DE_TABLA)
            for r in _de_celdas(formato.tabla, n, fila, True)
        ]
        hallados += _sueltas(formato, libro)
    return hallados


def _de_fila(formato: Formato, numero: int, fila: Fila) -> list[Rechazo]:
    explica = bool(escrito(fila.get(NOTA)).strip())
    return _de_celdas(formato, numero, fila, explica) + _del_periodo(formato, numero, fila)


def _de_celdas(formato: Formato, numero: int, fila: Fila, explica: bool) -> list[Rechazo]:
    hallados = []
    for columna in formato.columnas:
        que = _falta(columna, fila.get(columna.titulo), explica)
        if que is not None:
            hallados.append(Rechazo(formato.corto, numero, columna.titulo, *que))
    return hallados


def _falta(columna: Columna, valor: Valor, explica: bool) -> tuple[str, str] | None:
    texto = escrito(valor)
    if not texto.strip():
        return _vacia(columna, explica)
    if columna.tipo in LARGOS and len(texto) > LARGOS[columna.tipo]:
        return f"Pasa de {LARGOS[columna.tipo]:,} letras.", "Acórtelo en su ficha."
    if columna.tipo in (Tipo.FECHA, Tipo.ACTUALIZACION) and not isinstance(valor, date):
        return f"«{texto}» no es una fecha.", "Escríbala como dd/mm/aaaa."
    if columna.tipo in (Tipo.NUMERO, Tipo.MONEDA) and not isinstance(valor, int | Decimal):
        return f"«{texto}» no es un número.", "Escriba sólo el número."
    if columna.catalogo and texto not in columna.catalogo:
        return f"«{texto}» no está en el catálogo.", f"Sólo se acepta: {', '.join(columna.catalogo)}."
    if columna.tipo is Tipo.LIGA and not texto.startswith(("http://", "https://")):
        return "La liga no empieza con https.", "Escriba la dirección completa."
    return None


def _vacia(columna: Columna, explica: bool) -> tuple[str, str] | None:
    if columna.obligada:
        return "Va vacía y es obligatoria.", "Complete el dato en el sistema."
    if columna.tipo is not Tipo.NOTA and not explica:
        return "Va vacía y la nota no dice por qué.", "Explíquelo en la columna Nota."
    return None


def _del_periodo(formato: Formato, numero: int, fila: Fila) -> list[Rechazo]:
    inicio, fin, anio = fila.get(INICIO), fila.get(FIN), escrito(fila.get(EJERCICIO))
    if not (isinstance(inicio, date) and isinstance(fin, date)):
        return []
    que = ""
    if fin < inicio:
        que = "El periodo termina antes de empezar."
    elif anio != str(inicio.year) or anio != str(fin.year):
        que = "El ejercicio no es el del periodo."
    return [Rechazo(formato.corto, numero, FIN, que, "Corrija las fechas.")] if que else []


def _sueltas(formato: Formato, libro: Libro) -> list[Rechazo]:
    """Un renglón que pide una tabla sin renglones, o un renglón de la tabla que nadie pide."""
    assert formato.tabla is not None
    pedidos: dict[Any, int] = {}
    for n, fila in enumerate(libro.filas):
        for columna in formato.columnas:
            if columna.tipo is Tipo.TABLA:
                pedidos[fila.get(columna.titulo)] = n + PRIMERA
    dados: dict[Any, int] = {}
    for n, fila in enumerate(libro.secundarias, start=PRIMERA_DE_TABLA):
        dados.setdefault(fila.get(ID), n)
    sin_tabla = [
        Rechazo(formato.corto, donde, CAPITULOS, f"La tabla no tiene renglones con ID {cual}.", "Agréguelos.")
        for cual, donde in pedidos.items()
        if cual not in dados
    ]
    sin_dueno = [
        Rechazo(formato.tabla.corto, donde, ID, f"Ningún renglón pide el ID {cual}.", "Quítelo o lígelo.")
        for cual, donde in dados.items()
        if cual not in pedidos
    ]
    return sin_tabla + sin_dueno
