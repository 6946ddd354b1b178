"""Lo de una dependencia general en una etapa: 01a, 04a, comparación con el año anterior y firmas."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.anteproyecto import EtapaPresupuesto
from db.models.estructura import Dependencia, Titular
from db.models.presupuesto import ClavePresupuestaria, Dimension, MovimientoPresupuesto
from db.models.programas import Programa
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_resumen import frente
from db.queries.municipio import hoy
from db.queries.presupuesto import Monto, Version, acumulado, al_corte, corte_vigente, monto, sumar
from db.rules.anteproyecto import PAPELES, capitulo_de

Renglon = dict[str, Any]
Cruce = dict[tuple[str, str], Monto]
"""(programa, capítulo) → dinero."""

OTROS = "otros"
"""Lo que la dependencia gastó el año anterior en programas que hoy no ejecuta ni propone."""


def dependencia(
    session: Session, *, etapa_id: int, general_id: int, auxiliares: tuple[int, ...] | None = None
) -> Renglon:
    """Una dependencia general; `auxiliares` limita el detalle a unas, pero los totales son de toda ella."""
    e, d = tabla(EtapaPresupuesto), tabla(Dependencia)
    etapa = session.execute(select(e).where(e.c.id == etapa_id)).one()
    general = session.execute(select(d.c.id, d.c.clave, d.c.nombre).where(d.c.id == general_id)).one()
    filas = lee.partidas(session, etapa_id, general_id=general_id)
    de_techos = {c: t for (g, c), t in lee.techos(session, etapa_id).items() if g == general_id}
    proyectos = _proyectos(session, etapa, general_id, filas)
    corte = corte_vigente(session, etapa.anio - 1, etapa.ente_id)
    pasado = _pasado(session, corte, general.clave, {p["proyecto"] for p in proyectos}) if corte else {}
    actual = lee.huella_de(filas)
    vistos = [f for f in filas if auxiliares is None or f["dependencia_id"] in auxiliares]
    total = sumar(pasado.values()) if pasado else None
    return {
        "id": general.id,
        "clave": general.clave,
        "nombre": general.nombre,
        **frente(de_techos.get(""), sum(f["anual"] for f in filas), total),
        "capitulos": _capitulos(filas, de_techos, pasado),
        "proyectos": [p for p in proyectos if auxiliares is None or p["auxiliar_id"] in auxiliares],
        "partidas": [_llano(fila) for fila in vistos],
        "comparacion": _comparacion(session, etapa.anio, filas, pasado),
        "firmas": _firmas(session, etapa_id, general_id, actual),
        "huella": actual,
        "corte": {"anio": corte.anio, "mes": corte.mes} if corte else None,
    }


def _llano(fila: Renglon) -> Renglon:
    campos = ("auxiliar", "proyecto", "proyecto_nombre", "fuente", "partida", "tipo_gasto", "justificacion")
    return {**{campo: fila[campo] for campo in campos}, "meses": fila["meses"], "anual": fila["anual"]}


def _proyectos(session: Session, etapa: Any, general_id: int, filas: list[Renglon]) -> list[Renglon]:
    """Los proyectos ejecutados (01a) y los que ya tienen dinero, con su presupuesto."""
    d = tabla(Dependencia).c
    suyas = {
        f.id: f for f in session.execute(select(d.id, d.clave, d.nombre).where(d.padre_id == general_id))
    }
    montos: dict[tuple[int, int], int] = defaultdict(int)
    nombres: dict[int, tuple[str, str]] = {}
    for fila in filas:
        montos[fila["dependencia_id"], fila["proyecto_id"]] += fila["anual"]
        nombres[fila["proyecto_id"]] = (fila["proyecto"], fila["proyecto_nombre"])
    for x in lee.que_ejecutan(session, etapa.anio, etapa.ente_id):
        if x.dependencia_id in suyas:
            montos.setdefault((x.dependencia_id, x.proyecto_id), 0)
            nombres[x.proyecto_id] = (x.clave, x.nombre)
    lista = [
        {
            "auxiliar_id": auxiliar_id,
            "auxiliar": suyas[auxiliar_id].clave,
            "auxiliar_nombre": suyas[auxiliar_id].nombre,
            "proyecto_id": proyecto_id,
            "proyecto": nombres[proyecto_id][0],
            "proyecto_nombre": nombres[proyecto_id][1],
            "propuesto": propuesto,
        }
        for (auxiliar_id, proyecto_id), propuesto in montos.items()
    ]
    return sorted(lista, key=lambda p: (p["auxiliar"], p["proyecto"]))


def _pasado(session: Session, corte: Version, general: str, proyectos: Collection[str]) -> Cruce:
    """Lo del año anterior por programa y capítulo; lo de otros programas, junto, para que cuadre el total.

    Baja al detalle sólo de sus programas, que tienen índice; el total sale del resumen.
    """
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    consulta = (
        select(k.c.programa, k.c.proyecto, k.c.partida, *al_corte(m.c, corte.mes))
        .join(m, m.c.clave_id == k.c.id)
        .where(
            m.c.corte_id == corte.id,
            k.c.anio == corte.anio,
            k.c.ente_id == corte.ente_id,
            # Hay claves que no traen programa aparte: es el principio de su proyecto.
            k.c.programa.in_({proyecto[:8] for proyecto in proyectos})
            | ((k.c.programa == "") & k.c.proyecto.in_(proyectos)),
            k.c.dependencia_general == general,
        )
        .group_by(k.c.programa, k.c.proyecto, k.c.partida)
    )
    juntos: dict[tuple[str, str], list[Monto]] = defaultdict(list)
    for fila in session.execute(consulta):
        juntos[fila[0] or fila[1][:8], capitulo_de(fila[2])].append(monto(fila[3:]))
    cruce = {llave: sumar(lista) for llave, lista in juntos.items()}
    todo = acumulado(session, corte.anio, corte.mes, (corte.ente_id,), Dimension.DEPENDENCIA_GENERAL)
    if general in todo:
        resto = sumar([todo[general], sumar(cruce.values(), -1)])
        if any(resto.values()):
            cruce[OTROS, ""] = resto
    return cruce


def _capitulos(filas: list[Renglon], de_techos: Mapping[str, int], pasado: Cruce) -> list[Renglon]:
    propuesto = lee.por_capitulo(filas)
    antes: dict[str, list[Monto]] = defaultdict(list)
    for (_, capitulo), dinero in pasado.items():
        antes[capitulo].append(dinero)
    claves = (propuesto.keys() | antes.keys() | de_techos.keys()) - {""}
    return [
        {
            "clave": clave,
            **frente(
                de_techos.get(clave), propuesto.get(clave, 0), sumar(antes[clave]) if clave in antes else None
            ),
        }
        for clave in sorted(claves)
    ]


def _comparacion(session: Session, anio: int, filas: list[Renglon], pasado: Cruce) -> list[Renglon]:
    propuesto: dict[tuple[str, str], int] = defaultdict(int)
    for fila in filas:
        propuesto[fila["proyecto"][:8], capitulo_de(fila["partida"])] += fila["anual"]
    y = tabla(Programa).c
    nombres = {f.clave: f.nombre for f in session.execute(select(y.clave, y.nombre).where(y.anio == anio))}
    return [
        {
            "programa": programa if programa != OTROS else "",
            "nombre": nombres.get(programa, "Otros programas del año anterior"),
            "capitulo": capitulo,
            **frente(None, propuesto.get((programa, capitulo), 0), pasado.get((programa, capitulo))),
        }
        for programa, capitulo in sorted(propuesto.keys() | pasado.keys())
    ]


def _firmas(session: Session, etapa_id: int, general_id: int, actual: str) -> list[Renglon]:
    """Los tres papeles en su orden; el que nadie ha firmado va pendiente."""
    puestas = lee.firmas(session, etapa_id, {general_id: actual}).get(general_id, {})
    return [
        {"papel": papel, "quien": quien, **puestas.get(papel, {"vigencia": lee.PENDIENTE})}
        for papel, quien in PAPELES.items()
    ]


def titulares(session: Session, *, ente_id: int) -> list[Renglon]:
    """Los titulares en funciones hoy de las dependencias generales del ente."""
    t, d, dia = tabla(Titular).c, tabla(Dependencia).c, hoy(session)
    consulta = (
        select(t.id, t.nombre, t.cargo, t.dependencia_id, d.clave)
        .join_from(tabla(Titular), tabla(Dependencia), d.id == t.dependencia_id)
        .where(d.ente_id == ente_id, d.padre_id.is_(None), t.desde <= dia)
        .where(t.hasta.is_(None) | (t.hasta >= dia))
        .order_by(d.clave)
    )
    return [fila._asdict() for fila in session.execute(consulta)]
