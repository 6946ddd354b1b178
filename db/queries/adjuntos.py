"""Los archivos que acompañan a algo que no es un resultado, y con qué permiso se ven."""

from typing import Any

from sqlalchemy import select, union_all
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import Adjunto
from db.models.encargos import Encargo
from db.models.sesiones import Acta, MaterialPunto
from db.queries.evidencias import filas
from db.rules.permisos import Accion
from db.rules.registros import REGISTROS

Fila = dict[str, Any]

ACUERDO, SESION, ENCARGO, GUIA = "acuerdo", "sesion", "encargo", "guia"
"""Asuntos de un adjunto: lo que prueba un acuerdo, la carpeta de una sesión, los archivos de un encargo y lo
que prueba un indicador de la Guía."""


def adjuntos(session: Session, *, asunto: str, referencia: str) -> list[Fila]:
    """Los archivos de una cosa, el último primero y también los retirados: como `evidencias.filas`, con
    `adjunto_id` y `pie`."""
    a = tabla(Adjunto).c
    suyos = select(a.evidencia_id, a.id, a.pie).where(a.asunto == asunto, a.referencia == referencia)
    por_evidencia = {f.evidencia_id: f for f in session.execute(suyos)}
    return [
        f | {"adjunto_id": por_evidencia[f["id"]].id, "pie": por_evidencia[f["id"]].pie}
        for f in filas(session, suyos.with_only_columns(a.evidencia_id))
    ]


def referencia_de_guia(anio: int, clave: str) -> str:
    """Cómo se nombra un indicador de la Guía en un año: «2026/1.1.2»."""
    return f"{anio}/{clave}"


def de_la_guia(session: Session, *, anio: int) -> list[Fila]:
    """Los archivos vigentes que prueban la Guía de un año, por indicador: con su `clave`."""
    a = tabla(Adjunto).c
    suyos = session.execute(
        select(a.referencia).where(a.asunto == GUIA, a.referencia.startswith(f"{anio}/")).distinct()
    ).scalars()
    return [
        f | {"clave": referencia.partition("/")[2]}
        for referencia in sorted(suyos)
        for f in adjuntos(session, asunto=GUIA, referencia=referencia)
        if not f["retirada"]
    ]


def permisos_de(session: Session, evidencia_id: int) -> set[Accion]:
    """Con qué permisos se ve aquello a lo que acompaña: un comité, un acuerdo, un encargo de un registro."""
    m, a, j = tabla(MaterialPunto).c, tabla(Acta).c, tabla(Adjunto).c
    de_comite = union_all(
        select(m.id).where(m.evidencia_id == evidencia_id),
        select(a.id).where(a.evidencia_id == evidencia_id),
        select(j.id).where(j.evidencia_id == evidencia_id, j.asunto.in_((ACUERDO, SESION))),
    )
    permisos = {Accion.VER_COMITES} if session.execute(de_comite).first() is not None else set()
    encargos = select(j.referencia).where(j.evidencia_id == evidencia_id, j.asunto == ENCARGO)
    ids = [int(referencia) for referencia in session.execute(encargos).scalars()]
    e = tabla(Encargo).c
    registros = session.execute(select(e.registro).where(e.id.in_(ids))).scalars()
    de_guia = select(j.id).where(j.evidencia_id == evidencia_id, j.asunto == GUIA)
    if session.execute(de_guia).first() is not None:
        permisos.add(Accion.VER_GUIA)
    return permisos | {REGISTROS[cual].ver for cual in registros}
