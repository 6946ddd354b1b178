"""Bandas del semáforo: datos del ejercicio, no código (calculo.md §3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from db.rules.estado import DE_BANDA, PRESENTACION, Estado
from db.rules.problema import Problema

META = Decimal(100)


@dataclass(frozen=True, slots=True)
class Banda:
    """Intervalo de cumplimiento en porcentaje; `None` es sin límite.

    `equivale` es uno de los cuatro estados de banda: con él se cuenta y se filtra.
    """

    codigo: str
    palabra: str
    icono: str
    color: str
    inferior: Decimal | None
    superior: Decimal | None
    equivale: Estado

    @property
    def intervalo(self) -> str:
        """El intervalo en palabras, para la leyenda: «de 70 a menos de 90 %»."""
        if self.inferior is None and self.superior is None:
            return "cualquier valor"
        if self.inferior is None:
            return f"{_menos_de(self.superior)} %"
        if self.superior is None:
            return f"{'más de' if _abierta_abajo(self) else 'desde'} {self.inferior:f} %"
        inicio = "más de" if _abierta_abajo(self) else "de"
        return f"{inicio} {self.inferior:f} a {_menos_de(self.superior)} %"


def _menos_de(superior: Decimal | None) -> str:
    assert superior is not None
    return f"{superior:f}" if superior >= META else f"menos de {superior:f}"


def _abierta_abajo(banda: Banda) -> bool:
    """Arriba de la meta, el límite inferior pertenece a la banda anterior, que es la mejor."""
    return banda.inferior is not None and banda.inferior >= META


def _contiene(banda: Banda, valor: Decimal) -> bool:
    """Cierto si `valor` cae en la banda; la frontera es del lado mejor, el más cercano a 100."""
    if banda.inferior is not None and (
        valor < banda.inferior or (valor == banda.inferior and _abierta_abajo(banda))
    ):
        return False
    if banda.superior is None or valor < banda.superior:
        return True
    return valor == banda.superior and banda.superior >= META


def clasificar(valor: Decimal, bandas: Sequence[Banda]) -> Banda:
    """La banda del valor exacto, sin redondear. Problema si las bandas no lo cubren."""
    for banda in bandas:
        if _contiene(banda, valor):
            return banda
    raise Problema("Ninguna banda cubre el resultado.", "Revise las bandas del ejercicio en Configuración.")


def validar(bandas: Sequence[Banda]) -> tuple[Banda, ...]:
    """Las bandas ordenadas; Problema si están vacías, repetidas, con huecos, encimadas o sin equivalencia."""
    if not bandas:
        raise Problema("El juego de bandas está vacío.", "Agregue al menos una banda.")
    if len({b.codigo for b in bandas}) != len(bandas):
        raise Problema("Hay dos bandas con el mismo código.", "Use un código distinto en cada una.")
    puestas = tuple(sorted(bandas, key=lambda b: (b.inferior is not None, b.inferior or Decimal(0))))
    if puestas[0].inferior is not None or puestas[-1].superior is not None:
        raise Problema(
            "Las bandas no cubren todos los valores.",
            "La primera no debe tener límite inferior ni la última límite superior.",
        )
    for banda in puestas:
        if banda.equivale not in DE_BANDA:
            raise Problema(
                f"La banda «{banda.palabra}» no dice a cuál de las cuatro generales equivale.",
                "Elija Crítico, En riesgo, En meta o Sobrecumplido.",
            )
    for anterior, banda in pairwise(puestas):
        if anterior.superior is None or anterior.superior != banda.inferior:
            raise Problema(
                f"Entre «{anterior.palabra}» y «{banda.palabra}» hay un hueco o se enciman.",
                "El límite superior de una banda debe ser el inferior de la siguiente.",
            )
        if anterior.inferior is not None and anterior.inferior >= anterior.superior:
            raise Problema(
                f"En «{anterior.palabra}» el límite inferior no es menor que el superior.",
                "Corrija los límites.",
            )
    return puestas


def _banda(
    codigo: str,
    inferior: int | None,
    superior: int | None,
    equivale: Estado,
    palabra: str = "",
    icono: str = "",
    color: str = "",
) -> Banda:
    como = PRESENTACION[equivale]
    return Banda(
        codigo,
        palabra or como.palabra,
        icono or como.icono,
        color or como.color_claro,
        None if inferior is None else Decimal(inferior),
        None if superior is None else Decimal(superior),
        equivale,
    )


GENERAL = (
    _banda("critico", None, 70, Estado.critico),
    _banda("riesgo", 70, 90, Estado.riesgo),
    _banda("adecuado", 90, 110, Estado.adecuado),
    _banda("sobrecumplido", 110, None, Estado.sobrecumplido),
)

CINCO_NIVELES = (
    _banda("critico", None, 50, Estado.critico),
    _banda("riesgo", 50, 70, Estado.riesgo, "Riesgo", "▼", "#A3481A"),
    _banda("aceptable", 70, 90, Estado.riesgo, "Aceptable"),
    _banda("adecuado", 90, 110, Estado.adecuado, "Adecuado"),
    _banda("planeacion_deficiente", 110, None, Estado.sobrecumplido, "Planeación deficiente"),
)
"""Escala de cinco niveles: «Aceptable» cuenta como En riesgo, la banda general de su mismo intervalo."""
