"""Lo alcanzado por trimestre: niveles por eje, historias con nombre y el camino captura → validación."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import Session

from db.models.actividad import AvanceMeta, EstadoAvance, OperacionMeta
from seed.demo import calendario, historias
from seed.demo.actividades import Actividad
from seed.demo.calendario import ACTUAL
from seed.demo.lote import insertar
from seed.demo.metas import MetaDelAnio
from seed.demo.programas import Unidad
from seed.demo.vocabulario import Tema, temas

NIVEL = {
    "P1": (80, 84, 86, 90, 88, 86, 90, 93, 93, 91, 95),
    "P2": (66, 70, 76, 81, 82, 78, 76, 80, 88, 84, 79),
    "P3": (72, 78, 81, 85, 85, 88, 86, 90, 96, 93, 90),
    "P4": (84, 86, 83, 88, 90, 92, 94, 96, 95, 97, 98),
    "T1": (74, 79, 82, 88, 90, 92, 95, 97, 99, 98, 99),
    "T2": (76, 80, 86, 90, 86, 88, 90, 92, 97, 94, 97),
    "T3": (55, 60, 66, 72, 75, 78, 74, 80, 82, 79, 80),
}
"""Cumplimiento que se busca en cada eje, en los once trimestres cerrados."""
DESVIO_DE_TEMA = 4
PROPORCION_AUREA = 0.618033988749895
SIN_REPORTE = 0.008
OLVIDO = 0.08
EN_REVISION = 0.025
EN_REVISION_DEL_EJE = 0.8

POR_DEBAJO = (
    "El proveedor entregó los insumos con retraso; lo pendiente se repone el siguiente trimestre.",
    "Las lluvias impidieron trabajar en campo durante tres semanas.",
    "La vacante del área se cubrió hasta el segundo mes del trimestre.",
    "Hubo menos solicitudes de las previstas; se reforzó la difusión.",
    "El vehículo asignado estuvo en reparación y se reprogramaron las salidas.",
    "Se esperaba la firma del convenio con la instancia estatal, que llegó al cierre del periodo.",
    "La adjudicación se declaró desierta y se convocó de nuevo.",
    "El personal apoyó la atención de una contingencia y se pospusieron las fechas.",
)
POR_ARRIBA = (
    "La demanda superó lo previsto por la difusión en redes y delegaciones.",
    "Se sumó una jornada con apoyo del gobierno estatal.",
    "Se adelantaron acciones del siguiente trimestre por disponibilidad de material.",
    "La respuesta de la población permitió atender más de lo programado.",
)


class Rendimiento:
    """Qué tanto cumple cada actividad en cada trimestre; el azar se consume siempre en el mismo orden."""

    def __init__(self, azar: Random) -> None:
        self.azar = azar
        self._suerte = {t.clave: azar.random() for t in temas()}
        self.desvio = {t.clave: azar.randint(-DESVIO_DE_TEMA, DESVIO_DE_TEMA) for t in temas()}

    def suerte(self, tema: Tema) -> float:
        """La suerte de la siguiente meta del tema, de 0 a 1, bien repartida dentro del tema."""
        self._suerte[tema.clave] = (self._suerte[tema.clave] + PROPORCION_AUREA) % 1
        return self._suerte[tema.clave]

    def nivel(self, tema: Tema, anio: int, trimestre: int, suerte: float) -> float:
        """Alcanzado ÷ programado, acumulados al trimestre, de quien tiene esa suerte (0 es la mejor)."""
        cual = (anio - calendario.EJERCICIOS[0]) * 4 + trimestre - 1
        nivel = min(99, NIVEL[tema.eje][cual] + self.desvio[tema.clave]) / 100
        plenas = max(0.0, (nivel - 0.7) / 0.3)
        if suerte < plenas:
            if suerte < plenas * 0.05:
                return 1.12 + suerte
            return 1.0 + (0.07 if suerte < plenas * 0.2 else 0)
        resto = (suerte - plenas) / (1 - plenas)
        return (0.95 if plenas else nivel + 0.25) - 0.5 * resto


def crear(
    session: Session, anio: int, azar: Random, rendimiento: Rendimiento, metas: list[MetaDelAnio]
) -> None:
    """Escribe los avances de los trimestres cerrados del año."""
    filas: list[dict[str, Any]] = []
    for meta in metas:
        suerte = rendimiento.suerte(meta.actividad.unidad.tema)
        previo = 0
        for t in calendario.TRIMESTRES:
            if not calendario.cerrado(anio, t):
                break
            alcanzado = _alcanzado(meta, anio, t, previo, rendimiento, suerte)
            if alcanzado is None:
                continue
            if meta.actividad.operacion is OperacionMeta.SUMA:
                previo += alcanzado
            estado = _estado(meta.actividad, anio, t, azar)
            if estado is not None:
                filas.append(_fila(meta, anio, t, alcanzado, estado, azar))
    insertar(session, AvanceMeta, filas)


def del_trimestre(programado: dict[int, int], trimestre: int) -> int | None:
    """Lo programado en el trimestre; None si no hay nada."""
    valores = [programado[m] for m in range(trimestre * 3 - 2, trimestre * 3 + 1) if m in programado]
    return sum(valores) if valores else None


def _alcanzado(
    meta: MetaDelAnio, anio: int, t: int, previo: int, rendimiento: Rendimiento, suerte: float
) -> int | None:
    """Lo logrado en el trimestre; None si no tocaba reportar."""
    actividad, actual = meta.actividad, anio == ACTUAL
    if actividad.no_programada:
        return historias.LOGRO_NO_PROGRAMADO.get(t) if actual else None
    programado = del_trimestre(meta.programado, t)
    if programado is None:
        return None
    razon = rendimiento.nivel(actividad.unidad.tema, anio, t, suerte)
    if actividad.operacion is not OperacionMeta.SUMA:
        return max(0, round(programado * razon))
    acumulado = sum(cantidad for mes, cantidad in meta.programado.items() if mes <= t * 3)
    hasta_hoy = round(acumulado * razon)
    if actividad.unidad.programa == historias.CUMPLE_SIN_GASTAR:
        hasta_hoy = acumulado
    elif actual and actividad.sobrecumplida:
        hasta_hoy = round(acumulado * historias.RAZON_SOBRECUMPLIDA / 100)
    elif actual and actividad.unidad.programa == historias.GASTA_Y_NO_CUMPLE:
        hasta_hoy = round(sum(meta.programado.values()) * historias.AVANCE_DEL_QUE_GASTA[t] / 100)
    return max(0, hasta_hoy - previo)


def _estado(actividad: Actividad, anio: int, t: int, azar: Random) -> EstadoAvance | None:
    """Estado del avance, o None si nadie lo reportó."""
    dado = azar.random()
    return EstadoAvance.VALIDADO if estelar(actividad) else estado_de(actividad.unidad, anio, t, dado)


def estado_de(unidad: Unidad, anio: int, t: int, dado: float) -> EstadoAvance | None:
    """Estado de lo que reporta una unidad, según las historias y un dado de 0 a 1; None si no reportó."""
    if anio != ACTUAL:
        return None if dado > 1 - SIN_REPORTE else EstadoAvance.VALIDADO
    donde = (unidad.ente, unidad.general)
    if donde == historias.NUNCA_REPORTA or (donde == historias.DEBE_UN_TRIMESTRE and t == 3):
        return None
    en_revision = EN_REVISION_DEL_EJE if unidad.tema.eje == historias.EJE_EN_REVISION else EN_REVISION
    if t == 3 and dado < en_revision:
        return EstadoAvance.EN_REVISION
    olvida = donde in historias.OLVIDAN_ALGO and t == 3 and dado > 1 - OLVIDO
    return None if olvida else EstadoAvance.VALIDADO


def estelar(actividad: Actividad) -> bool:
    """¿Cuenta una historia que no puede faltar?"""
    return (
        actividad.no_programada
        or actividad.sobrecumplida
        or actividad.unidad.programa == historias.GASTA_Y_NO_CUMPLE
    )


def _fila(
    meta: MetaDelAnio, anio: int, t: int, alcanzado: int, estado: EstadoAvance, azar: Random
) -> dict[str, Any]:
    unidad = meta.actividad.unidad
    tarde = anio == ACTUAL and t == 2 and (unidad.ente, unidad.general) == historias.REPORTO_TARDE
    capturado = sello(anio, t, azar, tarde=tarde)
    validado = estado is EstadoAvance.VALIDADO
    return {
        "meta_id": meta.id,
        "mes": t * 3,
        "alcanzado": alcanzado,
        "justificacion": justificacion(alcanzado, del_trimestre(meta.programado, t), azar),
        "estado": estado,
        "capturo": "enlace",
        "capturado_en": capturado,
        "valido": "planeacion" if validado else "",
        "validado_en": capturado + timedelta(days=azar.randint(1, 4)) if validado else None,
        "documento": f"OF-{unidad.general}-{anio}-{t:02d}{azar.randint(1, 99):02d}"
        + (" (extemporáneo)" if tarde else ""),
    }


def sello(anio: int, t: int, azar: Random, *, tarde: bool = False) -> Any:
    """Instante de captura: entre uno y nueve días después del trimestre, o tres semanas si es tarde."""
    dia = calendario.fin_de_trimestre(anio, t) + timedelta(days=21 if tarde else azar.randint(1, 9))
    return calendario.local(dia, azar.randint(9, 17), azar.randint(0, 59))


def justificacion(alcanzado: int, programado: int | None, azar: Random) -> str:
    """Texto obligatorio fuera de 90–110 %."""
    if not programado or 90 * programado <= 100 * alcanzado <= 110 * programado:
        return ""
    return azar.choice(POR_DEBAJO if alcanzado < programado else POR_ARRIBA)
