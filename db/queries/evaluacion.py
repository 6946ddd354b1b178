"""Evalúa un ejercicio entero a un corte: hojas, árbol del plan y programas, con las reglas de `db/rules`.

Aquí no se calcula: se lee, se arma lo que las reglas piden y se guarda lo que contestan.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseCaptura
from db.models.estructura import Dependencia
from db.models.municipio import Ejercicio
from db.models.programas import Programa, Proyecto
from db.queries.actividad import Meta, metas, periodicidad
from db.queries.indicadores import FichaIndicador, indicadores
from db.queries.municipio import bandas
from db.queries.municipio import corte as corte_de
from db.queries.plan import Arbol, leer_arbol
from db.queries.vencimiento import ventanas_cerradas
from db.rules.actividad import evaluar_actividad
from db.rules.banda import Banda
from db.rules.consolidar import Ajustes, Hoja, NodoEvaluado, Rama, consolidar
from db.rules.hoja import HojaEvaluada
from db.rules.indicador import evaluar_indicador
from db.rules.periodo import Corte
from db.rules.reparto import parte_igual

RAIZ = "raiz"


@dataclass(frozen=True, slots=True)
class Unidad:
    """Una dependencia con su general y su ente, como se nombra en pantalla."""

    id: int
    ente_id: int
    clave: str
    nombre: str
    general_id: int
    general: str


@dataclass(frozen=True, slots=True)
class Proyectado:
    """Un proyecto y el programa a que pertenece."""

    id: int
    clave: str
    nombre: str
    programa: str
    programa_nombre: str


class Evaluacion:
    """Un ejercicio leído una vez, que se puede evaluar a cualquiera de sus cortes."""

    def __init__(self, session: Session, anio: int, mes: int, entes: Sequence[int] | None = None) -> None:
        self.corte = Corte(anio, mes)
        self.entes = entes
        self.arbol: Arbol | None = leer_arbol(session, self.corte)
        self.bandas: tuple[Banda, ...] = bandas(session, anio)
        self.metas: list[Meta] = metas(session, anio, entes)
        self.indicadores: list[FichaIndicador] = indicadores(session, anio, entes)
        self.cada = periodicidad(session, anio)
        self.ventanas_metas = ventanas_cerradas(session, anio, ClaseCaptura.ACTIVIDADES, self.cada)
        self.ventanas_indicadores = ventanas_cerradas(session, anio, ClaseCaptura.INDICADORES, "trimestre")
        self.unidades = unidades(session)
        self.proyectos = _proyectos(session, anio)
        self._ajustes = _ajustes(session, anio)
        self._hojas: dict[int, dict[str, HojaEvaluada]] = {}
        self._fichas: dict[int, dict[str, HojaEvaluada]] = {}

    @property
    def anio(self) -> int:
        return self.corte.anio

    def de_un_ente(self, ente_id: int) -> "Evaluacion":
        """La misma lectura, con las metas e indicadores de un solo ente; no relee ni reevalúa."""
        suya = copy(self)
        suya.__dict__.pop("alguno_validado", None)
        suya.__dict__.pop("metas_por_clave", None)
        suya.__dict__.pop("indicadores_por_clave", None)
        suya.entes = (ente_id,)
        suya.metas = [meta for meta in self.metas if meta.ente_id == ente_id]
        suya.indicadores = [ficha for ficha in self.indicadores if ficha.ente_id == ente_id]
        return suya

    @cached_property
    def alguno_validado(self) -> bool:
        """¿Hay al menos un avance oficial? Sin ninguno, nada cuenta como cero."""
        de_metas = (valor for meta in self.metas for valor in meta.alcanzado)
        de_variables = (v for i in self.indicadores for variable in i.variables for v in variable.alcanzado)
        return any(v is not None for v in de_metas) or any(v is not None for v in de_variables)

    @cached_property
    def metas_por_clave(self) -> dict[str, Meta]:
        return {meta.clave: meta for meta in self.metas}

    @cached_property
    def indicadores_por_clave(self) -> dict[str, FichaIndicador]:
        return {ficha.clave: ficha for ficha in self.indicadores}

    @property
    def ajustes(self) -> Ajustes:
        cuenta_cero, cobertura = self._ajustes
        return Ajustes(
            vencido_cuenta_cero=cuenta_cero,
            cobertura_minima=cobertura,
            alguno_validado=self.alguno_validado,
        )

    def hojas(self, mes: int | None = None) -> dict[str, HojaEvaluada]:
        """Cada meta (`m…`) evaluada al corte, o a otro mes del ejercicio."""
        cual = mes or self.corte.mes
        if cual not in self._hojas:
            corte = Corte(self.anio, cual)
            self._hojas[cual] = {
                meta.clave: evaluar_actividad(
                    meta.evaluable(cual, self.ventanas_metas.de(meta.dependencia_id)), corte, self.bandas
                )
                for meta in self.metas
            }
        return self._hojas[cual]

    def fichas(self, mes: int | None = None) -> dict[str, HojaEvaluada]:
        """Cada indicador (`i…`) evaluado al corte, o a otro mes del ejercicio."""
        cual = mes or self.corte.mes
        if cual not in self._fichas:
            corte = Corte(self.anio, cual)
            self._fichas[cual] = {
                ficha.clave: evaluar_indicador(
                    ficha.evaluable(cual, self.ventanas_indicadores.de(ficha.dependencia_id)),
                    corte,
                    self.bandas,
                )
                for ficha in self.indicadores
            }
        return self._fichas[cual]

    def _consolidar(self, rama: Rama, mes: int | None) -> dict[str, NodoEvaluado]:
        return consolidar(rama, self.ajustes, self.bandas, Corte(self.anio, mes or self.corte.mes))

    def plan(
        self, mes: int | None = None, cuales: Callable[[Meta], bool] | None = None
    ) -> dict[str, NodoEvaluado]:
        """El árbol del plan por sus metas de actividad; la llave es el id del nodo, o `RAIZ`."""
        if self.arbol is None:
            return {}
        evaluadas = self.hojas(mes)
        por_nodo: dict[int, list[Hoja]] = defaultdict(list)
        for meta in self.metas:
            if cuales is None or cuales(meta):
                for nodo_id, participacion in meta.citas:
                    peso = participacion if participacion is not None else parte_igual(len(meta.citas))
                    por_nodo[nodo_id].append(hoja(evaluadas[meta.clave], meta.clave, meta.nombre, peso))
        return self._consolidar(self._rama_del_plan(por_nodo), mes)

    def plan_por_indicadores(self, mes: int | None = None) -> dict[str, NodoEvaluado]:
        """El árbol del plan por sus indicadores, segunda cifra que nunca se mezcla con la primera."""
        if self.arbol is None:
            return {}
        evaluadas = self.fichas(mes)
        por_nodo: dict[int, list[Hoja]] = defaultdict(list)
        for ficha in self.indicadores:
            if ficha.nodo_id is not None:
                por_nodo[ficha.nodo_id].append(hoja(evaluadas[ficha.clave], ficha.clave, ficha.nombre))
        return self._consolidar(self._rama_del_plan(por_nodo), mes)

    def _rama_del_plan(self, hojas: dict[int, list[Hoja]]) -> Rama:
        assert self.arbol is not None
        hijos = self.arbol.hijos

        def rama(nodo_id: int) -> Rama:
            nodo = self.arbol.por_id[nodo_id]  # type: ignore[union-attr]
            debajo = tuple(rama(hijo.id) for hijo in hijos.get(nodo_id, []))
            return Rama(
                str(nodo.id), f"{nodo.clave} {nodo.nombre}", nodo.peso, (*debajo, *hojas.get(nodo.id, []))
            )

        return Rama(RAIZ, self.arbol.nombre, None, tuple(rama(eje.id) for eje in hijos[None]))

    def programas(
        self, mes: int | None = None, cuales: frozenset[str] | None = None
    ) -> dict[str, NodoEvaluado]:
        """Programas y proyectos por sus metas; la llave es la clave de 8 o de 12 dígitos, o `RAIZ`.

        `cuales` deja sólo esos programas.
        """
        evaluadas = self.hojas(mes)
        hojas: dict[int, list[Hoja]] = defaultdict(list)
        for meta in self.metas:
            if cuales is None or self.proyectos[meta.proyecto_id].programa in cuales:
                hojas[meta.proyecto_id].append(hoja(evaluadas[meta.clave], meta.clave, meta.nombre))
        ramas: dict[str, list[Rama]] = defaultdict(list)
        for proyecto_id, suyas in hojas.items():
            proyecto = self.proyectos[proyecto_id]
            ramas[proyecto.programa].append(Rama(proyecto.clave, proyecto.nombre, None, tuple(suyas)))
        nombres = {p.programa: p.programa_nombre for p in self.proyectos.values()}
        hijos = tuple(Rama(c, nombres[c], None, tuple(r)) for c, r in sorted(ramas.items()))
        return self._consolidar(Rama(RAIZ, "Programas", None, hijos), mes)

    def grupo(self, nombre: str, claves: Iterable[str]) -> NodoEvaluado:
        """Una lista cualquiera de metas o de indicadores, consolidada con pesos iguales."""
        evaluadas = {**self.hojas(), **self.fichas()}
        hojas = tuple(hoja(evaluadas[clave], clave, self._nombre(clave)) for clave in claves)
        return self._consolidar(Rama(RAIZ, nombre, None, hojas), None)[RAIZ]

    def _nombre(self, clave: str) -> str:
        meta = self.metas_por_clave.get(clave)
        return meta.nombre if meta else self.indicadores_por_clave[clave].nombre


def evaluar(session: Session, anio: int, mes: int | None, ente_id: int | None) -> Evaluacion:
    """El ejercicio al mes pedido (o al corte que toca), de un ente o de todos."""
    corte, _ = corte_de(session, anio, mes)
    return Evaluacion(session, anio, corte.mes, None if ente_id is None else (ente_id,))


def hoja(evaluada: HojaEvaluada, clave: str, nombre: str, peso: Decimal | None = None) -> Hoja:
    """La hoja que la consolidación pide, con su parte."""
    return Hoja(clave, nombre, peso, evaluada.cumplimiento, evaluada.avance_anual, evaluada.esperado)


def _ajustes(session: Session, anio: int) -> tuple[bool, Decimal]:
    e = tabla(Ejercicio).c
    fila = session.execute(select(e.vencido_cuenta_cero, e.cobertura_minima).where(e.anio == anio)).first()
    return (fila.vencido_cuenta_cero, fila.cobertura_minima) if fila else (True, Decimal(50))


def unidades(session: Session) -> dict[int, Unidad]:
    """Cada dependencia por su id, con su general y su ente."""
    d = tabla(Dependencia).c
    filas = {f.id: f for f in session.execute(select(d.id, d.ente_id, d.padre_id, d.clave, d.nombre))}
    halladas = {}
    for fila in filas.values():
        general = filas.get(fila.padre_id, fila) if fila.padre_id else fila
        clave = fila.clave if general is fila else f"{general.clave}-{fila.clave}"
        halladas[fila.id] = Unidad(fila.id, fila.ente_id, clave, fila.nombre, general.id, general.nombre)
    return halladas


def _proyectos(session: Session, anio: int) -> dict[int, Proyectado]:
    p, g = tabla(Proyecto), tabla(Programa)
    consulta = (
        select(
            p.c.id, p.c.clave, p.c.nombre, g.c.clave.label("programa"), g.c.nombre.label("programa_nombre")
        )
        .join(g, g.c.id == p.c.programa_id)
        .where(p.c.anio == anio)
    )
    return {fila.id: Proyectado(*fila) for fila in session.execute(consulta)}
