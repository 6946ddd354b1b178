"""PbRM-01c, 02a y 08c: las metas de actividad de cada proyecto, programadas, calendarizadas y alcanzadas."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Celda,
    Cifrado,
    Columna,
    Estilo,
    Ficha,
    Parrafo,
    Renglon,
    SaltoDePagina,
    Tabla,
    cantidad,
    dinero,
    porcentaje,
    renglon,
    total,
)
from dashboard.reports.documento import Documento, Falta, Parametros, Preguntar, Reporte
from db.queries.documentos import alcances
from db.queries.figuras import del_cierre_anterior, figuras
from db.queries.pbrm_metas import con_avance, con_nombres, hojas
from db.rules.formato import trimestre
from db.rules.pbrm import Avance, Cuanto, variacion
from db.rules.permisos import Accion

Datos = Mapping[str, Any]
Armar = Callable[[Datos, Parametros], tuple[Tabla, list[Campo]]]

GRUPO = "PbRM"
FIRMAN = (("ELABORÓ", "dependencia"), ("REVISÓ", "general"), ("AUTORIZÓ", "uippe"))
FIRMAN_01C = (("ELABORÓ", "dependencia"), ("Vo.Bo.", "tesoreria"), ("AUTORIZÓ", "uippe"))

DEDUCIDO = (
    "Este cierre guardó sólo lo acumulado: lo del trimestre es su diferencia con el cierre anterior, o el "
    "último valor de lo que no se suma."
)
SIN_SABERSE = "Este cierre no guardó el trimestre y de sus acumulados no se puede saber; ID:"

D = Alinear.DERECHA


def _par(grupo: tuple[str, ...], titulos: tuple[str, str] = ("Meta", "%")) -> tuple[Columna, Columna]:
    return tuple(Columna(t, 0.8, D, grupo) for t in titulos)  # type: ignore[return-value]


COLUMNAS_01C = (
    Columna("Código", 0.6),
    Columna("Descripción de las Metas de Actividad sustantivas relevantes", 4),
    Columna("Unidad de Medida", 1.3, grupos=("Metas de actividad",)),
    Columna("Programado", 1, D, ("Metas de actividad", "Año anterior")),
    Columna("Alcanzado", 1, D, ("Metas de actividad", "Año anterior")),
    Columna("Programado", 1, D, ("Metas de actividad", "Año")),
    Columna("Absoluta", 0.9, D, ("Variación",)),
    Columna("%", 0.7, D, ("Variación",)),
)
COLUMNAS_02A = (
    Columna("Código", 0.6),
    Columna("Descripción de las Metas de Actividad", 4),
    Columna("Unidad de Medida", 1.3),
    Columna("Cantidad Programada Anual", 1, D),
    *(
        columna
        for nombre in ("Primer", "Segundo", "Tercer", "Cuarto")
        for columna in _par((f"{nombre} Trimestre",), ("Abs.", "%"))
    ),
)
TRIMESTRAL, ACUMULADO = "Avance Trimestral", "Avance Acumulado Anual"
COLUMNAS_08C = (
    Columna("ID", 0.5),
    Columna("Nombre de la meta de actividad", 3.4),
    Columna("Unidad de Medida", 1.2, grupos=("Programación Anual",)),
    Columna("Programada", 0.9, D, ("Programación Anual",)),
    *(
        columna
        for periodo in (TRIMESTRAL, ACUMULADO)
        for que in ("Programada", "Alcanzada", "Variación")
        for columna in _par((periodo, que))
    ),
)


def _cuanto(c: Cuanto) -> tuple[Celda, Celda]:
    return cantidad(c.meta), porcentaje(c.parte)


def _avance(a: Avance) -> tuple[Celda, ...]:
    return (*_cuanto(a.programada), *_cuanto(a.alcanzada), *_cuanto(a.variacion))


def _de_01c(m: Datos) -> Renglon:
    antes = m["antes"]
    return renglon(
        str(m["numero"]),
        m["nombre"],
        m["unidad"],
        cantidad(antes["programado"]),
        cantidad(antes["alcanzado"]),
        cantidad(m["original"]),
        *_cuanto(variacion(antes["alcanzado"], m["original"])),
    )


def _de_02a(m: Datos) -> Renglon:
    celdas = [celda for c in m["calendario"] for celda in _cuanto(c)]
    return renglon(str(m["numero"]), m["nombre"], m["unidad"], cantidad(m["anual"]), *celdas)


def _de_08c(m: Datos) -> Renglon:
    return renglon(
        str(m["numero"]),
        m["nombre"],
        m["unidad"],
        cantidad(m["anual"]),
        *_avance(m["trimestre"]),
        *_avance(m["acumulado"]),
    )


def _01c(hoja: Datos, p: Parametros) -> tuple[Tabla, list[Campo]]:
    columnas = tuple(
        replace(c, grupos=(c.grupos[0], f"{p.anio - 1 if c.grupos[1] == 'Año anterior' else p.anio}"))
        if len(c.grupos) == 2
        else c
        for c in COLUMNAS_01C
    )
    filas = [_de_01c(m) for m in hoja["metas"]]
    gasto = dinero(hoja["aprobado"], ancho=3)
    filas.append(total(Celda("Gasto estimado total", ancho=len(columnas) - 3), gasto))
    campos = [Campo("Descripción del Proyecto", hoja["descripcion"])]
    return Tabla(columnas, tuple(filas), resumen="Metas de actividad del proyecto.", letra=7.5), campos


def _02a(hoja: Datos, _p: Parametros) -> tuple[Tabla, list[Campo]]:
    filas = tuple(_de_02a(m) for m in hoja["metas"])
    return Tabla(COLUMNAS_02A, filas, resumen="Metas calendarizadas por trimestre.", letra=7), []


def _08c(hoja: Datos, p: Parametros) -> tuple[Tabla, list[Campo]]:
    filas = [_de_08c(m) for m in hoja["metas"]]
    cuantas = len(hoja["metas"])
    filas.append(
        total(
            Celda("Total", ancho=2),
            Celda(f"{cuantas} metas" if cuantas != 1 else "1 meta", cuantas, Cifrado.NUMERO, ancho=14),
        )
    )
    assert p.mes is not None
    campos = [Campo("Trimestre", trimestre(p.anio, (p.mes + 2) // 3))]
    return Tabla(COLUMNAS_08C, tuple(filas), resumen="Avance del trimestre y acumulado.", letra=6.5), campos


def construir(
    clase: str,
    titulo: str,
    armar: Armar,
    firman: Sequence[tuple[str, str]],
    preguntar: Preguntar,
    p: Parametros,
) -> Documento:
    """Una hoja por proyecto y dependencia auxiliar de lo elegido."""
    lista = preguntar(
        hojas,
        anio=p.anio,
        mes=p.mes or 12,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
        proyecto=p.proyecto,
    )
    if clase == "pbrm_08c":
        lista = _al_corte(preguntar, p, lista)
    encabezado = comun.membrete_pbrm(preguntar, p, titulo)
    faltas = [*comun.falta_de_membrete(encabezado)]
    if clase == "pbrm_08c":
        faltas += comun.falta_de_cierre(preguntar, p)
    if not lista:
        faltas.append(Falta("No hay metas de actividad en lo elegido.", "Elija otra dependencia o programa."))
    bloques: list[Bloque] = []
    for n, hoja in enumerate(lista):
        if n:
            bloques.append(SaltoDePagina(f"{hoja['clave']}-{hoja['auxiliar']['clave']}"))
        tabla, campos = armar(hoja, p)
        firmas, sin_firma = comun.firmas(preguntar, p, hoja["auxiliar"]["id"], firman)
        bloques += [_cabeza(hoja, campos), tabla, *_notas(hoja["metas"]), firmas]
        faltas += sin_firma
    return Documento(
        clase,
        titulo,
        encabezado,
        tuple(bloques),
        tuple(dict.fromkeys(faltas)),
        corte=comun.corte(preguntar, p) if p.mes else "",
        horizontal=True,
        hoja=f"{lista[0]['clave']}-{lista[0]['auxiliar']['clave']}" if lista else "",
        con_titulo=False,
    )


def _al_corte(preguntar: Preguntar, p: Parametros, lista: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Las hojas con el avance de sus metas: lo congelado, si el periodo está cerrado."""
    assert p.mes is not None
    suyas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)["meta"]
    guardado = all("trimestre" in figura for figura in suyas.values())
    previas = {} if guardado else preguntar(del_cierre_anterior, anio=p.anio, mes=p.mes)
    puestas = [{**hoja, "metas": con_avance(hoja["metas"], suyas, p.mes, previas)} for hoja in lista]
    return [con_nombres(hoja, suyas) for hoja in puestas if hoja["metas"]]


def _notas(metas: Sequence[Datos]) -> list[Parrafo]:
    """De un cierre que no guardó el trimestre, de dónde salió el suyo y cuáles no se pueden saber."""
    deducidas = {m.get("deducido") for m in metas}
    notas = []
    if "diferencia" in deducidas:
        notas.append(DEDUCIDO)
    if "sin_saberse" in deducidas:
        cuales = ", ".join(str(m["numero"]) for m in metas if m["deducido"] == "sin_saberse")
        notas.append(f"{SIN_SABERSE} {cuales}.")
    return [Parrafo(nota, Estilo.NOTA) for nota in notas]


def _cabeza(hoja: Datos, campos: Sequence[Campo]) -> Ficha:
    general, auxiliar = hoja["general"], hoja["auxiliar"]
    return Ficha(
        (
            Campo("Programa presupuestario", hoja["programa_nombre"], hoja["programa"]),
            Campo("Proyecto", hoja["nombre"], hoja["clave"]),
            Campo("Dependencia General", general["nombre"], general["clave"]),
            Campo("Dependencia Auxiliar", auxiliar["nombre"], auxiliar["clave"]),
            *campos,
        ),
        con_clave=True,
    )


def por_dependencia(preguntar: Preguntar, p: Parametros) -> list[Parametros]:
    """Un documento por dependencia general con metas: el juego de todo el municipio."""
    todas = preguntar(alcances, anio=p.anio)["dependencias"]
    suyas = [d for d in todas if p.ente_id in (None, d["ente_id"])]
    pedidos = [replace(p, ente_id=d["ente_id"], dependencia_id=d["id"]) for d in suyas]
    return [
        uno
        for uno in pedidos
        if preguntar(
            hojas,
            anio=uno.anio,
            mes=uno.mes or 12,
            ente_id=uno.ente_id,
            dependencia_id=uno.dependencia_id,
            programa="",
            proyecto="",
        )
    ]


FORMATOS: tuple[tuple[str, str, str, Armar, tuple[tuple[str, str], ...], tuple[str, ...]], ...] = (
    (
        "pbrm_01c",
        "PbRM-01c Programa Anual de Metas de Actividad por Proyecto",
        "Lo programado este año y lo alcanzado el anterior.",
        _01c,
        FIRMAN_01C,
        (),
    ),
    (
        "pbrm_02a",
        "PbRM-02a Calendarización de Metas de Actividad por Proyecto",
        "Lo programado en cada trimestre.",
        _02a,
        FIRMAN,
        (),
    ),
    (
        "pbrm_08c",
        "PbRM-08c Avance trimestral de metas de actividad por proyecto",
        "Lo alcanzado en el trimestre y en el año.",
        _08c,
        FIRMAN,
        ("mes",),
    ),
)

REPORTES = tuple(
    Reporte(
        clave,
        titulo,
        que_es,
        GRUPO,
        partial(construir, clave, titulo, armar, firman),
        Accion.VER_DOCUMENTOS,
        pide=(*pide, "dependencia?", "programa?", "proyecto?"),
        juego=por_dependencia,
    )
    for clave, titulo, que_es, armar, firman, pide in FORMATOS
)
