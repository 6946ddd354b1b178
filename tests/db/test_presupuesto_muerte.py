"""Matar el proceso a media carga (kill −9): quedan cero renglones o todos, y se puede volver a cargar."""

import subprocess
import sys

import pytest
from sqlalchemy import func, select

from db.base import tabla
from db.engine import reading, writing
from db.models.bitacora import Bitacora, Carga
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    MovimientoPresupuesto,
    ResumenPresupuesto,
)
from db.queries.presupuesto_version import verificar_resumenes
from tests.db.test_presupuesto import DOS_CLAVES, FILAS, TESORERIA, ente, guardar

GUION = """
import os, signal, sys
from db.actions.presupuesto import guardar_corte
from db.engine import writing
from tests.db.test_presupuesto import ANIO, TESORERIA, clave, ente, movimientos
from db.models.bitacora import Carga
from db.base import ahora

def morir(momento):
    if momento == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

claves = [clave(partida=f"{n:04d}") for n in range(300)]
filas = [(n, mes, 100, 0, 0, 90, 80, 70, 60) for n in range(300) for mes in range(1, 13)]
with writing(TESORERIA) as session:
    carga = Carga(formato="presupuesto", archivo="p", sha256="", tamano=1, autor="x", cargada_en=ahora())
    session.add(carga)
    session.flush()
    guardar_corte(
        session, TESORERIA, ente_id=ente(session), anio=ANIO, carga=carga, claves=claves,
        movimientos=movimientos(filas), archivo="p", sha256="", al_avanzar=lambda _, que: morir(que),
    )
morir("confirmado")
"""

TABLAS = (Carga, ClavePresupuestaria, CortePresupuesto, MovimientoPresupuesto, ResumenPresupuesto, Bitacora)


def _cuentas() -> list[int]:
    with reading() as session:
        assert verificar_resumenes(session) is None
        return [session.execute(select(func.count()).select_from(tabla(t))).scalar_one() for t in TABLAS]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene SIGKILL")
@pytest.mark.parametrize(
    ("momento", "completa"),
    [("Presupuesto guardado", False), ("confirmado", True)],
)
def test_morir_a_media_carga_deja_todo_o_nada(base: str, momento: str, completa: bool) -> None:
    with writing(TESORERIA) as session:
        ente(session)
        guardar(session, DOS_CLAVES, FILAS)
    antes = _cuentas()
    hijo = subprocess.run([sys.executable, "-c", GUION, momento], capture_output=True, timeout=120)
    assert hijo.returncode == -9, hijo.stderr.decode()
    despues = _cuentas()
    assert despues == antes if not completa else despues[3] == antes[3] + 3_600
    with writing(TESORERIA) as session:
        assert guardar(session, DOS_CLAVES, FILAS).numero == (3 if completa else 2)
