"""Lo que las comprobaciones de una etapa comparan: partidas, techos, proyectos ejecutados, metas y plan."""

from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.anteproyecto import EtapaPresupuesto
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Dependencia
from db.models.programas import Proyecto, ProyectoEjecutado, VinculoPlan
from db.queries import anteproyecto as lee
from db.rules.anteproyecto_revision import REGLAS, Hallazgo, Integracion, Linea, Lugar, comprobar


def catalogo(session: Session, cual: NombreCatalogo) -> dict[str, str]:
    """Clave → nombre de un catálogo oficial, en su orden."""
    c = tabla(EntradaCatalogo).c
    filas = session.execute(select(c.clave, c.nombre).where(c.catalogo == cual).order_by(c.orden))
    return {fila.clave: fila.nombre for fila in filas}


def hallazgos(session: Session, etapa_id: int) -> list[Hallazgo]:
    """Lo que no se cumple en una etapa, al momento de preguntar."""
    e = tabla(EtapaPresupuesto)
    etapa = session.execute(select(e.c.anio, e.c.ente_id).where(e.c.id == etapa_id)).one()
    generales = {g["id"]: g["clave"] for g in lee.generales(session, ente_id=etapa.ente_id)}
    anio_metas, metas = _metas(session, etapa.anio, etapa.ente_id)
    filas = lee.partidas(session, etapa_id)
    return comprobar(
        Integracion(
            anio=etapa.anio,
            lineas=[
                Linea((f["general"], f["auxiliar"], f["proyecto"]), f["fuente"], f["partida"], f["meses"])
                for f in filas
            ],
            techos={
                (generales.get(general, str(general)), capitulo): monto
                for (general, capitulo), monto in lee.techos(session, etapa_id).items()
            },
            partidas=frozenset(catalogo(session, NombreCatalogo.OBJETO_GASTO)),
            fuentes=frozenset(catalogo(session, NombreCatalogo.FUENTE)),
            ejecutados=_lugares(session, tabla(ProyectoEjecutado), etapa.anio, etapa.ente_id),
            metas=metas,
            anio_metas=anio_metas,
            con_linea=_con_linea(session, etapa.anio, etapa.ente_id),
            nombres=_nombres(session, etapa.anio),
        )
    )


def comprobaciones(session: Session, *, etapa_id: int, solo: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Cada regla con cuántas faltas y avisos tiene, y la lista en palabras.

    `solo` la limita a unas claves de dependencia general (y a lo que es de toda la etapa).
    """
    lista = [h for h in hallazgos(session, etapa_id) if solo is None or not h.general or h.general in solo]
    return {
        "reglas": [
            {
                "codigo": codigo,
                "pide": pide,
                "graves": sum(h.grave for h in lista if h.regla == codigo),
                "avisos": sum(not h.grave for h in lista if h.regla == codigo),
            }
            for codigo, pide in REGLAS.items()
        ],
        "hallazgos": [
            {c: getattr(h, c) for c in ("regla", "general", "lugar", "mensaje", "remedio", "grave")}
            for h in lista
        ],
        "graves": sum(h.grave for h in lista),
    }


def _nombres(session: Session, anio: int) -> dict[str, str]:
    y = tabla(Proyecto).c
    consulta = select(y.clave, y.nombre).where(y.anio == anio)
    return {fila.clave: fila.nombre for fila in session.execute(consulta)}


def _lugares(session: Session, origen: Table, anio: int, ente_id: int) -> frozenset[Lugar]:
    """(general, auxiliar, proyecto) de los renglones del ente en el año."""
    d, y = tabla(Dependencia), tabla(Proyecto)
    madre = d.alias("madre")
    consulta = (
        select(madre.c.clave, d.c.clave, y.c.clave)
        .select_from(origen)
        .join(d, d.c.id == origen.c.dependencia_id)
        .join(madre, madre.c.id == d.c.padre_id)
        .join(y, y.c.id == origen.c.proyecto_id)
        .where(origen.c.ente_id == ente_id, y.c.anio == anio)
        .distinct()
    )
    return frozenset((fila[0], fila[1], fila[2]) for fila in session.execute(consulta))


def _metas(session: Session, anio: int, ente_id: int) -> tuple[int | None, frozenset[Lugar]]:
    """Las del año; si aún no hay, las del anterior; y de qué año son."""
    for cual in (anio, anio - 1):
        if lugares := _lugares(session, tabla(MetaActividad), cual, ente_id):
            return cual, lugares
    return None, frozenset()


def _con_linea(session: Session, anio: int, ente_id: int) -> frozenset[str]:
    """Claves de proyectos con vínculo o con alguna meta que cita una línea, este año o el anterior."""
    y, v, m, c = tabla(Proyecto), tabla(VinculoPlan), tabla(MetaActividad), tabla(CitaLinea)
    vinculados = select(y.c.clave).join(v, v.c.proyecto_id == y.c.id).where(v.c.ente_id == ente_id)
    citados = (
        select(y.c.clave)
        .join(m, m.c.proyecto_id == y.c.id)
        .join(c, c.c.meta_id == m.c.id)
        .where(m.c.ente_id == ente_id)
    )
    ambos = (consulta.where(y.c.anio.in_((anio - 1, anio))).distinct() for consulta in (vinculados, citados))
    return frozenset(clave for consulta in ambos for clave in session.execute(consulta).scalars())
