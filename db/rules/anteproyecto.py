"""El presupuesto en integración: calendario, techos, firmas y comparaciones (PbRM-01a y 04a).

Todo el dinero va en centavos enteros. Lo que se comprueba antes de cerrar está en `anteproyecto_revision`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from db.rules.formato import leer_moneda, moneda
from db.rules.problema import Problema
from db.rules.reparto import repartir

MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
"""Columnas de mes de una partida propuesta, en su orden."""

Meses = tuple[int, ...]
"""Doce importes en centavos, de enero a diciembre."""

ETAPAS = ("anteproyecto", "proyecto", "aprobado")
NOMBRE_ETAPA = {
    "anteproyecto": "Anteproyecto",
    "proyecto": "Proyecto de presupuesto",
    "aprobado": "Presupuesto aprobado",
}

REVISO, VISTO_BUENO, AUTORIZO = "REVISÓ", "Vo.Bo.", "AUTORIZÓ"
PAPELES = {
    REVISO: "titular de la dependencia general",
    VISTO_BUENO: "tesorero municipal",
    AUTORIZO: "titular de la UIPPE o su equivalente",
}
"""Quienes firman el PbRM-01a, en el orden en que los imprime el formato."""

PAREJO, ANTERIOR, COMO_ESTA, A_MANO = "Parejo", "Como el año anterior", "Como está", "A mano"
CALENDARIOS = (PAREJO, ANTERIOR, COMO_ESTA, A_MANO)
"""De dónde salen los meses de un importe anual; «como está» conserva la proporción guardada."""

MAXIMO = 10**15
"""Centavos: diez billones de pesos, para que ninguna suma se salga de 64 bits."""


@dataclass(frozen=True, slots=True)
class Propuesta:
    """Una partida propuesta con su calendario, sin decir aún de qué proyecto ni de qué dependencia."""

    fuente: str
    partida: str
    meses: Meses
    tipo_gasto: str = ""
    justificacion: str = ""

    @property
    def anual(self) -> int:
        return sum(self.meses)


@dataclass(frozen=True, slots=True)
class Situacion:
    """Cómo está lo propuesto frente a su techo: palabra, icono y color, siempre los tres."""

    codigo: str
    palabra: str
    icono: str
    color: str
    """Nombre del color del tema en Markdown."""

    @property
    def etiqueta(self) -> str:
        return f"{self.icono} {self.palabra}"


EXCEDIDO = Situacion("excedido", "Excedido", "✖", "red")
SIN_TECHO = Situacion("sin_techo", "Sin techo", "◇", "gray")
SIN_CAPTURA = Situacion("sin_captura", "Sin captura", "○", "gray")
POR_ASIGNAR = Situacion("por_asignar", "Por asignar", "▲", "orange")
COMPLETO = Situacion("completo", "En su techo", "✔", "green")


def situacion(techo: int | None, propuesto: int) -> Situacion:
    """Frente al techo, en centavos y sin tolerancia; sin techo fijado no se dice que algo sobre o falte."""
    if techo is not None and propuesto > techo:
        return EXCEDIDO
    if not propuesto:
        return SIN_CAPTURA
    if techo is None:
        return SIN_TECHO
    return COMPLETO if propuesto == techo else POR_ASIGNAR


def saldo(techo: int | None, propuesto: int) -> str:
    """«$1.00 por asignar», «excedido $1.00», «exacto» o «sin techo»."""
    if techo is None:
        return "sin techo"
    if propuesto == techo:
        return "exacto"
    if propuesto > techo:
        return f"excedido {moneda(propuesto - techo)}"
    return f"{moneda(techo - propuesto)} por asignar"


def variacion(antes: int | None, despues: int) -> tuple[int | None, Decimal | None]:
    """Diferencia en centavos y en porcentaje de lo anterior; sin anterior, o si es 0, no hay porcentaje."""
    if antes is None:
        return None, None
    diferencia = despues - antes
    return diferencia, (Decimal(diferencia) / antes * 100 if antes else None)


def calendarizar(anual: int, pesos: Sequence[int] = ()) -> Meses:
    """Doce meses que suman exactamente `anual`, en proporción a `pesos`; sin ellos, parejo.

    Los centavos que no se dividen van al mayor residuo y, en empate, al primer mes. Un peso negativo vale 0.
    """
    utiles = [max(0, peso) for peso in pesos]
    if len(utiles) != len(MESES) or not any(utiles):
        utiles = [1] * len(MESES)
    partes = repartir(anual, {f"{mes:02d}": Decimal(peso) for mes, peso in enumerate(utiles)})
    return tuple(partes[mes] for mes in sorted(partes))


def capitulo_de(partida: str) -> str:
    """«1130» → «1000»."""
    return f"{partida[:1]}000"


def partida_valida(partida: str, catalogo: frozenset[str]) -> bool:
    """¿Es una partida del Clasificador por Objeto del Gasto, o una específica de una genérica suya?

    El CONAC fija hasta la genérica («1130»); el último dígito y los que sigan son de cada estado («1131»).
    Un capítulo o un concepto no son partida.
    """
    generica = f"{partida[:3]}0"
    return (
        partida.isascii()
        and partida.isdigit()
        and len(partida) in (4, 5)
        and not generica.endswith("00")
        and generica in catalogo
    )


def fuente_valida(fuente: str, catalogo: frozenset[str]) -> bool:
    """¿Está en el Clasificador por Fuentes, o desglosa una de sus claves de dos dígitos?"""
    return fuente.isascii() and fuente.isdigit() and len(fuente) >= 2 and fuente[:2] in catalogo


def tipo_de_gasto(partida: str) -> str:
    """Clave CONAC del tipo de gasto que suele tocar a una partida; un archivo puede decir otra.

    1 corriente, 2 capital, 3 deuda, 4 pensiones y 5 participaciones.
    """
    if partida[:1] in ("5", "6", "7"):
        return "2"
    if partida[:2] in ("91", "99"):
        return "3"
    if partida[:2] == "45":
        return "4"
    return "5" if partida[:2] == "81" else "1"


def huella(renglones: Iterable[Sequence[object]]) -> str:
    """sha256 de unos renglones de textos y enteros, sin que importe su orden."""
    lineas = sorted(json.dumps(list(r), ensure_ascii=False, separators=(",", ":")) for r in renglones)
    return sha256("\n".join(lineas).encode()).hexdigest()


def leer_importe(texto: str, lugar: str) -> int | None:
    """Importe en pesos → centavos; vacío es None. Problema si no se entiende, es negativo o no cabe."""
    try:
        valor = leer_moneda(texto)
    except ValueError as error:
        raise Problema(f"{lugar}: {error}", "Escriba pesos y centavos, por ejemplo 12,500.50.") from error
    if valor is not None and not 0 <= valor < MAXIMO:
        raise Problema(f"{lugar}: «{texto}» no es un importe posible.", "Escriba pesos, sin signo.")
    return valor


def leer_propuesta(
    numero: int,
    campos: Mapping[str, str],
    *,
    previos: Sequence[int] = (),
    anteriores: Sequence[int] = (),
) -> Propuesta | None:
    """Un renglón de la captura: partida, fuente, anual, calendario y los doce meses, todo texto.

    `previos` son los meses guardados y `anteriores` los del año anterior, en centavos. Un renglón sin nada
    escrito es None. Problema, con el número de renglón, si falta algo o los meses no suman el anual.
    """
    lugar = f"Renglón {numero}"
    textos = {nombre: campos.get(nombre, "").strip() for nombre in ("partida", "fuente", "anual")}
    if not any(textos.values()) and not any(campos.get(mes, "").strip() for mes in MESES):
        return None
    for nombre in ("partida", "fuente"):
        if not textos[nombre]:
            raise Problema(f"{lugar}: falta la {nombre}.", "Elíjala de la lista o borre el renglón.")
    anual = leer_importe(textos["anual"], lugar)
    calendario = campos.get("calendario", "")
    if calendario == A_MANO:
        meses = tuple(leer_importe(campos.get(mes, ""), f"{lugar}, {mes}") or 0 for mes in MESES)
        if anual is not None and anual != sum(meses):
            raise Problema(
                f"{lugar}: los meses suman {moneda(sum(meses))} y el anual dice {moneda(anual)}.",
                "Corrija los meses, o borre el anual para tomar su suma.",
            )
    else:
        pesos = {ANTERIOR: anteriores, COMO_ESTA: previos}.get(calendario, ())
        meses = calendarizar(anual or 0, pesos)
    if not any(meses):
        raise Problema(f"{lugar}: no tiene importe.", "Escriba el importe anual o borre el renglón.")
    return Propuesta(
        textos["fuente"],
        textos["partida"],
        meses,
        tipo_de_gasto(textos["partida"]),
        campos.get("justificacion", "").strip(),
    )


@dataclass(frozen=True, slots=True)
class Cotejo:
    """Dos listas de importes por clave, frente a frente, en centavos: «antes» y «después»."""

    filas: list[tuple[str, int | None, int | None]]
    """Sólo las que difieren; None es que ahí no está."""
    iguales: int
    antes: int
    despues: int

    @property
    def diferencia(self) -> int:
        return self.despues - self.antes


def cotejar(antes: Mapping[str, int], despues: Mapping[str, int]) -> Cotejo:
    """Compara clave por clave, al centavo; las filas van en orden de clave."""
    filas = [
        (clave, antes.get(clave), despues.get(clave))
        for clave in sorted(antes.keys() | despues.keys())
        if antes.get(clave) != despues.get(clave)
    ]
    iguales = len(antes.keys() | despues.keys()) - len(filas)
    return Cotejo(filas, iguales, sum(antes.values()), sum(despues.values()))
