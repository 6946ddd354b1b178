"""La capacitación de la demostración: dos cursos dados, uno en marcha, uno programado y lo que hace falta."""

from decimal import Decimal
from typing import Any

from sqlmodel import Session

from db.actions import capacitacion
from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

NECESIDADES = (
    ("Q00", "Supervisión de campo", "Primeros auxilios", "alta", 12, "Curso de primeros auxilios"),
    ("F00", "Auxiliar", "Lectura de planos", "media", 4, ""),
    ("I01", "", "Trato sin discriminación", "alta", 9, "Trato digno en ventanilla"),
    ("H00", "", "Seguridad en alturas", "alta", 6, ""),
    ("F00", "", "Redacción de oficios", "baja", 15, ""),
)


def _inscritos(personas: list[int], *notas: tuple[int, int, int, int]) -> list[dict[str, Any]]:
    return [
        {
            "persona_id": persona,
            "grupo": "A",
            "horas": Decimal(horas),
            "antes": Decimal(antes),
            "despues": Decimal(despues),
            "reaccion": gusto,
        }
        for persona, (horas, antes, despues, gusto) in zip(personas, notas, strict=False)
    ]


def _cursos(p: dict[str, list[int]]) -> tuple[Siembra, ...]:
    return (
        Siembra(
            "Trato digno en ventanilla",
            "E00",
            "",
            -220,
            -150,
            {
                "tipo": "actualizacion",
                "modalidad": "presencial",
                "objetivo": "Que nadie se vaya sin saber qué sigue.",
                "horas": Decimal(20),
                "instructor": "Comisión de derechos humanos",
                "sede": "Sala de cabildo",
                "cupo": 25,
                "costo": 1_800_000,
            },
            ("en_curso", "concluido"),
            renglones={
                "inscripcion_curso": [
                    *_inscritos(p["I01"], (20, 55, 88, 5), (18, 60, 90, 4), (12, 50, 61, 3), (20, 70, 95, 5)),
                    *_inscritos(p["F00"][:2], (20, 40, 85, 4), (16, 66, 80, 4)),
                ]
            },
            nodos=("T2.1",),
        ),
        Siembra(
            "Presupuesto basado en resultados",
            "S00",
            "",
            -120,
            -60,
            {
                "tipo": "profesionalizacion",
                "modalidad": "mixta",
                "horas": Decimal(30),
                "instructor": "Instituto hacendario",
                "sede": "En línea",
                "cupo": 40,
                "minima": Decimal(70),
            },
            ("en_curso", "concluido"),
            renglones={
                "inscripcion_curso": [
                    *_inscritos(p["F00"], (30, 45, 82, 4), (28, 50, 64, 3), (30, 62, 91, 5)),
                    *_inscritos(p["Q00"][:2], (26, 40, 75, 4), (10, 38, 40, 2)),
                ]
            },
            nodos=("T2.5",),
            programas=("01050205",),
        ),
        Siembra(
            "Curso de primeros auxilios",
            "T00",
            "",
            -25,
            20,
            {
                "tipo": "certificacion",
                "modalidad": "presencial",
                "horas": Decimal(16),
                "instructor": "Cruz Roja, delegación valle",
                "cupo": 20,
            },
            ("en_curso",),
            pasos=(("Teoría", -25, -10, -10), ("Práctica", -9, 20, None)),
            renglones={"inscripcion_curso": _inscritos(p["Q00"], (8, 30, 0, 4), (8, 42, 0, 5))},
        ),
        Siembra(
            "Inducción al servicio público",
            "E00",
            "",
            -70,
            -9,
            {"tipo": "induccion", "modalidad": "en_linea", "horas": Decimal(8)},
        ),
    )


def crear(base: Base, personas: dict[str, list[int]]) -> None:
    """Los cursos con sus participantes y constancias, y las necesidades que atienden."""
    actor = base.actores[Rol.PLANEACION]
    with writing(actor) as session:
        ids = {uno.titulo: sembrar(session, base, "curso", uno) for uno in _cursos(personas)}
        for titulo in ("Trato digno en ventanilla", "Presupuesto basado en resultados"):
            capacitacion.dar_constancias(session, actor, encargo_id=ids[titulo])
        for fila in NECESIDADES:
            _necesidad(session, base, ids, *fila)


def _necesidad(
    session: Session,
    base: Base,
    cursos: dict[str, int],
    dependencia: str,
    puesto: str,
    tema: str,
    prioridad: str,
    personas: int,
    curso: str,
) -> None:
    datos = {
        "dependencia_id": base.dependencias["AYTO", dependencia, ""],
        "puesto": puesto,
        "tema": tema,
        "por_que": "",
        "prioridad": prioridad,
        "personas": personas,
        "encargo_id": cursos.get(curso),
    }
    actor = base.actores[Rol.PLANEACION]
    capacitacion.guardar_necesidad(session, actor, anio=ACTUAL, necesidad_id=None, version=0, datos=datos)
