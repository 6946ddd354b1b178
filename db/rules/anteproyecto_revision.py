"""Lo que se comprueba antes de cerrar una etapa del presupuesto: 04a = 01a = 01c, techos y catálogos.

Manual PbRM del Estado de México: las partidas (04a) deben dar el presupuesto por proyecto (01a), y cada
proyecto con dinero sus metas de actividad (01c), y al revés.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.rules.anteproyecto import MESES, Meses, capitulo_de, fuente_valida, partida_valida
from db.rules.formato import moneda

Lugar = tuple[str, str, str]
"""Claves de dependencia general, dependencia auxiliar y proyecto."""

REGLAS = {
    "techo": "Nadie propone más que su techo, ni en todo ni por capítulo",
    "catalogo": "Toda partida y toda fuente existen",
    "01a": "04a = 01a: el dinero está en proyectos ejecutados, y todos tienen dinero",
    "01c": "04a = 01c: todo proyecto con dinero tiene metas, y todo el que tiene metas tiene dinero",
    "capitulos": "La suma por capítulo es la suma de las partidas",
    "meses": "Ningún proyecto se queda con meses sin dinero",
    "plan": "Todo proyecto con dinero sirve a una línea del plan",
}
"""Código de cada regla y lo que pide, en el orden en que se muestran."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Una regla que no se cumple: dónde, qué pasa y cómo se arregla; lo grave impide cerrar sin razón."""

    regla: str
    general: str
    """Clave de la dependencia general; vacía si es de toda la etapa."""
    lugar: str
    mensaje: str
    remedio: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Linea:
    """Una partida propuesta, con las claves de su lugar."""

    lugar: Lugar
    fuente: str
    partida: str
    meses: Meses

    @property
    def anual(self) -> int:
        return sum(self.meses)


@dataclass(frozen=True, slots=True)
class Integracion:
    """Todo lo que se compara, por claves. `anio_metas` es de qué año son las metas; None, que no hay."""

    anio: int
    lineas: Sequence[Linea]
    techos: Mapping[tuple[str, str], int]
    """(general, capítulo) → centavos; capítulo vacío es el techo total."""
    partidas: frozenset[str]
    fuentes: frozenset[str]
    ejecutados: frozenset[Lugar] = frozenset()
    metas: frozenset[Lugar] = frozenset()
    anio_metas: int | None = None
    con_linea: frozenset[str] = frozenset()
    """Claves de los proyectos que sirven a alguna línea del plan."""
    nombres: Mapping[str, str] = field(default_factory=dict)
    """Nombre de cada proyecto por su clave."""


def comprobar(todo: Integracion) -> list[Hallazgo]:
    """Los hallazgos, regla por regla en el orden de `REGLAS`; dentro de cada una, por lugar."""
    hallazgos = [
        *_techos(todo), *_catalogo(todo), *_proyectos(todo), *_metas(todo), *_capitulos(todo),
        *_meses(todo), *_plan(todo),
    ]  # fmt: skip
    orden = list(REGLAS)
    return sorted(hallazgos, key=lambda h: (orden.index(h.regla), not h.grave, h.general, h.lugar))


def _techos(todo: Integracion) -> Iterator[Hallazgo]:
    propuesto: dict[tuple[str, str], int] = defaultdict(int)
    for linea in todo.lineas:
        general = linea.lugar[0]
        propuesto[general, ""] += linea.anual
        propuesto[general, capitulo_de(linea.partida)] += linea.anual
    for (general, capitulo), techo in sorted(todo.techos.items()):
        exceso = propuesto[general, capitulo] - techo
        if exceso > 0:
            donde = f"{general}, capítulo {capitulo}" if capitulo else general
            que = f"propone {moneda(exceso + techo)} y su techo es {moneda(techo)}: excede {moneda(exceso)}"
            yield Hallazgo(
                "techo", general, donde, que, "Reduzca partidas o pida a Tesorería que amplíe el techo."
            )
    con_dinero = {general for (general, capitulo), monto in propuesto.items() if monto and not capitulo}
    for general in sorted(con_dinero):
        if (general, "") not in todo.techos:
            yield Hallazgo(
                "techo", general, general, "propone dinero y no tiene techo", "Pida a Tesorería que lo fije."
            )
    for general in sorted({g for g, capitulo in todo.techos if capitulo}):
        partes = sum(t for (g, capitulo), t in todo.techos.items() if g == general and capitulo)
        total = todo.techos.get((general, ""))
        if total is not None and partes > total:
            que = f"sus techos por capítulo suman {moneda(partes)}, más que el total {moneda(total)}"
            yield Hallazgo("techo", general, general, que, "Tesorería corrige los techos.")


def _catalogo(todo: Integracion) -> Iterator[Hallazgo]:
    for linea in todo.lineas:
        general, auxiliar, proyecto = linea.lugar
        donde = f"{general}-{auxiliar}, proyecto {proyecto}"
        if not partida_valida(linea.partida, todo.partidas):
            que = f"la partida {linea.partida} no está en el Clasificador por Objeto del Gasto"
            yield Hallazgo("catalogo", general, donde, que, "Cambie la partida en la captura.")
        if not fuente_valida(linea.fuente, todo.fuentes):
            que = f"la fuente {linea.fuente} no está en el Clasificador por Fuentes de Financiamiento"
            yield Hallazgo("catalogo", general, donde, que, "Cambie la fuente en la captura.")


def _con_dinero(todo: Integracion) -> dict[Lugar, int]:
    montos: dict[Lugar, int] = defaultdict(int)
    for linea in todo.lineas:
        montos[linea.lugar] += linea.anual
    return dict(montos)


def _donde(todo: Integracion, lugar: Lugar) -> str:
    general, auxiliar, proyecto = lugar
    return f"{general}-{auxiliar}, proyecto {proyecto} {todo.nombres.get(proyecto, '')}".rstrip()


def _proyectos(todo: Integracion) -> Iterator[Hallazgo]:
    montos = _con_dinero(todo)
    capturan = {lugar[0] for lugar in montos}
    for lugar in sorted(montos.keys() - todo.ejecutados):
        que = f"tiene {moneda(montos[lugar])} en el 04a y no está entre los proyectos ejecutados del 01a"
        remedio = "Quite sus partidas o pida a planeación que lo agregue en la estructura."
        yield Hallazgo("01a", lugar[0], _donde(todo, lugar), que, remedio)
    vacias: dict[str, int] = defaultdict(int)
    for lugar in sorted(todo.ejecutados - montos.keys()):
        if lugar[0] not in capturan:
            vacias[lugar[0]] += 1
            continue
        yield Hallazgo(
            "01a",
            lugar[0],
            _donde(todo, lugar),
            "lo ejecuta según el 01a y no tiene partidas en el 04a",
            "Capture sus partidas, o pida a planeación que lo quite de la estructura.",
        )
    for general, cuantos in vacias.items():
        faltan = "le falta un proyecto" if cuantos == 1 else f"le faltan {cuantos:,} proyectos"
        que = f"no ha capturado nada: {faltan}"
        yield Hallazgo("01a", general, general, que, "Pida a su enlace que capture o cargue su archivo.")


def _metas(todo: Integracion) -> Iterator[Hallazgo]:
    """Sin metas del propio año se compara con las del anterior, y entonces sólo se avisa."""
    propias = todo.anio_metas == todo.anio
    if not propias:
        que = f"todavía no hay metas de actividad de {todo.anio} (PbRM-01c)"
        if todo.anio_metas is not None:
            que += f"; lo demás de esta regla se compara con las de {todo.anio_metas}"
        remedio = "Cárguelas en Importar, formato Actividades."
        yield Hallazgo("01c", "", "Toda la etapa", que, remedio)
    if todo.anio_metas is None:
        return
    montos = _con_dinero(todo)
    capturan = {lugar[0] for lugar in montos}
    for lugar in sorted(montos.keys() - todo.metas):
        que = f"tiene {moneda(montos[lugar])} y ninguna meta de actividad"
        remedio = "Programe sus metas en el 01c o quite su dinero."
        yield Hallazgo("01c", lugar[0], _donde(todo, lugar), que, remedio, propias)
    for lugar in sorted(todo.metas - montos.keys()):
        if lugar[0] in capturan:
            que = "tiene metas de actividad y ningún dinero: su gasto estimado total sería $0.00"
            remedio = "Capture sus partidas o quite sus metas."
            yield Hallazgo("01c", lugar[0], _donde(todo, lugar), que, remedio, propias)


def _capitulos(todo: Integracion) -> Iterator[Hallazgo]:
    por_capitulo = sum(linea.anual for linea in todo.lineas if "1" <= linea.partida[:1] <= "9")
    total = sum(linea.anual for linea in todo.lineas)
    if por_capitulo != total:
        que = f"los capítulos suman {moneda(por_capitulo)} y las partidas {moneda(total)}"
        yield Hallazgo("capitulos", "", "Toda la etapa", que, "Corrija las partidas que no existen.")


def _meses(todo: Integracion) -> Iterator[Hallazgo]:
    por_lugar: dict[Lugar, list[int]] = {}
    for linea in todo.lineas:
        suma = por_lugar.setdefault(linea.lugar, [0] * len(MESES))
        for mes, importe in enumerate(linea.meses):
            suma[mes] += importe
    for lugar, suma in sorted(por_lugar.items()):
        vacios = [MESES[mes] for mes, importe in enumerate(suma) if not importe]
        if vacios:
            lista = ", ".join(vacios) if len(vacios) < 5 else f"{len(vacios)} meses"
            remedio = "Revise su calendario; si así debe ser, no hace falta nada."
            yield Hallazgo(
                "meses", lugar[0], _donde(todo, lugar), f"sin dinero en {lista}", remedio, grave=False
            )


def _plan(todo: Integracion) -> Iterator[Hallazgo]:
    for lugar, monto in sorted(_con_dinero(todo).items()):
        if lugar[2] not in todo.con_linea:
            que = f"{moneda(monto)} no sirven a ninguna línea del plan"
            remedio = "Cite la línea en sus metas o acéptela en Dinero y plan."
            yield Hallazgo("plan", lugar[0], _donde(todo, lugar), que, remedio, grave=False)
