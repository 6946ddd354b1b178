"""El árbol del plan: nodos vigentes, pesos en vigor, alineación y búsqueda."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.catalogo import EntradaCatalogo
from db.models.indicadores import Indicador
from db.models.municipio import Municipio
from db.models.plan import Alineacion, EstadoJuego, JuegoPesos, NodoPlan, Peso
from db.models.programas import Programa, Proyecto
from db.queries.municipio import plan_del_ejercicio
from db.rules.periodo import Corte
from db.rules.texto import llave

RESULTADOS = 40


@dataclass(frozen=True, slots=True)
class Nodo:
    """Un nodo vigente del plan con su peso entre hermanos."""

    id: int
    padre_id: int | None
    nivel: int
    clave: str
    nombre: str
    tipo: str
    peso: Decimal | None


@dataclass(frozen=True, slots=True)
class Arbol:
    """Los nodos vigentes de un plan, en orden de lectura."""

    plan_id: int
    nombre: str
    nodos: tuple[Nodo, ...]
    por_id: dict[int, Nodo] = field(default_factory=dict)
    hijos: dict[int | None, list[Nodo]] = field(default_factory=dict)

    def ruta(self, nodo_id: int) -> list[Nodo]:
        """Del eje al nodo, inclusive."""
        ruta: list[Nodo] = []
        actual: int | None = nodo_id
        while actual is not None and actual in self.por_id:
            ruta.append(self.por_id[actual])
            actual = self.por_id[actual].padre_id
        return ruta[::-1]

    def descendencia(self, nodo_id: int) -> set[int]:
        """El nodo y todos los que cuelgan de él."""
        juntos, pendientes = {nodo_id}, [nodo_id]
        while pendientes:
            for hijo in self.hijos.get(pendientes.pop(), []):
                juntos.add(hijo.id)
                pendientes.append(hijo.id)
        return juntos


def leer_arbol(session: Session, corte: Corte) -> Arbol | None:
    """El árbol vigente del plan a que pertenece el ejercicio del corte; None si no hay plan."""
    plan = plan_del_ejercicio(session, corte.anio)
    if plan is None:
        return None
    n = tabla(NodoPlan).c
    pesos = _pesos(session, plan.id, corte)
    filas = session.execute(
        select(n.id, n.padre_id, n.nivel, n.clave, n.nombre, n.tipo)
        .where(n.plan_id == plan.id, n.version_baja.is_(None))
        .order_by(n.orden, n.id)
    )
    hijos: dict[int | None, list[Nodo]] = {}
    for fila in filas:
        hijos.setdefault(fila.padre_id, []).append(
            Nodo(fila.id, fila.padre_id, fila.nivel, fila.clave, fila.nombre, fila.tipo, pesos.get(fila.id))
        )
    hijos = {padre: _sin_pesos_en_cero(suyos) for padre, suyos in hijos.items()}
    orden: list[Nodo] = []
    pendientes = list(reversed(hijos.get(None, [])))
    while pendientes:
        nodo = pendientes.pop()
        orden.append(nodo)
        pendientes.extend(reversed(hijos.get(nodo.id, [])))
    if not orden:
        return None
    return Arbol(plan.id, plan.nombre, tuple(orden), {nodo.id: nodo for nodo in orden}, hijos)


def _sin_pesos_en_cero(hermanos: list[Nodo]) -> list[Nodo]:
    """Los mismos, sin peso si todos quedaron en 0: un juego que ya no rige pudo pesar nodos dados de baja.

    Del que rige no pasa: ni guardar pesos ni cargar el plan lo admiten.
    """
    if any(nodo.peso is None or nodo.peso for nodo in hermanos):
        return hermanos
    return [replace(nodo, peso=None) for nodo in hermanos]


def _pesos(session: Session, plan_id: int, corte: Corte) -> dict[int, Decimal]:
    """Los pesos del último juego aprobado que rige en el corte; sin juego, todos pesan igual."""
    j, p = tabla(JuegoPesos).c, tabla(Peso).c
    juego = session.execute(
        select(j.id)
        .where(
            j.plan_id == plan_id,
            j.estado == EstadoJuego.APROBADO,
            tuple_(j.anio, j.mes) <= tuple_(corte.anio, corte.mes),
        )
        .order_by(j.anio.desc(), j.mes.desc(), j.id.desc())
        .limit(1)
    ).scalar()
    if juego is None:
        return {}
    return {
        fila.nodo_id: fila.peso
        for fila in session.execute(select(p.nodo_id, p.peso).where(p.juego_id == juego))
    }


def nombres_de_niveles(session: Session, cuantos: int) -> list[str]:
    """Cómo llama el municipio a cada nivel de su plan."""
    nombres = session.execute(select(tabla(Municipio).c.niveles_plan)).scalar() or []
    return [nombres[n] if n < len(nombres) else f"Nivel {n + 1}" for n in range(cuantos)]


def alineacion(session: Session, nodo_id: int) -> list[dict[str, str]]:
    """ODS, metas ODS, PND y PED a que contribuye un nodo."""
    a, e = tabla(Alineacion).c, tabla(EntradaCatalogo).c
    consulta = (
        select(e.catalogo, e.clave, e.nombre)
        .join_from(tabla(Alineacion), tabla(EntradaCatalogo), e.id == a.entrada_id)
        .where(a.nodo_id == nodo_id)
        .order_by(e.catalogo, e.orden, e.clave)
    )
    return [{"catalogo": f.catalogo, "clave": f.clave, "nombre": f.nombre} for f in session.execute(consulta)]


def buscar(session: Session, *, texto: str, anio: int) -> list[dict[str, Any]]:
    """Nodos, programas, proyectos, indicadores y metas que contienen todas las palabras de `texto`."""
    palabras = [palabra for palabra in llave(texto).split() if palabra]
    if not palabras:
        return []
    plan = plan_del_ejercicio(session, anio)
    n, g, p = tabla(NodoPlan).c, tabla(Programa).c, tabla(Proyecto).c
    i, m = tabla(Indicador).c, tabla(MetaActividad).c
    fuentes: list[tuple[str, Any, Any, Any, str, str]] = [
        ("programa", g.clave, g, g.anio == anio, "programas", "programa"),
        ("proyecto", p.clave, p, p.anio == anio, "metas", "proyecto"),
        ("indicador", i.id, i, i.anio == anio, "indicadores", "indicador"),
        ("meta", m.id, m, m.anio == anio, "metas", "meta"),
    ]
    if plan is not None:
        vigente = (n.plan_id == plan.id) & n.version_baja.is_(None)
        fuentes.insert(0, ("plan", n.id, n, vigente, "plan", "nodo"))
    hallados: list[dict[str, Any]] = []
    for tipo, liga, columnas, filtro, pagina, parametro in fuentes:
        condiciones = [columnas.busqueda.contains(palabra, autoescape=True) for palabra in palabras]
        clave = (
            columnas.numero if tipo == "meta" else columnas.nombre if tipo == "indicador" else columnas.clave
        )
        consulta = select(liga.label("liga"), clave.label("clave"), columnas.nombre).where(
            filtro, *condiciones
        )
        for fila in session.execute(consulta.order_by(columnas.id).limit(RESULTADOS)):
            hallados.append(
                {
                    "tipo": tipo,
                    "clave": "" if tipo == "indicador" else str(fila.clave),
                    "nombre": fila.nombre,
                    "pagina": pagina,
                    "parametros": {parametro: str(fila.liga)},
                }
            )
    return hallados
