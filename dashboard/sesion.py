"""Quién está frente a la pantalla: se vuelve a leer de la base en cada corrida, nunca se guarda."""

import streamlit as st

from dashboard.gate.identidad import TERMINADA, leer
from db.actions.sesion import tocar
from db.engine import reading
from db.queries.usuarios import SesionAbierta, por_sid
from db.rules.permisos import Actor

FIN = (
    "<p role='alert'><strong>Su sesión terminó.</strong> "
    "<a href='/entrar' target='_self'>Entrar de nuevo</a></p>"
)


def sid_firmado() -> str | None:
    """El `sid` que firmó la guardia; None para quien llegó sin ella o sin sesión."""
    identidad = st.user.to_dict().get("id")
    return leer(identidad if isinstance(identidad, str) else None)


def abierta(*, usar: bool = True) -> SesionAbierta | None:
    """La sesión vigente, o None. `usar=False` no la mantiene viva (el latido no cuenta como uso)."""
    sid = sid_firmado()
    if sid is None or sid == TERMINADA:
        return None
    with reading() as session:
        hallada = por_sid(session, sid)
    if hallada is not None and usar:
        tocar(hallada)
    return hallada


def actor() -> Actor:
    """La persona que entró, con sus roles de este instante. Sin sesión, la corrida termina aquí."""
    vigente = abierta()
    if vigente is None:
        despedir()
    assert vigente is not None
    return vigente.actor


def despedir() -> None:
    """Termina la corrida: a quien tuvo sesión se le dice que terminó; al desconocido no se le dibuja nada."""
    if sid_firmado() is not None:
        st.html(FIN)
    st.stop()


RECIEN = "_sesion_recien_leida"


@st.fragment(run_every="30s")
def _latido() -> None:
    if not st.session_state.pop(RECIEN, False) and abierta(usar=False) is None:
        st.rerun(scope="app")


def latido() -> None:
    """Cada medio minuto comprueba que la sesión siga; si no, vuelve a correr todo y la pantalla se vacía."""
    # En la corrida completa el enrutador acaba de leerla: no se pregunta dos veces.
    st.session_state[RECIEN] = True
    _latido()
