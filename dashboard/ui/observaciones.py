"""Las observaciones de cualquier ficha: la lista con sus respuestas, y hacer, contestar, cerrar o reabrir.

Lo que las personas escriben se muestra tal cual, nunca como Markdown.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.valores import ValorInvalido
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import observaciones as acciones
from db.queries import observaciones
from db.rules.formato import fecha, fecha_hora
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

Datos = Mapping[str, Any]

ESTADOS = {
    "abierta": ("orange", "▲", "Abierta"),
    "respondida": ("blue", "◐", "Respondida"),
    "cerrada": ("green", "✔", "Cerrada"),
}
"""Color del tema, icono y palabra: siempre los tres."""

VENCIDA = ":violet[◆ **Plazo vencido**]"

CERRADAS_A_LA_VISTA = 5


def seccion(
    persona: Actor,
    anio: int,
    asunto: str,
    referencia: str,
    *,
    ente_id: int | None = None,
    dependencia_id: int | None = None,
) -> None:
    """Lo observado de una cosa y lo que esta persona puede hacer con ello.

    `ente_id` y `dependencia_id` son de la cosa: se proponen para lo nuevo. Quien no puede hacer nada y no
    tiene nada que leer no ve la sección.
    """
    filas = ask(observaciones.de_asunto, anio=anio, asunto=asunto, referencia=referencia)
    observa = puede(persona, Accion.OBSERVAR, Objeto(ente_id))
    if not filas and not observa:
        return
    pendientes = sum(f["estado"] != "cerrada" for f in filas)
    cajon = st.expander(
        _rotulo(len(filas), pendientes),
        expanded=bool(pendientes),
        key=f"observaciones_{asunto}_{referencia}",
        on_change="rerun",
    )
    if not cajon.open:
        return
    with cajon:
        lista(filas)
        atender(persona, filas)
        if observa:
            nueva(anio, asunto, referencia, ente_id, dependencia_id)


def _rotulo(todas: int, pendientes: int) -> str:
    if pendientes:
        return f"Observaciones: {contar(pendientes, 'sin cerrar', 'sin cerrar')}"
    if todas:
        return f"Observaciones: {contar(todas, 'cerrada', 'cerradas')}"
    return "Hacer una observación"


def lista(filas: Sequence[Datos]) -> None:
    """Cada observación con su estado, su plazo y sus respuestas, en un solo elemento."""
    pendientes = [f for f in filas if f["estado"] != "cerrada"]
    cerradas = [f for f in filas if f["estado"] == "cerrada"]
    vistas = [*pendientes, *cerradas[:CERRADAS_A_LA_VISTA]]
    if vistas:
        st.markdown("\n\n".join(map(_en_md, vistas)))
    if len(cerradas) > CERRADAS_A_LA_VISTA:
        st.caption(f"Y {len(cerradas) - CERRADAS_A_LA_VISTA:,} más, ya cerradas.")


def estado_en_md(f: Datos) -> str:
    """«▲ **Abierta**» en su color; el plazo vencido va además."""
    color, icono, palabra = ESTADOS[f["estado"]]
    return f":{color}[{icono} **{palabra}**]" + (f" · {VENCIDA}" if f["vencida"] else "")


def _en_md(f: Datos) -> str:
    pie = [f"{esc_md(f['autor'])}, {fecha_hora(f['creada_en'])}"]
    if f["dependencia"]:
        pie.append(f"contesta {esc_md(f['dependencia'])}")
    if f["vence"] and f["estado"] != "cerrada":
        pie.append(f"plazo {fecha(f['vence'])}")
    if f["cerrada_en"]:
        pie.append(f"cerró {esc_md(f['cerro'])}, {fecha_hora(f['cerrada_en'])}")
    partes = [f"{estado_en_md(f)} {_parrafos(f['texto'])}  \n:gray[:small[{' · '.join(pie)}]]"]
    for r in f["respuestas"]:
        quien = f":gray[:small[{esc_md(r['autor'])}, {fecha_hora(r['creada_en'])}]]"
        partes.append(f"↳ {_parrafos(r['texto'])}  \n{quien}")
    return "\n\n".join(partes)


def _parrafos(texto: str) -> str:
    """Los renglones que la persona escribió, cada uno escapado."""
    return "  \n".join(esc_md(renglon) for renglon in texto.splitlines() if renglon.strip())


def atender(persona: Actor, filas: Sequence[Datos]) -> None:
    """Contestar, cerrar o reabrir la observación elegida; nada si la persona no puede con ninguna."""
    posibles = [(f, actos) for f in filas if (actos := _actos(persona, f))]
    if not posibles:
        return
    f, actos = posibles[0]
    if len(posibles) > 1:
        cual = st.selectbox(
            "Observación",
            range(len(posibles)),
            key=f"observacion_de_{filas[0]['asunto']}_{filas[0]['referencia']}",
            format_func=lambda n: f"{ESTADOS[posibles[n][0]['estado']][2]}: {posibles[n][0]['texto'][:80]}",
        )
        f, actos = posibles[cual or 0]
    formulario = Formulario(f"observacion_{f['id']}", f["version"])
    with st.form(formulario.nombre):
        texto = ""
        if set(actos) - {"Cerrar"}:
            texto = st.text_area(
                mayuscula(" o ".join(TEXTO_DE[a] for a in actos if a in TEXTO_DE)),
                key=formulario.campo("texto"),
                max_chars=acciones.TEXTO_MAXIMO,
            )
            formulario.error("texto")
        with st.container(horizontal=True):
            enviados = [a for a in actos if st.form_submit_button(a, key=formulario.campo(a))]
    if enviados:
        cambio = _cambio(enviados[0], f["id"], formulario.version, texto)
        formulario.guardar(cambio, propios={"Texto": texto}, actuales=lambda: {"Texto": _lo_ultimo(f)})


TEXTO_DE = {"Contestar": "respuesta", "Reabrir": "por qué se reabre"}


def _actos(persona: Actor, f: Datos) -> list[str]:
    """Lo que esta persona puede hacer con una observación en su estado."""
    objeto = Objeto(f["ente_id"], frozenset(f["dependencias"]))
    actos = []
    if f["estado"] != "cerrada" and puede(persona, Accion.RESPONDER_OBSERVACION, objeto):
        actos.append("Contestar")
    if puede(persona, Accion.OBSERVAR, objeto):
        actos += ["Cerrar"] if f["estado"] == "respondida" else []
        actos += ["Reabrir"] if f["estado"] != "abierta" else []
    return actos


def _cambio(acto: str, cual: int, version: int, texto: str) -> Callable[[Session, Actor], None]:
    if acto == "Cerrar":
        return partial(acciones.cerrar, observacion_id=cual, version=version)
    hacer = acciones.responder if acto == "Contestar" else acciones.reabrir
    return partial(hacer, observacion_id=cual, version=version, texto=texto)


def _lo_ultimo(f: Datos) -> str:
    return f["respuestas"][-1]["texto"] if f["respuestas"] else ""


def nueva(
    anio: int, asunto: str, referencia: str, ente_id: int | None = None, dependencia_id: int | None = None
) -> None:
    """El formulario para observar una cosa."""
    formulario = Formulario(f"observar_{asunto}_{referencia}", 0)
    ofrecidas = dict(ask(observaciones.responsables, ente_id=ente_id))
    ids = list(ofrecidas)
    with st.form(formulario.nombre):
        texto = st.text_area(
            "Nueva observación", key=formulario.campo("texto"), max_chars=acciones.TEXTO_MAXIMO
        )
        formulario.error("texto")
        quien = st.selectbox(
            "Quién debe contestar",
            ids,
            index=ids.index(dependencia_id) if dependencia_id in ids else None,
            key=formulario.campo("dependencia"),
            format_func=lambda i: ofrecidas[i],
            placeholder="Cualquiera que pueda",
        )
        formulario.error("dependencia")
        plazo = st.text_input("Plazo", key=formulario.campo("vence"), placeholder="dd/mm/aaaa")
        formulario.error("vence")
        enviado = st.form_submit_button("Hacer la observación", type="primary")
    if enviado:
        cambio = partial(_guardar, anio, asunto, referencia, texto, ente_id, quien, plazo)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _guardar(
    anio: int,
    asunto: str,
    referencia: str,
    texto: str,
    ente_id: int | None,
    dependencia_id: int | None,
    plazo: str,
    session: Session,
    actor: Actor,
) -> None:
    acciones.observar(
        session,
        actor,
        anio=anio,
        asunto=asunto,
        referencia=referencia,
        texto=texto,
        ente_id=ente_id,
        dependencia_id=dependencia_id,
        vence=_fecha(plazo),
    )


def _fecha(texto: str) -> date | None:
    try:
        return valores.fecha(texto)
    except ValorInvalido as error:
        raise Problema(f"{error.regla}.", error.remedio, "vence") from error
