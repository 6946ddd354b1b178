"""Escribir el diagnóstico de un programa: FODA y estrategias de cada dependencia, y los involucrados."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.actions.mir import exigir_mir
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.diagnostico import DescripcionPrograma, Involucrado, PosturaInvolucrado
from db.queries.diagnostico import TEXTOS, generales
from db.rules.permisos import Accion, Actor, SinPermiso
from db.rules.problema import Problema

LARGO_MAXIMO, NOMBRE_MAXIMO = 4_000, 200


def guardar_descripcion(
    session: Session,
    actor: Actor,
    *,
    programa_id: int,
    ente_id: int,
    dependencia_id: int,
    version: int,
    textos: Mapping[str, str],
) -> None:
    """Deja el PbRM-01b de una dependencia en un programa; `textos` por campo de `TEXTOS`.

    SinPermiso; `Conflicto`; `Problema` si la dependencia no tiene metas ahí o un texto es muy largo.
    """
    exigir_mir(session, actor, programa_id, ente_id)
    if dependencia_id not in generales(session, programa_id=programa_id, ente_id=ente_id):
        raise Problema("Esa dependencia no tiene metas en el programa.", "Elija otra.", "dependencia")
    x = tabla(DescripcionPrograma).c
    cual = session.execute(
        select(x.id).where(x.programa_id == programa_id, x.dependencia_id == dependencia_id)
    ).scalar()
    fila = session.get(DescripcionPrograma, cual) if cual else None
    exigir_version(fila, version)
    fila = fila or DescripcionPrograma(programa_id=programa_id, dependencia_id=dependencia_id)
    for campo in TEXTOS:
        escrito = textos.get(campo, "").strip()
        if len(escrito) > LARGO_MAXIMO:
            raise Problema(f"Pasa de {LARGO_MAXIMO:,} letras.", "Acórtelo.", campo)
        setattr(fila, campo, escrito)
    session.add(fila)
    session.flush()


def guardar_involucrado(
    session: Session,
    actor: Actor,
    *,
    programa_id: int,
    ente_id: int,
    involucrado_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Agrega (id vacío) o corrige un grupo: grupo, interes, problema, recursos, postura y fuerza (1 a 5)."""
    exigir_mir(session, actor, programa_id, ente_id)
    fila = session.get(Involucrado, involucrado_id) if involucrado_id else None
    if fila is not None and (fila.programa_id, fila.ente_id) != (programa_id, ente_id):
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_version(fila, version)
    grupo = obligatorio(str(datos["grupo"]), "grupo", "el grupo", NOMBRE_MAXIMO)
    if not 1 <= int(datos["fuerza"]) <= 5:
        raise Problema("La fuerza va de 1 a 5.", "Corríjala.", "fuerza")
    if fila is None:
        i = tabla(Involucrado).c
        ultimo = session.execute(
            select(func.max(i.orden)).where(i.programa_id == programa_id, i.ente_id == ente_id)
        ).scalar()
        fila = Involucrado(programa_id=programa_id, ente_id=ente_id, orden=(ultimo or 0) + 1, grupo=grupo)
    fila.grupo, fila.fuerza = grupo, int(datos["fuerza"])
    fila.postura = PosturaInvolucrado(datos["postura"])
    for campo in ("interes", "problema", "recursos"):
        setattr(fila, campo, str(datos.get(campo, "")).strip()[:LARGO_MAXIMO])
    session.add(fila)
    session.flush()
    return fila.id or 0


def quitar_involucrado(session: Session, actor: Actor, *, involucrado_id: int, version: int) -> None:
    """Quita un grupo. SinPermiso; `Conflicto`."""
    fila = session.get(Involucrado, involucrado_id)
    if fila is None:
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_mir(session, actor, fila.programa_id, fila.ente_id)
    exigir_version(fila, version)
    session.delete(fila)
    session.flush()
