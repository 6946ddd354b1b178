"""Lo que requiere atención: qué se dice, de quién y en qué orden."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.rules.atencion import (
    DependenciaVista,
    EjeVisto,
    FondoVisto,
    MetaVista,
    ProgramaVisto,
    necesidad,
    ordenar,
    requiere_atencion,
)
from db.rules.estado import Estado
from db.rules.presupuesto import avance_financiero, brecha
from db.rules.resultado import Detalle, Resultado


def _r(valor: str | None, estado: Estado) -> Resultado:
    return Resultado(None if valor is None else Decimal(valor), estado, Detalle("prueba"))


def _programa(
    cumple: Resultado, anual: str | None, devengado: int, modificado: int = 100_000_00, rojos: int = 1
) -> ProgramaVisto:
    fisico, dinero = _r(anual, Estado.riesgo), avance_financiero(devengado, modificado)
    return ProgramaVisto(
        "02020101",
        "Bacheo",
        "Obras",
        cumple,
        fisico,
        dinero,
        brecha(fisico, dinero),
        modificado,
        devengado,
        rojos,
    )


def test_gastar_mucho_mas_de_lo_que_se_logra_se_dice_con_las_dos_cifras() -> None:
    programa = _programa(_r("60", Estado.critico), "41", 78_000_00)
    caso = ordenar([programa], [], [], [], [], 6)[0]
    assert caso.titulo.replace("\u00a0", " ") == "Bacheo: se gastó 78 % y se logró 41 %"
    assert "brecha de 37 puntos" in caso.porque
    assert (caso.responsable, caso.parametros) == ("Obras", {"programa": "02020101"})


def test_devengar_mas_de_lo_autorizado_es_lo_primero() -> None:
    casos = ordenar(
        [
            _programa(_r("60", Estado.critico), "41", 78_000_00),
            _programa(_r("95", Estado.adecuado), "95", 100_001_00),
        ],
        [DependenciaVista(1, "Turismo", "", 30, 7, 42, reporto=False)],
        [EjeVisto(3, "Eje 3", 11, 27)],
        [FondoVisto("250101", "FAIS", 100, 10)],
        [MetaVista(9, "Consultas", "DIF", Decimal(168))],
        6,
    )
    assert [caso.titulo.split(":")[0].split(" no ")[0] for caso in casos] == [
        "Bacheo", "Bacheo", "Turismo", "Eje 3", "FAIS", "Consultas",
    ]  # fmt: skip
    assert "más de lo autorizado" in casos[0].titulo


def test_en_rojo_dice_cuantos_trimestres_lleva() -> None:
    caso = ordenar([_programa(_r("52.3", Estado.critico), "50", 50_000_00, rojos=2)], [], [], [], [], 6)[0]
    assert caso.titulo == "Bacheo lleva 2 trimestres en rojo"


def test_sin_presupuesto_cargado_no_se_dice_cero() -> None:
    sin_dinero = replace(_programa(_r("52.3", Estado.critico), "50", 0), modificado=None, devengado=None)
    porque = ordenar([sin_dinero], [], [], [], [], 6)[0].porque
    assert porque.endswith("sin presupuesto cargado") and "mdp" not in porque


def test_la_dependencia_no_se_nombra_dos_veces() -> None:
    def responde(responsable: str) -> str:
        return ordenar([], [DependenciaVista(1, "Turismo", responsable, 1, 0, 1, True)], [], [], [], 6)[
            0
        ].responsable

    assert responde("Turismo") == ""
    assert responde("Turismo · Titular") == "Turismo · Titular"


def test_el_punto_final_del_nombre_no_se_queda_a_media_frase() -> None:
    con_punto = replace(_programa(_r("98", Estado.adecuado), "30", 80_000_00), nombre="Bacheo.")
    assert ordenar([con_punto], [], [], [], [], 6)[0].titulo.startswith("Bacheo: se gastó")


@pytest.mark.parametrize(
    ("metas", "indicadores", "dice"),
    [
        (1, 0, "1 meta vencida"),
        (6, 0, "6 metas vencidas"),
        (0, 1, "1 indicador vencido"),
        (9, 3, "9 metas y 3 indicadores vencidos"),
    ],
)
def test_lo_vencido_concuerda(metas: int, indicadores: int, dice: str) -> None:
    caso = ordenar([], [DependenciaVista(1, "Turismo", "", metas, indicadores, 1, True)], [], [], [], 6)[0]
    assert caso.porque == dice
    assert caso.desde == "hace 1 día"
    assert caso.pagina == ("metas" if metas else "indicadores")


def test_lo_que_va_bien_no_aparece() -> None:
    bien = _programa(_r("98", Estado.adecuado), "50", 50_000_00)
    assert not requiere_atencion(bien)
    nada = [DependenciaVista(1, "Turismo", "", 0, 0, 0, True)]
    assert (
        ordenar([bien], nada, [], [FondoVisto("25", "F", 100, 50)], [MetaVista(1, "M", "D", Decimal(120))], 6)
        == []
    )


def test_lo_mas_grave_va_primero_en_las_listas() -> None:
    hojas = [
        _r("95", Estado.adecuado),
        _r(None, Estado.vencido),
        _r("60", Estado.critico),
        _r("20", Estado.critico),
    ]
    assert [h.valor for h in sorted(hojas, key=necesidad)] == [Decimal(20), Decimal(60), None, Decimal(95)]
