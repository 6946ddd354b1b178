"""La descarga de evidencias por su dirección: adjunta, sin guardarse, y la ajena no existe."""

from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db.actions.evidencias import guardar
from db.actions.usuarios import cifrar_clave, crear_usuario
from db.base import tabla
from db.engine import reading, writing
from db.models.bitacora import Bitacora
from db.models.captura import ClaseItem
from db.models.evidencias import Clasificacion
from db.queries.evidencias import carpeta
from db.rules.evidencias import Archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Asignacion, Rol
from tests.db import mundo
from tests.door.conftest import CLAVE, cliente, entrar

PDF = b"%PDF-1.4 hola %%EOF"


def subir(meta: int, clasificacion: Clasificacion = Clasificacion.PUBLICA, contenido: bytes = PDF) -> str:
    with writing(LINEA_DE_COMANDOS) as session:
        hecha = guardar(
            session, LINEA_DE_COMANDOS, archivo=Archivo('Lista "ñ"\u2028.pdf', "application/pdf", contenido),
            items=[(ClaseItem.META, meta)], anio=mundo.ANIO, mes=3, clasificacion=clasificacion,
        )  # fmt: skip
        return f"/evidencia/{hecha.id}"


@pytest.fixture
def enlace(base_sqlite: str) -> TestClient:
    """El enlace de la dependencia 1, ya dentro."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with writing(LINEA_DE_COMANDOS) as session:
        creado = crear_usuario(
            session, LINEA_DE_COMANDOS, cuenta="enlace", nombre="Enlace",
            asignaciones=[Asignacion(Rol.ENLACE, 1, 1)],
        )  # fmt: skip
        creado.clave_hash = cifrar_clave(CLAVE)
    quien = cliente()
    assert entrar(quien, "enlace").status_code == 303
    return quien


def test_la_propia_se_descarga_como_adjunto_que_nadie_guarda_ni_ejecuta(enlace: TestClient) -> None:
    respuesta = enlace.get(subir(1))
    assert (respuesta.status_code, respuesta.content) == (200, PDF)
    cabeceras = respuesta.headers
    assert cabeceras["content-type"] == "application/pdf"
    adjunto = cabeceras["content-disposition"]
    assert adjunto.startswith('attachment; filename="evidencia-1.pdf"; ')
    assert adjunto.endswith("filename*=UTF-8''Lista%20%22%C3%B1%22%E2%80%A8.pdf")
    assert "sandbox" in cabeceras["content-security-policy"]
    assert cabeceras["x-content-type-options"] == "nosniff"
    assert cabeceras["cache-control"] == "no-store"


def test_la_ajena_y_la_que_no_existe_se_niegan_igual(enlace: TestClient) -> None:
    ajena, propia = subir(3), subir(1, Clasificacion.CONFIDENCIAL)
    dichos = {enlace.get(ruta).text for ruta in (ajena, "/evidencia/999", "/evidencia/9999999999")}
    assert len(dichos) == 1 and "no existe" in dichos.pop()
    for ruta in (
        ajena,
        f"{propia}/",
        "/evidencia/",
        "/evidencia/1%2e",
        "/evidencia/../evidencia/x",
        "/evidencia/-1",
    ):
        assert enlace.get(ruta).status_code == 404, ruta
    assert enlace.post(propia).status_code == 404
    sin_sesion = cliente().get(propia)
    assert sin_sesion.status_code == 303 and "/entrar" in sin_sesion.headers["location"]


def test_quien_abre_lo_reservado_queda_en_la_bitacora(enlace: TestClient) -> None:
    assert enlace.get(subir(1, Clasificacion.RESERVADA)).status_code == 200
    assert enlace.head("/evidencia/1").status_code == 200
    with reading() as session:
        b = tabla(Bitacora).c
        filas = session.execute(select(b.cuenta, b.entidad_id).where(b.accion == "abrir")).all()
    assert [tuple(fila) for fila in filas] == [("enlace", "1")]


def test_un_archivo_alterado_no_se_entrega(enlace: TestClient) -> None:
    ruta = subir(1)
    archivo = next(p for p in Path(carpeta()).rglob("*") if p.is_file())
    archivo.write_bytes(b"otra cosa")
    respuesta = enlace.get(ruta)
    assert respuesta.status_code == 503 and "alterado" in respuesta.text
    archivo.unlink()
    assert enlace.get(ruta).status_code == 503
