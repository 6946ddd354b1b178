"""El diagnóstico de los programas que tienen árbol: FODA de cada dependencia y quién gana o pierde."""

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.diagnostico import DescripcionPrograma, Involucrado, PosturaInvolucrado
from db.models.programas import Programa
from db.queries.diagnostico import generales
from seed.demo.calendario import ACTUAL
from seed.demo.estructura import Base

CLAVES = ("01070101", "02010101", "02020301", "02020401", "02060805", "03050103")
P = PosturaInvolucrado
GRUPOS = (
    ("Comités vecinales", "Que llegue a su colonia", "Se atiende primero a la cabecera", P.A_FAVOR, 4),
    ("Comercio establecido", "Que la obra no cierre la calle", "Las obras se alargan", P.INDIFERENTE, 3),
    ("Prestadores sin permiso", "Seguir trabajando como hasta hoy", "La regulación es cara", P.EN_CONTRA, 2),
)


def crear(session: Session, base: Base) -> None:
    """En el ejercicio en curso y en el ayuntamiento; deja un programa sin escribir, para que se note."""
    g = tabla(Programa).c
    filas = session.execute(
        select(g.id, g.clave, g.nombre).where(g.anio == ACTUAL, g.clave.in_(CLAVES)).order_by(g.clave)
    ).all()
    ente = base.entes["AYTO"]
    for fila in filas[:-1]:
        for dependencia_id in generales(session, programa_id=fila.id, ente_id=ente):
            session.add(_descripcion(fila.id, dependencia_id, fila.nombre))
        for orden, (grupo, interes, problema, postura, fuerza) in enumerate(GRUPOS, start=1):
            session.add(
                Involucrado(
                    programa_id=fila.id,
                    ente_id=ente,
                    orden=orden,
                    grupo=grupo,
                    interes=interes,
                    problema=problema,
                    recursos="Su participación en los consejos",
                    postura=postura,
                    fuerza=fuerza,
                )
            )
    session.flush()


def _descripcion(programa_id: int, dependencia_id: int, nombre: str) -> DescripcionPrograma:
    tema = nombre[:1].lower() + nombre[1:]
    return DescripcionPrograma(
        programa_id=programa_id,
        dependencia_id=dependencia_id,
        fortalezas=f"Personal con experiencia en {tema} y padrón actualizado de lo que se atiende.",
        oportunidades="Fondos federales etiquetados y convenios vigentes con el estado.",
        debilidades="Equipo con más de diez años de uso y reportes que aún llegan por teléfono.",
        amenazas="Temporada de lluvias más larga y crecimiento de colonias sin servicios.",
        estrategias="Atender por ruta, empezar por las colonias más rezagadas y medir cada mes.",
        poblacion_potencial="Habitantes de las 34 localidades del municipio",
        poblacion_objetivo="Habitantes de las 12 localidades con mayor rezago",
    )
