"""Formato alineacion: a qué ODS, metas ODS, PND o PED contribuye cada nodo del plan."""

from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports.citas import Citas, citas_del_plan
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.alineacion import guardar_alineacion
from db.actions.cargas import Cuenta
from db.models.bitacora import Carga
from db.queries.alineado import entradas
from db.queries.plan import leer_arbol
from db.rules.alineacion import CATALOGOS, Par
from db.rules.periodo import Corte
from db.rules.permisos import Accion, Actor
from db.rules.texto import llave

ESCRITOS = {llave(nombre): catalogo for catalogo, nombre in CATALOGOS.items()} | {
    "metas ods": "ods_meta",
    "plan nacional": "pnd",
    "plan nacional de desarrollo": "pnd",
    "plan estatal": "ped",
    "plan de desarrollo del estado": "ped",
}
"""Cómo se escribe cada catálogo, sin acentos ni mayúsculas."""

CATALOGO = Columna(
    "catalogo",
    ("instrumento", "marco"),
    ayuda="ODS, Meta ODS, PND o PED.",
    ejemplo="Meta ODS",
    opciones=tuple(CATALOGOS.values()),
)


@dataclass(frozen=True, slots=True)
class Claves:
    """Lo que se puede citar: nodos del plan por clave o por nombre, y entradas por (catálogo, clave)."""

    nodos: Citas
    nombres: dict[str, int | None]
    """Nombre sin acentos → nodo; None si dos se llaman igual."""
    entradas: dict[tuple[str, str], int]


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su nodo y su entrada; los dos deben existir."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    claves = Claves(
        citas_del_plan(session, contexto.anio),
        _nombres(session, contexto.anio),
        {(e.catalogo.value, llave(e.clave)): i for i, e in entradas(session).items()},
    )
    pares: dict[Par, None] = {}
    for renglon in revisor:
        if (par := _leer(renglon, claves)) is not None:
            pares[par] = None
    revisor.terminar()
    revision = Revision(list(pares), revisor.problemas, revisor.avisos)
    revision.totales = [
        ("Nodos", f"{len({nodo for nodo, _ in pares}):,}"),
        ("Ligas", f"{len(pares):,}"),
    ]
    return revision


def catalogo_de(renglon: Renglon, cuales: tuple[str, ...]) -> str | None:
    """El catálogo que el renglón nombra; si no es uno de `cuales` lo anota."""
    texto = renglon.obligado("catalogo")
    if texto is None:
        return None
    catalogo = ESCRITOS.get(llave(texto), llave(texto))
    if catalogo not in cuales:
        nombres = ", ".join(CATALOGOS[c] for c in cuales)
        renglon.falla("catalogo", "no es un catálogo que se pueda usar aquí", f"Use uno de: {nombres}.")
        return None
    return catalogo


def _leer(renglon: Renglon, claves: Claves) -> Par | None:
    nodo = _nodo(renglon, claves)
    catalogo = catalogo_de(renglon, tuple(CATALOGOS))
    clave = renglon.obligado("clave_entrada")
    if catalogo is None or clave is None:
        return None
    # Una hoja de cálculo lee la meta «3.10» o el eje «3» como números.
    entrada = claves.entradas.get((catalogo, llave(clave.removesuffix(".0"))))
    if entrada is None:
        remedio = (
            "Cargue antes el catálogo del plan estatal."
            if catalogo == "ped"
            else "Revise la clave; escríbala como texto, por ejemplo 3.4."
        )
        renglon.falla("clave_entrada", f"no existe en {CATALOGOS[catalogo]}", remedio)
    return None if nodo is None or entrada is None else (nodo, entrada)


def _nombres(session: Session, anio: int) -> dict[str, int | None]:
    arbol = leer_arbol(session, Corte(anio, 12))
    nombres: dict[str, int | None] = {}
    for nodo in arbol.nodos if arbol else ():
        nombre = llave(nodo.nombre)
        nombres[nombre] = None if nombre in nombres else nodo.id
    return nombres


def _nodo(renglon: Renglon, claves: Claves) -> int | None:
    clave = renglon.obligado("clave_nodo")
    if clave is None:
        return None
    # Los ejes y temas de muchos planes no traen clave: se nombran completos.
    if por_nombre := claves.nombres.get(llave(clave)):
        return por_nombre
    hallados, _ = claves.nodos.leer(clave)
    if len(hallados) == 1:
        return hallados[0]
    regla = "cita más de un nodo" if hallados else "no está en el plan vigente del ejercicio"
    renglon.falla("clave_nodo", regla, "Escriba la clave de un solo nodo, como está en el plan.")
    return None


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las ligas."""
    al_avanzar(0.3, "Guardando la alineación")
    pares: list[Par] = revision.datos
    return guardar_alineacion(session, actor, carga, pares)


FORMATO = Formato(
    nombre="alineacion",
    titulo="Alineación del plan",
    para_que=(
        "A qué ODS, metas ODS, PND y PED contribuye cada nodo del plan, un renglón por liga.\n"
        "Sólo agrega: para quitar una liga, use la pantalla Alineación."
    ),
    columnas=(
        Columna(
            "clave_nodo",
            ("clave del nodo", "nodo", "linea de accion", "clave linea"),
            ayuda="Clave de un nodo del plan, de cualquier nivel; si no tiene, su nombre completo.",
            ejemplo="O12",
        ),
        CATALOGO,
        Columna(
            "clave_entrada",
            ("clave de la entrada", "entrada", "clave ods", "contribuye a"),
            ayuda="Clave dentro de ese catálogo.",
            ejemplo="3.4",
        ),
    ),
    permiso=Accion.ALINEAR_PLAN,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio"}),
    instrucciones=("Escriba las claves como texto, para que 3.10 no se vuelva 3.1.",),
)
