"""Trámites de la demostración, el grupo de trabajo que los mejora y lo que ya se ahorra la gente."""

from sqlmodel import Session

from db.actions import comites, tramites
from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

TRAMITES = (
    ("TR-001", "Licencia de construcción", "F00", 14, 18, 45, 320_000, 410, False),
    ("TR-002", "Licencia de funcionamiento de bajo riesgo", "N00", 9, 12, 20, 145_000, 980, False),
    ("TR-003", "Acta de nacimiento certificada", "D00", 4, 2, 1, 9_800, 11_500, True),
    ("TR-004", "Permiso para cerrar una calle", "J00", 6, 5, 8, 0, 260, False),
    ("TR-005", "Constancia de vecindad", "D00", 5, 6, 4, 6_500, 3_400, False),
    ("TR-006", "Traslado de dominio", "L00", 11, 15, 25, 0, 720, False),
)


def crear(base: Base) -> None:
    """Seis trámites, un grupo de trabajo y cuatro mejoras."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        ids = {fila[0]: _tramite(session, base, *fila) for fila in TRAMITES}
        grupo = _grupo(session, base)
        for una in _mejoras(ids, grupo):
            sembrar(session, base, "mejora", una)


def _tramite(
    session: Session,
    base: Base,
    clave: str,
    nombre: str,
    dependencia: str,
    pasos: int,
    requisitos: int,
    dias: int,
    costo: int,
    veces: int,
    en_linea: bool,
) -> int:
    datos = {
        "clave": clave,
        "nombre": nombre,
        "dependencia_id": base.dependencias["AYTO", dependencia, ""],
        "pasos": pasos,
        "requisitos": requisitos,
        "dias": dias,
        "costo": costo,
        "veces_al_anio": veces,
        "en_linea": en_linea,
        "activo": True,
    }
    return tramites.guardar(session, base.actores[Rol.PLANEACION], tramite_id=None, version=0, datos=datos)


def _mejoras(ids: dict[str, int], grupo: int) -> tuple[Siembra, ...]:
    return (
        Siembra(
            "Licencia de funcionamiento en una ventanilla",
            "N00",
            "Nueve pasos en tres oficinas pasan a tres pasos en una.",
            -320,
            -90,
            {
                "tipo": "reingenieria",
                "tramite_id": ids["TR-002"],
                "comite_id": grupo,
                "diagnostico": "La persona lleva el mismo papel a tres oficinas.",
                "propuesta": "Expediente único y visto bueno interno entre áreas.",
                "pasos_antes": 9,
                "pasos_despues": 3,
                "requisitos_antes": 12,
                "requisitos_despues": 5,
                "dias_antes": 20,
                "dias_despues": 4,
                "costo_antes": 145_000,
                "costo_despues": 145_000,
                "veces_al_anio": 980,
                "medido_en": HOY,
            },
            ("en_analisis", "aprobada", "en_marcha", "concluida"),
            pasos=(("Expediente único", -300, -200, -210), ("Ventanilla abierta", -199, -90, -95)),
            participan=(("T00", "Visto bueno en 48 horas"),),
            nodos=("2.2",),
        ),
        Siembra(
            "Constancia de vecindad sin testigos",
            "D00",
            "",
            -150,
            30,
            {
                "tipo": "simplificacion",
                "tramite_id": ids["TR-005"],
                "comite_id": grupo,
                "diagnostico": "Se piden dos testigos con identificación.",
                "propuesta": "Basta un comprobante de domicilio.",
                "pasos_antes": 5,
                "pasos_despues": 2,
                "requisitos_antes": 6,
                "requisitos_despues": 2,
                "dias_antes": 4,
                "dias_despues": 1,
                "veces_al_anio": 3_400,
            },
            ("en_analisis", "aprobada", "en_marcha"),
            pasos=(("Cambio al manual", -100, -60, -58), ("Capacitar a las delegaciones", -59, 20, None)),
        ),
        Siembra(
            "Licencia de construcción por etapas",
            "F00",
            "",
            -60,
            -5,
            {
                "tipo": "mejora",
                "tramite_id": ids["TR-001"],
                "comite_id": grupo,
                "diagnostico": "Cuarenta y cinco días porque se revisa todo hasta el final.",
                "dias_antes": 45,
            },
            ("en_analisis",),
        ),
        Siembra("Traslado de dominio en línea", "L00", "", -10, None, {"tipo": "reingenieria"}),
    )


def _grupo(session: Session, base: Base) -> int:
    datos = {
        "clase": "grupo_trabajo",
        "nombre": "Grupo de trabajo de mejora de trámites",
        "siglas": "GT-TRAMITES",
        "objeto": "Quitar pasos, requisitos, días y costo a los trámites que más se piden.",
        "dependencia_id": base.dependencias["AYTO", "E00", ""],
    }
    actor = base.actores[Rol.PLANEACION]
    return comites.guardar_comite(session, actor, comite_id=None, version=0, datos=datos)
