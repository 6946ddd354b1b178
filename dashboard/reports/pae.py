"""El Programa Anual de Evaluación y el seguimiento de los aspectos susceptibles de mejora."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Parrafo,
    Renglon,
    Tabla,
    Titulo,
    dinero,
    porcentaje,
    renglon,
    semaforo,
)
from dashboard.reports.documento import Documento, Falta, Parametros, Preguntar, Reporte
from db.queries import pae
from db.queries.municipio import hoy
from db.rules.formato import fecha
from db.rules.pae import CLASES, ESTADOS_ASM, ESTADOS_EVALUACION, PRIORIDADES, TIPOS
from db.rules.permisos import Accion
from db.rules.titular import UIPPE

Datos = Mapping[str, Any]

GRUPO = "Evaluación"

EVALUACIONES = (
    Columna("Evaluación", 2.6),
    Columna("Tipo", 1.3),
    Columna("Programa presupuestario", 2),
    Columna("Unidad responsable", 2),
    Columna("Evaluador", 1.6),
    Columna("Costo", 1.1),
    Columna("Inicio", 0.9),
    Columna("Término", 0.9),
    Columna("Estado", 1),
)
ACCIONES = (
    Columna("Acción", 2.6),
    Columna("Dependencia", 1.8),
    Columna("Producto", 1.6),
    Columna("Inicio", 0.9),
    Columna("Término", 0.9),
    Columna("Avance", 0.7),
    Columna("Situación", 1),
)


def programa_anual(preguntar: Preguntar, p: Parametros) -> Documento:
    """Qué se evalúa en el ejercicio, de qué tipo, quién y cuándo (LGCG art. 79)."""
    datos, dia = _programa(preguntar, p)
    programa = datos["pae"]
    publicado = programa["publicado_en"] if programa else None
    bloques: list[Bloque] = [
        Ficha(
            (
                Campo("Fundamento", programa["fundamento"] if programa else ""),
                Campo("Publicado el", fecha(publicado)),
                Campo("Medio", programa["medio"] if programa else ""),
                Campo("Límite para publicarlo", fecha(datos["limite"])),
            )
        ),
        Tabla(
            EVALUACIONES,
            tuple(_de_evaluacion(e) for e in datos["evaluaciones"]),
            titulo="Cronograma de evaluaciones",
            resumen="Cada evaluación con su tipo, el programa y la unidad evaluada, quién evalúa y cuándo.",
        ),
    ]
    for e in datos["evaluaciones"]:
        if e["objetivo"]:
            bloques += [Titulo(e["nombre"], 2), Parrafo(e["objetivo"])]
    faltas = []
    if not datos["evaluaciones"]:
        faltas.append(Falta("No hay evaluaciones programadas.", "Prográmelas en Evaluación (PAE)."))
    if publicado is None and dia > datos["limite"]:
        faltas.append(Falta("El programa no se ha publicado y su plazo pasó.", "Registre su publicación."))
    return _documento(preguntar, p, "pae", f"Programa Anual de Evaluación {p.anio}", bloques, faltas)


def aspectos(preguntar: Preguntar, p: Parametros) -> Documento:
    """Cada recomendación con la opinión de la dependencia, sus acciones, su avance y su evidencia."""
    dia = preguntar(hoy)
    lista = preguntar(pae.seguimiento, anio=p.anio, ente_id=p.ente_id, hoy=dia)
    bloques: list[Bloque] = []
    evaluacion = None
    for aspecto in lista:
        if aspecto["evaluacion"]["id"] != evaluacion:
            evaluacion = aspecto["evaluacion"]["id"]
            bloques.append(Titulo(aspecto["evaluacion"]["nombre"], 2))
        bloques += _de_aspecto(aspecto)
    faltas = [] if lista else [Falta("Ninguna evaluación ha dejado recomendaciones.", "Regístrelas en PAE.")]
    faltas += [
        Falta(
            f"El aspecto {a['numero']} de «{a['evaluacion']['nombre']}» sigue por opinar.", "Pida la opinión."
        )
        for a in lista
        if a["estado"] == "por_opinar"
    ]
    titulo = f"Seguimiento a los Aspectos Susceptibles de Mejora {p.anio}"
    return _documento(preguntar, p, "asm", titulo, bloques, faltas)


def _programa(preguntar: Preguntar, p: Parametros) -> tuple[dict[str, Any], date]:
    dia = preguntar(hoy)
    return preguntar(pae.programa, anio=p.anio, ente_id=p.ente_id, hoy=dia), dia


def _documento(
    preguntar: Preguntar,
    p: Parametros,
    clase: str,
    titulo: str,
    bloques: Sequence[Bloque],
    faltas: Sequence[Falta],
) -> Documento:
    firman, sin_firma = comun.firma_del_ente(preguntar, p, UIPPE)
    return Documento(
        clase,
        titulo,
        comun.membrete(preguntar, p),
        (*bloques, *firman),
        (*faltas, *sin_firma),
        horizontal=True,
    )


def _de_evaluacion(e: Datos) -> Renglon:
    quien = "Externo" if e["externa"] else "Interno"
    return renglon(
        e["nombre"],
        TIPOS[e["tipo"]],
        e["programa_nombre"] or "",
        e["dependencia"],
        f"{quien}: {e['evaluador']}" if e["evaluador"] else quien,
        dinero(e["costo"]),
        fecha(e["inicio"]),
        fecha(e["fin"]),
        ESTADOS_EVALUACION[e["estado"]],
    )


def _de_aspecto(a: Datos) -> list[Bloque]:
    bloques: list[Bloque] = [
        Parrafo(f"{a['numero']}. {a['recomendacion']}", Estilo.DESTACADO),
        Ficha(
            (
                Campo("Estado", ESTADOS_ASM[a["estado"]]),
                Campo("Prioridad", PRIORIDADES[a["prioridad"]]),
                Campo("Clasificación", CLASES[a["clase"]].split(":")[0]),
                Campo("Opinión de la dependencia", a["opinion"]),
                Campo("Indicador en que debe verse", a["indicador"] or ""),
            )
        ),
    ]
    if a["acciones"]:
        filas = tuple(_de_accion(x) for x in a["acciones"])
        bloques.append(Tabla(ACCIONES, filas, resumen="Lo que se hará para atender el aspecto."))
    return bloques


def _de_accion(a: Datos) -> Renglon:
    estado, palabra = a["situacion"]
    return renglon(
        a["accion"],
        a["dependencia"],
        a["producto"],
        fecha(a["inicio"]),
        fecha(a["fin"]),
        porcentaje(a["avance"]),
        semaforo(estado, palabra),
    )


REPORTES = (
    Reporte(
        "pae",
        "Programa Anual de Evaluación",
        "Qué se evalúa en el ejercicio, quién y cuándo.",
        GRUPO,
        programa_anual,
        Accion.VER_DOCUMENTOS,
    ),
    Reporte(
        "asm",
        "Seguimiento a los Aspectos Susceptibles de Mejora",
        "Cada recomendación con su opinión, sus acciones y cuánto van.",
        GRUPO,
        aspectos,
        Accion.VER_DOCUMENTOS,
    ),
)
