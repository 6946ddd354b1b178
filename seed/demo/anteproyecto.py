"""El anteproyecto del año siguiente: una excedida, una sin captura, una firmada y las demás en curso.

Los importes parten del modificado del año en curso, así que crecen como crecería un presupuesto de verdad.
"""

from collections import defaultdict
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.anteproyecto_apertura import abrir_anteproyecto
from db.base import tabla
from db.models.anteproyecto import EtapaPresupuesto, FirmaPresupuesto, PartidaPropuesta, TechoPresupuesto
from db.models.estructura import Titular
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.queries import anteproyecto as lee
from db.queries.presupuesto import corte_vigente
from db.queries.programas import proyectos
from db.rules.anteproyecto import AUTORIZO, MESES, PAPELES, REVISO, VISTO_BUENO, calendarizar
from db.rules.permisos import Rol
from seed.demo import calendario
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base
from seed.demo.lote import insertar, insertar_llano

ANIO = calendario.ACTUAL + 1
ENTE = "AYTO"
EXCEDIDA = DEPENDENCIA_DEL_ENLACE[1]
SIN_CAPTURA = "N00"
FIRMADA, REVISADA = "I01", "A02"
TESORERIA, PLANEACION = "L00", "S00"
"""Dependencias cuyos titulares dan el Vo.Bo. y autorizan."""

POR_MIL = 1_000
CRECE = 1_035
"""Techo en milésimas del modificado del año en curso."""
A_MILES_DE_PESOS = 100_000

SEGMENTOS = ("dependencia_general", "dependencia_auxiliar", "proyecto", "fuente", "partida", "tipo_gasto")


def crear(session: Session, azar: Random, base: Base) -> None:
    """Abre el anteproyecto del ayuntamiento y lo llena."""
    ente_id = base.entes[ENTE]
    etapa_id = abrir_anteproyecto(session, base.actores[Rol.PLANEACION], anio=ANIO, ente_id=ente_id)
    # La demostración no depende del reloj.
    session.get_one(EtapaPresupuesto, etapa_id).abierta_en = calendario.local(_dia(9, 1), 9)
    session.flush()
    claves = _del_anio_en_curso(session, ente_id)
    generales = {g["clave"]: g["id"] for g in lee.generales(session, ente_id=ente_id)}
    _partidas(session, azar, base, etapa_id, claves)
    _techos(session, etapa_id, claves, generales)
    _firmas(session, base, etapa_id, generales)


def _dia(mes: int, dia: int) -> Any:
    return calendario.HOY.replace(month=mes, day=dia)


def _del_anio_en_curso(session: Session, ente_id: int) -> list[tuple[tuple[str, ...], int, list[int]]]:
    """De cada clave: sus segmentos, su modificado y su aprobado por mes."""
    corte = corte_vigente(session, calendario.ACTUAL, ente_id)
    assert corte is not None
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    modificado = func.sum(m.c.aprobado + m.c.ampliaciones - m.c.reducciones)
    consulta = (
        select(*(k.c[s] for s in SEGMENTOS), m.c.mes, func.sum(m.c.aprobado), modificado)
        .join(m, m.c.clave_id == k.c.id)
        .where(m.c.corte_id == corte.id)
        .group_by(*(k.c[s] for s in SEGMENTOS), m.c.mes)
        .order_by(*(k.c[s] for s in SEGMENTOS), m.c.mes)
    )
    meses: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(MESES))
    totales: dict[tuple[str, ...], int] = defaultdict(int)
    for *segmentos, mes, aprobado, total in session.execute(consulta):
        meses[tuple(segmentos)][mes - 1] = int(aprobado)
        totales[tuple(segmentos)] += int(total)
    return [(segmentos, totales[segmentos], meses[segmentos]) for segmentos in meses]


def _partidas(
    session: Session,
    azar: Random,
    base: Base,
    etapa_id: int,
    claves: list[tuple[tuple[str, ...], int, list[int]]],
) -> None:
    ids = proyectos(session, ANIO)
    filas = []
    for (general, auxiliar, proyecto, fuente, partida, tipo), modificado, meses in claves:
        factor = azar.randint(1_060, 1_110) if general == EXCEDIDA else azar.randint(1_005, 1_035)
        anual = modificado * factor // POR_MIL // 100 * 100
        if general == SIN_CAPTURA or anual <= 0:
            continue
        dependencia_id = base.dependencias[ENTE, general, auxiliar]
        calendarizado = calendarizar(anual, meses)
        filas.append((1, etapa_id, dependencia_id, ids[proyecto], fuente, partida, tipo, "", *calendarizado))
    columnas = (
        *("version", "etapa_id", "dependencia_id", "proyecto_id"),
        *("fuente", "partida", "tipo_gasto", "justificacion", *MESES),
    )
    insertar_llano(session, PartidaPropuesta, columnas, filas)


def _techos(
    session: Session,
    etapa_id: int,
    claves: list[tuple[tuple[str, ...], int, list[int]]],
    generales: dict[str, int],
) -> None:
    por_general: dict[str, int] = defaultdict(int)
    for (general, *_), modificado, _ in claves:
        por_general[general] += modificado
    propuesto: dict[str, int] = defaultdict(int)
    de_personal: dict[str, int] = defaultdict(int)
    for fila in lee.partidas(session, etapa_id):
        propuesto[fila["general"]] += fila["anual"]
        if fila["partida"].startswith("1"):
            de_personal[fila["general"]] += fila["anual"]
    filas = []
    for general, modificado in sorted(por_general.items()):
        techo = modificado * CRECE // POR_MIL // A_MILES_DE_PESOS * A_MILES_DE_PESOS
        # Una dependencia que ya firmó usó su techo completo.
        techo = propuesto[general] if general in (FIRMADA, REVISADA) else techo
        comun = {"etapa_id": etapa_id, "dependencia_id": generales[general]}
        filas.append({**comun, "capitulo": "", "importe": techo})
        if general in (EXCEDIDA, FIRMADA):
            filas.append({**comun, "capitulo": "1000", "importe": de_personal[general]})
    insertar(session, TechoPresupuesto, filas)


def _firmas(session: Session, base: Base, etapa_id: int, generales: dict[str, int]) -> None:
    t = tabla(Titular).c
    titulares = {f.dependencia_id: f for f in session.execute(select(t.dependencia_id, t.nombre, t.cargo))}
    firman = {REVISO: Rol.PLANEACION, VISTO_BUENO: Rol.TESORERIA, AUTORIZO: Rol.PLANEACION}
    filas = []
    for general, papeles in ((FIRMADA, list(PAPELES)), (REVISADA, [REVISO])):
        huella = lee.huella_de(lee.partidas(session, etapa_id, general_id=generales[general]))
        for dia, papel in enumerate(papeles, start=12):
            de = {REVISO: general, VISTO_BUENO: TESORERIA, AUTORIZO: PLANEACION}[papel]
            titular = titulares[generales[de]]
            filas.append(
                {
                    "etapa_id": etapa_id,
                    "dependencia_id": generales[general],
                    "papel": papel,
                    "nombre": titular.nombre,
                    "cargo": titular.cargo,
                    "cuenta": base.actores[firman[papel]].cuenta,
                    "firmado_en": calendario.local(_dia(10, dia), 12),
                    "huella": huella,
                }
            )
    insertar(session, FirmaPresupuesto, filas)
