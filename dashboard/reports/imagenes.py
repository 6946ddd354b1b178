"""Las fotos de un documento: derechas, de un tamaño que se pueda imprimir y sin datos escondidos."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from dashboard.reports.bloques import Imagen

LADO = 1600
"""Puntos del lado más largo: 250 por pulgada a media hoja."""
CALIDAD = 84
SVG = "image/svg+xml"
PUNTOS_MAXIMOS = 60_000_000
"""Una imagen que dice medir más no se abre: llenaría la memoria."""


def lista(imagen: Imagen) -> tuple[bytes, str] | None:
    """Contenido y tipo con que se imprime; None si no se puede leer.

    Un PNG chico va tal cual; lo demás se vuelve a codificar, sin su ubicación ni su cámara.
    """
    if imagen.tipo == SVG:
        return imagen.contenido, SVG
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _codificar(imagen.contenido)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None


def _codificar(contenido: bytes) -> tuple[bytes, str] | None:
    with Image.open(io.BytesIO(contenido)) as abierta:
        if abierta.width * abierta.height > PUNTOS_MAXIMOS:
            return None
        derecha = ImageOps.exif_transpose(abierta)
        salida = io.BytesIO()
        derecha.thumbnail((LADO, LADO))
        if abierta.format == "PNG":
            derecha.save(salida, "PNG")
            return salida.getvalue(), "image/png"
        derecha.convert("RGB").save(salida, "JPEG", quality=CALIDAD)
        return salida.getvalue(), "image/jpeg"
