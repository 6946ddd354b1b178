"""`siem cargar`: un archivo a la base, con la misma revisión que la página Importar."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from dashboard.comando.barra import barra
from dashboard.comando.base import crear_base
from dashboard.imports.carga import Informe, cargar, exigir_formato, informe_de, preparar
from dashboard.imports.contexto import ente_por_clave
from dashboard.imports.formato import Contexto, Formato
from dashboard.imports.registro import FORMATS
from db.engine import reading
from db.migrar import al_dia, revision_actual
from db.queries.actores import actor_de_cuenta
from db.queries.usuarios import en_utc
from db.rules.formato import fecha_hora
from db.rules.permisos import LINEA_DE_COMANDOS, Actor
from db.rules.problema import Problema

FORMATOS = " ".join(formato.nombre for formato in FORMATS)
EN_PANTALLA = 50
"""Problemas que se escriben en la terminal; con --json van todos."""

NombreFormato = Annotated[str, typer.Argument(metavar="FORMATO", help=f"Uno de: {FORMATOS}.")]
Ruta = Annotated[Path, typer.Argument(metavar="ARCHIVO", help="Archivo CSV, XLSX u ODS.")]
Ejercicio = Annotated[
    int | None,
    typer.Option(
        "--ejercicio",
        min=2000,
        max=2100,
        metavar="AÑO",
        help="Por omisión, el del archivo o el más reciente.",
    ),
]
Ente = Annotated[
    str | None,
    typer.Option("--ente", metavar="CLAVE", help="Por omisión, el ayuntamiento o el que diga el archivo."),
]
Corte = Annotated[
    int | None,
    typer.Option("--corte", min=1, max=12, metavar="MES", help="Mes al que llega un EAEPE, de 1 a 12."),
]
Como = Annotated[
    str | None,
    typer.Option("--como", metavar="CUENTA", help="Carga con los permisos de esa cuenta."),
]
Probar = Annotated[bool, typer.Option("--probar", help="Revisa y dice qué cambiaría, sin guardar nada.")]
EnJson = Annotated[bool, typer.Option("--json", help="Escribe el resultado en JSON.")]


def registrar(app: typer.Typer) -> None:
    """Agrega la orden."""
    app.command("cargar", help="Carga un archivo a la base; si algo está mal, no guarda nada.")(orden)


@dataclass(frozen=True, slots=True)
class _Peticion:
    formato: Formato
    ruta: Path
    ejercicio: int | None
    ente: str | None
    corte: int | None
    como: str | None


def orden(
    formato: NombreFormato,
    archivo: Ruta,
    ejercicio: Ejercicio = None,
    ente: Ente = None,
    corte: Corte = None,
    como: Como = None,
    probar: Probar = False,
    en_json: EnJson = False,
) -> None:
    pedida = _Peticion(exigir_formato(FORMATS, formato), archivo, ejercicio, ente, corte, como)
    try:
        informe = _hacer(pedida, probar=probar, callado=en_json)
    except Problema as problema:
        if not en_json:
            raise
        _escribir(_de_problema(pedida, problema))
        raise typer.Exit(1) from problema
    if en_json:
        _escribir({**informe.a_dict(), "prueba": probar})
    else:
        _mostrar(informe, probar)
    if informe.rechazadas:
        raise typer.Exit(1)


def _hacer(pedida: _Peticion, *, probar: bool, callado: bool) -> Informe:
    if not pedida.ruta.is_file():
        raise Problema(f"No existe el archivo «{pedida.ruta}».", "Revise la ruta y el nombre.")
    _poner_la_base()
    with reading() as session:
        actor: Actor = actor_de_cuenta(session, pedida.como) if pedida.como else LINEA_DE_COMANDOS
        ente_id = ente_por_clave(session, pedida.ente) if pedida.ente else None
    nombre = pedida.ruta.name
    contexto = Contexto(actor, nombre, pedida.ejercicio, ente_id, corte_mes=pedida.corte)
    with barra(f"Cargando {nombre}", visible=not callado) as al_avanzar:
        if probar:
            preparada = preparar(pedida.formato, pedida.ruta, nombre, contexto, al_avanzar)
            return replace(informe_de(preparada), guardadas=preparada.cuenta.guardadas)
        return cargar(pedida.formato, pedida.ruta, nombre, contexto, al_avanzar)


def _poner_la_base() -> None:
    """Una base vacía se crea; una de otra versión se deja a `siem migrar`, que respalda antes."""
    if revision_actual() is None:
        crear_base()
    if not al_dia():
        raise Problema("La base no está al día con esta versión del sistema.", "Corra: siem migrar")


def _de_problema(pedida: _Peticion, problema: Problema) -> dict[str, Any]:
    """Un archivo que no se pudo leer, con la misma forma que un informe."""
    informe = Informe(pedida.formato.nombre, pedida.ruta.name, pedida.ejercicio, leidas=0)
    informe.rechazadas.append(
        {
            "hoja": "",
            "celda": "",
            "valor": "",
            "regla": problema.mensaje,
            "remedio": problema.remedio,
            "grave": True,
        }
    )
    return informe.a_dict()


def _escribir(valores: dict[str, Any]) -> None:
    typer.echo(json.dumps(valores, ensure_ascii=False, indent=2))


def _mostrar(informe: Informe, probar: bool) -> None:
    consola = Console()
    if previa := informe.ya_cargado:
        cuando = fecha_hora(en_utc(previa["cargada_en"]))
        consola.print(f"Este archivo ya se cargó el {cuando} por {previa['autor']}.", markup=False)
    for titulo, lineas in (("Se supuso", informe.defectos), ("Avisos", informe.avisos)):
        for linea in lineas:
            consola.print(f"{titulo}: {linea}", markup=False, highlight=False)
    for titulo, problemas in (
        ("Problemas", informe.rechazadas),
        ("Observaciones", informe.observaciones),
    ):
        if problemas:
            consola.print(_tabla(titulo, problemas))
        if len(problemas) > EN_PANTALLA:
            consola.print(f"Hay otros {len(problemas) - EN_PANTALLA:,}; véalos todos con --json.")
    consola.print(_desenlace(informe, probar), markup=False, highlight=False)


def _tabla(titulo: str, problemas: list[dict[str, Any]]) -> Table:
    cuadro = Table(title=titulo, box=SIMPLE, title_justify="left")
    for encabezado in ("Hoja", "Celda", "Valor", "Regla", "Cómo se arregla"):
        cuadro.add_column(encabezado, overflow="fold")
    for problema in problemas[:EN_PANTALLA]:
        celdas = (str(problema[c]) for c in ("hoja", "celda", "valor", "regla", "remedio"))
        cuadro.add_row(*(celda.replace("[", r"\[") for celda in celdas))
    return cuadro


def _desenlace(informe: Informe, probar: bool) -> str:
    cuentas = f"{informe.leidas:,} renglones leídos"
    if informe.rechazadas:
        return f"No se guardó nada: {cuentas}, {len(informe.rechazadas):,} problemas por corregir."
    if probar:
        return f"Prueba: {cuentas}; se guardarían {informe.guardadas:,} y {informe.sin_cambio:,} no cambian."
    if informe.carga_id is None:
        return f"Sin cambios: {cuentas}, todos estaban ya guardados."
    omitidas = f", {informe.omitidas:,} omitidos" if informe.omitidas else ""
    bajas = f"; se dieron de baja {informe.desaparecen:,}" if informe.desaparecen else ""
    return (
        f"Listo: {cuentas}, {informe.guardadas:,} guardados, {informe.sin_cambio:,} sin cambio"
        f"{omitidas}{bajas} (carga {informe.carga_id})."
    )
