"""Hojas de un archivo ya revisado: filas de valores, celdas combinadas y visibilidad. Corre en el hijo."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from dashboard.imports.lectura.csv_texto import decodificar, filas_csv, letras_danadas
from dashboard.imports.lectura.firma import TipoArchivo
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.paquete import danado
from db.rules.problema import Problema

_RELACION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELACION_ESTRICTA = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una hoja: sus filas empiezan en la fila 1 del archivo y en la columna `primera_columna` (desde 0).

    `combinadas` son rectángulos (fila, columna, última fila, última columna) desde 0; None si el tipo de
    archivo no las dice. `rectangular` es falso en CSV: una fila con celdas de más está mal separada.
    """

    nombre: str
    oculta: bool
    alto: int
    primera_columna: int
    combinadas: Sequence[tuple[int, int, int, int]] | None
    filas: Callable[[], Iterator[Sequence[Any]]]
    parte: str | None = None
    rectangular: bool = True
    avisos: tuple[str, ...] = ()


def hojas_de(ruta: Path, tipo: TipoArchivo, limites: Limites) -> list[Hoja]:
    """Las hojas con datos, en el orden del archivo. Problema si no hay ninguna o el archivo está dañado."""
    hojas = [_hoja_csv(ruta, limites)] if tipo == "csv" else _hojas_de_libro(ruta, tipo)
    con_datos = [h for h in hojas if h.alto]
    if not con_datos:
        raise Problema("El archivo no tiene datos.", "Revise que sea el archivo correcto.")
    return con_datos


def _hoja_csv(ruta: Path, limites: Limites) -> Hoja:
    texto = decodificar(ruta.read_bytes())
    filas = filas_csv(texto, limites)
    ancho = max(map(len, filas), default=0)
    for fila in filas:
        fila.extend([""] * (ancho - len(fila)))
    aviso = "Hay letras dañadas («Ã³»): el archivo se guardó con otra codificación. Revise acentos y eñes."
    return Hoja(
        nombre="CSV",
        oculta=False,
        alto=len(filas),
        primera_columna=0,
        combinadas=None,
        filas=lambda: iter(filas),
        rectangular=False,
        avisos=(aviso,) if letras_danadas(texto) else (),
    )


def _hojas_de_libro(ruta: Path, tipo: TipoArchivo) -> list[Hoja]:
    try:
        libro = CalamineWorkbook.from_path(str(ruta))
        partes = _partes(ruta) if tipo == "xlsx" else {}
        return [
            _hoja_de_libro(
                libro.get_sheet_by_name(meta.name), meta.visible, partes.get(meta.name, "content.xml")
            )
            for meta in libro.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, ElementTree.ParseError, KeyError, OSError, ValueError) as error:
        raise danado() from error


def _hoja_de_libro(hoja: CalamineSheet, visible: SheetVisibleEnum, parte: str) -> Hoja:
    inicio, fin = hoja.start, hoja.end
    rangos = hoja.merged_cell_ranges
    return Hoja(
        nombre=hoja.name,
        oculta=visible != SheetVisibleEnum.Visible,
        alto=fin[0] + 1 if inicio and fin else 0,
        primera_columna=inicio[1] if inicio else 0,
        combinadas=None if rangos is None else [(*desde, *hasta) for desde, hasta in rangos],
        filas=hoja.iter_rows,
        parte=parte,
    )


def _partes(ruta: Path) -> dict[str, str]:
    """Nombre de hoja → parte del zip con su XML. El preescaneo ya descartó DOCTYPE y ENTITY."""
    with zipfile.ZipFile(ruta) as paquete:
        nombres = {n.lower().lstrip("/"): n for n in paquete.namelist()}
        libro = nombres.get("xl/workbook.xml")
        relaciones = nombres.get("xl/_rels/workbook.xml.rels")
        if libro is None or relaciones is None:
            return {}
        destinos = {
            r.get("Id", ""): r.get("Target", "") for r in ElementTree.fromstring(paquete.read(relaciones))
        }
        partes = {}
        for hoja in ElementTree.fromstring(paquete.read(libro)).iterfind(".//{*}sheet"):
            identidad = hoja.get(_RELACION) or hoja.get(_RELACION_ESTRICTA) or ""
            destino = destinos.get(identidad, "")
            completo = destino.lstrip("/") if destino.startswith("/") else f"xl/{destino}"
            partes[hoja.get("name", "")] = nombres.get(completo.lower(), completo)
    return partes
