"""Avisar a las personas dentro del sistema, marcar lo leído y guardar cómo prefiere cada quien el correo."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session

from db.base import ahora, tabla
from db.engine import insertar_si_falta
from db.models.avisos import Aviso, ClaseAviso


def avisar(
    session: Session,
    usuario_ids: Collection[int],
    clase: ClaseAviso,
    llave: str,
    titulo: str,
    texto: str = "",
    ruta: str = "",
) -> int:
    """Deja el aviso a cada persona, una sola vez por `llave`, y devuelve a cuántas se les dijo ahora.

    Va en la transacción de lo que se avisa: si eso no se guarda, nadie se entera. No pide permiso ni queda en
    la bitácora: el hecho que se avisa ya está en ella.
    """
    momento = ahora()
    filas = [
        {
            "usuario_id": quien,
            "clase": clase,
            "llave": llave,
            "titulo": titulo,
            "texto": texto,
            "ruta": ruta,
            "creado_en": momento,
        }
        for quien in sorted(set(usuario_ids))
    ]
    return len(insertar_si_falta(session, tabla(Aviso), filas))


def marcar_leidos(session: Session, usuario_id: int, avisos: Collection[int] | None = None) -> None:
    """Da por leídos esos avisos de la persona, o todos; los ajenos no se tocan."""
    a = tabla(Aviso).c
    orden = update(tabla(Aviso)).where(a.usuario_id == usuario_id, a.leido_en.is_(None))
    if avisos is not None:
        orden = orden.where(a.id.in_(avisos))
    session.execute(orden.values(leido_en=ahora()))
