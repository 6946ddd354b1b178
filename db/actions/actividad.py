"""Guardar metas de actividad calendarizadas, con las líneas del plan que citan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.estructura import asegurar_dependencias, sincronizar_ejecutados
from db.actions.programado import exigir_no_menos, exigir_sin_reprogramar, logrado, meses_intocables
from db.actions.programas import asegurar_proyectos
from db.actions.reverso import en_bloques
from db.actions.sincronizar import Fila, sincronizar
from db.actions.vinculos import proponer_vinculos
from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad, OperacionMeta, ProgramacionMeta
from db.models.bitacora import Carga
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.texto import llave


@dataclass(frozen=True, slots=True)
class FilaActividad:
    """Una meta de actividad; `meses` trae sólo los que no están vacíos y `citas`, los nodos del plan."""

    ente_id: int | None
    general: str
    auxiliar: str
    proyecto: str
    area: str
    numero: int
    nombre: str
    unidad: str
    operacion: OperacionMeta
    meses: tuple[tuple[int, Decimal], ...]
    citas: tuple[int, ...]


def guardar_actividades(
    session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaActividad]
) -> Cuenta:
    """Agrega o corrige metas con su calendario original y sus citas; las que no vienen se quedan.

    SinPermiso si el rol no alcanza a alguno de los entes; Problema si cambia lo cerrado o baja de lo logrado.
    """
    assert carga.anio is not None
    proyectos = asegurar_proyectos(session, carga.anio, {fila.proyecto for fila in filas})
    total = Cuenta(0, 0, 0)
    for ente_id in sorted({fila.ente_id or carga.ente_id or 0 for fila in filas}):
        exigir(actor, Accion.CARGAR_ACTIVIDADES, Objeto(ente_id))
        propias = [fila for fila in filas if (fila.ente_id or carga.ente_id) == ente_id]
        total += _de_un_ente(session, carga.anio, ente_id, propias, proyectos)
        proponer_vinculos(session, carga.anio, ente_id)
    return total


def _de_un_ente(
    session: Session, anio: int, ente_id: int, filas: Sequence[FilaActividad], proyectos: dict[str, int]
) -> Cuenta:
    _, conjunto = asegurar_dependencias(
        session, ente_id, {f.general: "" for f in filas}, {(f.general, f.auxiliar): f.area for f in filas}
    )
    lugares = [(proyectos[f.proyecto], conjunto.auxiliares[f.general, f.auxiliar]) for f in filas]
    sincronizar_ejecutados(
        session, ente_id, [(p, d, f.area) for (p, d), f in zip(lugares, filas, strict=True)]
    )
    m = tabla(MetaActividad)
    existentes = [
        f._asdict() for f in session.execute(select(m).where(m.c.anio == anio, m.c.ente_id == ente_id))
    ]
    datos: list[Fila] = [
        {
            "anio": anio,
            "ente_id": ente_id,
            "proyecto_id": proyecto_id,
            "dependencia_id": dependencia_id,
            "area": fila.area,
            "numero": fila.numero,
            "nombre": fila.nombre,
            "unidad": fila.unidad,
            "operacion": fila.operacion,
            "busqueda": llave(f"{fila.proyecto} {fila.nombre}"),
        }
        for (proyecto_id, dependencia_id), fila in zip(lugares, filas, strict=True)
    ]
    metas = sincronizar(
        session, MetaActividad, ("dependencia_id", "proyecto_id", "numero"), datos, existentes
    )
    ids = [metas.ids[d["dependencia_id"], d["proyecto_id"], d["numero"]] for d in datos]
    tocadas = {metas.ids[k] for k in metas.nuevas | metas.cambiadas}
    tocadas |= _calendario(session, anio, ids, filas) | _citas(session, ids, filas)
    nuevas = len(metas.nuevas)
    return Cuenta(len(filas), len(tocadas), len(filas) - len(tocadas), nuevas, len(tocadas) - nuevas)


def _calendario(session: Session, anio: int, ids: Sequence[int], filas: Sequence[FilaActividad]) -> set[int]:
    """Deja el calendario original como dice el archivo; devuelve las metas que cambiaron."""
    p = tabla(ProgramacionMeta)
    existentes = list(_de_metas(session, p, p.c.reconduccion_id.is_(None), ids))
    _exigir_posible(session, anio, ids, filas, existentes)
    datos: list[Fila] = [
        {"meta_id": meta_id, "mes": mes, "cantidad": cantidad}
        for meta_id, fila in zip(ids, filas, strict=True)
        for mes, cantidad in fila.meses
    ]
    hecho = sincronizar(session, ProgramacionMeta, ("meta_id", "mes"), datos, existentes, quitar=True)
    return {meta_id for meta_id, _ in hecho.tocadas}


def _exigir_posible(
    session: Session, anio: int, ids: Sequence[int], filas: Sequence[FilaActividad], previos: Sequence[Fila]
) -> None:
    """Problema si una meta que ya estaba cambia lo cerrado o baja de lo ya logrado."""
    antes: dict[int, dict[int, Decimal]] = {}
    for previo in previos:
        antes.setdefault(previo["meta_id"], {})[previo["mes"]] = previo["cantidad"]
    cerrados = meses_intocables(session, anio)
    ya = logrado(session, list(antes))
    for meta_id, fila in zip(ids, filas, strict=True):
        if meta_id not in antes:
            continue
        nombre = f"Meta {fila.numero} del proyecto {fila.proyecto} ({fila.general}-{fila.auxiliar})"
        exigir_sin_reprogramar(nombre, antes[meta_id], dict(fila.meses), cerrados)
        if fila.operacion is OperacionMeta.SUMA:
            exigir_no_menos(nombre, antes[meta_id], dict(fila.meses), ya.get(meta_id, Decimal(0)))


def _citas(session: Session, ids: Sequence[int], filas: Sequence[FilaActividad]) -> set[int]:
    c = tabla(CitaLinea)
    existentes = _de_metas(session, c, c.c.id.is_not(None), ids)
    datos: list[Fila] = [
        {"meta_id": meta_id, "nodo_id": nodo_id}
        for meta_id, fila in zip(ids, filas, strict=True)
        for nodo_id in fila.citas
    ]
    hecho = sincronizar(session, CitaLinea, ("meta_id", "nodo_id"), datos, existentes, quitar=True)
    return {meta_id for meta_id, _ in hecho.tocadas}


def _de_metas(session: Session, origen: Table, ademas: Any, ids: Sequence[int]) -> Iterable[Fila]:
    """Los renglones hijos de esas metas."""
    for bloque in en_bloques(ids):
        for fila in session.execute(select(origen).where(origen.c.meta_id.in_(bloque), ademas)):
            yield fila._asdict()
