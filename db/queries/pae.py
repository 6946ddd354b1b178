"""El Programa Anual de Evaluación: sus evaluaciones, los aspectos que dejaron y cómo van sus acciones."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador
from db.models.pae import AccionAsm, Asm, AvanceAsm, EvaluacionPae, Pae
from db.models.programas import Programa
from db.queries.historia_indicador import historia
from db.queries.municipio import aviso_de_plazo
from db.rules import pae as reglas
from db.rules.estado import Estado

Datos = dict[str, Any]

CERO = Decimal(0)


def programa(session: Session, *, anio: int, ente_id: int | None = None, hoy: date) -> Datos:
    """El programa del año con sus evaluaciones, cada una con su avance y lo que urge.

    `publicacion` es (estado, palabra). De cada evaluación: sus datos, cuántos aspectos deja y cuántos están
    cumplidos, `avance` promedio en porcentaje (None sin acciones) y cuántas acciones vencieron.
    """
    del_anio = session.get(Pae, anio)
    evaluaciones = _evaluaciones(session, anio, hoy, ente_id)
    aspectos = _aspectos(session, [e["id"] for e in evaluaciones], hoy)
    for evaluacion in evaluaciones:
        suyos = aspectos[evaluacion["id"]]
        acciones = [a for aspecto in suyos for a in aspecto["acciones"]]
        evaluacion["aspectos"] = len(suyos)
        evaluacion["cumplidos"] = sum(a["estado"] == "cumplido" for a in suyos)
        evaluacion["avance"] = reglas.avance_de([a["avance"] for a in acciones])
        evaluacion["vencidas"] = sum(a["situacion"][0] == Estado.critico for a in acciones)
    return {
        "pae": del_anio.model_dump() if del_anio else None,
        "limite": reglas.limite_para_publicar(anio),
        "publicacion": _llana(reglas.por_publicar(anio, del_anio.publicado_en if del_anio else None, hoy)),
        "evaluaciones": evaluaciones,
    }


def evaluacion(session: Session, *, evaluacion_id: int, hoy: date) -> Datos | None:
    """Una evaluación con sus aspectos, sus acciones y lo que hizo después el indicador de cada uno."""
    anio = session.execute(
        select(tabla(EvaluacionPae).c.anio).where(tabla(EvaluacionPae).c.id == evaluacion_id)
    ).scalar()
    if anio is None:
        return None
    una = next(e for e in _evaluaciones(session, anio, hoy) if e["id"] == evaluacion_id)
    una["aspectos"] = _aspectos(session, [evaluacion_id], hoy)[evaluacion_id]
    efectos = _efectos(session, una, hoy)
    for aspecto in una["aspectos"]:
        aspecto["efecto"] = efectos.get(aspecto["indicador_id"])
    return una


def seguimiento(session: Session, *, anio: int, ente_id: int | None = None, hoy: date) -> list[Datos]:
    """Todos los aspectos del año, cada uno con su evaluación y sus acciones: lo que se reporta."""
    evaluaciones = {e["id"]: e for e in _evaluaciones(session, anio, hoy, ente_id)}
    aspectos = _aspectos(session, list(evaluaciones), hoy)
    return [
        {**aspecto, "evaluacion": evaluaciones[cual]} for cual in evaluaciones for aspecto in aspectos[cual]
    ]


def avance_de_accion(session: Session, acciones: Sequence[int]) -> dict[int, Decimal]:
    """El último avance anotado de cada acción, en porcentaje; la que no tiene no aparece."""
    v = tabla(AvanceAsm).c
    filas = session.execute(
        select(v.accion_id, v.avance).where(v.accion_id.in_(acciones)).order_by(v.fecha, v.id)
    )
    return {fila.accion_id: fila.avance for fila in filas}


def opciones(session: Session, *, anio: int) -> Datos:
    """Lo que se elige al capturar: programas, dependencias e indicadores del ejercicio, id → rótulo."""
    p, d, i = tabla(Programa).c, tabla(Dependencia).c, tabla(Indicador).c
    programas = session.execute(select(p.id, p.clave, p.nombre).where(p.anio == anio).order_by(p.clave))
    unidades = session.execute(select(d.id, d.clave, d.nombre).where(d.activa).order_by(d.clave, d.id))
    fichas = session.execute(select(i.id, i.nombre).where(i.anio == anio).order_by(i.nombre, i.id))
    return {
        "programas": {f.id: f"{f.clave} {f.nombre}" for f in programas},
        "dependencias": {f.id: f"{f.clave} {f.nombre}" for f in unidades},
        "indicadores": {f.id: f.nombre for f in fichas},
    }


def _evaluaciones(session: Session, anio: int, hoy: date, ente_id: int | None = None) -> list[Datos]:
    e, p, d = tabla(EvaluacionPae), tabla(Programa), tabla(Dependencia)
    consulta = (
        select(
            e,
            p.c.clave.label("programa"),
            p.c.nombre.label("programa_nombre"),
            d.c.nombre.label("dependencia"),
            d.c.clave.label("dependencia_clave"),
            d.c.ente_id,
            d.c.padre_id.label("general_id"),
        )
        .join(d, d.c.id == e.c.dependencia_id)
        .outerjoin(p, p.c.id == e.c.programa_id)
        .where(e.c.anio == anio)
        .order_by(e.c.inicio, e.c.id)
    )
    if ente_id is not None:
        consulta = consulta.where(d.c.ente_id == ente_id)
    return [
        {
            **fila,
            "tipo": str(fila["tipo"]),
            "estado": str(fila["estado"]),
            "difusion": _llana(reglas.por_difundir(fila["concluida_en"], fila["difundida_en"], hoy)),
        }
        for fila in session.execute(consulta).mappings()
    ]


def _llana(situacion: tuple[Estado, str] | None) -> tuple[str, str] | None:
    return None if situacion is None else (situacion[0].value, situacion[1])


def _aspectos(session: Session, evaluaciones: Sequence[int], hoy: date) -> dict[int, list[Datos]]:
    a, i = tabla(Asm), tabla(Indicador)
    consulta = (
        select(a, i.c.nombre.label("indicador"))
        .outerjoin(i, i.c.id == a.c.indicador_id)
        .where(a.c.evaluacion_id.in_(evaluaciones))
        .order_by(a.c.evaluacion_id, a.c.numero)
    )
    filas = session.execute(consulta).mappings().all()
    acciones = _acciones(session, [f["id"] for f in filas], hoy)
    juntos: dict[int, list[Datos]] = defaultdict(list)
    for fila in filas:
        suyas = acciones[fila["id"]]
        juntos[fila["evaluacion_id"]].append(
            {
                **fila,
                **{campo: str(fila[campo]) for campo in ("clase", "prioridad", "estado")},
                "acciones": suyas,
                "avance": reglas.avance_de([s["avance"] for s in suyas]),
            }
        )
    return juntos


def _acciones(session: Session, aspectos: Sequence[int], hoy: date) -> dict[int, list[Datos]]:
    c, d = tabla(AccionAsm), tabla(Dependencia)
    consulta = (
        select(c, d.c.nombre.label("dependencia"), d.c.ente_id, d.c.padre_id.label("general_id"))
        .join(d, d.c.id == c.c.dependencia_id)
        .where(c.c.asm_id.in_(aspectos))
        .order_by(c.c.asm_id, c.c.orden)
    )
    filas = session.execute(consulta).mappings().all()
    ids = [f["id"] for f in filas]
    ultimos, historias = avance_de_accion(session, ids), _anotaciones(session, ids)
    aviso = aviso_de_plazo(session)
    juntas: dict[int, list[Datos]] = defaultdict(list)
    for fila in filas:
        avance = ultimos.get(fila["id"], CERO)
        juntas[fila["asm_id"]].append(
            {
                **fila,
                "avance": avance,
                "situacion": _llana(reglas.situacion(avance, fila["inicio"], fila["fin"], hoy, aviso)),
                "anotaciones": historias[fila["id"]],
            }
        )
    return juntas


def _anotaciones(session: Session, acciones: Sequence[int]) -> dict[int, list[Datos]]:
    v = tabla(AvanceAsm)
    juntas: dict[int, list[Datos]] = defaultdict(list)
    consulta = select(v).where(v.c.accion_id.in_(acciones)).order_by(v.c.fecha, v.c.id)
    for fila in session.execute(consulta).mappings():
        juntas[fila["accion_id"]].append(dict(fila))
    return juntas


def _efectos(session: Session, una: Datos, hoy: date) -> dict[int, Datos]:
    """Por indicador, su último cierre al concluir la evaluación y el más nuevo: qué hizo después."""
    ids = sorted({a["indicador_id"] for a in una["aspectos"] if a["indicador_id"] is not None})
    if not ids:
        return {}
    anios: dict[int, list[int]] = defaultdict(list)
    i = tabla(Indicador).c
    for fila in session.execute(select(i.id, i.anio).where(i.id.in_(ids))):
        anios[fila.anio].append(fila.id)
    base = una["concluida_en"] or una["fin"]
    efectos: dict[int, Datos] = {}
    for anio, suyos in anios.items():
        mes = hoy.month if anio == hoy.year else 12
        for cual, puntos in historia(session, anio=anio, mes=mes, ids=suyos).items():
            conocidos = [p for p in puntos if p["alcanzado"] is not None]
            antes = [p for p in conocidos if (p["anio"], 3 * p["trimestre"]) <= (base.year, base.month)]
            despues = [p for p in conocidos if p not in antes]
            efectos[cual] = {
                "antes": antes[-1] if antes else None,
                "despues": despues[-1] if despues else None,
            }
    return efectos
