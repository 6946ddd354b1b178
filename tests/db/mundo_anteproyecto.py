"""El municipio mínimo con su anteproyecto 2027 abierto: dos dependencias, un proyecto en cada una."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db.actions.anteproyecto import fijar_techos, guardar_partidas
from db.actions.anteproyecto_apertura import abrir_anteproyecto
from db.actions.anteproyecto_cierre import firmar
from db.engine import reading, writing
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Titular
from db.models.programas import ProyectoEjecutado
from db.queries import anteproyecto as lee
from db.queries.programas import proyectos
from db.rules.anteproyecto import PAPELES, Propuesta, calendarizar, tipo_de_gasto
from db.rules.permisos import Actor, Rol
from tests.conftest import actor
from tests.db import mundo

ANIO = 2027
PLANEACION, TESORERIA = actor(Rol.PLANEACION), actor(Rol.TESORERIA)
ENLACE = actor(Rol.ENLACE, 1, 1)
"""De la dependencia general A00."""

A00, B00, AUXILIAR_A, AUXILIAR_B = 1, 2, 11, 12
PARTIDAS = {"1000": "", "1100": "1000", "1110": "1100", "1130": "1100", "2110": "2100", "6120": "6100"}
FUENTES = {"11": "1", "15": "1", "25": "2"}


def fundar(session: Session) -> None:
    """`mundo.fundar`, con catálogos, proyectos ejecutados de 2026 y un titular por dependencia."""
    mundo.fundar(session)
    for cual, claves in ((NombreCatalogo.OBJETO_GASTO, PARTIDAS), (NombreCatalogo.FUENTE, FUENTES)):
        for orden, (clave, padre) in enumerate(claves.items()):
            session.add(
                EntradaCatalogo(
                    catalogo=cual, clave=clave, padre=padre, nombre=f"Concepto {clave}", orden=orden
                )
            )
    for proyecto_id, auxiliar in ((1, AUXILIAR_A), (2, AUXILIAR_B)):
        session.add(ProyectoEjecutado(ente_id=1, proyecto_id=proyecto_id, dependencia_id=auxiliar))
    for dependencia in (A00, B00):
        session.add(
            Titular(
                id=dependencia,
                dependencia_id=dependencia,
                nombre=f"Titular {dependencia}",
                cargo="Titular de prueba",
                desde=date(2025, 1, 1),
            )
        )
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        # `mundo` pone los ids a mano y la secuencia no se entera.
        for tabla in ("programa", "proyecto"):
            session.execute(text(f"SELECT setval('{tabla}_id_seq', 100)"))


def abrir() -> int:
    """Funda y abre el anteproyecto 2027; devuelve el id de la etapa."""
    with writing(PLANEACION) as session:
        fundar(session)
    with writing(TESORERIA) as session:
        return abrir_anteproyecto(session, TESORERIA, anio=ANIO, ente_id=1)


def proyecto(numero: int = 1) -> int:
    """El id del proyecto de 2027 con esa terminación."""
    with reading() as session:
        return proyectos(session, ANIO)[f"01020401010{numero}"]


def techar(etapa_id: int, quien: Actor = TESORERIA, **techos: Any) -> None:
    """Fija techos en centavos: A00=…, B00=…, A00_1000=… (None lo quita)."""
    ids = {"A00": A00, "B00": B00}
    pedidos = {(ids[llave[:3]], llave[4:]): monto for llave, monto in techos.items()}
    with writing(quien) as session:
        firma = lee.huella_de_techos(lee.techos(session, etapa_id))
        fijar_techos(session, quien, etapa_id=etapa_id, techos=pedidos, firma=firma)


def propuesta(anual: int, partida: str = "1130", fuente: str = "11") -> Propuesta:
    """Una partida pareja en doce meses."""
    return Propuesta(fuente, partida, calendarizar(anual), tipo_de_gasto(partida))


def proponer(
    etapa_id: int,
    *propuestas: Propuesta,
    quien: Actor = PLANEACION,
    auxiliar: int = AUXILIAR_A,
    numero: int = 1,
) -> None:
    """Deja las partidas de un proyecto en una auxiliar."""
    proyecto_id = proyecto(numero)
    with writing(quien) as session:
        antes = lee.partidas(session, etapa_id, auxiliar_id=auxiliar, proyecto_id=proyecto_id)
        guardar_partidas(
            session,
            quien,
            etapa_id=etapa_id,
            auxiliar_id=auxiliar,
            proyecto_id=proyecto_id,
            propuestas=propuestas,
            firma=lee.huella_de(antes),
        )


def firmar_todo(etapa_id: int, dependencia_id: int = A00) -> None:
    """Las tres firmas de una dependencia, en su orden."""
    for papel, quien in zip(PAPELES, (PLANEACION, TESORERIA, PLANEACION), strict=True):
        with writing(quien) as session:
            filas = lee.partidas(session, etapa_id, general_id=dependencia_id)
            firmar(
                session,
                quien,
                etapa_id=etapa_id,
                dependencia_id=dependencia_id,
                papel=papel,
                titular_id=dependencia_id,
                huella=lee.huella_de(filas),
            )
