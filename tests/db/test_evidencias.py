"""Evidencias en los dos motores: una vez cada contenido, sólo lo propio, y nada se borra."""

import errno
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions import almacen
from db.actions.evidencias import abrir, guardar, ligar, reclasificar, retirar
from db.actions.idempotencia import Conflicto
from db.actions.respaldo import respaldar, restaurar
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.captura import ClaseCaptura, ClaseItem, Ventana
from db.models.evidencias import Clasificacion, Evidencia, PruebaDe
from db.queries.avance_captura import tablero
from db.queries.evidencias import biblioteca, carpeta, cobertura, de_item, falta_de_archivos, ruta_de
from db.rules.evidencias import Archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo

META, MES = ClaseItem.META, 3
OFICIO = Archivo("oficio.pdf", "application/pdf", b"%PDF-1.4 oficio")


def persona(cuenta: str, rol: Rol, dependencia_id: int | None = None) -> Actor:
    return Actor(1, cuenta, cuenta.title(), (Asignacion(rol, 1, dependencia_id),))


ENLACE = persona("enlace", Rol.ENLACE, 1)
AJENO = persona("ajeno", Rol.ENLACE, 2)
UIPPE = persona("uippe", Rol.PLANEACION)
CONTRALORIA = persona("contraloria", Rol.CONTRALORIA)


@pytest.fixture
def listo(base: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    yield base


@pytest.fixture
def ligero(base_sqlite: str) -> Iterator[str]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    yield base_sqlite


def subir(*metas: int, actor: Actor = ENLACE, archivo: Archivo = OFICIO, **mas: Any) -> int:
    with writing(actor) as session:
        hecha = guardar(
            session, actor, archivo=archivo, items=[(META, m) for m in metas], anio=mundo.ANIO, mes=MES, **mas
        )
        assert hecha.id is not None
        return hecha.id


def ver(actor: Actor, cual: int) -> dict[str, Any]:
    with reading() as session:
        return abrir(session, actor, cual)


def quitar(actor: Actor, cual: int, motivo: str = "Era de otra obra", version: int = 1) -> None:
    with writing(actor) as session:
        retirar(session, actor, evidencia_id=cual, version=version, motivo=motivo)


def cuantos(modelo: type[Evidencia] | type[PruebaDe]) -> int:
    with reading() as session:
        return session.execute(select(func.count()).select_from(tabla(modelo))).scalar_one()


def archivos() -> list[str]:
    return sorted(ruta.name for ruta in carpeta().rglob("*") if ruta.is_file())


def test_el_mismo_contenido_es_un_archivo_y_prueba_varios_resultados(listo: str) -> None:
    una = subir(1)
    assert subir(1, 2) == una and cuantos(PruebaDe) == 2
    otra = subir(3, actor=UIPPE, archivo=Archivo("copia.pdf", "application/pdf", OFICIO.contenido))
    assert otra != una and len(archivos()) == 1
    with reading() as session:
        fila = de_item(session, META, 2, mundo.ANIO, MES)[0]
        assert ruta_de(fila["sha256"]).read_bytes() == OFICIO.contenido
        assert [p["nombre"] for p in fila["prueba"]] == ["Meta 1", "Meta 2"]
        assert (fila["subio"], fila["tamano"], fila["dependencias"]) == ("enlace", 15, [1, 11])
        assert falta_de_archivos(session) is None


def test_el_enlace_ajeno_no_sube_ni_ve_ni_sabe_si_existe(listo: str) -> None:
    cual = subir(1)
    for que in (1, 999):
        with pytest.raises(SinPermiso):
            subir(que, actor=AJENO)
    with pytest.raises(SinPermiso):
        subir(1, 3)
    assert cuantos(PruebaDe) == 1
    dichos = set()
    for otra in (cual, 999, 2**40, -1):
        with pytest.raises(SinPermiso) as error:
            ver(AJENO, otra)
        dichos.add(str(error.value))
    assert len(dichos) == 1
    for rol in (Rol.PRESIDENCIA, Rol.TESORERIA, Rol.COPLADEM, Rol.ADMINISTRACION):
        with pytest.raises(SinPermiso):
            ver(persona("otro", rol), cual)
        with pytest.raises(SinPermiso):
            subir(1, actor=persona("otro", rol))
    assert ver(ENLACE, cual)["nombre"] == ver(CONTRALORIA, cual)["nombre"] == "oficio.pdf"


def test_lo_confidencial_no_lo_ve_el_area_a_la_que_tambien_sirve(ligero: str) -> None:
    publica = subir(1, 3, actor=UIPPE)
    assert ver(AJENO, publica)
    lista = Archivo("lista.pdf", "application/pdf", b"%PDF-1.4 lista")
    secreta = subir(1, 3, actor=UIPPE, archivo=lista, clasificacion=Clasificacion.CONFIDENCIAL)
    with pytest.raises(SinPermiso):
        ver(AJENO, secreta)
    for actor in (ENLACE, UIPPE, CONTRALORIA):
        assert ver(actor, secreta)
    with pytest.raises(Problema, match="ya está guardado como confidencial") as error:
        subir(2, archivo=lista)
    assert error.value.campo == "clasificacion"


def test_al_enlace_le_rige_el_plazo_y_el_cierre(ligero: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        ventana = Ventana(
            anio=mundo.ANIO, mes=MES, clase=ClaseCaptura.ACTIVIDADES,
            abre=ahora() - timedelta(days=9), cierra=ahora() - timedelta(days=1),
        )  # fmt: skip
        session.add(ventana)
    with pytest.raises(Problema, match="La captura cerró"):
        subir(1)
    assert subir(1, actor=UIPPE)
    with pytest.raises(Problema, match="no es de este periodo"), writing(UIPPE) as session:
        guardar(session, UIPPE, archivo=OFICIO, items=[(META, 1)], anio=mundo.ANIO, mes=4)
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.cerrar(session, 6)
    with pytest.raises(Problema, match="está cerrado"), writing(ENLACE) as session:
        guardar(session, ENLACE, archivo=OFICIO, items=[(META, 1)], anio=mundo.ANIO, mes=6)


def test_retirar_pide_razon_y_nada_se_borra(listo: str) -> None:
    cual = subir(1)
    with pytest.raises(Problema, match="motivo"):
        quitar(ENLACE, cual, motivo="  ")
    with pytest.raises(SinPermiso):
        quitar(AJENO, cual)
    with pytest.raises(Conflicto):
        quitar(ENLACE, cual, version=7)
    quitar(ENLACE, cual)
    with pytest.raises(Problema, match="ya se había retirado"):
        quitar(ENLACE, cual, version=2)
    assert cuantos(Evidencia) == 1 and len(archivos()) == 1
    with reading() as session:
        fila = de_item(session, META, 1, mundo.ANIO, MES)[0]
    assert (fila["retirada"], fila["motivo"]) == (True, "Era de otra obra")
    with pytest.raises(SinPermiso):
        ver(ENLACE, cual)
    assert ver(CONTRALORIA, cual)["retirada"]
    with pytest.raises(Problema, match="se retiró"), writing(UIPPE) as session:
        ligar(session, UIPPE, evidencia_id=cual, items=[(META, 2)], anio=mundo.ANIO, mes=MES)
    assert subir(1) != cual


def test_el_area_reserva_mas_pero_solo_planeacion_abre(ligero: str) -> None:
    cual = subir(1, 3, actor=UIPPE)

    def poner(actor: Actor, clase: Clasificacion, version: int) -> None:
        with writing(actor) as session:
            reclasificar(session, actor, evidencia_id=cual, version=version, clasificacion=clase)

    with pytest.raises(SinPermiso):
        poner(AJENO, Clasificacion.CONFIDENCIAL, 1)
    poner(ENLACE, Clasificacion.CONFIDENCIAL, 1)
    with pytest.raises(SinPermiso):
        ver(AJENO, cual)
    with pytest.raises(Problema, match="Sólo planeación"):
        poner(ENLACE, Clasificacion.PUBLICA, 2)
    with pytest.raises(Conflicto):
        poner(UIPPE, Clasificacion.PUBLICA, 1)
    poner(UIPPE, Clasificacion.PUBLICA, 2)
    assert ver(AJENO, cual)["clasificacion"] == "publica"


def test_el_enlace_no_retira_lo_que_sostiene_una_cifra_oficial(ligero: str) -> None:
    cual = subir(1)
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 1, MES, 10)
    with pytest.raises(Problema, match="resultado validado"):
        quitar(ENLACE, cual)
    quitar(UIPPE, cual)


def test_la_cobertura_cuadra_con_el_tablero_de_captura(ligero: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        for meta in (1, 2, 3):
            mundo.avance(session, meta, MES, 10, validado=False)
    cual = subir(1)
    with reading() as session:
        hay = cobertura(session, anio=mundo.ANIO)
        captura = tablero(session, anio=mundo.ANIO)
        assert [f["id"] for f in biblioteca(session, anio=mundo.ANIO, mes=MES, buscar="OFÍCIO")] == [cual]
        assert not biblioteca(session, anio=mundo.ANIO, mes=MES, area_id=2)
    areas = {a["id"]: a["meses"][MES] for a in hay["areas"]}
    assert areas == {
        11: {"tocan": 2, "entregadas": 2, "con": 1, "sin": 1},
        12: {"tocan": 2, "entregadas": 1, "con": 0, "sin": 1},
    }
    for d in captura["dependencias"]:
        sin = sum(a["meses"][MES]["sin"] for a in hay["areas"] if a["general_id"] == d["id"])
        assert d["meses"][MES]["sin_evidencia"] == sin == 1
    quitar(ENLACE, cual)
    with reading() as session:
        assert cobertura(session, anio=mundo.ANIO)["areas"][0]["meses"][MES]["sin"] == 2


def test_sin_espacio_no_queda_renglon_ni_archivo_a_medias(
    ligero: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lleno(_numero: int) -> None:
        raise OSError(errno.ENOSPC, "lleno")

    with monkeypatch.context() as parche:
        parche.setattr(almacen.os, "fsync", lleno)
        with pytest.raises(Problema, match="Sin espacio en disco"):
            subir(1)
    assert cuantos(Evidencia) == 0 and archivos() == []


def test_verificar_dice_que_archivo_falta_o_esta_alterado(ligero: str) -> None:
    subir(1)
    cual = subir(2, archivo=Archivo("foto.png", "image/png", b"\x89PNG otra"))
    with reading() as session:
        fila = de_item(session, META, 2, mundo.ANIO, MES)[0]
        ruta = ruta_de(fila["sha256"])
        ruta.write_bytes(b"cambiada")
        assert f"está alterado el archivo de la evidencia {cual}, «foto.png»" in (
            falta_de_archivos(session) or ""
        )
        ruta.unlink()
        assert "falta el archivo" in (falta_de_archivos(session) or "")


@pytest.fixture
def otro_hogar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Pone otra carpeta de datos, con la misma base: como una máquina nueva sin evidencias."""

    def mudar() -> Path:
        nuevo = tmp_path / "otra"
        nuevo.mkdir()
        monkeypatch.setenv("SIEM_HOME", str(nuevo))
        return nuevo

    return mudar


def test_el_respaldo_se_lleva_las_evidencias_una_vez_y_las_repone(
    ligero: str, tmp_path: Path, otro_hogar: Callable[[], Path]
) -> None:
    subir(1)
    retirado = subir(2, archivo=Archivo("foto.png", "image/png", b"\x89PNG otra"))
    quitar(ENLACE, retirado)
    destino = tmp_path / "usb"
    destino.mkdir()
    hecho = respaldar(destino / "uno.zip")
    copiados = {p: p.stat().st_mtime_ns for p in (destino / "evidencias").rglob("*") if p.is_file()}
    assert sorted(p.name for p in copiados) == hecho.manifiesto.evidencias == archivos()
    respaldar(destino / "dos.zip")
    assert {p: p.stat().st_mtime_ns for p in copiados} == copiados
    nuevo = otro_hogar()
    assert restaurar(destino / "uno.zip").sin_evidencias == 0
    assert (
        sorted(p.name for p in (nuevo / "evidencias").rglob("*") if p.is_file())
        == hecho.manifiesto.evidencias
    )
    with reading() as session:
        assert falta_de_archivos(session) is None


def test_sin_sus_evidencias_no_se_restaura_salvo_que_se_pida(
    ligero: str, tmp_path: Path, otro_hogar: Callable[[], Path]
) -> None:
    subir(1)
    destino = tmp_path / "usb"
    destino.mkdir()
    respaldar(destino / "uno.zip")
    for archivo in (destino / "evidencias").rglob("*"):
        if archivo.is_file():
            archivo.write_bytes(b"cambiado")
    otro_hogar()
    subir(2)
    assert len(archivos()) == 1, "subir otra vez lo perdido lo repone"
    next(p for p in carpeta().rglob("*") if p.is_file()).unlink()
    with pytest.raises(Problema, match="Falta un archivo de evidencia"):
        restaurar(destino / "uno.zip")
    assert cuantos(PruebaDe) == 2
    assert restaurar(destino / "uno.zip", sin_evidencias=True).sin_evidencias == 1
    assert cuantos(PruebaDe) == 1


def test_una_evidencia_perdida_no_impide_respaldar_pero_se_dice(ligero: str, tmp_path: Path) -> None:
    subir(1)
    next(p for p in carpeta().rglob("*") if p.is_file()).unlink()
    hecho = respaldar(tmp_path / "copia.zip")
    assert (hecho.evidencias_perdidas, hecho.manifiesto.evidencias) == (1, [])
