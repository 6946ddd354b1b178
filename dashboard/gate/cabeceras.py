"""Cabeceras de seguridad de toda respuesta (ASVS 5.0 §3.4) y las galletas de la puerta."""

from dashboard.config import Direccion

UN_ANIO = 31_536_000

FIJAS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
HSTS = (b"strict-transport-security", f"max-age={UN_ANIO}; includeSubDomains".encode())

CSP_FORMULARIO = (
    b"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; "
    b"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
CSP_ARCHIVO = b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"


def csp_aplicacion(anfitrion: str, *, segura: bool) -> bytes:
    """Política de las pantallas: sin `unsafe-eval` (Vega dibuja con su intérprete) y sin otros servidores."""
    canal = f"{'wss' if segura else 'ws'}://{anfitrion}"
    return (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {canal}; "
        "worker-src 'self' blob:; frame-ancestors 'none'; form-action 'self'; base-uri 'self'; "
        "object-src 'none'"
    ).encode()


def galleta_de_sesion(publica: Direccion) -> str:
    """Nombre de la galleta de la sesión.

    Con https lleva el prefijo que impide ponerla desde otro sitio; en la propia máquina lleva el puerto,
    porque las galletas no lo distinguen y la demostración no debe sacar a nadie del sistema.
    """
    return "__Host-siem_sesion" if publica.segura else f"siem_sesion_{publica.puerto or 80}"


def galleta_de_formulario(publica: Direccion) -> str:
    """Nombre de la galleta contra formularios ajenos."""
    return "__Host-siem_forma" if publica.segura else f"siem_forma_{publica.puerto or 80}"


def completar(
    cabeceras: list[tuple[bytes, bytes]], *, csp: bytes, segura: bool, guardable: bool
) -> list[tuple[bytes, bytes]]:
    """Las cabeceras de una respuesta con las de seguridad puestas y `Secure` en toda galleta si hay TLS.

    `guardable` deja la `Cache-Control` que traiga; si no, nadie guarda nada.
    """
    propias = {nombre for nombre, _ in FIJAS} | {b"content-security-policy", b"server"}
    if not guardable:
        propias.add(b"cache-control")
    salida = [(nombre, valor) for nombre, valor in cabeceras if nombre.lower() not in propias]
    if segura:
        salida = [_con_secure(nombre, valor) for nombre, valor in salida] + [HSTS]
    if not guardable:
        salida.append((b"cache-control", b"no-store"))
    return [*salida, *FIJAS, (b"content-security-policy", csp)]


def _con_secure(nombre: bytes, valor: bytes) -> tuple[bytes, bytes]:
    if nombre.lower() == b"set-cookie" and b"; secure" not in valor.lower():
        return nombre, valor + b"; Secure"
    return nombre, valor
