"""La imagen institucional de la demostración: sus lineamientos, lo que se ha pedido usar y lo que se mide."""

from datetime import date, timedelta
from decimal import Decimal

from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

LINEAMIENTOS = (
    Siembra(
        "Lineamientos de imagen 2025-2027",
        "A01",
        "Color, escudo y logotipo; cómo van y cómo no.",
        -600,
        None,
        {
            "edicion": 1,
            "color": "#9D2449",
            "reglas": "El escudo nunca va solo sobre fotografía. El color institucional es guinda.",
            "vigente_desde": date(2025, 2, 1),
        },
        ("vigente",),
    ),
)
SOLICITUDES = (
    Siembra(
        "Rotular tres patrullas",
        "Q00",
        "",
        -30,
        -14,
        {
            "aplicacion": "Vehículos",
            "donde": "Unidades nuevas",
            "se_usa_en": HOY - timedelta(days=10),
            "dictamen": "Procede con el escudo en las puertas.",
        },
        ("aprobada",),
    ),
    Siembra(
        "Lona del informe en la plaza",
        "A00",
        "",
        -6,
        4,
        {
            "aplicacion": "Lona",
            "donde": "Plaza principal",
            "dictamen": "El logotipo invade el escudo.",
        },
        ("con_cambios",),
    ),
    Siembra(
        "Playeras de la carrera atlética",
        "O00",
        "",
        -20,
        -3,
        {"aplicacion": "Playeras", "donde": "Carrera del 20 de noviembre"},
    ),
)
ACCIONES = (
    Siembra(
        "Señalética de edificios públicos",
        "A01",
        "Que quien llega sepa a qué oficina va.",
        -240,
        -30,
        {
            "objetivo": "Que la gente halle la oficina sin preguntar.",
            "publico": "Quien hace un trámite",
            "medida": "Personas que hallan la oficina sin preguntar, en %",
            "antes": Decimal(38),
            "meta": Decimal(70),
            "despues": Decimal(64),
            "costo": 21_500_000,
        },
        ("en_marcha", "concluida"),
        pasos=(("Diseño", -230, -180, -182), ("Colocación", -179, -60, -55)),
        nodos=("T2.8",),
    ),
    Siembra(
        "Campaña «Conoce tu municipio»",
        "A01",
        "",
        -40,
        90,
        {
            "objetivo": "Que se conozcan los servicios del municipio.",
            "publico": "Jóvenes",
            "medida": "Personas que nombran tres servicios, en %",
            "antes": Decimal(22),
            "meta": Decimal(40),
        },
        ("en_marcha",),
        nodos=("T2.8",),
    ),
)


def crear(base: Base) -> None:
    """Un lineamiento vigente, tres aplicaciones y dos acciones."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        for registro, unas in (
            ("lineamiento", LINEAMIENTOS),
            ("solicitud_imagen", SOLICITUDES),
            ("accion_imagen", ACCIONES),
        ):
            for una in unas:
                sembrar(session, base, registro, una)
