"""Cuánto mide cada columna de una tabla impresa: lo pedido, salvo que una cifra no quepa.

Una cifra cortada o encimada miente; un texto sólo ocupa más renglones. Si ni así caben, baja la letra.
"""

from collections.abc import Iterable, Sequence

from dashboard.reports.bloques import Celda, Cifrado, Tabla, colocar, encabezado

RELLENO = 9.0
"""Puntos que se llevan las orillas de una casilla."""
POR_CIFRA, POR_LETRA = 0.63, 0.58
"""Ancho de un signo, en partes de la letra."""
PALABRA = 9
"""Letras de una palabra que no conviene partir."""
LETRA_MINIMA = 4.5
TOPE = 0.97
"""Parte del ancho que los mínimos pueden ocupar antes de que baje la letra."""


def repartir(tabla: Tabla, disponible: float) -> tuple[list[float], float]:
    """Ancho de cada columna y letra, en puntos, para que ninguna cifra rebase su casilla."""
    pedidos = [c.ancho for c in tabla.columnas]
    letra = tabla.letra
    unidades = _unidades(tabla)
    while letra > LETRA_MINIMA and _suma(unidades, letra) > disponible * TOPE:
        letra -= 0.25
    minimos = [u * letra + RELLENO for u in unidades]
    return _llenar(pedidos, minimos, disponible), letra


def _suma(unidades: Sequence[float], letra: float) -> float:
    return sum(u * letra + RELLENO for u in unidades)


def _unidades(tabla: Tabla) -> list[float]:
    """El mínimo de cada columna, en veces la letra: su cifra o su palabra más larga."""
    unidades = [0.0] * len(tabla.columnas)
    for celda, columna in _sueltas([*encabezado(tabla), *(r.celdas for r in tabla.renglones)]):
        unidades[columna] = max(unidades[columna], _necesita(celda))
    return unidades


def _sueltas(filas: Sequence[Sequence[Celda]]) -> Iterable[tuple[Celda, int]]:
    """Las celdas de una sola columna; las combinadas se acomodan en las suyas."""
    return ((p.celda, p.columna) for p in colocar(filas) if p.celda.ancho == 1)


def _necesita(celda: Celda) -> float:
    if celda.clase is not Cifrado.TEXTO:
        return POR_CIFRA * len(celda.texto)
    largas = [len(palabra) for palabra in celda.texto.split()]
    return POR_LETRA * min(max(largas, default=0), PALABRA)


def _llenar(pedidos: Sequence[float], minimos: Sequence[float], disponible: float) -> list[float]:
    """Reparte según lo pedido; a quien no alcanza su mínimo se le da, y los demás ceden en proporción."""
    if sum(minimos) >= disponible:
        return [disponible * m / sum(minimos) for m in minimos]
    fijas: dict[int, float] = {}
    while True:
        libres = [i for i in range(len(pedidos)) if i not in fijas]
        resto = disponible - sum(fijas.values())
        suma = sum(pedidos[i] for i in libres)
        cortas = [i for i in libres if resto * pedidos[i] / suma < minimos[i]]
        if not cortas or len(cortas) == len(libres):
            break
        fijas |= {i: minimos[i] for i in cortas}
    return [fijas.get(i, resto * pedidos[i] / suma if suma else 0.0) for i in range(len(pedidos))]
