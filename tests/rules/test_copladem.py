"""Quórum, votaciones, aviso y acuerdos: lo que las reglas de un comité dicen, en números y en palabras."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.comites import ReglasComite
from db.rules import acuerdos, sesiones
from db.rules.problema import Problema
from db.rules.quorum import en_palabras, necesarios, quorum
from db.rules.votacion import CONTRA, FAVOR, exigir_cuenta, resultado

REGLAS = ReglasComite(comite_id=1, desde=date(2026, 1, 1)).model_dump() | {"mayoria": "simple"}
A_LAS_DIEZ = datetime(2026, 3, 4, 16, tzinfo=UTC)
TOTALES, VOTOS = st.integers(0, 60), st.integers(0, 40)


@pytest.mark.parametrize(("con_voto", "faltan"), [(30, 16), (31, 16), (1, 1), (2, 2), (0, 1)])
def test_la_mitad_mas_uno(con_voto: int, faltan: int) -> None:
    assert necesarios(con_voto, 1, 2, True) == faltan


@given(st.integers(1, 60), st.integers(0, 5), st.integers(1, 5), st.booleans())
def test_con_mas_presentes_nunca_se_pierde_el_quorum(total: int, num: int, den: int, mas: bool) -> None:
    reglas = REGLAS | {"quorum_numerador": min(num, den), "quorum_denominador": den, "quorum_mas_uno": mas}
    hay = [quorum(reglas, total, n, A_LAS_DIEZ, A_LAS_DIEZ).hay for n in range(total + 1)]
    assert hay == sorted(hay)


def test_la_segunda_convocatoria_vale_hasta_que_pasa_su_espera() -> None:
    antes = quorum(REGLAS, 30, 9, A_LAS_DIEZ, A_LAS_DIEZ + timedelta(minutes=29))
    despues = quorum(REGLAS, 30, 9, A_LAS_DIEZ, A_LAS_DIEZ + timedelta(minutes=30))
    assert (antes.hay, antes.convocatoria, antes.frase) == (
        False,
        1,
        "Faltan 7 para el quórum: 9 de 30 con voto",
    )
    assert (despues.hay, despues.convocatoria) == (True, 2)
    con_quorum = quorum(REGLAS, 30, 16, A_LAS_DIEZ, A_LAS_DIEZ + timedelta(hours=2))
    assert con_quorum.convocatoria == 1
    sin_segunda = quorum(REGLAS | {"segunda_minutos": 0}, 30, 9, A_LAS_DIEZ, A_LAS_DIEZ + timedelta(hours=9))
    assert not sin_segunda.hay
    assert en_palabras(REGLAS, 30) == (
        "Hay quórum con 16 de 30; en segunda convocatoria, 30 minutos después, con los que asistan."
    )


def test_sin_asientos_con_voto_no_hay_quorum() -> None:
    assert not quorum(REGLAS, 0, 0, A_LAS_DIEZ, A_LAS_DIEZ + timedelta(hours=1)).hay


@pytest.mark.parametrize(
    ("mayoria", "presentes", "favor", "contra", "abstenciones", "preside", "aprobada"),
    [
        ("simple", 20, 9, 8, 3, None, True),
        ("simple", 20, 8, 8, 4, FAVOR, True),
        ("simple", 20, 8, 8, 4, CONTRA, False),
        ("simple", 20, 8, 8, 4, None, False),
        ("simple", 20, 0, 0, 20, FAVOR, False),
        ("absoluta", 20, 10, 2, 8, FAVOR, False),
        ("absoluta", 20, 11, 9, 0, None, True),
        ("dos_tercios", 30, 20, 10, 0, None, True),
        ("dos_tercios", 30, 19, 0, 11, FAVOR, False),
    ],
)
def test_cada_mayoria_cuenta_a_su_modo(
    mayoria: str,
    presentes: int,
    favor: int,
    contra: int,
    abstenciones: int,
    preside: str | None,
    aprobada: bool,
) -> None:
    que = resultado(REGLAS | {"mayoria": mayoria}, presentes, favor, contra, abstenciones, preside)
    assert que.aprobada is aprobada
    assert que.de_calidad == (mayoria == "simple" and favor == contra > 0 and preside is not None)


def test_sin_voto_de_calidad_un_empate_no_se_aprueba() -> None:
    assert not resultado(REGLAS | {"voto_calidad": False}, 10, 5, 5, 0, FAVOR).aprobada


@given(VOTOS, VOTOS, VOTOS, st.sampled_from(["simple", "absoluta", "dos_tercios"]))
def test_mas_votos_a_favor_nunca_quitan_lo_aprobado(favor: int, contra: int, abst: int, mayoria: str) -> None:
    reglas, presentes = REGLAS | {"mayoria": mayoria}, favor + contra + abst + 1
    if resultado(reglas, presentes, favor, contra, abst, None).aprobada:
        assert resultado(reglas, presentes, favor + 1, contra, abst, None).aprobada


def test_no_se_cuentan_mas_votos_que_presentes() -> None:
    exigir_cuenta(10, 6, 3, 1)
    for mala in ((7, 3, 1), (0, 0, 0), (-1, 3, 0)):
        with pytest.raises(Problema):
            exigir_cuenta(10, *mala)


def test_el_aviso_se_cuenta_en_dias_habiles_y_con_menos_se_dice_por_que() -> None:
    jueves, martes = datetime(2026, 3, 5, 12, tzinfo=UTC), datetime(2026, 3, 10, 10, tzinfo=UTC)
    assert sesiones.exigir_aviso(REGLAS, "ordinaria", jueves, martes, (), "")
    lunes = martes - timedelta(days=1)
    with pytest.raises(Problema, match="3 días hábiles"):
        sesiones.exigir_aviso(REGLAS, "ordinaria", jueves, lunes, (), " ")
    assert not sesiones.exigir_aviso(REGLAS, "ordinaria", jueves, lunes, (), "Vence un plazo federal")
    assert sesiones.exigir_aviso(REGLAS, "extraordinaria", jueves, jueves + timedelta(hours=24), (), "")
    feriado = {date(2026, 3, 6)}
    with pytest.raises(Problema):
        sesiones.exigir_aviso(REGLAS, "ordinaria", jueves, martes, feriado, "")


def test_los_nombres_y_numeros() -> None:
    assert (
        sesiones.nombre({"tipo": "ordinaria", "numero": 2, "anio": 2026})
        == "Segunda sesión ordinaria de 2026"
    )
    assert sesiones.numero_de_acuerdo("COPLADEMUN", 2026, "ordinaria", 2, 3) == "COPLADEMUN/2026/ORD-02/03"
    assert sesiones.orden_modelo(True, True)[0][0] == "lista_quorum"
    assert "acta_anterior" not in {clase for clase, _, _ in sesiones.orden_modelo(False, False)}


@given(st.integers(2024, 2035), st.sampled_from([2, 3, 4, 6]))
def test_las_fechas_propuestas_son_habiles_y_del_anio(anio: int, cuantas: int) -> None:
    fechas = sesiones.fechas_propuestas(anio, cuantas, ())
    assert len(fechas) == cuantas and all(d.year == anio and d.weekday() < 5 for d in fechas)


def test_un_acuerdo_vencido_se_dice_y_uno_terminado_ya_no_cambia() -> None:
    hoy = date(2026, 11, 23)
    vivo = {"estado": "pendiente", "vence": date(2026, 11, 20)}
    assert acuerdos.situacion(vivo, hoy, 15)[1] == "Vencido hace 3 días"
    cerca = vivo | {"vence": date(2026, 11, 30)}
    assert acuerdos.situacion(cerca, hoy, 7)[1] == "Vence en 7 días"
    assert acuerdos.situacion(cerca, hoy, 6)[1] == "En tiempo"
    assert acuerdos.situacion(vivo | {"estado": "cumplido"}, hoy, 15)[1] == "Cumplido"
    con_dias = [vivo | {"dias": dias} for dias in (-5, 0, 1, 30, 31, 90, 91)]
    assert list(acuerdos.por_edad([*con_dias, con_dias[0] | {"estado": "cumplido"}]).values()) == [2, 2, 2, 1]
    with pytest.raises(Problema, match="ya está cumplido"):
        acuerdos.exigir_paso("cumplido", "en_proceso", 50, "x")
    with pytest.raises(Problema, match="100 %"):
        acuerdos.exigir_paso("pendiente", "cumplido", 90, "x")
    with pytest.raises(Problema, match="qué se hizo"):
        acuerdos.exigir_paso("pendiente", "en_proceso", 10, " ")
    with pytest.raises(Problema, match="quien responda"):
        acuerdos.exigir_responsable(None, None)


def test_una_sesion_da_seguimiento_a_lo_acordado_antes_de_ella() -> None:
    base = {"estado": "pendiente", "sesion_id": 1, "tomado_en": date(2026, 3, 17)}
    lista = [
        base | {"id": 1},
        base | {"id": 2, "estado": "cumplido"},
        base | {"id": 3, "sesion_id": 2, "tomado_en": date(2026, 6, 16)},
        base | {"id": 4, "sesion_id": 3, "tomado_en": date(2026, 9, 17)},
    ]
    assert [a["id"] for a in acuerdos.por_seguir(lista, 2, date(2026, 6, 16))] == [1]


@pytest.mark.parametrize(
    ("pasos", "queda"),
    [
        ([], ("pendiente", 0)),
        ([(date(2026, 2, 1), "en_proceso", 40)], ("en_proceso", 40)),
        ([(date(2026, 2, 1), "en_proceso", 40), (date(2026, 7, 1), "cumplido", 100)], ("en_proceso", 40)),
        ([(date(2026, 6, 30), "cumplido", 100)], ("cumplido", 100)),
        ([(date(2026, 3, 31), "cumplido", 100)], None),
    ],
)
def test_un_informe_rinde_los_acuerdos_como_iban_y_no_lo_que_paso_despues(
    pasos: list[tuple[date, str, int]], queda: tuple[str, int] | None
) -> None:
    dados = [acuerdos.Paso(*paso) for paso in pasos]
    va = acuerdos.como_iba(date(2026, 1, 15), dados, date(2026, 4, 1), date(2026, 6, 30))
    assert (va and (va.estado, va.avance)) == queda
    assert acuerdos.como_iba(date(2026, 7, 1), [], date(2026, 4, 1), date(2026, 6, 30)) is None
