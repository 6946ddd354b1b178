"""Insertar muchos renglones y saber con qué id quedaron, igual en los dos motores."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session

from db.base import Base, tabla
from db.engine import insertar_masivo

POR_TANDA = 5_000


def insertar(session: Session, modelo: type[Base], filas: Sequence[dict[str, Any]]) -> list[int]:
    """Inserta por Core, con los valores por omisión del modelo, y devuelve los ids en el mismo orden."""
    if not filas:
        return []
    campos = {n: c.default for n, c in modelo.model_fields.items() if n != "id" and not c.is_required()}
    omision = {nombre: valor for nombre, valor in campos.items() if nombre not in filas[0]}
    previo = _ultimo(session, modelo)
    for inicio in range(0, len(filas), POR_TANDA):
        tanda = [{**omision, **fila} for fila in filas[inicio : inicio + POR_TANDA]]
        session.execute(insert(tabla(modelo)), tanda)
    return _desde(session, modelo, previo)


def insertar_llano(
    session: Session, modelo: type[Base], columnas: Sequence[str], filas: Sequence[Sequence[Any]]
) -> list[int]:
    """Como `insertar`, con valores ya convertidos a lo que guarda la base; sin fechas ni listas."""
    previo = _ultimo(session, modelo)
    insertar_masivo(session, tabla(modelo).name, columnas, filas)
    return _desde(session, modelo, previo)


def _ultimo(session: Session, modelo: type[Base]) -> int:
    return int(session.execute(select(func.coalesce(func.max(tabla(modelo).c.id), 0))).scalar_one())


def _desde(session: Session, modelo: type[Base], previo: int) -> list[int]:
    identificador = tabla(modelo).c.id
    consulta = select(identificador).where(identificador > previo).order_by(identificador)
    return list(session.execute(consulta).scalars())
