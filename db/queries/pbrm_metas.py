"""Las hojas de los PbRM de metas de actividad: una por proyecto y dependencia auxiliar, con sus metas."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.programas import Programa, Proyecto
from db.queries import actividad
from db.queries.actividad import Meta
from db.queries.matriz import Alcance, agrupar
from db.rules import pbrm
from db.rules.periodo import acumular, periodos
from db.rules.texto import llave

Datos = dict[str, Any]


def hojas(
    session: Session,
    *,
    anio: int,
    mes: int,
    ente_id: int | None = None,
    dependencia_id: int | None = None,
    programa: str = "",
    proyecto: str = "",
    sin_metas: bool = False,
) -> list[Datos]:
    """Una hoja por (proyecto, dependencia auxiliar) de lo elegido, por programa, proyecto y dependencia.

    De cada una: `programa`, `proyecto` (clave, nombre, descripción), `general`, `auxiliar`, `aprobado` del
    proyecto en la dependencia general (centavos) y `metas`: numero, nombre, unidad, `anual`, `calendario`
    (cuatro trimestres), `trimestre` y `acumulado` del 08c al mes, y `antes` (programado y alcanzado el año
    anterior). `dependencia_id` es una general. `sin_metas` agrega los proyectos que sólo tienen presupuesto.
    """
    entes = None if ente_id is None else (ente_id,)
    unidades, proyectos = _unidades(session), _proyectos(session, anio)
    anteriores = _anteriores(session, anio - 1, entes)
    juntas: dict[tuple[str, str, int], Datos] = {}
    cada = periodos(actividad.periodicidad(session, anio))
    for meta in actividad.metas(session, anio, entes):
        suyo, unidad = proyectos[meta.proyecto_id], unidades[meta.dependencia_id]
        general = unidades[unidad["padre_id"] or unidad["id"]]
        if dependencia_id not in (None, general["id"]) or not suyo["clave"].startswith(proyecto or programa):
            continue
        hoja = juntas.setdefault(
            (suyo["clave"], general["clave"], unidad["id"]),
            {**suyo, "general": general, "auxiliar": unidad, "metas": []},
        )
        hoja["metas"].append(_meta(meta, mes, cada, anteriores.get(_identidad(meta, suyo, unidad))))
    if sin_metas:
        for hoja in _solo_con_dinero(session, anio, entes, unidades, proyectos.values()):
            de_ella = dependencia_id in (None, hoja["general"]["id"])
            if de_ella and hoja["clave"].startswith(proyecto or programa):
                juntas.setdefault((hoja["clave"], hoja["general"]["clave"], hoja["auxiliar"]["id"]), hoja)
    dinero = _dinero(session, anio, entes)
    for hoja in juntas.values():
        hoja["aprobado"] = dinero.get(
            (hoja["clave"], f"{hoja['general']['clave']}@{hoja['general']['ente_id']}"), 0
        )
    return [juntas[cual] for cual in sorted(juntas)]


def _solo_con_dinero(
    session: Session,
    anio: int,
    entes: Sequence[int] | None,
    unidades: dict[int, Datos],
    proyectos: Iterable[Datos],
) -> list[Datos]:
    """Una hoja, sin metas, por proyecto y auxiliar con presupuesto; la auxiliar debe estar registrada."""
    alcance = Alcance(anio, 12, None if entes is None else tuple(entes))
    por_clave = {p["clave"]: p for p in proyectos}
    auxiliares = {
        f"{unidades[u['padre_id']]['clave']}-{u['clave']}@{u['ente_id']}": u
        for u in unidades.values()
        if u["padre_id"] is not None
    }
    return [
        {
            **por_clave[clave],
            "general": unidades[auxiliares[de]["padre_id"]],
            "auxiliar": auxiliares[de],
            "metas": [],
        }
        for clave, de in agrupar(session, alcance, ("proyecto", "auxiliar"), {})
        if clave in por_clave and de in auxiliares
    ]


def _unidades(session: Session) -> dict[int, Datos]:
    d = tabla(Dependencia).c
    filas = session.execute(select(d.id, d.ente_id, d.padre_id, d.clave, d.nombre))
    return {fila.id: fila._asdict() for fila in filas}


def _proyectos(session: Session, anio: int) -> dict[int, Datos]:
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


def _dinero(session: Session, anio: int, entes: Sequence[int] | None) -> dict[tuple[str, str], int]:
    alcance = Alcance(anio, 12, None if entes is None else tuple(entes))
    sumas = agrupar(session, alcance, ("proyecto", "dependencia"), {})
    return {(proyecto, de): monto["aprobado"] for (proyecto, de), monto in sumas.items()}


def _identidad(meta: Meta, proyecto: Datos, unidad: Datos) -> tuple[Any, ...]:
    """La misma meta en otro ejercicio: ente, proyecto, auxiliar y nombre."""
    return meta.ente_id, proyecto["clave"], unidad["id"], llave(meta.area), llave(meta.nombre)


def _anteriores(session: Session, anio: int, entes: Sequence[int] | None) -> dict[tuple[Any, ...], Datos]:
    unidades, proyectos = _unidades(session), _proyectos(session, anio)
    halladas: dict[tuple[Any, ...], Datos] = defaultdict(dict)
    for meta in actividad.metas(session, anio, entes):
        cual = _identidad(meta, proyectos[meta.proyecto_id], unidades[meta.dependencia_id])
        halladas[cual] = {
            "programado": pbrm.anual(meta.programado(12), meta.operacion),
            "alcanzado": acumular(meta.alcanzado, meta.operacion),
        }
    return halladas


def _meta(meta: Meta, mes: int, cada: Sequence[Any], antes: Datos | None) -> Datos:
    meses = meta.programado(mes)
    total = pbrm.anual(meses, meta.operacion)
    original = pbrm.anual(meta.original, meta.operacion)
    hasta = sum(p.mes_fin <= mes for p in cada)
    desde = sum(p.mes_fin <= (mes - 1) // 3 * 3 for p in cada)
    inicio = (mes - 1) // 3 * 3
    return {
        "id": meta.id,
        "numero": meta.numero,
        "nombre": meta.nombre,
        "unidad": meta.unidad,
        "anual": total,
        "original": original,
        "calendario": pbrm.calendario(meses, meta.operacion),
        "trimestre": pbrm.avance(
            acumular(meses[inicio:mes], meta.operacion),
            acumular(meta.alcanzado[desde:hasta], meta.operacion),
            total,
        ),
        "acumulado": pbrm.avance(
            acumular(meses[:mes], meta.operacion), acumular(meta.alcanzado[:hasta], meta.operacion), total
        ),
        "antes": antes or {"programado": None, "alcanzado": None},
    }


def con_congelado(metas: Sequence[Datos], figuras: dict[str, Any]) -> list[Datos]:
    """Las mismas metas con el acumulado de las figuras de un corte (las congeladas, si está cerrado)."""
    return [
        {**m, "acumulado": _de_figura(m, figuras[str(m["id"])])} if str(m["id"]) in figuras else m
        for m in metas
    ]


def _de_figura(meta: Datos, figura: Datos) -> pbrm.Avance:
    programado, alcanzado, anual = (
        None if figura[c] is None else Decimal(figura[c])
        for c in ("programado_acum", "alcanzado_acum", "meta_anual")
    )
    return pbrm.avance(programado, alcanzado, anual if anual is not None else meta["anual"])
