"""Cuánto tarda guardar y enviar cuando todos los enlaces capturan a la vez, y si algo se pierde o se repite.

    python -m tests.bench.captura [--motor sqlite] [--enlaces 40] [--pausa 3]

Cada enlace, en su hilo, guarda como borrador cada una de sus metas y luego las envía de una vez, con las
mismas acciones que la pantalla. Entre un valor y otro tarda de la mitad a vez y media la pausa, en segundos;
con 0, nadie escribe: sólo se guarda. Se espera que nada falle y que el p95 de un guardado sea menor a 1 s.
"""

import argparse
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random

from sqlalchemy import func, select

from db.actions.borradores import descartar_borrador, guardar_borrador
from db.actions.captura import Entrega, enviar
from db.audit import SOLO_BITACORA
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta, MetaActividad, ProgramacionMeta
from db.models.captura import Borrador, ClaseItem, Envio
from db.models.estructura import Dependencia, NivelDependencia
from db.models.usuarios import Usuario
from db.queries.captura import llave_de_borrador
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol
from db.rules.problema import Problema
from tests.bench.motores import MOTORES, base_nueva
from tests.db import mundo
from tests.db.mundo import ANIO

LIMITE, METAS, MES, PRIMERA = 1.0, 12, 3, 1000


def fundar(enlaces: int) -> list[Actor]:
    """Un enlace por dependencia, con sus metas de 100 al trimestre."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for n in range(1, enlaces + 1):
            area = PRIMERA + n
            nombre = f"Dependencia {n}"
            session.add(
                Dependencia(
                    id=area, ente_id=1, nivel=NivelDependencia.GENERAL, clave=f"Z{n:02d}", nombre=nombre
                )
            )
            session.add(Usuario(id=area, cuenta=f"enlace{n}", nombre=f"Enlace {n}", creada_en=ahora()))
            session.flush()
            for meta in metas_de(area):
                session.add(_meta(meta, area))
            session.flush()
            for meta in metas_de(area):
                session.add(ProgramacionMeta(meta_id=meta, mes=MES, cantidad=Decimal(100)))
    return [
        Actor(PRIMERA + n, f"enlace{n}", f"Enlace {n}", (Asignacion(Rol.ENLACE, 1, PRIMERA + n),))
        for n in range(1, enlaces + 1)
    ]


def metas_de(area: int) -> range:
    """Los id de las metas de un área."""
    return range(area * 100, area * 100 + METAS)


def _meta(numero: int, area: int) -> MetaActividad:
    nombre = f"Meta {numero}"
    return MetaActividad(
        id=numero,
        anio=ANIO,
        ente_id=1,
        proyecto_id=1,
        dependencia_id=area,
        numero=numero,
        nombre=nombre,
        unidad="Acción",
        busqueda=nombre.lower(),
    )


def valor_de(meta: int) -> Decimal:
    """Lo que se captura de una meta: distinto en cada una y en banda, para que no pida justificación."""
    return Decimal(95) + Decimal(meta % 1000) / 100


def capturar(actor: Actor, salida: threading.Barrier, pausa: float) -> tuple[list[float], float | None]:
    """Guarda cada meta y envía todas. Segundos de cada guardado y del envío; None si algo no se guardó."""
    area = actor.usuario_id or 0
    azar = Random(area)
    salida.wait()
    guardados: list[float] = []
    for meta in metas_de(area):
        time.sleep(pausa * azar.uniform(0.5, 1.5))
        datos = {"version": 0, "valores": {str(meta): str(valor_de(meta))}}
        inicio = time.perf_counter()
        try:
            with writing(actor) as session:
                session.info[SOLO_BITACORA] = True
                guardar_borrador(session, area, llave_de_borrador(ANIO, MES, ClaseItem.META, meta), datos)
        except Problema:
            return guardados, None
        guardados.append(time.perf_counter() - inicio)
    entregas = [Entrega(ClaseItem.META, meta, {meta: valor_de(meta)}, 0) for meta in metas_de(area)]
    llaves = [llave_de_borrador(ANIO, MES, ClaseItem.META, meta) for meta in metas_de(area)]
    time.sleep(pausa * azar.uniform(0.5, 1.5))
    inicio = time.perf_counter()
    try:
        with writing(actor) as session:
            enviar(session, actor, anio=ANIO, mes=MES, dependencia_id=area, entregas=entregas)
            descartar_borrador(session, area, llaves)
    except Problema:
        return guardados, None
    return guardados, time.perf_counter() - inicio


def mal_guardado(actores: list[Actor]) -> int:
    """Valores perdidos, repetidos o cambiados, borradores de más y acuses de menos."""
    with reading() as session:
        a = tabla(AvanceMeta).c
        hay = {f.meta_id: f.alcanzado for f in session.execute(select(a.meta_id, a.alcanzado))}
        cuantos: int = session.execute(select(func.count()).select_from(tabla(AvanceMeta))).scalar_one()
        sobran: int = session.execute(select(func.count()).select_from(tabla(Borrador))).scalar_one()
        acuses: int = session.execute(select(func.count(tabla(Envio).c.folio.distinct()))).scalar_one()
    debidos = {m: valor_de(m) for actor in actores for m in metas_de(actor.usuario_id or 0)}
    malos: int = sum(hay.get(m) != v for m, v in debidos.items())
    return malos + abs(cuantos - len(debidos)) + sobran + abs(acuses - len(actores))


def main() -> None:
    argumentos = argparse.ArgumentParser(description=__doc__)
    argumentos.add_argument("--motor", choices=MOTORES, default="sqlite")
    argumentos.add_argument("--enlaces", type=int, default=40)
    argumentos.add_argument("--pausa", type=float, default=3.0)
    pedido = argumentos.parse_args()
    with base_nueva(pedido.motor):
        actores = fundar(pedido.enlaces)
        salida = threading.Barrier(len(actores))
        inicio = time.perf_counter()
        with ThreadPoolExecutor(len(actores)) as hilos:
            medidas = list(hilos.map(lambda actor: capturar(actor, salida, pedido.pausa), actores))
        reloj, malos = time.perf_counter() - inicio, mal_guardado(actores)
    guardados = [t for uno, _ in medidas for t in uno]
    envios = [envio for _, envio in medidas if envio is not None]
    fallas = len(medidas) - len(envios)
    p95 = statistics.quantiles(guardados, n=20)[-1]
    print(f"{pedido.motor}: {len(actores)} enlaces a la vez, {len(guardados)} guardados en {reloj:.1f} s")
    print(f"{'':10}{'mediana':>10}{'p95':>10}{'peor':>10}")
    for nombre, tiempos in (("guardar", guardados), ("enviar", envios)):
        corte = statistics.quantiles(tiempos, n=20)[-1]
        print(f"{nombre:10}{statistics.median(tiempos):10.3f}{corte:10.3f}{max(tiempos):10.3f}")
    print(f"enlaces a quienes algo no se les guardó: {fallas}; valores perdidos o cambiados: {malos}")
    print(f"límite del p95: {LIMITE:.0f} s; {'cumple' if p95 < LIMITE and not malos else 'NO CUMPLE'}")


if __name__ == "__main__":
    main()
