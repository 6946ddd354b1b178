"""Un aviso que toca dejar: a quiénes, con qué llave y qué dice."""

from dataclasses import dataclass

from db.models.avisos import ClaseAviso
from db.rules.avisos import Mensaje


@dataclass(frozen=True, slots=True)
class Nuevo:
    """Un aviso que toca: a quiénes, su llave y lo que dice."""

    usuario_ids: tuple[int, ...]
    clase: ClaseAviso
    llave: str
    mensaje: Mensaje
