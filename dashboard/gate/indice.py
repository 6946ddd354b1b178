"""La hoja en que vive la aplicación: la de Streamlit, en español y con lo nuestro."""

import re
from functools import lru_cache

from dashboard.gate.estaticos import CARPETA_STREAMLIT, PROPIOS, comprimir, con_version

SIN_JAVASCRIPT = "<p>Para usar el sistema, active JavaScript en su navegador.</p>"


@lru_cache
def html() -> str:
    """El `index.html` de Streamlit con idioma, título, icono, hojas de estilo y traducciones.

    Se quitan el guion en línea (la política de seguridad no lo deja correr), la letra que el tema no usa y
    el anuncio de la interfaz para programas, que aquí no existe.
    """
    texto = (CARPETA_STREAMLIT / "index.html").read_text(encoding="utf-8")
    texto = re.sub(r"<!--.*?-->\s*", "", texto, flags=re.DOTALL)
    texto = re.sub(r"<script>.*?</script>\s*", "", texto, flags=re.DOTALL)
    texto = re.sub(r'<link rel="service-desc"[^>]*>\s*', "", texto)
    texto = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{SIN_JAVASCRIPT}</noscript>", texto, flags=re.DOTALL
    )
    texto = texto.replace('<html lang="en">', '<html lang="es-MX">')
    texto = texto.replace("<title>Streamlit</title>", "<title>SIEM</title>")
    texto = texto.replace("./favicon.png", f".{con_version(PROPIOS + 'icono.svg')}")
    propios = (
        f'<link rel="stylesheet" href=".{con_version(PROPIOS + "pantalla.css")}">'
        f'<link rel="stylesheet" media="print" href=".{con_version(PROPIOS + "print.css")}">'
        f'<script defer src=".{con_version(PROPIOS + "siem.js")}"></script>'
    )
    return texto.replace("</head>", f"{propios}</head>")


@lru_cache(maxsize=3)
def listo(codificacion: str) -> bytes:
    """Los bytes de la hoja en esa codificación."""
    return comprimir(html().encode(), codificacion)
