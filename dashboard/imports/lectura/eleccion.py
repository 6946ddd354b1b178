"""Qué hoja del archivo se lee: la visible que mejor empareja; si no se sabe, se pregunta."""

from collections.abc import Sequence

from dashboard.imports.lectura.encabezado import ColumnaBuscada, Encabezado, encabezado_de
from dashboard.imports.lectura.hojas import Hoja
from db.rules.problema import Problema

_NOMBRADAS = 12


def elegir(
    hojas: Sequence[Hoja], columnas: Sequence[ColumnaBuscada], pedida: str | None = None
) -> tuple[Encabezado, list[str]]:
    """El encabezado de la hoja que se leerá y los avisos de la elección.

    Una hoja oculta sólo se lee si ninguna visible se le parece. Problema si no hay encabezado o faltan
    columnas.
    """
    if pedida is not None:
        hojas = [h for h in hojas if h.nombre == pedida]
        if not hojas:
            raise Problema(f"El archivo no tiene la hoja «{pedida}» o está vacía.", "Elija otra hoja.")
    minimo = min(2, len(columnas))
    hallados = [e for e in (encabezado_de(h, columnas) for h in hojas) if e and len(e.campos) >= minimo]
    visibles = [e for e in hallados if not e.hoja.oculta]
    if not (visibles or hallados):
        raise _sin_encabezado(hojas, columnas)
    mejores = sorted(visibles or hallados, key=lambda e: (bool(e.faltan), -len(e.campos)))
    mejor = mejores[0]
    if mejor.faltan:
        raise _faltan_columnas(mejor)
    return mejor, _avisos(mejor, mejores[1:])


def _avisos(mejor: Encabezado, otros: Sequence[Encabezado]) -> list[str]:
    avisos, nombre = list(mejor.hoja.avisos), mejor.hoja.nombre
    if mejor.hoja.oculta:
        avisos.append(f"Se leyó la hoja oculta «{nombre}»: ninguna hoja visible tiene estas columnas.")
    iguales = [o.hoja.nombre for o in otros if not o.faltan]
    if iguales:
        avisos.append(f"Se leyó la hoja «{nombre}»; también tienen estas columnas: {_lista(iguales)}.")
    return avisos


def _lista(nombres: Sequence[str]) -> str:
    textos = [f"«{n}»" for n in nombres[:_NOMBRADAS]]
    resto = len(nombres) - len(textos)
    return ", ".join(textos) + (f" y {resto} más" if resto else "")


def _sin_encabezado(hojas: Sequence[Hoja], columnas: Sequence[ColumnaBuscada]) -> Problema:
    esperadas = [c.nombre for c in columnas if c.obligatoria] or [c.nombre for c in columnas]
    return Problema(
        f"No se encontró la fila de encabezados en {_lista([h.nombre for h in hojas])}. "
        f"Se esperaban las columnas {_lista(esperadas)}.",
        "Revise que sea el archivo correcto o copie sus datos en la plantilla.",
    )


def _faltan_columnas(encabezado: Encabezado) -> Problema:
    una = len(encabezado.faltan) == 1
    hallado = _lista([*encabezado.titulos.values()])
    return Problema(
        f"{'Falta la columna' if una else 'Faltan las columnas'} {_lista(encabezado.faltan)} en la hoja "
        f"«{encabezado.hoja.nombre}», fila {encabezado.fila}. Se encontró: {hallado}.",
        "Agregue o cambie el nombre de esas columnas, o copie sus datos en la plantilla.",
    )
