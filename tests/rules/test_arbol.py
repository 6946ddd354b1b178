"""El árbol: qué cuelga de qué y la MIR que se deriva de él."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.arbol import HONDO_MAXIMO, NodoArbol, contribuir, derivar, exigir_lugar, ruta
from db.rules.problema import Problema

ARBOL = [
    NodoArbol(1, "problema", 1, "Hay basura", "El municipio está limpio"),
    NodoArbol(2, "efecto", 1, "Hay plagas", "Bajan las plagas", 1),
    NodoArbol(3, "efecto", 1, "La gente enferma", "Mejorar la salud", 2),
    NodoArbol(4, "causa", 2, "No se separa", "Residuos separados", 1),
    NodoArbol(5, "causa", 1, "No pasa el camión", "Recolección ampliada", 1),
    NodoArbol(6, "causa", 1, "Rutas viejas", "Actualización de rutas", 5),
    NodoArbol(7, "causa", 2, "Camiones rotos", "Mantenimiento de camiones", 5, elegido=False),
    NodoArbol(8, "causa", 3, "Relleno lleno", "Relleno ampliado", 1, elegido=False),
    NodoArbol(9, "causa", 1, "Sin terreno", "", 8),
]


def test_la_mir_sale_del_arbol_de_objetivos() -> None:
    assert [(d.nivel, d.resumen, d.componente, d.orden) for d in derivar(ARBOL)] == [
        ("fin", "Contribuir a mejorar la salud", None, 1),
        ("proposito", "El municipio está limpio", None, 1),
        ("componente", "Recolección ampliada", None, 1),
        ("componente", "Residuos separados", None, 2),
        ("actividad", "Actualización de rutas", 1, 1),
    ]


@pytest.mark.parametrize(
    ("nodos", "dice"),
    [
        ([], "Todavía no hay árbol"),
        ([n for n in ARBOL if n.clase != "efecto"], "no tiene fines"),
        ([n for n in ARBOL if n.clase != "causa"], "no tiene medios"),
        ([replace(n, objetivo="") if n.id in (1, 6) else n for n in ARBOL], "Hay basura"),
    ],
)
def test_lo_que_falta_para_derivar_se_dice(nodos: list[NodoArbol], dice: str) -> None:
    with pytest.raises(Problema, match=dice):
        derivar(nodos)


def test_lo_no_elegido_no_hace_falta_redactarlo() -> None:
    assert derivar([replace(n, objetivo="") if not n.elegido else n for n in ARBOL]) == derivar(ARBOL)


@given(st.permutations(ARBOL))
def test_la_derivacion_no_depende_del_orden_de_lectura(nodos: list[NodoArbol]) -> None:
    assert derivar(nodos) == derivar(ARBOL)


@pytest.mark.parametrize(
    ("nodo", "clase", "padre", "dice"),
    [
        (None, "problema", None, "ya tiene su problema"),
        (None, "causa", None, "Falta de qué cuelga"),
        (None, "causa", 99, "Falta de qué cuelga"),
        (None, "causa", 2, "Una causa cuelga"),
        (None, "efecto", 5, "Una causa cuelga"),
        (5, "causa", 6, "de sí mismo"),
        (5, "causa", 5, "de sí mismo"),
    ],
)
def test_nada_cuelga_de_donde_no_debe(nodo: int | None, clase: str, padre: int | None, dice: str) -> None:
    with pytest.raises(Problema, match=dice):
        exigir_lugar(ARBOL, nodo_id=nodo, clase=clase, padre_id=padre)


def test_lo_que_si_puede_colgar() -> None:
    exigir_lugar(ARBOL, nodo_id=1, clase="problema", padre_id=None)
    exigir_lugar(ARBOL, nodo_id=6, clase="causa", padre_id=1)
    exigir_lugar(ARBOL, nodo_id=None, clase="efecto", padre_id=3)


def test_el_arbol_no_crece_sin_limite() -> None:
    hondo = [NodoArbol(1, "problema", 1, "P")]
    for n in range(2, HONDO_MAXIMO + 2):
        exigir_lugar(hondo, nodo_id=None, clase="causa", padre_id=n - 1)
        hondo.append(NodoArbol(n, "causa", 1, f"C{n}", "", n - 1))
    with pytest.raises(Problema, match="admite"):
        exigir_lugar(hondo, nodo_id=None, clase="causa", padre_id=HONDO_MAXIMO + 1)


def test_una_ruta_que_se_muerde_la_cola_termina() -> None:
    ciclo = {1: NodoArbol(1, "causa", 1, "A", "", 2), 2: NodoArbol(2, "causa", 1, "B", "", 1)}
    assert ruta(ciclo, 1) == [1, 2]


@pytest.mark.parametrize(
    ("objetivo", "fin"),
    [
        ("Mejorar la salud", "Contribuir a mejorar la salud"),
        ("El bienestar", "Contribuir al bienestar"),
        ("Contribuir a la paz", "Contribuir a la paz"),
        ("Contribuye a la paz", "Contribuye a la paz"),
        ("COPLADEMUN activo", "Contribuir a COPLADEMUN activo"),
    ],
)
def test_el_fin_empieza_con_contribuir(objetivo: str, fin: str) -> None:
    assert contribuir(objetivo) == fin
