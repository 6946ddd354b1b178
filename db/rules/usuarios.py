"""Reglas de cuentas, contraseñas, sesiones y freno a quien adivina: todo constante, nada de la base.

Las contraseñas siguen ASVS 5.0 §6.2 (largo, no composición); las sesiones, §7.3; el freno, §6.3.1.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from db.rules.permisos import Rol
from db.rules.problema import Problema
from db.rules.texto import llave

CLAVE_MINIMA, CLAVE_MAXIMA = 12, 128

VIGENCIA_CODIGO = timedelta(hours=48)
"""Lo que dura un código de un solo uso."""

SESION_MAXIMA = timedelta(hours=12)
"""Una sesión termina a las doce horas aunque se use."""

INACTIVIDAD_CAPTURA = timedelta(minutes=30)
INACTIVIDAD_CONSULTA = timedelta(hours=8)

SOLO_CONSULTAN = frozenset({Rol.PRESIDENCIA, Rol.COPLADEM, Rol.CONTRALORIA})
"""Roles que no capturan: su pantalla puede esperar una jornada sin que nadie la toque."""

SESIONES_POR_CUENTA = 5

FALLAS_LIBRES = 5
"""Fallas seguidas de una cuenta antes de hacerla esperar."""

ESPERA_MAXIMA = timedelta(minutes=15)
VENTANA_CUENTA = timedelta(hours=24)
VENTANA_IP = timedelta(minutes=10)
FALLAS_POR_IP = 30

_CUENTA = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")

COMUNES = (
    "123456", "password", "contrasena", "qwerty", "abc123", "111111", "iloveyou", "administrador",
    "bienvenido", "cambiame", "temporal", "secreto", "mexico", "guadalupe", "america", "chivas",
    "futbol", "estrella", "princesa", "tequiero", "letmein", "welcome", "dragon", "monkey", "asdfgh",
)  # fmt: skip
"""Raíces de las contraseñas más repetidas; se rechaza la que sólo les agrega números o signos."""

CONTEXTO = (
    "siem", "municipio", "municipal", "ayuntamiento", "planeacion", "tesoreria", "gobierno",
    "presidencia", "presidente", "contraloria", "coplademun", "uippe", "plandedesarrollo",
)  # fmt: skip
"""Palabras del oficio que alguien del municipio probaría primero."""


def cuenta_valida(cuenta: str) -> str:
    """La cuenta en minúsculas. Lanza `Problema` si no es un nombre de cuenta."""
    limpia = cuenta.strip().lower()
    if not _CUENTA.fullmatch(limpia):
        raise Problema(
            "La cuenta no es válida.",
            "Use de 3 a 40 letras sin acento, números, punto o guion; por ejemplo, maria.lopez.",
            campo="cuenta",
        )
    return limpia


def _letras(texto: str) -> str:
    return re.sub(r"[^a-zñ]", "", llave(texto))


def exigir_clave_segura(clave: str, propias: Iterable[str] = ()) -> None:
    """Lanza `Problema` si la contraseña es corta, larga, repetida o adivinable.

    `propias` son palabras de la persona y del municipio (cuenta, nombre) que no bastan como contraseña.
    """
    if len(clave) < CLAVE_MINIMA:
        raise Problema(
            f"La contraseña debe tener al menos {CLAVE_MINIMA} caracteres.",
            "Una frase de cuatro palabras es fácil de recordar y difícil de adivinar.",
            campo="clave",
        )
    if len(clave) > CLAVE_MAXIMA:
        raise Problema(f"La contraseña admite hasta {CLAVE_MAXIMA} caracteres.", campo="clave")
    if len(set(clave)) < 5 or _adivinable(clave, propias):
        raise Problema(
            "Esa contraseña es de las primeras que alguien probaría.",
            "Elija una frase que no lleve sólo su cuenta, su nombre, el municipio ni palabras comunes.",
            campo="clave",
        )


def _adivinable(clave: str, propias: Iterable[str]) -> bool:
    """¿Lo que queda al quitar palabras conocidas, números y signos ya no es una contraseña?"""
    plana = llave(clave)
    if plana.isdigit():
        return True
    restante = plana
    palabras = {llave(raiz) for raiz in (*COMUNES, *CONTEXTO)}
    for propia in propias:
        palabras |= {parte for parte in re.split(r"[\s._-]+", llave(propia)) if len(parte) >= 4}
    for palabra in sorted(palabras, key=len, reverse=True):
        restante = restante.replace(palabra, "")
    return restante != plana and len(set(_letras(restante))) < 5


def inactividad(roles: Iterable[Rol]) -> timedelta:
    """Cuánto puede estar quieta la sesión: media hora si alguno de los roles captura, si no una jornada."""
    return INACTIVIDAD_CONSULTA if set(roles) <= SOLO_CONSULTAN else INACTIVIDAD_CAPTURA


def espera_por_fallas(fallas: int, ultima: datetime | None, ahora: datetime) -> timedelta:
    """Lo que falta por esperar tras `fallas` seguidas: 1, 2, 4… hasta 15 minutos. Nunca es para siempre."""
    if fallas < FALLAS_LIBRES or ultima is None:
        return timedelta(0)
    pausa = min(timedelta(minutes=2 ** min(fallas - FALLAS_LIBRES, 4)), ESPERA_MAXIMA)
    return max(ultima + pausa - ahora, timedelta(0))
