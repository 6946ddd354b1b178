"""La sala entera contra un servidor de verdad: treinta teléfonos, la pantalla y dos secretarías por WebSocket.

    python -m tests.bench.sala [--motor sqlite|postgresql] [--en 10] [--matar]

Los treinta se registran con el código, ven abrirse la votación y votan repartidos en `--en` segundos; la
secretaría la cierra. `--matar` mata el servidor (SIGKILL) a media votación y lo levanta otra vez. Se espera:
cada voto una vez, la cuenta entera en la pantalla y las dos secretarías antes de 2 s del último voto, y el
resultado en las 33 pantallas antes de 2 s de cerrarla.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil
from sqlalchemy import select

from db.actions import sala, votacion
from db.base import tabla
from db.engine import reading, writing
from db.models.sesiones import SesionComite, Votacion, Voto
from db.rules.permisos import Rol
from db.rules.votacion import ICONOS, SENTIDOS
from tests.bench.motores import MOTORES, base_nueva
from tests.bench.pestana import Pestana
from tests.bench.servidores import RAIZ, carga_de_la_maquina, esperar, puerto_libre
from tests.bench.sesion import LECTURA, PLANEACION, SEGUNDOS, VOTANTES, convocar
from tests.pages.ayuda import abrir_sesion

VOLVER = 15.0
"""Segundos en que, vuelto a levantar, todas las pantallas deben estar otra vez al día."""


@dataclass
class Casa:
    """El servidor de la sala: se mata y se levanta en el mismo puerto, con la misma base."""

    puerto: int = field(default_factory=puerto_libre)
    proceso: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.puerto}"

    def levantar(self) -> None:
        orden = f"from dashboard.servidor import servir; servir({self.puerto}, navegador=False)"
        with (Path(os.environ["SIEM_HOME"]) / "servidor.txt").open("ab") as salida:
            self.proceso = subprocess.Popen(
                [sys.executable, "-c", orden], cwd=RAIZ, stdout=salida, stderr=subprocess.STDOUT
            )
        esperar(self.proceso, self.url)

    def matar(self) -> None:
        assert self.proceso is not None
        self.proceso.kill()
        self.proceso.wait()

    def procesador(self) -> float:
        assert self.proceso is not None
        gastado = psutil.Process(self.proceso.pid).cpu_times()
        return float(gastado.user + gastado.system)


@contextmanager
def casa() -> Iterator[Casa]:
    una = Casa()
    una.levantar()
    try:
        yield una
    finally:
        una.matar()


def pestana(url: str, consulta: str, letrero: str, *roles: Rol, cuenta: str | None = None) -> Pestana:
    """La pantalla de la sesión, abierta por alguien que ya entró."""
    galleta = f"siem_sesion_{url.rpartition(':')[2]}={abrir_sesion(*roles, cuenta=cuenta)}"
    return Pestana(url, "sesion", consulta, galleta, letrero)


class Sala:
    """Las 33 pestañas de una sesión y lo que se hace en ellas."""

    def __init__(self, url: str, sesion_id: int, punto_id: int) -> None:
        self.sesion_id, self.punto_id = sesion_id, punto_id
        donde = f"sesion={sesion_id}"
        self.telefonos = [
            pestana(url, f"{donde}&vista=integrante", f"teléfono {n}", Rol.COPLADEM, cuenta=f"vocal{n}")
            for n in range(VOTANTES)
        ]
        self.pantalla = pestana(url, f"{donde}&vista=presentacion", "pantalla", Rol.PRESIDENCIA)
        self.secretarias = [
            pestana(url, donde, f"secretaría {n}", Rol.PLANEACION, cuenta=f"secretaria{n}") for n in (1, 2)
        ]

    @property
    def de_la_sala(self) -> list[Pestana]:
        """Las que enseñan la cuenta mientras se vota."""
        return [self.pantalla, *self.secretarias]

    @property
    def todas(self) -> list[Pestana]:
        return [*self.telefonos, *self.de_la_sala]

    async def registrarse(self) -> float:
        """Los treinta escriben el código a la vez; segundos hasta que la pantalla los cuenta a todos."""
        with reading() as session:
            codigo = session.execute(select(tabla(SesionComite).c.codigo)).scalar_one()
        inicio = time.perf_counter()

        async def uno(telefono: Pestana) -> None:
            await telefono.escribe("Código", codigo)
            await telefono.toca("Estoy aquí")
            await telefono.lee("Está registrado")

        await asyncio.gather(*(uno(telefono) for telefono in self.telefonos))
        return await self.pantalla.lee(f"{VOTANTES} de {VOTANTES} con voto") - inicio

    def abrir_votacion(self) -> None:
        with writing(PLANEACION) as session:
            sala.declarar_quorum(session, PLANEACION, sesion_id=self.sesion_id)
            sala.tratar(session, PLANEACION, punto_id=self.punto_id)
            votacion.abrir(session, PLANEACION, punto_id=self.punto_id, texto="¿Se aprueba?", modo="telefono")

    async def votar(self, en: float) -> tuple[list[float], float]:
        """Cada quien vota en un momento de esos segundos: lo que esperó cada uno, y cuándo se contó el último.

        Vuelve a tocar si el servidor se cayó con su voto en el aire, como haría la persona.
        """
        azar, antes = Random(7), time.perf_counter()
        momentos = [azar.uniform(0, en) for _ in self.telefonos]

        async def uno(n: int, telefono: Pestana) -> tuple[float, float]:
            await telefono.lee("¿Se aprueba?")
            await asyncio.sleep(max(0.0, antes + momentos[n] - time.perf_counter()))
            sentido, toque = "favor" if n % 3 else "contra", time.perf_counter()
            votar = f"Votar: {SENTIDOS[sentido].lower()}"
            while "Su voto quedó contado" not in telefono.texto:
                caidas = telefono.caidas
                if votar not in telefono.texto:
                    await telefono.elige("Su voto", f"{ICONOS[sentido]} {SENTIDOS[sentido]}")
                await telefono.toca(votar)
                await telefono.hasta(
                    lambda: "Su voto quedó contado" in telefono.texto or telefono.caidas > caidas  # noqa: B023
                )
                if telefono.caidas > caidas:
                    vueltas = telefono.corridas
                    await telefono.hasta(lambda: telefono.corridas > vueltas)  # noqa: B023
            fin = time.perf_counter()
            return fin - toque, fin

        hechos = await asyncio.gather(*(uno(n, t) for n, t in enumerate(self.telefonos)))
        return [espera for espera, _ in hechos], max(fin for _, fin in hechos)


def guardado() -> tuple[int, Counter[str]]:
    """Asientos que votaron y cuántos votos hay de cada sentido."""
    with reading() as session:
        filas = list(session.execute(select(tabla(Voto).c.asiento_id, tabla(Voto).c.sentido)))
    return len({f.asiento_id for f in filas}), Counter(f.sentido.value for f in filas)


async def medir(una: Casa, en: float, matar: bool) -> bool:
    """Corre la sesión, dice lo que tardó cada cosa y si algo rebasó su límite."""
    sesion_id, punto_id, _ = convocar()
    todo = Sala(una.url, sesion_id, punto_id)
    inicio = time.perf_counter()
    await asyncio.gather(*(p.abrir() for p in todo.todas))
    print(f"33 pestañas abiertas a la vez en {time.perf_counter() - inicio:.2f} s")
    print(f"registro con el código, los 30 a la vez: {await todo.registrarse():.2f} s")
    gastado, desde = una.procesador(), time.perf_counter()
    await asyncio.sleep(5)
    print(
        f"en reposo, 33 pantallas que se repiten: {(una.procesador() - gastado) / (time.perf_counter() - desde):.0%}"
    )
    todo.abrir_votacion()
    inicio = time.perf_counter()
    vio = [await t.lee("¿Se aprueba?") for t in todo.telefonos]
    print(f"la votación aparece en los 30 teléfonos {max(vio) - inicio:.2f} s después de abrirla")
    gastado, desde = una.procesador(), time.perf_counter()
    voto = asyncio.create_task(todo.votar(en))
    if matar:
        await asyncio.sleep(en / 2)
        await _matar(una, todo)
        gastado = 0.0
    esperas, ultimo = await voto
    cuenta = f"A favor {VOTANTES * 2 // 3}", f"En contra {VOTANTES // 3}"
    vistos = [await _cuenta(p, cuenta) for p in todo.de_la_sala]
    cpu = (una.procesador() - gastado) / (time.perf_counter() - desde)
    p95 = statistics.quantiles(esperas, n=20)[-1]
    print(
        f"30 votos en {ultimo - desde:.2f} s; de tocar a «contado»: mediana {statistics.median(esperas):.2f}, p95 {p95:.2f}, el peor {max(esperas):.2f} s; procesador {cpu:.0%}"
    )
    visto = max(vistos) - ultimo
    print(
        f"la cuenta entera en la pantalla y las dos secretarías {max(visto, 0):.2f} s después (< {LECTURA:.0f})"
    )
    cerro = time.perf_counter()
    await todo.secretarias[0].toca("Cerrar la votación")
    finales = [await p.lee("Se aprueba: ") for p in todo.todas]
    final = max(finales) - cerro
    print(
        f"el resultado en las 33 pantallas {max(final, 0):.2f} s después de tocar «Cerrar» (< {LECTURA:.0f})"
    )
    asientos, votos = guardado()
    with reading() as session:
        v = tabla(Votacion).c
        escrito = tuple(session.execute(select(v.a_favor, v.en_contra, v.aprobada)).one())
    errores = [e for p in todo.todas for e in p.errores]
    print(
        f"{asientos} asientos, {dict(votos)}; escrito al cerrar {escrito}; errores {len(errores)} {errores[:2]} ({carga_de_la_maquina()})"
    )
    await asyncio.gather(*(p.cerrar() for p in todo.todas))
    bien = (
        asientos == VOTANTES and sum(votos.values()) == VOTANTES and escrito == (20, 10, True) and not errores
    )
    return (
        not bien
        or visto > LECTURA
        or final > LECTURA
        or (not matar and ultimo - desde > max(en, SEGUNDOS) + LECTURA)
    )


async def _cuenta(una: Pestana, cuenta: tuple[str, str]) -> float:
    def llego() -> bool:
        texto = una.texto.replace(":", "")
        return all(parte in texto for parte in cuenta)

    return await una.hasta(llego)


async def _matar(una: Casa, todo: Sala) -> None:
    """Mata el servidor, mira qué quedó, lo levanta y espera a que las 33 vuelvan solas."""
    una.matar()
    asientos, _ = guardado()
    murio = time.perf_counter()
    await asyncio.to_thread(una.levantar)
    listo, antes = time.perf_counter(), {id(p): p.corridas for p in todo.todas}
    for p in todo.todas:
        await p.hasta(lambda: p.caidas and p.corridas > antes[id(p)])  # noqa: B023
    volvieron = time.perf_counter()
    print(
        f"muerto con {asientos} votos contados; vuelve a atender a los {listo - murio:.1f} s y las 33 pantallas están al día {volvieron - listo:.1f} s después (< {VOLVER:.0f}); quedan {guardado()[0]} votos"
    )


def main() -> None:
    """Mide y sale con 1 si algo rebasa su límite, un voto se perdió o se contó dos veces."""
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    argumentos.add_argument("--motor", choices=MOTORES, default="sqlite")
    argumentos.add_argument(
        "--en", type=float, default=SEGUNDOS, help="segundos en que se reparten los votos"
    )
    argumentos.add_argument("--matar", action="store_true", help="mata el servidor a media votación")
    pedido = argumentos.parse_args()
    print(f"{pedido.motor}, votos en {pedido.en:.0f} s")
    with base_nueva(pedido.motor), casa() as una:
        rebasado = asyncio.run(medir(una, pedido.en, pedido.matar))
    raise SystemExit(rebasado)


if __name__ == "__main__":
    main()
