"""Los renglones de la MIR como están guardados, con sus indicadores, y quién responde por cada programa."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador
from db.models.mir import IndicadorMir, RenglonMir, RespuestaCremaa
from db.models.municipio import Ente
from db.models.programas import Programa, Proyecto, ProyectoEjecutado, ResponsablePrograma

Renglon = dict[str, Any]
Lugar = tuple[int, int]
"""(programa, ente)."""


def renglones_de(
    session: Session, anio: int, programa_id: int | None, ente_id: int | None
) -> dict[Lugar, list[Renglon]]:
    """Los renglones del ejercicio (de un programa, de un ente) con sus indicadores."""
    r, p = tabla(RenglonMir), tabla(Programa)
    consulta = select(r).join(p, p.c.id == r.c.programa_id).where(p.c.anio == anio)
    if programa_id is not None:
        consulta = consulta.where(r.c.programa_id == programa_id)
    if ente_id is not None:
        consulta = consulta.where(r.c.ente_id == ente_id)
    suyos = _indicadores(session, consulta.with_only_columns(r.c.id))
    juntos: dict[Lugar, list[Renglon]] = defaultdict(list)
    for f in session.execute(consulta.order_by(r.c.id)):
        juntos[f.programa_id, f.ente_id].append(
            {
                "id": f.id,
                "ente_id": f.ente_id,
                "padre_id": f.padre_id,
                "nivel": f.nivel.value,
                "orden": f.orden,
                "resumen": f.resumen,
                "supuestos": f.supuestos,
                "tipo": f.tipo,
                "version": f.version,
                "indicadores": suyos.get(f.id, []),
            }
        )
    return dict(juntos)


TIPOS = {"estrategico": "Estratégico", "gestion": "Gestión"}


def _indicadores(session: Session, renglones: Any) -> dict[int, list[Renglon]]:
    """Los indicadores de cada renglón: lo que dice su ficha y, si no tiene, lo que dice la matriz."""
    x, i, c = tabla(IndicadorMir), tabla(Indicador), tabla(RespuestaCremaa)
    cumple: dict[int, dict[str, bool]] = defaultdict(dict)
    for fila in session.execute(select(c.c.indicador_id, c.c.criterio, c.c.cumple)):
        cumple[fila.indicador_id][fila.criterio.value] = fila.cumple
    consulta = (
        select(
            x,
            i.c.nombre.label("ficha"),
            i.c.formula_texto,
            i.c.formula.label("expresion"),
            i.c.unidad,
            i.c.frecuencia.label("cada"),
            i.c.tipo.label("clase"),
            i.c.medios_verificacion,
            i.c.linea_base,
            i.c.linea_base_texto,
            i.c.anio_base,
        )
        .join(i, i.c.id == x.c.indicador_id, isouter=True)
        .where(x.c.renglon_id.in_(renglones))
        .order_by(x.c.renglon_id, x.c.orden, x.c.id)
    )
    suyos: dict[int, list[Renglon]] = defaultdict(list)
    for f in session.execute(consulta):
        ligado = f.indicador_id is not None
        suyos[f.renglon_id].append(
            {
                "id": f.id,
                "indicador_id": f.indicador_id,
                "nombre": f.ficha if ligado else f.nombre,
                "formula": (f.formula_texto or f.expresion or f.formula) if ligado else f.formula,
                "unidad": f.unidad if ligado else "",
                "frecuencia": f.cada.value.capitalize() if ligado else f.frecuencia,
                "tipo": TIPOS[f.clase.value] if ligado else f.tipo,
                "medios_escritos": f.medios,
                "medios": f.medios or (f.medios_verificacion if ligado else ""),
                "con_base": ligado
                and f.anio_base is not None
                and (bool(f.linea_base_texto) or f.linea_base is not None),
                "cremaa": cumple.get(f.indicador_id, {}),
                "version": f.version,
                "cumplimiento": None,
            }
        )
    return suyos


def entes_de(session: Session) -> list[dict[str, Any]]:
    e = tabla(Ente).c
    return [{"id": f.id, "nombre": f.nombre} for f in session.execute(select(e.id, e.nombre).order_by(e.id))]


def ejecutados(session: Session, anio: int, ente_id: int | None) -> set[Lugar]:
    """Los (programa, ente) con responsable, con algún proyecto en ejecución o con metas."""
    p, y, v, x = tabla(Programa), tabla(Proyecto), tabla(ResponsablePrograma), tabla(ProyectoEjecutado)
    m = tabla(MetaActividad)
    consultas = (
        select(v.c.programa_id, v.c.ente_id).join(p, p.c.id == v.c.programa_id).where(p.c.anio == anio),
        select(y.c.programa_id, x.c.ente_id).join(y, y.c.id == x.c.proyecto_id).where(y.c.anio == anio),
        select(y.c.programa_id, m.c.ente_id).join(y, y.c.id == m.c.proyecto_id).where(m.c.anio == anio),
    )
    lugares = {(f[0], f[1]) for consulta in consultas for f in session.execute(consulta.distinct())}
    return {lugar for lugar in lugares if ente_id in (None, lugar[1])}


def dependencias_de(session: Session, anio: int, programa_id: int) -> dict[int, set[int]]:
    """Por ente, las dependencias que responden, ejecutan o tienen metas del programa, y sus generales."""
    v, y, x, d = tabla(ResponsablePrograma), tabla(Proyecto), tabla(ProyectoEjecutado), tabla(Dependencia)
    m = tabla(MetaActividad)
    responsables = select(v.c.dependencia_id).where(v.c.programa_id == programa_id)
    ejecutoras = (
        select(x.c.dependencia_id)
        .join(y, y.c.id == x.c.proyecto_id)
        .where(y.c.programa_id == programa_id, y.c.anio == anio)
    )
    con_metas = (
        select(m.c.dependencia_id)
        .join(y, y.c.id == m.c.proyecto_id)
        .where(y.c.programa_id == programa_id, m.c.anio == anio)
    )
    consulta = select(d.c.id, d.c.padre_id, d.c.ente_id).where(
        or_(d.c.id.in_(responsables), d.c.id.in_(ejecutoras), d.c.id.in_(con_metas))
    )
    juntas: dict[int, set[int]] = defaultdict(set)
    for f in session.execute(consulta):
        juntas[f.ente_id] |= {f.id, f.padre_id} - {None}
    return dict(juntas)


def programas_del_ejercicio(session: Session, anio: int) -> list[tuple[int, str, str]]:
    """(id, clave, nombre) de cada programa del ejercicio."""
    p = tabla(Programa).c
    consulta = select(p.id, p.clave, p.nombre).where(p.anio == anio).order_by(p.clave)
    return [(f.id, f.clave, f.nombre) for f in session.execute(consulta)]


def corregidos_a_mano(session: Session, programas: Sequence[int]) -> int:
    """Cuántos renglones de esos programas ya no son los de la MIR tipo."""
    r = tabla(RenglonMir).c
    consulta = select(func.count()).where(r.programa_id.in_(programas), r.tipo.is_(False))
    return int(session.execute(consulta).scalar_one())
