"""Lo que se obtuvo de un archivo: textos por campo, de dónde salió cada uno y lo que hay que corregir."""

from dataclasses import dataclass, field

from dashboard.imports.lectura.extraccion import FilaTotal
from dashboard.imports.lectura.problema_celda import ProblemaCelda


@dataclass(slots=True)
class Lectura:
    """Resultado de `leer`.

    `columnas` trae, por cada campo hallado, un texto por fila de datos (None si la celda está en blanco);
    un campo optativo que el archivo no trae no aparece. `filas` son los números de fila en la hoja.
    """

    hoja: str
    fila_encabezado: int
    letras: dict[str, str]
    titulos: dict[str, str]
    desconocidas: list[str]
    tipo: str
    previas: list[str]
    """Títulos de arriba del encabezado: nombre del documento, ejercicio, periodo."""
    columnas: dict[str, list[str | None]] = field(default_factory=dict)
    filas: list[int] = field(default_factory=list)
    totales: list[FilaTotal] = field(default_factory=list)
    problemas: list[ProblemaCelda] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    sha256: str = ""
    bytes: int = 0

    def celda(self, campo: str, i: int) -> str:
        """Dirección en la hoja («D14») del dato `i` de `campo`."""
        return f"{self.letras[campo]}{self.filas[i]}"
