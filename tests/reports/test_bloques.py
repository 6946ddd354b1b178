"""La cuadrícula de una tabla: encabezados combinados y celdas que ocupan varias casillas."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.reports.anchos import LETRA_MINIMA, POR_CIFRA, RELLENO, repartir
from dashboard.reports.bloques import Celda, Columna, Tabla, colocar, dinero, encabezado, renglon
from tests.reports.muestrario import tabla


def _textos(t: Tabla) -> list[list[tuple[str, int, int]]]:
    return [[(c.texto, c.ancho, c.alto) for c in fila] for fila in encabezado(t)]


def test_los_grupos_se_combinan_a_lo_ancho_y_los_sueltos_hacia_abajo() -> None:
    assert _textos(tabla())[:3] == [
        [("Código", 1, 3), ("Descripción", 1, 3), ("2026", 3, 1), ("Estado", 1, 3)],
        [("Primer trimestre", 2, 1), ("Segundo trimestre", 1, 1)],
        [("Programada", 1, 1), ("%", 1, 1), ("Alcanzada", 1, 1)],
    ]


def test_el_mismo_nombre_bajo_otro_grupo_no_se_combina() -> None:
    columnas = tuple(Columna(t, grupos=g) for t, g in (("a", ("X", "T")), ("b", ("Y", "T"))))
    assert _textos(Tabla(columnas, ()))[1] == [("T", 1, 1), ("T", 1, 1)]


@given(
    st.lists(
        st.lists(st.sampled_from([(), ("A",), ("B",), ("A", "C"), ("A", "D")]), min_size=1, max_size=7),
        min_size=1,
        max_size=1,
    )
)
def test_el_encabezado_llena_la_cuadricula_sin_encimarse(grupos: list[list[tuple[str, ...]]]) -> None:
    t = Tabla(tuple(Columna(str(i), grupos=g) for i, g in enumerate(grupos[0])), ())
    filas = encabezado(t)
    tapadas = [
        (p.fila + i, p.columna + j)
        for p in colocar(filas)
        for i in range(p.celda.alto)
        for j in range(p.celda.ancho)
    ]
    esperadas = [(f, c) for f in range(len(filas)) for c in range(len(t.columnas))]
    assert sorted(tapadas) == esperadas


def test_una_celda_alta_corre_las_de_abajo() -> None:
    filas = [(Celda("a", alto=2), Celda("b")), (Celda("c"),)]
    assert [(p.celda.texto, p.fila, p.columna) for p in colocar(filas)] == [
        ("a", 0, 0),
        ("b", 0, 1),
        ("c", 1, 1),
    ]


@given(
    st.lists(
        st.tuples(st.floats(0.2, 5), st.integers(-(10**13), 10**13), st.text(max_size=30)),
        min_size=1,
        max_size=14,
    ),
    st.floats(150, 900),
)
def test_una_cifra_cabe_en_su_columna_o_la_letra_ya_es_la_minima(
    columnas: list[tuple[float, int, str]], disponible: float
) -> None:
    t = Tabla(
        tuple(Columna("x", ancho) for ancho, _, _ in columnas),
        (renglon(*(dinero(centavos) for _, centavos, _ in columnas)), renglon(*(s for *_, s in columnas))),
    )
    medidas, letra = repartir(t, disponible)
    assert abs(sum(medidas) - disponible) < 0.01 and all(m > 0 for m in medidas)
    caben = all(
        POR_CIFRA * letra * len(celda.texto) + RELLENO <= medida + 0.01
        for celda, medida in zip(t.renglones[0].celdas, medidas, strict=True)
    )
    assert caben or letra <= LETRA_MINIMA


def test_lo_que_cabe_se_queda_como_se_pidio() -> None:
    t = Tabla((Columna("a", 3), Columna("b", 1)), (renglon("texto", dinero(100)),))
    assert repartir(t, 400) == ([300, 100], t.letra)
