"""Cómo se guarda un resultado congelado sin repetir en cada uno lo que es igual en todos.

Las bandas se guardan una vez por cierre y cada resultado las nombra; lo que está vacío y el corte del propio
cierre se omiten. Al leer se repone todo: lo desplegado es idéntico a lo congelado.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Dato = dict[str, Any]
Juego = list[Dato]

GENERALES = "generales"

_VACIOS: Mapping[str, Any] = {
    "insumos": [],
    "excluidos": [],
    "evaluados": 0,
    "total": 0,
    "cuentan_cero": 0,
    "bandas": [],
    "notas": [],
}
_ORIGINAL, _VIGENTE = "cumplimiento_original", "cumplimiento"


class Juegos:
    """Los juegos de bandas de un cierre, cada uno con el nombre con que se guarda."""

    def __init__(self, generales: Juego) -> None:
        self._nombres = {_llave(generales): GENERALES}
        self.propios: dict[str, Juego] = {}

    def nombre(self, juego: Juego) -> str:
        """El de ese juego; uno que no se había visto se agrega a `propios`."""
        llave = _llave(juego)
        if llave not in self._nombres:
            nombre = f"propias-{len(self.propios) + 1}"
            self._nombres[llave] = nombre
            self.propios[nombre] = juego
        return self._nombres[llave]


def _llave(juego: Juego) -> str:
    return json.dumps(juego, sort_keys=True)


def compactar(congelado: Dato, juegos: Juegos, corte: Sequence[int]) -> Dato:
    """Lo congelado de una cosa sin lo que se repite; `corte` es [año, mes] del cierre."""
    puesto = dict(congelado)
    if _ORIGINAL in puesto and puesto[_ORIGINAL] == puesto[_VIGENTE]:
        puesto[_ORIGINAL] = _VIGENTE
    return {campo: _corto(valor, juegos, list(corte)) for campo, valor in puesto.items()}


def _corto(valor: Any, juegos: Juegos, corte: list[int]) -> Any:
    if not _es_resultado(valor):
        return valor
    detalle = {k: v for k, v in valor["detalle"].items() if k not in _VACIOS or v != _VACIOS[k]}
    if "bandas" in detalle:
        detalle["bandas"] = juegos.nombre(detalle["bandas"])
    if detalle["corte"] == corte:
        del detalle["corte"]
    return valor | {"detalle": detalle}


def desplegar(guardado: Dato, juegos: Mapping[str, Juego], corte: Sequence[int]) -> Dato:
    """El inverso de `compactar`; lo guardado sin compactar se devuelve igual."""
    puesto = {campo: _largo(valor, juegos, list(corte)) for campo, valor in guardado.items()}
    if puesto.get(_ORIGINAL) == _VIGENTE:
        puesto[_ORIGINAL] = puesto[_VIGENTE]
    return puesto


def _largo(valor: Any, juegos: Mapping[str, Juego], corte: list[int]) -> Any:
    if not _es_resultado(valor):
        return valor
    detalle: Dato = {**_VACIOS, "corte": corte, **valor["detalle"]}
    if isinstance(detalle["bandas"], str):
        detalle["bandas"] = juegos[detalle["bandas"]]
    return valor | {"detalle": detalle}


def _es_resultado(valor: Any) -> bool:
    return isinstance(valor, dict) and "detalle" in valor
