"""Guardar una edición de la Guía Consultiva: sus indicadores y los elementos de cada uno."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.sincronizar import Fila, Sincronizado, sincronizar
from db.base import tabla
from db.models.guia import ComprobacionGuia, ElementoGuia, IndicadorGuia, SinVariables, TipoGuia
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import llave


@dataclass(frozen=True, slots=True)
class FilaIndicador:
    """Un indicador de la guía, con sus umbrales como se imprimen."""

    clave: str
    modulo: int
    modulo_nombre: str
    tema: str
    tema_nombre: str
    nombre: str
    tipo: TipoGuia
    revision: str
    formula: str
    variables: str
    optimo: str
    en_proceso: str
    rezago: str
    sin_variables: SinVariables
    admite_nm: bool = True


@dataclass(frozen=True, slots=True)
class FilaElemento:
    """Un elemento de un indicador de gestión; sin texto conserva el que tenía o se nombra por su letra."""

    clave: str
    inciso: str
    texto: str


def guardar_indicadores(
    session: Session, actor: Actor, edicion: str, filas: Sequence[FilaIndicador]
) -> Cuenta:
    """Agrega o corrige los indicadores de una edición; no quita ninguno, porque de ellos cuelga lo evaluado.

    SinPermiso.
    """
    exigir(actor, Accion.CARGAR_GUIA)
    g = tabla(IndicadorGuia)
    existentes = [f._asdict() for f in session.execute(select(g).where(g.c.edicion == edicion))]
    datos: list[Fila] = [
        {
            "edicion": edicion,
            "orden": _orden(f.clave),
            "busqueda": llave(f"{f.clave} {f.nombre} {f.tema_nombre}"),
            **{campo: getattr(f, campo) for campo in FilaIndicador.__slots__},
        }
        for f in filas
    ]
    return _cuenta(filas, sincronizar(session, IndicadorGuia, ("edicion", "clave"), datos, existentes))


def guardar_elementos(session: Session, actor: Actor, edicion: str, filas: Sequence[FilaElemento]) -> Cuenta:
    """Deja los elementos de los indicadores nombrados como dice el archivo. SinPermiso.

    Problema si falta un indicador, o si el archivo ya no trae un elemento que alguien comprobó.
    """
    exigir(actor, Accion.CARGAR_GUIA)
    indicadores = indicadores_de(session, edicion)
    faltan = sorted({f.clave for f in filas} - indicadores.keys())
    if faltan:
        raise Problema(
            f"La guía {edicion} no tiene los indicadores {', '.join(faltan[:8])}.",
            "Cargue antes el archivo de indicadores.",
        )
    e = tabla(ElementoGuia)
    suyos = {indicadores[f.clave] for f in filas}
    existentes = [f._asdict() for f in session.execute(select(e).where(e.c.indicador_guia_id.in_(suyos)))]
    previos = {(x["indicador_guia_id"], x["inciso"]): x["texto"] for x in existentes}
    datos: list[Fila] = []
    for f in filas:
        lugar = indicadores[f.clave], f.inciso
        texto = f.texto or previos.get(lugar) or f"Elemento {f.inciso})"
        datos.append({"indicador_guia_id": lugar[0], "inciso": f.inciso, "texto": texto})
    quedan = {(d["indicador_guia_id"], d["inciso"]) for d in datos}
    sobran = [x["id"] for x in existentes if (x["indicador_guia_id"], x["inciso"]) not in quedan]
    _exigir_sin_comprobar(session, sobran)
    llaves = ("indicador_guia_id", "inciso")
    return _cuenta(filas, sincronizar(session, ElementoGuia, llaves, datos, existentes, quitar=True))


def indicadores_de(session: Session, edicion: str) -> dict[str, int]:
    """Clave → identidad de los indicadores de una edición."""
    g = tabla(IndicadorGuia).c
    filas = session.execute(select(g.clave, g.id).where(g.edicion == edicion))
    return dict(filas.tuples().all())


def _exigir_sin_comprobar(session: Session, elementos: Sequence[int]) -> None:
    c, e, g = tabla(ComprobacionGuia), tabla(ElementoGuia), tabla(IndicadorGuia)
    comprobado = session.execute(
        select(g.c.clave, e.c.inciso)
        .join(e, e.c.indicador_guia_id == g.c.id)
        .join(c, c.c.elemento_id == e.c.id)
        .where(e.c.id.in_(elementos))
    ).first()
    if comprobado is not None:
        raise Problema(
            f"El archivo no trae el elemento {comprobado.inciso}) de {comprobado.clave}, que ya se evaluó.",
            "Déjelo en el archivo, o quite antes lo que se capturó en él.",
        )


def _orden(clave: str) -> int:
    """«1.2.4» → 10204: el orden de la guía, que el alfabeto no respeta (1.2.10)."""
    modulo, tema, indicador = (int(parte) for parte in clave.split("."))
    return modulo * 10_000 + tema * 100 + indicador


def _cuenta(filas: Sequence[object], hecho: Sincronizado) -> Cuenta:
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian, len(hecho.quitadas))
