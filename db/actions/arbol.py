"""Escribir el árbol del problema nodo por nodo, y derivar de él la MIR."""

from sqlmodel import Session, col, select

from db.actions.idempotencia import exigir_version
from db.actions.mir import exigir_mir, guardar_renglon, texto_obligado
from db.models.indicadores import NivelMir
from db.models.mir import ClaseNodoArbol, NodoArbol, RenglonMir
from db.queries.arbol import derivacion, nodos_del_arbol
from db.rules.arbol import exigir_lugar
from db.rules.permisos import Accion, Actor, SinPermiso
from db.rules.problema import Problema
from db.rules.texto import normal


def guardar_nodo(
    session: Session,
    actor: Actor,
    *,
    programa_id: int,
    ente_id: int,
    nodo_id: int | None = None,
    version: int = 0,
    clase: ClaseNodoArbol,
    padre_id: int | None = None,
    problema: str,
    objetivo: str = "",
    elegido: bool = True,
    lugar: int | None = None,
) -> int:
    """Agrega o corrige un nodo y lo deja en su `lugar` entre sus hermanos (desde 1). Da su id.

    SinPermiso; Problema si falta el texto o no puede colgar de ahí; Conflicto si otra persona lo cambió.
    """
    exigir_mir(session, actor, programa_id, ente_id)
    nodo = session.get(NodoArbol, nodo_id) if nodo_id else None
    if nodo_id and (nodo is None or (nodo.programa_id, nodo.ente_id) != (programa_id, ente_id)):
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_version(nodo, version)
    if nodo is not None and nodo.clase is not clase:
        raise Problema("La clase de un nodo no se cambia.", "Quítelo y agréguelo donde va.", campo="clase")
    escrito = texto_obligado(problema, "problema", "Falta el texto en negativo.")
    padre = None if clase is ClaseNodoArbol.PROBLEMA else padre_id
    exigir_lugar(
        nodos_del_arbol(session, programa_id, ente_id), nodo_id=nodo_id, clase=clase.value, padre_id=padre
    )
    if nodo is None:
        nodo = NodoArbol(programa_id=programa_id, ente_id=ente_id, clase=clase, orden=0, problema=escrito)
    llega = nodo.orden == 0 or nodo.padre_id != padre
    nodo.padre_id, nodo.problema, nodo.objetivo = padre, escrito, normal(objetivo)
    nodo.elegido = elegido
    if llega or lugar is not None:
        hermanos = _hermanos(session, nodo)
        hermanos.insert(len(hermanos) if lugar is None else max(0, lugar - 1), nodo)
        for orden, hermano in enumerate(hermanos, start=1):
            hermano.orden = orden
    session.add(nodo)
    session.flush()
    return nodo.id or 0


def quitar_nodo(session: Session, actor: Actor, *, nodo_id: int, version: int) -> None:
    """Borra un nodo sin nada debajo. Problema si algo cuelga de él."""
    nodo = session.get(NodoArbol, nodo_id)
    if nodo is None:
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_mir(session, actor, nodo.programa_id, nodo.ente_id)
    exigir_version(nodo, version)
    if session.exec(select(NodoArbol.id).where(NodoArbol.padre_id == nodo_id)).first() is not None:
        raise Problema("De este nodo cuelgan otros.", "Quítelos antes, o cuélguelos de otro.")
    session.delete(nodo)


def derivar_mir(session: Session, actor: Actor, *, programa_id: int, ente_id: int) -> int:
    """Deja la MIR como dice el árbol de objetivos; devuelve cuántos renglones agregó o cambió.

    No quita ninguno ni desliga indicadores; repetirla no cambia nada. SinPermiso; Problema si el árbol no
    alcanza.
    """
    exigir_mir(session, actor, programa_id, ente_id)
    movidos = 0
    componentes: dict[int, int] = {}
    for derivado, guardado in derivacion(session, programa_id, ente_id):
        padre = componentes.get(derivado.componente or 0)
        if guardado is None:
            renglon_id = guardar_renglon(
                session,
                actor,
                programa_id=programa_id,
                ente_id=ente_id,
                nivel=NivelMir(derivado.nivel),
                padre_id=padre,
                resumen=derivado.resumen,
            )
            movidos += 1
        else:
            renglon_id = guardado.id
            movidos += _corregir(session, guardado.id, derivado.resumen, padre)
        if derivado.nivel == NivelMir.COMPONENTE:
            componentes[derivado.orden] = renglon_id
    return movidos


def _corregir(session: Session, renglon_id: int, resumen: str, padre: int | None) -> bool:
    """Pone el resumen (y el componente) que el árbol dice; dice si cambió algo."""
    renglon = session.get(RenglonMir, renglon_id)
    assert renglon is not None
    if (renglon.resumen, renglon.padre_id) == (normal(resumen), padre):
        return False
    renglon.resumen, renglon.padre_id, renglon.tipo = normal(resumen), padre, False
    return True


def _hermanos(session: Session, nodo: NodoArbol) -> list[NodoArbol]:
    """Los que cuelgan del mismo nodo y son de su clase, en orden, sin el propio."""
    consulta = select(NodoArbol).where(
        NodoArbol.programa_id == nodo.programa_id,
        NodoArbol.ente_id == nodo.ente_id,
        NodoArbol.clase == nodo.clase,
        NodoArbol.padre_id == nodo.padre_id,
    )
    todos = session.exec(consulta.order_by(col(NodoArbol.orden), col(NodoArbol.id))).all()
    return [n for n in todos if n is not nodo]
