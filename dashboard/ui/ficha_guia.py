"""La ficha de un indicador de la Guía Consultiva: cómo va, qué pide y de dónde salió su estado."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.ui import captura_guia, como
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_guia import TIPOS, estado_pintado
from db.rules.formato import fecha
from db.rules.guia import COMO_SE_VE, EstadoGuia

Datos = Mapping[str, Any]

DONDE = {"1.2.2": ("sesiones", "Actas y minutas del comité", {"parte": "actas"})}
"""Indicadores cuyas evidencias salen del propio sistema: pantalla, rótulo y parámetros."""
REGLA_DE_GESTION = "Todos los elementos: óptimo. Algunos: en proceso. Ninguno: rezago."


def cabeza(d: Datos) -> None:
    """Nombre, estado, de qué módulo es y cómo ha ido cada año."""
    partes = [f"{d['modulo']}. {d['modulo_nombre']}", f"{d['tema']} {d['tema_nombre']}", TIPOS[d["tipo"]]]
    if d["revision"]:
        partes.append(d["revision"])
    if d["de_la_unidad"]:
        partes.append("★ de la unidad de planeación")
    st.caption(esc_md(" · ".join(partes)))
    st.title(esc_md(f"{d['clave']} {d['nombre']}"), anchor=False)
    st.markdown(
        f"{estado_pintado(d['estado'])} · {esc_md(d['cifra'])} · responde: "
        f"{esc_md(d['dependencia'] or 'sin asignar')}\n\n"
        + esc_md(" → ".join(f"{s['anio']}: {s['palabra']} ({_cifra(s)})" for s in d["serie"]))
    )
    como.boton("guia")


def _cifra(s: Datos) -> str:
    return str(s["cifra"]) if s["revisado"] else "sin revisar"


def cuerpo(d: Datos, edita: bool) -> None:
    """Lo que la guía pide y lo capturado; quien evalúa lo captura ahí mismo."""
    if d["clave"] in DONDE:
        pagina, rotulo, parametros = DONDE[d["clave"]]
        enlace(pagina, rotulo, parametros)
    if d["desde"]:
        st.info(
            f"Llegó a óptimo en {d['desde']} y la guía no lo vuelve a revisar. Si hay un error, cambie a ese "
            "ejercicio y corríjalo ahí."
        )
    if d["propuesta"]:
        _propuesta(d)
    if edita and not d["desde"]:
        captura_guia.captura(d)
    elif d["no_medible"]:
        st.markdown(f"**No medible:** {esc_md(d['motivo'])}")
    else:
        _lectura(d)
    _ligas(d)


def _propuesta(d: Datos) -> None:
    p = d["propuesta"]
    palabra = COMO_SE_VE[EstadoGuia(p["estado"])].etiqueta
    insumos = "\n".join(f"- {esc_md(n)}: {esc_md(v)} ({esc_md(f)})" for n, v, f in p["insumos"])
    st.markdown(
        f"**Con lo cargado da {esc_md(p['cifra'])} ({palabra}).** Es del ayuntamiento, sin organismos; "
        f"revíselo antes de guardarlo.\n\n{insumos}"
    )


def _lectura(d: Datos) -> None:
    if d["elementos"]:
        st.html(lista_de_elementos(d["elementos"]))
    for v in d["variables"]:
        st.markdown(f"{esc_md(v['nombre'])}: **{esc_md(v['valor'] or 'sin dato')}**")
    if d["nota"]:
        st.caption(esc_md(d["nota"]))


def lista_de_elementos(elementos: Sequence[Datos]) -> str:
    """Los elementos como lista de HTML: icono, palabra, texto y su evidencia."""
    return f"<ul style='list-style:none;padding:0'>{''.join(map(_elemento, elementos))}</ul>"


def _elemento(e: Datos) -> str:
    icono = "✔ Se comprueba" if e["cumple"] else "○ No se comprueba"
    dia = f" ({fecha(e['fecha'])})" if e["fecha"] else ""
    evidencia = f"<br><small>{escape(e['evidencia'])}{dia}</small>" if e["evidencia"] else ""
    return (
        f"<li style='margin-bottom:.6rem'><strong>{icono}</strong> · {escape(e['inciso'])}) "
        f"{escape(e['texto'])}{evidencia}</li>"
    )


def _ligas(d: Datos) -> None:
    """A donde está lo que el indicador evalúa, dentro del sistema."""
    if d["tema"] == "1.2":
        enlace("plan", "El Plan de Desarrollo Municipal")
        enlace("indicadores", "Las fichas de sus indicadores")
    if d["propuesta"]:
        donde = {"ejercicio": d["propuesta"]["anio"], "por": "tipo_gasto"}
        enlace("presupuesto", f"El gasto de {d['propuesta']['anio']} por tipo", donde)


def explicacion(d: Datos) -> None:
    """«¿Cómo se calculó?»: la regla de la guía con los datos de este indicador."""
    como.atender({"guia": (f"{d['clave']}: ¿cómo se calculó?", lambda: _explicar(d))})


def _explicar(d: Datos) -> None:
    renglones = [f"{estado_pintado(d['estado'])} · {esc_md(d['cifra'])}"]
    if d["no_medible"]:
        renglones.append(f"Se declaró no medible: {esc_md(d['motivo'])}")
    elif d["tipo"] == "gestion":
        renglones.append(REGLA_DE_GESTION)
    else:
        renglones += _de_desempeno(d)
    if d["desde"]:
        renglones.append(f"Se conserva de {d['desde']}: una vez en óptimo no se vuelve a revisar.")
    renglones.append(esc_md(f"Fuente de la regla: INAFED, Guía Consultiva {d['edicion']}."))
    st.markdown("\n\n".join(renglones))


def _de_desempeno(d: Datos) -> list[str]:
    renglones = [f"**Método:** {esc_md(d['formula'])}"] if d["formula"] else []
    renglones += [
        f"- {v['letra']} = {esc_md(v['valor'] or 'sin dato')}: {esc_md(v['nombre'])}" for v in d["variables"]
    ]
    for estado in (EstadoGuia.OPTIMO, EstadoGuia.EN_PROCESO, EstadoGuia.REZAGO):
        if d["umbrales"][estado]:
            renglones.append(f"{COMO_SE_VE[estado].etiqueta}: {esc_md(d['umbrales'][estado])}")
    if d["en_hueco"]:
        renglones.append("La guía no dice qué es ese valor: no llega al óptimo y se toma como en proceso.")
    si_falta = COMO_SE_VE[EstadoGuia(d["sin_variables"])].palabra
    renglones.append(f"Sin sus variables queda en {si_falta}.")
    return renglones
