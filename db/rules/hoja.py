"""Lo común a las hojas del cálculo: metas de actividad e indicadores (calculo.md §1-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.banda import Banda, clasificar
from db.rules.cumplimiento import Cumplimiento, Sentido, sin_ruido
from db.rules.estado import Estado
from db.rules.periodo import Corte, Operacion
from db.rules.resultado import Detalle, Insumo, Resultado

NO_APLICA = "no aplica"


@dataclass(frozen=True, slots=True)
class HojaEvaluada:
    """Una hoja a un corte: las dos figuras, contra lo vigente y contra lo original, y sus sumas.

    `esperado` es el programado al corte ÷ meta anual × 100, o None donde el avance anual no aplica.
    """

    cumplimiento: Resultado
    cumplimiento_original: Resultado
    avance_anual: Resultado
    esperado: Decimal | None
    programado_acum: Decimal | None
    alcanzado_acum: Decimal | None
    meta_anual: Decimal | None


def estado_del_hueco(
    debidos: Iterable[int],
    alcanzado: Sequence[Decimal | None],
    preliminar: Sequence[Decimal | None],
    ventanas_cerradas: frozenset[int],
) -> Estado | None:
    """Estado de los periodos debidos sin valor oficial; None si no falta ninguno.

    Lo vencido pesa más que lo que falta sin plazo, y eso más que lo ya capturado por validar.
    """
    faltan = [n for n in debidos if alcanzado[n - 1] is None]
    if not faltan:
        return None
    sin_capturar = [n for n in faltan if preliminar[n - 1] is None]
    if not sin_capturar:
        return Estado.en_revision
    return Estado.vencido if any(n in ventanas_cerradas for n in sin_capturar) else Estado.sin_dato


def sin_debidos(
    operacion: Operacion, sentido: Sentido, programado: Decimal | None, alcanzado: Decimal | None
) -> Estado | None:
    """Estado de lo que nada debe al corte; None si aun así se compara.

    Una suma ascendente con logro y sin programa es «no programado»; una descendente que prometió 0 y ya
    reportó se compara, porque cualquier logro mayor que 0 es crítico.
    """
    if operacion is not Operacion.suma or alcanzado is None:
        return Estado.no_toca
    if sentido is Sentido.ascendente:
        return Estado.no_programado if alcanzado > 0 else Estado.no_toca
    se_compara = sentido is Sentido.descendente and programado is not None
    return None if se_compara else Estado.no_toca


def resultado(comparado: Cumplimiento, bandas: Sequence[Banda], corte: Corte, *insumos: Insumo) -> Resultado:
    """Pone estado al cumplimiento: el forzado, o el de la banda de su valor exacto."""
    estado = comparado.forzado
    if estado is None:
        assert comparado.valor is not None
        estado = clasificar(comparado.valor, bandas).equivale
    return Resultado(
        comparado.valor, estado, Detalle(comparado.formula, tuple(insumos), bandas=tuple(bandas), corte=corte)
    )


def sin_cifra(estado: Estado, razon: str, corte: Corte, *insumos: Insumo) -> Resultado:
    """Un resultado sin porcentaje y por qué."""
    return Resultado(None, estado, Detalle(razon, tuple(insumos), corte=corte))


RAZON = {
    Estado.sin_meta: "no tiene meta en el ejercicio",
    Estado.no_toca: "aún no toca: ningún periodo debido al corte",
    Estado.sin_dato: "falta el valor oficial de un periodo debido",
    Estado.vencido: "falta el valor de un periodo cuya ventana de captura ya cerró",
    Estado.en_revision: "capturado, todavía sin validar",
    Estado.no_programado: "se logró sin estar programado: amplía la meta (lista de reconducción)",
}


def insumos_de(programado: Decimal | None, alcanzado: Decimal | None, fuente: str) -> tuple[Insumo, ...]:
    """Programado y alcanzado acumulados, escritos, con la fuente del segundo."""
    return (
        Insumo("Programado acumulado", programado),
        Insumo("Alcanzado acumulado", alcanzado, fuente),
    )


def avance_anual(
    alcanzado: Decimal | None, meta_anual: Decimal | None, estado: Estado, corte: Corte, fuente: str
) -> Resultado:
    """Cuánto de la promesa del año está hecho: alcanzado acumulado ÷ meta anual × 100.

    `estado` es el del cumplimiento: sin dato oficial dice por qué no hay cifra (aún no toca, vencido…).
    """
    if meta_anual is None or meta_anual <= 0:
        return no_aplica(corte)
    insumos = (
        Insumo("Alcanzado acumulado", alcanzado, fuente),
        Insumo("Meta anual", meta_anual),
    )
    if alcanzado is None:
        return sin_cifra(estado, "sin dato oficial", corte, *insumos)
    valor = sin_ruido(alcanzado / meta_anual * 100)
    return Resultado(valor, estado, Detalle("alcanzado acumulado ÷ meta anual × 100", insumos, corte=corte))


def esperado_al_corte(
    programado: Decimal | None, meta_anual: Decimal | None, avance: Resultado
) -> Decimal | None:
    """Programado al corte ÷ meta anual × 100, sólo donde el avance anual tiene cifra."""
    if avance.valor is None or not meta_anual:
        return None
    return sin_ruido((programado or Decimal(0)) / meta_anual * 100)


def no_aplica(corte: Corte) -> Resultado:
    """El avance anual sólo aplica a sumas ascendentes con meta mayor que 0."""
    return sin_cifra(
        Estado.sin_meta, f"{NO_APLICA}: sólo a metas de suma, ascendentes y mayores que 0", corte
    )
