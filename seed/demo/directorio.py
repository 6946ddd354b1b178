"""Los puestos y el personal de cuatro dependencias de la demostración; todos los nombres son inventados."""

from random import Random

from sqlmodel import Session

from db.actions import directorio
from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import SEMILLA
from seed.demo.copladem import APELLIDOS, HOMBRES, MUJERES
from seed.demo.estructura import Base

DEPENDENCIAS = ("F00", "H00", "Q00", "I01")
PUESTOS = (
    ("Titular", 1, 1, None),
    ("Coordinación técnica", 2, 1, 0),
    ("Coordinación administrativa", 2, 1, 0),
    ("Supervisión de campo", 3, 2, 1),
    ("Auxiliar", 4, 4, 2),
)
"""Nombre, nivel, plazas y el lugar de aquel a quien reporta."""
VACANTES = frozenset({("H00", 3), ("I01", 2)})


def crear(base: Base) -> dict[str, list[int]]:
    """Las personas por dependencia, como quedaron sus ids."""
    azar, actor = Random(SEMILLA + 41), base.actores[Rol.PLANEACION]
    with writing(actor) as session:
        return {clave: _una(session, base, azar, clave) for clave in DEPENDENCIAS}


def _una(session: Session, base: Base, azar: Random, clave: str) -> list[int]:
    actor, area = base.actores[Rol.PLANEACION], base.dependencias["AYTO", clave, ""]
    personas: list[int] = []
    puestos: list[int] = []
    for n, (nombre, nivel, plazas, jefe) in enumerate(PUESTOS):
        ocupa = None
        if (clave, n) not in VACANTES:
            mujer = azar.random() < 0.5
            quien = azar.choice(MUJERES if mujer else HOMBRES)
            datos = {
                "nombre": f"{quien} {azar.choice(APELLIDOS)} {azar.choice(APELLIDOS)}",
                "sexo": "mujer" if mujer else "hombre",
                "cargo": nombre,
                "dependencia_id": area,
                "activa": True,
            }
            ocupa = directorio.guardar_persona(session, actor, persona_id=None, version=0, datos=datos)
            personas.append(ocupa)
        puesto = {
            "dependencia_id": area,
            "nombre": nombre,
            "nivel": nivel,
            "plazas": plazas,
            "reporta_a_id": None if jefe is None else puestos[jefe],
            "persona_id": ocupa,
            "activo": True,
        }
        puestos.append(directorio.guardar_puesto(session, actor, puesto_id=None, version=0, datos=puesto))
    return personas
