"""Los documentos de una sesión: su convocatoria con el orden del día, y su acta."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Firma,
    Firmas,
    Lista,
    Parrafo,
    Tabla,
    Titulo,
    renglon,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from db.queries.acta import acta
from db.queries.sesiones import sesion, sesiones
from db.rules.acta import FIJAS
from db.rules.formato import fecha_hora
from db.rules.permisos import Accion
from db.rules.problema import Problema

Datos = Mapping[str, Any]

GRUPO = "COPLADEMUN"
ASISTENCIA = (
    Columna("Nombre", 2.4),
    Columna("Representa a", 2.6),
    Columna("Cargo", 1.2),
    Columna("Llegó", 0.8),
)
VOTOS = (Columna("Nombre", 3), Columna("Voto", 1))
ACUERDOS = (Columna("Número", 1.8), Columna("Acuerdo", 3.4), Columna("Responde", 2), Columna("Para el", 1))


def _celebradas(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    """Las sesiones con acta, la última primero."""
    return {
        str(s["id"]): f"{s['nombre']} · {s['siglas']}" for s in reversed(preguntar(sesiones)) if s["acta"]
    }


def con_orden(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    """Las sesiones sin cancelar, la última primero."""
    return {
        str(s["id"]): f"{s['nombre']} · {s['siglas']}"
        for s in reversed(preguntar(sesiones))
        if s["estado"] != "cancelada"
    }


def elegida(p: Parametros) -> int:
    """La sesión que se eligió. `Problema` si no hay ninguna."""
    cual = p.otros.get("sesion", "")
    if not cual.isdigit():
        raise Problema("Aún no hay sesiones.", "Prográmelas en Sesiones.")
    return int(cual)


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """El acta: proemio, asistencia, puntos con sus votos, acuerdos, cierre y firmas."""
    una = preguntar(acta, sesion_id=elegida(p))
    if una is None:
        raise Problema("Esa sesión aún no tiene acta.", "Se levanta al cerrar la sesión.")
    dice = una["contenido"]
    bloques: list[Bloque] = [Parrafo(dice["proemio"])]
    asistieron = [renglon(a["nombre"], a["representa"], a["cargo"], a["llego"]) for a in dice["asistencia"]]
    bloques += [
        Titulo("Asistencia y quórum"),
        Parrafo(dice["quorum"]),
        Tabla(
            ASISTENCIA,
            tuple(asistieron),
            f"Asistieron {len(asistieron)}",
            "Quién asistió y a quién representa.",
        ),
    ]
    if dice["ausentes"]:
        bloques.append(Parrafo(f"No asistieron: {', '.join(dice['ausentes'])}.", Estilo.NOTA))
    for punto in dice["puntos"]:
        bloques += _punto(punto)
    if dice["acuerdos"]:
        filas = [renglon(a["numero"], a["texto"], a["responde"], a["vence"]) for a in dice["acuerdos"]]
        bloques += [
            Titulo("Acuerdos"),
            Tabla(ACUERDOS, tuple(filas), resumen="Acuerdos tomados en la sesión."),
        ]
    # Las actas que se fijaron antes de llevar anexos no los traen.
    if dice.get("anexos"):
        bloques += [Titulo("Anexos"), Lista(tuple(dice["anexos"]))]
    bloques.append(Parrafo(dice["cierre"]))
    if una["huella"]:
        sello = f"Sello {una['sello']} (bitácora {una['bitacora_id']})."
        bloques.append(Parrafo(f"Huella sha256 del acta: {una['huella']}. {sello}", Estilo.NOTA))
    bloques += firmas(dice["firmas"])
    faltas = (
        () if una["estado"] in FIJAS else (Falta("El acta no se ha aprobado.", "Apruébela en Sesiones."),)
    )
    return Documento(
        ACTA.clave, dice["titulo"], comun.membrete(preguntar, p), tuple(bloques), faltas, hoja="Acta"
    )


def firmas(lista: Sequence[Mapping[str, str]]) -> list[Bloque]:
    """Tres por renglón: un bloque de firmas no se parte entre hojas."""
    firmas = [Firma(**f) for f in lista]
    return [Firmas(tuple(firmas[i : i + 3])) for i in range(0, len(firmas), 3)]


def _punto(punto: Datos) -> list[Bloque]:
    bloques: list[Bloque] = [Titulo(f"{punto['numero']}. {punto['titulo']}")]
    if punto["texto"]:
        bloques.append(Parrafo(punto["texto"]))
    if punto["intervenciones"]:
        bloques.append(Lista(tuple(f"{i['nombre']}: {i['texto']}" for i in punto["intervenciones"])))
    for v in punto["votaciones"]:
        bloques.append(Parrafo(f"{v['texto']} Votación {v['modo'].lower()}. {v['resultado']}."))
        if v["votos"]:
            filas = tuple(renglon(o["nombre"], o["sentido"]) for o in v["votos"])
            bloques.append(Tabla(VOTOS, filas, resumen="El voto de cada asiento."))
    return bloques


def convocatoria(preguntar: Preguntar, p: Parametros) -> Documento:
    """La convocatoria: cuándo, dónde, el orden del día y el material de cada punto."""
    una = preguntar(sesion, sesion_id=elegida(p))
    if una is None:
        raise Problema("No existe esa sesión.", "Vuelva a elegirla.")
    campos = (
        Campo("Comité", una["comite"]),
        Campo("Sesión", una["nombre"]),
        Campo("Día y hora", fecha_hora(una["prevista"])),
        Campo("Lugar", una["lugar"]),
    )
    bloques: list[Bloque] = [
        Ficha(campos),
        Parrafo("Se le convoca a la sesión que se indica, conforme al siguiente orden del día:"),
    ]
    for punto in una["puntos"]:
        if punto["estado"] != "retirado":
            bloques.append(Parrafo(f"{punto['numero']}. {punto['titulo']}"))
            if punto["materiales"]:
                bloques.append(Lista(tuple(m["titulo"] for m in punto["materiales"])))
    faltas = (
        () if una["convocada_en"] else (Falta("La sesión no se ha convocado.", "Convóquela en Sesiones."),)
    )
    if una["aviso_corto"]:
        bloques.append(
            Parrafo(f"Se convoca con menos aviso que el ordinario: {una['aviso_corto']}.", Estilo.NOTA)
        )
    titulo = f"Convocatoria a la {una['nombre'][:1].lower()}{una['nombre'][1:]}"
    return Documento(
        CONVOCATORIA.clave, titulo, comun.membrete(preguntar, p), tuple(bloques), faltas, hoja="Convocatoria"
    )


ACTA = Reporte(
    clave="acta",
    titulo="Acta de sesión",
    que_es="Asistencia, quórum, puntos, votos y acuerdos; aprobada, sale siempre la misma.",
    grupo=GRUPO,
    construir=construir,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("sesion", "Sesión", _celebradas, una_por_valor=True),),
)
CONVOCATORIA = Reporte(
    clave="convocatoria",
    titulo="Convocatoria",
    que_es="La convocatoria de una sesión con su orden del día y su material.",
    grupo=GRUPO,
    construir=convocatoria,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("sesion", "Sesión", con_orden, una_por_valor=True),),
)
REPORTES = (CONVOCATORIA, ACTA)
