"""El directorio: personas y puestos, y una persona con todo en lo que participa."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.capacitacion import InscripcionCurso
from db.models.comites import Asiento, Comite, Integrante
from db.models.encargos import Encargo
from db.models.estructura import Dependencia
from db.models.municipio import Municipio
from db.models.personas import Persona
from db.models.puestos import Puesto
from db.rules.directorio import AVISO

Fila = dict[str, Any]


def personas(session: Session) -> list[Fila]:
    """Por nombre, las que siguen en funciones primero, con su dependencia."""
    p, d = tabla(Persona), tabla(Dependencia).c
    consulta = (
        select(p, d.nombre.label("dependencia"), d.ente_id, d.padre_id.label("general_id"))
        .outerjoin(tabla(Dependencia), d.id == p.c.dependencia_id)
        .order_by(p.c.activa.desc(), p.c.nombre, p.c.id)
    )
    return [f._asdict() | {"sexo": f.sexo.value} for f in session.execute(consulta)]


def puestos(session: Session, *, dependencia_id: int | None = None) -> list[Fila]:
    """Los puestos vigentes, por dependencia y nivel, con quien los ocupa."""
    u, d, p = tabla(Puesto), tabla(Dependencia).c, tabla(Persona).c
    consulta = (
        select(
            u,
            d.nombre.label("dependencia"),
            d.ente_id,
            d.padre_id.label("general_id"),
            p.nombre.label("persona"),
        )
        .join(tabla(Dependencia), d.id == u.c.dependencia_id)
        .outerjoin(tabla(Persona), p.id == u.c.persona_id)
        .where(u.c.activo)
        .order_by(d.clave, u.c.nivel, u.c.nombre)
    )
    if dependencia_id is not None:
        consulta = consulta.where((d.id == dependencia_id) | (d.padre_id == dependencia_id))
    return [f._asdict() for f in session.execute(consulta)]


def participa(session: Session, *, persona_id: int) -> dict[str, list[Fila]]:
    """En qué está: `puestos`, `comites`, `encargos` de los que responde y `cursos` que ha tomado."""
    u, a, i, c = tabla(Puesto).c, tabla(Asiento).c, tabla(Integrante).c, tabla(Comite).c
    e, n = tabla(Encargo).c, tabla(InscripcionCurso).c
    consultas = {
        "puestos": select(u.id, u.nombre).where(u.persona_id == persona_id, u.activo),
        "comites": select(c.id, c.nombre, a.cargo, i.calidad)
        .join(tabla(Asiento), a.comite_id == c.id)
        .join(tabla(Integrante), i.asiento_id == a.id)
        .where(i.persona_id == persona_id, i.hasta.is_(None)),
        "encargos": select(e.id, e.registro, e.folio, e.titulo).where(e.persona_id == persona_id),
        "cursos": select(e.id, e.folio, e.titulo, n.constancia)
        .join(tabla(InscripcionCurso), n.encargo_id == e.id)
        .where(n.persona_id == persona_id),
    }
    return {
        nombre: [
            {k: getattr(v, "value", v) for k, v in f._asdict().items()} for f in session.execute(consulta)
        ]
        for nombre, consulta in consultas.items()
    }


def aviso(session: Session) -> Fila:
    """El aviso de privacidad que rige, el propio del municipio si lo tiene, y la versión de éste."""
    m = tabla(Municipio).c
    f = session.execute(select(m.aviso_privacidad, m.version)).first()
    propio = f.aviso_privacidad if f else ""
    return {"texto": propio or AVISO, "propio": propio, "version": f.version if f else 0}
