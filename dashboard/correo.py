"""El correo de los avisos: a qué servidor, con qué remitente, cómo se ve y por qué no salió.

Variables de ambiente: `SIEM_SMTP_URL` (`smtps://cuenta:clave@servidor:465`, `smtp+starttls://…:587`, o
`smtp://localhost:25` sin contraseña) y `SIEM_SMTP_REMITENTE` («SIEM <siem@municipio.gob.mx>»). Sin la primera
no hay correo: los avisos sólo se ven en el sistema.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from html import escape
from urllib.parse import unquote, urlsplit

from dashboard.config import direccion
from db.rules.avisos import correo_valido, renglones, una_linea
from db.rules.problema import Problema

SEGUNDOS = 15
"""Lo que se espera al servidor en cada paso."""

PUERTOS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
LOCALES = ("localhost", "127.0.0.1", "::1")

Aviso = tuple[int, str, str, str]
"""Id, título, texto y ruta."""


class ServidorCaido(Problema):
    """El servidor de correo no contestó o no admitió la cuenta: no es culpa de ninguna carta."""


class CartaRechazada(Problema):
    """El servidor no admitió una carta."""


@dataclass(frozen=True, slots=True)
class Servidor:
    """Por dónde sale el correo."""

    esquema: str
    anfitrion: str
    puerto: int
    cuenta: str
    clave: str
    remitente: str


def servidor() -> Servidor | None:
    """El servidor configurado, o None si no hay. Problema si está mal escrito; nunca repite la contraseña."""
    url = os.environ.get("SIEM_SMTP_URL", "").strip()
    if not url:
        return None
    try:
        partes = urlsplit(url)
        puerto = partes.port
    except ValueError:
        partes, puerto = urlsplit(""), None
    if partes.scheme not in PUERTOS or not partes.hostname or partes.path not in ("", "/"):
        raise Problema(
            "SIEM_SMTP_URL no es válida.", "Escríbala como smtps://cuenta:clave@correo.municipio.gob.mx:465."
        )
    cuenta, clave = unquote(partes.username or ""), unquote(partes.password or "")
    if partes.scheme == "smtp" and cuenta and partes.hostname not in LOCALES:
        raise Problema("SIEM_SMTP_URL mandaría la contraseña sin cifrar.", "Use smtps:// o smtp+starttls://.")
    return Servidor(
        partes.scheme, partes.hostname, puerto or PUERTOS[partes.scheme], cuenta, clave, _remitente(cuenta)
    )


def _remitente(cuenta: str) -> str:
    nombre, correo = parseaddr(os.environ.get("SIEM_SMTP_REMITENTE", "").strip() or cuenta)
    try:
        limpio = correo_valido(correo)
    except Problema:
        limpio = ""
    if not limpio:
        raise Problema("SIEM_SMTP_REMITENTE no es un correo.", "Escríbalo como SIEM <siem@municipio.gob.mx>.")
    return formataddr((una_linea(nombre) or "SIEM", limpio))


@contextmanager
def conexion(por: Servidor) -> Iterator[smtplib.SMTP]:
    """Una conexión abierta y cifrada, ya con la cuenta. ServidorCaido si no se pudo."""
    try:
        abierta = _conectar(por)
    except smtplib.SMTPAuthenticationError as error:
        raise ServidorCaido("El servidor de correo no admitió la cuenta.", "Revise SIEM_SMTP_URL.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServidorCaido(_sin_respuesta(por), "Se intentará en la siguiente vuelta.") from error
    try:
        yield abierta
    finally:
        with suppress(smtplib.SMTPException, OSError):
            abierta.quit()


def _conectar(por: Servidor) -> smtplib.SMTP:
    seguro = ssl.create_default_context()
    if por.esquema == "smtps":
        abierta: smtplib.SMTP = smtplib.SMTP_SSL(por.anfitrion, por.puerto, timeout=SEGUNDOS, context=seguro)
    else:
        abierta = smtplib.SMTP(por.anfitrion, por.puerto, timeout=SEGUNDOS)
    try:
        if por.esquema == "smtp+starttls":
            abierta.starttls(context=seguro)
        if por.cuenta:
            abierta.login(por.cuenta, por.clave)
    except BaseException:
        abierta.close()
        raise
    return abierta


def _sin_respuesta(por: Servidor) -> str:
    return f"El servidor de correo {por.anfitrion} no contestó."


def mandar(abierta: smtplib.SMTP, por: Servidor, mensaje: EmailMessage) -> None:
    """Entrega la carta al servidor. CartaRechazada si no la admite; ServidorCaido si se cortó."""
    try:
        abierta.send_message(mensaje)
    except smtplib.SMTPServerDisconnected as error:
        raise ServidorCaido(_sin_respuesta(por)) from error
    except smtplib.SMTPRecipientsRefused as error:
        codigos = sorted({str(codigo) for codigo, _ in error.recipients.values()})
        raise CartaRechazada(f"El servidor no admitió la dirección ({', '.join(codigos)}).") from error
    except smtplib.SMTPResponseException as error:
        raise CartaRechazada(f"El servidor rechazó el mensaje ({error.smtp_code}).") from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServidorCaido(_sin_respuesta(por)) from error


def carta(por: Servidor, nombre: str, correo: str, avisos: Sequence[Aviso], *, resumen: bool) -> EmailMessage:
    """El mensaje a una persona, en texto llano y en HTML sencillo; el texto de personas nunca es HTML."""
    mensaje = EmailMessage(policy=SMTP)
    mensaje["Subject"] = _asunto(avisos, resumen)
    mensaje["From"] = por.remitente
    mensaje["To"] = formataddr((una_linea(nombre), correo_valido(correo)))
    mensaje["Date"] = formatdate(localtime=False)
    mensaje["Message-ID"] = make_msgid(domain=parseaddr(por.remitente)[1].rpartition("@")[2])
    mensaje["Auto-Submitted"] = "auto-generated"
    mensaje["Content-Language"] = "es-MX"
    mensaje.set_content(_llano(avisos), cte="quoted-printable")
    mensaje.add_alternative(_html(avisos), subtype="html", cte="quoted-printable")
    return mensaje


def _asunto(avisos: Sequence[Aviso], resumen: bool) -> str:
    if len(avisos) == 1 and not resumen:
        return una_linea(avisos[0][1])[:180]
    cuantos = f"{len(avisos):,} {'aviso' if len(avisos) == 1 else 'avisos'}"
    return f"SIEM: {'resumen del día, ' if resumen else ''}{cuantos}"


def _absoluta(ruta: str) -> str:
    return f"{direccion().origen}{ruta}"


PIE = "Este mensaje lo manda el SIEM. Para cambiar cómo le llegan los avisos, abra «Mi cuenta»:"


def _llano(avisos: Sequence[Aviso]) -> str:
    partes = []
    for _, titulo, texto, ruta in avisos:
        lineas = [una_linea(titulo)]
        for renglon, liga in renglones(texto):
            lineas.append(f"- {renglon}\n  {_absoluta(liga)}" if liga else renglon)
        if ruta:
            lineas.append(f"Abrir: {_absoluta(ruta)}")
        partes.append("\n".join(lineas))
    return "\n\n".join([*partes, f"{PIE} {_absoluta('/mi_cuenta')}\n"])


def _html(avisos: Sequence[Aviso]) -> str:
    partes = []
    for _, titulo, texto, ruta in avisos:
        cuerpo = [f"<h2 style='font-size:1.1em'>{escape(una_linea(titulo))}</h2>"]
        for renglon, liga in renglones(texto):
            dentro = f"<a href='{escape(_absoluta(liga))}'>{escape(renglon)}</a>" if liga else escape(renglon)
            cuerpo.append(f"<p>{dentro}</p>")
        if ruta:
            cuerpo.append(f"<p><a href='{escape(_absoluta(ruta))}'>Abrir en el SIEM</a></p>")
        partes.append("".join(cuerpo))
    pie = f"<p><small>{PIE} <a href='{escape(_absoluta('/mi_cuenta'))}'>Mi cuenta</a></small></p>"
    return f"<!doctype html><html lang='es-MX'><body>{''.join(partes)}<hr>{pie}</body></html>"


def hay_correo() -> bool:
    """¿Está configurado y bien escrito? Lo mal escrito lo dice `siem avisar`."""
    try:
        return servidor() is not None
    except Problema:
        return False
