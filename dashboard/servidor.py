"""El servidor: nuestro propio conector, para que cada respuesta salga sin esperar.

Un conector con `IPPROTO_TCP` hace que asyncio ponga TCP_NODELAY por sí mismo; el de Streamlit no lo trae y
cada corrida espera 40 ms. Además así se sabe el puerto antes de fijar la dirección pública.
"""

import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Callable

from db.rules.problema import Problema

INTENTOS = 50
OCUPADO = (errno.EADDRINUSE, errno.EACCES)


def _conectar(anfitrion: str, puerto: int) -> socket.socket:
    familia = socket.AF_INET6 if ":" in anfitrion else socket.AF_INET
    conector = socket.socket(familia, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":
            conector.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        conector.bind((anfitrion, puerto))
    except BaseException:
        conector.close()
        raise
    return conector


def abrir_puerto(anfitrion: str, puerto: int, *, fijo: bool) -> tuple[socket.socket, int]:
    """El conector y su puerto: el pedido o, si no es `fijo`, el siguiente libre. Lanza `Problema`."""
    for candidato in range(puerto, puerto + (1 if fijo else INTENTOS)):
        try:
            return _conectar(anfitrion, candidato), candidato
        except OSError as error:
            if error.errno not in OCUPADO:
                raise Problema(f"No se puede atender en {anfitrion}: {error.strerror}.") from error
    raise Problema(f"El puerto {puerto} está ocupado.", "Pida otro con --puerto, o cierre lo que lo usa.")


def servir(
    puerto: int | None,
    *,
    anfitrion: str = "127.0.0.1",
    navegador: bool = True,
    avisar: Callable[[str], None] = print,
) -> None:
    """Atiende hasta que lo detengan. Sin `puerto` toma el 8501 o el siguiente libre, y lo dice."""
    from dashboard import config

    conector, tomado = abrir_puerto(anfitrion, puerto or config.PUERTO, fijo=puerto is not None)
    if puerto is None and tomado != config.PUERTO:
        avisar(f"El puerto {config.PUERTO} está ocupado; se usa el {tomado}.")
    os.environ["SIEM_PUERTO"] = str(tomado)
    try:
        _atender(conector, config.direccion().origen, navegador, avisar)
    finally:
        conector.close()


def _atender(conector: socket.socket, direccion: str, navegador: bool, avisar: Callable[[str], None]) -> None:
    import uvicorn

    from dashboard.app import app, revisar_base

    revisar_base()
    servidor = uvicorn.Server(
        uvicorn.Config(
            app,
            ws="websockets-sansio",
            ws_max_size=16 * 2**20,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )

    def anunciar() -> None:
        avisar(f"SIEM atiende en {direccion} · para terminar: Ctrl+C")
        if navegador:
            webbrowser.open(direccion)

    aviso = threading.Thread(target=_al_estar_listo, args=(servidor, anunciar), daemon=True)
    aviso.start()
    servidor.run(sockets=[conector])
    if not servidor.started:
        raise Problema("El servidor no pudo arrancar.", "La causa está en el registro del sistema.")


def _al_estar_listo(servidor: object, anunciar: Callable[[], None]) -> None:
    pausa = threading.Event()
    while not getattr(servidor, "started", False):
        if getattr(servidor, "should_exit", False):
            return
        pausa.wait(0.05)
    anunciar()
