"""Congelar lo que se reparte: la copia PDF de cada material y la carpeta, con folio y guardadas enteras."""

from collections.abc import Mapping
from typing import Any

from dashboard.reports.carpeta import CARPETA
from dashboard.reports.documento import Archivo, Parametros, Reporte
from dashboard.reports.emitir import Avance, emitir, rehacer
from dashboard.reports.material import como_documento
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.taller import Dibujar, taller
from db.actions import material as acciones
from db.actions.almacen import depositar
from db.engine import writing
from db.queries.adjuntos import SESION, adjuntos
from db.queries.documentos import emitido
from db.queries.material import ejercicio_de
from db.queries.sesiones import sesion
from db.rules import evidencias
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema

Datos = Mapping[str, Any]

PDF = "application/pdf"


def sin_copia(una: Datos) -> list[Datos]:
    """Los materiales de una sesión que se repartirían sin copia fija."""
    return [
        m
        for p in una["puntos"]
        if p["estado"] != "retirado"
        for m in p["materiales"]
        if m["evidencia_id"] is None and (m["referencia"] or m["documento_id"])
    ]


def congelar(persona: Actor, sesion_id: int, al_avanzar: Avance = lambda parte, que: None) -> list[str]:
    """Hace las copias que faltan y la carpeta con ellas; devuelve en palabras las que no se pudieron.

    Lo que le falta algo sale como borrador y lo dice. SinPermiso si no coordina ni emite.
    """
    exigir(persona, Accion.COORDINAR_COMITES)
    with una_lectura() as preguntar:
        una = preguntar(sesion, sesion_id=sesion_id)
        hay = preguntar(adjuntos, asunto=SESION, referencia=str(sesion_id))
    if una is None:
        raise Problema("No existe esa sesión.", "Vuelva a abrirla.")
    faltan, fallas = sin_copia(una), []
    # Un solo taller, y se pasa: quien abre otro con uno abierto puede esperar un cupo que nadie suelta.
    with taller() as dibujar:
        for lugar, m in enumerate(faltan):
            al_avanzar(lugar / (len(faltan) + 1), f"Copia de «{m['titulo']}»")
            try:
                _copiar(persona, una, m, dibujar)
            except Problema as problema:
                fallas.append(f"«{m['titulo']}»: {problema}")
        if len(fallas) < len(faltan) or not hay:
            al_avanzar(len(faltan) / (len(faltan) + 1), "Carpeta de la sesión")
            _guardar_carpeta(persona, una, dibujar)
    return fallas


def _copiar(persona: Actor, una: Datos, m: Datos, dibujar: Dibujar) -> None:
    archivo = _emitido(m, dibujar) if m["documento_id"] is not None else _nuevo(persona, una, m, dibujar)
    limpio = _depositado(archivo)
    with writing(persona) as session:
        acciones.congelar(session, persona, material_id=m["id"], archivo=limpio)


def _emitido(m: Datos, dibujar: Dibujar) -> Archivo:
    """El archivo de un documento que ya se había emitido, si todavía sale idéntico."""
    from dashboard.reports.registro import reporte_de  # el registro trae la carpeta

    with una_lectura() as preguntar:
        registro = preguntar(emitido, documento_id=m["documento_id"])
    assert registro is not None
    archivo, igual = rehacer(registro, reporte_de(registro["clase"]), dibujar)
    if not igual:
        raise Problema(
            f"El documento {registro['folio']} ya no sale igual: sus datos cambiaron.",
            "Emítalo otra vez en Documentos y agregue el nuevo.",
        )
    return archivo


def _nuevo(persona: Actor, una: Datos, m: Datos, dibujar: Dibujar) -> Archivo:
    with una_lectura() as preguntar:
        hecho = como_documento(preguntar, una, m)
    if hecho is None:
        raise Problema("Ese material no tiene documento.", "Quítelo y elíjalo de la lista.")
    return _emitir(persona, *hecho, dibujar)


def _emitir(persona: Actor, reporte: Reporte, p: Parametros, dibujar: Dibujar) -> Archivo:
    """Oficial si está completo; si le falta algo, borrador a la vista de todos."""
    with una_lectura() as preguntar:
        faltas = reporte.construir(preguntar, p).faltas
    return emitir(persona, reporte, [p], ["pdf"], borrador=bool(faltas), con=dibujar)


def _guardar_carpeta(persona: Actor, una: Datos, dibujar: Dibujar) -> None:
    with una_lectura() as preguntar:
        anio = preguntar(ejercicio_de, anio=una["anio"])
    p = Parametros(anio, otros={"sesion": str(una["id"])})
    limpio = _depositado(_emitir(persona, CARPETA, p, dibujar))
    with writing(persona) as session:
        acciones.guardar_carpeta(session, persona, sesion_id=una["id"], archivo=limpio)


def _depositado(archivo: Archivo) -> evidencias.Archivo:
    """El archivo ya escrito en el almacén: la transacción que lo registra debe ser corta."""
    depositar(archivo.contenido)
    return evidencias.Archivo(archivo.nombre, PDF, archivo.contenido)
