"""Los textos que recibe el órgano de fiscalización (01d, 01e, 02a, 08b, 08c), ya revisados."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import Bloque, Columna, Estilo, Parrafo, Tabla, Titulo, renglon
from dashboard.reports.documento import Archivo, Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from dashboard.reports.pbrm_indicadores import OPERACIONES
from dashboard.reports.pbrm_programa import NIVELES
from db.queries.documentos import clave_osfem
from db.queries.figuras import del_cierre_anterior, figuras
from db.queries.mir import mir
from db.queries.pbrm_indicadores import con_avance as con_avance_de_indicador
from db.queries.pbrm_indicadores import fichas
from db.queries.pbrm_metas import con_avance, hojas
from db.rules import osfem as reglas
from db.rules.osfem import DISPOSICIONES, META, VARIABLE, Disposicion, Escritura, Fila, Rechazo
from db.rules.permisos import Accion
from db.rules.problema import Problema

Datos = Mapping[str, Any]
Renglones = Iterator[dict[str, reglas.Valor]]

GRUPO = "Órgano de fiscalización (texto)"
MUESTRA, COLUMNAS_A_LA_VISTA, LIMITE_DE_FALTAS = 20, 8, 40
POR_CONFIRMAR = (
    "Disposición por confirmar con el OSFEM: campos separados por «|», un renglón por dato, sin encabezado."
)
RECHAZOS = (
    Columna("Renglón", 0.6),
    Columna("Columna", 2),
    Columna("Qué pasa", 2.4),
    Columna("Remedio", 2),
)
QUE_ES = {
    "01d": "Un renglón por variable y uno por indicador, con su calendario.",
    "01e": "Un renglón por indicador de cada MIR.",
    "02a": "Un renglón por meta de actividad, con sus cuatro trimestres.",
    "08b": "Un renglón por variable y uno por indicador, con su avance.",
    "08c": "Un renglón por meta de actividad, con su avance.",
}


def _01d(preguntar: Preguntar, p: Parametros, _ente: str) -> Renglones:
    for f in _fichas(preguntar, p):
        comunes = _de_ficha(f)
        for v in f["variables"]:
            trimestres = reglas.trimestres(v["anual"], v["calendario"])
            yield {**comunes, reglas.CLASE: VARIABLE, **_variable(v), **trimestres}
        yield {
            **comunes,
            reglas.CLASE: META,
            **reglas.trimestres(f["meta_anual"], f["trimestres"]),
            "anual": f["meta_anual"],
            "meta_descripcion": f["meta_descripcion"],
            "medios": f["medios_verificacion"],
            "metas": "; ".join(m["nombre"] for m in f["metas"]),
        }


def _01e(preguntar: Preguntar, p: Parametros, _ente: str) -> Renglones:
    todas = preguntar(hojas, anio=p.anio, mes=p.mes or 12, ente_id=p.ente_id, programa=p.programa)
    niveles = {nivel: f"N{n}" for n, nivel in enumerate(NIVELES, start=1)}
    for programa in sorted({h["programa"] for h in todas}):
        matriz = preguntar(mir, anio=p.anio, clave=programa, mes=p.mes, ente_id=p.ente_id)
        if matriz is None:
            continue
        suya = next(h for h in todas if h["programa"] == programa)
        for r in matriz["renglones"]:
            for i in r["indicadores"]:
                yield {
                    "programa": programa,
                    "programa_nombre": suya["programa_nombre"],
                    "objetivo": suya["objetivo"],
                    "nivel": niveles[r["nivel"]],
                    "resumen": r["resumen"],
                    "codigo": i["indicador_id"] or i["id"],
                    **{c: i[c] for c in ("nombre", "formula", "frecuencia", "tipo", "medios")},
                    "supuestos": r["supuestos"],
                }


def _02a(preguntar: Preguntar, p: Parametros, _ente: str) -> Renglones:
    for hoja in _hojas(preguntar, p):
        for m in hoja["metas"]:
            trimestres = reglas.trimestres(m["anual"], [c.meta for c in m["calendario"]])
            partes = reglas.trimestres(m["anual"], [c.parte for c in m["calendario"]], "_parte")
            yield {**_de_meta(hoja, m), **reglas.seccionar(hoja["clave"]), **trimestres, **partes}


def _08b(preguntar: Preguntar, p: Parametros, ente: str) -> Renglones:
    assert p.mes is not None
    suyas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)["indicador"]
    for f in con_avance_de_indicador(_fichas(preguntar, p), suyas, p.mes):
        comunes = {"ente": ente, "codigo": f["id"], "nombre": f["nombre"]}
        for v in f["variables"]:
            avances = reglas.avance("trimestral", v["trimestre"]) | reglas.avance("acumulado", v["acumulado"])
            yield {**comunes, reglas.CLASE: VARIABLE, **_variable(v), **avances}
        medidos = _medido("trimestral", f["trimestre"]) | _medido("acumulado", f["acumulado"])
        yield {**comunes, reglas.CLASE: META, "anual": f["meta_anual"], **medidos}


def _08c(preguntar: Preguntar, p: Parametros, ente: str) -> Renglones:
    assert p.mes is not None
    suyas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)["meta"]
    previas = preguntar(del_cierre_anterior, anio=p.anio, mes=p.mes)
    for hoja in _hojas(preguntar, p):
        for m in con_avance(hoja["metas"], suyas, p.mes, previas):
            avances = reglas.avance("trimestral", m["trimestre"]) | reglas.avance("acumulado", m["acumulado"])
            yield {**_de_meta(hoja, m), "ente": ente, "proyecto": hoja["clave"], **avances}


def _fichas(preguntar: Preguntar, p: Parametros) -> list[dict[str, Any]]:
    return preguntar(
        fichas,
        anio=p.anio,
        mes=p.mes,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
    )


def _hojas(preguntar: Preguntar, p: Parametros) -> list[dict[str, Any]]:
    return preguntar(
        hojas,
        anio=p.anio,
        mes=p.mes or 12,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
    )


def _de_ficha(f: Datos) -> dict[str, reglas.Valor]:
    return {
        "codigo": f["id"],
        "factor": f["factor_comparacion"],
        **{
            c: f[c]
            for c in ("nombre", "programa", "auxiliar", "interpretacion", "dimension", "descripcion_factor")
        },
    }


def _variable(v: Datos) -> dict[str, reglas.Valor]:
    return {
        "letra": v["letra"],
        "variable": v["nombre"],
        "unidad": v["unidad"],
        "operacion": OPERACIONES[v["operacion"]],
        "anual": v["anual"],
    }


def _de_meta(hoja: Datos, m: Datos) -> dict[str, reglas.Valor]:
    return {
        "general": hoja["general"]["clave"],
        "auxiliar": hoja["auxiliar"]["clave"],
        "numero": m["numero"],
        "meta": m["nombre"],
        "unidad": m["unidad"],
        "anual": m["anual"],
    }


def _medido(que: str, m: Datos | None) -> dict[str, reglas.Valor]:
    if m is None:
        return {}
    c = m["cumplimiento"]
    medido = reglas.medido(que, m["programado"], m["alcanzado"], c["valor"])
    return {**medido, f"{que}_semaforo": c["palabra"]}


FILAS: dict[str, Callable[[Preguntar, Parametros, str], Renglones]] = {
    "01d": _01d,
    "01e": _01e,
    "02a": _02a,
    "08b": _08b,
    "08c": _08c,
}


def _leer(clave: str, preguntar: Preguntar, p: Parametros) -> tuple[str, list[Fila]]:
    """La clave del ente y los renglones del archivo; sin ente elegido no hay a nombre de quién."""
    ente = preguntar(clave_osfem, ente_id=p.ente_id) if p.ente_id is not None else ""
    return ente, list(FILAS[clave](preguntar, p, ente))


def _escritura(p: Parametros) -> Escritura:
    return Escritura(p.otros.get("comillas", "si") == "si", p.otros.get("codificacion", "utf-8"))


def construir(clave: str, preguntar: Preguntar, p: Parametros) -> Documento:
    """Lo que se escribiría y lo que se rechazaría, para verlo antes de hacer el archivo."""
    cual = DISPOSICIONES[clave]
    ente, filas = _leer(clave, preguntar, p)
    rechazos = reglas.revisar(cual, filas, _escritura(p))
    bloques: list[Bloque] = [
        Parrafo(
            f"{len(filas):,} renglones por escribir; {len(rechazos):,} datos se rechazarían.",
            Estilo.DESTACADO,
        ),
        Parrafo(f"{POR_CONFIRMAR} {cual.fuente}", Estilo.NOTA),
        *_de_rechazos(rechazos),
        *_muestra(cual, filas),
    ]
    faltas = _faltas(p, ente, filas, rechazos)
    if p.mes:
        faltas += comun.falta_de_cierre(preguntar, p)
    return Documento(
        f"osfem_{clave}",
        f"{cual.titulo}, archivo de texto",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(faltas),
        corte=comun.corte(preguntar, p) if p.mes else "",
        horizontal=True,
    )


def _faltas(p: Parametros, ente: str, filas: Sequence[Fila], rechazos: Sequence[Rechazo]) -> list[Falta]:
    if p.ente_id is None:
        return [Falta("El archivo es de un solo ente.", "Elija uno en los filtros, arriba.")]
    faltas = []
    if not ente:
        faltas.append(
            Falta("Falta la clave del ente ante el OSFEM.", "Escríbala en Configuración, en «Entes».")
        )
    if not filas:
        faltas.append(Falta("No hay nada que escribir en lo elegido.", "Elija otra dependencia o programa."))
    return faltas + [
        Falta(f"Renglón {r.renglon}, {r.columna}: {r.que}", r.remedio) for r in rechazos[:LIMITE_DE_FALTAS]
    ]


def _de_rechazos(rechazos: Sequence[Rechazo]) -> list[Tabla]:
    if not rechazos:
        return []
    filas = tuple(renglon(str(r.renglon), r.columna, r.que, r.remedio) for r in rechazos)
    return [Tabla(RECHAZOS, filas, titulo="Lo que se rechazaría", resumen="Dato, causa y remedio.")]


def _muestra(cual: Disposicion, filas: Sequence[Fila]) -> list[Bloque]:
    """Las columnas en su orden y los primeros renglones de cada clase."""
    bloques: list[Bloque] = []
    for clase, columnas in cual.renglones.items():
        orden = ", ".join(c.titulo for c in columnas)
        nombre = {VARIABLE: " de variable", META: " de indicador"}.get(clase, "")
        suyas = [f for f in filas if f.get(reglas.CLASE, "") == clase][:MUESTRA]
        visibles = columnas[-COLUMNAS_A_LA_VISTA:]
        bloques += [
            Titulo(f"Renglón{nombre}: {len(columnas)} columnas", 2),
            Parrafo(f"{orden}."),
            Tabla(
                tuple(Columna(c.titulo) for c in visibles),
                tuple(renglon(*(reglas.escrito(c, f.get(c.campo)) for c in visibles)) for f in suyas),
                titulo="Las últimas columnas de los primeros renglones",
                resumen="Los primeros renglones del archivo.",
                letra=7,
            ),
        ]
    return bloques


def texto(clave: str, preguntar: Preguntar, p: Parametros) -> Archivo:
    """El archivo. Problema si algo se rechazaría: ni como borrador se escribe uno corrido o sin ente."""
    cual = DISPOSICIONES[clave]
    ente, filas = _leer(clave, preguntar, p)
    if not ente or not filas:
        falta = _faltas(p, ente, filas, [])[0]
        raise Problema(falta.que, falta.remedio)
    nombre = reglas.nombre_de(cual, ente, p.anio, p.mes or 12)
    return Archivo(nombre, reglas.archivo(cual, filas, _escritura(p)))


OPCIONES = (
    Opcion(
        "comillas",
        "Campos entre comillas",
        lambda _preguntar, _p: {"si": "Sí", "no": "No"},
    ),
    Opcion("codificacion", "Letras", lambda _preguntar, _p: reglas.CODIFICACIONES),
)

REPORTES = tuple(
    Reporte(
        f"osfem_{clave}",
        f"{cual.titulo.split(' ', 1)[0]} en texto para el OSFEM",
        f"{QUE_ES[clave]} Disposición por confirmar.",
        GRUPO,
        partial(construir, clave),
        Accion.VER_DOCUMENTOS,
        pide=(*(("mes",) if clave.startswith("08") else ()), "dependencia?", "programa?"),
        formatos=("txt",),
        opciones=OPCIONES,
        propios={"txt": partial(texto, clave)},
    )
    for clave, cual in DISPOSICIONES.items()
)
