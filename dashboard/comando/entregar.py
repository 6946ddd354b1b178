"""`siem entregar`: el paquete de entrega-recepción, en una carpeta que se lee sin el sistema."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dashboard.comando.barra import barra
from dashboard.entrega import HUELLAS, entregar
from db.engine import reading
from db.migrar import comprobar_conocida, revision_actual
from db.rules.formato import numero
from db.rules.problema import Problema

Destino = Annotated[Path, typer.Argument(help="Carpeta que se crea, o archivo .zip.", show_default=False)]
SinDocumentos = Annotated[bool, typer.Option("--sin-documentos", help="No hace los PDF y libros de Excel.")]


def registrar(app: typer.Typer) -> None:
    """Agrega la orden."""
    app.command("entregar", help="Reúne todo lo del sistema para la entrega-recepción.")(empaquetar)


def empaquetar(destino: Destino, sin_documentos: SinDocumentos = False) -> None:
    comprobar_conocida()
    if revision_actual() is None:
        raise Problema("La base está vacía.", "Cargue primero sus archivos con «siem cargar».")
    if destino.exists():
        raise Problema(f"Ya existe «{destino}».", "Escriba el nombre de una carpeta o archivo nuevo.")
    destino.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destino.parent, prefix=".entrega-") as temporal:
        carpeta = Path(temporal) / "entrega"
        carpeta.mkdir()
        with barra("Reuniendo") as al_avanzar, reading() as session:
            hecho = entregar(session, carpeta, al_avanzar, documentos=not sin_documentos)
        _mover(carpeta, destino)
    consola = Console(highlight=False)
    consola.print(f"Entrega: {destino}", soft_wrap=True)
    consola.print(
        f"{numero(sum(hecho['tablas'].values()))} renglones, {numero(hecho['documentos'])} documentos, "
        f"{numero(hecho['evidencias'])} evidencias, {numero(hecho['pendientes'])} pendientes."
    )
    consola.print(f"Abra index.html; la huella de cada archivo está en {HUELLAS}.")
    avisos = list(hecho["faltas"])
    if hecho["perdidas"]:
        avisos.append(f"faltan o están alteradas {hecho['perdidas']:,} evidencias")
    if hecho["omitidos"]:
        cuantos = len(hecho["omitidos"])
        avisos.append(f"{'un documento' if cuantos == 1 else f'{cuantos:,} documentos'} sin hacer")
    if avisos:
        Console(stderr=True, highlight=False).print(f"Se entregó, pero {'; '.join(avisos)}.")


def _mover(carpeta: Path, destino: Path) -> None:
    """Sólo aparece entero: a medias no queda nada con su nombre."""
    if destino.suffix.lower() == ".zip":
        hecho = shutil.make_archive(str(carpeta), "zip", carpeta)
        Path(hecho).replace(destino)
    else:
        carpeta.replace(destino)
