"""Un programa a un corte: quién responde, a qué sirve, su dinero por mes, sus metas y sus proyectos."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.municipio import Municipio
from db.models.observaciones import AsuntoObservacion
from db.models.presupuesto import Dimension
from db.models.programas import Programa, Proyecto, ProyectoEjecutado
from db.queries import casos
from db.queries.dinero import financiero_de, partes_aceptadas
from db.queries.evaluacion import Evaluacion
from db.queries.fichas import meta_llana
from db.queries.lista_programas import cumplimiento_de, entes_de
from db.queries.llano import avance_llano, en_puntos, ligero, llano
from db.queries.municipio import corte as corte_de
from db.queries.municipio import hoy
from db.queries.observaciones import abiertas
from db.queries.presupuesto import Monto, acumulado, dinero_por_proyecto, por_mes
from db.queries.titulares import firmantes
from db.rules.atencion import caso_de_programa, necesidad, requiere_atencion
from db.rules.programa import brecha_o_motivo

LARGO_DE_PROGRAMA = 8
"""Dígitos de la clave de un programa; la de sus proyectos sigue."""


def ficha_programa(
    session: Session, *, programa: str, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any] | None:
    """Todo lo que se sabe de un programa al corte; None si no existe en el ejercicio.

    Dinero en centavos; resultados como los escribe `llano`. `meses` es el dinero de cada mes solo.
    """
    g = tabla(Programa)
    fila = session.execute(select(g).where(g.c.anio == anio, g.c.clave == programa)).first()
    if fila is None:
        return None
    corte, origen = corte_de(session, anio, mes)
    entes = entes_de(session, ente_id)
    evaluacion = Evaluacion(session, anio, corte.mes, None if ente_id is None else (ente_id,))
    evaluados = evaluacion.programas(cuales=frozenset({programa}))
    monto = acumulado(session, anio, corte.mes, entes, Dimension.PROGRAMA).get(programa)
    montos = {} if monto is None else {programa: monto}
    visto = next(iter(casos.programas(session, evaluacion, evaluados, montos, entes)), None)
    nodo = evaluados.get(programa)
    caso = caso_de_programa(visto) if visto else None
    return {
        "clave": fila.clave,
        "nombre": fila.nombre,
        "objetivo": fila.objetivo,
        "pilar": fila.pilar,
        "tema": fila.tema,
        "municipio": session.execute(select(tabla(Municipio).c.nombre)).scalar() or "",
        "anio": anio,
        "mes": corte.mes,
        "corte": corte.en_palabras,
        "origen": origen,
        "vacio": visto is None,
        "caso": {"titulo": caso.titulo, "porque": caso.porque, "desde": caso.desde} if caso else None,
        "atencion": bool(visto and requiere_atencion(visto)),
        "cumplimiento": cumplimiento_de(visto, nodo) if visto else None,
        "avance_anual": avance_llano(nodo) if nodo else None,
        "esperado": nodo.esperado if nodo else None,
        "avance_financiero": llano(financiero_de(monto, corte)),
        "brecha": en_puntos(visto.brecha) if visto else None,
        "brecha_dicha": brecha_o_motivo(visto.brecha) if visto else "sin metas ni dinero",
        "dinero": monto,
        "meses": por_mes(session, anio, entes, Dimension.PROGRAMA, programa),
        **_responsable(session, evaluacion, entes, programa),
        "ejecutan": _ejecutan(session, evaluacion, entes, programa),
        "nodos": _nodos(session, evaluacion, entes, programa),
        "metas": _metas(evaluacion, programa),
        "indicadores": _indicadores(evaluacion, programa),
        "proyectos": _proyectos(session, evaluacion, evaluados, entes, programa),
        "observaciones": _observaciones(session, evaluacion, ente_id, programa),
    }


def _responsable(
    session: Session, evaluacion: Evaluacion, entes: tuple[int, ...], programa: str
) -> dict[str, Any]:
    """La dependencia que responde y quiénes firman hoy por ella: la primera firma es la suya."""
    unidad = casos.unidades_responsables(session, evaluacion, entes).get(programa)
    if unidad is None:
        return {"responsable": None, "firmantes": []}
    suya = evaluacion.unidades[unidad]
    firman = firmantes(session, unidad, hoy(session))
    if suya.general_id == unidad:
        del firman["general"]
    return {
        "responsable": {
            "id": unidad,
            "ente_id": suya.ente_id,
            "clave": suya.clave,
            "nombre": suya.nombre,
        },
        "firmantes": [
            {
                "papel": papel,
                "nombre": persona["nombre"] if persona else "",
                "cargo": persona["cargo"] if persona else "",
            }
            for papel, persona in firman.items()
        ],
    }


def _ejecutan(
    session: Session, evaluacion: Evaluacion, entes: tuple[int, ...], programa: str
) -> list[dict[str, Any]]:
    """Las dependencias que ejecutan sus proyectos, por los proyectos ejecutados y por las metas."""
    x, p = tabla(ProyectoEjecutado), tabla(Proyecto)
    consulta = (
        select(x.c.dependencia_id)
        .join(p, p.c.id == x.c.proyecto_id)
        .where(
            p.c.anio == evaluacion.anio,
            x.c.ente_id.in_(entes),
            p.c.clave.startswith(programa, autoescape=True),
        )
    )
    unidades = set(session.execute(consulta).scalars())
    unidades |= {m.dependencia_id for m in evaluacion.metas if _es_de(evaluacion, m.proyecto_id, programa)}
    suyas = {evaluacion.unidades[u] for u in unidades if u in evaluacion.unidades}
    return [{"clave": u.clave, "nombre": u.nombre} for u in sorted(suyas, key=lambda u: (u.ente_id, u.clave))]


def _es_de(evaluacion: Evaluacion, proyecto_id: int, programa: str) -> bool:
    return evaluacion.proyectos[proyecto_id].programa == programa


def _nodos(
    session: Session, evaluacion: Evaluacion, entes: tuple[int, ...], programa: str
) -> list[dict[str, Any]]:
    """Los nodos del plan a que sirve: cuántas metas los citan y si le llega dinero de sus proyectos."""
    arbol = evaluacion.arbol
    if arbol is None:
        return []
    citas = Counter(
        nodo
        for meta in evaluacion.metas
        if _es_de(evaluacion, meta.proyecto_id, programa)
        for nodo, _ in meta.citas
    )
    con_dinero = {
        nodo
        for (ente, proyecto), partes in partes_aceptadas(session, evaluacion.anio).items()
        if ente in entes and proyecto[:LARGO_DE_PROGRAMA] == programa
        for nodo in partes
    }
    return [
        {
            "id": nodo.id,
            "clave": nodo.clave,
            "nombre": nodo.nombre,
            "eje": arbol.ruta(nodo.id)[0].nombre,
            "metas": citas[nodo.id],
            "con_dinero": nodo.id in con_dinero,
        }
        for nodo in arbol.nodos
        if nodo.id in citas or nodo.id in con_dinero
    ]


def _metas(evaluacion: Evaluacion, programa: str) -> list[dict[str, Any]]:
    hojas = evaluacion.hojas()
    suyas = [m for m in evaluacion.metas if _es_de(evaluacion, m.proyecto_id, programa)]
    suyas.sort(key=lambda m: (necesidad(hojas[m.clave].cumplimiento), m.id))
    sin_detalle = ("cumplimiento", "cumplimiento_original", "avance_anual")
    llanas = [meta_llana(evaluacion, m, hojas[m.clave]) for m in suyas]
    return [{**m, **{campo: ligero(m[campo]) for campo in sin_detalle}} for m in llanas]


def _indicadores(evaluacion: Evaluacion, programa: str) -> list[dict[str, Any]]:
    """Los indicadores del programa con su estado, para cuando aún no tiene MIR."""
    hojas = evaluacion.fichas()
    suyos = [i for i in evaluacion.indicadores if _es_de(evaluacion, i.proyecto_id, programa)]
    suyos.sort(key=lambda i: (necesidad(hojas[i.clave].cumplimiento), i.id))
    return [
        {
            "id": i.id,
            "nombre": i.nombre,
            "tipo": i.tipo,
            "cumplimiento": ligero(llano(hojas[i.clave].cumplimiento)),
        }
        for i in suyos
    ]


def _observaciones(
    session: Session, evaluacion: Evaluacion, ente_id: int | None, programa: str
) -> list[dict[str, Any]]:
    """Las observaciones sin cerrar del programa, de sus metas y de sus indicadores."""
    suyas = {(AsuntoObservacion.PROGRAMA.value, programa)}
    suyas |= {
        (AsuntoObservacion.META.value, str(m.id))
        for m in evaluacion.metas
        if _es_de(evaluacion, m.proyecto_id, programa)
    }
    suyas |= {
        (AsuntoObservacion.INDICADOR.value, str(i.id))
        for i in evaluacion.indicadores
        if _es_de(evaluacion, i.proyecto_id, programa)
    }
    todas = abiertas(session, evaluacion.anio, ente_id=ente_id)
    return [o for o in todas if (o["asunto"], o["referencia"]) in suyas]


def _proyectos(
    session: Session, evaluacion: Evaluacion, evaluados: dict[str, Any], entes: tuple[int, ...], programa: str
) -> list[dict[str, Any]]:
    """Sus proyectos con metas o con dinero: letra CONAC, cumplimiento y dinero de todos los entes pedidos."""
    p, c = tabla(Proyecto).c, tabla(EntradaCatalogo).c
    dinero: dict[str, list[Monto]] = {}
    for (_, clave), monto in dinero_por_proyecto(
        session, evaluacion.anio, evaluacion.corte.mes, entes
    ).items():
        dinero.setdefault(clave, []).append(monto)
    nombradas = session.execute(select(c.clave, c.nombre).where(c.catalogo == NombreCatalogo.PROGRAMATICA))
    letras = {fila.clave: fila.nombre for fila in nombradas}
    consulta = select(p.clave, p.nombre, p.letra_conac).where(
        p.anio == evaluacion.anio, p.clave.startswith(programa, autoescape=True)
    )
    return [
        {
            "clave": f.clave,
            "nombre": f.nombre,
            "letra": f.letra_conac,
            "letra_nombre": letras.get(f.letra_conac, ""),
            "cumplimiento": ligero(llano(evaluados[f.clave].cumplimiento)) if f.clave in evaluados else None,
            "modificado": sum(m["modificado"] for m in dinero[f.clave]) if f.clave in dinero else None,
            "devengado": sum(m["devengado"] for m in dinero[f.clave]) if f.clave in dinero else None,
        }
        for f in session.execute(consulta.order_by(p.clave))
        if f.clave in evaluados or f.clave in dinero
    ]
