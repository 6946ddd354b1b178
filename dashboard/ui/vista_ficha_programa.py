"""La ficha de un programa ya compuesta, para la pantalla y para el papel; se guarda por versión."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.ui import frases
from dashboard.ui.estado import etiqueta
from dashboard.ui.grafica_presupuesto import acumular, grafica_de_meses
from dashboard.ui.hoja_programa import hoja
from dashboard.ui.observaciones import estado_en_md
from dashboard.ui.tablas_programa import (
    Fila,
    filas_de_indicadores,
    filas_de_mir,
    tabla_de_indicadores,
    tabla_de_metas,
    tabla_de_proyectos,
)
from dashboard.ui.texto import enumerar, esc_md, mayuscula
from dashboard.ui.vista_historia_programa import grafica_de_historia, leer_historia
from db.queries.ficha_programa import ficha_programa
from db.queries.mir import mir
from db.rules.formato import fecha, mdp, numero, pct
from db.rules.programa import en_calendario_al_corte
from db.rules.titular import TESORERIA, UIPPE

Datos = Mapping[str, Any]

HOJAS = {"meta": ("metas", "meta"), "indicador": ("indicadores", "indicador")}
"""De qué pantalla y con qué parámetro se abre la hoja que alguien observó."""

PAPELES = {
    "dependencia": "Responsable del programa",
    "general": "Dependencia general",
    TESORERIA: "Tesorería",
    UIPPE: "Unidad de planeación (UIPPE)",
}


def vista_ficha_programa(
    session: Session, *, programa: str, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any] | None:
    """Toda la ficha, en textos, tablas y gráficas en diccionario; None si el programa no existe."""
    f = ficha_programa(session, programa=programa, anio=anio, mes=mes, ente_id=ente_id)
    if f is None:
        return None
    matriz = mir(session, anio=anio, clave=programa, mes=mes, ente_id=ente_id)
    historia = leer_historia(session, f, ente_id)
    filas: list[Fila] = []
    if matriz:
        filas = filas_de_mir(matriz["renglones"], {e["id"]: e["nombre"] for e in matriz["entes"]})
    return componer(f, historia, filas, oscuro)


def componer(
    f: dict[str, Any], historia: Sequence[Datos], de_mir: Sequence[Fila], oscuro: bool
) -> dict[str, Any]:
    """La vista de una ficha; función pura."""
    filas = de_mir or filas_de_indicadores(f["indicadores"])
    cierre: dict[str, Any] = {
        "observaciones": [_observacion(o) for o in f["observaciones"]],
        "firmas": firmas(f),
    }
    vista: dict[str, Any] = {
        "clave": f["clave"],
        "nombre": f["nombre"].rstrip(" ."),
        "contexto": contexto(f),
        "resumen": _resumen(f),
        "quien": _quien(f),
        "objetivo": f["objetivo"],
        "vacio": f["vacio"],
        "anio": f["anio"],
        "responsable": f["responsable"],
        "firmas": [f"{esc_md(p['papel'])}: {esc_md(p['nombre'])}{_cargo(p)}" for p in cierre["firmas"]],
        "observaciones": [
            (HOJAS[o["asunto"]], o["referencia"], f"{estado_en_md(o)} {esc_md(o['texto'])}")
            for o in f["observaciones"]
            if o["asunto"] in HOJAS
        ],
        "cifras": _cifras(f),
        "explica": _explica(f),
        "momentos": _momentos(f, oscuro),
        "historia": grafica_de_historia(historia, oscuro),
        "metas": tabla_de_metas(f["metas"]),
        "ids_metas": [m["id"] for m in f["metas"]],
        "nodos": [
            (n["id"], f"**{esc_md(n['clave'])}** {esc_md(n['nombre'])} :small[· {_de_nodo(n)}]")
            for n in f["nodos"]
        ],
        "proyectos": tabla_de_proyectos(f["proyectos"]),
        "claves_proyectos": [p["clave"] for p in f["proyectos"]],
        "tiene_mir": bool(de_mir),
        "mir": tabla_de_indicadores(filas),
        "ids_mir": [fila[4] for fila in filas],
    }
    return vista | {"hoja": hoja(f, filas, historia, cierre)}


def contexto(f: Datos) -> str:
    """«Programa 01020401 · E Prestación de servicios · Pilar 1 · corte: septiembre de 2026»."""
    letras = {p["letra"]: p["letra_nombre"] for p in f["proyectos"] if p["letra"]}
    clases = [f"{letra} {nombre}".strip() for letra, nombre in sorted(letras.items())]
    partes = [f"Programa {f['clave']}", *clases, f["pilar"], f["tema"], f"corte: {f['corte']}, {f['origen']}"]
    return " · ".join(p for p in partes if p)


def _resumen(f: Datos) -> str:
    """Estado, cifra, cobertura y brecha, en Markdown."""
    c = f["cumplimiento"]
    if c is None:
        return "Este programa no tiene metas ni dinero en este ejercicio."
    partes = [etiqueta(c)]
    if c["valor"] is not None:
        partes.append(f"**{esc_md(c['cifra'])}** de lo programado")
    if c["total"]:
        partes.append(esc_md(frases.de_cuantas(c, "meta evaluada", "metas evaluadas")))
    partes.append(esc_md(mayuscula(f["brecha_dicha"])))
    if f["caso"] and f["caso"]["desde"]:
        partes.append(esc_md(f"en rojo {f['caso']['desde']}"))
    return " · ".join(partes)


def _quien(f: Datos) -> list[str]:
    """Quién responde y quién ejecuta, en texto llano."""
    renglones = []
    if f["responsable"]:
        titular = "".join(f"; {p['nombre']}, {p['cargo']}" for p in f["firmantes"][:1] if p["nombre"])
        renglones.append(f"Responde: {f['responsable']['nombre']}{titular}")
    if f["ejecutan"]:
        renglones.append(f"Ejecuta: {enumerar([u['nombre'] for u in f['ejecutan']])}")
    return renglones


def _cifras(f: Datos) -> list[dict[str, str]]:
    c, anual, dinero = f["cumplimiento"], f["avance_anual"], f["dinero"]
    esperado = "" if f["esperado"] is None else f"se esperaba {pct(f['esperado'])}"
    gasto = (
        f"{mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])} (millones de pesos)"
        if dinero
        else "sin presupuesto cargado"
    )
    return [
        _cifra("cumplimiento", "Cumplimiento", c, "contra lo programado al corte"),
        _cifra("avance_anual", "Avance anual", anual, esperado or "de la meta del año"),
        _cifra("avance_financiero", "Avance financiero", f["avance_financiero"], gasto),
        _cifra("brecha", "Brecha, en puntos", f["brecha"], f["brecha_dicha"]),
    ]


def _cifra(clave: str, nombre: str, resultado: Datos | None, renglon: str) -> dict[str, str]:
    return {
        "clave": clave if resultado else "",
        "nombre": nombre,
        "cifra": resultado["cifra"].removesuffix(" puntos") if resultado else "—",
        "renglon": esc_md(renglon),
        "pregunta": "",
    }


def _explica(f: Datos) -> dict[str, tuple[str, Datos]]:
    figuras = {
        "cumplimiento": ("Cumplimiento del programa", f["cumplimiento"]),
        "avance_anual": ("Avance anual", f["avance_anual"]),
        "avance_financiero": ("Avance financiero", f["avance_financiero"]),
        "brecha": ("Brecha físico-financiera", f["brecha"]),
    }
    return {clave: (titulo, r) for clave, (titulo, r) in figuras.items() if r is not None}


def _momentos(f: Datos, oscuro: bool) -> dict[str, Any] | None:
    dinero = f["dinero"]
    if not dinero:
        return None
    calendario = en_calendario_al_corte(dinero["aprobado"], dinero["aprobado_calendario"])
    gastado = f["avance_financiero"]
    if gastado["valor"] is None:
        titulo = "Sin dinero autorizado con qué comparar el gasto"
    elif calendario is None:
        titulo = f"Se ha devengado {gastado['cifra']} de lo modificado; al inicio no se le aprobó dinero"
    else:
        titulo = (
            f"Se ha devengado {gastado['cifra']} de lo modificado; el calendario preveía {pct(calendario)}"
        )
    return grafica_de_meses(titulo, acumular(f["meses"], f["mes"]), f["mes"], oscuro)


def _de_nodo(n: Datos) -> str:
    partes = []
    if n["metas"]:
        partes.append(f"{numero(n['metas'])} {'meta la cita' if n['metas'] == 1 else 'metas la citan'}")
    if n["con_dinero"]:
        partes.append("recibe dinero de sus proyectos")
    return esc_md(" · ".join(partes))


def _observacion(o: Datos) -> str:
    """Una observación en un renglón del papel: qué se pide, a quién y para cuándo."""
    partes = [o["texto"], o["dependencia"], f"plazo {fecha(o['vence'])}" if o["vence"] else ""]
    return " · ".join(p for p in partes if p)


def firmas(f: Datos) -> list[dict[str, str]]:
    """Quiénes firman la ficha hoy, con el papel de cada quien; sin titular registrado, se dice."""
    return [
        {**p, "papel": PAPELES[p["papel"]], "nombre": p["nombre"] or "sin titular registrado"}
        for p in f["firmantes"]
    ]


def _cargo(p: Datos) -> str:
    return f" :small[{esc_md(p['cargo'])}]" if p["cargo"] else ""
