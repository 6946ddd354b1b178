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
    """El alcance de una pregunta; `entes` y `dependencias` vacíos son todos."""

    modelo: type[MetaActividad] | type[Indicador]
    anio: int
    entes: Sequence[int] | None = None
    dependencias: Sequence[int] | None = None

    def de(self, consulta: Select[Any]) -> Select[Any]:
        """La consulta, sólo con lo pedido."""
        c = tabla(self.modelo).c
        consulta = consulta.where(c.anio == self.anio)
        if self.dependencias is not None:
            consulta = consulta.where(c.dependencia_id.in_(self.dependencias))
        return consulta if self.entes is None else consulta.where(c.ente_id.in_(self.entes))
