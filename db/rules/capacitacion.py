"""Capacitación: cursos, quién los tomó, qué aprendió, y las cifras de la Guía Consultiva 1.4.1 a 1.4.3."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from db.rules.encargos import Campo, Detalle, Etapa, Registro, Tipo
from db.rules.permisos import Accion

MODALIDADES = {"presencial": "Presencial", "en_linea": "En línea", "mixta": "Mixta"}
TIPOS = {
    "induccion": "Inducción",
    "actualizacion": "Actualización",
    "profesionalizacion": "Profesionalización",
    "certificacion": "Certificación",
}
PRIORIDADES = {"alta": "Alta", "media": "Media", "baja": "Baja"}
ASISTENCIA_MINIMA = Decimal(80)
"""Porcentaje de las horas con que se da constancia si el curso no pide calificación."""
OPTIMO, EN_PROCESO = Decimal(80), Decimal(50)
"""Guía Consultiva 1.4.3: desde cuánto personal capacitado es óptimo o en proceso."""

REGISTRO = Registro(
    clave="curso",
    nombre="Cursos",
    uno="curso",
    prefijo="CUR",
    pagina="capacitacion",
    que_es="El programa anual de capacitación: qué se enseña, a quién, quién lo tomó y qué aprendió.",
    ver=Accion.VER_CAPACITACION,
    pasos="Sesiones",
    ligas=("programa", "nodo"),
    etapas={
        "programado": Etapa("Programado", "▷", ("en_curso", "cancelado")),
        "en_curso": Etapa(
            "En curso", "◐", ("concluido", "cancelado"), requiere=("horas", "inscripcion_curso")
        ),
        "concluido": Etapa("Concluido", "✔", final=True, requiere=("instructor",)),
        "cancelado": Etapa("Cancelado", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("tipo", "Tipo", Tipo.OPCION, opciones=TIPOS, obligado=True),
        Campo("modalidad", "Modalidad", Tipo.OPCION, opciones=MODALIDADES, obligado=True),
        Campo("objetivo", "Objetivo", Tipo.PARRAFO),
        Campo("horas", "Horas", Tipo.CANTIDAD, vacio=True, minimo=0),
        Campo("instructor", "Quién lo imparte"),
        Campo("sede", "Dónde"),
        Campo("cupo", "Cupo", Tipo.ENTERO),
        Campo("costo", "Costo", Tipo.DINERO),
        Campo("minima", "Calificación para aprobar", Tipo.CANTIDAD, vacio=True, minimo=0, maximo=100),
    ),
    detalles=(
        Detalle(
            "inscripcion_curso",
            "Participantes",
            "participante",
            (
                Campo("persona_id", "Persona", Tipo.LIGADO, fuente="personas", obligado=True),
                Campo("grupo", "Grupo"),
                Campo("horas", "Horas a las que asistió", Tipo.CANTIDAD, vacio=True, minimo=0),
                Campo("antes", "Calificación antes", Tipo.CANTIDAD, vacio=True, minimo=0, maximo=100),
                Campo("despues", "Calificación después", Tipo.CANTIDAD, vacio=True, minimo=0, maximo=100),
                Campo("reaccion", "Qué le pareció, de 1 a 5", Tipo.ENTERO, vacio=True, minimo=1, maximo=5),
            ),
            ("persona_id",),
        ),
    ),
)


def merece_constancia(
    asistio: Decimal | None, horas: Decimal | None, calificacion: Decimal | None, minima: Decimal | None
) -> bool:
    """¿Asistió lo suficiente y, si el curso lo pide, aprobó?"""
    if asistio is None or not horas or Decimal(100) * asistio / horas < ASISTENCIA_MINIMA:
        return False
    return minima is None or (calificacion is not None and calificacion >= minima)


def folio_de_constancia(curso: str, lugar: int) -> str:
    """«CUR-2026-001-007»: el folio del curso y el lugar de la persona en su lista."""
    return f"{curso}-{lugar:03d}"


def aprendizaje(inscritos: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """Puntos que subió en promedio la calificación de quienes se evaluaron dos veces; None si nadie."""
    subidas = [
        i["despues"] - i["antes"] for i in inscritos if i["antes"] is not None and i["despues"] is not None
    ]
    return sum(subidas, Decimal(0)) / len(subidas) if subidas else None


def reaccion(inscritos: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """Qué les pareció en promedio, de 1 a 5; None si nadie contestó."""
    dichas = [i["reaccion"] for i in inscritos if i["reaccion"] is not None]
    return Decimal(sum(dichas)) / len(dichas) if dichas else None


def capacitados(con: int, total: int) -> tuple[Decimal | None, str]:
    """Guía Consultiva 1.4.3: personal capacitado / total × 100, y óptimo, en proceso o en rezago."""
    if not total:
        return None, "sin dato"
    porcentaje = Decimal(100) * con / total
    if porcentaje >= OPTIMO:
        return porcentaje, "óptimo"
    return porcentaje, "en proceso" if porcentaje >= EN_PROCESO else "en rezago"
