"""La bitácora en pantalla: buscar, leer antes y después, y revisar la cadena."""

import pytest
from sqlalchemy import text

from dashboard.ui.bitacora import antes_y_despues, plazo
from db.audit import anotar
from db.engine import motor, reading, url_de_la_base, writing
from db.queries.bitacora import buscar
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.pages.ayuda import abrir


def anotar_muchas(cuantas: int) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        for numero in range(cuantas):
            anotar(session, "cargar", "carga", numero, archivo="=HYPERLINK(1)")


def test_se_busca_por_que_y_por_quien(base_sqlite: str) -> None:
    anotar_muchas(3)
    at = abrir("bitacora", Rol.CONTRALORIA)
    antes = len(at.dataframe[0].value)
    at.selectbox(key="bitacora_que").set_value("carga").run()
    assert not at.exception and len(at.dataframe[0].value) == 3 < antes
    at.selectbox(key="bitacora_quien").set_value("línea de comandos").run()
    assert set(at.dataframe[0].value["Quién"]) == {"línea de comandos"}
    at.main.text_input(key="bitacora_hasta").set_value("01/01/2020").run()
    assert at.info and not at.dataframe
    at.main.text_input(key="bitacora_hasta").set_value("ayer").run()
    assert "dd/mm/aaaa" in at.error[0].value


def test_nunca_salen_mas_de_doscientos_renglones(base_sqlite: str) -> None:
    anotar_muchas(450)
    at = abrir("bitacora", Rol.CONTRALORIA)
    primera = at.dataframe[0].value
    assert len(primera) == 200
    at.number_input(key="bitacora_hoja").set_value(3).run()
    ultima = at.dataframe[0].value
    assert not at.exception and 50 <= len(ultima) < 200
    assert max(ultima["Núm."]) < min(primera["Núm."])


def test_al_buscar_se_vuelve_a_la_primera_hoja(base_sqlite: str) -> None:
    anotar_muchas(450)
    at = abrir("bitacora", Rol.CONTRALORIA)
    at.number_input(key="bitacora_hoja").set_value(3).run()
    at.selectbox(key="bitacora_que").set_value("usuario").run()
    assert not at.exception and len(at.dataframe[0].value) >= 1


def test_el_antes_y_el_despues_se_leen(base_sqlite: str) -> None:
    abrir("inicio", Rol.CONTRALORIA)
    with reading() as session:
        renglon = next(r for r in buscar(session, entidad="usuario")["renglones"] if r["accion"] == "crear")
    datos = {fila["Dato"]: fila for fila in antes_y_despues(renglon)}
    assert datos["Cuenta"]["Antes"] is None and datos["Cuenta"]["Después"] == "prueba.contraloria"
    assert datos["Activa"]["Después"] == "sí"


def test_revisar_la_cadena_dice_si_alguien_la_altero(base_sqlite: str) -> None:
    at = abrir("bitacora", Rol.CONTRALORIA)
    at.main.button(key="bitacora_revisar").click().run()
    assert at.success and not at.error
    with motor(url_de_la_base(), True).begin() as conexion:
        for (nombre,) in conexion.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'")).all():
            conexion.execute(text(f"DROP TRIGGER {nombre}"))
        conexion.execute(text("UPDATE bitacora SET cuerpo = replace(cuerpo, 'prueba', 'otra') WHERE id = 1"))
    at.main.button(key="bitacora_revisar").click().run()
    assert "no está entera" in at.error[0].value and "renglón 1" in at.error[0].value


@pytest.mark.parametrize(
    ("desde", "hasta", "dias"), [("01/03/2026", "01/03/2026", 1), ("", "31/12/2026", None)]
)
def test_el_ultimo_dia_entra_completo(desde: str, hasta: str, dias: int | None) -> None:
    puesto = plazo(desde, hasta)
    assert puesto["hasta"] is not None
    if dias and puesto["desde"]:
        assert (puesto["hasta"] - puesto["desde"]).days == dias
        assert puesto["desde"].hour == 6, "medianoche en el centro de México"
