"""Que una pantalla que se repite sola no se quede quieta cuando muchas se repiten a la vez.

Al terminar, una corrida deja en fila lo que dibujó. Si en ese instante llega la repetición de un fragmento,
Streamlit 1.67 pone otro corredor y desecha lo que el anterior aún tenía en la fila, también el aviso de cada
cuánto repetirse: esa pantalla ya no vuelve a leer (un comentario de `AppSession.request_rerun` lo cuenta).
"""

from typing import Any

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

ANTERIOR = "_siem_corredor_anterior"

_poner = AppSession._create_scriptrunner
_atender = AppSession._handle_scriptrunner_event_on_event_loop


def _poner_corredor(self: AppSession, datos: Any) -> None:
    # Es None si al anterior se le pidió parar: lo suyo sí se desecha, la corrida nueva lo dibuja todo.
    setattr(self, ANTERIOR, self._scriptrunner)
    _poner(self, datos)


def _atender_evento(self: AppSession, quien: Any, evento: ScriptRunnerEvent, *resto: Any) -> None:
    anterior = getattr(self, ANTERIOR, None)
    if quien is self._scriptrunner:
        setattr(self, ANTERIOR, None)  # La fila va en orden: del anterior ya no queda nada.
    elif anterior is not None and quien is anterior and evento is not ScriptRunnerEvent.SHUTDOWN:
        quien = self._scriptrunner
    _atender(self, quien, evento, *resto)


def conservar_lo_dibujado() -> None:
    """Hace que se atienda lo que el corredor anterior dejó en la fila. Llamarla dos veces no hace más."""
    AppSession._create_scriptrunner = _poner_corredor  # type: ignore[method-assign,assignment]
    AppSession._handle_scriptrunner_event_on_event_loop = _atender_evento  # type: ignore[method-assign,assignment]
