"""Inicio con la demostración contra Streamlit tal como viene.

    python -m tests.bench.inicio [--solo cpu|carga] [--sesiones 200] [--segundos 60] [--hogar CARPETA]

cpu: procesador de una corrida de Inicio ÷ el de una página vacía de fábrica, por bloques alternados; se
espera ≤ 0.35. carga: sesiones reales que actúan cada 10 s sobre un proceso, y la misma pantalla de fábrica;
cuentan las corridas que terminan después del calentamiento. Se espera un p95 ≤ 0.05 veces el de fábrica,
ningún error y menos de 600 MB.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.servidores import (
    INICIO_SIN_PUERTA,
    VACIA,
    Servidor,
    carga_de_la_maquina,
    de_fabrica,
    demostracion,
    hogar_con_demo,
)
from tests.bench.sesiones import Sesion, actuar, entrar_demo

CADA, CALENTAMIENTO = 10.0, 20.0
BLOQUES, POR_BLOQUE = 4, 10
ELEMENTOS_MINIMOS = 40
"""Inicio manda más de setenta; con menos, la pantalla no se dibujó entera."""


@dataclass
class Medida:
    """Lo que se vio de un servidor con gente encima."""

    tiempos: list[float] = field(default_factory=list)
    errores: list[str] = field(default_factory=list)
    memoria: float = 0.0
    procesador: float = 0.0

    def decil(self, parte: float) -> float:
        """Milisegundos del percentil `parte` (0 a 1)."""
        orden = sorted(self.tiempos)
        return orden[min(len(orden) - 1, round(parte * (len(orden) - 1)))] * 1000


async def corridas(sesion: Sesion, servidor: Servidor, cuantas: int) -> float:
    """Milisegundos de procesador por corrida, en `cuantas` seguidas de una sesión."""
    antes = servidor.procesador()
    for _ in range(cuantas):
        await sesion.correr()
    return (servidor.procesador() - antes) / cuantas * 1000


async def medir_cpu(nuestro: Servidor, vacia: Servidor) -> None:
    """Alterna bloques de corridas de Inicio y de la página vacía, e imprime la razón de cada par."""
    de_inicio, de_vacia = Sesion(nuestro.url, entrar_demo(nuestro.url)), Sesion(vacia.url)
    for sesion in (de_inicio, de_vacia):
        await sesion.abrir()
        for _ in range(5):
            await sesion.correr()
    assert de_inicio.elementos >= ELEMENTOS_MINIMOS, f"Inicio mandó {de_inicio.elementos} elementos"
    pares = []
    for _ in range(BLOQUES):
        pares.append(
            (
                await corridas(de_inicio, nuestro, POR_BLOQUE),
                await corridas(de_vacia, vacia, POR_BLOQUE),
            )
        )
    inicio, vacio = (statistics.median(columna) for columna in zip(*pares, strict=True))
    razon = statistics.median(a / b for a, b in pares)
    print(f"\ncpu de una corrida, mediana de {BLOQUES} bloques de {POR_BLOQUE} ({carga_de_la_maquina()})")
    print(f"  Inicio            {inicio:7.1f} ms   {de_inicio.elementos} elementos")
    print(f"  vacía de fábrica  {vacio:7.1f} ms")
    print(f"  razón             {razon:7.2f}      (se espera ≤ 0.35)")
    for sesion in (de_inicio, de_vacia):
        await sesion.cerrar()


async def medir_carga(servidor: Servidor, galletas: str, personas: int, segundos: float) -> Medida:
    """`personas` que actúan cada 10 s; cuenta lo que termina después del calentamiento."""
    sesiones = [Sesion(servidor.url, galletas) for _ in range(personas)]
    tiempos: list[tuple[float, float]] = []
    medida = Medida()
    inicio = time.perf_counter()
    hasta = inicio + CALENTAMIENTO + segundos

    async def persona(n: int) -> None:
        await asyncio.sleep(n * CADA / personas)
        await sesiones[n].abrir()
        await actuar(sesiones[n], CADA, hasta, tiempos)

    async def vigilar() -> None:
        while True:
            medida.memoria = max(medida.memoria, servidor.memoria())
            await asyncio.sleep(0.5)

    vigia = asyncio.create_task(vigilar())
    gastado = servidor.procesador()
    fallas = await asyncio.gather(*(persona(n) for n in range(personas)), return_exceptions=True)
    medida.procesador = (servidor.procesador() - gastado) / (time.perf_counter() - inicio)
    vigia.cancel()
    # Por cuándo terminan: con un servidor ahogado, la primera espera dura más que el calentamiento.
    medida.tiempos = [duracion for cuando, duracion in tiempos if cuando + duracion >= inicio + CALENTAMIENTO]
    medida.errores = [error for sesion in sesiones for error in sesion.errores]
    medida.errores += [repr(falla) for falla in fallas if falla is not None]
    vacias = sum(sesion.elementos < ELEMENTOS_MINIMOS for sesion in sesiones)
    medida.errores += ["la pantalla llegó incompleta"] * vacias
    await asyncio.gather(*(sesion.cerrar() for sesion in sesiones), return_exceptions=True)
    return medida


def imprimir(nombre: str, medida: Medida) -> None:
    """Un renglón con lo medido de un servidor."""
    print(
        f"  {nombre:12} p50 {medida.decil(0.5):9,.1f} ms   p95 {medida.decil(0.95):9,.1f} ms   "
        f"{len(medida.tiempos):,} corridas   {len(medida.errores)} errores   "
        f"{medida.memoria:,.0f} MB   {medida.procesador:.0%} de un procesador   ({carga_de_la_maquina()})"
    )
    for error in sorted(set(medida.errores))[:3]:
        print(f"    {medida.errores.count(error)} × {error}")


def main() -> None:
    """Lee los argumentos y mide lo pedido."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--solo", choices=("cpu", "carga"))
    opciones.add_argument("--sesiones", type=int, default=200)
    opciones.add_argument("--segundos", type=float, default=60)
    opciones.add_argument("--hogar", type=Path, help="carpeta con una demostración ya creada")
    pedido = opciones.parse_args()
    with hogar_con_demo(pedido.hogar) as hogar, tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        if pedido.solo != "carga":
            with demostracion(hogar) as nuestro, de_fabrica(VACIA, carpeta, hogar) as vacia:
                asyncio.run(medir_cpu(nuestro, vacia))
        if pedido.solo != "cpu":
            print(f"\ncarga: {pedido.sesiones} sesiones, cada {CADA:.0f} s, {pedido.segundos:.0f} s")
            with demostracion(hogar) as nuestro:
                galletas = entrar_demo(nuestro.url)
                nuestra = asyncio.run(medir_carga(nuestro, galletas, pedido.sesiones, pedido.segundos))
            imprimir("SIEM", nuestra)
            with de_fabrica(INICIO_SIN_PUERTA, carpeta, hogar / "demo") as otro:
                ajena = asyncio.run(medir_carga(otro, "", pedido.sesiones, pedido.segundos))
            imprimir("de fábrica", ajena)
            print(f"  razón de p95 {nuestra.decil(0.95) / ajena.decil(0.95):.3f} (se espera ≤ 0.05)")


if __name__ == "__main__":
    main()
