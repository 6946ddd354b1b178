"""La reconducción: cuándo se pide y se autoriza, qué calendario se admite y de qué lado queda cada meta.

Una meta reconducida conserva lo programado de los periodos que ya pasaron; sólo cambia lo que falta. Se pide
a más tardar el último día hábil del trimestre que cambia y se autoriza dentro de los cinco días hábiles que
siguen a su cierre (Manual PbRM, dictamen de reconducción).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from db.rules.captura import pide_justificacion
from db.rules.cumplimiento import Sentido
from db.rules.estado import Estado
from db.rules.formato import fecha, fecha_larga, numero, trimestre
from db.rules.habiles import habil_despues, ultimo_habil
from db.rules.periodo import Operacion, Periodo, acumular, periodos, ultimo_dia
from db.rules.problema import Problema
from db.rules.reparto import repartir
from db.rules.resultado import Resultado

DIAS_PARA_AUTORIZAR = 5
MAXIMA = Decimal(1_000_000_000_000)
"""Lo más que se programa en un periodo: cabe en la base sin perder decimales."""

Calendario = Mapping[int, Decimal]
"""Número de periodo → cantidad."""


class Lado(StrEnum):
    """Qué le pasa a la promesa del año."""

    REDUCE = "reduce"
    AMPLIA = "amplia"
    RECALENDARIZA = "recalendariza"


LADO = {
    Lado.REDUCE: ("▼", "Reduce"),
    Lado.AMPLIA: ("▲", "Amplía"),
    Lado.RECALENDARIZA: ("◆", "Recalendariza"),
}
"""Icono y palabra de cada lado."""


@dataclass(frozen=True, slots=True)
class Plazos:
    """Último día para pedir y último para autorizar."""

    pedir: date
    autorizar: date


def plazos(anio: int, mes_vigencia: int, inhabiles: Collection[date]) -> Plazos:
    """Los de una reconducción que rige desde `mes_vigencia`: cuentan por el trimestre de ese mes."""
    fin = _fin_de_trimestre(mes_vigencia)
    return Plazos(
        ultimo_habil(anio, fin, inhabiles),
        habil_despues(ultimo_dia(anio, fin), DIAS_PARA_AUTORIZAR, inhabiles),
    )


def _fin_de_trimestre(mes: int) -> int:
    return (mes - 1) // 3 * 3 + 3


def exigir_a_tiempo_pedir(anio: int, mes_vigencia: int, hoy: date, inhabiles: Collection[date]) -> None:
    """Problema si ya pasó el último día hábil del trimestre que cambia."""
    limite = plazos(anio, mes_vigencia, inhabiles).pedir
    if hoy > limite:
        cual = trimestre(anio, _fin_de_trimestre(mes_vigencia) // 3)
        raise Problema(
            f"El {cual} sólo se reconduce hasta su último día hábil, el {fecha(limite)}; hoy es "
            f"{fecha(hoy)}.",
            "Pídala desde el trimestre que está en curso.",
            campo="vigencia",
        )


def exigir_a_tiempo_autorizar(anio: int, mes_vigencia: int, hoy: date, inhabiles: Collection[date]) -> None:
    """Problema si ya pasaron los cinco días hábiles que siguen al cierre del trimestre que cambia."""
    limite = plazos(anio, mes_vigencia, inhabiles).autorizar
    if hoy > limite:
        raise Problema(
            f"Se autorizaba a más tardar el {fecha_larga(limite)}, cinco días hábiles después de terminar el "
            f"trimestre; hoy es {fecha(hoy)}.",
            "Rechácela y pida que se presente desde el trimestre en curso.",
            campo="resolucion",
        )


def exigir_abiertos(periodicidad: str, mes_vigencia: int, cerrados: Collection[int]) -> None:
    """Problema si un periodo que se reprograma ya se cerró; `cerrados` trae sus últimos meses."""
    for periodo in periodos(periodicidad):
        if periodo.mes_fin >= mes_vigencia and periodo.mes_fin in cerrados:
            raise Problema(
                f"El periodo {periodo.nombre} está cerrado: no se reprograma hacia atrás.",
                "Pídala desde un periodo abierto.",
                campo="vigencia",
            )


@dataclass(frozen=True, slots=True)
class Programado:
    """Lo programado y lo validado de una meta o variable, periodo por periodo del año."""

    nombre: str
    operacion: Operacion
    periodicidad: str
    original: tuple[Decimal | None, ...]
    vigente: tuple[Decimal | None, ...]
    alcanzado: tuple[Decimal | None, ...]

    @property
    def periodos(self) -> tuple[Periodo, ...]:
        return periodos(self.periodicidad)

    def abiertos(self, mes_vigencia: int) -> tuple[Periodo, ...]:
        """Los periodos que una reconducción con esa vigencia puede cambiar."""
        return tuple(p for p in self.periodos if p.mes_inicio >= mes_vigencia)

    def modificado(self, nuevos: Calendario) -> tuple[Decimal | None, ...]:
        """Lo vigente con lo nuevo en su lugar."""
        return tuple(nuevos.get(n, valor) for n, valor in enumerate(self.vigente, start=1))

    def anual(self, valores: tuple[Decimal | None, ...]) -> Decimal | None:
        """La promesa del año que dan esos periodos."""
        return acumular(valores, self.operacion)


def lado(p: Programado, nuevos: Calendario) -> Lado:
    """Si lo nuevo reduce, amplía o sólo mueve en el calendario la meta del año."""
    antes = p.anual(p.vigente) or Decimal(0)
    despues = p.anual(p.modificado(nuevos)) or Decimal(0)
    if despues == antes:
        return Lado.RECALENDARIZA
    return Lado.REDUCE if despues < antes else Lado.AMPLIA


def exigir_calendario(
    p: Programado, mes_vigencia: int, nuevos: Calendario, escrita: Decimal | None, campo: str
) -> None:
    """Problema, en `campo`, si el calendario nuevo no se admite.

    Se niega lo negativo, un periodo anterior a la vigencia, dejar vacío lo que estaba programado, una meta
    anual `escrita` que no da el calendario, y en una suma bajar de lo que ya se validó.
    """
    abiertos = {periodo.numero: periodo for periodo in p.abiertos(mes_vigencia)}
    for n, valor in nuevos.items():
        _exigir_cantidad(p, n, valor, abiertos, campo)
    for n, periodo in abiertos.items():
        if p.vigente[n - 1] is not None and n not in nuevos:
            raise Problema(
                f"{p.nombre}: falta lo programado de {periodo.nombre}.",
                "Escriba la cantidad; 0 si se cancela.",
                campo,
            )
    anual = p.anual(p.modificado(nuevos))
    if escrita is not None and escrita != anual:
        raise Problema(
            f"{p.nombre}: el calendario da {numero(anual)} en el año y usted escribió {numero(escrita)}.",
            "Corrija el calendario o la meta anual.",
            campo,
        )
    _exigir_lo_logrado(p, anual, campo)


def _exigir_cantidad(
    p: Programado, n: int, valor: Decimal, abiertos: Mapping[int, Periodo], campo: str
) -> None:
    if n not in abiertos:
        raise Problema(
            f"{p.nombre}: {p.periodos[n - 1].nombre} es anterior a la vigencia y no se reprograma.",
            "Cambie sólo los periodos que faltan.",
            campo,
        )
    if not valor.is_finite() or valor < 0:
        raise Problema(f"{p.nombre}: lo programado no puede ser negativo.", "Escriba 0 o más.", campo)
    if valor >= MAXIMA:
        raise Problema(f"{p.nombre}: {numero(valor)} es demasiado.", "Revise la cantidad.", campo)


def _exigir_lo_logrado(p: Programado, anual: Decimal | None, campo: str) -> None:
    if p.operacion is not Operacion.suma:
        return
    logrado = acumular(p.alcanzado, p.operacion) or Decimal(0)
    if (anual or Decimal(0)) < logrado:
        raise Problema(
            f"{p.nombre}: la meta del año quedaría en {numero(anual)} y ya se logró {numero(logrado)}.",
            "Prográmela al menos en lo ya validado.",
            campo,
        )


def proponer(p: Programado, mes_vigencia: int) -> dict[int, Decimal]:
    """El calendario que se ofrece: en una suma, lo que sobró se agrega a lo que queda del año; si faltó, lo
    que queda sigue al ritmo que se lleva.

    Las demás operaciones no acumulan lo que faltó, y lo ya reconducido ya lo tomó en cuenta: se ofrece lo
    vigente.
    """
    abiertos = [periodo.numero for periodo in p.abiertos(mes_vigencia)]
    actuales = {n: valor for n in abiertos if (valor := p.vigente[n - 1]) is not None}
    ya_movido = any(p.vigente[n - 1] != p.original[n - 1] for n in abiertos)
    if p.operacion is not Operacion.suma or ya_movido or not abiertos:
        return actuales
    medidos = [
        (p.vigente[n - 1] or Decimal(0), logrado)
        for n, logrado in enumerate(p.alcanzado, start=1)
        if logrado is not None and n not in abiertos
    ]
    programado, logrado = (sum((par[i] for par in medidos), Decimal(0)) for i in (0, 1))
    if logrado == programado:
        return actuales
    queda = sum(actuales.values(), Decimal(0))
    total = queda + logrado - programado if logrado > programado else queda * logrado / programado
    total = _redondeada(total, (*actuales.values(), programado, logrado))
    return repartir_cantidad(total, actuales or dict.fromkeys(abiertos, Decimal(0)))


def _redondeada(total: Decimal, como: Iterable[Decimal]) -> Decimal:
    """Entera si lo demás es entero; si no, con los seis decimales que se guardan."""
    entera = all(v == v.to_integral_value() for v in como)
    return total.quantize(Decimal(1) if entera else Decimal("0.000001"), ROUND_HALF_UP)


def repartir_cantidad(total: Decimal, partes: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """`total` repartido en proporción a `partes` (por igual si suman 0), sin perder nada.

    Si todo es entero, cada parte queda entera; si no, en millonésimas.
    """
    enteros = all(v == v.to_integral_value() for v in (total, *partes.values()))
    unidad = Decimal(1) if enteros else Decimal(1_000_000)
    pesos = partes if any(partes.values()) else dict.fromkeys(partes, Decimal(1))
    dados = repartir(int(total * unidad), {f"{n:02d}": peso for n, peso in pesos.items()})
    return {int(n): Decimal(dado) / unidad for n, dado in dados.items()}


def por_mes(
    meses: tuple[Decimal | None, ...], operacion: Operacion, periodo: Periodo, cantidad: Decimal
) -> dict[int, Decimal]:
    """Lo que va en cada mes para que el periodo dé `cantidad`, en los meses que ya tenían programación."""
    suyos = range(periodo.mes_inicio, periodo.mes_fin + 1)
    actuales = {mes: valor for mes in suyos if (valor := meses[mes - 1]) is not None}
    if not actuales:
        return {periodo.mes_fin: cantidad}
    if operacion is Operacion.suma:
        return repartir_cantidad(cantidad, actuales)
    return dict.fromkeys(actuales, cantidad)


def que_pide(cumplimiento: Resultado, sentido: Sentido = Sentido.ascendente) -> Lado | None:
    """Si el resultado pide reconducción, y de qué lado: fuera de 90 a 110 %, o logrado sin programar.

    En lo que no es ascendente un número mayor no es más promesa: sólo se dice que hay que reprogramar.
    """
    if not pide_justificacion(cumplimiento):
        return None
    if sentido is not Sentido.ascendente:
        return Lado.RECALENDARIZA
    if cumplimiento.estado is Estado.no_programado:
        return Lado.AMPLIA
    return Lado.AMPLIA if cumplimiento.valor is not None and cumplimiento.valor > 100 else Lado.REDUCE
