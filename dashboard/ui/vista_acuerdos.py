"""Los acuerdos en pantalla: la lista por urgencia, quién debe, y uno con su historia y su avance."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import pintar
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import acuerdos as acciones
from db.queries import acuerdos as lee
from db.queries.aprobacion import RECONDUCCION, aprobado_por
from db.rules.acuerdos import ESTADOS, VIVOS, por_edad
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import fecha, fecha_hora
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

CUALES = {"vivos": "Por cumplir", "vencidos": "Vencidos", "todos": "Todos"}
LIGAS = {
    "nodo": ("plan", "nodo", "Lo que toca del plan"),
    "programa": ("programas", "programa", "El programa que toca"),
    "indicador": ("indicadores", "indicador", "El indicador que toca"),
}


def titulo(todos: Sequence[Datos]) -> str:
    """«Tres acuerdos vencidos; el más viejo, 64 días»."""
    if not todos:
        return "Aún no hay acuerdos"
    vencidos = elegidos(todos, "vencidos")
    vivos = elegidos(todos, "vivos")
    if vencidos:
        cuantos = mayuscula(contar(len(vencidos), "acuerdo vencido", "acuerdos vencidos", False))
        return f"{cuantos}; el más viejo, hace {max(a['dias'] for a in vencidos)} días"
    if vivos:
        cuantos = mayuscula(contar(len(vivos), "acuerdo por cumplir", "acuerdos por cumplir", False))
        return f"{cuantos}, en tiempo"
    return f"Los {len(todos)} acuerdos están cumplidos o cancelados"


def elegidos(todos: Sequence[Datos], cuales: str) -> list[Datos]:
    """Los vivos, los vencidos o todos; el más urgente, primero."""
    vivos = [a for a in todos if a["estado"] in VIVOS]
    lista = {"vivos": vivos, "vencidos": [a for a in vivos if a["dias"] > 0]}.get(cuales, list(todos))
    return sorted(lista, key=lambda a: (a["estado"] not in VIVOS, -a["dias"]))


def lista(suyos: Sequence[Datos]) -> None:
    """Un renglón por acuerdo; elegirlo lo abre."""
    if not suyos:
        st.success("Ninguno.")
        return
    evento = st.dataframe(
        {
            "Situación": [
                f"{PRESENTACION[Estado(a['situacion'][0])].icono} {a['situacion'][1]}" for a in suyos
            ],
            "Acuerdo": [a["texto"] for a in suyos],
            "Responde": [a["responde"] for a in suyos],
            "Avance": [f"{a['avance']} %" for a in suyos],
            "Para el": [fecha(a["vence"]) for a in suyos],
            "Número": [a["numero"] for a in suyos],
        },
        column_config={
            "Situación": st.column_config.TextColumn(width=185),
            "Acuerdo": st.column_config.TextColumn(width=300),
        },
        hide_index=True,
        key=clave_de_ida("acuerdos"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Acuerdos con su situación y quién responde",
    )
    for fila in evento.selection.rows:
        ir("acuerdos", {"acuerdo": suyos[fila]["id"]})


def edades(todos: Sequence[Datos]) -> None:
    """Cuántos siguen vivos según lo que llevan vencidos."""
    reja = st.grid(4, min_column_width=130, border=True)
    for tramo, cuantos in por_edad(todos).items():
        with reja.cell():
            st.metric(tramo, str(cuantos))


def por_responsable(todos: Sequence[Datos]) -> None:
    """Quién debe cuántos, y desde hace cuánto."""
    filas = lee.por_responsable(list(map(dict, todos)))
    tramos = list(filas[0]["edad"]) if filas else []
    cajon = st.expander("Por quien responde", key="por_responsable", on_change="rerun")
    if cajon.open:
        cajon.dataframe(
            {
                "Responde": [f["responde"] for f in filas],
                **{tramo: [f["edad"][tramo] or None for f in filas] for tramo in tramos},
                "Cumplidos": [f["cumplidos"] or None for f in filas],
            },
            hide_index=True,
            placeholder="—",
            alt="Acuerdos por quien responde",
        )


def titulo_de_uno(uno: Datos) -> str:
    """Número y situación."""
    return f"{uno['numero']}: {uno['situacion'][1][:1].lower()}{uno['situacion'][1][1:]}"


def ficha(uno: Datos) -> None:
    """El texto, quién responde, para cuándo y lo que toca."""
    estado, palabra = uno["situacion"]
    st.markdown(pintar(estado, PRESENTACION[Estado(estado)].icono, palabra))
    st.markdown(f"### {esc_md(uno['texto'])}")
    renglones = {
        "Responde": uno["responde"],
        "Para el": fecha(uno["vence"]),
        "Avance": f"{uno['avance']} %",
        "Se tomó el": fecha(uno["tomado_en"]),
        "Comité": uno["comite"],
        "Se canceló porque": uno["motivo"],
    }
    st.markdown("\n".join(f"- **{c}:** {esc_md(v)}" for c, v in renglones.items() if v))
    if uno["sesion_id"]:
        enlace("sesiones", "La sesión en que se tomó", {"sesion": uno["sesion_id"]})
    for liga in uno["ligas"]:
        if liga["asunto"] in LIGAS:
            pagina, parametro, rotulo = LIGAS[liga["asunto"]]
            enlace(pagina, rotulo, {parametro: liga["referencia"]})
    for que in ask(aprobado_por, acuerdo_id=uno["id"]):
        _aprobo(que)


def _aprobo(que: Datos) -> None:
    """La liga a lo que el acuerdo aprobó."""
    rotulo = esc_md(f"Aprobó {que['titulo'][:1].lower()}{que['titulo'][1:]}")
    if que["que"] == RECONDUCCION:
        enlace("reconducciones", rotulo, {"solicitud": que["id"], "ejercicio": que["anio"]})
    else:
        enlace("pesos", rotulo)


def es_suyo(uno: Datos, persona: Actor) -> bool:
    """¿Le toca anotar su avance?"""
    if uno["usuario_id"] is not None and uno["usuario_id"] == persona.usuario_id:
        return True
    suyas = frozenset(cual for cual in (uno["dependencia_id"], uno["general_id"]) if cual is not None)
    return puede(persona, Accion.ATENDER_ACUERDOS, Objeto(uno["ente_id"], suyas))


def anotar(uno: Datos, persona: Actor) -> None:
    """Cuánto va, en qué queda y qué se hizo."""
    if uno["estado"] not in VIVOS or not es_suyo(uno, persona):
        return
    cancela = puede(persona, Accion.COORDINAR_COMITES)
    opciones = {"en_proceso": "En proceso", "cumplido": "Cumplido"} | (
        {"cancelado": "Cancelado"} if cancela else {}
    )
    formulario = Formulario(f"acuerdo_{uno['id']}", uno["version"])
    with st.form(formulario.nombre):
        estado = st.radio(
            "En qué queda",
            list(opciones),
            format_func=lambda e: opciones[e],
            horizontal=True,
            key=formulario.campo("estado"),
        )
        formulario.error("estado")
        avance = st.number_input("Avance, en %", 0, 100, uno["avance"], key=formulario.campo("avance"))
        formulario.error("avance")
        texto = st.text_area("Qué se hizo", key=formulario.campo("texto"), height=90)
        formulario.error("texto")
        enviado = st.form_submit_button("Anotar", type="primary")
    if enviado:
        cambio = partial(_anotar, uno["id"], formulario.version, estado, int(avance), texto)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _anotar(
    cual: int, version: int, estado: str, avance: int, texto: str, session: Session, actor: Actor
) -> None:
    acciones.anotar(
        session, actor, acuerdo_id=cual, version=version, estado=estado, avance=avance, texto=texto
    )


def historia(uno: Datos) -> None:
    """Lo que se ha anotado, lo último primero."""
    if not uno["historia"]:
        st.caption("Nadie ha anotado avance.")
        return
    st.subheader("Historia", anchor=False)
    for h in uno["historia"]:
        icono, palabra = ESTADOS[h["estado"]]
        quien = esc_md(f"{h['autor']}, {fecha_hora(h['momento'])}")
        st.markdown(f"- {icono} {palabra}, {h['avance']} %: {esc_md(h['texto'])} :gray[:small[{quien}]]")
