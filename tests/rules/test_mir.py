"""La MIR se revisa como quien planea: estructura, redacción y «Porcentaje» usado para contar."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.emparejar import PARECIDO, Texto, emparejar, esencia, parecido
from db.rules.mir import (
    CREMAA,
    NIVELES,
    Gravedad,
    IndicadorRevisable,
    RenglonRevisable,
    claves,
    en_orden,
    revisar,
)
from db.rules.mir_redaccion import consejo, divide, falla_de_unidad, por_cien

BUENO = IndicadorRevisable(
    "Porcentaje de calles limpias",
    "(Calles limpias/Calles totales)*100",
    "Porcentaje",
    "Informe",
    ligado=True,
    con_base=True,
    cremaa=dict.fromkeys(CREMAA, True),
)


def _renglon(
    identidad: int, nivel: str, resumen: str, padre: int | None = None, **mas: object
) -> RenglonRevisable:
    base = RenglonRevisable(identidad, nivel, 1, resumen, padre, "Algo de fuera ocurre.", (BUENO,))
    return replace(base, **mas)  # type: ignore[arg-type]


COMPLETA = [
    _renglon(1, "fin", "Contribuir a la salud pública", supuestos=""),
    _renglon(2, "proposito", "La población vive en calles limpias"),
    _renglon(3, "componente", "Residuos recolectados"),
    _renglon(4, "actividad", "Actualización de rutas", 3),
]


def _reglas(renglones: list[RenglonRevisable]) -> set[str]:
    return {f.regla for f in revisar(renglones)}


def test_una_matriz_completa_no_tiene_nada_que_corregir() -> None:
    assert revisar(COMPLETA) == []
    assert revisar([]) == []


@pytest.mark.parametrize(
    ("quitado", "regla"),
    [
        (1, "Falta el Fin"),
        (2, "El Propósito es uno y sólo uno"),
        (3, "Faltan Componentes"),
        (4, "Un Componente sin Actividades"),
    ],
)
def test_lo_que_falta_se_dice(quitado: int, regla: str) -> None:
    halladas = revisar([r for r in COMPLETA if r.id != quitado])
    assert halladas[0].gravedad is Gravedad.FALTA
    assert regla in {f.regla for f in halladas}


def test_dos_propositos_son_una_falta() -> None:
    dos = [*COMPLETA, _renglon(9, "proposito", "Las escuelas lucen limpias")]
    assert [f.donde for f in revisar(dos)] == ["La matriz tiene 2"]


def test_cada_defecto_de_un_renglon_tiene_su_regla() -> None:
    assert _reglas([replace(r, indicadores=() if r.id == 3 else r.indicadores) for r in COMPLETA]) == {
        "Un renglón sin indicador"
    }
    sin_supuestos = [replace(r, supuestos="N/A") for r in COMPLETA]
    assert [f.donde for f in revisar(sin_supuestos)] == ["Propósito", "Componente 1", "Actividad 1.1"]
    assert _reglas([replace(r, padre_id=None) for r in COMPLETA]) == {
        "Una Actividad sin Componente",
        "Un Componente sin Actividades",
    }


@pytest.mark.parametrize(
    ("cambio", "regla"),
    [
        ({"medios": "N/A"}, "Faltan los medios de verificación"),
        ({"formula": "Calles limpias"}, "«Porcentaje» y conteo se confunden"),
        ({"ligado": False}, "Indicadores sin ficha del ejercicio"),
        ({"con_base": False}, "Falta la línea base o su año"),
        ({"cremaa": {"claridad": True}}, "Preguntas CREMAA sin contestar"),
        ({"cremaa": dict.fromkeys(CREMAA, True) | {"economia": False}}, "No cumple una pregunta CREMAA"),
    ],
)
def test_cada_defecto_de_un_indicador_tiene_su_regla(cambio: dict[str, object], regla: str) -> None:
    malo = replace(BUENO, **cambio)  # type: ignore[arg-type]
    assert _reglas([replace(r, indicadores=(malo,)) for r in COMPLETA]) == {regla}


def test_lo_que_falta_a_muchos_indicadores_se_dice_una_vez() -> None:
    suelto = replace(BUENO, ligado=False)
    halladas = revisar([replace(r, indicadores=(suelto,)) for r in COMPLETA])
    assert [f.donde.split(":")[0] for f in halladas] == ["4 de 4 indicadores"]


def test_un_indicador_sin_ficha_no_reclama_lo_que_es_de_la_ficha() -> None:
    suelto = IndicadorRevisable("Porcentaje de avance", "(A/B)*100", medios="Informe")
    assert _reglas([replace(r, indicadores=(suelto,)) for r in COMPLETA]) == {
        "Indicadores sin ficha del ejercicio"
    }


@pytest.mark.parametrize(
    ("nombre", "unidad", "formula", "falla"),
    [
        ("Porcentaje de calles", "", "(Calles limpias/Calles totales)*100", ""),
        ("Porcentaje de calles", "", "(Calles limpias / Calles totales) x 100", ""),
        ("Porcentaje de calles", "", "(Calles limpias÷Calles totales)×100", ""),
        ("Porcentaje de calles", "", "100*(Calles limpias/Calles totales)", ""),
        ("Porcentaje de calles", "", "Calles limpias", "no divide"),
        ("Porcentaje de calles", "", "Calles limpias/Calles totales", "no multiplica"),
        ("Porcentaje de calles", "", "(A/B)*1000", "no multiplica"),
        ("Calles limpias", "Porcentaje", "A", "no divide"),
        ("Número de calles limpias", "Calle", "(A/B)*100", "multiplica por 100"),
        ("Número de calles limpias", "Calle", "A", ""),
        ("Tasa de variación", "Tasa", "((A/B)-1)*100", ""),
        ("Porcentaje de calles", "", "", ""),
    ],
)
def test_porcentaje_y_conteo(nombre: str, unidad: str, formula: str, falla: str) -> None:
    hallada = falla_de_unidad(nombre, unidad, formula)
    assert (falla in hallada) if falla else hallada == ""


@given(st.text(max_size=80))
def test_ninguna_formula_ni_resumen_truena(texto: str) -> None:
    for nivel in NIVELES:
        assert isinstance(consejo(nivel, texto), str)
    assert isinstance(falla_de_unidad(texto, texto, texto), str)
    assert por_cien(f"({texto})*100") and divide(f"{texto}/2")


@pytest.mark.parametrize(
    ("nivel", "va_bien", "va_mal"),
    [
        ("fin", "Contribuir a mejorar la salud", "Mejorar la salud"),
        ("proposito", "Las familias viven seguras", "Reducir la inseguridad"),
        ("componente", "Apoyos entregados", "Apoyos"),
        ("actividad", "Entrega de apoyos", "Entregar apoyos"),
        ("actividad", "Taller de lectura", "Impartir talleres"),
    ],
)
def test_los_consejos_de_redaccion(nivel: str, va_bien: str, va_mal: str) -> None:
    assert consejo(nivel, va_bien) == ""
    assert consejo(nivel, va_mal) != ""


def test_las_claves_dicen_el_lugar() -> None:
    assert list(claves(COMPLETA).values()) == ["Fin", "Propósito", "Componente 1", "Actividad 1.1"]
    con_otra = [
        *COMPLETA,
        _renglon(5, "componente", "Otro entregado", orden=2),
        _renglon(6, "actividad", "Uso", 5),
        _renglon(7, "actividad", "Perdida", 99),
        _renglon(8, "fin", "Contribuir a más", orden=2),
    ]
    nombres = claves(con_otra)
    assert (nombres[6], nombres[7], nombres[8]) == ("Actividad 2.1", "Actividad ?.1", "Fin 2")


@given(st.permutations(COMPLETA))
def test_el_orden_no_depende_de_como_se_lean(renglones: list[RenglonRevisable]) -> None:
    assert [r.id for r in en_orden(renglones)] == [1, 2, 3, 4]
    assert claves(renglones) == claves(COMPLETA)


TEXTOS = st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=12), max_size=6)


@given(TEXTOS, TEXTOS)
def test_nadie_sirve_dos_veces_al_emparejar(nuevos: list[str], existentes: list[str]) -> None:
    pares = emparejar(
        [Texto(t, n) for n, t in enumerate(nuevos)], [Texto(t, n) for n, t in enumerate(existentes)]
    )
    usados = [j for j in pares if j is not None]
    assert len(pares) == len(nuevos)
    assert len(usados) == len(set(usados))


@given(st.lists(st.text(alphabet="abcdefgh", min_size=3, max_size=9), unique=True, max_size=6))
def test_lo_mismo_se_empareja_consigo_mismo(textos: list[str]) -> None:
    lista = [Texto(t, n) for n, t in enumerate(textos)]
    assert emparejar(lista, lista) == list(range(len(lista)))


def test_el_lugar_no_basta_para_lo_fijo() -> None:
    uno = [Texto("Calles rehabilitadas", 1)]
    assert emparejar(uno, [Texto("Señales instaladas", 1)]) == [0]
    assert emparejar(uno, [Texto("Señales instaladas", 1, fijo=True)]) == [None]
    assert emparejar(uno, [Texto("Calles rehabilitadas.", 7, fijo=True)]) == [0]


def test_el_parecido_no_mira_acentos_ni_puntuacion() -> None:
    assert esencia(" Educación  BÁSICA. ") == "educacion basica"
    assert parecido("Actividad pública", "ACTIVIDAD PUBLICA.") == 1
    assert parecido("", "") == 0
    assert parecido("en el público en genera", "en el público en general.") >= PARECIDO
