"""Formato mir: la MIR tipo entra como se publica y nunca pisa lo que alguien corrigió."""

from pathlib import Path

import pytest

from dashboard.imports.carga import deshacer, exigir_formato
from dashboard.imports.registro import FORMATS
from db.actions.mir import guardar_indicador, guardar_renglon
from db.engine import writing
from db.models.indicadores import NivelMir
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from tests.conftest import actor
from tests.imports.ayuda import (
    DATOS,
    consultar,
    escribir,
    huella_de_la_base,
    leer_csv,
    poner,
    poner_hasta,
    uno,
)

ARCHIVO = DATOS / "mir_tipo.csv"
TITULOS = [
    "programa",
    "nivel",
    "numero",
    "resumen_narrativo",
    "indicador",
    "medios_verificacion",
    "supuestos",
]


def _catalogo() -> None:
    for archivo in ("programas.csv", "proyectos.csv"):
        poner("programas", DATOS / archivo)


def _filas() -> list[tuple[object, ...]]:
    return consultar(
        "SELECT r.nivel, c.orden, r.orden, r.resumen FROM renglon_mir r LEFT JOIN renglon_mir c "
        "ON c.id = r.padre_id JOIN programa p ON p.id = r.programa_id WHERE p.clave = '02020401' "
        "ORDER BY CASE r.nivel WHEN 'fin' THEN 1 WHEN 'proposito' THEN 2 WHEN 'componente' THEN 3 ELSE 4 END,"
        " c.orden, r.orden"
    )


def test_cada_renglon_queda_en_su_lugar_con_sus_indicadores(base: str) -> None:
    _catalogo()
    informe = poner("mir", ARCHIVO, anio=2026)
    assert informe.rechazadas == []
    assert (informe.leidas, informe.guardadas, informe.omitidas) == (12, 11, 1)
    assert [fila[:3] for fila in _filas()] == [
        ("fin", None, 1),
        ("proposito", None, 1),
        ("componente", None, 1),
        ("componente", None, 2),
        ("actividad", 1, 1),
        ("actividad", 1, 2),
        ("actividad", 2, 1),
        ("actividad", 2, 2),
    ]
    assert _filas()[2][3] == "Luminarias reparadas en la vía pública"
    assert consultar(
        "SELECT i.nombre, i.tipo FROM indicador_mir i JOIN renglon_mir r ON r.id = i.renglon_id "
        "WHERE r.resumen LIKE 'Luminarias reparadas%' ORDER BY i.orden"
    ) == [
        ("Porcentaje de luminarias reparadas", "Gestión"),
        ("Tiempo promedio de reparación", "Gestión"),
    ]
    assert uno("SELECT count(*) FROM renglon_mir WHERE tipo") == uno("SELECT count(*) FROM renglon_mir")


def test_el_nombre_con_otra_puntuacion_es_el_mismo_programa(base_sqlite: str) -> None:
    _catalogo()
    avisos = poner("mir", ARCHIVO, anio=2026).avisos
    assert any("sin número" in aviso for aviso in avisos)
    assert any("repetidos" in aviso for aviso in avisos)


def test_otra_vez_no_cambia_nada(base: str) -> None:
    _catalogo()
    poner("mir", ARCHIVO, anio=2026)
    antes = huella_de_la_base()
    assert poner("mir", ARCHIVO, anio=2026).guardadas == 0
    assert huella_de_la_base() == antes


def test_deshacer_deja_la_base_como_estaba(base: str) -> None:
    poner_hasta("actividades")
    antes = huella_de_la_base()
    informe = poner("mir", ARCHIVO, anio=2026)
    assert informe.carga_id is not None
    deshacer(exigir_formato(FORMATS, "mir"), informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_lo_corregido_a_mano_no_se_pisa_y_lo_demas_se_actualiza(base: str, tmp_path: Path) -> None:
    _catalogo()
    poner("mir", ARCHIVO, anio=2026)
    with writing(LINEA_DE_COMANDOS) as session:
        from db.models.mir import RenglonMir

        fila = consultar(
            "SELECT id, programa_id, ente_id, version FROM renglon_mir WHERE resumen LIKE 'Luminarias rep%'"
        )[0]
        guardar_renglon(
            session,
            LINEA_DE_COMANDOS,
            programa_id=fila[1],
            ente_id=fila[2],
            renglon_id=fila[0],
            version=fila[3],
            nivel=NivelMir.COMPONENTE,
            resumen="Luminarias sustituidas por tecnología LED",
        )
        guardar_indicador(session, LINEA_DE_COMANDOS, renglon_id=fila[0], nombre="Uno propio", medios="Sí")
        assert session.get(RenglonMir, fila[0]).tipo is False  # type: ignore[union-attr]
    filas = leer_csv("mir_tipo.csv")
    for renglon in filas[1:]:
        renglon[7] = renglon[7].replace("reparadas", "reparadas y limpias")
        renglon[7] = renglon[7].replace("Detección de fallas", "Detección oportuna de fallas")
    informe = poner("mir", escribir(tmp_path / "nueva.csv", filas), anio=2026)
    assert any("corrigió" in aviso for aviso in informe.avisos)
    resumenes = [fila[3] for fila in _filas()]
    assert "Luminarias sustituidas por tecnología LED" in resumenes
    assert not any("reparadas y limpias" in str(r) for r in resumenes)
    assert "Detección oportuna de fallas de luminarias" in resumenes
    assert len(resumenes) == 8
    assert uno("SELECT count(*) FROM indicador_mir WHERE nombre = 'Uno propio'") == 1


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    _catalogo()
    filas = [
        TITULOS,
        ["Programa inventado", "Fin", "", "Contribuir a algo", "Tasa", "Informe", ""],
        ["02020401", "Meta", "", "Contribuir a algo", "Tasa", "Informe", ""],
        ["02020401", "Fin", "", "", "Tasa", "Informe", ""],
        ["02020401", "Fin", "", "Contribuir a algo", "Tasa", "Informe", ""],
    ]
    informe = poner("mir", escribir(tmp_path / "mala.csv", filas), anio=2026)
    assert sorted(p["celda"] for p in informe.rechazadas) == ["A2", "B3", "D4"]
    assert "no tiene ese programa" in informe.rechazadas[0]["regla"]
    assert uno("SELECT count(*) FROM renglon_mir") == 0


def test_celdas_combinadas_repiten_lo_de_arriba(base_sqlite: str, tmp_path: Path) -> None:
    _catalogo()
    filas = [
        TITULOS,
        ["02020401", "Componente", "1.0", "Luminarias reparadas", "Uno", "Informe", "Hay refacciones"],
        ["", "", "", "", "Dos", "Bitácora", ""],
        ["2020401", "Actividad", "C1A1", "Detección de fallas", "Tres", "", ""],
    ]
    assert poner("mir", escribir(tmp_path / "c.csv", filas), anio=2026).rechazadas == []
    assert [f[:3] for f in _filas()] == [("componente", None, 1), ("actividad", 1, 1)]
    assert uno("SELECT count(*) FROM indicador_mir") == 3


def test_un_programa_de_dos_entes_queda_en_los_dos(base_sqlite: str) -> None:
    _catalogo()
    with writing(LINEA_DE_COMANDOS) as session:
        from db.models.estructura import Dependencia, NivelDependencia
        from db.models.municipio import Ente
        from db.models.programas import ResponsablePrograma

        programa = uno("SELECT id FROM programa WHERE clave = '02020401' AND anio = 2026")
        for numero, clave in ((71, "UNO"), (72, "DOS")):
            session.add(Ente(id=numero, clave=clave, nombre=clave))
            session.flush()
            session.add(
                Dependencia(
                    id=numero, ente_id=numero, nivel=NivelDependencia.GENERAL, clave="A00", nombre="Una"
                )
            )
            session.flush()
            session.add(ResponsablePrograma(ente_id=numero, programa_id=programa, dependencia_id=numero))
    poner("mir", ARCHIVO, anio=2026)
    assert consultar(
        "SELECT ente_id, count(*) FROM renglon_mir WHERE programa_id = :p GROUP BY 1", p=programa
    ) == [
        (71, 8),
        (72, 8),
    ]


def test_sin_el_permiso_no_se_carga(base_sqlite: str) -> None:
    _catalogo()
    for rol in (Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA):
        with pytest.raises(SinPermiso):
            poner("mir", ARCHIVO, actor(rol), anio=2026)


@pytest.mark.real
@pytest.mark.parametrize("anio", [2023, 2024])
def test_la_mir_tipo_de_la_gaceta_entra_entera(base_sqlite: str, datos_reales: Path, anio: int) -> None:
    poner("programas", datos_reales / "metepec" / "edomex_programas_presupuestarios.csv")
    informe = poner("mir", datos_reales / "metepec" / "edomex_mir_tipo_gaceta.csv", anio=anio)
    assert informe.rechazadas == []
    assert informe.leidas == 799
    assert uno("SELECT count(DISTINCT programa_id) FROM renglon_mir") == 74
    assert consultar("SELECT nivel, count(*) FROM renglon_mir GROUP BY nivel ORDER BY nivel") == [
        ("actividad", 441),
        ("componente", 202),
        ("fin", 74),
        ("proposito", 74),
    ]
    assert uno("SELECT count(*) FROM renglon_mir WHERE nivel = 'actividad' AND padre_id IS NULL") == 0
    assert poner("mir", datos_reales / "metepec" / "edomex_mir_tipo_gaceta.csv", anio=anio).guardadas == 0
