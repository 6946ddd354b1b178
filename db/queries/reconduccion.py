"""Las solicitudes de reconducción: la lista, la ficha con sus calendarios y lo que espera a cada quien."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import Reconduccion
from db.models.estructura import Dependencia
from db.models.municipio import Ente
from db.models.programas import Programa, Proyecto
from db.models.reconduccion import (
    ClaseRenglon,
    DineroSolicitud,
    LadoDinero,
    RenglonSolicitud,
    SolicitudReconduccion,
)
from db.models.usuarios import Usuario
from db.queries.dinero_reconduccion import apartado, claves
from db.queries.evaluacion import unidades
from db.queries.municipio import ejercicio_actual, hoy
from db.queries.nombres_gasto import nombres
from db.queries.reconducible import Llave, Reconducible, antes_de, inhabiles, reconducibles
from db.queries.titulares import firmantes
from db.queries.usuarios import en_utc
from db.rules.formato import en_zona
from db.rules.periodo import Periodo, acumular, agrupar
from db.rules.permisos import Actor
from db.rules.reconduccion import lado, plazos
from db.rules.solicitud import toca

Datos = dict[str, Any]


def lista(
    session: Session, *, anio: int, ente_id: int | None = None, solicitud_id: int | None = None
) -> list[Datos]:
    """Las solicitudes del ejercicio, la más nueva primero, con lo que cambian y mueven (centavos)."""
    s, d, e = tabla(SolicitudReconduccion), tabla(Dependencia), tabla(Ente)
    quien, opina, resuelve = (tabla(Usuario).alias(n) for n in ("quien", "opina", "resuelve"))
    consulta = (
        select(
            s,
            d.c.padre_id,
            d.c.clave,
            d.c.nombre,
            e.c.nombre.label("ente"),
            func.coalesce(quien.c.nombre, s.c.solicito).label("solicitante"),
            func.coalesce(opina.c.nombre, s.c.opino).label("opinante"),
            func.coalesce(resuelve.c.nombre, s.c.resolvio).label("resolutor"),
        )
        .join(d, d.c.id == s.c.dependencia_id)
        .join(e, e.c.id == s.c.ente_id)
        .join(quien, quien.c.cuenta == s.c.solicito, isouter=True)
        .join(opina, opina.c.cuenta == s.c.opino, isouter=True)
        .join(resuelve, resuelve.c.cuenta == s.c.resolvio, isouter=True)
        .where(s.c.anio == anio)
        .order_by(s.c.id.desc())
    )
    if ente_id is not None:
        consulta = consulta.where(s.c.ente_id == ente_id)
    if solicitud_id is not None:
        consulta = consulta.where(s.c.id == solicitud_id)
    filas = [fila._asdict() for fila in session.execute(consulta)]
    ids = [fila["id"] for fila in filas]
    dinero, cuantos = _dinero(session, ids), _cuantos(session, ids)
    return [_llana(fila, dinero[fila["id"]], cuantos.get(fila["id"], 0)) for fila in filas]


def _llana(fila: Datos, dinero: list[Datos], cuantos: int) -> Datos:
    for instante in ("solicitada_en", "opinada_en", "resuelta_en"):
        fila[instante] = en_utc(fila[instante]) if fila[instante] else None
    for enumerado in ("tipo", "ambito", "estado"):
        fila[enumerado] = str(fila[enumerado])
    sumas = {cual.value: sum(m["importe"] for m in dinero if m["lado"] == cual.value) for cual in LadoDinero}
    return {
        **fila,
        "dependencia": f"{fila['clave']} {fila['nombre']}",
        "dependencias": tuple(i for i in (fila["dependencia_id"], fila["padre_id"]) if i is not None),
        "items": cuantos,
        "mueve_dinero": bool(dinero),
        **sumas,
    }


def _dinero(session: Session, ids: Sequence[int]) -> dict[int, list[Datos]]:
    d = tabla(DineroSolicitud).c
    juntos: dict[int, list[Datos]] = defaultdict(list)
    consulta = select(tabla(DineroSolicitud)).where(d.solicitud_id.in_(ids)).order_by(d.lado.desc(), d.clave)
    for f in session.execute(consulta):
        juntos[f.solicitud_id].append({"lado": str(f.lado), "clave": f.clave, "importe": f.importe})
    return juntos


def _cuantos(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Metas y variables distintas de cada solicitud."""
    r = tabla(RenglonSolicitud).c
    distintos = (
        select(r.solicitud_id, r.clase, r.item_id).where(r.solicitud_id.in_(ids)).distinct().subquery()
    )
    consulta = select(distintos.c.solicitud_id, func.count()).group_by(distintos.c.solicitud_id)
    return {f[0]: int(f[1]) for f in session.execute(consulta)}


def por_atender(session: Session, actor: Actor, anio: int | None = None) -> list[Datos]:
    """Las solicitudes que esperan a esa persona, con `toca` (corregir, opinar o autorizar); la vieja primero.

    Sin año, las del ejercicio en curso.
    """
    cual = anio or ejercicio_actual(session)
    if cual is None:
        return []
    suyas = [{**s, "toca": toca(actor, s)} for s in reversed(lista(session, anio=cual))]
    return [s for s in suyas if s["toca"] is not None]


def renglones(session: Session, solicitud_id: int) -> dict[Llave, dict[int, Decimal]]:
    """Por meta o variable: último mes del periodo → cantidad pedida."""
    r = tabla(RenglonSolicitud).c
    juntos: dict[Llave, dict[int, Decimal]] = defaultdict(dict)
    for f in session.execute(
        select(r.clase, r.item_id, r.mes, r.cantidad).where(r.solicitud_id == solicitud_id).order_by(r.id)
    ):
        juntos[ClaseRenglon(f.clase), f.item_id][f.mes] = f.cantidad
    return dict(juntos)


def ficha(session: Session, *, anio: int, solicitud_id: int) -> Datos | None:
    """Una solicitud con todo lo que su dictamen imprime; None si no es del ejercicio.

    `cambios`: por meta o variable, lo inicial, lo vigente (en una autorizada, lo que regía antes), lo
    validado y lo pedido, por periodo. `avance` junta lo validado antes de la vigencia.
    """
    hallada = next(iter(lista(session, anio=anio, solicitud_id=solicitud_id)), None)
    if hallada is None:
        return None
    pedidos = renglones(session, solicitud_id)
    items = reconducibles(session, anio, pedidos)
    if (autorizada := hallada["reconduccion_id"]) is not None:
        items = {llave: antes_de(session, r, autorizada) for llave, r in items.items()}
    donde, proyectos = unidades(session), _proyectos(session, anio)
    resuelta = hallada["resuelta_en"]
    dia = en_zona(resuelta).date() if resuelta else hoy(session)
    limites = plazos(anio, hallada["mes_vigencia"], inhabiles(anio))
    return {
        **hallada,
        "pedir": limites.pedir,
        "autorizar": limites.autorizar,
        "cambios": [
            _cambio(items[llave], pedido, hallada)
            | {"auxiliar": donde[items[llave].dependencia_id].nombre}
            | {"general": donde[items[llave].dependencia_id].general}
            | proyectos[items[llave].proyecto_id]
            for llave, pedido in pedidos.items()
            if llave in items
        ],
        "dinero": _dinero_con_nombre(session, hallada),
        "folio": _folio(session, hallada["reconduccion_id"]),
        "firmantes": firmantes(session, hallada["dependencia_id"], dia),
    }


def _cambio(r: Reconducible, pedido: dict[int, Decimal], solicitud: Datos) -> Datos:
    p, vigencia = r.programado, solicitud["mes_vigencia"]
    nuevos = {periodo.numero: pedido[periodo.mes_fin] for periodo in p.periodos if periodo.mes_fin in pedido}
    modificado = p.modificado(nuevos)
    f = r.indicador
    return {
        "clase": r.clase.value,
        "item_id": r.id,
        "campo": f"{r.clase}-{r.id}",
        "codigo": r.codigo,
        "nombre": p.nombre,
        "unidad": r.unidad,
        "operacion": p.operacion.value,
        "periodos": [
            {
                "numero": periodo.numero,
                "mes": periodo.mes_fin,
                "nombre": periodo.nombre,
                "abierto": periodo.mes_inicio >= vigencia,
                "inicial": p.original[periodo.numero - 1],
                "vigente": p.vigente[periodo.numero - 1],
                "alcanzado": p.alcanzado[periodo.numero - 1],
                "modificado": modificado[periodo.numero - 1],
            }
            for periodo in p.periodos
        ],
        "inicial": p.anual(p.original),
        "vigente": p.anual(p.vigente),
        "avance": acumular(
            [a for a, periodo in zip(p.alcanzado, p.periodos, strict=True) if periodo.mes_fin < vigencia],
            p.operacion,
        ),
        "modificada": p.anual(modificado),
        "trimestres": _por_trimestre(p.operacion, p.periodos, modificado),
        "lado": lado(p, nuevos).value,
        "proyecto_id": r.proyecto_id,
        "indicador_id": f.id if f else None,
        "indicador": f.nombre if f else "",
        "nivel": f.nivel if f else None,
        "variable": p.nombre.split(" · ", 1)[-1] if f else "",
    }


def _por_trimestre(
    operacion: Any, de: Sequence[Periodo], valores: Sequence[Decimal | None]
) -> list[Decimal | None]:
    """La calendarización en trimestres, aunque el ejercicio se programe por mes."""
    if len(de) == 4:
        return list(valores)
    return list(agrupar(valores, operacion, "trimestre"))


def _proyectos(session: Session, anio: int) -> dict[int, Datos]:
    p, g = tabla(Proyecto), tabla(Programa)
    consulta = (
        select(
            p.c.id,
            p.c.clave.label("proyecto"),
            p.c.nombre.label("proyecto_nombre"),
            g.c.clave.label("programa"),
            g.c.nombre.label("programa_nombre"),
            g.c.objetivo,
        )
        .join(g, g.c.id == p.c.programa_id)
        .where(p.c.anio == anio)
    )
    return {f.id: {c: v for c, v in f._asdict().items() if c != "id"} for f in session.execute(consulta)}


def _dinero_con_nombre(session: Session, solicitud: Datos) -> list[Datos]:
    movido = _dinero(session, [solicitud["id"]])[solicitud["id"]]
    anio, ente = solicitud["anio"], solicitud["ente_id"]
    halladas = claves(session, anio, ente, {m["clave"] for m in movido})
    otras = apartado(session, anio, ente, solicitud["id"])
    como = nombres(session, anio, "partida", {c.partida for c in halladas.values()})
    filas = []
    for m in movido:
        c = halladas.get(m["clave"])
        signo = 1 if m["lado"] == LadoDinero.AMPLIA.value else -1
        filas.append(
            {
                **m,
                "denominacion": f"{c.partida} {como[c.partida]}".strip() if c else "Clave nueva",
                "proyecto": c.proyecto if c else "",
                "programa": c.programa if c else "",
                "autorizado": c.autorizado if c else 0,
                "por_ejercer": max(0, c.por_ejercer - otras.get(c.clave, 0)) if c else 0,
                "modificado": (c.autorizado if c else 0) + signo * m["importe"],
            }
        )
    return filas


def _folio(session: Session, reconduccion_id: int | None) -> str:
    r = tabla(Reconduccion).c
    return session.execute(select(r.folio).where(r.id == reconduccion_id)).scalar() or ""
