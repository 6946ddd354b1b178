"""El presupuesto en integración: techos, captura de lo propio, firmas que caducan y lo cerrado intacto."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.actions.anteproyecto import fijar_techos, guardar_partidas
from db.actions.anteproyecto_apertura import abrir_anteproyecto
from db.actions.anteproyecto_cierre import cerrar_etapa, firmar
from db.actions.idempotencia import Conflicto
from db.actions.presupuesto import guardar_corte
from db.base import ahora
from db.engine import reading, writing
from db.models.bitacora import Carga
from db.models.municipio import Ejercicio
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_cotejo import contra_la_etapa_anterior, contra_tesoreria
from db.queries.anteproyecto_dependencia import dependencia
from db.queries.anteproyecto_resumen import resumen
from db.queries.anteproyecto_revision import comprobaciones
from db.rules.anteproyecto import REVISO, VISTO_BUENO
from db.rules.permisos import Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo_anteproyecto as mundo
from tests.db.mundo_anteproyecto import ANIO, ENLACE, PLANEACION, TESORERIA, proponer, propuesta, techar
from tests.db.test_presupuesto import clave, guardar, movimientos


def _resumen(etapa_id: int) -> dict[str, Any]:
    with reading() as session:
        return resumen(session, etapa_id=etapa_id)


def _a00(visto: dict[str, Any]) -> dict[str, Any]:
    return next(d for d in visto["dependencias"] if d["clave"] == "A00")


def _etapas() -> list[dict[str, Any]]:
    with reading() as session:
        return lee.etapas(session, ente_id=1)


def _cerrar(etapa_id: int, motivo: str = "Acuerdo de Cabildo") -> int | None:
    visto = _resumen(etapa_id)["huella"]
    with writing(TESORERIA) as session:
        return cerrar_etapa(session, TESORERIA, etapa_id=etapa_id, huella=visto, motivo=motivo)


def test_abrir_copia_la_estructura_del_anio_anterior_una_sola_vez(base: str) -> None:
    mundo.abrir()
    with reading() as session:
        assert [f.clave for f in lee.que_ejecutan(session, ANIO, 1)] == ["010204010101", "010204010102"]
    with pytest.raises(Problema, match="ya está abierto"), writing(PLANEACION) as session:
        abrir_anteproyecto(session, PLANEACION, anio=ANIO, ente_id=1)
    with pytest.raises(Problema, match="No hay proyectos de 2031"), writing(PLANEACION) as session:
        abrir_anteproyecto(session, PLANEACION, anio=2031, ente_id=1)


def test_cada_dependencia_se_ve_frente_a_su_techo(base: str) -> None:
    etapa = mundo.abrir()
    techar(etapa, A00=100_000, B00=50_000)
    proponer(etapa, propuesta(60_000), propuesta(40_001, "2110"))
    visto = {d["clave"]: (d["situacion"], d["saldo"]) for d in _resumen(etapa)["dependencias"]}
    assert visto == {
        "A00": ("excedido", "excedido $0.01"),
        "B00": ("sin_captura", "$500.00 por asignar"),
    }
    assert _resumen(etapa)["total"]["excedido"] == 1
    assert [(c["clave"], c["propuesto"]) for c in _resumen(etapa)["capitulos"]] == [
        ("1000", 60_000),
        ("2000", 40_001),
    ]


def test_se_compara_con_el_corte_vigente_del_anio_anterior(base: str) -> None:
    etapa = mundo.abrir()
    with writing(TESORERIA) as session:
        claves = [clave("010204010101"), replace(clave("010204010102"), dependencia_general="Z99")]
        filas = [(0, 1, 80_000, 20_000, 0, 50_000, 50_000, 50_000, 50_000), (1, 1, 700, 0, 0, 0, 0, 0, 0)]
        guardar(session, claves, filas, ente_id=1)
    proponer(etapa, propuesta(125_000))
    visto = _resumen(etapa)
    suya = _a00(visto)
    assert suya["anterior"] == {"aprobado": 80_000, "modificado": 100_000, "devengado": 50_000}
    assert (suya["diferencia"], suya["porcentaje"]) == (25_000, 25)
    assert visto["otras"]["modificado"] == 700
    assert visto["total"]["anterior"]["modificado"] == 100_700


def test_el_enlace_captura_lo_propio_y_nada_mas(base: str) -> None:
    etapa = mundo.abrir()
    proponer(etapa, propuesta(12_000), quien=ENLACE)
    with pytest.raises(SinPermiso):
        proponer(etapa, propuesta(12_000), quien=ENLACE, auxiliar=mundo.AUXILIAR_B, numero=2)
    for rol in (Rol.TESORERIA, Rol.PRESIDENCIA, Rol.CONTRALORIA, Rol.ADMINISTRACION):
        with pytest.raises(SinPermiso):
            proponer(etapa, propuesta(12_000), quien=actor(rol))
    with pytest.raises(SinPermiso):
        techar(etapa, PLANEACION, A00=1)
    with pytest.raises(SinPermiso), writing(ENLACE) as session:
        abrir_anteproyecto(session, ENLACE, anio=2028, ente_id=1)
    assert _resumen(etapa)["total"]["propuesto"] == 12_000


def test_guardar_deja_exactamente_lo_pedido(base: str) -> None:
    etapa = mundo.abrir()
    proponer(etapa, propuesta(12_000), propuesta(5_000, "2110"))
    proponer(etapa, propuesta(7_000, "2110"), propuesta(1, "6120", "25"))
    with reading() as session:
        filas = lee.partidas(session, etapa)
    assert [(f["partida"], f["fuente"], f["anual"], f["tipo_gasto"]) for f in filas] == [
        ("2110", "11", 7_000, "1"),
        ("6120", "25", 1, "2"),
    ]


@pytest.mark.parametrize(
    ("mala", "dice"),
    [
        (propuesta(1, "9999"), "Clasificador por Objeto"),
        (propuesta(1, "1100"), "Clasificador por Objeto"),
        (propuesta(1, "1000"), "Clasificador por Objeto"),
        (propuesta(1, "1130", "99"), "Clasificador por Fuentes"),
        (propuesta(-12), "imposible"),
    ],
)
def test_una_partida_que_no_existe_se_niega(base_sqlite: str, mala: Any, dice: str) -> None:
    etapa = mundo.abrir()
    with pytest.raises(Problema, match=dice):
        proponer(etapa, mala)
    with pytest.raises(Problema, match="dos veces"):
        proponer(etapa, propuesta(1), propuesta(2))


def test_una_especifica_del_estado_vale_si_su_generica_existe(base_sqlite: str) -> None:
    etapa = mundo.abrir()
    proponer(etapa, propuesta(1, "1131"), propuesta(1, "11301"), propuesta(1, "1130", "150101"))
    assert _resumen(etapa)["total"]["propuesto"] == 3


def test_quien_abrio_antes_no_pisa_lo_que_otra_persona_guardo(base: str) -> None:
    etapa = mundo.abrir()
    with reading() as session:
        vacia = lee.huella_de([])
    proponer(etapa, propuesta(5_000))
    with pytest.raises(Conflicto), writing(ENLACE) as session:
        guardar_partidas(
            session, ENLACE, etapa_id=etapa, auxiliar_id=mundo.AUXILIAR_A, proyecto_id=mundo.proyecto(),
            propuestas=[propuesta(1)], firma=vacia,
        )  # fmt: skip
    with pytest.raises(Conflicto), writing(TESORERIA) as session:
        fijar_techos(session, TESORERIA, etapa_id=etapa, techos={(1, ""): 1}, firma="otra")
    assert _resumen(etapa)["total"]["propuesto"] == 5_000


def test_los_techos_por_capitulo_no_rebasan_el_total(base: str) -> None:
    etapa = mundo.abrir()
    with pytest.raises(Problema, match="suman más"):
        techar(etapa, A00=100, A00_1000=60, A00_2000=41)
    techar(etapa, A00=100, A00_1000=60, A00_2000=40)
    with pytest.raises(Problema, match="suman más"):
        techar(etapa, A00=99)
    techar(etapa, A00_2000=None)
    techar(etapa, A00=60)
    with reading() as session:
        assert lee.techos(session, etapa) == {(1, ""): 60, (1, "1000"): 60}


def test_una_firma_deja_de_valer_si_cambia_lo_firmado(base: str) -> None:
    etapa = mundo.abrir()
    proponer(etapa, propuesta(5_000))
    mundo.firmar_todo(etapa)
    assert _a00(_resumen(etapa))["firmada"]
    proponer(etapa, propuesta(5_001))
    firmas = _a00(_resumen(etapa))
    assert not firmas["firmada"]
    assert set(firmas["firmas"].values()) == {lee.CAMBIO}
    proponer(etapa, propuesta(5_000))
    assert _a00(_resumen(etapa))["firmada"]


def _firmar(etapa: int, quien: Any, papel: str, titular: int = 1, huella: str = "") -> None:
    with writing(quien) as session:
        filas = lee.partidas(session, etapa, general_id=1)
        firmar(
            session, quien, etapa_id=etapa, dependencia_id=1, papel=papel, titular_id=titular,
            huella=huella or lee.huella_de(filas),
        )  # fmt: skip


def test_se_firma_en_orden_cada_quien_lo_suyo_y_lo_que_vio(base: str) -> None:
    etapa = mundo.abrir()
    with pytest.raises(Problema, match="nada que firmar"):
        _firmar(etapa, PLANEACION, REVISO)
    proponer(etapa, propuesta(5_000))
    with pytest.raises(Problema, match="REVISÓ"):
        _firmar(etapa, TESORERIA, VISTO_BUENO)
    with pytest.raises(SinPermiso):
        _firmar(etapa, TESORERIA, REVISO)
    with pytest.raises(SinPermiso):
        _firmar(etapa, actor(Rol.ENLACE, 1, 2), REVISO)
    with pytest.raises(Problema, match="titular de la dependencia general"):
        _firmar(etapa, ENLACE, REVISO, titular=2)
    with pytest.raises(Conflicto):
        _firmar(etapa, ENLACE, REVISO, huella="lo que había antes")
    _firmar(etapa, ENLACE, REVISO)
    with pytest.raises(SinPermiso):
        _firmar(etapa, PLANEACION, VISTO_BUENO, titular=2)
    _firmar(etapa, TESORERIA, VISTO_BUENO, titular=2)
    for quien in (TESORERIA, ENLACE):
        with pytest.raises(SinPermiso):
            _firmar(etapa, quien, "AUTORIZÓ", titular=2)
    _firmar(etapa, PLANEACION, "AUTORIZÓ", titular=2)
    assert _a00(_resumen(etapa))["firmada"]


def test_cerrar_con_faltas_pide_por_que_y_lo_guarda(base: str) -> None:
    etapa = mundo.abrir()
    with pytest.raises(Problema, match="no tiene partidas"):
        _cerrar(etapa)
    proponer(etapa, propuesta(5_000))
    with pytest.raises(Problema, match="firma de 2 dependencias"):
        _cerrar(etapa, motivo=" ")
    with pytest.raises(Conflicto), writing(TESORERIA) as session:
        cerrar_etapa(session, TESORERIA, etapa_id=etapa, huella="lo de antes", motivo="x")
    with pytest.raises(SinPermiso), writing(ENLACE) as session:
        cerrar_etapa(session, ENLACE, etapa_id=etapa, huella="", motivo="x")
    siguiente = _cerrar(etapa)
    cerrada, abierta = _etapas()
    assert (cerrada["estado"], cerrada["motivo"], cerrada["totales"]) == (
        "cerrada",
        "Acuerdo de Cabildo",
        {"1000": 5_000},
    )
    assert cerrada["huella"] == _resumen(etapa)["huella"]
    assert (abierta["id"], abierta["etapa"], abierta["estado"]) == (siguiente, "proyecto", "abierta")


def test_la_etapa_siguiente_nace_igual_y_se_cambia_sin_tocar_la_cerrada(base: str) -> None:
    etapa = mundo.abrir()
    techar(etapa, A00=5_000)
    proponer(etapa, propuesta(5_000))
    antes = _resumen(etapa)
    proyecto = _cerrar(etapa)
    assert proyecto is not None
    copia = _resumen(proyecto)
    assert (copia["total"]["propuesto"], copia["techos"]) == (5_000, antes["techos"])
    techar(proyecto, A00=9_000)
    proponer(proyecto, propuesta(9_000))
    assert _resumen(etapa)["huella"] == antes["huella"]
    aprobado = _cerrar(proyecto)
    assert aprobado is not None
    assert _resumen(aprobado)["total"]["propuesto"] == 9_000
    assert _cerrar(aprobado) is None
    assert [e["estado"] for e in _etapas()] == ["cerrada"] * 3


INTENTOS: dict[str, Callable[[int], object]] = {
    "proponer": lambda e: proponer(e, propuesta(7)),
    "vaciar": lambda e: proponer(e),
    "techar": lambda e: techar(e, A00=7),
    "quitar techo": lambda e: techar(e, A00=None),
    "firmar": lambda e: _firmar(e, PLANEACION, REVISO),
    "cerrar": lambda e: _cerrar(e),
    "enlace": lambda e: proponer(e, propuesta(8), quien=ENLACE),
    "reabrir": lambda e: _reabrir(),
}


def _reabrir() -> None:
    with writing(TESORERIA) as session:
        abrir_anteproyecto(session, TESORERIA, anio=ANIO, ente_id=1)


@given(pasos=st.lists(st.sampled_from(list(INTENTOS)), min_size=1, max_size=8))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_ninguna_serie_de_acciones_cambia_una_etapa_cerrada(cerrada: int, pasos: list[str]) -> None:
    antes = (_resumen(cerrada)["huella"], _etapas()[0])
    for paso in pasos:
        with pytest.raises(Problema):
            INTENTOS[paso](cerrada)
    assert (_resumen(cerrada)["huella"], _etapas()[0]) == antes


@pytest.fixture
def cerrada(base_sqlite: str) -> int:
    etapa = mundo.abrir()
    techar(etapa, A00=5_000)
    proponer(etapa, propuesta(5_000))
    _cerrar(etapa)
    return etapa


def test_las_comprobaciones_se_cuentan_por_regla_y_se_limitan_a_lo_propio(base: str) -> None:
    etapa = mundo.abrir()
    techar(etapa, A00=1_000, B00=1_000)
    proponer(etapa, propuesta(5_000))
    with reading() as session:
        todo = comprobaciones(session, etapa_id=etapa)
        propio = comprobaciones(session, etapa_id=etapa, solo=("B00",))
    graves = {regla["codigo"]: regla["graves"] for regla in todo["reglas"]}
    # A00 excede; B00 no capturó; y no hay metas de 2027 (las de 2026 sí cubren a los dos proyectos).
    assert graves == {"techo": 1, "catalogo": 0, "01a": 1, "01c": 1, "capitulos": 0, "meses": 0, "plan": 0}
    assert {h["general"] for h in propio["hallazgos"]} == {"", "B00"}


def test_lo_de_programas_que_ya_no_ejecuta_va_junto_y_la_suma_cuadra(base: str) -> None:
    etapa = mundo.abrir()
    with writing(TESORERIA) as session:
        claves = [clave("010204010101"), clave("030101010101", partida="2110")]
        filas = [(0, 1, 80_000, 0, 0, 0, 50_000, 0, 0), (1, 1, 700, 0, 0, 0, 30, 0, 0)]
        guardar(session, claves, filas, ente_id=1)
    proponer(etapa, propuesta(100_000), propuesta(5, "6120"))
    with reading() as session:
        suyo = dependencia(session, etapa_id=etapa, general_id=mundo.A00)
    assert [
        (c["programa"], c["capitulo"], c["propuesto"], (c["anterior"] or {}).get("modificado"))
        for c in suyo["comparacion"]
    ] == [("01020401", "1000", 100_000, 80_000), ("01020401", "6000", 5, None), ("", "", 0, 700)]
    assert suyo["anterior"]["modificado"] == 80_700
    assert sum(p["propuesto"] for p in suyo["proyectos"]) == suyo["propuesto"] == 100_005


def test_cada_etapa_se_coteja_con_la_anterior_y_lo_aprobado_con_tesoreria(base: str) -> None:
    etapa = mundo.abrir()
    proponer(etapa, propuesta(5_000), propuesta(70, "2110"))
    proyecto = _cerrar(etapa)
    assert proyecto is not None
    proponer(proyecto, propuesta(5_001), propuesta(70, "2110"))
    llave = "A00-100-010204010101-11"
    with reading() as session:
        assert contra_la_etapa_anterior(session, etapa_id=etapa) is None
        cambios = contra_la_etapa_anterior(session, etapa_id=proyecto)
    assert cambios is not None
    assert (cambios["filas"], cambios["iguales"], cambios["diferencia"]) == (
        [(f"{llave}-1130", 5_000, 5_001)],
        1,
        1,
    )
    aprobado = _cerrar(proyecto)
    assert aprobado is not None
    with reading() as session:
        assert contra_tesoreria(session, etapa_id=aprobado) is None
    with writing(TESORERIA) as session:
        session.add(Ejercicio(anio=ANIO, administracion_id=1))
        session.flush()
        carga = Carga(
            formato="presupuesto", archivo="p.xlsx", sha256="ab" * 32, tamano=1, autor="x", cargada_en=ahora()
        )
        session.add(carga)
        session.flush()
        iguales = replace(clave("010204010101", "1130"), fuente="11")
        de_mas = replace(clave("010204010101", "6120"), fuente="11", clave="otra")
        guardar_corte(
            session, TESORERIA, ente_id=1, anio=ANIO, carga=carga, claves=[iguales, de_mas],
            movimientos=movimientos([(0, 1, 5_001, 0, 0, 0, 0, 0, 0), (1, 1, 9, 0, 0, 0, 0, 0, 0)]),
            archivo="p.xlsx", sha256="ab" * 32,
        )  # fmt: skip
    with reading() as session:
        cotejo = contra_tesoreria(session, etapa_id=aprobado)
    assert cotejo is not None
    assert (cotejo["filas"], cotejo["iguales"]) == (
        [(f"{llave}-2110", 70, None), (f"{llave}-6120", None, 9)],
        1,
    )
    assert (cotejo["antes"], cotejo["despues"], cotejo["diferencia"]) == (5_071, 5_010, -61)
