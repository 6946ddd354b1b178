"""Los registros en pantalla: cada parte abre, cada ficha dibuja lo suyo y otro se abre desde aquí."""

from sqlalchemy import select

from db.base import tabla
from db.engine import reading
from db.models.encargos import Encargo
from db.models.estructura import Dependencia
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


def _primero(registro: str) -> str:
    e = tabla(Encargo).c
    with reading() as session:
        return str(session.execute(select(e.id).where(e.registro == registro).order_by(e.id)).scalar())


def test_cada_ficha_dibuja_lo_suyo(base_demo: str) -> None:
    for pagina, registro, dicho in (
        ("proyectos_estrategicos", "proyecto_estrategico", "El número es probabilidad por impacto"),
        ("mejoras", "mejora", "Qué se propone"),
        ("canales", "tema", "Aún no lo abren"),
        ("capacitacion", "curso", "constancias"),
    ):
        at = abrir(pagina, Rol.PLANEACION, encargo=_primero(registro))
        assert not at.exception and dicho in textos(at), pagina
    for parte in ("pasos", "avance_proyecto", "participan", "ligas", "evidencias", "historia"):
        encargo = _primero("proyecto_estrategico")
        at = abrir("proyectos_estrategicos", Rol.PLANEACION, encargo=encargo, parte=parte)
        assert not at.exception, parte


def test_las_partes_de_capacitacion_y_el_organigrama_abren(base_demo: str) -> None:
    for parte, dicho in (("cobertura", "1.4.3"), ("necesidades", "sin curso"), ("verificar", "Folio")):
        at = abrir("capacitacion", Rol.PLANEACION, parte=parte)
        assert not at.exception and dicho in textos(at), parte
    d = tabla(Dependencia).c
    with reading() as session:
        area = session.execute(select(d.id).where(d.clave == "F00", d.padre_id.is_(None))).scalar()
    at = abrir("directorio", Rol.PLANEACION, parte="puestos", unidad=str(area))
    assert not at.exception and "Cinco puestos" in textos(at)


def test_se_abre_un_estudio_y_lo_que_falta_se_dice_en_su_campo(base_demo: str) -> None:
    at = abrir("estudios", Rol.PLANEACION)
    at.session_state["abrir_estudio"] = True
    at.run()
    boton = next(b for b in at.main.button if b.label == "Registrar")
    boton.click().run()
    assert any("Falta «Título»" in e.value for e in at.error)
    next(t for t in at.main.text_input if t.label == "Título").set_value("Ruidos de noche")
    quien = next(s for s in at.main.selectbox if s.label == "Quién responde")
    quien.select_index(0)
    next(b for b in at.main.button if b.label == "Registrar").click().run()
    e = tabla(Encargo).c
    with reading() as session:
        assert (
            session.execute(select(e.folio).where(e.titulo == "Ruidos de noche")).scalar() == "EST-2026-006"
        )


def test_un_curso_ajeno_no_se_abre(base_demo: str) -> None:
    at = abrir("capacitacion", Rol.COPLADEM, encargo=_primero("curso"))
    assert "No tiene permiso" in textos(at)
