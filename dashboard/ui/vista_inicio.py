"""Inicio ya compuesto: lo que dice el tablero, con sus frases y sus gráficas, listo para dibujarse.

Se calcula una vez por versión de los datos (`ask`); la pantalla sólo lo coloca.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask_con
from dashboard.ui import frases, graficas
from dashboard.ui.estado import etiqueta, etiqueta_de, simple
from dashboard.ui.texto import contar, corto, enumerar, esc_md, mayuscula
from db.queries.huella import huella_del_ejercicio
from db.queries.tablero import anios_previos, historia_de, tablero
from db.rules.estado import Estado
from db.rules.formato import fecha, fecha_hora, mdp, mes_nombre, moneda, numero, pct

Datos = Mapping[str, Any]

SIN_TOPE = Decimal(10**4)
"""Hasta dónde se dibuja una banda sin límite superior, en porcentaje."""

LIGAS = {"metas": "ver sus metas", "indicadores": "ver el indicador", "plan": "ver en el plan"}
"""Qué dice la liga de un caso según la pantalla que abre."""

LETRAS_DE_LIGA = 38
"""Lo que cabe en el renglón de una liga en un teléfono: las ligas no se parten."""

CASOS_A_LA_VISTA = 6
"""Casos de «Requiere su atención» en la pantalla; los demás se abren."""


def vista_inicio(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any]:
    """Todo Inicio a un corte, en textos (Markdown ya escapado), listas y gráficas en diccionario."""
    t = tablero(session, anio=anio, mes=mes, ente_id=ente_id)
    puntos = [] if t["vacio"] else [*_historia_previa(session, anio, ente_id), *t["historia"]]
    return componer(t, puntos, oscuro)


def _historia_previa(session: Session, anio: int, ente_id: int | None) -> list[dict[str, Any]]:
    """Los años anteriores, que no se vuelven a evaluar mientras nadie los corrija."""
    puntos: list[dict[str, Any]] = []
    for previo in anios_previos(session, anio):
        puntos += ask_con(huella_del_ejercicio(session, previo), historia_de, anio=previo, ente_id=ente_id)
    return puntos


def componer(t: dict[str, Any], puntos: Sequence[Datos], oscuro: bool) -> dict[str, Any]:
    """La vista de un tablero y su historia; función pura."""
    base = {"vacio": t["vacio"], "titular": frases.titular(t), "apoyo": frases.apoyo(t), "falta": t["falta"]}
    if t["vacio"]:
        return base
    return base | {
        "contexto": _contexto(t),
        "cifras": _cifras(t),
        "explica": _explica(t),
        "casos": [_caso(c) for c in t["excepciones"]],
        "mas_casos": t["mas_excepciones"],
        "atencion": _atencion(t),
        "ejes": _ejes(t, oscuro),
        "historia": grafica_de_historia(frases.titulo_historia(puntos), puntos, en_meta(t["bandas"]), oscuro),
        "programas": _programas(t["programas"]["lista"], oscuro),
        "vencidos": t["vencidos"]["lista"],
        "pendientes": _pendientes(t),
        "pie": _pie(t),
    }


def _contexto(t: Datos) -> str:
    corte = t["corte"]
    de_donde = f"cerrado el {fecha(corte['cerrado_en'].date())}" if corte["cerrado_en"] else corte["origen"]
    partes = [t["ente"], f"ejercicio {t['anio']}", f"corte: {corte['texto']}, {de_donde}"]
    return esc_md(" · ".join(p for p in partes if p))


def _cifras(t: Datos) -> list[dict[str, str]]:
    """Las cuatro cifras: clave de su explicación, nombre, cifra y su renglón en Markdown."""
    plan, anual, dinero = t["cumplimiento"], t["avance_anual"], t["dinero"]
    de_plan = [etiqueta(plan), esc_md(frases.cambio(t))] if plan else ["Falta el plan"]
    if plan and plan["total"]:
        de_plan.append(f"{numero(plan['evaluados'])} de {numero(plan['total'])} evaluados")
    return [
        _cifra("cumplimiento", "Cumplimiento", plan, " · ".join(p for p in de_plan if p)),
        _cifra("avance_anual", "Avance anual", anual, _de_anual(t)),
        _cifra(
            "avance_financiero",
            "Avance financiero",
            t["avance_financiero"],
            _de_dinero(dinero, t["etiqueta_dinero"]),
        ),
        {
            "clave": "vencidos",
            "nombre": "Vencidos sin captura",
            "cifra": numero(t["vencidos"]["metas"] + t["vencidos"]["indicadores"]),
            "renglon": _de_vencidos(t["vencidos"]),
            "pregunta": "Ver la lista",
        },
    ]


def _cifra(clave: str, nombre: str, resultado: Datos | None, renglon: str) -> dict[str, str]:
    cifra = resultado["cifra"] if resultado else "—"
    return {"clave": clave, "nombre": nombre, "cifra": cifra, "renglon": renglon, "pregunta": ""}


def _de_anual(t: Datos) -> str:
    anual = t["avance_anual"]
    if anual is None or anual["valor"] is None:
        return etiqueta(anual) if anual else "Falta el plan"
    cobertura = f"{numero(anual['evaluados'])} de {numero(anual['total'])} metas que suman"
    if t["esperado"] is None:
        return cobertura
    return f"Se esperaba {pct(t['esperado'])} a {mes_nombre(t['mes'])} · {cobertura}"


def _de_dinero(dinero: Datos | None, salvedad: str) -> str:
    if dinero is None:
        return "Sin dato: falta cargar el presupuesto"
    partes = [
        f"{mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])} (millones de pesos)",
        f"aprobado {mdp(dinero['aprobado'])}",
        esc_md(salvedad),
    ]
    return " · ".join(p for p in partes if p)


def _de_vencidos(v: Datos) -> str:
    if not v["metas"] + v["indicadores"]:
        return "Ninguna captura vencida"
    metas, indicadores, dependencias = v["metas"], v["indicadores"], v["dependencias"]
    partes = [f"{numero(metas)} {'meta' if metas == 1 else 'metas'}"] if metas else []
    if indicadores:
        partes.append(f"{numero(indicadores)} {'indicador' if indicadores == 1 else 'indicadores'}")
    quienes = "dependencia" if dependencias == 1 else "dependencias"
    return f"{' y '.join(partes)} de {numero(dependencias)} {quienes}"


def _explica(t: Datos) -> dict[str, tuple[str, Datos]]:
    figuras = {
        "cumplimiento": ("Cumplimiento del plan", t["cumplimiento"]),
        "avance_anual": ("Avance de la meta anual", t["avance_anual"]),
        "avance_financiero": ("Avance financiero", t["avance_financiero"]),
        "brecha": ("Brecha físico-financiera", t["brecha"]),
        "indicadores": ("Cumplimiento de indicadores", t["indicadores"]),
    }
    return {clave: (titulo, r) for clave, (titulo, r) in figuras.items() if r is not None}


def _atencion(t: Datos) -> tuple[str, str]:
    """Título y subtítulo de la lista de casos; sin avances no se presume que nada falte."""
    if t["excepciones"]:
        return "Requiere su atención", "Lo más grave primero: dinero, resultados y tiempo."
    if t["vencidos"]["sin_avances"]:
        return (
            "Sin avances no hay qué señalar",
            "La lista se llena cuando se validan avances o se carga el gasto.",
        )
    return "Nada requiere su atención", "Ningún programa, captura, fondo o meta rebasa los límites de alerta."


def _caso(c: Datos) -> dict[str, Any]:
    detalle = " · ".join(p for p in (c["porque"], c["desde"], c["responsable"]) if p)
    return {
        "texto": f"**{esc_md(c['titulo'])}**  \n:small[{esc_md(detalle)}]",
        "liga": f"{etiqueta_de(c['estado'])} · {LIGAS.get(c['pagina'], 'ver')}",
        "pagina": c["pagina"],
        "parametros": c["parametros"],
    }


def nombre_de_nodo(nodo: Datos) -> str:
    """«1. Cero corrupción», sin repetir la clave que ya viene en el nombre."""
    clave, nombre = str(nodo["clave"]), str(nodo["nombre"])
    return nombre if not clave or nombre.casefold().startswith(clave.casefold()) else f"{clave}. {nombre}"


def _ejes(t: Datos, oscuro: bool) -> dict[str, Any]:
    lista = [_eje(eje, oscuro) for eje in t["ejes"]]
    return {
        "titulo": frases.titulo_ejes(t["ejes"]),
        "subtitulo": (
            f"Cumplimiento de lo programado a {mes_nombre(t['mes'])}, en porcentaje; "
            "la raya es lo programado (100)."
        ),
        "lista": lista,
        "explica": [
            (nombre_de_nodo(e), e["cumplimiento"], e["avance_anual"], e["avance_financiero"], e["brecha"])
            for e in t["ejes"]
        ],
    }


def _eje(eje: Datos, oscuro: bool) -> dict[str, Any]:
    c = eje["cumplimiento"]
    cifra = f" **{esc_md(c['cifra'])}**" if c["valor"] is not None else ""
    metas = (
        f"{numero(c['evaluados'])} de {contar(c['total'], 'meta', 'metas')}" if c["total"] else "sin metas"
    )
    nombre = nombre_de_nodo(eje)
    liga = nombre if len(nombre) <= LETRAS_DE_LIGA else corto(nombre, LETRAS_DE_LIGA)
    entero = "" if liga == nombre else f"{esc_md(nombre)}  \n"
    return {
        "liga": f"**{esc_md(liga)}**",
        "texto": f"{entero}{etiqueta(c)}{cifra} :small[· {metas}]  \n:small[{esc_md(_dinero_del_eje(eje))}]",
        "alt": f"{nombre}: {c['palabra']}, {c['cifra']} de 100 programado",
        "parametros": {"nodo": eje["nodo_id"]},
        "barra": graficas.a_spec(graficas.barra(c["valor"], c["estado"], oscuro)),
    }


def _dinero_del_eje(eje: Datos) -> str:
    """Avance anual contra lo esperado, dinero y brecha: «avance anual 45.2 % de 50.1 % esperado · …»."""
    anual, dinero, partes = eje["avance_anual"], eje["dinero"], []
    if anual["valor"] is not None:
        esperado = "" if eje["esperado"] is None else f" de {pct(eje['esperado'])} esperado"
        partes.append(f"avance anual {anual['cifra']}{esperado}")
    if dinero is not None:
        partes.append(f"{mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])}")
    return mayuscula(" · ".join([*partes, frases.brecha_en_palabras(eje)]))


def grafica_de_historia(
    titulo: str, puntos: Sequence[Datos], franja: tuple[Decimal, Decimal] | None, oscuro: bool
) -> dict[str, Any]:
    """La gráfica de cumplimiento por cierre, con su título, texto alterno y tabla."""
    return {
        "titulo": titulo,
        "subtitulo": "Cumplimiento al cierre de cada trimestre, en porcentaje.",
        "alt": f"{titulo}. " + "; ".join(f"{p['texto']}: {p['cifra']}" for p in puntos),
        "spec": graficas.a_spec(graficas.historia(puntos, franja, oscuro)) if puntos else None,
        "tabla": {
            "Cierre": [p["texto"] for p in puntos],
            "Cumplimiento": [p["cifra"] for p in puntos],
            "Estado": [simple(p) for p in puntos],
            "Evaluados": [f"{numero(p['evaluados'])} de {numero(p['total'])}" for p in puntos],
        },
    }


def en_meta(bandas: Sequence[Datos]) -> tuple[Decimal, Decimal] | None:
    """Los límites de la banda que equivale a En meta; None si no tiene inferior."""
    for b in bandas:
        if b["equivale"] == Estado.adecuado and b["inferior"] is not None:
            return b["inferior"], b["superior"] if b["superior"] is not None else SIN_TOPE
    return None


def _programas(lista: Sequence[Datos], oscuro: bool) -> dict[str, Any]:
    filas = graficas.filas_de_programas(lista)
    sin = len(lista) - len(filas)
    cuantos = mayuscula(contar(sin, "programa", "programas", False))
    fuera = f" {cuantos} sin los dos datos no se dibujan." if sin else ""
    titulo = frases.titulo_programas(lista)
    return {
        "titulo": titulo,
        "subtitulo": (
            "Cada círculo es un programa; su tamaño, el dinero autorizado. "
            f"Arriba de la diagonal se ha gastado más de lo logrado.{fuera}"
        ),
        "alt": f"{titulo}. {len(filas)} programas: avance de la meta anual contra avance financiero.",
        "spec": graficas.a_spec(graficas.programas(lista, oscuro)) if filas else None,
        "tabla": {
            "Programa": [f"{p['clave']} {p['nombre']}" for p in lista],
            "Avance anual": [pct(p["avance_anual"]) for p in lista],
            "Avance financiero": [pct(p["avance_financiero"]) for p in lista],
            "Autorizado": [moneda(p["modificado"]) for p in lista],
            "Responde": [p["responsable"] for p in lista],
        },
    }


def _pendientes(t: Datos) -> list[str]:
    """Lo que queda fuera del plan, dicho siempre: dinero sin plan y metas sin línea."""
    suelto, renglones = t["sin_plan"], []
    if suelto["dinero"]:
        proyectos = contar(suelto["proyectos"], "proyecto", "proyectos", False)
        renglones.append(f"{mdp(suelto['dinero'])} sin plan, de {proyectos} sin línea de acción")
    if t["sin_linea"]:
        metas = contar(t["sin_linea"], "meta no cita", "metas no citan")
        renglones.append(f"{mayuscula(metas)} línea de acción y no entran al cumplimiento del plan")
    return renglones


def _pie(t: Datos) -> list[str]:
    bandas = " · ".join(f"{etiqueta_de_banda(b)} {esc_md(b['intervalo'])}" for b in t["bandas"])
    renglones = [f"Bandas: {bandas}", *(esc_md(f) for f in _fuentes(t["fuentes"]))]
    if t["sello"]:
        renglones.append(f"Sello de bitácora {t['sello']['id']:,} · {esc_md(t['sello']['huella'][:12])}")
    return renglones


def _fuentes(fuentes: Sequence[Datos]) -> list[str]:
    """De dónde salió el dinero, juntas las cargas de la misma persona, día y mes."""
    archivos: dict[tuple[str, str, str, str], list[str]] = {}
    for f in fuentes:
        mes = mes_nombre(f["mes"]) if f["mes"] else ""
        archivos.setdefault((f["que"], mes, f["autor"], fecha_hora(f["cuando"])), []).append(f["archivo"])
    return [
        f"{mayuscula(que)}{f' a {mes}' if mes else ''}, cargado por {autor} el {cuando}: {enumerar(nombres)}"
        for (que, mes, autor, cuando), nombres in archivos.items()
    ]


def etiqueta_de_banda(b: Datos) -> str:
    """Markdown de una banda con su propia palabra."""
    return etiqueta({"estado": b["equivale"], "icono": b["icono"], "palabra": b["palabra"]})
