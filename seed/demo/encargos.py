"""Cómo se siembra un encargo de cualquier registro: se abre, se llena y recorre sus etapas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions import encargos, partes_encargo
from db.base import tabla
from db.models.encargos import Encargo
from db.models.plan import NodoPlan
from db.rules.permisos import Rol
from seed.demo.calendario import HOY
from seed.demo.estructura import Base


@dataclass(frozen=True, slots=True)
class Siembra:
    """Un encargo inventado. Los días se cuentan desde hoy: negativos, antes."""

    titulo: str
    dependencia: str
    """Clave de la dependencia general del Ayuntamiento."""
    resumen: str = ""
    desde: int = -120
    vence: int | None = None
    datos: Mapping[str, Any] = field(default_factory=dict)
    etapas: Sequence[str] = ()
    """Por las que pasa, en orden, después de la inicial."""
    razon: str = ""
    pasos: Sequence[tuple[str, int, int, int | None]] = ()
    """Qué, desde, hasta y cuándo se hizo."""
    participan: Sequence[tuple[str, str]] = ()
    """Dependencia y a qué se comprometió."""
    renglones: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    nodos: Sequence[str] = ()
    """Claves de los temas del plan que toca."""
    programas: Sequence[str] = ()
    comentarios: Sequence[str] = ()


def sembrar(session: Session, base: Base, registro: str, una: Siembra) -> int:
    """Crea el encargo con todo lo suyo y devuelve su id."""
    actor = base.actores[Rol.PLANEACION]
    comunes = {
        "titulo": una.titulo,
        "resumen": una.resumen,
        "dependencia_id": base.dependencias["AYTO", una.dependencia, ""],
        "inicio": HOY + timedelta(days=una.desde),
        "vence": None if una.vence is None else HOY + timedelta(days=una.vence),
    }
    cual = encargos.abrir(session, actor, registro=registro, datos=comunes | dict(una.datos))
    for titulo, inicio, fin, hecho in una.pasos:
        paso = {
            "titulo": titulo,
            "inicio": HOY + timedelta(days=inicio),
            "fin": HOY + timedelta(days=fin),
            "hecho_en": None if hecho is None else HOY + timedelta(days=hecho),
        }
        partes_encargo.poner_paso(session, actor, encargo_id=cual, paso_id=None, version=0, datos=paso)
    for clave, compromiso in una.participan:
        quien = {"dependencia_id": base.dependencias["AYTO", clave, ""], "compromiso": compromiso}
        partes_encargo.poner_participante(
            session, actor, encargo_id=cual, participante_id=None, version=0, datos=quien
        )
    for detalle, filas in una.renglones.items():
        for fila in filas:
            partes_encargo.poner_renglon(
                session, actor, encargo_id=cual, detalle=detalle, renglon_id=None, version=0, datos=fila
            )
    _ligar(session, base, cual, una)
    for texto in una.comentarios:
        partes_encargo.comentar(session, actor, encargo_id=cual, texto=texto)
    for etapa in una.etapas:
        version = session.get_one(Encargo, cual).version
        encargos.mover(session, actor, encargo_id=cual, version=version, etapa=etapa, texto=una.razon)
    _fechar(session, cual, una)
    return cual


def _fechar(session: Session, cual: int, una: Siembra) -> None:
    """Lo que concluyó, en su día y no en el de hoy: el de su último paso, su plazo o su publicación."""
    fila = session.get_one(Encargo, cual)
    if fila.concluido_en is None:
        return
    dias = [hecho for *_, hecho in una.pasos if hecho is not None]
    if dias or (una.vence is not None and una.vence < 0):
        fila.concluido_en = HOY + timedelta(days=max(dias) if dias else una.vence or 0)
    elif publicado := una.datos.get("publicado_en") or una.datos.get("vigente_desde"):
        fila.concluido_en = publicado
    session.add(fila)
    session.flush()


def _ligar(session: Session, base: Base, cual: int, una: Siembra) -> None:
    actor, n = base.actores[Rol.PLANEACION], tabla(NodoPlan).c
    for clave in una.nodos:
        nodo = session.execute(select(n.id).where(n.nivel == 2, n.clave == clave)).scalar_one()
        partes_encargo.ligar(session, actor, encargo_id=cual, asunto="nodo", referencia=str(nodo))
    for clave in una.programas:
        partes_encargo.ligar(session, actor, encargo_id=cual, asunto="programa", referencia=clave)
