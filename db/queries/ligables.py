"""Con qué se puede ligar un encargo o un acuerdo en un ejercicio: referencia → rótulo."""

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.acuerdos import Acuerdo
from db.models.indicadores import Indicador
from db.models.programas import Programa, Proyecto
from db.queries.ligas import nodos_ligables

LETRAS = 90


def ligables(session: Session, *, asunto: str, anio: int | None) -> dict[str, str]:
    """Las opciones de un asunto: «nodo», «programa», «indicador», «proyecto» o «acuerdo»."""
    if asunto == "acuerdo":
        a = tabla(Acuerdo).c
        filas = session.execute(select(a.id, a.numero, a.texto).order_by(a.id.desc()))
        return {str(f.id): f"{f.numero} {f.texto}"[:LETRAS] for f in filas}
    if anio is None:
        return {}
    if asunto == "nodo":
        nodos = nodos_ligables(session, anio=anio)
        return {str(n["id"]): f"{n['clave']} {n['nombre']}"[:LETRAS] for n in nodos}
    if asunto == "indicador":
        i = tabla(Indicador).c
        hallados = session.execute(select(i.id, i.nombre).where(i.anio == anio).order_by(i.nombre, i.id))
        return {str(f.id): f.nombre[:LETRAS] for f in hallados}
    t = tabla(Programa if asunto == "programa" else Proyecto).c
    claves = session.execute(select(t.clave, t.nombre).where(t.anio == anio).order_by(t.clave))
    return {f.clave: f"{f.clave} {f.nombre}"[:LETRAS] for f in claves}
