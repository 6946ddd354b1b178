"""La aplicación ASGI: Streamlit detrás de la guardia. La sirve `siem`; nada la sirve sin ella."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dashboard import config, corridas
from dashboard.registro import apuntar, falla
from db.rules.problema import Problema

config.aplicar()
corridas.conservar_lo_dibujado()

# La guardia y las rutas leen la configuración; por eso se importan después de ponerla.
from dashboard.gate.entrada import RUTAS  # noqa: E402
from dashboard.gate.guardia import Guardia  # noqa: E402


def _calentar() -> None:
    """Importa y usa una vez lo pesado, para que la primera persona no lo pague."""
    import altair
    import pandas

    from dashboard.gate import indice
    from db.actions.usuarios import clave_de_nadie

    tabla = pandas.DataFrame({"x": [1], "y": [1]})
    altair.Chart(tabla).mark_bar().encode(x="x", y="y").to_dict()
    clave_de_nadie()
    indice.listo("br")
    _calentar_inicio()


def _calentar_inicio() -> None:
    """Deja calculado Inicio como se abre sin filtros; si algo falla, lo dirá la pantalla a quien la abra."""
    from dashboard import marco
    from dashboard.cache import ask
    from dashboard.ui import piezas, secciones  # noqa: F401  (lo que la pantalla importa)
    from dashboard.ui.vista_inicio import vista_inicio

    try:
        anio = ask(marco.contexto)["actual"]
        for oscuro in (False, True) if anio is not None else ():
            ask(vista_inicio, anio=anio, mes=None, ente_id=None, oscuro=oscuro)
    except Exception as error:
        falla(error)


def revisar_base() -> None:
    """Lanza `Problema` si la base es más nueva que el programa o le falta migrarse."""
    from db.migrar import al_dia, comprobar_conocida

    comprobar_conocida()
    if not al_dia():
        raise Problema("La base no está al día con esta versión del sistema.", "Corra: siem migrar")


@asynccontextmanager
async def arranque(_app: Any) -> AsyncIterator[None]:
    """Comprueba la base, calienta y congela: lo ya cargado no se vuelve a revisar en cada recolección."""
    revisar_base()
    _calentar()
    gc.collect()
    gc.freeze()
    apuntar("arranque", puerto=config.puerto())
    yield
    apuntar("paro")


def al_fallar(error: Exception) -> bool:
    """Lo que una pantalla no previó: a la persona, un folio; la causa, al registro."""
    if isinstance(error, Problema):
        st.error(str(error))
    else:
        st.error(f"Ocurrió un error. Folio: {falla(error)}")
    return True


app = st.App(
    Path(__file__).parent / "router.py",
    routes=RUTAS,
    middleware=[Middleware(Guardia)],
    lifespan=arranque,
    on_script_error=al_fallar,
)
