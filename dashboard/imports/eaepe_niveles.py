"""Qué renglones de un EAEPE suman al total y cuáles los desglosan, aunque el archivo no lo diga."""

import re
from collections.abc import Sequence

from dashboard.imports.eaepe_titulo import es_capitulo
from db.rules.presupuesto import TOLERANCIA_EAEPE
from db.rules.texto import llave

Importes = tuple[int, ...]
_CODIGO = re.compile(r"\s*(\d{1,5}(?:\.\d+)*|[A-Z]\d{2}(?:[-.]?\d{3})?)(?:\s*[-–.:]\s*|\s+|$)(.*)", re.DOTALL)


def separar_codigo(clave: str, concepto: str) -> tuple[str, str]:
    """(código, nombre): el código de su columna o el que antecede al nombre («1100 Remuneraciones»)."""
    if clave:
        return clave.strip(), " ".join(concepto.split())
    partes = _CODIGO.match(concepto)
    if partes and partes[2].strip():
        return partes[1], " ".join(partes[2].split())
    return "", " ".join(concepto.split())


def niveles(
    codigos: Sequence[str], conceptos: Sequence[str], importes: Sequence[Importes], total: Importes | None
) -> list[int]:
    """El nivel de cada renglón (1 suma al total).

    Prueba, en orden: códigos, capítulos oficiales, sangría y aritmética; se queda con la primera manera en
    que los de nivel 1 suman el total, o con la primera que distingue niveles si no hay total.
    """
    maneras = [
        _por_codigo(codigos),
        _por_capitulo(conceptos),
        _por_sangria(conceptos),
        _por_aritmetica(importes),
        [1] * len(importes),
    ]
    posibles = [manera for manera in maneras if 1 in manera]
    if total is not None:
        for manera in posibles:
            if cuadra(suma_del_nivel_1(manera, importes), total, len(importes)):
                return manera
    return next((manera for manera in posibles if 2 in manera), posibles[-1])


def suma_del_nivel_1(niveles_: Sequence[int], importes: Sequence[Importes]) -> Importes:
    """Suma de los renglones de nivel 1, importe por importe."""
    primeros = [fila for nivel, fila in zip(niveles_, importes, strict=True) if nivel == 1]
    return tuple(map(sum, zip(*primeros, strict=True)))


def cuadra(suma: Importes, total: Importes, renglones: int) -> bool:
    """True si la diferencia cabe en un peso por renglón."""
    return all(abs(a - b) <= TOLERANCIA_EAEPE * renglones for a, b in zip(suma, total, strict=True))


def _por_codigo(codigos: Sequence[str]) -> list[int]:
    """«1000» y «A00» son nivel 1; «1100», «1.1» y «A00-100» van abajo. Sin código, abajo de lo anterior."""
    if not any(codigos):
        return []
    de_mil = any(re.fullmatch(r"[1-9]000", codigo) for codigo in codigos)
    if de_mil:
        return [1 if re.fullmatch(r"[1-9]000", codigo) else 2 for codigo in codigos]
    largos = [len(codigo.replace(".", "").replace("-", "")) for codigo in codigos if codigo]
    return [
        1 if codigo and len(codigo.replace(".", "").replace("-", "")) == min(largos) else 2
        for codigo in codigos
    ]


def _por_capitulo(conceptos: Sequence[str]) -> list[int]:
    capitulos = [es_capitulo(concepto) for concepto in conceptos]
    return [1 if capitulo else 2 for capitulo in capitulos] if any(capitulos) else []


def _por_sangria(conceptos: Sequence[str]) -> list[int]:
    sangrias = [len(concepto) - len(concepto.lstrip()) for concepto in conceptos]
    return [1 if sangria == min(sangrias) else 2 for sangria in sangrias]


def _por_aritmetica(importes: Sequence[Importes]) -> list[int]:
    """Un renglón igual a la suma de los que le siguen es su padre; los demás son de nivel 1."""
    resultado, i = [], 0
    while i < len(importes):
        hijos = _hijos(importes, i)
        resultado += [1, *[2] * hijos]
        i += 1 + hijos
    return resultado


def _hijos(importes: Sequence[Importes], i: int) -> int:
    """Cuántos renglones siguientes suman el renglón `i`; 0 si ninguno."""
    padre = importes[i]
    if not any(padre):
        return 0
    suma = [0] * len(padre)
    for cuantos, fila in enumerate(importes[i + 1 :], start=1):
        suma = [a + b for a, b in zip(suma, fila, strict=True)]
        if cuadra(tuple(suma), padre, 1):
            return cuantos
    return 0


def es_total_del_gasto(concepto: str) -> bool:
    """True si el renglón es el total del documento y no un subtotal."""
    return llave(concepto).startswith(("total del gasto", "total de egresos", "total general", "gran total"))


def es_total(texto: str) -> bool:
    """True si el código o el concepto es un total o subtotal: «TOTAL», «Subtotal Poder Legislativo»."""
    return re.match(r"(?:sub ?|gran )?total(?:es)?\b", llave(texto)) is not None
