"""Los libros de carga de la Plataforma Nacional de Transparencia, revisados antes de escribirse."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.imports.plantilla import INERTE
from dashboard.reports import comun
from dashboard.reports.bloques import Bloque, Columna, Estilo, Parrafo, Tabla, Titulo, renglon
from dashboard.reports.documento import Archivo, Documento, Falta, Parametros, Preguntar, Reporte
from db.queries import sipot
from db.queries.municipio import hoy
from db.rules import sipot as reglas
from db.rules.permisos import Accion
from db.rules.sipot import FORMATOS, Formato, Libro, Rechazo

GRUPO = "Transparencia (SIPOT)"
HOJA = "Reporte de Formatos"
CABEZA = ("TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN")
CAMPOS = "Tabla Campos"
FECHA = "dd/mm/yyyy"
MUESTRA = 20
"""Renglones que se enseñan antes de hacer el libro."""
LIMITE_DE_FALTAS = 40

RECHAZOS = (
    Columna("Hoja", 1.2),
    Columna("Fila", 0.5),
    Columna("Columna", 2),
    Columna("Qué pasa", 2),
    Columna("Remedio", 2),
)


def construir(formato: str, preguntar: Preguntar, p: Parametros) -> Documento:
    """Lo que se cargaría y lo que la plataforma rechazaría, para verlo antes de hacer el libro."""
    cual, libro = FORMATOS[formato], _libro(formato, preguntar, p)
    rechazos = reglas.revisar(cual, libro)
    visibles = [c.titulo for c in cual.columnas if c.titulo not in (reglas.NOTA, reglas.ACTUALIZADO)][3:9]
    bloques: list[Bloque] = [
        Parrafo(
            f"{len(libro.filas):,} renglones por cargar; {len(rechazos):,} celdas se rechazarían.",
            Estilo.DESTACADO,
        ),
        *_de_rechazos(rechazos),
        Titulo("Los primeros renglones", 2),
        _muestra(visibles, libro.secundarias or libro.filas, cual),
    ]
    return Documento(
        f"sipot_{formato}",
        f"{cual.corto} ({cual.clave})",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(_faltas(libro, rechazos)),
        corte=comun.corte(preguntar, p),
        horizontal=True,
    )


def _libro(formato: str, preguntar: Preguntar, p: Parametros) -> Libro:
    dia = preguntar(hoy)
    if formato == "indicadores":
        return Libro(preguntar(sipot.indicadores, anio=p.anio, mes=p.mes, ente_id=p.ente_id, hoy=dia))
    filas, secundarias = preguntar(
        sipot.egresos, anio=p.anio, mes=p.mes, ente_id=p.ente_id, hoy=dia, liga=p.otros.get("liga", "")
    )
    return Libro(filas, secundarias)


def _faltas(libro: Libro, rechazos: Sequence[Rechazo]) -> list[Falta]:
    if not libro.filas:
        return [Falta("No hay nada que cargar en este periodo.", "Revise el ejercicio y el corte.")]
    return [
        Falta(f"{r.hoja}, fila {r.fila}, {r.columna}: {r.que}", r.remedio)
        for r in rechazos[:LIMITE_DE_FALTAS]
    ]


def _de_rechazos(rechazos: Sequence[Rechazo]) -> list[Tabla]:
    if not rechazos:
        return []
    filas = tuple(renglon(r.hoja, str(r.fila), r.columna, r.que, r.remedio) for r in rechazos)
    return [Tabla(RECHAZOS, filas, titulo="Lo que se rechazaría", resumen="Celda, causa y remedio.")]


def _muestra(visibles: Sequence[str], filas: Sequence[reglas.Fila], formato: Formato) -> Tabla:
    titulos = visibles
    if formato.tabla is not None:
        titulos = [c.titulo for c in formato.tabla.columnas]
    return Tabla(
        tuple(Columna(t) for t in titulos),
        tuple(renglon(*(reglas.escrito(f.get(t)) for t in titulos)) for f in filas[:MUESTRA]),
        resumen="Los primeros renglones que se cargarían.",
        letra=7,
    )


def indicadores(preguntar: Preguntar, p: Parametros) -> Documento:
    """Fracción VI."""
    return construir("indicadores", preguntar, p)


def egresos(preguntar: Preguntar, p: Parametros) -> Documento:
    """Fracción XXI."""
    return construir("egresos", preguntar, p)


def xlsx_indicadores(preguntar: Preguntar, p: Parametros) -> Archivo:
    """El libro de carga de la fracción VI."""
    return _archivo("indicadores", preguntar, p)


def xlsx_egresos(preguntar: Preguntar, p: Parametros) -> Archivo:
    """El libro de carga de la fracción XXI."""
    return _archivo("egresos", preguntar, p)


def _archivo(formato: str, preguntar: Preguntar, p: Parametros) -> Archivo:
    return Archivo(
        f"sipot_{formato}_{p.anio}_{p.mes or 12:02d}.xlsx",
        escribir(FORMATOS[formato], _libro(formato, preguntar, p)),
    )


def escribir(formato: Formato, libro: Libro) -> bytes:
    """El libro: cabeza hasta el renglón 3, tipos y códigos en 4 y 5, «Tabla Campos» en 6 y títulos en 7."""
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    fuerte = archivo.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    estilos = {"fecha": archivo.add_format({"num_format": FECHA}), "fuerte": fuerte}
    hoja = archivo.add_worksheet(HOJA)
    hoja.write_string(0, 0, formato.clave)
    for n, titulo in enumerate(CABEZA):
        hoja.write_string(1, 3 * n, titulo, fuerte)
    for n, texto in enumerate((formato.titulo, formato.corto, formato.descripcion)):
        hoja.write_string(2, 3 * n, texto)
    _tipos(hoja, formato, 3)
    hoja.write_string(5, 0, CAMPOS, fuerte)
    _datos(hoja, formato, libro.filas, 6, estilos)
    for n, columna in enumerate(c for c in formato.columnas if c.catalogo):
        _catalogo(archivo, hoja, formato, columna, n + 1, len(libro.filas))
    if formato.tabla is not None:
        secundaria = archivo.add_worksheet(formato.tabla.clave)
        _tipos(secundaria, formato.tabla, 0)
        _datos(secundaria, formato.tabla, libro.secundarias, 2, estilos)
    archivo.close()
    return salida.getvalue()


def _tipos(hoja: Any, formato: Formato, fila: int) -> None:
    """El tipo de cada columna; el código del renglón siguiente lo pone la plantilla de cada entidad."""
    for n, columna in enumerate(formato.columnas):
        hoja.write_string(fila, n, columna.tipo.value)
    hoja.set_row(fila, None, None, {"hidden": True})
    hoja.set_row(fila + 1, None, None, {"hidden": True})


def _datos(
    hoja: Any, formato: Formato, filas: Sequence[reglas.Fila], titulos: int, estilos: dict[str, Any]
) -> None:
    for n, columna in enumerate(formato.columnas):
        hoja.write_string(titulos, n, columna.titulo, estilos["fuerte"])
        hoja.set_column(n, n, 24)
    for numero, fila in enumerate(filas, start=titulos + 1):
        for n, columna in enumerate(formato.columnas):
            _celda(hoja, numero, n, fila.get(columna.titulo), estilos["fecha"])


def _celda(hoja: Any, fila: int, columna: int, valor: reglas.Valor, como_fecha: Any) -> None:
    if valor is None or valor == "":
        return
    if isinstance(valor, date):
        hoja.write_datetime(fila, columna, valor, como_fecha)
    elif isinstance(valor, int | Decimal):
        hoja.write_number(fila, columna, valor)
    else:
        hoja.write_string(fila, columna, valor)


def _catalogo(
    archivo: Any, hoja: Any, formato: Formato, columna: reglas.Columna, numero: int, cuantas: int
) -> None:
    """El catálogo en su hoja escondida, y la lista que lo ofrece en cada celda."""
    nombre = f"Hidden_{numero}"
    escondida = archivo.add_worksheet(nombre)
    for n, valor in enumerate(columna.catalogo):
        escondida.write_string(n, 0, valor)
    escondida.hide()
    lugar = [c.titulo for c in formato.columnas].index(columna.titulo)
    fuente = f"={nombre}!$A$1:$A${len(columna.catalogo)}"
    hoja.data_validation(7, lugar, 7 + max(cuantas, 200), lugar, {"validate": "list", "source": fuente})


REPORTES = (
    Reporte(
        "sipot_indicadores",
        "SIPOT: indicadores de objetivos y resultados",
        "El libro de carga de la fracción VI, con lo que se rechazaría.",
        GRUPO,
        indicadores,
        Accion.VER_DOCUMENTOS,
        pide=("mes",),
        formatos=("xlsx",),
        propios={"xlsx": xlsx_indicadores},
    ),
    Reporte(
        "sipot_egresos",
        "SIPOT: presupuesto y su ejercicio",
        "El libro de carga de la fracción XXI, por capítulo de gasto, con lo que se rechazaría.",
        GRUPO,
        egresos,
        Accion.VER_DOCUMENTOS,
        pide=("mes",),
        formatos=("xlsx",),
        propios={"xlsx": xlsx_egresos},
    ),
)
