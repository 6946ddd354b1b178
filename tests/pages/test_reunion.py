"""El modo reunión de cualquier pantalla, y las láminas de Inicio y de la sala con las mismas cifras."""

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import reading
from db.queries.sesiones import sesion, sesiones
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos

ANTERIOR, SIGUIENTE, SALIR = "reunion_antes", "reunion_despues", "reunion_salir"


def _pasar(at: AppTest, boton: str) -> AppTest:
    return at.button(key=boton).click().run()


def _convocada() -> int:
    with reading() as session:
        return int(next(s["id"] for s in sesiones(session) if s["estado"] == "convocada"))


def test_cualquier_pantalla_se_proyecta_y_se_sale(base_demo: str) -> None:
    at = abrir("acuerdos", Rol.PRESIDENCIA, vista="presentacion", acuerdo="1", lamina="<b>9")
    assert not at.exception and at.button(key=ANTERIOR).disabled
    _pasar(_pasar(at, SIGUIENTE), SIGUIENTE)
    assert at.query_params["lamina"] == "2"
    _pasar(_pasar(at, ANTERIOR), SALIR)
    assert "vista" not in at.query_params and "lamina" not in at.query_params
    assert not any(b.key == SALIR for b in at.button)


@pytest.mark.parametrize(
    ("pagina", "parte"), [("presupuesto", "adecuaciones"), ("conciliacion", "identidades"), ("guia", "lista")]
)
def test_proyectar_no_pierde_la_parte_que_se_veia(base_demo: str, pagina: str, parte: str) -> None:
    at = abrir(pagina, Rol.PLANEACION, vista="presentacion", parte=parte)
    assert not at.exception
    assert at.query_params["vista"] == "presentacion" and at.query_params["parte"] == parte


def test_inicio_se_recorre_lamina_por_lamina_y_la_sala_lleva_las_mismas(base_demo: str) -> None:
    at = abrir("inicio", Rol.PRESIDENCIA, vista="presentacion")
    assert "El plan" in textos(at) and at.button(key=ANTERIOR).disabled
    assert "debajo de su meta" in textos(_pasar(at, SIGUIENTE)) and at.query_params["lamina"] == "ejes"
    assert "Requiere atención" in textos(_pasar(at, SIGUIENTE)) and at.button(key=SIGUIENTE).disabled
    _pasar(at, SALIR)
    assert "vista" not in at.query_params
    _sala_con_todo(_convocada())


def _sala_con_todo(cual: int) -> None:
    with reading() as session:
        una = sesion(session, sesion_id=cual)
    assert una is not None
    clases = {m["clase"]: m["id"] for p in una["puntos"] for m in p["materiales"]}
    assert {"programa", "nodo", "pesos", "reconduccion", "obras"} <= clases.keys()
    dicen = {
        "plan": "El plan",
        "atencion": "Requiere atención",
        f"material-{clases['programa']}": "de lo programado al corte",
        f"material-{clases['nodo']}": "de lo programado al corte",
        f"material-{clases['pesos']}": "Desde ",
        f"material-{clases['reconduccion']}": "Reconducción de ",
        f"material-{clases['obras']}": "por puntaje",
        "material-0": "Registro de asistencia",
    }
    at = abrir("sesion", Rol.PLANEACION, sesion=str(cual), vista="presentacion")
    for lamina, dice in dicen.items():
        at.query_params["lamina"] = lamina
        at.run()
        assert not at.exception and dice in textos(at), lamina
