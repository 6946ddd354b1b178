"""Las adecuaciones registradas y si explican, al centavo, lo que el corte amplió y redujo."""

import re
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.adecuaciones import Adecuacion, RenglonAdecuacion
from db.models.municipio import Ente
from db.models.presupuesto import ClavePresupuestaria, CortePresupuesto, MovimientoPresupuesto
from db.queries.matriz import Alcance, cortes_de
from db.queries.municipio import corte as corte_de
from db.rules.adecuacion import NOMBRE, DeUnEnte, Par, conciliar

_NO_ES_CODIGO = re.compile(r"[^0-9A-ZÑ]+")


def lista(session: Session, anio: int, ente_id: int | None = None) -> list[dict[str, Any]]:
    """Las adecuaciones del ejercicio con sus totales en centavos, de la más nueva a la más vieja."""
    a, r, e = tabla(Adecuacion), tabla(RenglonAdecuacion), tabla(Ente)
    consulta = (
        select(
            a.c.id,
            a.c.anio,
            a.c.ente_id,
            e.c.nombre.label("ente"),
            a.c.folio,
            a.c.tipo,
            a.c.documento,
            a.c.fecha,
            a.c.motivo,
            a.c.version,
            func.count(r.c.clave.distinct()).label("claves"),
            func.coalesce(func.sum(r.c.ampliacion), 0).label("ampliacion"),
            func.coalesce(func.sum(r.c.reduccion), 0).label("reduccion"),
        )
        .join(e, e.c.id == a.c.ente_id)
        .join(r, r.c.adecuacion_id == a.c.id, isouter=True)
        .where(a.c.anio == anio)
        .group_by(*a.c, e.c.nombre)
        .order_by(a.c.fecha.desc(), a.c.folio.desc())
    )
    if ente_id is not None:
        consulta = consulta.where(a.c.ente_id == ente_id)
    return [_llana(dict(fila)) for fila in session.execute(consulta).mappings()]


def _llana(fila: dict[str, Any]) -> dict[str, Any]:
    tipo = str(fila["tipo"])
    importes = {c: int(fila[c]) for c in ("ampliacion", "reduccion")}
    return {**fila, **importes, "tipo": tipo, "tipo_nombre": NOMBRE[tipo]}


def ficha(session: Session, anio: int, adecuacion_id: int) -> dict[str, Any] | None:
    """Una adecuación con lo que mueve en cada clave y mes; None si no es del ejercicio."""
    hallada = next((a for a in lista(session, anio) if a["id"] == adecuacion_id), None)
    if hallada is None:
        return None
    r = tabla(RenglonAdecuacion).c
    renglones = session.execute(
        select(r.clave, r.mes, r.ampliacion, r.reduccion)
        .where(r.adecuacion_id == adecuacion_id)
        .order_by(r.clave, r.mes)
    )
    return {**hallada, "renglones": [dict(fila) for fila in renglones.mappings()]}


def de_la_clave(session: Session, anio: int, ente_id: int | None, clave: str) -> list[dict[str, Any]]:
    """Los documentos que mueven una clave, por fecha."""
    a, r = tabla(Adecuacion), tabla(RenglonAdecuacion)
    consulta = (
        select(a.c.id, a.c.folio, a.c.fecha, a.c.documento, r.c.mes, r.c.ampliacion, r.c.reduccion)
        .join(a, a.c.id == r.c.adecuacion_id)
        .where(a.c.anio == anio, r.c.clave == clave)
        .order_by(a.c.fecha, a.c.folio, r.c.mes)
    )
    if ente_id is not None:
        consulta = consulta.where(a.c.ente_id == ente_id)
    return [dict(fila) for fila in session.execute(consulta).mappings()]


def conciliacion(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """Lo ampliado y reducido en el corte contra lo que dicen los documentos, de enero al mes del corte.

    `diferencias` trae cada clave que no coincide; los totales van en centavos. `hay_corte` dice si hay
    presupuesto cargado con qué comparar.
    """
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    del_corte, documentados = _del_corte(session, alcance), _documentados(session, alcance)
    diferencias = [
        {
            "ente": str(d.clave[0]),
            "clave": d.clave[1],
            "corte": d.corte,
            "documentos": d.documentos,
            "sin_documento": d.sin_documento,
            "no_reflejado": d.no_reflejado,
        }
        for d in conciliar(del_corte, documentados)
    ]
    return {
        "corte": corte.en_palabras,
        "hay_corte": session.execute(cortes_de(alcance).limit(1)).first() is not None,
        "claves": len(del_corte.keys() | documentados.keys()),
        "en_corte": _total(del_corte),
        "en_documentos": _total(documentados),
        "diferencias": diferencias,
        "sin_documento": sum(d["sin_documento"] for d in diferencias),
        "no_reflejado": sum(d["no_reflejado"] for d in diferencias),
    }


def _total(pares: dict[DeUnEnte, Par]) -> Par:
    return sum(p[0] for p in pares.values()), sum(p[1] for p in pares.values())


def _del_corte(session: Session, alcance: Alcance) -> dict[DeUnEnte, Par]:
    m, k = tabla(MovimientoPresupuesto).c, tabla(ClavePresupuestaria)
    sumas = [
        func.sum(case((m.mes <= alcance.mes, columna), else_=0))
        for columna in (m.ampliaciones, m.reducciones)
    ]
    con_algo = (
        select(m.clave_id, sumas[0].label("ampliado"), sumas[1].label("reducido"))
        .where(m.corte_id.in_(cortes_de(alcance)), or_(m.ampliaciones != 0, m.reducciones != 0))
        .group_by(m.corte_id, m.clave_id)
        .subquery()
    )
    consulta = select(k.c.ente_id, k.c.clave, con_algo.c.ampliado, con_algo.c.reducido).join(
        con_algo, con_algo.c.clave_id == k.c.id
    )
    return {(f[0], f[1]): (int(f[2]), int(f[3])) for f in session.execute(consulta)}


def _documentados(session: Session, alcance: Alcance) -> dict[DeUnEnte, Par]:
    a, r = tabla(Adecuacion), tabla(RenglonAdecuacion)
    consulta = (
        select(a.c.ente_id, r.c.clave, func.sum(r.c.ampliacion), func.sum(r.c.reduccion))
        .join(a, a.c.id == r.c.adecuacion_id)
        .where(and_(a.c.anio == alcance.anio, r.c.mes <= alcance.mes))
        .group_by(a.c.ente_id, r.c.clave)
    )
    if alcance.entes is not None:
        consulta = consulta.where(a.c.ente_id.in_(alcance.entes))
    return {(f[0], f[1]): (int(f[2]), int(f[3])) for f in session.execute(consulta)}


def claves_del_ente(session: Session, anio: int, ente_id: int) -> dict[str, str]:
    """La clave sin separadores → la clave como está guardada, de las claves del ente en el ejercicio."""
    k, c = tabla(ClavePresupuestaria).c, tabla(CortePresupuesto).c
    con_corte = select(c.id).where(c.anio == anio, c.ente_id == ente_id).exists()
    consulta = select(k.clave).where(k.anio == anio, k.ente_id == ente_id, con_corte)
    return {sin_separadores(clave): clave for clave in session.execute(consulta).scalars()}


def sin_separadores(clave: str) -> str:
    """La clave en mayúsculas y sin guiones, puntos ni espacios: así se reconoce como venga escrita."""
    return _NO_ES_CODIGO.sub("", clave.upper())
