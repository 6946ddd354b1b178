"""Lo que se puede ligar y a qué está ligado hoy: actividades, nodos e indicadores, para editar muchos."""

from collections import Counter

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.queries.alineado import Alineado, Renglon, entradas
from db.rules.alineacion import CATALOGOS
from db.rules.texto import llave


def opciones_de_entradas(session: Session) -> dict[int, dict[str, str]]:
    """Entrada → su catálogo («ODS», «Meta ODS», «PND», «PED»), clave y nombre."""
    return {
        i: {"catalogo": CATALOGOS[e.catalogo], "clave": e.clave, "nombre": e.nombre}
        for i, e in entradas(session).items()
    }


def actividades_ligables(session: Session, *, anio: int, ente_id: int | None = None) -> list[Renglon]:
    """Cada meta de actividad con los nodos que cita."""
    a = Alineado(session, anio, None, ente_id)
    d = tabla(Dependencia).c
    nombres = {f.id: f.nombre for f in session.execute(select(d.id, d.nombre))}
    return [
        {
            "id": m.id,
            "clave": f"{a.proyectos[m.proyecto_id].clave}·{m.numero}",
            "nombre": m.nombre,
            "donde": nombres[m.dependencia_id],
            "ligas": sorted(a.citas.get(m.id, ())),
            "hay": m.id in a.citas,
            "busqueda": llave(f"{a.proyectos[m.proyecto_id].clave} {m.nombre} {nombres[m.dependencia_id]}"),
        }
        for m in a.metas
    ]


def nodos_ligables(session: Session, *, anio: int) -> list[Renglon]:
    """Cada nodo vigente del plan con sus entradas propias; `hay` si algún ODS le llega, aunque heredado."""
    a = Alineado(session, anio, None, None)
    if a.arbol is None:
        return []
    return [
        {
            "id": n.id,
            "clave": n.clave,
            "nombre": n.nombre,
            "donde": a.arbol.ruta(n.id)[0].nombre,
            "nivel": n.nivel,
            "ligas": [i for i in a.entradas if i in a.de_nodos.get(n.id, ())],
            "hay": bool(a.ods(a.alcance_de(n.id))),
            "busqueda": llave(f"{n.clave} {n.nombre}"),
        }
        for n in a.arbol.nodos
    ]


def indicadores_ligables(session: Session, *, anio: int, ente_id: int | None = None) -> list[Renglon]:
    """Cada indicador con sus entradas propias; `hay` si algún ODS le llega, suyo o de su nodo."""
    a = Alineado(session, anio, None, ente_id)
    return [
        {
            "id": i.id,
            "clave": a.proyectos[i.proyecto_id].clave,
            "nombre": i.nombre,
            "donde": a.proyectos[i.proyecto_id].nombre,
            "ligas": [e for e in a.entradas if e in a.de_indicadores.get(i.id, ())],
            "hay": bool(a.ods(a.de_indicadores.get(i.id, set()) | a.alcance_de(i.nodo_id))),
            "busqueda": llave(f"{a.proyectos[i.proyecto_id].clave} {i.nombre}"),
        }
        for i in a.indicadores
    ]


def nodos_citables(session: Session, *, anio: int) -> dict[int, dict[str, str]]:
    """Los nodos a que se puede ligar una actividad o un proyecto: las líneas primero, luego los demás.

    `texto` los distingue aunque dos se llamen igual y no tengan clave; `corto` cabe en una celda.
    """
    a = Alineado(session, anio, None, None)
    if a.arbol is None:
        return {}
    orden = sorted(a.arbol.nodos, key=lambda n: bool(a.arbol and a.arbol.hijos.get(n.id)))
    textos = {n.id: f"{n.clave} {n.nombre}".strip() for n in orden}
    veces = Counter(textos.values())
    return {
        n.id: {
            "texto": textos[n.id]
            if veces[textos[n.id]] == 1
            else f"{textos[n.id]} (nivel {n.nivel}, {n.id})",
            "corto": n.clave or n.nombre,
        }
        for n in orden
    }
