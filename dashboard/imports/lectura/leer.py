"""Leer un archivo ajeno sin ponerse en riesgo: uno a la vez, en un proceso aparte, con reloj y topes."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import IO

import dashboard
from dashboard.imports.lectura.encabezado import ColumnaBuscada
from dashboard.imports.lectura.extraccion import FilaTotal
from dashboard.imports.lectura.hijo import Mensaje
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from db.rules.problema import Problema

Avance = Callable[[float, str], None]

ESPERA = 10.0
"""Segundos que una carga espera a que termine otra."""

_BITACORA = logging.getLogger(__name__)
_TURNO = threading.BoundedSemaphore(1)
_ENTORNO = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "COVERAGE_PROCESS_START")


def leer(
    ruta: Path,
    nombre: str,
    columnas: Sequence[ColumnaBuscada],
    limites: Limites | None = None,
    al_avanzar: Avance | None = None,
    hoja: str | None = None,
) -> Lectura:
    """Lee `ruta` (que el usuario llamó `nombre`) buscando `columnas`.

    `al_avanzar(parte, qué)` recibe de 0 a 1 lo que va hecho; `hoja` fija la hoja cuando el usuario la eligió.
    Problema si el archivo no se acepta, no se entiende, tarda demasiado o ya hay otra carga en curso.
    """
    limites = limites or Limites()
    if not _TURNO.acquire(timeout=ESPERA):
        raise Problema("Hay otra carga en curso.", "Espere a que termine y vuelva a intentarlo.")
    try:
        encargo = peticion(ruta, nombre, columnas, limites, hoja)
        with closing(_del_hijo(encargo, limites.segundos)) as mensajes:
            return armar(mensajes, al_avanzar)
    finally:
        _TURNO.release()


def peticion(
    ruta: Path, nombre: str, columnas: Sequence[ColumnaBuscada], limites: Limites, hoja: str | None = None
) -> Mensaje:
    """Lo que el hijo necesita saber, en valores de JSON."""
    return {
        "ruta": str(ruta.resolve()),
        "nombre": nombre,
        "columnas": [[c.nombre, list(c.alias), c.obligatoria] for c in columnas],
        "limites": asdict(limites),
        "hoja": hoja,
    }


def armar(mensajes: Iterable[Mensaje], al_avanzar: Avance | None = None) -> Lectura:
    """Lectura a partir de los mensajes del hijo; Problema si el hijo lo dijo o se calló a la mitad."""
    lectura: Lectura | None = None
    for mensaje in mensajes:
        match mensaje.pop("t"):
            case "avance" if al_avanzar:
                al_avanzar(mensaje["parte"], mensaje["que"])
            case "problema":
                raise Problema(mensaje["mensaje"], mensaje["remedio"])
            case "inicio":
                lectura = Lectura(**mensaje)
                lectura.columnas = {campo: [] for campo in lectura.letras}
            case "bloque" if lectura is not None:
                lectura.filas.extend(mensaje["filas"])
                for acumulado, nuevos in zip(lectura.columnas.values(), mensaje["columnas"], strict=True):
                    acumulado.extend(nuevos)
            case "fin" if lectura is not None:
                lectura.problemas = [ProblemaCelda(**p) for p in mensaje["problemas"]]
                lectura.totales = [FilaTotal(**t) for t in mensaje["totales"]]
                lectura.avisos, lectura.sha256, lectura.bytes = (
                    mensaje["avisos"],
                    mensaje["sha256"],
                    mensaje["bytes"],
                )
                return lectura
    raise no_se_pudo()


def no_se_pudo(por: str = "") -> Problema:
    """El proceso que leía murió sin decir por qué: casi siempre, memoria."""
    return Problema(
        f"No se pudo leer el archivo{por}.",
        "Copie sólo los datos a un libro nuevo, guárdelo como Libro de Excel (.xlsx) y súbalo.",
    )


def _del_hijo(peticion: Mensaje, segundos: float) -> Generator[Mensaje, None, None]:
    """Mensajes de un proceso hijo, que muere al terminar el tiempo o al dejar de leerlo."""
    raiz = str(Path(dashboard.__file__).resolve().parents[1])
    entorno = {k: v for k, v in os.environ.items() if k in _ENTORNO} | {"PYTHONPATH": raiz}
    vencido = threading.Event()
    with tempfile.TemporaryFile() as quejas:
        hijo = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "dashboard.imports.lectura.hijo"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quejas,
            cwd=raiz,
            env=entorno,
        )
        reloj = _matar_en(hijo, segundos, vencido)
        try:
            yield from _conversar(hijo, peticion)
        finally:
            reloj.cancel()
            hijo.kill()
            hijo.wait()
            _anotar(quejas, hijo.returncode)
    if vencido.is_set():
        raise no_se_pudo(f" en {segundos:,.0f} segundos")


def _conversar(hijo: subprocess.Popen[bytes], peticion: Mensaje) -> Iterator[Mensaje]:
    """Escribe la petición y entrega cada línea de la respuesta."""
    assert hijo.stdin is not None and hijo.stdout is not None
    try:
        with hijo.stdin as entrada:
            entrada.write(json.dumps(peticion).encode("ascii") + b"\n")
        for linea in hijo.stdout:
            yield json.loads(linea)
    except (OSError, json.JSONDecodeError):
        return  # el hijo murió a media línea: quien arma la lectura nota que falta el final
    finally:
        hijo.stdout.close()


def _anotar(quejas: IO[bytes], codigo: int) -> None:
    """Lo que el hijo escribió al fallar va a la bitácora del servidor; nunca al usuario."""
    quejas.seek(0)
    if texto := quejas.read().decode("utf-8", "replace").strip():
        _BITACORA.error("La lectura de un archivo terminó con %s: %s", codigo, texto[-4000:])


def _matar_en(hijo: subprocess.Popen[bytes], segundos: float, vencido: threading.Event) -> threading.Timer:
    """Reloj que mata al hijo y lo anota en `vencido` si no se cancela antes."""

    def matar() -> None:
        vencido.set()
        hijo.kill()

    reloj = threading.Timer(segundos, matar)
    reloj.daemon = True
    reloj.start()
    return reloj
