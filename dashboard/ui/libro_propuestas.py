"""Descargar las opiniones y propuestas en Excel, con las columnas con que se cargan y su respuesta."""

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any

import streamlit as st
import xlsxwriter

from dashboard.imports.plantilla import INERTE
from db.rules.formato import fecha
from db.rules.propuestas import CLASES, ESTADOS
from db.rules.sesiones import SECTORES

Datos = Mapping[str, Any]

ANCHOS = {"propuesta": 48, "respuesta": 48, "tema": 30, "quien": 30}
"""De las columnas que llevan texto largo; las demás, `ANCHO`."""
ANCHO = 14


def descargar(todas: Sequence[Datos]) -> None:
    """El botón; el libro se hace al pedirlo."""
    st.download_button(
        "Descargar en Excel",
        partial(libro, todas),
        file_name="propuestas.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
        key="libro_propuestas",
    )


def libro(todas: Sequence[Datos]) -> bytes:
    """Un renglón por propuesta; lo escrito por personas va como texto, nunca como fórmula."""
    salida = BytesIO()
    hecho = xlsxwriter.Workbook(salida, INERTE)
    hoja, negrita = hecho.add_worksheet("Datos"), hecho.add_format({"bold": True})
    for n, p in enumerate(todas, start=1):
        for i, (titulo, valor) in enumerate(_renglon(p).items()):
            hoja.write_string(0, i, titulo, negrita)
            hoja.write_string(n, i, str(valor or ""))
            hoja.set_column(i, i, ANCHOS.get(titulo, ANCHO))
    hoja.freeze_panes(1, 2)
    hecho.close()
    return salida.getvalue()


def _renglon(p: Datos) -> dict[str, Any]:
    return {
        "folio": p["folio"],
        "fecha": fecha(p["fecha"]),
        "clase": CLASES[p["clase"]],
        "quien": p["quien"],
        "sector": SECTORES[p["sector"]],
        "lugar": p["lugar"],
        "tema": p["tema"],
        "propuesta": p["texto"],
        "linea": p["nodo_clave"],
        "dependencia": p["dependencia_clave"],
        "comite": p["siglas"],
        "estado": ESTADOS[p["estado"]][1],
        "vence": fecha(p["vence"]),
        "respuesta": p["respuesta"],
    }
