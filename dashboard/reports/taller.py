"""El taller: un proceso aparte que dibuja documentos mientras se le pidan, con tope de tiempo."""

import logging
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import dashboard
from dashboard.reports.documento import Documento, Emision
from dashboard.reports.hijo import escribir, leer
from db.rules.problema import Problema

_CUPO = threading.BoundedSemaphore(2)
"""Cuántos talleres abiertos a la vez: cada uno ocupa un núcleo y unos 200 MB; los demás esperan."""
SEGUNDOS = 120
"""Lo más que puede tardar un documento."""
_ENTORNO = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "HOME", "USERPROFILE")
_BITACORA = logging.getLogger(__name__)


class Dibujar(Protocol):
    """`dashboard.reports.dibujar.dibujar`, o el de un taller."""

    def __call__(self, documento: Documento, emision: Emision | None, formato: str) -> bytes: ...


@contextmanager
def taller() -> Iterator[Dibujar]:
    """Abre el proceso y da con qué dibujar; al salir lo cierra. Problema si un documento no se pudo hacer."""
    raiz = str(Path(dashboard.__file__).resolve().parents[1])
    entorno = {k: v for k, v in os.environ.items() if k in _ENTORNO} | {"PYTHONPATH": raiz}
    with _CUPO, tempfile.TemporaryFile() as quejas:
        hijo = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "dashboard.reports.hijo"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quejas,
            cwd=raiz,
            env=entorno,
        )
        try:
            yield lambda documento, emision, formato: _pedir(hijo, quejas, (documento, emision, formato))
        finally:
            hijo.kill()
            hijo.communicate()


def _pedir(
    hijo: "subprocess.Popen[bytes]", quejas: IO[bytes], encargo: tuple[Documento, Emision | None, str]
) -> bytes:
    assert hijo.stdin is not None and hijo.stdout is not None
    reloj = threading.Timer(SEGUNDOS, hijo.kill)
    reloj.daemon = True
    reloj.start()
    try:
        escribir(hijo.stdin, True, pickle.dumps(encargo))  # type: ignore[arg-type]
        respuesta = leer(hijo.stdout)  # type: ignore[arg-type]
    except OSError:
        respuesta = None
    finally:
        reloj.cancel()
    if respuesta is not None and respuesta[0]:
        return respuesta[1]
    quejas.seek(0)
    por_que = respuesta[1] if respuesta else quejas.read()[-4000:]
    _BITACORA.error("No se dibujó «%s»: %s", encargo[0].titulo, por_que.decode("utf-8", "replace"))
    raise Problema(
        f"No se pudo hacer «{encargo[0].titulo}» en {encargo[2].upper()}.",
        "Vuelva a intentar; si se repite, avise a la administración del sistema.",
    )
