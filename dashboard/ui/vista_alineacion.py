"""La alineación ya compuesta: el hallazgo, la matriz por nivel o por programa y las listas de huecos."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.texto import enumerar
from dashboard.ui.vista_comun import nombre_de_nodo
from db.queries.alineacion import matriz
from db.queries.huecos import huecos
from db.rules.alineacion import NOMBRE_HUECO, Hueco
from db.rules.formato import mdp, moneda, redondear
from db.rules.texto import sin_formula

Datos = Mapping[str, Any]

PROGRAMA = "Programa"
HEREDADO = "({})"
"""Entre paréntesis, lo que sólo llega de un nivel superior."""

FALTA = {
    Hueco.METAS_SIN_LINEA: ("actividad no cita línea", "actividades no citan línea"),
    Hueco.LINEAS_SIN_PROYECTO: ("línea no tiene proyecto", "líneas no tienen proyecto"),
}


@dataclass(frozen=True, slots=True)
class Filtro:
    """Lo elegido sobre la matriz; vacío es todo."""

    eje: int | None = None
    ods: str | None = None
    programa: str | None = None


def vista_alineacion(session: Session, *, anio: int, mes: int | None, ente_id: int | None) -> dict[str, Any]:
    """La matriz, las opciones de sus filtros, cuántos huecos hay de cada clase y el título."""
    donde = {"anio": anio, "mes": mes, "ente_id": ente_id}
    m, faltan = ask(matriz, **donde), ask(huecos, **donde)
    cuantos = {Hueco(h): (len(f["lista"]), f["total"]) for h, f in faltan.items()}
    return {
        "titulo": titulo(cuantos, faltan[Hueco.DINERO_SIN_LINEA]["lista"]),
        "corte": m["corte"],
        "niveles": m["niveles"],
        "ejes": {n["id"]: nombre_de_nodo(n) for n in m["nodos"] if n["nivel"] == 1},
        "ods": {clave: f"{clave} {nombre}" for clave, nombre in m["ods"].items()},
        "programas": {p["clave"]: f"{p['clave']} {p['nombre']}" for p in m["programas"]},
        "huecos": {h.value: cuenta for h, cuenta in cuantos.items()},
        "vacio": not m["nodos"] and not m["programas"],
    }


def titulo(cuantos: Mapping[Hueco, tuple[int, int]], sueltos: Sequence[Datos]) -> str:
    """«294 actividades no citan línea, 106 líneas no tienen proyecto y 208.6 mdp no cuelgan del plan»."""
    partes = [
        f"{cuantos[h][0]:,} {uno if cuantos[h][0] == 1 else varias}"
        for h, (uno, varias) in FALTA.items()
        if cuantos[h][0]
    ]
    if dinero := sum(r["modificado"] for r in sueltos):
        partes.append(f"{mdp(dinero)} no cuelgan del plan")
    return enumerar(partes) or "Todo lo que se hace y se gasta cuelga del plan"


def tabla_matriz(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    por: str,
    eje: int | None,
    ods: str | None,
    programa: str | None,
) -> dict[str, Any]:
    """Las columnas de la matriz y, por renglón, a dónde ir. `por` es un nivel del plan o «Programa»."""
    m = ask(matriz, anio=anio, mes=mes, ente_id=ente_id)
    filtro = Filtro(eje, ods, programa)
    if por == PROGRAMA:
        filas = [p for p in m["programas"] if _pasa_programa(p, filtro)]
        destinos = [("programas", {"programa": p["clave"]}) for p in filas]
        columnas = _columnas(filas) | {"Sin plan": [millones(p["suelto"]) for p in filas]}
    else:
        nivel = m["niveles"].index(por) + 1
        filas = [n for n in m["nodos"] if n["nivel"] == nivel and _pasa_nodo(n, filtro)]
        destinos = [("plan", {"nodo": n["id"]}) for n in filas]
        columnas = _columnas(filas) | {"Programas": [len(n["programas"]) for n in filas]}
    nombres = [f"{f['clave']} {f['nombre']}" if por == PROGRAMA else nombre_de_nodo(f) for f in filas]
    return {"columnas": {por: nombres, **columnas}, "destinos": destinos}


def _pasa_nodo(n: Datos, filtro: Filtro) -> bool:
    return (
        filtro.eje in (None, n["eje"])
        and (filtro.ods is None or filtro.ods in n["ods"])
        and (filtro.programa is None or filtro.programa in n["programas"])
    )


def _pasa_programa(p: Datos, filtro: Filtro) -> bool:
    return (
        (filtro.eje is None or filtro.eje in p["ejes"])
        and (filtro.ods is None or filtro.ods in p["ods"])
        and filtro.programa in (None, p["clave"])
    )


def _columnas(filas: Sequence[Datos]) -> dict[str, list[Any]]:
    return {
        "Aceptado": [millones(f["aceptado"]) for f in filas],
        "Propuesto": [millones(f["propuesto"]) for f in filas],
        "ODS": [_claves(f, "ods") for f in filas],
        "PND": [_claves(f, "pnd") for f in filas],
        "PED": [_claves(f, "ped") for f in filas],
        "Líneas": [f["lineas"] for f in filas],
        "Proyectos": [f["proyectos"] for f in filas],
        "Actividades": [f["metas"] for f in filas],
        "Indicadores": [f["indicadores"] for f in filas],
        "Metas ODS": [_claves(f, "ods_meta") for f in filas],
    }


def millones(centavos: int) -> Decimal:
    """Centavos → millones de pesos con un decimal, para ordenar la columna como número."""
    return redondear(Decimal(centavos).scaleb(-8), 1)


def _claves(fila: Datos, campo: str) -> str:
    dichas = ", ".join(fila[campo]) or "—"
    return HEREDADO.format(dichas) if campo in fila["heredado"] else dichas


def resumen_de_huecos(cuantos: Mapping[str, tuple[int, int]]) -> str:
    """«Actividades que no citan línea: 294 de 1,161 · …»."""
    return " · ".join(
        f"{NOMBRE_HUECO[Hueco(h)]}: {falta:,} de {total:,}" for h, (falta, total) in cuantos.items()
    )


def en_csv(lista: Sequence[Datos]) -> bytes:
    """Los huecos de una clase, para corregirlos fuera; ninguna celda se ejecuta."""
    salida = StringIO()
    escribe = csv.writer(salida)
    escribe.writerow(["clave", "nombre", "donde", "modificado"])
    for r in lista:
        dinero = "" if r["modificado"] is None else moneda(r["modificado"])
        escribe.writerow([sin_formula(t) for t in (r["clave"], r["nombre"], r["donde"], dinero)])
    return salida.getvalue().encode("utf-8-sig")
