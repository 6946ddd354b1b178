"""El tablero del Presidente: todo lo que Inicio dice, a un corte, en valores llanos."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.audit import ultimo_sello
from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.captura import EstadoPeriodo, Periodo
from db.models.municipio import Ente, Municipio
from db.models.presupuesto import CortePresupuesto, Dimension
from db.queries import casos, dinero
from db.queries.evaluacion import RAIZ, Evaluacion
from db.queries.llano import avance_llano, con_cobertura, en_puntos, ligero, llano
from db.queries.municipio import corte as corte_de
from db.queries.municipio import zona
from db.queries.presupuesto import Monto, acumulado, consolidado, dinero_por_proyecto
from db.rules import atencion
from db.rules.formato import mes_nombre
from db.rules.presupuesto import brecha

EXCEPCIONES = 40
"""Cuántos casos lleva la lista de Inicio; los demás se cuentan."""

CONSOLIDADO = "Consolidado"


def tablero(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """Lo que Inicio muestra de un ejercicio y un ente (vacío: consolidado) a un corte.

    Dinero en centavos; resultados como los escribe `llano`. Con la base vacía, `vacio` es verdadero y
    `falta` nombra los formatos por cargar.
    """
    corte, origen = corte_de(session, anio, mes)
    entes = _entes(session, ente_id)
    evaluacion = Evaluacion(session, anio, corte.mes, None if ente_id is None else (ente_id,))
    plan, programas = evaluacion.plan(), evaluacion.programas()
    total, etiqueta = _dinero(session, anio, corte.mes, ente_id)
    por_proyecto = dinero_por_proyecto(session, anio, corte.mes, tuple(entes))
    partes = dinero.partes_aceptadas(session, anio)
    de_programas = acumulado(session, anio, corte.mes, tuple(entes), Dimension.PROGRAMA)
    vistos = casos.programas(session, evaluacion, programas, de_programas, list(entes))
    vencidos = casos.vencidos(session, evaluacion)
    ejes = _ejes(evaluacion, plan, por_proyecto, partes)
    historia = puntos_del_ejercicio(evaluacion)
    financiero = dinero.financiero_de(total, corte)
    fisico = programas[RAIZ].avance_anual
    lista = atencion.ordenar(
        vistos,
        vencidos,
        casos.ejes_sin_dato(evaluacion, plan),
        casos.fondos(session, anio, corte.mes, tuple(entes)),
        casos.excedidas(evaluacion),
        corte.mes,
    )
    return {
        "vacio": evaluacion.arbol is None and not evaluacion.metas and total is None,
        "falta": _falta(session, evaluacion, total is not None),
        "municipio": session.execute(select(tabla(Municipio).c.nombre)).scalar() or "",
        "ente": entes[ente_id] if ente_id in entes else (CONSOLIDADO if len(entes) > 1 else _unico(entes)),
        "plan": evaluacion.arbol.nombre if evaluacion.arbol else "",
        "anio": anio,
        "mes": corte.mes,
        "corte": {
            "mes": corte.mes,
            "texto": corte.en_palabras,
            "origen": origen,
            "cerrado_en": _cierre(session, anio, corte.mes),
        },
        "cumplimiento": con_cobertura(plan[RAIZ]) if plan else None,
        "avance_anual": avance_llano(plan[RAIZ]) if plan else None,
        "esperado": plan[RAIZ].esperado if plan else None,
        "anterior": _anterior(historia, corte.mes),
        "historia": historia,
        "avance_financiero": llano(financiero),
        "dinero": total,
        "etiqueta_dinero": etiqueta,
        "brecha": en_puntos(brecha(fisico, financiero)),
        "indicadores": con_cobertura(_indicadores(evaluacion)),
        "vencidos": {
            "metas": sum(d.metas for d in vencidos),
            "indicadores": sum(d.indicadores for d in vencidos),
            "dependencias": len(vencidos),
            "sin_avances": not evaluacion.alguno_validado,
            "lista": [
                {
                    "dependencia": d.id,
                    "nombre": d.nombre,
                    "metas": d.metas,
                    "indicadores": d.indicadores,
                    "dias": d.dias,
                }
                for d in vencidos
            ],
        },
        "excepciones": [
            {
                "estado": caso.estado.value,
                "titulo": caso.titulo,
                "porque": caso.porque,
                "responsable": caso.responsable,
                "desde": caso.desde,
                "pagina": caso.pagina,
                "parametros": caso.parametros,
            }
            for caso in lista[:EXCEPCIONES]
        ],
        "mas_excepciones": max(0, len(lista) - EXCEPCIONES),
        "programas": {
            "atencion": sum(atencion.requiere_atencion(p) for p in vistos),
            "total": len(vistos),
            "lista": [_programa_llano(p) for p in vistos],
        },
        "ejes": ejes,
        "sin_plan": dinero.sin_plan(por_proyecto, partes),
        "sin_linea": sum(not meta.citas for meta in evaluacion.metas),
        "metas": len(evaluacion.metas),
        "bandas": [
            {
                "codigo": b.codigo,
                "palabra": b.palabra,
                "icono": b.icono,
                "color": b.color,
                "inferior": b.inferior,
                "superior": b.superior,
                "intervalo": b.intervalo,
                "equivale": b.equivale.value,
            }
            for b in evaluacion.bandas
        ],
        "fuentes": _fuentes(session, anio, list(entes)),
        "sello": ultimo_sello(session),
    }


def historia_de(session: Session, *, anio: int, ente_id: int | None = None) -> list[dict[str, Any]]:
    """Cumplimiento del plan al cierre de cada trimestre de un ejercicio completo."""
    return puntos_del_ejercicio(Evaluacion(session, anio, 12, None if ente_id is None else (ente_id,)))


def anios_previos(session: Session, anio: int) -> list[int]:
    """Los ejercicios anteriores que tienen metas, del más viejo al más nuevo."""
    m = tabla(MetaActividad).c
    return sorted(session.execute(select(m.anio).where(m.anio < anio).distinct()).scalars())


def puntos_del_ejercicio(evaluacion: Evaluacion) -> list[dict[str, Any]]:
    """Cumplimiento del plan al cierre de cada trimestre de un ejercicio, hasta su corte."""
    if evaluacion.arbol is None:
        return []
    return [
        {
            "anio": evaluacion.anio,
            "mes": mes,
            "texto": f"T{mes // 3} {evaluacion.anio}",
            **ligero(con_cobertura(evaluacion.plan(mes)[RAIZ])),
        }
        for mes in range(3, evaluacion.corte.mes + 1, 3)
    ]


def _entes(session: Session, ente_id: int | None) -> dict[int, str]:
    e = tabla(Ente).c
    consulta = select(e.id, e.nombre).where(e.activo).order_by(e.id)
    if ente_id is not None:
        consulta = consulta.where(e.id == ente_id)
    return {fila.id: fila.nombre for fila in session.execute(consulta)}


def _unico(entes: dict[int, str]) -> str:
    return next(iter(entes.values()), "")


def _dinero(session: Session, anio: int, mes: int, ente_id: int | None) -> tuple[Monto | None, str]:
    """El dinero de un ente, o lo consolidado con su advertencia si no se eliminan transferencias."""
    if ente_id is not None:
        return acumulado(session, anio, mes, (ente_id,)).get(""), ""
    junto = consolidado(session, anio, mes)
    return (junto.total if junto.entes else None), junto.etiqueta


def _indicadores(evaluacion: Evaluacion) -> Any:
    return evaluacion.grupo("Indicadores", [ficha.clave for ficha in evaluacion.indicadores])


def _falta(session: Session, evaluacion: Evaluacion, hay_dinero: bool) -> list[str]:
    hay = {
        "plan": evaluacion.arbol is not None,
        "programas": bool(evaluacion.proyectos),
        "actividades": bool(evaluacion.metas),
        "presupuesto": hay_dinero,
        "indicadores": bool(evaluacion.indicadores),
        "avances": evaluacion.alguno_validado,
    }
    return [formato for formato, listo in hay.items() if not listo]


def _cierre(session: Session, anio: int, mes: int) -> Any:
    p = tabla(Periodo).c
    consulta = select(p.cerrado_en).where(p.anio == anio, p.mes == mes, p.estado == EstadoPeriodo.CERRADO)
    cerrado = session.execute(consulta).scalar()
    return cerrado.astimezone(zona(session)) if cerrado else None


def _anterior(historia: list[dict[str, Any]], mes: int) -> dict[str, Any] | None:
    """El cumplimiento al cierre del trimestre anterior del mismo ejercicio."""
    previos = [punto for punto in historia if punto["mes"] < mes and punto["valor"] is not None]
    return {"valor": previos[-1]["valor"], "texto": mes_nombre(previos[-1]["mes"])} if previos else None


def _ejes(
    evaluacion: Evaluacion,
    plan: dict[str, Any],
    por_proyecto: dict[tuple[int, str], Monto],
    partes: dict[tuple[int, str], Any],
) -> list[dict[str, Any]]:
    arbol = evaluacion.arbol
    if arbol is None:
        return []
    montos = dinero.por_nodo(arbol, por_proyecto, partes)
    # La brecha compara lo gastado con lo logrado por los mismos proyectos que recibieron ese dinero.
    con_dinero = evaluacion.plan(
        cuales=lambda meta: (meta.ente_id, evaluacion.proyectos[meta.proyecto_id].clave) in partes
    )
    ejes = []
    for eje in arbol.hijos[None]:
        nodo, suyo = plan[str(eje.id)], montos.get(eje.id)
        financiero = dinero.financiero_de(suyo, evaluacion.corte)
        ejes.append(
            {
                "nodo_id": eje.id,
                "clave": eje.clave,
                "nombre": eje.nombre,
                "tipo": eje.tipo,
                "cumplimiento": con_cobertura(nodo),
                "avance_anual": avance_llano(nodo),
                "esperado": nodo.esperado,
                "dinero": suyo,
                "avance_financiero": llano(financiero),
                "brecha": en_puntos(brecha(con_dinero[str(eje.id)].avance_anual, financiero)),
                "por_estado": {estado.value: n for estado, n in nodo.por_estado.items()},
            }
        )
    return ejes


def _programa_llano(p: atencion.ProgramaVisto) -> dict[str, Any]:
    return {
        "clave": p.clave,
        "nombre": p.nombre,
        "responsable": p.responsable,
        "cumplimiento": p.cumplimiento.valor,
        "avance_anual": p.avance_anual.valor,
        "avance_financiero": p.avance_financiero.valor,
        "brecha": p.brecha.valor,
        "modificado": p.modificado,
        "devengado": p.devengado,
        "estado": p.cumplimiento.estado.value,
        "atencion": atencion.requiere_atencion(p),
    }


def _fuentes(session: Session, anio: int, entes: Sequence[int]) -> list[dict[str, Any]]:
    c = tabla(CortePresupuesto).c
    consulta = select(c.archivo, c.autor, c.cargado_en, c.mes, c.ente_id).where(
        c.anio == anio, c.vigente, c.ente_id.in_(entes)
    )
    zona_local = zona(session)
    return [
        {
            "que": "presupuesto",
            "archivo": f.archivo,
            "autor": f.autor,
            "cuando": f.cargado_en.astimezone(zona_local),
            "mes": f.mes,
        }
        for f in session.execute(consulta.order_by(c.ente_id))
    ]
