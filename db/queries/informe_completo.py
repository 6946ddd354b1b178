"""El Informe entero, listo para imprimirse: capítulos leídos, gráficas, anexos y de dónde salió todo."""

from datetime import date
from typing import Any

from sqlmodel import Session

from db.queries.figuras import Figuras, figuras
from db.queries.informe import informe
from db.queries.informe_acuerdos import acuerdos_del_periodo
from db.queries.informe_capitulo import capitulo
from db.queries.informe_cifras import cortes, resolver
from db.queries.informe_faltas import faltas
from db.queries.municipio import bandas
from db.queries.plan import Arbol, leer_arbol
from db.rules.informe import CLASES_LOGRO, parrafos
from db.rules.informe_cifras import citas, como_se_lee
from db.rules.periodo import Corte, ultimo_dia

Fila = dict[str, Any]

LARGO_DE_PROGRAMA = 8


def completo(session: Session, *, informe_id: int) -> Fila | None:
    """Todo lo que el Informe dice, en valores llanos; None si no existe.

    `informe`, `cortes`, `capitulos` (numero, nivel, titulo, dependencia, estado, parrafos, logros, fotos,
    partes y figura de su nodo), `municipio` y `dinero` al último corte, `anexos` (ejes, programas,
    indicadores, dependencias, presupuesto, obras, acuerdos), `cifras` (cada cita con su valor, origen y
    capítulos), `bandas` y `faltas`.
    """
    entero = informe(session, informe_id=informe_id)
    if entero is None:
        return None
    de_periodo = cortes(session, informe_id=informe_id)
    leidos = [capitulo(session, capitulo_id=c["id"]) or {} for c in entero["capitulos"]]
    dichas = resolver(session, llaves=[c.llave for uno in leidos for c in citas(uno["texto"])])
    todas: Figuras = {}
    arbol: Arbol | None = None
    if de_periodo:
        ultimo = de_periodo[0]
        todas = figuras(session, anio=ultimo["anio"], mes=ultimo["mes"])
        arbol = leer_arbol(session, Corte(ultimo["anio"], ultimo["mes"]))
    return {
        "informe": {campo: valor for campo, valor in entero.items() if campo != "capitulos"},
        "cortes": de_periodo,
        "capitulos": [_capitulo(uno, dichas, todas, arbol) for uno in leidos],
        "municipio": todas.get("municipio", {}).get("metas"),
        "dinero": todas.get("dinero", {}).get("consolidado"),
        "anexos": _anexos(todas, arbol, leidos) | {"acuerdos": _acuerdos(session, entero)},
        "cifras": _indice(leidos, dichas),
        "bandas": _bandas(session, de_periodo),
        "faltas": faltas(session, informe_id=informe_id),
    }


def _capitulo(uno: Fila, dichas: dict[str, Fila], todas: Figuras, arbol: Arbol | None) -> Fila:
    cifras = {llave: cita["dicho"] for llave, cita in dichas.items()}
    nodos = todas.get("nodo", {})
    hijos = arbol.hijos.get(uno["nodo_id"], []) if arbol and uno["nodo_id"] else []
    comunes = ("id", "numero", "titulo", "dependencia", "estado", "fotos", "nodo_id")
    return {
        **{campo: uno[campo] for campo in comunes},
        "nivel": uno["numero"].count(".") + 1,
        "parrafos": [como_se_lee(parrafo, cifras) for parrafo in parrafos(uno["texto"])],
        "logros": [_logro(g) for g in uno["lista_logros"]],
        "figura": nodos.get(str(uno["nodo_id"])),
        "dinero": todas.get("dinero", {}).get(f"nodo/{uno['nodo_id']}"),
        "partes": [
            (nodo.nombre, nodos[str(nodo.id)]["cumplimiento"]) for nodo in hijos if str(nodo.id) in nodos
        ],
    }


def _logro(g: Fila) -> Fila:
    campos = ("titulo", "descripcion", "lugar", "inversion", "beneficiarios", "fecha")
    return {campo: g[campo] for campo in campos} | {
        "clase": CLASES_LOGRO[g["clase"]],
        "proyecto": g["proyecto"] or "",
    }


def _anexos(todas: Figuras, arbol: Arbol | None, leidos: list[Fila]) -> Fila:
    dinero = todas.get("dinero", {})
    raices = {str(nodo.id) for nodo in arbol.hijos.get(None, [])} if arbol else set()
    programas = {c: f for c, f in todas.get("programa", {}).items() if len(c) == LARGO_DE_PROGRAMA}
    return {
        "ejes": [f for llave, f in todas.get("nodo", {}).items() if llave in raices],
        "programas": [{**f, "clave": clave} for clave, f in sorted(programas.items())],
        "indicadores": list(todas.get("indicador", {}).values()),
        "dependencias": sorted(todas.get("dependencia", {}).values(), key=lambda f: f["nombre"]),
        "presupuesto": [
            {**dinero[f"programa/{clave}"], "clave": clave, "nombre": f["nombre"]}
            for clave, f in sorted(programas.items())
            if f"programa/{clave}" in dinero
        ],
        "obras": [{**_logro(g), "capitulo": uno["numero"]} for uno in leidos for g in uno["lista_logros"]],
    }


def _acuerdos(session: Session, entero: Fila) -> list[Fila]:
    desde = date(entero["desde_anio"], entero["desde_mes"], 1)
    hasta = ultimo_dia(entero["hasta_anio"], entero["hasta_mes"])
    return acuerdos_del_periodo(session, desde=desde, hasta=hasta)


def _indice(leidos: list[Fila], dichas: dict[str, Fila]) -> list[Fila]:
    """Cada cifra citada una vez, con los capítulos que la citan."""
    donde: dict[str, list[str]] = {}
    for uno in leidos:
        for cita in citas(uno["texto"]):
            donde.setdefault(cita.llave, []).append(uno["numero"])
    return [{**dichas[llave], "capitulos": ", ".join(cuales)} for llave, cuales in donde.items()]


def _bandas(session: Session, de_periodo: list[Fila]) -> list[Fila]:
    if not de_periodo:
        return []
    vigentes = bandas(session, de_periodo[0]["anio"])
    return [{"palabra": b.palabra, "icono": b.icono, "intervalo": b.intervalo} for b in vigentes]
