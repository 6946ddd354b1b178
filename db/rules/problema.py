"""El error que una persona puede leer y remediar."""


class Problema(Exception):
    """Algo que el usuario puede corregir.

    `mensaje` dice qué pasó; `remedio`, cómo se arregla; `campo`, junto a qué dato se muestra.
    """

    def __init__(self, mensaje: str, remedio: str = "", campo: str | None = None) -> None:
        super().__init__(mensaje, remedio, campo)
        self.mensaje = mensaje
        self.remedio = remedio
        self.campo = campo

    def __str__(self) -> str:
        return f"{self.mensaje} {self.remedio}".strip()
