"""Las hojas de los PbRM de metas de actividad: una por proyecto y dependencia auxiliar, con sus metas."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from db.queries import actividad
from db.queries.actividad import Meta
from db.queries.identidad import de_la_hoja, las_unidades, los_proyectos
from db.queries.matriz import Alcance, agrupar
from db.rules import pbrm
from db.rules.periodo import acumular
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
    (cuatro trimestres) y `antes` (programado y alcanzado el año anterior); su avance lo pone `con_avance`.
    `dependencia_id` es una general. `sin_metas` agrega los proyectos que sólo tienen presupuesto.
    """
    entes = None if ente_id is None else (ente_id,)
    unidades, proyectos = las_unidades(session), los_proyectos(session, anio)
    anteriores = _anteriores(session, anio - 1, entes)
    juntas: dict[tuple[str, str, int], Datos] = {}
    for meta in actividad.metas(session, anio, entes):
        suyo, unidad = proyectos[meta.proyecto_id], unidades[meta.dependencia_id]
        general = unidades[unidad["padre_id"] or unidad["id"]]
        if dependencia_id not in (None, general["id"]) or not suyo["clave"].startswith(proyecto or programa):
            continue
        hoja = juntas.setdefault(
            (suyo["clave"], general["clave"], unidad["id"]),
            {**suyo, "general": general, "auxiliar": unidad, "metas": []},
        )
        hoja["metas"].append(_meta(meta, mes, anteriores.get(_identidad(meta, suyo, unidad))))
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


def _dinero(session: Session, anio: int, entes: Sequence[int] | None) -> dict[tuple[str, str], int]:
    alcance = Alcance(anio, 12, None if entes is None else tuple(entes))
    sumas = agrupar(session, alcance, ("proyecto", "dependencia"), {})
    return {(proyecto, de): monto["aprobado"] for (proyecto, de), monto in sumas.items()}


def _identidad(meta: Meta, proyecto: Datos, unidad: Datos) -> tuple[Any, ...]:
    """La misma meta en otro ejercicio: ente, proyecto, auxiliar y nombre."""
    return meta.ente_id, proyecto["clave"], unidad["id"], llave(meta.area), llave(meta.nombre)


def _anteriores(session: Session, anio: int, entes: Sequence[int] | None) -> dict[tuple[Any, ...], Datos]:
    unidades, proyectos = las_unidades(session), los_proyectos(session, anio)
    halladas: dict[tuple[Any, ...], Datos] = defaultdict(dict)
    for meta in actividad.metas(session, anio, entes):
        cual = _identidad(meta, proyectos[meta.proyecto_id], unidades[meta.dependencia_id])
        halladas[cual] = {
            "programado": pbrm.anual(meta.programado(12), meta.operacion),
            "alcanzado": acumular(meta.alcanzado, meta.operacion),
        }
    return halladas


def _meta(meta: Meta, mes: int, antes: Datos | None) -> Datos:
    return {
        "id": meta.id,
        "nombre": meta.nombre,
        "numero": meta.numero,
        "unidad": meta.unidad,
        "anual": pbrm.anual(meta.programado(mes), meta.operacion),
        "original": pbrm.anual(meta.original, meta.operacion),
        "calendario": pbrm.calendario(meta.programado(mes), meta.operacion),
        "antes": antes or {"programado": None, "alcanzado": None},
        "operacion": meta.operacion,
    }


def con_avance(
    metas: Sequence[Datos], figuras: dict[str, Datos], mes: int, previas: dict[str, Datos]
) -> list[Datos]:
    """Las metas de un 08c con `trimestre` y `acumulado`, de las figuras de un corte (`db.queries.figuras`).

    De un periodo cerrado todo es lo congelado: también su nombre, número, unidad y meta anual; y la que se
    dio de alta después no va. `previas` son las del cierre anterior: un cierre que no guardó el trimestre se
    deduce de los dos, y `deducido` dice «diferencia» o «sin_saberse».
    """
    return [
        _con_avance(m, figuras[str(m["id"])], mes, previas.get(str(m["id"]), {}))
        for m in metas
        if str(m["id"]) in figuras
    ]


def con_nombres(hoja: Datos, figuras: dict[str, Datos]) -> Datos:
    """La hoja con los nombres que sus metas tienen en esas figuras: los del cierre si está cerrado."""
    return de_la_hoja(hoja, figuras[str(hoja["metas"][0]["id"])]) if hoja["metas"] else hoja


def _con_avance(meta: Datos, figura: Datos, mes: int, previa: Datos) -> Datos:
    suyo = figura.get("trimestre") or _deducido(meta, figura, mes, previa)
    total = _exacto(suyo["anual"])
    return {
        **meta,
        "nombre": figura["nombre"],
        "numero": suyo["numero"],
        "unidad": suyo["unidad"],
        "anual": total,
        "deducido": suyo.get("deducido", ""),
        "trimestre": pbrm.avance(_exacto(suyo["programado"]), _exacto(suyo["alcanzado"]), total),
        "acumulado": pbrm.avance(
            _exacto(figura["programado_acum"]), _exacto(figura["alcanzado_acum"]), total
        ),
    }


def _deducido(meta: Datos, figura: Datos, mes: int, previa: Datos) -> Datos:
    """El trimestre de un cierre que sólo guardó lo acumulado."""
    del_trimestre = {
        que: pbrm.del_trimestre(
            meta["operacion"], mes, _exacto(figura[f"{que}_acum"]), _exacto(previa.get(f"{que}_acum"))
        )
        for que in ("programado", "alcanzado")
    }
    perdido = any(figura[f"{que}_acum"] is not None and v is None for que, v in del_trimestre.items())
    return {
        "numero": meta["numero"],
        "unidad": meta["unidad"],
        "anual": figura["meta_anual"],
        "deducido": "sin_saberse" if perdido else "diferencia",
        **del_trimestre,
    }


def _exacto(escrito: Any) -> Decimal | None:
    return None if escrito is None else Decimal(escrito)
