"""El acuerdo en pantalla: se asienta lo que aprueba y las dos fichas se citan; el tablero dice su edad."""

from db.engine import reading
from db.queries.aprobacion import acuerdos_votados, por_aprobar
from db.rules.acuerdos import TRAMOS
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


def test_se_asienta_lo_que_un_acuerdo_aprueba_y_las_dos_fichas_lo_dicen(base_demo: str) -> None:
    with reading() as session:
        cual = next(iter(acuerdos_votados(session)))
        que = next(f for f in por_aprobar(session) if f["que"] == "reconduccion")
    at = abrir("acuerdos", Rol.PLANEACION, acuerdo=str(cual))
    at.session_state["que_aprueba"] = True
    at.run()
    next(b for b in at.main.button if b.label == "Asentarlo").click().run()
    assert "Elija de la lista" in at.error[0].value
    next(s for s in at.selectbox if s.label == "Con él se aprueba").set_value(("reconduccion", que["id"]))
    next(b for b in at.main.button if b.label == "Asentarlo").click().run()
    assert not at.exception and not at.error
    with reading() as session:
        assert que["id"] not in [f["id"] for f in por_aprobar(session) if f["que"] == "reconduccion"]
    at = abrir("reconducciones", Rol.PLANEACION, solicitud=str(que["id"]))
    assert not at.exception and "Acuerdo del comité:" in " ".join(h.value for h in at.get("html"))


def test_quien_no_coordina_no_asienta_nada(base_demo: str) -> None:
    with reading() as session:
        cual = next(iter(acuerdos_votados(session)))
    at = abrir("acuerdos", Rol.CONTRALORIA, acuerdo=str(cual))
    assert not at.exception and "Asentar qué aprueba" not in textos(at)


def test_el_tablero_dice_cuantos_hay_de_cada_edad(base_demo: str) -> None:
    at = abrir("acuerdos", Rol.PRESIDENCIA)
    assert [m.label for m in at.metric] == list(TRAMOS)
    assert sum(int(m.value) for m in at.metric) == len(at.dataframe[0].value)
