"""El tablero contra cifras hechas a mano, en los dos motores."""

from decimal import Decimal

from db.engine import reading, writing
from db.queries.fichas import arbol, ficha_nodo, lista_metas
from db.queries.plan import buscar
from db.queries.tablero import anios_previos, historia_de, tablero
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db.mundo import ANIO, avance, cerrar, fundar


def test_la_base_vacia_dice_que_falta(base: str) -> None:
    with reading() as session:
        vacio = tablero(session, anio=ANIO)
    assert vacio["vacio"]
    assert vacio["falta"] == ["plan", "programas", "actividades", "presupuesto", "indicadores", "avances"]
    assert vacio["cumplimiento"] is None
    assert vacio["avance_financiero"]["valor"] is None


def test_sin_avances_nada_se_califica(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        cerrar(session, 3)
    with reading() as session:
        dado = tablero(session, anio=ANIO)
    assert dado["corte"]["mes"] == 3
    assert dado["cumplimiento"]["valor"] is None
    assert (dado["cumplimiento"]["evaluados"], dado["cumplimiento"]["total"]) == (0, 3)
    assert dado["cumplimiento"]["cuentan_cero"] == 0
    assert dado["vencidos"]["sin_avances"]


def _con_avances() -> None:
    """Al corte de junio: m1 cumple 50 %, m2 100 %, m3 vencida en el segundo trimestre, m4 cumple 200 %."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        for mes in (3, 6):
            cerrar(session, mes)
        for mes, cuanto in ((3, 10), (6, 0)):
            avance(session, 1, mes, cuanto)
        for mes in (3, 6):
            avance(session, 2, mes, 10)
            avance(session, 4, mes, 20)
        avance(session, 3, 3, 10)


def test_el_plan_promedia_ejes_y_lo_vencido_pesa_cero(base: str) -> None:
    _con_avances()
    with reading() as session:
        dado = tablero(session, anio=ANIO)
    # Eje 1: (50 + 100) ÷ 2 = 75; eje 2: su única meta está vencida y pesa 0. Plan: (75 + 0) ÷ 2 = 37.5.
    assert dado["cumplimiento"]["valor"] == Decimal("37.5")
    assert dado["cumplimiento"]["estado"] == "critico"
    assert (dado["cumplimiento"]["evaluados"], dado["cumplimiento"]["total"]) == (2, 3)
    assert dado["cumplimiento"]["cuentan_cero"] == 1
    # Avance anual: eje 1 (10 + 20) ÷ 40 cada meta → (25 + 50) ÷ 2; eje 2: 10 ÷ 40. Plan: (37.5 + 25) ÷ 2.
    assert dado["avance_anual"]["valor"] == Decimal("31.25")
    assert dado["esperado"] == Decimal(50)
    assert [eje["cumplimiento"]["estado"] for eje in dado["ejes"]] == ["riesgo", "vencido"]
    assert dado["anterior"] == {"valor": Decimal(100), "texto": "marzo"}
    assert dado["vencidos"]["metas"] == 1
    assert dado["vencidos"]["lista"][0]["nombre"] == "Dependencia B00"
    assert dado["sin_linea"] == 1


def test_todo_resultado_del_tablero_se_explica(base: str) -> None:
    _con_avances()
    with reading() as session:
        dado = tablero(session, anio=ANIO)
    resultados = [dado[clave] for clave in ("cumplimiento", "avance_anual", "avance_financiero", "brecha")]
    resultados.append(dado["indicadores"])
    for eje in dado["ejes"]:
        resultados += [
            eje[clave] for clave in ("cumplimiento", "avance_anual", "avance_financiero", "brecha")
        ]
    for resultado in resultados:
        assert resultado["detalle"]["formula"]
        assert resultado["palabra"]


def test_la_meta_excedida_y_la_dependencia_vencida_requieren_atencion(base: str) -> None:
    _con_avances()
    with reading() as session:
        casos = tablero(session, anio=ANIO)["excepciones"]
    titulos = [caso["titulo"] for caso in casos]
    assert "Dependencia B00 tiene capturas vencidas" in titulos
    assert any(titulo.startswith("Meta 4: 200") for titulo in titulos)
    assert titulos.index("Dependencia B00 tiene capturas vencidas") < len(titulos) - 1


def test_la_historia_trae_un_punto_por_trimestre(base: str) -> None:
    _con_avances()
    with reading() as session:
        puntos = tablero(session, anio=ANIO)["historia"]
        assert anios_previos(session, ANIO) == []
        assert historia_de(session, anio=ANIO)[:2] == puntos
    assert [(p["texto"], p["valor"]) for p in puntos] == [
        ("T1 2026", Decimal(100)),
        ("T2 2026", Decimal("37.5")),
    ]


def test_de_la_cifra_a_la_hoja(base: str) -> None:
    _con_avances()
    with reading() as session:
        nodos = arbol(session, anio=ANIO)["nodos"]
        ficha = ficha_nodo(session, nodo_id=2, anio=ANIO)
        vencidas = lista_metas(session, anio=ANIO, estado="vencido")
        hallados = buscar(session, texto="LÍNEA uno", anio=ANIO)
    assert [nodo["clave"] for nodo in nodos] == ["1", "L1.1", "2", "L2.1"]
    assert ficha is not None
    assert [meta["cumplimiento"]["valor"] for meta in ficha["lista_metas"]] == [Decimal(50), Decimal(100)]
    assert [nodo["nombre"] for nodo in ficha["ruta"]] == ["Eje uno", "Línea uno"]
    assert [meta["id"] for meta in vencidas["metas"]] == [3]
    assert hallados[0]["parametros"] == {"nodo": "2"}


def test_lo_capturado_sin_validar_no_cuenta_y_se_dice(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        cerrar(session, 3)
        avance(session, 1, 3, 10)
        avance(session, 2, 3, 10, validado=False)
    with reading() as session:
        metas = lista_metas(session, anio=ANIO, nodo=2)
    assert [meta["cumplimiento"]["estado"] for meta in metas["metas"]] == ["en_revision", "adecuado"]
