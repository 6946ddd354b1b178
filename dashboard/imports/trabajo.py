"""Una carga que corre aparte mientras la pantalla muestra cuánto lleva."""

import threading
from collections.abc import Callable
from typing import Any

from dashboard.imports.formato import Avance
from dashboard.registro import falla
from db.rules.problema import Problema


class Trabajo:
    """Corre `tarea(al_avanzar)` en un hilo; al terminar deja `resultado`, o `problema` en español."""

    def __init__(self, nombre: str, tarea: Callable[[Avance], Any]) -> None:
        self.nombre = nombre
        self.parte, self.que = 0.0, "Empezando"
        self.resultado: Any = None
        self.problema = ""
        self._tarea = tarea
        self._hilo = threading.Thread(target=self._correr, name=f"carga-{nombre}", daemon=True)
        self._hilo.start()

    def _correr(self) -> None:
        try:
            self.resultado = self._tarea(self._al_avanzar)
        except Problema as problema:
            self.problema = str(problema)
        except Exception as error:
            folio = falla(error, donde=f"importar:{self.nombre}")
            self.problema = f"Ocurrió un error no previsto; no se guardó nada. Folio {folio}."

    def _al_avanzar(self, parte: float, que: str) -> None:
        self.parte, self.que = min(max(parte, 0.0), 1.0), que

    @property
    def terminado(self) -> bool:
        """¿Ya acabó, bien o mal?"""
        return not self._hilo.is_alive()

    def esperar(self, segundos: float) -> bool:
        """Espera a que termine, a lo más esos segundos; dice si terminó."""
        self._hilo.join(segundos)
        return self.terminado
