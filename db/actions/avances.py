"""Registrar lo alcanzado en metas y variables: oficial si lo carga planeación; si no, en revisión."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.sincronizar import Fila, sincronizar
from db.base import ahora
from db.models.actividad import AvanceMeta, EstadoAvance
from db.models.bitacora import Carga
from db.models.indicadores import AvanceVariable
from db.models.municipio import Ejercicio, Periodicidad
from db.queries.avances import avances_metas, avances_variables, meses_cerrados
from db.queries.municipio import OFICIALES
from db.rules.permisos import Accion, Actor, Objeto, exigir, puede
from db.rules.problema import Problema


class ClaseAvance(StrEnum):
    ACTIVIDAD = "actividad"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class FilaAvance:
    """Lo alcanzado por una meta en un mes, o por una variable en un trimestre."""

    clase: ClaseAvance
    id: int
    periodo: int
    alcanzado: Decimal
    justificacion: str
    objeto: Objeto

    @property
    def mes(self) -> int:
        """El último mes del periodo."""
        return self.periodo if self.clase is ClaseAvance.ACTIVIDAD else 3 * self.periodo


def igual(fila: FilaAvance, previo: dict[str, Any] | None) -> bool:
    """¿Ya está capturado lo mismo? Sin justificación en el archivo, la guardada vale."""
    return (
        previo is not None
        and previo["alcanzado"] == fila.alcanzado
        and fila.justificacion in ("", previo["justificacion"])
    )


def valida(actor: Actor, objeto: Objeto) -> bool:
    """¿Lo que este actor carga es oficial sin que otro lo revise?"""
    return puede(actor, Accion.VALIDAR_AVANCES, objeto)


def guardar_avances(
    session: Session,
    actor: Actor,
    carga: Carga,
    filas: Sequence[FilaAvance],
    periodicidad: Periodicidad | None = None,
) -> Cuenta:
    """Agrega o corrige avances; `periodicidad` cambia la del ejercicio, si aún no tenía ninguno.

    SinPermiso; Problema si el periodo está cerrado, o si quien no valida corrige algo ya validado.
    """
    assert carga.anio is not None
    for objeto in {fila.objeto for fila in filas}:
        exigir(actor, Accion.CARGAR_AVANCES, objeto)
    if periodicidad is not None:
        _cambiar_periodicidad(session, carga.anio, periodicidad)
    cerrados = meses_cerrados(session, carga.anio)
    total = Cuenta(0, 0, 0)
    for clase, modelo, campos, previos in (
        (ClaseAvance.ACTIVIDAD, AvanceMeta, ("meta_id", "mes"), avances_metas(session, carga.anio)),
        (
            ClaseAvance.VARIABLE,
            AvanceVariable,
            ("variable_id", "trimestre"),
            avances_variables(session, carga.anio),
        ),
    ):
        datos: list[Fila] = []
        existentes = []
        for fila in filas:
            if fila.clase is not clase:
                continue
            previo = previos.get((fila.id, fila.periodo))
            dato = _dato(actor, carga, fila, previo)
            if len(dato) > 1 and fila.mes in cerrados:
                raise Problema("El periodo está cerrado.", "Pida a planeación un registro extemporáneo.")
            datos.append({campos[0]: fila.id, campos[1]: fila.periodo, **dato})
            if previo is not None:
                existentes.append(previo)
        hecho = sincronizar(session, modelo, campos, datos, existentes)
        nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
        total += Cuenta(len(datos), nuevas + cambian, len(hecho.iguales), nuevas, cambian)
    return total


def _dato(actor: Actor, carga: Carga, fila: FilaAvance, previo: dict[str, Any] | None) -> Fila:
    """Las columnas que hay que escribir; sólo `alcanzado` si ya está capturado lo mismo."""
    oficial = valida(actor, fila.objeto)
    if previo is not None and igual(fila, previo) and (not oficial or previo["estado"] in OFICIALES):
        return {"alcanzado": fila.alcanzado}
    if previo is not None and previo["estado"] in OFICIALES and not oficial:
        raise Problema("Ese avance ya está validado.", "Pida a planeación que lo devuelva.")
    momento = ahora()
    dato: Fila = {
        "alcanzado": fila.alcanzado,
        "justificacion": fila.justificacion or (previo["justificacion"] if previo else ""),
        "estado": EstadoAvance.VALIDADO if oficial else EstadoAvance.EN_REVISION,
        "capturo": actor.cuenta,
        "capturado_en": momento,
        "documento": carga.archivo,
    }
    if oficial:
        dato |= {"valido": actor.cuenta, "validado_en": momento}
    return dato


def _cambiar_periodicidad(session: Session, anio: int, periodicidad: Periodicidad) -> None:
    ejercicio = session.get_one(Ejercicio, anio)
    ejercicio.periodicidad = periodicidad
    session.flush()
