"""Todo lo que un cierre congela: cada resultado del ejercicio a su corte, por ente y consolidado."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import AsuntoInstantanea
from db.models.municipio import Ente
from db.queries.dinero import financiero_de, partes_aceptadas, por_nodo
from db.queries.evaluacion import RAIZ, Evaluacion
from db.queries.identidad import por_congelar_de_indicadores, por_congelar_de_metas
from db.queries.presupuesto import Monto, consolidado, dinero_por_proyecto, sumar
from db.queries.trimestre import de_indicador, de_meta, texto
from db.rules.consolidar import NodoEvaluado
from db.rules.hoja import HojaEvaluada

A = AsuntoInstantanea

POR_METAS, POR_INDICADORES, DE_PROGRAMAS = "metas", "indicadores", "programas"
"""Las tres cifras del municipio: el plan por sus metas, por sus indicadores, y los programas."""


@dataclass(frozen=True, slots=True)
class Congelado:
    """Un renglón por congelar; sin ente, es el consolidado."""

    ente_id: int | None
    asunto: AsuntoInstantanea
    referencia: str
    nombre: str
    resultado: dict[str, Any]


def por_congelar(session: Session, anio: int, mes: int) -> list[Congelado]:
    """Los resultados vigentes al corte, con las bandas, los pesos y el dinero de que salieron.

    El dinero va en centavos y los porcentajes como texto exacto. Metas e indicadores van una vez, con su
    ente; lo consolidado, una vez por ente y otra sin ente.
    """
    e = tabla(Ente).c
    entes = list(session.execute(select(e.id).order_by(e.id)).scalars())
    todos = Evaluacion(session, anio, mes)
    dinero = dinero_por_proyecto(session, anio, mes)
    partes = partes_aceptadas(session, anio)
    renglones = [*_reglas(todos), *_hojas(session, todos)]
    for ente_id in (None, *entes):
        evaluacion = todos if ente_id is None else todos.de_un_ente(ente_id)
        suyo = {llave: m for llave, m in dinero.items() if ente_id in (None, llave[0])}
        renglones += _consolidado(ente_id, evaluacion)
        renglones += _dinero(ente_id, evaluacion, suyo, partes)
    return [*renglones, *_sin_transferencias(session, todos)]


def de_un_alcance(session: Session, anio: int, mes: int, ente_id: int | None) -> list[Congelado]:
    """Lo que un cierre congelaría hoy de un solo ente, o de lo consolidado; con sus metas e indicadores."""
    evaluacion = Evaluacion(session, anio, mes, None if ente_id is None else (ente_id,))
    dinero = dinero_por_proyecto(session, anio, mes, None if ente_id is None else (ente_id,))
    entes = sorted({meta.ente_id for meta in evaluacion.metas}) if ente_id is None else []
    return [
        *_hojas(session, evaluacion),
        *_consolidado(ente_id, evaluacion),
        *(c for suyo in entes for c in _dependencias(suyo, evaluacion.de_un_ente(suyo))),
        *_dinero(ente_id, evaluacion, dinero, partes_aceptadas(session, anio)),
        *(_sin_transferencias(session, evaluacion) if ente_id is None else ()),
    ]


def _reglas(evaluacion: Evaluacion) -> Iterator[Congelado]:
    """Las bandas generales y los pesos con que se consolidó; las propias de un indicador van con él."""
    bandas = [
        {k: str(v) if isinstance(v, Decimal) else v for k, v in asdict(b).items()} for b in evaluacion.bandas
    ]
    yield Congelado(None, A.BANDAS, "generales", "Bandas generales", {"bandas": bandas})
    nodos = evaluacion.arbol.nodos if evaluacion.arbol else []
    ajustes = evaluacion.ajustes
    yield Congelado(
        None,
        A.PESOS,
        "plan",
        "Pesos y reglas de consolidación",
        {
            "nodos": {str(n.id): None if n.peso is None else str(n.peso) for n in nodos},
            "citas": {
                str(m.id): [[nodo, None if parte is None else str(parte)] for nodo, parte in m.citas]
                for m in evaluacion.metas
            },
            "vencido_cuenta_cero": ajustes.vencido_cuenta_cero,
            "cobertura_minima": str(ajustes.cobertura_minima),
        },
    )


def _hojas(session: Session, evaluacion: Evaluacion) -> Iterator[Congelado]:
    """Cada meta e indicador, con lo que su 08c o 08b imprime del trimestre solo y cómo se llama todo."""
    hojas, fichas, mes = evaluacion.hojas(), evaluacion.fichas(), evaluacion.corte.mes
    de_metas = por_congelar_de_metas(session, evaluacion.anio, evaluacion.metas)
    de_indicadores = por_congelar_de_indicadores(session, evaluacion.anio, mes)
    for meta in evaluacion.metas:
        suya = _hoja(hojas[meta.clave]) | {
            "trimestre": de_meta(meta, mes),
            "identidad": de_metas[meta.id],
        }
        yield Congelado(meta.ente_id, A.META, str(meta.id), meta.nombre, suya)
    for ficha in evaluacion.indicadores:
        suya = _hoja(fichas[ficha.clave]) | de_indicador(evaluacion, ficha)
        suya["identidad"] = de_indicadores[ficha.id]
        yield Congelado(ficha.ente_id, A.INDICADOR, str(ficha.id), ficha.nombre, suya)


def _hoja(hoja: HojaEvaluada) -> dict[str, Any]:
    sumas = {n: getattr(hoja, n) for n in ("esperado", "programado_acum", "alcanzado_acum", "meta_anual")}
    return {
        "cumplimiento": hoja.cumplimiento.a_dict(),
        "cumplimiento_original": hoja.cumplimiento_original.a_dict(),
        "avance_anual": hoja.avance_anual.a_dict(),
        **{nombre: texto(valor) for nombre, valor in sumas.items()},
    }


def _nodo(nodo: NodoEvaluado) -> dict[str, Any]:
    return {
        "cumplimiento": nodo.cumplimiento.a_dict(),
        "avance_anual": nodo.avance_anual.a_dict(),
        "evaluados": nodo.evaluados,
        "total": nodo.total,
        "cuentan_cero": nodo.cuentan_cero,
        "por_estado": {str(estado): cuantas for estado, cuantas in nodo.por_estado.items()},
    }


def _consolidado(ente_id: int | None, evaluacion: Evaluacion) -> Iterator[Congelado]:
    plan, indicadores, programas = (
        evaluacion.plan(),
        evaluacion.plan_por_indicadores(),
        evaluacion.programas(),
    )
    raices = ((POR_METAS, plan), (POR_INDICADORES, indicadores), (DE_PROGRAMAS, programas))
    for cual, evaluados in raices:
        if RAIZ in evaluados:
            yield Congelado(ente_id, A.MUNICIPIO, cual, f"Municipio por {cual}", _nodo(evaluados[RAIZ]))
    for nodo in evaluacion.arbol.nodos if evaluacion.arbol else []:
        llave = str(nodo.id)
        if ente_id is not None and not plan[llave].total and not indicadores[llave].total:
            continue  # en ese ente nada le sirve: no hay cifra que congelar
        resultado = _nodo(plan[llave]) | {"por_indicadores": indicadores[llave].cumplimiento.a_dict()}
        yield Congelado(ente_id, A.NODO, llave, f"{nodo.clave} {nodo.nombre}", resultado)
    nombres = {p.clave: p.nombre for p in evaluacion.proyectos.values()}
    nombres |= {p.programa: p.programa_nombre for p in evaluacion.proyectos.values()}
    for clave, programa in programas.items():
        if clave in nombres:
            yield Congelado(ente_id, A.PROGRAMA, clave, nombres[clave], _nodo(programa))
    yield from _dependencias(ente_id, evaluacion)


def _dependencias(ente_id: int | None, evaluacion: Evaluacion) -> Iterator[Congelado]:
    """Cada dependencia general por sus metas; sólo en su ente: consolidada sería la misma."""
    if ente_id is None:
        return
    claves: dict[int, list[str]] = defaultdict(list)
    for meta in evaluacion.metas:
        claves[evaluacion.unidades[meta.dependencia_id].general_id].append(meta.clave)
    for general, suyas in sorted(claves.items()):
        nombre = evaluacion.unidades[general].nombre
        yield Congelado(ente_id, A.DEPENDENCIA, str(general), nombre, _nodo(evaluacion.grupo(nombre, suyas)))


def _sin_transferencias(session: Session, evaluacion: Evaluacion) -> Iterator[Congelado]:
    """El presupuesto de todos los entes sin lo que el ayuntamiento les transfiere, como lo dice Inicio."""
    junto = consolidado(session, evaluacion.anio, evaluacion.corte.mes)
    if junto.entes:
        yield _de_dinero(None, evaluacion, "consolidado", "Presupuesto consolidado", [junto.total])


def _de_dinero(
    ente_id: int | None, evaluacion: Evaluacion, referencia: str, nombre: str, montos: Sequence[Monto]
) -> Congelado:
    total = sumar(montos)
    financiero = financiero_de(total, evaluacion.corte).a_dict()
    return Congelado(ente_id, A.DINERO, referencia, nombre, {**total, "financiero": financiero})


def _dinero(
    ente_id: int | None,
    evaluacion: Evaluacion,
    dinero: dict[tuple[int, str], Monto],
    partes: dict[tuple[int, str], dict[int, Decimal]],
) -> Iterator[Congelado]:
    """El dinero del ente, de cada programa y de cada nodo del plan, con su avance financiero."""
    if not dinero:
        return
    por_programa: dict[str, list[Monto]] = defaultdict(list)
    for (_, clave), monto in dinero.items():
        por_programa[clave[:8]].append(monto)

    renglon = partial(_de_dinero, ente_id, evaluacion)
    yield renglon("total", "Presupuesto", list(dinero.values()))
    for clave, montos in sorted(por_programa.items()):
        yield renglon(f"programa/{clave}", f"Programa {clave}" if clave else "Sin programa", montos)
    if evaluacion.arbol:
        for nodo, monto in sorted(por_nodo(evaluacion.arbol, dinero, partes).items()):
            yield renglon(f"nodo/{nodo}", evaluacion.arbol.por_id[nodo].nombre, [monto])
