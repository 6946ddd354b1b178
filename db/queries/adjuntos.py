"""Los archivos que acompañan a algo que no es un resultado, y cuáles se repartieron en un comité."""

from typing import Any

from sqlalchemy import select, union_all
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import Adjunto
from db.models.sesiones import Acta, MaterialPunto
from db.queries.evidencias import filas

Fila = dict[str, Any]

ACUERDO, SESION = "acuerdo", "sesion"
"""Asuntos de un adjunto: lo que prueba un acuerdo, y la carpeta de una sesión."""


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


def es_de_comite(session: Session, evidencia_id: int) -> bool:
    """¿Es material, carpeta o acta de una sesión, o prueba de un acuerdo?"""
    m, a, j = tabla(MaterialPunto).c, tabla(Acta).c, tabla(Adjunto).c
    consulta = union_all(
        select(m.id).where(m.evidencia_id == evidencia_id),
        select(a.id).where(a.evidencia_id == evidencia_id),
        select(j.id).where(j.evidencia_id == evidencia_id, j.asunto.in_((ACUERDO, SESION))),
    )
    return session.execute(consulta).first() is not None
