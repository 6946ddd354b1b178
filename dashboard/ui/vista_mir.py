"""La MIR en pantalla: la lista de matrices, la de un programa, su revisión y las preguntas CREMAA."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.ui import hoja_mir
from dashboard.ui.enlaces import clave_de_ida, compartidos, enlace, ir
from dashboard.ui.texto import contar, enumerar, esc_md
from db.actions.cremaa import contestar_cremaa
from db.actions.mir import ligar_fichas
from db.models.mir import CriterioCremaa
from db.queries.mir import fichas_del_programa, mir
from db.rules.emparejar import PARECIDO, parecido
from db.rules.mir import CREMAA

Datos = Mapping[str, Any]

ANCHO_PROGRAMA = 330
"""Pixeles: deja a la vista las cuentas a la derecha del nombre."""

FALTAS, REVISAR, COMPLETA, NINGUNA = "✖ Con faltas", "▲ Por revisar", "✔ Completa", "○ Sin MIR"
RESPUESTAS = ("Sí", "No", "Sin contestar")


def estado(m: Datos) -> str:
    """Cómo está una matriz, con icono y palabra."""
    if not m["renglones"]:
        return NINGUNA
    return FALTAS if m["faltas"] else REVISAR if m["avisos"] else COMPLETA


def titulo_de_lista(lista: Sequence[Datos]) -> str:
    """«73 de 77 matrices tienen lo indispensable»."""
    hechas = [m for m in lista if m["renglones"]]
    if not hechas:
        return "Todavía no hay MIR en este ejercicio"
    bien = sum(not m["faltas"] for m in hechas)
    return f"{bien:,} de {len(lista):,} matrices tienen lo indispensable"


def lista(matrices: Sequence[Datos]) -> None:
    """Todas las matrices; elegir un renglón abre la suya."""
    cuantas = Counter(estado(m) for m in matrices)
    elegido = st.pills(
        "Cómo están",
        [e for e in (FALTAS, REVISAR, COMPLETA, NINGUNA) if cuantas[e]],
        key="como_esta",
        bind="query-params",
    )
    vistas = [m for m in matrices if elegido in (None, estado(m))]
    # La cuenta va aparte: dentro de la opción cambiaría la dirección cada vez que cambia.
    st.caption(
        f"{' · '.join(f'{e}: {n:,}' for e, n in cuantas.items())}. Elija un renglón para abrir su matriz."
    )
    evento = st.dataframe(
        {
            "Estado": [estado(m) for m in vistas],
            "Programa": [f"{m['clave']} {m['nombre']}" for m in vistas],
            "Faltas": [m["faltas"] for m in vistas],
            "Por revisar": [m["avisos"] for m in vistas],
            "Con ficha": [f"{m['ligados']} de {m['indicadores']}" for m in vistas],
            "MIR tipo": ["Sí" if m["tipo"] else "No" for m in vistas],
            "Ente": [m["ente"] for m in vistas],
        },
        column_config={"Programa": st.column_config.TextColumn(width=ANCHO_PROGRAMA)},
        hide_index=True,
        key=clave_de_ida("mir_tabla"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Matrices de indicadores con lo que les falta",
    )
    if evento.selection.rows:
        elegida = vistas[evento.selection.rows[0]]
        ir("mir", {"programa": elegida["clave"], "de": elegida["ente_id"]})


def cabeza(m: Datos, ente: Datos, faltas: Sequence[Datos]) -> None:
    """De qué programa y ente es, el hallazgo y las ligas a lo demás del programa."""
    p = m["programa"]
    st.caption(esc_md(f"MIR · programa {p['clave']} · {ente['nombre']}"))
    st.title(esc_md(f"{p['nombre']}: {_hallazgo(m, ente, faltas)}"), anchor=False)
    with st.container(horizontal=True):
        enlace("mir", "← Todas las matrices")
        enlace("programas", "Ficha del programa", {"programa": p["clave"]})
        enlace("metas", "Sus metas", {"programa": p["clave"]})
        enlace("presupuesto", "Su presupuesto", {"programa": p["clave"]})


def _hallazgo(m: Datos, ente: Datos, faltas: Sequence[Datos]) -> str:
    if not any(r["ente_id"] == ente["id"] for r in m["renglones"]):
        return "todavía no tiene MIR"
    por = Counter(f["gravedad"] for f in faltas)
    partes = [
        contar(por[gravedad], uno, varios, femenino)
        for gravedad, uno, varios, femenino in (
            ("falta", "falta", "faltas", True),
            ("aviso", "aviso", "avisos", False),
        )
        if por[gravedad]
    ]
    return f"su MIR tiene {enumerar(partes)}" if partes else "su MIR está completa"


def ente_elegido(entes: Sequence[Datos], clave: str) -> Datos | None:
    """El ente cuya matriz se ve: el de la dirección, o el primero; None si ninguno lo ejecuta."""
    if len(entes) < 2:
        return entes[0] if entes else None
    ids = [e["id"] for e in entes]
    pedido = st.query_params.get("de", "")
    inicio = ids.index(int(pedido)) if pedido.isascii() and pedido.isdigit() and int(pedido) in ids else 0
    elegido = st.selectbox(
        "Matriz de", entes, inicio, key=f"mir_de_{clave}", format_func=lambda e: str(e["nombre"])
    )
    st.query_params["de"] = str(elegido["id"])
    return elegido


def matriz(m: Datos, ente: Datos, renglones: Sequence[Datos], oscuro: bool) -> None:
    """La matriz entera, con el estado de cada indicador en su celda."""
    if not renglones:
        st.info(
            "Este programa no tiene MIR. Se puede cargar la MIR tipo en Importar, derivarla de su árbol o "
            "capturarla renglón por renglón."
        )
        return
    if any(r["tipo"] for r in renglones):
        st.caption("Viene de la MIR tipo oficial; lo que alguien corrige aquí ya no lo cambia otra carga.")
    nombre = f"MIR de {m['programa']['nombre']}, {ente['nombre']}"
    st.html(hoja_mir.matriz(nombre, renglones, compartidos(), oscuro))


def sugeridas(session: Session, *, anio: int, clave: str, ente_id: int) -> dict[int, tuple[int, str]]:
    """Cada indicador suelto de la matriz cuyo nombre es el de una ficha: su id → (ficha, nombre)."""
    datos = mir(session, anio=anio, clave=clave, ente_id=ente_id)
    fichas = fichas_del_programa(session, anio=anio, clave=clave, ente_id=ente_id)
    if datos is None or not fichas:
        return {}
    usadas = {i["indicador_id"] for r in datos["renglones"] for i in r["indicadores"]}
    libres = [f for f in fichas if f["id"] not in usadas]
    pares: dict[int, tuple[int, str]] = {}
    for suelto in (i for r in datos["renglones"] for i in r["indicadores"] if i["indicador_id"] is None):
        mejor = max(libres, key=lambda f: parecido(f["nombre"], suelto["nombre"]), default=None)
        if mejor is not None and parecido(mejor["nombre"], suelto["nombre"]) >= PARECIDO:
            pares[suelto["id"]] = mejor["id"], mejor["nombre"]
            libres.remove(mejor)
    return pares


def ofrecer_ligar(pares: Mapping[int, tuple[int, str]], version: int) -> None:
    """Un botón que liga de una vez los indicadores que se llaman como una ficha."""
    if not pares:
        return
    cuantos = contar(len(pares), "indicador", "indicadores", femenino=False)
    se_llaman = "se llama" if len(pares) == 1 else "se llaman"
    st.info(f"{cuantos[:1].upper()}{cuantos[1:]} de la matriz {se_llaman} como una ficha del ejercicio.")
    formulario = Formulario("mir_ligar", version)
    if st.button(f"Ligar {cuantos} con su ficha", key=formulario.campo("ligar")):
        escogidos = {fila: ficha for fila, (ficha, _) in pares.items()}
        formulario.guardar(partial(_ligar, escogidos), propios={}, actuales=dict)


def _ligar(pares: Mapping[int, int], session: Any, actor: Any) -> None:
    ligar_fichas(session, actor, pares)


def revision(faltas: Sequence[Datos], edicion: Mapping[str, str] | None, oscuro: bool) -> None:
    """Lo que falta y lo que conviene revisar, con cómo se remedia."""
    if not faltas:
        st.markdown("No hay nada que corregir, o todavía no hay renglones que revisar.")
        return
    st.caption(
        "✖ Falta: una MIR debe tenerlo. ▲ Por revisar: puede estar bien. ○ Consejo: cómo se acostumbra."
    )
    st.html(hoja_mir.revision(faltas, edicion, oscuro))


def cremaa(fichas: Sequence[Datos], edita: bool) -> None:
    """Las seis preguntas de un indicador del programa, con su respuesta y su nota."""
    if not fichas:
        st.info("El programa no tiene fichas de indicador en este ejercicio. Se cargan en Importar.")
        return
    ficha = st.selectbox(
        "Indicador",
        fichas,
        key="cremaa_ficha",
        format_func=lambda f: f"{f['nombre']} ({len(f['respuestas'])} de {len(CREMAA)} contestadas)",
    )
    versiones = {CriterioCremaa(c): r["version"] for c, r in ficha["respuestas"].items()}
    formulario = Formulario(f"cremaa_{ficha['id']}", str(sorted((c.value, v) for c, v in versiones.items())))
    escritas: dict[CriterioCremaa, tuple[bool | None, str]] = {}
    with st.form(formulario.nombre):
        for criterio in CREMAA:
            escritas[CriterioCremaa(criterio)] = _pregunta(
                formulario, criterio, ficha["respuestas"].get(criterio), edita
            )
        enviado = st.form_submit_button("Guardar respuestas", type="primary", disabled=not edita)
    if enviado and edita:
        cambio = partial(_contestar, ficha["id"], escritas, versiones)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _pregunta(
    formulario: Formulario, criterio: str, previa: Datos | None, edita: bool
) -> tuple[bool | None, str]:
    nombre, pregunta = CREMAA[criterio]
    indice = 2 if previa is None else 0 if previa["cumple"] else 1
    dicho = st.radio(
        pregunta,
        RESPUESTAS,
        indice,
        key=formulario.campo(criterio),
        horizontal=True,
        disabled=not edita,
    )
    nota = st.text_input(
        f"{nombre}: por qué",
        previa["nota"] if previa else "",
        key=formulario.campo(f"nota_{criterio}"),
        placeholder="Obligatoria si la respuesta es «No»",
        disabled=not edita,
    )
    formulario.error(criterio)
    return {"Sí": True, "No": False}.get(dicho), nota


def _contestar(
    indicador_id: int,
    escritas: Mapping[CriterioCremaa, tuple[bool | None, str]],
    versiones: Mapping[CriterioCremaa, int],
    session: Any,
    actor: Any,
) -> None:
    contestar_cremaa(session, actor, indicador_id=indicador_id, respuestas=escritas, versiones=versiones)
