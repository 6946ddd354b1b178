"""Proceso aparte que lee un archivo: recibe una petición JSON por la entrada y responde líneas JSON.

Cada línea es un objeto con «t»: avance, problema, inicio, bloque o fin. Nunca pickle: quien recibe no
ejecuta nada.
"""

import gc
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.imports.lectura.eleccion import elegir
from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.extraccion import Extraccion
from dashboard.imports.lectura.formulas import celdas_sin_valor
from dashboard.imports.lectura.hojas import hojas_de
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.preescaneo import informe
from db.rules.problema import Problema

Mensaje = dict[str, Any]


def mensajes(peticion: Mensaje) -> Iterator[Mensaje]:
    """Respuestas a una petición: ruta, nombre, columnas, limites y hoja. Un Problema es la última."""
    try:
        yield from _leer(peticion)
    except Problema as problema:
        yield {"t": "problema", "mensaje": problema.mensaje, "remedio": problema.remedio}


def _leer(peticion: Mensaje) -> Iterator[Mensaje]:
    ruta, limites = Path(peticion["ruta"]), Limites(**peticion["limites"])
    columnas = [Columna(nombre, tuple(alias), obliga) for nombre, alias, obliga in peticion["columnas"]]
    yield {"t": "avance", "parte": 0.05, "que": "Revisando el archivo"}
    visto = informe(ruta, peticion["nombre"], limites)
    yield {"t": "avance", "parte": 0.2, "que": "Abriendo las hojas"}
    encabezado, avisos = elegir(hojas_de(ruta, visto.tipo, limites), columnas, peticion.get("hoja"))
    hoja = encabezado.hoja
    yield {
        "t": "inicio",
        "hoja": hoja.nombre,
        "fila_encabezado": encabezado.fila,
        "letras": {campo: encabezado.letra(p[0]) for campo, p in encabezado.campos.items()},
        "titulos": {campo: encabezado.titulos[p[0]] for campo, p in encabezado.campos.items()},
        "desconocidas": encabezado.desconocidas,
        "tipo": visto.tipo,
        "previas": encabezado.previas,
    }
    sin_valor = []
    if hoja.parte and hoja.parte in visto.con_formulas:
        sin_valor = list(celdas_sin_valor(ruta, visto.tipo, hoja.parte, hoja.nombre))
    extraccion = Extraccion(encabezado, sin_valor, avisos=avisos)
    for bloque in extraccion.bloques():
        yield {"t": "bloque", "filas": bloque.filas, "columnas": bloque.columnas}
        hecho = (bloque.filas[-1] if bloque.filas else 0) / hoja.alto
        yield {"t": "avance", "parte": 0.6 + 0.4 * hecho, "que": "Leyendo las filas"}
    yield {
        "t": "fin",
        "problemas": [p.a_dict() for p in extraccion.problemas],
        "totales": [asdict(t) for t in extraccion.totales],
        "avisos": extraccion.avisos,
        "sha256": _sha256(ruta),
        "bytes": ruta.stat().st_size,
    }


def _sha256(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def limitar(limites: Limites) -> None:
    """Topes de memoria y CPU de este proceso; en Windows no existen: quedan el preescaneo y el reloj."""
    if sys.platform == "win32":
        return
    import resource

    memoria = limites.memoria_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (limites.segundos, limites.segundos))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Atiende una petición y termina."""
    peticion = json.loads(sys.stdin.buffer.readline())
    limitar(Limites(**peticion["limites"]))
    gc.disable()  # vive segundos y no forma ciclos: buscar basura entre millones de celdas sólo lo frena
    salida = sys.stdout.buffer
    for mensaje in mensajes(peticion):
        salida.write(json.dumps(mensaje, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
        salida.flush()


if __name__ == "__main__":
    main()
