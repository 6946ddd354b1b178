"""El registro del servidor: un renglón JSON por hecho, en `registro/siem.log` del hogar.

Nunca lleva contraseñas ni testigos. Al usuario sólo se le da el folio; la causa queda aquí.
"""

import json
import logging
import secrets
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from logging.handlers import RotatingFileHandler
from typing import Any

from db.engine import hogar

TAMANO, COPIAS = 2 * 2**20, 5


@lru_cache
def _bitacora(carpeta: str) -> logging.Logger:
    registro = logging.getLogger(f"siem.{carpeta}")
    registro.propagate = False
    registro.setLevel(logging.INFO)
    manejador = RotatingFileHandler(
        f"{carpeta}/siem.log", maxBytes=TAMANO, backupCount=COPIAS, encoding="utf-8", delay=True
    )
    manejador.setFormatter(logging.Formatter("%(message)s"))
    registro.addHandler(manejador)
    return registro


def apuntar(hecho: str, **datos: Any) -> None:
    """Escribe un renglón. Si el disco está lleno, calla: un registro no debe tirar al servidor."""
    carpeta = hogar() / "registro"
    try:
        carpeta.mkdir(exist_ok=True)
        renglon = {"momento": datetime.now(UTC).isoformat(timespec="milliseconds"), "hecho": hecho, **datos}
        _bitacora(str(carpeta)).info(json.dumps(renglon, ensure_ascii=False, default=str))
    except OSError:
        return


def falla(error: BaseException, **datos: Any) -> str:
    """Anota un error inesperado con su traza y devuelve el folio que se le dice a la persona."""
    folio = secrets.token_hex(4)
    traza = "".join(traceback.format_exception(error))
    apuntar("falla", folio=folio, error=type(error).__name__, traza=traza, **datos)
    return folio
