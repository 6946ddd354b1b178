"""Las clasificaciones del gasto y su cruce: de dónde sale cada código, qué resumen lo contesta y qué suma."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.cruce import OTROS, cruzar, juntar, mayores, medida, parte_gastada
from db.rules.matriz import (
    CLASIFICACIONES,
    clave_funcional,
    codigo_de,
    de_resumen,
    llave_con_ente,
    resumen_de,
    siguiente,
    sin_ente,
)
from db.rules.movimiento import meses_de, meses_en_palabras, sin_gasto

CLAVE = {
    "dependencia_general": "A00",
    "dependencia_auxiliar": "100",
    "programa": "01020401",
    "proyecto": "010204010102",
    "fuente": "150101",
    "partida": "1131",
    "tipo_gasto": "1",
    "ente": "7",
    "clave": "A00-100-x",
}


def monto(modificado: int, devengado: int = 0) -> dict[str, int]:
    return {"modificado": modificado, "devengado": devengado, "subejercicio": modificado - devengado}


def test_cada_clasificacion_sale_de_su_parte_de_la_clave() -> None:
    assert {codigo: codigo_de(codigo, CLAVE) for codigo in CLASIFICACIONES} == {
        "ente": "7",
        "finalidad": "01",
        "funcion": "0102",
        "programa": "01020401",
        "proyecto": "010204010102",
        "dependencia": "A00",
        "auxiliar": "A00-100",
        "capitulo": "1000",
        "concepto": "1100",
        "partida": "1131",
        "fuente": "150101",
        "tipo": "1",
        "clave": "A00-100-x",
    }


def test_lo_que_no_trae_segmento_no_tiene_codigo() -> None:
    assert {codigo_de(codigo, {}) for codigo in CLASIFICACIONES} == {""}
    assert codigo_de("programa", {"programa": "", "proyecto": "010204010102"}) == "01020401"


def test_el_codigo_de_un_resumen_dice_lo_mismo_que_su_clave() -> None:
    for resumen, codigo, cuales in (
        ("programa_capitulo", "01020401|1000", ("finalidad", "funcion", "programa", "capitulo")),
        ("dependencia_auxiliar", "A00-100", ("dependencia", "auxiliar")),
        ("proyecto", "010204010102", ("finalidad", "funcion", "programa", "proyecto")),
        ("partida", "1131", ("capitulo", "concepto", "partida")),
        ("capitulo", "1000", ("capitulo",)),
        ("fuente", "150101", ("fuente",)),
    ):
        segmentos = de_resumen(resumen, codigo)
        assert {c: codigo_de(c, segmentos) for c in cuales} == {c: codigo_de(c, CLAVE) for c in cuales}


@pytest.mark.parametrize(
    ("cuales", "resumen"),
    [
        ((), "total"),
        (("ente",), "total"),
        (("ente", "capitulo"), "capitulo"),
        (("capitulo", "concepto"), "partida"),
        (("dependencia", "auxiliar"), "dependencia_auxiliar"),
        (("finalidad", "proyecto"), "proyecto"),
        (("funcion", "capitulo"), "programa_capitulo"),
        (("programa", "partida"), ""),
        (("proyecto", "capitulo"), ""),
        (("capitulo", "fuente"), ""),
        (("clave",), ""),
    ],
)
def test_el_resumen_que_contesta_un_cruce(cuales: tuple[str, ...], resumen: str) -> None:
    assert resumen_de(cuales) == resumen_de(tuple(reversed(cuales))) == resumen


def test_el_desglose_termina_en_la_clave_sin_repetir_lo_elegido() -> None:
    for codigo in CLASIFICACIONES:
        elegidos = [codigo]
        while elegidos[-1] != "clave":
            elegidos.append(siguiente(elegidos[-1], elegidos))
        assert len(elegidos) == len(set(elegidos))
    assert siguiente("capitulo", {"capitulo", "concepto"}) == "partida"


def test_la_dependencia_lleva_su_ente_y_lo_demas_no() -> None:
    assert sin_ente(llave_con_ente("dependencia", "A00", "2")) == ("A00", "2")
    assert sin_ente(llave_con_ente("capitulo", "1000", "2")) == ("1000", "")


def test_la_funcion_se_busca_con_la_clave_del_conac() -> None:
    assert (clave_funcional("01"), clave_funcional("0102"), clave_funcional("xx")) == ("1", "12", "")


celdas = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("ABCDEFGH")),
    st.builds(monto, st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12)),
    min_size=1,
)


@given(celdas, st.integers(2, 9))
def test_el_cruce_no_pierde_un_centavo(datos: Mapping[tuple[str, str], dict[str, int]], tope: int) -> None:
    cruce = cruzar(datos, tope)
    total = juntar(datos.values())
    assert len(cruce.columnas) <= tope
    assert cruce.total == juntar(cruce.celdas.values()) == total
    assert juntar(cruce.por_fila.values()) == juntar(cruce.por_columna.values()) == total
    assert set(cruce.columnas) == set(cruce.por_columna)
    dinero = [cruce.por_fila[fila]["modificado"] for fila in cruce.filas]
    assert dinero == sorted(dinero, reverse=True)


def test_lo_que_no_cabe_va_en_otros_al_final() -> None:
    cruce = cruzar({("f", "a"): monto(3), ("f", "b"): monto(2), ("f", "c"): monto(1)}, tope=2)
    assert cruce.columnas == ["a", OTROS]
    assert cruce.por_columna[OTROS]["modificado"] == 3


def test_sin_modificado_no_hay_porcentaje_y_sin_dinero_no_hay_cero() -> None:
    assert parte_gastada(monto(0, 5)) is None
    assert medida(None, "devengado") is None
    assert medida(monto(200, 50), "pct") == 25
    assert medida(monto(200, 50), "subejercicio") == 150


def test_el_mayor_subejercicio_primero_y_el_sobreejercicio_aparte() -> None:
    montos = {"a": monto(10, 1), "b": monto(10, 30), "c": monto(99, 2), "d": monto(5, 5)}
    assert mayores(montos, 1) == ["c", "a"]
    assert mayores(montos, -1) == ["b"]


@given(st.sets(st.integers(1, 12)), st.integers(1, 12))
def test_los_meses_sin_gasto_completan_a_los_que_lo_tienen(con: set[int], corte: int) -> None:
    suma = sum(2 ** (mes - 1) for mes in con)
    assert set(meses_de(suma)) == con
    assert set(sin_gasto(suma, corte)) | (con & set(range(1, corte + 1))) == set(range(1, corte + 1))


def test_los_meses_seguidos_se_dicen_por_sus_extremos() -> None:
    assert meses_en_palabras((3, 7, 8, 9, 12)) == "marzo, julio a septiembre, diciembre"
    assert meses_en_palabras(()) == ""
