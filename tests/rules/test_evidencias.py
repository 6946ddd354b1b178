"""El nombre de una evidencia se puede mostrar y guardar en cualquier máquina; lo confidencial tiene dueño."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.evidencias import NOMBRE_MAXIMO, alcanza, nombre_limpio, tamano_en_palabras
from db.rules.permisos import Actor, Asignacion, Rol


@pytest.mark.parametrize(
    ("subido", "limpio"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\fotos\\Acta 1.PDF", "Acta 1.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("aux.algo.png", "_aux.algo.png"),
        ("foto\u202egpj.pdf", "fotogpj.pdf"),
        ("a\x00b.pdf", "b.pdf"),
        ("  lista   de\tasistencia .xlsx", "lista de asistencia.xlsx"),
        ("Nin\u0303os.JPG", "Niños.jpg"),
        ("...pdf", "evidencia.pdf"),
        ('<b>"x"?.pdf', "_b__x__.pdf"),
        ("a" * 300 + ".pdf", "a" * (NOMBRE_MAXIMO - 4) + ".pdf"),
    ],
)
def test_el_nombre_se_limpia(subido: str, limpio: str) -> None:
    assert nombre_limpio(subido) == limpio


@given(st.text())
def test_ningun_nombre_limpio_trae_ruta_ni_signos_ocultos(texto: str) -> None:
    nombre = nombre_limpio(f"{texto}.pdf")
    assert nombre.endswith(".pdf") and 5 <= len(nombre) <= NOMBRE_MAXIMO
    assert not set(nombre) & set('/\\<>:"|?*')
    assert all(unicodedata.category(c)[0] != "C" for c in nombre)
    assert nombre_limpio(nombre) == nombre


def test_lo_confidencial_es_de_quien_lo_subio() -> None:
    de_otra = Actor(1, "b", asignaciones=(Asignacion(Rol.ENLACE, 1, 2),))
    fila = {"clasificacion": "reservada", "ente_id": 1, "del_area": [1], "dependencias": [1, 2]}
    assert alcanza(de_otra, fila)
    assert not alcanza(de_otra, fila | {"clasificacion": "confidencial"})
    assert not alcanza(de_otra, fila | {"ente_id": 2})


def test_el_tamano_en_palabras() -> None:
    assert [tamano_en_palabras(n) for n in (1, 348_160, 2_516_582)] == ["1 KB", "340 KB", "2.4 MB"]
