"""Una etapa del presupuesto de un vistazo: cada dependencia y capítulo frente a techo y año anterior."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.anteproyecto import EtapaPresupuesto
from db.models.presupuesto import Dimension
from db.queries import anteproyecto as lee
from db.queries.presupuesto import Monto, acumulado, corte_vigente
from db.rules.anteproyecto import (
    COMPLETO,
    EXCEDIDO,
    POR_ASIGNAR,
    SIN_CAPTURA,
    SIN_TECHO,
    capitulo_de,
    saldo,
    situacion,
    variacion,
)

Renglon = dict[str, Any]
Techos = Mapping[tuple[int, str], int]

POR_NECESIDAD = tuple(s.codigo for s in (EXCEDIDO, SIN_CAPTURA, SIN_TECHO, POR_ASIGNAR, COMPLETO))
"""Primero lo que más pide atención."""

DEL_ANTERIOR = ("aprobado", "modificado", "devengado")


def resumen(session: Session, *, etapa_id: int, solo: tuple[int, ...] | None = None) -> Renglon:
    """La etapa por dependencia general y por capítulo; `solo` la limita a unas dependencias generales.

    `anterior` es el corte vigente del año pasado (None si no se ha cargado). Lo que el año pasado gastaron
    dependencias que hoy no existen va junto en `otras`, para que la suma cuadre.
    """
    e = tabla(EtapaPresupuesto)
    etapa = session.execute(select(e).where(e.c.id == etapa_id)).one()
    de_techos = {k: t for k, t in lee.techos(session, etapa_id).items() if solo is None or k[0] in solo}
    suyas: dict[int, list[Renglon]] = defaultdict(list)
    for fila in lee.partidas(session, etapa_id):
        if solo is None or fila["general_id"] in solo:
            suyas[fila["general_id"]].append(fila)
    corte = corte_vigente(session, etapa.anio - 1, etapa.ente_id)
    donde = (etapa.anio - 1, corte.mes if corte else 12, (etapa.ente_id,))
    pasado = acumulado(session, *donde, Dimension.DEPENDENCIA_GENERAL)
    dependencias = _dependencias(session, etapa, suyas, de_techos, pasado, solo)
    claves = {d["clave"] for d in dependencias}
    antes = [m for clave, m in pasado.items() if solo is None or clave in claves]
    filas = [fila for lista in suyas.values() for fila in lista]
    return {
        "dependencias": dependencias,
        "capitulos": _capitulos(
            suyas, de_techos, acumulado(session, *donde, Dimension.CAPITULO) if solo is None else {}
        ),
        "total": {
            **frente(
                _techo_comun(de_techos, "", {g for g, lista in suyas.items() if lista}),
                sum(fila["anual"] for fila in filas),
                _sumado(antes),
            ),
            "por_asignar": sum(max(0, d["techo"] - d["propuesto"]) for d in dependencias if d["techo"]),
            "excedido": sum(
                max(0, d["propuesto"] - d["techo"]) for d in dependencias if d["techo"] is not None
            ),
        },
        "otras": _sumado(m for clave, m in pasado.items() if clave not in claves) if solo is None else None,
        "anterior": {"anio": corte.anio, "mes": corte.mes} if corte else None,
        "huella": lee.huella_de_la_etapa(filas, de_techos),
        "huella_techos": lee.huella_de_techos(de_techos),
        "techos": de_techos,
    }


def _dependencias(
    session: Session,
    etapa: Any,
    suyas: Mapping[int, list[Renglon]],
    de_techos: Techos,
    pasado: Mapping[str, Monto],
    solo: tuple[int, ...] | None,
) -> list[Renglon]:
    puestas = lee.firmas(session, etapa.id, {g: lee.huella_de(lista) for g, lista in suyas.items()})
    ejecutan = {fila.dependencia_id for fila in lee.que_ejecutan(session, etapa.anio, etapa.ente_id)}
    lista = []
    for general in lee.generales(session, ente_id=etapa.ente_id):
        identidad = general["id"]
        filas, techo = suyas.get(identidad, []), de_techos.get((identidad, ""))
        toca = filas or techo is not None or any(a["id"] in ejecutan for a in general["auxiliares"])
        if not toca or (solo is not None and identidad not in solo):
            continue
        firmado = puestas.get(identidad, {})
        lista.append(
            {
                **{campo: general[campo] for campo in ("id", "clave", "nombre")},
                **frente(techo, sum(f["anual"] for f in filas), pasado.get(general["clave"])),
                "proyectos": len({(f["dependencia_id"], f["proyecto_id"]) for f in filas}),
                "firmas": {papel: f["vigencia"] for papel, f in firmado.items()},
                "firmada": lee.completa(firmado),
            }
        )
    return sorted(lista, key=lambda d: (POR_NECESIDAD.index(d["situacion"]), d["clave"]))


def _capitulos(
    suyas: Mapping[int, list[Renglon]], de_techos: Techos, pasado: Mapping[str, Monto]
) -> list[Renglon]:
    filas = [fila for lista in suyas.values() for fila in lista]
    propuesto = lee.por_capitulo(filas)
    quienes: dict[str, set[int]] = defaultdict(set)
    for fila in filas:
        quienes[capitulo_de(fila["partida"])].add(fila["general_id"])
    claves = propuesto.keys() | pasado.keys() | {capitulo for _, capitulo in de_techos if capitulo}
    return [
        {
            "clave": clave,
            **frente(
                _techo_comun(de_techos, clave, quienes[clave]), propuesto.get(clave, 0), pasado.get(clave)
            ),
        }
        for clave in sorted(claves)
    ]


def _techo_comun(de_techos: Techos, capitulo: str, quienes: set[int]) -> int | None:
    """La suma de los techos, sólo si todas las que proponen dinero ahí tienen el suyo."""
    suyos = {general: monto for (general, cual), monto in de_techos.items() if cual == capitulo}
    return sum(suyos.values()) if suyos and quienes <= suyos.keys() else None


def _sumado(montos: Iterable[Monto]) -> Monto | None:
    lista = list(montos)
    return {campo: sum(m[campo] for m in lista) for campo in DEL_ANTERIOR} if lista else None


def frente(techo: int | None, propuesto: int, antes: Monto | None) -> Renglon:
    """Lo propuesto frente a su techo y frente al modificado del año anterior."""
    estado = situacion(techo, propuesto)
    diferencia, porcentaje = variacion(antes["modificado"] if antes else None, propuesto)
    return {
        "techo": techo,
        "propuesto": propuesto,
        "saldo": saldo(techo, propuesto),
        "situacion": estado.codigo,
        "icono": estado.icono,
        "palabra": estado.palabra,
        "color": estado.color,
        "anterior": {campo: antes[campo] for campo in DEL_ANTERIOR} if antes else None,
        "diferencia": diferencia,
        "porcentaje": porcentaje,
    }
