"""Quién encabeza una dependencia y desde cuándo: dos periodos nunca se enciman, y quién firma qué."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.rules.formato import fecha
from db.rules.problema import Problema
from db.rules.texto import llave

TESORERIA, UIPPE, PRESIDENCIA = "tesoreria", "uippe", "presidencia"

RECONOCE = {
    TESORERIA: ("tesoreria", "finanzas"),
    UIPPE: ("unidad de informacion, planeacion", "unidad de planeacion", "planeacion"),
    PRESIDENCIA: ("presidencia", "oficina de la presidencia"),
}
"""Cómo se llaman, de lo más preciso a lo más general: la clave cambia de un ente y de un estado a otro."""


@dataclass(frozen=True, slots=True)
class Cargo:
    """Un renglón de titulares; sin `hasta`, sigue en funciones."""

    nombre: str
    desde: date
    hasta: date | None = None

    def en_funciones(self, dia: date) -> bool:
        """¿Encabezaba la dependencia ese día?"""
        return self.desde <= dia and (self.hasta is None or dia <= self.hasta)


def exigir_sin_traslape(cargos: Iterable[Cargo]) -> None:
    """`Problema` si alguno termina antes de empezar, o si dos están en funciones el mismo día."""
    previo: Cargo | None = None
    for cargo in sorted(cargos, key=lambda c: c.desde):
        if cargo.hasta is not None and cargo.hasta < cargo.desde:
            raise Problema(
                f"{cargo.nombre} termina antes de empezar.", "Corrija una de las dos fechas.", "hasta"
            )
        if previo is not None and (previo.hasta is None or previo.hasta >= cargo.desde):
            fin = f"hasta el {fecha(previo.hasta)}" if previo.hasta else "y sigue en funciones"
            raise Problema(
                f"{previo.nombre} está desde el {fecha(previo.desde)} {fin}: se encima con {cargo.nombre}, "
                f"desde el {fecha(cargo.desde)}.",
                "Ponga la salida de la primera persona antes de la entrada de la segunda.",
                "desde",
            )
        previo = cargo


def dependencia_que_es(papel: str, nombres: Iterable[tuple[int, str]]) -> int | None:
    """De unas dependencias generales (id, nombre), la que hace ese papel; None si ninguna lo parece."""
    lista = [(identidad, llave(nombre)) for identidad, nombre in nombres]
    for palabra in RECONOCE[papel]:
        # Primero la que así empieza: «Planeación» antes que «Obras y planeación».
        for hallada in (str.startswith, str.__contains__):
            for identidad, nombre in lista:
                if hallada(nombre, palabra):
                    return identidad
    return None
