"""Una sesión en tres navegadores a la vez: quien la lleva, la pantalla y el teléfono de una integrante."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions import comites, sesiones
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.sesiones import SesionComite, Voto
from db.models.usuarios import Usuario
from db.queries.acta import acta
from db.queries.reconducible import inhabiles
from db.rules.formato import en_zona
from db.rules.habiles import habil_despues
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.browser.conftest import ESCRITORIO, SEGUNDOS, TELEFONO, Servidor, levantar
from tests.conftest import actor
from tests.db import mundo
from tests.pages.ayuda import abrir_sesion

pytestmark = pytest.mark.navegador

PLANEACION = actor(Rol.PLANEACION)
ASIENTOS = (
    ("presidente", "Presidencia", False),
    ("vocal", "Consejo vecinal", True),
    ("vocal", "Obras", False),
)


@pytest.fixture
def sala(base_sqlite: str, tmp_path: Any) -> Iterator[Servidor]:
    """Un comité de tres votos, uno con cuenta, y su sesión convocada."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    abrir_sesion(Rol.COPLADEM)
    with reading() as session:
        u = tabla(Usuario).c
        cuenta = session.execute(select(u.id).where(u.cuenta == "prueba.copladem")).scalar_one()
    with writing(PLANEACION) as session:
        datos = {"clase": "coplademun", "nombre": "COPLADEMUN", "siglas": "COP"}
        comite_id = comites.guardar_comite(session, PLANEACION, comite_id=None, version=0, datos=datos)
        desde = date(2026, 1, 1)
        for n, (cargo, representa, con_cuenta) in enumerate(ASIENTOS):
            suyo = {"cargo": cargo, "sector": "social", "representa": representa, "voz": True, "voto": True}
            asiento = comites.guardar_asiento(
                session,
                PLANEACION,
                comite_id=comite_id,
                asiento_id=None,
                version=0,
                datos=suyo | {"desde": desde, "orden": n},
            )
            quien = {"nombre": f"Persona {n}", "usuario_id": cuenta if con_cuenta else None}
            persona = comites.guardar_persona(session, PLANEACION, persona_id=None, version=0, datos=quien)
            i = comites.proponer(
                session, PLANEACION, asiento_id=asiento, persona_id=persona, calidad="titular", desde=desde
            )
            comites.acreditar(
                session, PLANEACION, integrante_id=i, version=1, acreditacion="OF", dia=date(2026, 1, 2)
            )
        hoy = en_zona(ahora()).date()
        dia = habil_despues(hoy, 2, inhabiles(session, hoy.year))
        (sesion_id,) = sesiones.programar(
            session, PLANEACION, comite_id=comite_id, tipo="extraordinaria", dias=[dia]
        )
        sesiones.agregar_punto(session, PLANEACION, sesion_id=sesion_id, titulo="Aprobar las obras")
        sesiones.convocar(session, PLANEACION, sesion_id=sesion_id, version=1)
    yield from levantar(base_sqlite, tmp_path)


def abrir(sala: Servidor, navegador: Any, rol: Rol, vista: str, tamano: dict[str, int]) -> Any:
    pagina = sala.entrar(navegador, rol, tamano=tamano)
    pagina.set_default_timeout(SEGUNDOS * 1000)
    pagina.goto(f"{sala.direccion}/sesion?sesion=1{vista}")
    return pagina


def quieta(pagina: Any) -> None:
    """Espera a que la pantalla termine la corrida que lo último empezó."""
    pagina.wait_for_timeout(250)
    pagina.locator("[data-test-script-state=notRunning]").first.wait_for(timeout=SEGUNDOS * 1000)


def toca(pagina: Any, rotulo: str) -> None:
    quieta(pagina)
    pagina.get_by_role("button", name=rotulo).first.click()
    quieta(pagina)


def abre(pagina: Any, rotulo: str) -> None:
    quieta(pagina)
    pagina.get_by_text(rotulo).first.click()
    quieta(pagina)


def test_una_sesion_entera_en_tres_pantallas(sala: Servidor, navegador: Any) -> None:
    secretaria = abrir(sala, navegador, Rol.PLANEACION, "", ESCRITORIO)
    proyector = abrir(sala, navegador, Rol.PRESIDENCIA, "&vista=presentacion", ESCRITORIO)
    telefono = abrir(sala, navegador, Rol.COPLADEM, "&vista=integrante", TELEFONO)
    with reading() as session:
        codigo = session.execute(select(tabla(SesionComite).c.codigo)).scalar_one()

    # Se registra con el código que la pantalla enseña; la secretaría anota a quien no trae teléfono.
    proyector.get_by_text(codigo).wait_for()
    telefono.get_by_label("Código que se ve en la sala").fill(codigo)
    telefono.keyboard.press("Enter")
    toca(telefono, "Estoy aquí")
    telefono.get_by_text("Está registrado").wait_for()
    proyector.get_by_text("1 de 3 con voto").first.wait_for()
    abre(secretaria, "Persona 0, Presidencia")
    toca(secretaria, "Guardar la lista")
    proyector.get_by_text("Hay quórum: 2 de 3 con voto").first.wait_for()
    toca(secretaria, "Declarar el quórum y abrir la sesión")
    toca(secretaria, "Empezar: 1.")
    toca(secretaria, "Concluir el punto")

    # El orden del día se vota a mano alzada y los demás puntos, por teléfono.
    toca(secretaria, "Empezar: 2.")
    abre(secretaria, "Someter a votación")
    abre(secretaria, "A mano alzada")
    toca(secretaria, "Abrir la votación")
    secretaria.get_by_label("A favor").fill("2")
    secretaria.keyboard.press("Enter")
    toca(secretaria, "Cerrar la votación")
    secretaria.get_by_text("Se aprueba").first.wait_for()
    toca(secretaria, "Concluir el punto")
    toca(secretaria, "Empezar: 3.")
    toca(secretaria, "Concluir el punto")
    toca(secretaria, "Empezar: 4.")
    abre(secretaria, "Someter a votación")
    toca(secretaria, "Abrir la votación")

    # A media votación se recargan las tres; nada se pierde, y el voto se cuenta una vez.
    proyector.get_by_text("¿Se aprueba «Aprobar las obras»?").first.wait_for()
    for pagina in (secretaria, proyector, telefono):
        pagina.reload()
    telefono.get_by_test_id("stButtonGroup").get_by_text("A favor").click()
    toca(telefono, "Votar: a favor")
    telefono.get_by_text("Su voto quedó contado").wait_for()
    proyector.get_by_text("Faltan 1 por votar").wait_for()
    toca(secretaria, "Cerrar la votación")
    proyector.get_by_text("Se aprueba: ✔ A favor 1").first.wait_for()

    # El acuerdo se ve como queda, y al clausurar el acta ya está.
    abre(secretaria, "Asentar un acuerdo")
    secretaria.get_by_label("Acuerdo", exact=True).fill("Publicar las obras aprobadas")
    secretaria.get_by_label("Responde la dependencia").click()
    secretaria.get_by_role("option", name="A00").first.click()
    toca(secretaria, "Asentar el acuerdo")
    proyector.get_by_text("EXT-01/01").first.wait_for()
    toca(secretaria, "Clausurar la sesión y levantar el acta")
    proyector.get_by_text("Sesión clausurada").wait_for()
    with reading() as session:
        assert len(session.execute(select(tabla(Voto).c.id)).all()) == 1
        hecha = acta(session, sesion_id=1)
    assert hecha is not None and hecha["estado"] == "borrador"
    assert [a["texto"] for a in hecha["contenido"]["acuerdos"]] == ["Publicar las obras aprobadas"]
