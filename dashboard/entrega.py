"""El paquete de entrega-recepción: todo lo del sistema en una carpeta que se abre sin él.

Datos en CSV con su diccionario (datapackage.json), documentos en PDF y Excel, resultados, evidencias,
pendientes, bitácora con su sello, la huella de cada archivo y una portada que lleva a todo.
"""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from sqlmodel import Session

from dashboard.entrega_documentos import Documentos, hacer
from dashboard.reports.documento import Preguntar
from dashboard.reports.emitir import Avance
from dashboard.reports.preguntar import con
from dashboard.reports.resultados import libro
from db.base import ahora
from db.queries import entrega, evidencias
from db.queries.municipio import contexto, hoy
from db.queries.verificar import sello_actual, verificar
from db.rules.formato import fecha_hora, mes_nombre, numero
from db.rules.problema import Problema

DATOS, DOCUMENTOS, RESULTADOS, EVIDENCIAS = "datos", "documentos", "resultados", "evidencias"
HUELLAS = "huellas.sha256"


def entregar(session: Session, carpeta: Path, al_avanzar: Avance, *, documentos: bool) -> dict[str, Any]:
    """Llena la carpeta, que debe estar vacía, y devuelve qué quedó en ella.

    `Problema` si no hay municipio. Las cifras de un periodo cerrado son las congeladas. Una evidencia
    perdida o un documento que no se puede hacer no impiden entregar lo demás: se dicen.
    """
    marco = contexto(session)
    anios = list(marco["ejercicios"])
    if not anios:
        raise Problema("El sistema aún no tiene nada que entregar.", "Cargue primero sus archivos.")
    preguntar, momento = con(session), ahora()
    al_avanzar(0.0, "Escribiendo los datos")
    escritas = _datos(session, carpeta / DATOS, momento)
    cortes = entrega.cortes(session, anios=anios)
    al_avanzar(0.3, "Escribiendo los resultados")
    _resultados(preguntar, carpeta / RESULTADOS, cortes)
    salen = Documentos()
    if documentos:
        salen = hacer(preguntar, carpeta / DOCUMENTOS, cortes, momento, al_avanzar)
    al_avanzar(0.85, "Copiando las evidencias")
    copiadas, perdidas = _evidencias(session, carpeta / EVIDENCIAS)
    pendientes = entrega.pendientes(session, anios=anios, hoy=hoy(session))
    _csv(carpeta / "pendientes.csv", list(entrega.PENDIENTE), (p.values() for p in pendientes))
    comprobaciones = [asdict(c) for c in verificar(session)]
    sello = sello_actual(session)
    _json(carpeta / "sello.json", {"sello": sello.a_dict() if sello else None, "comprobado": comprobaciones})
    hecho = {
        "municipio": marco["municipio"]["nombre"],
        "momento": fecha_hora(momento),
        "ejercicios": anios,
        "cortes": cortes,
        "tablas": escritas,
        "documentos": salen.hechos,
        "omitidos": salen.omitidos,
        "evidencias": copiadas,
        "perdidas": perdidas,
        "pendientes": len(pendientes),
        "faltas": [c["falta"] for c in comprobaciones if c["falta"]],
    }
    (carpeta / "index.html").write_text(portada(hecho, _archivos(carpeta)), encoding="utf-8")
    al_avanzar(0.97, "Calculando las huellas")
    _huellas(carpeta)
    return hecho


def _datos(session: Session, carpeta: Path, momento: datetime) -> dict[str, int]:
    """Un CSV por tabla y el datapackage.json que las describe (Frictionless Data Package)."""
    carpeta.mkdir(parents=True)
    escritas, recursos = {}, []
    for tabla in entrega.tablas():
        escritas[tabla.nombre] = _csv(
            carpeta / f"{tabla.nombre}.csv", list(tabla.columnas), entrega.renglones(session, tabla.nombre)
        )
        recursos.append(_recurso(tabla))
    paquete = {
        "profile": "tabular-data-package",
        "name": "siem",
        "title": "Sistema de Información Estratégica Municipal: entrega-recepción",
        "created": momento.isoformat(),
        "resources": recursos,
    }
    _json(carpeta / "datapackage.json", paquete)
    return escritas


def _recurso(tabla: entrega.TablaEntregada) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": tabla.nombre,
        "path": f"{tabla.nombre}.csv",
        "description": tabla.que_es,
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": n, "type": t} for n, t in tabla.columnas.items()],
            "primaryKey": list(tabla.llave),
            "foreignKeys": [
                {"fields": columna, "reference": {"resource": otra, "fields": suya}}
                for columna, otra, suya in tabla.foraneas
            ],
            "missingValues": [""],
        },
    }


def _resultados(preguntar: Preguntar, carpeta: Path, cortes: dict[int, int]) -> None:
    carpeta.mkdir()
    for anio, mes in cortes.items():
        (carpeta / f"resultados_{anio}_{mes:02d}.xlsx").write_bytes(libro(preguntar, anio, mes))


def _evidencias(session: Session, carpeta: Path) -> tuple[int, int]:
    """Copia cada archivo con su huella por nombre; devuelve cuántos quedaron y cuántos faltan."""
    carpeta.mkdir()
    perdidas = 0
    todas = evidencias.huellas(session)
    for huella in todas:
        ruta = evidencias.ruta_de(huella)
        if evidencias.huella_de(ruta) != huella:
            perdidas += 1
            continue
        shutil.copyfile(ruta, carpeta / huella)
    return len(todas) - perdidas, perdidas


def _csv(archivo: Path, titulos: list[str], filas: Iterable[Iterable[str]]) -> int:
    cuantas = 0
    with archivo.open("w", encoding="utf-8", newline="") as salida:
        escritor = csv.writer(salida)
        escritor.writerow(titulos)
        for fila in filas:
            escritor.writerow(fila)
            cuantas += 1
    return cuantas


def _json(archivo: Path, datos: Any) -> None:
    archivo.write_text(json.dumps(datos, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")


def _archivos(carpeta: Path) -> list[Path]:
    return sorted(p.relative_to(carpeta) for p in carpeta.rglob("*") if p.is_file())


def _huellas(carpeta: Path) -> None:
    """Como lo escribe `sha256sum`, para comprobarlo con `sha256sum -c`."""
    renglones = []
    for archivo in _archivos(carpeta):
        with (carpeta / archivo).open("rb") as abierto:
            renglones.append(f"{hashlib.file_digest(abierto, 'sha256').hexdigest()}  {archivo.as_posix()}\n")
    (carpeta / HUELLAS).write_text("".join(renglones), encoding="utf-8")


def portada(hecho: dict[str, Any], archivos: list[Path]) -> str:
    """La página de entrada: qué hay, de cuándo, si está íntegro y una liga a cada archivo."""
    grupos: dict[str, list[Path]] = {}
    for archivo in archivos:
        grupos.setdefault(archivo.parts[0] if len(archivo.parts) > 1 else "", []).append(archivo)
    integro = "La base se comprobó íntegra." if not hecho["faltas"] else "; ".join(hecho["faltas"])
    hasta = ", ".join(f"{anio} a {mes_nombre(mes)}" for anio, mes in hecho["cortes"].items())
    cifras = (
        ("Renglones entregados", numero(sum(hecho["tablas"].values()))),
        ("Documentos", numero(hecho["documentos"])),
        ("Evidencias", numero(hecho["evidencias"])),
        ("Evidencias que faltan o están alteradas", numero(hecho["perdidas"])),
        ("Asuntos pendientes", numero(hecho["pendientes"])),
        ("Corte de cada ejercicio", hasta or "ninguno"),
        ("Integridad", integro),
    )
    tabla = "".join(f"<tr><th>{escape(c)}</th><td>{escape(v)}</td></tr>" for c, v in cifras)
    listas = "".join(_lista(grupo, suyos) for grupo, suyos in sorted(grupos.items()))
    if hecho["omitidos"]:
        razones = "".join(f"<li>{escape(razon)}</li>" for razon in hecho["omitidos"])
        listas += f"<h2>Documentos que no se hicieron, y por qué</h2><ul>{razones}</ul>"
    return (
        "<!doctype html><html lang='es-MX'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'><title>Entrega-recepción</title><style>"
        "body{font-family:system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
        "line-height:1.5}table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .75rem .25rem 0;"
        "vertical-align:top}li{overflow-wrap:anywhere}</style></head><body>"
        f"<h1>Entrega-recepción de {escape(hecho['municipio'])}</h1>"
        f"<p>Hecha el {escape(hecho['momento'])} por el Sistema de Información Estratégica Municipal. Se lee "
        "con un navegador, un lector de PDF y una hoja de cálculo. Los datos están descritos en "
        "<a href='datos/datapackage.json'>datos/datapackage.json</a>; la huella de cada archivo, en "
        f"<a href='{HUELLAS}'>{HUELLAS}</a>.</p><table>{tabla}</table>{listas}</body></html>\n"
    )


TITULOS = {
    "": "Lo primero",
    DATOS: "Datos, una tabla por archivo",
    DOCUMENTOS: "Documentos",
    RESULTADOS: "Resultados por ejercicio",
    EVIDENCIAS: "Evidencias, por su huella (sus nombres están en datos/evidencia.csv)",
}


def _lista(grupo: str, archivos: list[Path]) -> str:
    ligas = "".join(
        f"<li><a href='{escape(a.as_posix(), quote=True)}'>{escape(a.as_posix())}</a></li>" for a in archivos
    )
    abierto = "" if len(archivos) > 30 else " open"
    titulo = f"{TITULOS.get(grupo, grupo)} ({len(archivos)})"
    return f"<details{abierto}><summary><strong>{escape(titulo)}</strong></summary><ul>{ligas}</ul></details>"
