"""Una solicitud de reconducción con todo lo que su dictamen imprime: calendarios, dinero y quién firma."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import Reconduccion
from db.models.adecuaciones import Adecuacion
from db.models.bitacora import Bitacora
from db.models.programas import Programa, Proyecto
from db.models.reconduccion import LadoDinero
from db.queries.dinero_reconduccion import Clave, apartado, claves
from db.queries.evaluacion import unidades
from db.queries.indicadores import FichaIndicador
from db.queries.municipio import hoy
from db.queries.nombres_gasto import nombres
from db.queries.reconduccion import dinero_de, lista, renglones
from db.queries.reconducible import Reconducible, antes_de, inhabiles, reconducibles
from db.queries.titulares import firmantes
from db.rules.formato import en_zona
from db.rules.indicador import aplicar, formula_de
from db.rules.matriz import llave_con_ente
from db.rules.periodo import Periodo, acumular, agrupar
from db.rules.reconduccion import lado, plazos

Datos = dict[str, Any]

DICTAMINAR, SOLICITUD = "dictaminar", "solicitud_reconduccion"
"""Con qué se guarda en la bitácora lo que el dictamen decía al autorizarse."""


def ficha(session: Session, *, anio: int, solicitud_id: int) -> Datos | None:
    """Una solicitud con todo lo que su dictamen imprime; None si no es del ejercicio.

    `cambios`: por meta o variable, lo inicial, lo vigente (en una autorizada, lo que regía antes), lo
    validado y lo pedido, por periodo; `avance` junta lo validado antes de la vigencia. `resultados`: por
    indicador, lo que su fórmula da con lo inicial, el avance, lo modificado y cada trimestre. En una
    autorizada el dinero y el avance son los de ese momento. `adecuacion_id`: la que ya lleva su oficio.
    """
    hallada = next(iter(lista(session, anio=anio, solicitud_id=solicitud_id)), None)
    if hallada is None:
        return None
    pedidos = renglones(session, solicitud_id)
    items = reconducibles(session, anio, pedidos)
    if (autorizada := hallada["reconduccion_id"]) is not None:
        items = {llave: antes_de(session, r, autorizada) for llave, r in items.items()}
    donde, proyectos = unidades(session), _proyectos(session, anio)
    cambios = [
        _cambio(items[llave], pedido, hallada)
        | {"auxiliar": donde[items[llave].dependencia_id].nombre}
        | {"general": donde[items[llave].dependencia_id].general}
        | proyectos[items[llave].proyecto_id]
        for llave, pedido in pedidos.items()
        if llave in items
    ]
    entonces = _al_autorizarse(session, solicitud_id) if autorizada is not None else None
    if entonces is not None:
        cambios = [c | {"avance": _exacto(entonces["avances"].get(c["campo"]))} for c in cambios]
    resuelta = hallada["resuelta_en"]
    dia = en_zona(resuelta).date() if resuelta else hoy(session)
    limites = plazos(anio, hallada["mes_vigencia"], inhabiles(session, anio))
    return {
        **hallada,
        "pedir": limites.pedir,
        "autorizar": limites.autorizar,
        "cambios": cambios,
        "resultados": _resultados(items.values(), cambios),
        "dinero": entonces["dinero"]
        if entonces
        else _dinero_con_nombre(session, hallada, {p["proyecto"]: p for p in proyectos.values()}),
        "adecuacion_id": _adecuacion(session, hallada),
        "folio": _folio(session, hallada["reconduccion_id"]),
        "firmantes": firmantes(session, hallada["dependencia_id"], dia),
    }


def por_guardar(s: Datos) -> Datos:
    """De una ficha, lo que después puede cambiar: los saldos de sus claves y lo validado hasta entonces."""
    return {
        "dinero": s["dinero"],
        "avances": {c["campo"]: None if c["avance"] is None else str(c["avance"]) for c in s["cambios"]},
    }


def _al_autorizarse(session: Session, solicitud_id: int) -> Datos | None:
    """Lo que `por_guardar` dejó en la bitácora; None si se autorizó antes de que se guardara."""
    b = tabla(Bitacora).c
    consulta = select(b.cuerpo).where(
        b.entidad == SOLICITUD, b.entidad_id == str(solicitud_id), b.accion == DICTAMINAR
    )
    cuerpo = session.execute(consulta.order_by(b.id.desc()).limit(1)).scalar()
    return None if cuerpo is None else json.loads(cuerpo)


def _exacto(escrito: str | None) -> Decimal | None:
    return None if escrito is None else Decimal(escrito)


def _adecuacion(session: Session, s: Datos) -> int | None:
    a = tabla(Adecuacion).c
    if not s["oficio"]:
        return None
    consulta = select(a.id).where(a.anio == s["anio"], a.ente_id == s["ente_id"], a.folio == s["oficio"])
    return session.execute(consulta).scalar()


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
        "cambia": modificado != p.vigente,
        "proyecto_id": r.proyecto_id,
        "indicador_id": f.id if f else None,
        "indicador": f.nombre if f else "",
        "nivel": f.nivel if f else None,
        "variable": p.nombre.split(" · ", 1)[-1] if f else "",
    }


def _resultados(items: Iterable[Reconducible], cambios: Sequence[Datos]) -> dict[int, list[Decimal | None]]:
    escritos = {(c["indicador_id"], c["codigo"]): _columnas(c) for c in cambios}
    fichas = {r.indicador.id: r.indicador for r in items if r.indicador is not None}
    return {cual: _resultado(f, escritos) for cual, f in fichas.items()}


def _columnas(c: Datos) -> list[Decimal | None]:
    return [c["inicial"], c["avance"], c["modificada"], *c["trimestres"]]


def _resultado(
    f: FichaIndicador, escritos: Mapping[tuple[int, str], list[Decimal | None]]
) -> list[Decimal | None]:
    """Lo que da la fórmula en cada columna; una variable que no se reconduce va con lo vigente."""
    formula = formula_de(f.evaluable(12, frozenset()))
    if formula is None:
        return [None] * 7
    por_letra = {
        v.letra: escritos.get((f.id, v.letra))
        or [
            acumular(v.original, v.operacion),
            acumular(v.alcanzado, v.operacion),
            acumular(v.programado(12), v.operacion),
            *v.programado(12),
        ]
        for v in f.variables
    }
    return [
        aplicar(formula, {letra: valores[n] for letra, valores in por_letra.items()})[0] for n in range(7)
    ]


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


def _dinero_con_nombre(session: Session, solicitud: Datos, proyectos: Mapping[str, Datos]) -> list[Datos]:
    """Lo que se mueve, con el nombre de la partida, de quién es la clave y su proyecto."""
    movido = dinero_de(session, [solicitud["id"]])[solicitud["id"]]
    anio, ente = solicitud["anio"], solicitud["ente_id"]
    halladas = claves(session, anio, ente, {m["clave"] for m in movido})
    otras = apartado(session, anio, ente, solicitud["id"])
    como = nombres(session, anio, "partida", {c.partida for c in halladas.values()})
    return [
        {
            **m,
            **_de_la_clave(halladas.get(m["clave"]), como),
            **_de_quien(session, anio, ente, halladas.get(m["clave"]), proyectos),
        }
        | _saldos(m, halladas.get(m["clave"]), otras)
        for m in movido
    ]


def _de_la_clave(c: Clave | None, como: Mapping[str, str]) -> Datos:
    return {"denominacion": f"{c.partida} {como[c.partida]}".strip() if c else "Clave nueva"}


def _saldos(m: Datos, c: Clave | None, otras: Mapping[str, int]) -> Datos:
    signo = 1 if m["lado"] == LadoDinero.AMPLIA.value else -1
    autorizado = c.autorizado if c else 0
    return {
        "autorizado": autorizado,
        "por_ejercer": max(0, c.por_ejercer - otras.get(c.clave, 0)) if c else 0,
        "modificado": autorizado + signo * m["importe"],
    }


def _de_quien(
    session: Session, anio: int, ente: int, c: Clave | None, proyectos: Mapping[str, Datos]
) -> Datos:
    """Las dependencias y el proyecto de la clave, como los imprime el dictamen; vacío si es nueva."""
    if c is None or c.proyecto not in proyectos:
        return {"proyecto": ""}
    general = llave_con_ente("dependencia", c.dependencia, str(ente))
    auxiliar = llave_con_ente("auxiliar", f"{c.dependencia}-{c.auxiliar}", str(ente))
    return {
        **proyectos[c.proyecto],
        "general": nombres(session, anio, "dependencia", [general])[general],
        "auxiliar": nombres(session, anio, "auxiliar", [auxiliar])[auxiliar],
    }


def _folio(session: Session, reconduccion_id: int | None) -> str:
    r = tabla(Reconduccion).c
    return session.execute(select(r.folio).where(r.id == reconduccion_id)).scalar() or ""
