"""Un fondo etiquetado: qué falta por recibir y por gastar, y cuánto queda de cada plazo."""

from dataclasses import dataclass
from datetime import date

from db.rules.estado import Estado
from db.rules.formato import fecha_larga

AVISO = 60
"""Días antes de un plazo desde los que ya pide atención si queda dinero."""


@dataclass(frozen=True, slots=True)
class Saldo:
    """El dinero de un fondo al corte, en centavos.

    `asignado` es lo publicado en el año y `recibido` lo ministrado; lo demás es lo de sus claves.
    """

    asignado: int
    recibido: int
    modificado: int
    comprometido: int
    devengado: int
    pagado: int

    @property
    def autorizado(self) -> int:
        """Contra qué se mide: lo asignado o, mientras no se publique, lo presupuestado."""
        return self.asignado or self.modificado

    @property
    def por_recibir(self) -> int:
        return self.autorizado - self.recibido

    @property
    def por_comprometer(self) -> int:
        return self.autorizado - self.comprometido

    @property
    def por_devengar(self) -> int:
        """Lo que habría que reintegrar si nada más se devengara."""
        return self.autorizado - self.devengado

    @property
    def por_pagar(self) -> int:
        return self.devengado - self.pagado

    @property
    def en_caja(self) -> int:
        """Lo recibido que aún no se paga; negativo, se pagó con otro dinero."""
        return self.recibido - self.pagado


@dataclass(frozen=True, slots=True)
class Plazo:
    """Una fecha límite, lo que falta para cumplirla y cómo va. `resta` en centavos."""

    que: str
    limite: date
    dias: int
    resta: int

    @property
    def estado(self) -> Estado:
        """Cumplido si no resta nada; crítico si ya venció; en riesgo si está cerca."""
        if self.resta <= 0:
            return Estado.adecuado
        if self.dias < 0:
            return Estado.critico
        return Estado.riesgo if self.dias <= AVISO else Estado.no_toca

    @property
    def palabra(self) -> str:
        """Cómo se llama su estado: el de un plazo no es el de una meta."""
        return {
            Estado.adecuado: "Cumplido",
            Estado.critico: "Vencido con saldo",
            Estado.riesgo: "Por vencer",
            Estado.no_toca: "A tiempo",
        }[self.estado]

    @property
    def en_palabras(self) -> str:
        """«quedan 39 días, hasta el 31 de diciembre de 2026»."""
        return (
            f"{cuanto_queda(self.dias)}, {'era' if self.dias < 0 else 'hasta'} el {fecha_larga(self.limite)}"
        )


def cuanto_queda(dias: int) -> str:
    """«quedan 39 días», «queda un día», «vence hoy» o «venció hace 3 días»."""
    if dias == 0:
        return "vence hoy"
    cuantos = "un día" if abs(dias) == 1 else f"{abs(dias):,} días"
    if dias < 0:
        return f"venció hace {cuantos}"
    return f"queda{'' if dias == 1 else 'n'} {cuantos}"


def plazos(
    saldo: Saldo, compromiso: date | None, devengo: date | None, pago: date | None, hoy: date
) -> list[Plazo]:
    """Los plazos que tiene el fondo, en su orden, contados desde `hoy`."""
    pares = (
        ("comprometer", compromiso, saldo.por_comprometer),
        ("devengar", devengo, saldo.por_devengar),
        ("pagar", pago, saldo.por_pagar),
    )
    return [Plazo(que, limite, (limite - hoy).days, resta) for que, limite, resta in pares if limite]
