"""Las hojas de la puerta: HTML llano que funciona sin JavaScript. Todo dato se escapa al escribirlo."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.gate.estaticos import ESCUDO, PROPIOS, con_version


@dataclass(frozen=True, slots=True)
class Portada:
    """Quién es el municipio, para encabezar la hoja."""

    nombre: str = ""
    estado: str = ""
    color: str = "#9D2449"
    tiene_escudo: bool = False

    @classmethod
    def de(cls, municipio: dict[str, Any]) -> "Portada":
        return cls(**municipio)


def hoja(titulo: str, cuerpo: str, portada: Portada | None = None) -> str:
    """Una hoja completa con el encabezado del municipio."""
    quien = portada or Portada()
    escudo = f'<img class="escudo" src="{ESCUDO}" alt="" height="72">' if quien.tiene_escudo else ""
    lugar = f"<p class='lugar'>{escape(quien.estado)}</p>" if quien.estado else ""
    nombre = escape(quien.nombre or "Sistema de Información Estratégica Municipal")
    return (
        '<!DOCTYPE html><html lang="es-MX"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(titulo)} · SIEM</title>"
        f'<link rel="icon" href="{con_version(PROPIOS + "icono.svg")}">'
        f'<link rel="stylesheet" href="{con_version(PROPIOS + "entrar.css")}">'
        f"<style>:root{{--municipio:{escape(quien.color)}}}</style></head><body><main>"
        f"<header>{escudo}<p class='municipio'>{nombre}</p>{lugar}</header>"
        f"<h1>{escape(titulo)}</h1>{cuerpo}</main></body></html>"
    )


def aviso(texto: str, *, grave: bool = True) -> str:
    """Un renglón que un lector de pantalla anuncia al cargar."""
    clase = "aviso grave" if grave else "aviso"
    return f'<p class="{clase}" role="alert">{escape(texto)}</p>' if texto else ""


def _oculto(nombre: str, valor: str) -> str:
    return f'<input type="hidden" name="{nombre}" value="{escape(valor)}">'


def _campo(nombre: str, etiqueta: str, ayuda: str = "", **atributos: str) -> str:
    extra = "".join(f' {clave}="{escape(valor)}"' for clave, valor in atributos.items())
    nota = f'<span class="ayuda" id="ayuda-{nombre}">{escape(ayuda)}</span>' if ayuda else ""
    descrito = f' aria-describedby="ayuda-{nombre}"' if ayuda else ""
    return (
        f'<label for="{nombre}">{escape(etiqueta)}</label>{nota}'
        f'<input id="{nombre}" name="{nombre}" required{descrito}{extra}>'
    )


def entrar(
    *,
    portada: Portada,
    sello: str,
    ir: str,
    problema: str = "",
    cuenta: str = "",
    sin_cuentas: bool = False,
    demo: Sequence[tuple[str, str, str]] = (),
) -> str:
    """La hoja de entrada; `demo` son (cuenta, rol, qué hace) y sólo llega en la demostración."""
    if sin_cuentas:
        nota = aviso(
            "Todavía no hay cuentas. En el servidor: siem usuarios crear CUENTA --nombre «…» "
            "--rol administracion",
            grave=False,
        )
        return hoja("Entrar", nota + _formulario_codigo_enlace(), portada)
    formulario = (
        '<form method="post" action="/entrar">'
        + _oculto("sello", sello)
        + _oculto("ir", ir)
        + _campo(
            "cuenta", "Cuenta", type="text", value=cuenta, autocomplete="username", autocapitalize="none",
            spellcheck="false", maxlength="80",
        )
        + _campo("clave", "Contraseña", type="password", autocomplete="current-password")
        + '<button type="submit">Entrar</button></form>'
    )  # fmt: skip
    formulario += _formulario_codigo_enlace()
    if demo:
        plegado = f"<details><summary>Entrar con contraseña</summary>{formulario}</details>"
        return hoja("Demostración", aviso(problema) + _botones_demo(demo, sello, ir) + plegado, portada)
    return hoja("Entrar", aviso(problema) + formulario, portada)


def _formulario_codigo_enlace() -> str:
    return '<p class="otro"><a href="/estrenar">Tengo un código</a></p>'


def _botones_demo(cuentas: Sequence[tuple[str, str, str]], sello: str, ir: str) -> str:
    botones = "".join(
        f'<button type="submit" name="demo" value="{escape(cuenta)}"><strong>{escape(rol)}</strong>'
        f"<span>{escape(que_hace)}</span></button>"
        for cuenta, rol, que_hace in cuentas
    )
    return (
        '<section class="demo"><p>Los datos son de un municipio inventado. Entre como:</p>'
        f'<form method="post" action="/entrar">{_oculto("sello", sello)}{_oculto("ir", ir)}'
        f'<div class="botones">{botones}</div></form></section>'
    )


def estrenar(*, portada: Portada, sello: str, problema: str = "", cuenta: str = "", codigo: str = "") -> str:
    """La hoja para cambiar un código de un solo uso por una contraseña."""
    ayuda = "Al menos 12 caracteres. Una frase de cuatro palabras sirve; puede pegarla."
    formulario = (
        '<form method="post" action="/estrenar">'
        + _oculto("sello", sello)
        + _campo(
            "cuenta", "Cuenta", type="text", value=cuenta, autocomplete="username", autocapitalize="none",
            spellcheck="false", maxlength="80",
        )
        + _campo("codigo", "Código de un solo uso", type="text", value=codigo, autocomplete="one-time-code",
                 spellcheck="false", maxlength="40")
        + _campo("clave", "Contraseña nueva", ayuda, type="password", autocomplete="new-password")
        + '<button type="submit">Poner contraseña y entrar</button></form>'
        '<p class="otro"><a href="/entrar">Ya tengo contraseña</a></p>'
    )  # fmt: skip
    return hoja("Tengo un código", aviso(problema) + formulario, portada)


def salir(*, portada: Portada, sello: str, nombre: str) -> str:
    """La hoja que confirma la salida: salir cambia algo, así que es un formulario y no un enlace."""
    cuerpo = (
        f"<p>Está dentro como <strong>{escape(nombre)}</strong>.</p>"
        f'<form method="post" action="/salir">{_oculto("sello", sello)}'
        '<button type="submit">Salir</button></form><p class="otro"><a href="/">Volver</a></p>'
    )
    return hoja("Salir", cuerpo, portada)


def no_existe() -> str:
    """La hoja de una dirección que no existe."""
    return hoja("Esta página no existe", '<p>Revise la dirección.</p><p><a href="/">Ir al inicio</a></p>')
