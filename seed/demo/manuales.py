"""Los manuales de la demostración: publicados, vencidos y en elaboración; dos con sus procedimientos."""

from datetime import timedelta
from typing import Any

from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

TODO = {"organigrama": True, "funciones": True, "perfiles": True}


def _aprobado(edicion: int, hace: int, vigencia: int, **extra: Any) -> dict[str, Any]:
    return {
        "tipo": "organizacion",
        "edicion": edicion,
        "acto": "Acta de cabildo 014",
        "aprobado_en": HOY - timedelta(days=hace),
        "medio": "Gaceta municipal",
        "publicado_en": HOY - timedelta(days=hace - 10),
        "vigente_hasta": HOY + timedelta(days=vigencia),
        **extra,
    }


def _pasos(procedimiento: str, *pasos: tuple[str, str, int, int | None]) -> list[dict[str, Any]]:
    return [
        {
            "procedimiento": procedimiento,
            "numero": n,
            "quien": quien,
            "actividad": que,
            "minutos": minutos,
            "regresa_a": regresa,
        }
        for n, (quien, que, minutos, regresa) in enumerate(pasos, start=1)
    ]


CAMINO = ("en_elaboracion", "en_revision", "aprobado", "publicado")
MANUALES = (
    Siembra(
        "Manual de organización de Obras Públicas",
        "F00",
        "",
        -400,
        None,
        _aprobado(2, 320, 400, **TODO),
        CAMINO,
    ),
    Siembra(
        "Manual de organización de Tesorería", "L00", "", -700, None, _aprobado(1, 640, -35, **TODO), CAMINO
    ),
    Siembra(
        "Manual de organización de Seguridad Pública",
        "Q00",
        "",
        -300,
        None,
        _aprobado(1, 200, 600, organigrama=True, funciones=True),
        CAMINO,
    ),
    Siembra(
        "Manual de procedimientos de la Secretaría",
        "D00",
        "",
        -260,
        None,
        _aprobado(1, 120, 500, tipo="procedimientos"),
        CAMINO,
        renglones={
            "paso_procedimiento": _pasos(
                "Constancia de vecindad",
                ("Ventanilla", "Recibe la solicitud y el comprobante", 10, None),
                ("Ventanilla", "¿El comprobante es del municipio?", 5, 1),
                ("Secretaría", "Revisa el padrón y elabora la constancia", 45, None),
                ("Secretario", "Firma", 60, None),
                ("Ventanilla", "Entrega la constancia y cobra", 10, None),
            )
        },
    ),
    Siembra(
        "Manual de procedimientos de licencias",
        "N00",
        "",
        -90,
        -8,
        {"tipo": "procedimientos", "edicion": 1},
        ("en_elaboracion",),
        renglones={
            "paso_procedimiento": _pasos(
                "Licencia de funcionamiento",
                ("Ventanilla única", "Arma el expediente", 30, None),
                ("Protección Civil", "¿Cumple las medidas?", 480, 1),
                ("Desarrollo Económico", "Emite la licencia", 60, None),
            )
        },
    ),
    Siembra("Manual de organización de Ecología", "G00", "", -50, 45, {"tipo": "organizacion", "edicion": 1}),
)


def crear(base: Base) -> None:
    """Seis manuales en distintas etapas."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        for uno in MANUALES:
            sembrar(session, base, "manual", uno)
