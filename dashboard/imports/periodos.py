"""A qué mes o trimestre se refiere cada renglón de un archivo de avances."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.imports.lectura.valores import Periodo
from db.models.municipio import Periodicidad

TRIMESTRE = 3
"""Meses de un trimestre."""


@dataclass(frozen=True, slots=True)
class Lapso:
    """El último mes del periodo, y si el archivo lo dijo como mes."""

    mes: int
    mensual: bool


@dataclass(slots=True)
class Periodos:
    """Cómo se leen los periodos de un archivo: qué significa un número solo."""

    numeros_son_meses: bool = False
    hay_numeros: bool = False

    @classmethod
    def de(cls, leidos: Iterable[Periodo | None]) -> "Periodos":
        """Un número mayor que 4 dice que los números solos son meses."""
        numeros = [p.numero for p in leidos if p is not None and p.tipo == "numero"]
        return cls(any(numero > 4 for numero in numeros), bool(numeros))

    def lapso(self, periodo: Periodo) -> Lapso | None:
        """El lapso del periodo, o None si el número no cabe en un año."""
        tipo = periodo.tipo
        if tipo == "numero":
            tipo = "mes" if self.numeros_son_meses else "trimestre"
        meses = {"mes": 1, "trimestre": TRIMESTRE, "semestre": 6, "anio": 12}[tipo]
        ultimo = 12 if tipo == "anio" else meses * periodo.numero
        return Lapso(ultimo, tipo == "mes") if 1 <= ultimo <= 12 else None

    def aviso(self) -> list[str]:
        """Lo que se supuso de los números solos."""
        if not self.hay_numeros:
            return []
        que = "meses, porque hay mayores que 4" if self.numeros_son_meses else "trimestres"
        return [f"Los periodos escritos sólo con número se tomaron como {que}."]


def periodicidad_del_archivo(lapsos: Iterable[Lapso]) -> Periodicidad | None:
    """Mes si alguna actividad se reporta por mes; None si no hay ninguna."""
    mensuales = [lapso.mensual for lapso in lapsos]
    if not mensuales:
        return None
    return Periodicidad.MES if any(mensuales) else Periodicidad.TRIMESTRE
