"""Lo escrito y no enviado: se guarda en el servidor conforme se escribe, sin refrescar ninguna pantalla."""

from typing import Any

from sqlalchemy import delete
from sqlmodel import Session
from sqlmodel import select as elegir

from db.base import ahora, tabla
from db.models.captura import Borrador


def guardar_borrador(session: Session, usuario_id: int, llave: str, datos: dict[str, Any]) -> None:
    """Guarda lo que la persona lleva escrito. No va a la bitácora: todavía no dice nada oficial."""
    borrador = session.exec(
        elegir(Borrador).where(Borrador.usuario_id == usuario_id, Borrador.llave == llave)
    ).first() or Borrador(usuario_id=usuario_id, llave=llave, guardado_en=ahora())
    borrador.datos, borrador.guardado_en = datos, ahora()
    session.add(borrador)


def descartar_borrador(session: Session, usuario_id: int, llaves: list[str]) -> None:
    """Olvida borradores; los que no existen no estorban."""
    b = tabla(Borrador).c
    session.execute(delete(tabla(Borrador)).where(b.usuario_id == usuario_id, b.llave.in_(llaves)))
