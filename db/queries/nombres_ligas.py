"""Cómo se llama aquello a lo que algo está ligado: un nodo, un programa, un indicador…"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session

from db.base import tabla
from db.models.acuerdos import Acuerdo
from db.models.indicadores import Indicador
from db.models.plan import NodoPlan
from db.models.programas import Programa, Proyecto

Liga = tuple[str, str]


def _nodos(ids: Sequence[str]) -> Select[Any]:
    n = tabla(NodoPlan).c
    return select(n.id, n.clave, n.nombre).where(n.id.in_(_enteros(ids)))


def _indicadores(ids: Sequence[str]) -> Select[Any]:
    i = tabla(Indicador).c
    return select(i.id, i.nombre, i.anio).where(i.id.in_(_enteros(ids)))


def _acuerdos(ids: Sequence[str]) -> Select[Any]:
    a = tabla(Acuerdo).c
    return select(a.id, a.numero, a.texto).where(a.id.in_(_enteros(ids)))


def _programas(claves: Sequence[str]) -> Select[Any]:
    p = tabla(Programa).c
    return select(p.clave, p.clave.label("dicha"), p.nombre).where(p.clave.in_(claves)).order_by(p.anio)


def _proyectos(claves: Sequence[str]) -> Select[Any]:
    p = tabla(Proyecto).c
    return select(p.clave, p.clave.label("dicha"), p.nombre).where(p.clave.in_(claves)).order_by(p.anio)


CONSULTAS: dict[str, Callable[[Sequence[str]], Select[Any]]] = {
    "nodo": _nodos,
    "programa": _programas,
    "indicador": _indicadores,
    "proyecto": _proyectos,
    "acuerdo": _acuerdos,
}
"""Asunto → consulta cuya primera columna es la referencia y las otras dos, lo que se dice."""


def _enteros(ids: Sequence[str]) -> list[int]:
    return [int(i) for i in ids if i.isdigit()]


def nombres(session: Session, ligas: Sequence[Liga]) -> dict[Liga, str]:
    """Liga → su nombre; falta la que ya no existe."""
    dichos: dict[Liga, str] = {}
    for asunto, consulta in CONSULTAS.items():
        suyas = [referencia for cual, referencia in ligas if cual == asunto]
        if suyas:
            for f in session.execute(consulta(suyas)):
                dichos[asunto, str(f[0])] = f"{f[1]} {f[2]}".strip()
    return dichos
