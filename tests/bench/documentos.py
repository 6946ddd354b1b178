"""Cuánto tarda y cuánta memoria ocupa un documento de 60 hojas con 40 gráficas.

    python -m tests.bench.documentos [--formato pdf]

Se dibuja en el proceso aparte, como en la pantalla. Se espera menos de 30 s y menos de 600 MB en ese proceso.
"""

import argparse
import io
import threading
import time

import psutil
from pypdf import PdfReader

from dashboard.reports.bloques import Bloque, Parrafo, SaltoDePagina, Titulo
from dashboard.reports.taller import taller
from tests.reports.muestrario import EMISION, barra, documento, tabla

HOJAS, GRAFICAS = 60, 40
SEGUNDOS, MEGAS = 30.0, 600.0
PARRAFO = "El programa cumplió lo programado en el periodo y su gasto corresponde a lo alcanzado. " * 6


def informe() -> tuple[Bloque, ...]:
    """Sesenta hojas: cuarenta con gráfica y texto, veinte con una tabla que casi llena la suya."""
    bloques: list[Bloque] = []
    for n in range(HOJAS):
        bloques += [Titulo(f"Capítulo {n + 1}"), Parrafo(PARRAFO)]
        bloques.append(barra(n) if n < GRAFICAS else tabla(16))
        bloques.append(SaltoDePagina())
    return tuple(bloques[:-1])


class Memoria(threading.Thread):
    """Lo más que ocuparon los hijos de este proceso mientras corrió, en MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.tope, self.sigue = 0.0, True

    def run(self) -> None:
        yo = psutil.Process()
        while self.sigue:
            for hijo in yo.children():
                try:
                    self.tope = max(self.tope, hijo.memory_info().rss / 2**20)
                except psutil.NoSuchProcess:
                    continue
            time.sleep(0.05)


def main() -> None:
    """Mide y sale con 1 si algo rebasa su límite."""
    argumentos = argparse.ArgumentParser()
    argumentos.add_argument("--formato", choices=("pdf", "docx", "xlsx"), default="pdf")
    formato = argumentos.parse_args().formato
    memoria = Memoria()
    memoria.start()
    antes = time.perf_counter()
    with taller() as dibujar:
        hecho = dibujar(documento(informe()), EMISION, formato)
    segundos = time.perf_counter() - antes
    memoria.sigue = False
    hojas = f", {len(PdfReader(io.BytesIO(hecho)).pages)} hojas" if formato == "pdf" else ""
    print(
        f"{formato}: {segundos:.1f} s, {memoria.tope:.0f} MB, {len(hecho) / 2**20:.1f} MB de archivo{hojas}"
    )
    raise SystemExit(segundos > SEGUNDOS or memoria.tope > MEGAS)


if __name__ == "__main__":
    main()
