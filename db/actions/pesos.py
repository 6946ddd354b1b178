"""Guardar un juego de pesos del plan, o proponerlo al comité y aprobarlo con su acuerdo."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import insert, select
from sqlmodel import Session

from db import audit
from db.actions.acuerdos import exigir_votado
from db.actions.idempotencia import exigir_firma
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.plan import EstadoJuego, JuegoPesos, NodoPlan, Peso, Plan
from db.queries import pesos as lee
from db.queries.plan import leer_arbol
from db.rules.periodo import Corte
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.peso import exigir_pesos, exigir_vigencia
from db.rules.problema import Problema

TEXTO_MAXIMO = 500


def guardar_juego(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    firma: str,
    desde: Corte,
    motivo: str,
    aprobo: str,
    pesos: Mapping[int, Decimal | None],
    propuesto: bool = False,
) -> int:
    """Guarda un juego nuevo que rige desde ese mes; devuelve su id.

    `pesos` son los de todos los nodos: uno vacío no se escribe y pesa igual. `Conflicto` si otra persona
    guardó un juego; `Problema` si unos hermanos suman 0, si un nodo no es del plan o si el mes ya se cerró.
    El `propuesto` no pesa hasta que un acuerdo lo aprueba (`aprobar_por_acuerdo`) y nadie lo aprobó aún.
    """
    exigir(actor, Accion.FIJAR_PESOS)
    if session.get(Plan, plan_id) is None:
        raise Problema("No existe ese plan.", "Vuelva a abrir la pantalla.")
    todos = lee.juegos(session, plan_id)
    exigir_firma(lee.firma_de(todos), firma)
    exigir_vigencia(desde, lee.ejercicios_del_plan(session, plan_id), lee.ultimo_cerrado(session, plan_id))
    _exigir_nodos(session, plan_id, pesos)
    arbol = leer_arbol(session, desde)
    if arbol is None:
        raise Problema("El plan no tiene nodos vigentes.", "Cargue antes el plan.")
    exigir_pesos(lee.grupos_de(arbol, pesos).values())
    juego = JuegoPesos(
        plan_id=plan_id,
        anio=desde.anio,
        mes=desde.mes,
        motivo=obligatorio(motivo, "motivo", "la razón", TEXTO_MAXIMO),
        aprobo="" if propuesto else obligatorio(aprobo, "aprobo", "quién los aprobó", TEXTO_MAXIMO),
        estado=EstadoJuego.PROPUESTO if propuesto else EstadoJuego.APROBADO,
    )
    session.add(juego)
    session.flush()
    escritos = {nodo: peso for nodo, peso in pesos.items() if peso is not None}
    filas = [{"juego_id": juego.id, "nodo_id": nodo, "peso": peso} for nodo, peso in escritos.items()]
    if filas:
        session.execute(insert(tabla(Peso)), filas)
    audit.anotar(
        session, "fijar", "peso", juego.id or "", pesos={str(nodo): str(p) for nodo, p in escritos.items()}
    )
    return juego.id or 0


def _exigir_nodos(session: Session, plan_id: int, pesos: Mapping[int, Decimal | None]) -> None:
    n = tabla(NodoPlan).c
    vigentes = set(
        session.execute(select(n.id).where(n.plan_id == plan_id, n.version_baja.is_(None))).scalars()
    )
    if pesos.keys() - vigentes:
        raise Problema("Hay un peso de un nodo que ya no está vigente.", "Vuelva a abrir la pantalla.")


def aprobar_por_acuerdo(session: Session, actor: Actor, *, juego_id: int, acuerdo_id: int) -> None:
    """El acuerdo votado que aprueba un juego propuesto es la autoridad que lo pone a regir desde su mes.

    SinPermiso; `Problema` (campo «acuerdo» o «desde») si ya se resolvió, si el acuerdo no se votó y
    aprobó, o si su mes ya se cerró.
    """
    juego = _propuesto(session, actor, juego_id)
    acuerdo = exigir_votado(session, acuerdo_id)
    plan_id = juego.plan_id
    exigir_vigencia(
        Corte(juego.anio, juego.mes),
        lee.ejercicios_del_plan(session, plan_id),
        lee.ultimo_cerrado(session, plan_id),
    )
    juego.estado, juego.acuerdo_id, juego.aprobo = EstadoJuego.APROBADO, acuerdo_id, acuerdo.numero
    session.add(juego)
    session.flush()


def rechazar_propuesto(session: Session, actor: Actor, *, juego_id: int) -> None:
    """El comité no aprobó el juego propuesto: queda en la historia y nunca pesa. SinPermiso; `Problema`."""
    juego = _propuesto(session, actor, juego_id)
    juego.estado = EstadoJuego.RECHAZADO
    session.add(juego)
    session.flush()


def _propuesto(session: Session, actor: Actor, juego_id: int) -> JuegoPesos:
    exigir(actor, Accion.FIJAR_PESOS)
    juego = session.get(JuegoPesos, juego_id)
    if juego is None:
        raise SinPermiso(Accion.FIJAR_PESOS)
    if juego.estado is not EstadoJuego.PROPUESTO:
        raise Problema("Esa propuesta de pesos ya se resolvió.", "Vuelva a abrir la pantalla.", "acuerdo")
    return juego
