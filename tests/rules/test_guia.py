"""La Guía Consultiva: umbrales impresos, estados y fórmulas, sin ejecutar nunca lo que dice una celda."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.guia import (
    EstadoGuia,
    anios_de,
    cifra,
    edicion_en,
    edicion_para,
    elementos_pedidos,
    es_de_la_unidad,
    estado_de_desempeno,
    estado_de_gestion,
    leer_umbral,
    leer_umbrales,
    sin_variables_de,
)
from db.rules.guia_evaluacion import (
    OPCION,
    Dato,
    Evaluado,
    Ficha,
    arrastrar,
    automaticas,
    contar,
    evaluar,
    propuestas,
)
from db.rules.guia_formula import leer_formula
from db.rules.problema import Problema

OPTIMO, EN_PROCESO, REZAGO, ND, NM = EstadoGuia
NUMEROS = st.decimals(-1000, 1000, places=3)


@given(st.integers(0, 20), st.integers(1, 20))
def test_gestion_todos_algunos_ninguno(cumplen: int, total: int) -> None:
    cumplen = min(cumplen, total)
    esperado = OPTIMO if cumplen == total else EN_PROCESO if cumplen else REZAGO
    assert estado_de_gestion(cumplen, total) is esperado


def test_sin_elementos_cargados_no_se_inventa_un_rezago() -> None:
    assert estado_de_gestion(0, 0) is ND


@given(NUMEROS)
def test_ascendente_y_descendente_cubren_todo_valor(valor: Decimal) -> None:
    sube, baja = leer_umbrales(">=80", "<80 y >=50", "<50"), leer_umbrales("<=50", ">50 y <=60", ">60")
    assert sube.clasificar(valor) is (OPTIMO if valor >= 80 else EN_PROCESO if valor >= 50 else REZAGO)
    assert baja.clasificar(valor) is (OPTIMO if valor <= 50 else EN_PROCESO if valor <= 60 else REZAGO)
    assert not sube.en_hueco(valor) and not baja.en_hueco(valor)


@given(NUMEROS)
def test_la_cifra_escrita_nunca_parece_de_otro_estado(valor: Decimal) -> None:
    umbrales = leer_umbrales(">=80", "<80 y >=50", "<50")
    escrita = Decimal(cifra(valor, umbrales).replace(",", "").replace("−", "-"))
    assert umbrales.clasificar(escrita) is umbrales.clasificar(valor)


@pytest.mark.parametrize(
    ("valor", "estado"), [("1.7", EN_PROCESO), ("2", OPTIMO), ("1.5", EN_PROCESO), ("0.9", REZAGO)]
)
def test_en_el_hueco_de_la_guia_no_se_llega_al_optimo(valor: str, estado: EstadoGuia) -> None:
    umbrales = leer_umbrales(">=2", "<1.5 y >=1", "<1")
    assert umbrales.clasificar(Decimal(valor)) is estado
    assert umbrales.en_hueco(Decimal(valor)) == (valor in ("1.7", "1.5"))


@pytest.mark.parametrize(
    "texto",
    ["80", "=>80", ">=80 y", "<80 o >50", ">5 y <3", ">=5 y >=3", "=4 y =4", "__import__('os')", ">=1.234"],
)
def test_un_umbral_que_no_se_entiende_se_rechaza(texto: str) -> None:
    with pytest.raises(Problema):
        leer_umbral(texto)


@given(st.text(max_size=30))
def test_cualquier_texto_es_umbral_o_problema(texto: str) -> None:
    try:
        umbral = leer_umbral(texto)
    except Problema as problema:
        assert problema.remedio
    else:
        assert umbral is None or not umbral.vacio


@pytest.mark.parametrize(
    ("textos", "campo"),
    [
        ((">=80", "<85 y >=50", "<50"), "en_proceso"),
        ((">=80", "<80 y >=50", "<=50"), "rezago"),
        ((">=80", "muchos", "<50"), "en_proceso"),
        (("", "<80 y >=50", "<50"), "optimo"),
    ],
)
def test_umbrales_encimados_o_ilegibles_nombran_su_celda(textos: tuple[str, str, str], campo: str) -> None:
    with pytest.raises(Problema) as hallado:
        leer_umbrales(*textos)
    assert hallado.value.campo == campo


def test_los_umbrales_con_palabras_son_opciones() -> None:
    ficha = Ficha(
        "2.3.4",
        "Deuda",
        "2.3",
        "desempeno",
        optimo="Sostenible",
        en_proceso="En observación",
        rezago="Elevada",
    )
    assert evaluar(ficha, 0, Dato(variables={OPCION: "en_proceso"}), {}).estado is EN_PROCESO
    assert evaluar(ficha, 0, Dato(), {}).estado is ND
    assert evaluar(ficha, 0, Dato(variables={OPCION: "otra"}), {}).estado is ND


@pytest.mark.parametrize(
    ("clave", "sin"),
    [
        ("1.1.4", "rezago"),
        ("1.2.4", "nd"),
        ("1.4.3", "rezago"),
        ("2.4.3", "rezago"),
        ("2.2.4", "nd"),
        ("4.4.1", "nd"),
    ],
)
def test_sin_variables_cada_indicador_queda_como_dice_la_guia(clave: str, sin: str) -> None:
    assert sin_variables_de(clave) == sin
    assert estado_de_desempeno(None, leer_umbrales(">0", "=0", "<0"), sin) == sin


def test_los_de_la_unidad_de_planeacion() -> None:
    claves = ("1.1.1", "1.1.2", "1.2.1", "1.2.4", "1.3.1", "1.4.1", "1.4.3", "2.1.2")
    assert [c for c in claves if es_de_la_unidad(c)] == ["1.1.2", "1.2.1", "1.2.4", "1.4.1", "1.4.3"]


def test_la_edicion_que_rige_un_anio() -> None:
    assert edicion_en("gdm_2025_2027_indicadores.csv") == "2025-2027"
    assert edicion_en("corte_20252027.csv") is None and edicion_en("2027-2025") is None
    assert list(anios_de("2025-2027")) == [2025, 2026, 2027]
    cargadas = ["2022-2024", "2025-2027"]
    assert [edicion_para(a, cargadas) for a in (2021, 2024, 2026, 2028)] == [
        None, "2022-2024", "2025-2027", "2025-2027",
    ]  # fmt: skip


def test_elementos_pedidos() -> None:
    assert elementos_pedidos("=4") == 4
    for mal in (">=4", "=4.5", "", "cuatro"):
        with pytest.raises(Problema):
            elementos_pedidos(mal)


@given(NUMEROS, NUMEROS.filter(bool))
def test_la_formula_con_palabras_se_calcula_exacta(a: Decimal, b: Decimal) -> None:
    leida = leer_formula(
        "((Metros (m2) en el año evaluado – metros en el año previo) / metros en el año previo) * - 100 Nota",
        "",
    )
    assert leida is not None
    assert [v.nombre for v in leida.variables] == ["Metros en el año evaluado", "Metros en el año previo"]
    assert leida.calcular({"A": a, "B": b}) == (a - b) / b * -100


def test_un_nombre_abreviado_es_la_misma_variable_pero_otro_anio_no() -> None:
    leida = leer_formula(
        "((Calles de tierra en el año evaluado - calles de tierra en el año previo al evaluado) / "
        "calles en el año previo al evaluado) * 100",
        "",
    )
    assert leida is not None and leida.formula.expresion.replace(" ", "") == "((A-B)/B)*100"


@pytest.mark.parametrize("texto", ["", "Seleccione una opción", "(A / ", "os.system('x') + eval(1)("])
def test_un_metodo_que_no_es_formula_pide_el_valor(texto: str) -> None:
    assert leer_formula(texto, "") is None


def test_dividir_entre_cero_se_dice() -> None:
    leida = leer_formula("(Gasto corriente / Gasto total) * 100", "")
    assert leida is not None
    with pytest.raises(Problema, match="divide entre 0"):
        leida.calcular({"A": Decimal(1), "B": Decimal(0)})
    assert leida.calcular({"A": Decimal(1)}) is None


INDICE = Ficha(
    "1.2.4",
    "Índice",
    "1.2",
    "desempeno",
    formula="(X1*10) + (X2*25) + (X3*15) + (X4*20) + (X5*10) + (X6*10) + (X7*10)",
    variables="X1= Reglas con todos los elementos. X2= Comité con todos los elementos. X3= Con objetivos. "
    "X4= Con enfoque inclusivo. X5= Resiliente. X6= Sostenible. X7= Fichas de indicadores.",
    optimo=">=80",
    en_proceso="<80 y >=50",
    rezago="<50",
)


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_el_indice_es_la_suma_de_sus_pesos(marcas: list[bool]) -> None:
    valores = {f"X{n}": Decimal(m) for n, m in enumerate(marcas, 1)}
    dato = Dato(True, variables={x: str(v) for x, v in valores.items() if x not in ("X1", "X2")})
    solas = {x: valores[x] for x in ("X1", "X2")}
    hecho = evaluar(INDICE, 0, dato, solas)
    assert hecho.valor == sum(p * m for p, m in zip((10, 25, 15, 20, 10, 10, 10), marcas, strict=True))


def test_x1_y_x2_salen_de_sus_indicadores_completos() -> None:
    assert automaticas(INDICE, [("Reglas", OPTIMO), ("Comité", EN_PROCESO), ("Otro", OPTIMO)]) == {
        "X1": 1,
        "X2": 0,
    }
    assert evaluar(INDICE, 0, Dato(), {"X1": Decimal(1), "X2": Decimal(1)}).estado is ND


def test_una_caracteristica_se_propone_si_un_solo_elemento_la_nombra() -> None:
    elementos = [
        ("Objetivos, estrategias y metas.", True),
        ("Con un enfoque inclusivo (que considere a todos).", False),
        ("Que sea sostenible.", True),
        ("Presupuesto sostenible.", True),
        ("Ficha técnica de los indicadores.", True),
    ]
    assert propuestas(INDICE, elementos) == {"X3": True, "X4": False, "X7": True}


def test_no_medible_manda_sobre_lo_capturado() -> None:
    ficha = Ficha("3.4.1", "Zona", "3.4", "gestion", optimo="=3")
    assert evaluar(ficha, 3, Dato(True, no_medible=True, cumplen=3), {}).estado is NM


def test_una_vez_en_optimo_se_conserva_y_lo_anual_no() -> None:
    previo = Evaluado(OPTIMO, True, "3 de 3")
    ahora = Evaluado(REZAGO, False, "0 de 3")
    una, anual = (
        Ficha("1.1.1", "x", "1.1", "gestion", r, optimo="=3") for r in ("una vez en óptimo", "revisión anual")
    )
    assert arrastrar(una, ahora, previo, 2025).desde == 2025
    assert arrastrar(una, ahora, arrastrar(una, ahora, previo, 2025), 2026).desde == 2025
    assert arrastrar(anual, ahora, previo, 2025) is ahora
    assert arrastrar(una, ahora, Evaluado(EN_PROCESO, True, "2 de 3"), 2025) is ahora


@given(st.lists(st.tuples(st.sampled_from(EstadoGuia), st.booleans())))
def test_el_conteo_suma_y_lo_no_medible_no_pesa(estados: list[tuple[EstadoGuia, bool]]) -> None:
    c = contar(estados)
    assert sum(c.por_estado.values()) == c.total == len(estados)
    if all(e is NM for e, _ in estados):
        assert c.optimo is None
    else:
        assert c.optimo is not None and 0 <= c.optimo <= 100
    sin_nm = contar([par for par in estados if par[0] is not NM])
    assert sin_nm.optimo == c.optimo
