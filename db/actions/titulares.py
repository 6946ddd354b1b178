"""Registrar, cambiar y corregir a quien encabeza una dependencia; un cambio de persona es otro renglón."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from db.actions.cargas import Cuenta
from db.actions.idempotencia import exigir_firma, exigir_version
from db.actions.municipio import obligatorio
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.estructura import Dependencia, Titular
from db.queries.titulares import firma_de
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
from db.rules.titular import Cargo, exigir_sin_traslape

NOMBRE_MAXIMO = 150


@dataclass(frozen=True, slots=True)
class FilaTitular:
    """Un titular de un archivo."""

    dependencia_id: int
    nombre: str
    cargo: str
    desde: date
    hasta: date | None = None


def cambiar_titular(
    session: Session,
    actor: Actor,
    *,
    dependencia_id: int,
    firma: str,
    nombre: str,
    cargo: str,
    desde: date,
) -> int:
    """Registra a quien entra y cierra el día anterior a quien sale; devuelve el id del renglón nuevo.

    `firma` es la del último titular que se tuvo a la vista (`firma_de`): si ya es otro, `Conflicto`.
    `Problema` si las fechas se enciman.
    """
    dependencia = _dependencia(session, actor, dependencia_id)
    suyos = _titulares(session, dependencia_id)
    ultimo = suyos[-1] if suyos else None
    exigir_firma(firma_de(ultimo), firma)
    nuevo = Titular(
        dependencia_id=dependencia.id or 0, nombre=_nombre(nombre), cargo=_cargo(cargo), desde=desde
    )
    if ultimo is not None and ultimo.desde < desde and (ultimo.hasta is None or ultimo.hasta >= desde):
        ultimo.hasta = desde - timedelta(days=1)
        session.add(ultimo)
    _exigir_sin_traslape([*suyos, nuevo])
    session.add(nuevo)
    session.flush()
    return nuevo.id or 0


def corregir_titular(
    session: Session,
    actor: Actor,
    *,
    titular_id: int,
    version: int,
    nombre: str,
    cargo: str,
    desde: date,
    hasta: date | None,
) -> None:
    """Corrige un renglón; con `hasta` la dependencia queda sin titular desde el día siguiente.

    `Problema` si se encima con otro; `Conflicto` si cambió desde que se abrió.
    """
    titular = _abierto(session, actor, titular_id)
    exigir_version(titular, version)
    titular.nombre, titular.cargo = _nombre(nombre), _cargo(cargo)
    titular.desde, titular.hasta = desde, hasta
    _exigir_sin_traslape(_titulares(session, titular.dependencia_id))
    session.add(titular)
    session.flush()


def quitar_titular(session: Session, actor: Actor, *, titular_id: int, version: int) -> None:
    """Borra un renglón capturado por error."""
    titular = _abierto(session, actor, titular_id)
    exigir_version(titular, version)
    session.delete(titular)
    session.flush()


def guardar_titulares(session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaTitular]) -> Cuenta:
    """Deja los titulares como dice el archivo, reconocidos por dependencia y fecha de entrada.

    A quien seguía en funciones se le cierra el día anterior a que entra el siguiente. `Problema` si con lo
    ya guardado dos se enciman.
    """
    t, d = tabla(Titular), tabla(Dependencia).c
    suyas = {fila.dependencia_id for fila in filas}
    entes = select(d.ente_id).where(d.id.in_(suyas)).distinct()
    for ente_id in session.execute(entes).scalars():
        exigir(actor, Accion.EDITAR_TITULARES, Objeto(ente_id))
    guardados = [fila._asdict() for fila in session.execute(select(t).where(t.c.dependencia_id.in_(suyas)))]
    completas = _cerrar_anteriores(filas, guardados)
    hecho = sincronizar(
        session, Titular, ("dependencia_id", "desde"), completas, guardados, al_crear={"version": 1}
    )
    for dependencia_id in suyas:
        _exigir_sin_traslape(_titulares(session, dependencia_id))
    return Cuenta(
        leidas=len(filas),
        guardadas=len(hecho.nuevas) + len(hecho.cambiadas),
        sin_cambio=len(hecho.iguales),
        nuevas=len(hecho.nuevas),
        cambian=len(hecho.cambiadas),
    )


def _cerrar_anteriores(filas: Sequence[FilaTitular], guardados: Iterable[Fila]) -> list[Fila]:
    """Las filas del archivo y las guardadas que alguien releva, con su salida la víspera."""
    campos = ("dependencia_id", "nombre", "cargo", "desde", "hasta")
    nuevas = {(f.dependencia_id, f.desde): {c: getattr(f, c) for c in campos} for f in filas}
    previas = {(g["dependencia_id"], g["desde"]): {c: g[c] for c in campos} for g in guardados}
    juntas = sorted((previas | nuevas).values(), key=lambda f: (f["dependencia_id"], f["desde"]))
    tocadas = []
    for fila, siguiente in zip(juntas, [*juntas[1:], None], strict=True):
        releva = siguiente if siguiente and siguiente["dependencia_id"] == fila["dependencia_id"] else None
        if fila["hasta"] is None and releva is not None:
            fila["hasta"] = releva["desde"] - timedelta(days=1)
            tocadas.append((fila["dependencia_id"], fila["desde"]))
    return [
        fila
        for fila in juntas
        if (fila["dependencia_id"], fila["desde"]) in nuevas
        or (fila["dependencia_id"], fila["desde"]) in tocadas
    ]


def _dependencia(session: Session, actor: Actor, dependencia_id: int) -> Dependencia:
    dependencia = session.get(Dependencia, dependencia_id)
    if dependencia is None:
        raise Problema("No existe esa dependencia.", "Vuelva a abrir la lista.")
    exigir(actor, Accion.EDITAR_TITULARES, Objeto(dependencia.ente_id))
    return dependencia


def _abierto(session: Session, actor: Actor, titular_id: int) -> Titular:
    titular = session.get(Titular, titular_id)
    if titular is None:
        raise Problema("No existe ese titular.", "Vuelva a abrir la lista.")
    _dependencia(session, actor, titular.dependencia_id)
    return titular


def _titulares(session: Session, dependencia_id: int) -> list[Titular]:
    return list(
        session.exec(
            sqlmodel_select(Titular)
            .where(Titular.dependencia_id == dependencia_id)
            .order_by(col(Titular.desde))
        )
    )


def _exigir_sin_traslape(titulares: Iterable[Any]) -> None:
    exigir_sin_traslape([Cargo(t.nombre, t.desde, t.hasta) for t in titulares])


def _nombre(texto: str) -> str:
    return obligatorio(texto, "nombre", "el nombre de la persona", NOMBRE_MAXIMO)


def _cargo(texto: str) -> str:
    return obligatorio(texto, "cargo", "el cargo", NOMBRE_MAXIMO)
