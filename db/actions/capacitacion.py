"""Detectar lo que hace falta aprender, y dar constancia a quien la merece."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.acuerdos import objeto_de
from db.actions.idempotencia import exigir_version
from db.base import tabla
from db.models.capacitacion import Curso, InscripcionCurso, NecesidadCapacitacion
from db.models.encargos import Encargo
from db.queries.municipio import hoy
from db.rules.capacitacion import PRIORIDADES, REGISTRO, folio_de_constancia, merece_constancia
from db.rules.encargos import Campo, Tipo, exigir_valores
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

NECESIDAD = (
    Campo("dependencia_id", "Unidad", Tipo.LIGADO, fuente="dependencias", obligado=True),
    Campo("puesto", "Puesto", ayuda="Vacío, toda la unidad."),
    Campo("tema", "Qué hace falta aprender", obligado=True),
    Campo("por_que", "Por qué", Tipo.PARRAFO),
    Campo("prioridad", "Prioridad", Tipo.OPCION, opciones=PRIORIDADES),
    Campo("personas", "Cuántas personas", Tipo.ENTERO),
    Campo("encargo_id", "Curso que lo atiende", Tipo.LIGADO, fuente="cursos"),
)


def guardar_necesidad(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    necesidad_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Anota lo que hace falta aprender o lo corrige; devuelve su id. SinPermiso; `Conflicto`; `Problema`."""
    limpios = exigir_valores(NECESIDAD, datos)
    exigir(actor, Accion.EDITAR_REGISTROS, objeto_de(session, limpios["dependencia_id"]))
    n = tabla(NecesidadCapacitacion).c
    igual = select(n.id).where(
        n.anio == anio,
        n.dependencia_id == limpios["dependencia_id"],
        n.puesto == limpios["puesto"],
        n.tema == limpios["tema"],
    )
    if (ya := session.execute(igual).scalar()) is not None and ya != necesidad_id:
        raise Problema("Ya está anotado.", "Corrija el renglón que ya está.", "tema")
    fila = (
        session.get(NecesidadCapacitacion, necesidad_id)
        if necesidad_id
        else NecesidadCapacitacion(anio=anio, **limpios)
    )
    if fila is None:
        raise SinPermiso(Accion.EDITAR_REGISTROS)
    if necesidad_id:
        exigir(actor, Accion.EDITAR_REGISTROS, objeto_de(session, fila.dependencia_id))
        exigir_version(fila, version)
        for clave, valor in limpios.items():
            setattr(fila, clave, valor)
    session.add(fila)
    session.flush()
    return fila.id or 0


def dar_constancias(session: Session, actor: Actor, *, encargo_id: int) -> int:
    """Da constancia, con su folio, a quien asistió y aprobó y aún no la tiene; devuelve cuántas dio.

    SinPermiso; `Problema` si el curso no ha concluido o nadie la merece.
    """
    exigir(actor, Accion.AUTORIZAR_REGISTROS)
    encargo, curso = session.get(Encargo, encargo_id), session.get(Curso, encargo_id)
    if encargo is None or curso is None or encargo.registro != REGISTRO.clave:
        raise SinPermiso(Accion.AUTORIZAR_REGISTROS)
    if encargo.etapa != "concluido":
        raise Problema("El curso no ha concluido.", "Llévelo antes a «concluido».")
    i = tabla(InscripcionCurso).c
    ids = session.execute(select(i.id).where(i.encargo_id == encargo_id).order_by(i.id)).scalars().all()
    dadas = 0
    for n, cual in enumerate(ids, start=1):
        fila = session.get_one(InscripcionCurso, cual)
        merece = merece_constancia(fila.horas, curso.horas, fila.despues, curso.minima)
        if fila.constancia is None and merece:
            fila.constancia, fila.emitida_en = folio_de_constancia(encargo.folio, n), hoy(session)
            session.add(fila)
            dadas += 1
    if not dadas:
        raise Problema(
            "Nadie más merece constancia.",
            "Hace falta asistir al 80 % de las horas y, si el curso la pide, la calificación.",
        )
    session.flush()
    return dadas
