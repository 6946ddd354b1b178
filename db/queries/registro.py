"""Lo capturado de una meta o indicador en un periodo, de quién es y qué resultado daría."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import ClaseItem
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.queries import actividad, indicadores
from db.queries.municipio import bandas as bandas_de
from db.rules.actividad import evaluar_actividad
from db.rules.captura import EstadoAvance
from db.rules.indicador import evaluar_indicador
from db.rules.periodo import Corte, periodos
from db.rules.permisos import Objeto
from db.rules.resultado import Resultado

Valores = Mapping[int, Decimal | None]
"""Lo capturado: de una meta, {id de la meta: valor}; de un indicador, {id de variable: valor}."""

Llave = tuple[ClaseItem, int]


@dataclass(frozen=True, slots=True)
class Registro:
    """Lo guardado de una cosa en un periodo; sin nada guardado, `estado` es None y `version` 0."""

    estado: EstadoAvance | None
    version: int
    autor: str
    valores: dict[int, Decimal]
    justificacion: str
    extemporaneo: bool = False


SIN_REGISTRO = Registro(None, 0, "", {}, "")


def areas(session: Session, dependencia_id: int) -> tuple[int, ...]:
    """La dependencia y, si es general, sus auxiliares."""
    d = tabla(Dependencia).c
    hijas = session.execute(select(d.id).where(d.padre_id == dependencia_id).order_by(d.clave)).scalars()
    return (dependencia_id, *hijas)


def objeto(session: Session, clase: ClaseItem, item_id: int) -> Objeto | None:
    """A qué ente y dependencias pertenece, para preguntar por el permiso; None si no existe."""
    c, d = tabla(_MODELO[clase]).c, tabla(Dependencia).c
    fila = session.execute(
        select(c.ente_id, c.dependencia_id, d.padre_id).where(c.id == item_id, d.id == c.dependencia_id)
    ).first()
    if fila is None:
        return None
    return Objeto(fila.ente_id, frozenset({fila.dependencia_id, fila.padre_id} - {None}))


_MODELO: dict[ClaseItem, type[MetaActividad] | type[Indicador]] = {
    ClaseItem.META: MetaActividad,
    ClaseItem.INDICADOR: Indicador,
}


def registros(session: Session, clase: ClaseItem, ids: Sequence[int], mes: int) -> dict[int, Registro]:
    """Item → lo guardado en el periodo que termina en `mes`; falta lo que nadie ha capturado."""
    if clase is ClaseItem.META:
        a = tabla(AvanceMeta).c
        consulta = select(tabla(AvanceMeta), a.meta_id.label("item"), a.meta_id.label("de")).where(
            a.meta_id.in_(ids), a.mes == mes
        )
    else:
        b, v = tabla(AvanceVariable), tabla(VariableIndicador)
        consulta = (
            select(b, v.c.indicador_id.label("item"), b.c.variable_id.label("de"))
            .join(v, v.c.id == b.c.variable_id)
            .where(v.c.indicador_id.in_(ids), b.c.trimestre == mes // 3)
        )
    hallados: dict[int, Registro] = {}
    for f in session.execute(consulta):
        previo = hallados.get(f.item, SIN_REGISTRO)
        hallados[f.item] = Registro(
            EstadoAvance(f.estado),
            previo.version + f.version,
            f.capturo,
            previo.valores | {f.de: f.alcanzado},
            f.justificacion or previo.justificacion,
            f.extemporaneo or previo.extemporaneo,
        )
    return hallados


def evaluar(
    session: Session, anio: int, mes: int, clase: ClaseItem, item_id: int, valores: Valores
) -> Resultado | None:
    """El cumplimiento acumulado si lo capturado fuera oficial, y lo anterior entregado también lo fuera.

    Sirve para mostrar el resultado mientras se escribe y para decidir si se pide justificación. None si el
    item no existe en el ejercicio.
    """
    corte, generales = Corte(anio, mes), bandas_de(session, anio)
    if clase is ClaseItem.META:
        metas = actividad.metas(session, anio, ids=[item_id])
        return evaluar_meta(metas[0], mes, valores, corte, generales) if metas else None
    fichas = indicadores.indicadores(session, anio, ids=[item_id])
    letras = letras_de(session, [item_id]).get(item_id, {})
    return evaluar_ficha(fichas[0], mes, valores, letras, corte, generales) if fichas else None


def _puesto(serie: Sequence[Decimal | None], cual: int, valor: Decimal | None) -> tuple[Decimal | None, ...]:
    return tuple(valor if n == cual else previo for n, previo in enumerate(serie, start=1))


def entregado(oficial: Sequence[Any], preliminar: Sequence[Any]) -> tuple[Decimal | None, ...]:
    """Por periodo, lo validado o, si aún no lo está, lo enviado."""
    return tuple(p if o is None else o for o, p in zip(oficial, preliminar, strict=True))


def evaluar_meta(meta: actividad.Meta, mes: int, valores: Valores, corte: Corte, bandas: Any) -> Resultado:
    """El cumplimiento de una meta ya leída, con lo capturado en su lugar."""
    numero = numero_de(meta.periodicidad, mes)
    base = meta.evaluable(mes, frozenset())
    alcanzado = _puesto(entregado(meta.alcanzado, meta.preliminar), numero, valores.get(meta.id))
    return evaluar_actividad(replace(base, alcanzado=alcanzado), corte, bandas).cumplimiento


def evaluar_ficha(
    ficha: indicadores.FichaIndicador,
    mes: int,
    valores: Valores,
    letras: Mapping[str, int],
    corte: Corte,
    bandas: Any,
) -> Resultado:
    """El cumplimiento de un indicador ya leído; `letras` da el id de cada variable."""
    base = ficha.evaluable(mes, frozenset())
    variables = tuple(
        replace(
            v,
            alcanzado=_puesto(entregado(v.alcanzado, v.preliminar), mes // 3, valores.get(letras[v.letra])),
        )
        for v in base.variables
    )
    return evaluar_indicador(replace(base, variables=variables), corte, bandas).cumplimiento


def numero_de(periodicidad: str, mes: int) -> int:
    """Qué periodo del año termina en `mes`. StopIteration si ninguno."""
    return next(p.numero for p in periodos(periodicidad) if p.mes_fin == mes)


def letras_de(session: Session, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Indicador → {letra: id de variable}."""
    v = tabla(VariableIndicador).c
    letras: dict[int, dict[str, int]] = defaultdict(dict)
    filas = session.execute(select(v.id, v.indicador_id, v.letra).where(v.indicador_id.in_(ids)))
    for fila in filas:
        letras[fila.indicador_id][fila.letra] = fila.id
    return letras
