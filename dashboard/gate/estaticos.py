"""Los archivos que no cambian: los de Streamlit y los nuestros, comprimidos una vez y guardables un año.

La lista se cierra al arrancar: lo que no está en ella no existe, así que ninguna ruta puede salirse de la
carpeta. Streamlit los sirve sin comprimir; una primera visita baja 5 MB en vez de 1.6.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import streamlit
from anyio import to_thread
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PROPIOS = "/app/static/"
DE_STREAMLIT = "/static/"
ESCUDO = "/app/static/escudo"
"""No es un archivo: lo contesta una ruta. Streamlit sólo toma como dirección lo que empieza así."""
CARPETA = Path(__file__).parent.parent / "static"
CARPETA_STREAMLIT = Path(streamlit.__file__).parent / "static"
COMPRIMIBLES = frozenset({".js", ".css", ".svg", ".json", ".html", ".txt", ".map", ".wasm", ".ttf"})

CALIDAD_BROTLI = 6
"""Con 6, todo lo de una pantalla se comprime en dos décimas; con 11 tarda segundos y baja otro 8 %."""

TIPOS = {".js": "text/javascript", ".woff2": "font/woff2", ".wasm": "application/wasm"}


@dataclass(frozen=True, slots=True)
class Cuerpo:
    """Los bytes ya listos para un navegador."""

    datos: bytes
    codificacion: str
    tipo: str
    etiqueta: str


def _lista(carpeta: Path, prefijo: str) -> dict[str, Path]:
    return {prefijo + r.relative_to(carpeta).as_posix(): r for r in carpeta.rglob("*") if r.is_file()}


@lru_cache
def archivos() -> dict[str, Path]:
    """Todas las direcciones estáticas que existen."""
    return _lista(CARPETA_STREAMLIT / "static", DE_STREAMLIT) | _lista(CARPETA, PROPIOS)


def codificacion_aceptada(acepta: str) -> str:
    """La mejor compresión que el navegador entiende: «br», «gzip» o ninguna («»)."""
    nombres = {parte.split(";")[0].strip() for parte in acepta.lower().split(",")}
    return "br" if "br" in nombres else "gzip" if "gzip" in nombres else ""


def comprimir(datos: bytes, codificacion: str) -> bytes:
    """Los bytes en esa codificación."""
    if codificacion == "br":
        return bytes(brotli.compress(datos, quality=CALIDAD_BROTLI))
    return gzip.compress(datos, 6, mtime=0) if codificacion == "gzip" else datos


@lru_cache(maxsize=512)
def cuerpo(ruta: str, codificacion: str) -> Cuerpo:
    """El archivo de esa dirección; se comprime la primera vez y se queda en memoria."""
    archivo = archivos()[ruta]
    extension = archivo.suffix.lower()
    datos = archivo.read_bytes()
    tipo = TIPOS.get(extension) or mimetypes.guess_type(archivo.name)[0] or "application/octet-stream"
    usada = codificacion if extension in COMPRIMIBLES else ""
    return Cuerpo(comprimir(datos, usada), usada, tipo, f'"{sha256(datos).hexdigest()[:16]}"')


def con_version(ruta: str) -> str:
    """Dirección de un archivo nuestro con su huella, para que el navegador lo guarde sin preguntar."""
    return f"{ruta}?v={cuerpo(ruta, '').etiqueta.strip(chr(34))}"


async def servir(scope: Scope, receive: Receive, send: Send) -> None:
    """Responde un archivo estático, 304 si el navegador ya lo tiene, o 404."""
    ruta = scope["path"]
    pedidas = {nombre: valor.decode("latin-1") for nombre, valor in scope["headers"]}
    if scope["method"] not in ("GET", "HEAD") or ruta not in archivos():
        await Response(status_code=404)(scope, receive, send)
        return
    hallado = await to_thread.run_sync(
        cuerpo, ruta, codificacion_aceptada(pedidas.get(b"accept-encoding", ""))
    )
    # Los de Streamlit llevan la huella en el nombre; los nuestros, en `?v=`.
    eterno = ruta.startswith(DE_STREAMLIT) or scope.get("query_string", b"").startswith(b"v=")
    cabeceras = {
        "Cache-Control": "public, max-age=31536000, immutable" if eterno else "no-cache",
        "ETag": hallado.etiqueta,
        "Vary": "Accept-Encoding",
    }
    if pedidas.get(b"if-none-match") == hallado.etiqueta:
        await Response(status_code=304, headers=cabeceras)(scope, receive, send)
        return
    if hallado.codificacion:
        cabeceras["Content-Encoding"] = hallado.codificacion
    await Response(hallado.datos, headers=cabeceras, media_type=hallado.tipo)(scope, receive, send)
