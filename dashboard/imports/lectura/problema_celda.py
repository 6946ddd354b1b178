"""Un dato del archivo que una persona debe corregir."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProblemaCelda:
    """Dónde está (hoja y celda «D14»), qué decía, qué regla rompe y cómo se arregla.

    `grave` impide cargar la fila; lo que no es grave se puede aceptar con observaciones.
    """

    hoja: str
    celda: str
    valor: str
    regla: str
    remedio: str
    grave: bool = True

    def a_dict(self) -> dict[str, Any]:
        """Para guardarlo o enviarlo como JSON."""
        return asdict(self)
