from dataclasses import fields, replace
from decimal import Decimal
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.estado import Estado
from db.rules.presupuesto import Momentos, avance_financiero, brecha, revisar, revisar_eaepe
from db.rules.reparto import parte_igual, repartir
from db.rules.resultado import Detalle, Resultado

D = Decimal
centavos = st.integers(0, 10**13)
momentos = st.builds(Momentos, **{c.name: centavos for c in fields(Momentos)})  # type: ignore[arg-type]
SANO = Momentos(1000, 300, 100, 1000, 900, 900, 800)


@given(momentos)
def test_las_identidades_del_egreso(m: Momentos):
    assert m.modificado == m.aprobado + m.ampliaciones - m.reducciones
    assert m.subejercicio == m.modificado - m.devengado


@given(st.lists(st.tuples(st.sampled_from("abc"), momentos)), st.randoms(use_true_random=False))
def test_la_suma_de_las_partes_es_el_total_en_cualquier_orden(partes, azar):  # type: ignore[no-untyped-def]
    def total(lista):  # type: ignore[no-untyped-def]
        return reduce(Momentos.__add__, lista, Momentos())

    por_grupo = [total([m for g, m in partes if g == grupo]) for grupo in "abc"]
    directo = total([m for _, m in partes])
    assert total(por_grupo) == directo
    assert total([*por_grupo, Momentos()]).modificado == sum(m.modificado for _, m in partes)
    azar.shuffle(partes)
    assert total([m for _, m in partes]) == directo


def test_un_egreso_sano_no_tiene_hallazgos():
    assert revisar(SANO) == ()


@pytest.mark.parametrize(
    ("campo", "valor", "regla"),
    [
        ("pagado", 950, "ejercido ≥ pagado"),
        ("ejercido", 950, "devengado ≥ ejercido"),
        ("devengado", 1001, "comprometido ≥ devengado"),
        ("comprometido", 1201, "modificado ≥ comprometido"),
        ("reducciones", -5, "sin negativos"),
    ],
)
def test_el_orden_roto_se_nombra_con_sus_cifras(campo: str, valor: int, regla: str):
    hallazgos = revisar(replace(SANO, **{campo: valor}))
    assert [h.regla for h in hallazgos] == [regla]
    assert "$" in hallazgos[0].mensaje


def test_el_eaepe_tolera_un_peso_y_dice_la_diferencia():
    assert revisar_eaepe(1000, 200, 1300, 500, 700) == ()
    assert revisar_eaepe(1000, 200, 1300, 500, 700, tolerancia=0)
    (hallazgo,) = revisar_eaepe(1000, 200, 1301, 500, 801)
    assert "Modificado" in hallazgo.regla
    assert "$1.01" in hallazgo.mensaje


def test_avance_financiero():
    resultado = avance_financiero(45_00, 100_00)
    assert (resultado.valor, resultado.estado) == (45, Estado.adecuado)
    assert "$45.00" in " ".join(resultado.detalle.en_palabras())
    assert avance_financiero(0, 0).estado is Estado.no_toca
    assert avance_financiero(None, 100).detalle.formula == "sin dato financiero"
    assert avance_financiero(101, 100).estado is Estado.critico


@pytest.mark.parametrize("modificado", [0, -100])
def test_gastar_sin_presupuesto_no_tiene_porcentaje(modificado: int):
    resultado = avance_financiero(5, modificado)
    assert (resultado.valor, resultado.estado) == (None, Estado.critico)
    assert "sobreejercicio" in resultado.detalle.formula


def _lado(valor: str | None) -> Resultado:
    return Resultado(None if valor is None else D(valor), Estado.adecuado, Detalle("x"))


@pytest.mark.parametrize(
    ("fisico", "financiero", "texto"),
    [
        ("40", "62", "se ha gastado 22 puntos más de lo que se ha logrado"),
        ("40", "62.5", "se ha gastado 23 puntos más de lo que se ha logrado"),
        ("62", "60.8", "se ha logrado 1 punto más de lo que se ha gastado"),
        ("50", "50.9", "a la par"),
    ],
)
def test_la_brecha_se_dice_con_palabras(fisico: str, financiero: str, texto: str):
    resultado = brecha(_lado(fisico), _lado(financiero))
    assert resultado.valor == D(fisico) - D(financiero)
    assert resultado.detalle.notas == (texto,)


@pytest.mark.parametrize(
    ("fisico", "financiero", "texto"),
    [(None, "5", "sin dato físico"), ("5", None, "sin dato financiero")],
)
def test_si_falta_un_lado_la_brecha_dice_cual(fisico: str | None, financiero: str | None, texto: str):
    resultado = brecha(_lado(fisico), _lado(financiero))
    assert (resultado.valor, resultado.detalle.formula) == (None, texto)


partes = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.decimals("0.0001", 50, places=4), min_size=1, max_size=12
)


@given(st.integers(-(10**14), 10**14), partes)
def test_repartir_no_pierde_ni_un_centavo(total: int, p: dict[str, Decimal]):
    repartido = repartir(total, p)
    assert sum(repartido.values()) == total
    suma = sum(p.values())
    for codigo, parte in p.items():
        assert abs(repartido[codigo] - total * parte / suma) < D("1.001")


@given(st.integers(0, 10**14), st.integers(1, 40))
def test_repartir_por_igual_difiere_a_lo_mas_un_centavo(total: int, cuantas: int):
    repartido = repartir(total, {f"{n:02d}": parte_igual(cuantas) for n in range(cuantas)})
    assert sum(repartido.values()) == total
    assert max(repartido.values()) - min(repartido.values()) <= 1


def test_el_centavo_suelto_va_al_mayor_residuo():
    assert repartir(1, {"a": D("0.1"), "b": D("0.9")}) == {"a": 0, "b": 1}
    assert repartir(10, {"a": D("1.4"), "b": D("2.7"), "c": D("5.9")}) == {"a": 1, "b": 3, "c": 6}


def test_los_empates_se_resuelven_por_codigo():
    tercios = dict.fromkeys("cab", D(1))
    assert repartir(100, tercios) == {"a": 34, "b": 33, "c": 33}
    assert repartir(-100, tercios) == {"a": -34, "b": -33, "c": -33}


@pytest.mark.parametrize("malas", [{}, {"a": D(0)}, {"a": D(2), "b": D(-1)}])
def test_partes_que_no_reparten_se_rechazan(malas: dict[str, Decimal]):
    with pytest.raises(ValueError):
        repartir(100, malas)
