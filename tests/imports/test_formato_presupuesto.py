"""El formato presupuesto: largo, ancho y clave unida, con cada capricho de un archivo de Tesorería."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboard.imports import presupuesto
from dashboard.imports.carga import Informe, Preparada, confirmar, deshacer, preparar
from dashboard.imports.formato import Contexto
from db.actions.por_omision import asegurar
from db.engine import reading, writing
from db.models.municipio import Ejercicio
from db.models.presupuesto import Dimension, SegmentoClave
from db.models.programas import Programa, Proyecto
from db.queries.presupuesto import acumulado, corte_vigente, cortes, detalle, por_mes
from db.queries.presupuesto_version import verificar_resumenes
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.imports.libros import libro

DATOS = Path(__file__).parents[1] / "datos"
ANIO = 2026
SEGMENTOS = ["Dependencia general", "Dep. auxiliar", "Programa", "Proyecto", "Fuente", "Partida", "TG"]
CLAVE = ["A00", "100", "01050205", "010502050101", "110101", "1131", "1"]
OTRA = ["B00", "124", "02010101", "020101010101", "110101", "6141", "2"]
MOMENTOS = ["aprobado", "ampliaciones", "reducciones", "comprometido", "devengado", "ejercido", "pagado"]
LARGO = [*SEGMENTOS, "Mes", *MOMENTOS]


def contexto(anio: int | None = ANIO, corte_mes: int | None = None) -> Contexto:
    return Contexto(LINEA_DE_COMANDOS, "presupuesto.xlsx", anio=anio, corte_mes=corte_mes)


def leido(ruta: Path, **extra: Any) -> Preparada:
    return preparar(presupuesto.FORMATO, ruta, ruta.name, contexto(**extra))


def de_filas(carpeta: Path, filas: Sequence[Sequence[Any]], **extra: Any) -> Preparada:
    return leido(libro(carpeta / "presupuesto.xlsx", filas), **extra)


def guardado(preparada: Preparada) -> Informe:
    assert preparada.se_puede, preparada.revision.graves
    return confirmar(preparada, LINEA_DE_COMANDOS)


def total(mes: int = 12) -> dict[str, int]:
    with reading() as session:
        assert verificar_resumenes(session) is None
        return acumulado(session, ANIO, mes)[""]


def reglas(preparada: Preparada, *, grave: bool) -> list[tuple[str, str]]:
    return [(p.celda, p.regla) for p in preparada.revision.problemas if p.grave is grave]


def aviso(preparada: Preparada, texto: str) -> bool:
    return any(texto in linea for linea in preparada.revision.avisos)


def test_la_plantilla_trae_los_segmentos_configurados_y_llenarla_se_carga(
    base_sqlite: str, tmp_path: Path
) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(SegmentoClave(orden=1, codigo="proyecto", nombre="Proyecto", longitud=12))
        session.add(SegmentoClave(orden=2, codigo="obra", nombre="Obra", obligatorio=False))
    with reading() as session:
        columnas = presupuesto.columnas_de(session)
    assert [c.nombre for c in columnas] == ["proyecto", "obra", "mes", *MOMENTOS]
    guardado(de_filas(tmp_path, [[c.nombre for c in columnas], [CLAVE[3], "X1", 1, 5, *[0] * 6]]))
    assert total()["aprobado"] == 5_00


# --- las formas del archivo -------------------------------------------------------------------------


def test_el_archivo_largo_con_titulos_totales_y_nombres_ajenos_se_guarda(base: str) -> None:
    preparada = leido(DATOS / "presupuesto_largo.xlsx")
    informe = guardado(preparada)
    assert (informe.leidas, informe.guardadas, informe.rechazadas) == (6, 6, [])
    assert total()["aprobado"] == 1_234_567_89 + 300_000_00 + 50_000_00
    assert total()["modificado"] == total()["aprobado"] + 25_000_50 - 10_000_00
    assert total(1)["devengado"] == 100_000_10
    assert total()["devengado"] == 100_000_10 + 80_000_00
    assert aviso(preparada, "ceros iniciales de «proyecto»")
    assert not any("total" in regla for _, regla in reglas(preparada, grave=False))


def test_el_archivo_ancho_con_dos_niveles_de_encabezado_da_lo_mismo(base: str) -> None:
    informe = guardado(leido(DATOS / "presupuesto_ancho.csv"))
    assert informe.leidas == 2
    with reading() as session:
        meses = por_mes(session, ANIO, None, Dimension.PROYECTO, "010502050101")
    assert {mes: dinero["devengado"] for mes, dinero in meses.items()} == {1: 400_25, 2: 500_00}
    assert total()["aprobado"] == 3_000_50


def test_enero_combinado_sobre_devengado_se_entiende(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["", "", "", "", "", "", "", "Enero", "", "Febrero", ""],
        [*SEGMENTOS, "Aprobado", "Devengado", "Aprobado", "Devengado"],
        [*CLAVE, 100, 40.5, 200, 60],
    ]
    ruta = libro(tmp_path / "a.xlsx", filas, combinadas=[(0, 7, 0, 8, "Enero"), (0, 9, 0, 10, "Febrero")])
    guardado(leido(ruta))
    assert (total(1)["devengado"], total(2)["devengado"], total()["aprobado"]) == (40_50, 100_50, 300_00)
    assert total(1)["aprobado_calendario"] == 100_00


def test_devengado_combinado_sobre_enero_tambien(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["", "", "", "", "", "", "", "", "Devengado", ""],
        [*SEGMENTOS, "Autorizado", "Ene", "Feb"],
        [*CLAVE, 300, 40.5, 60],
    ]
    preparada = leido(libro(tmp_path / "a.xlsx", filas, combinadas=[(0, 8, 0, 9, "Devengado")]))
    guardado(preparada)
    assert (total(1)["devengado"], total(2)["devengado"], total()["aprobado"]) == (40_50, 100_50, 300_00)
    assert aviso(preparada, "Sólo viene el total anual de «aprobado»")


@pytest.mark.parametrize(
    "clave", ["A00-100-01050205-010502050101-110101-1131-1", "A00.100.01050205.010502050101.110101.1131.1"]
)
def test_la_clave_unida_se_separa(base_sqlite: str, tmp_path: Path, clave: str) -> None:
    guardado(de_filas(tmp_path, [["Clave presupuestal", "Mes", "Aprobado"], [clave, "marzo", 10]]))
    with reading() as session:
        corte = corte_vigente(session, ANIO, 1)
        assert corte is not None
        ((texto, segmentos, _),) = detalle(session, corte.id).filas
    assert texto == "A00-100-01050205-010502050101-110101-1131-1"
    assert (segmentos["proyecto"], segmentos["partida"]) == ("010502050101", "1131")


def test_la_clave_pegada_se_corta_por_los_largos_configurados(base: str, tmp_path: Path) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        for orden, (codigo, largo) in enumerate((("dependencia_general", 3), ("proyecto", 12), ("obra", 4))):
            session.add(SegmentoClave(orden=orden, codigo=codigo, nombre=codigo, longitud=largo))
    guardado(de_filas(tmp_path, [["Clave", "Mes", "Aprobado"], ["A000105020501010007", 1, 10]]))
    with reading() as session:
        assert set(acumulado(session, ANIO, 1, None, Dimension.PROGRAMA)) == {"01050205"}


def test_una_clave_que_no_se_puede_cortar_dice_como_va(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(tmp_path, [["Clave", "Mes", "Aprobado"], ["A00-100", 1, 10]])
    ((celda, regla),) = reglas(preparada, grave=True)
    assert celda == "A2" and "no se puede separar" in regla


def test_sin_mes_pero_con_corte_se_guarda_acumulado(base_sqlite: str, tmp_path: Path) -> None:
    filas = [[*SEGMENTOS, "Aprobado", "Devengado"], [*CLAVE, 100, 40]]
    with pytest.raises(Problema, match="de qué mes"):
        de_filas(tmp_path, filas)
    preparada = de_filas(tmp_path, filas, corte_mes=6)
    guardado(preparada)
    assert aviso(preparada, "acumuladas en junio")
    assert (total(5)["devengado"], total(6)["devengado"]) == (0, 40_00)


# --- los importes -----------------------------------------------------------------------------------


def test_los_importes_escritos_a_mano_se_leen_exactos(base: str, tmp_path: Path) -> None:
    textos = ["$1,234.50", "(500.00)", "-", "\u00a01,000", ".5", "−3", None, 0.1]
    filas = [[*CLAVE[:5], str(1000 + n), "1", 1, texto] for n, texto in enumerate(textos)]
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], *filas])
    guardado(preparada)
    assert total()["aprobado"] == 123450 - 50000 + 0 + 100000 + 50 - 300 + 10
    assert aviso(preparada, "1 renglones no traen ningún importe")
    assert len([r for _, r in reglas(preparada, grave=False) if "aprobado negativo" in r]) == 2


@pytest.mark.parametrize("texto", ["1.234", "1.234,50", "N/A", "12%", "abc", "1e5", 10.005])
def test_un_importe_que_no_se_entiende_es_error_con_su_celda(
    base_sqlite: str, tmp_path: Path, texto: Any
) -> None:
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, 1, texto], [*OTRA, 1, 5]])
    assert [celda for celda, _ in reglas(preparada, grave=True)] == ["I2"]
    confirmar(preparada, LINEA_DE_COMANDOS)
    with reading() as session:
        assert cortes(session, ANIO) == []


def test_un_importe_descomunal_no_desborda(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, 1, "99999999999999999.99"]])
    assert [regla for _, regla in reglas(preparada, grave=True)] == ["el importe es demasiado grande"]


def test_el_modificado_se_compara_y_si_faltan_las_adecuaciones_las_deduce(
    base_sqlite: str, tmp_path: Path
) -> None:
    filas = [[*SEGMENTOS, "Mes", "Aprobado", "Modificado"], [*CLAVE, 1, 100, 130], [*OTRA, 1, 100, 90]]
    guardado(de_filas(tmp_path, filas))
    assert (total()["ampliaciones"], total()["reducciones"]) == (30_00, 10_00)
    filas = [
        [*SEGMENTOS, "Mes", "Aprobado", "Ampliaciones", "Reducciones", "Modificado"],
        [*CLAVE, 1, 100, 10, 5, 105],
        [*OTRA, 1, 100, 0, 0, 101],
    ]
    ((celda, regla),) = reglas(de_filas(tmp_path, filas), grave=False)
    assert celda == "L3" and "$100.00" in regla


def test_las_adecuaciones_con_signo_se_reparten(base_sqlite: str, tmp_path: Path) -> None:
    titulo = "Ampliaciones/ (Reducciones)"
    filas = [[*SEGMENTOS, "Mes", "Aprobado", titulo], [*CLAVE, 1, 100, "(20.00)"], [*OTRA, 1, 100, 7]]
    guardado(de_filas(tmp_path, filas))
    assert (total()["ampliaciones"], total()["reducciones"]) == (7_00, 20_00)


def test_lo_que_el_archivo_no_trae_se_nombra(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado", "Pagado"], [*CLAVE, 1, 100, 10]])
    assert aviso(preparada, "no trae ampliaciones, reducciones, comprometido, devengado, ejercido")


def test_sin_aprobado_no_hay_contra_que_comparar(base_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="aprobado"):
        de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Devengado"], [*CLAVE, 1, 100]])


# --- claves, meses y años ---------------------------------------------------------------------------


def test_los_ceros_perdidos_se_reponen_y_un_codigo_mal_hecho_es_error(
    base_sqlite: str, tmp_path: Path
) -> None:
    numeros = ["A00", 100, 1050205, 10502050101, 110101, 1131, 1]
    corta = [*CLAVE[:3], "0105", *CLAVE[4:]]
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*numeros, 1, 5], [*corta, 1, 5]])
    assert [celda for celda, _ in reglas(preparada, grave=True)] == ["D3"]
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*numeros, 1, 5], [*CLAVE, 2, 5]])
    guardado(preparada)
    with reading() as session:
        assert set(acumulado(session, ANIO, 12, None, Dimension.PROYECTO)) == {"010502050101"}


def test_los_renglones_repetidos_se_suman_y_se_dice(base_sqlite: str, tmp_path: Path) -> None:
    filas = [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, 1, 100], [*CLAVE, "enero", 50], [*CLAVE, 2, 1]]
    preparada = de_filas(tmp_path, filas)
    guardado(preparada)
    assert total()["aprobado"] == 151_00
    assert aviso(preparada, "1 renglones repiten clave y mes")


@pytest.mark.parametrize("mes", ["13", "T1", "Enerro", None, "2025-03"])
def test_un_mes_que_no_es_del_ejercicio_es_error(base_sqlite: str, tmp_path: Path, mes: Any) -> None:
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, mes, 100]])
    assert [celda for celda, _ in reglas(preparada, grave=True)] == ["H2"]


def test_el_archivo_de_otro_ejercicio_no_entra(base_sqlite: str, tmp_path: Path) -> None:
    filas = [["Año", *SEGMENTOS, "Mes", "Aprobado"], [2025, *CLAVE, 1, 100]]
    assert reglas(de_filas(tmp_path, filas), grave=True) == [("A2", "el renglón no es del ejercicio 2026")]
    assert de_filas(tmp_path, filas, anio=None).contexto.anio == 2025


def test_la_columna_ejercicio_con_anios_no_es_gasto_ejercido(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(tmp_path, [["Ejercicio", *SEGMENTOS, "Mes", "Aprobado"], [2026, *CLAVE, 1, 100]])
    guardado(preparada)
    assert total()["ejercido"] == 0
    preparada = de_filas(tmp_path, [["Ejercicio", *SEGMENTOS, "Mes", "Aprobado"], [20.26, *CLAVE, 1, 100]])
    guardado(preparada)
    assert total()["ejercido"] == 20_26


def test_el_proyecto_fuera_de_catalogo_es_aviso_con_su_dinero(base: str, tmp_path: Path) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        asegurar(session, ANIO)
        programa = Programa(anio=ANIO, clave="01050205", nombre="P")
        session.add(programa)
        session.flush()
        assert programa.id is not None
        session.add(Proyecto(anio=ANIO, programa_id=programa.id, clave="010502050101", nombre="P"))
    preparada = de_filas(tmp_path, [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, 1, 100], [*OTRA, 1, 70]])
    assert aviso(preparada, "020101010101. Su aprobado suma $70.00")
    assert preparada.se_puede


def test_faltar_un_segmento_obligatorio_se_dice_antes_de_leer_nada(base_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="partida"):
        de_filas(tmp_path, [["Dependencia general", "Proyecto", "Mes", "Aprobado"], ["A00", CLAVE[3], 1, 5]])


# --- reglas -----------------------------------------------------------------------------------------


def _desordenado(carpeta: Path) -> Preparada:
    filas = [LARGO, [*CLAVE, 1, 100, 0, 0, 50, 40, 30, 20], [*CLAVE, 2, 0, 0, 0, 0, 20, 5, 5]]
    return de_filas(carpeta, filas)


def test_los_momentos_se_comparan_acumulados_y_avisan(base_sqlite: str, tmp_path: Path) -> None:
    preparada = _desordenado(tmp_path)
    ((celda, regla),) = reglas(preparada, grave=False)
    assert celda == "M3"
    assert regla == "a febrero, devengado acumulado $60.00 rebasa a comprometido $50.00"
    guardado(preparada)


def test_el_ejercicio_estricto_convierte_el_aviso_en_error(base_sqlite: str, tmp_path: Path) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        asegurar(session, ANIO)
        session.get_one(Ejercicio, ANIO).momentos_estrictos = True
    assert len(reglas(_desordenado(tmp_path), grave=True)) == 1


def test_un_momento_que_el_archivo_no_trae_no_rompe_el_orden(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(
        tmp_path, [[*SEGMENTOS, "Mes", "Aprobado", "Devengado", "Pagado"], [*CLAVE, 1, 100, 60, 60]]
    )
    assert reglas(preparada, grave=False) == []


def test_el_renglon_de_total_no_cuenta_y_si_difiere_se_dice_cuanto(base_sqlite: str, tmp_path: Path) -> None:
    filas = [LARGO, [*CLAVE, 1, 100, *[0] * 6], ["TOTAL", *[""] * 7, 100.01, *[0] * 6]]
    preparada = de_filas(tmp_path, filas)
    ((celda, regla),) = reglas(preparada, grave=False)
    assert celda == "I3" and "difiere $0.01" in regla
    guardado(preparada)
    assert total()["aprobado"] == 100_00


def test_un_subtotal_entre_los_datos_no_cuenta(base_sqlite: str, tmp_path: Path) -> None:
    subtotal = ["A00", "100", "Total programa 01050205", None, None, None, None, None, 100, *[0] * 6]
    total_ = ["TOTAL", *[""] * 7, 150, *[0] * 6]
    filas = [LARGO, [*CLAVE, 1, 100, *[0] * 6], subtotal, [*OTRA, 1, 50, *[0] * 6], total_]
    preparada = de_filas(tmp_path, filas)
    assert reglas(preparada, grave=False) == []
    assert aviso(preparada, "1 renglones de totales o subtotales")
    guardado(preparada)
    assert total()["aprobado"] == 150_00


# --- versiones --------------------------------------------------------------------------------------


def test_el_mismo_archivo_se_reconoce_y_no_guarda_otra_version(base: str) -> None:
    guardado(leido(DATOS / "presupuesto_largo.xlsx"))
    otra_vez = leido(DATOS / "presupuesto_largo.xlsx")
    assert otra_vez.ya_cargado is not None
    informe = guardado(otra_vez)
    assert (informe.guardadas, informe.sin_cambio, informe.carga_id) == (0, 6, None)
    with reading() as session:
        assert len(cortes(session, ANIO)) == 1


def test_otra_version_dice_que_cambia_y_deshacerla_devuelve_la_anterior(base: str, tmp_path: Path) -> None:
    filas = [[*SEGMENTOS, "Mes", "Aprobado"], [*CLAVE, 1, 100], [*OTRA, 1, 50]]
    guardado(de_filas(tmp_path, filas))
    preparada = de_filas(tmp_path, [filas[0], [*CLAVE, 1, 120], [*OTRA[:6], "1", 1, 3]])
    cuenta = preparada.cuenta
    assert (cuenta.nuevas, cuenta.cambian, cuenta.desaparecen) == (1, 1, 1)
    assert ("Contra la versión 1, diferencia", "aprobado −$27.00") in preparada.revision.totales
    informe = guardado(preparada)
    assert total()["aprobado"] == 123_00
    assert informe.carga_id is not None
    deshacer(presupuesto.FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert total()["aprobado"] == 150_00


def test_quien_no_es_tesoreria_no_carga(base_sqlite: str) -> None:
    ajeno = Contexto(actor(Rol.PLANEACION), "p.xlsx", ANIO)
    with pytest.raises(SinPermiso):
        preparar(presupuesto.FORMATO, DATOS / "presupuesto_largo.xlsx", "p.xlsx", ajeno)


def test_el_ejercicio_inexistente_se_crea_y_se_nombra(base_sqlite: str) -> None:
    preparada = leido(DATOS / "presupuesto_largo.xlsx")
    assert any("Ejercicio 2026" in defecto for defecto in preparada.revision.defectos)
    guardado(preparada)
    with reading() as session:
        assert session.get(Ejercicio, ANIO) is not None
