"""La sala entera por WebSocket contra un servidor: treinta teléfonos, la pantalla y dos secretarías.

    python -m tests.bench.sala [--motor sqlite|postgresql] [--en 10] [--matar]

Los treinta se registran con el código, ven abrirse la votación y votan repartidos en `--en` segundos; la
secretaría la cierra. `--matar` mata el servidor (SIGKILL) a media votación y lo levanta otra vez. Se espera:
cada voto una vez, la cuenta entera en la pantalla y las dos secretarías antes de 2 s del último voto, y el
resultado en las 33 pantallas antes de 2 s de cerrarla.
"""

import argparse
import asyncio
import statistics
import time

from sqlalchemy import select

from db.base import tabla
from db.engine import reading
from db.models.sesiones import Votacion
from tests.bench.motores import MOTORES, base_nueva
from tests.bench.servidores import carga_de_la_maquina
from tests.bench.sesion import LECTURA, SEGUNDOS, VOTANTES
from tests.sala.casa import Casa, casa
from tests.sala.convocar import convocar
from tests.sala.reunidos import PREGUNTA, Reunidos, guardado

VOLVER = 15.0
"""Segundos en que, vuelto a levantar, todas las pantallas deben estar otra vez al día."""


async def reunir(una: Casa, todos: Reunidos) -> None:
    """Abre las 33 pestañas, registra a los 30 y abre la votación; dice lo que tarda y gasta."""
    inicio = time.perf_counter()
    await todos.abrir()
    print(f"{len(todos.todas)} pestañas abiertas a la vez en {time.perf_counter() - inicio:.2f} s")
    print(f"registro con el código, los {VOTANTES} a la vez: {await todos.registrarse():.2f} s")
    gastado, desde = una.procesador(), time.perf_counter()
    await asyncio.sleep(5)
    gasto = (una.procesador() - gastado) / (time.perf_counter() - desde)
    print(f"procesador en reposo, con las pantallas repitiéndose: {gasto:.0%}")
    todos.abrir_votacion()
    inicio = time.perf_counter()
    vio = [await t.lee(PREGUNTA) for t in todos.telefonos]
    print(f"la votación aparece en los teléfonos {max(vio) - inicio:.2f} s después de abrirla")


async def matar(una: Casa, todos: Reunidos) -> bool:
    """Mata el servidor, lo levanta y espera a que las pantallas vuelvan solas; si algo se perdió o tardó."""
    una.matar()
    contados, _ = guardado()
    murio = time.perf_counter()
    await asyncio.to_thread(una.levantar)
    listo = time.perf_counter()
    volvieron = max(0.0, await todos.vuelven() - listo)
    quedan, _ = guardado()
    print(
        f"muerto con {contados} votos contados; atiende otra vez a los {listo - murio:.1f} s y las pantallas "
        f"están al día {volvieron:.1f} s después (< {VOLVER:.0f}); quedan {quedan} votos"
    )
    return quedan < contados or volvieron > VOLVER


async def cerrar(todos: Reunidos) -> float:
    """La secretaría cierra la votación: segundos hasta que la última pantalla lee el resultado."""
    inicio = time.perf_counter()
    await todos.secretarias[0].toca("Cerrar la votación")
    leidos = [await p.lee("Se aprueba: ") for p in todos.todas]
    return max(leidos) - inicio


def escrito() -> tuple[int, int, bool]:
    """Lo que quedó en la votación al cerrarla: a favor, en contra y si se aprueba."""
    with reading() as session:
        v = tabla(Votacion).c
        a_favor, en_contra, aprobada = session.execute(select(v.a_favor, v.en_contra, v.aprobada)).one()
    return a_favor, en_contra, aprobada


async def medir(una: Casa, en: float, con_muerte: bool) -> bool:
    """Corre la sesión, dice lo que tardó cada cosa y si algo rebasó su límite."""
    sesion_id, punto_id, _ = convocar(VOTANTES)
    todos = Reunidos(una.url, sesion_id, punto_id, VOTANTES)
    await reunir(una, todos)
    desde, mal = time.perf_counter(), False
    voto = asyncio.create_task(todos.votar(en))
    if con_muerte:
        await asyncio.sleep(en / 2)
        mal = await matar(una, todos)
    esperas, ultimo = await voto
    visto = max(0.0, await todos.ven_la_cuenta() - ultimo)
    p95 = statistics.quantiles(esperas, n=20)[-1]
    print(
        f"{VOTANTES} votos en {ultimo - desde:.2f} s; de tocar a «contado»: mediana "
        f"{statistics.median(esperas):.2f}, p95 {p95:.2f}, el peor {max(esperas):.2f} s"
    )
    print(f"la cuenta entera en la pantalla y las secretarías {visto:.2f} s después (< {LECTURA:.0f})")
    final = await cerrar(todos)
    print(f"el resultado en todas las pantallas {final:.2f} s después de cerrar (< {LECTURA:.0f})")
    asientos, votos = guardado()
    print(
        f"{asientos} asientos, {dict(votos)}; escrito al cerrar {escrito()}; errores {len(todos.errores)} "
        f"{todos.errores[:2]} ({carga_de_la_maquina()})"
    )
    await todos.cerrar()
    mal |= asientos != VOTANTES or votos.total() != VOTANTES or escrito() != (20, 10, True)
    tarde = not con_muerte and ultimo - desde > max(en, SEGUNDOS) + LECTURA
    return mal or bool(todos.errores) or visto > LECTURA or final > LECTURA or tarde


def main() -> None:
    """Mide y sale con 1 si algo rebasa su límite, un voto se perdió o se contó dos veces."""
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    argumentos.add_argument("--motor", choices=MOTORES, default="sqlite")
    argumentos.add_argument("--en", type=float, default=SEGUNDOS, help="segundos en que votan todos")
    argumentos.add_argument("--matar", action="store_true", help="mata el servidor a media votación")
    pedido = argumentos.parse_args()
    print(f"{pedido.motor}, votos en {pedido.en:.0f} s")
    with base_nueva(pedido.motor), casa() as una:
        rebasado = asyncio.run(medir(una, pedido.en, pedido.matar))
    raise SystemExit(rebasado)


if __name__ == "__main__":
    main()
