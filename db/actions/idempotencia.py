"""Un formulario se guarda una sola vez, y nunca encima de lo que otra persona cambió."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from db.base import Versionado, ahora
from db.models.bitacora import LlaveIdempotencia
from db.rules.permisos import Actor
from db.rules.problema import Problema


class Conflicto(Problema):
    """El registro cambió desde que se abrió."""

    def __init__(self) -> None:
        super().__init__("Otra persona cambió este registro.", "Vuelva a abrirlo.")


def una_vez(
    session: Session, actor: Actor, llave: str, accion: str, hacer: Callable[[], dict[str, Any] | None]
) -> tuple[dict[str, Any], bool]:
    """Corre `hacer` si la llave es nueva. Devuelve (resultado, ya estaba guardado).

    La llave se escribe antes que el cambio: en PostgreSQL la segunda transacción espera aquí a la primera.
    """
    previa = session.get(LlaveIdempotencia, llave)
    if previa is not None:
        return previa.resultado, True
    nueva = LlaveIdempotencia(llave=llave, cuenta=actor.cuenta, accion=accion, creada_en=ahora())
    session.add(nueva)
    session.flush()
    nueva.resultado = hacer() or {}
    return nueva.resultado, False


def exigir_version(registro: Versionado | None, version: int) -> None:
    """Lanza `Conflicto` si el registro ya no es el que se abrió; 0 es «no existía»."""
    if (registro.version if registro else 0) != version:
        raise Conflicto


def exigir_firma(actual: str, abierta: str) -> None:
    """Lo mismo para una lista completa, cuya versión es la firma de su contenido."""
    if actual != abierta:
        raise Conflicto
