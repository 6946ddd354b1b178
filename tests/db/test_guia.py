"""Evaluar la Guía Consultiva: quién puede, qué se exige y en qué queda cada indicador, en los dos motores."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.actions.guia import Captura, Comprobado, asignar_responsable, guardar_diagnostico
from db.actions.guia_catalogo import FilaElemento, FilaIndicador, guardar_elementos, guardar_indicadores
from db.actions.idempotencia import Conflicto
from db.engine import reading, writing
from db.models.guia import SinVariables, TipoGuia
from db.queries.guia import guia_del_anio
from db.queries.guia_ficha import ficha_guia
from db.rules.guia import EstadoGuia, sin_variables_de
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol, SinPermiso
from db.rules.problema import Problema
from seed.catalogos.guia import cargar_guia
from tests.conftest import actor
from tests.db.mundo import fundar
from tests.db.test_presupuesto import clave as clave_de_prueba
from tests.db.test_presupuesto import guardar

EDICION, ANIO = "2025-2027", 2026
PLANEACION = actor(Rol.PLANEACION)
COSTO = "(Gasto corriente / Gasto total) * 100"


def _indicador(clave: str, tipo: TipoGuia, optimo: str, **otros: Any) -> FilaIndicador:
    datos = {
        "revision": "revisión anual", "formula": "", "variables": "", "en_proceso": "", "rezago": "=0",
        "sin_variables": SinVariables(sin_variables_de(clave)), **otros,
    }  # fmt: skip
    return FilaIndicador(
        clave, int(clave[0]), "Módulo", clave[:3], "Tema", f"Indicador {clave}", tipo, optimo=optimo, **datos
    )


@pytest.fixture
def guia(base_sqlite: str) -> dict[str, int]:
    """La guía de prueba en SQLite."""
    return fundar_guia()


@pytest.fixture
def en_los_dos(base: str) -> dict[str, int]:
    """La guía de prueba en cada motor."""
    return fundar_guia()


def fundar_guia() -> dict[str, int]:
    """Una guía de cuatro indicadores; devuelve la identidad de cada uno."""
    indice = {
        "formula": "(X1*60) + (X2*40)",
        "variables": "X1= Indicador 1.2.1 con todos los elementos. X2= Algo.",
        "en_proceso": "<80 y >=50",
        "rezago": "<50",
    }
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        filas = [
            _indicador("1.1.1", TipoGuia.GESTION, "=2", revision="una vez en óptimo"),
            _indicador("1.2.1", TipoGuia.GESTION, "=2"),
            _indicador("1.2.4", TipoGuia.DESEMPENO, ">=80", **indice),
            _indicador(
                "2.2.4", TipoGuia.DESEMPENO, "<=50", en_proceso=">50 y <=60", rezago=">60", formula=COSTO
            ),
        ]
        guardar_indicadores(session, LINEA_DE_COMANDOS, EDICION, filas)
        elementos = [FilaElemento(c, i, f"Elemento {i}") for c in ("1.1.1", "1.2.1") for i in "ab"]
        guardar_elementos(session, LINEA_DE_COMANDOS, EDICION, elementos)
    with reading() as session:
        return {i["clave"]: i["id"] for i in guia_del_anio(session, anio=ANIO)["indicadores"]}


def _ficha(clave: str, anio: int = ANIO) -> dict[str, Any]:
    with reading() as session:
        hallada = ficha_guia(session, anio=anio, clave=clave)
    assert hallada is not None
    return hallada


def _capturar(clave: str, persona: Actor = PLANEACION, anio: int = ANIO, **datos: Any) -> None:
    ficha = _ficha(clave, anio)
    with writing(persona) as session:
        guardar_diagnostico(
            session,
            persona,
            indicador_id=ficha["id"],
            anio=anio,
            abierta=datos.pop("abierta", ficha["firma"]),
            captura=Captura(**datos),
        )


def _elementos(clave: str, *cumplen: str) -> dict[int, Comprobado]:
    return {
        e["id"]: Comprobado(e["inciso"] in cumplen, "Acta 5, archivo", date(2026, 3, 1))
        for e in _ficha(clave)["elementos"]
    }


def test_los_elementos_comprobados_dan_el_estado_y_su_evidencia_queda(en_los_dos: dict[str, int]) -> None:
    assert (_ficha("1.2.1")["estado"], _ficha("1.2.1")["revisado"]) == ("rezago", False)
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a"))
    ficha = _ficha("1.2.1")
    assert (ficha["estado"], ficha["cifra"], ficha["revisado"]) == ("en_proceso", "1 de 2 elementos", True)
    assert (ficha["elementos"][0]["evidencia"], ficha["elementos"][0]["fecha"]) == (
        "Acta 5, archivo",
        date(2026, 3, 1),
    )
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a", "b"))
    assert _ficha("1.2.1")["estado"] == "optimo"


def test_un_elemento_sin_evidencia_no_se_da_por_bueno(guia: dict[str, int]) -> None:
    elemento = _ficha("1.2.1")["elementos"][0]["id"]
    with pytest.raises(Problema, match="evidencia"):
        _capturar("1.2.1", elementos={elemento: Comprobado(True, "  ")})
    assert _ficha("1.2.1")["revisado"] is False


def test_el_indice_toma_x1_del_indicador_completo(guia: dict[str, int]) -> None:
    _capturar("1.2.4", variables={"X2": Decimal(1)})
    assert (_ficha("1.2.4")["cifra"], _ficha("1.2.4")["estado"]) == ("40", "rezago")
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a", "b"))
    assert (_ficha("1.2.4")["cifra"], _ficha("1.2.4")["estado"]) == ("100", "optimo")


def test_variables_a_medias_o_division_entre_cero_no_se_guardan(guia: dict[str, int]) -> None:
    with pytest.raises(Problema, match="Gasto total"):
        _capturar("2.2.4", variables={"A": Decimal(5), "B": None})
    with pytest.raises(Problema, match="divide entre 0"):
        _capturar("2.2.4", variables={"A": Decimal(5), "B": Decimal(0)})
    with pytest.raises(Problema, match="1 o 0"):
        _capturar("1.2.4", variables={"X2": Decimal(3)})
    _capturar("2.2.4", variables={"A": Decimal("51"), "B": Decimal("100")})
    assert (_ficha("2.2.4")["cifra"], _ficha("2.2.4")["estado"]) == ("51", "en_proceso")
    _capturar("2.2.4", variables={"A": None, "B": None})
    assert (_ficha("2.2.4")["estado"], _ficha("2.2.4")["revisado"]) == ("nd", False)


def test_no_medible_pide_su_motivo(guia: dict[str, int]) -> None:
    with pytest.raises(Problema) as hallado:
        _capturar("2.2.4", no_medible=True, motivo=" ")
    assert hallado.value.campo == "motivo"
    _capturar("2.2.4", no_medible=True, motivo="No es del municipio, oficio 8")
    assert (_ficha("2.2.4")["estado"], _ficha("2.2.4")["motivo"]) == ("nm", "No es del municipio, oficio 8")


def test_lo_que_se_revisa_una_vez_se_conserva_y_no_se_recaptura(
    en_los_dos: dict[str, int],
) -> None:
    _capturar("1.1.1", anio=2025, elementos=_elementos("1.1.1", "a", "b"))
    ficha = _ficha("1.1.1")
    assert (ficha["estado"], ficha["desde"], ficha["previo"]) == ("optimo", 2025, "optimo")
    assert all(e["cumple"] for e in ficha["elementos"])
    with pytest.raises(Problema, match="2025"):
        _capturar("1.1.1", elementos=_elementos("1.1.1"))


def test_otra_persona_guardo_primero(en_los_dos: dict[str, int]) -> None:
    abierta = _ficha("1.2.1")["firma"]
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a"))
    intermedia = _ficha("1.2.1")["firma"]
    with pytest.raises(Conflicto):
        _capturar("1.2.1", abierta=abierta, elementos=_elementos("1.2.1"))
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a", "b"))
    assert len({abierta, intermedia, _ficha("1.2.1")["firma"]}) == 3


def test_el_enlace_solo_captura_lo_asignado_a_su_dependencia(guia: dict[str, int]) -> None:
    enlace, ajeno = actor(Rol.ENLACE, 1, 1), actor(Rol.ENLACE, 1, 2)
    with pytest.raises(SinPermiso):
        _capturar("1.2.1", enlace, nota="sin asignar")
    with writing(PLANEACION) as session:
        ids = [guia["1.2.1"], guia["1.2.4"]]
        assert asignar_responsable(session, PLANEACION, anio=2025, indicadores=ids, dependencia_id=1) == 2
        assert asignar_responsable(session, PLANEACION, anio=ANIO, indicadores=ids, dependencia_id=1) == 0
    _capturar("1.2.1", enlace, elementos=_elementos("1.2.1", "a"))
    assert _ficha("1.2.1")["dependencia"] == "Dependencia A00"
    for clave, quien in (("1.2.1", ajeno), ("2.2.4", enlace), ("1.2.1", actor(Rol.TESORERIA))):
        with pytest.raises(SinPermiso):
            _capturar(clave, quien, nota="ajeno")
    with pytest.raises(SinPermiso), writing(enlace) as session:
        asignar_responsable(session, enlace, anio=ANIO, indicadores=[guia["2.2.4"]], dependencia_id=1)


def test_un_elemento_de_otro_indicador_no_se_cuela(guia: dict[str, int]) -> None:
    with pytest.raises(SinPermiso):
        _capturar("1.2.1", elementos=_elementos("1.1.1", "a"))


def test_recargar_la_guia_no_borra_un_elemento_ya_evaluado(guia: dict[str, int]) -> None:
    _capturar("1.2.1", elementos=_elementos("1.2.1", "a"))
    uno = [FilaElemento("1.2.1", "a", "Otro texto")]
    with pytest.raises(Problema, match=r"1\.2\.1"), writing(PLANEACION) as session:
        guardar_elementos(session, PLANEACION, EDICION, uno)
    with writing(PLANEACION) as session:
        cuenta = guardar_elementos(session, PLANEACION, EDICION, [FilaElemento("1.1.1", "a", "Uno")])
    assert (cuenta.desaparecen, len(_ficha("1.1.1")["elementos"])) == (1, 1)


def test_el_costo_de_operacion_se_propone_del_presupuesto(
    en_los_dos: dict[str, int],
) -> None:
    assert _ficha("2.2.4")["propuesta"] is None
    with writing(actor(Rol.TESORERIA)) as session:
        filas = [(0, mes, 0, 0, 0, 6_000, 6_000, 6_000, 6_000) for mes in (1, 12)] + [
            (1, 12, 0, 0, 0, 8_000, 8_000, 8_000, 8_000)
        ]
        claves = [clave_de_prueba("010204010101"), replace(clave_de_prueba("010204010102"), tipo_gasto="2")]
        guardar(session, claves, filas, ente_id=1)
    propuesta = _ficha("2.2.4", ANIO + 1)["propuesta"]
    assert (propuesta["anio"], propuesta["cifra"], propuesta["estado"]) == (ANIO, "60", "en_proceso")
    assert propuesta["variables"] == {"A": "120", "B": "200"}


def test_el_catalogo_se_pone_una_vez_y_no_pisa_lo_corregido(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        assert cargar_guia(session) == 115
    with writing(LINEA_DE_COMANDOS) as session:
        assert cargar_guia(session) == 0
    with reading() as session:
        guia = guia_del_anio(session, anio=ANIO)
        indice = ficha_guia(session, anio=ANIO, clave="1.2.4")
        assert guia_del_anio(session, anio=2024)["edicion"] is None
    assert indice is not None and [v["automatica"] for v in indice["variables"]] == [True, True, *[False] * 5]
    gestion = [i for i in guia["indicadores"] if i["tipo"] == TipoGuia.GESTION]
    assert (len(guia["indicadores"]), len(gestion)) == (115, 80)
    por_estado = {e: sum(i["estado"] == e for i in guia["indicadores"]) for e in EstadoGuia}
    # Sin capturar nada: gestión, módulo 1 salvo 1.2.4 y 2.4.3 quedan en rezago; lo demás, en ND.
    assert (por_estado["rezago"], por_estado["nd"]) == (80 + 6 + 1, 28)
