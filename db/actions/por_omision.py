"""Lo que una base vacía necesita para recibir su primer archivo, y cómo se llama cada cosa supuesta."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from db.actions.ejercicio import poner_bandas
from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.indicadores import Indicador
from db.models.municipio import Administracion, Banda, Ejercicio, Ente, Municipio
from db.models.plan import Plan
from db.models.presupuesto import ClavePresupuestaria
from db.rules.banda import GENERAL

PRIMER_ANIO = 2022
"""Inicio de una administración municipal del Estado de México; las demás empiezan cada tres años."""

CLAVE_AYUNTAMIENTO = "ayuntamiento"
SIN_NOMBRE = "Municipio sin nombre"


def inicio_de_administracion(anio: int) -> int:
    """El primer año de la administración que incluye `anio`: 2022 para 2023, 2025 para 2026."""
    return anio - (anio - PRIMER_ANIO) % 3


def faltantes(session: Session, anio: int | None) -> list[str]:
    """Lo que `asegurar` crearía, en palabras; sin `anio`, sólo lo que no es de un ejercicio."""
    defectos = []
    if session.execute(select(tabla(Municipio).c.id)).first() is None:
        defectos.append(f"Municipio: «{SIN_NOMBRE}»; cámbielo en Configuración.")
    if session.execute(select(tabla(Ente).c.id)).first() is None:
        defectos.append("Ente: «Ayuntamiento».")
    if anio is None:
        return defectos
    inicio = inicio_de_administracion(anio)
    if session.get(Ejercicio, anio) is None:
        if supuesta := _administracion_supuesta(session, anio):
            defectos.append(
                f"Administración: {inicio}-{inicio + 2}, la del archivo, en vez de {supuesta.nombre}, que se "
                "había supuesto; su plan pasa a ella."
            )
        elif _administracion(session, anio) is None:
            defectos.append(f"Administración: {inicio}-{inicio + 2}.")
        defectos.append(f"Ejercicio {anio}, con las bandas generales y captura trimestral.")
    if _plan(session, anio) is None and _administracion_supuesta(session, anio) is None:
        defectos.append(f"Plan: «{_nombre_del_plan(inicio)}».")
    return defectos


def asegurar(session: Session, anio: int | None) -> None:
    """Crea lo que falte para cargar un archivo de `anio`, que es lo que `faltantes` nombra."""
    if session.execute(select(tabla(Municipio).c.id)).first() is None:
        session.add(Municipio(nombre=SIN_NOMBRE))
    if session.execute(select(tabla(Ente).c.id)).first() is None:
        session.add(Ente(clave=CLAVE_AYUNTAMIENTO, nombre="Ayuntamiento"))
    session.flush()
    if anio is None:
        return
    if session.get(Ejercicio, anio) is None and (supuesta := _administracion_supuesta(session, anio)):
        _recorrer(session, supuesta, anio)
    _ejercicio(session, anio)
    if _plan(session, anio) is None:
        ejercicio = session.get_one(Ejercicio, anio)
        nombre = _nombre_del_plan(inicio_de_administracion(anio))
        session.add(Plan(administracion_id=ejercicio.administracion_id, nombre=nombre))
    session.flush()


def _administracion_supuesta(session: Session, anio: int) -> Administracion | None:
    """La única administración, si nadie la configuró, es de otros años y aún no tiene metas ni dinero.

    Ocurre cuando el primer archivo fue un plan, que no dice su año, y el segundo sí lo dice.
    """
    if session.execute(select(tabla(Municipio).c.nombre)).scalar() != SIN_NOMBRE:
        return None
    administraciones: list[Administracion] = list(session.execute(select(Administracion)).scalars())
    if len(administraciones) != 1 or administraciones[0].inicio.year == inicio_de_administracion(anio):
        return None
    usadas = (MetaActividad, Indicador, ClavePresupuestaria)
    if any(session.execute(select(tabla(modelo).c.id).limit(1)).first() for modelo in usadas):
        return None
    return administraciones[0]


def _recorrer(session: Session, administracion: Administracion, anio: int) -> None:
    """Cambia los años de una administración supuesta por los del archivo, con su plan."""
    inicio = inicio_de_administracion(anio)
    for plan in session.execute(select(Plan)).scalars():
        plan.nombre = _nombre_del_plan(inicio)
    for banda in session.execute(select(Banda)).scalars():
        session.delete(banda)
    session.flush()
    for ejercicio in session.execute(select(Ejercicio)).scalars():
        session.delete(ejercicio)
    administracion.nombre = f"{inicio}-{inicio + 2}"
    administracion.inicio, administracion.fin = date(inicio, 1, 1), date(inicio + 2, 12, 31)
    session.flush()


def _nombre_del_plan(inicio: int) -> str:
    return f"Plan de Desarrollo Municipal {inicio}-{inicio + 2}"


def _administracion(session: Session, anio: int) -> int | None:
    """La administración cuyas fechas incluyen la mitad del año."""
    a = tabla(Administracion).c
    mitad = date(anio, 7, 1)
    return session.execute(select(a.id).where(a.inicio <= mitad, a.fin >= mitad)).scalar()


def _plan(session: Session, anio: int) -> int | None:
    p, e = tabla(Plan), tabla(Ejercicio)
    unidos = p.join(e, e.c.administracion_id == p.c.administracion_id)
    return session.execute(select(p.c.id).select_from(unidos).where(e.c.anio == anio)).scalar()


def _ejercicio(session: Session, anio: int) -> None:
    if session.get(Ejercicio, anio) is not None:
        return
    administracion_id = _administracion(session, anio)
    if administracion_id is None:
        inicio = inicio_de_administracion(anio)
        nueva = Administracion(
            nombre=f"{inicio}-{inicio + 2}", inicio=date(inicio, 1, 1), fin=date(inicio + 2, 12, 31)
        )
        session.add(nueva)
        session.flush()
        administracion_id = nueva.id
    assert administracion_id is not None
    session.add(Ejercicio(anio=anio, administracion_id=administracion_id))
    session.flush()
    poner_bandas(session, anio, GENERAL)
