"""El diagnóstico de un programa: FODA por dependencia, involucrados, y lo que atiende del plan."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.catalogo import NombreCatalogo
from db.models.diagnostico import DescripcionPrograma, Involucrado
from db.models.estructura import Dependencia
from db.models.plan import Alineacion
from db.models.programas import Programa, Proyecto
from db.queries.alineado import entradas
from db.queries.plan import leer_arbol
from db.rules.periodo import Corte

Datos = dict[str, Any]

FODA = {
    "fortalezas": "Fortalezas",
    "oportunidades": "Oportunidades",
    "debilidades": "Debilidades",
    "amenazas": "Amenazas",
}
TEXTOS = {
    **FODA,
    "estrategias": "Estrategias para alcanzar el objetivo",
    "poblacion_potencial": "Población potencial",
    "poblacion_objetivo": "Población objetivo",
}
DE_ODS = (NombreCatalogo.ODS, NombreCatalogo.ODS_META)
POSTURAS = {"a_favor": "A favor", "indiferente": "Indiferente", "en_contra": "En contra"}


def descripciones(session: Session, *, programa_id: int, ente_id: int) -> list[Datos]:
    """Una por dependencia general, en orden de clave: los `TEXTOS`, dependencia_id, dependencia y version."""
    x, d = tabla(DescripcionPrograma), tabla(Dependencia)
    consulta = (
        select(x, d.c.nombre.label("dependencia"))
        .join(d, d.c.id == x.c.dependencia_id)
        .where(x.c.programa_id == programa_id, d.c.ente_id == ente_id)
        .order_by(d.c.clave)
    )
    return [dict(fila) for fila in session.execute(consulta).mappings()]


def involucrados(session: Session, *, programa_id: int, ente_id: int) -> list[Datos]:
    """Los grupos con interés en el problema, en su orden."""
    i = tabla(Involucrado)
    consulta = select(i).where(i.c.programa_id == programa_id, i.c.ente_id == ente_id).order_by(i.c.orden)
    return [{**fila, "postura": str(fila["postura"])} for fila in session.execute(consulta).mappings()]


def generales(session: Session, *, programa_id: int, ente_id: int) -> dict[int, str]:
    """Las dependencias generales del ente con metas del programa: id → clave y nombre."""
    m, y, d = tabla(MetaActividad).c, tabla(Proyecto).c, tabla(Dependencia)
    de_metas = (
        select(d.c.id, d.c.padre_id)
        .join(tabla(MetaActividad), m.dependencia_id == d.c.id)
        .join(tabla(Proyecto), y.id == m.proyecto_id)
        .where(y.programa_id == programa_id, m.ente_id == ente_id)
        .distinct()
    )
    cuales = {f.padre_id or f.id for f in session.execute(de_metas)}
    filas = session.execute(
        select(d.c.id, d.c.clave, d.c.nombre).where(d.c.id.in_(cuales)).order_by(d.c.clave)
    )
    return {f.id: f"{f.clave} {f.nombre}" for f in filas}


def atendido(session: Session, *, anio: int, clave: str, dependencia_id: int) -> Datos:
    """Lo que las metas de una dependencia en un programa atienden del plan y de los ODS.

    `plan`: los nodos citados con su camino, en orden; `ods`: «1 Fin de la pobreza», en orden.
    """
    m, y, g, d = tabla(MetaActividad).c, tabla(Proyecto).c, tabla(Programa).c, tabla(Dependencia).c
    cita, liga = tabla(CitaLinea).c, tabla(Alineacion).c
    areas = select(d.id).where((d.id == dependencia_id) | (d.padre_id == dependencia_id))
    citados = set(
        session.execute(
            select(cita.nodo_id)
            .join(tabla(MetaActividad), m.id == cita.meta_id)
            .join(tabla(Proyecto), y.id == m.proyecto_id)
            .join(tabla(Programa), g.id == y.programa_id)
            .where(m.anio == anio, g.clave == clave, m.dependencia_id.in_(areas))
        ).scalars()
    )
    arbol = leer_arbol(session, Corte(anio, 12))
    if arbol is None:
        return {"plan": [], "ods": []}
    rutas = {nodo.id: arbol.ruta(nodo.id) for nodo in arbol.nodos if nodo.id in citados}
    alcanzados = {nodo.id for ruta in rutas.values() for nodo in ruta}
    ligadas = session.execute(select(liga.entrada_id).where(liga.nodo_id.in_(alcanzados))).scalars()
    todas = entradas(session)
    ods = {i: todas[i] for i in ligadas if i in todas and todas[i].catalogo in DE_ODS}
    return {
        "plan": [[f"{nodo.clave} {nodo.nombre}" for nodo in ruta[2:] or ruta] for ruta in rutas.values()],
        "ods": [f"{e.clave} {e.nombre}" for e in sorted(ods.values(), key=lambda e: (e.orden, e.clave))],
    }
