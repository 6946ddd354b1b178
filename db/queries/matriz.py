"""El gasto por una clasificación o el cruce de varias, al corte: del resumen si basta, si no del detalle.

Los resúmenes no crecen con los renglones. El detalle se lee sólo de los cortes vigentes del ejercicio y los
entes que se piden, sumado primero por clave: lo que haya de otros años no cuesta.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    ResumenPresupuesto,
    TipoCorte,
)
from db.queries.presupuesto import MOMENTOS, Monto, al_corte, monto, sumar, vigentes
from db.rules.matriz import (
    CLASIFICACIONES,
    SIN_CODIGO,
    codigo_de,
    de_resumen,
    llave_con_ente,
    pierde_prefijo,
    resumen_de,
)

Filtros = Mapping[str, str]
"""Clasificación → código elegido; `sin` es lo que no trae código. `fondo` es el principio de una fuente."""

FONDO = "fondo"
DOCE = 12
SUMAS = (*MOMENTOS, "aprobado_calendario")

Fila = tuple[dict[str, str], int, Sequence[Any]]
"""Segmentos, mes (0 si va acumulado) y sumas en el orden de `SUMAS`."""


@dataclass(frozen=True, slots=True)
class Alcance:
    """De qué ejercicio, hasta qué mes y de qué entes (nulo: todos)."""

    anio: int
    mes: int
    entes: tuple[int, ...] | None = None


def agrupar(
    session: Session, alcance: Alcance, por: Sequence[str], filtros: Filtros
) -> dict[tuple[str, ...], Monto]:
    """Códigos de cada clasificación de `por` → dinero al corte. Sin `por`, el total en la llave vacía.

    El código de una dependencia lleva su ente («A00@1»): dos entes tienen su propia A00.
    """
    juntos: dict[tuple[str, ...], Monto] = {}
    for segmentos, _, valores in _filas(session, alcance, por, filtros, meses=False):
        llave = tuple(llave_con_ente(c, codigo_de(c, segmentos), segmentos["ente"]) for c in por)
        _agregar(juntos, llave, monto(valores))
    return juntos


def por_meses(session: Session, alcance: Alcance, filtros: Filtros) -> dict[int, Monto]:
    """Mes → dinero de ese mes solo, de lo que cumple los filtros; faltan los meses sin movimientos."""
    juntos: dict[int, Monto] = {}
    todo = Alcance(alcance.anio, DOCE, alcance.entes)
    for _, mes, valores in _filas(session, todo, (), filtros, meses=True):
        _agregar(juntos, mes, monto(valores))
    return dict(sorted(juntos.items()))


def _agregar(juntos: dict[Any, Monto], llave: Any, nuevo: Monto) -> None:
    juntos[llave] = sumar([juntos[llave], nuevo]) if llave in juntos else nuevo


def cumple(segmentos: Mapping[str, str], filtros: Filtros) -> bool:
    """¿La fila es de lo elegido en todos los filtros?"""
    return all(_es(codigo, segmentos, valor) for codigo, valor in filtros.items())


def _es(codigo: str, segmentos: Mapping[str, str], valor: str) -> bool:
    if codigo == FONDO:
        return segmentos.get("fuente", "").startswith(valor)
    return codigo_de(codigo, segmentos) == ("" if valor == SIN_CODIGO else valor)


def _filas(
    session: Session, alcance: Alcance, por: Sequence[str], filtros: Filtros, *, meses: bool
) -> Iterable[Fila]:
    cuales = ["fuente" if codigo == FONDO else codigo for codigo in (*por, *filtros)]
    resumen = resumen_de(cuales)
    if resumen:
        filas = list(_del_resumen(session, alcance, resumen, meses))
        vacio = pierde_prefijo(resumen, cuales) and any(not _con_codigo(resumen, f[0]) for f in filas)
        if not vacio:
            return [fila for fila in filas if cumple(fila[0], filtros)]
    return [f for f in _del_detalle(session, alcance, cuales, filtros, meses) if cumple(f[0], filtros)]


def _con_codigo(resumen: str, segmentos: Mapping[str, str]) -> bool:
    return bool(segmentos.get(resumen))


def _del_resumen(session: Session, alcance: Alcance, resumen: str, meses: bool) -> Iterator[Fila]:
    ente_id, r = tabla(CortePresupuesto).c.ente_id, tabla(ResumenPresupuesto).c
    grupo = [ente_id, r.codigo, *([r.mes] if meses else [])]
    consulta = vigentes(
        [*grupo, *al_corte(r, alcance.mes)], alcance.anio, alcance.entes, Dimension(resumen)
    ).group_by(*grupo)
    for fila in session.execute(consulta):
        segmentos = de_resumen(resumen, fila[1]) | {"ente": str(fila[0])}
        yield segmentos, fila[2] if meses else 0, fila[len(grupo) :]


def _del_detalle(
    session: Session, alcance: Alcance, cuales: Sequence[str], filtros: Filtros, meses: bool
) -> Iterator[Fila]:
    """El detalle de los cortes vigentes: se suma por clave, por su llave primaria, y luego por segmento."""
    k = tabla(ClavePresupuestaria).c
    nombres = sorted({s for codigo in cuales for s in _segmentos(codigo)})
    por_clave = _por_clave(alcance, condiciones(filtros), meses).subquery()
    grupo = [k.ente_id, *([por_clave.c.mes] if meses else []), *(k[nombre] for nombre in nombres)]
    consulta = (
        select(*grupo, *(func.sum(por_clave.c[suma]) for suma in SUMAS))
        .select_from(por_clave.join(tabla(ClavePresupuestaria), k.id == por_clave.c.clave_id))
        .where(*del_alcance(alcance))
        .group_by(*grupo)
    )
    for fila in session.execute(consulta):
        valores = fila[len(grupo) :]
        segmentos = dict(zip(nombres, fila[len(grupo) - len(nombres) : len(grupo)], strict=True))
        yield segmentos | {"ente": str(fila[0])}, fila[1] if meses else 0, valores


def _segmentos(codigo: str) -> tuple[str, ...]:
    """Las columnas de la clave que hacen falta para saber un código."""
    segmento = CLASIFICACIONES[codigo].segmento
    if segmento == "ente":
        return ()
    if segmento == "programa":
        return ("programa", "proyecto")
    return ("dependencia_general", segmento) if codigo == "auxiliar" else (segmento,)


def _por_clave(alcance: Alcance, donde: Sequence[ColumnElement[bool]], meses: bool) -> Select[Any]:
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto).c
    grupo = [m.clave_id, *([m.mes] if meses else [])]
    sumas = [s.label(nombre) for nombre, s in zip(SUMAS, al_corte(m, alcance.mes), strict=True)]
    # Agrupar también por corte sigue el orden de la llave primaria: no hay nada que ordenar.
    consulta = select(*grupo, *sumas).where(m.corte_id.in_(cortes_de(alcance))).group_by(m.corte_id, *grupo)
    if not donde:
        return consulta
    elegidas = select(k.c.id).where(*del_alcance(alcance), *donde)
    return consulta.where(m.clave_id.in_(elegidas))


def del_alcance(alcance: Alcance) -> list[ColumnElement[bool]]:
    """La clave es del ejercicio y de los entes: sin decirlo se recorrerían las de todos los años."""
    k, c = tabla(ClavePresupuestaria).c, tabla(CortePresupuesto).c
    entes = select(c.ente_id).where(c.anio == alcance.anio) if alcance.entes is None else alcance.entes
    return [k.anio == alcance.anio, k.ente_id.in_(entes)]


def cortes_de(alcance: Alcance) -> Select[Any]:
    """La identidad de los cortes vigentes por clave del ejercicio y los entes."""
    c = tabla(CortePresupuesto).c
    consulta = select(c.id).where(c.anio == alcance.anio, c.vigente, c.tipo == TipoCorte.CLAVE)
    return consulta if alcance.entes is None else consulta.where(c.ente_id.in_(alcance.entes))


def condiciones(filtros: Filtros) -> list[ColumnElement[bool]]:
    """Los filtros como condiciones de la clave; dejan pasar de más sólo lo que `cumple` aparta."""
    return [_condicion(codigo, "" if valor == SIN_CODIGO else valor) for codigo, valor in filtros.items()]


def _condicion(codigo: str, valor: str) -> ColumnElement[bool]:
    k = tabla(ClavePresupuestaria).c
    if codigo == FONDO:
        return k.fuente.startswith(valor, autoescape=True)
    if codigo == "auxiliar":
        general, _, auxiliar = valor.partition("-")
        return and_(k.dependencia_general == general, k.dependencia_auxiliar == auxiliar)
    cual = CLASIFICACIONES[codigo]
    if not valor:
        return or_(k[cual.segmento] == "", k[cual.segmento].is_(None))
    if cual.segmento == "programa":
        return or_(
            k.programa.startswith(valor, autoescape=True),
            and_(k.programa == "", k.proyecto.startswith(valor, autoescape=True)),
        )
    if cual.largo:
        return k[cual.segmento].startswith(valor[: cual.largo], autoescape=True)
    return k[cual.segmento] == valor
