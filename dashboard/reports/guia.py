"""Guía Consultiva de Desempeño Municipal: el autodiagnóstico y la carpeta de evidencias, por módulo."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Bloque,
    Celda,
    Columna,
    Estilo,
    Indice,
    Parrafo,
    Renglon,
    SaltoDePagina,
    Tabla,
    Titulo,
    renglon,
    texto,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import de_la_guia
from db.queries.guia import guia_del_anio
from db.queries.guia_ficha import ficha_guia
from db.rules.formato import fecha, fecha_hora
from db.rules.permisos import Accion
from db.rules.titular import UIPPE

Datos = Mapping[str, Any]

GRUPO = "Guía Consultiva de Desempeño Municipal"
TODOS = "todos"
PUBLICA = Clasificacion.PUBLICA.value
SIN_NOMBRE = {"reservada": "Archivo reservado", "confidencial": "Archivo confidencial"}
SIN_EVIDENCIA = "Sin evidencia registrada"

INDICADORES = (
    Columna("Clave", 0.6),
    Columna("Indicador", 3.4),
    Columna("Resultado", 1.2),
    Columna("Con qué", 1.6),
    Columna("Año anterior", 1),
    Columna("Responsable", 2),
)
ELEMENTOS = (
    Columna("Inciso", 0.5),
    Columna("Elemento", 4),
    Columna("Se comprueba", 0.9),
    Columna("Evidencia", 2.6),
    Columna("Fecha", 0.9),
)


ARCHIVOS = (
    Columna("Archivo", 3),
    Columna("Qué es", 2.4),
    Columna("Área", 2),
    Columna("Subido", 1.1),
    Columna("Huella", 1.2),
)
LETRAS_DE_LA_HUELLA = 12


def autodiagnostico(preguntar: Preguntar, p: Parametros) -> Documento:
    """Cada indicador con su resultado, por módulo, y cuántos hay de cada uno."""
    guia, cuales = _leer(preguntar, p)
    bloques: list[Bloque] = []
    for modulo, suyos in _por_modulo(cuales).items():
        bloques += [Titulo(f"Módulo {modulo}. {suyos[0]['modulo_nombre']}", 2), Parrafo(_cuenta(suyos))]
        bloques.append(
            Tabla(INDICADORES, tuple(map(_indicador, suyos)), resumen="Cada indicador con su resultado.")
        )
    titulo = f"Autodiagnóstico de la Guía Consultiva de Desempeño Municipal {guia['edicion'] or ''}".strip()
    return _documento(preguntar, p, "guia", titulo, bloques, _faltas(guia, cuales))


def carpeta(preguntar: Preguntar, p: Parametros) -> Documento:
    """Cada indicador en su hoja: sus elementos, con qué documento se comprueban y de cuándo es."""
    guia, cuales = _leer(preguntar, p)
    bloques: list[Bloque] = [Indice()] if cuales else []
    archivos: dict[str, list[Datos]] = {}
    for archivo in preguntar(de_la_guia, anio=p.anio):
        archivos.setdefault(archivo["clave"], []).append(archivo)
    sin_evidencia = 0
    for modulo, suyos in _por_modulo(cuales).items():
        bloques += [
            SaltoDePagina(f"Módulo {modulo}"),
            Titulo(f"Módulo {modulo}. {suyos[0]['modulo_nombre']}", 2),
        ]
        for indicador in suyos:
            ficha = preguntar(ficha_guia, anio=p.anio, clave=indicador["clave"])
            assert ficha is not None
            bloques += [*_de_uno(indicador, ficha), *_archivos(archivos.get(indicador["clave"], []))]
            # Los archivos son del indicador: no dicen cuál de sus elementos comprueban.
            sin_evidencia += sum(e["cumple"] and not e["evidencia"] for e in ficha["elementos"])
    faltas = _faltas(guia, cuales)
    if sin_evidencia:
        faltas.append(
            Falta(f"Elementos que se dan por cumplidos sin evidencia: {sin_evidencia:,}.", "Anótela.")
        )
    titulo = f"Carpeta de evidencias de la Guía Consultiva {guia['edicion'] or ''}".strip()
    return _documento(preguntar, p, "guia_evidencias", titulo, bloques, faltas)


def _leer(preguntar: Preguntar, p: Parametros) -> tuple[Datos, list[Datos]]:
    guia = preguntar(guia_del_anio, anio=p.anio)
    pedido = p.otros.get("modulo", TODOS)
    return guia, [i for i in guia["indicadores"] if pedido in (TODOS, str(i["modulo"]))]


def _por_modulo(cuales: Sequence[Datos]) -> dict[int, list[Datos]]:
    juntos: dict[int, list[Datos]] = {}
    for indicador in cuales:
        juntos.setdefault(indicador["modulo"], []).append(indicador)
    return juntos


def _cuenta(suyos: Sequence[Datos]) -> str:
    cuantos = Counter(i["palabra"].lower() for i in suyos)
    partes = ", ".join(f"{n:,} {palabra}" for palabra, n in cuantos.most_common())
    return f"{len(suyos):,} indicadores: {partes}."


def _indicador(i: Datos) -> Renglon:
    previo = (i["previo"] or "").replace("_", " ").capitalize()
    return renglon(
        i["clave"], i["nombre"], f"{i['icono']} {i['palabra']}", i["cifra"], previo, i["dependencia"]
    )


def _de_uno(indicador: Datos, ficha: Datos) -> list[Bloque]:
    bloques: list[Bloque] = [
        Titulo(f"{indicador['clave']} {indicador['nombre']}", 3),
        Parrafo(
            f"{indicador['icono']} {indicador['palabra']}: {indicador['cifra']}. "
            f"Responsable: {indicador['dependencia'] or 'sin asignar'}.",
            Estilo.DESTACADO,
        ),
    ]
    if ficha["no_medible"]:
        bloques.append(Parrafo(f"No medible: {ficha['motivo'] or 'sin motivo registrado'}."))
    if ficha["elementos"]:
        filas = tuple(_elemento(e) for e in ficha["elementos"])
        bloques.append(Tabla(ELEMENTOS, filas, resumen="Elementos del indicador y con qué se comprueban."))
    if ficha["variables"]:
        dichas = "; ".join(f"{v['letra']} {v['nombre']}: {v['valor'] or '—'}" for v in ficha["variables"])
        bloques.append(Parrafo(f"Variables: {dichas}."))
    if ficha["nota"]:
        bloques.append(Parrafo(ficha["nota"], Estilo.NOTA))
    return bloques


def _archivos(suyos: Sequence[Datos]) -> list[Bloque]:
    """Los archivos que prueban un indicador; de lo que no es público sólo se dice que existe."""
    filas = tuple(
        renglon(
            texto(f["nombre"] if f["clasificacion"] == PUBLICA else SIN_NOMBRE[f["clasificacion"]]),
            texto(f["pie"] if f["clasificacion"] == PUBLICA else ""),
            f["area"],
            fecha_hora(f["subida_en"]),
            f["sha256"][:LETRAS_DE_LA_HUELLA],
        )
        for f in suyos
    )
    return [Tabla(ARCHIVOS, filas, resumen="Archivos que prueban el indicador.")] if filas else []


def _elemento(e: Datos) -> Renglon:
    return renglon(
        e["inciso"],
        e["texto"],
        Celda("✔ Sí" if e["cumple"] else "✖ No"),
        e["evidencia"] or (SIN_EVIDENCIA if e["cumple"] else ""),
        fecha(e["fecha"]),
    )


def _faltas(guia: Datos, cuales: Sequence[Datos]) -> list[Falta]:
    if guia["edicion"] is None or not cuales:
        return [Falta("No hay guía cargada para este año.", "Cárguela en Importar.")]
    sin_revisar = sum(not i["revisado"] for i in cuales)
    if sin_revisar:
        return [Falta(f"Indicadores sin revisar este año: {sin_revisar:,}.", "Revíselos en Guía Consultiva.")]
    return []


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


def _modulos(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    guia = preguntar(guia_del_anio, anio=p.anio)
    suyos = {str(i["modulo"]): f"{i['modulo']}. {i['modulo_nombre']}" for i in guia["indicadores"]}
    return {TODOS: "Todos los módulos", **suyos}


MODULO = Opcion("modulo", "Módulo", _modulos)

REPORTES = (
    Reporte(
        "guia",
        "Autodiagnóstico",
        "Cada indicador de la guía con su resultado, por módulo.",
        GRUPO,
        autodiagnostico,
        Accion.VER_GUIA,
        opciones=(MODULO,),
    ),
    Reporte(
        "guia_evidencias",
        "Carpeta de evidencias",
        "Cada elemento con el documento que lo comprueba.",
        GRUPO,
        carpeta,
        Accion.VER_GUIA,
        opciones=(MODULO,),
    ),
)
