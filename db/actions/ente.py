"""Entes del municipio y las partidas con que se transfieren dinero entre sí."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlmodel import Session

from db import audit
from db.actions.idempotencia import exigir_firma, exigir_version
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.municipio import Ente, PartidaTransferencia, TipoEnte
from db.queries.configuracion import firma_de_partidas
from db.rules import osfem as reglas
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

CLAVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
PARTIDA = re.compile(r"4\d{3}")
"""Partida específica del capítulo 4000, transferencias (Clasificador por Objeto del Gasto, CONAC)."""


def guardar_ente(
    session: Session,
    actor: Actor,
    *,
    ente_id: int | None,
    version: int,
    clave: str,
    nombre: str,
    tipo: TipoEnte,
    activo: bool = True,
    clave_osfem: str = "",
) -> Ente:
    """Crea (`ente_id` None, versión 0) o cambia un ente.

    `clave_osfem`: dígitos con que el órgano de fiscalización lo nombra, o vacía.
    Lanza `Problema` si la clave se repite, si la del OSFEM no son dígitos o si dejaría al municipio sin ente
    activo.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    ente = session.get(Ente, ente_id) if ente_id is not None else None
    if ente_id is not None and ente is None:
        raise Problema("Ese ente no existe.", "Vuelva a abrir la pantalla.")
    exigir_version(ente, version)
    limpia = _clave(session, clave, ente_id)
    ente = ente or Ente(clave=limpia, nombre="")
    ente.clave, ente.tipo = limpia, tipo
    ente.clave_osfem = reglas.clave_osfem(clave_osfem)
    ente.nombre = obligatorio(nombre, "nombre", "el nombre del ente")
    if not activo:
        _exigir_otro_activo(session, ente_id)
    ente.activo = activo
    session.add(ente)
    session.flush()
    return ente


def _clave(session: Session, texto: str, ente_id: int | None) -> str:
    clave = normal(texto)
    if not CLAVE.fullmatch(clave):
        raise Problema(
            f"«{clave}» no sirve de clave." if clave else "Falta la clave.",
            "Use hasta 30 letras sin acento, números o guiones. Ejemplo: dif.",
            campo="clave",
        )
    e = tabla(Ente).c
    igual = func.lower(e.clave) == clave.lower()
    if session.execute(select(e.id).where(igual, e.id != (ente_id or 0))).first():
        raise Problema(f"Ya hay un ente con la clave «{clave}».", "Elija otra.", campo="clave")
    return clave


def _exigir_otro_activo(session: Session, ente_id: int | None) -> None:
    e = tabla(Ente).c
    otros = select(func.count(e.id)).where(e.activo, e.id != (ente_id or 0))
    if session.execute(otros).scalar_one() == 0:
        raise Problema("Es el único ente activo.", "Active otro antes de desactivarlo.", campo="activo")


def guardar_partidas_transferencia(
    session: Session, actor: Actor, *, firma: str, partidas: Sequence[tuple[str, str]]
) -> None:
    """Sustituye la lista de (partida, nombre) que se resta en la vista consolidada.

    `firma` es la de la lista que se abrió. Lanza `Problema` si una no es del capítulo 4000 o se repite.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    exigir_firma(firma_de_partidas(session), firma)
    limpias = [(normal(partida), normal(nombre)) for partida, nombre in partidas if normal(partida)]
    for partida, _ in limpias:
        if not PARTIDA.fullmatch(partida):
            raise Problema(
                f"«{partida}» no es una partida de transferencias.",
                "Son cuatro dígitos del capítulo 4000. Ejemplo: 4151.",
                campo="partidas",
            )
    if len({partida for partida, _ in limpias}) != len(limpias):
        raise Problema("Hay una partida repetida.", "Deje una sola.", campo="partidas")
    session.execute(delete(tabla(PartidaTransferencia)))
    session.add_all(PartidaTransferencia(partida=partida, nombre=nombre) for partida, nombre in limpias)
    session.flush()
    audit.anotar(session, "sustituir", "partida_transferencia", "", partidas=[p for p, _ in limpias])
