"""Las fichas de indicadores: las escritas a mano y las que salen de los productos de cada proyecto."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from db.models.actividad import OperacionMeta
from db.models.indicadores import Frecuencia, NivelMir, SentidoIndicador, TipoIndicador
from seed.demo import historias
from seed.demo.programas import Unidad, unidades
from seed.demo.vocabulario import Producto, leer, productos

POBLACION = 118_450
Serie = tuple[int | None, ...]
"""Un valor por trimestre; None si no toca."""

CLASES = (
    ("eficacia",) * 11 + ("variacion",) * 3 + ("por_mil",) * 2 + ("promedio",) * 2 + ("anual", "semestral")
)
ACTIVOS = {"anual": (4,), "semestral": (2, 4)}
DIMENSIONES = ("Eficacia", "Eficacia", "Eficacia", "Eficiencia", "Calidad")
SIN_FORMULA = 0.015
SE_CALLA = frozenset({"Brindar", "Dar", "Impartir", "Organizar", "Realizar"})


@dataclass(frozen=True, slots=True)
class Variable:
    """Una variable con lo programado por trimestre."""

    letra: str
    nombre: str
    unidad: str
    operacion: OperacionMeta
    programado: Serie


@dataclass(frozen=True, slots=True)
class Ficha:
    """Un indicador que se repite los tres años."""

    unidad: Unidad
    nombre: str
    tipo: TipoIndicador
    nivel: NivelMir
    dimension: str
    frecuencia: Frecuencia
    formula: str | None
    formula_texto: str
    sentido: SentidoIndicador
    variables: tuple[Variable, ...]
    linea_base: Decimal | None
    objetivo: int
    """Posición del objetivo de su tema al que pertenece."""
    logro: tuple[int, ...] = ()
    """Porcentaje de la variable A logrado en los trimestres cerrados de 2026; vacío si sigue a su eje."""


def fichas(azar: Random) -> list[Ficha]:
    """Todas las fichas, en orden."""
    return [*_escritas(), *(ficha for unidad in unidades() for ficha in _de(unidad, azar))]


def _escritas() -> Iterator[Ficha]:
    por_proyecto = {u.proyecto: u for u in reversed(unidades())}
    for r in leer("indicadores.csv"):
        variables = tuple(
            Variable(
                letra.upper(),
                r[f"letra_{letra}"],
                r[f"unidad_{letra}"],
                OperacionMeta(r[f"operacion_{letra}"]),
                tuple(None if v == "-" else int(v) for v in r[f"programado_{letra}"].split()),
            )
            for letra in ("a", "b")
            if r[f"letra_{letra}"]
        )
        estrategico = r["tipo"] == "estrategico"
        yield Ficha(
            por_proyecto[r["proyecto"]],
            r["nombre"],
            TipoIndicador(r["tipo"]),
            NivelMir.PROPOSITO if estrategico else NivelMir.COMPONENTE,
            r["dimension"],
            Frecuencia(r["frecuencia"]),
            r["formula"],
            r["formula_texto"],
            SentidoIndicador(r["sentido"]),
            variables,
            Decimal(r["linea_base"]),
            0,
            tuple(int(v) for v in r["logro"].split()),
        )


def _de(unidad: Unidad, azar: Random) -> Iterator[Ficha]:
    lista = productos()[unidad.tema.clave]
    cuantos = 2 if unidad.tema.eje == historias.EJE_EN_REVISION or azar.random() < 0.62 else 1
    inicio = azar.randrange(len(lista))
    for n in range(cuantos):
        posicion = (inicio + n * 3) % len(lista)
        clase = azar.choice(CLASES)
        yield _ficha(unidad, lista[posicion], clase, azar, 0 if posicion < len(lista) / 2 else 1)


def _ficha(unidad: Unidad, producto: Producto, clase: str, azar: Random, objetivo: int) -> Ficha:
    # «talleres de crianza» y no «impartición de talleres de crianza»: la ficha ya dice que son acciones.
    texto = producto.objeto if producto.verbo in SE_CALLA else producto.nominal
    que = texto[0].lower() + texto[1:]
    trimestre = 3 * azar.randint(producto.minimo, producto.maximo)
    activos = ACTIVOS.get(clase, (1, 2, 3, 4))
    a: Serie = tuple(trimestre if t in activos else None for t in (1, 2, 3, 4))
    expresion, formula_texto, nombre, variables = _redactar(clase, que, producto, a)
    porcentual = clase in ("eficacia", "anual", "semestral")
    estrategico = clase in ("variacion", "por_mil", "anual")
    return Ficha(
        unidad,
        nombre,
        TipoIndicador.ESTRATEGICO if estrategico else TipoIndicador.GESTION,
        NivelMir.FIN if clase == "anual" else NivelMir.PROPOSITO if estrategico else NivelMir.COMPONENTE,
        azar.choice(DIMENSIONES),
        {"anual": Frecuencia.ANUAL, "semestral": Frecuencia.SEMESTRAL}.get(clase, Frecuencia.TRIMESTRAL),
        None if azar.random() < SIN_FORMULA else expresion,
        formula_texto,
        SentidoIndicador.ASCENDENTE,
        variables,
        Decimal(azar.randint(700, 980)) / 10 if porcentual and azar.random() < 0.8 else None,
        objetivo,
    )


def _redactar(
    clase: str, que: str, producto: Producto, a: Serie
) -> tuple[str, str, str, tuple[Variable, ...]]:
    def variable(letra: str, nombre: str, serie: Serie, unidad: str = producto.unidad) -> Variable:
        constante = unidad in ("Habitante", "Persona del área")
        return Variable(
            letra, nombre, unidad, OperacionMeta.CONSTANTE if constante else OperacionMeta.SUMA, serie
        )

    def fija(valor: int) -> Serie:
        return tuple(None if v is None else valor for v in a)

    hechas, previstas = f"Acciones de {que} realizadas", f"Acciones de {que} programadas"
    if clase == "variacion":
        ahora, antes = f"Acciones de {que} en el periodo actual", f"Acciones de {que} en el periodo anterior"
        previo = tuple(None if v is None else max(1, v * 92 // 100) for v in a)
        return (
            "((A/B)-1)*100",
            f"(({ahora}/{antes})-1)*100",
            f"Tasa de variación en {que}",
            (variable("A", ahora, a), variable("B", antes, previo)),
        )
    if clase == "por_mil":
        return (
            "(A/B)*1000",
            f"({hechas}/Población total)*1000",
            f"Acciones de {que} por cada mil habitantes",
            (variable("A", hechas, a), variable("B", "Población total", fija(POBLACION), "Habitante")),
        )
    if clase == "promedio":
        return (
            "A/B",
            f"{hechas}/Personal asignado",
            f"Promedio de {que} por persona servidora pública",
            (variable("A", hechas, a), variable("B", "Personal asignado", fija(6), "Persona del área")),
        )
    return (
        "(A/B)*100",
        f"({hechas}/{previstas})*100",
        f"Porcentaje de eficacia en {que}",
        (variable("A", hechas, a), variable("B", previstas, a)),
    )
