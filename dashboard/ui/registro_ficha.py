"""Un encargo de cualquier registro: su situación, sus datos, su historia y llevarlo a otra etapa."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui.campos_registro import leer, pedir
from dashboard.ui.enlaces import enlace
from dashboard.ui.estado import pintar
from dashboard.ui.texto import esc_md
from db.actions import encargos as acciones
from db.actions import partes_encargo as partes
from db.rules.encargos import Registro, Tipo, en_palabras, faltas
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import fecha, fecha_hora, pct
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

LIGAS = {
    "nodo": ("plan", "nodo", "Plan"),
    "programa": ("programas", "programa", "Programa"),
    "indicador": ("indicadores", "indicador", "Indicador"),
    "acuerdo": ("acuerdos", "acuerdo", "Acuerdo"),
    "proyecto": ("programas", "programa", "Proyecto"),
}
"""Asunto → pantalla, parámetro y cómo se llama."""


def objeto(uno: Datos) -> Objeto:
    """De quién es, para el permiso."""
    suyas = frozenset(c for c in (uno["dependencia_id"], uno["general_id"]) if c is not None)
    return Objeto(uno["ente_id"], suyas)


def edita(registro: Registro, uno: Datos, persona: Actor) -> bool:
    """¿Esta persona puede cambiarlo y todavía cambia?"""
    final = registro.etapas[uno["etapa"]].final
    return not final and puede(persona, registro.editar, objeto(uno))


def encabezado(registro: Registro, uno: Datos) -> None:
    """Etapa, situación, resumen y lo común."""
    estado, palabra = uno["situacion"]
    etapa = registro.etapas[uno["etapa"]]
    situacion = pintar(estado, PRESENTACION[Estado(estado)].icono, palabra)
    st.markdown(f"{situacion} · {etapa.icono} {esc_md(etapa.palabra)}")
    if uno["resumen"]:
        st.markdown(esc_md(uno["resumen"]))
    avance = uno["avance"]
    renglones = {
        "Responde": " · ".join(x for x in (uno["dependencia"], uno["persona"]) if x),
        "Desde": fecha(uno["inicio"]),
        "Para el": fecha(uno["vence"]) if uno["vence"] else "",
        "Avance de sus pasos": pct(avance, 0) if avance is not None else "",
        "Concluyó el": fecha(uno["concluido_en"]) if uno["concluido_en"] else "",
    }
    st.markdown("\n".join(f"- **{c}:** {esc_md(v)}" for c, v in renglones.items() if v))


def datos(registro: Registro, uno: Datos) -> None:
    """Lo propio de su registro: los textos largos en párrafos y lo demás en lista; lo vacío y el «no», no."""
    parrafos, renglones = [], []
    for c in registro.campos:
        texto = en_palabras(c, uno.get(c.clave), uno["ligados"].get(c.clave, ""))
        if not texto or uno.get(c.clave) is False:
            continue
        if c.tipo is Tipo.PARRAFO:
            parrafos.append(f"**{esc_md(c.rotulo)}.** {esc_md(texto)}")
        else:
            renglones.append(f"- **{esc_md(c.rotulo)}:** {esc_md(texto)}")
    if parrafos or renglones:
        st.markdown("\n\n".join([*parrafos, "\n".join(renglones)]))


def toca(registro: Registro, uno: Datos) -> None:
    """A qué del plan, programas, indicadores y acuerdos está ligado."""
    for liga in uno["ligas"]:
        pagina, parametro, palabra = LIGAS[liga["asunto"]]
        referencia = liga["referencia"][:8] if liga["asunto"] == "proyecto" else liga["referencia"]
        enlace(pagina, f"{palabra}: {esc_md(liga['nombre'] or liga['referencia'])}", {parametro: referencia})


def mover(registro: Registro, uno: Datos, persona: Actor) -> None:
    """A qué etapa sigue, si a esta persona le toca; dice antes qué le falta."""
    suyo = objeto(uno)
    siguen = [
        e
        for e in registro.etapas[uno["etapa"]].siguen
        if puede(persona, registro.autorizar if registro.etapas[e].autoriza else registro.editar, suyo)
    ]
    if not siguen:
        return
    formulario = Formulario(f"mover_{uno['id']}", uno["version"])
    with st.form(formulario.nombre):
        etapa = st.radio(
            "Pasa a",
            siguen,
            format_func=lambda e: _con_faltas(registro, e, uno),
            key=formulario.campo("etapa"),
            horizontal=len(siguen) < 3 and not any(faltas(registro, e, uno) for e in siguen),
        )
        formulario.error("etapa")
        texto = st.text_input("Qué se dice de este paso", key=formulario.campo("texto"))
        formulario.error("texto")
        enviado = st.form_submit_button("Pasar a esa etapa", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.mover(
                session,
                actor,
                encargo_id=uno["id"],
                version=formulario.version,
                etapa=etapa or "",
                texto=texto,
            )

        formulario.guardar(guardar, propios={}, actuales=dict)


def _con_faltas(registro: Registro, etapa: str, uno: Datos) -> str:
    que = faltas(registro, etapa, uno)
    palabra = registro.etapas[etapa].palabra
    return f"{palabra} (le falta {', '.join(que)})" if que else palabra


def corregir(registro: Registro, uno: Datos, persona: Actor) -> None:
    """Corregir lo común y lo propio, en su cajón."""
    if not edita(registro, uno, persona):
        return
    cajon = st.expander(
        "Corregir sus datos", key=f"corregir_{uno['id']}", on_change="rerun", icon=":material/edit:"
    )
    if not cajon.open:
        return
    formulario = Formulario(f"encargo_{uno['id']}", uno["version"])
    campos = (*acciones.COMUNES, *registro.campos)
    with cajon, st.form(formulario.nombre):
        escrito = pedir(formulario, campos, uno)
        enviado = st.form_submit_button("Guardar", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.editar(
                session, actor, encargo_id=uno["id"], version=formulario.version, datos=leer(campos, escrito)
            )

        rotulos = {c.clave: c.rotulo for c in campos}
        formulario.guardar(
            guardar,
            propios={rotulos[c]: v for c, v in escrito.items()},
            actuales=lambda: {r: en_palabras(_campo(campos, c), uno.get(c)) for c, r in rotulos.items()},
        )


def _campo(campos: Any, clave: str) -> Any:
    return next(c for c in campos if c.clave == clave)


def historia(uno: Datos, persona: Actor) -> None:
    """Lo dicho y los cambios de etapa, lo último primero; y decir algo más."""
    if puede(persona, Accion.COMENTAR_REGISTROS):
        formulario = Formulario(f"comentar_{uno['id']}", len(uno["historia"]))
        with st.form(formulario.nombre):
            texto = st.text_area("Comentario", key=formulario.campo("texto"), height=80)
            formulario.error("texto")
            enviado = st.form_submit_button("Comentar")
        if enviado:

            def guardar(session: Session, actor: Actor) -> None:
                partes.comentar(session, actor, encargo_id=uno["id"], texto=texto)

            formulario.guardar(guardar, propios={}, actuales=dict)
    renglones = []
    for h in uno["historia"]:
        que = f"**{esc_md(h['palabra'])}.** " if h["cambio"] else ""
        quien = f":gray[:small[{esc_md(h['autor'])}, {fecha_hora(h['momento'])}]]"
        renglones.append(f"- {que}{esc_md(h['texto'])} {quien}")
    st.markdown("\n".join(renglones))
