"""Revisa y limpia un archivo que se sube como evidencia: lo que dice ser, sin datos ocultos ni programas."""

import io
import tempfile
import zipfile
from itertools import chain
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from dashboard.evidencias.pdf import revisar_pdf
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.paquete import (
    abrir,
    cortados,
    revisar_entidades,
    revisar_xml,
    sospechoso,
    trozos,
)
from dashboard.imports.lectura.preescaneo import preescanear
from db.rules.evidencias import MAXIMO_BYTES, TIPOS, Archivo, extension, nombre_limpio
from db.rules.problema import Problema

PIXELES_MAXIMO = 50_000_000
LADO_MAXIMO = 4096
CALIDAD = 88
FORMATOS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
LIMITES = Limites(max_bytes=MAXIMO_BYTES, max_filas=200_000, max_columnas=500)
MACROS = b"macroEnabled"
PLANTILLA_AJENA = b"attachedTemplate"
OTRO_WORD = "Ábralo en Word o LibreOffice y guárdelo como Documento de Word (.docx) o como PDF."

_MARCAS = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
)


def limpiar(nombre: str, contenido: bytes) -> Archivo:
    """El archivo listo para guardarse. Las imágenes se vuelven a codificar: sin lugar ni datos de la cámara.

    Problema (campo «archivo») si no es lo que dice su extensión, trae programas o pesa más de 15 MB.
    """
    try:
        return _limpiar(nombre_limpio(nombre), contenido)
    except Problema as problema:
        raise Problema(problema.mensaje, problema.remedio, campo="archivo") from problema


def _limpiar(nombre: str, contenido: bytes) -> Archivo:
    if not contenido:
        raise Problema("El archivo está vacío.", "Revise que sea el correcto y vuelva a subirlo.")
    if len(contenido) > MAXIMO_BYTES:
        raise Problema(
            f"El archivo pesa {len(contenido) / 2**20:,.1f} MB; máximo 15 MB.", "Redúzcalo o divídalo."
        )
    dice = extension(nombre)
    if (es := _que_es(contenido)) not in _esperado(dice):
        raise Problema(
            f"El contenido no es el de un archivo .{dice}.", "Súbalo con su formato y extensión originales."
        )
    tipo = TIPOS[dice]
    if es == "pdf":
        revisar_pdf(contenido)
    elif es == "zip":
        _revisar_paquete(nombre, dice, contenido)
    else:
        contenido = _imagen(contenido, FORMATOS[tipo])
    return Archivo(nombre, tipo, contenido)


def _esperado(dice: str) -> tuple[str, ...]:
    return {"jpeg": ("jpg",), "xlsx": ("zip",), "docx": ("zip",)}.get(dice, (dice,))


def _que_es(contenido: bytes) -> str:
    for marca, que in _MARCAS:
        if contenido.startswith(marca):
            return que
    if contenido[:4] == b"RIFF" and contenido[8:12] == b"WEBP":
        return "webp"
    return ""


def _imagen(contenido: bytes, formato: str) -> bytes:
    """La imagen derecha y vuelta a codificar, de a lo más 4096 puntos por lado, sin metadatos."""
    try:
        with Image.open(io.BytesIO(contenido), formats=(formato,)) as imagen:
            if imagen.width * imagen.height > PIXELES_MAXIMO:
                raise Problema("La imagen mide demasiado.", "Redúzcala a menos de 50 millones de puntos.")
            limpia = ImageOps.exif_transpose(imagen).convert(_modo(imagen, formato))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Problema(
            "La imagen está dañada o no es lo que dice su extensión.", "Ábrala, guárdela de nuevo y súbala."
        ) from error
    limpia.thumbnail((LADO_MAXIMO, LADO_MAXIMO))
    limpia.info.clear()
    salida = io.BytesIO()
    limpia.save(salida, format=formato, optimize=True, quality=CALIDAD)
    return salida.getvalue()


def _modo(imagen: Image.Image, formato: str) -> str:
    transparente = "A" in imagen.getbands() or "transparency" in imagen.info
    return "RGBA" if formato != "JPEG" and transparente else "RGB"


def _revisar_paquete(nombre: str, dice: str, contenido: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="siem-") as carpeta:
        ruta = Path(carpeta) / "archivo"
        ruta.write_bytes(contenido)
        if dice == "docx":
            _revisar_docx(ruta)
        elif preescanear(ruta, nombre, LIMITES) != "xlsx":
            raise Problema("El contenido no es el de un archivo .xlsx.", "Súbalo con su extensión original.")


def _revisar_docx(ruta: Path) -> None:
    try:
        with abrir(ruta, LIMITES) as paquete:
            nombres = [p.filename for p in paquete.infolist() if not p.is_dir()]
            if "word/document.xml" not in nombres:
                raise Problema("El contenido no es el de un documento de Word.", OTRO_WORD)
            for parte in nombres:
                _revisar_parte(paquete, parte)
    except Problema as problema:
        raise Problema(problema.mensaje, OTRO_WORD) from problema


def _revisar_parte(paquete: zipfile.ZipFile, parte: str) -> None:
    """Recorre una parte entera: mide lo que declara y no trae macros, objetos ni plantillas ajenas."""
    bajo = parte.lower()
    incrustado = "/embeddings/" in bajo and bajo.endswith(".bin")
    if bajo.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in bajo or incrustado:
        raise sospechoso("trae macros u objetos incrustados")
    origen = trozos(paquete, parte)
    primero = next(origen, b"")
    if not revisar_xml(primero[:1024], parte):
        for _ in origen:
            pass
        return
    for trozo in cortados(chain([primero], origen), b"<"):
        revisar_entidades(trozo)
        if MACROS in trozo and bajo == "[content_types].xml":
            raise sospechoso("trae macros")
        if PLANTILLA_AJENA in trozo and b"External" in trozo and bajo.endswith(".rels"):
            raise sospechoso("pide una plantilla de otro servidor")
