"""Los estados de un resultado, todos con nombre, y cómo se presentan (calculo.md §3)."""

from dataclasses import dataclass
from enum import StrEnum


class Estado(StrEnum):
    """Estado de una hoja o de un nodo. Sólo los cuatro de banda llevan porcentaje."""

    sin_meta = "sin_meta"
    no_toca = "no_toca"
    sin_dato = "sin_dato"
    vencido = "vencido"
    en_revision = "en_revision"
    no_programado = "no_programado"
    critico = "critico"
    riesgo = "riesgo"
    adecuado = "adecuado"
    sobrecumplido = "sobrecumplido"
    sin_dato_suficiente = "sin_dato_suficiente"


DE_BANDA = (Estado.critico, Estado.riesgo, Estado.adecuado, Estado.sobrecumplido)
"""De peor a mejor en cuanto a la cifra."""


@dataclass(frozen=True, slots=True)
class Presentacion:
    """Palabra, icono y color de un estado; el color nunca va solo."""

    palabra: str
    icono: str
    color_claro: str
    color_oscuro: str

    @property
    def etiqueta(self) -> str:
        """«✔ En meta»."""
        return f"{self.icono} {self.palabra}"

    def color(self, oscuro: bool) -> str:
        """Color legible (≥ 4.5:1) sobre el fondo del tema."""
        return self.color_oscuro if oscuro else self.color_claro


PRESENTACION: dict[Estado, Presentacion] = {
    Estado.critico: Presentacion("Crítico", "✖", "#B3261E", "#FF8A80"),
    Estado.riesgo: Presentacion("En riesgo", "▲", "#8A5A00", "#FFC966"),
    Estado.adecuado: Presentacion("En meta", "✔", "#1B6E3C", "#7BD99A"),
    Estado.sobrecumplido: Presentacion("Sobrecumplido", "★", "#12436D", "#8AB8FF"),
    Estado.sin_dato: Presentacion("Sin dato", "●", "#595959", "#B8B8B8"),
    Estado.vencido: Presentacion("Vencido", "◆", "#7A1F4B", "#F29BC1"),
    Estado.en_revision: Presentacion("En revisión", "◐", "#1F5F99", "#7CC4F5"),
    Estado.no_programado: Presentacion("No programado", "✚", "#5B3E96", "#C3A6FF"),
    Estado.no_toca: Presentacion("Aún no toca", "▷", "#4A5F73", "#9FB6CC"),
    Estado.sin_meta: Presentacion("Sin meta", "○", "#6B6B6B", "#A6A6A6"),
    Estado.sin_dato_suficiente: Presentacion("Sin dato suficiente", "◇", "#5C5040", "#CDBFA8"),
}
