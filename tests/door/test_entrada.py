"""La hoja de entrada, el código de un solo uso y la demostración."""

import re
from pathlib import Path

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from dashboard.gate.demo import MARCA, es_demo, marcar
from db.actions.usuarios import generar_codigo
from db.base import tabla
from db.engine import writing
from db.models.municipio import Municipio
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.door.conftest import CLAVE, CUENTA, cliente, crear_persona, entrar, sello


def codigo_de(usuario_id: int) -> str:
    with writing(LINEA_DE_COMANDOS) as session:
        return generar_codigo(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)


def test_la_hoja_es_accesible_y_deja_pegar(puerta: TestClient) -> None:
    crear_persona()
    texto = puerta.get("/entrar").text
    assert '<html lang="es-MX">' in texto and "<script" not in texto
    for campo in ("cuenta", "clave"):
        assert f'<label for="{campo}">' in texto and f'id="{campo}"' in texto
    assert 'autocomplete="current-password"' in texto and "onpaste" not in texto
    assert len(re.findall(r"<h1>", texto)) == 1


def test_el_rechazo_se_dice_igual_exista_o_no_la_cuenta(puerta: TestClient) -> None:
    crear_persona()
    for cuenta in (CUENTA, "nadie"):
        respuesta = entrar(puerta, cuenta, "mala contraseña")
        assert respuesta.status_code == 401
        assert 'role="alert">Cuenta o contraseña incorrecta.</p>' in respuesta.text
        assert "mala contraseña" not in respuesta.text


def test_tras_cinco_fallas_dice_cuanto_esperar(puerta: TestClient) -> None:
    crear_persona()
    for _ in range(5):
        entrar(puerta, CUENTA, "mala")
    respuesta = entrar(puerta)
    assert respuesta.status_code == 429 and "Espere 1 minuto" in respuesta.text


def test_el_codigo_pone_la_clave_y_entra(puerta: TestClient) -> None:
    codigo = codigo_de(crear_persona(clave=None))
    datos = {"cuenta": CUENTA, "codigo": codigo.lower(), "clave": CLAVE}
    corta = puerta.post("/estrenar", data=datos | {"sello": sello(puerta, "/estrenar"), "clave": "corta"})
    assert corta.status_code == 400 and "al menos 12" in corta.text
    respuesta = puerta.post("/estrenar", data=datos | {"sello": sello(puerta, "/estrenar")})
    assert respuesta.status_code == 303 and puerta.get("/").status_code == 200
    repetido = cliente()
    otra = repetido.post("/estrenar", data=datos | {"sello": sello(repetido, "/estrenar")})
    assert otra.status_code == 400 and "no es válido o ya venció" in otra.text


def test_lo_escrito_por_una_persona_sale_escapado(puerta: TestClient) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(
            insert(tabla(Municipio)).values(
                nombre="<script>alert(1)</script>", estado='"><img src=x>', clave_inegi="", color="#000000",
                zona_horaria="America/Mexico_City", niveles_plan=[], version=1,
            )
        )  # fmt: skip
    crear_persona()
    texto = entrar(puerta, '"><script>x</script>', "mala").text
    assert "<script" not in texto and "<img src=x" not in texto
    assert "&lt;script&gt;alert(1)" in texto


def test_sin_cuentas_dice_como_crear_la_primera(puerta: TestClient) -> None:
    assert "siem usuarios crear" in puerta.get("/entrar").text


def test_la_demostracion_pide_las_tres_senales(base_sqlite: str, tmp_path: Path, monkeypatch) -> None:
    crear_persona("presidencia", Rol.PRESIDENCIA, clave=None)
    assert not es_demo()
    monkeypatch.setenv("SIEM_DEMO", "1")
    assert not es_demo(), "con la variable sola no basta"
    marcar(tmp_path)
    assert es_demo()
    monkeypatch.setenv("SIEM_DATABASE_URL", f"sqlite:///{tmp_path / 'otra.sqlite'}")
    assert not es_demo(), "la base debe ser la de ese hogar"
    monkeypatch.setenv("SIEM_DATABASE_URL", f"sqlite:///{tmp_path / 'siem.sqlite'}")
    monkeypatch.delenv("SIEM_DEMO")
    assert (tmp_path / MARCA).is_file() and not es_demo(), "con la marca sola no basta"


def test_en_la_demostracion_se_entra_con_un_boton(puerta: TestClient, tmp_path: Path, monkeypatch) -> None:
    crear_persona("presidencia", Rol.PRESIDENCIA, clave=None)
    crear_persona()
    oculto = sello(puerta)
    rechazo = puerta.post("/entrar", data={"sello": oculto, "demo": "presidencia", "cuenta": "", "clave": ""})
    assert rechazo.status_code == 401, "una base ordinaria no abre sin contraseña"
    monkeypatch.setenv("SIEM_DEMO", "1")
    marcar(tmp_path)
    texto = puerta.get("/entrar").text
    assert 'value="presidencia"' in texto and f'value="{CUENTA}"' not in texto
    assert puerta.post("/entrar", data={"sello": oculto, "demo": CUENTA}).status_code == 401
    assert puerta.post("/entrar", data={"sello": oculto, "demo": "presidencia"}).status_code == 303
    assert puerta.get("/").status_code == 200


def test_el_escudo_es_publico_y_se_revalida(puerta: TestClient) -> None:
    assert puerta.get("/app/static/escudo").status_code == 404
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(Municipio(nombre="San Isidro", escudo=b"\x89PNG....", escudo_tipo="image/png"))
    respuesta = puerta.get("/app/static/escudo")
    assert respuesta.headers["content-type"] == "image/png"
    repetida = puerta.get("/app/static/escudo", headers={"If-None-Match": respuesta.headers["etag"]})
    assert repetida.status_code == 304


@pytest.mark.parametrize("ruta", ["/entrar", "/estrenar"])
def test_la_hoja_pesa_poco(puerta: TestClient, ruta: str) -> None:
    crear_persona()
    hoja = puerta.get(ruta)
    estilos = puerta.get("/app/static/entrar.css", headers={"Accept-Encoding": "br"})
    assert len(hoja.content) + int(estilos.headers["content-length"]) < 10_000
