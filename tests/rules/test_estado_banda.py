from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.banda import CINCO_NIVELES, GENERAL, Banda, clasificar, validar
from db.rules.estado import DE_BANDA, PRESENTACION, Estado
from db.rules.periodo import Corte
from db.rules.problema import Problema
from db.rules.resultado import Detalle, Excluido, Insumo, Resultado

D = Decimal
TODOS_LOS_COLORES = [
    *((p.color_claro, "#FFFFFF") for p in PRESENTACION.values()),
    *((p.color_oscuro, "#0E1117") for p in PRESENTACION.values()),
    *((b.color, "#FFFFFF") for b in CINCO_NIVELES),
]


def _luminancia(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineal = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return 0.2126 * lineal[0] + 0.7152 * lineal[1] + 0.0722 * lineal[2]


@pytest.mark.parametrize(("color", "fondo"), TODOS_LOS_COLORES)
def test_cada_color_se_lee_sobre_su_fondo(color: str, fondo: str):
    claro, oscuro = sorted((_luminancia(color), _luminancia(fondo)), reverse=True)
    assert (claro + 0.05) / (oscuro + 0.05) >= 4.5


def test_todo_estado_tiene_palabra_e_icono_propios():
    assert set(PRESENTACION) == set(Estado)
    assert len({p.icono for p in PRESENTACION.values()}) == len(Estado)
    assert len({p.palabra for p in PRESENTACION.values()}) == len(Estado)
    assert PRESENTACION[Estado.adecuado].etiqueta == "✔ En meta"


@pytest.mark.parametrize(
    ("valor", "estado"),
    [
        ("0", "critico"), ("-5", "critico"), ("69.9999", "critico"), ("70", "riesgo"), ("89.9999", "riesgo"),
        ("90", "adecuado"), ("110", "adecuado"), ("110.0001", "sobrecumplido"), ("5000", "sobrecumplido"),
    ],
)  # fmt: skip
def test_la_frontera_es_del_lado_mejor(valor: str, estado: str):
    assert clasificar(D(valor), GENERAL).equivale == estado


@pytest.mark.parametrize(
    ("valor", "codigo"),
    [("49.9", "critico"), ("50", "riesgo"), ("70", "aceptable"), ("90", "adecuado"), ("110", "adecuado"),
     ("111", "planeacion_deficiente")],
)  # fmt: skip
def test_cinco_niveles(valor: str, codigo: str):
    assert clasificar(D(valor), CINCO_NIVELES).codigo == codigo


@given(st.decimals(-500, 500, places=5), st.decimals(-500, 500, places=5))
def test_el_semaforo_es_monotono(a: Decimal, b: Decimal):
    menor, mayor = sorted((a, b))
    orden = {estado: n for n, estado in enumerate(DE_BANDA)}
    for juego in (GENERAL, CINCO_NIVELES):
        assert orden[clasificar(menor, juego).equivale] <= orden[clasificar(mayor, juego).equivale]


def test_los_juegos_de_fabrica_son_validos():
    assert validar(GENERAL) == GENERAL
    assert validar(tuple(reversed(CINCO_NIVELES))) == CINCO_NIVELES


def _b(codigo: str, inferior: int | None, superior: int | None, equivale: Estado = Estado.critico) -> Banda:
    return Banda(
        codigo, codigo, "●", "#000000",
        None if inferior is None else D(inferior), None if superior is None else D(superior), equivale,
    )  # fmt: skip


@pytest.mark.parametrize(
    "bandas",
    [
        (),
        (_b("a", None, 70), _b("b", 80, None)),
        (_b("a", None, 70), _b("b", 60, None)),
        (_b("a", 0, 70), _b("b", 70, None)),
        (_b("a", None, 70), _b("b", 70, 90)),
        (_b("a", None, 70), _b("a", 70, None)),
        (_b("a", None, None, Estado.vencido),),
        (_b("a", None, None), _b("b", None, None)),
        (_b("a", None, 70), _b("b", 70, 70), _b("c", 70, None)),
    ],
)
def test_un_juego_roto_se_rechaza_con_remedio(bandas: tuple[Banda, ...]):
    with pytest.raises(Problema) as error:
        validar(bandas)
    assert error.value.remedio


def test_los_intervalos_se_leen_en_la_leyenda():
    assert [b.intervalo for b in GENERAL] == [
        "menos de 70 %", "de 70 a menos de 90 %", "de 90 a 110 %", "más de 110 %",
    ]  # fmt: skip


RESULTADO = Resultado(
    D("86.40"),
    Estado.riesgo,
    Detalle(
        "alcanzado ÷ programado × 100",
        (Insumo("Alcanzado", "864", "avance validado"),),
        (Excluido("Becas", "sin dato", 3),),
        evaluados=4,
        total=6,
        cuentan_cero=2,
        bandas=GENERAL,
        corte=Corte(2026, 6),
        notas=("Bandas del ejercicio",),
    ),
)


def test_el_resultado_va_y_vuelve_de_json():
    import json

    assert Resultado.de_dict(json.loads(json.dumps(RESULTADO.a_dict()))) == RESULTADO
    vacio = Resultado(None, Estado.sin_meta, Detalle("x"))
    assert Resultado.de_dict(json.loads(json.dumps(vacio.a_dict()))) == vacio


def test_el_resultado_se_explica():
    texto = "\n".join(RESULTADO.detalle.en_palabras())
    for parte in (
        "alcanzado ÷ programado × 100", "junio de 2026", "Alcanzado: 864 (avance validado)",
        "4 de 6 evaluados; 2 sin reporte cuentan como 0", "Becas (3), sin dato", "En meta de 90 a 110 %",
        "Bandas del ejercicio",
    ):  # fmt: skip
        assert parte in texto


def test_el_resultado_se_presenta_con_la_palabra_de_su_banda():
    assert (RESULTADO.palabra, RESULTADO.icono, RESULTADO.cifra()) == ("En riesgo", "▲", "86.4\u00a0%")
    cinco = Resultado(D(120), Estado.sobrecumplido, Detalle("x", bandas=CINCO_NIVELES))
    assert cinco.palabra == "Planeación deficiente"
    falta = Resultado(None, Estado.sin_dato, Detalle("x", bandas=GENERAL))
    assert (falta.palabra, falta.cifra()) == ("Sin dato", "—")
