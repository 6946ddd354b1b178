"""Las sesiones en pantalla: el calendario y una con su orden del día y quién confirmó."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.gate.evidencia import RUTA
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import esc_md
from db.base import ahora
from db.queries.acuerdos import acuerdos
from db.queries.adjuntos import SESION, adjuntos
from db.rules import acta as reglas_acta
from db.rules.acuerdos import por_seguir
from db.rules.formato import en_zona, fecha_hora
from db.rules.permisos import Accion, Actor, puede
from db.rules.sesiones import ESTADOS, ESTADOS_PUNTO, cumplimiento_calendario, nombre
from db.rules.votacion import ICONOS

Datos = Mapping[str, Any]

LIGAS_DE_MATERIAL: dict[str, tuple[str, str, dict[str, str]]] = {
    "nodo": ("plan", "nodo", {}),
    "programa": ("programas", "programa", {}),
    "indicador": ("indicadores", "indicador", {}),
    "pesos": ("pesos", "", {}),
    "reconduccion": ("reconducciones", "solicitud", {}),
    "proyecto": ("programas", "", {}),
    "obras": ("propuestas", "", {"parte": "obras"}),
}
"""Clase de material → pantalla, parámetro que lleva su referencia, y los que siempre lleva."""
PAPELES = {
    "convocatoria": "Convocatoria",
    "lista_asistencia": "Lista de asistencia",
    "carpeta_sesion": "Carpeta",
}


def titulo(lista: Sequence[Datos]) -> str:
    """Cuántas sesiones del calendario se celebraron, o cuál sigue."""
    if not lista:
        return "Aún no hay sesiones en el calendario"
    anio = max(s["anio"] for s in lista)
    hechas, debidas = cumplimiento_calendario([s for s in lista if s["anio"] == anio], ahora())
    return f"{hechas} de {debidas} sesiones ordinarias de {anio} celebradas a la fecha"


def calendario(lista: Sequence[Datos]) -> None:
    """Un renglón por sesión, la última primero; elegirla la abre."""
    if not lista:
        return
    filas = list(reversed(lista))
    evento = st.dataframe(
        {
            "Estado": [" ".join(ESTADOS[s["estado"]]) for s in filas],
            "Sesión": [s["nombre"] for s in filas],
            "Cuándo": [fecha_hora(s["prevista"]) for s in filas],
            "Acta": [reglas_acta.ESTADOS[s["acta"]][1] if s["acta"] else None for s in filas],
            "Lugar": [s["lugar"] or None for s in filas],
        },
        column_config={"Sesión": st.column_config.TextColumn(width=230)},
        hide_index=True,
        key=clave_de_ida("sesiones"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Sesiones del comité",
    )
    for fila in evento.selection.rows:
        ir("sesiones", {"sesion": filas[fila]["id"]})


def titulo_de_una(una: Datos) -> str:
    """Nombre y estado."""
    return f"{nombre(una)}: {ESTADOS[una['estado']][1].lower()}"


def encabezado(una: Datos, persona: Actor) -> None:
    """Comité, cuándo, dónde, cuántos confirmaron y la liga a la sala."""
    partes = [una["comite"], fecha_hora(una["prevista"]), una["lugar"]]
    st.markdown(" · ".join(esc_md(p) for p in partes if p))
    if una["aviso_corto"]:
        st.warning(esc_md(f"Se convocó con menos aviso que el de las reglas: {una['aviso_corto']}."))
    if una["motivo"]:
        st.info(esc_md(f"Se canceló: {una['motivo']}."))
    convocados = una["convocados"].values()
    if convocados:
        dijeron = sum(c["asistira"] is True for c in convocados)
        recibieron = sum(c["recibida_en"] is not None for c in convocados)
        st.caption(
            f"{len(convocados)} convocados · {recibieron} la recibieron · {dijeron} confirmaron que asistirán"
        )
    if una["estado"] in ("convocada", "en_curso"):
        with st.container(horizontal=True):
            enlace("sesion", "**Entrar a la sala**", {"sesion": una["id"]})
            enlace("sesion", "Pantalla para proyectar", {"sesion": una["id"], "vista": "presentacion"})


def orden_del_dia(una: Datos) -> None:
    """La carpeta, y los puntos en orden con su estado, lo que se vota y sus materiales."""
    st.subheader("Orden del día", anchor=False)
    if suya := carpeta(una):
        dice = f"Todo en un PDF: {suya['pie']}, del {fecha_hora(suya['subida_en'])}"
        st.markdown(f":material/folder: [{esc_md(dice)}]({RUTA}{suya['id']})")
    for p in una["puntos"]:
        icono = ESTADOS_PUNTO[p["estado"]][0] if una["estado"] in ("en_curso", "cerrada") else ""
        vota = f" · {ICONOS['favor']} se vota" if p["se_vota"] else ""
        presenta = f" · presenta {p['presenta']}" if p["presenta"] else ""
        st.markdown(
            f"{p['numero']}\\. {icono} {esc_md(p['titulo'])} :gray[:small[{esc_md(vota + presenta)}]]"
        )
        if p["clase"] == "seguimiento_acuerdos":
            _seguimiento(una)
        for m in p["materiales"]:
            _material(una, m)
    if not una["puntos"]:
        st.caption("Aún no tiene puntos.")


def _material(una: Datos, m: Datos) -> None:
    """La liga viva y, a su lado, la copia que se repartió."""
    pagina, parametro, otros = LIGAS_DE_MATERIAL.get(m["clase"], ("", "", {}))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if pagina:
            propios = {parametro: m["referencia"]} if parametro and m["referencia"] else {}
            comite = {"comite": una["comite_id"]} if m["clase"] == "obras" else {}
            enlace(pagina, esc_md(m["titulo"]), {**otros, **propios, **comite})
        else:
            st.markdown(esc_md(m["titulo"]))
        if m["evidencia_id"]:
            rotulo = f"copia PDF {m['folio']}" if m["folio"] else m["archivo"]
            st.markdown(f":material/picture_as_pdf: [{esc_md(rotulo)}]({RUTA}{m['evidencia_id']})")


def carpeta(una: Datos) -> Datos | None:
    """La última carpeta que se repartió, si la hay."""
    lista = ask(adjuntos, asunto=SESION, referencia=str(una["id"]))
    return lista[0] if lista else None


def papeles(una: Datos, persona: Actor) -> None:
    """Las ligas a los documentos de la sesión, para quien los puede hacer."""
    if not puede(persona, Accion.VER_DOCUMENTOS):
        return
    with st.container(horizontal=True):
        for documento, rotulo in PAPELES.items():
            enlace("documentos", rotulo, {"documento": documento, "sesion": una["id"]})


def _seguimiento(una: Datos) -> None:
    """Los acuerdos del comité que siguen vivos, con su avance: el punto se llena solo."""
    todos = ask(acuerdos, comite_id=una["comite_id"], vivos=True)
    for a in por_seguir(todos, una["id"], en_zona(una["prevista"]).date()):
        with st.container(gap=None):
            enlace("acuerdos", esc_md(a["numero"]), {"acuerdo": a["id"]})
            st.caption(esc_md(f"{a['texto']}: {a['avance']} %, {a['situacion'][1].lower()}."))
