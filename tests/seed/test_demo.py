"""La demostración: siempre igual, del tamaño de un municipio y escrita con cuidado."""

import hashlib
import re
import sqlite3
import unicodedata
from pathlib import Path

import pytest

from db.audit import verificar_cadena
from db.engine import reading
from db.queries.presupuesto_version import verificar_resumenes
from db.rules.problema import Problema
from seed.catalogos import municipios
from seed.demo import crear_demo
from tests.seed.conftest import Consulta

ANIOS = (2024, 2025, 2026)
TABLAS = (
    "nodo_plan",
    "meta_actividad",
    "cita_linea",
    "programacion_meta",
    "avance_meta",
    "indicador",
    "programacion_variable",
    "avance_variable",
    "clave_presupuestaria",
    "movimiento_presupuesto",
    "corte_presupuesto",
    "vinculo_plan",
    "ventana",
    "titular",
    "renglon_mir",
    "indicador_mir",
    "nodo_arbol",
    "respuesta_cremaa",
    "etapa_presupuesto",
    "partida_propuesta",
    "techo_presupuesto",
    "firma_presupuesto",
    "evidencia",
    "prueba_de",
)


def _huella(ruta: Path) -> dict[str, str]:
    conexion = sqlite3.connect(ruta)
    huellas = {}
    for tabla in TABLAS:
        renglones = conexion.execute(f"SELECT * FROM {tabla} ORDER BY 1, 2, 3").fetchall()  # noqa: S608
        assert renglones, tabla
        huellas[tabla] = hashlib.sha256(repr(renglones).encode()).hexdigest()
    conexion.close()
    return huellas


def test_dos_demostraciones_son_iguales_y_estan_integras(
    ruta_demo: Path, base_sqlite: str, tmp_path: Path
) -> None:
    pasos: list[float] = []
    crear_demo(lambda fraccion, _texto: pasos.append(fraccion))
    assert pasos == sorted(pasos)
    assert (pasos[0], pasos[-1]) == (0.0, 1.0)
    with reading() as session:
        assert verificar_cadena(session) is None
        assert verificar_resumenes(session) is None
    assert _huella(tmp_path / "siem.sqlite") == _huella(ruta_demo)
    with pytest.raises(Problema, match="base vacía"):
        crear_demo()


@pytest.mark.postgres
@pytest.mark.parametrize("base", ["postgresql"], indirect=True)
def test_en_postgresql_la_demostracion_queda_completa_y_sus_ids_siguen(base: str) -> None:
    crear_demo()
    from sqlmodel import select

    from db.engine import writing
    from db.models.actividad import MetaActividad
    from db.models.municipio import Ente
    from db.rules.permisos import LINEA_DE_COMANDOS

    with reading() as session:
        assert verificar_resumenes(session) is None
        assert len(session.exec(select(MetaActividad.id)).all()) > 3_000
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Ente(clave="JUVENTUD", nombre="Instituto de la Juventud"))


@pytest.mark.parametrize(
    ("tabla", "minimo", "maximo"),
    [
        ("programa", 70, 74),
        ("proyecto", 190, 193),
        ("meta_actividad", 1_100, 1_300),
        ("indicador", 310, 350),
    ],
)
def test_cada_ejercicio_tiene_el_tamano_de_un_municipio(
    consulta: Consulta, tabla: str, minimo: int, maximo: int
) -> None:
    # Programas y proyectos de 2027 ya existen: los copió su anteproyecto.
    sql = f"SELECT anio, COUNT(*) FROM {tabla} WHERE anio < 2027 GROUP BY anio"  # noqa: S608
    cuentas = dict(consulta(sql))
    assert tuple(sorted(cuentas)) == ANIOS
    assert all(minimo <= cuenta <= maximo for cuenta in cuentas.values()), cuentas


def test_el_plan_tiene_siete_ejes_y_cerca_de_cuatrocientas_lineas(consulta: Consulta) -> None:
    niveles = dict(consulta("SELECT nivel, COUNT(*) FROM nodo_plan GROUP BY nivel"))
    assert niveles[1] == 7
    assert niveles[3] == 60
    assert 380 <= niveles[5] <= 420
    huerfanos = """SELECT COUNT(*) FROM nodo_plan h LEFT JOIN nodo_plan p ON p.id = h.padre_id
        WHERE h.nivel > 1 AND (p.id IS NULL OR p.nivel <> h.nivel - 1)"""
    assert consulta(huerfanos) == [(0,)]
    pesos = """SELECT DISTINCT SUM(peso) FROM peso JOIN nodo_plan n ON n.id = nodo_id
        WHERE n.nivel = 1 GROUP BY juego_id"""
    assert consulta(pesos) == [(100_000_000,)]


def test_el_presupuesto_ronda_veinte_mil_renglones_y_ochocientos_millones_al_anio(consulta: Consulta) -> None:
    filas = consulta(
        """SELECT c.anio, COUNT(*), SUM(CASE WHEN e.clave = 'AYTO' THEN m.aprobado END)
        FROM movimiento_presupuesto m JOIN corte_presupuesto c ON c.id = m.corte_id
        JOIN ente e ON e.id = c.ente_id WHERE c.vigente GROUP BY c.anio"""
    )
    assert [anio for anio, _, _ in filas] == list(ANIOS)
    assert all(18_000 <= renglones <= 22_000 for _, renglones, _ in filas)
    assert all(700_000_000_00 <= aprobado <= 850_000_000_00 for *_, aprobado in filas)


def test_los_momentos_respetan_su_orden_en_cada_clave_y_mes(consulta: Consulta) -> None:
    faltas = """SELECT COUNT(*) FROM movimiento_presupuesto
        WHERE comprometido < devengado OR devengado < ejercido OR ejercido < pagado OR pagado < 0"""
    assert consulta(faltas) == [(0,)]
    del_anio = """SELECT COUNT(*) FROM (SELECT SUM(aprobado + ampliaciones - reducciones) AS modificado,
        SUM(comprometido) AS comprometido FROM movimiento_presupuesto GROUP BY corte_id, clave_id)
        WHERE comprometido > modificado"""
    assert consulta(del_anio) == [(0,)]


def test_la_cuarta_parte_de_las_metas_no_cita_linea_y_hay_citas_multiples(consulta: Consulta) -> None:
    citas = """SELECT COUNT(c.id) FROM meta_actividad m
        LEFT JOIN cita_linea c ON c.meta_id = m.id GROUP BY m.id"""
    cuentas = [n for (n,) in consulta(citas)]
    con_cita = sum(1 for n in cuentas if n) / len(cuentas)
    assert 0.60 <= con_cita <= 0.85
    assert max(cuentas) == 3


def test_las_partes_del_dinero_de_un_proyecto_suman_uno_y_las_hay_por_aceptar(consulta: Consulta) -> None:
    sumas = "SELECT DISTINCT SUM(participacion) FROM vinculo_plan GROUP BY ente_id, proyecto_id"
    assert consulta(sumas) == [(1_000_000,)]
    estados = dict(consulta("SELECT estado, COUNT(*) FROM vinculo_plan GROUP BY estado"))
    assert estados["aceptado"] > 3 * estados["propuesto"] > 0


def test_hay_cerca_de_cuarenta_dependencias_generales_con_titular_y_auxiliares(consulta: Consulta) -> None:
    generales = """SELECT COUNT(*), COUNT(t.id),
        SUM(EXISTS(SELECT 1 FROM dependencia a WHERE a.padre_id = d.id))
        FROM dependencia d LEFT JOIN titular t ON t.dependencia_id = d.id AND t.hasta IS NULL
        WHERE d.nivel = 'general'"""
    ((total, con_titular, con_auxiliar),) = consulta(generales)
    assert 38 <= total <= 46
    assert total == con_titular == con_auxiliar


def test_hay_una_cuenta_sin_contrasena_por_rol(consulta: Consulta) -> None:
    filas = consulta(
        "SELECT u.cuenta, r.rol, u.clave_hash FROM usuario u JOIN rol_usuario r ON r.usuario_id = u.id"
    )
    assert len(filas) == 7
    assert all(cuenta == rol and clave is None for cuenta, rol, clave in filas)
    alcance = "SELECT ente_id IS NOT NULL, dependencia_id IS NOT NULL FROM rol_usuario WHERE rol = 'enlace'"
    assert consulta(alcance) == [(1, 1)]


def test_las_ventanas_cierran_diez_dias_despues_a_media_noche_del_centro(consulta: Consulta) -> None:
    filas = dict(
        consulta("SELECT mes, cierra FROM ventana WHERE anio = 2026 AND clase = 'actividades' ORDER BY mes")
    )
    assert {mes: cierra[:16] for mes, cierra in filas.items()} == {
        3: "2026-04-11 05:59",
        6: "2026-07-11 05:59",
        9: "2026-10-11 05:59",
        12: "2027-01-11 05:59",
    }
    periodos = consulta("SELECT anio, mes FROM periodo WHERE estado = 'abierto'")
    assert periodos == [(2026, 12)]


def test_el_municipio_es_ficticio_y_los_textos_estan_limpios(consulta: Consulta) -> None:
    assert consulta("SELECT clave_inegi FROM municipio") == [("15999",)]
    assert "15999" not in municipios()
    textos = [
        texto
        for tabla in ("nodo_plan", "meta_actividad", "indicador", "programa", "dependencia", "titular")
        for (texto,) in consulta(f"SELECT DISTINCT nombre FROM {tabla}")  # noqa: S608
    ]
    sospechoso = re.compile(r"lorem|ipsum|\b(de|a) el\b|  |[{}]|(actividad|meta|línea) \d", re.IGNORECASE)
    for texto in textos:
        assert texto == unicodedata.normalize("NFC", texto).strip()
        assert not sospechoso.search(texto), texto


def test_casi_ninguna_actividad_se_llama_igual_que_otra_del_mismo_anio(consulta: Consulta) -> None:
    ((distintas, todas),) = consulta(
        "SELECT COUNT(DISTINCT nombre), COUNT(*) FROM meta_actividad WHERE anio = 2026"
    )
    assert distintas >= 0.97 * todas


def test_la_bitacora_tiene_la_vida_de_varias_cuentas(consulta: Consulta) -> None:
    cuentas = dict(consulta("SELECT cuenta, COUNT(*) FROM bitacora GROUP BY cuenta"))
    assert {"enlace", "planeacion", "administracion", "contraloria"} <= set(cuentas)
    assert sum(cuentas.values()) > 250
