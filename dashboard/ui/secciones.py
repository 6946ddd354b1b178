"""Las partes de Inicio que llevan más de una pieza."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.pages_map import puede_abrir
from dashboard.sesion import actor
from dashboard.ui import como, piezas
from dashboard.ui.enlaces import compartidos, enlace
from dashboard.ui.texto import esc_md
from db.rules.atencion import cuantas_faltan, hace, pagina_de_vencidos

Vista = Mapping[str, Any]


def base_vacia() -> None:
    """Qué es esto y por dónde se empieza, cuando aún no hay nada que mostrar; sólo ligas que su rol abre."""
    persona = actor()
    st.title("Aún no hay plan, metas ni presupuesto cargados.", anchor=False)
    st.markdown(
        "Aquí se verá cómo va el plan del municipio: cuánto se ha cumplido, cuánto se ha gastado y qué "
        "requiere atención. Para llegar ahí se cargan los archivos del municipio, en este orden:\n\n"
        "1. Dependencias, programas y proyectos.\n"
        "2. El plan: ejes, objetivos, estrategias y líneas de acción.\n"
        "3. Actividades calendarizadas e indicadores.\n"
        "4. Presupuesto y avances."
    )
    with st.container(horizontal=True):
        for pagina, texto in (("primeros_pasos", "Primeros pasos"), ("importar", "Importar archivos")):
            if puede_abrir(persona, pagina):
                enlace(pagina, f"**{texto}**")


def respuesta(vista: Vista) -> None:
    """De quién y a qué corte, la frase y lo que la matiza, en un solo elemento."""
    st.markdown(
        f":gray[:small[{vista['contexto']}]]\n\n# {esc_md(vista['titular'])}\n\n{esc_md(vista['apoyo'])}",
        anchors=False,
    )


def ejes(parte: Vista) -> None:
    """Cada eje en el orden del plan: estado, barra con la raya de lo programado, dinero y brecha."""
    piezas.encabezado(esc_md(parte["titulo"]), esc_md(parte["subtitulo"]))
    comunes = compartidos()
    with st.container(gap="xsmall"):
        for eje in parte["lista"]:
            enlace("plan", eje["liga"], eje["parametros"], comunes)
            st.html(eje["barra"])
            st.markdown(eje["texto"])
    como.boton("ejes")


def pie(vista: Vista) -> None:
    """Lo que queda fuera del plan, las bandas, la fuente del dinero y el sello."""
    renglones = [*(esc_md(p) for p in vista["pendientes"]), *vista["pie"]]
    enlace("inicio", "Modo presentación", {"vista": "presentacion"})
    st.markdown("---\n\n" + "  \n".join(f":small[{renglon}]" for renglon in renglones))


def explicaciones(vista: Vista) -> dict[str, como.Explicacion]:
    """Toda ventana que Inicio puede abrir con `?como=`."""
    ventanas: dict[str, como.Explicacion] = {
        clave: (f"{titulo}: ¿cómo se calculó?", _con(como.explicar, r))
        for clave, (titulo, r) in vista["explica"].items()
    }
    ventanas["vencidos"] = ("Vencidos sin captura", _con(_vencidos, vista["vencidos"]))
    ventanas["ejes"] = ("Ejes: ¿cómo se calcularon?", _con(_ejes, vista["ejes"]["explica"]))
    ventanas["casos"] = ("Requiere su atención", _con(piezas.casos, vista["casos"]))
    return ventanas


def _con(dibujar: Callable[[Any], None], dato: Any) -> Callable[[], None]:
    return partial(dibujar, dato)


def _vencidos(lista: Sequence[Mapping[str, Any]]) -> None:
    if not lista:
        st.markdown("Ninguna captura está vencida: se reportó a tiempo o aún no cierra ninguna ventana.")
        return
    st.markdown("Metas e indicadores sin valor validado cuya ventana de captura ya cerró.")
    for d in lista:
        pagina, suya = pagina_de_vencidos(d["metas"]), {"dependencia": d["dependencia"], "estado": "vencido"}
        enlace(pagina, f"**{esc_md(d['nombre'])}**", suya)
        st.caption(f"{cuantas_faltan(d['metas'], d['indicadores'])}, {hace(d['dias'])}")


def _ejes(lista: Sequence[tuple[str, Any, Any, Any, Any]]) -> None:
    nombres = [nombre for nombre, *_ in lista]
    elegido = st.selectbox("Eje", nombres, key="como_eje", placeholder="Elija un eje")
    _, cumplimiento, anual, financiero, brecha = lista[nombres.index(elegido)]
    for titulo, resultado in (
        ("Cumplimiento", cumplimiento),
        ("Avance de la meta anual", anual),
        ("Avance financiero", financiero),
        ("Brecha físico-financiera", brecha),
    ):
        with st.expander(titulo, expanded=titulo == "Cumplimiento"):
            como.explicar(resultado)
