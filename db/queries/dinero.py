"""El dinero puesto al lado del plan: por programa, por nodo y por fuente, en centavos al corte."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.queries.plan import Arbol
from db.queries.presupuesto import Monto, sumar
from db.rules.periodo import Corte
from db.rules.presupuesto import avance_financiero
from db.rules.reparto import repartir
from db.rules.resultado import Resultado


def partes_aceptadas(session: Session, anio: int) -> dict[tuple[int, str], dict[int, Decimal]]:
    """(ente, proyecto) → {nodo: parte}; sólo las partes aceptadas mueven dinero."""
    v, p = tabla(VinculoPlan), tabla(Proyecto)
    consulta = (
        select(v.c.ente_id, p.c.clave, v.c.nodo_id, v.c.participacion)
        .join(p, p.c.id == v.c.proyecto_id)
        .where(p.c.anio == anio, v.c.estado == EstadoVinculo.ACEPTADO)
    )
    partes: dict[tuple[int, str], dict[int, Decimal]] = defaultdict(dict)
    for fila in session.execute(consulta):
        partes[fila.ente_id, fila.clave][fila.nodo_id] = fila.participacion
    return dict(partes)


def por_nodo(
    arbol: Arbol,
    dinero: dict[tuple[int, str], Monto],
    partes: dict[tuple[int, str], dict[int, Decimal]],
) -> dict[int, Monto]:
    """El dinero de cada nodo y de todos sus superiores; ningún peso cuenta dos veces."""
    montos: dict[int, Monto] = defaultdict(lambda: sumar(()))
    for llave, por_proyecto in dinero.items():
        nodos = {str(n): parte for n, parte in partes.get(llave, {}).items() if n in arbol.por_id}
        if not nodos:
            continue
        for campo, total in por_proyecto.items():
            for nodo, centavos in repartir(total, nodos).items():
                for superior in arbol.ruta(int(nodo)):
                    montos[superior.id][campo] += centavos
    return dict(montos)


def sin_plan(
    dinero: dict[tuple[int, str], Monto], partes: dict[tuple[int, str], dict[int, Decimal]]
) -> dict[str, Any]:
    """Dinero modificado de proyectos que no cuelgan de ninguna línea, con la lista de proyectos."""
    sueltos = {llave: monto for llave, monto in dinero.items() if llave not in partes and any(monto.values())}
    return {
        "dinero": sum(monto["modificado"] for monto in sueltos.values()),
        "proyectos": len(sueltos),
        "lista": sorted({codigo for _, codigo in sueltos}),
    }


def financiero_de(monto: Monto | None, corte: Corte) -> Resultado:
    """El avance financiero de un monto al corte; sin monto, «sin dato financiero»."""
    devengado, modificado = (monto["devengado"], monto["modificado"]) if monto else (None, None)
    return avance_financiero(devengado, modificado, corte)
