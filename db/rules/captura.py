"""El camino de un avance, del borrador a lo publicado, y lo que se pide a quien captura (calculo §1-3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from db.rules.estado import Estado
from db.rules.formato import numero, pct
from db.rules.problema import Problema
from db.rules.resultado import Resultado


class EstadoAvance(StrEnum):
    BORRADOR = "borrador"
    ENVIADO = "enviado"
    EN_REVISION = "en_revision"
    DEVUELTO = "devuelto"
    VALIDADO = "validado"
    PUBLICADO = "publicado"


PALABRA = {
    None: "Sin capturar",
    EstadoAvance.BORRADOR: "Borrador",
    EstadoAvance.ENVIADO: "Enviado",
    EstadoAvance.EN_REVISION: "En revisión",
    EstadoAvance.DEVUELTO: "Devuelto",
    EstadoAvance.VALIDADO: "Validado",
    EstadoAvance.PUBLICADO: "Publicado",
}

OFICIALES = (EstadoAvance.VALIDADO, EstadoAvance.PUBLICADO)
"""Estados en que un avance es cifra oficial."""

CAPTURADOS = (EstadoAvance.ENVIADO, EstadoAvance.EN_REVISION)
"""Estados en que ya se entregó y falta que otro lo valide: cifra preliminar."""

PASOS: dict[EstadoAvance | None, frozenset[EstadoAvance]] = {
    None: frozenset({EstadoAvance.ENVIADO}),
    EstadoAvance.BORRADOR: frozenset({EstadoAvance.ENVIADO}),
    EstadoAvance.DEVUELTO: frozenset({EstadoAvance.ENVIADO}),
    EstadoAvance.ENVIADO: frozenset(
        {EstadoAvance.ENVIADO, EstadoAvance.EN_REVISION, EstadoAvance.VALIDADO, EstadoAvance.DEVUELTO}
    ),
    EstadoAvance.EN_REVISION: frozenset({EstadoAvance.VALIDADO, EstadoAvance.DEVUELTO}),
    EstadoAvance.VALIDADO: frozenset({EstadoAvance.PUBLICADO, EstadoAvance.DEVUELTO}),
    EstadoAvance.PUBLICADO: frozenset(),
}
"""A qué estado puede pasar cada uno. Lo publicado ya no cambia: se corrige con un registro extemporáneo."""

DE_OTRO = frozenset({EstadoAvance.EN_REVISION, EstadoAvance.VALIDADO, EstadoAvance.DEVUELTO})
"""Pasos de quien revisa, que nunca es quien capturó."""

MINIMO, MAXIMO = Decimal(90), Decimal(110)
"""Fuera de este intervalo de cumplimiento, en porcentaje, se justifica (Manual PbRM, 08b y 08c)."""

VECES = Decimal(3)
"""Desde cuántas veces el valor anterior se pregunta si es correcto."""


def exigir_paso(antes: EstadoAvance | None, despues: EstadoAvance, *, autor: str, actor: str) -> None:
    """Problema si el paso no existe o si quien revisa es quien capturó."""
    if despues not in PASOS[antes]:
        raise Problema(
            f"No se puede pasar de «{PALABRA[antes].lower()}» a «{PALABRA[despues].lower()}».",
            "Vuelva a abrir la lista: quizá otra persona ya lo atendió.",
        )
    if despues in DE_OTRO and autor and autor == actor:
        raise Problema("Quien capturó no revisa lo suyo.", "Pida a otra persona de planeación que lo revise.")


HECHO = {
    EstadoAvance.ENVIADO: "Envió",
    EstadoAvance.EN_REVISION: "Empezó a revisar",
    EstadoAvance.DEVUELTO: "Devolvió",
    EstadoAvance.VALIDADO: "Validó",
    EstadoAvance.PUBLICADO: "Publicó",
}
"""El paso que lleva a cada estado, dicho de quien lo dio."""


def que_hizo(antes: str, despues: EstadoAvance, texto: str, extemporaneo: bool) -> str:
    """Un paso de lo capturado en una palabra. Volver a enviar no lleva texto; un comentario, siempre."""
    if extemporaneo:
        return "Corrigió después del cierre"
    if antes == despues and texto:
        return "Comentó"
    return "Corrigió y envió" if antes == despues else HECHO[despues]


def por_que_mirar(
    resultado: Resultado | None, *, justificado: bool, mejora: bool, evidencias: int, raro: str = ""
) -> str:
    """Por qué lo capturado se revisa de uno en uno; vacío si se puede validar en bloque.

    En bloque va lo que está en banda, y lo justificado con lo que se le pide y su evidencia. Lo crítico, lo
    que no se programó y lo que cambió demasiado (`raro`, lo que dijo `sospecha`) se mira siempre.
    """
    if resultado is None:
        return "Sin resultado"
    if resultado.estado in (Estado.critico, Estado.no_programado):
        return resultado.palabra
    if raro:
        return raro
    if not pide_justificacion(resultado):
        return ""
    if not justificado:
        return "Sin justificación"
    if pide_mejora(resultado) and not mejora:
        return "Sin plan de mejora"
    return "" if evidencias else "Justificado sin evidencia"


def pide_justificacion(resultado: Resultado) -> bool:
    """¿El resultado acumulado se sale de 90 a 110 %, por arriba también, o logró lo que no se programó?"""
    if resultado.estado is Estado.no_programado:
        return True
    if resultado.valor is None:
        return resultado.estado is Estado.critico
    return not MINIMO <= resultado.valor <= MAXIMO


def pide_mejora(resultado: Resultado) -> bool:
    """¿Quedó por debajo de 90 %? Entonces se dice qué se hará, quién, cuándo y cómo se prueba."""
    if resultado.valor is None:
        return resultado.estado is Estado.critico
    return resultado.valor < MINIMO


def por_que_justificar(resultado: Resultado) -> str:
    """La razón, para ponerla junto al campo."""
    if resultado.estado is Estado.no_programado:
        return "Se logró sin estar programado: diga por qué."
    if resultado.valor is None:
        return "El resultado es crítico: diga por qué."
    lado = "debajo de 90 %" if resultado.valor < MINIMO else "arriba de 110 %"
    return f"El cumplimiento acumulado es {pct(resultado.valor)}, {lado}: diga por qué."


def sospecha(valor: Decimal | None, anterior: Decimal | None) -> str | None:
    """«Es 4 veces el periodo anterior, ¿es correcto?» si el valor se aleja tres veces o más; None si no."""
    if valor is None or not anterior or anterior <= 0 or valor < 0:
        return None
    if valor >= VECES * anterior:
        veces = (valor / anterior).quantize(Decimal("0.1")).normalize()
        return f"Es {numero(veces)} veces el periodo anterior ({numero(anterior)}), ¿es correcto?"
    if valor * VECES <= anterior:
        return f"El periodo anterior fue {numero(anterior)}: baja a menos de la tercera parte, ¿es correcto?"
    return None


def plazo(cierra: datetime, prorrogas: Iterable[datetime]) -> datetime:
    """Cuándo cierra de verdad: la prórroga más tardía, si la hay."""
    return max([cierra, *prorrogas])


class Situacion(StrEnum):
    POR_ABRIR = "por_abrir"
    ABIERTA = "abierta"
    CERRADA = "cerrada"


def situacion(ahora: datetime, abre: datetime, cierra: datetime) -> Situacion:
    """En qué está una ventana; los dos extremos cuentan como abierta."""
    if ahora < abre:
        return Situacion.POR_ABRIR
    return Situacion.ABIERTA if ahora <= cierra else Situacion.CERRADA


def periodo_inicial(
    abiertos: Sequence[int], plazos: Mapping[int, tuple[datetime, datetime]], momento: datetime
) -> int | None:
    """El periodo con que abre la captura, de los que no se han cerrado; None si no queda ninguno.

    El que tiene su ventana abierta; si ninguna, el último cuyo plazo ya pasó; si no, el primero por abrir.
    """
    en_plazo = [m for m in abiertos if m in plazos and plazos[m][0] <= momento <= plazos[m][1]]
    pasados = [m for m in abiertos if m in plazos and plazos[m][1] < momento]
    return next(iter([*en_plazo, *reversed(pasados), *abiertos]), None)
