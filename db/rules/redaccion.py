"""El texto que el sistema escribe de sus cifras, y lo que distingue al que una persona corrigió."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from db.rules.captura import MAXIMO, MINIMO
from db.rules.estado import DE_BANDA, Estado
from db.rules.formato import mdp

Ligero = Mapping[str, Any]
"""Un resultado llano: valor, estado, palabra y cifra."""

_CIFRA = re.compile(r"\$\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?(?:%|mdp|puntos|pesos)")


def cifras_de(texto: str) -> list[str]:
    """Las cifras con unidad que trae un texto: «85.2 %», «12.3 mdp», «$1,200.00»."""
    return [re.sub(r"\s", "", c) for c in _CIFRA.findall(texto)]


def cifras_ajenas(corregido: str, automatico: str) -> list[str]:
    """Las del texto corregido que el sistema no escribiría hoy: sin fuente, o ya viejas."""
    propias = set(cifras_de(automatico))
    return [c for c in dict.fromkeys(cifras_de(corregido)) if c not in propias]


def se_desvia(cumplimiento: Ligero) -> bool:
    """¿Se sale de 90 a 110 %, o se logró sin estar programado? Es lo que el informe explica."""
    if cumplimiento["estado"] == Estado.no_programado:
        return True
    valor = cumplimiento["valor"]
    if valor is None:
        return bool(cumplimiento["estado"] == Estado.critico)
    return not MINIMO <= Decimal(valor) <= MAXIMO


def _de(cuantas: int, uno: str, varios: str) -> str:
    return f"{cuantas:,} {uno if cuantas == 1 else varios}"


def de_nodo(nombre: str, figura: Mapping[str, Any], dinero: Mapping[str, Any] | None, *, hasta: str) -> str:
    """El párrafo de un eje o del plan: cuánto cumple, con cuántas metas, cómo va el año y el dinero."""
    c, avance = figura["cumplimiento"], figura["avance_anual"]
    evaluadas = f"{figura['evaluados']:,} de {_de(figura['total'], 'meta', 'metas')}"
    if c["valor"] is None:
        dicho = f"{nombre} no tiene cifra a {hasta} ({c['palabra'].lower()}): se evaluaron {evaluadas}."
    else:
        dicho = (
            f"A {hasta}, {nombre} cumple {c['cifra']} de lo programado ({c['palabra'].lower()}), con "
            f"{evaluadas} evaluadas."
        )
    if avance["valor"] is not None:
        dicho += f" Del año lleva {avance['cifra']}."
    return dicho + _por_estado(figura["por_estado"]) + _del_dinero(dinero)


def _por_estado(cuentas: Mapping[str, int]) -> str:
    palabras = {
        Estado.critico: ("crítica", "críticas"),
        Estado.riesgo: ("en riesgo", "en riesgo"),
        Estado.adecuado: ("en meta", "en meta"),
        Estado.sobrecumplido: ("por arriba de lo programado", "por arriba de lo programado"),
    }
    partes = [_de(cuentas[e], *palabras[e]) for e in DE_BANDA if cuentas.get(e)]
    if not partes:
        return ""
    return f" De ellas, {', '.join(partes[:-1]) + ' y ' if len(partes) > 1 else ''}{partes[-1]}."


def _del_dinero(dinero: Mapping[str, Any] | None) -> str:
    if not dinero or not dinero["modificado"]:
        return ""
    return (
        f" Su presupuesto modificado es de {mdp(dinero['modificado'])}, de los que se han devengado "
        f"{mdp(dinero['devengado'])} ({dinero['financiero']['cifra']})."
    )


def conclusiones(ejes: Sequence[tuple[str, Ligero]], desviadas: int, sin_explicar: int) -> str:
    """El cierre: el eje que mejor va, el que menos y cuántas metas quedan por explicar."""
    con_cifra = sorted(
        ((Decimal(c["valor"]), nombre, c) for nombre, c in ejes if c["valor"] is not None),
        key=lambda trio: trio[0],
    )
    partes = []
    if len(con_cifra) > 1:
        _, menor, suyo = con_cifra[0]
        _, mayor, mejor = con_cifra[-1]
        partes.append(
            f"El mejor resultado es el de {mayor} ({mejor['cifra']}) y el menor, el de {menor} "
            f"({suyo['cifra']})."
        )
    if desviadas:
        se_apartan = _de(desviadas, "meta se aparta", "metas se apartan")
        razones = f"; {_de(sin_explicar, 'no trae', 'no traen')} justificación"
        partes.append(
            f"{se_apartan} más de 10 % de lo programado"
            f"{razones if sin_explicar else ', con su justificación'}."
        )
    return " ".join(partes) or "Ninguna meta se aparta más de 10 % de lo programado."
