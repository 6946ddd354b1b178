"""Formato actividades: calendario que suma, vacío que no es 0, citas que existen, cada renglón en su ente."""

from pathlib import Path

import pytest

from db.rules.problema import Problema
from tests.imports.ayuda import DATOS, consultar, escribir, leer_csv, poner, poner_hasta, uno

MILLONESIMAS = 1_000_000


@pytest.fixture
def lista(base_sqlite: str) -> None:
    poner_hasta("actividades")


def _cambiada(tmp_path: Path, renglon: int, **cambios: str) -> Path:
    filas = leer_csv("actividades.csv")
    for campo, valor in cambios.items():
        filas[renglon][filas[0].index(campo)] = valor
    return escribir(tmp_path / "cambio.csv", filas)


@pytest.mark.usefixtures("lista")
def test_vacio_no_es_cero() -> None:
    poner("actividades", DATOS / "actividades.csv")
    calendario = consultar(
        "SELECT p.mes, p.cantidad FROM programacion_meta p JOIN meta_actividad m ON m.id = p.meta_id "
        "WHERE m.nombre = 'Mantenimiento de luminarias' ORDER BY p.mes"
    )
    assert [(mes, cantidad / MILLONESIMAS) for mes, cantidad in calendario] == [
        (1, 0),
        (2, 0),
        (3, 1.5),
        (6, 2),
        (9, 3),
        (12, 0),
    ]


@pytest.mark.usefixtures("lista")
def test_las_citas_ligan_con_la_linea_aunque_falte_la_letra() -> None:
    poner("actividades", DATOS / "actividades.csv")
    assert consultar(
        "SELECT m.numero, n.clave FROM cita_linea c JOIN nodo_plan n ON n.id = c.nodo_id "
        "JOIN meta_actividad m ON m.id = c.meta_id ORDER BY c.id"
    ) == [(1, "L1.1.1"), (1, "L1.1.2"), (2, "L3.1.1"), (1, "L2.1.1")]


@pytest.mark.usefixtures("lista")
def test_las_citas_proponen_participaciones_que_suman_uno() -> None:
    poner("actividades", DATOS / "actividades.csv")
    sumas = consultar("SELECT sum(participacion), min(estado) FROM vinculo_plan GROUP BY proyecto_id")
    assert sumas == [(MILLONESIMAS, "propuesto")] * 2


@pytest.mark.usefixtures("lista")
def test_una_participacion_aceptada_no_se_vuelve_a_proponer(tmp_path: Path) -> None:
    from db.engine import writing
    from db.models.programas import EstadoVinculo, VinculoPlan
    from db.rules.permisos import LINEA_DE_COMANDOS

    poner("actividades", DATOS / "actividades.csv")
    with writing(LINEA_DE_COMANDOS) as session:
        vinculo = session.get_one(VinculoPlan, uno("SELECT min(id) FROM vinculo_plan"))
        vinculo.estado = EstadoVinculo.ACEPTADO
    antes = consultar("SELECT id, participacion FROM vinculo_plan WHERE estado = 'aceptado'")
    poner("actividades", _cambiada(tmp_path, 1, lineas_accion_pdm="L1.2.1"))
    assert consultar("SELECT id, participacion FROM vinculo_plan WHERE estado = 'aceptado'") == antes


@pytest.mark.usefixtures("lista")
def test_las_unidades_que_solo_cambian_de_mayuscula_son_una() -> None:
    poner("actividades", DATOS / "actividades.csv")
    assert set(consultar("SELECT DISTINCT unidad FROM meta_actividad")) == {
        ("Audiencia",),
        ("Informe",),
        ("Luminaria",),
    }


@pytest.mark.usefixtures("lista")
def test_el_renglon_del_organismo_va_a_su_ente() -> None:
    informe = poner("actividades", DATOS / "actividades.csv")
    assert any("OPDAPAS" in aviso for aviso in informe.avisos)
    assert consultar(
        "SELECT e.tipo, count(*) FROM meta_actividad m JOIN ente e ON e.id = m.ente_id "
        "GROUP BY e.tipo ORDER BY e.tipo"
    ) == [("agua", 1), ("ayuntamiento", 3)]


@pytest.mark.usefixtures("lista")
@pytest.mark.parametrize(
    ("cambios", "celda", "regla"),
    [
        ({"programado_anual": "1,300"}, "I2", "suma 1,200 y la meta anual dice 1,300"),
        ({"enero": "1.234"}, "J2", "puede ser mil o un decimal"),
        ({"enero": "N/A"}, "J2", "no es un número"),
        ({"enero": "-100"}, "J2", "no puede ser negativo"),
        ({"lineas_accion_pdm": "L9.9.9"}, "V2", "«L9.9.9»"),
        ({"codigo_proyecto": "010502060499"}, "D2", "no tiene el proyecto"),
        ({"codigo_proyecto": "1.05021E+11"}, "D2", "recortó"),
        ({"numero_actividad": "2"}, "F3", "ya está en el renglón 2"),
        ({"meta_de_actividad": " \u00a0"}, "G2", "falta"),
        ({"anio": "2025"}, "A2", "se está cargando el ejercicio 2026"),
    ],
)
def test_cada_falta_dice_su_celda(tmp_path: Path, cambios: dict[str, str], celda: str, regla: str) -> None:
    informe = poner("actividades", _cambiada(tmp_path, 1, **cambios))
    assert [p["celda"] for p in informe.rechazadas] == [celda]
    assert regla in informe.rechazadas[0]["regla"]
    assert informe.rechazadas[0]["remedio"]
    assert uno("SELECT count(*) FROM meta_actividad") == 0


@pytest.mark.usefixtures("lista")
def test_una_meta_que_no_se_suma_no_tiene_que_cuadrar(tmp_path: Path) -> None:
    filas = leer_csv("actividades.csv")
    filas[0].append("operacion")
    for fila in filas[1:]:
        fila.append("")
    filas[1][8], filas[1][-1] = "100", "NO Sumable"
    assert poner("actividades", escribir(tmp_path / "o.csv", filas)).rechazadas == []
    assert uno("SELECT operacion FROM meta_actividad WHERE numero = 1 ORDER BY id LIMIT 1") == "valor_actual"


@pytest.mark.usefixtures("lista")
def test_un_calendario_trimestral_se_guarda_en_el_ultimo_mes(tmp_path: Path) -> None:
    cabeza = leer_csv("actividades.csv")[0][:9] + [
        f"{o} trimestre" for o in ("Primer", "Segundo", "Tercer", "Cuarto")
    ]
    fila = ["2026", "A00", "100", "010502060402", "", "1", "Meta", "Acta", "10", "1", "2", "3", "4"]
    poner("actividades", escribir(tmp_path / "t.csv", [cabeza, fila]))
    assert consultar("SELECT mes FROM programacion_meta ORDER BY mes") == [(3,), (6,), (9,), (12,)]


@pytest.mark.usefixtures("lista")
def test_un_calendario_incompleto_no_se_adivina(tmp_path: Path) -> None:
    filas = [fila[:12] for fila in leer_csv("actividades.csv")]
    with pytest.raises(Problema, match="Faltan columnas del calendario"):
        poner("actividades", escribir(tmp_path / "c.csv", filas))


def test_sin_plan_las_citas_avisan_y_las_metas_entran(base_sqlite: str) -> None:
    poner_hasta("plan")
    informe = poner("actividades", DATOS / "actividades.csv")
    assert any("El plan de 2026 no está cargado: 3 metas" in aviso for aviso in informe.avisos)
    assert uno("SELECT count(*) FROM cita_linea") == 0


def test_en_una_base_vacia_el_proyecto_lleva_su_clave_y_el_catalogo_lo_nombra_despues(base: str) -> None:
    informe = poner("actividades", DATOS / "actividades.csv")
    assert any("Catálogo" in defecto for defecto in informe.defectos)
    assert uno("SELECT nombre FROM proyecto WHERE clave = '020204010102'") == "Proyecto 020204010102"
    poner("programas", DATOS / "programas.csv")
    poner("programas", DATOS / "proyectos.csv")
    assert uno("SELECT nombre FROM proyecto WHERE clave = '020204010102'") == "ALUMBRADO PÚBLICO"


@pytest.mark.usefixtures("lista")
def test_quitar_un_mes_y_una_cita_del_archivo_los_quita_de_la_base(tmp_path: Path) -> None:
    poner("actividades", DATOS / "actividades.csv")
    ruta = _cambiada(tmp_path, 1, enero="", programado_anual="1100", lineas_accion_pdm="L1.1.1")
    assert poner("actividades", ruta).guardadas == 1
    assert uno("SELECT count(*) FROM programacion_meta WHERE meta_id = 1") == 11
    assert uno("SELECT count(*) FROM cita_linea WHERE meta_id = 1") == 1


@pytest.mark.usefixtures("lista")
def test_lo_de_un_periodo_cerrado_no_se_reprograma_y_lo_abierto_si(tmp_path: Path) -> None:
    from db.engine import writing
    from db.models.captura import EstadoPeriodo, Periodo
    from db.rules.permisos import LINEA_DE_COMANDOS

    poner("actividades", DATOS / "actividades.csv")
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Periodo(anio=2026, mes=3, estado=EstadoPeriodo.CERRADO))
    with pytest.raises(Problema, match="febrero, que ya está cerrado"):
        poner("actividades", _cambiada(tmp_path, 1, febrero="90", programado_anual="1190"))
    assert poner("actividades", _cambiada(tmp_path, 1, abril="90", programado_anual="1190")).guardadas == 1


@pytest.mark.usefixtures("lista")
def test_una_meta_no_baja_de_lo_que_ya_se_logro(tmp_path: Path) -> None:
    poner("actividades", DATOS / "actividades.csv")
    poner_hasta("avances")
    poner("avances", DATOS / "avances.ods")
    bajo = dict.fromkeys(("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"), "0")
    bajo |= {"marzo": "50", "abril": "50", "mayo": "50", "junio": "50", "programado_anual": "400"}
    with pytest.raises(Problema, match="baja a 400 y ya se logró 595"):
        poner("actividades", _cambiada(tmp_path, 1, **bajo))
