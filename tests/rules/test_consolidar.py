import random
import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.banda import GENERAL, clasificar
from db.rules.consolidar import INSUMOS, Ajustes, Hoja, NodoEvaluado, Rama, consolidar
from db.rules.estado import Estado
from db.rules.periodo import Corte
from db.rules.problema import Problema
from db.rules.resultado import Detalle, Resultado

D = Decimal
CORTE = Corte(2026, 6)
NADA = Resultado(None, Estado.sin_meta, Detalle("no aplica"))


def hoja(
    clave: str, que: int | str | Decimal | Estado, peso: int | None = None, avance: int | None = None,
    esperado: int | None = None,
) -> Hoja:  # fmt: skip
    if isinstance(que, Estado):
        cumplimiento = Resultado(None, que, Detalle("x"))
    else:
        cumplimiento = Resultado(D(que), clasificar(D(que), GENERAL).equivale, Detalle("x"))
    del_anio = NADA if avance is None else Resultado(D(avance), cumplimiento.estado, Detalle("x"))
    return Hoja(
        clave, f"Meta {clave}", None if peso is None else D(peso), cumplimiento, del_anio,
        None if esperado is None else D(esperado),
    )  # fmt: skip


def rama(clave: str, *hijos: Rama | Hoja, peso: int | None = None) -> Rama:
    return Rama(clave, f"Nodo {clave}", None if peso is None else D(peso), hijos)


def subir(raiz: Rama, **ajustes: object) -> dict[str, NodoEvaluado]:
    return consolidar(raiz, Ajustes(**ajustes), GENERAL, CORTE)  # type: ignore[arg-type]


def test_promedio_ponderado_de_los_hijos_directos():
    nodos = subir(rama("plan", rama("e1", hoja("a", 100), hoja("b", 50)), rama("e2", hoja("c", 90), peso=3)))
    assert nodos["e1"].cumplimiento.valor == 75
    assert nodos["plan"].cumplimiento.valor == D("86.25")
    assert nodos["plan"].cumplimiento.estado is Estado.riesgo
    assert nodos["plan"].cumplimiento.detalle.cobertura == "3 de 3 evaluados"


def test_lo_sobrecumplido_no_tapa_a_lo_que_falta():
    assert subir(rama("p", hoja("a", 500), hoja("b", 20)))["p"].cumplimiento.valor == 60
    assert subir(rama("p", hoja("a", 500), hoja("b", 20)), tope=D(110))["p"].cumplimiento.valor == 65
    assert subir(rama("p", hoja("a", -40), hoja("b", 20)))["p"].cumplimiento.valor == 10


def test_lo_forzado_sin_porcentaje_pesa_cien_o_cero():
    nodo = subir(rama("p", hoja("a", Estado.adecuado), hoja("b", Estado.critico)))["p"]
    assert nodo.cumplimiento.valor == 50
    assert nodo.evaluados == 2


def test_lo_vencido_cuenta_como_cero_y_se_dice():
    arbol = rama("p", hoja("a", 100), hoja("b", Estado.vencido))
    nodo = subir(arbol)["p"]
    assert nodo.cumplimiento.valor == 50
    assert (nodo.evaluados, nodo.total, nodo.cuentan_cero) == (1, 2, 1)
    assert nodo.cumplimiento.detalle.cobertura == "1 de 2 evaluados; 1 sin reporte cuenta como 0"
    assert subir(arbol, vencido_cuenta_cero=False)["p"].cumplimiento.valor == 100
    sin_avances = subir(arbol, alguno_validado=False)["p"]
    assert (sin_avances.cumplimiento.valor, sin_avances.cuentan_cero) == (100, 0)


def test_lo_que_no_tiene_cifra_queda_fuera_y_se_nombra():
    nodo = subir(rama("p", hoja("a", 80), hoja("b", Estado.sin_meta), hoja("c", Estado.no_toca),
                      hoja("d", Estado.en_revision)))["p"]  # fmt: skip
    assert (nodo.cumplimiento.valor, nodo.evaluados, nodo.total) == (80, 1, 2)
    assert [(e.nombre, e.motivo) for e in nodo.cumplimiento.detalle.excluidos] == [
        ("Meta b", "Sin meta"), ("Meta c", "Aún no toca"), ("Meta d", "En revisión"),
    ]  # fmt: skip
    assert nodo.por_estado[Estado.en_revision] == 1


def test_una_hoja_citada_dos_veces_se_cuenta_una():
    nodos = subir(
        rama("eje", rama("l1", hoja("m", 100)), rama("l2", hoja("m", 100), hoja("n", Estado.sin_dato)))
    )
    assert (nodos["eje"].evaluados, nodos["eje"].total) == (1, 2)


def test_con_menos_de_la_mitad_del_peso_no_hay_cifra():
    mitad = rama("p", hoja("a", 100), hoja("b", Estado.sin_dato))
    assert subir(mitad)["p"].cumplimiento.valor == 100
    for arbol in (
        rama("p", hoja("a", 100), hoja("b", Estado.sin_dato), hoja("c", Estado.sin_dato)),
        rama("p", hoja("a", 100, 49), hoja("b", Estado.sin_dato, 51)),
    ):
        cumplimiento = subir(arbol)["p"].cumplimiento
        assert (cumplimiento.valor, cumplimiento.estado) == (None, Estado.sin_dato_suficiente)
        assert subir(arbol, cobertura_minima=D(30))["p"].cumplimiento.valor == 100


def test_la_cobertura_se_mide_por_el_peso_de_cada_rama():
    poco = rama("poco", hoja("a", 100), hoja("b", Estado.sin_dato), hoja("c", Estado.sin_dato))
    nodos = subir(rama("p", poco, rama("bien", hoja("d", 90))))
    assert nodos["poco"].cumplimiento.estado is Estado.sin_dato_suficiente
    assert nodos["p"].cumplimiento.valor == 90
    assert (nodos["p"].evaluados, nodos["p"].total) == (2, 4)


@pytest.mark.parametrize(
    ("estados", "estado"),
    [
        ((Estado.sin_meta, Estado.no_toca), "no_toca"),
        ((Estado.no_toca, Estado.no_programado), "no_programado"),
        ((Estado.no_programado, Estado.sin_dato), "sin_dato"),
        ((Estado.sin_dato, Estado.en_revision), "en_revision"),
        ((Estado.en_revision, Estado.vencido), "vencido"),
        ((), "sin_meta"),
    ],
)
def test_un_nodo_sin_nada_evaluado_toma_el_primer_estado_presente(estados: Sequence[Estado], estado: str):
    arbol = rama("p", *(hoja(str(n), e) for n, e in enumerate(estados)))
    cumplimiento = subir(arbol, vencido_cuenta_cero=False)["p"].cumplimiento
    assert (cumplimiento.valor, cumplimiento.estado) == (None, estado)


def test_el_nodo_sin_hijos_no_tiene_cifra():
    nodo = subir(rama("p"))["p"]
    assert (nodo.cumplimiento.valor, nodo.avance_anual.valor, nodo.total) == (None, None, 0)


@pytest.mark.parametrize("pesos", [(0, 0), (-1, 2)])
def test_los_pesos_que_no_sirven_se_rechazan(pesos: tuple[int, int]):
    with pytest.raises(Problema) as error:
        subir(rama("p", hoja("a", 80, pesos[0]), hoja("b", 90, pesos[1])))
    assert "Nodo p" in error.value.mensaje
    assert error.value.remedio


def test_el_avance_anual_y_lo_esperado_salen_de_las_mismas_hojas():
    nodo = subir(rama("p", hoja("a", 90, avance=30, esperado=40), hoja("b", 100, avance=150, esperado=60),
                      hoja("c", 100)))["p"]  # fmt: skip
    assert (nodo.avance_anual.valor, nodo.esperado) == (65, 50)
    assert (nodo.avance_anual.detalle.evaluados, nodo.avance_anual.detalle.total) == (2, 2)


def test_lo_que_aun_no_toca_no_resta_cobertura_al_avance_anual():
    pendiente = replace(hoja("b", Estado.no_toca), avance_anual=Resultado(None, Estado.no_toca, Detalle("x")))
    otra = replace(pendiente, clave="c")
    nodo = subir(rama("p", hoja("a", 90, avance=30, esperado=40), pendiente, otra))["p"]
    assert (nodo.avance_anual.valor, nodo.esperado) == (30, 40)


def test_la_explicacion_no_crece_sin_limite():
    hojas = [hoja(f"a{n}", 80) for n in range(50)] + [hoja(f"b{n}", Estado.sin_dato) for n in range(40)]
    detalle = subir(rama("p", *hojas))["p"].cumplimiento.detalle
    assert len(detalle.insumos) == len(detalle.excluidos) == INSUMOS + 1
    assert sum(e.cuantos for e in detalle.excluidos) == 40


cifras = st.decimals(0, 100, places=2)
pesos = st.none() | st.integers(1, 50)
ramitas = st.lists(st.tuples(cifras, pesos), min_size=1, max_size=6)


def _arbol(grupos: list[list[tuple[Decimal, int | None]]], *extra: Rama) -> Rama:
    ramas = [
        rama(f"r{i}", *(hoja(f"{i}-{j}", valor, peso) for j, (valor, peso) in enumerate(grupo)))
        for i, grupo in enumerate(grupos)
    ]
    return rama("p", *ramas, *extra)


@given(st.lists(ramitas, min_size=1, max_size=4))
def test_el_resultado_queda_entre_el_menor_y_el_mayor(grupos: list[list[tuple[Decimal, int | None]]]):
    nodos = subir(_arbol(grupos))
    todas = [valor for grupo in grupos for valor, _ in grupo]
    valor = nodos["p"].cumplimiento.valor
    assert valor is not None
    assert min(todas) <= valor <= max(todas)
    for n, grupo in enumerate(grupos):
        propio = nodos[f"r{n}"].cumplimiento.valor
        assert propio is not None
        assert min(v for v, _ in grupo) <= propio <= max(v for v, _ in grupo)


@given(st.lists(ramitas, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_no_importa_el_orden(grupos: list[list[tuple[Decimal, int | None]]], azar: random.Random):
    arbol = _arbol(grupos)
    hijos = list(arbol.hijos)
    azar.shuffle(hijos)
    uno, otro = subir(arbol)["p"], subir(replace(arbol, hijos=tuple(hijos)))["p"]
    assert uno.cumplimiento.valor == otro.cumplimiento.valor
    assert uno.por_estado == otro.por_estado


@given(st.lists(ramitas, min_size=1, max_size=4))
def test_una_rama_vacia_no_cambia_nada(grupos: list[list[tuple[Decimal, int | None]]]):
    vacias = (rama("v"), rama("w", hoja("z", Estado.sin_meta)))
    con, sin = subir(_arbol(grupos, *vacias))["p"], subir(_arbol(grupos))["p"]
    assert (con.cumplimiento.valor, con.evaluados, con.total) == (
        sin.cumplimiento.valor, sin.evaluados, sin.total,
    )  # fmt: skip


@given(ramitas, st.integers(2, 9))
def test_escalar_todos_los_pesos_no_cambia_nada(grupo: list[tuple[Decimal, int | None]], factor: int):
    con_peso = [(valor, peso or 1) for valor, peso in grupo]
    mas = [(valor, peso * factor) for valor, peso in con_peso]
    assert subir(_arbol([con_peso]))["p"].cumplimiento.valor == subir(_arbol([mas]))["p"].cumplimiento.valor


def _grande() -> Rama:
    """700 nodos en cuatro niveles y 1,300 hojas, como un municipio grande."""

    def linea(e: int, k: int) -> Rama:
        return rama(
            f"l{e}-{k}", *(hoja(f"h{e}-{k}-{j}", 60 + k % 50, avance=40, esperado=50) for j in range(2))
        )

    lineas = [[linea(e, k) for k in range(65)] for e in range(10)]
    ejes = [rama(f"e{e}", *(rama(f"o{e}-{i}", *de[i::4]) for i in range(4))) for e, de in enumerate(lineas)]
    return rama("plan", *ejes)


def test_un_plan_grande_se_consolida_en_un_parpadeo():
    arbol = _grande()
    assert len(subir(arbol)) >= 700
    tiempos = []
    for _ in range(5):
        inicio = time.process_time()
        subir(arbol)
        tiempos.append(time.process_time() - inicio)
    assert min(tiempos) < 0.2
