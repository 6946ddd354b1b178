"""Las cuentas de los formatos PbRM de metas de actividad: trimestres, porcentajes y variaciones.

Todo porcentaje es sobre la meta anual, como lo imprime el 08c (Manual PbRM del Estado de México).
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.rules.periodo import Operacion, acumular

CIEN = Decimal(100)
TRIMESTRES = ((0, 3), (3, 6), (6, 9), (9, 12))

Meses = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Cuanto:
    """Una cantidad y qué parte es de la meta anual, en porcentaje; None si no se puede saber."""

    meta: Decimal | None
    parte: Decimal | None


@dataclass(frozen=True, slots=True)
class Avance:
    """Lo programado, lo alcanzado y su variación en un periodo."""

    programada: Cuanto
    alcanzada: Cuanto
    variacion: Cuanto


def parte_de(valor: Decimal | None, total: Decimal | None) -> Decimal | None:
    """`valor` como porcentaje de `total`; None si falta alguno o el total es cero."""
    return None if valor is None or not total else valor * CIEN / total


def por_trimestre(meses: Meses, operacion: Operacion) -> tuple[Decimal | None, ...]:
    """Los doce meses acumulados en cuatro trimestres."""
    return tuple(acumular(meses[desde:hasta], operacion) for desde, hasta in TRIMESTRES)


def anual(meses: Meses, operacion: Operacion) -> Decimal | None:
    """La meta del año según cómo se acumula."""
    return acumular(meses, operacion)


def calendario(meses: Meses, operacion: Operacion) -> tuple[Cuanto, ...]:
    """Cada trimestre con su parte de la meta anual (02a)."""
    total = anual(meses, operacion)
    return tuple(Cuanto(t, parte_de(t, total)) for t in por_trimestre(meses, operacion))


def avance(programado: Decimal | None, alcanzado: Decimal | None, meta_anual: Decimal | None) -> Avance:
    """Un periodo del 08c: la variación es alcanzado − programado."""
    diferencia = None
    if alcanzado is not None:
        diferencia = alcanzado - (programado or Decimal(0))
    return Avance(
        Cuanto(programado, parte_de(programado, meta_anual)),
        Cuanto(alcanzado, parte_de(alcanzado, meta_anual)),
        Cuanto(diferencia, parte_de(diferencia, meta_anual)),
    )


def variacion(antes: Decimal | None, ahora: Decimal | None) -> Cuanto:
    """Absoluta y en porcentaje de lo alcanzado el año anterior (01c)."""
    if antes is None or ahora is None:
        return Cuanto(None, None)
    return Cuanto(ahora - antes, parte_de(ahora - antes, antes))


def sin_hoja(
    asignado: Sequence[Mapping[str, Any]], puestos: Container[tuple[str, int | None]]
) -> list[Mapping[str, Any]]:
    """Lo aprobado que ninguna hoja del 01a lleva: `puestos` son los (proyecto, general) que van."""
    return [a for a in asignado if a["aprobado"] and (a["proyecto"], a["general_id"]) not in puestos]


def por_que_sin_hoja(asignado: Mapping[str, Any]) -> tuple[str, str]:
    """Por qué no va y cómo se remedia."""
    proyecto, dependencia = asignado["proyecto"], asignado["dependencia"]
    if not proyecto:
        return "su clave no dice proyecto", "Corrija la clave en el archivo del presupuesto."
    if not asignado["registrado"]:
        return f"el proyecto {proyecto} no está en el catálogo", "Agréguelo en Programas."
    if asignado["general_id"] is None:
        return (
            f"la dependencia {dependencia or 'sin código'} no está registrada",
            "Regístrela en Dependencias.",
        )
    return (
        f"ninguna dependencia auxiliar de {dependencia} con ese dinero está registrada",
        "Regístrela en Dependencias.",
    )


def del_trimestre(
    operacion: Operacion, mes: int, ahora: Decimal | None, antes: Decimal | None
) -> Decimal | None:
    """Lo de un solo trimestre según dos acumulados seguidos, para un cierre que no lo guardó.

    Una suma es la diferencia; lo constante y el valor actual son lo último dicho. De un promedio, un máximo o
    un mínimo no se puede saber, salvo en el primer trimestre: None.
    """
    if ahora is None or mes <= 3 or operacion in (Operacion.constante, Operacion.valor_actual):
        return ahora
    if operacion is Operacion.suma and antes is not None:
        return ahora - antes
    return None
