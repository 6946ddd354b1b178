"""Reconocer las claves del plan que una celda cita: «L1.1.1; L1.1.2»."""

import re
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.plan import NodoPlan
from db.queries.municipio import plan_del_ejercicio
from db.rules.texto import llave

_SEPARADOR = re.compile(r"[;,\n|]+")
_LETRAS = re.compile(r"^[a-z.\s-]+")


@dataclass(slots=True)
class Citas:
    """Nodos vigentes del plan del ejercicio por su clave, y por su clave sin letras si no hay duda."""

    exactas: dict[str, int] = field(default_factory=dict)
    sin_letras: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.exactas)

    def leer(self, celda: str) -> tuple[tuple[int, ...], list[str]]:
        """Los nodos citados, sin repetir, y las claves que no existen en el plan."""
        nodos: dict[int, None] = {}
        ajenas = []
        for parte in _SEPARADOR.split(celda):
            clave = llave(parte)
            if not clave:
                continue
            nodo = self.exactas.get(clave) or self.sin_letras.get(_LETRAS.sub("", clave))
            if nodo is None:
                ajenas.append(parte.strip())
            else:
                nodos[nodo] = None
        return tuple(nodos), ajenas


def citas_del_plan(session: Session, anio: int) -> Citas:
    """Las claves que se pueden citar en un ejercicio; ninguna si su plan aún no se carga."""
    citas = Citas()
    plan = plan_del_ejercicio(session, anio)
    if plan is None:
        return citas
    n = tabla(NodoPlan).c
    filas = session.execute(
        select(n.id, n.clave, n.nivel)
        .where(n.plan_id == plan.id, n.version_baja.is_(None), n.clave != "")
        .order_by(n.nivel.desc())
    ).all()
    hondo = filas[0].nivel if filas else 0
    repetidas: set[str] = set()
    for fila in filas:
        citas.exactas.setdefault(llave(fila.clave), fila.id)
        corta = _LETRAS.sub("", llave(fila.clave))
        if fila.nivel == hondo and corta:
            if corta in citas.sin_letras:
                repetidas.add(corta)
            citas.sin_letras[corta] = fila.id
    for corta in repetidas:
        del citas.sin_letras[corta]
    return citas
