"""Texto de celda → valor. Lo que no se lee de una sola manera no se adivina: ValorInvalido."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from db.rules.formato import Ambiguo, leer_moneda, leer_numero
from db.rules.texto import llave, normal

DIGITOS = "0123456789"
MAYUSCULAS = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
CEROS_REPUESTOS = 2
"""Ceros a la izquierda que se reponen cuando la hoja de cálculo convirtió el código en número."""

V = TypeVar("V")

_EXPONENTE = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")


class ValorInvalido(ValueError):
    """Qué regla rompe el texto y cómo se remedia."""

    def __init__(self, regla: str, remedio: str) -> None:
        super().__init__(regla, remedio)
        self.regla = regla
        self.remedio = remedio


class Codigo(NamedTuple):
    """Código leído y, si hubo que repararlo, la nota que lo dice."""

    valor: str
    nota: str = ""


class Periodo(NamedTuple):
    """`tipo` es «mes», «trimestre», «semestre», «anio» o «numero» (sin decidir: lo decide el formato)."""

    tipo: str
    numero: int
    anio: int | None = None


def texto(celda: str | None) -> str | None:
    """Texto de un renglón en NFC, sin espacios sobrantes ni apóstrofo de Excel; None si está vacío."""
    return normal(celda or "") or None


def codigo(celda: str | None, longitud: int | tuple[int, ...] = (), alfabeto: str = DIGITOS) -> Codigo | None:
    """Código de `longitud` signos (una o varias posibles; vacía, cualquiera) tomados de `alfabeto`.

    Repone hasta dos ceros perdidos a la izquierda («1020401» → «01020401») y lo dice en la nota.
    """
    limpio = normal(celda or "").replace(" ", "")
    if not limpio:
        return None
    longitudes = (longitud,) if isinstance(longitud, int) else longitud
    if _EXPONENTE.fullmatch(limpio):
        raise ValorInvalido(
            f"«{limpio}» es un código que la hoja de cálculo recortó",
            "Dé formato de texto a la columna y escriba el código completo.",
        )
    nota = ""
    if limpio.endswith(".0") and limpio[:-2].isdigit():
        limpio, nota = limpio[:-2], f"«{celda}» se leyó como {limpio[:-2]}"
    if not any(c.islower() for c in alfabeto):
        limpio = limpio.upper()
    if set(limpio) - set(alfabeto):
        raise ValorInvalido(f"«{limpio}» no es un código válido", _como_es(longitudes, alfabeto))
    if not longitudes or len(limpio) in longitudes:
        return Codigo(limpio, nota)
    faltan = min((n - len(limpio) for n in longitudes if n > len(limpio)), default=CEROS_REPUESTOS + 1)
    if limpio.isdigit() and faltan <= CEROS_REPUESTOS:
        completo = "0" * faltan + limpio
        return Codigo(completo, f"«{limpio}» perdió ceros a la izquierda; se leyó {completo}")
    raise ValorInvalido(f"«{limpio}» tiene {len(limpio)} signos", _como_es(longitudes, alfabeto))


def _como_es(longitudes: tuple[int, ...], alfabeto: str) -> str:
    que = "dígitos" if set(alfabeto) <= set(DIGITOS) else "letras y dígitos"
    cuantos = " o ".join(str(n) for n in longitudes)
    return f"Escriba un código de {cuantos} {que}." if cuantos else f"Escriba sólo {que}."


def _leido(lector: Callable[[str], V], celda: str | None, que: str) -> V:
    """Lo que da `lector`, con sus errores dichos como regla y remedio."""
    try:
        return lector(celda or "")
    except Ambiguo as error:
        raise ValorInvalido(str(error), "Escríbalo sin separador de millares: 1234.50.") from error
    except ValueError as error:
        raise ValorInvalido(str(error), f"Escriba {que}, o deje la celda vacía.") from error


def cantidad(celda: str | None) -> Decimal | None:
    """Cantidad exacta; None si la celda está vacía."""
    return _leido(leer_numero, celda, "un número")


def porcentaje(celda: str | None) -> Decimal | None:
    """Porcentaje escrito «12 %» o «12»: vale 12; None si la celda está vacía."""
    return _leido(lambda s: leer_numero(s, allow_pct=True), celda, "un porcentaje")


def centavos(celda: str | None) -> int | None:
    """Importe en pesos → centavos; None si la celda está vacía."""
    return _leido(leer_moneda, celda, "un importe en pesos")


_MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_OTROS_MESES = {"setiembre": 9, "sept": 9, "set": 9}
_ORDINALES = {
    "primer": 1, "primero": 1, "1er": 1, "1ro": 1, "1o": 1, "i": 1, "segundo": 2, "2do": 2, "2o": 2, "ii": 2,
    "tercer": 3, "tercero": 3, "3er": 3, "3ro": 3, "3o": 3, "iii": 3, "cuarto": 4, "4to": 4, "4o": 4, "iv": 4,
}  # fmt: skip
_TIPOS = (("trimestre", "trim", "tri", "t"), ("semestre", "sem", "s"), ("mes", "m"))
_TOPES = {"trimestre": 4, "semestre": 2, "mes": 12}
_REMEDIO_PERIODO = "Escriba, por ejemplo, «1er trimestre», «T1», «enero» o «2026-03»."


def mes(celda: str | None) -> int | None:
    """«marzo», «mar», «3» o «2026-03» → 3; None si la celda está vacía."""
    leido = periodo(celda)
    if leido is None:
        return None
    if leido.tipo not in ("mes", "numero") or not 1 <= leido.numero <= 12:
        raise ValorInvalido(f"«{normal(celda or '')}» no es un mes", "Escriba el nombre del mes o de 1 a 12.")
    return leido.numero


def periodo(celda: str | None) -> Periodo | None:
    """«T1», «1er trimestre», «enero 2026», «2026-03»… → Periodo; un número solo queda sin decidir."""
    limpio = normal(celda or "")
    if not limpio:
        return None
    clave = " ".join(re.sub(r"[^0-9a-z/-]+", " ", llave(limpio).replace("°", "o")).split())
    clave = re.sub(r"\b([1-4]) (er|ro|do|to|o)\b", r"\1\2", clave)  # «1.er», «2.º»
    leido = _con_numeros(clave) or _con_palabras(clave)
    if leido is None or leido.numero < 1 or leido.numero > _TOPES.get(leido.tipo, 9999):
        raise ValorInvalido(f"«{limpio}» no es un periodo", _REMEDIO_PERIODO)
    return leido


def _con_numeros(clave: str) -> Periodo | None:
    """«3», «2026», «2026-03», «03/2026» y fechas ISO del primer día de un mes."""
    if clave.isdigit():
        numero = int(clave)
        return Periodo("anio", numero, numero) if 1900 <= numero <= 2200 else Periodo("numero", numero)
    if partes := re.fullmatch(r"([0-9]{4})[-/ ]([0-9]{1,2})(?:-01(?: 00 00 00)?)?", clave):
        return Periodo("mes", int(partes[2]), int(partes[1]))
    if partes := re.fullmatch(r"([0-9]{1,2})[-/ ]([0-9]{4})", clave):
        return Periodo("mes", int(partes[1]), int(partes[2]))
    return None


def _con_palabras(clave: str) -> Periodo | None:
    """Mes por su nombre, o trimestre, semestre o mes por su número; el año puede ir al final."""
    clave = clave.replace("/", " ").replace("-", " ")
    partes = re.fullmatch(r"(.*?)(?: (?:de |del )?((?:19|20|21)[0-9]{2}))?", clave)
    cuerpo = (partes[1] if partes else clave).strip()
    anio = int(partes[2]) if partes and partes[2] else None
    if numero := _mes_de(cuerpo):
        return Periodo("mes", numero, anio)
    for nombres in _TIPOS:
        for nombre in nombres:
            resto = _resto(cuerpo, nombre)
            if resto is None:
                continue
            numero = _ORDINALES.get(resto, int(resto) if resto.isdigit() else 0)
            if numero:
                return Periodo(nombres[0], numero, anio)
    return None


def _resto(cuerpo: str, nombre: str) -> str | None:
    """Lo que queda de «t1», «1t», «trim 1» o «1er trimestre» sin el nombre del periodo."""
    if cuerpo.startswith(nombre):
        return cuerpo[len(nombre) :].strip()
    return cuerpo[: -len(nombre)].strip() if cuerpo.endswith(nombre) else None


def _mes_de(cuerpo: str) -> int:
    """Número del mes por su nombre o sus tres primeras letras; 0 si no lo es."""
    if cuerpo in _OTROS_MESES:
        return _OTROS_MESES[cuerpo]
    for numero, nombre in enumerate(_MESES, 1):
        if cuerpo in (nombre, nombre[:3]):
            return numero
    return 0


def fecha(celda: str | None) -> date | None:
    """«dd/mm/aaaa», o la fecha ISO de una celda de fecha; None si está vacía. Año de dos cifras: error."""
    limpio = normal(celda or "")
    if not limpio:
        return None
    try:
        if partes := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", limpio):
            return date(int(partes[3]), int(partes[2]), int(partes[1]))
        if partes := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+)?", limpio):
            return date.fromisoformat(partes[1])
    except ValueError:
        pass  # un día o un mes que no existe: se dice abajo igual que lo que no es fecha
    raise ValorInvalido(f"«{limpio}» no es una fecha", "Escríbala como dd/mm/aaaa, por ejemplo 31/03/2026.")
