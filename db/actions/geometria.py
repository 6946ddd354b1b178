"""Guardar el contorno del municipio, sus localidades o sus colonias, para el mapa."""

from sqlalchemy import delete
from sqlmodel import Session

from db.audit import anotar
from db.base import tabla
from db.models.proyectos_estrategicos import ClaseGeometria, GeometriaLocal
from db.rules.geometria import leer
from db.rules.permisos import Accion, Actor, exigir


def guardar(session: Session, actor: Actor, *, clase: str, contenido: bytes) -> int:
    """Sustituye los contornos de una clase por los del archivo GeoJSON; devuelve cuántos quedaron.

    SinPermiso; `Problema` (campo «archivo») si el archivo no sirve.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    cual, formas = ClaseGeometria(clase), leer(contenido)
    session.execute(delete(GeometriaLocal).where(tabla(GeometriaLocal).c.clase == cual))
    unicos = dict(formas)
    for nombre, geometria in unicos.items():
        session.add(GeometriaLocal(clase=cual, nombre=nombre, geometria=geometria))
    session.flush()
    anotar(session, "cargar", "geometria_local", cual.value, contornos=len(unicos))
    return len(unicos)
