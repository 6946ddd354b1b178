"""Fechas del calendario, cómo va cada entrega y el archivo .ics."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.calendario import (
    Entregado,
    Evento,
    Fechas,
    como_va,
    exigir_orden,
    fechas_propuestas,
    ics,
    lo_mas_urgente,
    sumar_cuentas,
)
from db.rules.captura import EstadoAvance
from db.rules.problema import Problema

CENTRO = ZoneInfo("America/Mexico_City")
CIERRA = datetime(2026, 4, 10, 23, 59, tzinfo=CENTRO)
UN_MINUTO = timedelta(minutes=1)


@given(
    mes=st.integers(1, 12),
    dias=st.integers(1, 90),
    zona=st.sampled_from(["America/Mexico_City", "America/Tijuana", "America/Cancun"]),
    datos=st.data(),
)
def test_lo_propuesto_abre_recuerda_y_cierra_en_orden_a_las_23_59_locales(
    mes: int, dias: int, zona: str, datos: st.DataObject
) -> None:
    recordar = datos.draw(st.integers(0, dias - 1))
    fechas = fechas_propuestas(2026, mes, dias, recordar, ZoneInfo(zona))
    exigir_orden(fechas)
    local = fechas.cierra.astimezone(ZoneInfo(zona))
    assert (local.hour, local.minute) == (23, 59)
    assert (local.date() - fechas.abre.astimezone(ZoneInfo(zona)).date()).days == dias - 1


@pytest.mark.parametrize(("dias", "recordar", "campo"), [(0, 0, "dias"), (91, 0, "dias"), (5, 5, "recordar")])
def test_dias_que_no_caben(dias: int, recordar: int, campo: str) -> None:
    with pytest.raises(Problema) as error:
        fechas_propuestas(2026, 3, dias, recordar, CENTRO)
    assert error.value.campo == campo


def test_el_recordatorio_va_dentro_y_el_cierre_despues_de_abrir() -> None:
    with pytest.raises(Problema, match="antes de abrir"):
        exigir_orden(Fechas(CIERRA, None, CIERRA))
    with pytest.raises(Problema, match="recordatorio"):
        exigir_orden(Fechas(CIERRA, CIERRA + timedelta(days=9), CIERRA + timedelta(days=3)))


@pytest.mark.parametrize(
    ("estado", "entregado", "ahora", "va"),
    [
        (None, None, CIERRA, Entregado.POR_CAPTURAR),
        (None, None, CIERRA + UN_MINUTO, Entregado.FALTA),
        (EstadoAvance.BORRADOR, None, CIERRA + UN_MINUTO, Entregado.FALTA),
        (EstadoAvance.DEVUELTO, CIERRA, CIERRA, Entregado.DEVUELTO),
        (EstadoAvance.ENVIADO, CIERRA, CIERRA + UN_MINUTO, Entregado.A_TIEMPO),
        (EstadoAvance.VALIDADO, CIERRA + UN_MINUTO, CIERRA + UN_MINUTO, Entregado.TARDE),
    ],
)
def test_como_va(
    estado: EstadoAvance | None, entregado: datetime | None, ahora: datetime, va: Entregado
) -> None:
    assert como_va(estado, entregado, CIERRA, ahora) is va


def test_sin_plazo_nada_falta_y_lo_extemporaneo_es_tarde() -> None:
    assert como_va(None, None, None, CIERRA) is Entregado.POR_CAPTURAR
    assert como_va(EstadoAvance.VALIDADO, CIERRA, None, CIERRA, extemporaneo=True) is Entregado.TARDE


def test_la_casilla_dice_lo_que_mas_urge() -> None:
    junta = sumar_cuentas([{"a_tiempo": 3, "falta": 0}, {"a_tiempo": 1, "devuelto": 2}])
    assert junta == {"a_tiempo": 4, "falta": 0, "devuelto": 2}
    assert lo_mas_urgente(junta) is Entregado.DEVUELTO
    assert lo_mas_urgente({"falta": 0}) is None


@given(
    titulo=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)
)
def test_el_ics_no_pasa_de_75_bytes_por_renglon_ni_pierde_letras(titulo: str) -> None:
    archivo = ics([Evento("v-1", titulo, CIERRA)], "Captura", datetime(2026, 1, 1, tzinfo=UTC))
    renglones = archivo.split(b"\r\n")
    assert all(len(renglon) <= 75 for renglon in renglones)
    entero = archivo.decode().replace("\r\n ", "")
    escrito = titulo.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escrito}\r\n" in entero
    assert "DTSTART:20260411T055900Z\r\n" in entero
