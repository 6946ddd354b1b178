"""Catálogos oficiales en CSV y cómo llegan a la base; `fuentes.csv` dice de dónde salió cada archivo."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from sqlalchemy import insert, select
from sqlmodel import Session

from db.audit import anotar
from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.programas import Programa, Proyecto
from db.rules.texto import llave

CARPETA = Path(__file__).parent

SIN_ARCHIVO = frozenset({NombreCatalogo.PED})
"""El plan estatal cambia con cada estado: lo captura el municipio."""


def leer(archivo: str) -> list[dict[str, str]]:
    """Renglones de un CSV de esta carpeta; todo es texto, con sus ceros a la izquierda."""
    with (CARPETA / archivo).open(encoding="utf-8", newline="") as texto:
        return list(csv.DictReader(texto))


@lru_cache
def fuentes() -> dict[str, str]:
    """Archivo → publicación oficial de donde se tomó."""
    return {renglon["archivo"]: renglon["fuente"] for renglon in leer("fuentes.csv")}


@lru_cache
def municipios() -> dict[str, tuple[str, str]]:
    """Clave INEGI de cinco dígitos → (municipio, entidad)."""
    entidades = {renglon["clave"]: renglon["nombre"] for renglon in leer("entidades.csv")}
    return {r["clave"]: (r["nombre"], entidades[r["clave"][:2]]) for r in leer("municipios.csv")}


def _entradas() -> Iterator[dict[str, object]]:
    for catalogo in NombreCatalogo:
        if catalogo in SIN_ARCHIVO:
            continue
        archivo = f"{catalogo.value}.csv"
        for orden, renglon in enumerate(leer(archivo), start=1):
            yield {
                "catalogo": catalogo,
                "ambito": renglon.get("ambito", ""),
                "clave": renglon["clave"],
                "padre": renglon.get("padre", ""),
                "nombre": renglon["nombre"],
                "orden": orden,
                "fuente": fuentes()[archivo],
            }


def cargar_catalogos(session: Session) -> int:
    """Agrega las entradas que falten y devuelve cuántas; nunca pisa lo que el municipio corrigió."""
    entrada = tabla(EntradaCatalogo)
    consulta = select(entrada.c.catalogo, entrada.c.ambito, entrada.c.clave)
    presentes = {tuple(fila) for fila in session.execute(consulta)}
    nuevas = [e for e in _entradas() if (e["catalogo"], e["ambito"], e["clave"]) not in presentes]
    if nuevas:
        session.execute(insert(entrada), nuevas)
        anotar(session, "cargar", "entrada_catalogo", entradas=len(nuevas))
    return len(nuevas)


def programas_edomex(session: Session, anio: int) -> int:
    """Crea los programas y proyectos del Estado de México que falten en un ejercicio; devuelve cuántos."""
    programa, proyecto = tabla(Programa), tabla(Proyecto)
    ids = _claves(session, Programa, anio)
    programas = [
        {"anio": anio, "version": 1, "objetivo": "", "busqueda": llave(f"{r['clave']} {r['nombre']}"), **r}
        for r in leer("programas_edomex.csv")
        if r["clave"] not in ids
    ]
    if programas:
        session.execute(insert(programa), programas)
        ids = _claves(session, Programa, anio)
    presentes = _claves(session, Proyecto, anio)
    proyectos = [
        {
            "anio": anio,
            "version": 1,
            "programa_id": ids[r["clave"][:8]],
            "descripcion": "",
            "busqueda": llave(f"{r['clave']} {r['nombre']}"),
            **r,
        }
        for r in leer("proyectos_edomex.csv")
        if r["clave"] not in presentes
    ]
    if proyectos:
        session.execute(insert(proyecto), proyectos)
    if programas or proyectos:
        anotar(session, "cargar", "programa", anio, programas=len(programas), proyectos=len(proyectos))
    return len(programas) + len(proyectos)


def _claves(session: Session, modelo: type[Programa] | type[Proyecto], anio: int) -> dict[str, int]:
    columna = tabla(modelo).c
    filas = session.execute(select(columna.clave, columna.id).where(columna.anio == anio))
    return dict(filas.tuples().all())
