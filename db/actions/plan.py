"""Guardar el árbol del plan: cada cambio es una versión nueva que conserva la identidad de los nodos."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.reverso import Llave, actualizar, reverso_de
from db.actions.sincronizar import Sincronizado, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.municipio import Municipio
from db.models.plan import NodoPlan, Plan, TextoNodo, TipoEje, VersionPlan
from db.queries import pesos
from db.queries.municipio import hoy, plan_del_ejercicio
from db.queries.plan import leer_arbol
from db.rules.periodo import Corte
from db.rules.permisos import Accion, Actor, exigir
from db.rules.peso import exigir_pesos
from db.rules.problema import Problema
from db.rules.texto import llave as comparable


@dataclass(frozen=True, slots=True)
class Paso:
    """Un nodo en el camino de un renglón: su clave (puede faltar) y su texto."""

    clave: str
    nombre: str


@dataclass(frozen=True, slots=True)
class FilaPlan:
    """Un renglón del archivo: los nodos del eje a la línea y el tipo de eje."""

    tipo: TipoEje
    pasos: tuple[Paso, ...]


Ruta = tuple[str, ...]
"""Identidad de un nodo: la clave, o el texto comparable, de cada nivel desde el eje."""


@dataclass(slots=True)
class Nodo:
    """Un nodo distinto del archivo, en su orden."""

    paso: Paso
    tipo: TipoEje
    orden: int
    """Lugar entre sus hermanos, desde 1."""


def identidad(paso: Paso) -> str:
    """Con qué se reconoce un nodo entre sus hermanos: su clave o, si no tiene, su texto."""
    return comparable(paso.clave or paso.nombre)


def nodos_de(filas: Sequence[FilaPlan]) -> list[dict[Ruta, Nodo]]:
    """Los nodos distintos de cada nivel, del primero al último, en el orden del archivo."""
    hondo = max((len(fila.pasos) for fila in filas), default=0)
    niveles: list[dict[Ruta, Nodo]] = [{} for _ in range(hondo)]
    hermanos: Counter[Ruta] = Counter()
    for fila in filas:
        ruta: Ruta = ()
        for nivel, paso in zip(niveles, fila.pasos, strict=False):
            padre, ruta = ruta, (*ruta, identidad(paso))
            if ruta not in nivel:
                hermanos[padre] += 1
                nivel[ruta] = Nodo(paso, fila.tipo, hermanos[padre])
    return niveles


def guardar_plan(
    session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaPlan], nombres: Sequence[str]
) -> Cuenta:
    """Pone el árbol como dicen las filas; `nombres` son los de sus niveles.

    SinPermiso; Problema si el ejercicio de la carga no tiene plan, el archivo trae otros niveles, o los
    hermanos que deja suman 0 con los pesos que rigen.
    """
    exigir(actor, Accion.CARGAR_PLAN)
    assert carga.anio is not None
    plan = plan_del_ejercicio(session, carga.anio)
    if plan is None:
        raise Problema(f"El ejercicio {carga.anio} no tiene plan.", "Créelo en Configuración.")
    niveles = nodos_de(filas)
    arbol = _Arbol(session, plan.id, plan.version_plan + 1)
    if not arbol.vigentes:
        _nombrar_niveles(session, nombres)
    elif plan.niveles != len(nombres):
        raise Problema(
            f"El plan tiene {plan.niveles} niveles y el archivo trae {len(nombres)}.",
            "Use la plantilla del plan o cambie los niveles en Configuración.",
        )
    hechos = [arbol.nivel(numero, nodos) for numero, nodos in enumerate(niveles, start=1)]
    bajas = arbol.dar_de_baja()
    _exigir_que_pesen(session, plan.id, carga.anio)
    if any(hecho.tocadas for hecho in hechos) or bajas:
        _nueva_version(session, plan, arbol.version, len(nombres), carga.archivo)
    nuevas = sum(len(hecho.nuevas) for hecho in hechos)
    cambian = sum(len(hecho.cambiadas) for hecho in hechos)
    guardadas = _renglones_tocados(filas, arbol.tocadas)
    return Cuenta(len(filas), guardadas, len(filas) - guardadas, nuevas, cambian, bajas)


def _exigir_que_pesen(session: Session, plan_id: int, anio: int) -> None:
    """Problema si, con el juego de pesos que rige o uno por regir, unos hermanos que quedan suman 0."""
    dia = hoy(session)
    arbol = leer_arbol(session, Corte(anio, 12))
    for juego in pesos.juegos(session, plan_id) if arbol is not None else ():
        assert arbol is not None
        try:
            exigir_pesos(pesos.grupos_de(arbol, pesos.pesos_de(session, juego["id"])).values())
        except Problema as problema:
            raise Problema(
                f"{problema.mensaje[:-1]} con los pesos que rigen desde {juego['desde']}.",
                "Deje en el archivo los nodos que pesan, o guarde antes otros pesos en Pesos del plan.",
            ) from problema
        if (juego["anio"], juego["mes"]) <= (dia.year, dia.month):
            return


def _renglones_tocados(filas: Sequence[FilaPlan], tocadas: set[Ruta]) -> int:
    """Cuántos renglones tienen algún nodo nuevo o cambiado en su camino."""
    total = 0
    for fila in filas:
        claves = [identidad(paso) for paso in fila.pasos]
        total += any(tuple(claves[:n]) in tocadas for n in range(1, len(claves) + 1))
    return total


class _Arbol:
    """El árbol vigente de un plan, que se va emparejando nivel por nivel con el del archivo."""

    def __init__(self, session: Session, plan_id: int, version: int) -> None:
        self.session, self.plan_id, self.version = session, plan_id, version
        n = tabla(NodoPlan)
        filas = session.execute(
            select(n).where(n.c.plan_id == plan_id, n.c.version_baja.is_(None)).order_by(n.c.nivel, n.c.orden)
        )
        self.vigentes: dict[int, dict[str, Any]] = {fila.id: fila._asdict() for fila in filas}
        self.por_ruta: dict[Ruta, int] = {}
        self.tocadas: set[Ruta] = set()

    def nivel(self, numero: int, nodos: Mapping[Ruta, Nodo]) -> Sincronizado:
        """Empareja los nodos de un nivel; los de arriba ya tienen identidad en `por_ruta`."""
        previos = [fila for fila in self.vigentes.values() if fila["nivel"] == numero]
        parejas = self._emparejar(nodos, previos)
        filas = [self._fila(numero, ruta, nodo) for ruta, nodo in nodos.items()]
        for fila, ruta in zip(filas, nodos, strict=True):
            fila["pareja"] = parejas.get(ruta, ruta)
        existentes = [{**fila, "pareja": fila["id"]} for fila in previos]
        self._conservar_textos(filas, {fila["id"]: fila for fila in previos})
        hecho = sincronizar(
            self.session, NodoPlan, ("pareja",), filas, existentes, al_crear={"version_alta": self.version}
        )
        for fila, ruta in zip(filas, nodos, strict=True):
            llave: Llave = (fila["pareja"],)
            self.por_ruta[ruta] = hecho.ids[llave]
            self.vigentes.pop(hecho.ids[llave], None)
            if llave in hecho.tocadas:
                self.tocadas.add(ruta)
        return hecho

    def _fila(self, numero: int, ruta: Ruta, nodo: Nodo) -> dict[str, Any]:
        clave, nombre = nodo.paso.clave, nodo.paso.nombre
        return {
            "plan_id": self.plan_id,
            "padre_id": self.por_ruta[ruta[:-1]] if len(ruta) > 1 else None,
            "nivel": numero,
            "clave": clave,
            "nombre": nombre,
            "tipo": nodo.tipo,
            "orden": nodo.orden,
            "busqueda": comparable(f"{clave} {nombre}"),
        }

    def _emparejar(self, nodos: Mapping[Ruta, Nodo], previos: list[dict[str, Any]]) -> dict[Ruta, int]:
        """Qué nodo guardado es cada uno del archivo.

        Por su clave si es única en el nivel; si no tiene, por su texto bajo el mismo padre. Un texto
        corregido conserva la identidad por la clave, y sin clave por el lugar que ocupa entre sus hermanos.
        """
        disponibles = {fila["id"]: fila for fila in previos}
        parejas: dict[Ruta, int] = {}
        for de_guardado, de_archivo in _CRITERIOS:
            indice: dict[Any, list[int]] = {}
            for fila in disponibles.values():
                if (marca := de_guardado(fila)) is not None:
                    indice.setdefault(marca, []).append(fila["id"])
            for ruta, nodo in nodos.items():
                if ruta in parejas:
                    continue
                padre = self.por_ruta.get(ruta[:-1])
                candidatos = indice.get(de_archivo(nodo, padre), [])
                if len(candidatos) == 1 and candidatos[0] in disponibles:
                    parejas[ruta] = candidatos[0]
                    del disponibles[candidatos[0]]
        return parejas

    def _conservar_textos(self, filas: list[dict[str, Any]], previos: dict[int, dict[str, Any]]) -> None:
        """Guarda lo que decía cada nodo cuyo texto, clave o lugar cambia en esta versión."""
        textos = []
        for fila in filas:
            previo = previos.get(fila["pareja"]) if isinstance(fila["pareja"], int) else None
            if previo and any(previo[campo] != fila[campo] for campo in ("clave", "nombre", "padre_id")):
                textos.append(self._texto(previo))
        sincronizar(self.session, TextoNodo, ("nodo_id",), textos, ())

    def _texto(self, previo: dict[str, Any]) -> dict[str, Any]:
        return {
            "nodo_id": previo["id"],
            "version_plan": self.version - 1,
            **{campo: previo[campo] for campo in ("clave", "nombre", "padre_id")},
        }

    def dar_de_baja(self) -> int:
        """Da de baja, sin borrarlos, los nodos que el archivo ya no trae; devuelve cuántos."""
        sobran = list(self.vigentes.values())
        destino = tabla(NodoPlan)
        for fila in sobran:
            reverso_de(self.session).cambia(destino, fila)
        if sobran:
            bajas = [{"id": fila["id"], "version_baja": self.version} for fila in sobran]
            actualizar(self.session, destino, ("version_baja",), bajas)
        return len(sobran)


_CRITERIOS = (
    (
        lambda fila: (fila["padre_id"], comparable(fila["clave"])) if fila["clave"] else None,
        lambda nodo, padre: (padre, comparable(nodo.paso.clave)),
    ),
    (
        lambda fila: comparable(fila["clave"]) or None,
        lambda nodo, _padre: comparable(nodo.paso.clave) or "\0",
    ),
    (
        lambda fila: (fila["padre_id"], comparable(fila["nombre"])),
        lambda nodo, padre: (padre, comparable(nodo.paso.nombre)),
    ),
    (
        lambda fila: None if fila["clave"] else (fila["padre_id"], fila["orden"]),
        lambda nodo, padre: (padre, nodo.orden),
    ),
)
"""Maneras de reconocer un nodo guardado, de la más segura a la menos: (marca del guardado, del archivo)."""


def _nueva_version(session: Session, plan: Any, version: int, niveles: int, archivo: str) -> None:
    destino = tabla(Plan)
    previo = session.execute(select(destino).where(destino.c.id == plan.id)).one()._asdict()
    reverso_de(session).cambia(destino, previo)
    nuevo = {"id": plan.id, "version_plan": version, "niveles": niveles}
    actualizar(session, destino, ("version_plan", "niveles"), [nuevo])
    fila = {"plan_id": plan.id, "numero": version, "fecha": hoy(session), "motivo": f"Carga de «{archivo}»"}
    sincronizar(session, VersionPlan, ("numero",), [fila], ())


def _nombrar_niveles(session: Session, nombres: Sequence[str]) -> None:
    """El primer plan fija cuántos niveles hay y cómo se llaman."""
    destino = tabla(Municipio)
    previo = session.execute(select(destino)).one()._asdict()
    if previo["niveles_plan"] != list(nombres):
        actualizar(session, destino, ("niveles_plan",), [{"id": previo["id"], "niveles_plan": list(nombres)}])
