"""Un comité en pantalla: qué dicen sus reglas, el balance de sus asientos y quién ocupa cada uno."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.rules import sesiones as reglas
from db.rules.formato import fecha
from db.rules.permisos import Accion, Actor, puede
from db.rules.quorum import en_palabras
from db.rules.sesiones import CALIDADES, CARGOS, CLASES_COMITE, SECTORES
from db.rules.votacion import MAYORIAS

Datos = Mapping[str, Any]

ESTADOS = {"propuesto": "▷ Propuesto", "acreditado": "✔ Acreditado"}


def titulo(uno: Datos) -> str:
    """«COPLADEMUN de …: 30 asientos, 27 con voto»."""
    con_voto = sum(a["voto"] for a in uno["asientos"])
    if not uno["asientos"]:
        return f"{uno['nombre']}: aún sin asientos"
    return f"{uno['nombre']}: {len(uno['asientos'])} asientos, {con_voto} con voto"


def reglas_en_palabras(uno: Datos) -> str:
    """Clase, desde cuándo, quórum, mayoría y aviso, en una frase."""
    r = uno["reglas"]
    instalado = f", instalado el {fecha(uno['instalado_en'])}" if uno["instalado_en"] else ", sin instalar"
    con_voto = sum(a["voto"] for a in uno["asientos"])
    aviso = (
        f"Se convoca con {reglas.aviso_en_palabras(r, 'ordinaria')} a las ordinarias y con "
        f"{reglas.aviso_en_palabras(r, 'extraordinaria')} a las extraordinarias."
    )
    mayoria = (
        f"Mayoría {MAYORIAS[r['mayoria']]}{'; en empate decide quien preside' if r['voto_calidad'] else ''}."
    )
    cargos = ", ".join("quien preside" if c == "presidente" else CARGOS[c].lower() for c in r["votan"])
    suple = "vota su suplente" if r["suplentes"] else "nadie la suple"
    votan = f"Votan: {cargos}; si falta una persona titular, {suple}."
    return f"{CLASES_COMITE[uno['clase']]}{instalado}. {en_palabras(r, con_voto)} {mayoria} {votan} {aviso}"


def balance(uno: Datos) -> None:
    """Asientos por sector, y mujeres y hombres entre los titulares."""
    b = reglas.balance(uno["integrantes"])
    if not b["total"]:
        return
    reja = st.grid(5, min_column_width=130, border=True)
    for clave, nombre in SECTORES.items():
        with reja.cell():
            st.metric(nombre, str(b["sectores"][clave]))
    with reja.cell():
        st.metric("Mujeres y hombres", f"{b['mujeres']} y {b['hombres']}")


def integrantes(uno: Datos) -> None:
    """Un renglón por integrante, el titular antes que su suplente."""
    lista = uno["integrantes"]
    if distintos := reglas.otro_voto(uno["reglas"], uno["asientos"]):
        nombres = ", ".join(f"{a['representa']} ({'con' if a['voto'] else 'sin'} voto)" for a in distintos)
        st.info(esc_md(f"Su voto no es el que las reglas dan a su cargo: {nombres}."))
    vacios = {a["id"] for a in uno["asientos"]} - {i["asiento_id"] for i in lista}
    if vacios:
        nombres = ", ".join(a["representa"] for a in uno["asientos"] if a["id"] in vacios)
        st.warning(esc_md(f"Asientos sin nadie: {nombres}."))
    if not lista:
        return
    st.dataframe(
        {
            "Nombre": [i["nombre"] for i in lista],
            "Representa a": [i["representa"] for i in lista],
            "Cargo": [CARGOS[i["cargo"]] for i in lista],
            "Calidad": [CALIDADES[i["calidad"]] for i in lista],
            "Sector": [SECTORES[i["sector"]] for i in lista],
            "Voto": ["Voz y voto" if i["voto"] else "Voz" for i in lista],
            "Estado": [ESTADOS[i["estado"]] for i in lista],
            "Acreditación": [i["acreditacion"] or None for i in lista],
        },
        column_config={"Nombre": st.column_config.TextColumn(width=200)},
        hide_index=True,
        placeholder="—",
        alt="Integrantes del comité",
    )


def papeles(uno: Datos, persona: Actor) -> None:
    """Las ligas a su acta de instalación y a los nombramientos de quienes se acreditaron."""
    if not puede(persona, Accion.VER_DOCUMENTOS):
        return
    with st.container(horizontal=True):
        enlace("documentos", "Acta de instalación", {"documento": "acta_instalacion", "comite": uno["id"]})
        acreditados = [i for i in uno["integrantes"] if i["estado"] == "acreditado"]
        if acreditados:
            primero = {"documento": "nombramiento", "integrante": acreditados[0]["integrante_id"]}
            enlace("documentos", "Nombramientos", primero)
