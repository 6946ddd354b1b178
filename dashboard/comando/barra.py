"""La barra de avance de las órdenes largas; va a la salida de errores para no ensuciar el resultado."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn


@contextmanager
def barra(titulo: str, *, visible: bool = True) -> Iterator[Callable[[float, str], None]]:
    """Entrega `al_avanzar(parte de 0 a 1, paso)`. Fuera de una terminal no dibuja nada."""
    consola = Console(stderr=True)
    columnas = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columnas, console=consola, transient=True, disable=not (visible and consola.is_terminal)
    ) as progreso:
        tarea = progreso.add_task(titulo, total=1.0)

        def al_avanzar(parte: float, paso: str) -> None:
            progreso.update(tarea, completed=parte, description=paso or titulo)

        yield al_avanzar
