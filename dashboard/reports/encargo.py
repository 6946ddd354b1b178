"""Los documentos de los registros de la unidad: la cédula de un asunto y la relación de un registro."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Lista,
    Parrafo,
    Tabla,
    Titulo,
    renglon,
)
from dashboard.reports.documento import Documento, Opcion, Parametros, Preguntar, Reporte
from db.queries.encargos import ficha, lista, todos
from db.queries.listas import opciones
from db.rules.encargos import Campo as CampoDeclarado
from db.rules.encargos import Registro, Tipo, en_palabras
from db.rules.formato import fecha, fecha_hora, pct
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.registros import REGISTROS

Datos = Mapping[str, Any]

GRUPO = "Registros de la unidad"
PASOS = (Columna("Qué", 3), Columna("Desde", 1), Columna("Hasta", 1), Columna("Se hizo", 1))
PARTICIPAN = (Columna("Quién"), Columna("A qué se compromete", 3), Columna("Lo cumplió", 1))
RELACION = (
    Columna("Folio", 1.2),
    Columna("Título", 3.2),
    Columna("Etapa", 1.2),
    Columna("Situación", 1.4),
    Columna("Responde", 2),
    Columna("Para el", 1),
)
PUBLICOS = {clave: r for clave, r in REGISTROS.items() if r.ver is Accion.VER_REGISTROS}
"""Los que ve quien ve los registros; la capacitación pide otro permiso."""


def _asuntos(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return {
        str(e["id"]): f"{e['folio']} {e['titulo']}" for e in preguntar(todos) if e["registro"] in PUBLICOS
    }


def _registros(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return {clave: r.nombre for clave, r in PUBLICOS.items()}


def cedula(preguntar: Preguntar, p: Parametros) -> Documento:
    """Todo lo de un asunto: datos, calendario, quién participa, a qué toca y su historia."""
    cual = p.otros.get("encargo", "")
    uno = preguntar(ficha, encargo_id=int(cual)) if cual.isdigit() else None
    if uno is None or uno["registro"] not in PUBLICOS:
        raise Problema("Aún no hay ningún asunto.", "Regístrelo en su pantalla.")
    registro = REGISTROS[uno["registro"]]
    bloques: list[Bloque] = [
        Ficha(
            (
                Campo("Registro", registro.nombre),
                Campo("Etapa", uno["etapa_palabra"]),
                Campo("Situación", uno["situacion"][1]),
                Campo("Responde", " · ".join(x for x in (uno["dependencia"], uno["persona"]) if x)),
                Campo("Desde", fecha(uno["inicio"])),
                Campo("Para el", fecha(uno["vence"]) if uno["vence"] else "Sin plazo"),
                Campo("Avance de sus pasos", pct(uno["avance"], 0)),
            )
        )
    ]
    if uno["resumen"]:
        bloques.append(Parrafo(uno["resumen"]))
    for campo in registro.campos:
        texto = en_palabras(campo, uno.get(campo.clave), uno["ligados"].get(campo.clave, ""))
        if texto and campo.tipo is Tipo.PARRAFO:
            bloques += [Titulo(campo.rotulo), Parrafo(texto)]
    bloques += _cortos(registro, uno)
    bloques += _partes(preguntar, registro, uno)
    return Documento(
        CEDULA.clave,
        f"{uno['folio']} {uno['titulo']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        hoja="Cédula",
    )


def _cortos(registro: Registro, uno: Datos) -> list[Bloque]:
    escritos = [
        Campo(c.rotulo, en_palabras(c, uno.get(c.clave), uno["ligados"].get(c.clave, "")))
        for c in registro.campos
        if c.tipo is not Tipo.PARRAFO
    ]
    con_algo = tuple(c for c in escritos if c.valor)
    return [Titulo("Datos"), Ficha(con_algo)] if con_algo else []


def _partes(preguntar: Preguntar, registro: Registro, uno: Datos) -> list[Bloque]:
    bloques: list[Bloque] = []
    if uno["pasos"]:
        filas = [
            renglon(x["titulo"], fecha(x["inicio"]), fecha(x["fin"]), fecha(x["hecho_en"]))
            for x in uno["pasos"]
        ]
        bloques += [Titulo(registro.pasos), Tabla(PASOS, tuple(filas), resumen=registro.pasos)]
    for detalle in registro.detalles:
        if uno[detalle.clave]:
            bloques += [
                Titulo(detalle.nombre),
                _tabla(preguntar, detalle.nombre, detalle.campos, uno[detalle.clave]),
            ]
    if uno["participantes"]:
        filas = [
            renglon(x["dependencia"] or x["persona"], x["compromiso"], fecha(x["cumplido_en"]))
            for x in uno["participantes"]
        ]
        bloques += [Titulo("Participan"), Tabla(PARTICIPAN, tuple(filas), resumen="Quién participa.")]
    if uno["ligas"]:
        bloques += [
            Titulo("A qué toca"),
            Lista(tuple(v["nombre"] or v["referencia"] for v in uno["ligas"])),
        ]
    historia = tuple(
        f"{fecha_hora(h['momento'])}, {h['autor']}: "
        + " ".join(x for x in (f"{h['palabra']}." if h["cambio"] else "", h["texto"]) if x)
        for h in reversed(uno["historia"])
    )
    return [*bloques, Titulo("Historia"), Lista(historia)]


def _tabla(
    preguntar: Preguntar, nombre: str, campos: Sequence[CampoDeclarado], filas: Sequence[Datos]
) -> Tabla:
    listas = {c.clave: preguntar(opciones, fuente=c.fuente) for c in campos if c.tipo is Tipo.LIGADO}
    columnas = tuple(Columna(c.rotulo, 3 if c.tipo is Tipo.PARRAFO else 1.5) for c in campos)
    renglones = [
        renglon(*(en_palabras(c, f[c.clave], listas.get(c.clave, {}).get(f[c.clave], "")) for c in campos))
        for f in filas
    ]
    return Tabla(columnas, tuple(renglones), resumen=nombre)


def relacion(preguntar: Preguntar, p: Parametros) -> Documento:
    """Todos los asuntos de un registro, con su etapa y su situación."""
    registro = PUBLICOS.get(p.otros.get("registro", ""), next(iter(PUBLICOS.values())))
    filas = [
        renglon(
            e["folio"],
            e["titulo"],
            e["etapa_palabra"],
            e["situacion"][1],
            e["dependencia"],
            fecha(e["vence"]),
        )
        for e in preguntar(lista, registro=registro.clave)
    ]
    bloques: list[Bloque] = [Parrafo(registro.que_es)]
    bloques.append(
        Tabla(RELACION, tuple(filas), resumen=registro.nombre)
        if filas
        else Parrafo("Aún no hay ninguno.", Estilo.NOTA)
    )
    return Documento(
        RELACION_DE.clave,
        registro.nombre,
        comun.membrete(preguntar, p),
        tuple(bloques),
        horizontal=True,
        hoja="Relación",
    )


CEDULA = Reporte(
    "cedula_registro",
    "Cédula de un asunto de la unidad",
    "Todo lo de una política, un estudio, un manual, una mejora, un proyecto o un tema.",
    GRUPO,
    cedula,
    Accion.VER_REGISTROS,
    opciones=(Opcion("encargo", "Asunto", _asuntos, una_por_valor=True),),
)
RELACION_DE = Reporte(
    "relacion_registro",
    "Relación de un registro de la unidad",
    "Los asuntos de un registro con su etapa, su situación y quién responde.",
    GRUPO,
    relacion,
    Accion.VER_REGISTROS,
    opciones=(Opcion("registro", "Registro", _registros, una_por_valor=True),),
)
REPORTES = (CEDULA, RELACION_DE)
