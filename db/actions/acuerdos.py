"""Tomar un acuerdo y seguirlo: avance, cumplimiento y cancelación, todo con su renglón que no se borra."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.avisos import avisar
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.acuerdos import Acuerdo, AvanceAcuerdo, EstadoAcuerdo, LigaAcuerdo
from db.models.avisos import ClaseAviso
from db.models.comites import Comite
from db.models.estructura import Dependencia
from db.models.personas import Persona
from db.models.sesiones import EstadoSesion, SesionComite, Votacion
from db.queries.municipio import hoy
from db.queries.por_avisar_acuerdos import responden
from db.rules import acuerdos as reglas
from db.rules.avisos import ruta
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.sesiones import numero_de_acuerdo

TEXTO_MAXIMO = 2_000
ASUNTOS = ("nodo", "programa", "indicador", "proyecto")


def tomar(
    session: Session,
    actor: Actor,
    *,
    sesion_id: int,
    texto: str,
    vence: date,
    dependencia_id: int | None = None,
    persona_id: int | None = None,
    punto_id: int | None = None,
    votacion_id: int | None = None,
    ligas: Sequence[tuple[str, str]] = (),
) -> int:
    """Asienta un acuerdo de la sesión con el número que le toca y avisa a quien responde; devuelve su id.

    SinPermiso; `Problema` sin texto, sin responsable, con fecha anterior o si la sesión no está en curso.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    formarse(session, "sesion", sesion_id)
    sesion = session.get(SesionComite, sesion_id)
    if sesion is None or sesion.estado is not EstadoSesion.EN_CURSO:
        raise Problema("La sesión no está en curso.", "Los acuerdos se toman en la sesión.", "texto")
    reglas.exigir_responsable(dependencia_id, persona_id)
    dia = hoy(session)
    if vence < dia:
        raise Problema("La fecha del acuerdo ya pasó.", "Elija una de hoy en adelante.", "vence")
    comite = session.get_one(Comite, sesion.comite_id)
    a = tabla(Acuerdo).c
    cuantos = session.execute(select(func.count()).where(a.sesion_id == sesion_id)).scalar_one()
    fila = Acuerdo(
        numero=numero_de_acuerdo(comite.siglas, sesion.anio, sesion.tipo.value, sesion.numero, cuantos + 1),
        comite_id=sesion.comite_id,
        sesion_id=sesion_id,
        punto_id=punto_id,
        votacion_id=votacion_id,
        texto=obligatorio(texto, "texto", "el acuerdo", TEXTO_MAXIMO),
        dependencia_id=dependencia_id,
        persona_id=persona_id,
        tomado_en=dia,
        vence=vence,
    )
    session.add(fila)
    session.flush()
    assert fila.id is not None
    for asunto, referencia in dict.fromkeys(ligas):
        if asunto not in ASUNTOS:
            raise Problema("Eso no se puede ligar a un acuerdo.", "Elija de la lista.", "ligas")
        session.add(LigaAcuerdo(acuerdo_id=fila.id, asunto=asunto, referencia=referencia))
    session.flush()
    avisar_acuerdo(session, actor, fila)
    return fila.id


def avisar_acuerdo(session: Session, actor: Actor, fila: Acuerdo) -> None:
    """Avisa a quien responde que tiene un acuerdo a su cargo."""
    quienes = responden(session, fila.dependencia_id, fila.persona_id, actor.cuenta)
    titulo, donde = f"Acuerdo {fila.numero} a su cargo", ruta("acuerdos", acuerdo=fila.id)
    avisar(
        session, sorted(quienes), ClaseAviso.ACUERDO, f"acuerdo/{fila.id}", titulo, fila.texto[:500], donde
    )


def exigir_votado(session: Session, acuerdo_id: int) -> Acuerdo:
    """El acuerdo, si salió de una votación aprobada: sólo así aprueba algo. Problema (campo «acuerdo»)."""
    acuerdo = session.get(Acuerdo, acuerdo_id)
    votacion = session.get(Votacion, acuerdo.votacion_id) if acuerdo and acuerdo.votacion_id else None
    if acuerdo is None or votacion is None or not votacion.aprobada:
        raise Problema(
            "Ese acuerdo no salió de una votación aprobada.", "Elija el que el comité votó.", "acuerdo"
        )
    return acuerdo


def anotar(
    session: Session, actor: Actor, *, acuerdo_id: int, version: int, estado: str, avance: int, texto: str
) -> None:
    """Anota cuánto va y en qué queda. Lo hace la unidad, el enlace de quien responde o la persona misma.

    SinPermiso; `Conflicto`; `Problema` (campo «estado», «avance» o «texto»).
    """
    fila = session.get(Acuerdo, acuerdo_id)
    if fila is None:
        raise SinPermiso(Accion.ATENDER_ACUERDOS)
    exigir_suyo(session, actor, fila)
    exigir_version(fila, version)
    nuevo = EstadoAcuerdo(estado)
    if nuevo is EstadoAcuerdo.CANCELADO:
        exigir(actor, Accion.COORDINAR_COMITES)
    reglas.exigir_paso(fila.estado.value, nuevo.value, avance, texto)
    session.add(
        AvanceAcuerdo(
            acuerdo_id=acuerdo_id,
            momento=ahora(),
            avance=avance,
            estado=nuevo,
            texto=obligatorio(texto, "texto", "qué se hizo", TEXTO_MAXIMO),
            autor=actor.cuenta,
        )
    )
    fila.estado, fila.avance = nuevo, avance
    if nuevo is EstadoAcuerdo.CANCELADO:
        fila.motivo = texto.strip()[:TEXTO_MAXIMO]
    fila.cumplido_en = hoy(session) if nuevo is EstadoAcuerdo.CUMPLIDO else None
    session.add(fila)
    session.flush()


def exigir_suyo(session: Session, actor: Actor, fila: Acuerdo) -> None:
    """SinPermiso si no es la unidad, el enlace de quien responde ni la persona misma."""
    if fila.persona_id is not None and actor.usuario_id is not None:
        persona = session.get_one(Persona, fila.persona_id)
        if persona.usuario_id == actor.usuario_id:
            return
    exigir(actor, Accion.ATENDER_ACUERDOS, objeto_de(session, fila.dependencia_id))


def objeto_de(session: Session, dependencia_id: int | None) -> Objeto:
    """De quién es, para el permiso."""
    if dependencia_id is None:
        return Objeto()
    d = session.get_one(Dependencia, dependencia_id)
    suyas = (dependencia_id, d.padre_id)
    return Objeto(d.ente_id, frozenset(cual for cual in suyas if cual is not None))
