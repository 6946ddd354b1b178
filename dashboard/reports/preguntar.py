"""Preguntar muchas veces dentro de una sola lectura: para los conjuntos, fuera de la pantalla."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlmodel import Session

from dashboard.reports.documento import Preguntar
from db.engine import reading

T = TypeVar("T")


def con(session: Session) -> Preguntar:
    """Preguntas sobre una sesión; la misma con los mismos datos se responde una vez."""
    sabidas: dict[str, Any] = {}

    def preguntar(pregunta: Callable[..., T], **parametros: Any) -> T:
        llave = f"{pregunta.__module__}.{pregunta.__qualname__} {sorted(parametros.items())!r}"
        if llave not in sabidas:
            sabidas[llave] = pregunta(session, **parametros)
        hallada: T = sabidas[llave]
        return hallada

    return preguntar


@contextmanager
def una_lectura() -> Iterator[Preguntar]:
    """Preguntas que ven todas la misma base."""
    with reading() as session:
        yield con(session)
