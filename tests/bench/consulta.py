"""Si las preguntas de dinero de Inicio se encarecen al crecer el detalle: 20 mil renglones contra un millón.

    python -m tests.bench.consulta [--motor sqlite] [--veces 200] [--entes 5] [--anios 10]

Las dos bases tienen 20,000 renglones por ente y ejercicio; la grande tiene 50. Se pregunta por un ente y un
ejercicio. Imprime la mediana de cada pregunta y la razón grande ÷ chica; se espera ≤ 1.2 (`rendimiento` §5).
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from db.actions.por_omision import asegurar
from db.actions.presupuesto import Clave, Movimientos, guardar_corte
from db.base import ahora
from db.engine import motor, writing
from db.models.bitacora import Carga
from db.models.municipio import Ente
from db.models.presupuesto import Dimension
from db.queries import presupuesto as consulta
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.bench.carga import movimientos
from tests.bench.motores import MOTORES, base_nueva

RENGLONES, ULTIMO_ANIO, MES = 20_000, 2026, 9
CALENTAMIENTO = 10
Pregunta = Callable[[Session], Any]

PREGUNTAS: dict[str, Pregunta] = {
    "total al corte": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,)),
    "por proyecto": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.PROYECTO),
    "por programa": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.PROGRAMA),
    "por fuente": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.FUENTE),
    "mes por mes": lambda s: consulta.por_mes(s, ULTIMO_ANIO, (1,)),
    "versión vigente": lambda s: consulta.corte_vigente(s, ULTIMO_ANIO, 1),
}


def llenar(claves: list[Clave], datos: Movimientos, entes: int, anios: int) -> None:
    """Un corte de los mismos renglones por ente y ejercicio, hasta `ULTIMO_ANIO`."""
    with writing(LINEA_DE_COMANDOS) as session:
        asegurar(session, ULTIMO_ANIO)
        session.add_all(Ente(clave=f"e{n}", nombre=f"Ente {n}") for n in range(2, entes + 1))
    for anio in range(ULTIMO_ANIO - anios + 1, ULTIMO_ANIO + 1):
        for ente_id in range(1, entes + 1):
            with writing(LINEA_DE_COMANDOS) as session:
                carga = Carga(
                    formato="presupuesto", archivo="b", sha256="", tamano=0, autor="b", cargada_en=ahora()
                )
                session.add(carga)
                session.flush()
                guardar_corte(
                    session, LINEA_DE_COMANDOS, ente_id=ente_id, anio=anio, carga=carga, claves=claves,
                    movimientos=datos, archivo="b", sha256="",
                )  # fmt: skip


def cronometrar(urls: Sequence[str], veces: int) -> list[dict[str, float]]:
    """Por base, la mediana en milisegundos de cada pregunta y de todas juntas.

    Las bases se turnan, para que lo que la máquina haga mientras tanto les toque por igual.
    """
    for url in urls:
        with motor(url, True).connect() as conexion:
            conexion.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    tiempos: list[dict[str, list[float]]] = [{n: [] for n in (*PREGUNTAS, "todas")} for _ in urls]
    for vuelta in range(veces + CALENTAMIENTO):
        for url, lista in zip(urls, tiempos, strict=True):
            medidos = _una_vuelta(url)
            if vuelta >= CALENTAMIENTO:
                for nombre, milisegundos in medidos.items():
                    lista[nombre].append(milisegundos)
    return [{nombre: statistics.median(valores) for nombre, valores in lista.items()} for lista in tiempos]


def _una_vuelta(url: str) -> dict[str, float]:
    medidos = {}
    with Session(motor(url, False)) as session:
        session.connection()
        for nombre, pregunta in PREGUNTAS.items():
            inicio = time.perf_counter()
            pregunta(session)
            medidos[nombre] = (time.perf_counter() - inicio) * 1000
    return medidos | {"todas": sum(medidos.values())}


def medir(cual: str, entes: int, anios: int, veces: int) -> None:
    """Imprime chica, grande y razón de cada pregunta en un motor."""
    claves, datos = movimientos(RENGLONES)
    with base_nueva(cual) as chica:
        llenar(claves, datos, 1, 1)
        with base_nueva(cual) as grande:
            llenar(claves, datos, entes, anios)
            poco, mucho = cronometrar((chica, grande), veces)
    print(f"\n{cual}: {RENGLONES:,} renglones contra {RENGLONES * entes * anios:,} (mediana de {veces}, ms)")
    for nombre in poco:
        razon = mucho[nombre] / poco[nombre]
        print(f"  {nombre:16} {poco[nombre]:8.2f} {mucho[nombre]:8.2f}   razón {razon:.2f}")


def main() -> None:
    """Lee los argumentos y mide cada motor pedido."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--motor", choices=MOTORES, action="append")
    opciones.add_argument("--veces", type=int, default=200)
    opciones.add_argument("--entes", type=int, default=5)
    opciones.add_argument("--anios", type=int, default=10)
    pedido = opciones.parse_args()
    for cual in pedido.motor or MOTORES:
        medir(cual, pedido.entes, pedido.anios, pedido.veces)


if __name__ == "__main__":
    main()
