"""Ingresos por rubro: identidades del Estado Analítico de Ingresos y si está llegando lo que se espera."""

from dataclasses import dataclass, fields
from decimal import Decimal

from db.rules.estado import Estado
from db.rules.formato import mdp
from db.rules.hoja import sin_cifra
from db.rules.periodo import Corte
from db.rules.resultado import Detalle, Insumo, Resultado

RUBROS = {
    "1": "Impuestos",
    "2": "Cuotas y Aportaciones de Seguridad Social",
    "3": "Contribuciones de Mejoras",
    "4": "Derechos",
    "5": "Productos",
    "6": "Aprovechamientos",
    "7": "Ingresos por Venta de Bienes, Prestación de Servicios y Otros Ingresos",
    "8": "Participaciones, Aportaciones, Convenios, Incentivos Derivados de la Colaboración Fiscal y "
    "Fondos Distintos de Aportaciones",
    "9": "Transferencias, Asignaciones, Subsidios y Subvenciones, y Pensiones y Jubilaciones",
    "0": "Ingresos Derivados de Financiamientos",
}
"""Primer dígito del Clasificador por Rubros de Ingresos (CONAC)."""

SIN_RUBRO = "Rubro no reconocido"


def rubro_de(clave: str) -> str:
    """Nombre del rubro al que pertenece una clave («11», «8101», «0»)."""
    return RUBROS.get(clave[:1], SIN_RUBRO)


@dataclass(frozen=True, slots=True)
class Ingreso:
    """Momentos contables del ingreso, en centavos."""

    estimado: int = 0
    ampliaciones: int = 0
    reducciones: int = 0
    devengado: int = 0
    recaudado: int = 0

    @property
    def modificado(self) -> int:
        """Estimado + ampliaciones − reducciones."""
        return self.estimado + self.ampliaciones - self.reducciones

    @property
    def diferencia(self) -> int:
        """Recaudado − estimado, como la imprime el Estado Analítico de Ingresos."""
        return self.recaudado - self.estimado

    def __add__(self, otro: "Ingreso") -> "Ingreso":
        return Ingreso(*(getattr(self, c.name) + getattr(otro, c.name) for c in fields(self)))


def revisar(ingreso: Ingreso) -> list[tuple[str, str]]:
    """(regla, en palabras) de lo que no cuadra en un renglón del año; vacío si todo cuadra."""
    faltas = []
    if ingreso.modificado < 0:
        faltas.append(("modificado negativo", "las reducciones son mayores que lo estimado y ampliado"))
    if ingreso.recaudado > ingreso.devengado:
        faltas.append(
            ("recaudado mayor que devengado", f"se recaudaron {mdp(ingreso.recaudado)} y se devengaron "
             f"{mdp(ingreso.devengado)}")
        )  # fmt: skip
    return faltas


def avance_de_ingresos(recaudado: int, previsto: int, corte: Corte) -> Resultado:
    """Recaudado ÷ lo previsto al corte × 100; sin previsto no hay porcentaje. No lleva semáforo."""
    insumos = (Insumo("Recaudado", mdp(recaudado)), Insumo("Previsto al corte", mdp(previsto)))
    if previsto <= 0:
        return sin_cifra(Estado.sin_meta, "no hay ingreso previsto al corte", corte, *insumos)
    valor = Decimal(recaudado) / Decimal(previsto) * 100
    detalle = Detalle("recaudado ÷ modificado calendarizado al corte × 100", insumos, corte=corte)
    return Resultado(valor, Estado.sin_meta, detalle)


def en_palabras(recaudado: int, previsto: int, gastado: int) -> str:
    """¿Está llegando el dinero con que cuentan los programas? La respuesta, en una frase."""
    resta = recaudado - previsto
    if previsto <= 0:
        llega = f"Se han recaudado {mdp(recaudado)} sin estimación al corte"
    elif abs(resta) * 100 <= previsto:
        llega = f"Está llegando lo previsto: {mdp(recaudado)} de {mdp(previsto)}"
    else:
        lado = "menos" if resta < 0 else "más"
        llega = f"Han llegado {mdp(recaudado)}: {mdp(abs(resta))} {lado} de lo previsto"
    falta = gastado - recaudado
    return f"{llega}; no alcanza para lo devengado por {mdp(falta)}" if falta > 0 else llega
