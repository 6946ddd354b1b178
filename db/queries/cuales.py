"""De qué metas o indicadores se pregunta: de un ejercicio, y de unos entes o dependencias."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.indicadores import Indicador


@dataclass(frozen=True, slots=True)
class Cuales:
    """El alcance de una pregunta; lo vacío es todos."""

    modelo: type[MetaActividad] | type[Indicador]
    anio: int
    entes: Sequence[int] | None = None
    dependencias: Sequence[int] | None = None
    ids: Sequence[int] | None = None

    def de(self, consulta: Select[Any]) -> Select[Any]:
        """La consulta, sólo con lo pedido."""
        c = tabla(self.modelo).c
        consulta = consulta.where(c.anio == self.anio)
        pedidos = ((c.ente_id, self.entes), (c.dependencia_id, self.dependencias), (c.id, self.ids))
        for columna, elegidos in pedidos:
            consulta = consulta if elegidos is None else consulta.where(columna.in_(elegidos))
        return consulta
