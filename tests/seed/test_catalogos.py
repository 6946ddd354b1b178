"""Los catálogos oficiales: completos, con sus ceros y sin duplicarse."""

import unicodedata

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.engine import reading, writing
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.presupuesto import SegmentoClave
from db.models.programas import Programa, Proyecto
from db.queries.clave_presupuestaria import POR_OMISION
from db.rules.permisos import LINEA_DE_COMANDOS
from seed import catalogos
from seed.inicial import preparar

TAMANOS = {
    NombreCatalogo.OBJETO_GASTO: 427,
    NombreCatalogo.FUNCIONAL: 143,
    NombreCatalogo.PROGRAMATICA: 23,
    NombreCatalogo.TIPO_GASTO: 5,
    NombreCatalogo.FUENTE: 18,
    NombreCatalogo.ADMINISTRATIVA: 6,
    NombreCatalogo.ODS: 17,
    NombreCatalogo.ODS_META: 169,
    NombreCatalogo.PND: 7,
    NombreCatalogo.DEPENDENCIA_GENERAL: 78,
    NombreCatalogo.DEPENDENCIA_AUXILIAR: 126,
}


def _cuenta(session: Session, modelo: type) -> int:
    return session.execute(select(func.count()).select_from(tabla(modelo))).scalar_one()


def test_un_municipio_nuevo_recibe_los_catalogos_completos_y_repetirlo_no_agrega_nada(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        preparar(session)
    with writing(LINEA_DE_COMANDOS) as session:
        preparar(session)
        assert catalogos.cargar_catalogos(session) == 0
    entrada = tabla(EntradaCatalogo).c
    with reading() as session:
        por_catalogo = select(entrada.catalogo, func.count()).group_by(entrada.catalogo)
        cuentas = dict(session.execute(por_catalogo).tuples().all())
        assert {c: cuentas[c] for c in TAMANOS} == TAMANOS
        assert _cuenta(session, SegmentoClave) == len(POR_OMISION) == 7
        sin_fuente = select(entrada.clave).where(entrada.fuente == "")
        assert session.execute(sin_fuente).all() == []


def test_lo_que_el_municipio_corrigio_no_se_pisa(base_sqlite: str) -> None:
    entrada = tabla(EntradaCatalogo)
    suyo = entrada.c.catalogo == NombreCatalogo.TIPO_GASTO, entrada.c.clave == "1"
    with writing(LINEA_DE_COMANDOS) as session:
        catalogos.cargar_catalogos(session)
        session.execute(entrada.update().where(*suyo).values(nombre="Corriente municipal"))
        catalogos.cargar_catalogos(session)
        assert session.execute(select(entrada.c.nombre).where(*suyo)).scalar_one() == "Corriente municipal"


def test_los_programas_y_proyectos_se_crean_una_vez_por_ejercicio(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        assert catalogos.programas_edomex(session, 2026) == 74 + 193
        assert catalogos.programas_edomex(session, 2026) == 0
        assert catalogos.programas_edomex(session, 2027) == 74 + 193
        p, y = tabla(Programa).c, tabla(Proyecto).c
        unidos = tabla(Proyecto).join(tabla(Programa), p.id == y.programa_id)
        filas = session.execute(select(p.clave, y.clave, p.anio, y.anio).select_from(unidos)).all()
    assert all(proyecto.startswith(programa) and a == b for programa, proyecto, a, b in filas)


def test_las_claves_conservan_sus_ceros_y_su_longitud() -> None:
    for archivo, largo in (("programas_edomex.csv", 8), ("proyectos_edomex.csv", 12), ("municipios.csv", 5)):
        claves = [renglon["clave"] for renglon in catalogos.leer(archivo)]
        assert {len(clave) for clave in claves} == {largo}
        assert all(clave.isdigit() for clave in claves)
        assert any(clave.startswith("0") for clave in claves)
        assert len(set(claves)) == len(claves)


def test_cada_archivo_dice_su_fuente_y_cada_padre_existe() -> None:
    archivos = {ruta.name for ruta in catalogos.CARPETA.glob("*.csv")} - {"fuentes.csv"}
    assert archivos == set(catalogos.fuentes())
    for archivo in ("objeto_gasto.csv", "funcional.csv", "fuente.csv", "administrativa.csv"):
        renglones = catalogos.leer(archivo)
        claves = {renglon["clave"] for renglon in renglones}
        assert {renglon["padre"] for renglon in renglones} - {""} <= claves
    objetivos = {renglon["clave"] for renglon in catalogos.leer("ods.csv")}
    assert {renglon["padre"] for renglon in catalogos.leer("ods_meta.csv")} == objetivos


@pytest.mark.parametrize("archivo", sorted(catalogos.fuentes()))
def test_los_nombres_estan_limpios(archivo: str) -> None:
    for renglon in catalogos.leer(archivo):
        for valor in renglon.values():
            assert valor == unicodedata.normalize("NFC", valor).strip()
            assert "\xa0" not in valor
            assert "  " not in valor
        assert renglon["nombre"]


def test_la_letra_conac_de_cada_proyecto_esta_en_la_clasificacion_programatica() -> None:
    letras = {renglon["clave"] for renglon in catalogos.leer("programatica.csv")}
    assert {renglon["letra_conac"] for renglon in catalogos.leer("proyectos_edomex.csv")} <= letras


def test_se_encuentra_el_municipio_por_su_clave() -> None:
    assert catalogos.municipios()["15054"] == ("Metepec", "México")
    assert len(catalogos.municipios()) == 2_478
