"""El libro de resultados de un corte: plan, programas, dependencias, metas e indicadores, por hojas."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.imports.plantilla import INERTE
from dashboard.reports.documento import Preguntar
from db.queries.figuras import figuras

HOJAS = {
    "municipio": "Municipio",
    "nodo": "Plan",
    "programa": "Programas",
    "dependencia": "Dependencias",
    "meta": "Metas",
    "indicador": "Indicadores",
}
SUMAS = {"programado_acum": "Programado", "alcanzado_acum": "Alcanzado", "meta_anual": "Meta anual"}
RESULTADOS = {
    "cumplimiento": "Cumplimiento %",
    "cumplimiento_original": "Cumplimiento original %",
    "avance_anual": "Avance anual %",
}


def libro(preguntar: Preguntar, anio: int, mes: int) -> bytes:
    """El libro, en valores, con las cifras del corte (las congeladas si el periodo está cerrado)."""
    todas = preguntar(figuras, anio=anio, mes=mes, ente_id=None)
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    fuerte = archivo.add_format({"bold": True})
    for asunto, titulo in HOJAS.items():
        _hoja(archivo.add_worksheet(titulo), todas[asunto], fuerte)
    archivo.close()
    return salida.getvalue()


def _hoja(hoja: Any, suyas: Mapping[str, Mapping[str, Any]], fuerte: Any) -> None:
    sumas = [c for c in SUMAS if any(c in f for f in suyas.values())]
    resultados = [c for c in RESULTADOS if any(isinstance(f.get(c), dict) for f in suyas.values())]
    titulos = ["Clave", "Nombre", "Estado", *(RESULTADOS[c] for c in resultados), *(SUMAS[c] for c in sumas)]
    hoja.freeze_panes(1, 2)
    hoja.set_column(1, 1, 60)
    for columna, titulo in enumerate(titulos):
        hoja.write_string(0, columna, titulo, fuerte)
    for fila, (referencia, figura) in enumerate(suyas.items(), start=1):
        cumplimiento = figura.get("cumplimiento") or {}
        hoja.write_string(fila, 0, referencia)
        hoja.write_string(fila, 1, figura["nombre"])
        hoja.write_string(fila, 2, cumplimiento.get("palabra", ""))
        valores = [(figura.get(c) or {}).get("valor") for c in resultados] + [figura.get(c) for c in sumas]
        for columna, valor in enumerate(valores, start=3):
            if valor is not None:
                hoja.write_number(fila, columna, Decimal(valor))
