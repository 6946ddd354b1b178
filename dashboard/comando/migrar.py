"""`siem migrar`: lleva la base a la versión del programa."""

import typer

from dashboard.comando.base import poner_al_dia
from db.migrar import al_dia, revision_esperada


def registrar(app: typer.Typer) -> None:
    app.command("migrar", help="Respalda la base y la lleva a la versión de este programa.")(orden)


def orden() -> None:
    if al_dia():
        typer.echo(f"La base ya está al día (revisión {revision_esperada()}).")
        return
    poner_al_dia(typer.echo)
