"""La guardia: nada pasa sin permiso, nada se falsifica y toda respuesta sale protegida."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.gate import identidad
from dashboard.gate.entrada import destino_seguro
from db.base import tabla
from db.engine import reading
from db.models.usuarios import Sesion
from tests.door.conftest import CLAVE, ORIGEN, cliente, crear_persona, entrar, sello

CANAL = "/_stcore/stream"


def canal(quien: TestClient, **cabeceras: str) -> dict[str, str]:
    """Lo que la aplicación recibió por el WebSocket."""
    # TestClient abre el canal como si fuera de otro servidor: hay que decirle el nombre y las galletas.
    galletas = "; ".join(f"{nombre}={valor}" for nombre, valor in quien.cookies.items())
    puestas = {"host": "localhost:8501", "origin": ORIGEN, "cookie": galletas} | cabeceras
    with quien.websocket_connect(CANAL, headers=puestas) as conexion:
        return conexion.receive_json()


def test_sin_sesion_toda_pantalla_manda_a_la_entrada_con_su_regreso(puerta: TestClient) -> None:
    assert puerta.get("/").headers["location"] == "/entrar"
    respuesta = puerta.get("/plan?ejercicio=2026&nodo=4")
    assert respuesta.status_code == 303
    assert respuesta.headers["location"] == "/entrar?ir=%2Fplan%3Fejercicio%3D2026%26nodo%3D4"


@pytest.mark.parametrize(
    "ruta", ["/media/abc.csv", "/_stcore/upload_file/a/b", "/component/x/y.js", "/_stcore/otra"]
)
@pytest.mark.parametrize("metodo", ["GET", "PUT", "DELETE", "POST"])
def test_sin_sesion_ningun_archivo_entra_ni_sale(puerta: TestClient, ruta: str, metodo: str) -> None:
    assert puerta.request(metodo, ruta).status_code == 401


CERRADAS = ("metrics", "agent/openapi.json", "agent/mcp", "script-health-check")


@pytest.mark.parametrize("ruta", [*(f"/_stcore/{una}" for una in CERRADAS), "/auth/login", "/oauth2callback"])
def test_lo_que_nadie_necesita_no_existe_ni_con_sesion(dentro: TestClient, ruta: str) -> None:
    assert dentro.get(ruta).status_code == 404


@pytest.mark.parametrize("metodo", ["TRACE", "CONNECT", "PATCH", "PROPFIND"])
def test_los_metodos_raros_se_niegan(dentro: TestClient, metodo: str) -> None:
    assert dentro.request(metodo, "/").status_code == 405


@pytest.mark.parametrize(
    "anfitrion",
    ["malo.com", "malo.com:8501", "localhost.malo.com", "localhost@malo.com", "", "localhost:abc"],
)
def test_otro_nombre_para_esta_maquina_se_niega(dentro: TestClient, anfitrion: str) -> None:
    assert dentro.get("/", headers={"Host": anfitrion}).status_code == 403


ORIGENES_AJENOS = ["http://malo.com", "null", "http://localhost:9999", "https://localhost:8501",
                   "http://localhost:8501.malo.com", ""]  # fmt: skip


@pytest.mark.parametrize("origen", ORIGENES_AJENOS)
def test_el_canal_solo_se_abre_desde_nuestra_pagina(dentro: TestClient, origen: str) -> None:
    with pytest.raises(WebSocketDisconnect):
        canal(dentro, origin=origen)


@pytest.mark.parametrize("origen", ORIGENES_AJENOS)
def test_un_formulario_de_otro_sitio_se_niega(dentro: TestClient, origen: str) -> None:
    assert dentro.post("/salir", headers={"Origin": origen}).status_code == 403
    assert dentro.put("/_stcore/upload_file/a/b", headers={"Origin": origen}).status_code == 403


@pytest.mark.parametrize("ruta", ["/_stcore/otro", "/", "/_stcore/stream/"])
def test_no_hay_mas_canal_que_el_de_la_aplicacion(dentro: TestClient, ruta: str) -> None:
    cabeceras = {"host": "localhost:8501", "origin": ORIGEN}
    with pytest.raises(WebSocketDisconnect), dentro.websocket_connect(ruta, headers=cabeceras):
        pass


def test_la_identidad_la_firma_la_guardia_y_la_falsa_se_borra(dentro: TestClient) -> None:
    with reading() as session:
        sid = session.execute(select(tabla(Sesion).c.sid)).scalar_one()
    recibido = canal(dentro, **{"x-siem-id": identidad.firmar("otro"), "X-SIEM-Rol": "administracion"})
    assert recibido == {"x-siem-id": identidad.firmar(sid)}


def test_el_desconocido_se_conecta_sin_identidad_y_el_de_sesion_vieja_con_una_que_no_abre_nada(
    puerta: TestClient,
) -> None:
    assert canal(puerta, **{"x-siem-id": identidad.firmar("otro")}) == {}
    puerta.cookies.set("siem_sesion_8501", "inventado")
    assert canal(puerta) == {"x-siem-id": identidad.firmar(identidad.TERMINADA)}


@pytest.mark.parametrize(
    "valor",
    # La firma ajena cambia en cada proceso: sin nombre propio, dos núcleos verían pruebas distintas.
    [None, "", ".", "a.b", "maria.", pytest.param(f"otro.{identidad.firmar('maria')[6:]}", id="firma-ajena")],
)
def test_una_identidad_sin_firma_no_es_nadie(valor: str | None) -> None:
    assert identidad.leer(valor) is None
    assert identidad.leer(identidad.firmar("maria")) == "maria"


def test_toda_respuesta_lleva_sus_cabeceras(puerta: TestClient) -> None:
    crear_persona()
    for ruta in ("/", "/entrar", "/_stcore/health", "/static/no.js", "/media/x", "/nada"):
        cabeceras = puerta.get(ruta).headers
        assert cabeceras["x-content-type-options"] == "nosniff", ruta
        assert cabeceras["referrer-policy"] == "same-origin"
        assert cabeceras["cross-origin-opener-policy"] == "same-origin"
        politica = cabeceras["content-security-policy"]
        assert "unsafe-eval" not in politica.replace("wasm-unsafe-eval", "")
        assert "script-src 'self' 'unsafe-inline'" not in politica
        assert "http:" not in politica and "https:" not in politica
        if not ruta.startswith("/static"):
            assert cabeceras["cache-control"] == "no-store", ruta
    assert "frame-ancestors 'none'" in puerta.get("/entrar").headers["content-security-policy"]
    assert "sandbox" in puerta.get("/media/x").headers["content-security-policy"]


def test_la_hoja_de_la_aplicacion_esta_en_espanol_y_sin_guiones_en_linea(dentro: TestClient) -> None:
    respuesta = dentro.get("/")
    texto = respuesta.text
    assert respuesta.status_code == 200
    assert '<html lang="es-MX">' in texto and "<title>SIEM</title>" in texto
    assert "<script>" not in texto and "agent" not in texto
    assert "You need" not in texto and "active JavaScript" in texto
    assert "/app/static/siem.js?v=" in texto and "/app/static/print.css?v=" in texto
    assert "/app/static/pantalla.css?v=" in texto


def test_una_direccion_que_no_existe_lo_dice_en_espanol(dentro: TestClient) -> None:
    respuesta = dentro.get("/no-existe")
    assert respuesta.status_code == 404 and "Esta página no existe" in respuesta.text
    assert dentro.get("/plan/otra").status_code == 404
    assert dentro.get("/inicio").headers["location"] == "/"


@pytest.mark.parametrize("codificacion", ["br", "gzip", "identity"])
def test_los_estaticos_salen_comprimidos_y_guardables(puerta: TestClient, codificacion: str) -> None:
    hoja = cliente().get("/app/static/siem.js", headers={"Accept-Encoding": codificacion})
    assert hoja.status_code == 200 and "MutationObserver" in hoja.text
    assert hoja.headers.get("content-encoding", "identity") == codificacion
    assert hoja.headers["cache-control"] == "no-cache"
    con_huella = puerta.get("/app/static/siem.js?v=1")
    assert "immutable" in con_huella.headers["cache-control"]
    repetida = puerta.get("/app/static/siem.js", headers={"If-None-Match": hoja.headers["etag"]})
    assert repetida.status_code == 304


FUERA = (
    "/static/../index.html",
    "/app/static/../app.py",
    "/static/%2e%2e/index.html",
    "/app/static/..%2fapp.py",
)


@pytest.mark.parametrize("ruta", [*FUERA, "/app/static/", "//malo.com/x"])
def test_ningun_estatico_se_sale_de_su_carpeta(puerta: TestClient, ruta: str) -> None:
    assert puerta.get(ruta).status_code in (303, 404)


def test_con_https_las_galletas_van_cerradas_y_con_hsts(base_sqlite: str, monkeypatch) -> None:
    origen = "https://siem.municipio.test"
    monkeypatch.setenv("SIEM_URL_PUBLICA", origen)
    crear_persona()
    quien = cliente(origen)
    respuesta = entrar(quien)
    galletas = respuesta.headers["set-cookie"]
    assert galletas.startswith("__Host-siem_sesion=")
    for parte in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert parte in galletas
    assert "Domain" not in galletas
    ajena = quien.get("/_stcore/health")
    assert "_streamlit_xsrf=dos" in ajena.headers["set-cookie"] and "Secure" in ajena.headers["set-cookie"]
    assert ajena.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "wss://siem.municipio.test" in quien.get("/").headers["content-security-policy"]
    assert quien.get("/", headers={"Host": "localhost"}).status_code == 403


AJENOS = (
    "//malo.com/x",
    "https://malo.com",
    "/\\malo.com",
    "javascript:alert(1)",
    "malo",
    "/\tx",
    "///malo.com",
)


@pytest.mark.parametrize("ir", [*AJENOS, "/salir"])
def test_el_regreso_nunca_sale_del_sistema(ir: str) -> None:
    assert destino_seguro(ir) == "/"


def test_entrar_regresa_a_donde_se_iba(puerta: TestClient) -> None:
    crear_persona()
    respuesta = entrar(puerta, ir="/plan?ejercicio=2026")
    assert respuesta.headers["location"] == "/plan?ejercicio=2026"
    assert entrar(cliente(), ir="//malo.com").headers["location"] == "/"


def test_la_galleta_lleva_un_testigo_que_la_base_no_guarda(dentro: TestClient) -> None:
    testigo = dentro.cookies["siem_sesion_8501"]
    assert len(testigo) >= 43
    with reading() as session:
        assert testigo not in str(session.execute(select(tabla(Sesion))).all())


def test_salir_pide_confirmar_y_termina_la_sesion_en_todas_las_pestanas(dentro: TestClient) -> None:
    testigo = dentro.cookies["siem_sesion_8501"]
    assert dentro.get("/salir").status_code == 200
    assert dentro.get("/").status_code == 200, "un GET no debe sacar a nadie"
    assert dentro.post("/salir", data={"sello": "otro"}).headers["location"] == "/salir"
    respuesta = dentro.post("/salir", data={"sello": sello(dentro, "/salir")})
    assert respuesta.headers["location"] == "/entrar" and respuesta.headers["clear-site-data"] == '"storage"'
    pestana = cliente()
    pestana.cookies.set("siem_sesion_8501", testigo)
    assert pestana.get("/").headers["location"] == "/entrar"


def test_sin_el_sello_del_formulario_nadie_entra(puerta: TestClient) -> None:
    crear_persona()
    puerta.get("/entrar")
    datos = {"cuenta": "maria.lopez", "clave": CLAVE}
    assert puerta.post("/entrar", data=datos).status_code == 403
    ajeno = sello(cliente())
    assert puerta.post("/entrar", data=datos | {"sello": ajeno}).status_code == 403
    assert "siem_sesion_8501" not in puerta.cookies


def test_un_formulario_enorme_se_niega_sin_leerlo(puerta: TestClient) -> None:
    assert puerta.post("/entrar", data={"clave": "x" * 20_000}).status_code == 413
