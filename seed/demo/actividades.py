"""Qué actividades promete cada unidad: nombre, unidad de medida, calendario y líneas del plan que cita."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from db.models.actividad import OperacionMeta
from db.rules.texto import llave
from seed.demo import historias
from seed.demo.programas import Unidad, unidades
from seed.demo.vocabulario import DONDE, Producto, Tema, productos, temas

CUANTAS = (4, 5, 5, 6, 6, 7, 7, 8)
CUANTAS_EN_REVISION = 11
"""El eje con datos en revisión ejecuta pocos proyectos: cada uno promete más."""

UNO_SOLO = 2
"""Un producto que se entrega a lo más dos veces al mes se calendariza por trimestre, semestre o año."""

DE_UNA_VEZ = ((3, 6, 9, 12), (3, 6, 9, 12), (6, 12), (2, 5, 8, 11), tuple(range(1, 13)), (4,), (9,), (11,))
TODOS = tuple(range(1, 13))

OPERACION = {
    "Beneficiario": OperacionMeta.CONSTANTE,
    "Padrón": OperacionMeta.VALOR_ACTUAL,
    "Censo": OperacionMeta.VALOR_ACTUAL,
}


@dataclass(frozen=True, slots=True)
class Actividad:
    """Una meta de actividad que se repite los tres años, con cantidades de 2026."""

    unidad: Unidad
    numero: int
    nombre: str
    medida: str
    operacion: OperacionMeta
    meses: tuple[int, ...]
    cantidad: int
    """Lo prometido en cada uno de sus meses."""
    lineas: tuple[tuple[str, int], ...]
    """Líneas que cita: (tema, posición del producto)."""

    @property
    def no_programada(self) -> bool:
        return self.nombre == historias.NO_PROGRAMADA

    @property
    def sobrecumplida(self) -> bool:
        return self.nombre == historias.SOBRECUMPLIDA


def actividades(azar: Random) -> list[Actividad]:
    """Las actividades de todas las unidades, en orden."""
    usadas: set[str] = set()
    return [actividad for unidad in unidades() for actividad in _de(unidad, azar, usadas)]


def _de(unidad: Unidad, azar: Random, usadas: set[str]) -> Iterator[Actividad]:
    revisa = unidad.tema.eje == historias.EJE_EN_REVISION
    cuantas = CUANTAS_EN_REVISION if revisa else azar.choice(CUANTAS)
    informe = azar.random() < 0.35
    elegidos = _nombres(unidad, azar, usadas, cuantas - informe)
    for numero, (posicion, producto, nombre) in enumerate(elegidos, start=1):
        meses, cantidad = _calendario(unidad, producto, azar)
        yield Actividad(
            unidad,
            numero,
            nombre,
            producto.unidad,
            OPERACION.get(producto.unidad, OperacionMeta.SUMA),
            meses,
            cantidad,
            _citas(unidad, posicion, nombre, azar),
        )
    if informe:
        nombre = f"Integración del informe trimestral de {unidad.nombre[0].lower()}{unidad.nombre[1:]}"
        yield Actividad(
            unidad, len(elegidos) + 1, nombre, "Informe", OperacionMeta.SUMA, (3, 6, 9, 12), 1, ()
        )


def _parecido(unidad: Unidad, producto: Producto) -> int:
    """Cuántas raíces comparte el producto con el nombre del proyecto."""
    return len(_raices(unidad.nombre) & _raices(producto.nominal))


@cache
def _raices(texto: str) -> frozenset[str]:
    return frozenset(p[:6] for p in llave(texto).replace(",", " ").split() if len(p) > 3)


def _nombres(unidad: Unidad, azar: Random, usadas: set[str], cuantas: int) -> list[tuple[int, Producto, str]]:
    lista = list(enumerate(productos()[unidad.tema.clave]))
    azar.shuffle(lista)
    lista.sort(key=lambda par: -_parecido(unidad, par[1]))
    elegidos: list[tuple[int, Producto, str]] = []
    # Los más parecidos al proyecto entran dos veces antes que los demás.
    cerca = lista[: (cuantas + 1) // 2]
    for posicion, producto in (*cerca, *cerca, *lista, *lista):
        nombre = _nombre(producto, azar, usadas)
        if nombre and len(elegidos) < cuantas:
            usadas.add(nombre)
            elegidos.append((posicion, producto, nombre))
    return elegidos


def _nombre(producto: Producto, azar: Random, usadas: set[str]) -> str | None:
    complementos = list(DONDE[producto.ambito])
    azar.shuffle(complementos)
    opciones = [producto.nominal, *(f"{producto.nominal} {c}" for c in complementos)]
    return next((nombre for nombre in opciones if nombre not in usadas), None)


def _calendario(unidad: Unidad, producto: Producto, azar: Random) -> tuple[tuple[int, ...], int]:
    cantidad = azar.randint(producto.minimo, producto.maximo)
    if producto.unidad in OPERACION:
        return (3, 6, 9, 12), cantidad
    if unidad.programa == historias.GASTA_Y_NO_CUMPLE:
        return TODOS, max(cantidad, 5)
    if unidad.programa == historias.CUMPLE_SIN_GASTAR:
        return TODOS, cantidad
    if producto.maximo <= UNO_SOLO:
        return azar.choice(DE_UNA_VEZ), 1
    if cantidad < 10 and azar.random() < 0.4:
        return azar.choice(DE_UNA_VEZ[:4]), cantidad
    return TODOS, cantidad


def _citas(unidad: Unidad, posicion: int, nombre: str, azar: Random) -> tuple[tuple[str, int], ...]:
    propia = (unidad.tema.clave, posicion)
    if nombre in (historias.SOBRECUMPLIDA, historias.NO_PROGRAMADA):
        return (propia,)
    if unidad.programa in historias.SIN_CITA or azar.random() < 0.13:
        return ()
    if unidad.programa not in historias.CITA_VARIAS or azar.random() < 0.35:
        return (propia,)
    otras = [(t.clave, p) for t in _vecinos(unidad.tema) for p in range(len(productos()[t.clave]))]
    return (propia, *azar.sample([o for o in otras if o != propia], azar.randint(1, 2)))


@cache
def _vecinos(tema: Tema) -> tuple[Tema, ...]:
    return tuple(t for t in temas() if t.eje == tema.eje)
