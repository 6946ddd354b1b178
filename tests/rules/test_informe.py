"""Las reglas del Informe: sus pasos, sus citas y que ningún número salga sin decir de dónde viene."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.informe import (
    AGREGADO,
    ESTADOS,
    IGUAL,
    PASOS,
    QUITADO,
    al_final_de,
    atrasado,
    diferencias,
    exigir_aprobable,
    exigir_limite,
    exigir_paso,
    exigir_periodo,
    meses_entre,
    palabras,
    parrafos,
)
from db.rules.informe_cifras import (
    FIGURAS_DE,
    Cita,
    cambiadas,
    cifras_de_logro,
    cita_de,
    citas,
    como_se_lee,
    rotas,
    sin_fuente,
)
from db.rules.problema import Problema

LLAVE = "cumplimiento:nodo/12@2026-09"
TEXTOS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
CITAS = st.sampled_from(list(FIGURAS_DE)).flatmap(
    lambda asunto: st.builds(
        Cita,
        st.sampled_from(FIGURAS_DE[asunto]),
        st.just(asunto),
        st.from_regex(r"[\w./-]{1,12}", fullmatch=True),
        st.integers(2000, 2099),
        st.integers(1, 12),
    )
)


@given(CITAS)
def test_una_cita_escrita_se_vuelve_a_leer_igual(cita: Cita) -> None:
    assert cita_de(cita.llave) == cita
    assert citas(f"Se llegó a {cita.escrita}.") == [cita]
    assert not rotas(cita.escrita)


@pytest.mark.parametrize(
    "mala", ["{{cumplimiento}}", "{{avance del eje 2}}", "{{cumplimiento:nodo/1@2026-13}}", "{{"]
)
def test_lo_que_lleva_llaves_y_no_es_cita_se_dice(mala: str) -> None:
    assert rotas(f"Se llegó a {mala} este año") and not citas(mala)


def test_la_cita_se_lee_con_su_valor_y_la_que_no_lo_tiene_lo_dice() -> None:
    parrafo = f"Se cumplió {{{{{LLAVE}}}}} [fuente: acta 3]."
    assert como_se_lee(parrafo, {LLAVE: "88.7 %"}) == "Se cumplió 88.7 % (fuente: acta 3)."
    assert "sin cifra" in como_se_lee(parrafo, {LLAVE: None})


@pytest.mark.parametrize(
    ("texto", "halladas"),
    [
        ("Se pavimentaron 3 calles", ["3"]),
        ("Creció 12.5 % en un año", ["12.5 %"]),
        ("Costó $1,250,000.00 y sirvió a 3,200 personas", ["$1,250,000.00", "3,200"]),
        ("Van 7 de 10 obras", ["7 de 10"]),
        ("Se invirtieron 45 millones de pesos", ["45 millones de pesos"]),
        ("El 15 de mayo de 2026, a las 10:30, según el artículo 17 y el eje 2, en 2025-2026", []),
        ("Somos 98,400 habitantes [fuente: INEGI, Censo 2020]", []),
        ("[fuente: acta 3] y 40 obras más", ["40"]),
        (f"Se cumplió {{{{{LLAVE}}}}}", []),
    ],
)
def test_todo_numero_dice_de_donde_sale(texto: str, halladas: list[str]) -> None:
    assert [cifra for _, cifra in sin_fuente(texto)] == halladas


def test_lo_que_un_logro_declara_se_puede_escribir_en_el_texto() -> None:
    conocidas = cifras_de_logro(125_000_000, 3_200)
    assert sin_fuente("Costó $1,250,000.00 y sirvió a 3,200 personas", conocidas) == []
    assert sin_fuente("Costó $1,250,000.01", conocidas)


@given(st.lists(st.tuples(TEXTOS, CITAS), max_size=5))
def test_una_cita_nunca_cuenta_como_cifra_a_mano(partes: list[tuple[str, Cita]]) -> None:
    solas = " y ".join(cita.escrita for _, cita in partes)
    assert sin_fuente(solas) == []


def test_la_cifra_que_cambio_se_dice_con_lo_que_era() -> None:
    guardadas = {LLAVE: {"dicho": "88.7 %"}, "avance:nodo/1@2026-09": {"dicho": "50.0 %"}}
    ahora = {LLAVE: "90.1 %", "avance:nodo/1@2026-09": "50.0 %"}
    assert cambiadas(guardadas, ahora) == [(LLAVE, "88.7 %", "90.1 %")]


@given(TEXTOS, TEXTOS)
def test_comparar_dos_versiones_reconstruye_las_dos(antes: str, ahora: str) -> None:
    tramos = diferencias(antes, ahora)
    viejo = " ".join(dice for que, dice in tramos if que in (IGUAL, QUITADO)).split()
    nuevo = " ".join(dice for que, dice in tramos if que in (IGUAL, AGREGADO)).split()
    assert viejo == " ¶ ".join(parrafos(antes)).split() and nuevo == " ¶ ".join(parrafos(ahora)).split()


@given(st.sampled_from(list(PASOS)), st.sampled_from(list(ESTADOS)))
def test_solo_se_puede_lo_que_dice_la_tabla(cual: str, estado: str) -> None:
    if estado in PASOS[cual].desde:
        assert exigir_paso(cual, estado, "porque sí").hasta in ESTADOS
    else:
        with pytest.raises(Problema):
            exigir_paso(cual, estado, "porque sí")


def test_devolver_pide_decir_que_hay_que_corregir() -> None:
    with pytest.raises(Problema, match="qué hay que corregir"):
        exigir_paso("devolver", "entregado", "  ")


@pytest.mark.parametrize(
    ("cuenta", "por_resolver", "sueltas", "dice"),
    [("ana", 0, 0, "no lo aprueba"), ("luz", 2, 0, "2 comentarios"), ("luz", 0, 1, "sin fuente")],
)
def test_no_se_aprueba_lo_propio_ni_lo_pendiente(
    cuenta: str, por_resolver: int, sueltas: int, dice: str
) -> None:
    with pytest.raises(Problema, match=dice):
        exigir_aprobable(cuenta, {"ana"}, por_resolver, sueltas)
    exigir_aprobable("luz", {"ana"}, 0, 0)


def test_la_cita_cuenta_como_una_palabra_y_el_limite_se_respeta() -> None:
    texto = f"Se cumplió {{{{{LLAVE}}}}} este año"
    assert palabras(texto) == 5
    exigir_limite(texto, 5)
    with pytest.raises(Problema, match="pidieron hasta 4"):
        exigir_limite(texto, 4)
    with pytest.raises(Problema, match="no tiene texto"):
        exigir_limite(" \n ", None)


def test_la_cita_va_al_final_del_parrafo_elegido() -> None:
    assert al_final_de("uno\n\ndos", 1, "X") == "uno X\n\ndos"
    assert al_final_de("", 0, "X") == "X"


def test_el_periodo_cruza_de_un_ejercicio_a_otro() -> None:
    assert meses_entre((2025, 11), (2026, 2)) == [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]
    exigir_periodo((2025, 10), (2026, 9))
    with pytest.raises(Problema):
        exigir_periodo((2026, 9), (2026, 8))


def test_entregado_ya_no_esta_atrasado() -> None:
    plazo, ya = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    assert atrasado("en_redaccion", plazo, ya) and not atrasado("entregado", plazo, ya)
    assert not atrasado("solicitado", None, ya)
