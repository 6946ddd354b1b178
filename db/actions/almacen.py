"""El almacén de evidencias: cada archivo entra entero o no entra, y ninguno se borra."""

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from db.queries import evidencias
from db.rules.problema import Problema


def depositar(contenido: bytes) -> str:
    """Guarda el archivo y devuelve su huella. Sirve para escribirlo antes de abrir la transacción, que así es
    corta; si luego no se confirma, el archivo sobra y no estorba. Problema sin espacio."""
    huella = hashlib.sha256(contenido).hexdigest()
    escribir(huella, contenido)
    return huella


def escribir(huella: str, contenido: bytes, raiz: Path | None = None) -> None:
    """Deja el archivo en su lugar, entero o nada: temporal, al disco, y cambio de nombre.

    Problema si no hay espacio; entonces no queda nada a medias.
    """
    destino = evidencias.ruta_de(huella, raiz)
    if evidencias.huella_de(destino) == huella:
        return
    try:
        destino.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _escribir_entero(destino, contenido)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Problema(
            "Sin espacio en disco; no se guardó nada.", "Libere espacio y vuelva a intentar."
        ) from error


def _escribir_entero(destino: Path, contenido: bytes) -> None:
    numero, nombre = tempfile.mkstemp(dir=destino.parent, prefix=".subida-")
    temporal = Path(nombre)
    try:
        with os.fdopen(numero, "wb") as abierto:
            abierto.write(contenido)
            abierto.flush()
            os.fsync(abierto.fileno())
        temporal.replace(destino)
    except BaseException:
        temporal.unlink(missing_ok=True)
        raise
    # El cambio de nombre también debe llegar al disco; Windows no deja abrir una carpeta.
    with contextlib.suppress(OSError):
        carpeta = os.open(destino.parent, os.O_RDONLY)
        try:
            os.fsync(carpeta)
        finally:
            os.close(carpeta)
