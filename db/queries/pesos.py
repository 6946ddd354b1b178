"""Los juegos de pesos del plan: el que rige, los anteriores, dos comparados y el efecto de uno nuevo."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import EstadoPeriodo, Periodo
from db.models.municipio import Ejercicio
from db.models.plan import EstadoJuego, JuegoPesos, Peso, Plan
from db.queries.evaluacion import RAIZ, Evaluacion, evaluar
from db.queries.llano import con_cobertura
from db.queries.municipio import corte as corte_de
from db.queries.municipio import plan_del_ejercicio
from db.queries.plan import Arbol, leer_arbol
from db.rules.formato import mes_anio
from db.rules.periodo import Corte
from db.rules.peso import Hermanos

Pesos = Mapping[int, Decimal | None]


def juegos(session: Session, plan_id: int) -> list[dict[str, Any]]:
    """Todos los juegos del plan, del más reciente al primero, con cuántos pesos traen."""
    j, p = tabla(JuegoPesos), tabla(Peso)
    consulta = (
        select(j, func.count(p.c.id).label("cuantos"))
        .outerjoin(p, p.c.juego_id == j.c.id)
        .where(j.c.plan_id == plan_id)
        .group_by(*j.c)
        .order_by(j.c.anio.desc(), j.c.mes.desc(), j.c.id.desc())
    )
    return [
        {**fila._asdict(), "estado": fila.estado.value, "desde": mes_anio(fila.anio, fila.mes)}
        for fila in session.execute(consulta)
    ]


def pesos_de(session: Session, juego_id: int | None) -> dict[int, Decimal]:
    """Nodo → peso escrito en un juego; sin juego, ninguno."""
    p = tabla(Peso).c
    filas = session.execute(select(p.nodo_id, p.peso).where(p.juego_id == juego_id))
    return {fila.nodo_id: fila.peso for fila in filas}


def ultimo_cerrado(session: Session, plan_id: int) -> Corte | None:
    """El último periodo cerrado de los ejercicios del plan; ahí los pesos ya no se mueven."""
    q, j, p = tabla(Periodo), tabla(Ejercicio), tabla(Plan)
    fila = session.execute(
        select(q.c.anio, q.c.mes)
        .join(j, j.c.anio == q.c.anio)
        .join(p, p.c.administracion_id == j.c.administracion_id)
        .where(p.c.id == plan_id, q.c.estado == EstadoPeriodo.CERRADO)
        .order_by(q.c.anio.desc(), q.c.mes.desc())
        .limit(1)
    ).first()
    return Corte(fila.anio, fila.mes) if fila else None


def ejercicios_del_plan(session: Session, plan_id: int) -> list[int]:
    """Los ejercicios de la administración del plan, en orden."""
    j, p = tabla(Ejercicio), tabla(Plan)
    consulta = (
        select(j.c.anio)
        .join(p, p.c.administracion_id == j.c.administracion_id)
        .where(p.c.id == plan_id)
        .order_by(j.c.anio)
    )
    return list(session.execute(consulta).scalars())


def grupos_de(arbol: Arbol, pesos: Pesos) -> dict[int | None, Hermanos]:
    """Superior (None: el plan) → sus hijos con su peso."""
    return {
        padre: Hermanos(
            arbol.nombre if padre is None else arbol.por_id[padre].nombre,
            {hijo.id: pesos.get(hijo.id) for hijo in hijos},
        )
        for padre, hijos in arbol.hijos.items()
    }


def pesos_del_plan(session: Session, *, anio: int, mes: int | None = None) -> dict[str, Any] | None:
    """Lo que la pantalla necesita al corte; None si no hay plan.

    `vigente` es el juego que rige (o None: todos pesan igual), `nodos` los del plan con su peso, `firma` la
    del último juego guardado, y `cerrado` el último periodo cerrado (anio, mes), o None.
    """
    corte, _ = corte_de(session, anio, mes)
    plan, arbol = plan_del_ejercicio(session, anio), leer_arbol(session, corte)
    if plan is None or arbol is None:
        return None
    todos = juegos(session, plan.id)
    cerrado = ultimo_cerrado(session, plan.id)
    return {
        "plan_id": plan.id,
        "plan": plan.nombre,
        "corte": corte.en_palabras,
        "vigente": next(
            (
                j
                for j in todos
                if j["estado"] == EstadoJuego.APROBADO and (j["anio"], j["mes"]) <= (corte.anio, corte.mes)
            ),
            None,
        ),
        "juegos": todos,
        "firma": firma_de(todos),
        "cerrado": (cerrado.anio, cerrado.mes) if cerrado else None,
        "ejercicios": ejercicios_del_plan(session, plan.id),
        "nodos": [
            {
                "id": n.id,
                "padre_id": n.padre_id,
                "nivel": n.nivel,
                "clave": n.clave,
                "nombre": n.nombre,
                "peso": n.peso,
                "hijos": len(arbol.hijos.get(n.id, [])),
            }
            for n in arbol.nodos
        ],
    }


def firma_de(todos: list[dict[str, Any]]) -> str:
    """Cuántos juegos hay y cuál fue el último en guardarse: cambia si otra persona guarda uno."""
    return f"{len(todos)}.{max((j['id'] for j in todos), default=0)}"


def comparar(session: Session, *, anio: int, uno: int, otro: int) -> list[dict[str, Any]]:
    """Los nodos (id, clave, nombre) cuyo peso cambia de un juego a otro, con el peso escrito en cada uno."""
    corte, _ = corte_de(session, anio)
    arbol = leer_arbol(session, corte)
    if arbol is None:
        return []
    antes, despues = pesos_de(session, uno), pesos_de(session, otro)
    return [
        {
            "id": n.id,
            "clave": n.clave,
            "nombre": n.nombre,
            "antes": antes.get(n.id),
            "despues": despues.get(n.id),
        }
        for n in arbol.nodos
        if antes.get(n.id) != despues.get(n.id)
    ]


def efecto(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    pesos: tuple[tuple[int, Decimal | None], ...],
) -> list[dict[str, Any]]:
    """El cumplimiento del plan, sus ejes y lo que cambia, con los pesos de hoy y con otros; no guarda nada.

    `pesos` son sólo los que cambian. `Problema` si unos hermanos sumarían 0.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    if evaluacion.arbol is None:
        return []
    arbol, cambios = evaluacion.arbol, dict(pesos)
    antes = evaluacion.plan()
    despues = _con_pesos(evaluacion, cambios).plan()
    tocados = {superior.id for nodo in cambios if nodo in arbol.por_id for superior in arbol.ruta(nodo)[:-1]}
    vistos = [(RAIZ, arbol.nombre, 0)] + [
        (str(n.id), f"{n.clave} {n.nombre}".strip(), n.nivel)
        for n in arbol.nodos
        if n.nivel == 1 or n.id in tocados
    ]
    return [
        {
            "nombre": nombre,
            "nivel": nivel,
            "antes": con_cobertura(antes[clave]),
            "despues": con_cobertura(despues[clave]),
            "diferencia": _resta(antes[clave].cumplimiento.valor, despues[clave].cumplimiento.valor),
        }
        for clave, nombre, nivel in vistos
    ]


def _resta(antes: Decimal | None, despues: Decimal | None) -> Decimal | None:
    return None if antes is None or despues is None else despues - antes


def _con_pesos(evaluacion: Evaluacion, cambios: Pesos) -> Evaluacion:
    """La misma evaluación con otros pesos en su árbol: las hojas ya evaluadas no se repiten."""
    arbol = evaluacion.arbol
    assert arbol is not None
    nodos = tuple(replace(n, peso=cambios[n.id]) if n.id in cambios else n for n in arbol.nodos)
    por_id = {n.id: n for n in nodos}
    hijos = {padre: [por_id[h.id] for h in suyos] for padre, suyos in arbol.hijos.items()}
    evaluacion.arbol = Arbol(arbol.plan_id, arbol.nombre, nodos, por_id, hijos)
    return evaluacion
