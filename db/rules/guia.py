"""Guía Consultiva de Desempeño Municipal (INAFED): en qué estado queda cada indicador, y por qué.

Gestión: todos los elementos, óptimo; algunos, en proceso; ninguno, rezago. Desempeño: el valor contra los
umbrales tal como los imprime la guía («>=80», «<80 y >=50», «<50»), en cualquiera de los dos sentidos.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from db.rules.estado import PRESENTACION, Estado, Presentacion
from db.rules.formato import leer_numero, numero, redondear
from db.rules.problema import Problema
from db.rules.texto import normal


class EstadoGuia(StrEnum):
    OPTIMO = "optimo"
    EN_PROCESO = "en_proceso"
    REZAGO = "rezago"
    ND = "nd"
    NM = "nm"


EQUIVALE = {
    EstadoGuia.OPTIMO: Estado.adecuado,
    EstadoGuia.EN_PROCESO: Estado.riesgo,
    EstadoGuia.REZAGO: Estado.critico,
    EstadoGuia.ND: Estado.sin_dato,
    EstadoGuia.NM: Estado.no_toca,
}
"""De qué estado del sistema toma el color: lo mismo se ve igual en todas las pantallas."""

COMO_SE_VE: dict[EstadoGuia, Presentacion] = {
    EstadoGuia.OPTIMO: replace(PRESENTACION[Estado.adecuado], palabra="Óptimo"),
    EstadoGuia.EN_PROCESO: replace(PRESENTACION[Estado.riesgo], palabra="En proceso"),
    EstadoGuia.REZAGO: replace(PRESENTACION[Estado.critico], palabra="Rezago"),
    EstadoGuia.ND: replace(PRESENTACION[Estado.sin_dato], palabra="No disponible (ND)"),
    EstadoGuia.NM: replace(PRESENTACION[Estado.no_toca], palabra="No medible (NM)", icono="⊘"),
}

DE_LA_UNIDAD = re.compile(r"1\.1\.2|1\.2\.[1-4]|1\.4\.\d+")
"""Los que reúne la propia unidad de planeación: manuales, planeación y capacitación."""

CLAVE = re.compile(r"(\d)\.(\d{1,2})\.(\d{1,2})")
_EDICION = re.compile(r"(?<!\d)(20\d\d)\s*[-–_]\s*(20\d\d)(?!\d)")
_PARTE = re.compile(r"(<=|>=|≤|≥|<|>|=)\s*(-?[\d.,]+)\s*%?")
_Y = re.compile(r"\s+y\s+", re.IGNORECASE)
_SIN_VARIABLES_REZAGO = re.compile(r"1\.(?!2\.4$).*|2\.4\.3")
_REMEDIO = "Escríbalo como la guía: «>=80», «<80 y >=50», «=4» o «>60»."
_DECIMALES = (1, 2, 3, 4, 6)


def es_de_la_unidad(clave: str) -> bool:
    """¿Lo reúne la unidad de planeación?"""
    return DE_LA_UNIDAD.fullmatch(clave) is not None


def sin_variables_de(clave: str) -> str:
    """Cómo queda sin sus variables: «rezago» en el módulo 1 (salvo 1.2.4) y en 2.4.3; si no, «nd»."""
    return "rezago" if _SIN_VARIABLES_REZAGO.fullmatch(clave) else "nd"


def edicion_en(texto: str) -> str | None:
    """«2025-2027» si el texto (un encabezado, el nombre de un archivo) nombra una edición."""
    hallada = _EDICION.search(texto)
    return f"{hallada[1]}-{hallada[2]}" if hallada and hallada[1] <= hallada[2] else None


def anios_de(edicion: str) -> range:
    """Los años en que rige una edición."""
    desde, hasta = edicion.split("-")
    return range(int(desde), int(hasta) + 1)


def edicion_para(anio: int, ediciones: Sequence[str]) -> str | None:
    """La edición que rige un año; si ninguna lo cubre, la última que ya había empezado."""
    empezadas = sorted(e for e in ediciones if anios_de(e).start <= anio)
    return empezadas[-1] if empezadas else None


@dataclass(frozen=True, slots=True)
class Umbral:
    """Un intervalo con sus extremos; nulo es sin límite."""

    minimo: Decimal | None = None
    maximo: Decimal | None = None
    con_minimo: bool = False
    con_maximo: bool = False

    def contiene(self, valor: Decimal) -> bool:
        """¿El valor cae dentro?"""
        arriba = self.minimo is None or valor > self.minimo or (self.con_minimo and valor == self.minimo)
        abajo = self.maximo is None or valor < self.maximo or (self.con_maximo and valor == self.maximo)
        return arriba and abajo

    @property
    def vacio(self) -> bool:
        """¿No cabe ningún número?"""
        if self.minimo is None or self.maximo is None:
            return False
        return self.minimo > self.maximo or (
            self.minimo == self.maximo and not (self.con_minimo and self.con_maximo)
        )

    def comun(self, otro: "Umbral") -> "Umbral":
        """Los valores que caben en los dos."""
        bajo = max((u for u in (self, otro) if u.minimo is not None), key=_por_minimo, default=self)
        alto = min((u for u in (self, otro) if u.maximo is not None), key=_por_maximo, default=self)
        return Umbral(bajo.minimo, alto.maximo, bajo.con_minimo, alto.con_maximo)


def _por_minimo(u: Umbral) -> tuple[Decimal, bool]:
    return u.minimo or Decimal(0), not u.con_minimo


def _por_maximo(u: Umbral) -> tuple[Decimal, bool]:
    return u.maximo or Decimal(0), u.con_maximo


def leer_umbral(texto: str) -> Umbral | None:
    """El intervalo de un umbral impreso; vacío es None. Problema si no se entiende o no le cabe nada."""
    limpio = normal(texto)
    if not limpio:
        return None
    umbral = Umbral()
    for parte in _Y.split(limpio):
        hallada = _PARTE.fullmatch(parte.strip())
        if hallada is None:
            raise Problema(f"No se entiende el umbral «{limpio}».", _REMEDIO)
        umbral = _con_limite(umbral, hallada[1], _numero(hallada[2], limpio), limpio)
    if umbral.vacio:
        raise Problema(f"Ningún número cumple «{limpio}».", "Revise el orden de los límites.")
    return umbral


def _numero(texto: str, umbral: str) -> Decimal:
    try:
        valor = leer_numero(texto)
    except ValueError as error:
        raise Problema(f"No se entiende el número de «{umbral}».", _REMEDIO) from error
    if valor is None:
        raise Problema(f"Falta el número de «{umbral}».", _REMEDIO)
    return valor


def _con_limite(u: Umbral, signo: str, valor: Decimal, texto: str) -> Umbral:
    igual, abajo, arriba = signo == "=", signo in (">", ">=", "≥"), signo in ("<", "<=", "≤")
    if ((igual or abajo) and u.minimo is not None) or ((igual or arriba) and u.maximo is not None):
        raise Problema(f"«{texto}» repite un límite.", _REMEDIO)
    cerrado = signo not in "<>"
    if igual or abajo:
        u = replace(u, minimo=valor, con_minimo=cerrado)
    return replace(u, maximo=valor, con_maximo=cerrado) if igual or arriba else u


CAMPOS = ("optimo", "en_proceso", "rezago")


@dataclass(frozen=True, slots=True)
class Umbrales:
    """Los tres umbrales de un indicador, o las tres opciones si la guía las da con palabras."""

    optimo: Umbral | None = None
    en_proceso: Umbral | None = None
    rezago: Umbral | None = None
    opciones: tuple[str, str, str] | None = None

    def clasificar(self, valor: Decimal) -> EstadoGuia:
        """El estado de un valor. En el hueco que dejan los umbrales de la guía no se llega al óptimo."""
        if self.optimo is not None and self.optimo.contiene(valor):
            return EstadoGuia.OPTIMO
        if self.rezago is not None and self.rezago.contiene(valor):
            return EstadoGuia.REZAGO
        return EstadoGuia.EN_PROCESO

    def en_hueco(self, valor: Decimal) -> bool:
        """¿Ningún umbral impreso contiene el valor?"""
        return not any(
            u is not None and u.contiene(valor) for u in (self.optimo, self.en_proceso, self.rezago)
        )


@lru_cache(maxsize=1024)
def leer_umbrales(optimo: str, en_proceso: str, rezago: str) -> Umbrales:
    """Los umbrales de un indicador. Problema, con su `campo`, si uno no se entiende o dos se enciman."""
    textos = dict(zip(CAMPOS, map(normal, (optimo, en_proceso, rezago)), strict=True))
    if all(t and not re.search(r"[<>=≤≥\d]", t) for t in textos.values()):
        return Umbrales(opciones=(textos["optimo"], textos["en_proceso"], textos["rezago"]))
    leidos: dict[str, Umbral | None] = {}
    for campo, texto in textos.items():
        try:
            leidos[campo] = leer_umbral(texto)
        except Problema as problema:
            raise Problema(problema.mensaje, problema.remedio, campo) from problema
        for previo, otro in leidos.items():
            nuevo = leidos[campo]
            if previo != campo and otro and nuevo and not otro.comun(nuevo).vacio:
                mensaje = f"«{texto}» se encima con «{textos[previo]}»."
                raise Problema(mensaje, "Un valor sólo puede caer en un estado.", campo)
    for campo in ("optimo", "rezago"):
        if leidos[campo] is None:
            raise Problema(f"Falta el umbral de «{campo}».", _REMEDIO, campo)
    return Umbrales(**leidos)


def elementos_pedidos(optimo: str) -> int:
    """Cuántos elementos pide un indicador de gestión («=4»). Problema si el óptimo no es un número exacto."""
    umbral = leer_umbral(optimo)
    if umbral is None or umbral.minimo is None or umbral.minimo != umbral.maximo or umbral.minimo % 1:
        raise Problema(
            f"El óptimo de gestión «{normal(optimo)}» no dice cuántos elementos son.",
            "Escriba «=4».",
            "optimo",
        )
    return int(umbral.minimo)


def estado_de_gestion(cumplen: int, total: int) -> EstadoGuia:
    """Todos, óptimo; algunos, en proceso; ninguno, rezago. Sin elementos cargados no se puede saber: ND."""
    if total == 0:
        return EstadoGuia.ND
    if cumplen == 0:
        return EstadoGuia.REZAGO
    return EstadoGuia.OPTIMO if cumplen >= total else EstadoGuia.EN_PROCESO


def estado_de_desempeno(valor: Decimal | None, umbrales: Umbrales, sin_variables: str) -> EstadoGuia:
    """El valor contra sus umbrales; sin valor, lo que la guía dice para ese indicador («rezago» o «nd»)."""
    return EstadoGuia(sin_variables) if valor is None else umbrales.clasificar(valor)


def cifra(valor: Decimal | None, umbrales: Umbrales) -> str:
    """El valor con los decimales que hacen falta para que no parezca de otro estado."""
    if valor is None:
        return numero(None)
    propio = umbrales.clasificar(valor)
    for decimales in _DECIMALES:
        if umbrales.clasificar(redondear(valor, decimales)) is propio:
            return numero(valor, decimales)
    return numero(valor)
