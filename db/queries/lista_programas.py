"""Todos los programas de un ejercicio a un corte, con lo que hace falta para filtrarlos y ordenarlos."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.municipio import Ente
from db.models.presupuesto import Dimension
from db.models.programas import Programa, Proyecto
from db.queries import casos
from db.queries.dinero import partes_aceptadas
from db.queries.evaluacion import RAIZ, Evaluacion
from db.queries.llano import con_cobertura, ligero, llano
from db.queries.matriz import Alcance, agrupar
from db.queries.municipio import corte as corte_de
from db.queries.presupuesto import acumulado, dinero_por_proyecto, sumar
from db.rules.atencion import ProgramaVisto, requiere_atencion
from db.rules.consolidar import NodoEvaluado
from db.rules.programa import (
    brecha_o_motivo,
    cuadrante,
    cuantos_requieren,
    esperado_al_corte,
    por_que_no_se_dibuja,
    urgencia,
)


def lista_programas(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """Los programas con metas o con dinero, del que más atención pide al que menos.

    `ejes`, `letras`, `fuentes` y `dependencias` son las opciones para filtrar (identidad → nombre);
    `sin_usar`, cuántos programas del catálogo no tienen aquí ni metas ni dinero.
    """
    corte, _ = corte_de(session, anio, mes)
    entes = entes_de(session, ente_id)
    evaluacion = Evaluacion(session, anio, corte.mes, None if ente_id is None else (ente_id,))
    evaluados = evaluacion.programas()
    montos = acumulado(session, anio, corte.mes, entes, Dimension.PROGRAMA)
    vistos = sorted(casos.programas(session, evaluacion, evaluados, montos, entes), key=urgencia)
    responden = casos.unidades_responsables(session, evaluacion, entes)
    ejes, letras = _ejes(session, evaluacion, entes), _letras(session, anio, corte.mes, entes, evaluacion)
    total = sumar(montos.values())
    esperado = esperado_al_corte(
        evaluados[RAIZ].esperado, total["aprobado"], total["aprobado_calendario"], corte.mes
    )
    generales = {
        clave: (evaluacion.unidades[unidad].general_id, evaluacion.unidades[unidad].general)
        for clave, unidad in responden.items()
    }
    renglones = [
        {
            **_renglon(visto, evaluados.get(visto.clave), esperado),
            "dependencia_id": generales.get(visto.clave, (None, ""))[0],
            "ejes": sorted(ejes.get(visto.clave, ())),
            "letras": sorted(letras.get(visto.clave, ())),
        }
        for visto in vistos
    ]
    return {
        "mes": corte.mes,
        "corte": corte.en_palabras,
        "esperado": esperado,
        "programas": renglones,
        "requieren": cuantos_requieren(vistos),
        "sin_usar": _del_catalogo(session, anio) - len(vistos),
        "ejes": _nombres_de_ejes(evaluacion),
        "dependencias": dict(sorted(set(generales.values()), key=lambda d: d[1])),
        "letras": _nombres_de_letras(session, {una for suyas in letras.values() for una in suyas}),
        "fuentes": _fuentes(session, anio, corte.mes, entes),
    }


def dinero_de_la_fuente(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None, fuente: str
) -> dict[str, int]:
    """Programa → centavos modificados que le paga una fuente; faltan los que no tienen claves con ella."""
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, entes_de(session, ente_id))
    por_programa = agrupar(session, alcance, ("programa",), {"fuente": fuente})
    return {clave: monto["modificado"] for (clave,), monto in por_programa.items() if any(monto.values())}


def _renglon(visto: ProgramaVisto, nodo: NodoEvaluado | None, esperado: Decimal) -> dict[str, Any]:
    anual, financiero = visto.avance_anual, visto.avance_financiero
    faltan = por_que_no_se_dibuja(nodo.total if nodo else 0, anual, financiero)
    assert faltan or (anual.valor is not None and financiero.valor is not None)
    return {
        "clave": visto.clave,
        "nombre": visto.nombre,
        "responsable": visto.responsable,
        "cumplimiento": ligero(cumplimiento_de(visto, nodo)),
        "estado": visto.cumplimiento.estado.value,
        "avance_anual": anual.valor,
        "avance_financiero": financiero.valor,
        "brecha": visto.brecha.valor,
        "brecha_dicha": brecha_o_motivo(visto.brecha),
        "modificado": visto.modificado,
        "devengado": visto.devengado,
        "atencion": requiere_atencion(visto),
        "faltan": faltan,
        "cuadrante": None if faltan else cuadrante(anual.valor, financiero.valor, esperado).value,  # type: ignore[arg-type]
    }


def cumplimiento_de(visto: ProgramaVisto, nodo: NodoEvaluado | None) -> dict[str, Any]:
    """El cumplimiento de un programa con su cobertura; sin metas, 0 de 0."""
    if nodo is None:
        return llano(visto.cumplimiento, evaluados=0, total=0, cuentan_cero=0)
    return con_cobertura(nodo)


def entes_de(session: Session, ente_id: int | None) -> tuple[int, ...]:
    """El ente elegido, o todos los activos."""
    e = tabla(Ente).c
    if ente_id is not None:
        return (ente_id,)
    return tuple(session.execute(select(e.id).where(e.activo).order_by(e.id)).scalars())


def _ejes(session: Session, evaluacion: Evaluacion, entes: tuple[int, ...]) -> dict[str, set[int]]:
    """Programa → ejes a que sirve: por las líneas que citan sus metas o por su dinero aceptado."""
    arbol = evaluacion.arbol
    if arbol is None:
        return {}
    ejes: dict[str, set[int]] = defaultdict(set)
    for meta in evaluacion.metas:
        programa = evaluacion.proyectos[meta.proyecto_id].programa
        ejes[programa] |= {arbol.ruta(nodo)[0].id for nodo, _ in meta.citas if nodo in arbol.por_id}
    for (ente, proyecto), partes in partes_aceptadas(session, evaluacion.anio).items():
        if ente in entes:
            ejes[proyecto[:8]] |= {arbol.ruta(nodo)[0].id for nodo in partes if nodo in arbol.por_id}
    return ejes


def _nombres_de_ejes(evaluacion: Evaluacion) -> dict[int, dict[str, str]]:
    arbol = evaluacion.arbol
    return {} if arbol is None else {e.id: {"clave": e.clave, "nombre": e.nombre} for e in arbol.hijos[None]}


def _letras(
    session: Session, anio: int, mes: int, entes: tuple[int, ...], evaluacion: Evaluacion
) -> dict[str, set[str]]:
    """Programa → letras de la clasificación programática de sus proyectos con metas o con dinero."""
    p = tabla(Proyecto).c
    usados = {evaluacion.proyectos[meta.proyecto_id].clave for meta in evaluacion.metas}
    usados |= {clave for _, clave in dinero_por_proyecto(session, anio, mes, entes)}
    letras: dict[str, set[str]] = defaultdict(set)
    for fila in session.execute(select(p.clave, p.letra_conac).where(p.anio == anio, p.letra_conac != "")):
        if fila.clave in usados:
            letras[fila.clave[:8]].add(fila.letra_conac)
    return letras


def _nombres_de_letras(session: Session, presentes: set[str]) -> dict[str, str]:
    c = tabla(EntradaCatalogo).c
    consulta = select(c.clave, c.nombre).where(c.catalogo == NombreCatalogo.PROGRAMATICA)
    nombres = {fila.clave: fila.nombre for fila in session.execute(consulta)}
    return {letra: nombres.get(letra, "") for letra in sorted(presentes)}


def _fuentes(session: Session, anio: int, mes: int, entes: tuple[int, ...]) -> dict[str, str]:
    c = tabla(EntradaCatalogo).c
    consulta = select(c.clave, c.nombre).where(c.catalogo == NombreCatalogo.FUENTE)
    nombres = {fila.clave: fila.nombre for fila in session.execute(consulta)}
    presentes = acumulado(session, anio, mes, entes, Dimension.FUENTE)
    return {
        codigo: nombres.get(codigo, nombres.get(codigo[:2], "")) for codigo in sorted(presentes) if codigo
    }


def _del_catalogo(session: Session, anio: int) -> int:
    p = tabla(Programa).c
    return int(session.execute(select(func.count(p.id)).where(p.anio == anio)).scalar_one())
