"""Evaluaciones del programa anual y sus aspectos susceptibles de mejora: palabras, plazos y avance."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from db.rules.estado import Estado
from db.rules.problema import Problema

TIPOS = {
    "diseno": "Diseño",
    "consistencia": "Consistencia y resultados",
    "procesos": "Procesos",
    "desempeno": "Específica de desempeño",
    "indicadores": "Indicadores",
    "impacto": "Impacto",
    "estrategica": "Estratégica",
    "complementaria": "Complementaria",
}
CLASES = {
    "especifico": "Específico: lo resuelve la unidad responsable",
    "institucional": "Institucional: varias unidades de la dependencia",
    "interinstitucional": "Interinstitucional: varias dependencias",
    "intergubernamental": "Intergubernamental: varios órdenes de gobierno",
}
PRIORIDADES = {"alta": "Alta", "media": "Media", "baja": "Baja"}
ESTADOS_EVALUACION = {
    "programada": "Programada",
    "en_proceso": "En proceso",
    "concluida": "Concluida",
    "cancelada": "Cancelada",
}
ESTADOS_ASM = {
    "por_opinar": "Por opinar",
    "aceptado": "Aceptado",
    "rechazado": "Rechazado",
    "cumplido": "Cumplido",
}

DIFUSION = 30
"""Días naturales para difundir los resultados de una evaluación (LGCG art. 79)."""

ENTERO = Decimal(100)


def limite_para_publicar(anio: int) -> date:
    """Último día hábil de abril: hasta cuándo se publica el programa anual (LGCG art. 79)."""
    dia = date(anio, 4, 30)
    while dia.weekday() > 4:
        dia -= timedelta(days=1)
    return dia


def avance_de(acciones: Sequence[Decimal]) -> Decimal | None:
    """El avance de un aspecto, en porcentaje: el promedio de sus acciones; None si no tiene."""
    return sum(acciones, Decimal(0)) / len(acciones) if acciones else None


def situacion(avance: Decimal, inicio: date, fin: date, hoy: date, aviso: int) -> tuple[Estado, str]:
    """En qué va una acción: el estado con que se pinta y su palabra; `aviso` días antes del fin ya urge."""
    if avance >= ENTERO:
        return Estado.adecuado, "Cumplida"
    if hoy > fin:
        return Estado.critico, "Vencida"
    if (fin - hoy).days <= aviso:
        return Estado.riesgo, "Por vencer"
    if hoy < inicio:
        return Estado.no_toca, "Por empezar"
    return Estado.adecuado, "En tiempo"


def por_publicar(anio: int, publicado_en: date | None, hoy: date) -> tuple[Estado, str]:
    """Si el programa anual se publicó y si fue a tiempo."""
    limite = limite_para_publicar(anio)
    if publicado_en is not None:
        tarde = publicado_en > limite
        return (Estado.riesgo, "Publicado tarde") if tarde else (Estado.adecuado, "Publicado a tiempo")
    return (Estado.critico, "Sin publicar") if hoy > limite else (Estado.riesgo, "Por publicar")


def por_difundir(
    concluida_en: date | None, difundida_en: date | None, hoy: date
) -> tuple[Estado, str] | None:
    """Si los resultados de una evaluación concluida se difundieron; None si aún no concluye."""
    if concluida_en is None:
        return None
    limite = concluida_en + timedelta(days=DIFUSION)
    if difundida_en is not None:
        tarde = difundida_en > limite
        return (Estado.riesgo, "Difundida tarde") if tarde else (Estado.adecuado, "Difundida")
    return (Estado.critico, "Sin difundir") if hoy > limite else (Estado.riesgo, "Por difundir")


def exigir_avance(anterior: Decimal, nuevo: Decimal, texto: str) -> None:
    """Entre 0 y 100, y sin bajar más que con su explicación."""
    if not 0 <= nuevo <= ENTERO:
        raise Problema("El avance va de 0 a 100.", "Escriba el porcentaje acumulado.", "avance")
    if nuevo < anterior and not texto.strip():
        raise Problema("El avance bajó.", "Diga por qué en la nota.", "texto")


def exigir_orden(inicio: date, fin: date) -> None:
    """El fin no va antes del inicio."""
    if fin < inicio:
        raise Problema("Termina antes de empezar.", "Corrija las fechas.", "fin")
