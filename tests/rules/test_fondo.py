"""El saldo y los plazos de un fondo, con la fecha puesta desde fuera."""

from datetime import date

import pytest

from db.rules.atencion import Caso, FondoVisto, ordenar
from db.rules.estado import Estado
from db.rules.fondo import AVISO, Saldo, cuanto_queda, plazos

SALDO = Saldo(asignado=1000, recibido=900, modificado=980, comprometido=700, devengado=600, pagado=450)
FIN = date(2026, 12, 31)


def test_lo_que_falta_de_cada_cosa() -> None:
    assert SALDO.por_recibir == 100
    assert SALDO.por_comprometer == 300
    assert SALDO.por_devengar == 400
    assert SALDO.por_pagar == 150
    assert SALDO.en_caja == 450


def test_sin_asignado_publicado_se_mide_contra_lo_presupuestado() -> None:
    assert Saldo(0, 0, 980, 0, 600, 0).por_devengar == 380


@pytest.mark.parametrize(
    ("dias", "dicho"),
    [
        (39, "quedan 39 días"),
        (1, "queda un día"),
        (0, "vence hoy"),
        (-1, "venció hace un día"),
        (-1200, "venció hace 1,200 días"),
    ],
)
def test_los_dias_que_quedan_en_palabras(dias: int, dicho: str) -> None:
    assert cuanto_queda(dias) == dicho


@pytest.mark.parametrize(
    ("hoy", "estado"),
    [
        (date(2026, 6, 1), Estado.no_toca),
        (date(2026, 11, 22), Estado.riesgo),
        (FIN, Estado.riesgo),
        (date(2027, 1, 1), Estado.critico),
    ],
)
def test_un_plazo_cercano_con_dinero_es_riesgo_y_vencido_es_critico(hoy: date, estado: Estado) -> None:
    (devengar,) = plazos(SALDO, None, FIN, None, hoy)
    assert (devengar.estado, devengar.resta, devengar.dias) == (estado, 400, (FIN - hoy).days)


def test_sin_nada_que_gastar_el_plazo_esta_cumplido_aunque_haya_pasado() -> None:
    gastado = Saldo(1000, 1000, 1000, 1000, 1000, 1000)
    assert {p.estado for p in plazos(gastado, FIN, FIN, FIN, date(2027, 6, 1))} == {Estado.adecuado}


def test_el_plazo_se_dice_con_su_fecha() -> None:
    comprometer, pagar = plazos(SALDO, FIN, None, date(2027, 3, 31), date(2027, 1, 10))
    assert comprometer.en_palabras == "venció hace 10 días, era el 31 de diciembre de 2026"
    assert pagar.en_palabras == "quedan 80 días, hasta el 31 de marzo de 2027"
    assert (comprometer.palabra, pagar.palabra) == ("Vencido con saldo", "A tiempo")
    assert AVISO < 80


def _caso(dias: int | None, devengado: int = 40, fondo_id: int | None = 7) -> Caso | None:
    fondo = FondoVisto("250101", "FISMDF", 100 * 10**8, devengado * 10**8, fondo_id, dias)
    return next(iter(ordenar([], [], [], [fondo], [], 9)), None)


def test_inicio_avisa_del_fondo_con_lo_que_queda_y_los_dias() -> None:
    cerca, vencido, hoy = _caso(39), _caso(-2), _caso(0)
    assert cerca is not None and vencido is not None and hoy is not None
    assert cerca.titulo == "FISMDF: quedan 60.0 mdp por devengar y 39 días"
    assert (cerca.estado, cerca.pagina, cerca.parametros) == (Estado.riesgo, "fondos", {"fondo": "7"})
    assert vencido.titulo.endswith("y venció hace 2 días") and vencido.estado is Estado.critico
    assert hoy.titulo.endswith("y vence hoy")
    assert vencido.orden < hoy.orden


def test_lejos_del_plazo_avisa_por_el_ritmo_y_sin_saldo_no_avisa() -> None:
    lejos, sin_registrar = _caso(AVISO + 1), _caso(None, fondo_id=None)
    assert lejos is not None and "a este ritmo se devengaría 53" in lejos.porque
    assert sin_registrar is not None
    assert (sin_registrar.pagina, sin_registrar.parametros) == ("presupuesto", {"fuente": "250101"})
    assert _caso(AVISO + 1, devengado=80) is None
    assert _caso(5, devengado=100) is None
