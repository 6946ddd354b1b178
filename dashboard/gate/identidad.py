"""La identidad que la guardia pasa a la aplicación, firmada con una llave que sólo vive en este proceso.

Quien ponga la cabecera a mano, o abra la aplicación sin la guardia, no es nadie: no puede firmarla.
"""

import hmac
import secrets
from hashlib import sha256

_LLAVE = secrets.token_bytes(32)

TERMINADA = "terminada"
"""Identidad de quien trae una galleta que ya no vale: no ve nada, pero se le explica por qué."""


def _firma(sid: str) -> str:
    return hmac.new(_LLAVE, sid.encode(), sha256).hexdigest()


def firmar(sid: str) -> str:
    """Valor de la cabecera para esa sesión."""
    return f"{sid}.{_firma(sid)}"


def leer(valor: str | None) -> str | None:
    """El `sid` de la cabecera, o None si falta o no lo firmó este proceso."""
    sid, punto, firma = (valor or "").rpartition(".")
    if not punto or not hmac.compare_digest(firma.encode(), _firma(sid).encode()):
        return None
    return sid


def sello_de_formulario(semilla: str) -> str:
    """Valor oculto de un formulario, atado a la galleta de quien lo pidió (contra CSRF)."""
    return hmac.new(_LLAVE, f"formulario:{semilla}".encode(), sha256).hexdigest()
