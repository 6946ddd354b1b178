"""Evidencias: qué archivos prueban cada resultado, dónde viven, y qué áreas entregaron sin ellos."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, inspect, or_, select
from sqlmodel import Session

from db.base import tabla
from db.engine import hogar
from db.models.actividad import MetaActividad
from db.models.captura import ClaseItem
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia, PruebaDe
from db.models.indicadores import Indicador
from db.queries.avance_captura import debidas
from db.queries.registro import objeto
from db.queries.usuarios import en_utc
from db.rules.calendario import Entregado
from db.rules.texto import llave

Fila = dict[str, Any]
Item = tuple[ClaseItem, int]

ID_MAXIMO = 2**31 - 1


def carpeta() -> Path:
    """Donde viven los archivos, cada uno con el nombre de su huella; fuera de lo que se sirve."""
    return hogar() / "evidencias"


def ruta_de(huella: str, raiz: Path | None = None) -> Path:
    """El lugar de un archivo por su sha256: `evidencias/ab/ab12…`."""
    return (raiz or carpeta()) / huella[:2] / huella


def huella_de(ruta: Path) -> str | None:
    """sha256 de un archivo en hexadecimal; None si no existe."""
    try:
        with ruta.open("rb") as abierto:
            return hashlib.file_digest(abierto, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def huellas(session: Session) -> list[str]:
    """La huella de todos los archivos que la base nombra, también los retirados, en orden.

    Se respalda antes de migrar: una base anterior a las evidencias no tiene ninguna.
    """
    if not inspect(session.connection()).has_table(str(Evidencia.__tablename__)):
        return []
    e = tabla(Evidencia).c
    return list(session.execute(select(e.sha256).distinct().order_by(e.sha256)).scalars())


def falta_de_archivos(session: Session) -> str | None:
    """La primera evidencia cuyo archivo falta o no es el que se subió, en palabras; None si están todas."""
    e = tabla(Evidencia).c
    vistas: dict[str, str | None] = {}
    for fila in session.execute(select(e.id, e.nombre, e.sha256).order_by(e.id)):
        if fila.sha256 not in vistas:
            vistas[fila.sha256] = huella_de(ruta_de(fila.sha256))
        hay = vistas[fila.sha256]
        if hay != fila.sha256:
            que = "falta" if hay is None else "está alterado"
            return f"{que} el archivo de la evidencia {fila.id}, «{fila.nombre}» ({fila.sha256[:12]}…)"
    return None


def de_item(session: Session, clase: ClaseItem, item_id: int, anio: int, mes: int) -> list[Fila]:
    """Las evidencias de una cosa en un periodo, la última primero; también las retiradas, con su motivo."""
    return de_items(session, anio=anio, mes=mes, items=[(clase, item_id)])


def de_items(session: Session, *, anio: int, mes: int | None, items: Sequence[tuple[str, int]]) -> list[Fila]:
    """Las evidencias de varias cosas en un periodo, o en todo el ejercicio si `mes` es None.

    Cada una: id, version, sha256, nombre, tipo, tamano, clasificacion, subio, subida_en (UTC), retirada,
    motivo, ente_id, area, del_area, dependencias y `prueba` (clase, id, nombre, anio, mes).
    """
    p = tabla(PruebaDe).c
    suyas = or_(*(and_(p.clase == ClaseItem(clase), p.item_id == cual) for clase, cual in items))
    cuales = select(p.evidencia_id).where(p.anio == anio, suyas)
    return filas(session, cuales if mes is None else cuales.where(p.mes == mes))


def una(session: Session, evidencia_id: int) -> Fila | None:
    """Una evidencia con su `sha256`, o None si no existe."""
    if not 0 < evidencia_id <= ID_MAXIMO:
        return None
    e = tabla(Evidencia).c
    halladas = filas(session, select(e.id).where(e.id == evidencia_id))
    return halladas[0] if halladas else None


def biblioteca(
    session: Session,
    *,
    anio: int,
    mes: int | None = None,
    area_id: int | None = None,
    ente_id: int | None = None,
    clasificacion: str = "",
    buscar: str = "",
) -> list[Fila]:
    """Las evidencias de un ejercicio que cumplen todo lo pedido, la última primero.

    Un `area_id` general alcanza a sus auxiliares. `buscar`, en el nombre del archivo o en lo
    que prueba.
    """
    p = tabla(PruebaDe).c
    cuales = select(p.evidencia_id).where(p.anio == anio)
    if mes is not None:
        cuales = cuales.where(p.mes == mes)
    pedido = llave(buscar)
    return [
        f
        for f in filas(session, cuales)
        if ente_id in (None, f["ente_id"])
        and (area_id is None or area_id in f["dependencias"])
        and clasificacion in ("", f["clasificacion"])
        and any(pedido in llave(n) for n in (f["nombre"], *(d["nombre"] for d in f["prueba"])))
    ]


def filas(session: Session, cuales: Select[Any]) -> list[Fila]:
    """Las evidencias cuyo id da `cuales`, la última primero, como las describe `de_items`."""
    e, p = tabla(Evidencia), tabla(PruebaDe).c
    evidencias = session.execute(select(e).where(e.c.id.in_(cuales)).order_by(e.c.id.desc())).all()
    pruebas = session.execute(
        select(p.evidencia_id, p.clase, p.item_id, p.anio, p.mes)
        .where(p.evidencia_id.in_(cuales))
        .order_by(p.anio, p.mes, p.clase, p.item_id)
    ).all()
    duenos = _duenos(session, {(ClaseItem(x.clase), x.item_id) for x in pruebas})
    d = tabla(Dependencia).c
    areas = {x.id: x for x in session.execute(select(d.id, d.padre_id, d.nombre))}
    por_evidencia: dict[int, list[Fila]] = defaultdict(list)
    tocan: dict[int, set[int]] = defaultdict(set)
    for x in pruebas:
        nombre, area = duenos[ClaseItem(x.clase), x.item_id]
        tocan[x.evidencia_id] |= _con_superior(area, areas)
        por_evidencia[x.evidencia_id].append(
            {
                "clase": x.clase.value,
                "id": x.item_id,
                "nombre": nombre,
                "anio": x.anio,
                "mes": x.mes,
            }
        )
    lista = []
    for x in evidencias:
        del_area = _con_superior(x.dependencia_id, areas)
        lista.append(
            {
                "id": x.id,
                "version": x.version,
                "sha256": x.sha256,
                "nombre": x.nombre,
                "tipo": x.tipo,
                "tamano": x.tamano,
                "clasificacion": x.clasificacion.value,
                "subio": x.subio,
                "subida_en": en_utc(x.subida_en),
                "retirada": x.retirada_en is not None,
                "motivo": x.motivo_retiro,
                "ente_id": x.ente_id,
                "area": areas[x.dependencia_id].nombre,
                "del_area": sorted(del_area),
                "dependencias": sorted(del_area | tocan[x.id]),
                "prueba": por_evidencia[x.id],
            }
        )
    return lista


def _con_superior(area: int, areas: dict[int, Any]) -> set[int]:
    return {area, areas[area].padre_id} - {None}


def de_quien(session: Session, *, items: Sequence[tuple[str, int]]) -> list[tuple[int, list[int]]]:
    """De cada cosa que existe, su ente y sus dependencias (la propia y su superior), para el permiso."""
    hallados = (objeto(session, ClaseItem(clase), cual) for clase, cual in items)
    return [(o.ente_id, sorted(o.dependencias)) for o in hallados if o is not None and o.ente_id]


def _duenos(session: Session, items: Collection[Item]) -> dict[Item, tuple[str, int]]:
    """Item → su nombre y su dependencia."""
    hallados: dict[Item, tuple[str, int]] = {}
    modelos: dict[ClaseItem, type[MetaActividad] | type[Indicador]] = {
        ClaseItem.META: MetaActividad,
        ClaseItem.INDICADOR: Indicador,
    }
    for clase, modelo in modelos.items():
        c = tabla(modelo).c
        ids = [cual for de, cual in items if de is clase]
        for f in session.execute(select(c.id, c.nombre, c.dependencia_id).where(c.id.in_(ids))):
            hallados[clase, f.id] = (f.nombre, f.dependencia_id)
    return hallados


def cobertura(session: Session, *, anio: int, ente_id: int | None = None) -> dict[str, Any]:
    """Por área y periodo, cuántas entregadas traen evidencia y cuántas no; cuadra con el tablero de captura.

    `meses` y `areas`: id, general_id, clave, nombre, general, ente_id y `meses` {mes: {tocan, entregadas,
    con, sin}}.
    """
    cuentas: dict[int, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    areas = {}
    for una_de in debidas(session, anio, ente_id=ente_id):
        areas[una_de.unidad.id] = una_de.unidad
        cuenta = cuentas[una_de.unidad.id][una_de.mes]
        entregada = una_de.va in (Entregado.A_TIEMPO, Entregado.TARDE)
        cuenta["tocan"] += 1
        cuenta["entregadas"] += entregada
        cuenta["con"] += entregada and una_de.con_evidencia
        cuenta["sin"] += entregada and not una_de.con_evidencia
    return {
        "meses": sorted({mes for de in cuentas.values() for mes in de}),
        "areas": [
            {
                "id": u.id,
                "general_id": u.general_id,
                "clave": u.clave,
                "nombre": u.nombre,
                "general": u.general,
                "ente_id": u.ente_id,
                "meses": {mes: dict(cuenta) for mes, cuenta in cuentas[u.id].items()},
            }
            for u in sorted(areas.values(), key=lambda u: (u.ente_id, u.clave))
        ],
    }
