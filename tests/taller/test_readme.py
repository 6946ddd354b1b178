"""El README dice la verdad: órdenes, permisos, bibliotecas, variables, glosario y mapa."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from typer.main import get_command

import db.models  # noqa: F401  (registra las tablas)
from dashboard.comando import app
from db.base import Base
from db.models.presupuesto import Dimension
from db.rules.estado import Estado
from db.rules.permisos import MATRIZ, Accion, Alcance, Rol
from db.rules.texto import llave

RAIZ = Path(__file__).parents[2]
README = (RAIZ / "README.md").read_text(encoding="utf-8")
PROYECTO = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
EN_INGLES = {"data_version"}
"""Tablas de trámite con nombre técnico, que nadie dice en el dominio."""

DE_PRUEBA = {"SIEM_TEST_PG_URL", "SIEM_PG_PLANTILLA", "SIEM_CHROMIUM"}
CELDA = {"sí": Alcance.TODO, "lo propio": Alcance.PROPIO, "—": None}


def _tabla(titulo: str) -> list[list[str]]:
    """Las celdas de la primera tabla bajo un título, con su encabezado y sin la raya."""
    parte = re.split(rf"^#+ {re.escape(titulo)}$", README, flags=re.MULTILINE)[1]
    renglones: list[list[str]] = []
    for renglon in parte.splitlines():
        if renglon.startswith("|"):
            renglones.append([celda.strip() for celda in renglon.strip("|").split("|")])
        elif renglones:
            break
    return [renglones[0], *renglones[2:]]


def _ordenes() -> list[str]:
    return re.findall(r"^python3 -m venv .*$", README, flags=re.MULTILINE)


def test_hay_dos_ordenes_de_un_renglon_y_su_par_en_windows() -> None:
    correr, probar = _ordenes()
    assert correr.endswith(".venv/bin/siem demo")
    assert probar.endswith(".venv/bin/python -m pytest -n 2 --dist loadfile")
    assert "-r requirements.lock " in correr
    assert "-r requirements-dev.lock " in probar
    for orden in (correr, probar):
        assert "pip install -q --require-hashes" in orden
        assert "pip install -q --no-deps --no-build-isolation -e ." in orden
    windows = re.findall(r"^py -m venv .*$", README, flags=re.MULTILINE)
    assert [_sin_sistema(orden) for orden in windows] == [_sin_sistema(orden) for orden in (correr, probar)]


def _sin_sistema(orden: str) -> list[str]:
    """Los pasos de una orden, escritos igual para los dos sistemas."""
    llano = orden.replace("\\", "/").replace("/Scripts/", "/bin/").replace("; if ($?) { ", " && ")
    return llano.replace("py -m venv", "python3 -m venv").rstrip(" }").split(" && ")


def test_la_integracion_continua_toma_su_orden_del_readme() -> None:
    guion = (RAIZ / ".ci" / "run").read_text(encoding="utf-8")
    patron = re.search(r"grep -m1 -E '([^']+)' README\.md", guion)
    assert patron is not None
    assert [orden for orden in README.splitlines() if re.search(patron[1], orden)] == [_ordenes()[1]]
    assert "pytest -n" not in guion


def test_la_tabla_de_permisos_es_la_matriz() -> None:
    encabezado, *renglones = _tabla("Qué puede cada rol")
    roles = [Rol(celda.strip("`")) for celda in encabezado[2:]]
    assert set(roles) == set(Rol)
    escrita = {
        Accion(celdas[0].strip("`")): dict(zip(roles, (CELDA[c] for c in celdas[2:]), strict=True))
        for celdas in renglones
    }
    assert escrita == {accion: {rol: MATRIZ.get(accion, {}).get(rol) for rol in roles} for accion in Accion}


def test_cada_biblioteca_dice_por_que() -> None:
    pedidas = [
        *PROYECTO["project"]["dependencies"],
        *PROYECTO["build-system"]["requires"],
        *PROYECTO["project"]["optional-dependencies"]["test"],
    ]
    razones = {celdas[0]: celdas[1] for celdas in _tabla("Bibliotecas")[1:]}
    assert set(razones) == {Requirement(pedida).name for pedida in pedidas}
    assert min(map(len, razones.values())) > 10


@pytest.fixture(scope="module")
def glosario() -> set[str]:
    """Las palabras del glosario, sin acentos; cada una con su significado y su fuente."""
    palabras: set[str] = set()
    for palabra, significado, fuente in _tabla("Glosario")[1:]:
        assert significado
        assert fuente
        palabras |= {llave(parte) for parte in re.split(r"[ ,]+", palabra)} | {
            llave(palabra).replace(" de ", " ")
        }
    return palabras


def test_el_glosario_cubre_cada_tabla(glosario: set[str]) -> None:
    faltan = {
        palabra
        for nombre in Base.metadata.tables
        if nombre not in EN_INGLES
        for palabra in nombre.split("_")
        if palabra not in glosario and palabra.removesuffix("s") not in glosario
    }
    assert faltan == set()


def test_el_glosario_cubre_cada_dimension_y_cada_estado(glosario: set[str]) -> None:
    codigos = {codigo.replace("_", " ") for codigo in (*Dimension, *Estado)}
    assert codigos - glosario == set()


def test_el_glosario_va_en_orden_y_sin_repetidas() -> None:
    palabras = [llave(celdas[0]) for celdas in _tabla("Glosario")[1:]]
    assert palabras == sorted(set(palabras))


def test_las_variables_del_programa_estan_en_el_readme() -> None:
    leidas: set[str] = set()
    for carpeta in ("dashboard", "db", "seed", "tests"):
        for archivo in (RAIZ / carpeta).rglob("*.py"):
            leidas |= set(re.findall(r"\bSIEM_[A-Z_]+[A-Z]\b", archivo.read_text(encoding="utf-8")))
    assert {nombre for nombre in leidas - DE_PRUEBA if f"`{nombre}" not in README} == set()


def _nombradas() -> Iterator[str]:
    """Las órdenes «siem …» que el README nombra."""
    yield from re.findall(r"(?:\bbin/|`)siem ([a-z]+)", README)


def test_las_ordenes_que_nombra_existen() -> None:
    ordenes = set(getattr(get_command(app), "commands"))  # noqa: B009
    nombradas = set(_nombradas())
    assert {"demo", "iniciar", "respaldar", "restaurar", "verificar", "usuarios"} <= nombradas
    assert nombradas <= ordenes


def test_los_archivos_que_nombra_existen() -> None:
    nombrados = re.findall(r"`((?:db|dashboard|pages|seed|tests)/[\w/.-]+)`", README)
    assert len(nombrados) > 10
    assert [ruta for ruta in nombrados if not (RAIZ / ruta).exists()] == []
    imagenes = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert [ruta for ruta in imagenes if not (RAIZ / ruta).is_file()] == []
    assert all((RAIZ / ruta).stat().st_size <= 150_000 for ruta in imagenes)
