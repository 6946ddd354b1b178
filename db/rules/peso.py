"""Pesos entre hermanos: qué juego se guarda, qué conviene avisar y desde cuándo rige (calculo.md §4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.formato import mes_anio, numero, pct
from db.rules.periodo import Corte
from db.rules.problema import Problema
from db.rules.reparto import repartir

CIEN, CERO, UNO = Decimal(100), Decimal(0), Decimal(1)
PESO_MAXIMO = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Hermanos:
    """Lo que cuelga de un mismo nodo, con su peso (vacío: pesa 1); `nombre` es el del superior."""

    nombre: str
    pesos: Mapping[int, Decimal | None]

    @property
    def vacios(self) -> bool:
        """¿Nadie tiene peso? Entonces todos pesan igual."""
        return all(peso is None for peso in self.pesos.values())


def exigir_pesos(grupos: Iterable[Hermanos]) -> None:
    """`Problema` con el lugar y el remedio si un peso es negativo o enorme, o si unos hermanos suman 0."""
    for grupo in grupos:
        dichos = [peso for peso in grupo.pesos.values() if peso is not None]
        if any(peso < 0 or peso > PESO_MAXIMO for peso in dichos):
            raise Problema(
                f"En «{grupo.nombre}» hay un peso negativo o mayor que {numero(PESO_MAXIMO)}.",
                "Escriba pesos de 0 a 100, o deje vacío.",
                "pesos",
            )
        if grupo.pesos and not grupo.vacios and not sum(_efectivos(grupo).values(), CERO):
            raise Problema(
                f"Los pesos de lo que cuelga de «{grupo.nombre}» suman 0.",
                "Asigne al menos uno mayor que 0, o deje todos vacíos para que pesen igual.",
                "pesos",
            )


def avisos(grupos: Iterable[Hermanos]) -> list[str]:
    """Lo que se puede guardar pero conviene revisar: no suman 100, o hay vacíos entre los que tienen peso."""
    dichos = []
    for grupo in grupos:
        if grupo.vacios:
            continue
        vacios = sum(peso is None for peso in grupo.pesos.values())
        suma = sum(_efectivos(grupo).values(), CERO)
        if vacios:
            dichos.append(
                f"En «{grupo.nombre}» hay {vacios} sin peso: cada uno pesa 1. Escríbalo, o deje todos vacíos."
            )
        elif suma != CIEN:
            dichos.append(
                f"Los pesos de «{grupo.nombre}» suman {numero(suma)} y no 100: cuentan en proporción. "
                "Llévelos a 100 si deben leerse como porcentaje."
            )
    return dichos


def _efectivos(grupo: Hermanos) -> dict[int, Decimal]:
    return {nodo: UNO if peso is None else peso for nodo, peso in grupo.pesos.items()}


def parte_de_cada_uno(grupo: Hermanos) -> dict[int, Decimal]:
    """Qué porcentaje pesa de verdad cada hermano; vacío si suman 0."""
    efectivos = _efectivos(grupo)
    total = sum(efectivos.values(), CERO)
    return {nodo: peso * 100 / total for nodo, peso in efectivos.items()} if total else {}


def llevar_a_cien(grupo: Hermanos) -> dict[int, Decimal]:
    """Los mismos pesos en proporción, con dos decimales y suma exacta de 100. Los ceros siguen en 0.

    `Problema` si no se pueden guardar.
    """
    exigir_pesos([grupo])
    efectivos = {f"{nodo:012d}": peso for nodo, peso in _efectivos(grupo).items()}
    if not efectivos:
        return {}
    return {int(nodo): Decimal(c).scaleb(-2) for nodo, c in repartir(10_000, efectivos).items()}


def exigir_vigencia(desde: Corte, ejercicios: Sequence[int], ultimo_cerrado: Corte | None) -> None:
    """`Problema` si empezaría fuera de la administración o en un periodo cerrado (calculo.md §8)."""
    if desde.anio not in ejercicios:
        raise Problema(
            f"El ejercicio {desde.anio} no es de la administración de este plan.", "Elija otro.", "desde"
        )
    if ultimo_cerrado is not None and desde <= ultimo_cerrado:
        raise Problema(
            f"El periodo de {mes_anio(ultimo_cerrado.anio, ultimo_cerrado.mes)} ya se cerró con los pesos "
            "anteriores.",
            "Ponga el mes siguiente o uno posterior.",
            "desde",
        )


def suma_en_palabras(grupo: Hermanos) -> str:
    """«suman 100», «suman 96: faltan 4 para 100» o «todos pesan igual: 33.3 % cada uno»."""
    if grupo.vacios:
        cada = parte_de_cada_uno(grupo)
        return f"todos pesan igual: {pct(next(iter(cada.values())))} cada uno" if cada else "no hay hermanos"
    suma = sum(_efectivos(grupo).values(), CERO)
    if suma == CIEN:
        return "suman 100"
    return (
        f"suman {numero(suma)}: {'faltan' if suma < CIEN else 'sobran'} {numero(abs(CIEN - suma))} para 100"
    )
