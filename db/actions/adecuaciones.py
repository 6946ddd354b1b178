"""Registrar, corregir y borrar adecuaciones presupuestarias, una por una o desde un archivo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from db.actions.cargas import Cuenta
from db.actions.idempotencia import exigir_version
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.adecuaciones import Adecuacion, RenglonAdecuacion, TipoAdecuacion
from db.models.bitacora import Carga
from db.models.municipio import Ejercicio
from db.queries.adecuaciones import claves_del_ente, sin_separadores
from db.rules.adecuacion import Movimiento, exigir_cuadre
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

FOLIO_MAXIMO = 60


@dataclass(frozen=True, slots=True)
class Documento:
    """Una adecuación por registrar, con lo que mueve."""

    folio: str
    tipo: TipoAdecuacion
    fecha: date
    documento: str = ""
    motivo: str = ""
    movimientos: tuple[Movimiento, ...] = field(default_factory=tuple)


def registrar_adecuacion(
    session: Session, actor: Actor, *, anio: int, ente_id: int, documento: Documento
) -> Adecuacion:
    """Registra una adecuación nueva. SinPermiso; `Problema` si no cuadra o si su folio ya existe."""
    exigir(actor, Accion.REGISTRAR_ADECUACIONES, Objeto(ente_id))
    if session.get(Ejercicio, anio) is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo en Configuración.")
    adecuacion = Adecuacion(anio=anio, ente_id=ente_id, folio="", tipo=documento.tipo, fecha=documento.fecha)
    _escribir(session, adecuacion, documento)
    return adecuacion


def corregir_adecuacion(
    session: Session, actor: Actor, adecuacion_id: int, *, version: int, documento: Documento
) -> None:
    """Deja una adecuación como dice `documento`. `Conflicto` si cambió desde que se abrió."""
    adecuacion = _abierta(session, actor, adecuacion_id, version)
    _escribir(session, adecuacion, documento)


def borrar_adecuacion(session: Session, actor: Actor, adecuacion_id: int, *, version: int) -> None:
    """Quita una adecuación y sus renglones; queda en la bitácora."""
    adecuacion = _abierta(session, actor, adecuacion_id, version)
    for renglon in _renglones(session, adecuacion_id):
        session.delete(renglon)
    session.flush()
    session.delete(adecuacion)


def _abierta(session: Session, actor: Actor, adecuacion_id: int, version: int) -> Adecuacion:
    adecuacion = session.get(Adecuacion, adecuacion_id)
    if adecuacion is None:
        raise Problema("No existe esa adecuación.", "Vuelva a abrir la lista.")
    exigir(actor, Accion.REGISTRAR_ADECUACIONES, Objeto(adecuacion.ente_id))
    exigir_version(adecuacion, version)
    return adecuacion


def _renglones(session: Session, adecuacion_id: int | None) -> Sequence[RenglonAdecuacion]:
    return session.exec(
        sqlmodel_select(RenglonAdecuacion).where(RenglonAdecuacion.adecuacion_id == adecuacion_id)
    ).all()


def _escribir(session: Session, adecuacion: Adecuacion, documento: Documento) -> None:
    folio = normal(documento.folio)
    _exigir_folio(session, adecuacion, folio)
    _exigir_fecha(documento.fecha, adecuacion.anio)
    movimientos = _reconocidos(session, adecuacion, documento.movimientos)
    exigir_cuadre(documento.tipo.value, movimientos)
    adecuacion.folio, adecuacion.tipo, adecuacion.fecha = folio, documento.tipo, documento.fecha
    adecuacion.documento, adecuacion.motivo = normal(documento.documento), normal(documento.motivo)
    session.add(adecuacion)
    session.flush()
    previos = {(r.clave, r.mes): r for r in _renglones(session, adecuacion.id)}
    for m in movimientos:
        renglon = previos.pop((m.clave, m.mes), None) or RenglonAdecuacion(
            adecuacion_id=adecuacion.id or 0, clave=m.clave, mes=m.mes
        )
        renglon.ampliacion, renglon.reduccion = m.ampliacion, m.reduccion
        session.add(renglon)
    for sobra in previos.values():
        session.delete(sobra)
    session.flush()


def _exigir_folio(session: Session, adecuacion: Adecuacion, folio: str) -> None:
    if not folio or len(folio) > FOLIO_MAXIMO:
        raise Problema("Falta el folio.", f"Escríbalo, de hasta {FOLIO_MAXIMO} letras.", "folio")
    a = tabla(Adecuacion).c
    otra = session.execute(
        select(a.id).where(a.anio == adecuacion.anio, a.ente_id == adecuacion.ente_id, a.folio == folio)
    ).scalar()
    if otra is not None and otra != adecuacion.id:
        raise Problema(f"El folio {folio} ya existe.", "Use otro, o corrija la que ya está.", "folio")


def _exigir_fecha(fecha: date, anio: int) -> None:
    """Lo de diciembre se autoriza a veces en enero: se admite también el año que sigue."""
    if fecha.year not in (anio, anio + 1):
        raise Problema(f"La fecha no es del ejercicio {anio}.", "Corrija el año.", "fecha")


def _reconocidos(
    session: Session, adecuacion: Adecuacion, movimientos: Sequence[Movimiento]
) -> list[Movimiento]:
    """Los movimientos con su clave como está en el presupuesto; una clave aún no cargada se deja igual."""
    conocidas = claves_del_ente(session, adecuacion.anio, adecuacion.ente_id)
    vistas: dict[tuple[str, int], Movimiento] = {}
    for m in movimientos:
        escrita = normal(m.clave).upper()
        clave = conocidas.get(sin_separadores(escrita), escrita)
        if not sin_separadores(clave):
            raise Problema("Falta la clave de un renglón.", "Escríbala o quite el renglón.", "movimientos")
        if (clave, m.mes) in vistas:
            raise Problema(
                f"La clave {clave} está dos veces en el mismo mes.", "Junte los renglones.", "movimientos"
            )
        vistas[clave, m.mes] = Movimiento(clave, m.mes, m.ampliacion, m.reduccion)
    return list(vistas.values())


def guardar_adecuaciones(
    session: Session, actor: Actor, carga: Carga, documentos: Sequence[Documento]
) -> Cuenta:
    """Agrega o corrige las adecuaciones de un archivo; las que no vienen se quedan. SinPermiso.

    `Problema` si alguna no cuadra. De una que ya existía quedan sólo los renglones del archivo.
    """
    assert carga.anio is not None and carga.ente_id is not None
    exigir(actor, Accion.REGISTRAR_ADECUACIONES, Objeto(carga.ente_id))
    for d in documentos:
        exigir_cuadre(d.tipo.value, d.movimientos)
    a, r = tabla(Adecuacion), tabla(RenglonAdecuacion)
    guardadas = [
        fila._asdict()
        for fila in session.execute(select(a).where(a.c.anio == carga.anio, a.c.ente_id == carga.ente_id))
    ]
    cabezas: list[Fila] = [
        {
            "anio": carga.anio,
            "ente_id": carga.ente_id,
            "folio": d.folio,
            "tipo": d.tipo,
            "documento": d.documento,
            "fecha": d.fecha,
            "motivo": d.motivo,
        }
        for d in documentos
    ]
    hecho = sincronizar(session, Adecuacion, ("folio",), cabezas, guardadas)
    ids = [hecho.ids[d.folio,] for d in documentos]
    previos = [
        fila._asdict()
        for fila in session.execute(select(r).where(col(RenglonAdecuacion.adecuacion_id).in_(ids)))
    ]
    renglones: list[Fila] = [
        {
            "adecuacion_id": adecuacion_id,
            "clave": m.clave,
            "mes": m.mes,
            "ampliacion": m.ampliacion,
            "reduccion": m.reduccion,
        }
        for adecuacion_id, d in zip(ids, documentos, strict=True)
        for m in d.movimientos
    ]
    movido = sincronizar(
        session, RenglonAdecuacion, ("adecuacion_id", "clave", "mes"), renglones, previos, quitar=True
    )
    por_folio = {adecuacion_id: d.folio for adecuacion_id, d in zip(ids, documentos, strict=True)}
    tocadas = {por_folio[llave[0]] for llave in movido.tocadas} | {llave[0] for llave in hecho.tocadas}
    nuevas = {llave[0] for llave in hecho.nuevas}
    return Cuenta(
        len(documentos), len(tocadas), len(documentos) - len(tocadas), len(nuevas), len(tocadas - nuevas),
        len(movido.quitadas),
    )  # fmt: skip
