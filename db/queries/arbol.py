"""El árbol del problema de un programa, y lo que derivarlo movería en su MIR."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.mir import IndicadorMir, NodoArbol, RenglonMir
from db.rules.arbol import Derivado, derivar
from db.rules.arbol import NodoArbol as Nodo
from db.rules.emparejar import Texto, emparejar
from db.rules.mir import NIVELES
from db.rules.problema import Problema


def arbol(session: Session, *, programa_id: int, ente_id: int) -> list[dict[str, Any]]:
    """El árbol guardado, en orden de captura; vacío si no hay."""
    n = tabla(NodoArbol)
    consulta = select(n).where(n.c.programa_id == programa_id, n.c.ente_id == ente_id)
    return [
        {
            "id": f.id,
            "padre_id": f.padre_id,
            "clase": f.clase.value,
            "orden": f.orden,
            "problema": f.problema,
            "objetivo": f.objetivo,
            "elegido": f.elegido,
            "version": f.version,
        }
        for f in session.execute(consulta.order_by(n.c.orden, n.c.id))
    ]


def nodos_del_arbol(session: Session, programa_id: int, ente_id: int) -> list[Nodo]:
    """Los nodos como los piden las reglas."""
    return [
        Nodo(n["id"], n["clase"], n["orden"], n["problema"], n["objetivo"], n["padre_id"], n["elegido"])
        for n in arbol(session, programa_id=programa_id, ente_id=ente_id)
    ]


def derivacion(session: Session, programa_id: int, ente_id: int) -> list[tuple[Derivado, Any | None]]:
    """Cada renglón que sale del árbol con el renglón guardado que es el mismo (None: se crea).

    El mismo texto o uno corregido es el mismo renglón. Lo que ya tiene ficha ligada nunca se toma por su
    solo lugar: no se le cambia el sentido. El Propósito es uno y el Fin, el primero. Problema si el árbol
    no alcanza.
    """
    derivados = derivar(nodos_del_arbol(session, programa_id, ente_id))
    guardados = _guardados(session, programa_id, ente_id)
    hechos: list[tuple[Derivado, Any | None]] = []
    componentes: dict[int, int] = {}
    for nivel in NIVELES:
        nuevos = [d for d in derivados if d.nivel == nivel]
        suyos = [g for g in guardados if g.nivel == nivel]
        unico = nivel in ("fin", "proposito")
        pares = emparejar(
            [Texto(d.resumen, (componentes.get(d.componente or 0), d.orden)) for d in nuevos],
            [Texto(g.resumen, (g.padre_id, g.orden), g.ligado and not unico) for g in suyos],
        )
        for derivado, j in zip(nuevos, pares, strict=True):
            # El lugar de un Fin o Propósito es siempre el primero, aunque diga otra cosa.
            elegido = suyos[0] if unico and suyos and j is None else None if j is None else suyos[j]
            if nivel == "componente" and elegido is not None:
                componentes[derivado.orden] = elegido.id
            hechos.append((derivado, elegido))
    return hechos


def vista_previa(session: Session, *, programa_id: int, ente_id: int) -> dict[str, Any]:
    """Lo que derivar haría: `pasos` con «nuevo», «cambia» o «igual», y lo que se queda como está.

    `problema` dice por qué no se puede, vacío si se puede.
    """
    try:
        hechos = derivacion(session, programa_id, ente_id)
    except Problema as problema:
        return {"problema": str(problema), "pasos": [], "se_quedan": []}
    usados = {g.id for _, g in hechos if g is not None}
    pasos = [
        {
            "nivel": NIVELES[d.nivel],
            "resumen": d.resumen,
            "antes": "" if g is None else g.resumen,
            "paso": "nuevo" if g is None else "igual" if g.resumen == d.resumen else "cambia",
        }
        for d, g in hechos
    ]
    return {
        "problema": "",
        "pasos": pasos,
        "se_quedan": [
            {"nivel": NIVELES[g.nivel.value], "resumen": g.resumen}
            for g in _guardados(session, programa_id, ente_id)
            if g.id not in usados
        ],
    }


def _guardados(session: Session, programa_id: int, ente_id: int) -> list[Any]:
    """Los renglones de la MIR, con si tienen alguna ficha ligada."""
    r, x = tabla(RenglonMir), tabla(IndicadorMir)
    ligado = select(x.c.id).where(x.c.renglon_id == r.c.id, x.c.indicador_id.is_not(None)).exists()
    consulta = select(r, ligado.label("ligado")).where(r.c.programa_id == programa_id, r.c.ente_id == ente_id)
    return list(session.execute(consulta.order_by(r.c.orden, r.c.id)))
