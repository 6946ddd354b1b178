"""Entes, dependencias y catálogo oficial: lo que un archivo necesita para reconocer sus claves."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Dependencia, NivelDependencia
from db.models.municipio import Ente, TipoEnte

AMBITOS = {
    TipoEnte.AYUNTAMIENTO: "Municipios",
    TipoEnte.DIF: "Sistemas Municipales DIF",
    TipoEnte.AGUA: "Organismos Operadores de Agua",
    TipoEnte.DEPORTE: "Institutos Municipales de Cultura Física y Deporte",
    TipoEnte.JUVENTUD: "Institutos Municipales de la Juventud",
}
"""Ámbito del catálogo de dependencias del Estado de México que usa cada tipo de ente."""


def entes_activos(session: Session) -> list[dict[str, Any]]:
    """Los entes activos, el ayuntamiento primero: id, clave, nombre y tipo."""
    e = tabla(Ente).c
    filas = session.execute(select(e.id, e.clave, e.nombre, e.tipo).where(e.activo).order_by(e.id))
    return sorted((f._asdict() for f in filas), key=lambda f: f["tipo"] is not TipoEnte.AYUNTAMIENTO)


@dataclass(slots=True)
class Dependencias:
    """Las dependencias de un ente por clave: generales, y auxiliares por (general, auxiliar)."""

    generales: dict[str, int] = field(default_factory=dict)
    auxiliares: dict[tuple[str, str], int] = field(default_factory=dict)

    def superiores(self, general: str, auxiliar: str) -> frozenset[int]:
        """Identidades de la auxiliar y de la general que la contiene."""
        ids = (self.generales.get(general), self.auxiliares.get((general, auxiliar)))
        return frozenset(identidad for identidad in ids if identidad is not None)


def dependencias(session: Session, ente_id: int | None) -> Dependencias:
    """Las dependencias del ente; ninguna si aún no hay ente."""
    d = tabla(Dependencia).c
    todas = Dependencias()
    filas = session.execute(
        select(d.id, d.padre_id, d.nivel, d.clave)
        .where(d.ente_id == ente_id)
        .order_by(d.padre_id.is_not(None))
    ).all()
    claves = {fila.id: fila.clave for fila in filas if fila.nivel is NivelDependencia.GENERAL}
    todas.generales = {clave: identidad for identidad, clave in claves.items()}
    for fila in filas:
        if fila.nivel is NivelDependencia.AUXILIAR and fila.padre_id in claves:
            todas.auxiliares[claves[fila.padre_id], fila.clave] = fila.id
    return todas


def nombres_oficiales(session: Session, ente_id: int | None) -> dict[tuple[NivelDependencia, str], str]:
    """Nombre de cada clave según el catálogo del tipo de ente; si ahí no está, el de otro ámbito."""
    c = tabla(EntradaCatalogo).c
    tipo = session.execute(select(tabla(Ente).c.tipo).where(tabla(Ente).c.id == ente_id)).scalar()
    propio = AMBITOS.get(tipo or TipoEnte.AYUNTAMIENTO, "")
    niveles = {
        NombreCatalogo.DEPENDENCIA_GENERAL: NivelDependencia.GENERAL,
        NombreCatalogo.DEPENDENCIA_AUXILIAR: NivelDependencia.AUXILIAR,
    }
    filas = session.execute(
        select(c.catalogo, c.clave, c.nombre, c.ambito).where(c.catalogo.in_(niveles)).order_by(c.id)
    ).all()
    nombres: dict[tuple[NivelDependencia, str], str] = {}
    for fila in sorted(filas, key=lambda f: f.ambito != propio):
        nombres.setdefault((niveles[fila.catalogo], fila.clave), fila.nombre)
    # Una general puede fungir como su propia auxiliar («A04»/«A04»).
    propias = {
        clave: nombre for (nivel, clave), nombre in nombres.items() if nivel is NivelDependencia.GENERAL
    }
    for clave, nombre in propias.items():
        nombres.setdefault((NivelDependencia.AUXILIAR, clave), nombre)
    return nombres


def nombres_de_auxiliares(session: Session) -> dict[tuple[int, str, str], str]:
    """Nombre de cada dependencia auxiliar por (ente, general, auxiliar)."""
    d = tabla(Dependencia)
    madre = d.alias("madre")
    filas = session.execute(
        select(d.c.ente_id, madre.c.clave, d.c.clave, d.c.nombre).join(madre, madre.c.id == d.c.padre_id)
    )
    return {(ente_id, general, auxiliar): nombre for ente_id, general, auxiliar, nombre in filas}
