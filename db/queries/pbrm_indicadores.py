"""Las fichas de los PbRM-01d y 08b: un indicador con su identificación, sus variables y cómo va."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.models.programas import Programa, Proyecto
from db.queries.evaluacion import Evaluacion, evaluar
from db.queries.indicadores import FichaIndicador
from db.queries.llano import ligero, llano
from db.rules import pbrm
from db.rules.captura import OFICIALES
from db.rules.debido import IndicadorEvaluable
from db.rules.hoja import HojaEvaluada
from db.rules.indicador import evaluar_indicador, meta_anual
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

    Además de sus datos técnicos: `variables` (calendario, meta anual y avance del trimestre y acumulado),
    `trimestre` y `acumulado` del indicador (programado, alcanzado y resultado), `metas` del mismo proyecto y
    área con su avance, y `justificacion` del trimestre.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    evaluadas, datos = evaluacion.fichas(), _datos(session, anio)
    razones, metas = _justificaciones(session, anio, evaluacion.corte.mes), _metas(session, anio)
    halladas = []
    for ficha in evaluacion.indicadores:
        suyo = datos[ficha.id]
        if dependencia_id not in (None, suyo["general_id"]):
            continue
        if suyo["proyecto"].startswith(proyecto or programa):
            halladas.append(
                {
                    **suyo,
                    **_como_va(evaluacion, ficha, evaluadas[ficha.clave]),
                    "metas": metas.get((suyo["proyecto_id"], suyo["dependencia_id"]), []),
                    "justificacion": razones.get(ficha.id, ""),
                }
            )
    return sorted(halladas, key=lambda f: (f["proyecto"], f["nombre"], f["id"]))


def _datos(session: Session, anio: int) -> dict[int, Datos]:
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
    return {f.id: _con_general(f._asdict()) for f in session.execute(consulta)}


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


def _como_va(evaluacion: Evaluacion, ficha: FichaIndicador, acumulado: HojaEvaluada) -> Datos:
    mes = evaluacion.corte.mes
    evaluable = ficha.evaluable(mes, evaluacion.ventanas_indicadores.de(ficha.dependencia_id))
    cual = (mes + 2) // 3
    solo = evaluar_indicador(_solo(evaluable, cual), evaluacion.corte, evaluacion.bandas)
    return {
        "meta_anual": meta_anual(evaluable),
        "trimestre": _resultado(solo),
        "acumulado": _resultado(acumulado),
        "variables": [_variable(v, mes, cual) for v in ficha.variables],
    }


def _solo(evaluable: IndicadorEvaluable, trimestre: int) -> IndicadorEvaluable:
    """El mismo indicador con un solo trimestre: lo demás no se programó ni se logró."""

    def unico(valores: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(v if n == trimestre else None for n, v in enumerate(valores, start=1))

    variables = tuple(
        replace(
            v,
            programado=unico(v.programado),
            original=unico(v.original),
            alcanzado=unico(v.alcanzado),
            preliminar=unico(v.preliminar),
        )
        for v in evaluable.variables
    )
    return replace(evaluable, variables=variables)


def _resultado(hoja: HojaEvaluada) -> Datos:
    return {
        "programado": hoja.programado_acum,
        "alcanzado": hoja.alcanzado_acum,
        "cumplimiento": ligero(llano(hoja.cumplimiento)),
    }


def _variable(v: Any, mes: int, cual: int) -> Datos:
    programado = v.programado(mes)
    total = acumular(programado, v.operacion)
    return {
        "letra": v.letra,
        "nombre": v.nombre,
        "unidad": v.unidad,
        "operacion": v.operacion.value,
        "calendario": programado,
        "anual": total,
        "trimestre": pbrm.avance(programado[cual - 1], v.alcanzado[cual - 1], total),
        "acumulado": pbrm.avance(
            acumular(programado[:cual], v.operacion), acumular(v.alcanzado[:cual], v.operacion), total
        ),
    }
