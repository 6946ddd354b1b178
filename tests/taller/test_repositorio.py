"""Lo que nunca se guarda en el repositorio, y cómo está acomodado."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).parents[2]
CUARTOS = {"dashboard", "db", "pages", "seed", "tests"}
SUELTOS = {"pyproject.toml", "README.md", "requirements.lock", "requirements-dev.lock"}
BINARIOS = {".png", ".jpg", ".jpeg", ".woff2", ".xlsx", ".ods", ".xls", ".xlsb", ".zip", ".ico"}

# Se arman por partes para que este mismo archivo no contenga lo que prohíbe.
PROHIBIDOS = {
    "una carpeta de esta máquina": re.compile("|".join((r"/work" + "/", r"/home" + r"/\w", "/root" + "/"))),
    "un servidor de paquetes": re.compile(
        "|".join((r"pypi\." + "org", "python" + "hosted", r"npmjs\." + "org"))
    ),
    "una llave privada": re.compile("BEGIN [A-Z ]*PRIVATE " + "KEY"),
}


@pytest.fixture(scope="module")
def guardados() -> list[Path]:
    """Los archivos que git guarda; sin git (una copia suelta) la prueba se omite y lo dice."""
    hecho = subprocess.run(
        ["git", "-C", str(RAIZ), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if hecho.returncode != 0:
        pytest.skip("no es un repositorio de git: no se sabe qué está guardado")
    return [RAIZ / nombre for nombre in hecho.stdout.split("\0") if nombre and (RAIZ / nombre).is_file()]


def test_en_la_raiz_solo_estan_los_cuartos(guardados: list[Path]) -> None:
    primeros = {archivo.relative_to(RAIZ).parts[0] for archivo in guardados}
    assert {nombre for nombre in primeros if not nombre.startswith(".")} <= CUARTOS | SUELTOS


def test_no_se_guardan_rutas_servidores_ni_llaves(guardados: list[Path]) -> None:
    hallados = [
        f"{archivo.relative_to(RAIZ)}: {que}"
        for archivo in guardados
        if archivo.suffix not in BINARIOS
        for que, patron in PROHIBIDOS.items()
        if patron.search(archivo.read_text(encoding="utf-8", errors="replace"))
    ]
    assert hallados == []


def test_ningun_modulo_se_llama_como_uno_de_python(guardados: list[Path]) -> None:
    tapan = [
        str(archivo.relative_to(RAIZ))
        for archivo in guardados
        if archivo.suffix == ".py"
        and archivo.parent in (RAIZ, RAIZ / "dashboard", RAIZ / "pages")
        and archivo.stem in sys.stdlib_module_names
        and archivo.stem != "__init__"
    ]
    assert tapan == []


def test_no_hay_paginas_dentro_de_dashboard() -> None:
    """Streamlit correría directamente, sin la puerta, cualquier `pages` junto al guion de entrada."""
    assert not (RAIZ / "dashboard" / "pages").exists()
    assert [ruta.name for ruta in RAIZ.glob("*.py")] == []


def test_las_paginas_no_llevan_sql(guardados: list[Path]) -> None:
    con_sql = [
        archivo.name
        for archivo in guardados
        if archivo.parent == RAIZ / "pages" and re.search("sqlalchemy|sqlmodel", archivo.read_text("utf-8"))
    ]
    assert con_sql == []


def test_no_queda_trabajo_anotado_para_despues(guardados: list[Path]) -> None:
    marca = re.compile(r"#\s*(?:TODO|FIXME|XXX)\b")
    pendientes = [
        str(archivo.relative_to(RAIZ))
        for archivo in guardados
        if archivo.suffix == ".py" and marca.search(archivo.read_text(encoding="utf-8"))
    ]
    assert pendientes == []
