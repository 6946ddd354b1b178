"""Cada historia que la demostración promete contar, comprobada en los datos."""

from tests.seed.conftest import Consulta

LEIDO_AL_CORTE = """
    SELECT m.id, m.nombre,
        (SELECT COALESCE(SUM(p.cantidad), 0) FROM programacion_meta p
            WHERE p.meta_id = m.id AND p.reconduccion_id IS NULL AND p.mes <= 9) AS programado,
        (SELECT COALESCE(SUM(p.cantidad), 0) FROM programacion_meta p
            WHERE p.meta_id = m.id AND p.reconduccion_id IS NULL) AS anual,
        (SELECT COALESCE(SUM(a.alcanzado), 0) FROM avance_meta a
            WHERE a.meta_id = m.id AND a.mes <= 9 AND a.estado = 'validado') AS alcanzado
    FROM meta_actividad m JOIN proyecto y ON y.id = m.proyecto_id
    WHERE m.anio = 2026 AND m.operacion = 'suma' AND y.clave LIKE ?
"""

GASTO = """
    SELECT 100.0 * SUM(r.devengado) / SUM(r.aprobado + r.ampliaciones - r.reducciones)
    FROM resumen_presupuesto r JOIN corte_presupuesto c ON c.id = r.corte_id
    WHERE c.anio = 2026 AND c.vigente AND r.dimension = ? AND r.codigo = ?
"""

SIN_REPORTE = """
    SELECT a.mes, COUNT(*) FROM avance_meta a JOIN meta_actividad m ON m.id = a.meta_id
    JOIN dependencia d ON d.id = m.dependencia_id JOIN dependencia g ON g.id = d.padre_id
    JOIN ente e ON e.id = g.ente_id
    WHERE m.anio = 2026 AND e.clave = 'AYTO' AND g.clave = ? GROUP BY a.mes
"""


def _avance_anual(consulta: Consulta, programa: str) -> float:
    filas = consulta(LEIDO_AL_CORTE, f"{programa}%")
    assert filas
    return sum(min(100.0, 100.0 * f[4] / f[3]) for f in filas) / len(filas)


def test_vialidades_gasto_78_y_logro_41(consulta: Consulta) -> None:
    assert round(consulta(GASTO, "programa", "03050103")[0][0], 1) == 78.0
    assert abs(_avance_anual(consulta, "03050103") - 41) < 1.5


def test_cultura_cumple_sin_gastar(consulta: Consulta) -> None:
    assert consulta(GASTO, "programa", "02040201")[0][0] < 25
    assert _avance_anual(consulta, "02040201") > 65


def test_turismo_nunca_reporto_y_atencion_ciudadana_debe_el_tercero(consulta: Consulta) -> None:
    assert consulta(SIN_REPORTE, "U00") == []
    metas = """SELECT COUNT(*) FROM meta_actividad m JOIN dependencia d ON d.id = m.dependencia_id
        JOIN dependencia g ON g.id = d.padre_id WHERE m.anio = 2026 AND g.clave = 'U00'"""
    assert consulta(metas)[0][0] >= 10
    assert set(dict(consulta(SIN_REPORTE, "P00"))) == {3, 6}


def test_desarrollo_economico_reporto_tarde_el_segundo_trimestre(consulta: Consulta) -> None:
    tardios = """SELECT DISTINCT g.clave, a.mes FROM avance_meta a JOIN meta_actividad m ON m.id = a.meta_id
        JOIN dependencia d ON d.id = m.dependencia_id JOIN dependencia g ON g.id = d.padre_id
        JOIN ventana v ON v.anio = m.anio AND v.mes = a.mes AND v.clase = 'actividades'
        WHERE m.anio = 2026 AND a.capturado_en > v.cierra"""
    assert consulta(tardios) == [("N00", 6)]


def test_los_adeudos_anteriores_no_se_aprobaron_y_se_pagaron(consulta: Consulta) -> None:
    ((aprobado, ampliado, devengado),) = consulta(
        """SELECT SUM(r.aprobado), SUM(r.ampliaciones), SUM(r.devengado) FROM resumen_presupuesto r
        JOIN corte_presupuesto c ON c.id = r.corte_id
        WHERE c.anio = 2026 AND c.vigente AND r.dimension = 'partida' AND r.codigo = '9910'"""
    )
    assert aprobado == 0
    assert 0 < devengado < ampliado


def test_hay_un_indicador_descendente_y_una_variacion_con_meta_cero(consulta: Consulta) -> None:
    assert consulta("SELECT COUNT(*) FROM indicador WHERE anio = 2026 AND sentido = 'descendente'")[0][0] >= 4
    variacion = """SELECT i.id FROM indicador i JOIN variable_indicador a ON a.indicador_id = i.id
        AND a.letra = 'A' JOIN variable_indicador b ON b.indicador_id = i.id AND b.letra = 'B'
        JOIN programacion_variable pa ON pa.variable_id = a.id
        JOIN programacion_variable pb ON pb.variable_id = b.id AND pb.trimestre = pa.trimestre
        WHERE i.anio = 2026 AND i.formula = '((A/B)-1)*100'
        GROUP BY i.id HAVING SUM(pa.cantidad) = SUM(pb.cantidad)"""
    assert len(consulta(variacion)) == 1


def test_hay_indicadores_anuales_que_aun_no_tocan_y_formulas_por_confirmar(consulta: Consulta) -> None:
    anuales = """SELECT COUNT(DISTINCT i.id), MIN(p.trimestre) FROM indicador i
        JOIN variable_indicador v ON v.indicador_id = i.id
        JOIN programacion_variable p ON p.variable_id = v.id
        WHERE i.anio = 2026 AND i.frecuencia = 'anual'"""
    ((cuantos, primero),) = consulta(anuales)
    assert cuantos > 3
    assert primero == 4
    assert consulta("SELECT COUNT(*) FROM indicador WHERE anio = 2026 AND formula IS NULL")[0][0] >= 1


def test_hay_una_reconduccion_que_solo_cambia_lo_que_sigue(consulta: Consulta) -> None:
    ((folio, desde, primer_mes, metas),) = consulta(
        """SELECT r.folio, r.mes_vigencia, MIN(p.mes), COUNT(DISTINCT p.meta_id) FROM reconduccion r
        JOIN programacion_meta p ON p.reconduccion_id = r.id GROUP BY r.id"""
    )
    assert folio == "REC-2026-003"
    assert desde == primer_mes == 7
    assert metas >= 2


def test_una_meta_se_sobrecumplio_al_168(consulta: Consulta) -> None:
    razones = [round(100 * f[4] / f[2]) for f in consulta(LEIDO_AL_CORTE, "020104%") if f[2]]
    assert razones.count(168) == 1


def test_una_actividad_no_programada_se_hizo(consulta: Consulta) -> None:
    filas = [f for f in consulta(LEIDO_AL_CORTE, "010702010303") if f[3] == 0 and f[4] > 0]
    assert len(filas) == 1
    ceros = "SELECT COUNT(*) FROM programacion_meta WHERE meta_id = ? AND cantidad = 0"
    assert consulta(ceros, filas[0][0]) == [(12,)]


def test_el_eje_digital_tiene_en_revision_mas_de_la_mitad_y_los_demas_casi_nada(consulta: Consulta) -> None:
    filas = dict(
        consulta(
            """WITH RECURSIVE rama(id, eje) AS (SELECT id, clave FROM nodo_plan WHERE nivel = 1 UNION ALL
            SELECT n.id, r.eje FROM nodo_plan n JOIN rama r ON n.padre_id = r.id)
            SELECT r.eje, AVG(a.estado = 'en_revision') FROM avance_meta a
            JOIN meta_actividad m ON m.id = a.meta_id JOIN cita_linea c ON c.meta_id = m.id
            JOIN rama r ON r.id = c.nodo_id WHERE m.anio = 2026 AND a.mes = 9 GROUP BY r.eje"""
        )
    )
    assert filas.pop("T3") > 0.5
    assert len(filas) == 6
    assert all(0 <= parte < 0.15 for parte in filas.values())
    assert any(filas.values())


def test_el_fais_se_rezaga_y_los_desayunos_no_gastan_en_vacaciones(consulta: Consulta) -> None:
    assert round(consulta(GASTO, "fuente", "250101")[0][0]) == 31
    meses = dict(
        consulta(
            """SELECT r.mes, r.devengado FROM resumen_presupuesto r
            JOIN corte_presupuesto c ON c.id = r.corte_id
            WHERE c.anio = 2026 AND c.vigente AND r.dimension = 'programa' AND r.codigo = '02050603'"""
        )
    )
    assert meses[6] > 0
    assert meses[7] == meses[8] == 0
    assert meses[9] > 0


def test_hay_dinero_sin_plan_y_plan_sin_dinero(consulta: Consulta) -> None:
    sin_plan = """SELECT COUNT(DISTINCT k.proyecto) FROM clave_presupuestaria k JOIN proyecto y
        ON y.clave = k.proyecto AND y.anio = k.anio WHERE k.anio = 2026
        AND NOT EXISTS (SELECT 1 FROM vinculo_plan v WHERE v.proyecto_id = y.id AND v.estado = 'aceptado')"""
    assert consulta(sin_plan)[0][0] >= 10
    sin_proyecto = """SELECT COUNT(*) FROM nodo_plan n WHERE n.nivel = 5
        AND NOT EXISTS (SELECT 1 FROM vinculo_plan v WHERE v.nodo_id = n.id)"""
    assert 5 <= consulta(sin_proyecto)[0][0] <= 120
    sin_dinero = """SELECT COUNT(DISTINCT y.clave) FROM meta_actividad m
        JOIN proyecto y ON y.id = m.proyecto_id
        WHERE m.anio = 2026 AND NOT EXISTS (SELECT 1 FROM clave_presupuestaria k
        WHERE k.anio = 2026 AND k.proyecto = y.clave)"""
    assert consulta(sin_dinero)[0][0] >= 1


def test_las_transferencias_a_los_entes_estan_en_su_partida(consulta: Consulta) -> None:
    transferido = """SELECT SUM(r.aprobado) FROM resumen_presupuesto r JOIN corte_presupuesto c
        ON c.id = r.corte_id JOIN partida_transferencia t ON t.partida = r.codigo
        WHERE c.anio = 2026 AND c.vigente AND r.dimension = 'partida'"""
    assert consulta(transferido)[0][0] > 1_000_000_000


def test_la_version_anterior_del_presupuesto_se_conserva(consulta: Consulta) -> None:
    versiones = """SELECT numero, mes, vigente FROM corte_presupuesto c JOIN ente e ON e.id = c.ente_id
        WHERE anio = 2026 AND e.clave = 'AYTO' AND c.tipo = 'clave' ORDER BY numero"""
    assert consulta(versiones) == [(1, 6, 0), (2, 9, 1)]


def test_el_eaepe_publicado_difiere_1250_de_las_claves_en_un_renglon(consulta: Consulta) -> None:
    publicado = """SELECT r.devengado FROM renglon_eaepe r JOIN corte_presupuesto c ON c.id = r.corte_id
        WHERE c.anio = 2026 AND c.mes = 9 AND c.vigente AND r.nivel = 1 AND r.clave = ?"""
    claves = """SELECT SUM(r.devengado) FROM resumen_presupuesto r
        JOIN corte_presupuesto c ON c.id = r.corte_id JOIN ente e ON e.id = c.ente_id
        WHERE c.anio = 2026 AND c.vigente AND e.clave = 'AYTO'
        AND r.dimension = 'capitulo' AND r.codigo = ? AND r.mes <= 9"""
    for capitulo, difiere in (("1000", 0), ("2000", 0), ("3000", -1_250_00), ("6000", 0)):
        assert consulta(publicado, capitulo)[0][0] - consulta(claves, capitulo)[0][0] == difiere


def test_hay_observaciones_abiertas_respondidas_y_cerradas(consulta: Consulta) -> None:
    estados = dict(consulta("SELECT estado, COUNT(*) FROM observacion GROUP BY estado"))
    assert estados == {"abierta": 3, "respondida": 1, "cerrada": 1}
