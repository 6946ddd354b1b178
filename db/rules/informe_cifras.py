"""Las cifras de un capítulo: la cita viva a una figura, y la cifra escrita a mano que no dice de dónde sale.

Una cita es `{{cumplimiento:nodo/12@2026-09}}`: qué figura, de qué cosa y a qué corte. Se elige de una lista.
Una cifra a mano se declara en el mismo párrafo, después de ella: `[fuente: INEGI, Censo 2020]`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.rules.formato import mdp, mes_anio, moneda, numero
from db.rules.informe import parrafos

CITA = re.compile(r"\{\{([a-z_]+):([a-z]+)/([\w./-]+)@(\d{4})-(\d{2})\}\}")
_LLAVES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")
FUENTE = re.compile(r"\[fuente:\s*([^\]\s][^\]]*)\]", re.IGNORECASE)

ILEGIBLE = "cita sin cifra"

PORCENTAJES = {
    "cumplimiento": ("cumplimiento", "Cumplimiento al corte"),
    "avance": ("avance_anual", "Avance anual"),
    "indicadores": ("por_indicadores", "Cumplimiento por indicadores"),
    "financiero": ("financiero", "Avance financiero"),
}
"""Figura citable → campo de la figura y su nombre."""

CANTIDADES = {"alcanzado": ("alcanzado_acum", "Alcanzado"), "programado": ("programado_acum", "Programado")}
DINEROS = {
    "aprobado": ("aprobado", "Presupuesto aprobado"),
    "modificado": ("modificado", "Presupuesto modificado"),
    "devengado": ("devengado", "Devengado"),
}

FIGURAS_DE: dict[str, tuple[str, ...]] = {
    "municipio": ("cumplimiento", "avance"),
    "nodo": ("cumplimiento", "avance", "indicadores"),
    "programa": ("cumplimiento", "avance"),
    "dependencia": ("cumplimiento", "avance"),
    "meta": ("cumplimiento", "avance", "alcanzado", "programado"),
    "indicador": ("cumplimiento", "avance"),
    "dinero": ("aprobado", "modificado", "devengado", "financiero"),
}
"""Qué se puede citar de cada asunto."""


@dataclass(frozen=True, slots=True)
class Cita:
    """Una referencia viva: figura, asunto, referencia y corte."""

    figura: str
    asunto: str
    referencia: str
    anio: int
    mes: int

    @property
    def llave(self) -> str:
        """«cumplimiento:nodo/12@2026-09», la misma que va dentro de las llaves."""
        return f"{self.figura}:{self.asunto}/{self.referencia}@{self.anio:04d}-{self.mes:02d}"

    @property
    def escrita(self) -> str:
        """Como se inserta en el texto."""
        return "{{" + self.llave + "}}"

    @property
    def que_es(self) -> str:
        """«Cumplimiento al corte, septiembre de 2026»."""
        nombre = {**PORCENTAJES, **CANTIDADES, **DINEROS}[self.figura][1]
        return f"{nombre}, {mes_anio(self.anio, self.mes)}"


def cita_de(llave: str) -> Cita | None:
    """La cita de una llave, o None si no está bien escrita o pide algo que no existe."""
    hallada = CITA.fullmatch("{{" + llave + "}}")
    if hallada is None:
        return None
    figura, asunto, referencia, anio, mes = hallada.groups()
    if figura not in FIGURAS_DE.get(asunto, ()) or not 1 <= int(mes) <= 12:
        return None
    return Cita(figura, asunto, referencia, int(anio), int(mes))


def citas(texto: str) -> list[Cita]:
    """Las citas del texto, sin repetir y en orden."""
    llaves = dict.fromkeys(hallada.group(0)[2:-2] for hallada in CITA.finditer(texto))
    return [cita for llave in llaves if (cita := cita_de(llave)) is not None]


def rotas(texto: str) -> list[str]:
    """Lo que lleva dobles llaves y no es una cita que el sistema entienda."""
    return [h.group(0) for h in _LLAVES.finditer(texto) if cita_de(h.group(0)[2:-2]) is None]


def dicho(cita: Cita, figura: Mapping[str, Any] | None) -> str | None:
    """La cifra como se escribe; None si esa figura no tiene valor."""
    if figura is None:
        return None
    if cita.figura in PORCENTAJES:
        resultado = figura.get(PORCENTAJES[cita.figura][0])
        if not resultado or resultado["valor"] is None:
            return None
        return str(resultado["cifra"])
    if cita.figura in DINEROS:
        centavos = figura.get(DINEROS[cita.figura][0])
        return None if centavos is None else mdp(centavos) if abs(centavos) >= 10**8 else moneda(centavos)
    cantidad = figura.get(CANTIDADES[cita.figura][0])
    return None if cantidad is None else numero(Decimal(cantidad))


def resolver(parrafo: str, cifras: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """El párrafo en tramos (texto, llave): la cita ya con su valor y su llave; lo demás, con llave vacía."""
    tramos: list[tuple[str, str]] = []
    desde = 0
    for hallada in _LLAVES.finditer(parrafo):
        llave = hallada.group(0)[2:-2]
        if hallada.start() > desde:
            tramos.append((parrafo[desde : hallada.start()], ""))
        tramos.append((f"«{ILEGIBLE}»" if cifras.get(llave) is None else str(cifras[llave]), llave))
        desde = hallada.end()
    if desde < len(parrafo):
        tramos.append((parrafo[desde:], ""))
    return tramos


def como_se_lee(parrafo: str, cifras: Mapping[str, str | None]) -> str:
    """El párrafo con cada cita ya escrita y cada fuente entre paréntesis."""
    leido = "".join(texto for texto, _ in resolver(parrafo, cifras))
    return FUENTE.sub(lambda h: f"(fuente: {h.group(1).strip()})", leido)


_NUM = r"\d[\d,]*(?:\.\d+)?"
_A_MANO = re.compile(
    rf"\$\s*{_NUM}(?:\s*(?:mil\s+)?(?:millones|mdp)(?:\s+de\s+pesos)?)?"
    rf"|{_NUM}\s*(?:mil\s+)?(?:mdp\b|millones\b(?:\s+de\s+pesos)?|pesos\b)"
    rf"|{_NUM}\s*(?:%|por\s+ciento\b|puntos\b)"
    rf"|\b{_NUM}\s+de\s+(?:cada\s+|los\s+|las\s+)?{_NUM}\b"
    rf"|(?<![\w/.-]){_NUM}(?![\w/-])",
    re.IGNORECASE,
)
_MESES = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_FECHA = re.compile(
    rf"\b\d{{1,2}}[°º]?\s+(?:de\s+|al\s+\d{{1,2}}\s+de\s+)?(?:{_MESES})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
    rf"|\b\d{{1,2}}\s+(?:de|a)\s+(?:19|20)\d{{2}}\b|\b(?:19|20)\d{{2}}\b(?:\s*[-–a]\s*(?:19|20)\d{{2}}\b)?"
    r"|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_REFERENCIA = re.compile(
    r"\b(?:art[íi]culos?|art\.|fracci[óo]n|numeral|eje|pilar|tema|objetivo|estrategia|l[íi]nea|programa|ODS|meta"
    r"|cap[íi]tulo|etapa|fase|secci[óo]n|carretera|calle|avenida|km|kil[óo]metro|escuela|primaria|secundaria"
    r"|n[úu]mero|n[úu]m\.|no\.|ley|norma)\s+\d[\d.]*",
    re.IGNORECASE,
)


def sin_fuente(texto: str, de_los_logros: Collection[str] = ()) -> list[tuple[int, str]]:
    """Cifras escritas a mano sin decir de dónde salen: (párrafo desde 1, cifra).

    Cuenta todo número escrito con dígitos, salvo fechas, horas, años y lo que nombra («artículo 17»,
    «eje 2»). No cuenta la que el párrafo declara después con `[fuente: …]`, ni la que es de un logro del
    capítulo. Los números escritos con letra no se revisan.
    """
    conocidas = {_lisa(escrita) for escrita in de_los_logros}
    halladas = []
    for n, parrafo in enumerate(parrafos(texto), start=1):
        liso = _borrar(_LLAVES, parrafo)
        ultima = max((h.start() for h in FUENTE.finditer(liso)), default=-1)
        liso = _borrar(_REFERENCIA, _borrar(_FECHA, _borrar(FUENTE, liso)))
        for h in _A_MANO.finditer(liso):
            cifra = h.group(0).strip()
            if h.start() >= ultima and _lisa(cifra) not in conocidas:
                halladas.append((n, cifra))
    return halladas


def _borrar(patron: re.Pattern[str], texto: str) -> str:
    """El texto con lo hallado en blanco, sin que nada cambie de lugar."""
    return patron.sub(lambda h: " " * len(h.group(0)), texto)


def _lisa(escrita: str) -> str:
    """La cifra sin espacios, signo de pesos ni ceros de centavos, para comparar como se escriba."""
    corta = re.sub(r"[\s$\u00a0]|pesos|depesos", "", escrita.casefold())
    return re.sub(r"\.00$", "", corta).replace("millones", "mdp")


def cifras_de_logro(inversion: int, beneficiarios: int) -> list[str]:
    """Cómo se puede escribir lo que un logro declara: su inversión (centavos) y sus beneficiarios."""
    escritas = []
    if inversion:
        escritas += [moneda(inversion), mdp(inversion)]
    if beneficiarios:
        escritas.append(numero(beneficiarios))
    return escritas


def cambiadas(
    guardadas: Mapping[str, Mapping[str, Any]], ahora: Mapping[str, str | None]
) -> list[tuple[str, str | None, str | None]]:
    """Las citas cuyo valor ya no es el que se guardó con el texto: (llave, antes, ahora)."""
    return [
        (llave, antes["dicho"], ahora.get(llave))
        for llave, antes in guardadas.items()
        if antes["dicho"] != ahora.get(llave)
    ]
