"""Cuánto tarda cerrar un trimestre de la demostración, con todo lo que congela.

    python -m tests.bench.cierre [--motor sqlite] [--veces 3]

Cierra el último periodo cerrado de la demostración después de reabrirlo. Se espera menos de 5 s.
"""

import argparse
import time

from sqlalchemy import String, cast, func, select

from db.actions.cierre import cerrar, reabrir
from db.base import tabla
from db.engine import reading, writing
from db.models.captura import Cierre, Instantanea
from db.rules.permisos import LINEA_DE_COMANDOS
from seed.demo import crear_demo
from seed.demo.calendario import ACTUAL, MES_CORTE
from tests.bench.motores import MOTORES, base_nueva

LIMITE = 5.0


def medir() -> tuple[float, float]:
    """Segundos de reloj y de procesador de un cierre, con su confirmación."""
    with writing(LINEA_DE_COMANDOS) as session:
        reabrir(session, LINEA_DE_COMANDOS, anio=ACTUAL, mes=MES_CORTE, motivo="Medición")
    reloj, procesador = time.perf_counter(), time.process_time()
    with writing(LINEA_DE_COMANDOS) as session:
        cerrar(session, LINEA_DE_COMANDOS, anio=ACTUAL, mes=MES_CORTE, motivo="Medición")
    return time.perf_counter() - reloj, time.process_time() - procesador


def megas() -> float:
    """Cuánto pesa lo congelado en el último cierre, escrito en JSON, en MB."""
    with reading() as session:
        i, c = tabla(Instantanea).c, tabla(Cierre).c
        ultimo = session.execute(select(func.max(c.id))).scalar_one()
        filas = session.execute(select(cast(i.resultado, String)).where(i.cierre_id == ultimo)).scalars()
        return sum(len(texto.encode()) for texto in filas) / 1e6


def main() -> None:
    argumentos = argparse.ArgumentParser(description=__doc__)
    argumentos.add_argument("--motor", choices=MOTORES, default="sqlite")
    argumentos.add_argument("--veces", type=int, default=3)
    pedido = argumentos.parse_args()
    with base_nueva(pedido.motor):
        crear_demo()
        medidas = [medir() for _ in range(pedido.veces)]
        peso = megas()
    for reloj, procesador in medidas:
        print(f"{pedido.motor}: {reloj:.2f} s de reloj, {procesador:.2f} s de procesador")
    peor = max(reloj for reloj, _ in medidas)
    print(f"lo congelado en un cierre pesa {peso:.1f} MB")
    print(f"peor: {peor:.2f} s; límite: {LIMITE:.0f} s; {'cumple' if peor < LIMITE else 'NO CUMPLE'}")


if __name__ == "__main__":
    main()
