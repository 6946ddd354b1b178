"""Si las preguntas de dinero se encarecen al crecer el detalle: 20 mil renglones contra 1 o 10 millones.

    python -m tests.bench.consulta [--motor sqlite] [--veces 200] [--entes 5] [--anios 10] [--renglones 20000]

Las dos bases tienen los mismos renglones por ente y ejercicio; la grande tiene 50 veces más, o 500 con
`--entes 25 --anios 20`. Con `--renglones 250000 --entes 4 --anios 10` los diez millones están en cuarenta
presupuestos enormes, contra uno de 20,000. Se pregunta por un ente y un ejercicio. Imprime la mediana de cada
pregunta y la razón grande ÷ chica: se espera ≤ 1.3 en lo que sale de resúmenes y ≤ 5 en la hoja, que lee el
detalle. `--verificar` compara además todos los resúmenes con su detalle.
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
from db.queries.presupuesto_version import verificar_resumenes
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.bench.carga import movimientos, segmentos
from tests.bench.motores import MOTORES, base_nueva

RENGLONES, ULTIMO_ANIO, MES = 20_000, 2026, 9
CALENTAMIENTO = 10
HOJA = "hoja: un proyecto"
PROYECTO = segmentos(0)[3]
Pregunta = Callable[[Session], Any]


def _corte(session: Session) -> int:
    vigente = consulta.corte_vigente(session, ULTIMO_ANIO, 1)
    assert vigente is not None
    return vigente.id


PREGUNTAS: dict[str, Pregunta] = {
    "total al corte": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,)),
    "por proyecto": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.PROYECTO),
    "por programa": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.PROGRAMA),
    "por fuente": lambda s: consulta.acumulado(s, ULTIMO_ANIO, MES, (1,), Dimension.FUENTE),
    "mes por mes": lambda s: consulta.por_mes(s, ULTIMO_ANIO, (1,)),
    "versión vigente": lambda s: consulta.corte_vigente(s, ULTIMO_ANIO, 1),
    "programa × capítulo": lambda s: consulta.acumulado(
        s, ULTIMO_ANIO, MES, (1,), Dimension.PROGRAMA_CAPITULO
    ),
    "meses de un programa": lambda s: consulta.por_mes(
        s, ULTIMO_ANIO, (1,), Dimension.PROGRAMA, PROYECTO[:8]
    ),
    HOJA: lambda s: consulta.detalle(s, _corte(s), mes=MES, proyecto=PROYECTO),
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
    """Por base, la mediana en milisegundos de cada pregunta y de las de resumen juntas.

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
    return medidos | {"todas": sum(valor for nombre, valor in medidos.items() if nombre != HOJA)}


def medir(cual: str, pedido: argparse.Namespace) -> None:
    """Imprime chica, grande y razón de cada pregunta en un motor."""
    with base_nueva(cual) as chica:
        llenar(*movimientos(RENGLONES), 1, 1)
        with base_nueva(cual) as grande:
            llenar(*movimientos(pedido.renglones), pedido.entes, pedido.anios)
            poco, mucho = cronometrar((chica, grande), pedido.veces)
            if pedido.verificar:
                with Session(motor(grande, False)) as session:
                    print(f"  resúmenes: {verificar_resumenes(session) or 'iguales a su detalle'}")
    total = pedido.renglones * pedido.entes * pedido.anios
    print(f"\n{cual}: {RENGLONES:,} renglones contra {total:,} (mediana de {pedido.veces}, ms)")
    for nombre in poco:
        razon = mucho[nombre] / poco[nombre]
        print(f"  {nombre:20} {poco[nombre]:8.2f} {mucho[nombre]:8.2f}   razón {razon:.2f}", flush=True)


def main() -> None:
    """Lee los argumentos y mide cada motor pedido."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--motor", choices=MOTORES, action="append")
    opciones.add_argument("--veces", type=int, default=200)
    opciones.add_argument("--entes", type=int, default=5)
    opciones.add_argument("--anios", type=int, default=10)
    opciones.add_argument("--renglones", type=int, default=RENGLONES)
    opciones.add_argument("--verificar", action="store_true")
    pedido = opciones.parse_args()
    for cual in pedido.motor or MOTORES:
        medir(cual, pedido)


if __name__ == "__main__":
    main()
