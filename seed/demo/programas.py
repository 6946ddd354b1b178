"""Quién ejecuta cada proyecto, igual los tres años: de ahí cuelgan metas, indicadores y dinero."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from db.base import tabla
from db.models.programas import Programa, Proyecto, ProyectoEjecutado, ResponsablePrograma
from seed import catalogos
from seed.demo.estructura import Base
from seed.demo.lote import insertar
from seed.demo.vocabulario import OBJETIVOS, Tema, contraer, leer, tema_de_programa


@dataclass(frozen=True, slots=True)
class Unidad:
    """Un proyecto en manos de una dependencia auxiliar de un ente."""

    ente: str
    general: str
    auxiliar: str
    programa: str
    proyecto: str
    nombre: str
    letra: str
    tema: Tema
    miles: int
    """Presupuesto del programa en 2026, en miles de pesos, entre `hermanas` unidades."""
    hermanas: int

    @property
    def dependencia(self) -> tuple[str, str, str]:
        """Llave de la dependencia auxiliar en `Base.dependencias`."""
        return self.ente, self.general, self.auxiliar


@lru_cache
def unidades() -> tuple[Unidad, ...]:
    """Todas las unidades, por programa y proyecto."""
    proyectos: dict[str, list[dict[str, str]]] = {}
    for proyecto in catalogos.leer("proyectos_edomex.csv"):
        proyectos.setdefault(proyecto["clave"][:8], []).append(proyecto)
    return tuple(
        unidad
        for renglon in leer("responsables.csv")
        for unidad in _de(renglon, proyectos[renglon["programa"]])
    )


def _de(renglon: dict[str, str], proyectos: list[dict[str, str]]) -> list[Unidad]:
    suyos = renglon["proyectos"].split()
    elegidos = [p for p in proyectos if not suyos or p["clave"][8:] in suyos]
    auxiliares = renglon["auxiliares"].split()
    return [
        Unidad(
            renglon["ente"],
            renglon["general"],
            auxiliares[n % len(auxiliares)],
            renglon["programa"],
            proyecto["clave"],
            proyecto["nombre"],
            proyecto["letra_conac"],
            tema_de_programa()[renglon["programa"]],
            int(renglon["miles"]),
            len(elegidos),
        )
        for n, proyecto in enumerate(elegidos)
    ]


def crear(session: Session, anio: int, base: Base) -> dict[str, int]:
    """Crea la estructura programática del año y sus responsables; devuelve clave de proyecto → id."""
    catalogos.programas_edomex(session, anio)
    _objetivos(session, anio)
    programa, proyecto = tabla(Programa).c, tabla(Proyecto).c
    programas = dict(
        session.execute(select(programa.clave, programa.id).where(programa.anio == anio)).tuples().all()
    )
    proyectos = dict(
        session.execute(select(proyecto.clave, proyecto.id).where(proyecto.anio == anio)).tuples().all()
    )
    responsables = {(u.ente, u.programa): (u.ente, u.general, "") for u in reversed(unidades())}
    filas = [
        {
            "ente_id": base.entes[ente],
            "programa_id": programas[clave],
            "dependencia_id": base.dependencias[llave],
        }
        for (ente, clave), llave in responsables.items()
    ]
    insertar(session, ResponsablePrograma, filas)
    filas = [
        {
            "ente_id": base.entes[u.ente],
            "proyecto_id": proyectos[u.proyecto],
            "dependencia_id": base.dependencias[u.dependencia],
        }
        for u in unidades()
    ]
    insertar(session, ProyectoEjecutado, filas)
    return proyectos


def _objetivos(session: Session, anio: int) -> None:
    """Redacta el objetivo de cada programa con las palabras de su tema."""
    programa = tabla(Programa)
    cambio = update(programa).where(programa.c.anio == anio, programa.c.clave == bindparam("cual"))
    valores = [
        {"cual": clave, "texto": contraer(OBJETIVOS[0].format(bien=tema.bien, fin=tema.fin))}
        for clave, tema in tema_de_programa().items()
    ]
    session.execute(cambio.values(objetivo=bindparam("texto")), valores)
