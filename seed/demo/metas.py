"""Guarda las actividades de un año: metas, citas, programación original y reconducciones."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlmodel import Session

from db.models.actividad import CitaLinea, MetaActividad, ProgramacionMeta, Reconduccion
from db.rules.texto import llave
from seed.demo import calendario, historias
from seed.demo.actividades import Actividad
from seed.demo.calendario import MILLON
from seed.demo.estructura import Base
from seed.demo.lote import insertar, insertar_llano
from seed.demo.plan import Arbol

CRECIMIENTO = {2024: 90, 2025: 96, 2026: 100}
"""Cantidad de cada año, en porcentaje de la de 2026."""
SE_OMITE = 0.03
"""Proporción de actividades que no se prometen un año dado."""
VARIACION = 12
"""Cuánto se aparta un mes del promedio, en porcentaje."""


@dataclass(frozen=True, slots=True)
class MetaDelAnio:
    """Una actividad prometida en un año, con lo programado vigente por mes."""

    id: int
    actividad: Actividad
    programado: dict[int, int]


def crear(
    session: Session,
    anio: int,
    azar: Random,
    base: Base,
    arbol: Arbol,
    proyectos: dict[str, int],
    todas: list[Actividad],
) -> list[MetaDelAnio]:
    """Escribe las metas de un año y devuelve con qué compararlas."""
    del_anio = [a for a in todas if _estelar(a) or azar.random() >= SE_OMITE]
    ids = insertar(session, MetaActividad, [_fila(a, anio, base, proyectos) for a in del_anio])
    original = [_programado(a, anio, azar) for a in del_anio]
    insertar(
        session,
        CitaLinea,
        [
            {"meta_id": i, "nodo_id": arbol.lineas[tema][posicion]}
            for i, a in zip(ids, del_anio, strict=True)
            for tema, posicion in a.lineas
        ],
    )
    _guardar_meses(session, [(i, None, p) for i, p in zip(ids, original, strict=True)])
    vigente = original
    if anio == calendario.ACTUAL:
        vigente = _reconducir(session, base, ids, del_anio, original)
    return [MetaDelAnio(*fila) for fila in zip(ids, del_anio, vigente, strict=True)]


def _estelar(actividad: Actividad) -> bool:
    return (
        actividad.no_programada
        or actividad.sobrecumplida
        or actividad.unidad.proyecto == historias.RECONDUCIDO[0]
    )


def _fila(actividad: Actividad, anio: int, base: Base, proyectos: dict[str, int]) -> dict[str, object]:
    unidad = actividad.unidad
    return {
        "anio": anio,
        "ente_id": base.entes[unidad.ente],
        "proyecto_id": proyectos[unidad.proyecto],
        "dependencia_id": base.dependencias[unidad.dependencia],
        "numero": actividad.numero,
        "nombre": actividad.nombre,
        "unidad": actividad.medida,
        "operacion": actividad.operacion,
        "busqueda": llave(actividad.nombre),
    }


def _programado(actividad: Actividad, anio: int, azar: Random) -> dict[int, int]:
    if actividad.no_programada:
        return dict.fromkeys(range(1, 13), 0)
    meses = {}
    for mes in actividad.meses:
        variacion = azar.randint(100 - VARIACION, 100 + VARIACION)
        meses[mes] = max(1, (actividad.cantidad * CRECIMIENTO[anio] * variacion + 5_000) // 10_000)
    return meses


def _guardar_meses(session: Session, filas: list[tuple[int, int | None, dict[int, int]]]) -> None:
    insertar_llano(
        session,
        ProgramacionMeta,
        ("meta_id", "reconduccion_id", "mes", "cantidad"),
        [
            (meta_id, reconduccion_id, mes, cantidad * MILLON)
            for meta_id, reconduccion_id, meses in filas
            for mes, cantidad in meses.items()
        ],
    )


def _reconducir(
    session: Session, base: Base, ids: list[int], metas: list[Actividad], original: list[dict[int, int]]
) -> list[dict[int, int]]:
    proyecto, desde = historias.RECONDUCIDO
    reconduccion = {
        "anio": calendario.ACTUAL,
        "ente_id": base.entes["AYTO"],
        "folio": historias.FOLIO_RECONDUCCION,
        "fecha": date(calendario.ACTUAL, desde, 3),
        "mes_vigencia": desde,
        "motivo": "Ampliación del convenio de ahorro de energía: se sustituyen más luminarias "
        "y bajan los reportes por atender.",
    }
    (reconduccion_id,) = insertar(session, Reconduccion, [reconduccion])
    vigente, cambios = [], []
    for meta_id, actividad, meses in zip(ids, metas, original, strict=True):
        factor = historias.FACTOR_RECONDUCCION.get(actividad.medida)
        if actividad.unidad.proyecto != proyecto or factor is None:
            vigente.append(meses)
            continue
        nuevos = {mes: cantidad * factor // 100 for mes, cantidad in meses.items() if mes >= desde}
        cambios.append((meta_id, reconduccion_id, nuevos))
        vigente.append({**meses, **nuevos})
    _guardar_meses(session, [*cambios])
    return vigente
