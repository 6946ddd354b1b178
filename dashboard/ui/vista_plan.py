"""El plan ya compuesto: el árbol como tabla que se filtra y la ficha de un nodo. Se guarda por versión."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from dashboard.ui import frases
from dashboard.ui.barra import barra
from dashboard.ui.estado import etiqueta, simple
from dashboard.ui.texto import contar, esc_md
from dashboard.ui.vista_comun import en_meta, grafica_de_historia, nombre_de_nodo
from db.queries.fichas import arbol, ficha_nodo
from db.queries.municipio import bandas
from db.rules.formato import mdp, numero, pct
from db.rules.texto import llave

Datos = Mapping[str, Any]

SANGRIA = "\u2003"
"""Espacio ancho por cada nivel: la tabla respeta espacios y así se lee el árbol."""


@dataclass(frozen=True, slots=True)
class Filtro:
    """Lo elegido sobre el árbol; vacío es todo."""

    nivel: str | None = None
    estado: str | None = None
    eje: int | None = None
    texto: str = ""

    @property
    def hay(self) -> bool:
        """¿Se eligió algo?"""
        return bool(self.nivel or self.estado or self.eje or self.texto.strip())


def vista_plan(session: Session, *, anio: int, mes: int | None, ente_id: int | None) -> dict[str, Any]:
    """El árbol al corte: nombre, cuántos nodos por nivel y un renglón llano por nodo."""
    plan = arbol(session, anio=anio, mes=mes, ente_id=ente_id)
    niveles, eje_actual, renglones = plan["niveles"], 0, []
    for nodo in plan["nodos"]:
        if nodo["padre_id"] is None:
            eje_actual = nodo["id"]
        renglones.append(_renglon(nodo, niveles[nodo["nivel"] - 1], eje_actual))
    por_nivel = Counter(r["nivel"] for r in renglones)
    return {
        "plan": plan["plan"],
        "niveles": niveles,
        "resumen": " · ".join(f"{nombre}: {por_nivel[nombre]:,}" for nombre in niveles if por_nivel[nombre]),
        "renglones": renglones,
        "ejes": {r["id"]: r["nombre"] for r in renglones if r["profundidad"] == 1},
        "por_estado": dict(Counter(r["estado"] for r in renglones)),
    }


def _renglon(nodo: Datos, nivel: str, eje: int) -> dict[str, Any]:
    c = nodo["cumplimiento"]
    nombre = nombre_de_nodo(nodo)
    return {
        "id": nodo["id"],
        "eje": eje,
        "nivel": nivel,
        "profundidad": nodo["nivel"],
        "nombre": nombre,
        "busqueda": llave(nombre),
        "estado": c["estado"],
        "se_ve": simple(c),
        "cifra": c["cifra"],
        "cobertura": f"{numero(c['evaluados'])} de {numero(c['total'])}",
        "anual": nodo["avance_anual"]["cifra"],
        "peso": peso_en_palabras(nodo["peso"]),
        "texto": texto_de_nodo(nodo),
    }


def peso_en_palabras(peso: Decimal | None) -> str:
    """El peso entre hermanos; sin juego de pesos, «igual»."""
    return "igual" if peso is None else numero(peso)


def texto_de_nodo(nodo: Datos) -> str:
    """Markdown de un nodo en una lista: nombre; estado, cifra, cobertura y peso."""
    c = nodo["cumplimiento"]
    cifra = f" **{esc_md(c['cifra'])}**" if c["valor"] is not None else ""
    partes = [frases.de_cuantas(c, "meta", "metas") if c["total"] else "sin metas"]
    if nodo["peso"] is not None:
        partes.append(f"peso {numero(nodo['peso'])}")
    return (
        f"**{esc_md(nombre_de_nodo(nodo))}**  \n{etiqueta(c)}{cifra} :small[· {esc_md(' · '.join(partes))}]"
    )


def filtrar(renglones: Sequence[Datos], filtro: Filtro) -> list[Datos]:
    """Los renglones que cumplen todo lo elegido; el texto busca todas sus palabras sin acentos."""
    palabras = llave(filtro.texto).split()
    return [
        r
        for r in renglones
        if filtro.nivel in (None, r["nivel"])
        and filtro.estado in (None, r["estado"])
        and filtro.eje in (None, r["eje"])
        and all(palabra in r["busqueda"] for palabra in palabras)
    ]


def tabla_de_nodos(renglones: Sequence[Datos], con_sangria: bool) -> dict[str, list[str]]:
    """Las columnas del árbol; con sangría cuando se ve entero."""
    return {
        "Estado": [r["se_ve"] for r in renglones],
        "Nodo": [
            f"{SANGRIA * (r['profundidad'] - 1) if con_sangria else ''}{r['nombre']}" for r in renglones
        ],
        "Cumplimiento": [r["cifra"] for r in renglones],
        "Evaluados": [r["cobertura"] for r in renglones],
        "Avance anual": [r["anual"] for r in renglones],
        "Peso": [r["peso"] for r in renglones],
        "Nivel": [r["nivel"] for r in renglones],
    }


def vista_nodo(
    session: Session, *, nodo_id: int, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any] | None:
    """La ficha de un nodo lista para dibujarse; None si no está en el plan vigente."""
    ficha = ficha_nodo(session, nodo_id=nodo_id, anio=anio, mes=mes, ente_id=ente_id)
    if ficha is None:
        return None
    franja = en_meta(
        [
            {"equivale": b.equivale, "inferior": b.inferior, "superior": b.superior}
            for b in bandas(session, anio)
        ]
    )
    return componer_nodo(ficha, franja, oscuro)


def componer_nodo(
    ficha: dict[str, Any], franja: tuple[Decimal, Decimal] | None, oscuro: bool
) -> dict[str, Any]:
    """La vista de una ficha; función pura."""
    c = ficha["cumplimiento"]
    titulo = frases.titulo_historia(ficha["historia"], "Su cumplimiento")
    return {
        "nombre": nombre_de_nodo(ficha),
        "ruta": [(n["id"], nombre_de_nodo(n)) for n in ficha["ruta"][:-1]],
        "resumen": _resumen(ficha),
        "barra": barra(c["valor"], c["estado"], oscuro, f"{c['palabra']}, {c['cifra']} de 100 programado"),
        "cifras": _cifras(ficha),
        "explica": {
            "cumplimiento": ("Cumplimiento del plan", c),
            "avance_anual": ("Avance anual", ficha["avance_anual"]),
            "avance_financiero": ("Avance financiero", ficha["avance_financiero"]),
            "indicadores": ("Cumplimiento de indicadores", ficha["cumplimiento_indicadores"]),
        },
        "hijos": [(h["id"], texto_de_nodo(h)) for h in ficha["lista_hijos"]],
        "metas": ficha["lista_metas"],
        "proyectos": ficha["proyectos"],
        "indicadores": ficha["indicadores"],
        "alineacion": ficha["alineacion"],
        "historia": grafica_de_historia(titulo, ficha["historia"], franja, oscuro),
    }


def _resumen(ficha: Datos) -> str:
    c = ficha["cumplimiento"]
    partes = [etiqueta(c)]
    if c["valor"] is not None:
        partes.append(f"**{esc_md(c['cifra'])}** de lo programado")
    if c["total"]:
        partes.append(frases.de_cuantas(c, "meta evaluada", "metas evaluadas"))
    if c["cuentan_cero"]:
        partes.append(f"{contar(c['cuentan_cero'], 'sin reporte cuenta', 'sin reporte cuentan')} como 0")
    partes.append(f"peso {peso_en_palabras(ficha['peso'])}")
    return " · ".join(partes)


def _cifras(ficha: Datos) -> list[dict[str, str]]:
    c, anual, indicadores = ficha["cumplimiento"], ficha["avance_anual"], ficha["cumplimiento_indicadores"]
    dinero = ficha["dinero"]
    gasto = (
        f"{mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])}"
        if dinero
        else "Sin dinero ligado"
    )
    return [
        _cifra(
            "cumplimiento", "Cumplimiento", c, f"{numero(c['evaluados'])} de {numero(c['total'])} evaluados"
        ),
        _cifra(
            "avance_anual",
            "Avance anual",
            anual,
            f"{numero(anual['evaluados'])} de {numero(anual['total'])} metas que suman",
        ),
        _cifra("avance_financiero", "Avance financiero", ficha["avance_financiero"], gasto),
        _cifra(
            "indicadores",
            "Indicadores",
            indicadores,
            f"{numero(indicadores['evaluados'])} de {numero(indicadores['total'])} evaluados",
        ),
    ]


def _cifra(clave: str, nombre: str, resultado: Datos, renglon: str) -> dict[str, str]:
    estado = "" if resultado["valor"] is not None else f"{etiqueta(resultado)} · "
    return {
        "clave": clave,
        "nombre": nombre,
        "cifra": resultado["cifra"],
        "renglon": f"{estado}{esc_md(renglon)}",
        "pregunta": "",
    }


def tabla_de_metas(metas: Sequence[Datos]) -> dict[str, list[str]]:
    """Metas de una línea: lo original y lo modificado, siempre lado a lado."""
    return {
        "Estado": [simple(m["cumplimiento"]) for m in metas],
        "Meta": [m["nombre"] for m in metas],
        "Cumplimiento": [m["cumplimiento"]["cifra"] for m in metas],
        "Contra lo original": [m["cumplimiento_original"]["cifra"] for m in metas],
        "Logrado al corte": [numero(m["alcanzado"]) for m in metas],
        "Programado al corte": [numero(m["programado"]) for m in metas],
        "Anual original": [numero(m["original"]) for m in metas],
        "Anual modificada": [numero(m["meta_anual"]) for m in metas],
        "Unidad": [m["unidad"] for m in metas],
        "Dependencia": [m["dependencia"] for m in metas],
    }


def tabla_de_proyectos(proyectos: Sequence[Datos]) -> dict[str, list[str]]:
    """Proyectos ligados al nodo, su participación y su dinero completo."""
    return {
        "Proyecto": [f"{p['clave']} {p['nombre']}" for p in proyectos],
        "Participación": [pct(Decimal(p["participacion"]) * 100) for p in proyectos],
        "Vínculo": [str(p["estado"]).capitalize() for p in proyectos],
        "Modificado": [_mdp(p["modificado"]) for p in proyectos],
        "Devengado": [_mdp(p["devengado"]) for p in proyectos],
    }


def _mdp(centavos: int | None) -> str:
    return "—" if centavos is None else mdp(centavos)
