"""La MIR como la espera quien planea: niveles, claves de sus renglones y lo que le falta."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from db.rules.mir_redaccion import consejo, falla_de_unidad
from db.rules.texto import llave

NIVELES = {"fin": "Fin", "proposito": "Propósito", "componente": "Componente", "actividad": "Actividad"}
"""De arriba hacia abajo."""

CREMAA = {
    "claridad": ("Claridad", "¿Es claro? Quien no conoce el programa entiende qué mide."),
    "relevancia": ("Relevancia", "¿Es relevante? Mide lo esencial del objetivo de su renglón."),
    "economia": ("Economía", "¿Es económico? Los datos se consiguen a un costo razonable."),
    "monitoreable": ("Monitoreable", "¿Es monitoreable? Otra persona puede comprobarlo con sus medios."),
    "adecuado": ("Adecuado", "¿Es adecuado? Alcanza para juzgar si se va bien."),
    "aportacion": ("Aportación", "¿Aporta? Dice algo que los otros del renglón no dicen."),
}
"""Criterio → su nombre y su pregunta (guías de indicadores de CONEVAL y SHCP)."""

NOMBRADOS = 2
"""Indicadores que se nombran cuando la falta es de muchos."""

_VACIO = frozenset({"", "n/a", "na", "no aplica", "ninguno", "-", "—", "s/d"})


class Gravedad(StrEnum):
    FALTA = "falta"
    AVISO = "aviso"
    CONSEJO = "consejo"


@dataclass(frozen=True, slots=True)
class IndicadorRevisable:
    """Lo que se revisa de un indicador; `ligado`: tiene ficha en el ejercicio.

    `cremaa` son los criterios contestados y si los cumple; sólo se contestan los de una ficha.
    """

    nombre: str
    formula: str = ""
    unidad: str = ""
    medios: str = ""
    ligado: bool = False
    con_base: bool = False
    """Tiene línea base y su año."""
    cremaa: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RenglonRevisable:
    """Un renglón de la MIR con sus indicadores."""

    id: int
    nivel: str
    orden: int
    resumen: str
    padre_id: int | None = None
    supuestos: str = ""
    indicadores: tuple[IndicadorRevisable, ...] = ()


@dataclass(frozen=True, slots=True)
class Falta:
    """Algo que corregir: qué regla, dónde (en palabras y el renglón) y cómo se remedia."""

    gravedad: Gravedad
    regla: str
    donde: str
    remedio: str
    renglon_id: int | None = None


def vacio(texto: str) -> bool:
    """¿No dice nada? «N/A» tampoco."""
    return llave(texto).rstrip(".") in _VACIO


def en_orden(renglones: Sequence[RenglonRevisable]) -> list[RenglonRevisable]:
    """Fin, Propósito, Componentes y Actividades, cada uno en su lugar."""
    lugar = {r.id: r.orden for r in renglones}
    niveles = list(NIVELES)
    return sorted(
        renglones, key=lambda r: (niveles.index(r.nivel), lugar.get(r.padre_id or 0, 0), r.orden, r.id)
    )


def claves(renglones: Sequence[RenglonRevisable]) -> dict[int, str]:
    """Cómo se nombra cada renglón: «Fin», «Propósito», «Componente 2», «Actividad 2.1».

    Un Fin o un Propósito de más lleva su número; una actividad sin componente, «?».
    """
    puestas: dict[int, str] = {}
    numeros: dict[int, int] = {}
    cuantos: dict[tuple[str, int | None], int] = {}
    for r in en_orden(renglones):
        padre = r.padre_id if r.nivel == "actividad" else None
        cuantos[r.nivel, padre] = numero = cuantos.get((r.nivel, padre), 0) + 1
        numeros[r.id] = numero
        if r.nivel == "actividad":
            cual = f" {numeros.get(padre or 0, '?')}.{numero}"
        elif r.nivel == "componente" or numero > 1:
            cual = f" {numero}"
        else:
            cual = ""
        puestas[r.id] = f"{NIVELES[r.nivel]}{cual}"
    return puestas


def revisar(renglones: Sequence[RenglonRevisable]) -> list[Falta]:
    """Lo que una MIR debe tener y no tiene, de lo más a lo menos grave; vacía si no hay renglones."""
    if not renglones:
        return []
    nombres = claves(renglones)
    ordenados = en_orden(renglones)
    halladas = list(_estructura(renglones, nombres))
    for renglon in ordenados:
        halladas += _del_renglon(renglon, nombres[renglon.id])
        for indicador in renglon.indicadores:
            halladas += _del_indicador(indicador, renglon, nombres[renglon.id])
    halladas += _de_fichas([(r, i) for r in ordenados for i in r.indicadores])
    gravedades = list(Gravedad)
    return sorted(halladas, key=lambda f: gravedades.index(f.gravedad))


def _estructura(renglones: Sequence[RenglonRevisable], nombres: Mapping[int, str]) -> Iterator[Falta]:
    de_nivel = {nivel: [r for r in renglones if r.nivel == nivel] for nivel in NIVELES}
    if not de_nivel["fin"]:
        yield Falta(Gravedad.FALTA, "Falta el Fin", "La matriz", "Agregue a qué contribuye el programa.")
    propositos = len(de_nivel["proposito"])
    if propositos != 1:
        yield Falta(
            Gravedad.FALTA,
            "El Propósito es uno y sólo uno",
            f"La matriz tiene {propositos}" if propositos else "La matriz no tiene",
            "Deje un solo Propósito; si hay dos resultados, son dos programas."
            if propositos
            else "Agregue qué cambia en la población.",
        )
    if not de_nivel["componente"]:
        yield Falta(
            Gravedad.FALTA, "Faltan Componentes", "La matriz", "Agregue los bienes o servicios que entrega."
        )
    con_actividades = {r.padre_id for r in de_nivel["actividad"]}
    for r in de_nivel["componente"]:
        if r.id not in con_actividades:
            yield Falta(
                Gravedad.FALTA,
                "Un Componente sin Actividades",
                nombres[r.id],
                "Agregue al menos una Actividad con que se produce.",
                r.id,
            )
    componentes = {r.id for r in de_nivel["componente"]}
    for r in de_nivel["actividad"]:
        if r.padre_id not in componentes:
            yield Falta(
                Gravedad.FALTA,
                "Una Actividad sin Componente",
                nombres[r.id],
                "Diga de qué Componente es.",
                r.id,
            )


def _del_renglon(r: RenglonRevisable, donde: str) -> Iterator[Falta]:
    if not r.indicadores:
        yield Falta(
            Gravedad.FALTA, "Un renglón sin indicador", donde, "Ligue una ficha o escriba su indicador.", r.id
        )
    # El Fin es el último nivel: no hay nada arriba que dependa de su supuesto.
    if r.nivel != "fin" and vacio(r.supuestos):
        yield Falta(
            Gravedad.AVISO, "Falta el supuesto", donde, "Escriba qué debe ocurrir fuera del programa.", r.id
        )
    if dicho := consejo(r.nivel, r.resumen):
        yield Falta(Gravedad.CONSEJO, "Redacción", donde, dicho, r.id)


def _del_indicador(i: IndicadorRevisable, r: RenglonRevisable, renglon: str) -> Iterator[Falta]:
    donde = f"{renglon}: «{i.nombre}»"
    if vacio(i.medios):
        yield Falta(
            Gravedad.AVISO,
            "Faltan los medios de verificación",
            donde,
            "Diga en qué documento y de qué área se comprueba.",
            r.id,
        )
    if falla := falla_de_unidad(i.nombre, i.unidad, i.formula):
        yield Falta(
            Gravedad.AVISO,
            "«Porcentaje» y conteo se confunden",
            f"{donde} {falla}",
            "Corrija el nombre o la fórmula.",
            r.id,
        )
    no_cumple = [nombre for criterio, (nombre, _) in CREMAA.items() if i.cremaa.get(criterio) is False]
    if no_cumple:
        yield Falta(
            Gravedad.AVISO,
            "No cumple una pregunta CREMAA",
            f"{donde}: {', '.join(no_cumple)}",
            "Corrija el indicador o cámbielo por otro.",
            r.id,
        )


def _de_fichas(pares: Sequence[tuple[RenglonRevisable, IndicadorRevisable]]) -> Iterator[Falta]:
    """Lo que falta a muchos indicadores a la vez, dicho una sola vez con cuántos son."""
    ligados = [(r, i) for r, i in pares if i.ligado]
    reglas = (
        (
            "Indicadores sin ficha del ejercicio",
            "Líguelos con su ficha para ver cómo van; si no existe, cárguela en Importar.",
            [(r, i) for r, i in pares if not i.ligado],
            pares,
        ),
        (
            "Falta la línea base o su año",
            "Complételos en la ficha de cada indicador.",
            [(r, i) for r, i in ligados if not i.con_base],
            ligados,
        ),
        (
            "Preguntas CREMAA sin contestar",
            "Contéstelas en «CREMAA».",
            [(r, i) for r, i in ligados if any(criterio not in i.cremaa for criterio in CREMAA)],
            ligados,
        ),
    )
    for regla, remedio, faltan, de in reglas:
        if faltan:
            nombres = ", ".join(f"«{i.nombre}»" for _, i in faltan[:NOMBRADOS])
            mas = "…" if len(faltan) > NOMBRADOS else ""
            donde = f"{len(faltan)} de {len(de)} indicadores: {nombres}{mas}"
            yield Falta(Gravedad.AVISO, regla, donde, remedio)
