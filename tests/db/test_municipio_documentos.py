"""Lo que llevan los documentos y los días inhábiles propios: se validan y mueven los plazos."""

import io
from datetime import date

import pytest
from PIL import Image

from db.actions import municipio
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.models.municipio import Municipio
from db.queries import configuracion
from db.queries.reconducible import inhabiles
from db.rules.habiles import ultimo_habil
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor

PLANEACION = actor(Rol.PLANEACION)


def guardar(
    version: int = 1, numero: str = "", dias: str = "", aviso: int = 15, rol: Rol = Rol.PLANEACION
) -> None:
    quien = actor(rol)
    with writing(quien) as session:
        municipio.guardar_para_documentos(
            session,
            quien,
            version=version,
            numero_pbrm=numero,
            dias_inhabiles=dias,
            aviso_plazo_dias=aviso,
            logo=_logo(),
        )


def _logo() -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (32, 32), "#9D2449").save(salida, "PNG")
    return salida.getvalue()


@pytest.fixture
def fundado(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Municipio(nombre="Prueba"))


def test_los_dias_del_municipio_mueven_el_ultimo_dia_habil(fundado: None) -> None:
    guardar(numero="051", dias="31/12/2026\n30/12/2026\n\n31/12/2026")
    with reading() as session:
        assert configuracion.municipio(session)["numero_pbrm"] == "051"
        assert configuracion.municipio(session)["dias_inhabiles"] == ["2026-12-30", "2026-12-31"]
        assert ultimo_habil(2026, 12, inhabiles(session, 2026)) == date(2026, 12, 29)


def test_lo_que_no_vale_se_dice_en_su_campo_y_nadie_pisa_a_otro(fundado: None) -> None:
    for mal, campo in (
        ({"numero": "abc"}, "numero_pbrm"),
        ({"dias": "31/02/2026"}, "dias_inhabiles"),
        ({"aviso": 366}, "aviso_plazo_dias"),
        ({"aviso": -1}, "aviso_plazo_dias"),
    ):
        with pytest.raises(Problema) as problema:
            guardar(**mal)
        assert problema.value.campo == campo
    guardar()
    with pytest.raises(Conflicto):
        guardar(version=1)
    with pytest.raises(SinPermiso):
        guardar(version=2, rol=Rol.ENLACE)


def test_sin_municipio_se_dice(base_sqlite: str) -> None:
    with pytest.raises(Problema, match="Aún no hay municipio"):
        guardar(version=0)
