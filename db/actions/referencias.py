"""Guardar lo que otros municipios reportan de un indicador: sólo se compara, nunca entra a un cálculo."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.reverso import en_bloques
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.indicadores import ReferenciaIndicador
from db.rules.permisos import Accion, Actor, Objeto, exigir

LLAVE = ("indicador_id", "serie", "anio", "trimestre")


@dataclass(frozen=True, slots=True)
class FilaReferencia:
    """Un valor de una serie ajena; sin trimestre es el del año."""

    indicador_id: int
    ente_id: int
    serie: str
    anio: int
    trimestre: int | None
    valor: Decimal
    fuente: str


def guardar_referencias(session: Session, actor: Actor, filas: Sequence[FilaReferencia]) -> Cuenta:
    """Agrega o corrige referencias; las que no vienen se quedan. SinPermiso."""
    for ente_id in {fila.ente_id for fila in filas}:
        exigir(actor, Accion.CARGAR_INDICADORES, Objeto(ente_id))
    r = tabla(ReferenciaIndicador)
    existentes = [
        fila._asdict()
        for bloque in en_bloques(sorted({fila.indicador_id for fila in filas}))
        for fila in session.execute(select(r).where(r.c.indicador_id.in_(bloque)))
    ]
    datos: list[Fila] = [
        {
            "indicador_id": fila.indicador_id,
            "serie": fila.serie,
            "anio": fila.anio,
            "trimestre": fila.trimestre,
            "valor": fila.valor,
            "fuente": fila.fuente,
        }
        for fila in filas
    ]
    hecho = sincronizar(session, ReferenciaIndicador, LLAVE, datos, existentes)
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)
