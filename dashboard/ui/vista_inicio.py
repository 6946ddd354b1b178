"""Inicio ya compuesto: lo que dice el tablero, con sus frases y sus gráficas, listo para dibujarse.

Se calcula una vez por versión de los datos (`ask`); la pantalla sólo lo coloca.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask, ask_con
from dashboard.ui import frases, grafica_programa
from dashboard.ui.barra import barra
from dashboard.ui.estado import etiqueta, etiqueta_de, simple
from dashboard.ui.graficas import a_spec
from dashboard.ui.lo_de_los_registros import titulo as titulo_de_registros
from dashboard.ui.texto import contar, corto, enumerar, esc_md, mayuscula
from dashboard.ui.vista_acuerdos import elegidos
from dashboard.ui.vista_acuerdos import titulo as titulo_de_acuerdos
from dashboard.ui.vista_cifras import cifras
from dashboard.ui.vista_comun import en_meta, grafica_de_historia, nombre_de_nodo
from db.queries.acuerdos import acuerdos
from db.queries.encargos import por_atender
from db.queries.huella import huella_del_ejercicio
from db.queries.tablero import anios_previos, historia_de, tablero
from db.rules.formato import fecha, fecha_hora, mdp, mes_nombre, moneda, pct

Datos = Mapping[str, Any]

LIGAS = {
    "metas": "ver sus metas",
    "indicadores": "ver sus indicadores",
    "plan": "ver en el plan",
    "programas": "ver el programa",
    "fondos": "ver el fondo",
    "presupuesto": "ver su gasto",
}
"""Qué dice la liga de un caso según la pantalla que abre."""

LETRAS_DE_LIGA = 38
"""Lo que cabe en el renglón de una liga en un teléfono: las ligas no se parten."""

CASOS_A_LA_VISTA = 6
"""Casos de «Requiere su atención» en la pantalla; los demás se abren."""


def vista_inicio(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any]:
    """Todo Inicio a un corte, en textos (Markdown ya escapado), listas y gráficas en diccionario."""
    t = ask(tablero, anio=anio, mes=mes, ente_id=ente_id)
    puntos = [] if t["vacio"] else [*_historia_previa(session, anio, ente_id), *t["historia"]]
    dichos = {"acuerdos": _acuerdos(session), "registros": titulo_de_registros(por_atender(session))}
    return componer(t, puntos, oscuro) | dichos


def _acuerdos(session: Session) -> str:
    """Lo que se dice de los acuerdos vencidos de los comités; vacío si no hay."""
    vencidos = elegidos(acuerdos(session, vivos=True), "vencidos")
    return titulo_de_acuerdos(vencidos) if vencidos else ""


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
        "cifras": cifras(t),
        "explica": _explica(t),
        "casos": [_caso(c) for c in t["excepciones"]],
        "mas_casos": t["mas_excepciones"],
        "atencion": _atencion(t),
        "ejes": _ejes(t, oscuro),
        "historia": grafica_de_historia(frases.titulo_historia(puntos), puntos, en_meta(t["bandas"]), oscuro),
        "presentacion": _presentacion(t),
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
    metas = frases.de_cuantas(c, "meta", "metas") if c["total"] else "sin metas"
    nombre = nombre_de_nodo(eje)
    liga = nombre if len(nombre) <= LETRAS_DE_LIGA else corto(nombre, LETRAS_DE_LIGA)
    entero = "" if liga == nombre else f"{esc_md(nombre)}  \n"
    alt = f"{nombre}: {c['palabra']}, {c['cifra']} de 100 programado"
    return {
        "liga": f"**{esc_md(liga)}**",
        "texto": f"{entero}{etiqueta(c)}{cifra} :small[· {metas}]  \n:small[{esc_md(_dinero_del_eje(eje))}]",
        "parametros": {"nodo": eje["nodo_id"]},
        "barra": barra(c["valor"], c["estado"], oscuro, alt),
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


def _programas(lista: Sequence[Datos], oscuro: bool) -> dict[str, Any]:
    filas = grafica_programa.filas_de_programas(lista)
    sin = len(lista) - len(filas)
    cuantos = mayuscula(contar(sin, "programa", "programas", False))
    fuera = f" {cuantos} sin los dos datos no se dibujan." if sin else ""
    titulo = frases.titulo_programas(lista)
    leyenda = (
        "Cada círculo es un programa; su tamaño, el dinero autorizado. "
        f"Arriba de la diagonal se ha gastado más de lo logrado.{fuera}"
    )
    return {
        "titulo": titulo,
        "subtitulo": leyenda if filas else "Se dibuja cuando hay programas con avance y gasto a la vez.",
        "alt": f"{titulo}. {len(filas)} programas: avance de la meta anual contra avance financiero.",
        "spec": a_spec(grafica_programa.programas(lista, oscuro)) if filas else None,
        "tabla": {
            "Programa": [f"{p['clave']} {p['nombre']}" for p in lista],
            "Avance anual": [pct(p["avance_anual"]) for p in lista],
            "Avance financiero": [pct(p["avance_financiero"]) for p in lista],
            "Autorizado": ["—" if p["modificado"] is None else moneda(p["modificado"]) for p in lista],
            "Responde": [p["responsable"] for p in lista],
        },
    }


def _presentacion(t: Datos) -> dict[str, Any]:
    """Lo que se proyecta, en texto llano: el corte, los ejes y los casos con quien responde."""
    return {
        "corte": f"{t['municipio']} · corte: {t['corte']['texto']}",
        "casos": [
            {
                "estado": c["estado"],
                "titulo": c["titulo"],
                "detalle": " · ".join(p for p in (c["porque"], c["responsable"]) if p),
            }
            for c in t["excepciones"]
        ],
        "ejes": [
            {
                "nombre": nombre_de_nodo(e),
                "estado": e["cumplimiento"]["estado"],
                "se_ve": " ".join(
                    [simple(e["cumplimiento"])]
                    + ([] if e["cumplimiento"]["valor"] is None else [e["cumplimiento"]["cifra"]])
                ),
                "valor": e["cumplimiento"]["valor"],
            }
            for e in t["ejes"]
        ],
    }


def _pendientes(t: Datos) -> list[str]:
    """Lo que queda fuera del plan, dicho siempre: dinero sin línea aceptada y metas sin línea."""
    suelto, renglones = t["sin_plan"], []
    if suelto["dinero"]:
        proyectos = contar(suelto["proyectos"], "proyecto", "proyectos", False)
        renglones.append(f"{mdp(suelto['dinero'])} sin línea de acción aceptada, de {proyectos}")
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
