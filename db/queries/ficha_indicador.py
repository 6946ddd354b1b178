"""Los indicadores en pantalla: la lista con su tendencia y la ficha de cada uno."""

from collections import Counter
from typing import Any

from sqlmodel import Session

from db.queries.evaluacion import Evaluacion, evaluar
from db.queries.indicadores import FichaIndicador
from db.queries.llano import con_cobertura, llano, sin_detalle
from db.rules.atencion import necesidad
from db.rules.hoja import HojaEvaluada


def indicador_llano(evaluacion: Evaluacion, ficha: FichaIndicador, hoja: HojaEvaluada) -> dict[str, Any]:
    """Un indicador con sus variables por trimestre y su cumplimiento."""
    unidad, proyecto = evaluacion.unidades[ficha.dependencia_id], evaluacion.proyectos[ficha.proyecto_id]
    return {
        "id": ficha.id,
        "nombre": ficha.nombre,
        "tipo": ficha.tipo,
        "frecuencia": ficha.frecuencia,
        "sentido": ficha.sentido.value,
        "sentido_confirmado": ficha.sentido_confirmado,
        "formula_texto": ficha.formula_texto,
        "formula": ficha.formula,
        "linea_base": ficha.linea_base_texto,
        "programa": proyecto.programa,
        "proyecto": proyecto.clave,
        "dependencia": unidad.general,
        "dependencia_id": unidad.general_id,
        "nodo_id": ficha.nodo_id,
        "programado": hoja.programado_acum,
        "alcanzado": hoja.alcanzado_acum,
        "meta_anual": hoja.meta_anual,
        "cumplimiento": llano(hoja.cumplimiento),
        "variables": [
            {
                "letra": v.letra,
                "nombre": v.nombre,
                "unidad": v.unidad,
                "operacion": v.operacion.value,
                "programado": v.programado(evaluacion.corte.mes),
                "alcanzado": v.alcanzado,
            }
            for v in ficha.variables
        ],
        "historia": _historia_del_indicador(evaluacion, ficha),
    }


def _historia_del_indicador(evaluacion: Evaluacion, ficha: FichaIndicador) -> list[dict[str, Any]]:
    puntos = []
    for mes in range(3, evaluacion.corte.mes + 1, 3):
        hoja = evaluacion.fichas(mes)[ficha.clave]
        puntos.append(
            {
                "texto": f"T{mes // 3}",
                "programado": hoja.programado_acum,
                "alcanzado": hoja.alcanzado_acum,
                "estado": hoja.cumplimiento.estado.value,
            }
        )
    return puntos


def lista_indicadores(
    session: Session,
    *,
    anio: int,
    mes: int | None = None,
    ente_id: int | None = None,
    dependencia: int | None = None,
    estado: str | None = None,
) -> dict[str, Any]:
    """Los indicadores que cumplen los filtros con su tendencia, y el cumplimiento conjunto.

    `dependencia` es una general; `filtro` dice en palabras qué se eligió; vacío, todos.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    hojas = evaluacion.fichas()
    elegidas = [
        f
        for f in evaluacion.indicadores
        if dependencia is None or evaluacion.unidades[f.dependencia_id].general_id == dependencia
    ]
    estados = {f.id: hojas[f.clave].cumplimiento.estado.value for f in elegidas}
    return {
        "conjunto": con_cobertura(evaluacion.grupo("Indicadores", [f.clave for f in elegidas])),
        "por_estado": dict(Counter(estados.values())),
        "total": len(elegidas),
        "indicadores": [
            sin_detalle(indicador_llano(evaluacion, ficha, hojas[ficha.clave]))
            for ficha in sorted(elegidas, key=lambda f: necesidad(hojas[f.clave].cumplimiento))
            if estado in (None, estados[ficha.id])
        ],
        "filtro": evaluacion.unidades[dependencia].nombre if dependencia in evaluacion.unidades else "",
    }


def ficha_indicador(
    session: Session, *, indicador_id: int, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any] | None:
    """Un indicador con su explicación; None si no existe en el ejercicio."""
    evaluacion = evaluar(session, anio, mes, ente_id)
    ficha = evaluacion.indicadores_por_clave.get(f"i{indicador_id}")
    return indicador_llano(evaluacion, ficha, evaluacion.fichas()[ficha.clave]) if ficha else None
