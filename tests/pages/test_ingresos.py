"""Ingresos: la frase, la tabla por rubro y la base sin ingresos."""

from db.engine import reading
from db.queries.ingresos import ingresos, sumar
from db.rules.formato import moneda
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


def test_dice_si_esta_llegando_el_dinero(base_demo: str) -> None:
    at = abrir("ingresos", Rol.TESORERIA)
    assert not at.exception
    assert "previsto" in at.title[0].value
    tabla = at.dataframe[0].value
    assert list(tabla["Rubro"])[-1] == "Total" and "1 Impuestos" in list(tabla["Rubro"])
    with reading() as session:
        datos = ingresos(session, anio=2026, mes=None, ente_id=None)
    assert datos is not None
    assert list(tabla["Recaudado"])[-1] == moneda(sumar(datos["renglones"]).recaudado)


def test_la_suma_de_los_meses_es_lo_recaudado(base_demo: str) -> None:
    with reading() as session:
        datos = ingresos(session, anio=2026, mes=12, ente_id=1)
    assert datos is not None
    assert sum(recaudado for _, recaudado in datos["meses"].values()) == sumar(datos["renglones"]).recaudado


def test_sin_ingresos_dice_como_cargarlos(base_demo: str) -> None:
    at = abrir("ingresos", Rol.TESORERIA, ejercicio="2024")
    assert "Todavía no hay ingresos" in textos(at) and "Importar" in textos(at)
