"""Cuánto tarda cargar un presupuesto grande, contra insertar sin más y contra pandas + openpyxl + add_all.

    python -m tests.bench.carga [--renglones 100000] [--motor sqlite] [--veces 3] [--sin-referencia]

Imprime segundos y, sobre todo, razones dentro de la misma corrida: los segundos cambian con la máquina, las
razones no. Lo que se espera (`rendimiento` §5): guardar ≥ 0.5 de insertar sin más; la carga entera ≥ 6 veces
más rápida que la referencia en SQLite y ≥ 10 en PostgreSQL; servidor e hijo juntos, menos de 600 MB.
"""

import argparse
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import altair  # noqa: F401  (el servidor los tiene cargados: cuentan en la memoria)
import pandas as pd
import psutil
import streamlit  # noqa: F401
import xlsxwriter
from sqlmodel import Session

from dashboard.imports import presupuesto
from dashboard.imports.carga import cargar
from dashboard.imports.formato import Contexto
from db.actions.clave_presupuestaria import ids_de_claves
from db.actions.por_omision import asegurar
from db.actions.presupuesto import Clave, Movimientos, guardar_corte
from db.base import ahora
from db.engine import insertar_masivo, motor, writing
from db.models.bitacora import Carga
from db.models.presupuesto import CortePresupuesto, MovimientoPresupuesto
from db.queries.presupuesto import MOMENTOS, SEGMENTOS
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.bench.motores import MOTORES, base_nueva

ANIO, PROYECTOS = 2026, 190


def segmentos(n: int) -> tuple[str, ...]:
    """Los segmentos de la clave `n`: distinta de las demás, con códigos de municipio de tamaño real."""
    proyecto = f"{1010101 + n % PROYECTOS:08d}{n % PROYECTOS % 9 + 1:04d}"
    general, auxiliar = f"{'ABCDEFGHIJ'[n % 10]}00", f"{100 + n % 40}"
    partida = f"{1000 + n // PROYECTOS * 7}"
    return general, auxiliar, proyecto[:8], proyecto, f"1{n % 9:02d}101", partida, str(1 + n % 2)


def movimientos(renglones: int) -> tuple[list[Clave], Movimientos]:
    """Claves y movimientos inventados, siempre los mismos: doce meses por clave."""
    azar = random.Random(7)
    claves = [
        Clave("-".join(partes), **dict(zip(SEGMENTOS, partes, strict=True)))
        for partes in map(segmentos, range(-(-renglones // 12)))
    ]
    filas = []
    for i in range(renglones):
        aprobado = azar.randrange(10_000, 90_000_000)
        comprometido = azar.randrange(0, aprobado // 12)
        ampliacion, reduccion = azar.randrange(0, 100_000), azar.randrange(0, 9_000)
        gasto = (comprometido, comprometido * 9 // 10, comprometido * 8 // 10, comprometido * 7 // 10)
        filas.append((i // 12, i % 12 + 1, aprobado, ampliacion, reduccion, *gasto))
    return claves, Movimientos(*(list(columna) for columna in zip(*filas, strict=True)))


def escribir_libro(ruta: Path, claves: list[Clave], datos: Movimientos) -> None:
    """El mismo presupuesto como lo entregaría Tesorería: un renglón por clave y mes, en pesos."""
    with xlsxwriter.Workbook(ruta, {"constant_memory": True}) as libro:
        hoja = libro.add_worksheet("Presupuesto")
        hoja.write_row(0, 0, [*SEGMENTOS, "mes", *MOMENTOS])
        columnas = [datos.columna(momento).tolist() for momento in MOMENTOS]
        for i, (clave, mes) in enumerate(zip(datos.clave, datos.mes, strict=True), start=1):
            partes = [getattr(claves[clave], segmento) for segmento in SEGMENTOS]
            hoja.write_row(i, 0, [*partes, mes, *(columna[i - 1] / 100 for columna in columnas)])


def _carga(session: Session) -> tuple[Carga, int]:
    asegurar(session, ANIO)
    carga = Carga(formato="presupuesto", archivo="b", sha256="", tamano=0, autor="b", cargada_en=ahora())
    session.add(carga)
    session.flush()
    return carga, 1


def sin_mas(claves: list[Clave], datos: Movimientos) -> float:
    """Segundos de `executemany` o COPY de los mismos movimientos, ya convertidos, con su confirmación."""
    with writing(LINEA_DE_COMANDOS) as session:
        carga, ente_id = _carga(session)
        ids = ids_de_claves(session, ente_id, ANIO, claves)
        corte = CortePresupuesto(
            ente_id=ente_id, anio=ANIO, numero=0, mes=12, carga_id=carga.id or 0, cargado_en=ahora(),
            autor="b", archivo="b", sha256="", vigente=False,
        )  # fmt: skip
        session.add(corte)
    columnas = [datos.columna(momento).tolist() for momento in MOMENTOS]
    de_clave = [ids[indice] for indice in datos.clave]
    filas = list(zip([corte.id] * len(datos), de_clave, datos.mes, *columnas, strict=True))
    inicio = time.perf_counter()
    with writing(LINEA_DE_COMANDOS) as session:
        columnas_ = ("corte_id", "clave_id", "mes", *MOMENTOS)
        insertar_masivo(session, "movimiento_presupuesto", columnas_, filas)
    return time.perf_counter() - inicio


def guardando(claves: list[Clave], datos: Movimientos) -> float:
    """Segundos de `guardar_corte`: claves, movimientos, resúmenes, bitácora y confirmación."""
    with writing(LINEA_DE_COMANDOS) as session:
        carga, ente_id = _carga(session)
        inicio = time.perf_counter()
        guardar_corte(
            session, LINEA_DE_COMANDOS, ente_id=ente_id, anio=ANIO, carga=carga, claves=claves,
            movimientos=datos, archivo="b", sha256="",
        )  # fmt: skip
    return time.perf_counter() - inicio


def carga_entera(ruta: Path) -> float:
    """Segundos de la carga completa: revisar, leer en el proceso hijo, validar, comparar y guardar."""
    inicio = time.perf_counter()
    informe = cargar(presupuesto.FORMATO, ruta, ruta.name, Contexto(LINEA_DE_COMANDOS, ruta.name, anio=ANIO))
    assert informe.guardadas and not informe.rechazadas
    return time.perf_counter() - inicio


def referencia(ruta: Path) -> float:
    """Segundos de lo que haría cualquiera: pandas con openpyxl y `add_all` de objetos."""
    inicio = time.perf_counter()
    tabla = pd.read_excel(ruta, dtype=dict.fromkeys(SEGMENTOS, str), engine="openpyxl")
    partes: Any = tabla[list(SEGMENTOS)].itertuples(index=False, name=None)
    textos = ["-".join(fila) for fila in partes]
    with writing(LINEA_DE_COMANDOS) as session:
        session.info["tocada"] = True
        carga, ente_id = _carga(session)
        claves = {
            texto: Clave(texto, **dict(zip(SEGMENTOS, texto.split("-"), strict=True))) for texto in textos
        }
        ids = dict(zip(claves, ids_de_claves(session, ente_id, ANIO, list(claves.values())), strict=True))
        corte = CortePresupuesto(
            ente_id=ente_id, anio=ANIO, numero=99, mes=12, carga_id=carga.id or 0, cargado_en=ahora(),
            autor="b", archivo="b", sha256="", vigente=False,
        )  # fmt: skip
        session.add(corte)
        session.flush()
    centavos = (tabla[list(MOMENTOS)] * 100).round().astype("int64")
    with Session(motor(os.environ["SIEM_DATABASE_URL"], True)) as session:
        session.add_all(
            MovimientoPresupuesto(
                corte_id=corte.id or 0,
                clave_id=ids[texto],
                mes=mes,
                **dict(zip(MOMENTOS, importes, strict=True)),
            )
            for texto, mes, importes in zip(
                textos, tabla["mes"].tolist(), centavos.values.tolist(), strict=True
            )
        )
        session.commit()
    return time.perf_counter() - inicio


@contextmanager
def memoria() -> Iterator[Callable[[], float]]:
    """Mide, cada 20 ms, la memoria de este proceso y del que lee; da cómo saber el máximo, en MB."""
    propio, maximo, fin = psutil.Process(), 0, threading.Event()

    def vigilar() -> None:
        nonlocal maximo
        while not fin.wait(0.02):
            suma = propio.memory_info().rss
            for hijo in propio.children(recursive=True):
                try:
                    if "dashboard.imports.lectura" in " ".join(hijo.cmdline()):
                        suma += hijo.memory_info().rss
                except psutil.Error:
                    continue
            maximo = max(maximo, suma)

    hilo = threading.Thread(target=vigilar)
    hilo.start()
    try:
        yield lambda: maximo / 2**20
    finally:
        fin.set()
        hilo.join()


def medir(cual: str, ruta: Path, claves: list[Clave], datos: Movimientos, veces: int) -> float:
    """Imprime los mejores segundos y razones de un motor; devuelve los de la carga entera."""
    pasos = {"sin más": sin_mas, "guardar": guardando}
    mejores = dict.fromkeys((*pasos, "entera"), float("inf"))
    maxima = 0.0
    for _ in range(veces):
        for nombre, paso in pasos.items():
            with base_nueva(cual):
                mejores[nombre] = min(mejores[nombre], paso(claves, datos))
        with base_nueva(cual), memoria() as pico:
            mejores["entera"] = min(mejores["entera"], carga_entera(ruta))
            maxima = max(maxima, pico())
    razon = mejores["sin más"] / mejores["guardar"]
    print(f"\n{cual}: {len(datos):,} renglones, {len(claves):,} claves")
    print(f"  insertar sin más   {mejores['sin más']:7.2f} s")
    print(f"  guardar_corte      {mejores['guardar']:7.2f} s   razón {razon:.2f} (se espera ≥ 0.50)")
    print(f"  carga entera       {mejores['entera']:7.2f} s   memoria {maxima:,.0f} MB (se espera < 600)")
    return mejores["entera"]


def comparar(cual: str, ruta: Path, entera: float) -> None:
    """Imprime cuántas veces más rápida es la carga entera que la referencia."""
    with base_nueva(cual):
        lenta = referencia(ruta)
    espera = 6 if cual == "sqlite" else 10
    print(f"  openpyxl + add_all {lenta:7.2f} s   {lenta / entera:.1f} × (se espera ≥ {espera})")


def main() -> None:
    """Lee los argumentos y mide cada motor pedido."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--renglones", type=int, default=100_000)
    opciones.add_argument("--motor", choices=MOTORES, action="append")
    opciones.add_argument("--veces", type=int, default=3)
    opciones.add_argument("--sin-referencia", action="store_true")
    pedido = opciones.parse_args()
    claves, datos = movimientos(pedido.renglones)
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "presupuesto.xlsx"
        escribir_libro(ruta, claves, datos)
        for cual in pedido.motor or MOTORES:
            entera = medir(cual, ruta, claves, datos, pedido.veces)
            if not pedido.sin_referencia:
                comparar(cual, ruta, entera)


if __name__ == "__main__":
    main()
