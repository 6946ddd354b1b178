"""Capturar la MIR: agregar, corregir, mover y quitar renglones, y los indicadores de cada uno."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui.direccion import entero
from db.actions import mir as acciones
from db.models.indicadores import NivelMir
from db.rules.emparejar import parecido
from db.rules.mir import NIVELES

Datos = Mapping[str, Any]
Lugar = tuple[int, int]
"""(programa, ente)."""

NUEVO = "Renglón nuevo"
SIN_FICHA = "Sin ficha: lo escribo abajo"
OTRO_INDICADOR = "Agregar otro indicador"


def captura(renglones: Sequence[Datos], fichas: Sequence[Datos], lugar: Lugar) -> None:
    """Un renglón a la vez; el elegido queda en la dirección."""
    opciones: list[Datos | None] = [None, *renglones]
    pedido = entero("renglon")
    inicio = next((n for n, r in enumerate(opciones) if r is not None and r["id"] == pedido), 0)
    elegido = st.selectbox(
        "Renglón",
        opciones,
        inicio,
        key=f"mir_renglon_{lugar[0]}_{lugar[1]}",
        format_func=lambda r: NUEVO if r is None else f"{r['clave']}. {r['resumen']}",
    )
    if elegido is None:
        st.query_params.pop("renglon", None)
    else:
        st.query_params["renglon"] = str(elegido["id"])
    componentes = [r for r in renglones if r["nivel"] == NivelMir.COMPONENTE]
    if elegido is None:
        _nuevo(componentes, lugar)
        return
    _corregir(elegido, componentes, renglones, lugar)
    st.subheader("Sus indicadores", anchor=False)
    _indicadores(elegido, fichas)
    _quitar_renglon(elegido)


def _nuevo(componentes: Sequence[Datos], lugar: Lugar) -> None:
    nivel = st.selectbox("Nivel", list(NIVELES), 2, key="mir_nivel", format_func=NIVELES.__getitem__)
    if nivel == NivelMir.ACTIVIDAD and not componentes:
        st.info("Agregue antes un Componente: las Actividades cuelgan de él.")
        return
    _forma(f"mir_nuevo_{lugar[0]}_{lugar[1]}_{nivel}", None, nivel, componentes, 0, lugar)


def _corregir(r: Datos, componentes: Sequence[Datos], renglones: Sequence[Datos], lugar: Lugar) -> None:
    hermanos = sum((h["nivel"], h["padre_id"]) == (r["nivel"], r["padre_id"]) for h in renglones)
    _forma(f"mir_renglon_{r['id']}", r, r["nivel"], componentes, hermanos, lugar)


def _forma(
    nombre: str,
    r: Datos | None,
    nivel: str,
    componentes: Sequence[Datos],
    hermanos: int,
    lugar: Lugar,
) -> None:
    formulario = Formulario(nombre, r["version"] if r else 0)
    padre, puesto = None, None
    with st.form(nombre):
        if nivel == NivelMir.ACTIVIDAD:
            ids = [c["id"] for c in componentes]
            suyo = ids.index(r["padre_id"]) if r and r["padre_id"] in ids else 0
            elegido = st.selectbox(
                "Componente",
                componentes,
                suyo,
                key=formulario.campo("padre"),
                format_func=lambda c: f"{c['clave']}. {c['resumen']}",
            )
            padre = elegido["id"] if elegido else None
            formulario.error("padre")
        resumen = st.text_area(
            "Resumen narrativo", r["resumen"] if r else "", key=formulario.campo("resumen")
        )
        formulario.error("resumen")
        supuestos = st.text_area(
            "Supuestos",
            r["supuestos"] if r else "",
            key=formulario.campo("supuestos"),
            help="Qué debe ocurrir fuera del programa para que esto lleve al nivel de arriba.",
        )
        if r is not None and hermanos > 1:
            puesto = st.number_input(
                "Lugar entre los de su nivel",
                1,
                hermanos,
                min(r["orden"], hermanos),
                key=formulario.campo("lugar"),
            )
        enviado = st.form_submit_button("Guardar renglón", type="primary")
    if not enviado:
        return
    se_queda = r is None or (puesto == r["orden"] and padre == r["padre_id"])
    datos = {
        "programa_id": lugar[0],
        "ente_id": lugar[1],
        "renglon_id": r["id"] if r else None,
        "version": formulario.version,
        "nivel": NivelMir(nivel),
        "padre_id": padre,
        "lugar": None if se_queda or puesto is None else int(puesto),
        "resumen": resumen,
        "supuestos": supuestos,
    }
    formulario.guardar(
        partial(_guardar_renglon, datos),
        propios={"Resumen narrativo": resumen, "Supuestos": supuestos},
        actuales=lambda: {
            "Resumen narrativo": r["resumen"] if r else "",
            "Supuestos": r["supuestos"] if r else "",
        },
    )


def _guardar_renglon(datos: Mapping[str, Any], session: Any, actor: Any) -> None:
    acciones.guardar_renglon(session, actor, **datos)


def _quitar_renglon(r: Datos) -> None:
    formulario = Formulario(f"mir_quitar_{r['id']}", r["version"])
    with st.popover("Quitar el renglón", icon=":material/delete:"):
        st.markdown("Se borra el renglón con los indicadores que tiene escritos; las fichas siguen.")
        if st.button("Sí, quitarlo", key=formulario.campo("si")):
            formulario.guardar(
                partial(
                    _quitar, acciones.quitar_renglon, {"renglon_id": r["id"], "version": formulario.version}
                ),
                propios={},
                actuales=dict,
            )


def _quitar(accion: Any, datos: Mapping[str, Any], session: Any, actor: Any) -> None:
    accion(session, actor, **datos)


def _indicadores(r: Datos, fichas: Sequence[Datos]) -> None:
    suyos: list[Datos | None] = [*r["indicadores"], None]
    i = st.selectbox(
        "Indicador",
        suyos,
        key=f"mir_indicador_{r['id']}",
        format_func=lambda i: OTRO_INDICADOR if i is None else i["nombre"],
    )
    opciones = _ordenadas(fichas, i["nombre"] if i else r["resumen"])
    actual = next(
        (n for n, f in enumerate(opciones, 1) if i and f["id"] == i["indicador_id"]),
        0 if i else min(1, len(fichas)),
    )
    formulario = Formulario(f"mir_ind_{r['id']}_{i['id'] if i else 0}", i["version"] if i else 0)
    with st.form(formulario.nombre):
        ficha = st.selectbox(
            "Ficha del ejercicio (las más parecidas primero)",
            [None, *opciones],
            actual,
            key=formulario.campo("ficha"),
            format_func=lambda f: SIN_FICHA if f is None else f["nombre"],
        )
        formulario.error("indicador")
        suelto = i if i and i["indicador_id"] is None else None
        nombre = st.text_input(
            "Nombre, si no tiene ficha", suelto["nombre"] if suelto else "", key=formulario.campo("nombre")
        )
        formula = st.text_input(
            "Fórmula, si no tiene ficha", suelto["formula"] if suelto else "", key=formulario.campo("formula")
        )
        medios = st.text_area(
            "Medios de verificación",
            i["medios_escritos"] if i else "",
            key=formulario.campo("medios"),
            help="Vacío, valen los de la ficha.",
        )
        enviado = st.form_submit_button("Guardar indicador")
    if enviado:
        datos = {
            "renglon_id": r["id"],
            "fila_id": i["id"] if i else None,
            "version": formulario.version,
            "indicador_id": ficha["id"] if ficha else None,
            "nombre": nombre,
            "formula": formula,
            "medios": medios,
        }
        formulario.guardar(partial(_guardar_indicador, datos), propios={}, actuales=dict)
    if i is not None:
        quitar = Formulario(f"mir_ind_quitar_{i['id']}", i["version"])
        if st.button("Quitar el indicador de este renglón", key=quitar.campo("si")):
            suya = {"fila_id": i["id"], "version": quitar.version}
            quitar.guardar(partial(_quitar, acciones.quitar_indicador, suya), propios={}, actuales=dict)


def _ordenadas(fichas: Sequence[Datos], texto: str) -> list[Datos]:
    """Las fichas, de la que más se parece al texto a la que menos."""
    return sorted(fichas, key=lambda f: -parecido(f["nombre"], texto))


def _guardar_indicador(datos: Mapping[str, Any], session: Any, actor: Any) -> None:
    acciones.guardar_indicador(session, actor, **datos)
