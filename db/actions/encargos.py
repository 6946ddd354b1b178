"""Abrir un encargo de cualquier registro, corregir sus datos y llevarlo de una etapa a otra.

Lo que cada registro exige lo dice su `Registro`; aquí no hay nada de ninguno en particular.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acuerdos import objeto_de
from db.actions.aviso_encargo import avisar_encargo
from db.actions.idempotencia import exigir_version
from db.actions.turnos import formarse
from db.base import ahora, modelo_de, tabla
from db.models.encargos import Encargo, MovimientoEncargo
from db.models.estructura import Dependencia
from db.queries.encargos import ficha
from db.queries.municipio import hoy
from db.rules.encargos import LARGOS, Campo, Registro, Tipo, exigir_etapa, exigir_valores, folio
from db.rules.permisos import Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.registros import REGISTROS

COMUNES = (
    Campo("titulo", "Título", obligado=True),
    Campo("resumen", "Resumen", Tipo.PARRAFO),
    Campo("dependencia_id", "Quién responde", Tipo.LIGADO, fuente="dependencias", obligado=True),
    Campo("persona_id", "Persona responsable", Tipo.LIGADO, fuente="personas"),
    Campo("inicio", "Desde", Tipo.FECHA),
    Campo("vence", "Para cuándo", Tipo.FECHA),
)
"""Lo que todo encargo lleva, de cualquier registro."""


def abrir(session: Session, actor: Actor, *, registro: str, datos: Mapping[str, Any]) -> int:
    """Abre un encargo en la primera etapa de su registro, con su folio; devuelve su id.

    `datos`: los `COMUNES` y los campos del registro; sin `inicio`, hoy. SinPermiso; `Problema` con su campo.
    """
    cual = REGISTROS[registro]
    limpios = _comunes(session, datos)
    exigir(actor, cual.editar, objeto_de(session, limpios["dependencia_id"]))
    propios = exigir_valores(cual.campos, datos)
    inicio = limpios["inicio"] or hoy(session)
    fila = Encargo(
        **limpios | {"inicio": inicio},
        registro=registro,
        folio=folio(cual, inicio.year, _siguiente(session, cual, inicio.year)),
        anio=inicio.year,
        etapa=cual.inicial,
        actualizado_en=ahora(),
    )
    session.add(fila)
    session.flush()
    assert fila.id is not None
    session.add(modelo_de(registro)(encargo_id=fila.id, **propios))
    anotar(session, actor, fila, "")
    return fila.id


def _siguiente(session: Session, registro: Registro, anio: int) -> int:
    """El consecutivo que sigue: los folios no se borran, así que el último manda."""
    formarse(session, "folio de encargo", f"{registro.clave} {anio}")
    e = tabla(Encargo).c
    prefijo = folio(registro, anio, 0).rpartition("-")[0]
    folios = session.execute(select(e.folio).where(e.folio.startswith(f"{prefijo}-", autoescape=True)))
    return max((int(f.rpartition("-")[2]) for f in folios.scalars()), default=0) + 1


def _comunes(session: Session, datos: Mapping[str, Any]) -> dict[str, Any]:
    limpios = {c.clave: None for c in COMUNES} | exigir_valores(COMUNES, datos)
    limpios |= {"titulo": limpios["titulo"] or "", "resumen": limpios["resumen"] or ""}
    if not limpios["titulo"]:
        raise Problema("Falta «Título».", "Escríbalo.", "titulo")
    cual = limpios["dependencia_id"]
    if cual is None or session.get(Dependencia, cual) is None:
        raise Problema("Falta «Quién responde».", "Elija la dependencia.", "dependencia_id")
    _exigir_orden(limpios["inicio"], limpios["vence"])
    return limpios


def _exigir_orden(inicio: date | None, vence: date | None) -> None:
    if inicio and vence and vence < inicio:
        raise Problema("El plazo es anterior al inicio.", "Corrija una de las dos fechas.", "vence")


def tocar(session: Session, actor: Actor, encargo_id: int) -> tuple[Encargo, Registro]:
    """El encargo y su registro si la persona puede cambiarlo y no ha terminado. SinPermiso; `Problema`."""
    fila = session.get(Encargo, encargo_id)
    if fila is None:
        raise SinPermiso(next(iter(REGISTROS.values())).editar)
    cual = REGISTROS[fila.registro]
    exigir(actor, cual.editar, objeto_de(session, fila.dependencia_id))
    if cual.etapas[fila.etapa].final:
        raise Problema(f"Ya está en «{cual.etapas[fila.etapa].palabra}».", "Lo terminado no cambia.")
    return fila, cual


def editar(
    session: Session, actor: Actor, *, encargo_id: int, version: int, datos: Mapping[str, Any]
) -> None:
    """Corrige lo común y lo propio de un encargo. SinPermiso; `Conflicto`; `Problema` con su campo."""
    fila, cual = tocar(session, actor, encargo_id)
    exigir_version(fila, version)
    ahora_son = {c.clave: getattr(fila, c.clave) for c in COMUNES}
    limpios = _comunes(session, ahora_son | dict(datos))
    exigir(actor, cual.editar, objeto_de(session, limpios["dependencia_id"]))
    for clave, valor in limpios.items():
        setattr(fila, clave, valor if clave != "inicio" else valor or fila.inicio)
    propia = session.get_one(modelo_de(cual.clave), encargo_id)
    for clave, valor in exigir_valores(cual.campos, datos).items():
        setattr(propia, clave, valor)
    session.add(propia)
    marcar(session, fila)


def marcar(session: Session, fila: Encargo) -> None:
    """Anota que algo suyo cambió: quien lo tenga abierto con la versión anterior recibirá `Conflicto`."""
    fila.actualizado_en = ahora()
    session.add(fila)
    session.flush()


def mover(
    session: Session, actor: Actor, *, encargo_id: int, version: int, etapa: str, texto: str = ""
) -> None:
    """Lo pasa a otra etapa si su registro lo permite y nada le falta. SinPermiso; `Conflicto`; `Problema`."""
    fila = session.get(Encargo, encargo_id)
    if fila is None:
        raise SinPermiso(next(iter(REGISTROS.values())).editar)
    cual = REGISTROS[fila.registro]
    if etapa not in cual.etapas:
        raise Problema("Esa etapa no existe.", "Elija de la lista.", "etapa")
    exigir(
        actor,
        cual.autorizar if cual.etapas[etapa].autoriza else cual.editar,
        objeto_de(session, fila.dependencia_id),
    )
    exigir_version(fila, version)
    exigir_etapa(cual, fila.etapa, etapa, texto, ficha(session, encargo_id=encargo_id) or {})
    fila.etapa = etapa
    fila.concluido_en = hoy(session) if cual.etapas[etapa].final else None
    marcar(session, fila)
    anotar(session, actor, fila, texto)
    avisar_encargo(session, actor, fila, cual, cual.etapas[etapa].palabra.lower(), texto)


def anotar(session: Session, actor: Actor, fila: Encargo, texto: str) -> None:
    """Agrega a su historia un cambio de etapa o un comentario."""
    assert fila.id is not None
    movimiento = MovimientoEncargo(
        encargo_id=fila.id,
        momento=ahora(),
        etapa=fila.etapa,
        texto=texto.strip()[: LARGOS[Tipo.PARRAFO]],
        autor=actor.nombre or actor.cuenta,
    )
    session.add(movimiento)
    session.flush()
