"""El servidor muere a media votación: lo contado queda, los demás votan al volver y nada se repite."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from db.base import tabla
from db.engine import reading
from db.models.sesiones import Votacion
from tests.aparte import aparte
from tests.sala.casa import Casa, casa
from tests.sala.convocar import convocar
from tests.sala.reunidos import Reunidos, guardado, votar

SON = 4


async def _votacion_con_muerte(una: Casa, todos: Reunidos) -> int:
    """Dos votan, el servidor muere con el tercer voto en el aire y se levanta; los votos que quedaron."""
    await todos.abrir()
    await todos.registrarse()
    todos.abrir_votacion()
    for n in (0, 1):
        await votar(todos.telefonos[n], "favor" if n % 3 else "contra")
    tercero = asyncio.create_task(votar(todos.telefonos[2], "favor"))
    await asyncio.sleep(0.05)
    una.matar()
    contados, _ = guardado()
    await asyncio.to_thread(una.levantar)
    await todos.vuelven()
    await tercero
    await votar(todos.telefonos[3], "contra")
    await todos.ven_la_cuenta()
    await todos.secretarias[1].toca("Cerrar la votación")
    for pestana in todos.todas:
        await pestana.lee("No se aprueba")
    await todos.cerrar()
    return contados


def test_matar_el_servidor_a_media_votacion_no_pierde_ni_repite_un_voto(
    base_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.setenv("SIEM_DATABASE_URL", base_sqlite)
    sesion_id, punto_id, _ = convocar(SON)
    with casa() as una:
        todos = Reunidos(una.url, sesion_id, punto_id, SON)
        contados = aparte(_votacion_con_muerte(una, todos))
    asientos, votos = guardado()
    assert contados >= 2
    assert (asientos, dict(votos)) == (SON, {"contra": 2, "favor": 2})
    assert not todos.errores
    with reading() as session:
        v = tabla(Votacion).c
        assert session.execute(select(v.a_favor, v.en_contra)).one() == (2, 2)
