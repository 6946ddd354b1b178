"""Los registros: qué se exige de cada paso, cuándo urge y que ninguno declare algo que no existe."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.base import modelo_de, tabla
from db.rules import capacitacion, manuales, mejoras, politicas, proyectos_estrategicos
from db.rules.encargos import (
    Campo,
    Tipo,
    avance,
    exigir_etapa,
    exigir_valores,
    faltas,
    situacion,
)
from db.rules.estado import Estado
from db.rules.estudios import REGISTRO as ESTUDIO
from db.rules.problema import Problema
from db.rules.registros import REGISTROS

HOY = date(2026, 11, 22)
AVISO = 15
LLENO = {c.clave: "x" for c in ESTUDIO.campos} | {"pasos": [1], "ligas": [1], "participantes": [1]}


@pytest.mark.parametrize("clave", REGISTROS)
def test_lo_que_un_registro_declara_existe(clave: str) -> None:
    registro = REGISTROS[clave]
    columnas = tabla(modelo_de(clave)).c
    assert all(c.clave in columnas for c in registro.campos)
    for detalle in registro.detalles:
        suyas = tabla(modelo_de(detalle.clave)).c
        assert all(c.clave in suyas for c in detalle.campos)
        assert set(detalle.unico) <= {c.clave for c in detalle.campos}
    nombres = {c.clave for c in registro.campos} | {d.clave for d in registro.detalles}
    nombres |= {"pasos", "ligas", "participantes", "evidencias"}
    for etapa in registro.etapas.values():
        assert set(etapa.requiere) <= nombres
        assert set(etapa.siguen) <= set(registro.etapas)


@pytest.mark.parametrize("clave", REGISTROS)
def test_a_toda_etapa_se_llega_y_de_toda_se_sale_o_es_final(clave: str) -> None:
    registro = REGISTROS[clave]
    vistas, por_ver = set(), [registro.inicial]
    while por_ver:
        cual = por_ver.pop()
        if cual not in vistas:
            vistas.add(cual)
            por_ver += registro.etapas[cual].siguen
    assert vistas == set(registro.etapas)
    assert all(e.final or e.siguen for e in registro.etapas.values())


def test_sin_lo_que_se_exige_no_pasa_y_dice_que_falta() -> None:
    with pytest.raises(Problema, match="Qué necesidad atiende") as dicho:
        exigir_etapa(ESTUDIO, "propuesto", "aprobado", "", LLENO | {"necesidad": " ".strip()})
    assert dicho.value.campo == "etapa"
    with pytest.raises(Problema, match="no se pasa"):
        exigir_etapa(ESTUDIO, "propuesto", "concluido", "", LLENO)
    with pytest.raises(Problema, match="Diga por qué"):
        exigir_etapa(ESTUDIO, "propuesto", "rechazado", " ", LLENO)
    exigir_etapa(ESTUDIO, "propuesto", "aprobado", "", LLENO)
    assert faltas(ESTUDIO, "en_proceso", LLENO | {"pasos": []}) == ["su calendario"]


@given(st.integers(-400, 400))
def test_la_situacion_sigue_al_plazo(dias: int) -> None:
    estado, palabra = situacion(ESTUDIO, "en_proceso", HOY + timedelta(days=dias), HOY, AVISO)
    esperado = Estado.critico if dias < 0 else Estado.riesgo if dias <= AVISO else Estado.adecuado
    assert estado is esperado
    assert palabra


def test_lo_terminado_no_urge_salvo_que_pierda_vigencia() -> None:
    ayer = HOY - timedelta(days=1)
    assert situacion(ESTUDIO, "concluido", ayer, HOY, AVISO) == (Estado.adecuado, "Concluido")
    assert situacion(manuales.REGISTRO, "publicado", None, HOY, AVISO, ayer) == (
        Estado.critico,
        "Perdió vigencia",
    )
    assert situacion(manuales.REGISTRO, "publicado", None, HOY, AVISO, HOY)[0] is Estado.adecuado


@given(st.lists(st.sampled_from([None, HOY])))
def test_el_avance_es_la_parte_de_pasos_hechos(pasos: list[date | None]) -> None:
    dicho = avance(pasos)
    if not pasos:
        assert dicho is None
    else:
        assert dicho is not None
        assert dicho == Decimal(100) * sum(p is not None for p in pasos) / len(pasos)


def test_un_valor_que_no_cabe_se_dice_en_su_campo() -> None:
    campo = Campo("n", "Número", Tipo.ENTERO, maximo=5)
    for malo in (-1, 6):
        with pytest.raises(Problema) as dicho:
            exigir_valores([campo], {"n": malo})
        assert dicho.value.campo == "n"
    assert exigir_valores([campo], {"n": 5}) == {"n": 5}
    with pytest.raises(Problema, match="caben 300"):
        exigir_valores([Campo("t", "Texto")], {"t": "a" * 301})
    with pytest.raises(Problema, match="lista"):
        exigir_valores([Campo("o", "Opción", Tipo.OPCION, opciones={"a": "A"})], {"o": "b"})


def test_un_programa_cuenta_una_vez_por_sector() -> None:
    dos = [
        {"sectores": {"mujeres": "beneficia", "rural": "afecta"}, "programas": {"01": 500}},
        {"sectores": {"mujeres": "beneficia"}, "programas": {"01": 500, "02": 70}},
    ]
    por = {f["sector"]: f for f in politicas.balance(dos)}
    assert (por["mujeres"]["benefician"], por["mujeres"]["modificado"]) == (2, 570)
    assert (por["rural"]["benefician"], por["rural"]["afectan"], por["rural"]["modificado"]) == (0, 1, 0)
    assert politicas.balance(dos)[0]["sector"] == "mujeres"


def test_el_beneficio_de_una_mejora_es_antes_menos_despues_por_veces() -> None:
    vacia = {f"{c}_{m}": None for c in mejoras.MEDIDAS for m in ("antes", "despues")}
    una = vacia | {"dias_antes": 30, "dias_despues": 12, "costo_antes": 50_000, "veces_al_anio": 40}
    assert mejoras.beneficio(una) == [
        {"clave": "dias", "medida": "Días hábiles", "antes": 30, "despues": 12, "ahorro": 18, "al_anio": 720}
    ]
    assert mejoras.beneficio(una | {"veces_al_anio": None})[0]["al_anio"] is None


def test_un_riesgo_pesa_probabilidad_por_impacto() -> None:
    riesgo = {"probabilidad": 5, "impacto": 3, "cerrado": False}
    assert proyectos_estrategicos.gravedad(riesgo) == (15, Estado.critico, "Alto")
    assert proyectos_estrategicos.gravedad(riesgo | {"impacto": 2})[2] == "Medio"
    assert proyectos_estrategicos.gravedad(riesgo | {"cerrado": True})[0] == 0


def test_lo_esperado_de_un_proyecto_son_sus_dias_corridos() -> None:
    pasos = [
        {"inicio": date(2026, 1, 1), "fin": date(2026, 1, 10)},
        {"inicio": date(2026, 1, 11), "fin": date(2026, 1, 20)},
    ]
    assert proyectos_estrategicos.esperado(pasos, date(2026, 1, 15)) == 75
    assert proyectos_estrategicos.esperado(pasos, date(2025, 12, 31)) == 0
    assert proyectos_estrategicos.esperado(pasos, date(2027, 1, 1)) == 100
    assert proyectos_estrategicos.esperado([], HOY) is None


def test_la_constancia_pide_asistencia_y_calificacion() -> None:
    merece = capacitacion.merece_constancia
    assert merece(Decimal(16), Decimal(20), None, None)
    assert not merece(Decimal(15), Decimal(20), None, None)
    assert not merece(Decimal(20), Decimal(20), None, Decimal(70))
    assert merece(Decimal(20), Decimal(20), Decimal(70), Decimal(70))
    assert not merece(None, Decimal(20), Decimal(100), None)


@given(st.integers(0, 500), st.integers(1, 500))
def test_la_cobertura_de_capacitacion_sigue_la_guia(con: int, total: int) -> None:
    porcentaje, palabra = capacitacion.capacitados(min(con, total), total)
    assert porcentaje is not None
    assert palabra == ("óptimo" if porcentaje >= 80 else "en proceso" if porcentaje >= 50 else "en rezago")


def test_un_manual_vale_si_esta_aprobado_vigente_y_completo() -> None:
    bueno = {
        "dependencia_id": 1, "tipo": "organizacion", "etapa": "publicado", "vigente_hasta": HOY,
        "organigrama": True, "funciones": True, "perfiles": True,
    }  # fmt: skip
    assert manuales.faltas_de(bueno, HOY) == []
    assert manuales.faltas_de(bueno | {"perfiles": False}, HOY) == ["sin perfil de cada puesto"]
    assert manuales.faltas_de(bueno, HOY + timedelta(days=1)) == ["vencido"]
    assert manuales.cobertura([1, 2], [bueno], "organizacion", HOY).porcentaje == 50
    assert manuales.cobertura([], [], "organizacion", HOY).porcentaje is None
