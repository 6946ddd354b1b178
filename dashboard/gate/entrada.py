"""Las rutas de la puerta: entrar, estrenar un código, salir y el escudo."""

import secrets
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from sqlalchemy import select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.config import direccion
from dashboard.gate import estaticos, evidencia, plantilla
from dashboard.gate.cabeceras import galleta_de_formulario, galleta_de_sesion
from dashboard.gate.demo import QUE_HACE, es_demo
from dashboard.gate.identidad import sello_de_formulario
from dashboard.pages_map import primera
from dashboard.registro import apuntar
from db.actions import sesion as acciones
from db.base import tabla
from db.engine import reading
from db.models.municipio import Municipio
from db.queries import municipio, usuarios
from db.rules.permisos import NOMBRE_ROL, Rol
from db.rules.problema import Problema
from db.rules.usuarios import SESION_MAXIMA

T = TypeVar("T")

_TURNO: list[CapacityLimiter] = []
EXPIRADA = "Esta hoja caducó. Vuelva a intentar."


async def _aparte(funcion: Callable[..., T], *argumentos: Any) -> T:
    """Corre lo que tarda fuera del ciclo del servidor; de dos en dos, como Argon2."""
    if not _TURNO:
        _TURNO.append(CapacityLimiter(2))
    return await to_thread.run_sync(partial(funcion, *argumentos), limiter=_TURNO[0])


def destino_seguro(ir: str) -> str:
    """La dirección a donde volver, sólo si es de esta misma aplicación; si no, el inicio."""
    partes = urlsplit(ir)
    raro = any(ord(letra) < 33 or letra == "\\" for letra in ir)
    ajena = partes.scheme or partes.netloc or not ir.startswith("/") or ir.startswith("//")
    propia = partes.path in ("/entrar", "/estrenar", "/salir")
    return "/" if raro or ajena or propia else ir


def _portada() -> plantilla.Portada:
    with reading() as session:
        return plantilla.Portada.de(municipio.contexto(session)["municipio"])


def _cuentas_demo() -> list[tuple[str, str, str]]:
    if not es_demo():
        return []
    with reading() as session:
        cuentas = [c for c in usuarios.lista(session) if c["activa"] and not c["con_clave"] and c["roles"]]
    orden = list(Rol)
    roles = sorted((orden.index(Rol(c["roles"][0]["rol"])), c["cuenta"]) for c in cuentas)
    return [(cuenta, NOMBRE_ROL[orden[rol]], QUE_HACE[orden[rol]]) for rol, cuenta in roles]


def _sin_cuentas() -> bool:
    with reading() as session:
        return not usuarios.hay_usuarios(session)


def _semilla(request: Request) -> str:
    return request.cookies.get(galleta_de_formulario(direccion())) or secrets.token_urlsafe(16)


def _responder(texto: str, semilla: str, estado: int = 200) -> Response:
    publica = direccion()
    respuesta = HTMLResponse(texto, estado)
    respuesta.set_cookie(
        galleta_de_formulario(publica), semilla, httponly=True, samesite="strict", secure=publica.segura
    )
    return respuesta


def _sello_correcto(request: Request, datos: FormData) -> bool:
    semilla = request.cookies.get(galleta_de_formulario(direccion()))
    return bool(semilla) and compare_digest(
        _texto(datos, "sello").encode(), sello_de_formulario(semilla or "").encode()
    )


def _texto(datos: FormData, nombre: str) -> str:
    valor = datos.get(nombre, "")
    return valor if isinstance(valor, str) else ""


def _ip(request: Request) -> str:
    return request.client.host if request.client else ""


def _con_sesion(entrada: acciones.Entrada, destino: str) -> Response:
    publica = direccion()
    respuesta = RedirectResponse(primera(entrada.actor) if destino == "/" else destino, 303)
    respuesta.set_cookie(
        galleta_de_sesion(publica),
        entrada.testigo,
        max_age=int(SESION_MAXIMA.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=publica.segura,
    )
    return respuesta


async def entrar(request: Request) -> Response:
    """GET: la hoja. POST: comprueba y abre la sesión."""
    semilla = _semilla(request)
    if request.method != "POST":
        if request.scope.get("siem_sesion"):
            return RedirectResponse(destino_seguro(request.query_params.get("ir", "/")), 303)
        return await _hoja_entrar(semilla, destino_seguro(request.query_params.get("ir", "/")))
    datos = await request.form()
    ir, cuenta = destino_seguro(_texto(datos, "ir") or "/"), _texto(datos, "cuenta")
    if not _sello_correcto(request, datos):
        return await _hoja_entrar(semilla, ir, EXPIRADA, cuenta, estado=403)
    previo = request.cookies.get(galleta_de_sesion(direccion()))
    agente = request.headers.get("user-agent", "")
    try:
        if (demo := _texto(datos, "demo")) and es_demo():
            abierta = await _aparte(acciones.entrar_demo, demo, _ip(request), agente, previo)
        else:
            clave = _texto(datos, "clave")
            abierta = await _aparte(acciones.entrar, cuenta, clave, _ip(request), agente, previo)
    except Problema as problema:
        apuntar("entrada_rechazada", ip=_ip(request), freno=isinstance(problema, acciones.Freno))
        estado = 429 if isinstance(problema, acciones.Freno) else 401
        return await _hoja_entrar(semilla, ir, str(problema), cuenta, estado=estado)
    apuntar("entrada", cuenta=abierta.actor.cuenta, ip=_ip(request))
    return _con_sesion(abierta, ir)


async def _hoja_entrar(
    semilla: str, ir: str, problema: str = "", cuenta: str = "", estado: int = 200
) -> Response:
    texto = plantilla.entrar(
        portada=await to_thread.run_sync(_portada),
        sello=sello_de_formulario(semilla),
        ir=ir,
        problema=problema,
        cuenta=cuenta[:80],
        sin_cuentas=await to_thread.run_sync(_sin_cuentas),
        demo=await to_thread.run_sync(_cuentas_demo),
    )
    return _responder(texto, semilla, estado)


async def estrenar(request: Request) -> Response:
    """GET: la hoja del código. POST: pone la contraseña y abre la sesión."""
    semilla, portada = _semilla(request), await to_thread.run_sync(_portada)
    sello = sello_de_formulario(semilla)
    if request.method != "POST":
        return _responder(plantilla.estrenar(portada=portada, sello=sello), semilla)
    datos = await request.form()
    cuenta, codigo = _texto(datos, "cuenta")[:80], _texto(datos, "codigo")[:40]
    problema, estado = EXPIRADA, 403
    if _sello_correcto(request, datos):
        agente, clave = request.headers.get("user-agent", ""), _texto(datos, "clave")
        try:
            abierta = await _aparte(acciones.entrar_con_codigo, cuenta, codigo, clave, _ip(request), agente)
            return _con_sesion(abierta, "/")
        except Problema as rechazo:
            problema, estado = str(rechazo), 400
    texto = plantilla.estrenar(portada=portada, sello=sello, problema=problema, cuenta=cuenta, codigo=codigo)
    return _responder(texto, semilla, estado)


async def salir(request: Request) -> Response:
    """GET: confirma. POST: termina la sesión en la base y borra la galleta."""
    semilla, abierta = _semilla(request), request.scope["siem_sesion"]
    if request.method == "POST":
        if not _sello_correcto(request, await request.form()):
            return RedirectResponse("/salir", 303)
        await to_thread.run_sync(acciones.salir, abierta)
        respuesta = RedirectResponse("/entrar", 303, {"Clear-Site-Data": '"storage"'})
        respuesta.delete_cookie(galleta_de_sesion(direccion()), httponly=True, secure=direccion().segura)
        return respuesta
    portada = await to_thread.run_sync(_portada)
    nombre = abierta.actor.nombre or abierta.actor.cuenta
    return _responder(
        plantilla.salir(portada=portada, sello=sello_de_formulario(semilla), nombre=nombre), semilla
    )


def _leer_escudo() -> tuple[bytes, str] | None:
    m = tabla(Municipio).c
    with reading() as session:
        fila = session.execute(select(m.escudo, m.escudo_tipo).limit(1)).first()
    return (fila.escudo, fila.escudo_tipo or "image/png") if fila and fila.escudo else None


async def escudo(request: Request) -> Response:
    """El escudo del municipio, público como en su papelería."""
    hallado = await to_thread.run_sync(_leer_escudo)
    if hallado is None:
        return Response(status_code=404)
    etiqueta = f'"{sha256(hallado[0]).hexdigest()[:16]}"'
    cabeceras = {"Cache-Control": "no-cache", "ETag": etiqueta}
    if request.headers.get("if-none-match") == etiqueta:
        return Response(status_code=304, headers=cabeceras)
    return Response(hallado[0], media_type=hallado[1], headers=cabeceras)


async def favicon(_request: Request) -> Response:
    """Streamlit pide su propio icono mientras carga; se le da el nuestro."""
    return RedirectResponse(estaticos.con_version(estaticos.PROPIOS + "icono.svg"), 307)


RUTAS = [
    Route("/entrar", entrar, methods=["GET", "POST"]),
    Route("/estrenar", estrenar, methods=["GET", "POST"]),
    Route("/salir", salir, methods=["GET", "POST"]),
    Route(estaticos.ESCUDO, escudo),
    Route("/favicon.png", favicon),
    Route(f"{evidencia.RUTA}{{evidencia_id:int}}", evidencia.evidencia),
]
