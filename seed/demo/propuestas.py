"""Propuestas ciudadanas en todos sus estados, y las obras que el COPLADEMUN de la demostración priorizó."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select, update
from sqlmodel import Session

from db.actions import obras, propuestas
from db.base import tabla
from db.engine import writing
from db.models.avisos import Aviso
from db.models.comites import Comite
from db.models.plan import NodoPlan
from db.models.propuestas import EstadoPropuesta, Propuesta
from db.queries import obras as lee
from db.queries.propuestas import propuestas as lee_propuestas
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL, HOY, SEMILLA, local
from seed.demo.estructura import Base

OPINIONES: tuple[tuple[str, str, str, str, str, str, str, str, int, str], ...] = (
    ("propuesta", "Red de agua en El Llano", "3.4",
     "Comité de agua de El Llano", "social", "El Llano",
     "Cambiar la tubería que se fuga en la entrada del pueblo.", "F00", 190, "aceptada"),
    ("propuesta", "Alumbrado en el camino a la escuela", "3.3",
     "Madres de familia de La Loma", "social", "La Loma",
     "Poner luminarias en el tramo que los niños caminan de noche.", "F00", 120, "atendida"),
    ("opinion", "Horario del mercado", "2.5", "Unión de locatarios", "privado", "Cabecera",
     "Que la descarga termine antes de las siete.", "L00", 60, "no_procede"),
    ("propuesta", "Prácticas profesionales en el municipio", "1.9",
     "Instituto tecnológico", "academico", "Cabecera",
     "Convenio para que los alumnos hagan sus prácticas en las dependencias.", "S00", 12, "en_analisis"),
    ("queja", "Baches en la avenida principal", "3.1", "Autoridades auxiliares", "social", "San Miguel",
     "Llevan desde las lluvias y ya hubo accidentes.", "F00", 40, "recibida"),
    ("propuesta", "Casa de día para personas mayores", "1.8",
     "Colectivo de mujeres del valle", "social", "Cabecera",
     "Usar el antiguo centro de salud.", "I01", 5, "recibida"),
)  # fmt: skip
CRITERIOS = (
    ("Rezago social de la localidad", Decimal(40)),
    ("Población beneficiada", Decimal(35)),
    ("Proyecto y permisos listos", Decimal(25)),
)
OBRAS = (
    ("Red de agua potable", "El Llano", 480_000_000, 1_850, "3.4", "Red de agua en El Llano"),
    ("Drenaje sanitario, segunda etapa", "San Miguel", 620_000_000, 2_400, "3.4", ""),
    ("Electrificación de calles sin servicio", "La Loma", 210_000_000, 640, "3.3", ""),
    ("Techado de la primaria", "La Loma", 165_000_000, 410, "1.9", ""),
    (
        "Pavimento del acceso",
        "San Miguel",
        540_000_000,
        3_900,
        "3.1",
        "Baches en la avenida principal",
    ),
    ("Cuartos dormitorio", "El Llano", 300_000_000, 150, "1.8", ""),
)
ELEGIDAS = 4
"""Cuántas aprobó el comité, en su orden."""


def crear(base: Base) -> None:
    """Seis opiniones y propuestas y seis obras calificadas, cuatro de ellas priorizadas por votación."""
    azar = Random(SEMILLA + 29)
    actor = base.actores[Rol.PLANEACION]
    with writing(actor) as session:
        c, n = tabla(Comite).c, tabla(NodoPlan).c
        comite = session.execute(select(c.id).where(c.siglas == "COPLADEMUN")).scalar_one()
        temas: dict[str, int] = {
            f.clave: f.id for f in session.execute(select(n.id, n.clave).where(n.nivel == 2))
        }
        for fila in OPINIONES:
            _opinion(session, base, comite, temas, *fila)
        obras.fijar_criterios(session, actor, comite_id=comite, anio=ACTUAL, criterios=CRITERIOS)
        origen = {p["tema"]: p for p in lee_propuestas(session)}
        hechas = [
            obras.proponer(
                session,
                actor,
                comite_id=comite,
                anio=ACTUAL,
                datos={
                    "nombre": nombre,
                    "localidad": localidad,
                    "fondo": "FAIS",
                    "costo": costo,
                    "beneficiarios": personas,
                    "dependencia_id": base.dependencias["AYTO", "F00", ""],
                    "nodo_id": temas[clave],
                    "propuesta_id": origen[tema]["id"] if tema else None,
                },
            )
            for nombre, localidad, costo, personas, clave, tema in OBRAS
        ]
        _priorizar(session, base, azar, comite, hechas)


def _opinion(
    session: Session,
    base: Base,
    comite: int,
    temas: dict[str, int],
    clase: str,
    tema: str,
    clave: str,
    quien: str,
    sector: str,
    lugar: str,
    texto: str,
    dependencia: str,
    dias: int,
    estado: str,
) -> None:
    actor, fecha = base.actores[Rol.PLANEACION], HOY - timedelta(days=dias)
    cual = propuestas.registrar(
        session,
        actor,
        datos={
            "clase": clase,
            "tema": tema,
            "quien": quien,
            "sector": sector,
            "lugar": lugar,
            "texto": texto,
            "fecha": fecha,
            "comite_id": comite,
            "nodo_id": temas[clave],
            "dependencia_id": base.dependencias["AYTO", dependencia, ""],
        },
    )
    # El aviso a quien responde lleva la fecha en que se turnó, no la de hoy.
    a, turnada = tabla(Aviso), local(fecha, 13)
    leido = None if estado == "recibida" else turnada + timedelta(days=1)
    suyo = a.c.llave.startswith(f"propuesta/{cual}/")
    session.execute(update(a).where(suyo).values(creado_en=turnada, leido_en=leido))
    if estado == "recibida":
        return
    respuesta = "" if estado == "en_analisis" else "Se revisó con el área y se le informó en la sesión."
    propuestas.responder(
        session, actor, propuesta_id=cual, version=1, estado=EstadoPropuesta(estado), respuesta=respuesta
    )
    fila = session.get_one(Propuesta, cual)
    if fila.respondida_en is not None:
        fila.respondida_en = local(fecha + timedelta(days=14), 12)
        session.add(fila)
        session.flush()


def _priorizar(session: Session, base: Base, azar: Random, comite: int, hechas: list[int]) -> None:
    actor = base.actores[Rol.PLANEACION]
    criterios = lee.obras(session, comite_id=comite, anio=ACTUAL)["criterios"]
    valores = {(obra, k["id"]): Decimal(azar.randrange(30, 101, 5)) for obra in hechas for k in criterios}
    obras.calificar(session, actor, comite_id=comite, anio=ACTUAL, valores=valores)
    primeras = [o["id"] for o in lee.obras(session, comite_id=comite, anio=ACTUAL)["obras"][:ELEGIDAS]]
    votaciones = lee.votaciones_aprobadas(session, comite_id=comite)
    votacion = next(v["id"] for v in reversed(votaciones) if "FAIS" in v["texto"])
    obras.priorizar(session, actor, comite_id=comite, anio=ACTUAL, votacion_id=votacion, obras=primeras)
