"""Conciliar: al centavo, con la diferencia escrita y cada identidad con lo que se pasa."""

from hypothesis import given
from hypothesis import strategies as st

from db.rules.conciliacion import GASTO, baja, cuadrar, en_palabras, identidades, referencia
from db.rules.presupuesto import Momentos, revisar

importes = st.dictionaries(
    st.sampled_from(["aprobado", "devengado", "pagado"]), st.integers(-(10**12), 10**12)
)


@given(importes, importes)
def test_cuadra_solo_si_no_falta_un_centavo(control: dict[str, int], suma: dict[str, int]) -> None:
    cuadre = cuadrar(control, suma)
    assert cuadre.cuadra == all(suma.get(m, 0) == c for m, c in control.items())
    assert (cuadre.mayor == 0) == cuadre.cuadra == (cuadre.en_palabras == "")
    assert all(abs(d) <= abs(cuadre.mayor) for d in cuadre.diferencia.values())


def test_un_centavo_se_dice_con_su_momento() -> None:
    cuadre = cuadrar({"aprobado": 100, "devengado": 50}, {"aprobado": 100, "devengado": 51})
    assert cuadre.en_palabras == "difiere $0.01 en devengado"


def test_cada_identidad_rota_dice_cuanto_se_pasa() -> None:
    rotas = identidades(Momentos(aprobado=10_00, comprometido=30_00, devengado=30_00, ejercido=31_00))
    assert [(h.regla, cuanto) for h, cuanto in rotas] == [
        ("modificado ≥ comprometido", 20_00),
        ("devengado ≥ ejercido", 1_00),
    ]


@given(st.lists(st.integers(-100, 100), min_size=7, max_size=7))
def test_el_exceso_es_de_la_regla_que_se_rompe(valores: list[int]) -> None:
    momentos = Momentos(*valores)
    hallazgos = identidades(momentos)
    assert [h for h, _ in hallazgos] == list(revisar(momentos))
    assert all(cuanto > 0 for h, cuanto in hallazgos if " ≥ " in h.regla)


def test_un_gasto_negativo_es_un_acumulado_que_baja() -> None:
    for momento in GASTO:
        assert baja(momento, 4, -5_00).mensaje == f"{momento} acumulado baja $5.00 en abril"
    assert baja("ampliaciones", 4, -5_00).regla == "sin negativos"


def test_una_referencia_se_dice_en_palabras() -> None:
    assert en_palabras(referencia("cuadre", "detalle", 1)) == "Total de control"
    assert en_palabras(referencia("cuadre", "funcion", 1)) == "Suma por función"
    assert en_palabras(referencia("identidad", "A00-100-1", 2)) == "Clave A00-100-1"
    assert en_palabras(referencia("eaepe", "capitulo", "3000", 1)) == "EAEPE por capítulo 3000"
    assert en_palabras(referencia("plan", "sin_plan", 0)) == "Dinero sin plan"
    assert en_palabras("lo que sea") == "lo que sea"
