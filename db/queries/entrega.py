"""Todo lo que la base guarda, tabla por tabla, para entregarlo y leerlo sin el sistema."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, select
from sqlmodel import Session

from db.base import Base, Cantidad
from db.queries import observaciones, pae
from db.queries.acuerdos import acuerdos
from db.queries.cierre import meses, vigente
from db.queries.encargos import todos
from db.queries.municipio import corte
from db.queries.propuestas import propuestas
from db.queries.reconduccion import lista as solicitudes
from db.rules.formato import fecha, mes_nombre
from db.rules.propuestas import ABIERTAS
from db.rules.registros import REGISTROS
from db.rules.solicitud import EN_TRAMITE
from db.rules.texto import sin_formula

OMITIDAS = frozenset({"sesion", "intento_entrada", "llave_idempotencia", "data_version", "borrador"})
"""Lo que sólo sirve al sistema mientras corre, o lo que alguien aún no entrega."""

SECRETAS = frozenset({"clave_hash", "codigo_hash", "codigo_vence"})
LOTE = 5_000


@dataclass(frozen=True, slots=True)
class TablaEntregada:
    """Una tabla con lo que dice de sí misma; `columnas`: nombre → tipo de Table Schema."""

    nombre: str
    que_es: str
    columnas: dict[str, str]
    llave: tuple[str, ...]
    foraneas: tuple[tuple[str, str, str], ...]
    """(columna, tabla a la que apunta, su columna)."""


def tablas() -> list[TablaEntregada]:
    """Las tablas que se entregan, en el orden en que se pueden volver a cargar."""
    dichas = {m.local_table.name: _que_es(m.class_) for m in Base._sa_registry.mappers}  # type: ignore[attr-defined]
    return [
        TablaEntregada(
            nombre=t.name,
            que_es=dichas.get(t.name, ""),
            columnas={c.name: _tipo(c) for c in _columnas(t)},
            llave=tuple(c.name for c in t.primary_key),
            foraneas=tuple(
                (c.name, llave.column.table.name, llave.column.name)
                for c in _columnas(t)
                for llave in c.foreign_keys
            ),
        )
        for t in Base.metadata.sorted_tables
        if t.name not in OMITIDAS
    ]


def _que_es(clase: type) -> str:
    return (clase.__doc__ or "").strip().split("\n")[0]


def _columnas(t: Table) -> list[Column[Any]]:
    return [c for c in t.columns if c.name not in SECRETAS and not isinstance(c.type, LargeBinary)]


def _es_dinero(columna: Column[Any]) -> bool:
    """El dinero es el único BIGINT que no es una cantidad."""
    return isinstance(columna.type, BigInteger)


def _tipo(columna: Column[Any]) -> str:
    if _es_dinero(columna) or isinstance(columna.type, Cantidad):
        return "number"
    for clase, nombre in ((Boolean, "boolean"), (Integer, "integer"), (DateTime, "datetime"), (Date, "date")):
        if isinstance(columna.type, clase):
            return nombre
    return "string"


def renglones(session: Session, nombre: str) -> Iterator[list[str]]:
    """Cada renglón escrito: el dinero en pesos, las fechas en ISO 8601 y el texto sin nada que se ejecute."""
    t = Base.metadata.tables[nombre]
    columnas = _columnas(t)
    dinero = [_es_dinero(c) for c in columnas]
    consulta = select(*columnas).order_by(*t.primary_key.columns)
    for fila in session.execute(consulta.execution_options(yield_per=LOTE)):
        yield [_escrito(valor, es) for valor, es in zip(fila, dinero, strict=True)]


def _escrito(valor: Any, es_dinero: bool) -> str:
    if valor is None:
        return ""
    if es_dinero:
        return str(Decimal(valor).scaleb(-2))
    if isinstance(valor, bool):
        return "true" if valor else "false"
    if isinstance(valor, datetime | date):
        return valor.isoformat()
    if isinstance(valor, int | Decimal):
        return str(valor)
    return sin_formula(str(valor))


def cortes(session: Session, *, anios: list[int]) -> dict[int, int]:
    """Ejercicio → mes del que salen sus cifras: su último periodo congelado o, sin ninguno, su corte."""
    hallados = {}
    for anio in sorted(anios):
        congelado = next((m for m in reversed(meses(session, anio)) if vigente(session, anio, m)), None)
        hallados[anio] = congelado or corte(session, anio)[0].mes
    return {anio: mes for anio, mes in hallados.items() if mes}


def pendientes(session: Session, *, anios: list[int], hoy: date) -> list[dict[str, str]]:
    """Lo que queda por atender: clase, de quién, qué, para cuándo y en qué va."""
    hallados = []
    for anio in anios:
        hallados += [
            _pendiente("Observación", o["dependencia"], o["texto"], o["vence"], o["estado"])
            for o in observaciones.abiertas(session, anio=anio, ente_id=None)
        ]
        hallados += [
            _pendiente("Aspecto de mejora", x["dependencia"], x["accion"], x["fin"], x["situacion"][1])
            for aspecto in pae.seguimiento(session, anio=anio, hoy=hoy)
            for x in aspecto["acciones"]
            if aspecto["estado"] == "aceptado"
        ]
        hallados += [
            _pendiente(
                "Reconducción", s["nombre"], s["justificacion"], mes_nombre(s["mes_vigencia"]), s["estado"]
            )
            for s in solicitudes(session, anio=anio)
            if s["estado"] in EN_TRAMITE
        ]
    hallados += [
        _pendiente("Acuerdo", a["responde"], f"{a['numero']} {a['texto']}", a["vence"], a["situacion"][1])
        for a in acuerdos(session, vivos=True)
    ]
    hallados += [
        _pendiente("Propuesta", p["dependencia"], f"{p['folio']} {p['tema']}", p["vence"], p["situacion"][1])
        for p in propuestas(session)
        if p["estado"] in ABIERTAS
    ]
    hallados += [
        _pendiente(
            REGISTROS[e["registro"]].uno.capitalize(),
            e["dependencia"],
            f"{e['folio']} {e['titulo']}",
            e["vence"],
            e["situacion"][1],
        )
        for e in todos(session)
        if not e["terminado"]
    ]
    return hallados


PENDIENTE = ("clase", "de", "que", "para", "estado")


def _pendiente(*datos: date | str | None) -> dict[str, str]:
    escritos = (fecha(d) if isinstance(d, date) else sin_formula(d or "") for d in datos)
    return dict(zip(PENDIENTE, escritos, strict=True))
