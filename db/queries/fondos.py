"""Los fondos etiquetados de un ejercicio: lo recibido, lo gastado en sus claves y sus plazos."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.fondos import Fondo, Ministracion
from db.models.municipio import Ente
from db.queries.matriz import FONDO, Alcance, agrupar, por_meses
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import nombres
from db.queries.presupuesto import Monto, sumar
from db.rules.fondo import Plazo, Saldo, plazos

Fila = dict[str, Any]


def lista(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None, hoy: date
) -> dict[str, Any]:
    """Los fondos del ejercicio con su saldo al corte, en centavos, y sus plazos contados desde `hoy`.

    Lo recibido es todo lo ministrado hasta hoy; lo gastado, lo del corte.
    """
    corte, _ = corte_de(session, anio, mes)
    entes = None if ente_id is None else (ente_id,)
    return {
        "corte": corte.en_palabras,
        "mes": corte.mes,
        "fondos": _fondos(session, anio, corte.mes, entes, hoy),
    }


def ficha(
    session: Session, *, anio: int, mes: int | None = None, fondo_id: int, hoy: date
) -> dict[str, Any] | None:
    """Un fondo con sus ministraciones, su gasto por mes y los programas y proyectos que paga; None si no es
    del ejercicio."""
    todos = lista(session, anio=anio, mes=mes, hoy=hoy)
    fondo = next((f for f in todos["fondos"] if f["id"] == fondo_id), None)
    if fondo is None:
        return None
    alcance = Alcance(anio, todos["mes"], (fondo["ente_id"],))
    de_su_fuente = {FONDO: fondo["fuente"]}
    gastado = {ll[0]: m for ll, m in agrupar(session, alcance, ("proyecto",), de_su_fuente).items()}
    programas = {proyecto[:8] for proyecto in gastado}
    return {
        **fondo,
        "corte": todos["corte"],
        "mes": todos["mes"],
        "ministraciones": _ministraciones(session, [fondo_id])[fondo_id],
        "meses": por_meses(session, alcance, de_su_fuente),
        "proyectos": gastado,
        "nombres": nombres(session, anio, "proyecto", gastado),
        "programas": nombres(session, anio, "programa", programas),
    }


def por_vencer(
    session: Session, anio: int, mes: int, hoy: date, entes: tuple[int, ...] | None = None
) -> list[Fila]:
    """Los fondos con dinero por devengar, del que vence antes al que vence después; sin plazo, al final.

    De cada uno: `id`, `clave`, `fuente`, `autorizado`, `devengado` y `por_devengar` en centavos; `dias` para
    devengar (negativos si ya pasaron, None si no tiene plazo).
    """
    pendientes = []
    for fondo in _fondos(session, anio, mes, entes, hoy):
        if fondo["saldo"]["por_devengar"] > 0:
            dias = next((p["dias"] for p in fondo["plazos"] if p["que"] == "devengar"), None)
            dinero = {c: fondo["saldo"][c] for c in ("por_devengar", "autorizado", "devengado")}
            pendientes.append({**{c: fondo[c] for c in ("id", "clave", "fuente")}, **dinero, "dias": dias})
    return sorted(pendientes, key=lambda f: (f["dias"] is None, f["dias"] or 0, -f["por_devengar"]))


def _fondos(session: Session, anio: int, mes: int, entes: tuple[int, ...] | None, hoy: date) -> list[Fila]:
    f, e = tabla(Fondo), tabla(Ente)
    consulta = (
        select(*f.c, e.c.nombre.label("ente"))
        .join(e, e.c.id == f.c.ente_id)
        .where(f.c.anio == anio)
        .order_by(f.c.ente_id, f.c.fuente, f.c.id)
    )
    if entes is not None:
        consulta = consulta.where(f.c.ente_id.in_(entes))
    filas = [dict(fila) for fila in session.execute(consulta).mappings()]
    if not filas:
        return []
    gastos = agrupar(session, Alcance(anio, mes, entes), ("ente", "fuente"), {})
    recibidos = _ministraciones(session, [fila["id"] for fila in filas])
    return [_con_saldo(fila, _gasto(gastos, fila), recibidos[fila["id"]], hoy) for fila in filas]


def _gasto(gastos: dict[tuple[str, ...], Monto], fondo: Fila) -> Monto:
    propio = str(fondo["ente_id"])
    return sumar(
        m for (ente, fuente), m in gastos.items() if ente == propio and fuente.startswith(fondo["fuente"])
    )


def _con_saldo(fondo: Fila, gasto: Monto, ministraciones: list[Fila], hoy: date) -> Fila:
    saldo = Saldo(
        fondo["asignado"],
        sum(m["importe"] for m in ministraciones),
        *(gasto[momento] for momento in ("modificado", "comprometido", "devengado", "pagado")),
    )
    limites = (fondo["limite_compromiso"], fondo["limite_devengo"], fondo["limite_pago"])
    return {**fondo, "saldo": _saldo(saldo), "plazos": [_plazo(p) for p in plazos(saldo, *limites, hoy)]}


def _saldo(saldo: Saldo) -> dict[str, int]:
    campos = (
        "asignado", "autorizado", "recibido", "por_recibir", "modificado", "comprometido", "por_comprometer",
        "devengado", "por_devengar", "pagado", "por_pagar", "en_caja",
    )  # fmt: skip
    return {campo: getattr(saldo, campo) for campo in campos}


def _plazo(plazo: Plazo) -> Fila:
    return {
        "que": plazo.que,
        "limite": plazo.limite,
        "dias": plazo.dias,
        "resta": plazo.resta,
        "estado": plazo.estado.value,
        "palabra": plazo.palabra,
        "en_palabras": plazo.en_palabras,
    }


def _ministraciones(session: Session, fondos: list[int]) -> dict[int, list[Fila]]:
    m = tabla(Ministracion).c
    consulta = select(m.id, m.fondo_id, m.fecha, m.importe, m.documento, m.version)
    juntas: dict[int, list[Fila]] = defaultdict(list)
    filas = session.execute(consulta.where(m.fondo_id.in_(fondos)).order_by(m.fecha, m.id))
    for fila in filas.mappings():
        juntas[fila["fondo_id"]].append(dict(fila))
    return juntas


def por_clave(session: Session, anio: int, ente_id: int) -> dict[str, int]:
    """Identidad de cada fondo del ente en el ejercicio, por su clave."""
    f = tabla(Fondo).c
    consulta = select(f.clave, f.id).where(f.anio == anio, f.ente_id == ente_id)
    return {fila.clave: fila.id for fila in session.execute(consulta)}
