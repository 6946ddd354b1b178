"""Las reglas de la reconducción: fechas, calendario, propuesta, reparto por mes y dinero compensado."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.estado import Estado
from db.rules.habiles import descansos_de_ley, es_habil, habil_despues, ultimo_habil
from db.rules.periodo import Operacion, acumular, agrupar, periodos
from db.rules.problema import Problema
from db.rules.reconduccion import (
    Lado,
    Programado,
    exigir_a_tiempo_autorizar,
    exigir_a_tiempo_pedir,
    exigir_calendario,
    lado,
    plazos,
    por_mes,
    proponer,
    que_pide,
    repartir_cantidad,
)
from db.rules.resultado import Detalle, Resultado
from db.rules.solicitud import Traslado, exigir_compensado, exigir_importes

CANTIDAD = st.decimals(0, 1_000_000, places=2)
SERIE = st.tuples(*[st.none() | CANTIDAD] * 4)


def meta(vigente: tuple[Decimal | None, ...], alcanzado: tuple[Decimal | None, ...]) -> Programado:
    return Programado("Meta", Operacion.suma, "trimestre", vigente, vigente, alcanzado)


def numeros(*valores: int | None) -> tuple[Decimal | None, ...]:
    return tuple(None if v is None else Decimal(v) for v in valores)


def test_los_descansos_de_ley_caen_donde_dice_la_ley() -> None:
    assert {date(2026, 2, 2), date(2026, 3, 16), date(2026, 11, 16)} <= descansos_de_ley(2026)
    assert date(2024, 10, 1) in descansos_de_ley(2024) and date(2026, 10, 1) not in descansos_de_ley(2026)
    assert len(descansos_de_ley(2026)) == 7


def test_los_plazos_saltan_fines_de_semana_y_descansos() -> None:
    """Diciembre de 2026: se pide hasta el jueves 31; el 1 es descanso y el quinto hábil es el viernes 8."""
    inhabiles = descansos_de_ley(2026) | descansos_de_ley(2027)
    hallados = plazos(2026, 11, inhabiles)
    assert (hallados.pedir, hallados.autorizar) == (date(2026, 12, 31), date(2027, 1, 8))
    assert ultimo_habil(2026, 5, inhabiles) == date(2026, 5, 29)
    cerrado = inhabiles | {date(2026, 12, 31)}
    assert plazos(2026, 10, cerrado).pedir == date(2026, 12, 30)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 1)), st.integers(0, 30))
def test_entre_un_dia_y_su_habil_numero_n_hay_n_habiles(dia: date, cuantos: int) -> None:
    inhabiles = descansos_de_ley(dia.year) | descansos_de_ley(dia.year + 1)
    fin = habil_despues(dia, cuantos, inhabiles)
    dias = [dia + timedelta(days=n + 1) for n in range((fin - dia).days)]
    assert sum(es_habil(d, inhabiles) for d in dias) == cuantos
    assert cuantos == 0 or es_habil(fin, inhabiles)


def test_un_dia_despues_ya_no() -> None:
    limite = plazos(2026, 7, descansos_de_ley(2026))
    exigir_a_tiempo_pedir(2026, 7, limite.pedir, descansos_de_ley(2026))
    exigir_a_tiempo_autorizar(2026, 7, limite.autorizar, descansos_de_ley(2026))
    with pytest.raises(Problema, match="30/09/2026; hoy es 01/10/2026"):
        exigir_a_tiempo_pedir(2026, 7, limite.pedir + timedelta(days=1), descansos_de_ley(2026))
    with pytest.raises(Problema, match="7 de octubre de 2026"):
        exigir_a_tiempo_autorizar(2026, 7, limite.autorizar + timedelta(days=1), descansos_de_ley(2026))


@given(SERIE, SERIE, st.sampled_from([1, 4, 7, 10]))
def test_lo_que_se_propone_siempre_se_admite(
    vigente: tuple[Decimal | None, ...], alcanzado: tuple[Decimal | None, ...], vigencia: int
) -> None:
    """Con lo validado sólo en los periodos ya pasados, como ocurre: nunca se propone algo que se niegue."""
    pasado = tuple(a if n * 3 < vigencia else None for n, a in enumerate(alcanzado, start=1))
    p = meta(vigente, pasado)
    propuesta = proponer(p, vigencia)
    assert all(valor >= 0 for valor in propuesta.values())
    if propuesta:
        exigir_calendario(p, vigencia, propuesta, None, "meta-1")


def test_lo_que_falto_sigue_al_ritmo_y_lo_que_sobro_se_agrega() -> None:
    """De 23 se lograron 11: las 8 que faltan quedan en 8 × 11 ÷ 23 = 3.8, 4. De 10 se lograron 16: 10 + 6."""
    assert proponer(meta(numeros(8, 7, 8, 8), numeros(4, 4, 3, None)), 10) == {4: 4}
    assert proponer(meta(numeros(5, 5, 5, 5), numeros(8, 8, None, None)), 7) == {3: 8, 4: 8}
    assert proponer(meta(numeros(0, 0, 0, 0), numeros(1, 3, None, None)), 7) == {3: 2, 4: 2}


@given(CANTIDAD, st.dictionaries(st.integers(1, 12), CANTIDAD, min_size=1))
def test_repartir_no_pierde_nada(total: Decimal, partes: dict[int, Decimal]) -> None:
    dadas = repartir_cantidad(total, partes)
    assert sum(dadas.values()) == total and set(dadas) == set(partes)


@given(st.tuples(*[st.none() | CANTIDAD] * 12), st.sampled_from(list(Operacion)), st.integers(0, 3), CANTIDAD)
def test_lo_programado_por_mes_da_lo_pedido_del_periodo(
    meses: tuple[Decimal | None, ...], operacion: Operacion, cual: int, cantidad: Decimal
) -> None:
    periodo = periodos("trimestre")[cual]
    nuevos = list(meses)
    for mes, valor in por_mes(meses, operacion, periodo, cantidad).items():
        assert periodo.mes_inicio <= mes <= periodo.mes_fin
        nuevos[mes - 1] = valor
    assert agrupar(nuevos, operacion, "trimestre")[cual] == cantidad


@given(SERIE, st.dictionaries(st.integers(3, 4), CANTIDAD))
def test_el_modificado_es_lo_cerrado_mas_lo_nuevo(
    vigente: tuple[Decimal | None, ...], nuevos: dict[int, Decimal]
) -> None:
    p = meta(vigente, numeros(None, None, None, None))
    modificado = p.modificado(nuevos)
    assert modificado[:2] == vigente[:2]
    assert p.anual(modificado) == acumular(
        [*vigente[:2], *(nuevos.get(n, vigente[n - 1]) for n in (3, 4))], Operacion.suma
    )


def test_el_lado_es_el_de_la_meta_del_anio() -> None:
    p = meta(numeros(10, 10, 10, 10), numeros(None, None, None, None))
    assert lado(p, {4: Decimal(9)}) is Lado.REDUCE
    assert lado(p, {4: Decimal(11)}) is Lado.AMPLIA
    assert lado(p, {3: Decimal(12), 4: Decimal(8)}) is Lado.RECALENDARIZA


def test_un_periodo_programado_no_se_deja_vacio() -> None:
    p = meta(numeros(10, 10, 10, 10), numeros(None, None, None, None))
    with pytest.raises(Problema, match="falta lo programado de octubre a diciembre"):
        exigir_calendario(p, 7, {3: Decimal(1)}, None, "meta-1")
    for malo in ("-1", "NaN", "Infinity", "1e30"):
        with pytest.raises(Problema):
            exigir_calendario(p, 10, {4: Decimal(malo)}, None, "meta-1")


@pytest.mark.parametrize(
    ("valor", "estado", "espera"),
    [
        ("89.9", Estado.riesgo, Lado.REDUCE),
        ("90", Estado.adecuado, None),
        ("110", Estado.adecuado, None),
        ("110.1", Estado.sobrecumplido, Lado.AMPLIA),
        (None, Estado.no_programado, Lado.AMPLIA),
        (None, Estado.critico, Lado.REDUCE),
        (None, Estado.sin_dato, None),
        (None, Estado.no_toca, None),
    ],
)
def test_pide_reconduccion_lo_que_sale_de_90_a_110(
    valor: str | None, estado: Estado, espera: Lado | None
) -> None:
    assert que_pide(Resultado(Decimal(valor) if valor else None, estado, Detalle("prueba"))) is espera


def test_el_traspaso_se_compensa_y_no_toma_de_mas() -> None:
    toma, da = Traslado(Lado.REDUCE, "A", 100, 100), Traslado(Lado.AMPLIA, "B", 100, None)
    exigir_importes([toma, da])
    exigir_compensado([toma, da], "Economías")
    exigir_compensado([toma], "")
    with pytest.raises(Problema, match="de dónde salen"):
        exigir_compensado([da], "")
    for mal in ([toma, toma], [Traslado(Lado.REDUCE, "A", 101, 100)], [Traslado(Lado.REDUCE, "A", 1, None)],
                [Traslado(Lado.AMPLIA, "B", 0, None)]):  # fmt: skip
        with pytest.raises(Problema):
            exigir_importes(mal)
