"""La línea de órdenes, en español: la ayuda y los errores de typer están escritos en inglés en su código.

También es el último dique: todo `Problema` sale en español con código 1, y lo inesperado da un folio.
"""

import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from dashboard.registro import falla
from db.rules.problema import Problema

AYUDA: tuple[tuple[str, str], ...] = (
    (r"^Usage: ", "Uso: "),
    (r"\[OPTIONS\]", "[OPCIONES]"),
    (r"COMMAND \[ARGS\]\.\.\.", "ORDEN [DATOS]..."),
    (r"^Arguments:$", "Datos:"),
    (r"^Options:$", "Opciones:"),
    (r"^Commands:$", "Órdenes:"),
    (r"Show this message and exit\.", "Muestra esta ayuda y termina."),
    (r"\[default: ", "[por omisión: "),
    (r"(\[|; )required\]", r"\1obligatorio]"),
    (r"<str>", "<texto>"),
    (r"<(int|float)( range)?>", "<número>"),
    (r"<(path|directory)>", "<ruta>"),
    (r"<file(name)?>", "<archivo>"),
)

ERRORES: tuple[tuple[str, str], ...] = (
    (r"Missing argument '?(.+?)'?\.(?: .*)?", r"Falta el dato \1."),
    (r"Missing option '?(.+?)'?\.(?: .*)?", r"Falta la opción \1."),
    (r"Missing command\.", "Falta la orden."),
    (r"No such command '(.+?)'\.?(?: Did you mean (.+?)\?)?", r"No existe la orden «\1»."),
    (r"No such option: (\S+)(?: .*)?", r"No existe la opción \1."),
    (r"Got unexpected extra arguments? ?\(?s?\)? ?\((.+)\)", r"Sobra: \1."),
    (r"Option '(.+?)' requires (?:an|\d+) arguments?\.", r"A la opción \1 le falta su valor."),
    (r"Option '(.+?)' does not take a value\.", r"La opción \1 no lleva valor."),
    (r"Invalid value for '?(.+?)'?: '?(.+?)'? is not one of (.+)", r"\1 no puede ser «\2». Use una de: \3"),
    (r"Invalid value for '?(.+?)'?: .*?'(.+?)' does not exist\.", r"\1: no existe «\2»."),
    (r"Invalid value for '?(.+?)'?: (?:Value )?'(.+?)' .*", r"\1 no puede ser «\2»."),
    (r"Invalid value for '?(.+?)'?: .*", r"El valor de \1 no es válido."),
)


def traducir_ayuda(texto: str) -> str:
    """La ayuda de una orden, sin palabras en inglés."""
    for patron, cambio in AYUDA:
        texto = re.sub(patron, cambio, texto, flags=re.MULTILINE)
    return texto


def traducir_error(texto: str) -> str:
    """Un error de escritura de la orden, en español; lo que no se conoce se dice en general."""
    for patron, cambio in ERRORES:
        if hallado := re.fullmatch(patron, texto, flags=re.DOTALL):
            return hallado.expand(cambio)
    return "La orden no se entiende."


class Orden(TyperCommand):
    """Una orden con su ayuda en español."""

    def get_help(self, ctx: Any) -> str:
        return traducir_ayuda(super().get_help(ctx))


class Grupo(TyperGroup):
    """Órdenes con su ayuda en español; la de arriba atrapa además todo error."""

    def get_help(self, ctx: Any) -> str:
        return traducir_ayuda(super().get_help(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        def correr() -> Any:
            return super(Grupo, self).main(args, prog_name, complete_var, False, windows_expand_args, **extra)

        if not standalone_mode:
            return correr()
        try:
            codigo = correr()
        except typer.TyperException as error:
            _mal_escrita(error)
        except Problema as problema:
            _terminar(str(problema))
        except (typer.Abort, KeyboardInterrupt):
            _terminar("Cancelado.", 130)
        except Exception as error:
            _terminar(f"Ocurrió un error. Folio: {falla(error)}. La causa está en el registro.")
        sys.exit(codigo if isinstance(codigo, int) else 0)


def _terminar(mensaje: str, codigo: int = 1) -> NoReturn:
    typer.echo(mensaje, err=True)
    sys.exit(codigo)


def _mal_escrita(error: typer.TyperException) -> NoReturn:
    mensaje = error.format_message()
    if mensaje.startswith("Uso: "):
        # Sin orden, typer lanza la ayuda completa como si fuera un error.
        typer.echo(mensaje)
        sys.exit(0)
    ctx = getattr(error, "ctx", None)
    donde = f" Vea: {ctx.command_path} --help" if ctx is not None else ""
    _terminar(traducir_error(mensaje) + donde, 2)


class Aplicacion(typer.Typer):
    """`typer.Typer` cuyas órdenes y grupos hablan español sin que cada una lo pida."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(
            cls=Grupo,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            **extra,
        )

    def command(self, name: str | None = None, **extra: Any) -> Callable[..., Any]:
        extra.setdefault("cls", Orden)
        opciones: MutableMapping[str, Any] = extra
        return super().command(name, **opciones)
