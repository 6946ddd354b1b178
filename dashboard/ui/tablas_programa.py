"""Las tablas de la ficha de un programa: metas por periodo, proyectos y MIR."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ui.estado import simple
from dashboard.ui.vista_programas import millones
from db.rules.formato import numero

Datos = Mapping[str, Any]

TIPOS = {"estrategico": "Estratégico", "gestion": "De gestión"}

Fila = tuple[str, str, str, Datos | None, int | None]
"""Nivel, resumen narrativo, indicador, su cumplimiento (vacío sin ficha) y la identidad de su ficha."""


def tabla_de_metas(metas: Sequence[Datos]) -> dict[str, list[str]]:
    """Cada actividad con lo alcanzado de lo programado en cada periodo."""
    cuantos = max((len(m["periodos"]) for m in metas), default=0)
    nombres = [p["texto"].capitalize() for p in metas[0]["periodos"]] if metas else []
    return {
        "Estado": [simple(m["cumplimiento"]) for m in metas],
        "Meta": [m["nombre"] for m in metas],
        "Cumplimiento": [m["cumplimiento"]["cifra"] for m in metas],
        **{nombres[n]: [del_periodo(m["periodos"][n]) for m in metas] for n in range(cuantos)},
        "Meta anual": [f"{numero(m['meta_anual'])} {m['unidad']}".strip() for m in metas],
        "Área": [m["auxiliar"] for m in metas],
    }


def del_periodo(p: Datos) -> str:
    """«5 de 10»; vacío si en el periodo no se programó ni se logró nada."""
    if p["programado"] is None and p["alcanzado"] is None:
        return "—"
    return f"{numero(p['alcanzado'])} de {numero(p['programado'])}"


def tabla_de_proyectos(proyectos: Sequence[Datos]) -> dict[str, list[str]]:
    """Sus proyectos con su cumplimiento y su dinero."""
    return {
        "Proyecto": [p["nombre"] for p in proyectos],
        "Cumplimiento": [
            f"{simple(p['cumplimiento'])} {p['cumplimiento']['cifra']}" if p["cumplimiento"] else "sin metas"
            for p in proyectos
        ],
        "Modificado": [millones(p["modificado"]) for p in proyectos],
        "Devengado": [millones(p["devengado"]) for p in proyectos],
        "CONAC": [p["letra"] for p in proyectos],
        "Clave": [p["clave"] for p in proyectos],
    }


def filas_de_mir(renglones: Sequence[Datos], entes: Mapping[int, str]) -> list[Fila]:
    """Un renglón por indicador, en el orden de la matriz; lo que no tiene indicador también se dice.

    Si varios entes ejecutan el programa, cada renglón dice de cuál es.
    """
    varios = len({r["ente_id"] for r in renglones}) > 1
    vacio = {"nombre": "sin indicador", "cumplimiento": None, "indicador_id": None}
    return [
        (
            f"{r['clave']} · {entes[r['ente_id']]}" if varios else r["clave"],
            r["resumen"],
            i["nombre"],
            i["cumplimiento"],
            i["indicador_id"],
        )
        for r in renglones
        for i in r["indicadores"] or [vacio]
    ]


def filas_de_indicadores(indicadores: Sequence[Datos]) -> list[Fila]:
    """Los indicadores de un programa que aún no tiene MIR, del que más atención pide al que menos."""
    return [(TIPOS.get(i["tipo"], ""), "", i["nombre"], i["cumplimiento"], i["id"]) for i in indicadores]


def tabla_de_indicadores(filas: Sequence[Fila]) -> dict[str, list[str]]:
    """La MIR, o los indicadores si no hay: el resumen narrativo sólo va si alguno lo trae."""
    columnas = {
        "Nivel": [nivel for nivel, *_ in filas],
        "Estado": [simple(c) if c else "sin ficha" for *_, c, _ in filas],
        "Indicador": [nombre for _, _, nombre, _, _ in filas],
        "Cumplimiento": [c["cifra"] if c else "—" for *_, c, _ in filas],
        "Resumen narrativo": [resumen for _, resumen, *_ in filas],
    }
    if not any(columnas["Resumen narrativo"]):
        del columnas["Resumen narrativo"]
    return columnas
