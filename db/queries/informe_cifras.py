"""Las cifras que un capítulo puede citar y su valor: del cierre del periodo, o de hoy si sigue abierto."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.captura import Instantanea
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador
from db.models.informe import CapituloInforme, Informe
from db.models.municipio import Ejercicio
from db.models.programas import Proyecto
from db.queries.avances import meses_cerrados
from db.queries.cierre import SIN_CONSOLIDAR, desplegador, meses, vigente
from db.queries.figuras import figuras, ligera
from db.queries.plan import leer_arbol
from db.rules.formato import mes_anio
from db.rules.informe import meses_entre
from db.rules.informe_cifras import FIGURAS_DE, Cita, cita_de, dicho
from db.rules.periodo import Corte

Fila = dict[str, Any]

METAS_A_LA_VISTA = 60
"""Cuántas metas e indicadores se ofrecen de cada corte: con más, la lista no se puede leer."""


def cortes(session: Session, *, informe_id: int) -> list[Fila]:
    """Un corte por ejercicio del informe: anio, mes, nombre, cerrado y número de cierre; el último primero.

    El corte es el último periodo cerrado que termina dentro del informe; si ninguno se ha cerrado, el último.
    `abiertos` son los meses de los periodos que terminan dentro y siguen abiertos.
    """
    i, e = tabla(Informe), tabla(Ejercicio).c
    f = session.execute(select(i).where(i.c.id == informe_id)).first()
    if f is None:
        return []
    dentro: dict[int, set[int]] = defaultdict(set)
    for anio, mes in meses_entre((f.desde_anio, f.desde_mes), (f.hasta_anio, f.hasta_mes)):
        dentro[anio].add(mes)
    anios = set(session.execute(select(e.anio)).scalars())
    lista = []
    for anio in sorted(dentro.keys() & anios, reverse=True):
        terminan = [m for m in meses(session, anio) if m in dentro[anio]]
        cerrados = meses_cerrados(session, anio)
        if not terminan:
            continue
        mes = max((m for m in terminan if m in cerrados), default=terminan[-1])
        cierre = vigente(session, anio, mes)
        lista.append(
            {
                "anio": anio,
                "mes": mes,
                "nombre": mes_anio(anio, mes),
                "cerrado": mes in cerrados,
                "cierre": cierre.numero if cierre else None,
                "abiertos": [m for m in terminan if m not in cerrados],
            }
        )
    return lista


def resolver(session: Session, *, llaves: Iterable[str]) -> dict[str, Fila]:
    """Llave de cita → cuánto dice hoy: dicho (None si no hay cifra), nombre, cierre, origen y su liga.

    De un periodo cerrado lee sólo lo citado de su instantánea; de uno abierto, evalúa el corte.
    """
    por_corte: dict[tuple[int, int], list[Cita]] = defaultdict(list)
    for llave in dict.fromkeys(llaves):
        if (cita := cita_de(llave)) is not None:
            por_corte[cita.anio, cita.mes].append(cita)
    resueltas: dict[str, Fila] = {}
    for (anio, mes), suyas in por_corte.items():
        cierre = vigente(session, anio, mes)
        todas = (
            figuras(session, anio=anio, mes=mes)
            if cierre is None
            else _congeladas(session, cierre.id, {(c.asunto, c.referencia) for c in suyas})
        )
        origen = de_donde(cierre.numero if cierre else None, mes in meses_cerrados(session, anio))
        for cita in suyas:
            figura = todas.get(cita.asunto, {}).get(cita.referencia)
            resueltas[cita.llave] = resuelta(cita, figura, cierre.numero if cierre else None, origen)
    return resueltas


def de_donde(cierre: int | None, cerrado: bool) -> str:
    """De dónde sale una cifra, en palabras."""
    if cierre is not None:
        return f"Cierre {cierre}"
    return "Periodo cerrado sin instantánea, cifra de hoy" if cerrado else "Periodo abierto, cifra de hoy"


def resuelta(cita: Cita, figura: Mapping[str, Any] | None, cierre: int | None, origen: str) -> Fila:
    """Una cita con lo que dice y de dónde sale."""
    pagina, parametros = _liga(cita)
    return {
        "llave": cita.llave,
        "dicho": dicho(cita, figura),
        "nombre": figura["nombre"] if figura else "ya no existe",
        "que_es": cita.que_es,
        "cierre": cierre,
        "origen": origen,
        "pagina": pagina,
        "parametros": parametros,
    }


def _congeladas(
    session: Session, cierre_id: int, citadas: set[tuple[str, str]]
) -> dict[str, dict[str, Fila]]:
    i = tabla(Instantanea).c
    consulta = select(i.asunto, i.referencia, i.nombre, i.resultado).where(
        i.cierre_id == cierre_id,
        i.referencia.in_({referencia for _, referencia in citadas}),
        or_(i.ente_id.is_(None), i.asunto.in_(SIN_CONSOLIDAR)),
    )
    entero = desplegador(session, cierre_id)
    todas: dict[str, dict[str, Fila]] = defaultdict(dict)
    for f in session.execute(consulta.order_by(i.id)):
        if (f.asunto.value, f.referencia) in citadas:
            suya = {campo: ligera(valor) for campo, valor in entero(f.resultado).items()}
            todas[f.asunto.value][f.referencia] = {"nombre": f.nombre, **suya}
    return todas


LIGAS = {
    "nodo": ("plan", "nodo"),
    "programa": ("programas", "programa"),
    "meta": ("metas", "meta"),
    "indicador": ("indicadores", "indicador"),
}


def _liga(cita: Cita) -> tuple[str, dict[str, str]]:
    """La pantalla donde se ve la cifra con su explicación, a su ejercicio y corte."""
    comunes = {"ejercicio": str(cita.anio), "corte": str(cita.mes)}
    if cita.asunto in LIGAS:
        pagina, parametro = LIGAS[cita.asunto]
        return pagina, {**comunes, parametro: cita.referencia}
    if cita.asunto == "dinero":
        return "presupuesto", comunes
    return ("metas" if cita.asunto == "dependencia" else "inicio"), comunes


def citables(session: Session, *, capitulo_id: int) -> list[Fila]:
    """Lo que el capítulo puede citar, ya con su valor: su nodo, sus programas, metas, indicadores y dinero.

    Un renglón por figura con valor, de cada corte del informe; el último corte primero.
    """
    c = tabla(CapituloInforme)
    capitulo = session.execute(select(c).where(c.c.id == capitulo_id)).first()
    if capitulo is None:
        return []
    lista: list[Fila] = []
    for corte in cortes(session, informe_id=capitulo.informe_id):
        todas = figuras(session, anio=corte["anio"], mes=corte["mes"])
        origen = de_donde(corte["cierre"], corte["cerrado"])
        for asunto, referencia in _suyas(session, capitulo, corte["anio"], corte["mes"]):
            figura = todas.get(asunto, {}).get(referencia)
            for cual in FIGURAS_DE[asunto]:
                cita = Cita(cual, asunto, referencia, corte["anio"], corte["mes"])
                if dicho(cita, figura) is not None:
                    lista.append(resuelta(cita, figura, corte["cierre"], origen) | {"escrita": cita.escrita})
    return lista


def _suyas(session: Session, capitulo: Any, anio: int, mes: int) -> list[tuple[str, str]]:
    """(asunto, referencia) de lo que toca al capítulo, de lo general a lo particular."""
    arbol = leer_arbol(session, Corte(anio, mes))
    suyas: list[tuple[str, str]] = []
    nodos: set[int] = set()
    if arbol is not None and capitulo.nodo_id in arbol.por_id:
        nodos = arbol.descendencia(capitulo.nodo_id)
        cuales = [capitulo.nodo_id, *(n.id for n in arbol.hijos.get(capitulo.nodo_id, []))]
        suyas += [("nodo", str(n)) for n in cuales] + [("dinero", f"nodo/{n}") for n in cuales]
    else:
        suyas += [("municipio", "metas"), ("municipio", "programas"), ("dinero", "consolidado")]
        suyas += [("nodo", str(n.id)) for n in arbol.hijos[None]] if arbol else []
    if capitulo.dependencia_id is not None:
        suyas.append(("dependencia", str(capitulo.dependencia_id)))
    programas, metas = _metas(session, anio, capitulo.dependencia_id, nodos)
    suyas += [par for clave in programas for par in (("programa", clave), ("dinero", f"programa/{clave}"))]
    suyas += [("indicador", str(i)) for i in _indicadores(session, anio, capitulo.dependencia_id, nodos)]
    return suyas + [("meta", str(m)) for m in metas]


def _areas(dependencia_id: int) -> Any:
    d = tabla(Dependencia).c
    return select(d.id).where((d.id == dependencia_id) | (d.padre_id == dependencia_id))


def _metas(
    session: Session, anio: int, dependencia_id: int | None, nodos: set[int]
) -> tuple[list[str], list[int]]:
    """Programas y metas de la dependencia que sirven a los nodos; sin nodos, todas las suyas."""
    m, y, cita = tabla(MetaActividad).c, tabla(Proyecto).c, tabla(CitaLinea).c
    consulta = (
        select(m.id, y.clave)
        .join(tabla(Proyecto), y.id == m.proyecto_id)
        .where(m.anio == anio)
        .order_by(m.id)
    )
    if dependencia_id is not None:
        consulta = consulta.where(m.dependencia_id.in_(_areas(dependencia_id)))
    if nodos:
        consulta = consulta.where(m.id.in_(select(cita.meta_id).where(cita.nodo_id.in_(nodos))))
    elif dependencia_id is None:
        return [], []
    filas = list(session.execute(consulta))
    return sorted({f.clave[:8] for f in filas}), [f.id for f in filas[:METAS_A_LA_VISTA]]


def _indicadores(session: Session, anio: int, dependencia_id: int | None, nodos: set[int]) -> list[int]:
    i = tabla(Indicador).c
    consulta = select(i.id).where(i.anio == anio).order_by(i.id).limit(METAS_A_LA_VISTA)
    if nodos:
        return list(session.execute(consulta.where(i.nodo_id.in_(nodos))).scalars())
    if dependencia_id is None:
        return []
    return list(session.execute(consulta.where(i.dependencia_id.in_(_areas(dependencia_id)))).scalars())
