"""Abrir el anteproyecto de un año: si aún no hay estructura programática, se copia la del anterior."""

from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from db import audit
from db.base import ahora, tabla
from db.models.anteproyecto import EtapaPresupuesto, NombreEtapa
from db.models.municipio import Ente
from db.models.programas import Programa, Proyecto, ProyectoEjecutado
from db.queries import anteproyecto as lee
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema


def abrir_anteproyecto(session: Session, actor: Actor, *, anio: int, ente_id: int) -> int:
    """Abre el anteproyecto de un ente y año; devuelve su id.

    Si el año aún no tiene estructura programática, copia la del anterior: programas, proyectos y quién los
    ejecuta. Problema si ya se abrió, si el ente no existe o si no hay de dónde copiar.
    """
    exigir(actor, Accion.CERRAR_ETAPA, Objeto(ente_id))
    e = tabla(Ente).c
    if session.execute(select(e.id).where(e.id == ente_id).with_for_update()).scalar() is None:
        raise Problema("El ente no existe.", "Créelo en Configuración, en la pestaña Entes.")
    if lee.etapa_de(session, anio, ente_id, NombreEtapa.ANTEPROYECTO.value) is not None:
        raise Problema(f"El anteproyecto {anio} ya está abierto.", "Elíjalo en la pantalla.")
    _asegurar_estructura(session, anio, ente_id)
    etapa = EtapaPresupuesto(anio=anio, ente_id=ente_id, etapa=NombreEtapa.ANTEPROYECTO, abierta_en=ahora())
    session.add(etapa)
    session.flush()
    assert etapa.id is not None
    return etapa.id


def _asegurar_estructura(session: Session, anio: int, ente_id: int) -> None:
    p, y, x = tabla(Programa), tabla(Proyecto), tabla(ProyectoEjecutado)
    copiados: dict[str, int] = {}
    for destino, llave in ((p, None), (y, "programa_id")):
        if session.execute(select(destino.c.id).where(destino.c.anio == anio).limit(1)).first() is None:
            copiados[destino.name] = _copiar_estructura(session, destino, llave, anio)
    if not session.execute(select(y.c.id).where(y.c.anio == anio).limit(1)).first():
        raise Problema(
            f"No hay proyectos de {anio} ni de {anio - 1}.", "Cárguelos en Importar, formato Programas."
        )
    nuevos = {f.clave: f.id for f in session.execute(select(y.c.clave, y.c.id).where(y.c.anio == anio))}
    ejecutan = (
        select(y.c.clave, x.c.dependencia_id, x.c.area)
        .join(y, y.c.id == x.c.proyecto_id)
        .where(x.c.ente_id == ente_id)
    )
    if session.execute(ejecutan.where(y.c.anio == anio).limit(1)).first() is None:
        filas = [
            {
                "ente_id": ente_id,
                "proyecto_id": nuevos[f.clave],
                "dependencia_id": f.dependencia_id,
                "area": f.area,
            }
            for f in session.execute(ejecutan.where(y.c.anio == anio - 1).order_by(x.c.id))
            if f.clave in nuevos
        ]
        if filas:
            session.execute(insert(x), filas)
        copiados[x.name] = len(filas)
    if copiados:
        audit.anotar(session, "copiar", "estructura", anio, de=anio - 1, ente=ente_id, **copiados)


def _copiar_estructura(session: Session, destino: Any, llave: str | None, anio: int) -> int:
    """Copia los programas, o los proyectos bajo el programa de igual clave; devuelve cuántos."""
    p = tabla(Programa)
    programas = {f.clave: f.id for f in session.execute(select(p.c.clave, p.c.id).where(p.c.anio == anio))}
    previas = session.execute(select(destino).where(destino.c.anio == anio - 1).order_by(destino.c.clave))
    filas = []
    for previa in previas.mappings():
        fila = {**previa, "anio": anio, "version": 1}
        del fila["id"]
        if llave is not None:
            if previa["clave"][:8] not in programas:
                continue
            fila[llave] = programas[previa["clave"][:8]]
        filas.append(fila)
    if filas:
        session.execute(insert(destino), filas)
    return len(filas)
