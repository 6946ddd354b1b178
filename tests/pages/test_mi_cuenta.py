"""Mi cuenta: cada quien cambia su contraseña y la anterior deja de servir."""

from sqlalchemy import select, update

from db.actions.usuarios import cifrar_clave, comprobar_clave
from db.base import tabla
from db.engine import reading, writing
from db.models.usuarios import Sesion, Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.pages.ayuda import abrir, abrir_sesion

VIEJA, NUEVA = "caminos de tierra roja", "lluvia sobre el valle azul"


def _con_clave() -> None:
    abrir_sesion(Rol.ENLACE, cuenta="enlace.prueba")
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(tabla(Usuario)).values(clave_hash=cifrar_clave(VIEJA)))


def _hash() -> str | None:
    with reading() as session:
        u = tabla(Usuario).c
        return session.execute(select(u.clave_hash).where(u.cuenta == "enlace.prueba")).scalar_one()


def _cambiar(actual: str, nueva: str, otra_vez: str) -> str:
    at = abrir("mi_cuenta", sid=abrir_sesion(Rol.ENLACE, cuenta="enlace.prueba"))
    for clave, texto in (("actual", actual), ("nueva", nueva), ("otra_vez", otra_vez)):
        at.main.text_input(key=f"mi_cuenta_{clave}").set_value(texto)
    at.main.button[0].click().run()
    assert not at.exception
    return " ".join([*(e.value for e in at.error), *(s.value for s in at.success)])


def test_la_contrasena_nueva_sirve_y_la_vieja_ya_no(base_sqlite: str) -> None:
    _con_clave()
    assert "Contraseña cambiada" in _cambiar(VIEJA, NUEVA, NUEVA)
    assert comprobar_clave(NUEVA, _hash())
    assert not comprobar_clave(VIEJA, _hash())


def test_sin_la_actual_o_con_dos_distintas_no_cambia_nada(base_sqlite: str) -> None:
    _con_clave()
    assert "no es ésa" in _cambiar("otra que no es", NUEVA, NUEVA)
    assert "no son iguales" in _cambiar(VIEJA, NUEVA, NUEVA + "!")
    assert comprobar_clave(VIEJA, _hash())


def test_cerrar_todo_no_deja_ninguna_sesion(base_sqlite: str) -> None:
    at = abrir("mi_cuenta", sid=abrir_sesion(Rol.ENLACE, cuenta="enlace.prueba"))
    at.main.button[-1].click().run()
    with reading() as session:
        assert session.execute(select(Sesion).where(tabla(Sesion).c.cerrada_en.is_(None))).first() is None
