"""Abrir cualquier pantalla como cualquier rol, sin navegador ni contraseña."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select
from streamlit.testing.v1 import AppTest

from dashboard.gate.identidad import firmar
from dashboard.pages_map import PAGES
from db.actions.usuarios import huella_de
from db.base import ahora, tabla
from db.engine import writing
from db.models.estructura import Dependencia
from db.models.municipio import Ente
from db.models.usuarios import RolUsuario, Sesion, Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Rol

ENRUTADOR = Path(__file__).parents[2] / "dashboard" / "router.py"
SEGUNDOS = 30


def abrir_sesion(
    *roles: Rol, cuenta: str | None = None, ente_id: int | None = None, dependencia_id: int | None = None
) -> str:
    """Crea una cuenta con esos roles y una sesión abierta en la base de la prueba. Devuelve su `sid`."""
    momento = ahora()
    nombre = cuenta or "prueba." + ".".join(rol.value for rol in roles)
    sid = huella_de(f"{nombre}{momento}")[:20]
    with writing(LINEA_DE_COMANDOS) as session:
        usuario_id = session.execute(
            select(tabla(Usuario).c.id).where(tabla(Usuario).c.cuenta == nombre)
        ).scalar()
        if usuario_id is None:
            usuario = Usuario(cuenta=nombre, nombre=f"Persona {nombre}", creada_en=momento)
            session.add(usuario)
            session.flush()
            usuario_id = usuario.id
            for rol in roles:
                session.add(
                    RolUsuario(usuario_id=usuario_id, rol=rol, ente_id=ente_id, dependencia_id=dependencia_id)
                )
        session.execute(
            insert(tabla(Sesion)).values(
                sid=sid, testigo_hash=huella_de(sid), usuario_id=usuario_id, creada_en=momento,
                usada_en=momento, vence_en=momento + timedelta(hours=12), ip="127.0.0.1", agente="prueba",
            )
        )  # fmt: skip
    return sid


def alcance_de_enlace() -> tuple[int | None, int | None]:
    """Un ente y una dependencia suya que ya existan en la base, para probar como enlace."""
    with writing(LINEA_DE_COMANDOS) as session:
        d = tabla(Dependencia).c
        fila = session.execute(select(d.ente_id, d.id).order_by(d.id).limit(1)).first()
        if fila:
            return fila.ente_id, fila.id
        return session.execute(select(tabla(Ente).c.id).limit(1)).scalar(), None


def aplicacion(identidad: str | None = None, **parametros: str) -> AppTest:
    """La aplicación lista para correr con esa cabecera de identidad (None: nadie)."""
    at = AppTest.from_file(str(ENRUTADOR), default_timeout=SEGUNDOS)
    at.user = {} if identidad is None else {"id": identidad}
    for nombre, valor in parametros.items():
        at.query_params[nombre] = valor
    return at


def abrir(pagina: str, *roles: Rol, sid: str | None = None, **parametros: str) -> AppTest:
    """Corre la pantalla `pagina` («inicio», «plan», …) como una persona con esos roles.

    >>> at = abrir("inicio", Rol.PRESIDENCIA, ejercicio="2026")
    >>> assert not at.exception
    """
    if sid is None:
        ente_id, dependencia_id = alcance_de_enlace() if Rol.ENLACE in roles else (None, None)
        sid = abrir_sesion(*roles, ente_id=ente_id, dependencia_id=dependencia_id)
    at = aplicacion(firmar(sid), **parametros)
    spec = next(una for una in PAGES if una.direccion == pagina)
    if not spec.inicial:
        at.switch_page(str(spec.ruta))
    return at.run()


def textos(at: AppTest) -> str:
    """Todo lo que la pantalla dice, junto, para buscar en él."""
    partes: list[str] = []
    for bloque in at.main, at.sidebar:
        for elemento in bloque:
            for atributo in ("label", "value", "body"):
                valor = getattr(elemento, atributo, None)
                if isinstance(valor, str):
                    partes.append(valor)
    return "\n".join(dict.fromkeys(partes))
