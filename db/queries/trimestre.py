"""Lo que los 08b y 08c imprimen de un solo trimestre: se congela al cerrar, junto con lo acumulado.

Las cantidades van como texto exacto, como se guardan; lo vacío no se sabe.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from db.queries.actividad import Meta
from db.queries.evaluacion import Evaluacion
from db.queries.indicadores import FichaIndicador, Variable
from db.rules.debido import IndicadorEvaluable
from db.rules.indicador import evaluar_indicador
from db.rules.pbrm import anual
from db.rules.periodo import acumular, periodos

Datos = dict[str, Any]


def texto(valor: Decimal | None) -> str | None:
    """La cantidad como se guarda."""
    return None if valor is None else str(valor)


def de_meta(meta: Meta, mes: int) -> Datos:
    """Número, unidad, meta anual y lo programado y alcanzado sólo en el trimestre que termina en `mes`."""
    inicio = (mes - 1) // 3 * 3
    meses = meta.programado(mes)
    suyos = [
        alcanzado
        for periodo, alcanzado in zip(periodos(meta.periodicidad), meta.alcanzado, strict=True)
        if inicio < periodo.mes_fin <= mes
    ]
    return {
        "numero": meta.numero,
        "unidad": meta.unidad,
        "operacion": meta.operacion.value,
        "anual": texto(anual(meses, meta.operacion)),
        "programado": texto(acumular(meses[inicio:mes], meta.operacion)),
        "alcanzado": texto(acumular(suyos, meta.operacion)),
    }


def de_indicador(evaluacion: Evaluacion, ficha: FichaIndicador) -> Datos:
    """`trimestre` (programado, alcanzado y sus variables) y `cumplimiento_trimestre`, un resultado."""
    mes = evaluacion.corte.mes
    evaluable = ficha.evaluable(mes, evaluacion.ventanas_indicadores.de(ficha.dependencia_id))
    hoja = evaluar_indicador(_solo(evaluable, (mes + 2) // 3), evaluacion.corte, evaluacion.bandas)
    return {
        "trimestre": {
            "programado": texto(hoja.programado_acum),
            "alcanzado": texto(hoja.alcanzado_acum),
            "variables": [_variable(v, mes) for v in ficha.variables],
        },
        "cumplimiento_trimestre": hoja.cumplimiento.a_dict(),
    }


def _solo(evaluable: IndicadorEvaluable, trimestre: int) -> IndicadorEvaluable:
    """El mismo indicador con un solo trimestre: lo demás no se programó ni se logró."""

    def unico(valores: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(v if n == trimestre else None for n, v in enumerate(valores, start=1))

    variables = tuple(
        replace(
            v,
            programado=unico(v.programado),
            original=unico(v.original),
            alcanzado=unico(v.alcanzado),
            preliminar=unico(v.preliminar),
        )
        for v in evaluable.variables
    )
    return replace(evaluable, variables=variables)


def _variable(v: Variable, mes: int) -> Datos:
    programado, cual = v.programado(mes), (mes + 2) // 3
    return {
        "letra": v.letra,
        "nombre": v.nombre,
        "unidad": v.unidad,
        "operacion": v.operacion.value,
        "anual": texto(acumular(programado, v.operacion)),
        "programado": texto(programado[cual - 1]),
        "alcanzado": texto(v.alcanzado[cual - 1]),
        "programado_acum": texto(acumular(programado[:cual], v.operacion)),
        "alcanzado_acum": texto(acumular(v.alcanzado[:cual], v.operacion)),
    }
