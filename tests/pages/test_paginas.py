"""Toda pantalla abre, y sólo para quien la matriz dice."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select, update

import dashboard
from dashboard.gate.identidad import TERMINADA, firmar
from dashboard.pages_map import CARPETA, PAGES, Pagina
from db.base import tabla
from db.engine import writing
from db.models.municipio import Ejercicio
from db.models.usuarios import RolUsuario, Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, MATRIZ, Rol
from tests.pages.ayuda import abrir, abrir_sesion, aplicacion, textos

CONOCE_MAS = tuple(
    max(Rol, key=lambda rol: (rol in {r for a in pagina.acciones for r in MATRIZ[a]},
                              sum(rol in alcances for alcances in MATRIZ.values())))
    for pagina in PAGES
)  # fmt: skip
"""De cada pantalla, el rol que puede abrirla y que más puede hacer en todo lo demás."""

SIN_PERMISO = "No tiene permiso"


def abren(pagina: Pagina) -> set[Rol]:
    return {rol for accion in pagina.acciones for rol in MATRIZ[accion]}


def test_cada_archivo_de_pages_esta_en_el_menu_y_al_reves() -> None:
    assert {pagina.archivo for pagina in PAGES} == {ruta.name for ruta in CARPETA.glob("*.py")}
    assert [pagina.archivo for pagina in PAGES if pagina.inicial] == ["inicio.py"]
    assert PAGES[0].inicial


def test_nada_se_puede_abrir_sin_pasar_por_el_enrutador() -> None:
    """Una carpeta `pages` junto al enrutador abriría sus archivos sin sesión."""
    assert not (Path(dashboard.__file__).parent / "pages").exists()


@pytest.mark.parametrize(
    ("pagina", "rol"), [pytest.param(p, r, id=p.direccion) for p, r in zip(PAGES, CONOCE_MAS, strict=True)]
)
@pytest.mark.parametrize("datos", ["base_sqlite", "base_demo"])
def test_cada_pantalla_abre(request: pytest.FixtureRequest, datos: str, pagina: Pagina, rol: Rol) -> None:
    request.getfixturevalue(datos)
    at = abrir(pagina.direccion, rol)
    assert not at.exception, at.exception[0].stack_trace
    visto = textos(at)
    assert SIN_PERMISO not in visto and "Folio" not in visto
    assert at.title or "<h1" in visto or re.search("^# ", visto, re.MULTILINE), "le falta su título"


@pytest.mark.parametrize("rol", list(Rol))
def test_a_quien_no_puede_se_le_dice_y_no_ve_mas(base_sqlite: str, rol: Rol) -> None:
    for pagina in PAGES:
        if rol not in abren(pagina):
            at = abrir(pagina.direccion, rol)
            assert not at.exception
            assert [titulo.value for titulo in at.title] == [SIN_PERMISO], pagina.direccion
            assert not at.main.button and not at.dataframe, pagina.direccion


@pytest.mark.parametrize(
    "identidad",
    # La llave de firmar es de cada proceso: sin nombre propio, dos núcleos verían pruebas distintas.
    [None, "", "cualquiera", "1.2", pytest.param(firmar("no-existe")[:-1] + "x", id="mal-firmada")],
)
def test_al_desconocido_no_se_le_dibuja_nada(base_sqlite: str, identidad: str | None) -> None:
    at = aplicacion(identidad).run()
    assert not at.exception
    assert textos(at) == ""


@pytest.mark.parametrize("sid", [TERMINADA, "sid-que-no-existe"])
def test_a_quien_se_le_termino_la_sesion_solo_se_le_dice_eso(base_sqlite: str, sid: str) -> None:
    at = aplicacion(firmar(sid)).run()
    assert "Su sesión terminó" in textos(at) and "/entrar" in textos(at)
    assert len(textos(at).splitlines()) == 1


def test_desactivar_la_cuenta_cierra_la_pantalla_en_la_siguiente_corrida(base_sqlite: str) -> None:
    sid = abrir_sesion(Rol.CONTRALORIA)
    at = abrir("bitacora", sid=sid)
    assert "Bitácora" in textos(at)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(tabla(Usuario)).values(activa=False))
    at.run()
    assert "Su sesión terminó" in textos(at) and "Bitácora" not in textos(at)


def test_quitar_el_rol_cierra_la_pantalla_en_la_siguiente_corrida(base_sqlite: str) -> None:
    sid = abrir_sesion(Rol.CONTRALORIA)
    at = abrir("bitacora", sid=sid)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(tabla(RolUsuario)).values(rol=Rol.COPLADEM))
    at.run()
    assert [titulo.value for titulo in at.title] == [SIN_PERMISO]


def test_los_filtros_viajan_en_la_direccion(base_demo: str) -> None:
    at = abrir("inicio", Rol.PRESIDENCIA, ejercicio="2025", corte="Marzo")
    assert at.selectbox(key="ejercicio").value == 2025
    assert at.selectbox(key="corte").value == 3
    assert at.selectbox(key="ente").value == "Consolidado"


def test_un_filtro_inventado_en_la_direccion_no_rompe(base_demo: str) -> None:
    at = abrir("inicio", Rol.PRESIDENCIA, ejercicio="99';DROP", corte="treceavo", ente="<script>")
    assert not at.exception
    assert at.selectbox(key="ejercicio").value == 2026 and at.selectbox(key="corte").value == 0


def test_un_ejercicio_todavia_sin_metas_no_es_el_que_abre(base_demo: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        administracion_id = session.execute(select(tabla(Ejercicio).c.administracion_id)).scalars().first()
        session.add(Ejercicio(anio=2027, administracion_id=administracion_id))
    at = abrir("inicio", Rol.PRESIDENCIA)
    assert at.selectbox(key="ejercicio").options[0] == "2027"
    assert at.selectbox(key="ejercicio").value == 2026
