"""Las sesiones de un comité: el calendario, y una con su orden del día, su material y sus convocados."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.comites import Comite
from db.models.documentos import DocumentoEmitido
from db.models.evidencias import Evidencia
from db.models.sesiones import Acta, Convocado, MaterialPunto, PuntoOrden, SesionComite
from db.queries.usuarios import en_utc
from db.rules.sesiones import nombre

Fila = dict[str, Any]

_INSTANTES = ("prevista", "convocada_en", "abierta_en", "cerrada_en", "acta_aprobada_en")


def sesiones(session: Session, *, comite_id: int | None = None, anio: int | None = None) -> list[Fila]:
    """Las sesiones en orden de fecha, con el nombre y las siglas de su comité y el estado de su acta."""
    s, c, a = tabla(SesionComite), tabla(Comite), tabla(Acta).c
    consulta = (
        select(
            s,
            c.c.nombre.label("comite"),
            c.c.siglas,
            a.estado.label("acta"),
            a.aprobada_en.label("acta_aprobada_en"),
        )
        .join(c, c.c.id == s.c.comite_id)
        .outerjoin(tabla(Acta), a.sesion_id == s.c.id)
        .order_by(s.c.prevista, s.c.id)
    )
    if comite_id is not None:
        consulta = consulta.where(s.c.comite_id == comite_id)
    if anio is not None:
        consulta = consulta.where(s.c.anio == anio)
    return [_sesion(f) for f in session.execute(consulta)]


def _sesion(f: Any) -> Fila:
    fila: Fila = f._asdict()
    fila |= {campo: en_utc(fila[campo]) if fila[campo] else None for campo in _INSTANTES}
    fila |= {"tipo": f.tipo.value, "estado": f.estado.value, "acta": f.acta.value if f.acta else ""}
    return fila | {"nombre": nombre(fila)}


def sesion(session: Session, *, sesion_id: int) -> Fila | None:
    """Una sesión con sus `puntos` en orden, con sus `materiales`, y sus `convocados`; None si no hay."""
    f = session.execute(
        select(tabla(SesionComite).c.comite_id).where(tabla(SesionComite).c.id == sesion_id)
    ).first()
    if f is None:
        return None
    una = next(s for s in sesiones(session, comite_id=f.comite_id) if s["id"] == sesion_id)
    return una | {"puntos": puntos(session, sesion_id), "convocados": convocados(session, sesion_id)}


def puntos(session: Session, sesion_id: int) -> list[Fila]:
    """El orden del día: cada punto con su número, clase, estado y materiales."""
    p = tabla(PuntoOrden)
    materiales = _materiales(session, sesion_id)
    filas = session.execute(select(p).where(p.c.sesion_id == sesion_id).order_by(p.c.orden, p.c.id))
    return [
        f._asdict()
        | {
            "numero": lugar,
            "clase": f.clase.value,
            "estado": f.estado.value,
            "iniciado_en": en_utc(f.iniciado_en) if f.iniciado_en else None,
            "concluido_en": en_utc(f.concluido_en) if f.concluido_en else None,
            "materiales": materiales.get(f.id, []),
        }
        for lugar, f in enumerate(filas, start=1)
    ]


def _materiales(session: Session, sesion_id: int) -> dict[int, list[Fila]]:
    m, p, d, e = tabla(MaterialPunto), tabla(PuntoOrden).c, tabla(DocumentoEmitido).c, tabla(Evidencia).c
    consulta = (
        select(m, d.folio, e.nombre.label("archivo"))
        .join(tabla(PuntoOrden), p.id == m.c.punto_id)
        .outerjoin(tabla(DocumentoEmitido), d.id == m.c.documento_id)
        .outerjoin(tabla(Evidencia), e.id == m.c.evidencia_id)
        .where(p.sesion_id == sesion_id)
        .order_by(m.c.orden, m.c.id)
    )
    juntos: dict[int, list[Fila]] = defaultdict(list)
    for f in session.execute(consulta):
        juntos[f.punto_id].append(f._asdict() | {"clase": f.clase.value})
    return dict(juntos)


def convocados(session: Session, sesion_id: int) -> dict[int, Fila]:
    """Integrante → cuándo se le envió, la recibió y qué respondió."""
    c = tabla(Convocado)
    filas = session.execute(select(c).where(c.c.sesion_id == sesion_id))
    campos = ("enviada_en", "recibida_en", "respondida_en")
    return {
        f.integrante_id: f._asdict() | {k: en_utc(getattr(f, k)) if getattr(f, k) else None for k in campos}
        for f in filas
    }
