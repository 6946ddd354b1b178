"""Lo que la captura de un proyecto ofrece: lo guardado, los catálogos y los meses del año anterior."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.anteproyecto import EtapaPresupuesto
from db.models.catalogo import NombreCatalogo
from db.models.estructura import Dependencia
from db.models.presupuesto import ClavePresupuestaria, MovimientoPresupuesto
from db.models.programas import Proyecto
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_revision import catalogo
from db.queries.presupuesto import corte_vigente
from db.rules.anteproyecto import MESES, fuente_valida, partida_valida


def captura(session: Session, *, etapa_id: int, auxiliar_id: int, proyecto_id: int) -> dict[str, Any]:
    """Las partidas de un proyecto en una auxiliar, con la huella con que se abren.

    `anteriores` trae, por partida, el aprobado por mes del año pasado; la vacía es el proyecto entero.
    """
    filas = lee.partidas(session, etapa_id, auxiliar_id=auxiliar_id, proyecto_id=proyecto_id)
    anteriores = _anteriores(session, etapa_id, auxiliar_id, proyecto_id)
    partidas = conceptos(session)
    fuentes = catalogo(session, NombreCatalogo.FUENTE)
    usadas = {f["partida"] for f in filas} | {p for p in anteriores if p}
    return {
        "filas": [
            {c: fila[c] for c in ("fuente", "partida", "justificacion", "meses", "anual")} for fila in filas
        ],
        "firma": lee.huella_de(filas),
        "anteriores": anteriores,
        "partidas": {
            clave: partidas.get(clave) or partidas.get(f"{clave[:3]}0", "")
            for clave in sorted(partidas.keys() | usadas)
            if partida_valida(clave, frozenset(partidas)) or clave in usadas
        },
        "fuentes": {
            clave: fuentes.get(clave, "")
            for clave in sorted(fuentes.keys() | {f["fuente"] for f in filas})
            if fuente_valida(clave, frozenset(fuentes))
        },
    }


def conceptos(session: Session) -> dict[str, str]:
    """Clave → nombre de capítulos, conceptos y partidas del Clasificador por Objeto del Gasto."""
    return catalogo(session, NombreCatalogo.OBJETO_GASTO)


def _anteriores(
    session: Session, etapa_id: int, auxiliar_id: int, proyecto_id: int
) -> dict[str, tuple[int, ...]]:
    e, d, y = tabla(EtapaPresupuesto), tabla(Dependencia), tabla(Proyecto)
    madre = d.alias("madre")
    etapa = session.execute(select(e.c.anio, e.c.ente_id).where(e.c.id == etapa_id)).one()
    corte = corte_vigente(session, etapa.anio - 1, etapa.ente_id)
    if corte is None:
        return {}
    general, auxiliar = session.execute(
        select(madre.c.clave, d.c.clave).join(madre, madre.c.id == d.c.padre_id).where(d.c.id == auxiliar_id)
    ).one()
    proyecto = session.execute(select(y.c.clave).where(y.c.id == proyecto_id)).scalar_one()
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    consulta = (
        select(k.c.partida, m.c.mes, func.sum(m.c.aprobado))
        .join(m, m.c.clave_id == k.c.id)
        .where(
            m.c.corte_id == corte.id,
            k.c.anio == corte.anio,
            k.c.ente_id == corte.ente_id,
            k.c.proyecto == proyecto,
            k.c.dependencia_general == general,
            k.c.dependencia_auxiliar == auxiliar,
        )
        .group_by(k.c.partida, m.c.mes)
    )
    meses: dict[str, list[int]] = defaultdict(lambda: [0] * len(MESES))
    for partida, mes, aprobado in session.execute(consulta):
        for llave in (partida, ""):
            meses[llave][mes - 1] += int(aprobado)
    return {partida: tuple(suyos) for partida, suyos in meses.items()}
