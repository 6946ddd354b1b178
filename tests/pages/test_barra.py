"""La barra de cumplimiento: hasta dónde llega, qué dice y qué no deja pasar."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from dashboard.ui.barra import barra
from db.rules.estado import Estado


def anchos(dibujo: str) -> list[str]:
    return re.findall(r"[;\"]width:([^;\"]+%)", dibujo)


@pytest.mark.parametrize(
    ("valor", "ancho"), [("0", "0.00%"), ("60", "50.00%"), ("120", "100.00%"), ("350", "100.00%")]
)
def test_la_barra_mide_lo_cumplido_y_se_corta_en_el_fin_de_la_escala(valor: str, ancho: str) -> None:
    assert anchos(barra(Decimal(valor), Estado.riesgo, False, "Eje")) == [ancho]


def test_sin_cifra_solo_quedan_el_riel_punteado_y_la_raya() -> None:
    dibujo = barra(None, Estado.sin_dato, False, "Eje")
    assert anchos(dibujo) == []
    assert "dashed" in dibujo
    assert dibujo.count("<div") == 3


def test_un_nombre_con_signos_se_lee_igual_y_no_agrega_nada_al_dibujo() -> None:
    nombre = 'Agua & "drenaje" <script>alert(1)</script>'
    dibujo = ElementTree.fromstring(barra(Decimal(50), Estado.adecuado, True, nombre))
    assert dibujo.get("aria-label") == nombre
    assert {parte.tag for parte in dibujo.iter()} == {"div"}
