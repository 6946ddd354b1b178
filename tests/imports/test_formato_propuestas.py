"""Formato propuestas: cada una con su folio, sin repetirse, y lo que se descarga se puede volver a cargar."""

from pathlib import Path

import pytest

from dashboard.imports.carga import deshacer
from dashboard.imports.propuestas import FORMATO
from dashboard.ui.libro_propuestas import libro
from db.actions import propuestas
from db.engine import reading, writing
from db.models.comites import ClaseComite, Comite
from db.queries import propuestas as lee
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from tests.conftest import actor
from tests.db import mundo
from tests.imports.ayuda import consultar, escribir, huella_de_la_base, poner, uno

TITULOS = [
    "fecha",
    "clase",
    "quien",
    "sector",
    "lugar",
    "tema",
    "propuesta",
    "linea",
    "dependencia",
    "comite",
]
FILAS = [
    TITULOS,
    ["15/03/2026", "Queja", "Vecinas", "Social", "La Loma", "Baches", "Tapar los hoyos", "", "A00", "cop"],
    ["16/03/2026", "", "=cmd()", "", "", "Agua", "Cambiar el tubo", "", "", ""],
]


@pytest.fixture
def listo(base: str) -> None:
    _fundar()


def _fundar() -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.add(Comite(id=1, clase=ClaseComite.COPLADEMUN, nombre="Comité", siglas="COP"))


def test_cada_una_recibe_su_folio_repetir_no_suma_y_se_deshace(listo: None, tmp_path: Path) -> None:
    antes = huella_de_la_base()
    informe = poner("propuestas", escribir(tmp_path / "p.csv", FILAS), anio=2026, ente_id=1)
    assert (informe.guardadas, informe.rechazadas) == (2, [])
    assert consultar(
        "SELECT folio, clase, sector, dependencia_id, comite_id, estado FROM propuesta ORDER BY folio"
    ) == [
        ("PC/2026/001", "queja", "social", 1, 1, "recibida"),
        ("PC/2026/002", "propuesta", "social", None, None, "recibida"),
    ]
    assert poner("propuestas", escribir(tmp_path / "q.csv", FILAS), anio=2026, ente_id=1).guardadas == 0
    assert informe.carga_id is not None
    deshacer(FORMATO, informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_lo_descargado_se_corrige_y_se_carga_y_lo_respondido_no_cambia(listo: None, tmp_path: Path) -> None:
    poner("propuestas", escribir(tmp_path / "p.csv", FILAS), anio=2026, ente_id=1)
    with writing(actor(Rol.PLANEACION)) as session:
        cual = lee.propuestas(session)[-1]["id"]
        propuestas.responder(
            session, actor(Rol.PLANEACION), propuesta_id=cual, version=1, estado="atendida", respuesta="Ya"
        )
    with reading() as session:
        ruta = tmp_path / "libro.xlsx"
        ruta.write_bytes(libro(lee.propuestas(session)))
    informe = poner("propuestas", ruta, anio=2026, ente_id=1)
    assert (informe.guardadas, informe.omitidas, informe.rechazadas) == (0, 0, [])
    filas = [TITULOS, *([*f[:6], "Otra cosa", *f[7:]] for f in FILAS[1:])]
    informe = poner("propuestas", escribir(tmp_path / "c.csv", filas), anio=2026, ente_id=1)
    assert informe.guardadas == 1 and "no se tocan: 1" in " ".join(informe.avisos)
    assert consultar("SELECT texto FROM propuesta ORDER BY folio") == [("Tapar los hoyos",), ("Otra cosa",)]


def test_cada_falta_dice_su_celda(base_sqlite: str, tmp_path: Path) -> None:
    _fundar()
    bien = FILAS[2]
    filas = [
        TITULOS,
        ["01/01/2999", *bien[1:]],
        [bien[0], "Regaño", *bien[2:]],
        [*bien[:2], "", *bien[3:]],
        [*bien[:3], "Marino", *bien[4:]],
        [*bien[:7], "9.9.9", "Z99", "otro"],
        bien,
        bien,
    ]
    informe = poner("propuestas", escribir(tmp_path / "p.csv", filas), anio=2026, ente_id=1)
    assert {p["celda"] for p in informe.rechazadas} == {"A2", "B3", "C4", "D5", "H6", "I6", "J6", "F8", "F7"}
    assert uno("SELECT count(*) FROM propuesta") == 0


def test_solo_quien_coordina_los_comites_carga(base_sqlite: str, tmp_path: Path) -> None:
    _fundar()
    for rol in (Rol.COPLADEM, Rol.ENLACE):
        with pytest.raises(SinPermiso):
            poner("propuestas", escribir(tmp_path / "p.csv", FILAS), actor(rol), anio=2026, ente_id=1)
