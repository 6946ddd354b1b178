"""Guardar la MIR tipo oficial sin pisar lo que alguien ya corrigió."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.reverso import en_bloques
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.indicadores import NivelMir
from db.models.mir import IndicadorMir, RenglonMir
from db.rules.emparejar import Texto, emparejar
from db.rules.permisos import Accion, Actor, Objeto, exigir

Sitio = tuple[int, int, int]
"""(programa, ente, posición del renglón en el archivo)."""


@dataclass(frozen=True, slots=True)
class FilaIndicadorMir:
    """Un indicador de la MIR tipo, como está impreso."""

    nombre: str
    formula: str = ""
    frecuencia: str = ""
    tipo: str = ""
    medios: str = ""


@dataclass(frozen=True, slots=True)
class FilaMir:
    """Un renglón de la MIR tipo; `componente` es el número del suyo si es actividad."""

    programa_id: int
    nivel: NivelMir
    orden: int
    resumen: str
    supuestos: str = ""
    componente: int | None = None
    indicadores: tuple[FilaIndicadorMir, ...] = ()
    renglones: int = 1
    """Renglones del archivo que lo describen."""


def guardar_mir_tipo(
    session: Session, actor: Actor, filas: Sequence[FilaMir], entes: Mapping[int, Sequence[int]]
) -> Cuenta:
    """Agrega o corrige los renglones tipo; `entes`: en cuáles va cada programa. No quita ninguno.

    Un renglón que alguien corrigió se queda como está, con sus indicadores. SinPermiso.
    """
    for ente_id in {ente for suyos in entes.values() for ente in suyos}:
        exigir(actor, Accion.CARGAR_PROGRAMAS, Objeto(ente_id))
    previos = _previos(session, list(entes))
    lugares = [(p, e) for p, suyos in entes.items() for e in suyos]
    de_programa: dict[int, list[tuple[int, FilaMir]]] = {}
    for n, fila in enumerate(filas):
        de_programa.setdefault(fila.programa_id, []).append((n, fila))
    puestos: dict[Sitio, Fila] = {}
    tocados: set[int] = set()
    nuevos: set[int] = set()
    for bajos in (False, True):
        existentes: list[Fila] = []
        datos: list[Fila] = []
        for lugar in lugares:
            propias = [(n, f) for n, f in de_programa[lugar[0]] if (f.nivel is NivelMir.ACTIVIDAD) is bajos]
            padres = {
                f.orden: puestos[(*lugar, n)]["id"]
                for n, f in de_programa[lugar[0]]
                if f.nivel is NivelMir.COMPONENTE and (*lugar, n) in puestos
            }
            for n, fila, previo in _emparejados(propias, previos.get(lugar, []), padres):
                sitio = (*lugar, n)
                if previo is not None and not previo["tipo"]:
                    puestos[sitio] = previo
                    continue
                datos.append(_datos(fila, sitio, padres, previo))
                if previo is not None:
                    existentes.append({**previo, "sitio": sitio})
        hecho = sincronizar(session, RenglonMir, ("sitio",), datos, existentes)
        puestos |= {llave[0]: {"id": i, "tipo": True} for llave, i in hecho.ids.items()}
        tocados |= {llave[0][2] for llave in hecho.tocadas}
        nuevos |= {llave[0][2] for llave in hecho.nuevas}
    tocados |= _indicadores(session, filas, {s: p["id"] for s, p in puestos.items() if p["tipo"]})
    return _cuenta(filas, tocados, nuevos)


def _previos(session: Session, programas: Sequence[int]) -> dict[tuple[int, int], list[Fila]]:
    r = tabla(RenglonMir)
    previos: dict[tuple[int, int], list[Fila]] = {}
    for bloque in en_bloques(programas):
        consulta = select(r).where(r.c.programa_id.in_(bloque)).order_by(r.c.orden, r.c.id)
        for f in session.execute(consulta):
            previos.setdefault((f.programa_id, f.ente_id), []).append(f._asdict())
    return previos


def _emparejados(
    propias: Sequence[tuple[int, FilaMir]], previos: Sequence[Fila], padres: Mapping[int, int]
) -> list[tuple[int, FilaMir, Fila | None]]:
    """Cada renglón del archivo con el guardado que es el mismo, nivel por nivel."""
    hechos: list[tuple[int, FilaMir, Fila | None]] = []
    for nivel in dict.fromkeys(f.nivel for _, f in propias):
        suyas = [(n, f) for n, f in propias if f.nivel is nivel]
        de_nivel = [p for p in previos if p["nivel"] is nivel]
        pares = emparejar(
            [Texto(f.resumen, (padres.get(f.componente or 0), f.orden)) for _, f in suyas],
            [Texto(p["resumen"], (p["padre_id"], p["orden"])) for p in de_nivel],
        )
        hechos += [(n, f, None if j is None else de_nivel[j]) for (n, f), j in zip(suyas, pares, strict=True)]
    return hechos


def _datos(fila: FilaMir, sitio: Sitio, padres: Mapping[int, int], previo: Fila | None) -> Fila:
    """Lo que el archivo dice; el lugar de uno ya guardado no se mueve."""
    datos: Fila = {
        "sitio": sitio,
        "resumen": fila.resumen,
        "supuestos": fila.supuestos,
        "padre_id": padres.get(fila.componente or 0),
    }
    if previo is None:
        datos |= {
            "programa_id": sitio[0],
            "ente_id": sitio[1],
            "nivel": fila.nivel,
            "orden": fila.orden,
            "tipo": True,
        }
    return datos


def _indicadores(session: Session, filas: Sequence[FilaMir], puestos: Mapping[Sitio, int]) -> set[int]:
    """Deja los indicadores de los renglones tipo como el archivo; devuelve las posiciones que cambiaron."""
    x = tabla(IndicadorMir)
    existentes: list[Fila] = []
    for bloque in en_bloques(sorted(puestos.values())):
        consulta = select(x).where(x.c.renglon_id.in_(bloque))
        existentes += [f._asdict() for f in session.execute(consulta)]
    datos: list[Fila] = [
        {
            "renglon_id": renglon_id,
            "orden": orden,
            "nombre": i.nombre,
            "formula": i.formula,
            "frecuencia": i.frecuencia,
            "tipo": i.tipo,
            "medios": i.medios,
        }
        for sitio, renglon_id in puestos.items()
        for orden, i in enumerate(filas[sitio[2]].indicadores, start=1)
    ]
    hecho = sincronizar(session, IndicadorMir, ("renglon_id", "orden"), datos, existentes, quitar=True)
    de_renglon = {renglon_id: sitio[2] for sitio, renglon_id in puestos.items()}
    return {de_renglon[renglon_id] for renglon_id, _ in hecho.tocadas}


def _cuenta(filas: Sequence[FilaMir], tocados: set[int], nuevos: set[int]) -> Cuenta:
    """Cuenta renglones del archivo, no de la base: un programa de dos entes no cuenta doble."""

    def suman(cuales: set[int]) -> int:
        return sum(filas[n].renglones for n in cuales)

    total = sum(f.renglones for f in filas)
    movidos = suman(tocados | nuevos)
    return Cuenta(total, movidos, total - movidos, suman(nuevos), movidos - suman(nuevos))
