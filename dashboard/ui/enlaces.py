"""Ligas entre pantallas: conservan ejercicio, corte y ente, y toda vista se puede enviar por su dirección."""

from collections.abc import Mapping
from functools import cache

import streamlit as st
from streamlit.navigation.page import Page

from dashboard.filtros import AL_IR
from dashboard.pages_map import PAGES

COMPARTIDOS = ("ejercicio", "corte", "ente")
"""Parámetros de toda la aplicación; los demás son de cada pantalla."""

EN_REUNION = {"vista": "presentacion"}
"""Quien proyecta y sigue una liga sigue proyectando."""

_IDAS = "_idas"
"""Cuántas veces se ha ido de una vista a otra eligiendo un renglón, en esta sesión."""

ADELANTE = ":material/chevron_right:"


@cache
def _pagina(nombre: str) -> Page | None:
    """La pantalla, o None si no existe; se guarda, porque buscarla por su ruta cuesta más que dibujarla."""
    for p in PAGES:
        if p.direccion == nombre:
            return st.Page(p.ruta, title=p.titulo, default=p.inicial)
    return None


def compartidos() -> dict[str, str]:
    """Los parámetros de toda la aplicación en la vista actual."""
    proyecta = EN_REUNION.items() <= st.query_params.to_dict().items()
    return de_todos() | (EN_REUNION if proyecta else {})


def de_todos() -> dict[str, str]:
    """Ejercicio, corte y ente, sin el modo reunión: con ellos una liga sale de él."""
    return {nombre: valor for nombre, valor in st.query_params.to_dict().items() if nombre in COMPARTIDOS}


def enlace(
    pagina: str,
    etiqueta: str,
    parametros: Mapping[str, object] | None = None,
    comunes: Mapping[str, str] | None = None,
) -> None:
    """Una liga a otra pantalla. `etiqueta` es Markdown: quien llama escapa el texto de personas.

    Una lista larga lee `compartidos()` una vez y los pasa en `comunes`.
    """
    destino = _pagina(pagina)
    if destino is None:
        st.markdown(etiqueta)
        return
    st.page_link(
        destino,
        label=etiqueta,
        icon=ADELANTE,
        icon_position="right",
        query_params=_juntos(comunes if comunes is not None else compartidos(), parametros),
    )


def fijar_direccion() -> None:
    """Escribe en el navegador los parámetros con que corre la pantalla.

    Una liga a la misma pantalla cambia los parámetros de la corrida, pero el navegador se queda con los
    anteriores: recargar o enviar la dirección abriría otra cosa.
    """
    st.query_params.update({})


def clave_de_ida(nombre: str) -> str:
    """La clave de una tabla o gráfica en que elegir abre otra vista: cambia cada vez que se va con `ir`.

    Con una clave fija, al volver por una liga seguiría elegido el mismo renglón y se abriría otra vez.
    """
    return f"{nombre}_{st.session_state.get(_IDAS, 0)}"


def ir(pagina: str, parametros: Mapping[str, object]) -> None:
    """Cambia de pantalla ahora mismo; los filtros del marco siguen, o cambian si `parametros` los trae.

    Su control es dueño de su parámetro y nadie más puede escribirlo: se le encarga a él (`filtros.AL_IR`).
    """
    st.session_state[_IDAS] = st.session_state.get(_IDAS, 0) + 1
    propios = {nombre: str(valor) for nombre, valor in parametros.items()}
    vigentes = {n: st.session_state[n] for n in COMPARTIDOS if n in st.session_state}
    st.session_state[AL_IR] = vigentes | {n: propios.pop(n) for n in COMPARTIDOS if n in propios}
    st.switch_page(f"../pages/{pagina}.py", query_params=propios)


def _juntos(comunes: Mapping[str, str], propios: Mapping[str, object] | None) -> dict[str, str]:
    return dict(comunes) | {nombre: str(valor) for nombre, valor in (propios or {}).items()}
