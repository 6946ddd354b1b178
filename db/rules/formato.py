"""Formatos es-MX fijados por el sistema: no dependen del idioma del servidor ni del navegador.

Todo redondeo es ROUND_HALF_UP. El menos es U+2212 y lo que falta se escribe «—».
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from db.rules.banda import Banda, clasificar
from db.rules.texto import normal

ZONA = "America/Mexico_City"
SIN_VALOR = "—"
MENOS = "\u2212"
_FIJO = "\u00a0"
_AMPLIO = Context(prec=80)
_MESES = get_month_names("wide", locale="es_MX")
_MESES_CORTOS = tuple(m[:3] for m in _MESES.values())


def redondear(valor: Decimal, decimales: int, modo: str = ROUND_HALF_UP) -> Decimal:
    """`valor` con `decimales` cifras; alcanza para cualquier importe sin perder precisión."""
    return valor.quantize(Decimal(1).scaleb(-decimales), rounding=modo, context=_AMPLIO)


def _con_signo(negativo: bool, texto: str, mas: bool = False) -> str:
    return f"{MENOS}{texto}" if negativo else f"+{texto}" if mas else texto


def moneda(centavos: int) -> str:
    """Centavos → «$1,234,567.89»; negativos «−$1,234.56»."""
    pesos, resto = divmod(abs(centavos), 100)
    return _con_signo(centavos < 0, f"${pesos:,}.{resto:02d}")


def contable(centavos: int) -> str:
    """Sin signo de pesos y con lo negativo entre paréntesis, como en los formatos del CONAC: «(1,250.00)»."""
    texto = moneda(abs(centavos)).removeprefix("$")
    return f"({texto})" if centavos < 0 else texto


def mdp(centavos: int) -> str:
    """Centavos → millones de pesos con un decimal: «412.6 mdp»."""
    millones = redondear(Decimal(abs(centavos)).scaleb(-8, _AMPLIO), 1)
    return _con_signo(centavos < 0 and millones > 0, f"{millones:,f} mdp")


def _decimales(valor: Decimal, decimales: int, modo: str = ROUND_HALF_UP) -> str:
    redondo = redondear(valor, decimales, modo)
    return _con_signo(redondo < 0, f"{abs(redondo):,f}")


def pct(valor: Decimal | None, decimales: int = 1) -> str:
    """Porcentaje ya multiplicado por 100: «86.4 %» con espacio que no se parte; sin valor «—»."""
    if valor is None or not valor.is_finite():
        return SIN_VALOR
    return f"{_decimales(valor, decimales)}{_FIJO}%"


def pct_en_banda(valor: Decimal | None, bandas: Sequence[Banda], decimales: int = 1) -> str:
    """Como `pct`, pero la cifra escrita nunca cae en otra banda que la del valor exacto.

    Si redondear cruzaría la frontera se trunca (89.96 → 89.9); si aun truncada cruza, porque el valor
    apenas rebasa un límite que pertenece a la banda anterior, se escribe la cifra siguiente (110.04 → 110.1).
    """
    if valor is None or not valor.is_finite():
        return SIN_VALOR
    if not bandas:
        return pct(valor, decimales)
    propia = clasificar(valor, bandas)
    for modo in (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING):
        if clasificar(redondear(valor, decimales, modo), bandas) == propia:
            return f"{_decimales(valor, decimales, modo)}{_FIJO}%"
    return pct(valor, decimales)


def puntos(valor: Decimal | None, decimales: int = 1) -> str:
    """Diferencia en puntos porcentuales con su signo: «+4.4 puntos»."""
    if valor is None or not valor.is_finite():
        return SIN_VALOR
    redondo = redondear(valor, decimales)
    return _con_signo(redondo < 0, f"{abs(redondo):,f} puntos", mas=redondo > 0)


def numero(valor: Decimal | int | None, decimales: int | None = None) -> str:
    """Cantidad con comas de millar y sin ceros al final: «1,234.5»; `decimales` es el máximo que se muestra.

    Con tres decimales exactos y hasta tres enteros se escribe un cero más («1.2340»): «1.234» sería ambiguo
    para quien usa el punto como millar, y `leer_numero` lo rechazaría.
    """
    if valor is None or not Decimal(valor).is_finite():
        return SIN_VALOR
    exacto = Decimal(valor)
    if decimales is not None:
        exacto = redondear(exacto, decimales)
    texto = f"{abs(exacto):,f}"
    if "." in texto:
        texto = texto.rstrip("0").rstrip(".")
    entero, _, fraccion = texto.partition(".")
    if len(fraccion) == 3 and len(entero) <= 3 and entero != "0":
        texto += "0"
    return _con_signo(exacto < 0, texto)


def fecha(dia: date | None) -> str:
    """«22/11/2026»."""
    return SIN_VALOR if dia is None else f"{dia.day:02d}/{dia.month:02d}/{dia.year:04d}"


def fecha_larga(dia: date | None) -> str:
    """«22 de noviembre de 2026»."""
    return SIN_VALOR if dia is None else f"{dia.day} de {mes_nombre(dia.month)} de {dia.year}"


def en_zona(momento: datetime, zona: str = ZONA) -> datetime:
    """El instante en la hora del municipio. ValueError si viene sin zona: no se adivina."""
    if momento.tzinfo is None:
        raise ValueError("La hora debe traer su zona horaria.")
    return momento.astimezone(ZoneInfo(zona))


def hora(momento: datetime, zona: str = ZONA) -> str:
    """«14:32 h» en la zona del municipio."""
    return f"{en_zona(momento, zona):%H:%M} h"


def fecha_hora(momento: datetime, zona: str = ZONA) -> str:
    """«22/11/2026, 14:32 h» en la zona del municipio."""
    return f"{fecha(en_zona(momento, zona).date())}, {hora(momento, zona)}"


def mes_nombre(mes: int) -> str:
    """1..12 → «enero»…«diciembre»."""
    return str(_MESES[mes])


def mes_anio(anio: int, mes: int) -> str:
    """«junio de 2026»."""
    return f"{mes_nombre(mes)} de {anio}"


def trimestre(anio: int, n: int) -> str:
    """«2.º trimestre de 2026 (abr–jun)»."""
    if n not in (1, 2, 3, 4):
        raise ValueError(f"No hay trimestre {n}.")
    ordinal = ("1.er", "2.º", "3.er", "4.º")[n - 1]
    return f"{ordinal} trimestre de {anio} ({_MESES_CORTOS[3 * n - 3]}–{_MESES_CORTOS[3 * n - 1]})"


class Ambiguo(ValueError):
    """Un número que puede leerse de dos maneras: «1.234» o «1,23». Se pregunta, no se adivina."""


_CUERPO = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_PUNTO_DE_MILLAR = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_SIGNOS = re.compile(r"^([-−–+]?)\s*(\$?)\s*([-−–+]?)\s*(.*?)\s*(%?)$")
_CIFRAS_MAXIMAS = 30


def leer_numero(s: str, allow_pct: bool = False) -> Decimal | None:
    """Número escrito en es-MX → Decimal exacto; vacío → None.

    Acepta «1,234.50», «$1,234.50», «(500.00)» y «−5»; «12 %» sólo con `allow_pct` (vale 12).
    Ambiguo si admite dos lecturas; ValueError si no es un número («N/A», «-»): quien llama decide si
    eso es vacío.
    """
    limpio = normal(s)
    if not limpio:
        return None
    entre_parentesis = limpio.startswith("(") and limpio.endswith(")")
    partes = _SIGNOS.match(limpio[1:-1].strip() if entre_parentesis else limpio)
    assert partes is not None  # la última parte admite cualquier texto
    antes, _, despues, cuerpo, por_ciento = partes.groups()
    if por_ciento and not allow_pct:
        raise ValueError(f"«{limpio}» es un porcentaje y aquí va una cantidad.")
    signo = antes + despues
    if len(signo) + entre_parentesis > 1 or len(cuerpo) > _CIFRAS_MAXIMAS:
        raise ValueError(f"«{limpio}» no es un número.")
    if not _CUERPO.fullmatch(cuerpo):
        if re.fullmatch(r"[0-9][0-9., ]*", cuerpo):
            raise Ambiguo(f"«{limpio}» no se lee de una sola manera; escriba, por ejemplo, 1,234.50.")
        raise ValueError(f"«{limpio}» no es un número.")
    if _PUNTO_DE_MILLAR.fullmatch(cuerpo):
        raise Ambiguo(
            f"«{limpio}» puede ser mil o un decimal; escriba {cuerpo}0 o {cuerpo.replace('.', ',')}."
        )
    valor = Decimal(cuerpo.replace(",", ""))
    return valor.copy_negate() if entre_parentesis or signo in ("-", MENOS, "–") else valor


def leer_moneda(s: str) -> int | None:
    """Importe escrito en es-MX → centavos exactos; vacío → None. ValueError si trae fracciones de centavo."""
    pesos = leer_numero(s)
    if pesos is None:
        return None
    centavos = pesos.scaleb(2, _AMPLIO)
    if centavos != centavos.to_integral_value():
        raise ValueError(f"«{normal(s)}» tiene fracciones de centavo.")
    return int(centavos)
