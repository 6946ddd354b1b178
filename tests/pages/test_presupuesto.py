"""Presupuesto en pantalla: lo que dice, hasta dónde baja y qué hace con una dirección inventada."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.filtros import AL_IR
from dashboard.ui import tabla_gasto
from dashboard.ui.grafica_presupuesto import acumular
from dashboard.ui.vista_presupuesto import titulo
from db.engine import reading, writing
from db.queries.adecuaciones import lista
from db.queries.matriz import Alcance, por_meses
from db.queries.presupuesto import monto
from db.rules.adecuacion import Movimiento
from db.rules.cruce import cruzar
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.db.mundo import ANIO, fundar
from tests.db.mundo_gasto import CLAVES, MES, UNO, poner
from tests.db.test_adecuaciones import documento, registrar
from tests.pages.ayuda import abrir, textos

ENTES = {"1": "Ayuntamiento", "2": "DIF"}


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> None:
    st.cache_data.clear()


@pytest.fixture
def gasto(base_sqlite: str) -> str:
    poner()
    return base_sqlite


def _abrir(rol: Rol = Rol.TESORERIA, **parametros: str) -> AppTest:
    at = abrir("presupuesto", rol, corte="Marzo", **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def _dice(at: AppTest) -> str:
    return textos(at).replace("\\", "")


def _tabla(at: AppTest) -> dict[str, list[Any]]:
    return {str(columna): list(valores) for columna, valores in at.dataframe[-1].value.items()}


def test_el_titulo_dice_el_hallazgo_y_la_tabla_suma(gasto: str) -> None:
    """Consolidado a marzo: 559 centavos devengados de 767."""
    at = _abrir()
    assert at.title[0].value.replace("\\", "").startswith("Se ha devengado 72.9")
    tabla = _tabla(at)
    assert tabla["Capítulo"][-1] == "Total"
    assert tabla["Modificado"][-1] == sum(tabla["Modificado"][:-1]) == Decimal("7.67")
    columnas = list(tabla)
    inicio = columnas.index("Aprobado")
    assert columnas[inicio : inicio + 4] == ["Aprobado", "Ampliaciones", "Reducciones", "Modificado"]


def test_el_camino_se_dice_en_palabras_y_llega_a_la_clave(gasto: str) -> None:
    at = _abrir(ente="Ayuntamiento", capitulo="6000", proyecto=UNO, por="clave")
    assert f"**Capítulo 6000 › Proyecto {UNO} Proyecto**" in _dice(at)
    assert _tabla(at)["Clave presupuestaria"] == [CLAVES[1].clave, "Total"]


def test_la_clave_dice_que_es_cada_segmento_y_que_documento_la_movio(gasto: str) -> None:
    registrar(documento(Movimiento(CLAVES[0].clave, 3, 30, 0), Movimiento(CLAVES[1].clave, 2, 0, 30)))
    at = _abrir(ente="Ayuntamiento", clave=CLAVES[0].clave)
    segmentos, documentos = (marco.value for marco in at.dataframe)
    assert dict(zip(segmentos["Segmento"], segmentos["Código"], strict=True)) == {
        "Finalidad": "01",
        "Función": "0102",
        "Programa": "01020401",
        "Proyecto": UNO,
        "Dependencia general": "A00",
        "Dependencia auxiliar": "A00-100",
        "Capítulo": "1000",
        "Concepto": "1100",
        "Partida": "1131",
        "Fuente de financiamiento": "110101",
        "Tipo de gasto": "1",
    }
    assert documentos["Ampliación"].to_list() == [Decimal("0.30")]


def test_los_filtros_del_marco_llegan_a_donde_se_fue(gasto: str) -> None:
    at = _abrir(ente="Ayuntamiento")
    at.session_state[AL_IR] = {"ente": "DIF", "corte": MES}
    at.run()
    assert (at.selectbox(key="ente").value, at.selectbox(key="corte").value) == ("DIF", MES)
    assert _tabla(at)["Modificado"][-1] == Decimal("0.30")


def test_dos_clasificaciones_hacen_una_matriz_con_la_medida_pedida(gasto: str) -> None:
    at = _abrir(ente="Ayuntamiento", por="capitulo", con="fuente", medida="devengado")
    tabla = _tabla(at)
    assert tabla["Capítulo"] == ["6000", "1000", "9000", "Total"]
    assert tabla["Total"] == [Decimal("4.30"), Decimal("0.90"), Decimal("0.09"), Decimal("5.29")]
    assert tabla["110101"][:2] == [None, Decimal("0.90")]
    assert _tabla(_abrir(por="capitulo", con="fuente", medida="pct"))["Total"][0] > 100


@pytest.mark.parametrize(
    "parametros",
    [
        {"por": "<script>", "con": "x", "medida": "'; DROP"},
        {"parte": "otra", "capitulo": "' OR 1=1"},
        {"parte": "revision", "que": "nada", "de": "x"},
        {"parte": "adecuaciones", "adecuacion": "-1"},
        {"por": "capitulo", "con": "capitulo", "fuente": "sin"},
        {"clave": "x" * 500},
    ],
)
def test_una_direccion_inventada_no_rompe(gasto: str, parametros: dict[str, str]) -> None:
    assert _abrir(Rol.TESORERIA, **parametros).title


def test_lo_que_no_existe_se_dice_y_deja_volver(gasto: str) -> None:
    at = _abrir(programa="99999999")
    assert at.title[0].value == "No hay dinero con esa combinación"
    assert not at.dataframe


def test_sin_presupuesto_dice_quien_lo_carga(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
    at = _abrir(Rol.PRESIDENCIA, capitulo="1000")
    assert at.title[0].value == f"Todavía no hay presupuesto por clave en {ANIO}"
    assert "Tesorería lo carga" in at.info[0].value


@pytest.mark.parametrize(
    ("que", "dice"),
    [
        ("subejercicio", "Subejercicio: hasta"),
        ("sobreejercicio", "Sobreejercicio: nada que revisar"),
        ("claves_quietas", "Claves con meses sin movimiento: 3 claves"),
        ("programas_quietos", "nada que revisar"),
        ("adefas", "Adeudos anteriores y claves sin aprobado: una clave"),
        ("orden", "Momentos fuera de orden: 2 claves"),
        ("negativos", "Importes negativos: una clave"),
    ],
)
def test_lo_que_pide_revision_dice_cuanto_y_donde(gasto: str, que: str, dice: str) -> None:
    at = _abrir(parte="revision", que=que, de="programa")
    assert dice in at.title[0].value.replace("\\", "")


def test_elegir_un_renglon_baja_y_conserva_lo_elegido() -> None:
    destino = {"fuente": "250101"}
    assert tabla_gasto.bajar(destino, "capitulo", "1000", ENTES) == {
        "fuente": "250101",
        "capitulo": "1000",
        "por": "concepto",
    }
    assert tabla_gasto.bajar(destino, "dependencia", "A00@2", ENTES) == {
        "fuente": "250101",
        "dependencia": "A00",
        "ente": "DIF",
        "por": "auxiliar",
    }
    assert tabla_gasto.bajar({}, "ente", "2", ENTES) == {"ente": "DIF", "por": "dependencia"}
    assert tabla_gasto.bajar({}, "fuente", "", ENTES)["fuente"] == "sin"


def test_elegir_una_celda_baja_por_los_dos_lados_y_un_total_por_uno() -> None:
    cero = dict.fromkeys(tabla_gasto.COLUMNAS, 0)
    cruce = cruzar({("1000", "11"): {**cero, "modificado": 2}, ("6000", "25"): {**cero, "modificado": 1}})
    tabla = tabla_gasto.tabla_cruzada(cruce, "modificado", {}, {"11": "Fiscales"})
    cuales = ("capitulo", "fuente")

    def bajar(fila: int, columna: str) -> dict[str, str] | None:
        return tabla_gasto.bajar_celda(tabla, (fila, columna), cuales, {}, ENTES)

    assert bajar(0, "11 Fiscales") == {"fuente": "11", "capitulo": "1000", "por": "concepto"}
    assert bajar(0, "Total") == {"capitulo": "1000", "por": "concepto"}
    assert bajar(2, "25") == {"fuente": "25", "por": "programa"}
    assert bajar(2, "Total") is None


def test_lo_que_no_cabe_se_junta_y_el_total_no_cambia() -> None:
    cuantos = tabla_gasto.RENGLONES_MAXIMOS + 5
    montos = {f"{n:05d}": monto([100, 0, 0, 0, 10, 0, 0, 0]) for n in range(cuantos)}
    total = monto([100 * cuantos, 0, 0, 0, 10 * cuantos, 0, 0, 0])
    tabla = tabla_gasto.tabla_por_una(montos, {}, total)
    assert tabla["nombres"][-2:] == ["Otros 5", "Total"]
    assert sum(tabla["Modificado"][:-1]) == tabla["Modificado"][-1] == Decimal(cuantos)


def test_el_titulo_distingue_subejercicio_sobreejercicio_y_nada() -> None:
    assert titulo(monto([10**10, 0, 0, 0, 5 * 10**9, 0, 0, 0])) == (
        "Se ha devengado 50.0\u00a0% de 100.0 mdp; quedan 50.0 mdp"
    )
    assert "20.0 mdp más de los 100.0 mdp" in titulo(monto([10**10, 0, 0, 0, 12 * 10**9, 0, 0, 0]))
    assert titulo(monto([0] * 8)) == "Sin presupuesto ni gasto"
    assert "sin presupuesto vigente" in titulo(monto([0, 0, 0, 0, 10**9, 0, 0, 0]))


def test_los_meses_se_acumulan_y_lo_gastado_se_detiene_en_el_corte(gasto: str) -> None:
    with reading() as session:
        puntos = acumular(por_meses(session, Alcance(ANIO, MES, (1,)), {}), MES)
    assert [p["devengado"] for p in puntos[:4]] == [59, 489, 529, None]
    assert (puntos[2]["aprobado"], puntos[11]["aprobado"], puntos[11]["modificado"]) == (700, 800, 737)


def test_la_conciliacion_dice_lo_que_no_tiene_documento(gasto: str) -> None:
    at = _abrir(parte="adecuaciones", ente="Ayuntamiento")
    assert "$1.37 ampliados o reducidos sin documento" in _dice(at)
    assert at.main.text_input  # Tesorería captura; sin ninguna registrada, el formulario va abierto
    assert not _abrir(Rol.PRESIDENCIA, parte="adecuaciones", ente="Ayuntamiento").main.text_input


def test_la_ficha_de_una_adecuacion_abre_y_lista_sus_claves(gasto: str) -> None:
    adecuacion_id = registrar(
        documento(Movimiento(CLAVES[0].clave, 3, 30, 0), Movimiento(CLAVES[1].clave, 2, 0, 30))
    )
    at = _abrir(parte="adecuaciones", adecuacion=str(adecuacion_id))
    assert "Traspaso A-1: $0.30" in _dice(at)
    assert _tabla(at)["Clave"] == sorted((CLAVES[0].clave, CLAVES[1].clave))


def test_capturar_una_adecuacion_mala_dice_donde_y_no_guarda(gasto: str) -> None:
    at = _abrir(parte="adecuaciones", ente="Ayuntamiento")
    folio, fecha = at.main.text_input[0], at.main.text_input[1]
    folio.set_value("A-7")
    fecha.set_value(date(ANIO, 2, 3).strftime("%d-%m-%y"))
    at.main.button[-1].click().run()
    assert not at.exception
    assert "no es una fecha" in "".join(e.value for e in at.error)
    at.main.text_input[1].set_value("03/02/2026")
    at.main.button[-1].click().run()
    assert "no mueve ninguna clave" in "".join(e.value for e in at.error)
    with reading() as session:
        assert lista(session, ANIO) == []


def test_de_un_vistazo_estan_las_seis_respuestas(base_demo: str) -> None:
    at = abrir("presupuesto", Rol.TESORERIA, parte="vistazo")
    assert not at.exception
    visto = textos(at)
    assert "sin devengar" in visto and "por programa y capítulo" in visto
    cruce, partidas = (tabla.value for tabla in at.dataframe[-2:])
    assert list(cruce.iloc[:, 0])[-1] == "Total" and list(partidas.iloc[:, 0])[-1] == "Total"
    abierto = at.selectbox(key="elegir_ver").value
    fila = list(cruce.iloc[:, 0]).index(next(n for n in cruce.iloc[:, 0] if n.startswith(abierto)))
    assert cruce["Total"][fila] == partidas["Devengado"].iloc[-1]


def test_un_programa_inventado_en_la_direccion_abre_el_peor(base_demo: str) -> None:
    at = abrir("presupuesto", Rol.TESORERIA, parte="vistazo", ver="<script>")
    assert not at.exception and at.selectbox(key="elegir_ver").value.isdecimal()
