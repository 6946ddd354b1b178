"""Descargar un registro en Excel, con las mismas columnas con que se carga."""

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any

import streamlit as st
import xlsxwriter

from dashboard.imports.plantilla import INERTE
from db.rules.encargos import Registro, Tipo, en_palabras
from db.rules.formato import fecha

Datos = Mapping[str, Any]


def descargar(registro: Registro, todos: Sequence[Datos]) -> None:
    """El botón; el libro se hace al pedirlo."""
    if not todos:
        return
    st.download_button(
        "Descargar en Excel",
        partial(libro, registro, todos),
        file_name=f"{registro.clave}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
    )


def libro(registro: Registro, todos: Sequence[Datos]) -> bytes:
    """Una hoja con un renglón por encargo. Lo escrito por personas va como texto, nunca como fórmula."""
    columnas = {
        "folio": [f["folio"] for f in todos],
        "titulo": [f["titulo"] for f in todos],
        "clave_dep_general": [f["clave_general"] for f in todos],
        "clave_dep_auxiliar": [f["clave_auxiliar"] for f in todos],
        "resumen": [f["resumen"] for f in todos],
        "inicio": [fecha(f["inicio"]) for f in todos],
        "vence": [fecha(f["vence"]) if f["vence"] else "" for f in todos],
        "etapa": [f["etapa_palabra"] for f in todos],
        "situacion": [f["situacion"][1] for f in todos],
    }
    for campo in registro.campos:
        if campo.tipo is not Tipo.LIGADO:
            columnas[campo.clave] = [en_palabras(campo, f.get(campo.clave)) for f in todos]
    salida = BytesIO()
    hecho = xlsxwriter.Workbook(salida, INERTE)
    hoja, negrita = hecho.add_worksheet("Datos"), hecho.add_format({"bold": True})
    for i, (titulo, valores) in enumerate(columnas.items()):
        hoja.write_string(0, i, titulo, negrita)
        for n, valor in enumerate(valores, start=1):
            hoja.write_string(n, i, str(valor or ""))
        hoja.set_column(i, i, min(max(len(titulo), *(len(str(v or "")) for v in valores)) + 2, 60))
    hoja.freeze_panes(1, 1)
    hecho.close()
    return salida.getvalue()
