"""Poner una tabla como dice un archivo: insertar lo nuevo, actualizar lo que cambió, dejar lo igual.

Trabaja en bloque (Core) y anota en el `Reverso` de la sesión lo necesario para deshacer. No pasa por la
bitácora renglón por renglón: la carga entera se anota una vez (`db.actions.cargas`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, delete, insert
from sqlmodel import Session

from db.actions.reverso import Llave, actualizar, en_bloques, reverso_de
from db.base import Base, tabla

Fila = dict[str, Any]


@dataclass(slots=True)
class Sincronizado:
    """Resultado: `ids` por llave de lo que quedó, y las llaves nuevas, cambiadas, iguales y quitadas."""

    ids: dict[Llave, int] = field(default_factory=dict)
    nuevas: set[Llave] = field(default_factory=set)
    cambiadas: set[Llave] = field(default_factory=set)
    iguales: set[Llave] = field(default_factory=set)
    quitadas: set[Llave] = field(default_factory=set)

    @property
    def tocadas(self) -> set[Llave]:
        """Las llaves que este archivo movió."""
        return self.nuevas | self.cambiadas | self.quitadas


def sincronizar(
    session: Session,
    modelo: type[Base],
    llave: tuple[str, ...],
    filas: Sequence[Fila],
    existentes: Iterable[Mapping[str, Any]],
    *,
    quitar: bool = False,
    al_crear: Fila | None = None,
) -> Sincronizado:
    """Deja en la tabla las `filas`, comparadas por `llave` con las `existentes` (con todas sus columnas).

    De cada fila sólo se comparan y escriben las columnas que trae; un campo de la llave puede no ser columna.
    `al_crear` completa las filas nuevas y no cuenta al comparar. Con `quitar` se borran las existentes que
    no están entre las filas; quien llama elige las existentes, y con ellas hasta dónde se borra.
    """
    destino = tabla(modelo)
    previas = {tuple(fila[campo] for campo in llave): fila for fila in existentes}
    resultado = Sincronizado()
    nuevas: list[Fila] = []
    cambios: dict[tuple[str, ...], list[Fila]] = {}
    for fila in filas:
        clave = tuple(fila[campo] for campo in llave)
        previa = previas.pop(clave, None)
        if previa is None:
            nuevas.append(fila)
            continue
        resultado.ids[clave] = previa["id"]
        distintas = tuple(c for c, valor in fila.items() if c in destino.c and previa[c] != valor)
        if not distintas:
            resultado.iguales.add(clave)
            continue
        resultado.cambiadas.add(clave)
        reverso_de(session).cambia(destino, previa)
        cambios.setdefault(distintas, []).append({**fila, "id": previa["id"]})
    for campos, grupo in cambios.items():
        actualizar(session, destino, campos, grupo)
    ids = _insertar(session, destino, llave, nuevas, al_crear or {})
    resultado.ids.update(ids)
    resultado.nuevas.update(ids)
    if quitar and previas:
        borrar(session, modelo, previas.values())
        resultado.quitadas = set(previas)
    return resultado


def _insertar(
    session: Session, destino: Table, llave: tuple[str, ...], nuevas: Sequence[Fila], extra: Fila
) -> dict[Llave, int]:
    """Inserta y devuelve la identidad que tocó a cada llave.

    Si la llave son columnas se insertan muchos renglones por sentencia y cada uno regresa con su llave;
    pedirlos en orden obligaría a SQLite a insertar uno por uno.
    """
    ids: dict[Llave, int] = {}
    por_columnas: dict[tuple[str, ...], tuple[list[Llave], list[Fila]]] = {}
    for fila in nuevas:
        valores = {c: v for c, v in {**fila, **extra}.items() if c in destino.c}
        llaves, filas = por_columnas.setdefault(tuple(valores), ([], []))
        llaves.append(tuple(fila[campo] for campo in llave))
        filas.append(valores)
    de_columnas = all(campo in destino.c for campo in llave)
    for llaves, filas in por_columnas.values():
        if de_columnas:
            sentencia = insert(destino).returning(destino.c.id, *(destino.c[campo] for campo in llave))
            ids |= {tuple(puesta[1:]): puesta[0] for puesta in session.execute(sentencia, filas)}
        else:
            en_orden = insert(destino).returning(destino.c.id, sort_by_parameter_order=True)
            ids |= dict(zip(llaves, session.execute(en_orden, filas).scalars(), strict=True))
    reverso_de(session).nuevo(destino, ids.values())
    return ids


def borrar(session: Session, modelo: type[Base], filas: Iterable[Mapping[str, Any]]) -> None:
    """Borra las filas dadas (con todas sus columnas) y las guarda en el reverso."""
    destino = tabla(modelo)
    lista = list(filas)
    reverso_de(session).quita(destino, lista)
    for bloque in en_bloques([fila["id"] for fila in lista]):
        session.execute(delete(destino).where(destino.c.id.in_(bloque)))
