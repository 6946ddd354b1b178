"""Procesador de una corrida de cada pantalla con la demostración ÷ el de una página vacía de fábrica.

    python -m tests.bench.paginas [--solo guia] [--hogar CARPETA] [--bloques 4]

Cada pantalla la abre el rol que más puede hacer; sus bloques de corridas se alternan con los de la página
vacía de Streamlit tal como viene, en la misma corrida. Se espera ≤ 1 en todas.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.pages_map import PAGES, Pagina
from db.rules.permisos import MATRIZ, Rol
from tests.bench.inicio import corridas
from tests.bench.servidores import (
    VACIA,
    Servidor,
    carga_de_la_maquina,
    de_fabrica,
    demostracion,
    hogar_con_demo,
)
from tests.bench.sesiones import Sesion, entrar_demo

POR_BLOQUE, DE_CALENTAMIENTO = 8, 3
MARCO = 7
"""Elementos del marco y un aviso; una pantalla que no manda más no se dibujó, o dijo que no existe."""

OTRAS = {
    "plan": ("nodo=1",),
    "programas": ("parte=Cuadrante", "programa=02010101"),
    "metas": ("ejercicio=2024&meta=1",),
    "indicadores": ("ejercicio=2024&indicador=1",),
    "mir": ("programa=02010101", "programa=02010101&parte=%C3%81rbol", "programa=02010101&parte=Capturar"),
    "alineacion": ("por=Programa", "parte=Lo+que+falta", "parte=Editar"),
    "pesos": ("parte=Nuevo+juego",),
    "vinculos": ("parte=Editar",),
    "dependencias": ("dependencia=1",),
    "documentos": ("documento=eaepe", "documento=avance_pdm", "parte=registro"),
    "reconducciones": ("parte=candidatas", "solicitud=1", "solicitud=5"),
    "guia": ("parte=lista", "indicador=4.1.1", "indicador=2.2.4"),
    "presupuesto": ("parte=revision", "por=proyecto&con=capitulo"),
    "eaepe": ("clasificacion=programatica",),
    "conciliacion": ("parte=cambios", "parte=eaepe&hallazgo=eaepe:capitulo:3000:1", "parte=observaciones"),
}
"""Las otras vistas de una pantalla: lo que lleva su dirección."""


@dataclass(frozen=True, slots=True)
class Caso:
    """Una pantalla, la dirección con que se abre y el rol que la mira."""

    pagina: Pagina
    consulta: str
    rol: Rol

    @property
    def nombre(self) -> str:
        return f"{self.pagina.direccion}{'?' if self.consulta else ''}{self.consulta}"


@dataclass(frozen=True, slots=True)
class Medida:
    """Milisegundos de la pantalla y de la vacía, su razón y cuántos elementos mandó."""

    caso: Caso
    propia: float
    vacia: float
    razon: float
    elementos: int


def casos(solo: str | None) -> Iterator[Caso]:
    """Todas las pantallas, o las que empiezan con `solo`, y sus otras vistas."""
    for pagina in PAGES:
        if solo is None or pagina.direccion.startswith(solo):
            rol = max(
                Rol, key=lambda r: (_abre(r, pagina), sum(r in alcances for alcances in MATRIZ.values()))
            )
            for consulta in ("", *OTRAS.get(pagina.direccion, ())):
                yield Caso(pagina, consulta, rol)


def _abre(rol: Rol, pagina: Pagina) -> bool:
    return any(rol in MATRIZ[accion] for accion in pagina.acciones)


async def medir(caso: Caso, nuestro: Servidor, vacia: Servidor, galletas: str, bloques: int) -> Medida:
    """Alterna bloques de una pantalla y de la vacía; la mediana de cada una y la de sus razones."""
    direccion = "" if caso.pagina.inicial else caso.pagina.direccion
    propia = Sesion(nuestro.url, galletas, direccion, caso.consulta)
    ajena = Sesion(vacia.url)
    for sesion in (propia, ajena):
        await sesion.abrir()
        for _ in range(DE_CALENTAMIENTO):
            await sesion.correr()
    pares = [
        (await corridas(propia, nuestro, POR_BLOQUE), await corridas(ajena, vacia, POR_BLOQUE))
        for _ in range(bloques)
    ]
    for sesion in (propia, ajena):
        await sesion.cerrar()
    assert not propia.errores, f"{caso.nombre}: {propia.errores[0]}"
    assert propia.elementos > MARCO, f"{caso.nombre} mandó {propia.elementos} elementos"
    de_propia, de_vacia = (statistics.median(columna) for columna in zip(*pares, strict=True))
    razon = statistics.median(a / b for a, b in pares)
    return Medida(caso, de_propia, de_vacia, razon, propia.elementos)


async def medir_todas(nuestro: Servidor, vacia: Servidor, solo: str | None, bloques: int) -> list[Medida]:
    """Mide cada pantalla y la imprime en cuanto la tiene."""
    galletas: dict[Rol, str] = {}
    medidas = []
    print(f"{'pantalla':34} {'rol':14} {'ms':>7} {'vacía':>7} {'razón':>6} {'elementos':>10}")
    for caso in casos(solo):
        if caso.rol not in galletas:
            galletas[caso.rol] = entrar_demo(nuestro.url, caso.rol.value)
        m = await medir(caso, nuestro, vacia, galletas[caso.rol], bloques)
        medidas.append(m)
        aviso = "" if m.razon <= 1 else "  ← pasa de 1"
        print(
            f"{caso.nombre:34} {caso.rol.value:14} {m.propia:7.1f} {m.vacia:7.1f} {m.razon:6.2f} "
            f"{m.elementos:10d}{aviso}",
            flush=True,
        )
    return medidas


def main() -> None:
    """Lee los argumentos, mide y resume."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--solo", help="sólo las pantallas cuya dirección empieza así")
    opciones.add_argument("--hogar", type=Path, help="carpeta con una demostración ya creada")
    opciones.add_argument("--bloques", type=int, default=4)
    pedido = opciones.parse_args()
    with (
        hogar_con_demo(pedido.hogar) as hogar,
        tempfile.TemporaryDirectory() as temporal,
        demostracion(hogar) as nuestro,
        de_fabrica(VACIA, Path(temporal), hogar) as vacia,
    ):
        medidas = asyncio.run(medir_todas(nuestro, vacia, pedido.solo, pedido.bloques))
    peor = max(medidas, key=lambda m: m.razon)
    cumplen = sum(m.razon <= 1 for m in medidas)
    print(f"\n{cumplen} de {len(medidas)} en 1 o menos ({carga_de_la_maquina()})")
    print(f"la peor, {peor.caso.nombre}: {peor.razon:.2f}")


if __name__ == "__main__":
    main()
