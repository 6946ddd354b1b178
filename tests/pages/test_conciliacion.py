"""La conciliación en pantalla: lo comprobado, lo que cambió entre dos cortes y sus observaciones."""

import pytest

from dashboard.ui.vista_cambios import en_csv
from db.engine import reading, writing
from db.queries.observaciones import de_asunto
from db.queries.presupuesto import MOMENTOS
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db.mundo import ANIO, fundar
from tests.db.test_presupuesto import clave, guardar
from tests.pages.ayuda import abrir, textos


def _un_corte() -> None:
    """Una clave en orden y otra que devengó más de lo autorizado."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        filas = [
            (0, 1, 100_00, 0, 0, 90_00, 80_00, 70_00, 60_00),
            (1, 1, 10_00, 0, 0, 30_00, 30_00, 0, 0),
        ]
        guardar(session, [clave(), clave("020101010101", "6141", "124")], filas, ente_id=1)


@pytest.mark.parametrize("parte", ["resumen", "identidades", "cambios", "eaepe", "observaciones"])
def test_cada_parte_abre_con_la_demostracion(base_demo: str, parte: str) -> None:
    at = abrir("conciliacion", Rol.TESORERIA, parte=parte)
    assert not at.exception
    assert at.title[0].value


def test_una_identidad_rota_es_el_titulo_y_lleva_a_sus_claves(base_sqlite: str) -> None:
    _un_corte()
    at = abrir("conciliacion", Rol.CONTRALORIA, ejercicio=str(ANIO))
    assert not at.exception and at.title[0].value == r"No cuadra con Tesorería\: Identidades de cada clave"
    at = abrir("conciliacion", Rol.CONTRALORIA, ejercicio=str(ANIO), parte="identidades")
    assert "Una clave rompe una identidad" in at.title[0].value
    mensajes = at.dataframe[0].value["Qué pasa"].tolist()
    assert any("comprometido ($30.00) es mayor que modificado ($10.00)" in m for m in mensajes)


def test_un_hallazgo_se_observa_y_queda_unido_a_el(base_sqlite: str) -> None:
    _un_corte()
    cual = "cuadre:programa:1"
    at = abrir("conciliacion", Rol.CONTRALORIA, ejercicio=str(ANIO), hallazgo=cual)
    assert not at.exception and "Suma por programa" in textos(at)
    at.session_state[f"observaciones_conciliacion_{cual}"] = True
    at.run()
    (texto,) = (area for area in at.text_area if area.label == "Nueva observación")
    texto.set_value("El proyecto *no* está en el catálogo.")
    next(b for b in at.main.button if b.label == "Hacer la observación").click().run()
    assert not at.exception
    with reading() as session:
        (hecha,) = de_asunto(session, ANIO, "conciliacion", cual)
    assert hecha["texto"] == "El proyecto *no* está en el catálogo."
    assert r"\*no\*" in textos(at)


def test_la_descarga_no_lleva_formulas_vivas() -> None:
    importes = dict.fromkeys((*MOMENTOS, "modificado"), (0, 1))
    renglon = en_csv([{"clave": "=HYPERLINK(1)", "tipo": "nueva", **importes}]).decode("utf-8-sig")
    assert renglon.splitlines()[1].startswith("'=HYPERLINK(1),nueva,0.00,0.01")
