"""Cómo se llama lo que los PbRM nombran: proyecto, programa, dependencias y datos técnicos del indicador.

Un cierre lo congela con cada meta e indicador: un nombre nuevo no cambia la hoja de un periodo cerrado.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.models.programas import Programa, Proyecto
from db.queries.actividad import Meta
from db.queries.trimestre import texto
from db.rules.captura import OFICIALES

Datos = dict[str, Any]

IMPRESOS = (
    *("pilar", "tema", "objetivo", "programa", "programa_nombre", "proyecto", "proyecto_nombre"),
    *("general", "general_nombre", "auxiliar", "auxiliar_nombre"),
    *("tipo", "formula_texto", "interpretacion", "dimension", "frecuencia", "descripcion_factor"),
    *("ambito_geografico", "cobertura", "linea_base_texto", "meta_descripcion", "justificacion"),
)
"""Lo que un 08b imprime del indicador además de sus cifras."""


def por_congelar_de_metas(session: Session, anio: int, metas: Sequence[Meta]) -> dict[int, Datos]:
    """Meta → `proyecto` (con su programa), `general` y `auxiliar`: claves y nombres de hoy."""
    de, proyectos = las_unidades(session), los_proyectos(session, anio)
    halladas = {}
    for meta in metas:
        auxiliar, suyo = de[meta.dependencia_id], proyectos[meta.proyecto_id]
        halladas[meta.id] = {
            "proyecto": {c: suyo[c] for c in ("clave", "nombre", "programa", "programa_nombre")},
            "general": _nombrada(de[auxiliar["padre_id"] or auxiliar["id"]]),
            "auxiliar": _nombrada(auxiliar),
        }
    return halladas


def _nombrada(unidad: Datos) -> Datos:
    return {"clave": unidad["clave"], "nombre": unidad["nombre"]}


def por_congelar_de_indicadores(session: Session, anio: int, mes: int) -> dict[int, Datos]:
    """Indicador → lo que su 08b imprime hoy además de sus cifras; la línea base, como texto exacto."""
    return {
        cual: {campo: datos[campo] for campo in IMPRESOS} | {"linea_base": texto(datos["linea_base"])}
        for cual, datos in de_indicadores(session, anio, mes).items()
    }


def de_la_ficha(figura: Datos) -> Datos:
    """Lo que el cierre guardó de un indicador, listo para su 08b; vacío si es de un cierre anterior."""
    guardado = dict(figura.get("identidad", {}))
    if guardado.get("linea_base") is not None:
        guardado["linea_base"] = Decimal(guardado["linea_base"])
    return guardado


def de_la_hoja(hoja: Datos, figura: Datos) -> Datos:
    """La hoja de un 08c con los nombres que el cierre guardó; la misma si es de un cierre anterior."""
    guardado = figura.get("identidad")
    if not guardado:
        return hoja
    unidades = {cual: {**hoja[cual], **guardado[cual]} for cual in ("general", "auxiliar")}
    return {**hoja, **guardado["proyecto"], **unidades}


def las_unidades(session: Session) -> dict[int, Datos]:
    """Las dependencias por id: ente, padre, clave y nombre."""
    d = tabla(Dependencia).c
    filas = session.execute(select(d.id, d.ente_id, d.padre_id, d.clave, d.nombre))
    return {fila.id: fila._asdict() for fila in filas}


def los_proyectos(session: Session, anio: int) -> dict[int, Datos]:
    """Los del ejercicio por id, con su programa."""
    y, p = tabla(Proyecto), tabla(Programa)
    consulta = select(
        y.c.id,
        y.c.clave,
        y.c.nombre,
        y.c.descripcion,
        p.c.id.label("programa_id"),
        p.c.clave.label("programa"),
        p.c.nombre.label("programa_nombre"),
        p.c.objetivo,
        p.c.pilar,
        p.c.tema,
    ).join(p, p.c.id == y.c.programa_id)
    return {fila.id: fila._asdict() for fila in session.execute(consulta.where(y.c.anio == anio))}


def de_indicadores(session: Session, anio: int, mes: int) -> dict[int, Datos]:
    """Los datos técnicos de cada indicador, de quién es y qué justificó en el trimestre de `mes`."""
    i, y, p, d = tabla(Indicador), tabla(Proyecto), tabla(Programa), tabla(Dependencia)
    general = d.alias("general")
    consulta = (
        select(
            i,
            y.c.clave.label("proyecto"),
            y.c.nombre.label("proyecto_nombre"),
            p.c.clave.label("programa"),
            p.c.nombre.label("programa_nombre"),
            *(p.c[c] for c in ("objetivo", "pilar", "tema")),
            d.c.clave.label("auxiliar"),
            d.c.nombre.label("auxiliar_nombre"),
            general.c.id.label("madre_id"),
            general.c.clave.label("madre"),
            general.c.nombre.label("madre_nombre"),
        )
        .join(y, y.c.id == i.c.proyecto_id)
        .join(p, p.c.id == y.c.programa_id)
        .join(d, d.c.id == i.c.dependencia_id)
        .join(general, general.c.id == d.c.padre_id, isouter=True)
        .where(i.c.anio == anio)
    )
    razones = _justificaciones(session, anio, mes)
    return {
        f.id: _con_general(f._asdict()) | {"justificacion": razones.get(f.id, "")}
        for f in session.execute(consulta)
    }


def _con_general(fila: Datos) -> Datos:
    propia = fila["madre_id"] is None
    return {
        **fila,
        **{campo: str(fila[campo]) for campo in ("tipo", "frecuencia", "sentido")},
        "general_id": fila["dependencia_id"] if propia else fila["madre_id"],
        "general": fila["auxiliar"] if propia else fila["madre"],
        "general_nombre": fila["auxiliar_nombre"] if propia else fila["madre_nombre"],
    }


def _justificaciones(session: Session, anio: int, mes: int) -> dict[int, str]:
    a, v, i = tabla(AvanceVariable), tabla(VariableIndicador), tabla(Indicador)
    consulta = (
        select(v.c.indicador_id, a.c.justificacion)
        .join(v, v.c.id == a.c.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .where(i.c.anio == anio, a.c.trimestre == (mes + 2) // 3, a.c.justificacion != "")
        .where(a.c.estado.in_(OFICIALES))
        .order_by(a.c.id)
    )
    return {f.indicador_id: f.justificacion for f in session.execute(consulta)}
