"""Un capítulo del Informe con todo lo que lleva: texto, versiones, comentarios, logros y fotografías."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import Adjunto
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia
from db.models.informe import CapituloInforme, ComentarioCapitulo, EstadoCapitulo, Informe, VersionCapitulo
from db.models.municipio import Ejercicio
from db.models.programas import Proyecto
from db.queries.informe import de_logros, informe
from db.queries.usuarios import en_utc

CAPITULO = "capitulo"
"""Asunto de los adjuntos que son fotografías de un capítulo."""

Fila = dict[str, Any]


def capitulo(session: Session, *, capitulo_id: int) -> Fila | None:
    """Un capítulo con su informe, su texto, versiones, comentarios, logros y fotografías; None si no existe.

    Además de lo de `capitulos`: `informe`, `texto`, `cifras` (las guardadas), `historia` (numero, texto,
    estado, autor, guardada_en, la última primero), `comentarios`, `lista_logros` y `fotos`.
    """
    c = tabla(CapituloInforme).c
    informe_id = session.execute(select(c.informe_id).where(c.id == capitulo_id)).scalar()
    entero = None if informe_id is None else informe(session, informe_id=informe_id)
    if entero is None:
        return None
    suyo: Fila = next(f for f in entero["capitulos"] if f["id"] == capitulo_id)
    v, k = tabla(VersionCapitulo).c, tabla(ComentarioCapitulo).c
    versiones = session.execute(
        select(tabla(VersionCapitulo)).where(v.capitulo_id == capitulo_id).order_by(v.numero.desc())
    )
    historia = [
        f._asdict() | {"estado": EstadoCapitulo(f.estado).value, "guardada_en": en_utc(f.guardada_en)}
        for f in versiones
    ]
    comentarios = session.execute(
        select(tabla(ComentarioCapitulo)).where(k.capitulo_id == capitulo_id).order_by(k.id)
    )
    return suyo | {
        "informe": {campo: valor for campo, valor in entero.items() if campo != "capitulos"},
        "texto": historia[0]["texto"] if historia else "",
        "cifras": historia[0]["cifras"] if historia else {},
        "historia": historia,
        "comentarios": [_comentario(f) for f in comentarios],
        "lista_logros": [_logro(f) for f in de_logros(session, suyo["informe_id"]).get(capitulo_id, [])],
        "fotos": fotos(session, [capitulo_id]).get(capitulo_id, []),
    }


def _comentario(f: Any) -> Fila:
    resuelto = en_utc(f.resuelto_en) if f.resuelto_en else None
    fila: Fila = f._asdict()
    return fila | {"momento": en_utc(f.momento), "resuelto_en": resuelto}


def _logro(f: Any) -> Fila:
    fila: Fila = f._asdict()
    return fila | {"clase": f.clase.value}


def fotos(session: Session, capitulo_ids: list[int]) -> dict[int, list[Fila]]:
    """Las fotografías vigentes de unos capítulos, en orden: adjunto_id, evidencia_id, sha256, tipo, pie…"""
    a, e = tabla(Adjunto).c, tabla(Evidencia).c
    consulta = (
        select(
            a.id.label("adjunto_id"), a.referencia, a.pie, a.lugar, a.agrego, e.id.label("evidencia_id"),
            e.sha256, e.tipo, e.nombre, e.clasificacion,
        )
        .join(tabla(Evidencia), e.id == a.evidencia_id)
        .where(
            a.asunto == CAPITULO,
            a.referencia.in_([str(c) for c in capitulo_ids]),
            e.retirada_en.is_(None),
        )
        .order_by(a.orden, a.id)
    )  # fmt: skip
    juntas: dict[int, list[Fila]] = defaultdict(list)
    for f in session.execute(consulta):
        juntas[int(f.referencia)].append(f._asdict() | {"clasificacion": f.clasificacion.value})
    return dict(juntas)


def ejercicios(session: Session) -> list[int]:
    """Los ejercicios que hay, del último al primero."""
    e = tabla(Ejercicio).c
    return list(session.execute(select(e.anio).order_by(e.anio.desc())).scalars())


def opciones(session: Session, *, informe_id: int) -> dict[str, Any]:
    """Lo que se elige en un capítulo: dependencias generales activas y proyectos de sus ejercicios."""
    i, d, p = tabla(Informe).c, tabla(Dependencia).c, tabla(Proyecto).c
    anios = session.execute(select(i.desde_anio, i.hasta_anio).where(i.id == informe_id)).first()
    dependencias = select(d.id, d.clave, d.nombre).where(d.activa, d.padre_id.is_(None))
    proyectos = select(p.id, p.anio, p.clave, p.nombre).where(
        p.anio.between(anios.desde_anio, anios.hasta_anio) if anios else p.anio == 0
    )
    return {
        "dependencias": {
            f.id: f"{f.clave} {f.nombre}" for f in session.execute(dependencias.order_by(d.ente_id, d.clave))
        },
        "proyectos": {
            f.id: f"{f.clave} {f.nombre} ({f.anio})"
            for f in session.execute(proyectos.order_by(p.anio.desc(), p.clave))
        },
    }
