"""Los datos técnicos de un indicador en pantalla, en el orden de su ficha de diseño (PbRM-01d)."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.ui.palabras_indicador import FRECUENCIAS, NIVELES, OPERACIONES, TIPOS, resultado, sentido
from dashboard.ui.texto import esc_md
from db.rules.formato import SIN_VALOR, numero

Ficha = Mapping[str, Any]


def tecnica(i: Ficha) -> None:
    """Los datos de la ficha técnica de diseño (PbRM-01d), en su orden."""
    for titulo, campos in _apartados(i):
        cuerpo = "\n".join(f"- **{nombre}:** {esc_md(valor or SIN_VALOR)}" for nombre, valor in campos)
        st.markdown(f"#### {titulo}\n\n{cuerpo}", anchors=False)
    st.markdown("#### Variables", anchors=False)
    st.dataframe(
        {
            "Variable": [f"{v['letra']}. {v['nombre']}" for v in i["variables"]],
            "Unidad": [v["unidad"] for v in i["variables"]],
            "Operación": [OPERACIONES[v["operacion"]] for v in i["variables"]],
            "Meta anual": [numero(v["anual_vigente"], 2) for v in i["variables"]],
        },
        column_config={"Variable": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        placeholder="—",
        alt="Variables de la fórmula",
    )


def _apartados(i: Ficha) -> list[tuple[str, list[tuple[str, str]]]]:
    plan = [f"{n['clave']} {n['nombre']}" for n in i["plan"]]
    unidad = i["unidad"]
    base = i["linea_base_texto"] or resultado(i["linea_base"], unidad)
    return [
        (
            "Identificación",
            [
                ("Eje", plan[0] if plan else ""),
                ("Tema", plan[1] if len(plan) > 1 else ""),
                ("Nodo del plan", plan[-1] if plan else ""),
                ("Programa presupuestario", f"{i['programa']} {i['programa_nombre']}"),
                ("Objetivo del programa", i["programa_objetivo"]),
                ("Proyecto", f"{i['proyecto']} {i['proyecto_nombre']}"),
                ("Dependencia general", i["dependencia"]),
                ("Dependencia auxiliar", i["auxiliar"]),
                ("Área", i["area"]),
                ("Ente", i["ente"]),
            ],
        ),
        (
            "Estructura del indicador",
            [
                ("Nombre", i["nombre"]),
                ("Fórmula de cálculo", i["formula_texto"]),
                ("Expresión", i["formula"] or "por confirmar"),
                ("Interpretación", i["interpretacion"]),
                ("Unidad del resultado", unidad),
                ("Dimensión que atiende", i["dimension"]),
                ("Frecuencia de medición", FRECUENCIAS[i["frecuencia"]]),
                ("Sentido", sentido(i)),
                ("Tipo", TIPOS[i["tipo"]]),
                ("Nivel de la MIR", NIVELES.get(i["nivel"] or "", "")),
                ("Factor de comparación", i["factor_comparacion"]),
                ("Descripción del factor", i["descripcion_factor"]),
            ],
        ),
        (
            "Línea base y meta",
            [
                ("Línea base", base),
                ("Año de la línea base", str(i["anio_base"] or "")),
                ("Se compara contra la línea base", "Sí" if i["usa_linea_base"] else "No"),
                ("Resultado esperado", resultado(i["meta_anual"], unidad)),
                ("Resultado esperado original", resultado(i["meta_anual_original"], unidad)),
                ("Descripción de la meta anual", i["meta_descripcion"]),
            ],
        ),
        (
            "Datos y responsable",
            [
                ("Fuente", i["fuente"]),
                ("Medios de verificación", i["medios_verificacion"]),
                ("Responsable", i["responsable"]),
                ("Ámbito geográfico", i["ambito_geografico"]),
                ("Cobertura", i["cobertura"]),
            ],
        ),
    ]
