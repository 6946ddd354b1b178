"""Del primer «siem demo» a la primera pantalla, y la primera visita contra la segunda.

    python -m tests.bench.arranque [--veces 3] [--en-frio]

Se espera menos de 20 s en una carpeta nueva, y que la primera visita tarde ≤ 2.5 veces la segunda.
`--en-frio` compila también todo Python, como en una máquina que instaló sin compilar.
"""

import argparse
import asyncio
import os
import re
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.inicio import ELEMENTOS_MINIMOS
from tests.bench.servidores import carga_de_la_maquina, demostracion
from tests.bench.sesiones import Sesion, entrar_demo

SIGUIENTES = 4
LIGADO = re.compile(r'(?:src|href)="\.?(/[^"]+\.(?:js|css|woff2|svg)[^"]*)"')


@dataclass
class Arranque:
    """Segundos de un arranque, de reloj y de procesador del servidor (`_cpu`, que el ruido no toca)."""

    atiende: float
    pantalla: float
    pantalla_cpu: float
    primera: float
    primera_cpu: float
    segunda: float
    segunda_cpu: float


async def visita(url: str, galletas: str) -> float:
    """Segundos de una visita entera: la hoja, lo que la hoja liga, el canal y la pantalla."""
    inicio = time.perf_counter()
    cabeceras = {"Cookie": galletas, "Accept-Encoding": "br"}
    async with httpx.AsyncClient(base_url=url, headers=cabeceras) as cliente:
        hoja = await cliente.get("/")
        assert hoja.status_code == 200, hoja.status_code
        respuestas = await asyncio.gather(*(cliente.get(ruta) for ruta in LIGADO.findall(hoja.text)))
        assert all(respuesta.status_code == 200 for respuesta in respuestas)
    sesion = Sesion(url, galletas)
    await sesion.abrir()
    await sesion.correr()
    tardo = time.perf_counter() - inicio
    await sesion.cerrar()
    assert not sesion.errores and sesion.elementos >= ELEMENTOS_MINIMOS, (sesion.elementos, sesion.errores)
    return tardo


def arrancar(hogar: Path) -> Arranque:
    """Abre la demostración en ese hogar (la crea si falta) y la visita dos veces."""
    inicio = time.perf_counter()
    with demostracion(hogar) as servidor:
        atiende = time.perf_counter() - inicio
        galletas = entrar_demo(servidor.url)
        antes = servidor.procesador()
        primera = asyncio.run(visita(servidor.url, galletas))
        pantalla, pantalla_cpu = time.perf_counter() - inicio, servidor.procesador()
        siguientes = [asyncio.run(visita(servidor.url, galletas)) for _ in range(SIGUIENTES)]
        segunda_cpu = (servidor.procesador() - pantalla_cpu) / SIGUIENTES
        return Arranque(
            atiende, pantalla, pantalla_cpu, primera, pantalla_cpu - antes,
            statistics.median(siguientes), segunda_cpu,
        )  # fmt: skip


def imprimir(nombre: str, medidas: list[Arranque]) -> None:
    """La mediana de cada parte."""

    def mediana(parte: str) -> float:
        return statistics.median(getattr(medida, parte) for medida in medidas)

    razon = statistics.median(medida.primera / medida.segunda for medida in medidas)
    razon_cpu = statistics.median(medida.primera_cpu / medida.segunda_cpu for medida in medidas)
    print(f"\n{nombre}, mediana de {len(medidas)} ({carga_de_la_maquina()})")
    print(f"  atiende a los     {mediana('atiende'):8.2f} s")
    print(
        f"  primera pantalla  {mediana('pantalla'):8.2f} s    procesador {mediana('pantalla_cpu'):6.2f} s"
        "    (se espera < 20 en una carpeta nueva)"
    )
    for parte in ("primera", "segunda"):
        reloj, gastado = mediana(parte) * 1000, mediana(f"{parte}_cpu") * 1000
        print(f"  {parte} visita    {reloj:8.0f} ms   procesador {gastado:6.0f} ms")
    print(f"  razón             {razon:8.2f}      procesador {razon_cpu:6.2f}      (se espera ≤ 2.5)")


def main() -> None:
    """Lee los argumentos y mide una carpeta nueva y después la misma, ya creada."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--veces", type=int, default=3)
    opciones.add_argument("--en-frio", action="store_true")
    pedido = opciones.parse_args()
    if not pedido.en_frio:
        with tempfile.TemporaryDirectory(prefix="siem-") as carpeta:
            arrancar(Path(carpeta))
    nuevas, hechas = [], []
    for _ in range(pedido.veces):
        with ExitStack() as pila:
            if pedido.en_frio:
                os.environ["PYTHONPYCACHEPREFIX"] = pila.enter_context(tempfile.TemporaryDirectory())
            hogar = Path(pila.enter_context(tempfile.TemporaryDirectory(prefix="siem-")))
            nuevas.append(arrancar(hogar))
            hechas.append(arrancar(hogar))
    imprimir("carpeta nueva", nuevas)
    imprimir("demostración ya creada", hechas)


if __name__ == "__main__":
    main()
