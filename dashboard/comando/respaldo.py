"""`siem respaldar` y `siem restaurar`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dashboard.comando.barra import barra
from db.actions import respaldo
from db.actions.respaldo_evidencias import CARPETA
from db.rules.formato import fecha_hora, numero

Destino = Annotated[
    Path | None,
    typer.Argument(
        help="Carpeta o archivo .zip; sin él, va a la carpeta de respaldos, que retira los viejos.",
        show_default=False,
    ),
]
Archivo = Annotated[Path, typer.Argument(help="El .zip que hizo «siem respaldar».", show_default=False)]
Confirmar = Annotated[bool, typer.Option("--si", help="No pregunta antes de reponer.")]

SinEvidencias = Annotated[
    bool, typer.Option("--sin-evidencias", help="Repone aunque falten archivos de evidencia.")
]


def registrar(app: typer.Typer) -> None:
    """Agrega las órdenes."""
    app.command("respaldar", help="Copia la base en un archivo comprobado, y junto a él las evidencias.")(
        respaldar
    )
    app.command("restaurar", help="Repone la base desde un respaldo; la actual queda aparte.")(restaurar)


def respaldar(destino: Destino = None) -> None:
    with barra("Respaldando") as al_avanzar:
        hecho = respaldo.respaldar(destino, al_avanzar)
    consola = Console(highlight=False)
    consola.print(f"Respaldo: {hecho.archivo}", soft_wrap=True)
    consola.print(
        f"{numero(sum(hecho.manifiesto.filas.values()))} renglones, "
        f"{numero(hecho.archivo.stat().st_size // 1024)} KB, sha256 {hecho.manifiesto.sha256[:16]}…"
    )
    if hecho.manifiesto.evidencias:
        cuantos, donde = numero(len(hecho.manifiesto.evidencias)), hecho.archivo.parent / CARPETA
        consola.print(f"{cuantos} archivos de evidencia en {donde}", soft_wrap=True)
    if hecho.retirados:
        consola.print(f"Se retiraron {hecho.retirados} respaldos viejos.")
    faltas = [hecho.manifiesto.falta] if hecho.manifiesto.falta else []
    if hecho.evidencias_perdidas:
        faltas.append(f"faltan o están alteradas {hecho.evidencias_perdidas:,} evidencias")
    if faltas:
        Console(stderr=True, highlight=False).print(
            f"El respaldo se hizo, pero {'; '.join(faltas)}. Avise a la contraloría."
        )
        raise typer.Exit(1)


def restaurar(archivo: Archivo, si: Confirmar = False, sin_evidencias: SinEvidencias = False) -> None:
    if not si:
        typer.confirm(
            "La base actual se reemplaza (queda una copia aparte). ¿Reponer desde el respaldo?", abort=True
        )
    with barra("Restaurando") as al_avanzar:
        hecha = respaldo.restaurar(archivo, al_avanzar, sin_evidencias=sin_evidencias)
    consola = Console(highlight=False)
    cuando = fecha_hora(datetime.fromisoformat(hecha.manifiesto.creado))
    consola.print(f"Base repuesta: {hecha.manifiesto.municipio or 'sin nombre'}, del {cuando}.")
    if hecha.sin_evidencias:
        consola.print(f"Archivos de evidencia que faltan: {numero(hecha.sin_evidencias)}.")
    if hecha.migrada:
        consola.print("Era de una versión anterior y se actualizó.")
    if hecha.aparte:
        consola.print(f"La base reemplazada quedó en {hecha.aparte}", soft_wrap=True)
