"""`siem demo` y `siem iniciar`: poner el sistema a andar."""

import os
from pathlib import Path
from typing import Annotated

import typer

from dashboard.comando.base import poner_al_dia
from dashboard.gate.demo import MARCA, marcar
from db.engine import hogar, motor, reading, url_de_la_base
from db.migrar import al_dia, migrar
from db.queries.usuarios import hay_usuarios
from db.rules.problema import Problema

Puerto = Annotated[
    int | None,
    typer.Option(
        min=1, max=65535, metavar="PUERTO", help="Puerto fijo; sin él, el 8501 o el siguiente libre."
    ),
]
SinNavegador = Annotated[bool, typer.Option("--sin-navegador", help="No abre el navegador.")]


def registrar(app: typer.Typer) -> None:
    app.command("demo", help="Abre la demostración: un municipio inventado, sin tocar sus datos.")(demo)
    app.command("iniciar", help="Abre el sistema con la base del municipio.")(iniciar)


def demo(
    preparar: Annotated[bool, typer.Option("--preparar", help="Sólo crea la demostración.")] = False,
    nueva: Annotated[bool, typer.Option("--nueva", help="La vuelve a crear desde cero.")] = False,
    puerto: Puerto = None,
    sin_navegador: SinNavegador = False,
) -> None:
    carpeta = hogar() / "demo"
    carpeta.mkdir(exist_ok=True)
    # Desde aquí este proceso sólo conoce la base de la demostración.
    os.environ["SIEM_HOME"] = str(carpeta)
    os.environ.pop("SIEM_DATABASE_URL", None)
    os.environ["SIEM_DEMO"] = "1"
    base = carpeta / "siem.sqlite"
    if nueva or not base.is_file() or not (carpeta / MARCA).is_file() or not al_dia():
        _crear_demo(carpeta, base)
    if not preparar:
        _servir(puerto, sin_navegador)


def _crear_demo(carpeta: Path, base: Path) -> None:
    from seed.demo import crear_demo

    borrador = carpeta / "borrador.sqlite"
    _borrar(borrador)
    os.environ["SIEM_DATABASE_URL"] = f"sqlite:///{borrador}"
    try:
        migrar()
        crear_demo(_avance)
    finally:
        for escribe in (True, False):
            motor(url_de_la_base(), escribe).dispose()
        os.environ.pop("SIEM_DATABASE_URL")
    typer.echo("")
    # Se cambia de nombre ya completa: una demostración a medias nunca se abre.
    _borrar(base)
    borrador.replace(base)
    marcar(carpeta)


def _borrar(base: Path) -> None:
    for sufijo in ("", "-wal", "-shm"):
        base.with_name(base.name + sufijo).unlink(missing_ok=True)


def _avance(parte: float, que: str) -> None:
    typer.echo(f"\r\x1b[2KPreparando la demostración: {parte:4.0%} {que}", nl=False)


def iniciar(
    puerto: Puerto = None,
    direccion: Annotated[
        str, typer.Option(metavar="IP", help="Dirección en que atiende; sólo cámbiela detrás de un muro.")
    ] = "127.0.0.1",
    sin_navegador: SinNavegador = False,
) -> None:
    os.environ.pop("SIEM_DEMO", None)
    poner_al_dia(typer.echo)
    with reading() as session:
        sin_cuentas = not hay_usuarios(session)
    if sin_cuentas:
        typer.echo("Todavía no hay cuentas. En otra ventana, cree la de quien administra:")
        typer.echo("  siem usuarios crear CUENTA --nombre «Nombre y apellido» --rol administracion")
    _servir(puerto, sin_navegador, direccion)


def _servir(puerto: int | None, sin_navegador: bool, anfitrion: str = "127.0.0.1") -> None:
    from dashboard.servidor import servir

    if not al_dia():
        raise Problema("La base no está al día con esta versión del sistema.", "Corra: siem migrar")
    servir(puerto, anfitrion=anfitrion, navegador=not sin_navegador, avisar=typer.echo)
