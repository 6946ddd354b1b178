"""La orden siem: en español, con errores que se entienden y sin trazas."""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from dashboard.comando import app, migrar
from dashboard.gate.demo import MARCA
from db.engine import reading
from db.queries import usuarios

INGLES = re.compile(
    r"\b(Usage|Options?|Arguments?|Commands?|Show|message|exit|required|default|Missing|Error|Invalid|"
    r"TEXT|INTEGER|PATH|help for|Try|No such|str|int|bool)\b"
)


def correr(*orden: str) -> tuple[int, str]:
    resultado = CliRunner().invoke(app, list(orden))
    return resultado.exit_code, resultado.output


def ordenes() -> list[tuple[str, ...]]:
    """Todas las órdenes y sus grupos."""
    raiz = get_command(app)
    todas: list[tuple[str, ...]] = [()]
    for nombre, orden in raiz.commands.items():  # type: ignore[attr-defined]
        todas.append((nombre,))
        todas += [(nombre, hija) for hija in getattr(orden, "commands", {})]
    return todas


@pytest.mark.parametrize("orden", ordenes(), ids=" ".join)
def test_toda_ayuda_esta_en_espanol(orden: tuple[str, ...]) -> None:
    codigo, salida = correr(*orden, "--help")
    assert codigo == 0 and salida.startswith("Uso: ")
    assert not INGLES.findall(salida), salida


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        (("nada",), "No existe la orden «nada»."),
        (("usuarios", "crear"), "Falta el dato CUENTA."),
        (("usuarios", "crear", "ana.ruiz"), "Falta la opción --nombre."),
        (("demo", "--nada"), "No existe la opción --nada."),
        (("demo", "--puerto", "x"), "--puerto"),
        (("demo", "--puerto", "0"), "--puerto"),
        (("migrar", "sobra"), "Sobra: sobra."),
        (("demo", "--puerto"), "A la opción --puerto le falta su valor."),
    ],
)
def test_lo_mal_escrito_se_dice_en_espanol(base_sqlite: str, orden: tuple[str, ...], dice: str) -> None:
    codigo, salida = correr(*orden)
    assert codigo == 2 and dice in salida
    assert not INGLES.findall(salida), salida


def test_crear_listar_dar_codigo_y_desactivar(base_sqlite: str) -> None:
    codigo, salida = correr("usuarios", "crear", "Ana.Ruiz", "--nombre", "Ana", "--rol", "administracion")
    assert codigo == 0 and re.search(r"ana\.ruiz: \w{5}-\w{5}-\w{5}-\w{5}", salida)
    correr("usuarios", "crear", "luis", "--nombre", "Luis", "--rol", "tesoreria", "--rol", "presidencia")
    assert "luis · Luis · Tesorería, Presidencia · su código vence" in correr("usuarios", "listar")[1]
    assert correr("usuarios", "codigo", "luis")[0] == 0
    assert correr("usuarios", "desactivar", "luis")[0] == 0
    assert "desactivada" in correr("usuarios", "listar")[1]
    assert correr("usuarios", "desactivar", "ana.ruiz") == (
        1, "Es la única cuenta que administra el sistema. Dé antes ese rol a otra persona.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "dice"),
    [
        (("--rol", "jefe"), "No existe el rol «jefe»"),
        (("--rol", "enlace"), "Indique su dependencia"),
        (("--rol", "enlace", "--ente", "ZZZ"), "No existe el ente «ZZZ»"),
        (("--rol", "enlace", "--dependencia", "Z00"), "No existe la dependencia «Z00»"),
    ],
)
def test_un_dato_que_no_existe_no_crea_nada(base_sqlite: str, extra: tuple[str, ...], dice: str) -> None:
    codigo, salida = correr("usuarios", "crear", "ana.ruiz", "--nombre", "Ana", *extra)
    assert codigo == 1 and dice in salida
    with reading() as session:
        assert not usuarios.hay_usuarios(session)


def test_lo_inesperado_da_un_folio_y_la_causa_queda_en_el_registro(
    base_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fallar() -> bool:
        raise RuntimeError("clave secreta")

    monkeypatch.setattr(migrar, "al_dia", fallar)
    codigo, salida = correr("migrar")
    folio = re.search(r"Folio: ([0-9a-f]{8})", salida)
    assert codigo == 1 and folio
    assert "secreta" not in salida and "Traceback" not in salida
    registro = (tmp_path / "registro" / "siem.log").read_text(encoding="utf-8")
    assert folio[1] in registro and "clave secreta" in registro


def test_la_demostracion_vive_aparte_y_se_hace_entera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    # La orden cambia el ambiente de su proceso; aquí se declara para que la prueba lo reponga.
    monkeypatch.setenv("SIEM_DATABASE_URL", f"sqlite:///{tmp_path / 'siem.sqlite'}")
    monkeypatch.setenv("SIEM_DEMO", "")
    monkeypatch.setattr("seed.demo.crear_demo", lambda avisar: avisar(1.0, "listo"))
    codigo, salida = correr("demo", "--preparar")
    assert codigo == 0, salida
    assert not (tmp_path / "siem.sqlite").exists()
    hechos = {ruta.name for ruta in (tmp_path / "demo").iterdir()}
    assert {"siem.sqlite", MARCA} <= hechos and not any("borrador" in nombre for nombre in hechos)


def test_una_demostracion_a_medias_nunca_se_abre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.setenv("SIEM_DATABASE_URL", "")
    monkeypatch.setenv("SIEM_DEMO", "")

    def cortar(_avisar: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("seed.demo.crear_demo", cortar)
    codigo, salida = correr("demo", "--preparar")
    assert codigo == 130 and "Traceback" not in salida
    assert not (tmp_path / "demo" / "siem.sqlite").exists()
    assert not (tmp_path / "demo" / MARCA).exists()
