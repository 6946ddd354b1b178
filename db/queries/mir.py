"""La MIR de un programa con el estado de cada indicador, y la de todos para saber a cuál le falta qué."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseCaptura
from db.models.indicadores import Indicador
from db.models.mir import RespuestaCremaa
from db.models.programas import Programa, Proyecto
from db.queries.indicadores import indicadores
from db.queries.llano import ligero, llano
from db.queries.mir_renglones import Renglon, dependencias_de, ejecutados, entes_de, renglones_de
from db.queries.municipio import bandas
from db.queries.municipio import corte as corte_de
from db.queries.vencimiento import ventanas_cerradas
from db.rules.indicador import evaluar_indicador
from db.rules.mir import (
    NIVELES,
    Falta,
    Gravedad,
    IndicadorRevisable,
    RenglonRevisable,
    claves,
    en_orden,
    revisar,
)
from db.rules.periodo import Corte


def mir(
    session: Session, *, anio: int, clave: str, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any] | None:
    """La MIR de un programa al corte; None si el programa no existe en el ejercicio.

    `entes` son los que lo ejecutan o ya tienen MIR (sólo `ente_id`, si se pide); `renglones` va en el orden
    de la matriz, cada uno con sus `indicadores` y el `cumplimiento` (llano, sin detalle) de los que tienen
    ficha; `faltas`, lo que hay que corregir, y `dependencias`, por ente, las que responden por el programa.
    """
    p = tabla(Programa)
    programa = session.execute(select(p).where(p.c.anio == anio, p.c.clave == clave)).first()
    if programa is None:
        return None
    leidos = renglones_de(session, anio, programa.id, ente_id)
    responden = dependencias_de(session, anio, programa.id)
    ligados = {i["indicador_id"] for filas in leidos.values() for r in filas for i in r["indicadores"]}
    estados = _estados(session, anio, mes, ente_id, {i for i in ligados if i is not None})
    renglones: list[Renglon] = []
    faltas: list[dict[str, Any]] = []
    for (_, ente), filas in sorted(leidos.items()):
        ordenados, halladas = _revisados(filas)
        faltas += [{**falta, "ente_id": ente} for falta in halladas]
        renglones += ordenados
    for renglon in renglones:
        for indicador in renglon["indicadores"]:
            indicador["cumplimiento"] = estados.get(indicador["indicador_id"])
    cuales = {ente for _, ente in leidos} | responden.keys()
    return {
        "programa": {
            "id": programa.id,
            "clave": programa.clave,
            "nombre": programa.nombre,
            "objetivo": programa.objetivo,
        },
        "entes": [e for e in entes_de(session) if e["id"] in cuales and ente_id in (None, e["id"])],
        "renglones": renglones,
        "faltas": faltas,
        "dependencias": {ente: sorted(ids) for ente, ids in responden.items()},
    }


def programas_con_mir(session: Session, *, anio: int, ente_id: int | None = None) -> list[dict[str, Any]]:
    """Cada programa de cada ente que lo ejecuta, con cuántos renglones y faltas tiene su MIR.

    Van primero las que más faltas tienen; las que aún no existen, al final.
    """
    p = tabla(Programa).c
    programas = {f.id: f for f in session.execute(select(p.id, p.clave, p.nombre).where(p.anio == anio))}
    leidos = renglones_de(session, anio, None, ente_id)
    entes = {e["id"]: e["nombre"] for e in entes_de(session)}
    lugares = set(leidos) | ejecutados(session, anio, ente_id)
    lista = []
    for programa_id, ente in lugares:
        filas, halladas = _revisados(leidos.get((programa_id, ente), []))
        por_gravedad = {g: sum(f["gravedad"] == g for f in halladas) for g in Gravedad}
        lista.append(
            {
                "programa_id": programa_id,
                "clave": programas[programa_id].clave,
                "nombre": programas[programa_id].nombre,
                "ente_id": ente,
                "ente": entes[ente],
                "renglones": len(filas),
                "indicadores": sum(len(f["indicadores"]) for f in filas),
                "ligados": sum(i["indicador_id"] is not None for f in filas for i in f["indicadores"]),
                "faltas": por_gravedad[Gravedad.FALTA],
                "avisos": por_gravedad[Gravedad.AVISO],
                "tipo": bool(filas) and all(f["tipo"] for f in filas),
            }
        )
    lista.sort(key=lambda m: (not m["renglones"], -m["faltas"], -m["avisos"], m["clave"], m["ente_id"]))
    return lista


def fichas_del_programa(session: Session, *, anio: int, clave: str, ente_id: int) -> list[dict[str, Any]]:
    """Las fichas de indicador del programa en el ente, con las respuestas CREMAA de cada una."""
    i, y, g, c = tabla(Indicador), tabla(Proyecto), tabla(Programa), tabla(RespuestaCremaa)
    suyas = (
        select(i)
        .join(y, y.c.id == i.c.proyecto_id)
        .join(g, g.c.id == y.c.programa_id)
        .where(i.c.anio == anio, i.c.ente_id == ente_id, g.c.clave == clave)
    )
    fichas = session.execute(suyas.order_by(i.c.nombre, i.c.id)).all()
    respuestas: dict[int, list[Any]] = defaultdict(list)
    for fila in session.execute(select(c).where(c.c.indicador_id.in_([f.id for f in fichas]))):
        respuestas[fila.indicador_id].append(fila)
    return [
        {
            "id": f.id,
            "nombre": f.nombre,
            "nivel": f.nivel_mir.value if f.nivel_mir else None,
            "respuestas": {
                r.criterio.value: {"cumple": r.cumple, "nota": r.nota, "version": r.version}
                for r in respuestas[f.id]
            },
        }
        for f in fichas
    ]


def dependencias_del_programa(session: Session, programa_id: int, ente_id: int) -> frozenset[int]:
    """Las dependencias del ente que responden por el programa o ejecutan sus proyectos, y sus generales."""
    anio = session.execute(select(tabla(Programa).c.anio).where(tabla(Programa).c.id == programa_id)).scalar()
    return frozenset(dependencias_de(session, anio or 0, programa_id).get(ente_id, set()))


def _revisados(filas: Sequence[Renglon]) -> tuple[list[Renglon], list[dict[str, Any]]]:
    """Los renglones en orden y con su clave, y lo que les falta, todo llano."""
    por_id = {f["id"]: f for f in filas}
    revisables = [_revisable(f) for f in filas]
    nombres = claves(revisables)
    ordenados = [
        {**por_id[r.id], "clave": nombres[r.id], "nivel_nombre": NIVELES[r.nivel]}
        for r in en_orden(revisables)
    ]
    return ordenados, [_falta_llana(f) for f in revisar(revisables)]


def _revisable(f: Mapping[str, Any]) -> RenglonRevisable:
    return RenglonRevisable(
        id=f["id"],
        nivel=f["nivel"],
        orden=f["orden"],
        resumen=f["resumen"],
        padre_id=f["padre_id"],
        supuestos=f["supuestos"],
        indicadores=tuple(
            IndicadorRevisable(
                nombre=i["nombre"],
                formula=i["formula"],
                unidad=i["unidad"],
                medios=i["medios"],
                ligado=i["indicador_id"] is not None,
                con_base=i["con_base"],
                cremaa=i["cremaa"],
            )
            for i in f["indicadores"]
        ),
    )


def _falta_llana(f: Falta) -> dict[str, Any]:
    return {
        "gravedad": f.gravedad.value,
        "regla": f.regla,
        "donde": f.donde,
        "remedio": f.remedio,
        "renglon_id": f.renglon_id,
    }


def _estados(
    session: Session, anio: int, mes: int | None, ente_id: int | None, cuales: set[int]
) -> dict[int, dict[str, Any]]:
    """El cumplimiento de unas fichas al corte, con sus valores acumulados."""
    if not cuales:
        return {}
    corte = Corte(anio, corte_de(session, anio, mes)[0].mes)
    cerradas = ventanas_cerradas(session, anio, ClaseCaptura.INDICADORES, "trimestre")
    generales = bandas(session, anio)
    entes = None if ente_id is None else (ente_id,)
    return {
        ficha.id: ligero(
            llano(
                evaluar_indicador(
                    ficha.evaluable(corte.mes, cerradas.de(ficha.dependencia_id)), corte, generales
                ).cumplimiento,
            )
        )
        for ficha in indicadores(session, anio, entes)
        if ficha.id in cuales
    }
