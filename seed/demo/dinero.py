"""Las claves presupuestarias de un año y sus seis momentos por mes, en centavos enteros."""

from dataclasses import dataclass
from functools import cache
from random import Random

from db.actions.presupuesto import Clave, Movimientos
from seed.demo import calendario, historias
from seed.demo.calendario import ACTUAL
from seed.demo.estructura import PARTIDA_TRANSFERENCIA
from seed.demo.programas import Unidad, unidades

NIVEL_DE_GASTO = {2024: 89, 2025: 95, 2026: 100}
"""Presupuesto de cada año en porcentaje del de 2026."""

CORRIENTE = (
    ("1130", 34),
    ("1320", 9),
    ("1340", 6),
    ("1410", 7),
    ("1540", 4),
    ("2110", 2),
    ("2140", 2),
    ("2160", 1),
    ("2610", 5),
    ("2710", 2),
    ("2960", 2),
    ("3110", 4),
    ("3250", 3),
    ("3360", 2),
    ("3510", 3),
    ("3550", 3),
    ("3610", 2),
    ("3820", 3),
    ("5110", 2),
    ("5150", 2),
)
APOYOS = (("4410", 30), ("4420", 10), ("4430", 8))
OBRA = (("6130", 18), ("6140", 40), ("6150", 26), ("3320", 4))
VIAL = (("6150", 46), ("2420", 14), ("2480", 12), ("3260", 8), ("1130", 14), ("2610", 6))
ESPECIAL = {
    "040101010202": (("9110", 100),),
    "040101010203": (("9210", 100),),
    "040201010103": (("8530", 100),),
    "040201010104": ((PARTIDA_TRANSFERENCIA, 100),),
    historias.ADEFAS: (("9910", 100),),
    "040401010102": (("9910", 100),),
}
"""Proyectos de una sola partida: deuda, convenios, transferencias y adeudos anteriores."""
TRANSFERENCIAS = "040201010104"

PROPIOS, PARTICIPACIONES, FORTAMUN, ESTATAL = "110101", "150101", "250102", "260101"
CLAVES_MINIMAS, CLAVES_MAXIMAS = 5, 12
MILES_EN_CENTAVOS = 100_000
POR_MIL = 1_000
ADEUDOS_ANTERIORES = 6_480 * MILES_EN_CENTAVOS

MOMENTOS = ("aprobado", "ampliaciones", "reducciones", "comprometido", "devengado", "ejercido", "pagado")


def entre(azar: Random, minimo: int, maximo: int) -> int:
    """Entero entre dos límites, incluidos; más rápido que `randint`, que aquí se llama cien mil veces."""
    return minimo + int(azar.random() * (maximo - minimo + 1))


@dataclass(frozen=True, slots=True)
class Partida:
    """Una clave y lo que se le aprobó en el año."""

    unidad: Unidad
    clave: Clave
    aprobado: int


class Renglones:
    """Movimientos que se acumulan por columnas, como los recibe `guardar_corte`."""

    def __init__(self) -> None:
        self.columnas: dict[str, list[int]] = {nombre: [] for nombre in ("clave", "mes", *MOMENTOS)}

    def agregar(self, *valores: int) -> None:
        """Un renglón: clave, mes y los siete importes en su orden."""
        for columna, valor in zip(self.columnas.values(), valores, strict=True):
            columna.append(valor)

    def hasta(self, mes: int) -> Movimientos:
        """Los movimientos como los habría entregado Tesorería con corte a ese mes: después no hay gasto."""
        columnas = {nombre: list(valores) for nombre, valores in self.columnas.items()}
        for posicion, cual in enumerate(columnas["mes"]):
            if cual > mes:
                for nombre in MOMENTOS[1:]:
                    columnas[nombre][posicion] = 0
        return Movimientos(**columnas)


@cache
def _mezcla(unidad: Unidad) -> tuple[tuple[str, int], ...]:
    if unidad.proyecto in ESPECIAL:
        return ESPECIAL[unidad.proyecto]
    if unidad.programa == historias.GASTA_Y_NO_CUMPLE:
        return VIAL
    if unidad.letra == "K":
        return (*OBRA, *CORRIENTE[:2], *CORRIENTE[5:8])
    return (*CORRIENTE, *APOYOS) if unidad.letra == "S" else CORRIENTE


def _fuente(unidad: Unidad, partida: str, azar: Random) -> str:
    if unidad.programa != historias.GASTA_Y_NO_CUMPLE and partida[0] == "6":
        return azar.choice((historias.FONDO_REZAGADO, historias.FONDO_REZAGADO, ESTATAL))
    if unidad.tema.clave in ("seguridad", "coordinacion") and partida[0] != "3":
        return FORTAMUN
    return azar.choice((PROPIOS, PARTICIPACIONES, PARTICIPACIONES))


def _tipo(partida: str) -> str:
    if partida == "9110" or partida == "9910":
        return "3"
    return "2" if partida[0] in "56" else "1"


def partidas(ente: str, anio: int, azar: Random) -> list[Partida]:
    """Las claves del ente en el año, con su presupuesto aprobado."""
    return [partida for u in unidades() if u.ente == ente for partida in _de(u, anio, azar)]


def _de(unidad: Unidad, anio: int, azar: Random) -> list[Partida]:
    if unidad.proyecto in historias.SIN_PRESUPUESTO:
        return []
    centavos = unidad.miles * MILES_EN_CENTAVOS * NIVEL_DE_GASTO[anio] // (100 * unidad.hermanas)
    mezcla = _mezcla(unidad)
    if unidad.programa != historias.ADEFAS[:8] and len(mezcla) > CLAVES_MINIMAS:
        cuantas = min(len(mezcla), entre(azar, CLAVES_MINIMAS, CLAVES_MAXIMAS))
        mezcla = tuple(sorted(azar.sample(mezcla, cuantas)))
    pesos = {partida: peso * entre(azar, 80, 120) for partida, peso in mezcla}
    total = sum(pesos.values())
    resultado = []
    for partida, peso in pesos.items():
        # Los presupuestos se aprueban en pesos cerrados.
        aprobado = centavos * peso // total // 100 * 100
        resultado.append(Partida(unidad, _clave(unidad, partida, _fuente(unidad, partida, azar)), aprobado))
    return resultado


def _clave(unidad: Unidad, partida: str, fuente: str) -> Clave:
    tipo = _tipo(partida)
    segmentos = (
        unidad.general,
        unidad.auxiliar,
        unidad.programa,
        unidad.proyecto,
        fuente,
        partida,
        tipo,
    )
    return Clave("-".join(segmentos), *segmentos)


def movimientos(lista: list[Partida], anio: int, azar: Random) -> Renglones:
    """Doce renglones por clave; en el año en curso el gasto llega al mes del corte."""
    renglones = Renglones()
    for indice, partida in enumerate(lista):
        for mes, importes in enumerate(_meses(partida, anio, azar), start=1):
            renglones.agregar(indice, mes, *importes)
    return renglones


def _meses(partida: Partida, anio: int, azar: Random) -> list[tuple[int, ...]]:
    ultimo = calendario.MES_CORTE if anio == ACTUAL else 12
    aprobado = _calendario(partida, azar)
    ampliaciones, reducciones = _adecuaciones(partida, ultimo, azar)
    modificado = partida.aprobado + sum(ampliaciones) - sum(reducciones)
    meta = _porcentaje_gastado(partida, anio, azar)
    devengado = _gasto(partida, anio, modificado * meta // (100 * POR_MIL), ultimo, azar)
    comprometido = [d + d * entre(azar, 0, 40) // POR_MIL for d in devengado]
    exceso = sum(comprometido) - modificado
    if exceso > 0:
        comprometido = devengado
    ejercido = [d * azar.choice((1000, 1000, 985, 960)) // POR_MIL for d in devengado]
    pagado = [e * azar.choice((1000, 1000, 970, 930)) // POR_MIL for e in ejercido]
    return list(
        zip(aprobado, ampliaciones, reducciones, comprometido, devengado, ejercido, pagado, strict=True)
    )


def _partes(centavos: int, pesos: list[int]) -> list[int]:
    """Reparte centavos entre doce meses sin perder ninguno; todo el sobrante menor va al último con peso."""
    total = sum(pesos)
    if not total:
        return [0] * len(pesos)
    partes = [centavos * peso // total for peso in pesos]
    ultimo = max(n for n, peso in enumerate(pesos) if peso)
    partes[ultimo] += centavos - sum(partes)
    return partes


def _calendario(partida: Partida, azar: Random) -> list[int]:
    if partida.clave.partida[0] == "6":
        return _partes(partida.aprobado, [0, 0, 4, 8, 12, 14, 14, 14, 12, 10, 8, 4])
    if partida.clave.partida == "1320":
        return _partes(partida.aprobado, [0, 0, 0, 0, 0, 20, 10, 0, 0, 0, 0, 70])
    return _partes(partida.aprobado, [entre(azar, 92, 108) for _ in range(12)])


def _adecuaciones(partida: Partida, ultimo: int, azar: Random) -> tuple[list[int], list[int]]:
    ampliaciones, reducciones = [0] * 12, [0] * 12
    if partida.unidad.proyecto == historias.ADEFAS:
        ampliaciones[1] = ADEUDOS_ANTERIORES
    elif partida.unidad.programa not in (TRANSFERENCIAS[:8], historias.GASTA_Y_NO_CUMPLE):
        dado = azar.random()
        monto = partida.aprobado * entre(azar, 20, 140) // POR_MIL // 100 * 100
        if dado < 0.16:
            ampliaciones[azar.randrange(1, ultimo)] = monto
        elif dado < 0.30:
            reducciones[azar.randrange(1, ultimo)] = monto
    return ampliaciones, reducciones


def _porcentaje_gastado(partida: Partida, anio: int, azar: Random) -> int:
    """Devengado entre modificado al final de lo cargado, en milésimas de punto."""
    unidad = partida.unidad
    if anio == ACTUAL:
        fijo = {
            historias.GASTA_Y_NO_CUMPLE: historias.GASTO_DEL_QUE_GASTA,
            historias.CUMPLE_SIN_GASTAR: historias.GASTO_DEL_QUE_CUMPLE,
            historias.ADEFAS[:8]: historias.GASTO_DE_ADEFAS,
            TRANSFERENCIAS[:8]: 75,
        }.get(unidad.programa)
        if fijo is not None:
            return fijo * POR_MIL
        if partida.clave.fuente == historias.FONDO_REZAGADO:
            return historias.GASTO_DEL_FONDO * POR_MIL
        return entre(azar, 62_000, 76_000) if partida.clave.partida[0] == "1" else entre(azar, 52_000, 78_000)
    return entre(azar, 91_000, 99_500)


def _gasto(partida: Partida, anio: int, centavos: int, ultimo: int, azar: Random) -> list[int]:
    if partida.unidad.proyecto == historias.ADEFAS:
        return _partes(centavos, [0, 50, 30, 20] + [0] * 8)
    obra = partida.clave.partida[0] == "6"
    pesos = [entre(azar, 70, 130) * (mes if obra else 1) for mes in range(1, ultimo + 1)]
    programa, vacaciones = historias.SIN_MOVIMIENTO
    if partida.unidad.programa == programa:
        pesos = [0 if mes in vacaciones else p for mes, p in enumerate(pesos, start=1)]
    elif azar.random() < 0.06:
        pesos[azar.randrange(len(pesos))] = 0
    return _partes(centavos, pesos + [0] * (12 - ultimo))
