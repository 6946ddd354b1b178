"""`siem resumen`: las cifras de Inicio en la terminal o en JSON, del mismo cálculo que la pantalla."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import typer
from sqlmodel import Session

from db.engine import reading
from db.migrar import comprobar_conocida, revision_actual
from db.queries.municipio import contexto, ejercicio_actual
from db.queries.tablero import tablero
from db.rules.formato import mdp, pct
from db.rules.problema import Problema

Ejercicio = Annotated[
    int | None, typer.Option("--ejercicio", help="Año; por omisión, el más nuevo con metas.")
]
Corte = Annotated[int | None, typer.Option("--corte", min=1, max=12, help="Mes del corte, de 1 a 12.")]
Ente = Annotated[str | None, typer.Option("--ente", help="Clave del ente; por omisión, todos juntos.")]
EnJson = Annotated[bool, typer.Option("--json", help="Escribe el resultado en JSON.")]

FIGURA = ("valor", "estado", "evaluados", "total", "detalle")


def registrar(app: typer.Typer) -> None:
    """Agrega la orden."""
    app.command("resumen", help="Cómo van el plan, el presupuesto y los indicadores a un corte.")(resumir)


def resumir(
    ejercicio: Ejercicio = None, corte: Corte = None, ente: Ente = None, en_json: EnJson = False
) -> None:
    comprobar_conocida()
    if revision_actual() is None:
        raise Problema("La base está vacía.", "Cargue primero sus archivos con «siem cargar».")
    resumen = _resumen(ejercicio, corte, ente)
    if en_json:
        typer.echo(json.dumps(resumen, ensure_ascii=False, default=_plano))
    else:
        _mostrar(resumen)


def _resumen(ejercicio: int | None, corte: int | None, clave_ente: str | None) -> dict[str, Any]:
    with reading() as session:
        anio = ejercicio or ejercicio_actual(session)
        if anio is None:
            raise Problema("Todavía no hay ejercicios.", "Cargue primero sus archivos con «siem cargar».")
        ente_id = _ente(session, clave_ente)
        datos = tablero(session, anio=anio, mes=corte, ente_id=ente_id)
    return {
        "municipio": datos["municipio"],
        "ente": datos["ente"],
        "ejercicio": anio,
        "corte": {clave: datos["corte"][clave] for clave in ("mes", "texto", "origen")},
        "cumplimiento": _figura(datos["cumplimiento"]),
        "avance_anual": {**_figura(datos["avance_anual"]), "esperado": datos["esperado"]},
        "avance_financiero": {**_figura(datos["avance_financiero"]), "dinero": datos["dinero"]},
        "brecha": _figura(datos["brecha"]),
        "indicadores": _figura(datos["indicadores"]),
        "vencidos": {
            "valor": datos["vencidos"]["metas"] + datos["vencidos"]["indicadores"],
            **datos["vencidos"],
        },
        "ejes": [_eje(eje) for eje in datos["ejes"]],
        "falta": datos["falta"],
    }


def _ente(session: Session, clave: str | None) -> int | None:
    if clave is None:
        return None
    entes = {ente["clave"]: int(ente["id"]) for ente in contexto(session)["entes"]}
    if clave not in entes:
        raise Problema(f"No hay un ente con clave «{clave}».", f"Use una de: {', '.join(sorted(entes))}.")
    return entes[clave]


def _figura(resultado: dict[str, Any] | None) -> dict[str, Any]:
    """Valor, estado, cobertura y explicación de un resultado; sin resultado, todo vacío."""
    if resultado is None:
        return dict.fromkeys(FIGURA)
    detalle = resultado["detalle"]
    return {clave: resultado.get(clave, detalle.get(clave)) for clave in FIGURA}


def _eje(eje: dict[str, Any]) -> dict[str, Any]:
    return {
        "clave": eje["clave"],
        "nombre": eje["nombre"],
        **_figura(eje["cumplimiento"]),
        "avance_anual": _figura(eje["avance_anual"]),
        "avance_financiero": _figura(eje["avance_financiero"]),
        "dinero": eje["dinero"],
        "brecha": _figura(eje["brecha"]),
    }


def _plano(valor: object) -> object:
    """Decimal como número; lo demás que JSON no conoce, como texto."""
    if isinstance(valor, Decimal):
        return float(valor)
    return valor.isoformat() if isinstance(valor, datetime) else str(valor)


def _mostrar(resumen: dict[str, Any]) -> None:
    corte = resumen["corte"]
    typer.echo(f"{resumen['municipio']} · {resumen['ente']} · corte {corte['texto']} ({corte['origen']})")
    for nombre, clave in (
        ("Cumplimiento del plan", "cumplimiento"),
        ("Avance anual", "avance_anual"),
        ("Avance financiero", "avance_financiero"),
        ("Cumplimiento de indicadores", "indicadores"),
    ):
        figura = resumen[clave]
        cobertura = f" · {figura['evaluados']} de {figura['total']} evaluados" if figura["total"] else ""
        typer.echo(f"{nombre}: {pct(figura['valor'])} · {figura['estado'] or 'sin dato'}{cobertura}")
    dinero = resumen["avance_financiero"]["dinero"]
    if dinero:
        typer.echo(f"Dinero: {mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])}")
    typer.echo(f"Vencidos sin captura: {resumen['vencidos']['valor']}")
    for eje in resumen["ejes"]:
        typer.echo(f"  {eje['nombre']}: {pct(eje['valor'])} · {eje['estado']}")
