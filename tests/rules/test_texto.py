import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.problema import Problema
from db.rules.texto import llave, normal, orden, sin_formula


def test_el_problema_dice_que_paso_y_como_se_remedia():
    problema = Problema("Falta la meta.", remedio="Capture la meta.", campo="meta")
    assert str(problema) == "Falta la meta. Capture la meta."
    assert problema.campo == "meta"
    assert str(Problema("Falta la meta.")) == "Falta la meta."


@pytest.mark.parametrize(
    ("crudo", "limpio"),
    [
        ("  Seguridad\u00a0 pública ", "Seguridad pública"),
        ("'Tasa de variación", "Tasa de variación"),
        ("An\u0303o", "Año"),
        ("Obra\n\tpública", "Obra pública"),
        ("\ufeffClave\u200b", "Clave"),
        ("O'Gorman", "O'Gorman"),
    ],
)
def test_normal_limpia(crudo: str, limpio: str):
    assert normal(crudo) == limpio


@given(st.text())
def test_normal_es_estable(s: str):
    assert normal(normal(s)) == normal(s)


def test_la_llave_no_distingue_acentos_mayusculas_ni_espacios():
    assert llave("  NÚMERO de\u00a0ASESORíAS del AñO ") == llave("numero de asesorias del ano")
    assert llave("Número") != llave("Numero 2")


@pytest.mark.parametrize("malo", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1", "\nx"])
def test_lo_que_parece_formula_sale_inerte(malo: str):
    assert sin_formula(malo) == "'" + malo


@given(st.text(alphabet=string.ascii_letters + "áéíóúñ 0123456789", min_size=1))
def test_el_texto_comun_no_cambia(s: str):
    assert sin_formula(s) == s


def test_orden_espanol():
    palabras = ["ñandú", "Óscar", "nube", "oso", "Ñoño", "árbol", "zona", "arbusto", "Álamo"]
    assert sorted(palabras, key=orden) == [
        "Álamo", "árbol", "arbusto", "nube", "ñandú", "Ñoño", "Óscar", "oso", "zona",
    ]  # fmt: skip


def test_el_acento_solo_desempata():
    assert sorted(["más", "mas"], key=orden) == ["mas", "más"]
    assert sorted(["más", "masa"], key=orden) == ["más", "masa"]
