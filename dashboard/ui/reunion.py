"""Modo reunión: cualquier pantalla, en la misma dirección más `vista=presentacion`, para proyectarla.

Sin menú, filtros ni captura; letra grande y una parte a la vez, que se pasa con las flechas. Cuál se ve va
en la dirección (`lamina`): recargar o mandar la liga abre la misma. Esconder no es permiso: eso lo deciden
la pantalla y las acciones.
"""

import streamlit as st

from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import EN_REUNION
from dashboard.ui.tema import oscuro

((PARAMETRO, VALOR),) = EN_REUNION.items()
LAMINA = "lamina"

CUERPO = '[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]'
FIJO = ':has([class*="st-key-reunion_"])'
OCULTA = "position: absolute !important; visibility: hidden; height: 0; width: 100%; overflow: hidden;"
BOTON_DE_MAS = (
    '[data-testid="stElementContainer"]:has(> [data-testid="stButton"])'
    ':not([class*="st-key-como_"], [class*="st-key-reunion_"])'
)
CAJON_CERRADO = ':has(> [data-testid="stExpander"] > details:not([open]))'
TABLA = '[data-testid="stDataFrame"]'
GRAFICA = '[data-testid="stFullScreenFrame"]:has([data-testid="stVegaLiteChart"])'
CRECE = ((1000, 1.3), (1500, 1.6), (1800, 1.95), (2500, 2.6))
"""Ancho de la pantalla en pixeles → cuánto crece todo: se acomoda igual en un proyector que en otro."""

SIN_MARCO = """
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"], [data-testid="stHeader"],
.st-key-reunion_teclas {{ display: none; }}
[data-testid="stMainBlockContainer"] {{ max-width: none; padding: 1.2rem 3.5vw 3.5rem; }}
.st-key-reunion_barra {{ position: fixed; left: 0; bottom: 0; z-index: 9; padding: .1rem 3.5vw;
  background: {fondo}; }}
@media print {{ .st-key-reunion_barra {{ display: none; }} }}
"""
SIN_CAPTURA = f"""
[data-testid="stForm"], [data-testid="stDownloadButton"], [data-testid="stFileUploader"],
[data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"],
[data-testid="stDateInput"], [data-testid="stSelectbox"], [data-testid="stMultiSelect"],
[data-testid="stCheckbox"], [data-testid="stElementToolbar"], [data-testid="stLayoutWrapper"]{CAJON_CERRADO},
{BOTON_DE_MAS} {{ display: none; }}
"""
AGRANDAR = f"""
{CUERPO} {{ zoom: var(--crece, 1); gap: .6rem; }}
[class*="st-key-como_"] button {{ min-height: 0; font-size: .8rem; }}
{TABLA}, {TABLA} > div {{ max-width: 100% !important; }}
{GRAFICA} {{ width: calc(100% / var(--crece, 1)) !important; }}
{GRAFICA}, {GRAFICA} > * {{ overflow: visible !important; }}
""" + " ".join(f"@media (min-width: {ancho}px) {{ :root {{ --crece: {veces}; }} }}" for ancho, veces in CRECE)
"""Streamlit mide tablas y gráficas en pixeles ya agrandados: sin lo segundo se saldrían de la pantalla."""

PARTE = ":has(h2, h3):not(:has(h1))"
"""Dónde empieza una parte: lo que trae un encabezado y no es el título."""


def activo() -> bool:
    """¿La dirección pide proyectar?"""
    return st.query_params.get(PARAMETRO) == VALOR


def entrar() -> None:
    """El botón que pone esta pantalla en modo reunión."""
    st.button("Modo reunión", icon=":material/present_to_all:", on_click=_poner, type="tertiary")


def _poner() -> None:
    st.query_params[PARAMETRO] = VALOR


def vestir(con_laminas: bool) -> None:
    """Esconde lo que no se proyecta y, sin láminas propias, agranda la pantalla. Va antes de dibujarla."""
    fondo = st.get_option(f"theme.{'dark' if oscuro() else 'light'}.backgroundColor")
    lo_demas = "" if con_laminas else SIN_CAPTURA + AGRANDAR
    st.html(f"<style>{SIN_MARCO.format(fondo=fondo)}{lo_demas}</style>")
    if not con_laminas:
        _por_partes()


@st.fragment
def _por_partes() -> None:
    """Deja ver una parte; pasar a otra no vuelve a correr la pantalla, sólo cambia cuál se ve."""
    cual = entero(LAMINA) or 0
    st.html(solo(cual))
    barra(str(cual - 1) if cual > 1 else "", str(cual + 1), hay_antes=cual > 0, principio="Al principio")


def solo(cual: int) -> str:
    """La hoja de estilo que deja ver el título y la parte `cual`; la 0 es lo que va antes de la primera.

    El servidor no sabe cuántas hay: las cuenta el navegador y dice «2 de 7», o que ahí termina.
    """
    suya, otra = (f":nth-child({n} of {PARTE})" for n in (cual, cual + 1))
    ocultas = [f"{CUERPO} > {otra}", f"{CUERPO} > {otra} ~ *"]
    if cual:
        ocultas.append(f"{CUERPO} > :not(:has(h1), {FIJO}, {suya}, {suya} ~ *)")
    titulo = ""
    if cual:
        titulo = (
            f"{CUERPO} h1 {{ font-size: 1.05rem; padding: 0 0 1rem; opacity: .75; }} "
            f"{CUERPO} > {suya} :is(h2, h3) {{ font-size: 1.6rem; }}"
        )
    return f"<style>{', '.join(ocultas)} {{ {OCULTA} }} {titulo} {_lugar(cual)}</style>"


def _lugar(cual: int) -> str:
    """«2 de 7» abajo a la derecha, con lo que contó el navegador; pasada la última, que ahí termina.

    Los nombres llevan la parte: el navegador no vuelve a leer un estilo de cuenta que ya conoce.
    """
    n = cual + 1
    hay = f"range: {n} infinite; fallback: nada"
    return f"""
@counter-style nada {{ system: cyclic; symbols: ""; }}
@counter-style parte-{n} {{ system: cyclic; symbols: "{n} de "; {hay}; }}
@counter-style de-{n} {{ system: extends decimal; {hay}; }}
@counter-style fin-{n} {{ system: cyclic; symbols: "Aquí termina."; range: 0 {cual}; fallback: nada; }}
{CUERPO} {{ counter-reset: parte 1; }}
{CUERPO} > {PARTE} {{ counter-increment: parte; }}
{CUERPO}::after {{ content: counter(parte, parte-{n}) counter(parte, de-{n}) counter(parte, fin-{n});
  position: fixed; right: 3.5vw; bottom: .3rem; z-index: 10; font-size: .8rem; }}
"""


def barra(antes: str, despues: str, *, hay_antes: bool, lugar: str = "", principio: str = "") -> None:
    """Abajo: pasar de lámina (flechas, o las teclas de un control de mano), volver a la primera y salir.

    `antes` y `despues` son lo que `lamina` dirá; la primera es «». Sin `despues`, es la última.
    """
    with st.container(key="reunion_barra", horizontal=True, vertical_alignment="center", gap="small"):
        _boton("Anterior", "reunion_antes", "Left", antes, hay_antes)
        _boton("Siguiente", "reunion_despues", "Right", despues, bool(despues))
        if lugar:
            st.caption(lugar)
        if principio and hay_antes:
            _boton(principio, "reunion_principio", "Home", "", True)
        salir = st.button("Salir", key="reunion_salir", shortcut="Esc", type="tertiary")
    with st.container(key="reunion_teclas"):
        _boton("Anterior con el control", "reunion_control_antes", "PageUp", antes, hay_antes)
        _boton("Siguiente con el control", "reunion_control_despues", "PageDown", despues, bool(despues))
    if salir:
        st.query_params.pop(PARAMETRO, None)
        st.query_params.pop(LAMINA, None)
        st.rerun()


def _boton(rotulo: str, clave: str, tecla: str, destino: str, sirve: bool) -> None:
    st.button(
        rotulo,
        key=clave,
        shortcut=tecla,
        on_click=_ir,
        args=(destino,),
        type="tertiary",
        disabled=not sirve,
    )


def _ir(destino: str) -> None:
    if destino:
        st.query_params[LAMINA] = destino
    else:
        st.query_params.pop(LAMINA, None)
