"""De qué partes se compone una ficha ejecutiva: las que se grafican y las que pueden pedir atención.

Sólo dice cuáles son; sus cifras las da `db.queries.figuras`, congeladas o de hoy.
"""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.estructura import Dependencia
from db.models.programas import Programa, Proyecto, ResponsablePrograma
from db.queries.plan import leer_arbol
from db.queries.titulares import en_funciones
from db.rules.periodo import Corte

Parte = dict[str, Any]
"""`asunto` y `referencia` de su figura, `dinero` (referencia del suyo, o vacía) y `nombre`."""
Composicion = dict[str, Any]


def composicion(
    session: Session,
    *,
    anio: int,
    mes: int,
    ente_id: int | None = None,
    nodo_id: int | None = None,
    programa: str = "",
    dependencia_id: int | None = None,
) -> Composicion | None:
    """De qué trata la ficha y sus partes; None si eso no existe en el ejercicio.

    `suya` es la figura de la cosa; `partes`, lo que se grafica; `revisar`, entre lo que se busca lo peor, y
    `que_se_revisa` su nombre en plural.
    """
    if programa:
        return _de_programa(session, Corte(anio, mes), ente_id, programa)
    if dependencia_id is not None:
        return _de_dependencia(session, Corte(anio, mes), dependencia_id)
    return _de_plan(session, Corte(anio, mes), ente_id, nodo_id)


def _parte(asunto: str, referencia: str, nombre: str, dinero: str = "") -> Parte:
    return {"asunto": asunto, "referencia": referencia, "nombre": nombre, "dinero": dinero}


def _de_plan(session: Session, corte: Corte, ente_id: int | None, nodo_id: int | None) -> Composicion | None:
    arbol = leer_arbol(session, corte)
    if arbol is None or (nodo_id is not None and nodo_id not in arbol.por_id):
        return None
    hijos = [
        _parte("nodo", str(n.id), f"{n.clave} {n.nombre}", f"nodo/{n.id}")
        for n in arbol.hijos.get(nodo_id, [])
    ]
    if nodo_id is None:
        g = tabla(Programa).c
        programas = session.execute(select(g.clave, g.nombre).where(g.anio == corte.anio).order_by(g.clave))
        return {
            "nombre": "El municipio",
            "suya": _parte("municipio", "metas", arbol.nombre, "total" if ente_id else "consolidado"),
            "titular": None,
            "partes": hijos,
            "que_son": "ejes",
            "revisar": [
                _parte("programa", p.clave, f"{p.clave} {p.nombre}", f"programa/{p.clave}") for p in programas
            ],
            "que_se_revisa": "programas",
        }
    nodo = arbol.por_id[nodo_id]
    suyos = arbol.descendencia(nodo_id)
    return {
        "nombre": f"{nodo.clave} {nodo.nombre}",
        "suya": _parte("nodo", str(nodo_id), nodo.nombre, f"nodo/{nodo_id}"),
        "titular": None,
        "partes": hijos,
        "que_son": "temas",
        "revisar": [
            _parte("nodo", str(n.id), f"{n.clave} {n.nombre}", f"nodo/{n.id}")
            for n in arbol.nodos
            if n.id in suyos and not arbol.hijos.get(n.id)
        ],
        "que_se_revisa": "líneas de acción",
    }


def _de_programa(session: Session, corte: Corte, ente_id: int | None, clave: str) -> Composicion | None:
    g, y = tabla(Programa).c, tabla(Proyecto).c
    fila = session.execute(select(g.id, g.nombre).where(g.anio == corte.anio, g.clave == clave)).first()
    if fila is None:
        return None
    proyectos = session.execute(select(y.clave, y.nombre).where(y.programa_id == fila.id).order_by(y.clave))
    m = tabla(MetaActividad)
    consulta = select(m.c.id, m.c.nombre).join(tabla(Proyecto), y.id == m.c.proyecto_id)
    return {
        "nombre": f"{clave} {fila.nombre}",
        "suya": _parte("programa", clave, fila.nombre, f"programa/{clave}"),
        "titular": _responsable(session, corte, ente_id, fila.id),
        "partes": [_parte("programa", p.clave, p.nombre) for p in proyectos],
        "que_son": "proyectos",
        "revisar": _metas(session, consulta.where(y.programa_id == fila.id, m.c.anio == corte.anio), ente_id),
        "que_se_revisa": "metas",
    }


def _de_dependencia(session: Session, corte: Corte, dependencia_id: int) -> Composicion | None:
    d, m = tabla(Dependencia).c, tabla(MetaActividad)
    fila = session.execute(select(d.clave, d.nombre, d.ente_id).where(d.id == dependencia_id)).first()
    if fila is None:
        return None
    suyas = select(d.id).where((d.id == dependencia_id) | (d.padre_id == dependencia_id))
    consulta = select(m.c.id, m.c.nombre).where(m.c.anio == corte.anio, m.c.dependencia_id.in_(suyas))
    return {
        "nombre": f"{fila.clave} {fila.nombre}",
        "suya": _parte("dependencia", str(dependencia_id), fila.nombre),
        "titular": _titular(session, corte, dependencia_id),
        "partes": [],
        "que_son": "metas",
        "revisar": _metas(session, consulta, fila.ente_id),
        "que_se_revisa": "metas",
    }


def _responsable(session: Session, corte: Corte, ente_id: int | None, programa_id: int) -> str | None:
    """La dependencia asignada, o la general con más metas en el programa, con su titular al corte."""
    r, m, d, y = tabla(ResponsablePrograma).c, tabla(MetaActividad), tabla(Dependencia), tabla(Proyecto)
    asignada = select(r.dependencia_id).where(r.programa_id == programa_id)
    general = func.coalesce(d.c.padre_id, d.c.id)
    con_mas = (
        select(general)
        .join_from(m, d, d.c.id == m.c.dependencia_id)
        .join(y, y.c.id == m.c.proyecto_id)
        .where(y.c.programa_id == programa_id)
        .group_by(general)
        .order_by(func.count().desc(), general)
    )
    if ente_id is not None:
        asignada, con_mas = asignada.where(r.ente_id == ente_id), con_mas.where(m.c.ente_id == ente_id)
    cual = session.execute(asignada.order_by(r.id).limit(1)).scalar()
    cual = cual or session.execute(con_mas.limit(1)).scalar()
    return None if cual is None else _titular(session, corte, cual)


def _titular(session: Session, corte: Corte, dependencia_id: int) -> str | None:
    """«Presidencia · Nombre» de quien la encabezaba al corte."""
    d = tabla(Dependencia).c
    nombre = session.execute(select(d.nombre).where(d.id == dependencia_id)).scalar_one()
    titular = en_funciones(session, corte.dia).get(dependencia_id)
    return f"{nombre} · {titular['nombre']}" if titular else f"{nombre} · sin titular registrado"


def _metas(session: Session, consulta: Any, ente_id: int | None) -> list[Parte]:
    m = tabla(MetaActividad).c
    suyas = consulta if ente_id is None else consulta.where(m.ente_id == ente_id)
    return [_parte("meta", str(f.id), f.nombre) for f in session.execute(suyas.order_by(m.id))]
