"""El catálogo de trámites: agregar y corregir."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acuerdos import objeto_de
from db.actions.idempotencia import exigir_version
from db.base import tabla
from db.models.mejoras import Tramite
from db.rules.encargos import Campo, Tipo, exigir_valores
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

CAMPOS = (
    Campo("clave", "Clave u homoclave", obligado=True),
    Campo("nombre", "Nombre", obligado=True),
    Campo("dependencia_id", "Quién lo da", Tipo.LIGADO, fuente="dependencias", obligado=True),
    Campo("pasos", "Pasos", Tipo.ENTERO),
    Campo("requisitos", "Requisitos", Tipo.ENTERO),
    Campo("dias", "Días hábiles hasta la respuesta", Tipo.ENTERO),
    Campo("costo", "Costo para la persona", Tipo.DINERO),
    Campo("veces_al_anio", "Veces al año que se pide", Tipo.ENTERO),
    Campo("en_linea", "Se puede hacer en línea", Tipo.SI_NO),
    Campo("activo", "Sigue vigente", Tipo.SI_NO),
)


def guardar(
    session: Session, actor: Actor, *, tramite_id: int | None, version: int, datos: Mapping[str, Any]
) -> int:
    """Agrega un trámite o corrige uno; devuelve su id. SinPermiso; `Conflicto`; `Problema` con su campo."""
    limpios = exigir_valores(CAMPOS, datos)
    exigir(actor, Accion.AUTORIZAR_REGISTROS, objeto_de(session, limpios["dependencia_id"]))
    t = tabla(Tramite).c
    ya = session.execute(select(t.id).where(t.clave == limpios["clave"])).scalar()
    if ya is not None and ya != tramite_id:
        raise Problema("Ya hay un trámite con esa clave.", "Corrija el que ya está.", "clave")
    fila = session.get(Tramite, tramite_id) if tramite_id else Tramite(**limpios)
    if fila is None:
        raise SinPermiso(Accion.AUTORIZAR_REGISTROS)
    if tramite_id:
        exigir_version(fila, version)
        for clave, valor in limpios.items():
            setattr(fila, clave, valor)
    session.add(fila)
    session.flush()
    return fila.id or 0
