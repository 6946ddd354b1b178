"""La guardia: todo lo que llega, por HTTP o por WebSocket, pasa por aquí antes que por nada.

Autoriza sobre `scope["path"]`, nunca sobre una URL reconstruida (CVE-2026-48710). Lo que no está permitido
expresamente pide sesión.
"""

from urllib.parse import quote, urlsplit

from anyio import to_thread
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.config import CABECERA_IDENTIDAD, Direccion, direccion
from dashboard.gate import cabeceras, estaticos, evidencia, identidad, indice, plantilla
from dashboard.pages_map import PAGES
from dashboard.registro import apuntar
from db.actions.sesion import tocar
from db.actions.usuarios import huella_de
from db.engine import reading
from db.queries.usuarios import SesionAbierta, por_testigo

METODOS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
SIN_EFECTO = frozenset({"GET", "HEAD", "OPTIONS"})
FORMULARIOS = frozenset({"/entrar", "/estrenar", "/salir"})
ABIERTAS = frozenset(
    {"/entrar", "/estrenar", "/_stcore/health", "/_stcore/host-config", "/favicon.png", estaticos.ESCUDO}
)
CERRADAS = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/auth", "/oauth2callback")
DE_STREAMLIT = ("/_stcore/", "/media/", "/component/", "/_component/")
CANAL = "/_stcore/stream"
FORMULARIO_MAXIMO = 16_384
PANTALLAS = frozenset({"/"} | {f"/{pagina.direccion}" for pagina in PAGES if not pagina.inicial})
INICIALES = frozenset(f"/{pagina.direccion}" for pagina in PAGES if pagina.inicial)
"""La pantalla inicial vive en `/`; con su nombre, Streamlit contestaría en inglés que no existe."""


def sesion_de(scope: Scope, publica: Direccion) -> tuple[SesionAbierta | None, bool]:
    """La sesión de la galleta (o None), y si traía galleta."""
    testigo = galleta(scope, cabeceras.galleta_de_sesion(publica))
    if not testigo:
        return None, False
    with reading() as session:
        abierta = por_testigo(session, huella_de(testigo))
    if abierta is not None:
        tocar(abierta)
    return abierta, True


def galleta(scope: Scope, nombre: str) -> str:
    """Valor de una galleta, o vacío."""
    for clave, valor in scope["headers"]:
        if clave == b"cookie":
            for parte in valor.decode("latin-1").split(";"):
                izquierda, _, derecha = parte.strip().partition("=")
                if izquierda == nombre:
                    return str(derecha)
    return ""


def _cabecera(scope: Scope, nombre: bytes) -> str | None:
    return next((valor.decode("latin-1") for clave, valor in scope["headers"] if clave == nombre), None)


def anfitrion_permitido(anfitrion: str | None, publica: Direccion) -> bool:
    """¿El `Host` es uno de los nuestros? Frena a quien apunta su dominio a esta máquina."""
    try:
        partes = urlsplit(f"//{anfitrion or ''}")
        nombre, _ = partes.hostname, partes.port
    except ValueError:
        return False
    return nombre in publica.anfitriones and not (partes.path or partes.query or partes.username)


def origen_propio(scope: Scope, publica: Direccion) -> bool:
    """¿La petición nació en nuestra propia página? Sin `Origin` no se sabe: no."""
    origen = _cabecera(scope, b"origin")
    propios = {publica.origen}
    if publica.local and not publica.segura:
        propios.add(f"http://{_cabecera(scope, b'host')}")
    return origen in propios


class Guardia:
    """Intermediario ASGI puro: envuelve a la aplicación entera."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        limpio = dict(scope)
        ajenas = [(nombre.lower(), valor) for nombre, valor in scope["headers"]]
        limpio["headers"] = [par for par in ajenas if not par[0].startswith(b"x-siem-")]
        publica = direccion()
        if scope["type"] == "websocket":
            await self._canal(limpio, receive, send, publica)
        else:
            await self._peticion(limpio, receive, send, publica)

    async def _canal(self, scope: Scope, receive: Receive, send: Send, publica: Direccion) -> None:
        conocido = anfitrion_permitido(_cabecera(scope, b"host"), publica) and origen_propio(scope, publica)
        if scope["path"] != CANAL or not conocido:
            apuntar(
                "canal_rechazado", origen=_cabecera(scope, b"origin"), anfitrion=_cabecera(scope, b"host")
            )
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        abierta, traia = await to_thread.run_sync(sesion_de, scope, publica)
        # Al desconocido se le deja conectar y el enrutador no le dibuja nada: si aquí se cerrara el canal,
        # una pantalla que ya estaba abierta se quedaría a la vista para siempre.
        if abierta is not None or traia:
            sid = abierta.sid if abierta else identidad.TERMINADA
            scope["headers"].append((CABECERA_IDENTIDAD.lower().encode(), identidad.firmar(sid).encode()))
        await self.app(scope, receive, send)

    async def _peticion(self, scope: Scope, receive: Receive, send: Send, publica: Direccion) -> None:
        ruta: str = scope["path"]
        enviar = _con_cabeceras(scope, send, publica)
        if rechazo := _rechazo(scope, publica):
            await rechazo(scope, receive, enviar)
            return
        if ruta.startswith((estaticos.PROPIOS, estaticos.DE_STREAMLIT)) and ruta != estaticos.ESCUDO:
            await estaticos.servir(scope, receive, enviar)
            return
        scope["siem_sesion"] = None
        if ruta not in ABIERTAS or ruta in FORMULARIOS:
            scope["siem_sesion"], _ = await to_thread.run_sync(sesion_de, scope, publica)
        if scope["siem_sesion"] is None and ruta not in ABIERTAS:
            await _pedir_entrada(scope)(scope, receive, enviar)
        elif ruta in PANTALLAS:
            await _hoja(scope)(scope, receive, enviar)
        elif ruta in INICIALES:
            await RedirectResponse("/", 303)(scope, receive, enviar)
        elif _de_la_aplicacion(ruta, scope["method"]):
            await self.app(scope, receive, enviar)
        else:
            await HTMLResponse(plantilla.no_existe(), 404)(scope, receive, enviar)


def _de_la_aplicacion(ruta: str, metodo: str) -> bool:
    """¿La atiende la aplicación de adentro? Lo que no está aquí no existe."""
    return (
        ruta in ABIERTAS
        or ruta in FORMULARIOS
        or ruta.startswith(DE_STREAMLIT)
        or evidencia.es_suya(ruta, metodo)
    )


def _rechazo(scope: Scope, publica: Direccion) -> Response | None:
    """La negativa que no depende de quién pide, o None."""
    ruta, metodo = scope["path"], scope["method"]
    if metodo not in METODOS:
        return Response(status_code=405)
    if ruta != "/_stcore/health" and not anfitrion_permitido(_cabecera(scope, b"host"), publica):
        apuntar("anfitrion_rechazado", anfitrion=_cabecera(scope, b"host"))
        return Response("Dirección no permitida.", 403)
    if ruta.startswith(CERRADAS):
        return Response(status_code=404)
    if metodo not in SIN_EFECTO and not origen_propio(scope, publica):
        apuntar("origen_rechazado", origen=_cabecera(scope, b"origin"), ruta=ruta)
        return Response("Origen no permitido.", 403)
    if ruta in FORMULARIOS and metodo == "POST":
        largo = _cabecera(scope, b"content-length") or ""
        if not largo.isdigit() or int(largo) > FORMULARIO_MAXIMO:
            return Response(status_code=413)
    return None


def _pedir_entrada(scope: Scope) -> Response:
    ruta = scope["path"]
    if ruta.startswith(DE_STREAMLIT) or scope["method"] not in ("GET", "HEAD"):
        return JSONResponse({"error": "Su sesión terminó."}, 401)
    pregunta = scope.get("query_string", b"").decode("latin-1")
    destino = quote(ruta) + (f"?{pregunta}" if pregunta else "")
    return RedirectResponse("/entrar" if destino == "/" else f"/entrar?ir={quote(destino, safe='')}", 303)


def _hoja(scope: Scope) -> Response:
    codificacion = estaticos.codificacion_aceptada(_cabecera(scope, b"accept-encoding") or "")
    cabecera = {"Vary": "Accept-Encoding"} | ({"Content-Encoding": codificacion} if codificacion else {})
    return HTMLResponse(indice.listo(codificacion), headers=cabecera)


def _con_cabeceras(scope: Scope, send: Send, publica: Direccion) -> Send:
    """`send` que completa las cabeceras de seguridad de la respuesta."""
    ruta: str = scope["path"]
    guardable = ruta.startswith((estaticos.PROPIOS, estaticos.DE_STREAMLIT))
    if ruta.startswith(("/media/", evidencia.RUTA)):
        csp = cabeceras.CSP_ARCHIVO
    elif ruta in FORMULARIOS:
        csp = cabeceras.CSP_FORMULARIO
    else:
        csp = cabeceras.csp_aplicacion(_cabecera(scope, b"host") or publica.anfitrion, segura=publica.segura)

    async def enviar(mensaje: Message) -> None:
        if mensaje["type"] == "http.response.start":
            mensaje = dict(mensaje)
            mensaje["headers"] = cabeceras.completar(
                list(mensaje.get("headers", [])), csp=csp, segura=publica.segura, guardable=guardable
            )
        await send(mensaje)

    return enviar
