"""El expediente de marco lógico: el árbol se dibuja sin encimarse y lo que falta se dice antes de hacerlo."""

import re
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from dashboard.reports import expediente
from dashboard.reports.arbol import dibujar
from dashboard.reports.bloques import Tabla
from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import una_lectura
from db.engine import writing
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo
from tests.db.mundo import ANIO

HOSTIL = '<script>&"]]>'


def nodo(cual: int, padre: int | None, clase: str, texto: str = "algo pasa") -> dict[str, Any]:
    return {"id": cual, "padre_id": padre, "clase": clase, "orden": cual, "problema": texto, "objetivo": ""}


RAMAS = st.tuples(st.sampled_from(["causa", "efecto"]), st.integers(0, 20), st.text(max_size=80))


@given(st.lists(RAMAS, max_size=12))
def test_ninguna_caja_se_encima_y_el_dibujo_se_puede_leer(ramas: list[tuple[str, int, str]]) -> None:
    nodos = [nodo(0, None, "problema", HOSTIL)]
    for n, (clase, padre, texto) in enumerate(ramas, start=1):
        posibles = [0, *(x["id"] for x in nodos if x["clase"] == clase)]
        limpio = "".join(c for c in texto if c.isprintable())
        nodos.append(nodo(n, posibles[padre % len(posibles)], clase, limpio))
    svg = dibujar(nodos, "problema")
    assert svg is not None
    ElementTree.fromstring(svg)
    cajas = [
        tuple(map(float, hallada))
        for hallada in re.findall(
            r'<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg.decode()
        )
    ]
    assert len(cajas) == len(nodos)
    for i, (x, y, ancho, alto) in enumerate(cajas):
        for otra_x, otra_y, otro_ancho, otro_alto in cajas[i + 1 :]:
            aparte = x + ancho <= otra_x or otra_x + otro_ancho <= x
            assert aparte or y + alto <= otra_y or otra_y + otro_alto <= y


def test_sin_problema_central_no_hay_arbol() -> None:
    assert dibujar([nodo(1, None, "causa")], "problema") is None


def test_lo_que_falta_se_dice_y_el_calendario_sale_de_las_metas(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with una_lectura() as preguntar:
        documento = expediente.construir(preguntar, Parametros(ANIO, 6, programa="01020401"))
    dichas = " ".join(f.que for f in documento.faltas)
    for falta in ("diagnóstico", "árbol del problema", "árbol de objetivos", "involucrados", "MIR"):
        assert falta in dichas
    tablas = [b for b in documento.bloques if isinstance(b, Tabla)]
    calendario = [t for t in tablas if t.columnas == expediente.CALENDARIO]
    assert [len(t.renglones) for t in calendario] == [2, 2]
    assert {c.texto for t in calendario for f in t.renglones for c in f.celdas[2:]} == {"10"}
