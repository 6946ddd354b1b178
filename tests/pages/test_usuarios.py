"""La pantalla de usuarios: crear, dar código, desactivar; y quien sólo mira, sólo mira."""

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.base import tabla
from db.engine import reading
from db.models.usuarios import RolUsuario, Usuario
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir, textos


def llenar(at: AppTest, cuenta: str, nombre: str, *roles: Rol) -> AppTest:
    at.main.text_input(key="usuarios_cuenta").set_value(cuenta)
    at.main.text_input(key="usuarios_nombre").set_value(nombre)
    at.multiselect(key="usuarios_roles").set_value(list(roles))
    crear = next(boton for boton in at.main.button if boton.label.startswith("Crear la cuenta"))
    return crear.click().run()


def cuentas() -> set[str]:
    with reading() as session:
        return set(session.execute(select(tabla(Usuario).c.cuenta)).scalars())


def test_crear_una_cuenta_ensena_su_codigo_una_vez(base_sqlite: str) -> None:
    at = llenar(abrir("usuarios", Rol.ADMINISTRACION), "ana.ruiz", "Ana", Rol.TESORERIA)
    assert not at.exception and "ana.ruiz" in cuentas()
    assert len(at.code) == 1 and len(at.code[0].value) == 23
    with reading() as session:
        assert at.code[0].value not in str(session.execute(select(tabla(Usuario))).all())
        assert Rol.TESORERIA in session.execute(select(tabla(RolUsuario).c.rol)).scalars().all()
    at.main.button(key="usuarios_anotado").click().run()
    assert not at.code


def test_un_dato_mal_puesto_se_dice_y_no_se_guarda(base_sqlite: str) -> None:
    at = abrir("usuarios", Rol.ADMINISTRACION)
    for cuenta, nombre, roles in (("a", "Ana", (Rol.TESORERIA,)), ("ana.ruiz", "", (Rol.TESORERIA,)),
                                  ("ana.ruiz", "Ana", ()), ("ana.ruiz", "Ana", (Rol.ENLACE,))):  # fmt: skip
        llenar(at, cuenta, nombre, *roles)
        assert at.error and not at.exception, (cuenta, nombre, roles)
    assert cuentas() == {"prueba.administracion"}


def test_el_doble_clic_no_crea_dos_ni_pierde_el_codigo(base_sqlite: str) -> None:
    at = abrir("usuarios", Rol.ADMINISTRACION)
    llenar(at, "ana.ruiz", "Ana", Rol.TESORERIA)
    codigo = at.code[0].value
    llenar(at, "ana.ruiz", "Ana", Rol.TESORERIA)
    assert "Ya existe la cuenta" in at.error[0].value and at.code[0].value == codigo


def test_contraloria_mira_pero_no_cambia(base_sqlite: str) -> None:
    at = abrir("usuarios", Rol.CONTRALORIA)
    assert len(at.dataframe) == 1 and not at.main.button and not at.main.text_input


def test_lo_escrito_por_una_persona_no_es_markdown(base_sqlite: str) -> None:
    malo = "[clic](http://malo.test) :red[alto] ![x](http://malo.test/x.png)"
    at = llenar(abrir("usuarios", Rol.ADMINISTRACION), "ana.ruiz", malo, Rol.TESORERIA)
    assert not any(malo in elemento.value for elemento in at.markdown)
    assert malo in at.dataframe[0].value.to_string()
    assert "malo" not in textos(at)
