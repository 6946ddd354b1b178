"""Para qué ejercicio y ente es un archivo, cuando nadie lo dijo: lo que dice el archivo o lo más reciente."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from dashboard.imports.formato import Contexto, Formato
from dashboard.imports.lectura.lectura import Lectura
from db.queries.estructura import entes_activos
from db.queries.municipio import ejercicio_actual
from db.rules.problema import Problema

_ANIO = re.compile(r"(20\d\d)(?:\.0+)?")
_ANIO_SUELTO = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def completar(
    session: Session, formato: Formato, lectura: Lectura, contexto: Contexto
) -> tuple[Contexto, list[str]]:
    """El contexto con ejercicio y ente, y los avisos de lo que se supuso."""
    avisos: list[str] = []
    anio = contexto.anio
    if anio is None:
        anio, aviso = _anio(session, lectura)
        avisos.append(aviso)
    ente_id = contexto.ente_id
    if ente_id is None and "ente" in formato.pide:
        entes = entes_activos(session)
        if entes:
            ente_id = entes[0]["id"]
    supuesto = contexto.ente_id is None
    return replace(contexto, anio=anio, ente_id=ente_id, ente_supuesto=supuesto), avisos


def anios_del_archivo(lectura: Lectura) -> Counter[int]:
    """Cuántos renglones trae el archivo de cada año, según su columna de ejercicio."""
    anios: Counter[int] = Counter()
    for texto in lectura.columnas.get("anio", []):
        if texto and (hallado := _ANIO.fullmatch(texto.strip())):
            anios[int(hallado[1])] += 1
    return anios


def anio_de_los_titulos(previas: list[str]) -> int | None:
    """El único año que nombran los títulos («Ejercicio fiscal 2026»); None si no hay uno, o hay varios."""
    anios = {int(anio) for titulo in previas for anio in _ANIO_SUELTO.findall(titulo)}
    return anios.pop() if len(anios) == 1 else None


def _anio(session: Session, lectura: Lectura) -> tuple[int, str]:
    if anios := anios_del_archivo(lectura):
        anio = max(anios, key=lambda a: (anios[a], a))
        return anio, f"Ejercicio: {anio}, el que dice el archivo."
    if anio_titulo := anio_de_los_titulos(lectura.previas):
        return anio_titulo, f"Ejercicio: {anio_titulo}, el que dice el título del archivo."
    if actual := ejercicio_actual(session):
        return actual, f"Ejercicio: {actual}, el más reciente con datos, porque no se indicó otro."
    este = datetime.now(UTC).year
    return este, f"Ejercicio: {este}, el año en curso, porque no se indicó otro."


def ente_por_clave(session: Session, clave: str) -> int:
    """El ente de esa clave o nombre. Problema si no existe."""
    entes = entes_activos(session)
    for ente in entes:
        if clave.casefold() in (ente["clave"].casefold(), ente["nombre"].casefold()):
            return int(ente["id"])
    claves = ", ".join(ente["clave"] for ente in entes) or "ninguno todavía"
    raise Problema(f"No existe el ente «{clave}».", f"Entes de la base: {claves}.")
