"""El dinero: momentos contables, sus identidades, avance financiero y brecha (calculo.md §5)."""

from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise

from db.rules.estado import Estado
from db.rules.formato import moneda, numero, redondear
from db.rules.periodo import Corte
from db.rules.resultado import Detalle, Insumo, Resultado

TOLERANCIA_EAEPE = 100
"""Un peso por renglón, en centavos."""

A_LA_PAR = Decimal(1)
"""Brecha en puntos que se lee como ir a la par."""


@dataclass(frozen=True, slots=True)
class Momentos:
    """Los momentos del egreso, en centavos."""

    aprobado: int = 0
    ampliaciones: int = 0
    reducciones: int = 0
    comprometido: int = 0
    devengado: int = 0
    ejercido: int = 0
    pagado: int = 0

    @property
    def modificado(self) -> int:
        return self.aprobado + self.ampliaciones - self.reducciones

    @property
    def subejercicio(self) -> int:
        return self.modificado - self.devengado

    def __add__(self, otro: "Momentos") -> "Momentos":
        return Momentos(*(getattr(self, c.name) + getattr(otro, c.name) for c in fields(self)))


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Una identidad rota: la regla y lo que pasó, con cifras."""

    regla: str
    mensaje: str


ORDEN = ("modificado", "comprometido", "devengado", "ejercido", "pagado")


def revisar(momentos: Momentos) -> tuple[Hallazgo, ...]:
    """Momentos negativos, y el orden modificado ≥ comprometido ≥ devengado ≥ ejercido ≥ pagado."""
    hallazgos = [
        Hallazgo("sin negativos", f"{campo} es {moneda(valor)}")
        for campo in (c.name for c in fields(momentos))
        if (valor := getattr(momentos, campo)) < 0
    ]
    for mayor, menor in pairwise(ORDEN):
        uno, otro = getattr(momentos, mayor), getattr(momentos, menor)
        if otro > uno:
            hallazgos.append(
                Hallazgo(
                    f"{mayor} ≥ {menor}", f"{menor} ({moneda(otro)}) es mayor que {mayor} ({moneda(uno)})"
                )
            )
    return tuple(hallazgos)


def revisar_eaepe(
    aprobado: int,
    ampliaciones_reducciones: int,
    modificado: int,
    devengado: int,
    subejercicio: int,
    tolerancia: int = TOLERANCIA_EAEPE,
) -> tuple[Hallazgo, ...]:
    """Las dos identidades de un renglón del EAEPE: 3 = 1 + 2 y 6 = 3 − 4, con la diferencia escrita."""
    hallazgos = []
    for regla, dice, sale in (
        (
            "Modificado = Aprobado + Ampliaciones/(Reducciones)",
            modificado,
            aprobado + ampliaciones_reducciones,
        ),
        ("Subejercicio = Modificado − Devengado", subejercicio, modificado - devengado),
    ):
        if abs(dice - sale) > tolerancia:
            hallazgos.append(
                Hallazgo(regla, f"dice {moneda(dice)}, resulta {moneda(sale)}: {moneda(dice - sale)}")
            )
    return tuple(hallazgos)


def avance_financiero(
    devengado: int | None, modificado: int | None, corte: Corte | None = None, fuente: str = ""
) -> Resultado:
    """Devengado acumulado ÷ modificado anual vigente × 100; centavos. Sin presupuesto: `sin_dato`."""
    if devengado is None or modificado is None:
        return Resultado(None, Estado.sin_dato, Detalle("sin dato financiero", corte=corte))
    insumos = (
        Insumo("Devengado acumulado", moneda(devengado), fuente),
        Insumo("Modificado anual vigente", moneda(modificado), fuente),
    )
    if modificado <= 0:
        if not modificado and not devengado:
            return Resultado(None, Estado.no_toca, Detalle("sin presupuesto ni gasto", insumos, corte=corte))
        nota = "sobreejercicio: se devengó sin presupuesto autorizado, sin porcentaje"
        return Resultado(None, Estado.critico, Detalle(nota, insumos, corte=corte))
    valor = Decimal(devengado) / modificado * 100
    estado = Estado.critico if devengado > modificado else Estado.adecuado
    notas = ("sobreejercicio: se devengó más de lo autorizado",) if devengado > modificado else ()
    detalle = Detalle("devengado acumulado ÷ modificado anual × 100", insumos, corte=corte, notas=notas)
    return Resultado(valor, estado, detalle)


def brecha(avance_anual: Resultado, financiero: Resultado) -> Resultado:
    """Avance anual − avance financiero, en puntos porcentuales; si falta un lado dice cuál."""
    if avance_anual.valor is None or financiero.valor is None:
        faltan = [
            nombre
            for nombre, lado in (("físico", avance_anual), ("financiero", financiero))
            if lado.valor is None
        ]
        return Resultado(
            None, Estado.sin_dato, Detalle(f"sin dato {' ni '.join(faltan)}", corte=financiero.detalle.corte)
        )
    puntos = avance_anual.valor - financiero.valor
    insumos = (
        Insumo("Avance anual", avance_anual.cifra()),
        Insumo("Avance financiero", financiero.cifra()),
    )
    estado = Estado.adecuado if puntos > -A_LA_PAR else Estado.riesgo
    detalle = Detalle(
        "avance anual − avance financiero",
        insumos,
        corte=financiero.detalle.corte,
        notas=(en_palabras(puntos),),
    )
    return Resultado(puntos, estado, detalle)


def en_palabras(puntos: Decimal) -> str:
    """«se ha gastado 22 puntos más de lo que se ha logrado», su contrario, o «a la par»."""
    if abs(puntos) < A_LA_PAR:
        return "a la par"
    cuantos = abs(redondear(puntos, 0))
    palabra = "punto" if cuantos == 1 else "puntos"
    if puntos < 0:
        return f"se ha gastado {numero(cuantos)} {palabra} más de lo que se ha logrado"
    return f"se ha logrado {numero(cuantos)} {palabra} más de lo que se ha gastado"
