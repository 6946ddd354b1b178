"""La alineación leída de una vez: plan, metas, proyectos, indicadores, dinero y a qué ODS, PND y PED van.

De aquí salen la matriz y los huecos; nada se evalúa.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.indicadores import AlineacionIndicador, Indicador
from db.models.plan import Alineacion
from db.models.programas import EstadoVinculo, Programa, Proyecto, VinculoPlan
from db.queries import dinero
from db.queries.municipio import corte as corte_de
from db.queries.plan import Arbol, leer_arbol
from db.queries.presupuesto import Monto, dinero_por_proyecto
from db.rules.alineacion import CATALOGOS, heredadas

Ligas = dict[int, set[int]]
Renglon = dict[str, Any]


class Alineado:
    """Un ejercicio con todas sus ligas; cada parte se lee sólo si se pide."""

    def __init__(self, session: Session, anio: int, mes: int | None, ente_id: int | None) -> None:
        self.session, self.anio, self.ente_id = session, anio, ente_id
        self.corte, _ = corte_de(session, anio, mes)
        self.arbol: Arbol | None = leer_arbol(session, self.corte)

    @cached_property
    def padres(self) -> dict[int, int | None]:
        return {} if self.arbol is None else {nodo.id: nodo.padre_id for nodo in self.arbol.nodos}

    def _del_ente(self, columnas: Any) -> list[Any]:
        return [] if self.ente_id is None else [columnas.ente_id == self.ente_id]

    @cached_property
    def metas(self) -> list[Any]:
        """id, ente_id, proyecto_id, dependencia_id, numero, nombre y busqueda, por id."""
        m = tabla(MetaActividad).c
        columnas = (m.id, m.ente_id, m.proyecto_id, m.dependencia_id, m.numero, m.nombre, m.busqueda)
        consulta = select(*columnas).where(m.anio == self.anio, *self._del_ente(m)).order_by(m.id)
        return list(self.session.execute(consulta))

    @cached_property
    def citas(self) -> Ligas:
        """Meta → nodos vigentes que cita."""
        c, m = tabla(CitaLinea), tabla(MetaActividad)
        consulta = (
            select(c.c.meta_id, c.c.nodo_id)
            .join(m, m.c.id == c.c.meta_id)
            .where(m.c.anio == self.anio, *self._del_ente(m.c))
        )
        return self._juntar((a, b) for a, b in self.session.execute(consulta) if b in self.padres)

    @cached_property
    def indicadores(self) -> list[Any]:
        """id, ente_id, proyecto_id, dependencia_id, nodo_id, nombre, medios_verificacion y busqueda."""
        i = tabla(Indicador).c
        columnas = (i.id, i.ente_id, i.proyecto_id, i.dependencia_id, i.nodo_id, i.nombre)
        consulta = select(*columnas, i.medios_verificacion, i.busqueda)
        return list(
            self.session.execute(consulta.where(i.anio == self.anio, *self._del_ente(i)).order_by(i.id))
        )

    @cached_property
    def proyectos(self) -> dict[int, Any]:
        """Proyectos del ejercicio: id, clave, nombre, programa y programa_nombre."""
        p, g = tabla(Proyecto), tabla(Programa)
        consulta = (
            select(
                p.c.id,
                p.c.clave,
                p.c.nombre,
                g.c.clave.label("programa"),
                g.c.nombre.label("programa_nombre"),
            )
            .join(g, g.c.id == p.c.programa_id)
            .where(p.c.anio == self.anio)
        )
        return {fila.id: fila for fila in self.session.execute(consulta)}

    @cached_property
    def vinculos(self) -> list[Any]:
        """Participaciones, aceptadas o propuestas: ente_id, proyecto_id, nodo_id, participacion, estado."""
        v, p = tabla(VinculoPlan), tabla(Proyecto)
        consulta = (
            select(v.c.ente_id, v.c.proyecto_id, v.c.nodo_id, v.c.participacion, v.c.estado)
            .join(p, p.c.id == v.c.proyecto_id)
            .where(p.c.anio == self.anio, *self._del_ente(v.c))
        )
        return [fila for fila in self.session.execute(consulta) if fila.nodo_id in self.padres]

    @cached_property
    def dinero(self) -> dict[tuple[int, str], Monto]:
        """(ente, proyecto) → dinero al corte."""
        entes = None if self.ente_id is None else (self.ente_id,)
        return dinero_por_proyecto(self.session, self.anio, self.corte.mes, entes)

    def modificado_por_nodo(self, estado: EstadoVinculo) -> dict[int, int]:
        """Centavos del modificado que toca a cada nodo y a lo que cuelga de él, por esas participaciones."""
        if self.arbol is None:
            return {}
        partes: dict[tuple[int, str], dict[int, Any]] = defaultdict(dict)
        for v in self.vinculos:
            if v.estado is estado:
                partes[v.ente_id, self.proyectos[v.proyecto_id].clave][v.nodo_id] = v.participacion
        montos = dinero.por_nodo(self.arbol, self.dinero, partes)
        return {nodo: monto["modificado"] for nodo, monto in montos.items()}

    @cached_property
    def entradas(self) -> dict[int, Any]:
        """Las de ODS, metas ODS, PND y PED: id, catalogo, clave, padre y nombre, en su orden."""
        return entradas(self.session)

    @cached_property
    def de_nodos(self) -> Ligas:
        """Nodo vigente → entradas a que contribuye."""
        a = tabla(Alineacion).c
        pares = self.session.execute(select(a.nodo_id, a.entrada_id))
        return self._juntar((nodo, entrada) for nodo, entrada in pares if nodo in self.padres)

    @cached_property
    def de_indicadores(self) -> Ligas:
        """Indicador del ejercicio → entradas a que contribuye."""
        a, i = tabla(AlineacionIndicador), tabla(Indicador)
        consulta = (
            select(a.c.indicador_id, a.c.entrada_id)
            .join(i, i.c.id == a.c.indicador_id)
            .where(i.c.anio == self.anio, *self._del_ente(i.c))
        )
        return self._juntar((a, b) for a, b in self.session.execute(consulta))

    @cached_property
    def arriba(self) -> dict[int, frozenset[int]]:
        """Nodo → entradas que hereda de sus superiores."""
        return heredadas(self.padres, self.de_nodos)

    def alcance_de(self, nodo: int | None) -> set[int]:
        """Las entradas de un nodo y de sus superiores."""
        return set() if nodo is None else {*self.de_nodos.get(nodo, ()), *self.arriba.get(nodo, ())}

    def ods(self, ids: Iterable[int]) -> set[int]:
        """De unas entradas, las de ODS: objetivos y metas."""
        return {i for i in ids if self.entradas[i].catalogo in (NombreCatalogo.ODS, NombreCatalogo.ODS_META)}

    def objetivos_ods(self, ids: Iterable[int]) -> list[str]:
        """Los números de ODS de unas entradas; una meta ODS cuenta por su objetivo."""
        suyas = [self.entradas[i] for i in self.ods(ids)]
        claves = {e.padre if e.catalogo is NombreCatalogo.ODS_META else e.clave for e in suyas}
        return sorted(claves, key=_numero)

    def claves(self, ids: Iterable[int], catalogo: NombreCatalogo) -> list[str]:
        """Las claves de un catálogo entre unas entradas, en su orden."""
        suyas = [self.entradas[i] for i in ids if self.entradas[i].catalogo is catalogo]
        return [e.clave for e in sorted(suyas, key=lambda e: (e.orden, e.clave))]

    @staticmethod
    def _juntar(pares: Iterable[tuple[int, int]]) -> Ligas:
        juntas: Ligas = defaultdict(set)
        for uno, otro in pares:
            juntas[uno].add(otro)
        return dict(juntas)


def _numero(clave: str) -> tuple[int, str]:
    return (int(clave), "") if clave.isdigit() else (99, clave)


def entradas(session: Session) -> dict[int, Any]:
    """Id → entrada de ODS, metas ODS, PND o PED, por catálogo y en su orden."""
    e = tabla(EntradaCatalogo).c
    consulta = (
        select(e.id, e.catalogo, e.clave, e.padre, e.nombre, e.orden)
        .where(e.catalogo.in_(CATALOGOS))
        .order_by(e.orden, e.clave)
    )
    filas = sorted(session.execute(consulta), key=lambda f: list(CATALOGOS).index(f.catalogo))
    return {fila.id: fila for fila in filas}
