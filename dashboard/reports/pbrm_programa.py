"""PbRM-01a, 01b y 01e: proyectos con su dinero, diagnóstico y MIR de cada programa, por dependencia."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Celda,
    Columna,
    Estilo,
    Ficha,
    Lista,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    dinero,
    renglon,
    total,
)
from dashboard.reports.documento import Construir, Documento, Falta, Parametros, Preguntar, Reporte
from dashboard.reports.pbrm_metas import GRUPO, por_dependencia
from db.queries.diagnostico import FODA, atendido, descripciones
from db.queries.mir import mir
from db.queries.pbrm_dinero import aprobado_por_proyecto
from db.queries.pbrm_metas import hojas
from db.rules.formato import moneda
from db.rules.pbrm import por_que_sin_hoja, sin_hoja
from db.rules.permisos import Accion

Datos = Mapping[str, Any]

EJECUTADOS = "Proyectos Ejecutados"
COLUMNAS_01A = (
    Columna("Código Dependencia Auxiliar", 1),
    Columna("Denominación Dependencia Auxiliar", 2.4),
    Columna("Clave del Proyecto", 1.3, grupos=(EJECUTADOS,)),
    Columna("Denominación del Proyecto", 3.4, grupos=(EJECUTADOS,)),
    Columna("Presupuesto autorizado por Proyecto", 1.5, Alinear.DERECHA),
)
COLUMNAS_01E = (
    Columna("Objetivo o resumen narrativo", 3),
    Columna("Nombre", 2, grupos=("Indicadores",)),
    Columna("Fórmula", 2, grupos=("Indicadores",)),
    Columna("Frecuencia y Tipo", 1.2, grupos=("Indicadores",)),
    Columna("Medios de verificación", 2),
    Columna("Supuestos", 1.8),
)
NIVELES = {"fin": "Fin", "proposito": "Propósito", "componente": "Componentes", "actividad": "Actividades"}
FIRMAN_01A = (("REVISÓ", "general"), ("Vo.Bo.", "tesoreria"), ("AUTORIZÓ", "uippe"))
FIRMAN_01E = (("ELABORÓ", "dependencia"), ("REVISÓ", "general"), ("AUTORIZÓ", "uippe"))
TITULO_01A = "PbRM-01a Programa Anual · Dimensión Administrativa del Gasto"
TITULO_01B = "PbRM-01b Programa Anual · Descripción del programa presupuestario"
TITULO_01E = (
    "PbRM-01e Matriz de Indicadores para Resultados por Programa presupuestario y Dependencia General"
)


def _por_programa(preguntar: Preguntar, p: Parametros, clase: str) -> list[list[Datos]]:
    """Las hojas de lo elegido, juntas por programa y dependencia general; el 01a, también sin metas."""
    lista = preguntar(
        hojas,
        anio=p.anio,
        mes=p.mes or 12,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
        proyecto="",
        sin_metas=clase == "pbrm_01a",
    )
    juntas: dict[tuple[str, int], list[Datos]] = {}
    for hoja in lista:
        juntas.setdefault((hoja["programa"], hoja["general"]["id"]), []).append(hoja)
    return list(juntas.values())


def construir(
    clase: str, titulo: str, firman: Sequence[tuple[str, str]], preguntar: Preguntar, p: Parametros
) -> Documento:
    """Una hoja por programa y dependencia general de lo elegido."""
    encabezado = comun.membrete_pbrm(preguntar, p, titulo)
    faltas = comun.falta_de_membrete(encabezado)
    grupos = _por_programa(preguntar, p, clase)
    bloques: list[Bloque] = []
    sueltos = _sin_hoja(preguntar, p, grupos) if clase == "pbrm_01a" else []
    faltas += [_falta_de_hoja(s) for s in sueltos]
    for suyas in grupos:
        primera = suyas[0]
        cuerpo = _cuerpo(clase, preguntar, p, suyas, faltas)
        if not cuerpo:
            continue
        if bloques:
            bloques.append(SaltoDePagina(f"{primera['programa']}-{primera['general']['clave']}"))
        firmas, sin_firma = comun.firmas(preguntar, p, primera["general"]["id"], firman)
        bloques += [_cabeza(primera, clase), *cuerpo, *_nota(sueltos, primera["programa"]), firmas]
        faltas += sin_firma
    if not grupos:
        faltas.append(Falta("No hay proyectos en lo elegido.", "Elija otra dependencia o programa."))
    return Documento(
        clase,
        titulo,
        encabezado,
        tuple(bloques),
        tuple(dict.fromkeys(faltas)),
        horizontal=True,
        hoja=f"{grupos[0][0]['programa']}-{grupos[0][0]['general']['clave']}" if grupos else "",
        con_titulo=False,
    )


def _sin_hoja(preguntar: Preguntar, p: Parametros, grupos: Sequence[Sequence[Datos]]) -> list[Datos]:
    """El presupuesto aprobado de lo elegido que no cabe en ninguna hoja."""
    asignado = preguntar(
        aprobado_por_proyecto,
        anio=p.anio,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
    )
    puestos = {(hoja["clave"], hoja["general"]["id"]) for suyas in grupos for hoja in suyas}
    return sin_hoja(asignado, puestos)


def _falta_de_hoja(suelto: Datos) -> Falta:
    por_que, remedio = por_que_sin_hoja(suelto)
    de = f"del programa {suelto['programa']}" if suelto["programa"] else "sin programa"
    return Falta(f"No van {moneda(suelto['aprobado'])} {de}: {por_que}.", remedio)


def _nota(sueltos: Sequence[Datos], programa: str) -> list[Parrafo]:
    """Lo aprobado del programa que su hoja no lleva; su «Presupuesto Total» es sólo lo impreso."""
    suyos = [s for s in sueltos if s["programa"] == programa]
    if not suyos:
        return []
    razones = "; ".join(f"{moneda(s['aprobado'])}, {por_que_sin_hoja(s)[0]}" for s in suyos)
    return [Parrafo(f"No incluye presupuesto aprobado del mismo programa: {razones}.", Estilo.NOTA)]


def _cuerpo(
    clase: str, preguntar: Preguntar, p: Parametros, suyas: Sequence[Datos], faltas: list[Falta]
) -> list[Bloque]:
    if clase == "pbrm_01a":
        return [_dinero(suyas)]
    if clase == "pbrm_01b":
        return _descripcion(preguntar, p, suyas[0], faltas)
    matriz = _matriz(preguntar, p, suyas[0], faltas)
    return [] if matriz is None else [matriz]


def _descripcion(preguntar: Preguntar, p: Parametros, hoja: Datos, faltas: list[Falta]) -> list[Bloque]:
    """Diagnóstico, objetivo, estrategias y lo que atiende del plan y de los ODS; sin escribir, se dice."""
    general = hoja["general"]
    escritas = preguntar(descripciones, programa_id=hoja["programa_id"], ente_id=general["ente_id"])
    suya: Datos = next((d for d in escritas if d["dependencia_id"] == general["id"]), {})
    if not any(suya.get(campo) for campo in FODA):
        faltas.append(
            Falta(
                f"{general['nombre']} no ha escrito el diagnóstico del programa {hoja['programa']}.",
                "Escríbalo en MIR, en «Diagnóstico».",
            )
        )
    toca = preguntar(atendido, anio=p.anio, clave=hoja["programa"], dependencia_id=general["id"])
    plan = tuple(" › ".join(ruta) for ruta in toca["plan"])
    bloques: list[Bloque] = [Titulo("Diagnóstico", 2)]
    bloques.append(Ficha(tuple(Campo(rotulo, suya.get(campo, "")) for campo, rotulo in FODA.items())))
    for titulo, dicho in (
        ("Objetivo del Programa presupuestario", hoja["objetivo"]),
        ("Estrategias para alcanzar el objetivo del Programa presupuestario", suya.get("estrategias", "")),
    ):
        bloques += [Titulo(titulo, 2), Parrafo(dicho or "—")]
    bloques.append(Titulo("Objetivo, Estrategias y Líneas de Acción del PDM atendidas", 2))
    bloques.append(Lista(plan) if plan else Parrafo("—"))
    bloques.append(Titulo("Objetivos y metas para el Desarrollo Sostenible (ODS), atendidas", 2))
    bloques.append(Lista(tuple(toca["ods"])) if toca["ods"] else Parrafo("—"))
    return bloques


def _cabeza(hoja: Datos, clase: str) -> Ficha:
    campos = [Campo("Programa presupuestario", hoja["programa_nombre"], hoja["programa"])]
    if clase == "pbrm_01e":
        campos.append(Campo("Objetivo del programa presupuestario", hoja["objetivo"]))
    campos.append(Campo("Dependencia General", hoja["general"]["nombre"], hoja["general"]["clave"]))
    if clase == "pbrm_01e":
        campos.append(Campo("Eje de Cambio o Eje transversal", hoja["pilar"]))
        campos.append(Campo("Tema de Desarrollo", hoja["tema"]))
    return Ficha(tuple(campos), con_clave=True)


def _dinero(suyas: Sequence[Datos]) -> Tabla:
    """Un renglón por proyecto y auxiliar; el dinero del proyecto se escribe una vez, en el primero."""
    vistos: dict[str, int] = {}
    filas = []
    for hoja in suyas:
        nuevo = hoja["clave"] not in vistos
        vistos.setdefault(hoja["clave"], hoja["aprobado"])
        filas.append(
            renglon(
                hoja["auxiliar"]["clave"],
                hoja["auxiliar"]["nombre"],
                hoja["clave"],
                hoja["nombre"],
                dinero(hoja["aprobado"] if nuevo else None),
            )
        )
    filas.append(total(Celda("Presupuesto Total", ancho=4), dinero(sum(vistos.values()))))
    return Tabla(COLUMNAS_01A, tuple(filas), resumen="Proyectos ejecutados y su presupuesto autorizado.")


def _matriz(preguntar: Preguntar, p: Parametros, hoja: Datos, faltas: list[Falta]) -> Tabla | None:
    """La MIR del programa en el ente; sin ella se dice y no se hace su hoja."""
    leida = preguntar(mir, anio=p.anio, clave=hoja["programa"], mes=p.mes, ente_id=hoja["general"]["ente_id"])
    if leida is None or not leida["renglones"]:
        faltas.append(Falta(f"El programa {hoja['programa']} no tiene MIR.", "Captúrela en MIR."))
        return None
    filas = []
    for nivel, nombre in NIVELES.items():
        suyos = [r for r in leida["renglones"] if r["nivel"] == nivel]
        if suyos:
            filas.append(total(Celda(nombre, ancho=len(COLUMNAS_01E))))
        filas += [_de_la_mir(r) for r in suyos]
    return Tabla(COLUMNAS_01E, tuple(filas), resumen="Fin, Propósito, Componentes y Actividades.", letra=7.5)


def _de_la_mir(r: Datos) -> Any:
    indicadores = r["indicadores"]
    return renglon(
        r["resumen"],
        "\n".join(i["nombre"] for i in indicadores),
        "\n".join(i["formula"] for i in indicadores),
        "\n".join(" ".join(x for x in (i["frecuencia"], i["tipo"]) if x) for i in indicadores),
        "\n".join(i["medios"] for i in indicadores),
        r["supuestos"],
    )


def _reporte(clave: str, titulo: str, que_es: str, firman: Sequence[tuple[str, str]]) -> Reporte:
    hacer: Construir = partial(construir, clave, titulo, firman)
    return Reporte(
        clave,
        titulo,
        que_es,
        GRUPO,
        hacer,
        Accion.VER_DOCUMENTOS,
        pide=("dependencia?", "programa?"),
        juego=por_dependencia,
    )


REPORTES = (
    _reporte("pbrm_01a", TITULO_01A, "Los proyectos de cada dependencia y su presupuesto.", FIRMAN_01A),
    _reporte("pbrm_01b", TITULO_01B, "El diagnóstico y las estrategias de cada programa.", FIRMAN_01E),
    _reporte("pbrm_01e", TITULO_01E, "La MIR de cada programa por dependencia.", FIRMAN_01E),
)
