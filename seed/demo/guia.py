"""El autodiagnóstico de la Guía Consultiva en 2025 y 2026: mejora, con rezagos, pendientes y no medibles."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.guia import ComprobacionGuia, DiagnosticoGuia, ElementoGuia, IndicadorGuia, TipoGuia
from db.rules.guia_evaluacion import OPCION, Ficha
from seed.catalogos.guia import cargar_guia
from seed.demo.calendario import SEMILLA
from seed.demo.estructura import Base
from seed.demo.lote import insertar
from seed.demo.vocabulario import leer

ANIOS = (2025, 2026)
ENTE = "AYTO"
SIN_REVISAR = frozenset({"6.5", "7.2"})
"""Temas que en 2026 nadie ha revisado todavía."""

NO_MEDIBLES = {
    "2.3.1": "El municipio no tiene deuda pública vigente, según la constancia de Tesorería.",
    "3.4.1": "El municipio no forma parte de una zona metropolitana (Sistema Urbano Nacional).",
    "3.4.2": "El municipio no forma parte de una zona metropolitana (Sistema Urbano Nacional).",
    "3.4.3": "El municipio no forma parte de una zona metropolitana (Sistema Urbano Nacional).",
}
POR_OPCION = {"2.3.4": "optimo"}
AUTOMATICAS = {"1.2.4": ("X1", "X2")}
"""Las que salen de otro indicador y no se capturan."""

DOCUMENTOS = (
    "Expediente de la dependencia, carpeta {n}",
    "Gaceta municipal número {n}",
    "Acta de Cabildo número {n}",
    "Oficio {n}, archivo de trámite",
    "Documento publicado en el portal, anexo {n}",
)


def crear(session: Session, base: Base) -> None:
    """Carga la guía y captura los dos años; su azar es propio, no mueve el de los demás."""
    cargar_guia(session)
    azar = Random(SEMILLA + 8_618)
    g = tabla(IndicadorGuia)
    filas = list(session.execute(select(g).order_by(g.c.orden)))
    e = tabla(ElementoGuia)
    elementos: dict[int, list[int]] = {}
    for elemento in session.execute(select(e.c.id, e.c.indicador_guia_id).order_by(e.c.id)):
        elementos.setdefault(elemento.indicador_guia_id, []).append(elemento.id)
    temas = {r["tema"]: r for r in leer("guia_temas.csv")}
    valores = {r["clave"]: r for r in leer("guia_valores.csv")}
    diagnosticos, comprobaciones = [], []
    for fila in filas:
        previos: frozenset[int] = frozenset()
        for anio in ANIOS:
            diagnosticos.append(_diagnostico(base, temas[fila.tema]["general"], fila, anio, valores))
            pendiente = anio == ANIOS[-1] and fila.tema in SIN_REVISAR
            if fila.tipo is not TipoGuia.GESTION or fila.clave in NO_MEDIBLES or pendiente:
                continue
            suyos = elementos[fila.id]
            previos = _cumplen(azar, suyos, int(temas[fila.tema][f"avance_{anio}"]), previos)
            comprobaciones += list(_comprobaciones(azar, suyos, previos, anio))
    insertar(session, DiagnosticoGuia, diagnosticos)
    insertar(session, ComprobacionGuia, comprobaciones)


def _diagnostico(
    base: Base, general: str, fila: Any, anio: int, valores: dict[str, dict[str, str]]
) -> dict[str, Any]:
    motivo = NO_MEDIBLES.get(fila.clave, "")
    escritos = valores.get(fila.clave, {}).get(f"valores_{anio}", "").split()
    variables = dict(zip(_letras(fila), escritos, strict=True)) if escritos else {}
    if fila.clave in POR_OPCION:
        variables = {OPCION: POR_OPCION[fila.clave]}
    return {
        "indicador_guia_id": fila.id,
        "anio": anio,
        "dependencia_id": base.dependencias[ENTE, general, ""],
        "no_medible": bool(motivo),
        "motivo": motivo,
        "variables": variables,
    }


def _letras(fila: Any) -> list[str]:
    ficha = Ficha(
        fila.clave, fila.nombre, fila.tema, fila.tipo, "", fila.formula, fila.variables, "=1", "", "=0"
    )
    solas = AUTOMATICAS.get(fila.clave, ())
    return [v.letra for v in ficha.calculo.variables if v.letra not in solas] if ficha.calculo else []


def _cumplen(azar: Random, elementos: list[int], avance: int, previos: frozenset[int]) -> frozenset[int]:
    """Los que se comprueban: casi todo lo del año anterior y `avance` por ciento de lo demás."""
    return frozenset(i for i in elementos if azar.randrange(100) < (97 if i in previos else avance))


def _comprobaciones(
    azar: Random, elementos: list[int], cumplen: frozenset[int], anio: int
) -> Iterator[dict[str, Any]]:
    for elemento_id in elementos:
        cumple = elemento_id in cumplen
        evidencia = azar.choice(DOCUMENTOS).format(n=azar.randint(1, 90))
        dia = date(anio, 1, 8) + timedelta(days=azar.randrange(290))
        yield {
            "elemento_id": elemento_id,
            "anio": anio,
            "cumple": cumple,
            "evidencia": evidencia if cumple else "",
            "fecha": dia if cumple else None,
        }
