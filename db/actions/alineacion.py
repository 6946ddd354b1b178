"""Alinear nodos del plan e indicadores a ODS, metas ODS, PND y PED: muchos a la vez, y desde archivo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, delete, insert, select, tuple_
from sqlmodel import Session

from db import audit
from db.actions.cargas import Cuenta
from db.actions.reverso import en_bloques
from db.actions.sincronizar import sincronizar
from db.base import Base, tabla
from db.models.bitacora import Carga
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.indicadores import AlineacionIndicador, Indicador
from db.models.plan import Alineacion, NodoPlan
from db.rules.alineacion import CATALOGOS, Par, exigir_pares
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

BLOQUE = 500


@dataclass(frozen=True, slots=True)
class FilaEntrada:
    """Una entrada de catálogo de un archivo."""

    catalogo: NombreCatalogo
    clave: str
    padre: str
    nombre: str
    fuente: str


def alinear_nodos(session: Session, actor: Actor, *, pares: Iterable[Par], quitar: bool = False) -> list[Par]:
    """Agrega (o quita) ligas (nodo, entrada). Devuelve las que cambiaron: con ellas se deshace.

    SinPermiso; `Problema` si un nodo no está vigente o si una entrada no es de ODS, PND o PED.
    """
    exigir(actor, Accion.ALINEAR_PLAN)
    lista = exigir_pares(pares)
    n = tabla(NodoPlan).c
    _exigir_ids(session, n.id, {nodo for nodo, _ in lista}, "un nodo vigente", n.version_baja.is_(None))
    return _ligar(session, Alineacion, "nodo_id", lista, quitar)


def alinear_indicadores(
    session: Session, actor: Actor, *, pares: Iterable[Par], quitar: bool = False
) -> list[Par]:
    """Lo mismo que `alinear_nodos`, con ligas (indicador, entrada)."""
    lista = exigir_pares(pares)
    i = tabla(Indicador).c
    pedidos = {indicador for indicador, _ in lista}
    entes: set[int | None] = set()
    for bloque in en_bloques(sorted(pedidos)):
        entes |= set(session.execute(select(i.ente_id).where(i.id.in_(bloque)).distinct()).scalars())
    for ente_id in entes or {None}:
        exigir(actor, Accion.ALINEAR_PLAN, Objeto(ente_id))
    _exigir_ids(session, i.id, pedidos, "un indicador")
    return _ligar(session, AlineacionIndicador, "indicador_id", lista, quitar)


def _exigir_ids(session: Session, columna: Column[Any], pedidos: set[int], que: str, *filtros: Any) -> None:
    hallados: set[int] = set()
    for bloque in en_bloques(sorted(pedidos)):
        hallados |= set(session.execute(select(columna).where(columna.in_(bloque), *filtros)).scalars())
    if pedidos - hallados:
        raise Problema(f"Alguno de los elegidos ya no es {que}.", "Vuelva a abrir la lista.")


def _ligar(session: Session, modelo: type[Base], campo: str, lista: list[Par], quitar: bool) -> list[Par]:
    e, destino = tabla(EntradaCatalogo).c, tabla(modelo)
    if not quitar:
        _exigir_ids(
            session, e.id, {entrada for _, entrada in lista}, "de ODS, PND o PED", e.catalogo.in_(CATALOGOS)
        )
    columna = destino.c[campo]
    guardadas = {
        (fila[0], fila[1])
        for bloque in en_bloques(sorted({uno for uno, _ in lista}))
        for fila in session.execute(select(columna, destino.c.entrada_id).where(columna.in_(bloque)))
    }
    cambian = [par for par in lista if (par in guardadas) == quitar]
    if not cambian:
        return []
    if quitar:
        for bloque in en_bloques(cambian, BLOQUE):
            session.execute(delete(destino).where(tuple_(columna, destino.c.entrada_id).in_(bloque)))
    else:
        session.execute(insert(destino), [{campo: uno, "entrada_id": entrada} for uno, entrada in cambian])
    audit.anotar(session, "quitar" if quitar else "agregar", destino.name, "", ligas=cambian)
    return cambian


def guardar_alineacion(session: Session, actor: Actor, carga: Carga, pares: Sequence[Par]) -> Cuenta:
    """Agrega las ligas (nodo, entrada) de un archivo; las que ya estaban se quedan."""
    exigir(actor, Accion.ALINEAR_PLAN)
    a = tabla(Alineacion)
    guardadas = [fila._asdict() for fila in session.execute(select(a))]
    filas = [{"nodo_id": nodo, "entrada_id": entrada} for nodo, entrada in pares]
    hecho = sincronizar(session, Alineacion, ("nodo_id", "entrada_id"), filas, guardadas)
    return _cuenta(len(filas), len(hecho.nuevas), len(hecho.cambiadas), len(hecho.iguales))


def guardar_entradas(session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaEntrada]) -> Cuenta:
    """Deja las entradas de PED o PND como dice el archivo; las que no trae se quedan como estaban."""
    exigir(actor, Accion.ALINEAR_PLAN)
    e = tabla(EntradaCatalogo)
    catalogos = {fila.catalogo for fila in filas}
    guardadas = [
        fila._asdict()
        for fila in session.execute(select(e).where(e.c.catalogo.in_(catalogos), e.c.ambito == ""))
    ]
    ordenes = {(fila["catalogo"], fila["clave"]): fila["orden"] for fila in guardadas}
    siguiente = max(ordenes.values(), default=0) + 1
    nuevas = [
        {
            "catalogo": fila.catalogo,
            "ambito": "",
            "clave": fila.clave,
            "padre": fila.padre,
            "nombre": fila.nombre,
            "fuente": fila.fuente,
            "orden": ordenes.get((fila.catalogo, fila.clave), siguiente + n),
        }
        for n, fila in enumerate(filas)
    ]
    hecho = sincronizar(session, EntradaCatalogo, ("catalogo", "clave"), nuevas, guardadas)
    return _cuenta(len(filas), len(hecho.nuevas), len(hecho.cambiadas), len(hecho.iguales))


def _cuenta(leidas: int, nuevas: int, cambian: int, iguales: int) -> Cuenta:
    return Cuenta(leidas, nuevas + cambian, iguales, nuevas=nuevas, cambian=cambian)
