"""Ficha ejecutiva de una hoja para la presidencia: el municipio, un eje, un programa o una dependencia."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.reports import comun
from dashboard.reports.barras import barras
from dashboard.reports.bloques import (
    Bloque,
    Campo,
    Cifra,
    Cifras,
    Columna,
    Estilo,
    Ficha,
    Parrafo,
    Tabla,
    porcentaje,
    renglon,
    semaforo,
    texto,
)
from dashboard.reports.documento import Documento, Opcion, Parametros, Preguntar, Reporte
from db.queries.documentos import alcances
from db.queries.ficha_ejecutiva import composicion
from db.queries.figuras import figuras
from db.rules.ficha_ejecutiva import frase, lo_peor
from db.rules.formato import mdp
from db.rules.permisos import Accion
from db.rules.problema import Problema

PARTES, PEORES = 10, 8
"""Cuántas barras y cuántos renglones caben en la hoja."""

DE_QUE = {
    "municipio": "Todo el municipio",
    "nodo": "Un eje",
    "programa": "Un programa",
    "dependencia": "Una dependencia",
}

Datos = Mapping[str, Any]


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """La ficha de lo elegido: programa, dependencia o nodo; sin elegir, el municipio."""
    assert p.mes is not None
    de_que = preguntar(
        composicion,
        anio=p.anio,
        mes=p.mes,
        ente_id=p.ente_id,
        nodo_id=p.nodo_id,
        programa=p.programa,
        dependencia_id=p.dependencia_id,
    )
    if de_que is None:
        raise Problema("Eso no existe en el ejercicio.", "Elija otro programa, eje o dependencia.")
    todas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)
    suya = todas[de_que["suya"]["asunto"]].get(de_que["suya"]["referencia"])
    dinero = todas["dinero"].get(de_que["suya"]["dinero"])
    corte = comun.corte(preguntar, p)
    bloques: list[Bloque] = [
        Parrafo(frase(de_que["nombre"], suya["cumplimiento"] if suya else None, dinero), Estilo.DESTACADO),
        _cabeza(de_que, suya, corte),
        _cifras(suya, dinero),
    ]
    bloques += _partes(todas, de_que)
    bloques += _peores(todas, de_que)
    return Documento(
        REPORTE.clave,
        f"Ficha ejecutiva: {de_que['nombre']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(comun.falta_de_cierre(preguntar, p)),
        corte,
        hoja="Ficha",
    )


def _cabeza(de_que: Datos, suya: Datos | None, corte: str) -> Ficha:
    campos = [Campo("Corte", corte.removeprefix("Corte: "))]
    if de_que["titular"]:
        campos.append(Campo("Responde", de_que["titular"]))
    if suya:
        campos.append(Campo("Metas evaluadas", f"{suya['evaluados']:,} de {suya['total']:,}"))
    return Ficha(tuple(campos), rotulo_ancho=0.2)


def _cifras(suya: Datos | None, dinero: Datos | None) -> Cifras:
    cifras = []
    if suya:
        c, a = suya["cumplimiento"], suya["avance_anual"]
        cifras.append(Cifra("Cumplimiento al corte", c["cifra"], f"{c['icono']} {c['palabra']}", c["estado"]))
        cifras.append(Cifra("Avance del año", a["cifra"], "de lo prometido para diciembre"))
    if dinero:
        cifras.append(Cifra("Presupuesto modificado", mdp(dinero["modificado"])))
        cifras.append(
            Cifra("Devengado", mdp(dinero["devengado"]), f"{dinero['financiero']['cifra']} del modificado")
        )
    return Cifras(tuple(cifras or [Cifra("Cifras", "—", "Sin metas ni dinero en este corte")]))


def _partes(todas: Datos, de_que: Datos) -> list[Bloque]:
    """La gráfica de las partes que se miden, en su orden."""
    medidas = [
        (parte["nombre"], todas[parte["asunto"]][parte["referencia"]]["cumplimiento"])
        for parte in de_que["partes"]
        if parte["referencia"] in todas[parte["asunto"]]
    ]
    if not medidas:
        return []
    caben = medidas if len(medidas) <= PARTES else [*lo_peor(medidas, PARTES)]
    que = de_que["que_son"]
    titulo = (
        f"Cumplimiento de sus {que}" if len(medidas) <= PARTES else f"Sus {que} más lejos de lo programado"
    )
    return [barras(titulo, caben)] if caben else []


def _peores(todas: Datos, de_que: Datos) -> list[Bloque]:
    con_figura = [
        (parte, todas[parte["asunto"]][parte["referencia"]])
        for parte in de_que["revisar"]
        if parte["referencia"] in todas[parte["asunto"]]
    ]
    dineros = {parte["nombre"]: todas["dinero"].get(parte["dinero"]) for parte, _ in con_figura}
    peores = lo_peor(((parte["nombre"], f["cumplimiento"]) for parte, f in con_figura), PEORES)
    que = de_que["que_se_revisa"]
    if not peores:
        return [
            Parrafo(
                f"Ninguna de sus {que} pide atención en este corte."
                if que != "programas"
                else "Ninguno de sus programas pide atención en este corte."
            )
        ]
    columnas = [Columna("Nombre", 4), Columna("Cumplimiento", 1.1), Columna("Estado", 1.4)]
    hay_dinero = any(dineros.values())
    if hay_dinero:
        columnas.append(Columna("Devengado", 1.1))
    filas = []
    for nombre, r in peores:
        celdas = [
            texto(nombre),
            porcentaje(r["valor"], r["cifra"]),
            semaforo(r["estado"], r["palabra"], r["icono"]),
        ]
        if hay_dinero:
            suyo = dineros[nombre]
            financiero = suyo["financiero"] if suyo else None
            celdas.append(porcentaje(financiero["valor"], financiero["cifra"]) if financiero else texto(""))
        filas.append(renglon(*celdas))
    return [Tabla(tuple(columnas), tuple(filas), titulo=f"Lo que pide atención entre sus {que}")]


def juego(preguntar: Preguntar, p: Parametros) -> list[Parametros]:
    """El municipio y cada uno de sus ejes."""
    ejes = preguntar(alcances, anio=p.anio)["ejes"]
    solo = replace(p, nodo_id=None, programa="", dependencia_id=None, otros={})
    return [solo, *(replace(solo, nodo_id=eje["id"]) for eje in ejes)]


REPORTE = Reporte(
    clave="ficha_ejecutiva",
    titulo="Ficha ejecutiva",
    que_es="Una hoja con cómo va el municipio, un eje, un programa o una dependencia, y qué pide atención.",
    grupo="Ejecutivos",
    construir=construir,
    permiso=Accion.VER_TABLERO,
    pide=("mes",),
    pide_segun=lambda otros: (otros["de"],) if otros.get("de") in ("nodo", "programa", "dependencia") else (),
    opciones=(Opcion("de", "De qué trata", lambda preguntar, p: DE_QUE),),
    juego=juego,
)
