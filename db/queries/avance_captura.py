"""Cómo va la captura por dependencia y periodo: a tiempo, tarde, devuelto, lo que falta y sin evidencia."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import ClaseCaptura, ClaseItem, PasoCaptura
from db.models.evidencias import Evidencia, PruebaDe
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.queries import actividad, indicadores
from db.queries.calendario import plazos
from db.queries.evaluacion import Unidad, unidades
from db.queries.usuarios import en_utc
from db.rules.calendario import Entregado, como_va
from db.rules.captura import EstadoAvance
from db.rules.debido import CIERRES
from db.rules.periodo import Operacion, periodos

Llave = tuple[ClaseItem, int, int]
"""Clase, id y último mes del periodo."""

VENTANA = {ClaseItem.META: ClaseCaptura.ACTIVIDADES, ClaseItem.INDICADOR: ClaseCaptura.INDICADORES}


@dataclass(frozen=True, slots=True)
class Debida:
    """Una meta o indicador que toca en un periodo, y cómo va."""

    clase: ClaseItem
    id: int
    mes: int
    nombre: str
    unidad: Unidad
    estado: EstadoAvance | None
    va: Entregado
    con_evidencia: bool


@dataclass(frozen=True, slots=True)
class _Avance:
    estado: EstadoAvance
    entregado: datetime | None
    extemporaneo: bool


def debidas(session: Session, anio: int, mes: int | None = None, ente_id: int | None = None) -> list[Debida]:
    """Todo lo que toca en el ejercicio, o sólo en el periodo que termina en `mes`."""
    avances = _avances(session, anio)
    pruebas = _pruebas(session, anio)
    areas, cierran, momento = unidades(session), plazos(session, anio), ahora()
    lista = []
    for clase, cual, fin, nombre, area in _tocan(session, anio, ente_id):
        if mes not in (None, fin):
            continue
        unidad, avance = areas[area], avances.get((clase, cual, fin))
        cierra = cierran.get((VENTANA[clase], fin, unidad.general_id))
        estado = avance.estado if avance else None
        va = como_va(
            estado,
            avance.entregado if avance else None,
            cierra,
            momento,
            extemporaneo=bool(avance and avance.extemporaneo),
        )
        lista.append(Debida(clase, cual, fin, nombre, unidad, estado, va, (clase, cual, fin) in pruebas))
    return lista


def _tocan(session: Session, anio: int, ente_id: int | None) -> list[tuple[ClaseItem, int, int, str, int]]:
    """(clase, id, mes, nombre, dependencia) de lo programado en cada periodo."""
    entes = None if ente_id is None else [ente_id]
    cada = periodos(actividad.periodicidad(session, anio))
    lista = []
    for meta in actividad.metas(session, anio, entes):
        for p in cada:
            programado = meta.evaluable(p.mes_fin, frozenset()).programado[p.numero - 1]
            if programado is not None and (programado > 0 or meta.operacion is not Operacion.suma):
                lista.append((ClaseItem.META, meta.id, p.mes_fin, meta.nombre, meta.dependencia_id))
    for ficha in indicadores.indicadores(session, anio, entes):
        for t in CIERRES[ficha.frecuencia]:
            if any(v.programado(t * 3)[t - 1] is not None for v in ficha.variables):
                lista.append((ClaseItem.INDICADOR, ficha.id, t * 3, ficha.nombre, ficha.dependencia_id))
    return lista


def _avances(session: Session, anio: int) -> dict[Llave, _Avance]:
    """Lo guardado de cada cosa; se entregó cuando se envió por primera vez, o cuando se capturó."""
    a, m = tabla(AvanceMeta).c, tabla(MetaActividad)
    v, i, b = tabla(VariableIndicador), tabla(Indicador), tabla(AvanceVariable).c
    primeros = _primer_envio(session, anio)
    de_metas = (
        select(a.meta_id.label("item"), a.mes, a.estado, a.capturado_en, a.extemporaneo)
        .join(m, m.c.id == a.meta_id)
        .where(m.c.anio == anio)
    )
    de_variables = (
        select(
            v.c.indicador_id.label("item"),
            (b.trimestre * 3).label("mes"),
            b.estado,
            b.capturado_en,
            b.extemporaneo,
        )
        .join(v, v.c.id == b.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .where(i.c.anio == anio)
    )
    hallados: dict[Llave, _Avance] = {}
    for clase, consulta in ((ClaseItem.META, de_metas), (ClaseItem.INDICADOR, de_variables)):
        for f in session.execute(consulta):
            llave = (clase, f.item, f.mes)
            entregado = primeros.get(llave) or (en_utc(f.capturado_en) if f.capturado_en else None)
            hallados[llave] = _Avance(EstadoAvance(f.estado), entregado, f.extemporaneo)
    return hallados


def _primer_envio(session: Session, anio: int) -> dict[Llave, datetime]:
    p = tabla(PasoCaptura).c
    consulta = (
        select(p.clase, p.item_id, p.mes, func.min(p.momento))
        .where(p.anio == anio, p.despues == EstadoAvance.ENVIADO)
        .group_by(p.clase, p.item_id, p.mes)
    )
    return {(ClaseItem(c), item, mes): en_utc(momento) for c, item, mes, momento in session.execute(consulta)}


def _pruebas(session: Session, anio: int) -> set[Llave]:
    p, e = tabla(PruebaDe).c, tabla(Evidencia).c
    consulta = (
        select(p.clase, p.item_id, p.mes)
        .join(tabla(Evidencia), e.id == p.evidencia_id)
        .where(p.anio == anio, e.retirada_en.is_(None))
        .distinct()
    )
    return {(ClaseItem(c), item, mes) for c, item, mes in session.execute(consulta)}


def tablero(session: Session, *, anio: int, ente_id: int | None = None) -> dict[str, Any]:
    """Por dependencia general y periodo: cuántas tocan, cómo van y cuántas entregadas no traen evidencia.

    `meses` y `dependencias`: id, clave, nombre, ente_id y `meses` {mes: cuentas}. Las cuentas: tocan,
    a_tiempo, tarde, devuelto, falta, por_capturar y sin_evidencia.
    """
    por_celda: dict[int, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    areas = unidades(session)
    for una in debidas(session, anio, ente_id=ente_id):
        cuenta = por_celda[una.unidad.general_id][una.mes]
        cuenta["tocan"] += 1
        cuenta[una.va.value] += 1
        entregada = una.va in (Entregado.A_TIEMPO, Entregado.TARDE)
        cuenta["sin_evidencia"] += entregada and not una.con_evidencia
    generales = sorted((areas[general] for general in por_celda), key=lambda u: (u.ente_id, u.clave))
    meses = [p.mes_fin for p in periodos(actividad.periodicidad(session, anio))]
    meses = sorted({*meses, *(mes for celdas in por_celda.values() for mes in celdas)})
    return {
        "meses": meses,
        "dependencias": [
            {
                "id": unidad.id,
                "clave": unidad.clave,
                "nombre": unidad.nombre,
                "ente_id": unidad.ente_id,
                "meses": {mes: _cuentas(por_celda[unidad.id].get(mes, {})) for mes in meses},
            }
            for unidad in generales
        ],
    }


def _cuentas(cuenta: Mapping[str, int]) -> dict[str, int]:
    nombres = ("tocan", *(va.value for va in Entregado), "sin_evidencia")
    return {nombre: cuenta.get(nombre, 0) for nombre in nombres}


def pendientes(
    session: Session, *, anio: int, mes: int, dependencia_id: int | None = None, ente_id: int | None = None
) -> list[dict[str, Any]]:
    """Lo de un periodo que falta, se devolvió o va sin evidencia, con su área; lo que más urge, primero."""
    orden = list(Entregado)
    return [
        {
            "clase": una.clase.value,
            "id": una.id,
            "nombre": una.nombre,
            "dependencia": una.unidad.general,
            "dependencia_id": una.unidad.general_id,
            "area": una.unidad.nombre,
            "va": una.va.value,
            "con_evidencia": una.con_evidencia,
        }
        for una in sorted(debidas(session, anio, mes, ente_id), key=lambda una: orden.index(una.va))
        if (dependencia_id in (None, una.unidad.general_id))
        and (una.va not in (Entregado.A_TIEMPO, Entregado.TARDE) or not una.con_evidencia)
    ]


def faltantes(session: Session, *, anio: int, mes: int) -> list[dict[str, Any]]:
    """Lo que impediría cerrar completo, por dependencia general: sin capturar, devuelto y por validar."""
    por: dict[int, Counter[str]] = defaultdict(Counter)
    areas = unidades(session)
    for una in debidas(session, anio, mes):
        if una.estado not in (EstadoAvance.VALIDADO, EstadoAvance.PUBLICADO):
            por[una.unidad.general_id][_por_que(una.estado)] += 1
    return [
        {
            "dependencia_id": general,
            "ente_id": areas[general].ente_id,
            "dependencia": areas[general].nombre,
            "sin_capturar": cuenta["sin_capturar"],
            "devueltos": cuenta["devueltos"],
            "por_validar": cuenta["por_validar"],
            "faltan": sum(cuenta.values()),
        }
        for general, cuenta in sorted(por.items(), key=lambda par: -sum(par[1].values()))
    ]


def _por_que(estado: EstadoAvance | None) -> str:
    if estado is EstadoAvance.DEVUELTO:
        return "devueltos"
    return "sin_capturar" if estado in (None, EstadoAvance.BORRADOR) else "por_validar"
