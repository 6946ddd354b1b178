"""Toda opción del servidor, en una sola tabla que no depende de la carpeta desde donde se arranque.

Sólo el tema (colores y letra) vive fuera, en `.streamlit/config.toml`, para que se pueda editar solo.
Variables de ambiente: `SIEM_URL_PUBLICA` (dirección con que la gente entra; por omisión
`http://localhost:<puerto>`) y `SIEM_PUERTO`, que pone el servidor con el puerto que de verdad tomó.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config as opciones_streamlit

from db.rules.problema import Problema

CARPETA = Path(__file__).parent
PUERTO = 8501
LOCALES = ("localhost", "127.0.0.1", "::1")
CABECERA_IDENTIDAD = "X-Siem-Id"
SUBIDA_MAXIMA_MB = 15

ENTORNOS = ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar")
SECCIONES_DEL_TEMA = ("theme", *(f"theme.{entorno}" for entorno in ENTORNOS))

TEMAS = (CARPETA.parent / ".streamlit" / "config.toml", CARPETA / "tema.toml")
"""Dónde está el tema: en el repositorio, o junto a este módulo cuando se instaló como paquete."""


@dataclass(frozen=True, slots=True)
class Direccion:
    """La dirección pública, en partes."""

    esquema: str
    anfitrion: str
    puerto: int | None

    @property
    def segura(self) -> bool:
        return self.esquema == "https"

    @property
    def local(self) -> bool:
        return self.anfitrion in LOCALES

    @property
    def origen(self) -> str:
        nombre = f"[{self.anfitrion}]" if ":" in self.anfitrion else self.anfitrion
        return f"{self.esquema}://{nombre}" + (f":{self.puerto}" if self.puerto else "")

    @property
    def anfitriones(self) -> tuple[str, ...]:
        """Nombres con que se puede pedir: el público, o los tres de la propia máquina."""
        return LOCALES if self.local else (self.anfitrion,)


def puerto() -> int:
    """El puerto en que atiende el servidor."""
    return int(os.environ.get("SIEM_PUERTO") or PUERTO)


def direccion() -> Direccion:
    """Lo que dice `SIEM_URL_PUBLICA`. Lanza `Problema` si no es una dirección http o https."""
    texto = os.environ.get("SIEM_URL_PUBLICA") or f"http://localhost:{puerto()}"
    try:
        partes = urlsplit(texto)
        numero = partes.port
    except ValueError:
        partes, numero = urlsplit(""), None
    sobra = partes.path not in ("", "/") or partes.query or partes.fragment or partes.username
    if partes.scheme not in ("http", "https") or not partes.hostname or sobra:
        raise Problema(
            f"SIEM_URL_PUBLICA no es una dirección válida: {texto}",
            "Escríbala como https://siem.municipio.gob.mx, sin nada después.",
        )
    por_omision = {"http": 80, "https": 443}[partes.scheme]
    return Direccion(partes.scheme, partes.hostname, None if numero == por_omision else numero)


def opciones() -> dict[str, Any]:
    """Cada opción de Streamlit con su valor; la prueba las comprueba una por una desde otra carpeta."""
    publica = direccion()
    return {
        "global.developmentMode": False,
        "server.address": "127.0.0.1",
        "server.port": puerto(),
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.allowRunOnSave": False,
        "server.baseUrlPath": "",
        "server.maxUploadSize": SUBIDA_MAXIMA_MB,
        "server.allowedHosts": list(publica.anfitriones),
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.scriptHealthCheckEnabled": False,
        "server.disconnectedSessionTTL": 900,
        "server.trustedUserHeaders": {CABECERA_IDENTIDAD: "id"},
        "server.unsafeMetricsUserAttributes": [],
        "browser.gatherUsageStats": False,
        "browser.serverAddress": publica.anfitrion,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "client.disableDataExport": True,
        "client.allowedOrigins": [],
        "runner.magicEnabled": False,
        # Recoger basura después de cada pantalla cuesta 60-100 ms; `app.arranque` congela una vez.
        "runner.postScriptGC": False,
        "logger.level": "warning",
    }


def _tema() -> dict[str, Any]:
    for ruta in TEMAS:
        if ruta.is_file():
            return dict(tomllib.loads(ruta.read_text(encoding="utf-8")).get("theme", {}))
    return {}


def _renglones(seccion: str, valores: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for nombre, valor in valores.items():
        if isinstance(valor, dict):
            yield from _renglones(f"{seccion}.{nombre}", valor)
        else:
            yield f"{seccion}.{nombre}", valor


def aplicar() -> None:
    """Pone todas las opciones; debe llamarse antes de crear la aplicación."""
    # Un config.toml en la carpeta desde donde se arranca pudo dejar colores ajenos.
    ajenos = {
        f"{seccion}.{nombre}": None
        for seccion in SECCIONES_DEL_TEMA
        for nombre in opciones_streamlit.get_options_for_section(seccion)
        if opciones_streamlit.is_manually_set(f"{seccion}.{nombre}")
    }
    for nombre, valor in (ajenos | opciones() | dict(_renglones("theme", _tema()))).items():
        opciones_streamlit.set_option(nombre, valor)
