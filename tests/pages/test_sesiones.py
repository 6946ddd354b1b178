"""La sesión convocada en pantalla: la unidad elige material de listas y congela; el integrante sólo mira."""

from dashboard.ui.captura_material import CLASES
from db.engine import reading
from db.queries.sesiones import sesiones
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir


def test_el_material_se_elige_y_se_congela_sin_escribir_una_clave(base_demo: str) -> None:
    with reading() as session:
        cual = next(s["id"] for s in sesiones(session) if s["estado"] == "convocada")
    at = abrir("sesiones", Rol.PLANEACION, sesion=str(cual))
    at.session_state["sesion_material"] = True
    at.run()
    assert not at.exception
    assert "Congelar cinco copias y la carpeta" in [b.label for b in at.button]
    que = next(s for s in at.selectbox if s.label == "Qué")
    assert {"Ficha de un programa", "Ficha de un eje", "Una reconducción"} <= set(que.options)
    que.set_value("nodo").run()
    cuales = next(s for s in at.selectbox if s.label == "Cuál")
    assert not at.exception and cuales.options[0].startswith("Ficha del eje 1")
    assert set(CLASES.values()) >= set(que.options)

    at = abrir("sesiones", Rol.COPLADEM, sesion=str(cual))
    assert not at.exception and not [b for b in at.button if "Congelar" in b.label]
