"""Qué renglones de un EAEPE suman al total y cuáles los desglosan, aunque el archivo no lo diga."""

import re
from collections.abc import Mapping, Sequence

from dashboard.imports.eaepe_titulo import es_capitulo, sin_signos
from db.rules.eaepe import Oficial
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
    codigos: Sequence[str],
    conceptos: Sequence[str],
    importes: Sequence[Importes],
    total: Importes | None,
    oficiales: Sequence[Oficial] = (),
) -> list[int]:
    """El nivel de cada renglón (1 suma al total).

    Prueba, en orden: códigos, nombres oficiales de la clasificación, capítulos, sangría y aritmética; se
    queda con la primera manera en que los de nivel 1 suman el total, o con la primera que distingue niveles
    si no hay total.
    """
    maneras = [
        _por_codigo(codigos),
        _por_nombre(conceptos, oficiales),
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
    """«1000» y «A00» son nivel 1; «1100», «1.1» y «A00-100», 2; «1110», 3. Sin código, abajo de lo anterior.

    En el objeto del gasto el nivel lo dicen los ceros; en lo demás, el largo del código. Las letras de la
    categoría programática no dicen nivel.
    """
    if not any(codigos) or any(re.fullmatch(r"[A-Z]", codigo) for codigo in codigos):
        return []
    if any(re.fullmatch(r"[1-9]000", codigo) for codigo in codigos):
        largos = [len(codigo.rstrip("0")) if codigo else None for codigo in codigos]
    else:
        largos = [len(re.sub("[-.]", "", codigo)) if codigo else None for codigo in codigos]
    distintos = sorted({largo for largo in largos if largo is not None})
    resultado: list[int] = []
    for largo in largos:
        anterior = resultado[-1] if resultado else 1
        resultado.append(max(2, anterior) if largo is None else distintos.index(largo) + 1)
    return resultado


def _por_nombre(conceptos: Sequence[str], oficiales: Sequence[Oficial]) -> list[int]:
    """El nivel de cada nombre oficial entre los que el documento trae; vacío si hay que adivinar más de uno
    de cada cinco.

    Un nombre que el catálogo usa en dos niveles es el más alto. Lo que no es oficial va como lo anterior.
    """
    padres = {clave: padre for clave, padre, _ in oficiales}
    por_nombre: dict[str, str] = {}
    for clave, _, nombre in oficiales:
        previa = por_nombre.setdefault(sin_signos(nombre), clave)
        if len(_arriba(clave, padres)) < len(_arriba(previa, padres)):
            por_nombre[sin_signos(nombre)] = clave
    halladas = [_oficial(sin_signos(concepto), por_nombre) for concepto in conceptos]
    if not oficiales or halladas.count(None) * 5 > len(halladas):
        return []
    presentes = set(halladas)
    resultado: list[int] = []
    for hallada in halladas:
        if hallada is None:
            resultado.append(resultado[-1] if resultado else 1)
        else:
            resultado.append(1 + sum(ancestro in presentes for ancestro in _arriba(hallada, padres)))
    return resultado


def _oficial(nombre: str, por_nombre: Mapping[str, str]) -> str | None:
    """La clave de un nombre, con o sin la letra que lo antecede («e prestacion de servicios publicos»)."""
    return por_nombre.get(nombre) or por_nombre.get(re.sub(r"^[a-z] ", "", nombre))


def _arriba(clave: str, padres: Mapping[str, str]) -> list[str]:
    """Los ancestros de una clave, de su padre al de más arriba."""
    ancestros: list[str] = []
    while (clave := padres.get(clave, "")) and clave not in ancestros:
        ancestros.append(clave)
    return ancestros


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
