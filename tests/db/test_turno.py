"""El turno de los escritores: en orden de llegada, sin perder el candado cuando alguien se cansa."""

import threading
import time

from db.turno import Turno


def test_pasan_en_orden_de_llegada() -> None:
    turno, pasaron, hilos = Turno(), [], []
    assert turno.tomar(1)

    def entrar(cual: int) -> None:
        assert turno.tomar(10)
        pasaron.append(cual)
        turno.soltar()

    for n in range(8):
        hilos.append(threading.Thread(target=entrar, args=(n,)))
        hilos[-1].start()
        while turno.esperan <= n:
            time.sleep(0.001)
    turno.soltar()
    for hilo in hilos:
        hilo.join(10)
    assert pasaron == list(range(8))


def test_quien_se_cansa_deja_la_fila_y_el_turno_sigue() -> None:
    turno = Turno()
    assert turno.tomar(1)
    assert not turno.tomar(0.01)
    assert turno.esperan == 0
    turno.soltar()
    assert turno.tomar(0.01)
