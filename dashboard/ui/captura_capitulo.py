"""Lo que se hace con un capítulo: escribirlo con sus citas, moverlo de estado, comentarlo y adjuntarle."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui import captura_logros
from dashboard.ui.texto import corto, esc_md
from dashboard.ui.vista_informe import objeto
from db.actions import capitulo as acciones
from db.actions.borradores import descartar_borrador, guardar_borrador
from db.engine import reading, writing
from db.queries.borradores import borrador
from db.queries.informe_cifras import citables
from db.rules.formato import fecha_hora
from db.rules.informe import PASOS, SE_ESCRIBE, al_final_de, parrafos, posibles
from db.rules.permisos import Accion, Actor, puede

Datos = Mapping[str, Any]


def se_escribe(uno: Datos, persona: Actor) -> bool:
    """¿Esta persona puede escribirlo ahora?"""
    abierto = uno["estado"] in SE_ESCRIBE and uno["informe"]["estado"] != "emitido"
    return abierto and puede(persona, Accion.REDACTAR_INFORME, objeto(uno))


def pasos(uno: Datos, persona: Actor) -> None:
    """Los botones que le tocan: entregar, devolver, aprobar o reabrir, y aceptar cifras que cambiaron."""
    if uno["informe"]["estado"] == "emitido":
        return
    cuales = [p for p in posibles(uno["estado"]) if puede(persona, PASOS[p].accion, objeto(uno))]
    if not cuales:
        return
    # Guardar el texto en esta visita cambia la versión: entregar va con la que está a la vista.
    formulario = Formulario(f"paso_capitulo_{uno['id']}", uno["version"], solo_botones=True)
    motivo = ""
    if any(PASOS[p].pide_motivo for p in cuales):
        motivo = st.text_area("Qué hay que corregir", key=f"motivo_capitulo_{uno['id']}", height=80)
        formulario.error("motivo")
    with st.container(horizontal=True):
        for cual in cuales:
            tipo = "secondary" if PASOS[cual].pide_motivo else "primary"
            if st.button(PASOS[cual].rotulo, type=tipo, key=formulario.campo(cual)):  # type: ignore[arg-type]
                cambio = partial(_mover, uno["id"], formulario.version, cual, motivo)
                formulario.guardar(cambio, propios={}, actuales=dict)
        if puede(persona, Accion.COORDINAR_INFORME) and uno["texto"]:
            ayuda = "Guarda otra versión con lo que cada cita dice hoy."
            if st.button("Actualizar cifras", key=formulario.campo("cifras"), help=ayuda):
                cambio = partial(_actualizar, uno["id"], formulario.version)
                formulario.guardar(cambio, propios={}, actuales=dict)
    formulario.error("paso")


def _mover(cual: int, version: int, paso: str, motivo: str, session: Session, actor: Actor) -> None:
    acciones.mover(session, actor, capitulo_id=cual, version=version, paso=paso, motivo=motivo)


def _actualizar(cual: int, version: int, session: Session, actor: Actor) -> None:
    acciones.actualizar_cifras(session, actor, capitulo_id=cual, version=version)


def escribir(uno: Datos, persona: Actor) -> None:
    """El texto y de dónde citar; lo escrito y no guardado se queda en el servidor."""
    if not se_escribe(uno, persona):
        return
    cajon = st.expander("Escribir", expanded=not uno["texto"], key="escribir", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"texto_capitulo_{uno['id']}", uno["version"])
    llave, campo = f"capitulo/{uno['id']}", formulario.campo("texto")
    # Un borrador no cambia `data_version`: se lee siempre de la base.
    with reading() as session:
        previo = borrador(session, usuario_id=persona.usuario_id, llave=llave)
    if campo not in st.session_state:
        st.session_state[campo] = previo["datos"]["texto"] if previo else uno["texto"]
    with cajon:
        if previo and previo["datos"]["texto"] != uno["texto"]:
            st.caption(f"Aquí está lo que dejó sin guardar el {esc_md(fecha_hora(previo['guardado_en']))}.")
        _citar(uno, campo)
        texto = st.text_area(
            "Texto; un renglón en blanco separa los párrafos",
            key=campo,
            height=360,
            on_change=_apartar,
            args=(persona, llave, campo),
        )
        formulario.error("texto")
        st.caption("Otra cifra se declara con su fuente, después de ella: [fuente: INEGI, Censo 2020].")
        if st.button("Guardar el texto", type="primary", key=formulario.campo("guardar")):
            cambio = partial(_guardar, uno["id"], formulario.version, texto, llave)
            formulario.guardar(cambio, propios={"Texto": texto}, actuales=lambda: {"Texto": uno["texto"]})


def _apartar(persona: Actor, llave: str, campo: str) -> None:
    if persona.usuario_id is None:
        return
    with writing(persona) as session:
        guardar_borrador(session, persona.usuario_id, llave, {"texto": st.session_state[campo]})


def _guardar(cual: int, version: int, texto: str, llave: str, session: Session, actor: Actor) -> None:
    acciones.guardar_texto(session, actor, capitulo_id=cual, version=version, texto=texto)
    if actor.usuario_id is not None:
        descartar_borrador(session, actor.usuario_id, [llave])


def _citar(uno: Datos, campo: str) -> None:
    """Elegir una cifra de la lista y ponerla al final del párrafo que se diga."""
    cajon = st.expander("Cifras que puede citar", key="citar", on_change="rerun")
    if not cajon.open:
        return
    with cajon:
        lista = {f["escrita"]: f for f in ask(citables, capitulo_id=uno["id"])}
        if not lista:
            st.caption("Todavía no hay cifras con valor para este capítulo.")
            return
        cual = st.selectbox(
            "Cifra",
            list(lista),
            format_func=lambda e: f"{lista[e]['dicho']} · {lista[e]['que_es']} · {lista[e]['nombre']}",
            key="cita_elegida",
        )
        st.caption(esc_md(f"{lista[cual]['origen']}. Al emitir dirá lo que diga su cierre."))
        escritos = parrafos(st.session_state.get(campo, ""))
        parrafo = st.selectbox(
            "Al final de",
            range(len(escritos) + 1),
            format_func=lambda n: f"{n} · {corto(escritos[n - 1], 60)}" if n else "El último párrafo",
            key="parrafo_de_la_cita",
        )
        st.button("Poner la cifra", key="poner_cita", on_click=_poner, args=(campo, cual, parrafo))


def _poner(campo: str, cita: str, parrafo: int) -> None:
    texto = st.session_state.get(campo, "")
    st.session_state[campo] = al_final_de(texto, parrafo or len(parrafos(texto)), cita)


def comentarios(uno: Datos, parrafo: int, persona: Actor) -> None:
    """Los comentarios de un párrafo (0: de todo el capítulo), con su botón para darlos por resueltos."""
    for k in uno["comentarios"]:
        if k["parrafo"] != parrafo:
            continue
        icono = "✔" if k["resuelto_en"] else "▲"
        resuelto = f" · lo resolvió {k['resolvio']}" if k["resuelto_en"] else ""
        st.markdown(
            f"> {icono} {esc_md(k['texto'])} — :small[{esc_md(k['autor'])}, "
            f"{esc_md(fecha_hora(k['momento']))}{esc_md(resuelto)}]"
        )
        suyo = k["autor"] == persona.cuenta or puede(persona, Accion.COORDINAR_INFORME)
        if not k["resuelto_en"] and suyo:
            formulario = Formulario(f"comentario_{k['id']}", k["version"])
            if st.button("Resuelto", key=formulario.campo("resolver"), type="tertiary"):
                cambio = partial(_resolver, k["id"], formulario.version)
                formulario.guardar(cambio, propios={}, actuales=dict)


def _resolver(cual: int, version: int, session: Session, actor: Actor) -> None:
    acciones.resolver_comentario(session, actor, comentario_id=cual, version=version)


def comentar(uno: Datos, persona: Actor) -> None:
    """Comentar un párrafo o todo el capítulo."""
    if not puede(persona, Accion.REDACTAR_INFORME, objeto(uno)):
        return
    cajon = st.expander("Comentar", key="comentar", on_change="rerun")
    if not cajon.open:
        return
    formulario = Formulario(f"comentar_{uno['id']}", len(uno["comentarios"]))
    escritos = parrafos(uno["texto"])
    with cajon, st.form(formulario.nombre):
        parrafo = st.selectbox(
            "De qué",
            range(len(escritos) + 1),
            format_func=lambda n: f"{n} · {corto(escritos[n - 1], 60)}" if n else "Todo el capítulo",
            key=formulario.campo("parrafo"),
        )
        texto = st.text_area("Comentario", key=formulario.campo("comentario"))
        formulario.error("comentario")
        enviado = st.form_submit_button("Comentar", type="primary")
    if enviado:
        cambio = partial(_comentar, uno["id"], parrafo, texto)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _comentar(cual: int, parrafo: int, texto: str, session: Session, actor: Actor) -> None:
    acciones.comentar(session, actor, capitulo_id=cual, parrafo=parrafo, texto=texto)


def adjuntar(uno: Datos, persona: Actor) -> None:
    """Agregar o cambiar logros y fotografías, si puede escribirlo."""
    if se_escribe(uno, persona):
        captura_logros.dibujar(uno)
