"""Cuánto tarda la caja de buscar sobre 20,000 textos, en los dos motores.

    python -m tests.bench.busqueda [--textos 20000]

Se espera menos de 100 ms por búsqueda. Los textos son encargos con título y resumen de cuarenta palabras, de
un vocabulario de dos mil: unas son comunes y las más, raras. Se dice la mediana y la peor de diez veces.
"""

import argparse
import statistics
import time
from random import Random

from sqlalchemy import func, select

from db.base import ahora, tabla
from db.engine import reading, writing
from db.indice import indexar
from db.models.busqueda import TextoBusqueda
from db.models.encargos import Encargo
from db.queries.busqueda import alcances, buscar
from db.queries.municipio import hoy
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.bench.motores import MOTORES, base_nueva
from tests.db.mundo import fundar

COMUNES = [
    "rehabilitación",
    "mantenimiento",
    "población",
    "reconducción",
    "señalización",
    "capacitación",
    "educación",
    "supervisión",
    "agua",
    "potable",
    "drenaje",
    "alumbrado",
    "mercado",
    "panteón",
    "escuela",
    "camino",
    "puente",
    "bosque",
    "brigada",
    "padrón",
    "trámite",
    "jóvenes",
    "mujeres",
    "colonia",
    "delegación",
    "convenio",
    "programa",
    "evaluación",
    "indicador",
    "meta",
    "obra",
    "licencia",
]
VOCABULARIO = (*COMUNES, *(f"palabra{n}" for n in range(2_000)))
PESOS = (*(12.0 for _ in COMUNES), *(1.0 for _ in range(2_000)))
"""Cada palabra común sale en cerca de un texto de cada seis."""
BUSCADAS = ("agua", "rehabilitacion", "convenio padron", "EST-2026-015", "bibliotecario", "a")
VECES, LIMITE_MS = 10, 100


def sembrar(cuantos: int) -> None:
    """`cuantos` encargos con su texto en el índice."""
    azar = Random(7)
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        dia = hoy(session)
        filas = [
            {
                "registro": "estudio",
                "folio": f"EST-2026-{n:05d}",
                "anio": 2026,
                "titulo": " ".join(azar.choices(VOCABULARIO, PESOS, k=8)),
                "resumen": " ".join(azar.choices(VOCABULARIO, PESOS, k=32)),
                "etapa": "propuesto",
                "dependencia_id": 1,
                "inicio": dia,
                "actualizado_en": ahora(),
                "version": 1,
            }
            for n in range(cuantos)
        ]
        session.execute(tabla(Encargo).insert(), filas)
        indexar(session, "encargo")


def medir(texto: str) -> tuple[float, float, int]:
    """(mediana, peor, resultados) de buscar `texto`, en milisegundos."""
    enteros, propios, areas = alcances(LINEA_DE_COMANDOS)
    tiempos, cuantas = [], 0
    for _ in range(VECES):
        with reading() as session:
            antes = time.perf_counter()
            todo = buscar(session, texto=texto, enteros=enteros, propios=propios, areas=areas, anio=2026)
            tiempos.append(1000 * (time.perf_counter() - antes))
        cuantas = sum(todo["cuentas"].values())
    return statistics.median(tiempos), max(tiempos), cuantas


def main() -> None:
    """Mide en cada motor y sale con 1 si alguna mediana pasa de 100 ms."""
    argumentos = argparse.ArgumentParser()
    argumentos.add_argument("--textos", type=int, default=20_000)
    pedido = argumentos.parse_args()
    tarde = False
    for cual in MOTORES:
        with base_nueva(cual):
            sembrar(pedido.textos)
            with reading() as session:
                textos = session.execute(select(func.count()).select_from(tabla(TextoBusqueda))).scalar_one()
            print(f"{cual}: {textos:,} textos")
            for texto in BUSCADAS:
                mediana, peor, cuantas = medir(texto)
                tarde = tarde or mediana > LIMITE_MS
                print(f"  «{texto}»: {mediana:.1f} ms (peor {peor:.1f}), {cuantas:,} hallados")
    raise SystemExit(tarde)


if __name__ == "__main__":
    main()
