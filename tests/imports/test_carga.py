"""La maquinaria de carga: todo o nada, reconocer lo ya cargado, deshacer y permisos, en los dos motores."""

from pathlib import Path

import pytest

from dashboard.imports import carga as maquinaria
from dashboard.imports.carga import confirmar, deshacer, exigir_formato, preparar
from dashboard.imports.formato import Contexto
from dashboard.imports.registro import FORMATS
from db.audit import verificar_cadena
from db.engine import reading, writing
from db.models.municipio import Ente
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.imports.ayuda import (
    DATOS,
    EN_ORDEN,
    consultar,
    escribir,
    huella_de_la_base,
    leer_csv,
    poner,
    poner_hasta,
    uno,
)


def test_todos_los_archivos_inventados_se_cargan_en_su_orden(base: str) -> None:
    for formato, archivo in EN_ORDEN:
        informe = poner(formato, DATOS / archivo)
        assert informe.rechazadas == []
        assert informe.leidas == informe.guardadas + informe.sin_cambio + informe.omitidas
        assert informe.guardadas > 0
    with reading() as session:
        assert verificar_cadena(session) is None
    assert uno("SELECT count(*) FROM bitacora WHERE accion = 'cargar'") == len(EN_ORDEN)


def test_cargar_todo_otra_vez_no_escribe_nada(base: str) -> None:
    for formato, archivo in EN_ORDEN:
        poner(formato, DATOS / archivo)
    antes, bitacora = huella_de_la_base(), uno("SELECT count(*) FROM bitacora")
    for formato, archivo in EN_ORDEN:
        informe = poner(formato, DATOS / archivo)
        assert informe.guardadas == 0
        assert informe.carga_id is None
        assert informe.ya_cargado is not None
        assert informe.ya_cargado["autor"] == LINEA_DE_COMANDOS.cuenta
    assert huella_de_la_base() == antes
    assert uno("SELECT count(*) FROM bitacora") == bitacora


def test_deshacer_de_la_ultima_a_la_primera_deja_la_base_como_estaba(base: str) -> None:
    huellas, cargas = [], []
    for formato, archivo in EN_ORDEN:
        # Lo supuesto (municipio, ejercicio, ente) no es del archivo y se queda.
        preparar_base(formato, archivo)
        huellas.append(huella_de_la_base())
        cargas.append((formato, poner(formato, DATOS / archivo).carga_id))
    for (formato, carga_id), antes in zip(reversed(cargas), reversed(huellas), strict=True):
        assert carga_id is not None
        deshacer(exigir_formato(FORMATS, formato), carga_id, LINEA_DE_COMANDOS)
        assert huella_de_la_base() == antes
    assert set(consultar("SELECT DISTINCT estado FROM carga")) == {("deshecha",)}


def preparar_base(formato: str, archivo: str) -> None:
    from db.actions.por_omision import asegurar

    with writing(LINEA_DE_COMANDOS) as session:
        asegurar(session, 2026)


def test_deshacer_un_cambio_devuelve_los_textos_anteriores(base: str, tmp_path: Path) -> None:
    poner_hasta("actividades")
    poner("actividades", DATOS / "actividades.csv")
    antes = huella_de_la_base()
    filas = leer_csv("actividades.csv")
    filas[1][6], filas[1][8], filas[1][20] = "Otro nombre", "1250", "150"
    informe = poner("actividades", escribir(tmp_path / "cambio.csv", filas))
    assert (informe.guardadas, informe.sin_cambio) == (1, 3)
    assert huella_de_la_base() != antes
    assert informe.carga_id is not None
    deshacer(exigir_formato(FORMATS, "actividades"), informe.carga_id, LINEA_DE_COMANDOS)
    assert huella_de_la_base() == antes


def test_no_se_deshace_si_otra_carga_depende_de_ella(base: str) -> None:
    poner_hasta("indicadores")
    plan = uno("SELECT id FROM carga WHERE formato = 'plan'")
    with pytest.raises(Problema, match="dependen de esta carga"):
        deshacer(exigir_formato(FORMATS, "plan"), plan, LINEA_DE_COMANDOS)
    assert uno("SELECT estado FROM carga WHERE id = :id", id=plan) == "vigente"


def test_no_se_deshace_si_una_persona_cambio_despues_un_renglon(base: str) -> None:
    from db.models.actividad import MetaActividad

    poner_hasta("indicadores")
    carga_id = uno("SELECT id FROM carga WHERE formato = 'actividades'")
    with writing(actor(Rol.PLANEACION)) as session:
        meta = session.get_one(MetaActividad, uno("SELECT min(id) FROM meta_actividad"))
        meta.nombre = "Corregida a mano"
    with pytest.raises(Problema, match="cambiaron metas de actividad"):
        deshacer(exigir_formato(FORMATS, "actividades"), carga_id, LINEA_DE_COMANDOS)
    assert uno("SELECT count(*) FROM meta_actividad WHERE nombre = 'Corregida a mano'") == 1


def test_no_se_deshace_dos_veces_ni_saltando_una_posterior(base_sqlite: str, tmp_path: Path) -> None:
    poner_hasta("indicadores")
    primera = uno("SELECT id FROM carga WHERE formato = 'actividades'")
    filas = leer_csv("actividades.csv")
    filas[1][6] = "Otro nombre"
    segunda = poner("actividades", escribir(tmp_path / "segunda.csv", filas)).carga_id
    formato = exigir_formato(FORMATS, "actividades")
    assert segunda is not None
    with pytest.raises(Problema, match=r"segunda\.csv"):
        deshacer(formato, primera, LINEA_DE_COMANDOS)
    deshacer(formato, segunda, LINEA_DE_COMANDOS)
    with pytest.raises(Problema, match="ya se deshizo"):
        deshacer(formato, segunda, LINEA_DE_COMANDOS)
    deshacer(formato, primera, LINEA_DE_COMANDOS)
    assert uno("SELECT count(*) FROM meta_actividad") == 0


def test_un_solo_problema_grave_y_no_se_guarda_nada(base: str, tmp_path: Path) -> None:
    poner_hasta("actividades")
    antes = huella_de_la_base()
    filas = leer_csv("actividades.csv")
    filas[1][8] = "1300"
    informe = poner("actividades", escribir(tmp_path / "mal.csv", filas))
    assert [(p["celda"], p["valor"]) for p in informe.rechazadas] == [("I2", "1300")]
    assert informe.guardadas == 0 and informe.carga_id is None
    assert huella_de_la_base() == antes


def test_confirmar_dos_veces_lo_mismo_guarda_una(base: str) -> None:
    poner_hasta("plan")
    ruta = DATOS / "plan.xlsx"
    preparada = preparar(
        exigir_formato(FORMATS, "plan"), ruta, ruta.name, Contexto(LINEA_DE_COMANDOS, ruta.name)
    )
    primera = confirmar(preparada, LINEA_DE_COMANDOS)
    segunda = confirmar(preparada, LINEA_DE_COMANDOS)
    assert primera == segunda
    assert primera.guardadas == 5
    assert uno("SELECT count(*) FROM carga WHERE formato = 'plan'") == 1


def test_revisar_no_escribe_nada(base: str) -> None:
    antes = (huella_de_la_base(), uno("SELECT numero FROM data_version"))
    ruta = DATOS / "plan.xlsx"
    preparada = preparar(
        exigir_formato(FORMATS, "plan"), ruta, ruta.name, Contexto(LINEA_DE_COMANDOS, ruta.name)
    )
    assert preparada.cuenta.guardadas == 5
    assert (huella_de_la_base(), uno("SELECT numero FROM data_version")) == antes


@pytest.mark.parametrize("formato", [f.nombre for f in FORMATS])
@pytest.mark.parametrize("rol", [Rol.PRESIDENCIA, Rol.COPLADEM, Rol.CONTRALORIA])
def test_quien_no_puede_cargar_no_llega_ni_a_leer(
    base_sqlite: str, formato: str, rol: Rol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maquinaria, "leer", lambda *_: pytest.fail("leyó el archivo"))
    with pytest.raises(SinPermiso):
        poner(formato, DATOS / "plan.xlsx", actor(rol))


def test_un_rol_limitado_a_un_ente_no_carga_en_otro(base_sqlite: str) -> None:
    poner_hasta("actividades")
    with writing(LINEA_DE_COMANDOS) as session:
        otro = Ente(clave="otro", nombre="Otro")
        session.add(otro)
    with pytest.raises(SinPermiso):
        poner("actividades", DATOS / "actividades.csv", actor(Rol.PLANEACION, ente_id=otro.id))


def test_un_archivo_de_otro_ejercicio_no_entra_en_el_elegido(base_sqlite: str) -> None:
    poner_hasta("actividades")
    informe = poner("actividades", DATOS / "actividades.csv", anio=2025)
    assert len(informe.rechazadas) == 4
    assert "2025" in informe.rechazadas[0]["regla"]


def test_el_plan_supuesto_sin_anio_pasa_a_la_administracion_que_dice_el_siguiente_archivo(
    base_sqlite: str, tmp_path: Path
) -> None:
    poner("plan", DATOS / "plan.xlsx", anio=2030)
    filas = leer_csv("actividades.csv")
    informe = poner("actividades", escribir(tmp_path / "a.csv", filas))
    assert any("2025-2027" in defecto for defecto in informe.defectos)
    assert consultar("SELECT nombre FROM administracion") == [("2025-2027",)]
    assert consultar("SELECT anio FROM ejercicio") == [(2026,)]
    assert uno("SELECT count(*) FROM cita_linea") == 4


def test_el_autor_y_el_archivo_quedan_en_la_bitacora(base_sqlite: str) -> None:
    poner_hasta("plan")
    informe = poner("plan", DATOS / "plan.xlsx", actor(Rol.PLANEACION))
    fila = consultar(
        "SELECT cuenta, entidad_id, cuerpo FROM bitacora WHERE accion = 'cargar' ORDER BY id DESC"
    )[0]
    assert fila[:2] == ("prueba.planeacion", str(informe.carga_id))
    assert uno("SELECT sha256 FROM carga WHERE id = :id", id=informe.carga_id) in fila[2]
