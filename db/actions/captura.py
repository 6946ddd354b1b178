"""Capturar y enviar lo alcanzado: cada paso con su permiso, su autor y su versión."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session
from sqlmodel import select as elegir

from db.actions.idempotencia import Conflicto
from db.actions.paso_captura import anotar_paso, de_quien, exigir_periodo_abierto, guardados
from db.audit import canonico
from db.base import ahora, tabla
from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad
from db.models.captura import (
    Beneficiarios,
    ClaseCaptura,
    ClaseItem,
    Envio,
    PlanMejora,
)
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.queries.avances import meses_cerrados
from db.queries.calendario import exigir_abierta
from db.queries.registro import SIN_REGISTRO, evaluar, registros
from db.rules.captura import (
    exigir_paso,
    pide_justificacion,
    pide_mejora,
    por_que_justificar,
)
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema

CLASE_DE_VENTANA = {ClaseItem.META: ClaseCaptura.ACTIVIDADES, ClaseItem.INDICADOR: ClaseCaptura.INDICADORES}


@dataclass(frozen=True, slots=True)
class Mejora:
    """Qué se hará, quién, con qué se prueba y entre qué fechas."""

    accion: str
    responsable: str
    prueba: str
    inicio: date
    fin: date


@dataclass(frozen=True, slots=True)
class Entrega:
    """Lo que se envía de una meta o indicador. `version` es la que tenía al abrirlo; 0, nada guardado.

    `valores`: {id de la meta: alcanzado} o {id de variable: alcanzado}, todos sus valores.
    `beneficiarios`: (lugar, mujeres, hombres).
    """

    clase: ClaseItem
    item_id: int
    valores: dict[int, Decimal]
    version: int
    justificacion: str = ""
    mejora: Mejora | None = None
    beneficiarios: tuple[tuple[str, int, int], ...] = field(default=())


def enviar(
    session: Session, actor: Actor, *, anio: int, mes: int, dependencia_id: int, entregas: Sequence[Entrega]
) -> Envio:
    """Guarda lo capturado como enviado y devuelve su acuse, con folio y huella.

    SinPermiso; Conflicto si alguien cambió algo; Problema (con `campo` «meta-12») si el periodo o la ventana
    cerraron, el paso no existe, falta una justificación o un plan de mejora, o un valor no se admite.
    """
    if not entregas:
        raise Problema("No hay nada que enviar.", "Escriba al menos un valor.")
    area = _area(session, actor, dependencia_id)
    exigir_periodo_abierto(session, anio, mes)
    renglones = [_enviar_una(session, actor, anio, mes, entrega) for entrega in entregas]
    envio = Envio(
        anio=anio,
        mes=mes,
        ente_id=area.ente_id,
        dependencia_id=dependencia_id,
        folio=_folio(session, anio, mes, area),
        enviado_en=ahora(),
        cuenta=actor.cuenta,
        nombre=actor.nombre,
        huella=hashlib.sha256(canonico({"renglones": renglones}).encode()).hexdigest(),
        renglones=renglones,
    )
    session.add(envio)
    session.flush()
    return envio


def _area(session: Session, actor: Actor, dependencia_id: int) -> Dependencia:
    """El área que envía. Se toma para esta transacción: dos envíos a la vez no chocan en folio ni renglón."""
    area = session.get(Dependencia, dependencia_id, with_for_update=True)
    if area is None:
        raise SinPermiso(Accion.CARGAR_AVANCES)
    suyas = frozenset(cual for cual in (area.id, area.padre_id) if cual is not None)
    exigir(actor, Accion.CARGAR_AVANCES, Objeto(area.ente_id, suyas))
    return area


def _folio(session: Session, anio: int, mes: int, area: Dependencia) -> str:
    e = tabla(Envio).c
    previos = session.execute(
        select(func.count()).where(e.anio == anio, e.mes == mes, e.dependencia_id == area.id)
    ).scalar_one()
    return f"{anio}-{mes:02d}-{area.clave}-{area.id}-{previos + 1:03d}"


def _enviar_una(session: Session, actor: Actor, anio: int, mes: int, entrega: Entrega) -> dict[str, Any]:
    suyo = de_quien(session, entrega.clase, entrega.item_id, Accion.CARGAR_AVANCES, actor)
    campo = f"{entrega.clase}-{entrega.item_id}"
    exigir_abierta(session, anio, mes, CLASE_DE_VENTANA[entrega.clase], suyo.dependencias)
    previo = registros(session, entrega.clase, [entrega.item_id], mes).get(entrega.item_id, SIN_REGISTRO)
    if previo.version != entrega.version:
        raise Conflicto
    exigir_paso(previo.estado, EstadoAvance.ENVIADO, autor=previo.autor, actor=actor.cuenta)
    _revisar_valores(session, entrega, campo)
    _revisar_razones(session, anio, mes, entrega, campo)
    _guardar_valores(session, actor, mes, entrega, EstadoAvance.ENVIADO)
    _guardar_mejora(session, anio, mes, entrega)
    _guardar_beneficiarios(session, mes, entrega)
    anotar_paso(session, actor, entrega.clase, entrega.item_id, anio, mes, previo, EstadoAvance.ENVIADO)
    return {
        "clase": entrega.clase,
        "id": entrega.item_id,
        "nombre": _nombre(session, entrega.clase, entrega.item_id),
        "valores": {str(cual): str(valor) for cual, valor in sorted(entrega.valores.items())},
        "justificacion": entrega.justificacion,
    }


def _nombre(session: Session, clase: ClaseItem, item_id: int) -> str:
    if clase is ClaseItem.META:
        return session.get_one(MetaActividad, item_id).nombre
    return session.get_one(Indicador, item_id).nombre


def _revisar_valores(session: Session, entrega: Entrega, campo: str) -> None:
    v = tabla(VariableIndicador).c
    esperados = {entrega.item_id}
    if entrega.clase is ClaseItem.INDICADOR:
        consulta = select(v.id).where(v.indicador_id == entrega.item_id)
        esperados = set(session.execute(consulta).scalars())
    if set(entrega.valores) != esperados:
        raise Problema("Faltan valores de este indicador.", "Escriba todas sus variables.", campo=campo)
    for valor in entrega.valores.values():
        if not valor.is_finite() or abs(valor) >= Decimal(10) ** 12:
            raise Problema("Ese número no se admite.", "Escriba una cantidad menor a un billón.", campo=campo)
        if valor < 0:
            raise Problema("Lo alcanzado no puede ser negativo.", "Escriba 0 o más.", campo=campo)


def _revisar_razones(session: Session, anio: int, mes: int, entrega: Entrega, campo: str) -> None:
    """Fuera de 90 a 110 % se justifica; debajo de 90 %, además, se dice cómo se mejora (calculo §3)."""
    resultado = evaluar(session, anio, mes, entrega.clase, entrega.item_id, entrega.valores)
    if resultado is None:
        return
    if pide_justificacion(resultado) and not entrega.justificacion.strip():
        raise Problema(por_que_justificar(resultado), "Escriba la justificación.", campo=campo)
    if not pide_mejora(resultado):
        return
    mejora = entrega.mejora
    if mejora is None or not all(
        texto.strip() for texto in (mejora.accion, mejora.responsable, mejora.prueba)
    ):
        raise Problema(
            "Un resultado debajo de 90 % lleva un plan de mejora.",
            "Escriba qué se hará, quién, cómo se comprueba y entre qué fechas.",
            campo=campo,
        )
    if mejora.fin < mejora.inicio:
        raise Problema("El plan de mejora termina antes de empezar.", "Corrija sus fechas.", campo=campo)


def _guardar_valores(
    session: Session,
    actor: Actor,
    mes: int,
    entrega: Entrega,
    estado: EstadoAvance,
    extemporaneo: bool = False,
) -> None:
    for cual, valor in entrega.valores.items():
        avance = _avance(session, entrega.clase, cual, mes)
        avance.alcanzado, avance.justificacion = valor, entrega.justificacion.strip()
        avance.estado, avance.capturo, avance.capturado_en = estado, actor.cuenta, ahora()
        avance.valido, avance.validado_en, avance.extemporaneo = "", None, extemporaneo
        session.add(avance)
    session.flush()


def _avance(session: Session, clase: ClaseItem, cual: int, mes: int) -> AvanceMeta | AvanceVariable:
    """El renglón guardado de una meta o variable en el periodo, o uno nuevo."""
    if clase is ClaseItem.META:
        consulta = elegir(AvanceMeta).where(AvanceMeta.meta_id == cual, AvanceMeta.mes == mes)
        nuevo = AvanceMeta(meta_id=cual, mes=mes, alcanzado=Decimal(0), capturado_en=ahora())
        return session.exec(consulta).first() or nuevo
    de_variable = elegir(AvanceVariable).where(
        AvanceVariable.variable_id == cual, AvanceVariable.trimestre == mes // 3
    )
    nueva = AvanceVariable(variable_id=cual, trimestre=mes // 3, alcanzado=Decimal(0), capturado_en=ahora())
    return session.exec(de_variable).first() or nueva


def _guardar_mejora(session: Session, anio: int, mes: int, entrega: Entrega) -> None:
    consulta = elegir(PlanMejora).where(
        PlanMejora.clase == entrega.clase, PlanMejora.item_id == entrega.item_id, PlanMejora.mes == mes
    )
    guardada = session.exec(consulta).first()
    if entrega.mejora is None:
        if guardada is not None:
            session.delete(guardada)
        return
    m = entrega.mejora
    mejora = guardada or PlanMejora(
        clase=entrega.clase,
        item_id=entrega.item_id,
        anio=anio,
        mes=mes,
        accion="",
        responsable="",
        prueba="",
        inicio=m.inicio,
        fin=m.fin,
    )
    mejora.accion, mejora.responsable, mejora.prueba = (
        m.accion.strip(),
        m.responsable.strip(),
        m.prueba.strip(),
    )
    mejora.inicio, mejora.fin = m.inicio, m.fin
    session.add(mejora)


def _guardar_beneficiarios(session: Session, mes: int, entrega: Entrega) -> None:
    if entrega.clase is not ClaseItem.META:
        return
    previos = session.exec(
        elegir(Beneficiarios).where(Beneficiarios.meta_id == entrega.item_id, Beneficiarios.mes == mes)
    ).all()
    por_lugar = {previo.lugar: previo for previo in previos}
    pedidos = {lugar.strip(): (mujeres, hombres) for lugar, mujeres, hombres in entrega.beneficiarios}
    for lugar, previo in por_lugar.items():
        if lugar not in pedidos:
            session.delete(previo)
    for lugar, (mujeres, hombres) in pedidos.items():
        if min(mujeres, hombres) < 0:
            raise Problema("Las personas atendidas no pueden ser negativas.", "Escriba 0 o más.")
        renglon = por_lugar.get(lugar) or Beneficiarios(meta_id=entrega.item_id, mes=mes, lugar=lugar)
        renglon.mujeres, renglon.hombres = mujeres, hombres
        session.add(renglon)


def corregir_extemporaneo(
    session: Session, actor: Actor, *, anio: int, mes: int, entrega: Entrega, motivo: str
) -> None:
    """Corrige lo de un periodo cerrado: la cifra congelada no cambia y la nueva dice que es extemporánea.

    Sólo quien cierra periodos, con motivo; queda validada por quien la registra con su documento.
    """
    de_quien(session, entrega.clase, entrega.item_id, Accion.CERRAR_PERIODO, actor)
    if mes not in meses_cerrados(session, anio):
        raise Problema("El periodo sigue abierto.", "Capture la corrección como cualquier avance.")
    if not motivo.strip():
        raise Problema("Falta el motivo de la corrección.", "Diga qué documento la sustenta.", campo="motivo")
    previo = registros(session, entrega.clase, [entrega.item_id], mes).get(entrega.item_id, SIN_REGISTRO)
    if previo.version != entrega.version:
        raise Conflicto
    _revisar_valores(session, entrega, f"{entrega.clase}-{entrega.item_id}")
    _guardar_valores(session, actor, mes, entrega, EstadoAvance.VALIDADO, extemporaneo=True)
    for avance in guardados(session, entrega.clase, [entrega.item_id], mes):
        avance.valido, avance.validado_en, avance.documento = actor.cuenta, ahora(), motivo.strip()
    anotar_paso(
        session, actor, entrega.clase, entrega.item_id, anio, mes, previo, EstadoAvance.VALIDADO, motivo, True
    )
