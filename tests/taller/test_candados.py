"""Los candados fijan todo lo que el proyecto pide, con huellas y sin nombrar servidores ni carpetas."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

RAIZ = Path(__file__).parents[2]
PROYECTO = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
FIJADO = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;[^\\]*)?\s*\\?$")
HUELLA = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
RASTRO = re.compile(r"^    # (?:via(?: .*)?|  .+)$|^    #   .+$")

CONSTRUCCION = PROYECTO["build-system"]["requires"]
CORRER = [*PROYECTO["project"]["dependencies"], *CONSTRUCCION]
PROBAR = [*CORRER, *PROYECTO["project"]["optional-dependencies"]["test"]]
CANDADOS = {"requirements.lock": CORRER, "requirements-dev.lock": PROBAR}


def _fijados(candado: str) -> dict[str, tuple[Version, int]]:
    """Paquete → (versión, cuántas huellas). Falla ante un renglón que no sea de los conocidos."""
    fijados: dict[str, tuple[Version, int]] = {}
    actual = ""
    for renglon in (RAIZ / candado).read_text(encoding="utf-8").splitlines():
        if renglon.startswith("#"):
            continue
        if partes := FIJADO.match(renglon):
            actual = canonicalize_name(partes[1])
            fijados[actual] = (Version(partes[2]), 0)
        elif HUELLA.match(renglon):
            version, cuantas = fijados[actual]
            fijados[actual] = (version, cuantas + 1)
        else:
            assert RASTRO.match(renglon), f"{candado}: renglón que no se esperaba: {renglon}"
    return fijados


@pytest.mark.parametrize("candado", CANDADOS)
def test_cada_dependencia_esta_fijada_dentro_de_su_intervalo(candado: str) -> None:
    fijados = _fijados(candado)
    for texto in CANDADOS[candado]:
        pedido = Requirement(texto)
        nombre = canonicalize_name(pedido.name)
        assert nombre in fijados, f"{candado} no fija {nombre}: corra «poe candados»"
        assert fijados[nombre][0] in pedido.specifier, f"{nombre}: el candado y pyproject no coinciden"


@pytest.mark.parametrize("candado", CANDADOS)
def test_todo_lo_fijado_lleva_huella(candado: str) -> None:
    fijados = _fijados(candado)
    assert len(fijados) > len(CANDADOS[candado])
    assert [nombre for nombre, (_, huellas) in fijados.items() if huellas == 0] == []


@pytest.mark.parametrize("candado", CANDADOS)
def test_no_nombra_servidores_ni_carpetas(candado: str) -> None:
    texto = (RAIZ / candado).read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--index-url|--find-links|(?<![\w.])/[a-z]+/", texto) == []


def test_correr_y_probar_usan_las_mismas_versiones() -> None:
    correr, probar = (_fijados(candado) for candado in CANDADOS)
    distintos = {nombre for nombre in correr if correr[nombre][0] != probar[nombre][0]}
    assert distintos == set()


def test_no_hay_otro_candado() -> None:
    assert [nombre for nombre in ("uv.lock", "pylock.toml", "poetry.lock") if (RAIZ / nombre).exists()] == []
