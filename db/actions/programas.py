"""Guardar la estructura programática de uno o varios ejercicios: programas y proyectos."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.programas import Programa, Proyecto
from db.queries.programas import programas, proyectos
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import llave


@dataclass(frozen=True, slots=True)
class FilaPrograma:
    """Un programa de 8 dígitos en un ejercicio."""

    anio: int
    clave: str
    nombre: str
    objetivo: str = ""
    pilar: str = ""
    tema: str = ""
    dependencia_sugerida: str = ""


@dataclass(frozen=True, slots=True)
class FilaProyecto:
    """Un proyecto de 12 dígitos; `programa` es la clave de 8 de la que cuelga."""

    anio: int
    clave: str
    programa: str
    nombre: str
    descripcion: str = ""
    letra_conac: str = ""


def guardar_programas(session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaPrograma]) -> Cuenta:
    """Agrega o corrige programas; no quita ninguno, porque de ellos cuelgan metas y dinero. SinPermiso."""
    exigir(actor, Accion.CARGAR_PROGRAMAS)
    p = tabla(Programa)
    anios = {fila.anio for fila in filas}
    existentes = [f._asdict() for f in session.execute(select(p).where(p.c.anio.in_(anios)))]
    datos: list[Fila] = [
        {
            "anio": f.anio,
            "clave": f.clave,
            "nombre": f.nombre,
            "objetivo": f.objetivo,
            "pilar": f.pilar,
            "tema": f.tema,
            "dependencia_sugerida": f.dependencia_sugerida,
            "busqueda": llave(f"{f.clave} {f.nombre}"),
        }
        for f in filas
    ]
    hecho = sincronizar(session, Programa, ("anio", "clave"), datos, existentes)
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)


def guardar_proyectos(session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaProyecto]) -> Cuenta:
    """Agrega o corrige proyectos. SinPermiso; Problema si falta el programa de alguno."""
    exigir(actor, Accion.CARGAR_PROGRAMAS)
    p = tabla(Proyecto)
    anios = {fila.anio for fila in filas}
    madres = {(anio, clave): i for anio in anios for clave, i in programas(session, anio).items()}
    faltan = sorted({f"{f.programa} ({f.anio})" for f in filas if (f.anio, f.programa) not in madres})
    if faltan:
        raise Problema(
            f"Faltan programas: {', '.join(faltan[:8])}.", "Cargue primero los programas de ese ejercicio."
        )
    existentes = [f._asdict() for f in session.execute(select(p).where(p.c.anio.in_(anios)))]
    datos: list[Fila] = [
        {
            "anio": f.anio,
            "programa_id": madres[f.anio, f.programa],
            "clave": f.clave,
            "nombre": f.nombre,
            "descripcion": f.descripcion,
            "letra_conac": f.letra_conac,
            "busqueda": llave(f"{f.clave} {f.nombre}"),
        }
        for f in filas
    ]
    hecho = sincronizar(session, Proyecto, ("anio", "clave"), datos, existentes)
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)


def asegurar_proyectos(session: Session, anio: int, claves: Collection[str]) -> dict[str, int]:
    """Los proyectos del ejercicio; si aún no tiene catálogo, los crea con su clave como nombre.

    Problema si ya tiene catálogo y a éste le falta alguna clave.
    """
    catalogo = proyectos(session, anio)
    faltan = sorted(set(claves) - catalogo.keys())
    if not faltan:
        return catalogo
    if catalogo:
        raise Problema(
            f"El catálogo de {anio} no tiene los proyectos {', '.join(faltan[:8])}.",
            "Corrija la clave o cargue el catálogo de programas y proyectos.",
        )
    madres: list[Fila] = [
        {"anio": anio, "clave": clave, "nombre": f"Programa {clave}", "busqueda": clave}
        for clave in sorted({proyecto[:8] for proyecto in faltan} - programas(session, anio).keys())
    ]
    sincronizar(session, Programa, ("clave",), madres, ())
    ids = programas(session, anio)
    hijos: list[Fila] = [
        {
            "anio": anio,
            "programa_id": ids[clave[:8]],
            "clave": clave,
            "nombre": f"Proyecto {clave}",
            "busqueda": clave,
        }
        for clave in faltan
    ]
    sincronizar(session, Proyecto, ("clave",), hijos, ())
    return proyectos(session, anio)
