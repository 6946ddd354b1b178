"""`siem migrar`: lleva la base a la versión del programa."""

import typer

from db.migrar import al_dia, migrar, revision_esperada


def registrar(app: typer.Typer) -> None:
    app.command("migrar", help="Lleva la base a la versión de este programa.")(orden)


def orden() -> None:
    if al_dia():
        typer.echo(f"La base ya está al día (revisión {revision_esperada()}).")
        return
    migrar()
    typer.echo(f"Listo: la base está en la revisión {revision_esperada()}.")
