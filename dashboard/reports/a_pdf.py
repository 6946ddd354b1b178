"""Bloques → PDF con typst: etiquetado (PDF/UA-1), en español de México y sin red.

La plantilla es texto del repositorio; los datos entran como JSON y nunca se pegan a ella.
"""

import json
from dataclasses import asdict
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.reports import graficas, imagenes
from dashboard.reports.anchos import repartir
from dashboard.reports.bloques import (
    Bloque,
    Celda,
    Cifrado,
    Cifras,
    Ficha,
    Firmas,
    Grafica,
    Imagen,
    Indice,
    LadoALado,
    Lista,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    colocar,
    encabezado,
)
from dashboard.reports.documento import Documento, Emision
from dashboard.reports.glifos import FAMILIAS, FUENTES, imprimible
from db.rules.estado import PRESENTACION, Estado

PLANTILLA = Path(__file__).parent / "plantillas" / "documento.typ"
MARGENES, ENTRE_COLUMNAS = 2 * 1.8 / 2.54 * 72, 14.0
"""Puntos: los dos márgenes de la hoja y el hueco entre columnas, como en la plantilla."""
EXTENSION = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}

Llano = dict[str, Any]


@lru_cache(maxsize=1)
def _fuentes() -> Any:
    import typst

    return typst.Fonts(font_paths=[str(FUENTES)], include_system_fonts=False)


def hacer(documento: Documento, emision: Emision | None) -> bytes:
    """El PDF. Sin `emision` es una muestra: lleva BORRADOR y no lleva folio."""
    hecho: bytes = _compilar(documento, emision, {"format": "pdf", "pdf_standards": ["ua-1"]})
    return hecho


def laminas(documento: Documento, emision: Emision | None, ppp: int = 96) -> list[bytes]:
    """Cada página en PNG, para verla."""
    hechas = _compilar(documento, emision, {"format": "png", "ppi": ppp})
    return hechas if isinstance(hechas, list) else [hechas]


def _compilar(documento: Documento, emision: Emision | None, opciones: Llano) -> Any:
    import typst

    archivos: dict[str, bytes] = {PLANTILLA.name: PLANTILLA.read_bytes()}
    datos = _imprimibles(_documento(documento, emision, archivos))
    momento = int(emision.momento.astimezone(UTC).timestamp()) if emision else 0
    with TemporaryDirectory() as carpeta:
        for nombre, contenido in archivos.items():
            (Path(carpeta) / nombre).write_bytes(contenido)
        return typst.compile(
            str(Path(carpeta) / PLANTILLA.name),
            root=carpeta,
            font_paths=_fuentes(),
            sys_inputs={"datos": json.dumps(datos, ensure_ascii=False)},
            timestamp=momento,
            **opciones,
        )


def _imprimibles(cosa: Any) -> Any:
    if isinstance(cosa, str):
        return imprimible(cosa)
    if isinstance(cosa, dict):
        return {k: _imprimibles(v) for k, v in cosa.items()}
    return [_imprimibles(v) for v in cosa] if isinstance(cosa, list | tuple) else cosa


def _documento(documento: Documento, emision: Emision | None, archivos: dict[str, bytes]) -> Llano:
    cabeza = documento.encabezado
    return {
        "titulo": documento.titulo,
        "con_titulo": documento.con_titulo,
        "papel": documento.papel,
        "familias": FAMILIAS,
        "autor": cabeza.ente or cabeza.municipio,
        "lineas": cabeza.lineas,
        "borrador": emision is None or emision.borrador,
        "pie": emision.pie(documento) if emision else documento.corte,
        "fecha": _fecha(emision),
        "secciones": _secciones(documento, archivos),
        **{nombre: _imagen(i, archivos)["ruta"] for nombre, i in cabeza.imagenes().items()},
    }


def _fecha(emision: Emision | None) -> list[int] | None:
    if emision is None:
        return None
    return list(emision.momento.astimezone(UTC).timetuple()[:6])


def _guardar(archivos: dict[str, bytes], contenido: bytes, tipo: str) -> str:
    nombre = f"imagen{len(archivos)}.{EXTENSION[tipo]}"
    archivos[nombre] = contenido
    return nombre


def _secciones(documento: Documento, archivos: dict[str, bytes]) -> list[Llano]:
    """Páginas seguidas con la misma orientación; los niveles de título no se saltan."""
    secciones: list[Llano] = [{"horizontal": documento.horizontal, "bloques": []}]
    anterior = 0
    for bloque in documento.bloques:
        if isinstance(bloque, SaltoDePagina):
            girar = bloque.horizontal
            horizontal = secciones[-1]["horizontal"] if girar is None else girar
            secciones.append({"horizontal": horizontal, "bloques": []})
            continue
        llano = _llano(bloque, archivos, documento.hoja_de(secciones[-1]["horizontal"])[0] * 72 - MARGENES)
        if isinstance(bloque, Titulo):
            anterior = llano["nivel"] = min(bloque.nivel, anterior + 1)
        secciones[-1]["bloques"].append(llano)
    return secciones


def _llano(bloque: Bloque, archivos: dict[str, bytes], ancho: float) -> Llano:
    """El bloque en tipos de JSON; sus imágenes quedan en `archivos`. `ancho`: puntos de que dispone."""
    match bloque:
        case Titulo() | Parrafo() | Lista() | Firmas() | Indice() | Ficha():
            llano = asdict(bloque)
        case Cifras():
            llano = {"cifras": [asdict(c) | {"color": _color(c.estado)} for c in bloque.cifras]}
        case Tabla():
            llano = _tabla(bloque, ancho)
        case Grafica():
            llano = {
                "titulo": bloque.titulo,
                "alt": bloque.alt,
                "ruta": _guardar(archivos, graficas.svg(bloque), "image/svg+xml"),
                "datos": _tabla(bloque.datos, ancho) if bloque.datos and bloque.con_datos else None,
            }
        case Imagen():
            llano = _imagen(bloque, archivos)
        case LadoALado():
            anchos = bloque.anchos or (1.0,) * len(bloque.partes)
            libre = ancho - ENTRE_COLUMNAS * (len(anchos) - 1)
            llano = {
                "partes": [
                    [_llano(b, archivos, libre * parte_ancho / sum(anchos)) for b in parte]
                    for parte, parte_ancho in zip(bloque.partes, anchos, strict=True)
                ],
                "anchos": anchos,
            }
        case SaltoDePagina():
            llano = {}
    return {"tipo": type(bloque).__name__, **llano}


def _imagen(imagen: Imagen, archivos: dict[str, bytes]) -> Llano:
    """Su ruta, o None si no se puede leer: el documento sale y dice cuál falta."""
    leida = imagenes.lista(imagen)
    ruta = _guardar(archivos, *leida) if leida else None
    return {"alt": imagen.alt, "pie": imagen.pie, "ancho": imagen.ancho, "ruta": ruta}


def _color(estado: str) -> str | None:
    return PRESENTACION[Estado(estado)].color_claro if estado else None


def _tabla(tabla: Tabla, ancho: float) -> Llano:
    anchos, letra = repartir(tabla, ancho)
    return {
        "titulo": tabla.titulo,
        "letra": letra,
        "anchos": anchos,
        "encabezado": [[_celda(c, "centro") for c in fila] for fila in encabezado(tabla)],
        "celdas": _cuerpo(tabla),
    }


def _cuerpo(tabla: Tabla) -> list[Llano]:
    """Las celdas en orden, cada una con el lado de la columna en que cae y la clase de su renglón."""
    clases = [r.clase for r in tabla.renglones]
    return [
        _celda(p.celda, p.celda.alinear or tabla.columnas[p.columna].alinear) | {"clase": clases[p.fila]}
        for p in colocar([r.celdas for r in tabla.renglones])
    ]


def _celda(celda: Celda, alinear: str) -> Llano:
    return {
        "texto": celda.texto,
        "fija": celda.clase is not Cifrado.TEXTO,
        "ancho": celda.ancho,
        "alto": celda.alto,
        "negrita": celda.negrita,
        "sangria": celda.sangria,
        "alinear": alinear,
        "color": _color(celda.estado),
    }
