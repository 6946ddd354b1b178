"""La ficha de un programa en una hoja carta: HTML que la pantalla no muestra y la impresora sí.

Su forma está en `dashboard/static/print.css`. Todo texto de personas va escapado; lo que no cabe se cuenta.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from dashboard.ui.estado import simple
from dashboard.ui.grafica_presupuesto import MESES, SERIES, acumular
from dashboard.ui.tablas_programa import Fila, del_periodo
from dashboard.ui.vista_programas import millones
from db.rules.formato import mes_nombre, numero, pct, redondear

Datos = Mapping[str, Any]

RENGLONES = 26
"""Renglones que caben en la hoja carta entre actividades, indicadores, proyectos, nodos y observaciones."""

_DINERO = ("aprobado", "ampliaciones", "reducciones", "modificado", "devengado", "pagado")


def hoja(f: Datos, filas: Sequence[Fila], historia: Sequence[Datos], cierre: Datos) -> str:
    """La hoja entera: `filas` son las de la MIR y `historia`, los cierres; `cierre` trae con qué acaba."""
    listas: Sequence[Sequence[Any]] = (f["metas"], filas, f["proyectos"], f["nodos"], cierre["observaciones"])
    metas, indicadores, proyectos, nodos, observaciones = repartir([len(lista) for lista in listas])
    partes = [
        _encabezado(f),
        _cifras(f),
        _nodos(f["nodos"], nodos),
        _meses(f),
        _historia(historia),
        _metas(f["metas"], metas),
        _indicadores(filas, indicadores),
        _proyectos(f["proyectos"], proyectos),
        _observaciones(cierre["observaciones"], observaciones),
        _firmas(cierre["firmas"]),
    ]
    return f'<section class="siem-hoja" style="display:none">{"".join(partes)}</section>'


def repartir(cuantos: Sequence[int], caben: int = RENGLONES) -> list[int]:
    """Cuántos renglones lleva cada lista: por turnos, hasta que se acaban los lugares o los renglones.

    La lista que no cabe entera gasta un lugar más en decir cuántos le faltan.
    """
    dados = [0] * len(cuantos)
    while True:
        con_falta = [n for n, total in enumerate(cuantos) if dados[n] < total]
        if sum(dados) + len(con_falta) >= caben or not con_falta:
            return dados
        dados[min(con_falta, key=lambda n: dados[n])] += 1


def _encabezado(f: Datos) -> str:
    c = f["cumplimiento"]
    estado = "Sin metas ni dinero" if c is None else f"{simple(c)} · {c['cifra']} de lo programado"
    lugar = f"{f['municipio']} · Ejercicio {f['anio']} · Corte: {f['corte']}, {f['origen']}"
    quien = [f"Responde: {f['responsable']['nombre']}"] if f["responsable"] else []
    quien += [f"{p['nombre']}, {p['cargo']}" for p in f["firmantes"][:1] if p["nombre"]]
    return (
        f"{_parrafo(lugar)}<h1>{escape(f['clave'])} {escape(f['nombre'])}</h1>"
        f"<p><b>{escape(estado)}</b> · {escape(f['brecha_dicha'])}</p>"
        f"{_parrafo(f['objetivo'], 'dos')}{_parrafo(' · '.join(quien))}"
    )


def _cifras(f: Datos) -> str:
    c, anual, dinero = f["cumplimiento"], f["avance_anual"], f["dinero"] or {}
    evaluadas = f"{numero(c['evaluados'])} de {numero(c['total'])}" if c and c["total"] else "sin metas"
    pares = [
        ("Cumplimiento", c["cifra"] if c else "—"),
        ("Metas evaluadas", evaluadas),
        ("Avance anual", anual["cifra"] if anual else "—"),
        ("Avance financiero", f["avance_financiero"]["cifra"]),
        *((campo.capitalize(), millones(dinero.get(campo))) for campo in _DINERO),
    ]
    return _tabla("", [nombre for nombre, _ in pares], [[valor for _, valor in pares]], "cifras")


def _nodos(nodos: Sequence[Datos], caben: int) -> str:
    if not nodos:
        return (
            f"<h2>A qué sirve del plan</h2>{_parrafo('Ninguna de sus metas ni de sus pesos llega al plan.')}"
        )
    renglones = "".join(_parrafo(f"{n['clave']} {n['nombre']}", "una") for n in nodos[:caben])
    return f"<h2>A qué sirve del plan</h2>{renglones}{_y_mas(len(nodos) - caben)}"


def _meses(f: Datos) -> str:
    if not f["dinero"]:
        return f"<h2>Dinero</h2>{_parrafo('No tiene presupuesto cargado.')}"
    puntos = acumular(f["meses"], f["mes"])
    renglones = [[nombre, *(_miles(p[serie]) for p in puntos)] for serie, nombre in SERIES.items()]
    titulos = ["", *(mes_nombre(m)[:3].capitalize() for m in MESES)]
    return _tabla("Dinero acumulado por mes, en miles de pesos", titulos, renglones, "meses")


def _miles(centavos: int | None) -> str:
    return "" if centavos is None else numero(redondear(Decimal(centavos).scaleb(-5), 0))


def _historia(historia: Sequence[Datos]) -> str:
    if not historia:
        return ""
    renglones = [
        ["Avance anual", *(pct(p["fisico"]) for p in historia)],
        ["Avance financiero", *(pct(p["financiero"]) for p in historia)],
        ["Cumplimiento", *(p["cumplimiento"]["cifra"] if p["cumplimiento"] else "—" for p in historia)],
    ]
    return _tabla("Al cierre de cada trimestre", ["", *(p["texto"] for p in historia)], renglones, "meses")


def _metas(metas: Sequence[Datos], caben: int) -> str:
    if not metas:
        return ""
    por_trimestre = len(metas[0]["periodos"]) <= 4
    titulos = ["Estado", "Meta", "Cumple"]
    if por_trimestre:
        titulos += [p["texto"] for p in metas[0]["periodos"]]
    renglones = [
        [
            simple(m["cumplimiento"]),
            m["nombre"],
            m["cumplimiento"]["cifra"],
            *([del_periodo(p) for p in m["periodos"]] if por_trimestre else []),
            f"{numero(m['meta_anual'])} {m['unidad']}",
        ]
        for m in metas[:caben]
    ]
    tabla = _tabla(f"Actividades ({len(metas):,})", [*titulos, "Meta anual"], renglones, "metas")
    return tabla + _y_mas(len(metas) - caben)


def _indicadores(filas: Sequence[Fila], caben: int) -> str:
    if not filas:
        return ""
    renglones = [
        [nivel, simple(c) if c else "sin ficha", nombre, c["cifra"] if c else "—", resumen]
        for nivel, resumen, nombre, c, _ in filas[:caben]
    ]
    titulos = ["Nivel", "Estado", "Indicador", "Cumple", "Resumen narrativo"]
    tabla = _tabla(f"Matriz de indicadores ({len(filas):,})", titulos, renglones, "mir")
    return tabla + _y_mas(len(filas) - caben)


def _proyectos(proyectos: Sequence[Datos], caben: int) -> str:
    if not proyectos:
        return ""
    renglones = [
        [
            f"{p['clave']} {p['nombre']}",
            f"{simple(p['cumplimiento'])} {p['cumplimiento']['cifra']}" if p["cumplimiento"] else "sin metas",
            millones(p["modificado"]),
            millones(p["devengado"]),
        ]
        for p in proyectos[:caben]
    ]
    titulos = ["Proyecto", "Cumplimiento", "Modificado", "Devengado"]
    tabla = _tabla(f"Proyectos ({len(proyectos):,})", titulos, renglones, "proyectos")
    return tabla + _y_mas(len(proyectos) - caben)


def _observaciones(observaciones: Sequence[str], caben: int) -> str:
    if not observaciones:
        return ""
    renglones = "".join(_parrafo(texto, "una") for texto in observaciones[:caben])
    return f"<h2>Observaciones abiertas</h2>{renglones}{_y_mas(len(observaciones) - caben)}"


def _firmas(firmas: Sequence[Datos]) -> str:
    casillas = "".join(
        f"<td><i>{escape(f['papel'])}</i><b>{escape(f['nombre'])}</b><br>{escape(f['cargo'])}</td>"
        for f in firmas
    )
    return f"<table class='firmas'><tr>{casillas}</tr></table>" if firmas else ""


def _parrafo(texto: str, clase: str = "") -> str:
    return f'<p class="{clase}">{escape(texto)}</p>' if texto else ""


def _y_mas(cuantos: int) -> str:
    return f'<p class="mas">y {cuantos:,} más en pantalla</p>' if cuantos > 0 else ""


def _tabla(titulo: str, columnas: Sequence[str], renglones: Iterable[Sequence[str]], clase: str) -> str:
    cabeza = "".join(f"<th>{escape(c)}</th>" for c in columnas)
    cuerpo = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in r) + "</tr>" for r in renglones)
    encima = f"<h2>{escape(titulo)}</h2>" if titulo else ""
    return f'{encima}<table class="{clase}"><thead><tr>{cabeza}</tr></thead><tbody>{cuerpo}</tbody></table>'
