"""Escribir un juego de pesos: un borrador por grupos de hermanos, su efecto, y guardarlo con su razón."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.estado import simple
from dashboard.ui.texto import contar, esc_md
from dashboard.ui.vista_comun import nombre_de_nodo
from dashboard.ui.vista_pesos import grupos
from db.actions.pesos import guardar_juego
from db.queries.pesos import efecto
from db.rules.formato import leer_numero, mes_nombre, numero, puntos
from db.rules.periodo import Corte
from db.rules.permisos import Actor
from db.rules.peso import Hermanos, avisos, exigir_pesos, llevar_a_cien, suma_en_palabras
from db.rules.problema import Problema

Datos = Mapping[str, Any]
Pesos = dict[int, Decimal | None]

BORRADOR, ABIERTO = "_pesos_borrador", "_pesos_abierto"
NODO, PESO = "Nodo", "Peso"


def nuevo_juego(datos: Datos, donde: Mapping[str, Any]) -> None:
    """El borrador parte de los pesos que rigen; se edita un grupo de hermanos a la vez."""
    actuales: Pesos = {n["id"]: n["peso"] for n in datos["nodos"]}
    borrador: Pesos = st.session_state.setdefault(BORRADOR, {})
    todos = grupos(datos, actuales | borrador)
    if not todos:
        st.info("Ningún nodo del plan tiene hermanos: no hay pesos que repartir.")
        return
    padre = st.selectbox(
        "Pesos de lo que cuelga de",
        list(todos),
        key="pesos_de",
        format_func=lambda p: f"{todos[p].nombre} ({len(todos[p].pesos)})",
    )
    grupo = _rejilla(datos, padre, todos[padre], borrador, actuales)
    if grupo is None:
        return
    cambios = {nodo: peso for nodo, peso in borrador.items() if nodo in actuales and actuales[nodo] != peso}
    nuevos = grupos(datos, actuales | cambios)
    for aviso in avisos(nuevos.values()):
        st.warning(esc_md(aviso))
    if not cambios:
        st.caption("Todavía no cambia nada respecto a los pesos que rigen.")
        return
    st.markdown(f"El borrador cambia {contar(len(cambios), 'peso', 'pesos', femenino=False)}.")
    if st.toggle("Ver el efecto en el cumplimiento del plan", key="pesos_efecto"):
        _efecto(cambios, donde)
    _guardado(datos, actuales | cambios)


def _rejilla(
    datos: Datos, padre: int | None, grupo: Hermanos, borrador: Pesos, actuales: Pesos
) -> Hermanos | None:
    """El grupo como quedó escrito, ya en el borrador; None si algún peso no se puede guardar."""
    abierto = st.session_state.get(ABIERTO)
    if abierto is None or abierto["de"] != padre:
        abierto = _abrir(padre, grupo, 0 if abierto is None else abierto["vez"] + 1)
    nombres = {n["id"]: nombre_de_nodo(n) for n in datos["nodos"]}
    escritos = st.data_editor(
        {
            NODO: [nombres[nodo] for nodo in abierto["pesos"]],
            PESO: ["" if p is None else numero(p) for p in abierto["pesos"].values()],
        },
        column_config={
            NODO: st.column_config.TextColumn(disabled=True, width=240),
            PESO: st.column_config.TextColumn(help="Vacío: pesa igual que los demás vacíos."),
        },
        hide_index=True,
        key=f"pesos_rejilla_{abierto['vez']}",
    )
    try:
        leidos = dict(zip(abierto["pesos"], map(_peso, escritos[PESO]), strict=True))
        nuevo = Hermanos(grupo.nombre, leidos)
        exigir_pesos([nuevo])
    except Problema as problema:
        st.error(str(problema))
        return None
    borrador |= leidos
    st.caption(esc_md(f"Los {len(leidos)} pesos de «{grupo.nombre}»: {suma_en_palabras(nuevo)}."))
    with st.container(horizontal=True):
        st.button("Llevar a 100", on_click=partial(_poner, padre, grupo.nombre, leidos, cien=True))
        st.button("Todos iguales", on_click=partial(_poner, padre, grupo.nombre, leidos, cien=False))
        st.button("Desechar el borrador", on_click=_desechar)
    return nuevo


def _abrir(padre: int | None, grupo: Hermanos, vez: int) -> dict[str, Any]:
    # Lo que la rejilla trae al abrirse no cambia mientras se edita: si cambiara, perdería lo escrito.
    abierto = {"de": padre, "vez": vez, "pesos": dict(grupo.pesos)}
    st.session_state[ABIERTO] = abierto
    return abierto


def _poner(padre: int | None, nombre: str, leidos: Pesos, *, cien: bool) -> None:
    pesos: Pesos = dict.fromkeys(leidos)
    if cien:
        pesos |= llevar_a_cien(Hermanos(nombre, leidos))
    st.session_state[BORRADOR] |= pesos
    _abrir(padre, Hermanos(nombre, pesos), st.session_state[ABIERTO]["vez"] + 1)


def _desechar() -> None:
    for clave in (BORRADOR, ABIERTO):
        st.session_state.pop(clave, None)


def _peso(texto: Any) -> Decimal | None:
    try:
        return leer_numero(str(texto or ""))
    except ValueError as error:
        raise Problema(f"«{texto}» no es un peso.", "Escriba un número, por ejemplo 25 o 12.5.") from error


def _efecto(cambios: Pesos, donde: Mapping[str, Any]) -> None:
    """Antes y después, por las mismas reglas del tablero; no se guarda nada."""
    filas = ask(efecto, **donde, pesos=tuple(sorted(cambios.items())))
    st.dataframe(
        {
            NODO: [f["nombre"] for f in filas],
            "Cambia": [puntos(f["diferencia"]) for f in filas],
            "Antes": [f["antes"]["cifra"] for f in filas],
            "Después": [f["despues"]["cifra"] for f in filas],
            "Quedaría": [simple(f["despues"]) for f in filas],
        },
        column_config={NODO: st.column_config.TextColumn(width=220)},
        hide_index=True,
        alt="Cumplimiento con los pesos de hoy y con los del borrador",
    )


def _guardado(datos: Datos, pesos: Pesos) -> None:
    formulario = Formulario(f"pesos_{datos['plan_id']}", datos["firma"])
    anio, mes = _siguiente(datos["cerrado"], datos["ejercicios"])
    with st.form(formulario.nombre):
        ejercicio = st.selectbox(
            "Rigen desde el ejercicio",
            datos["ejercicios"],
            datos["ejercicios"].index(anio),
            key=formulario.campo("anio"),
        )
        desde = st.selectbox(
            "y el mes", range(1, 13), mes - 1, key=formulario.campo("mes"), format_func=mes_nombre
        )
        formulario.error("desde")
        propuesto = st.checkbox(
            "Proponerlos al COPLADEMUN: no rigen hasta que un acuerdo los apruebe",
            key=formulario.campo("propuesto"),
        )
        aprobo = st.text_input("Quién los aprobó, si no se proponen", key=formulario.campo("aprobo"))
        formulario.error("aprobo")
        motivo = st.text_area("Razón", key=formulario.campo("motivo"))
        formulario.error("motivo")
        enviado = st.form_submit_button("Guardar el juego de pesos", type="primary")
    if enviado:
        previo = st.session_state[BORRADOR], st.session_state[ABIERTO]
        formulario.guardar(
            partial(
                _guardar,
                datos["plan_id"],
                formulario.version,
                Corte(ejercicio, desde),
                motivo,
                aprobo,
                pesos,
                propuesto,
            ),
            propios={},
            actuales=dict,
        )
        # Sólo se llega aquí si no se guardó: el borrador sigue.
        st.session_state[BORRADOR], st.session_state[ABIERTO] = previo


def _siguiente(cerrado: tuple[int, int] | None, ejercicios: list[int]) -> tuple[int, int]:
    """El primer mes que aún se puede mover."""
    if cerrado is None:
        return ejercicios[0], 1
    anio, mes = cerrado
    if mes < 12:
        return anio, mes + 1
    return (anio + 1, 1) if anio + 1 in ejercicios else (anio, 12)


def _guardar(
    plan_id: int,
    firma: str,
    desde: Corte,
    motivo: str,
    aprobo: str,
    pesos: Pesos,
    propuesto: bool,
    session: Session,
    actor: Actor,
) -> None:
    guardar_juego(
        session,
        actor,
        plan_id=plan_id,
        firma=firma,
        desde=desde,
        motivo=motivo,
        aprobo=aprobo,
        pesos=pesos,
        propuesto=propuesto,
    )
    _desechar()
