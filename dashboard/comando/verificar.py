"""`siem verificar`: la base está íntegra, o cuál es la primera falta."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from dashboard.comando.barra import barra
from db.actions.sello import sellar
from db.engine import reading
from db.migrar import comprobar_conocida, revision_actual
from db.queries.verificar import Comprobacion, verificar
from db.rules.problema import Problema

EnJson = Annotated[bool, typer.Option("--json", help="Escribe el resultado en JSON.")]


def registrar(app: typer.Typer) -> None:
    """Agrega la orden."""
    app.command("verificar", help="Comprueba bitácora, llaves e identidades; sale con 1 y la primera falta.")(
        comprobar
    )


def comprobar(en_json: EnJson = False) -> None:
    comprobar_conocida()
    if revision_actual() is None:
        raise Problema("La base está vacía: no hay qué verificar.", "Corra antes «siem iniciar».")
    with barra("Verificando", visible=not en_json) as al_avanzar, reading() as session:
        hechas = verificar(session, al_avanzar)
    falta = next((c.falta for c in hechas if c.falta), None)
    sello = sellar() if falta is None else None
    if en_json:
        typer.echo(json.dumps(_a_dict(hechas, falta, sello.a_dict() if sello else None), ensure_ascii=False))
    else:
        _mostrar(hechas, falta)
    if falta:
        raise typer.Exit(1)


def _a_dict(hechas: list[Comprobacion], falta: str | None, sello: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "integra": falta is None,
        "falta": falta,
        "comprobaciones": [{"nombre": c.nombre, "falta": c.falta} for c in hechas],
        "sello": sello,
    }


def _mostrar(hechas: list[Comprobacion], falta: str | None) -> None:
    consola = Console(highlight=False)
    for hecha in hechas:
        consola.print(f"{'✖' if hecha.falta else '✔'} {hecha.nombre}", markup=False)
    if falta:
        Console(stderr=True, highlight=False).print(f"Primera falta: {falta}.", markup=False, soft_wrap=True)
    else:
        consola.print("La base está íntegra.")
