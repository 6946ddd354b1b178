"""Los manuales en pantalla: cuántas dependencias los tienen, y sus procedimientos dibujados."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui import piezas
from dashboard.ui.grafica_flujo import flujo
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import mayuscula
from db.queries.manuales import cobertura_de_manuales
from db.rules.formato import pct
from db.rules.manuales import TIPOS

Datos = Mapping[str, Any]


def cobertura(_todos: Sequence[Datos]) -> None:
    """Qué parte de la estructura tiene manuales válidos, y a quién le falta qué."""
    datos = ask(cobertura_de_manuales, ente_id=filtros().ente_id)
    if not datos["filas"]:
        return
    partes = [
        f"{nombre.lower()}, {c['validas']} de {c['total']} ({pct(c['porcentaje'], 0)})"
        for tipo, nombre in TIPOS.items()
        if (c := datos["por_tipo"][tipo])
    ]
    st.markdown(f"**Dependencias con manual aprobado, vigente y completo:** {'; '.join(partes)}.")
    cajon = st.expander("Qué le falta a cada dependencia", key="cobertura_manuales", on_change="rerun")
    if cajon.open:
        cajon.dataframe(
            {
                "Dependencia": [f"{f['clave']} {f['nombre']}" for f in datos["filas"]],
                **{
                    nombre: [mayuscula(f[tipo]) or "✔ Completo" for f in datos["filas"]]
                    for tipo, nombre in TIPOS.items()
                },
            },
            hide_index=True,
            alt="Lo que le falta a cada dependencia, por tipo de manual",
        )


def procedimientos(uno: Datos) -> None:
    """Cada procedimiento, dibujado paso a paso."""
    for nombre, pasos in groupby(uno["paso_procedimiento"], key=lambda p: p["procedimiento"]):
        piezas.grafica(flujo(str(nombre), list(pasos), oscuro()), f"flujo_{uno['id']}_{nombre}")
