"""Expediente de marco lógico de un programa: diagnóstico, árboles, involucrados, MIR, calendario y dinero."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.reports import comun
from dashboard.reports.arbol import dibujar
from dashboard.reports.bloques import (
    Bloque,
    Campo,
    Columna,
    Ficha,
    Imagen,
    Indice,
    Parrafo,
    Tabla,
    Titulo,
    cantidad,
    dinero,
    renglon,
    total,
)
from dashboard.reports.documento import Documento, Falta, Parametros, Preguntar, Reporte
from db.queries.arbol import arbol
from db.queries.estructura import entes_activos
from db.queries.expediente import expediente
from db.queries.mir import mir
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.titular import UIPPE

Datos = Mapping[str, Any]

ARBOLES = (("problema", "Árbol del problema"), ("objetivo", "Árbol de objetivos"))
FODA = ("fortalezas", "oportunidades", "debilidades", "amenazas", "estrategias")
POSTURAS = {"a_favor": "A favor", "indiferente": "Indiferente", "en_contra": "En contra"}

MATRIZ = (
    Columna("Nivel", 1),
    Columna("Resumen narrativo", 2.6),
    Columna("Indicadores", 2),
    Columna("Fórmula y frecuencia", 2.2),
    Columna("Medios de verificación", 2),
    Columna("Supuestos", 1.8),
)
INVOLUCRADOS = (
    Columna("Grupo", 2),
    Columna("Interés", 2),
    Columna("Problema percibido", 2),
    Columna("Recursos", 1.6),
    Columna("Postura", 1),
    Columna("Fuerza (1 a 5)", 0.7),
)
CALENDARIO = (
    Columna("Meta de actividad", 4),
    Columna("Unidad", 1.3),
    *(Columna(f"Trimestre {n}", 0.9) for n in (1, 2, 3, 4)),
)
CAPITULOS = (
    Columna("Capítulo", 3),
    Columna("Aprobado", 1.3),
    Columna("Modificado", 1.3),
    Columna("Devengado", 1.3),
)


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """El expediente del programa elegido en un ente; sin ente, el primero."""
    ente_id = p.ente_id or preguntar(entes_activos)[0]["id"]
    datos = preguntar(expediente, anio=p.anio, clave=p.programa, ente_id=ente_id, mes=p.mes)
    matriz = preguntar(mir, anio=p.anio, clave=p.programa, mes=p.mes, ente_id=ente_id)
    if datos is None or matriz is None:
        raise Problema("Ese programa no existe en el ejercicio.", "Elija otro.")
    nodos = preguntar(arbol, programa_id=datos["id"], ente_id=ente_id)
    faltas: list[Falta] = []
    bloques: list[Bloque] = [
        Indice(),
        Ficha((Campo("Programa", datos["nombre"], p.programa), Campo("Objetivo", datos["objetivo"]))),
        *_diagnostico(datos, faltas),
        *_arboles(nodos, faltas),
        *_involucrados(datos["involucrados"], faltas),
        *_mir(matriz, faltas),
        *_calendario(datos["actividades"]),
        *_dinero(datos["capitulos"]),
    ]
    firman, sin_firma = comun.firma_del_ente(preguntar, replace(p, ente_id=ente_id), UIPPE)
    bloques += firman
    faltas += sin_firma
    return Documento(
        "expediente_mml",
        f"Expediente de marco lógico: {datos['nombre']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(faltas),
        corte=comun.corte(preguntar, p),
        horizontal=True,
    )


def _diagnostico(datos: Datos, faltas: list[Falta]) -> list[Bloque]:
    bloques: list[Bloque] = [Titulo("Diagnóstico", 2)]
    if not datos["descripciones"]:
        faltas.append(Falta("El programa no tiene diagnóstico (PbRM-01b).", "Captúrelo en su ficha."))
        return [*bloques, Parrafo("Sin diagnóstico capturado.")]
    for d in datos["descripciones"]:
        campos = [Campo(c.capitalize(), d[c]) for c in FODA]
        campos.append(Campo("Población potencial", d["poblacion_potencial"]))
        campos.append(Campo("Población objetivo", d["poblacion_objetivo"]))
        bloques.append(Ficha(tuple(campos), titulo=d["dependencia"]))
    return bloques


def _arboles(nodos: Sequence[Datos], faltas: list[Falta]) -> list[Bloque]:
    bloques: list[Bloque] = []
    for campo, titulo in ARBOLES:
        svg = dibujar(nodos, campo)
        if svg is None:
            faltas.append(Falta(f"Falta el {titulo.lower()}.", "Captúrelo en MIR."))
            continue
        dichos = "; ".join(n[campo] for n in nodos if n[campo])
        bloques += [Titulo(titulo, 2), Imagen(svg, "image/svg+xml", f"{titulo}: {dichos}.")]
    return bloques


def _involucrados(lista: Sequence[Datos], faltas: list[Falta]) -> list[Bloque]:
    if not lista:
        faltas.append(Falta("El programa no tiene análisis de involucrados.", "Captúrelo en su ficha."))
        return []
    filas = tuple(
        renglon(
            i["grupo"], i["interes"], i["problema"], i["recursos"], POSTURAS[i["postura"]], str(i["fuerza"])
        )
        for i in lista
    )
    return [
        Titulo("Análisis de involucrados", 2),
        Tabla(INVOLUCRADOS, filas, resumen="Grupos con interés en el problema."),
    ]


def _mir(matriz: Datos, faltas: list[Falta]) -> list[Bloque]:
    if not matriz["renglones"]:
        faltas.append(Falta("El programa no tiene MIR.", "Captúrela en MIR."))
        return []
    faltas += [
        Falta(f"MIR: {f['regla']} ({f['donde']}).", f["remedio"])
        for f in matriz["faltas"]
        if f["gravedad"] != "aviso"
    ]
    filas = tuple(
        renglon(
            r["clave"],
            r["resumen"],
            "\n".join(i["nombre"] for i in r["indicadores"]),
            "\n".join(f"{i['formula']} ({i['frecuencia']})" for i in r["indicadores"]),
            "\n".join(i["medios"] for i in r["indicadores"]),
            r["supuestos"],
        )
        for r in matriz["renglones"]
    )
    return [
        Titulo("Matriz de Indicadores para Resultados", 2),
        Tabla(MATRIZ, filas, resumen="Fin, Propósito, Componentes y Actividades.", letra=7.5),
    ]


def _calendario(actividades: Sequence[Datos]) -> list[Bloque]:
    bloques: list[Bloque] = [Titulo("Calendario de metas de actividad", 2)] if actividades else []
    for proyecto in actividades:
        filas = tuple(
            renglon(m["nombre"], m["unidad"], *(cantidad(t) for t in m["trimestres"]))
            for m in proyecto["metas"]
        )
        bloques.append(Tabla(CALENDARIO, filas, titulo=proyecto["proyecto"], resumen="Metas por trimestre."))
    return bloques


def _dinero(capitulos: Sequence[Datos]) -> list[Bloque]:
    if not capitulos:
        return []
    montos = ("aprobado", "modificado", "devengado")
    filas = [
        renglon(f"{c['codigo']} {c['nombre']}".strip(), *(dinero(c[m]) for m in montos)) for c in capitulos
    ]
    filas.append(total("Total", *(dinero(sum(c[m] for c in capitulos)) for m in montos)))
    return [
        Titulo("Presupuesto por capítulo", 2),
        Tabla(CAPITULOS, tuple(filas), resumen="Gasto del programa por capítulo, al corte."),
    ]


REPORTE = Reporte(
    "expediente_mml",
    "Expediente de marco lógico",
    "Diagnóstico, árboles dibujados, involucrados, MIR, calendario y presupuesto de un programa.",
    "Programas",
    construir,
    Accion.VER_PLAN,
    pide=("programa",),
)
