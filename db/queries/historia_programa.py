"""Cómo ha ido un programa al cierre de cada trimestre, en este ejercicio y en los anteriores."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from db.models.presupuesto import Dimension
from db.queries.evaluacion import Evaluacion
from db.queries.llano import con_cobertura, ligero
from db.queries.presupuesto import por_mes
from db.rules.periodo import Corte
from db.rules.presupuesto import Momentos, avance_financiero

TRIMESTRES = (3, 6, 9, 12)

Fisico = dict[str, dict[int, dict[str, Any]]]
"""Programa → mes de cierre → su cumplimiento (llano, sin detalle) y su `avance_anual`."""


def fisico_de_los_programas(
    session: Session, *, anio: int, ente_id: int | None = None, hasta: int = 12
) -> Fisico:
    """Cumplimiento y avance anual de todos los programas al cierre de cada trimestre hasta el mes `hasta`."""
    evaluacion = Evaluacion(session, anio, hasta, None if ente_id is None else (ente_id,))
    historia: Fisico = {}
    for mes in TRIMESTRES:
        if mes <= hasta:
            for clave, nodo in evaluacion.programas(mes).items():
                historia.setdefault(clave, {})[mes] = {
                    **ligero(con_cobertura(nodo)),
                    "avance_anual": nodo.avance_anual.valor,
                }
    return historia


def financiero_del_programa(
    session: Session, *, anio: int, entes: tuple[int, ...] | None, programa: str, hasta: int
) -> dict[int, dict[str, Any]]:
    """Mes de cierre → devengado y modificado acumulados (centavos) y su avance, en percent."""
    meses = por_mes(session, anio, entes, Dimension.PROGRAMA, programa)
    if not meses:
        return {}
    aprobado = sum(monto["aprobado"] for monto in meses.values())
    cierres = {}
    for mes in TRIMESTRES:
        if mes <= hasta:
            van = _momentos(monto for cual, monto in meses.items() if cual <= mes)
            modificado = aprobado + van.ampliaciones - van.reducciones
            avance = avance_financiero(van.devengado, modificado, Corte(anio, mes))
            cierres[mes] = {"modificado": modificado, "devengado": van.devengado, "avance": avance.valor}
    return cierres


def _momentos(montos: Iterable[Mapping[str, int]]) -> Momentos:
    total = Momentos()
    for m in montos:
        total += Momentos(
            ampliaciones=m["ampliaciones"], reducciones=m["reducciones"], devengado=m["devengado"]
        )
    return total
