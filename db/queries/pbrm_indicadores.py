"""Las fichas de los PbRM-01d y 08b: un indicador con su identificación, sus variables y cómo va."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.queries.evaluacion import evaluar
from db.queries.identidad import de_indicadores, de_la_ficha
from db.queries.indicadores import FichaIndicador, Trimestres, Variable
from db.rules import pbrm
from db.rules.captura import OFICIALES
from db.rules.indicador import meta_anual, meta_por_trimestre
from db.rules.periodo import acumular

Datos = dict[str, Any]


def fichas(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None = None,
    dependencia_id: int | None = None,
    programa: str = "",
    proyecto: str = "",
) -> list[Datos]:
    """Una ficha por indicador de lo elegido, por proyecto y nombre. `dependencia_id` es una general.

    Además de sus datos técnicos: `meta_anual`, `trimestres` (la meta de cada uno), `variables` (con su
    calendario y meta anual), `metas` del mismo proyecto y área con su avance, y `justificacion` del
    trimestre. El avance lo pone `con_avance`.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    datos, metas = de_indicadores(session, anio, evaluacion.corte.mes), _metas(session, anio)
    halladas = []
    for ficha in evaluacion.indicadores:
        suyo = datos[ficha.id]
        if dependencia_id not in (None, suyo["general_id"]):
            continue
        if suyo["proyecto"].startswith(proyecto or programa):
            halladas.append(
                {
                    **suyo,
                    **_diseno(ficha, evaluacion.corte.mes),
                    "metas": metas.get((suyo["proyecto_id"], suyo["dependencia_id"]), []),
                }
            )
    return sorted(halladas, key=lambda f: (f["proyecto"], f["nombre"], f["id"]))


def _metas(session: Session, anio: int) -> dict[tuple[int, int], list[Datos]]:
    """Las metas de actividad de cada proyecto y área, con lo alcanzado y validado en el año."""
    m, a = tabla(MetaActividad), tabla(AvanceMeta)
    logrado: dict[int, Any] = {}
    validados = select(a.c.meta_id, a.c.alcanzado).where(a.c.estado.in_(OFICIALES)).order_by(a.c.mes)
    for f in session.execute(validados):
        logrado.setdefault(f.meta_id, []).append(f.alcanzado)
    juntas: dict[tuple[int, int], list[Datos]] = {}
    for f in session.execute(select(m).where(m.c.anio == anio).order_by(m.c.numero, m.c.id)):
        juntas.setdefault((f.proyecto_id, f.dependencia_id), []).append(
            {"nombre": f.nombre, "unidad": f.unidad, "avance": acumular(logrado.get(f.id, []), f.operacion)}
        )
    return juntas


def _diseno(ficha: FichaIndicador, mes: int) -> Datos:
    """Lo que no cambia con el avance: las metas anual y trimestrales, y el calendario de cada variable."""
    evaluable = ficha.evaluable(mes, frozenset())
    return {
        "meta_anual": meta_anual(evaluable),
        "trimestres": meta_por_trimestre(evaluable),
        "variables": [_variable(v, v.programado(mes)) for v in ficha.variables],
    }


def _variable(v: Variable, calendario: Trimestres) -> Datos:
    return {
        "letra": v.letra,
        "nombre": v.nombre,
        "unidad": v.unidad,
        "operacion": v.operacion.value,
        "calendario": calendario,
        "anual": acumular(calendario, v.operacion),
    }


def con_avance(lista: Sequence[Datos], figuras: dict[str, Datos], mes: int) -> list[Datos]:
    """Las fichas de un 08b con su avance, de las figuras de un corte (`db.queries.figuras`).

    De un periodo cerrado todo es lo congelado, también los nombres y las variables; el indicador que se dio
    de alta después no va. Agrega `acumulado` y `trimestre` (programado, alcanzado y cumplimiento) y pone en
    `variables` el avance de cada una. Un cierre que no guardó el trimestre lo deja en None, salvo el primero.
    """
    return [_con_avance(f, figuras[str(f["id"])], mes) for f in lista if str(f["id"]) in figuras]


def _con_avance(ficha: Datos, figura: Datos, mes: int) -> Datos:
    acumulado = _medido(figura["programado_acum"], figura["alcanzado_acum"], figura["cumplimiento"])
    solo = figura.get("trimestre")
    puesta = {
        **ficha,
        **de_la_ficha(figura),
        "nombre": figura["nombre"],
        "meta_anual": _exacto(figura["meta_anual"]),
        "acumulado": acumulado,
    }
    if solo is None:
        vacio = pbrm.avance(None, None, None)
        variables = [{**v, "trimestre": vacio, "acumulado": vacio} for v in ficha["variables"]]
        return {**puesta, "variables": variables, "trimestre": acumulado if mes <= 3 else None}
    return {
        **puesta,
        "trimestre": _medido(solo["programado"], solo["alcanzado"], figura["cumplimiento_trimestre"]),
        "variables": [_de_figura(v) for v in solo["variables"]],
    }


def _medido(programado: str | None, alcanzado: str | None, cumplimiento: Datos) -> Datos:
    return {
        "programado": _exacto(programado),
        "alcanzado": _exacto(alcanzado),
        "cumplimiento": cumplimiento,
    }


def _de_figura(v: Datos) -> Datos:
    total = _exacto(v["anual"])
    return {
        **v,
        "anual": total,
        "trimestre": pbrm.avance(_exacto(v["programado"]), _exacto(v["alcanzado"]), total),
        "acumulado": pbrm.avance(_exacto(v["programado_acum"]), _exacto(v["alcanzado_acum"]), total),
    }


def _exacto(escrito: Any) -> Decimal | None:
    return None if escrito is None else Decimal(escrito)
