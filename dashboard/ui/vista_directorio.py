"""El directorio en pantalla: personas, puestos de una dependencia y una persona con lo suyo."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui import piezas
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.grafica_organigrama import organigrama
from dashboard.ui.tema import oscuro
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import directorio as acciones
from db.queries import directorio as lee
from db.rules.directorio import arbol_de_puestos
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.registros import REGISTROS
from db.rules.texto import llave

Datos = Mapping[str, Any]


def alcanza(persona: Actor, fila: Datos) -> bool:
    """¿La puede ver? Quien no es de ninguna dependencia, sólo quien ve todo el directorio."""
    suyas = frozenset(c for c in (fila["dependencia_id"], fila["general_id"]) if c is not None)
    return puede(persona, Accion.VER_DIRECTORIO, Objeto(fila["ente_id"], suyas))


def titulo(todas: Sequence[Datos]) -> str:
    """«73 personas en el directorio»."""
    activas = sum(bool(f["activa"]) for f in todas)
    return mayuscula(f"{contar(activas, 'persona', 'personas')} en el directorio")


def lista(todas: Sequence[Datos]) -> None:
    """Las personas; elegir una la abre."""
    pedido = llave(st.text_input("Nombre, cargo o dependencia", key="buscar_persona"))
    vistas = [
        f
        for f in todas
        if pedido in llave(f"{f['nombre']} {f['cargo']} {f['dependencia'] or f['institucion']}")
    ]
    evento = st.dataframe(
        {
            "Nombre": [f["nombre"] for f in vistas],
            "Cargo": [f["cargo"] for f in vistas],
            "Dónde": [f["dependencia"] or f["institucion"] for f in vistas],
            "Correo": [f["correo"] for f in vistas],
            "Situación": ["En funciones" if f["activa"] else "Ya no está" for f in vistas],
        },
        hide_index=True,
        key=clave_de_ida("directorio"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Directorio de personas",
    )
    for n in evento.selection.rows:
        ir("directorio", {"persona": vistas[n]["id"]})


def una(fila: Datos, persona: Actor) -> None:
    """Su ficha: dónde está y en qué participa."""
    st.title(esc_md(fila["nombre"]), anchor=False)
    renglones = {
        "Cargo": fila["cargo"],
        "Dónde": fila["dependencia"] or fila["institucion"],
        "Correo": fila["correo"],
        "Teléfono": fila["telefono"],
    }
    st.markdown("\n".join(f"- **{c}:** {esc_md(v)}" for c, v in renglones.items() if v))
    suyo = ask(lee.participa, persona_id=fila["id"])
    for p in suyo["puestos"]:
        st.markdown(f"Ocupa el puesto de **{esc_md(p['nombre'])}**.")
    for c in suyo["comites"]:
        cargo = c["cargo"].replace("_", " ")
        enlace("comites", esc_md(f"{c['nombre']}: {cargo}, {c['calidad']}"), {"comite": c["id"]})
    for e in suyo["encargos"]:
        registro = REGISTROS[e["registro"]]
        enlace(registro.pagina, esc_md(f"{e['folio']} {e['titulo']}"), {"encargo": e["id"]})
    for c in suyo["cursos"]:
        dicho = f": constancia {c['constancia']}" if c["constancia"] else ""
        enlace("capacitacion", esc_md(f"{c['titulo']}{dicho}"), {"encargo": c["id"]})
    if puede(persona, Accion.EDITAR_DIRECTORIO):
        cajon = st.expander("Corregir sus datos", key=f"corregir_persona_{fila['id']}", on_change="rerun")
        if cajon.open:
            with cajon:
                forma_persona(fila, fila["version"])


def forma_persona(fila: Datos | None, version: int) -> None:
    """Los datos de una persona, nueva o ya registrada."""
    formulario = Formulario(f"persona_{fila['id'] if fila else 'nueva'}", version)
    with st.form(formulario.nombre):
        escrito = pedir(formulario, acciones.PERSONA, fila or {"activa": True, "sexo": "no_dice"})
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:
        cual = fila["id"] if fila else None
        formulario.guardar(partial(_persona, cual, formulario.version, escrito), propios={}, actuales=dict)


def _persona(cual: int | None, version: int, escrito: Datos, session: Session, actor: Actor) -> None:
    datos = leer(acciones.PERSONA, escrito)
    acciones.guardar_persona(session, actor, persona_id=cual, version=version, datos=datos)


def puestos(dependencia_id: int, persona: Actor) -> None:
    """El organigrama de una dependencia, de arriba abajo, y corregirlo."""
    filas = [f for f in ask(lee.puestos, dependencia_id=dependencia_id) if alcanza(persona, f)]
    arbol = arbol_de_puestos(filas)
    elegido = None
    if arbol:
        piezas.grafica(organigrama(arbol, oscuro()), f"organigrama_{dependencia_id}")
        evento = st.dataframe(
            {
                "Puesto": [f"{'· ' * hondo}{p['nombre']}" for hondo, p in arbol],
                "Lo ocupa": [p["persona"] or "Vacante" for _, p in arbol],
                "Plazas": [p["plazas"] for _, p in arbol],
                "Unidad": [p["dependencia"] for _, p in arbol],
            },
            hide_index=True,
            key=f"puestos_{dependencia_id}",
            on_select="rerun",
            selection_mode="single-row",
            alt="Puestos de la dependencia, de arriba abajo",
        )
        elegido = next((arbol[n][1] for n in evento.selection.rows if n < len(arbol)), None)
    else:
        st.info("La dependencia aún no tiene puestos.")
    if puede(persona, Accion.EDITAR_DIRECTORIO):
        _forma_puesto(dependencia_id, elegido, len(arbol))


def _forma_puesto(dependencia_id: int, elegido: Datos | None, cuantos: int) -> None:
    cual = elegido["id"] if elegido else None
    formulario = Formulario(
        f"puesto_{cual or f'nuevo_{dependencia_id}'}", elegido["version"] if elegido else cuantos
    )
    nuevo = {"dependencia_id": dependencia_id, "nivel": 1, "plazas": 1, "activo": True}
    with st.form(formulario.nombre):
        escrito = pedir(formulario, acciones.PUESTO, elegido or nuevo)
        enviado = st.form_submit_button("Guardar el puesto", type="primary")
    if enviado:
        formulario.guardar(partial(_puesto, cual, formulario.version, escrito), propios={}, actuales=dict)


def _puesto(cual: int | None, version: int, escrito: Datos, session: Session, actor: Actor) -> None:
    datos = leer(acciones.PUESTO, escrito)
    acciones.guardar_puesto(session, actor, puesto_id=cual, version=version, datos=datos)


def privacidad(persona: Actor) -> None:
    """El aviso de privacidad, y escribir el del municipio."""
    dicho = ask(lee.aviso)
    st.caption(esc_md(f"Aviso de privacidad. {dicho['texto']}"))
    if not puede(persona, Accion.EDITAR_DIRECTORIO) or not dicho["version"]:
        return
    cajon = st.expander("Escribir el aviso de privacidad", key="aviso_privacidad", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario("aviso_privacidad", dicho["version"])
    with cajon, st.form(formulario.nombre):
        texto = st.text_area("Aviso del municipio", dicho["propio"], key=formulario.campo("texto"))
        formulario.error("texto")
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:
        formulario.guardar(
            lambda s, a: acciones.guardar_aviso(s, a, version=formulario.version, texto=texto),
            propios={},
            actuales=dict,
        )
