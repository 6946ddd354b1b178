"""La sesión en pantalla: la unidad elige material de listas y lo congela al convocar; los demás miran."""

from datetime import timedelta

from dashboard.ui.captura_material import CLASES
from db.actions.sesiones import programar
from db.engine import reading, writing
from db.queries.adjuntos import SESION, adjuntos
from db.queries.municipio import hoy
from db.queries.reconducible import inhabiles
from db.queries.sesiones import sesiones
from db.rules.habiles import habil_despues
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.pages.ayuda import abrir, textos


def test_el_material_se_elige_y_se_congela_sin_escribir_una_clave(base_demo: str) -> None:
    with reading() as session:
        cual = next(s["id"] for s in sesiones(session) if s["estado"] == "convocada")
    at = abrir("sesiones", Rol.PLANEACION, sesion=str(cual))
    at.session_state["sesion_material"] = True
    at.run()
    assert not at.exception
    assert "Congelar cinco copias y la carpeta" in [b.label for b in at.main.button]
    que = next(s for s in at.selectbox if s.label == "Qué")
    assert {"Ficha de un programa", "Ficha de un eje", "Una reconducción"} <= set(que.options)
    que.set_value("nodo").run()
    cuales = next(s for s in at.selectbox if s.label == "Cuál")
    assert not at.exception and cuales.options[0].startswith("Ficha del eje 1")
    assert set(CLASES.values()) >= set(que.options)

    at = abrir("sesiones", Rol.COPLADEM, sesion=str(cual))
    assert not at.exception and not [b for b in at.main.button if "Congelar" in b.label]


def test_al_convocar_queda_la_carpeta_en_pdf(base_demo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        lejos = hoy(session) + timedelta(days=20)
        dia = habil_despues(lejos, 1, inhabiles(session, lejos.year))
        (cual,) = programar(session, LINEA_DE_COMANDOS, comite_id=1, tipo="extraordinaria", dias=[dia])
    at = abrir("sesiones", Rol.PLANEACION, sesion=str(cual))
    at.session_state["sesion_convocar"] = True
    at.run()
    next(b for b in at.main.button if b.label == "Convocar").click().run()
    assert not at.exception and "convocada" in at.title[0].value
    at.session_state[f"_copias_{cual}"].esperar(60)
    at.run()
    with reading() as session:
        (carpeta,) = adjuntos(session, asunto=SESION, referencia=str(cual))
    assert not at.exception and f"/evidencia/{carpeta['id']}" in textos(at)


def test_las_actas_dicen_su_estado_y_lo_que_falta_ante_la_guia(base_demo: str) -> None:
    at = abrir("sesiones", Rol.CONTRALORIA, parte="actas")
    assert not at.exception
    with reading() as session:
        hechas = [s for s in sesiones(session) if s["estado"] == "cerrada"]
    assert at.dataframe[0].value["Sesión"].to_list() == [s["nombre"] for s in reversed(hechas)]
    assert "Acta de instalación" in textos(at) and "falta firmarla" in textos(at)
