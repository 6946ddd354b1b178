"""Corregir el directorio: personas, puestos y su aviso de privacidad."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.actions.municipio import el_municipio
from db.base import tabla
from db.models.personas import Persona
from db.models.puestos import Puesto
from db.rules.directorio import SEXOS
from db.rules.encargos import Campo, Tipo, exigir_valores
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

PERSONA = (
    Campo("nombre", "Nombre", obligado=True),
    Campo("sexo", "Sexo", Tipo.OPCION, "Sólo para contar la paridad.", opciones=SEXOS),
    Campo("cargo", "Cargo"),
    Campo("institucion", "Institución", ayuda="Si no es del municipio."),
    Campo("dependencia_id", "Dependencia", Tipo.LIGADO, fuente="dependencias"),
    Campo("correo", "Correo"),
    Campo("telefono", "Teléfono de oficina"),
    Campo("activa", "Sigue en funciones", Tipo.SI_NO),
)
PUESTO = (
    Campo("dependencia_id", "Dependencia", Tipo.LIGADO, fuente="dependencias", obligado=True),
    Campo("nombre", "Puesto", obligado=True),
    Campo("nivel", "Nivel", Tipo.ENTERO, "1 encabeza la dependencia.", obligado=True, minimo=1),
    Campo("plazas", "Plazas", Tipo.ENTERO, obligado=True, minimo=1),
    Campo("reporta_a_id", "Reporta a", Tipo.LIGADO, fuente="puestos"),
    Campo("persona_id", "Lo ocupa", Tipo.LIGADO, fuente="personas"),
    Campo("activo", "Sigue vigente", Tipo.SI_NO),
)
AVISO_MAXIMO = 4_000


def guardar_persona(
    session: Session, actor: Actor, *, persona_id: int | None, version: int, datos: Mapping[str, Any]
) -> int:
    """Agrega o corrige a una persona; devuelve su id. SinPermiso; `Conflicto`; `Problema` con su campo."""
    exigir(actor, Accion.EDITAR_DIRECTORIO)
    limpios = exigir_valores(PERSONA, datos)
    correo = limpios.get("correo") or ""
    if correo and ("@" not in correo.strip("@") or " " in correo):
        raise Problema(f"«{correo}» no es un correo.", "Corríjalo o déjelo vacío.", "correo")
    fila = session.get(Persona, persona_id) if persona_id else Persona(**limpios)
    return _poner(session, fila, persona_id, version, limpios)


def guardar_puesto(
    session: Session, actor: Actor, *, puesto_id: int | None, version: int, datos: Mapping[str, Any]
) -> int:
    """Agrega o corrige un puesto; devuelve su id. SinPermiso; `Conflicto`; `Problema` con su campo."""
    exigir(actor, Accion.EDITAR_DIRECTORIO)
    limpios = exigir_valores(PUESTO, datos)
    p = tabla(Puesto).c
    igual = select(p.id).where(p.dependencia_id == limpios["dependencia_id"], p.nombre == limpios["nombre"])
    if (ya := session.execute(igual).scalar()) is not None and ya != puesto_id:
        raise Problema("La dependencia ya tiene ese puesto.", "Corrija el que ya está.", "nombre")
    _exigir_sin_ciclo(session, puesto_id, limpios.get("reporta_a_id"))
    fila = session.get(Puesto, puesto_id) if puesto_id else Puesto(**limpios)
    return _poner(session, fila, puesto_id, version, limpios)


def _exigir_sin_ciclo(session: Session, puesto_id: int | None, jefe: int | None) -> None:
    """Nadie reporta, ni de lejos, a sí mismo."""
    while jefe is not None and puesto_id is not None:
        if jefe == puesto_id:
            raise Problema("Ese puesto le reporta a éste.", "Elija otro.", "reporta_a_id")
        jefe = session.get_one(Puesto, jefe).reporta_a_id


def _poner(session: Session, fila: Any, cual: int | None, version: int, datos: Mapping[str, Any]) -> int:
    if fila is None:
        raise SinPermiso(Accion.EDITAR_DIRECTORIO)
    if cual:
        exigir_version(fila, version)
        for clave, valor in datos.items():
            setattr(fila, clave, valor)
    session.add(fila)
    session.flush()
    return int(fila.id or 0)


def guardar_aviso(session: Session, actor: Actor, *, version: int, texto: str) -> None:
    """El aviso de privacidad del municipio; vacío, el de omisión. SinPermiso; `Conflicto`; `Problema`."""
    exigir(actor, Accion.EDITAR_DIRECTORIO)
    municipio = el_municipio(session)
    if municipio is None:
        raise Problema("Aún no hay municipio.", "Guárdelo primero en Configuración.")
    exigir_version(municipio, version)
    if len(texto) > AVISO_MAXIMO:
        raise Problema(f"Caben {AVISO_MAXIMO:,} letras.", "Resúmalo.", "texto")
    municipio.aviso_privacidad = texto.strip()
    session.add(municipio)
    session.flush()
