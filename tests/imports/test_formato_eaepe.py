"""El formato EAEPE: títulos, clasificaciones, niveles, identidades y total del gasto."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboard.imports import eaepe
from dashboard.imports.carga import Preparada, confirmar, deshacer, preparar
from dashboard.imports.eaepe_titulo import mes_del_titulo
from dashboard.imports.formato import Contexto
from db.engine import reading, writing
from db.models.presupuesto import ClasificacionEaepe, TipoCorte
from db.queries import presupuesto as consulta
from db.queries.eaepe import estado
from db.queries.estructura import entes_activos
from db.queries.presupuesto_version import verificar_resumenes
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from seed.catalogos import cargar_catalogos
from tests.imports.libros import libro

DATOS = Path(__file__).parents[1] / "datos"
TITULOS = [["Estado Analítico · Clasificación Administrativa"], ["Del 1 de enero al 30 de junio de 2026"]]
CABEZA = [
    "Concepto",
    "Aprobado",
    "Ampliaciones/(Reducciones)",
    "Modificado",
    "Devengado",
    "Pagado",
    "Subejercicio",
]
PRESIDENCIA = ["Presidencia", 100, 10, 110, 60, 50, 50]
TESORERIA = ["Tesorería", 50, 0, 50, 20, 20, 30]
TOTAL = ["Total del Gasto", 150, 10, 160, 80, 70, 80]


def leido(ruta: Path, anio: int | None = None, corte_mes: int | None = None) -> Preparada:
    contexto = Contexto(LINEA_DE_COMANDOS, ruta.name, anio=anio, corte_mes=corte_mes)
    return preparar(eaepe.FORMATO, ruta, ruta.name, contexto)


def de_filas(carpeta: Path, filas: Sequence[Sequence[Any]], **extra: Any) -> Preparada:
    return leido(libro(carpeta / "eaepe.xlsx", filas), **extra)


def guardado(
    preparada: Preparada, clasificacion: ClasificacionEaepe = ClasificacionEaepe.ADMINISTRATIVA
) -> tuple[consulta.Version, list[dict[str, Any]]]:
    assert preparada.se_puede, preparada.revision.graves
    confirmar(preparada, LINEA_DE_COMANDOS)
    with reading() as session:
        assert verificar_resumenes(session) is None
        (ente,) = entes_activos(session)
        hallado = consulta.eaepe(session, 2026, ente["id"], clasificacion)
    assert hallado is not None
    return hallado


def reglas(preparada: Preparada) -> list[tuple[str, str]]:
    return [(p.celda, p.regla) for p in preparada.revision.problemas]


def aviso(preparada: Preparada, texto: str) -> bool:
    return any(texto in linea for linea in preparada.revision.avisos)


def test_el_estado_por_objeto_del_gasto_como_lo_imprime_el_conac(base: str) -> None:
    preparada = leido(DATOS / "eaepe_objeto.xlsx")
    assert reglas(preparada) == []
    version, renglones = guardado(preparada, ClasificacionEaepe.OBJETO_GASTO)
    assert (version.anio, version.mes, version.numero) == (2026, 6, 1)
    assert version.totales["aprobado"] == 1300_50 and version.totales["subejercicio"] == 850_25
    assert [(r["concepto"], r["nivel"]) for r in renglones[:3]] == [
        ("Servicios Personales", 1),
        ("Remuneraciones al Personal de Carácter Permanente", 2),
        ("Seguridad Social", 2),
    ]
    assert renglones[3]["ampliaciones_reducciones"] == -50_00


def test_el_estado_por_dependencia_en_csv(base: str) -> None:
    preparada = leido(DATOS / "eaepe_dependencia.csv")
    assert reglas(preparada) == []
    version, renglones = guardado(preparada)
    assert (version.mes, version.totales["modificado"]) == (6, 1650_10)
    assert [(r["clave"], r["concepto"], r["nivel"]) for r in renglones] == [
        ("A00", "Presidencia", 1),
        ("B00", "Sindicaturas", 1),
        ("C01", "Regiduría I", 1),
    ]


def test_sin_fecha_ni_corte_se_pide_y_con_corte_se_guarda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [["Clasificación Administrativa"], CABEZA, PRESIDENCIA, TESORERIA, TOTAL]
    with pytest.raises(Problema, match="a qué fecha llega"):
        de_filas(tmp_path, filas, anio=2026)
    version, _ = guardado(de_filas(tmp_path, filas, anio=2026, corte_mes=9))
    assert version.mes == 9


def test_el_corte_indicado_manda_sobre_el_titulo_y_se_avisa(base_sqlite: str, tmp_path: Path) -> None:
    preparada = de_filas(tmp_path, [*TITULOS, CABEZA, PRESIDENCIA, TESORERIA, TOTAL], corte_mes=9)
    assert aviso(preparada, "El título dice junio")
    assert guardado(preparada)[0].mes == 9


def test_el_titulo_de_otro_anio_detiene_la_carga(base_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(Problema, match="El título dice 2026"):
        de_filas(tmp_path, [*TITULOS, CABEZA, PRESIDENCIA], anio=2025)


@pytest.mark.parametrize(
    ("titulo", "mes"),
    [
        ("Del 1 de enero al 31 de marzo de 2026", 3),
        ("Del 01 de Enero al 30 de Setiembre del 2026", 9),
        ("Al 31 de diciembre de 2026", 12),
        ("Enero - Junio 2026", 6),
        ("3er trimestre 2026", 9),
        ("PRIMER SEMESTRE DE 2026", 6),
        ("Cuenta pública 2026", None),
        ("Plaza 5 de Mayo, San Isidro", None),
    ],
)
def test_el_mes_se_lee_del_titulo(titulo: str, mes: int | None) -> None:
    assert mes_del_titulo(["Municipio", titulo]) == mes


def test_las_identidades_rotas_dicen_su_diferencia_y_la_tolerancia_es_un_peso(
    base_sqlite: str, tmp_path: Path
) -> None:
    rota = ["Presidencia", 100, 10, 111.01, 60, 50, 51.01]
    cerca = ["Tesorería", 50, 0, 51, 20, 20, 31]
    ((celda, regla),) = reglas(de_filas(tmp_path, [*TITULOS, CABEZA, rota, cerca]))
    assert celda == "D4" and "$1.01" in regla


def test_el_total_que_no_es_la_suma_avisa_con_la_diferencia(base_sqlite: str, tmp_path: Path) -> None:
    total = ["Total del Gasto", 150, 10, 160, 85, 70, 75]
    preparada = de_filas(tmp_path, [*TITULOS, CABEZA, PRESIDENCIA, TESORERIA, total])
    hallados = [(celda, regla.split(" de la ")[0]) for celda, regla in reglas(preparada)]
    assert hallados == [("E6", "el total difiere $5.00"), ("G6", "el total difiere −$5.00")]


def test_los_padres_se_reconocen_porque_suman_a_sus_hijos(base_sqlite: str, tmp_path: Path) -> None:
    hijas = [
        ["Oficina de Presidencia", 40, 10, 50, 30, 25, 20],
        ["Comunicación Social", 60, 0, 60, 30, 25, 30],
    ]
    _, renglones = guardado(de_filas(tmp_path, [*TITULOS, CABEZA, PRESIDENCIA, *hijas, TESORERIA, TOTAL]))
    assert [r["nivel"] for r in renglones] == [1, 2, 2, 1]


def test_los_niveles_por_codigo_y_la_clasificacion_por_conceptos(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["Al 31 de marzo de 2026"],
        ["COG", *CABEZA],
        [1000, "SERVICIOS PERSONALES", *PRESIDENCIA[1:]],
        [1100, "Remuneraciones", *PRESIDENCIA[1:]],
        [2000, "Materiales y suministros", *TESORERIA[1:]],
        ["", *TOTAL],
    ]
    preparada = de_filas(tmp_path, filas)
    assert aviso(preparada, "por objeto del gasto: se reconoció")
    _, renglones = guardado(preparada, ClasificacionEaepe.OBJETO_GASTO)
    assert [(r["clave"], r["nivel"]) for r in renglones] == [("1000", 1), ("1100", 2), ("2000", 1)]


def test_las_columnas_que_se_deducen(base_sqlite: str, tmp_path: Path) -> None:
    filas = [*TITULOS, ["Concepto", "Autorizado", "Modificado", "Devengado"], ["Presidencia", 100, 90, 60]]
    _, ((renglon),) = guardado(de_filas(tmp_path, filas))
    assert (renglon["ampliaciones_reducciones"], renglon["subejercicio"]) == (-10_00, 30_00)
    with pytest.raises(Problema, match="ampliaciones"):
        de_filas(tmp_path, [*TITULOS, ["Concepto", "Aprobado", "Devengado"], ["Presidencia", 100, 60]])


def test_lo_que_sigue_al_total_no_se_carga(base_sqlite: str, tmp_path: Path) -> None:
    segunda = ["Organismo de agua", 5, 0, 5, 5, 5, 0]
    preparada = de_filas(tmp_path, [*TITULOS, CABEZA, PRESIDENCIA, TESORERIA, TOTAL, segunda])
    assert aviso(preparada, "1 renglones después del total")
    assert guardado(preparada)[0].totales["aprobado"] == 150_00


def test_un_importe_o_un_concepto_que_falta_es_error_con_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    filas = [*TITULOS, CABEZA, ["Presidencia", "N/A", *PRESIDENCIA[2:]], ["", *TESORERIA[1:]]]
    preparada = de_filas(tmp_path, filas)
    assert [p.celda for p in preparada.revision.graves] == ["B4", "A5"]


def test_cada_clasificacion_lleva_sus_versiones_y_se_deshace(base: str) -> None:
    guardado(leido(DATOS / "eaepe_objeto.xlsx"), ClasificacionEaepe.OBJETO_GASTO)
    segunda = leido(DATOS / "eaepe_objeto.xlsx", corte_mes=7)
    informe = confirmar(segunda, LINEA_DE_COMANDOS)
    with reading() as session:
        assert [v.mes for v in consulta.cortes(session, 2026, tipo=TipoCorte.EAEPE)] == [7, 6]
    assert informe.carga_id is not None
    deshacer(eaepe.FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    with reading() as session:
        (queda,) = consulta.cortes(session, 2026, tipo=TipoCorte.EAEPE)
    assert (queda.mes, queda.vigente) == (6, True)


def test_el_mismo_estado_se_reconoce(base_sqlite: str) -> None:
    guardado(leido(DATOS / "eaepe_dependencia.csv"))
    otra_vez = leido(DATOS / "eaepe_dependencia.csv")
    assert (otra_vez.cuenta.guardadas, otra_vez.cuenta.sin_cambio) == (0, 3)


def test_los_subtotales_y_los_otros_anios_no_cuentan(base_sqlite: str, tmp_path: Path) -> None:
    filas = [
        ["ciclo", "ente", "programa_clave", "programa_nombre", "aprobado", "modificado", "devengado"],
        [2026, "Poder", "TOTAL", "", 30, 30, 30],
        [2026, "Poder", "E001", "Obras", 10, 10, 10],
        [2026, "Poder", "M001", "Apoyo", 20, 20, 20],
        [2025, "Poder", "M001", "Apoyo", 7, 7, 7],
    ]
    preparada = de_filas(tmp_path, filas, anio=2026, corte_mes=12)
    assert aviso(preparada, "1 renglones de totales") and aviso(preparada, "1 renglones de otro ejercicio")
    confirmar(preparada, LINEA_DE_COMANDOS)
    with reading() as session:
        (version,) = consulta.cortes(session, 2026, tipo=TipoCorte.EAEPE)
    assert version.totales["aprobado"] == 30_00


def fila(concepto: str, *importes: int) -> list[Any]:
    """Aprobado, neto, devengado y pagado → los seis importes, como los imprime el estado."""
    aprobado, neto, devengado, pagado = importes
    return [concepto, aprobado, neto, aprobado + neto, devengado, pagado, aprobado + neto - devengado]


def suma(concepto: str, *filas: list[Any]) -> list[Any]:
    return [concepto, *(sum(f[columna] for f in filas) for columna in range(1, 7))]


def impreso(filas: Sequence[Sequence[Any]]) -> list[list[str]]:
    """Con comas, dos decimales y los negativos entre paréntesis."""
    return [
        [c if isinstance(c, str) else f"({-c:,.2f})" if c < 0 else f"{c:,.2f}" for c in fila]
        for fila in filas
    ]


def documento(titulo: str, filas: Sequence[Sequence[Any]], total: Sequence[Any]) -> list[list[Any]]:
    """Un estado con los títulos, el doble encabezado y el renglón de números de columna del formato."""
    return [
        ["Municipio de Villa Ejemplo, Jalisco"],
        ["Estado Analítico del Ejercicio del Presupuesto de Egresos"],
        [titulo],
        ["Del 1 de enero al 30 de septiembre de 2026"],
        ["Concepto", "Egresos", "", "", "", "", "Subejercicio"],
        CABEZA,
        ["", "1", "2", "3 = (1 + 2)", "4", "5", "6 = (3 - 4)"],
        *impreso([*filas, total]),
    ]


def con_catalogos() -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        cargar_catalogos(session)


SUJETOS, OTROS = (
    fila("Sujetos a Reglas de Operación", 100, 0, 50, 50),
    fila("Otros Subsidios", 50, -10, 20, 20),
)
SERVICIOS = fila("Prestación de Servicios Públicos", 500, 20, 300, 280)
OBRA = fila("Proyectos de Inversión", 300, -50, 100, 90)
DEUDA = fila("Costo financiero, deuda o apoyos a deudores y ahorradores de la banca", 60, 0, 30, 30)
SUBSIDIOS = suma("Subsidios: Sector Social y Privado o Entidades Federativas y Municipios", SUJETOS, OTROS)
FUNCIONES = suma("Desempeño de las Funciones", SERVICIOS, OBRA)
PROGRAMAS = suma("Programas", SUBSIDIOS, FUNCIONES)
LEGISLAR, POLITICA = (
    fila("Legislación", 10, 0, 5, 5),
    fila("Coordinación de la Política de Gobierno", 90, -5, 40, 40),
)
VIVIENDA = fila("Vivienda y Servicios a la Comunidad", 300, 10, 100, 100)
GOBIERNO, SOCIAL = suma("Gobierno", LEGISLAR, POLITICA), suma("Desarrollo Social", VIVIENDA)
TIPOS = [fila("Gasto Corriente", 500, 20, 300, 300), fila("Pensiones y Jubilaciones", 0, 0, 0, 0)]

DE_OTROS_ESTADOS = {
    "programatica": (
        "Gasto por Categoría Programática",
        [PROGRAMAS, SUBSIDIOS, SUJETOS, OTROS, FUNCIONES, SERVICIOS, OBRA, DEUDA],
        suma("Total del Gasto", PROGRAMAS, DEUDA),
        [1, 2, 3, 3, 2, 3, 3, 1],
    ),
    "programatica sin el renglón Programas": (
        "Gasto por Categoría Programática",
        [SUBSIDIOS, SUJETOS, OTROS, FUNCIONES, SERVICIOS, OBRA, DEUDA],
        suma("Total del Gasto", PROGRAMAS, DEUDA),
        [1, 2, 2, 1, 2, 2, 1],
    ),
    "programatica con letras": (
        "Gasto por Categoría Programática",
        [
            suma("Programas", SUBSIDIOS),
            SUBSIDIOS,
            *([f"{c} {f[0]}", *f[1:]] for c, f in (("S", SUJETOS), ("U", OTROS))),
        ],
        suma("TOTAL", SUBSIDIOS),
        [1, 2, 3, 3],
    ),
    "funcional": (
        "Clasificación Funcional (Finalidad y Función)",
        [GOBIERNO, LEGISLAR, POLITICA, SOCIAL, VIVIENDA],
        suma("Total del Gasto", GOBIERNO, SOCIAL),
        [1, 2, 2, 1, 2],
    ),
    "tipo_gasto": (
        "Clasificación Económica (por Tipo de Gasto)",
        TIPOS,
        suma("Total del Gasto", *TIPOS),
        [1, 1],
    ),
}


@pytest.mark.parametrize("cual", DE_OTROS_ESTADOS)
def test_un_estado_de_otra_entidad_entra_con_sus_niveles_y_cuadra(
    base_sqlite: str, tmp_path: Path, cual: str
) -> None:
    con_catalogos()
    titulo, filas, total, niveles = DE_OTROS_ESTADOS[cual]
    clasificacion = ClasificacionEaepe(cual.split()[0])
    preparada = de_filas(tmp_path, documento(titulo, filas, total))
    version, renglones = guardado(preparada, clasificacion)
    assert [r["nivel"] for r in renglones] == niveles
    assert reglas(preparada) == []
    assert version.totales["aprobado"] == total[1] * 100
    with reading() as session:
        leido_ = estado(session, anio=2026, mes=None, ente_id=None, clasificacion=clasificacion.value)
    assert leido_["origen"] == "archivo" and leido_["faltas"] == []


def test_sin_devengado_se_toma_lo_ejercido_y_con_los_dos_no(base_sqlite: str, tmp_path: Path) -> None:
    cabeza = ["Dependencia o Unidad Administrativa", "Aprobado", "Ampliación / (Reducciones)", "Modificado"]
    solo = [*TITULOS, [*cabeza, "Ejercido", "Pagado", "Sub-ejercicio"], PRESIDENCIA, TESORERIA, TOTAL]
    preparada = de_filas(tmp_path, solo)
    assert aviso(preparada, "se tomó lo ejercido") and reglas(preparada) == []
    assert guardado(preparada)[0].totales["devengado"] == 80_00
    los_dos = [
        *TITULOS,
        [*cabeza, "Devengado", "Ejercido", "Pagado"],
        ["Presidencia", 100, 10, 110, 60, 55, 50],
    ]
    assert not aviso(de_filas(tmp_path, los_dos), "ejercido")
    with pytest.raises(Problema, match="columna del devengado"):
        de_filas(tmp_path, [*TITULOS, [*cabeza, "Pagado"], ["Presidencia", 100, 10, 110, 60]])


def test_los_tres_niveles_del_objeto_del_gasto_por_su_codigo(base_sqlite: str, tmp_path: Path) -> None:
    codigos = (1000, 1100, 1130, 2000)
    filas = [
        [c, *f] for c, f in zip(codigos, (PRESIDENCIA, PRESIDENCIA, PRESIDENCIA, TESORERIA), strict=True)
    ]
    cuerpo = [["Al 31 de marzo de 2026"], ["Por objeto del gasto"], ["COG", *CABEZA], *filas, ["", *TOTAL]]
    _, renglones = guardado(de_filas(tmp_path, cuerpo), ClasificacionEaepe.OBJETO_GASTO)
    assert [r["nivel"] for r in renglones] == [1, 2, 3, 1]
