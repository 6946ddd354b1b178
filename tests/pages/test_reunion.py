"""El modo reunión de cualquier pantalla, y las láminas de la sala con las cifras de Inicio."""

from db.engine import reading
from db.queries.sesiones import sesiones
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


def test_cualquier_pantalla_se_proyecta_y_se_sale(base_demo: str) -> None:
    at = abrir("acuerdos", Rol.PRESIDENCIA, vista="presentacion")
    assert not at.exception
    salir = next(b for b in at.main.button if b.label == "Salir del modo reunión")
    salir.click().run()
    assert "vista" not in at.query_params
    assert not any(b.label == "Salir del modo reunión" for b in at.main.button)


def test_inicio_conserva_su_propia_presentacion(base_demo: str) -> None:
    at = abrir("inicio", Rol.PRESIDENCIA, vista="presentacion")
    assert not any(b.label == "Salir del modo reunión" for b in at.main.button)


def test_las_laminas_llevan_el_plan_lo_rojo_y_cada_material(base_demo: str) -> None:
    with reading() as session:
        convocada = next(s for s in sesiones(session) if s["estado"] == "convocada")
    at = abrir("sesion", Rol.PLANEACION, sesion=str(convocada["id"]), vista="presentacion", lamina="2")
    assert not at.exception and "El plan" in textos(at)
    at.query_params["lamina"] = "3"
    at.run()
    assert "Requiere atención" in textos(at)
    at.query_params["lamina"] = "4"
    at.run()
    assert "Punto " in textos(at)

