"""Lo que una corrida dejó en la fila llega a su pantalla aunque ya corra otra, y nada de la que se detuvo."""

from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from dashboard.corridas import conservar_lo_dibujado
from tests.aparte import aparte
from tests.pages.ayuda import ENRUTADOR


@pytest.fixture(autouse=True)
def sin_correr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corredores que no corren nada."""
    conservar_lo_dibujado()
    monkeypatch.setattr(app_session, "ScriptRunner", lambda **_: MagicMock())


def repeticiones(pasa: Callable[[AppSession, MagicMock], None]) -> int:
    """Cuántos avisos de repetirse llegan a la pantalla si, con una corrida terminada, ocurre `pasa`."""

    async def una() -> int:
        pantalla = AppSession(ScriptData(str(ENRUTADOR)), MagicMock(), MagicMock(), None, {})
        pantalla._create_scriptrunner(MagicMock())
        anterior = pantalla._scriptrunner
        assert isinstance(anterior, MagicMock)
        pasa(pantalla, anterior)
        return sum(m.WhichOneof("type") == "auto_rerun" for m in pantalla.flush_browser_queue())

    return aparte(una())


def avisar(pantalla: AppSession, quien: MagicMock | None) -> None:
    """Le llega a la pantalla, de la fila, «repítete cada segundo y medio»."""
    mensaje = ForwardMsg()
    mensaje.auto_rerun.interval, mensaje.auto_rerun.fragment_id = 1.5, "viva"
    pantalla._handle_scriptrunner_event_on_event_loop(quien, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, mensaje)


def test_lo_que_dejo_en_la_fila_la_corrida_terminada_no_se_pierde() -> None:
    def pasa(pantalla: AppSession, anterior: MagicMock) -> None:
        pantalla._create_scriptrunner(MagicMock())  # llegó la repetición de un fragmento
        avisar(pantalla, anterior)

    assert repeticiones(pasa) == 1


def test_el_fin_de_la_anterior_no_quita_a_la_que_corre() -> None:
    def pasa(pantalla: AppSession, anterior: MagicMock) -> None:
        pantalla._create_scriptrunner(MagicMock())
        pantalla._handle_scriptrunner_event_on_event_loop(anterior, ScriptRunnerEvent.SHUTDOWN)
        avisar(pantalla, pantalla._scriptrunner)

    assert repeticiones(pasa) == 1


def test_de_una_corrida_que_se_detuvo_no_se_dibuja_nada() -> None:
    def pasa(pantalla: AppSession, anterior: MagicMock) -> None:
        pantalla._scriptrunner = None  # la persona tocó algo: se le pidió parar
        pantalla._create_scriptrunner(MagicMock())
        avisar(pantalla, anterior)

    assert repeticiones(pasa) == 0


def test_cuando_la_nueva_ya_empezo_de_la_anterior_no_se_dibuja_nada() -> None:
    def pasa(pantalla: AppSession, anterior: MagicMock) -> None:
        pantalla._create_scriptrunner(MagicMock())
        avisar(pantalla, pantalla._scriptrunner)
        avisar(pantalla, anterior)

    assert repeticiones(pasa) == 1
