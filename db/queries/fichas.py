"""El árbol evaluado, la ficha de un nodo y la lista de metas: de la cifra a su hoja."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.programas import EstadoVinculo, Proyecto, VinculoPlan
from db.models.reconduccion import ClaseRenglon
from db.queries import dinero
from db.queries.actividad import Meta
from db.queries.catalogo_indicadores import renglon_de_indicador
from db.queries.cierre import congelado
from db.queries.evaluacion import Evaluacion, evaluar
from db.queries.llano import avance_llano, con_cobertura, llano, sin_detalle
from db.queries.plan import Nodo, alineacion, nombres_de_niveles
from db.queries.presupuesto import Monto, dinero_por_proyecto
from db.queries.reconduccion import que_rigen
from db.rules.atencion import necesidad
from db.rules.formato import mes_nombre
from db.rules.hoja import HojaEvaluada
from db.rules.periodo import acumular, agrupar, periodos


def arbol(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """El plan entero evaluado al corte, en orden de lectura; `nodos` vacío si no hay plan."""
    evaluacion = evaluar(session, anio, mes, ente_id)
    if evaluacion.arbol is None:
        return {"niveles": [], "nodos": [], "plan": ""}
    nodos = evaluacion.plan()
    niveles = max(nodo.nivel for nodo in evaluacion.arbol.nodos)
    return {
        "plan": evaluacion.arbol.nombre,
        "niveles": nombres_de_niveles(session, niveles),
        "nodos": [sin_detalle(_nodo_llano(evaluacion, nodos, nodo)) for nodo in evaluacion.arbol.nodos],
    }


def _nodo_llano(evaluacion: Evaluacion, nodos: dict[str, Any], nodo: Nodo) -> dict[str, Any]:
    assert evaluacion.arbol is not None
    evaluado = nodos[str(nodo.id)]
    return {
        "id": nodo.id,
        "padre_id": nodo.padre_id,
        "nivel": nodo.nivel,
        "clave": nodo.clave,
        "nombre": nodo.nombre,
        "tipo": nodo.tipo,
        "peso": nodo.peso,
        "cumplimiento": con_cobertura(evaluado),
        "avance_anual": avance_llano(evaluado),
        "hijos": len(evaluacion.arbol.hijos.get(nodo.id, [])),
        "metas": sum(evaluado.por_estado.values()),
    }


def ficha_nodo(
    session: Session, *, nodo_id: int, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any] | None:
    """Todo lo que se sabe de un nodo al corte; None si no existe en el plan vigente."""
    evaluacion = evaluar(session, anio, mes, ente_id)
    if evaluacion.arbol is None or nodo_id not in evaluacion.arbol.por_id:
        return None
    nodos = evaluacion.plan()
    descendencia = evaluacion.arbol.descendencia(nodo_id)
    indicadores = evaluacion.plan_por_indicadores()[str(nodo_id)]
    hojas = evaluacion.hojas()
    return {
        **_nodo_llano(evaluacion, nodos, evaluacion.arbol.por_id[nodo_id]),
        "ruta": [{"id": n.id, "clave": n.clave, "nombre": n.nombre} for n in evaluacion.arbol.ruta(nodo_id)],
        "lista_hijos": [
            sin_detalle(_nodo_llano(evaluacion, nodos, hijo))
            for hijo in evaluacion.arbol.hijos.get(nodo_id, [])
        ],
        "lista_metas": [
            sin_detalle(meta_llana(evaluacion, meta, hojas[meta.clave]))
            for meta in evaluacion.metas
            if any(nodo == nodo_id for nodo, _ in meta.citas)
        ],
        "cumplimiento_indicadores": con_cobertura(indicadores),
        "indicadores": [
            renglon_de_indicador(evaluacion, ficha, evaluacion.fichas()[ficha.clave])
            for ficha in evaluacion.indicadores
            if ficha.nodo_id in descendencia
        ],
        "alineacion": alineacion(session, nodo_id),
        "historia": _historia_del_nodo(evaluacion, nodo_id),
        **_dinero_del_nodo(session, evaluacion, nodo_id, descendencia),
    }


def _historia_del_nodo(evaluacion: Evaluacion, nodo_id: int) -> list[dict[str, Any]]:
    """Cumplimiento al cierre de cada trimestre del ejercicio hasta el corte."""
    cierres = range(3, evaluacion.corte.mes + 1, 3)
    return [
        {
            "anio": evaluacion.anio,
            "mes": mes,
            "texto": f"T{mes // 3} {evaluacion.anio}",
            **con_cobertura(evaluacion.plan(mes)[str(nodo_id)]),
        }
        for mes in cierres
    ]


def _dinero_del_nodo(
    session: Session, evaluacion: Evaluacion, nodo_id: int, descendencia: set[int]
) -> dict[str, Any]:
    assert evaluacion.arbol is not None
    entes = sorted({unidad.ente_id for unidad in evaluacion.unidades.values()})
    entes = [ente for ente in entes if evaluacion.entes is None or ente in evaluacion.entes]
    corte = evaluacion.corte
    por_proyecto = dinero_por_proyecto(session, corte.anio, corte.mes, tuple(entes))
    partes = dinero.partes_aceptadas(session, corte.anio)
    monto = dinero.por_nodo(evaluacion.arbol, por_proyecto, partes).get(nodo_id)
    financiero = dinero.financiero_de(monto, corte)
    return {
        "dinero": monto,
        "avance_financiero": llano(financiero),
        "proyectos": _proyectos_del_nodo(session, corte.anio, entes, descendencia, por_proyecto),
    }


def _proyectos_del_nodo(
    session: Session,
    anio: int,
    entes: list[int],
    descendencia: set[int],
    por_proyecto: dict[Any, Monto],
) -> list[dict[str, Any]]:
    v, p = tabla(VinculoPlan), tabla(Proyecto)
    consulta = (
        select(v.c.ente_id, p.c.clave, p.c.nombre, v.c.nodo_id, v.c.participacion, v.c.estado)
        .join(p, p.c.id == v.c.proyecto_id)
        .where(p.c.anio == anio, v.c.ente_id.in_(entes))
        .order_by(p.c.clave)
    )
    juntos: dict[tuple[int, str, str], dict[str, Any]] = {}
    for fila in session.execute(consulta):
        if fila.nodo_id not in descendencia:
            continue
        llave = (fila.ente_id, fila.clave, fila.estado)
        monto = por_proyecto.get((fila.ente_id, fila.clave), {})
        renglon = juntos.setdefault(
            llave,
            {
                "clave": fila.clave,
                "nombre": fila.nombre,
                "participacion": 0,
                "estado": EstadoVinculo(fila.estado).value,
                "modificado": monto.get("modificado"),
                "devengado": monto.get("devengado"),
            },
        )
        renglon["participacion"] += fila.participacion
    return list(juntos.values())


def meta_llana(evaluacion: Evaluacion, meta: Meta, hoja: HojaEvaluada) -> dict[str, Any]:
    """Una meta con sus periodos, sus dos cumplimientos y su avance anual."""
    unidad, proyecto = evaluacion.unidades[meta.dependencia_id], evaluacion.proyectos[meta.proyecto_id]
    vigente = agrupar(meta.programado(evaluacion.corte.mes), meta.operacion, meta.periodicidad)
    return {
        "id": meta.id,
        "numero": meta.numero,
        "nombre": meta.nombre,
        "unidad": meta.unidad,
        "programa": proyecto.programa,
        "programa_nombre": proyecto.programa_nombre,
        "proyecto": proyecto.clave,
        "proyecto_nombre": proyecto.nombre,
        "dependencia": unidad.general,
        "dependencia_id": unidad.general_id,
        "auxiliar": unidad.nombre,
        "area": meta.area,
        "nodos": [nodo for nodo, _ in meta.citas],
        "programado": hoja.programado_acum,
        "alcanzado": hoja.alcanzado_acum,
        "meta_anual": hoja.meta_anual,
        "original": acumular(meta.agrupado, meta.operacion),
        "cumplimiento": llano(hoja.cumplimiento),
        "cumplimiento_original": llano(hoja.cumplimiento_original),
        "avance_anual": llano(hoja.avance_anual),
        "periodos": [
            {
                "texto": f"T{p.numero}" if meta.periodicidad == "trimestre" else mes_nombre(p.mes_fin),
                "programado": vigente[p.numero - 1],
                "original": meta.agrupado[p.numero - 1],
                "alcanzado": meta.alcanzado[p.numero - 1],
                "preliminar": meta.preliminar[p.numero - 1],
                "fuente": meta.fuentes.get(p.numero, ""),
            }
            for p in periodos(meta.periodicidad)
        ],
    }


def lista_metas(
    session: Session,
    *,
    anio: int,
    mes: int | None = None,
    ente_id: int | None = None,
    programa: str | None = None,
    proyecto: str | None = None,
    dependencia: int | None = None,
    nodo: int | None = None,
    estado: str | None = None,
) -> dict[str, Any]:
    """Las metas que cumplen los filtros, su cumplimiento conjunto y cuántas hay en cada estado.

    El conjunto y `total` son de las elegidas en cualquier estado; `estado` sólo acorta la lista.
    `filtro` dice en palabras qué se eligió; vacío, todas.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    hojas = evaluacion.hojas()
    dentro = evaluacion.arbol.descendencia(nodo) if nodo is not None and evaluacion.arbol else None

    def cumple(una: Meta) -> bool:
        suyo = evaluacion.proyectos[una.proyecto_id]
        return (
            (programa is None or suyo.programa == programa)
            and (proyecto is None or suyo.clave == proyecto)
            and (dependencia is None or evaluacion.unidades[una.dependencia_id].general_id == dependencia)
            and (dentro is None or any(cita in dentro for cita, _ in una.citas))
        )

    elegidas = [una for una in evaluacion.metas if cumple(una)]
    por_estado = Counter(hojas[una.clave].cumplimiento.estado.value for una in elegidas)
    visibles = [u for u in elegidas if estado in (None, hojas[u.clave].cumplimiento.estado.value)]
    visibles.sort(key=lambda una: necesidad(hojas[una.clave].cumplimiento))
    return {
        "conjunto": con_cobertura(evaluacion.grupo("Metas elegidas", _claves(elegidas))),
        "por_estado": dict(por_estado),
        "total": len(elegidas),
        "metas": [sin_detalle(meta_llana(evaluacion, una, hojas[una.clave])) for una in visibles],
        "filtro": _filtro_en_palabras(evaluacion, programa, proyecto, dependencia, nodo),
    }


def _filtro_en_palabras(
    evaluacion: Evaluacion,
    programa: str | None,
    proyecto: str | None,
    dependencia: int | None,
    nodo: int | None,
) -> str:
    suyos = evaluacion.proyectos.values()
    programas = {p.programa: p.programa_nombre for p in suyos}
    partes = [f"Programa {programa} {programas[programa]}"] if programa in programas else []
    partes += [f"Proyecto {p.clave} {p.nombre}" for p in suyos if p.clave == proyecto]
    if dependencia in evaluacion.unidades:
        partes.append(evaluacion.unidades[dependencia].nombre)
    if evaluacion.arbol and nodo in evaluacion.arbol.por_id:
        partes.append(evaluacion.arbol.por_id[nodo].nombre)
    return " · ".join(partes)


def ficha_meta(
    session: Session, *, meta_id: int, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any] | None:
    """Una meta con sus explicaciones y los nodos del plan que cita; None si no existe en el ejercicio.

    `congelado` es su cumplimiento como quedó al cerrar el periodo del corte; None si no se ha cerrado.
    """
    evaluacion = evaluar(session, anio, mes, ente_id)
    meta = evaluacion.metas_por_clave.get(f"m{meta_id}")
    if meta is None:
        return None
    nodos = evaluacion.arbol.por_id if evaluacion.arbol else {}
    corte = evaluacion.corte
    return {
        "congelado": congelado(
            session, anio=corte.anio, mes=corte.mes, asunto="meta", referencia=str(meta_id)
        ),
        **meta_llana(evaluacion, meta, evaluacion.hojas()[meta.clave]),
        "reconducciones": que_rigen(session, ClaseRenglon.META, [meta_id], corte.mes),
        "lineas": [
            {"id": n, "clave": nodos[n].clave, "nombre": nodos[n].nombre} for n, _ in meta.citas if n in nodos
        ],
    }


def _claves(metas: Iterable[Meta]) -> list[str]:
    return [meta.clave for meta in metas]
