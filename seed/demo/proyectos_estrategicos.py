"""Los proyectos estratégicos de la demostración, con sus fases, su avance, sus riesgos y dónde están."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from db.actions.geometria import guardar
from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from seed.demo.calendario import HOY, MILLON
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

CONTORNO = (
    (-99.560, 19.330), (-99.520, 19.345), (-99.470, 19.335), (-99.440, 19.300), (-99.450, 19.255),
    (-99.495, 19.230), (-99.545, 19.240), (-99.570, 19.285),
)  # fmt: skip
LOCALIDADES = {"Cabecera": (-99.515, 19.285), "El Llano": (-99.465, 19.300), "La Loma": (-99.545, 19.265)}


def _avance(dias: int, fisico: int, ejercido: int, nota: str = "") -> dict[str, Any]:
    return {
        "fecha": HOY - timedelta(days=dias),
        "fisico": Decimal(fisico),
        "ejercido": ejercido * MILLON * 100,
        "nota": nota,
    }


def _riesgo(riesgo: str, probabilidad: int, impacto: int, respuesta: str = "") -> dict[str, Any]:
    return {
        "riesgo": riesgo,
        "probabilidad": probabilidad,
        "impacto": impacto,
        "respuesta": respuesta,
        "responsable": "",
        "cerrado": False,
    }


def _lugar(localidad: str, lon: str, lat: str, personas: int, millones: int, **extra: Any) -> dict[str, Any]:
    return {
        "clase": "estrategico",
        "localidad": localidad,
        "longitud": Decimal(lon),
        "latitud": Decimal(lat),
        "beneficiarios": personas,
        "monto": millones * MILLON * 100,
        **extra,
    }


PROYECTOS = (
    Siembra(
        "Planta tratadora del valle",
        "H00",
        "Para que el río deje de recibir el drenaje de tres colonias.",
        -420,
        -25,
        _lugar(
            "El Llano",
            "-99.4650",
            "19.2990",
            14_800,
            46,
            objetivo="Tratar 40 litros por segundo.",
            fuente="FAIS y recursos propios",
            contrato="SIV-OP-2025-014",
            contratista="Constructora Ejemplo",
            contratado=44 * MILLON * 100,
        ),
        ("planeacion", "autorizado", "ejecucion"),
        pasos=(
            ("Proyecto ejecutivo", -410, -330, -325),
            ("Licitación", -329, -270, -262),
            ("Obra civil", -269, -80, -60),
            ("Equipo y arranque", -79, -25, None),
        ),
        renglones={
            "avance_proyecto": (
                _avance(240, 12, 5),
                _avance(150, 48, 21),
                _avance(60, 76, 33),
                _avance(10, 84, 39),
            ),
            "riesgo_proyecto": (
                _riesgo("El equipo importado no llega", 4, 4, "Renta de un equipo por tres meses."),
                _riesgo("Lluvias fuera de temporada", 2, 3),
            ),
        },
        nodos=("3.5",),
        programas=("02010301",),
    ),
    Siembra(
        "Bulevar de la estación",
        "F00",
        "",
        -200,
        160,
        _lugar(
            "Cabecera", "-99.5160", "19.2870", 62_000, 88, objetivo="Unir la estación con el centro a pie."
        ),
        ("planeacion", "autorizado", "ejecucion"),
        pasos=(
            ("Proyecto", -190, -120, -118),
            ("Primera etapa", -119, 20, None),
            ("Segunda etapa", 21, 160, None),
        ),
        renglones={
            "avance_proyecto": (_avance(90, 15, 9), _avance(20, 38, 27)),
            "riesgo_proyecto": (
                _riesgo("Comercios que no liberan la banqueta", 3, 5, "Mesa semanal con locatarios."),
            ),
        },
        nodos=("3.1", "3.10"),
        programas=("03050103",),
    ),
    Siembra(
        "Trámites desde el teléfono",
        "E02",
        "",
        -150,
        60,
        _lugar(
            "Cabecera",
            "-99.5080",
            "19.2800",
            30_000,
            4,
            clase="innovacion",
            objetivo="Doce trámites sin ir a la oficina.",
        ),
        ("planeacion", "autorizado", "ejecucion"),
        pasos=(("Identidad digital", -140, -60, -55), ("Doce trámites", -59, 60, None)),
        renglones={
            "avance_proyecto": (_avance(15, 60, 2),),
            "riesgo_proyecto": (_riesgo("Nadie lo usa", 3, 4, "Ventanilla que acompaña el primer trámite."),),
        },
        nodos=("T2.1",),
        programas=("01080501",),
    ),
    Siembra(
        "Parque de La Loma",
        "F00",
        "",
        -60,
        None,
        _lugar("La Loma", "-99.5450", "19.2660", 5_200, 12, objetivo="Cancha, sombra y juegos."),
        ("planeacion",),
        nodos=("1.4",),
    ),
    Siembra(
        "Archivo histórico digital", "D00", "", -10, None, _lugar("Cabecera", "-99.5200", "19.2900", 0, 0)
    ),
)


def crear(base: Base) -> None:
    """El contorno y las localidades, y cinco proyectos."""
    with writing(LINEA_DE_COMANDOS) as session:
        guardar(
            session, LINEA_DE_COMANDOS, clase="limite", contenido=_geojson({"San Isidro del Valle": CONTORNO})
        )
        cuadros = {nombre: _alrededor(*centro) for nombre, centro in LOCALIDADES.items()}
        guardar(session, LINEA_DE_COMANDOS, clase="localidad", contenido=_geojson(cuadros))
    with writing(base.actores[Rol.PLANEACION]) as session:
        for uno in PROYECTOS:
            sembrar(session, base, "proyecto_estrategico", uno)


def _alrededor(x: float, y: float) -> tuple[tuple[float, float], ...]:
    pasos = ((-0.016, 0.0), (-0.008, 0.011), (0.009, 0.012), (0.015, 0.002), (0.007, -0.011), (-0.01, -0.009))
    return tuple((x + dx, y + dy) for dx, dy in pasos)


def _geojson(formas: dict[str, tuple[tuple[float, float], ...]]) -> bytes:
    rasgos = [
        {
            "type": "Feature",
            "properties": {"nombre": nombre},
            "geometry": {"type": "Polygon", "coordinates": [[*map(list, puntos), list(puntos[0])]]},
        }
        for nombre, puntos in formas.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": rasgos}).encode()
