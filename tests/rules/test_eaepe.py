"""El EAEPE: nada se pierde al armarlo, cada padre suma a sus hijos y cada falta se dice con su diferencia."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.rules.eaepe import (
    IMPORTES,
    PROGRAMAS,
    SIN_CLASIFICAR,
    Importes,
    Renglon,
    armar,
    de_momentos,
    oficiales_programaticas,
    revisar,
    sumar,
    total,
)

OFICIALES = [
    ("1", "", "Gobierno"),
    ("11", "1", "Legislación"),
    ("12", "1", "Justicia"),
    ("2", "", "Desarrollo Social"),
    ("21", "2", "Protección Ambiental"),
]

centavos = st.integers(-(10**14), 10**14)
momentos = st.fixed_dictionaries(
    dict.fromkeys(("aprobado", "ampliaciones", "reducciones", "devengado", "pagado"), centavos)
)


@given(st.dictionaries(st.sampled_from(["11", "12", "21", "2", "99", ""]), momentos))
def test_el_total_es_la_suma_de_todo_lo_que_hay_y_siempre_cuadra(montos: dict[str, dict[str, int]]) -> None:
    hojas = {codigo: de_momentos(monto) for codigo, monto in montos.items()}
    renglones = armar(OFICIALES, hojas)
    assert total(renglones) == sumar(hojas.values())
    sin_hojas_propias = "2" not in hojas
    if sin_hojas_propias:
        assert revisar(renglones, tolerancia=0) == []


@given(momentos)
def test_las_identidades_del_estado(monto: dict[str, int]) -> None:
    x = de_momentos(monto)
    assert x.modificado == monto["aprobado"] + monto["ampliaciones"] - monto["reducciones"]
    assert x.modificado == x.aprobado + x.ampliaciones_reducciones
    assert x.subejercicio == x.modificado - x.devengado


def test_lo_que_no_es_oficial_queda_a_la_vista() -> None:
    suelto = Importes(5, 0, 5, 1, 1, 4)
    ultimo = armar(OFICIALES, {"11": suelto, "77": suelto, "": suelto})[-1]
    assert (ultimo.concepto, ultimo.nivel, ultimo.importes) == (SIN_CLASIFICAR, 1, suelto + suelto)


def test_todos_los_renglones_oficiales_van_aunque_no_tengan_dinero() -> None:
    renglones = armar(OFICIALES, {})
    assert [(r.clave, r.nivel) for r in renglones] == [("1", 1), ("11", 2), ("12", 2), ("2", 1), ("21", 2)]
    assert total(renglones) == Importes()


def test_la_categoria_programatica_lleva_programas_sus_grupos_y_lo_de_fuera() -> None:
    catalogo = [
        ("S", "Subsidios", "Sujetos a Reglas"),
        ("E", "Desempeño", "Prestación"),
        ("H", '(nivel superior, fuera de "Programas")', "Adeudos"),
    ]
    renglones = armar(
        oficiales_programaticas(catalogo), {"E": Importes(aprobado=3), "H": Importes(aprobado=4)}
    )
    assert [(r.clave, r.nivel, r.importes.aprobado) for r in renglones] == [
        (PROGRAMAS, 1, 3),
        ("Subsidios", 2, 0),
        ("S", 3, 0),
        ("Desempeño", 2, 3),
        ("E", 3, 3),
        ("H", 1, 4),
    ]


def test_cada_identidad_rota_se_dice_en_su_renglon_y_con_su_diferencia() -> None:
    bien = Importes(100_00, 0, 100_00, 40_00, 40_00, 60_00)
    hija, padre = Renglon("11", "Legislación", 2, bien), Renglon("1", "Gobierno", 1, bien)
    assert revisar([padre, hija]) == []
    ((lugar, falta),) = revisar([replace(padre, importes=replace(bien, pagado=45_00)), hija])
    assert lugar == 0 and falta.mensaje == "en pagado difiere $5.00"
    ((lugar, falta),) = revisar(
        [padre, replace(hija, importes=replace(bien, modificado=100_50, subejercicio=60_50))], 0
    )[:1]
    assert lugar == 0 and "$0.50" in falta.mensaje.replace("−", "")


@given(st.sampled_from(IMPORTES), st.integers(-100, 100))
def test_un_peso_por_renglon_se_tolera(campo: str, cuanto: int) -> None:
    bien = Importes(100_00, 0, 100_00, 40_00, 40_00, 60_00)
    corrido = replace(bien, **{campo: getattr(bien, campo) + cuanto})
    assert revisar([Renglon("1", "Gobierno", 1, corrido), Renglon("11", "Legislación", 2, bien)]) == []
