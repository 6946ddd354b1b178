"""De qué ente es un renglón que nombra dependencia, auxiliar y proyecto, cuando nadie indicó el ente."""

from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import Session

from dashboard.imports.formato import Contexto
from dashboard.imports.renglon import renglones
from db.queries.estructura import Dependencias, dependencias, entes_activos, nombres_de_auxiliares
from db.queries.programas import ejecutores
from db.rules.texto import llave

VACIAS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "para"})


@dataclass(slots=True)
class Lugares:
    """Las dependencias de cada ente donde puede ir un renglón; `inciertos` y `repartidos` son para avisar."""

    ente_id: int | None
    entes: dict[int, str]
    dependencias: dict[int, Dependencias]
    ejecutores: dict[tuple[str, str, str], set[int]]
    nombres: dict[tuple[int, str, str], frozenset[str]]
    """Las palabras del nombre de cada auxiliar, por (ente, general, auxiliar)."""
    repartidos: Counter[str] = field(default_factory=Counter)
    inciertos: int = 0
    nuevas: set[tuple[str, str]] = field(default_factory=set)

    def ente(self, general: str, auxiliar: str, proyecto: str, area: str) -> int | None:
        """El ente que tiene esas claves o ejecuta ahí el proyecto; si ninguno, el de la carga."""
        candidatos = [i for i, d in self.dependencias.items() if (general, auxiliar) in d.auxiliares]
        if len(candidatos) > 1 and (ejecutan := self.ejecutores.get((general, auxiliar, proyecto))):
            candidatos = [i for i in candidatos if i in ejecutan] or candidatos
        if len(candidatos) > 1:
            candidatos = self._mas_parecidos(candidatos, general, auxiliar, area)
        if not candidatos:
            self.nuevas.add((general, auxiliar))
            return self.ente_id
        elegido = candidatos[0]
        if len(candidatos) > 1:
            self.inciertos += 1
            elegido = self.ente_id if self.ente_id in candidatos else elegido
        self.repartidos[self.entes.get(elegido, "")] += elegido != self.ente_id
        return elegido

    def _mas_parecidos(self, candidatos: list[int], general: str, auxiliar: str, area: str) -> list[int]:
        """Los entes cuya dependencia comparte más palabras con el nombre del área."""
        palabras = set(llave(area).split()) - VACIAS
        comunes = {i: len(palabras & self.nombres[i, general, auxiliar]) for i in candidatos}
        return [i for i in candidatos if comunes[i] == max(comunes.values())]

    def avisos(self) -> list[str]:
        """Lo que se supuso, en palabras."""
        avisos = [
            f"Ente: por sus claves, van a «{nombre}» {renglones(veces)}."
            for nombre, veces in self.repartidos.items()
            if veces
        ]
        if self.inciertos:
            avisos.append(f"Ente: caben en varios y se dejaron en el primero {renglones(self.inciertos)}.")
        if self.nuevas:
            claves = ", ".join(sorted(f"{g}-{a}" for g, a in self.nuevas)[:8])
            avisos.append(f"Dependencias que no estaban en la estructura y se agregan: {claves}.")
        return avisos


def lugares(session: Session, contexto: Contexto) -> Lugares:
    """Los lugares posibles: todos los entes, o sólo el indicado."""
    assert contexto.anio is not None
    entes = {e["id"]: e["nombre"] for e in entes_activos(session)}
    if not contexto.ente_supuesto and contexto.ente_id is not None:
        entes = {contexto.ente_id: entes.get(contexto.ente_id, "")}
    return Lugares(
        contexto.ente_id,
        entes,
        {identidad: dependencias(session, identidad) for identidad in entes},
        ejecutores(session, contexto.anio),
        {clave: frozenset(llave(nombre).split()) for clave, nombre in nombres_de_auxiliares(session).items()},
    )
