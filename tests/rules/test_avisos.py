"""Lo que dicen los avisos: ningún texto de una persona agrega ligas ajenas, renglones ni direcciones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import avisos
from db.rules.avisos import Deuda
from db.rules.problema import Problema

MEXICO = ZoneInfo("America/Mexico_City")
CIERRA = datetime(2026, 4, 11, 5, 59, tzinfo=UTC)


def deuda(nombre: str, area: int = 1) -> Deuda:
    return Deuda(2026, 3, area, f"Área {area}", nombre, "Falta")


@given(st.text())
def test_una_linea_es_una_linea_sin_signos_invisibles(texto: str) -> None:
    limpia = avisos.una_linea(texto)
    assert len(limpia.splitlines()) <= 1 and not any(ord(letra) < 32 for letra in limpia)
    assert avisos.una_linea(limpia) == limpia


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_cada_cosa_debida_es_un_renglon_con_su_liga(nombres: list[str]) -> None:
    dice = avisos.recuerda([deuda(nombre) for nombre in nombres], CIERRA, MEXICO.key)
    partes = avisos.renglones(dice.texto)
    assert [liga for _, liga in partes] == ["/captura?ejercicio=2026&mes=3&area=1"] * len(nombres)


@given(st.text())
def test_las_ligas_nunca_salen_del_sistema(texto: str) -> None:
    for _, liga in avisos.renglones(f"{texto}\nx → //malo.mx\nx → https://malo.mx\nx → /captura?a=1&b=<b>"):
        assert liga == "" or (liga.startswith("/") and not liga.startswith("//") and "<" not in liga)


def test_lo_que_no_cabe_se_cuenta() -> None:
    dice = avisos.recuerda([deuda(f"Meta {n}") for n in range(515)], None, MEXICO.key)
    assert dice.titulo.startswith("Debe 515 resultados") and dice.texto.splitlines()[-1] == "Y otros 15."


def test_con_varias_areas_se_dice_de_cual_es_cada_cosa() -> None:
    dice = avisos.recuerda([deuda("Bacheo"), deuda("Poda", 2)], CIERRA, MEXICO.key)
    assert "Falta: Poda (Área 2)" in dice.texto and "area=2" in dice.texto


@pytest.mark.parametrize(
    "malo",
    ["yo", "yo@", "@b.mx", "a b@c.mx", "a@b", "a@b.mx\nBcc: c@d.mx", "a@b.mx,c@d.mx", f"{'a' * 65}@b.mx"],
)
def test_lo_que_no_es_un_correo_no_entra(malo: str) -> None:
    with pytest.raises(Problema):
        avisos.correo_valido(malo)


def test_el_correo_se_guarda_sin_espacios() -> None:
    assert (avisos.correo_valido("  ana.lopez+siem@b.gob.mx "), avisos.correo_valido(" ")) == (
        "ana.lopez+siem@b.gob.mx",
        "",
    )


@given(st.integers(1, avisos.INTENTOS - 1))
def test_cada_espera_es_el_doble_de_la_anterior(intentos: int) -> None:
    ahora = CIERRA
    toca = avisos.vuelve_a_tocar(ahora, intentos)
    assert toca is not None and toca - ahora == timedelta(minutes=10 * 2 ** (intentos - 1))
    assert avisos.vuelve_a_tocar(ahora, avisos.INTENTOS) is None and avisos.vuelve_a_tocar(ahora, 0) == ahora


def test_el_resumen_no_sale_antes_de_las_siete_ni_dos_veces() -> None:
    siete = datetime(2026, 5, 4, 7, tzinfo=MEXICO)
    assert avisos.es_hora_del_resumen(siete, MEXICO, [])
    assert not avisos.es_hora_del_resumen(siete - timedelta(minutes=1), MEXICO, [])
    assert not avisos.es_hora_del_resumen(siete + timedelta(hours=9), MEXICO, [siete])
    assert avisos.es_hora_del_resumen(siete + timedelta(days=1), MEXICO, [siete + timedelta(hours=9)])


def test_a_planeacion_se_le_lleva_al_corte_que_vencio() -> None:
    dice = avisos.vencieron(2026, 3, {"Obras": 2, "Salud": 11})
    assert dice.titulo == "Venció la captura de marzo de 2026: no entregaron 2 dependencias"
    assert dice.texto.splitlines() == ["Salud: 11", "Obras: 2"]
    assert dice.ruta == "/avance_captura?ejercicio=2026&corte=Marzo"
