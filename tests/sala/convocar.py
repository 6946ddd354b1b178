"""Un comité con su sesión convocada para hoy: lo que una sala necesita antes de abrirse."""

from datetime import date

from sqlmodel import Session

from db.actions import comites, sesiones
from db.base import ahora
from db.engine import writing
from db.models.usuarios import RolUsuario, Usuario
from db.queries.reconducible import inhabiles
from db.rules.habiles import habil_despues
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from tests.db import mundo

PLANEACION = Actor(None, "planeacion", "Planeación", (Asignacion(Rol.PLANEACION),))
PRIMERA = 100
"""Con qué número de usuario empiezan los integrantes."""


def de(n: int) -> Actor:
    """El actor del integrante n."""
    return Actor(PRIMERA + n, f"vocal{n}", f"Integrante {n}", (Asignacion(Rol.COPLADEM),))


def convocar(votantes: int) -> tuple[int, int, list[int]]:
    """Un comité de tantos votos con su sesión convocada: (sesión, el punto que se vota, integrantes)."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for n in range(votantes):
            session.add(Usuario(id=PRIMERA + n, cuenta=f"vocal{n}", nombre=f"I {n}", creada_en=ahora()))
            session.flush()
            session.add(RolUsuario(usuario_id=PRIMERA + n, rol=Rol.COPLADEM))
    with writing(PLANEACION) as session:
        datos = {"clase": "coplademun", "nombre": "COPLADEMUN", "siglas": "COP"}
        comite = comites.guardar_comite(session, PLANEACION, comite_id=None, version=0, datos=datos)
        hechos = [_integrante(session, comite, n) for n in range(votantes)]
        dia = habil_despues(ahora().date(), 2, inhabiles(session, ahora().year))
        (cual,) = sesiones.programar(session, PLANEACION, comite_id=comite, tipo="extraordinaria", dias=[dia])
        punto = sesiones.agregar_punto(session, PLANEACION, sesion_id=cual, titulo="Obras")
        sesiones.convocar(session, PLANEACION, sesion_id=cual, version=1, aviso_corto="Medición")
    return cual, punto, hechos


def _integrante(session: Session, comite: int, n: int) -> int:
    """El titular acreditado de un asiento con voto; el primero preside."""
    desde = date(2026, 1, 1)
    suyo = {"cargo": "vocal" if n else "presidente", "sector": "social", "representa": f"O {n}"}
    asiento = comites.guardar_asiento(
        session,
        PLANEACION,
        comite_id=comite,
        asiento_id=None,
        version=0,
        datos=suyo | {"voz": True, "voto": True, "desde": desde, "orden": n},
    )
    quien = {"nombre": f"Integrante {n}", "usuario_id": PRIMERA + n}
    persona = comites.guardar_persona(session, PLANEACION, persona_id=None, version=0, datos=quien)
    i = comites.proponer(
        session, PLANEACION, asiento_id=asiento, persona_id=persona, calidad="titular", desde=desde
    )
    comites.acreditar(session, PLANEACION, integrante_id=i, version=1, acreditacion="OF", dia=desde)
    return i
