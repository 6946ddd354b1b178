"""El catálogo de trámites con sus mejoras, y lo que las mejoras le ahorran a la gente."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.encargos import Encargo
from db.models.estructura import Dependencia
from db.models.mejoras import Mejora, Tramite
from db.queries.encargos import lista
from db.rules.mejoras import EN_EFECTO, REGISTRO, ahorro_total

Fila = dict[str, Any]


def tramites(session: Session, *, tramite_id: int | None = None) -> list[Fila]:
    """Por clave: sus medidas de hoy, quién lo da, cuántas mejoras ha tenido y su `lista`."""
    t, d, m, e = tabla(Tramite), tabla(Dependencia).c, tabla(Mejora).c, tabla(Encargo).c
    consulta = (
        select(t, d.nombre.label("dependencia"))
        .join(tabla(Dependencia), d.id == t.c.dependencia_id)
        .order_by(t.c.clave)
    )
    if tramite_id is not None:
        consulta = consulta.where(t.c.id == tramite_id)
    mejoras: dict[int, list[Fila]] = defaultdict(list)
    suyas = select(m.tramite_id, e.id, e.folio, e.titulo).join(tabla(Encargo), e.id == m.encargo_id)
    for f in session.execute(suyas.where(m.tramite_id.is_not(None)).order_by(e.id)):
        mejoras[f.tramite_id].append({"id": f.id, "folio": f.folio, "titulo": f.titulo})
    return [
        f._asdict() | {"mejoras": len(mejoras[f.id]), "lista": mejoras[f.id]}
        for f in session.execute(consulta)
    ]


def ahorro(session: Session) -> dict[str, int]:
    """Lo que quitan en un año las mejoras en marcha o concluidas: por medida, y cuántas son."""
    vivas = [f for f in lista(session, registro=REGISTRO.clave) if f["etapa"] in EN_EFECTO]
    return ahorro_total(vivas) | {"mejoras": len(vivas)}
