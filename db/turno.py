"""Un candado que se toma en orden de llegada: ninguno espera a quien llegó después."""

from collections import deque
from threading import Lock


class Turno:
    """La fila de quienes esperan lo mismo. `threading.Lock` no promete a quién despierta."""

    def __init__(self) -> None:
        self._candado = Lock()
        self._fila: deque[Lock] = deque()
        self._tomado = False

    @property
    def esperan(self) -> int:
        """Cuántos hay formados."""
        return len(self._fila)

    def tomar(self, segundos: float) -> bool:
        """Espera su turno; False si en esos segundos no le tocó, y entonces deja la fila."""
        with self._candado:
            if not self._tomado:
                self._tomado = True
                return True
            mio = Lock()
            mio.acquire()
            self._fila.append(mio)
        if mio.acquire(timeout=segundos):
            return True
        with self._candado:
            if mio in self._fila:
                self._fila.remove(mio)
                return False
        # Se lo dieron justo al vencer.
        return True

    def soltar(self) -> None:
        """Da el turno al primero de la fila."""
        with self._candado:
            if self._fila:
                self._fila.popleft().release()
            else:
                self._tomado = False
