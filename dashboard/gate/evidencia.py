"""La descarga de una evidencia: permiso sobre el objeto, siempre como archivo adjunto y nunca de memoria."""

import re
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.gate import plantilla
from dashboard.registro import apuntar
from db.actions.evidencias import abrir, anotar_descarga
from db.audit import SOLO_BITACORA
from db.engine import reading, writing
from db.queries.evidencias import huella_de, ruta_de
from db.rules.evidencias import extension
from db.rules.permisos import Actor, SinPermiso
from db.rules.problema import Problema

RUTA = "/evidencia/"
_SUYA = re.compile(rf"{RUTA}[0-9]{{1,10}}")


def es_suya(ruta: str, metodo: str) -> bool:
    """¿Es la descarga de una evidencia? Lo demás bajo su dirección no existe."""
    return metodo in ("GET", "HEAD") and _SUYA.fullmatch(ruta) is not None


async def evidencia(request: Request) -> Response:
    """El archivo; 404 igual si no existe o si no lo alcanza; 503 si falta o está alterado."""
    abierta = request.scope.get("siem_sesion")
    cual = request.path_params["evidencia_id"]
    if abierta is None:
        return _no_existe()
    return await to_thread.run_sync(_responder, abierta.actor, cual, request.method == "GET")


def _no_existe() -> Response:
    return HTMLResponse(plantilla.no_existe(), 404)


def _responder(actor: Actor, cual: int, completa: bool) -> Response:
    try:
        with reading() as session:
            fila = abrir(session, actor, cual)
    except SinPermiso:
        apuntar("evidencia_negada", cuenta=actor.cuenta, evidencia=cual)
        return _no_existe()
    ruta = ruta_de(fila["sha256"])
    if huella_de(ruta) != fila["sha256"]:
        apuntar("evidencia_danada", evidencia=cual, sha256=fila["sha256"])
        return _no_disponible("El archivo falta o fue alterado. Avise a la administración del sistema.")
    try:
        if completa:
            _anotar(actor, fila)
    except Problema as problema:
        return _no_disponible(str(problema))
    return Response(
        ruta.read_bytes(), media_type=fila["tipo"], headers={"Content-Disposition": _adjunto(fila)}
    )


def _anotar(actor: Actor, fila: dict[str, Any]) -> None:
    """De lo público basta el registro; de lo demás queda en la bitácora quién lo abrió."""
    if fila["clasificacion"] == "publica":
        apuntar("evidencia_abierta", cuenta=actor.cuenta, evidencia=fila["id"])
        return
    with writing(actor) as session:
        session.info[SOLO_BITACORA] = True
        anotar_descarga(session, fila)


def _no_disponible(texto: str) -> Response:
    return HTMLResponse(plantilla.hoja("No se pudo abrir", plantilla.aviso(texto)), 503)


def _adjunto(fila: dict[str, Any]) -> str:
    """Con el nombre en los dos modos que los navegadores entienden; el llano no lleva texto de personas."""
    llano = f"evidencia-{fila['id']}.{extension(fila['nombre'])}"
    return f"attachment; filename=\"{llano}\"; filename*=UTF-8''{quote(fila['nombre'], safe='')}"
