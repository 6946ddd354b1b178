"""Los canales de la demostración: un tema en discusión, uno acordado, una circular y una línea de trabajo."""

from datetime import timedelta

from db.actions import canales
from db.engine import writing
from db.models.encargos import Encargo
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

TEMAS = (
    Siembra(
        "Un solo padrón de beneficiarios",
        "I01",
        "Cada área apoya a la misma gente sin saberlo.",
        -30,
        10,
        {"clase": "tema"},
        participan=(
            ("I00", "Su padrón"),
            ("V00", "Su padrón"),
            ("F00", "Su padrón"),
            ("E02", "La base común"),
        ),
        comentarios=(
            "Promoción Social tiene 4,100 registros; Mujeres, 1,350. No sabemos cuántos se repiten.",
            "Informática puede cruzarlos sin que salgan nombres.",
        ),
        nodos=("T2.1",),
    ),
    Siembra(
        "Calendario del cuarto trimestre",
        "S00",
        "",
        -45,
        15,
        {
            "clase": "circular",
            "para_todas": True,
            "pide_acuse": True,
            "conclusion": "La captura cierra el 10 de enero.",
        },
        ("difundido",),
    ),
    Siembra(
        "Obras que rompen calles recién pavimentadas",
        "F00",
        "",
        -80,
        -20,
        {
            "clase": "tema",
            "conclusion": "Ninguna calle se pavimenta sin el visto bueno del organismo de agua.",
        },
        ("en_acuerdo",),
        participan=(("H00", "Programa de obras"),),
        comentarios=("En la avenida principal se abrió tres veces este año.",),
        nodos=("3.1",),
    ),
    Siembra(
        "Compras consolidadas de papelería",
        "E00",
        "Línea de trabajo publicada a las áreas que compran.",
        -15,
        None,
        {"clase": "linea_trabajo", "conclusion": "Una compra al semestre.", "para_todas": True},
        ("difundido",),
    ),
)
ACORDADO = 2
"""Cuál de los temas terminó en acuerdo."""


def crear(base: Base) -> None:
    """Los cuatro temas, y el acuerdo en que terminó uno."""
    actor = base.actores[Rol.PLANEACION]
    with writing(actor) as session:
        ids = [sembrar(session, base, "tema", uno) for uno in TEMAS]
        canales.acordar(
            session,
            actor,
            encargo_id=ids[ACORDADO],
            version=session.get_one(Encargo, ids[ACORDADO]).version,
            texto=str(TEMAS[ACORDADO].datos["conclusion"]),
            dependencia_id=base.dependencias["AYTO", "F00", ""],
            vence=HOY + timedelta(days=60),
        )
