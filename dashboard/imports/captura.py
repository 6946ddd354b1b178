"""El libro de captura de un área y periodo: sale con sus claves puestas y vuelve con lo que hay que corregir.

Lo que se llena no es oficial: cada renglón bueno queda como borrador de quien lo subió.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboard.imports.formato import Columna
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.leer import leer
from dashboard.imports.lectura.valores import ValorInvalido
from dashboard.imports.plantilla import COLOR, INERTE
from db.rules.captura import PASOS, EstadoAvance, sospecha
from db.rules.formato import leer_numero, mes_nombre, numero
from db.rules.problema import Problema
from db.rules.texto import normal

Item = Mapping[str, Any]
Escrito = dict[str, Any]

HOJA = "Captura"
CLAVE, CORREGIR = "Clave", "Qué corregir"
FIJAS = ("Proyecto", "Meta o variable", "Unidad", "Programado", "Periodo anterior")
VALOR, JUSTIFICACION = "Alcanzado", "Justificación"
MEJORA = {
    "accion": "Qué se hará",
    "responsable": "Quién",
    "prueba": "Cómo se comprueba",
    "inicio": "Empieza (dd/mm/aaaa)",
    "fin": "Termina (dd/mm/aaaa)",
}
LLENABLES = (VALOR, JUSTIFICACION, *MEJORA.values())
TITULOS = (CLAVE, *FIJAS, *LLENABLES, CORREGIR)
BUSCADAS = tuple(Columna(t, obligatoria=t in (CLAVE, VALOR)) for t in (CLAVE, *LLENABLES))
ANCHOS = (24, 34, 44, 14, 12, 12, 14, 40, 30, 24, 30, 14, 14, 46)
RENGLON_DE_TITULOS = 2

Llenado = dict[str, dict[str, str]]
"""Clave del renglón → lo escrito en cada columna que se llena."""


@dataclass(slots=True)
class Vuelta:
    """Lo que trajo un libro: borradores por cosa («meta-12»), lo escrito y lo que se corrige por renglón."""

    escritos: dict[str, Escrito] = field(default_factory=dict)
    llenado: Llenado = field(default_factory=dict)
    faltas: dict[str, str] = field(default_factory=dict)


def clave_de(anio: int, mes: int, area: int, item: Item, renglon: Item) -> str:
    """Con qué vuelve cada renglón: periodo, área, cosa y variable."""
    return f"{anio}-{mes:02d}/{area}/{item['clase']}-{item['id']}/{renglon['id']}"


def se_llena(item: Item) -> bool:
    """¿Aún se puede escribir?"""
    return EstadoAvance.ENVIADO in PASOS[item["estado"]]


def libro(
    lista: Sequence[Item], anio: int, mes: int, area: int, nombre: str, vuelta: Vuelta | None = None
) -> bytes:
    """El libro para llenar; con `vuelta`, el mismo con lo que se escribió y lo que hay que corregir."""
    vuelta = vuelta or Vuelta()
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    hoja = archivo.add_worksheet(HOJA)
    estilos = {
        "titulo": archivo.add_format({"bold": True, "font_size": 13}),
        "cabeza": archivo.add_format({"bold": True, "bg_color": COLOR, "border": 1, "text_wrap": True}),
        "fija": archivo.add_format({"locked": True, "text_wrap": True, "valign": "top"}),
        "libre": archivo.add_format(
            {"locked": False, "num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFFBE6"}
        ),
        "falta": archivo.add_format({"bold": True, "font_color": "#B42318", "text_wrap": True}),
    }
    hoja.write_string(0, 0, f"{nombre}: {mes_nombre(mes)} de {anio}. Llene lo amarillo.", estilos["titulo"])
    for columna, (titulo, ancho) in enumerate(zip(TITULOS, ANCHOS, strict=True)):
        hoja.set_column(columna, columna, ancho)
        hoja.write_string(RENGLON_DE_TITULOS, columna, titulo, estilos["cabeza"])
    fila = RENGLON_DE_TITULOS + 1
    for item in filter(se_llena, lista):
        for renglon in item["renglones"]:
            _renglon(hoja, fila, clave_de(anio, mes, area, item, renglon), item, renglon, vuelta, estilos)
            fila += 1
    hoja.freeze_panes(RENGLON_DE_TITULOS + 1, 3)
    hoja.protect("", {"format_columns": True, "format_rows": True})
    archivo.close()
    return salida.getvalue()


def _renglon(
    hoja: Any, fila: int, clave: str, item: Item, renglon: Item, vuelta: Vuelta, estilos: dict[str, Any]
) -> None:
    nombre = item["nombre"]
    if renglon["letra"]:
        nombre = f"{nombre} · {renglon['letra']}: {renglon['nombre']}"
    fijas = (
        clave,
        item["proyecto"],
        nombre,
        renglon["unidad"],
        numero(renglon["programado"]),
        numero(renglon["anterior"]),
    )
    for columna, texto in enumerate(fijas):
        hoja.write_string(fila, columna, texto, estilos["fija"])
    escrito = vuelta.llenado.get(clave) or _guardado(item, renglon)
    for columna, titulo in enumerate(LLENABLES, start=len(fijas)):
        hoja.write_string(fila, columna, escrito.get(titulo, ""), estilos["libre"])
    hoja.write_string(fila, len(TITULOS) - 1, vuelta.faltas.get(clave, ""), estilos["falta"])


def _guardado(item: Item, renglon: Item) -> dict[str, str]:
    """Lo que ya lleva en borrador o devuelto, para no empezar de cero."""
    borrador = item["borrador"] or {}
    guardado = "" if renglon["alcanzado"] is None else numero(renglon["alcanzado"])
    return {
        VALOR: borrador.get("valores", {}).get(str(renglon["id"]), guardado),
        JUSTIFICACION: borrador.get("justificacion", item["justificacion"]),
    }


def leer_libro(ruta: Path, nombre: str, lista: Sequence[Item], anio: int, mes: int, area: int) -> Vuelta:
    """Lo que trae el libro, revisado renglón por renglón.

    Problema si no es un libro de captura legible. Un renglón de otra área o periodo, repetido, o con algo que
    no se entiende no se toma, y su falta dice por qué; los demás sí.
    """
    lectura = leer(ruta, nombre, BUSCADAS)
    lugares = {
        clave_de(anio, mes, area, item, renglon): (item, renglon)
        for item in filter(se_llena, lista)
        for renglon in item["renglones"]
    }
    ilegibles = {_fila(p.celda): f"{p.celda}: {p.regla}. {p.remedio}" for p in lectura.problemas if p.grave}
    vuelta, ajenas = Vuelta(), 0
    for n in range(len(lectura.filas)):
        clave = normal(_celda(lectura, CLAVE, n))
        if clave not in lugares:
            ajenas += bool(clave)
            continue
        llenado = {titulo: normal(_celda(lectura, titulo, n)) for titulo in LLENABLES}
        if clave in vuelta.llenado:
            vuelta.faltas[clave] = "Este renglón está repetido: deje uno solo."
            continue
        vuelta.llenado[clave] = llenado
        if ilegible := ilegibles.get(lectura.filas[n]):
            vuelta.faltas[clave] = ilegible
            continue
        _tomar(vuelta, clave, *lugares[clave], llenado)
    if not vuelta.llenado:
        raise Problema(
            "Ningún renglón de este archivo es de esta área y periodo.",
            "Descargue aquí el libro del periodo y llénelo sin cambiar la columna «Clave».",
        )
    if ajenas:
        vuelta.faltas[""] = f"{ajenas:,} renglones son de otra área o periodo y no se tomaron."
    _sin_incompletos(vuelta, lugares)
    return vuelta


def _fila(celda: str) -> int:
    """«D14» → 14."""
    return int(celda.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _celda(lectura: Lectura, titulo: str, n: int) -> str:
    return (lectura.columnas.get(titulo) or [None] * len(lectura.filas))[n] or ""


def _tomar(vuelta: Vuelta, clave: str, item: Item, renglon: Item, llenado: Mapping[str, str]) -> None:
    """Agrega el renglón al borrador de su cosa, o anota qué le falta."""
    if not any(llenado.values()):
        return
    try:
        escrito = _revisado(llenado)
    except (ValueError, ValorInvalido) as error:
        vuelta.faltas[clave] = str(error)
        return
    cual = f"{item['clase']}-{item['id']}"
    suyo = vuelta.escritos.setdefault(cual, _nuevo(item))
    if sospecha(leer_numero(escrito["valor"]), renglon["anterior"]):
        suyo["por_confirmar"] = True
    suyo["valores"][str(renglon["id"])] = escrito.pop("valor")
    suyo |= {campo: valor for campo, valor in escrito.items() if valor}


def _nuevo(item: Item) -> Escrito:
    """El borrador en que caen sus renglones; las personas atendidas, que el libro no trae, se conservan."""
    escrito: Escrito = {"version": item["version"], "valores": {}}
    if item["pide_beneficiarios"]:
        guardados = [[b["lugar"], str(b["mujeres"]), str(b["hombres"])] for b in item["beneficiarios"]]
        escrito["beneficiarios"] = (item["borrador"] or {}).get("beneficiarios", guardados)
    return escrito


def _revisado(llenado: Mapping[str, str]) -> Escrito:
    valor = llenado[VALOR]
    cantidad = leer_numero(valor)
    if cantidad is None:
        raise ValueError("Falta el valor alcanzado.")
    if cantidad < 0:
        raise ValueError("Lo alcanzado no puede ser negativo.")
    mejora = {campo: llenado[titulo] for campo, titulo in MEJORA.items()}
    for campo in ("inicio", "fin"):
        dia = valores.fecha(mejora[campo])
        mejora[campo] = dia.isoformat() if dia else ""
    return {
        "valor": valor,
        "justificacion": llenado[JUSTIFICACION],
        "mejora": mejora if any(mejora.values()) else None,
    }


def _sin_incompletos(vuelta: Vuelta, lugares: Mapping[str, tuple[Item, Item]]) -> None:
    """Un indicador se toma con todas sus variables: si una tiene falta, las demás esperan."""
    for clave in list(vuelta.faltas):
        if clave in lugares:
            item, _ = lugares[clave]
            vuelta.escritos.pop(f"{item['clase']}-{item['id']}", None)
