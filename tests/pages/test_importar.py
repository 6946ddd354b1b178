"""La página Importar: revisar, ver, guardar, deshacer; y a quién le ofrece qué."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.rules.permisos import MATRIZ, Rol
from tests.imports.ayuda import DATOS, escribir, leer_csv, poner_hasta, uno
from tests.pages.ayuda import abrir


def _revisado(archivo: Path, formato: str, *roles: Rol) -> AppTest:
    at = abrir("importar", *roles, formato=formato)
    at.file_uploader[0].upload(archivo.name, archivo.read_bytes(), "application/octet-stream").run()
    at.main.button(key="importar_revisar").click().run()
    return _terminado(at)


def _terminado(at: AppTest) -> AppTest:
    """Espera al hilo que trabaja y vuelve a correr la página."""
    if (trabajo := at.session_state["_importar"]["trabajo"]) is not None:
        assert trabajo.esperar(60)
    at.run()
    assert not at.exception
    return at


def test_revisar_guardar_y_deshacer(base_sqlite: str) -> None:
    poner_hasta("plan")
    at = _revisado(DATOS / "plan.xlsx", "plan", Rol.PLANEACION)
    assert uno("SELECT count(*) FROM nodo_plan") == 0
    at.main.button(key="importar_guardar").click().run()
    _terminado(at)
    assert uno("SELECT count(*) FROM nodo_plan WHERE nivel = 5") == 5
    assert any("Guardado: 5 de 5" in aviso.value for aviso in at.success)
    at.selectbox(key="importar_elegida").select(uno("SELECT max(id) FROM carga")).run()
    assert at.main.button(key="importar_deshacer").disabled
    at.main.text_input(key="importar_porque").input("Era de otro municipio").run()
    at.main.button(key="importar_deshacer").click().run()
    assert any("Se deshizo" in aviso.value for aviso in at.success)
    assert uno("SELECT count(*) FROM nodo_plan") == 0
    assert "Era de otro municipio" in uno("SELECT cuerpo FROM bitacora WHERE accion = 'deshacer'")


def test_un_archivo_con_problemas_no_ofrece_guardar(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("actividades")
    filas = leer_csv("actividades.csv")
    filas[1][8] = "1300"
    at = _revisado(escribir(tmp_path / "mal.csv", filas), "actividades", Rol.PLANEACION)
    assert any("un problema por corregir" in error.value for error in at.error)
    assert any("I2" in list(tabla.value.get("Celda", [])) for tabla in at.dataframe)
    assert not [boton for boton in at.main.button if boton.key == "importar_guardar"]


def test_un_archivo_que_no_se_puede_leer_lo_dice(base_sqlite: str, tmp_path: Path) -> None:
    roto = tmp_path / "roto.xlsx"
    roto.write_bytes(b"PK\x03\x04 no es un libro")
    at = _revisado(roto, "plan", Rol.PLANEACION)
    assert at.error and "Traceback" not in at.error[0].value


def test_lo_que_no_se_puede_deshacer_dice_por_que(base_sqlite: str) -> None:
    poner_hasta("indicadores")
    at = abrir("importar", Rol.PLANEACION)
    at.selectbox(key="importar_elegida").select(uno("SELECT id FROM carga WHERE formato = 'plan'")).run()
    at.main.text_input(key="importar_porque").input("Porque sí").run()
    at.main.button(key="importar_deshacer").click().run()
    assert any("dependen de esta carga" in error.value for error in at.error)
    assert uno("SELECT count(*) FROM nodo_plan WHERE nivel = 5") == 5


@pytest.mark.parametrize(
    ("rol", "suyos", "ajenos"),
    [
        (Rol.TESORERIA, {"presupuesto", "adecuaciones", "eaepe", "ingresos"}, {"plan", "avances", "guia"}),
        (Rol.ENLACE, {"avances", "anteproyecto"}, {"plan", "presupuesto", "indicadores", "guia"}),
        (Rol.PLANEACION, {"plan", "estructura", "mir", "avances", "guia"}, {"presupuesto", "ingresos"}),
    ],
)
def test_cada_rol_ve_solo_lo_que_puede_cargar(
    base_sqlite: str, rol: Rol, suyos: set[str], ajenos: set[str]
) -> None:
    poner_hasta("plan")
    from dashboard.imports.registro import FORMATS

    titulos = {f.nombre: f.titulo for f in FORMATS}
    at = abrir("importar", rol)
    assert not at.exception
    ofrece = set(at.selectbox(key="importar_formato").options)
    assert {titulos[nombre] for nombre in suyos} <= ofrece
    assert ofrece.isdisjoint(titulos[nombre] for nombre in ajenos)
    assert ofrece == {f.titulo for f in FORMATS if rol in MATRIZ[f.permiso]}


def test_dar_de_baja_nodos_del_plan_se_confirma_aparte(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("actividades")
    corto = [
        ["eje", "tema", "objetivo", "estrategia", "linea_accion"],
        ["Uno", "Dos", "Tres", "Cuatro", "Cinco"],
    ]
    at = _revisado(escribir(tmp_path / "corto.csv", corto), "plan", Rol.PLANEACION)
    assert at.main.button(key="importar_guardar").disabled
    at.checkbox(key="importar_bajas").check().run()
    assert not at.main.button(key="importar_guardar").disabled
