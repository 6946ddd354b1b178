"""El borrador de una reconducción en pantalla: su calendario junto a lo vigente, el dinero y las razones."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.tabla_gasto import PESOS, pesos
from dashboard.ui.texto import esc_md
from dashboard.ui.vista_metas import cantidad
from db.actions.contenido_reconduccion import Contenido
from db.actions.reconduccion import borrar, corregir, presentar
from db.models.reconduccion import LadoDinero
from db.queries.candidatas import elegibles
from db.queries.dinero_reconduccion import con_dinero
from db.queries.reconducible import llave_de
from db.rules.formato import leer_moneda, leer_numero, moneda, numero
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

LADOS = {LadoDinero.REDUCE: "reducen", LadoDinero.AMPLIA: "amplían"}
ANCHO = 150


def borrador(s: Datos) -> None:
    """El borrador entero: qué cambia, su calendario, el dinero y las justificaciones."""
    formulario = Formulario(f"reconduccion_{s['id']}", s["version"])
    with st.form(formulario.nombre, border=False):
        elegidas = _elegir(formulario, s)
        calendarios = {c["campo"]: _calendario(formulario, c) for c in s["cambios"]}
        dinero = _dinero(formulario, s)
        textos = _textos(formulario, s)
        with st.container(horizontal=True):
            presenta = st.form_submit_button("Presentar la solicitud", type="primary")
            guarda = st.form_submit_button("Guardar el borrador")
    if presenta or guarda:
        cambio = partial(_guardar, s, elegidas, calendarios, dinero, textos, presenta, formulario.version)
        formulario.guardar(cambio, propios=textos, actuales=lambda: _guardados(s))
    _claves(s)
    _borrar(s)


def _elegir(formulario: Formulario, s: Datos) -> list[str]:
    opciones = ask(elegibles, anio=s["anio"], dependencia_id=s["dependencia_id"])
    actuales = [c["campo"] for c in s["cambios"]]
    elegidas: list[str] = st.multiselect(
        "Metas y variables de indicador que cambian",
        list(opciones) + [c for c in actuales if c not in opciones],
        actuales,
        key=formulario.campo("items"),
        format_func=lambda campo: opciones.get(campo, campo),
        placeholder="Elija…",
        help="Al agregar una, guarde el borrador: llega con el calendario que se propone.",
    )
    formulario.error("items")
    formulario.error("vigencia")
    return elegidas


def _calendario(formulario: Formulario, c: Datos) -> tuple[dict[int, str], str]:
    """Los periodos que faltan, junto a lo inicial, lo vigente y lo logrado; devuelve lo escrito."""
    with st.container(border=True):
        pasados = "; ".join(
            f"{p['nombre']}: {cantidad(p['vigente'])} programado, {cantidad(p['alcanzado'])} logrado"
            for p in c["periodos"]
            if not p["abierto"]
        )
        unidad = c["unidad"]
        st.markdown(
            f"**{esc_md(c['nombre'])}**  \nMeta inicial del año {esc_md(cantidad(c['inicial'], unidad))}, "
            f"vigente {esc_md(cantidad(c['vigente']))}, logrado {esc_md(cantidad(c['avance']))}  \n"
            f":gray[:small[{esc_md(pasados)}]]"
        )
        abiertos = [p for p in c["periodos"] if p["abierto"]]
        reja = st.grid(len(abiertos) + 1, min_column_width=ANCHO)
        escritos = {}
        for p in abiertos:
            with reja.cell():
                escritos[p["mes"]] = st.text_input(
                    f"{p['nombre'].capitalize()} (era {cantidad(p['vigente'])})",
                    numero(p["modificado"]) if p["modificado"] is not None else "",
                    key=formulario.campo(f"{c['campo']}_{p['mes']}"),
                )
        with reja.cell():
            anual = st.text_input(
                "Meta del año (si se escribe, se comprueba)",
                key=formulario.campo(f"{c['campo']}_anual"),
                placeholder=f"el calendario da {numero(c['modificada'])}",
            )
        formulario.error(c["campo"])
    return escritos, anual


def _dinero(formulario: Formulario, s: Datos) -> dict[LadoDinero, str]:
    """Un renglón por clave con su importe al final: así se pega desde una hoja de cálculo."""
    escritos = {}
    with st.expander("Mueve dinero entre claves", expanded=bool(s["dinero"])):
        for cual, rotulo in LADOS.items():
            suyos = [m for m in s["dinero"] if m["lado"] == cual.value]
            escritos[cual] = st.text_area(
                f"Claves que se {rotulo}, cada una con su importe",
                "\n".join(f"{m['clave']}   {moneda(m['importe'])}" for m in suyos),
                key=formulario.campo(cual.value),
                height=90,
                placeholder="F00-124-02020101-020201010201-150101-2710-1   25,000.00",
            )
        st.caption("Lo que se amplía debe ser igual a lo que se reduce; Tesorería da su opinión.")
    formulario.error("dinero")
    return escritos


_TEXTOS = (
    ("justificacion", "De la cancelación o reducción de metas y/o recursos", "justificacion"),
    ("destino", "De la creación, ampliación o recalendarización", "justificacion_destino"),
    ("origen", "Identificación del origen de los recursos", "origen_recursos"),
)
"""Campo, rótulo y dato de cada justificación."""


def _textos(formulario: Formulario, s: Datos) -> dict[str, str]:
    escritos = {}
    for campo, rotulo, dato in _TEXTOS:
        escritos[campo] = st.text_area(
            rotulo, s[dato], key=formulario.campo(campo), height=90, max_chars=4000
        )
        formulario.error(campo)
    return escritos


def _guardados(s: Datos) -> dict[str, str]:
    return {campo: s[dato] for campo, _, dato in _TEXTOS}


def _guardar(
    s: Datos,
    elegidas: Sequence[str],
    calendarios: Mapping[str, tuple[dict[int, str], str]],
    dinero: Mapping[LadoDinero, str],
    textos: Mapping[str, str],
    presenta: bool,
    version: int,
    session: Session,
    persona: Actor,
) -> None:
    quedan = {campo: escrito for campo, escrito in calendarios.items() if campo in elegidas}
    contenido = Contenido(
        {
            llave_de(campo): {
                mes: valor for mes, texto in meses.items() if (valor := _numero(texto, campo)) is not None
            }
            for campo, (meses, _) in quedan.items()
        },
        {
            llave_de(campo): anual
            for campo, (_, texto) in quedan.items()
            if (anual := _numero(texto, campo)) is not None
        },
        _movimientos(dinero),
        textos["justificacion"],
        textos["destino"],
        textos["origen"],
    )
    if not presenta:
        items = [llave_de(campo) for campo in elegidas]
        corregir(session, persona, s["id"], version=version, contenido=contenido, items=items)
    elif set(elegidas) != set(calendarios):
        raise Problema(
            "Cambió lo elegido y falta ver su calendario.", "Guarde el borrador y revíselo.", "items"
        )
    else:
        presentar(session, persona, s["id"], version=version, contenido=contenido)


def _numero(texto: str, campo: str) -> Any:
    try:
        return leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba la cantidad, por ejemplo 1,250.", campo) from error


def _movimientos(escritos: Mapping[LadoDinero, str]) -> list[tuple[LadoDinero, str, int]]:
    return [
        (cual, *_movimiento(renglon))
        for cual, texto in escritos.items()
        for renglon in texto.splitlines()
        if renglon.strip()
    ]


def _movimiento(renglon: str) -> tuple[str, int]:
    """«F00-124-… 25,000.00» → (clave, centavos): el importe es lo último."""
    *clave, importe = renglon.split()
    ejemplo = "Escriba la clave, un espacio y los pesos: 25,000.00."
    if not clave:
        raise Problema(f"A «{importe}» le falta la clave o el importe.", ejemplo, "dinero")
    try:
        return " ".join(clave), leer_moneda(importe) or 0
    except ValueError as error:
        raise Problema(f"{' '.join(clave)}: {error}", ejemplo, "dinero") from error


def _claves(s: Datos) -> None:
    """Las claves de sus proyectos con lo que tienen por ejercer, para copiarlas."""
    proyectos = sorted({c["proyecto"] for c in s["cambios"]})
    if not proyectos:
        return
    cajon = st.expander(
        "Claves de sus proyectos y lo que tienen por ejercer", key="claves", on_change="rerun"
    )
    if not cajon.open:
        return
    filas = ask(con_dinero, anio=s["anio"], ente_id=s["ente_id"], proyectos=proyectos)
    cajon.dataframe(
        {
            "Clave": [f["clave"] for f in filas],
            "Por ejercer": [pesos(f["por_ejercer"]) for f in filas],
            "Autorizado": [pesos(f["autorizado"]) for f in filas],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in ("Por ejercer", "Autorizado")},
        hide_index=True,
        alt="Claves de los proyectos con su dinero por ejercer",
    )


def _borrar(s: Datos) -> None:
    formulario = Formulario(f"borrar_reconduccion_{s['id']}", s["version"])
    seguro = st.checkbox("Confirmo que este borrador se borra", key=formulario.campo("seguro"))
    if st.button("Borrar el borrador", key=formulario.campo("borrar"), disabled=not seguro):
        cambio = partial(borrar, solicitud_id=s["id"], version=formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)
