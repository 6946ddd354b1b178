"""Lo que puede acompañar un punto del orden del día: fichas, pesos, reconducciones, obras y documentos."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import DocumentoEmitido, EstadoDocumento
from db.models.indicadores import Indicador
from db.models.municipio import Ejercicio
from db.models.plan import EstadoJuego
from db.queries.documentos import alcances
from db.queries.municipio import plan_del_ejercicio
from db.queries.obras import obras
from db.queries.pesos import juegos
from db.queries.reconduccion import lista

Opciones = dict[str, str]


def ejercicio_de(session: Session, *, anio: int) -> int:
    """El ejercicio del que se toman las cifras de una sesión: el de su año, o el último anterior."""
    e = tabla(Ejercicio).c
    return session.execute(select(func.max(e.anio)).where(e.anio <= anio)).scalar() or anio


def elegibles(session: Session, *, comite_id: int, anio: int) -> dict[str, Opciones]:
    """Clase de material → lo que se puede elegir: referencia → cómo se llama."""
    suyo = ejercicio_de(session, anio=anio)
    todo = alcances(session, anio=suyo)
    return {
        "programa": {p["clave"]: f"Ficha del programa {p['clave']} {p['nombre']}" for p in todo["programas"]},
        "nodo": {str(n["id"]): f"Ficha del eje {n['clave']} {n['nombre']}" for n in todo["ejes"]},
        "indicador": {
            cual: f"Indicador: {nombre}" for cual, nombre in indicadores(session, anio=suyo).items()
        },
        "pesos": _pesos(session, suyo),
        "reconduccion": {str(s["id"]): _reconduccion(s) for s in lista(session, anio=suyo)},
        "obras": _obras(session, comite_id, anio),
        "archivo": _emitidos(session, suyo),
    }


def indicadores(session: Session, *, anio: int) -> Opciones:
    """Los indicadores de un ejercicio por su nombre: id → nombre."""
    i = tabla(Indicador).c
    filas = session.execute(select(i.id, i.nombre).where(i.anio == anio).order_by(i.nombre, i.id))
    return {str(f.id): f.nombre for f in filas}


def _pesos(session: Session, anio: int) -> Opciones:
    """Los juegos que esperan al comité, y el que se aprobó al último, para explicarlo."""
    plan = plan_del_ejercicio(session, anio)
    todos = juegos(session, plan.id) if plan else []
    return {
        str(j["id"]): f"Pesos propuestos desde {j['desde']}"
        for j in todos
        if j["estado"] == EstadoJuego.PROPUESTO
    } | {
        str(j["id"]): f"Pesos aprobados desde {j['desde']}"
        for j in todos
        if j["estado"] == EstadoJuego.APROBADO
    }


def _reconduccion(s: Any) -> str:
    cual = s["oficio"] or f"en trámite {s['id']}"
    return f"Reconducción {cual} de {s['nombre']}"


def _obras(session: Session, comite_id: int, anio: int) -> Opciones:
    hay = obras(session, comite_id=comite_id, anio=anio)["obras"]
    return {str(anio): f"Obras por priorizar de {anio}"} if hay else {}


def _emitidos(session: Session, anio: int) -> Opciones:
    """Los PDF oficiales del ejercicio, el último primero."""
    d = tabla(DocumentoEmitido).c
    consulta = (
        select(d.id, d.folio, d.titulo)
        .where(d.anio == anio, d.formato == "pdf", d.estado == EstadoDocumento.EMITIDO)
        .order_by(d.id.desc())
        .limit(300)
    )
    return {str(f.id): f"{f.folio} {f.titulo}" for f in session.execute(consulta)}
