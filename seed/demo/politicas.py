"""Políticas públicas de la demostración: cuatro en distintas etapas, y sectores que nadie atiende."""

from datetime import timedelta

from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base


def _sector(cual: str, efecto: str = "beneficia", explicacion: str = "") -> dict[str, str]:
    return {"sector": cual, "efecto": efecto, "explicacion": explicacion}


POLITICAS = (
    Siembra(
        "Ciudad que cuida",
        "V00",
        "Que cuidar no sea trabajo de una sola persona en cada casa.",
        -400,
        200,
        {
            "problema": "Siete de cada diez horas de cuidado las ponen las mujeres, sin pago ni relevo.",
            "poblacion": "Mujeres que cuidan a niñas, niños, personas mayores o con discapacidad.",
            "objetivo": "Abrir relevo y servicios de cuidado en las cinco zonas del municipio.",
        },
        ("formulacion", "adopcion", "implementacion"),
        pasos=(("Diagnóstico de cuidados", -380, -300, -305), ("Tres casas de día", -200, 180, None)),
        participan=(("I01", "Operar las casas de día"), ("L00", "Presupuesto de 2027")),
        renglones={
            "sector_politica": (
                _sector("mujeres"),
                _sector("ninez"),
                _sector("mayores"),
                _sector("discapacidad"),
                _sector("general", "neutro"),
            ),
            "instrumento_politica": (
                {"tipo": "servicio", "nombre": "Casas de día", "descripcion": "Una por zona."},
                {
                    "tipo": "norma",
                    "nombre": "Reglamento de cuidados",
                    "descripcion": "Ya aprobado.",
                },
            ),
            "seguimiento_politica": (
                {
                    "fecha": HOY - timedelta(days=150),
                    "avance": 20,
                    "resultado": "Reglamento aprobado y primera casa en obra.",
                },
                {
                    "fecha": HOY - timedelta(days=40),
                    "avance": 45,
                    "resultado": "Primera casa abierta: 62 personas atendidas.",
                },
            ),
        },
        nodos=("T1.2", "1.8"),
        programas=("02060805", "02060803"),
        comentarios=("Falta convenio con el DIF para el personal de la segunda casa.",),
    ),
    Siembra(
        "Agua segura en las comunidades",
        "H00",
        "",
        -260,
        -20,
        {
            "problema": "El Llano y La Loma reciben agua dos días por semana.",
            "poblacion": "Tres mil doscientas personas de comunidades rurales e indígenas.",
            "objetivo": "Servicio diario en las dos comunidades antes de que termine la administración.",
        },
        ("formulacion", "adopcion"),
        participan=(("F00", "Proyecto ejecutivo"),),
        renglones={
            "sector_politica": (
                _sector("rural"),
                _sector("indigenas"),
                _sector("general", "afecta", "Obras en la avenida durante tres meses; hay ruta alterna."),
            ),
        },
        nodos=("3.4",),
        programas=("02020301",),
    ),
    Siembra(
        "Primer empleo",
        "N00",
        "Convenios con empresas del parque industrial.",
        -90,
        120,
        {"problema": "Uno de cada cuatro jóvenes que busca su primer empleo tarda más de un año."},
        ("formulacion",),
        nodos=("2.1",),
        programas=("03010201",),
    ),
    Siembra("Perros y gatos sin dueño", "G00", "Lo pidieron doce colonias.", -15, None),
)


def crear(base: Base) -> None:
    """Las políticas con sus sectores, instrumentos y seguimiento."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        for una in POLITICAS:
            sembrar(session, base, "politica", una)
