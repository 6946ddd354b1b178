"""Lo que el COPLADEMUN de la demostración ya aprobó con su acuerdo, y lo que espera a la próxima sesión."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlmodel import Session

from db.actions import material
from db.actions.pesos import guardar_juego
from db.actions.sesiones import agregar_punto
from db.base import tabla
from db.engine import writing
from db.models.acuerdos import Acuerdo, AvanceAcuerdo, EstadoAcuerdo, LigaAcuerdo
from db.models.plan import JuegoPesos, NodoPlan
from db.models.reconduccion import EstadoSolicitud, SolicitudReconduccion
from db.models.sesiones import (
    ClaseMaterial,
    EstadoSesion,
    MaterialPunto,
    PuntoOrden,
    SesionComite,
    TipoSesion,
    Votacion,
)
from db.queries.pesos import firma_de, juegos
from db.rules.periodo import Corte
from db.rules.permisos import Rol
from db.rules.sesiones import numero_de_acuerdo
from seed.demo.calendario import ACTUAL, local
from seed.demo.estructura import Base

DICIEMBRE = 12
PROPUESTOS = (22, 14, 24, 18, 6, 9, 7)
"""De cada eje, en orden: los de diciembre con dos puntos menos a bienestar y dos más al municipio digital."""


def crear(base: Base) -> None:
    """El acuerdo de los pesos de diciembre, otros propuestos y una reconducción en el orden del día."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        _el_que_rige(session, base)
        _los_propuestos(session, base)
        _la_reconduccion(session, base)


def _el_que_rige(session: Session, base: Base) -> None:
    """La tercera sesión votó los pesos; su acuerdo es quien los aprobó."""
    s, p, v, a = (tabla(m).c for m in (SesionComite, PuntoOrden, Votacion, Acuerdo))
    votada = session.execute(
        select(v.id, v.punto_id, s.id.label("sesion_id"), s.comite_id, s.prevista)
        .join(tabla(PuntoOrden), p.id == v.punto_id)
        .join(tabla(SesionComite), s.id == p.sesion_id)
        .where(s.anio == ACTUAL, s.tipo == TipoSesion.ORDINARIA, s.numero == 3, v.texto.contains("Pesos"))
    ).one()
    cuantos = session.execute(select(func.count()).where(a.sesion_id == votada.sesion_id)).scalar_one()
    tomado = votada.prevista.date()
    acuerdo = Acuerdo(
        numero=numero_de_acuerdo("COPLADEMUN", ACTUAL, TipoSesion.ORDINARIA.value, 3, cuantos + 1),
        comite_id=votada.comite_id,
        sesion_id=votada.sesion_id,
        punto_id=votada.punto_id,
        votacion_id=votada.id,
        texto="Aprobar los pesos de los ejes del Plan que rigen desde diciembre",
        dependencia_id=base.dependencias["AYTO", "S00", ""],
        tomado_en=tomado,
        vence=tomado + timedelta(days=20),
        estado=EstadoAcuerdo.CUMPLIDO,
        avance=100,
        cumplido_en=tomado + timedelta(days=6),
    )
    session.add(acuerdo)
    session.flush()
    session.add(
        AvanceAcuerdo(
            acuerdo_id=acuerdo.id or 0,
            momento=local(tomado + timedelta(days=6), 12),
            avance=100,
            estado=EstadoAcuerdo.CUMPLIDO,
            texto="Se asentaron los pesos y se publicaron en la gaceta.",
            autor="planeacion",
        )
    )
    j = tabla(JuegoPesos).c
    cual = session.execute(select(j.id).where(j.anio == ACTUAL, j.mes == DICIEMBRE)).scalar_one()
    juego = session.get_one(JuegoPesos, cual)
    juego.acuerdo_id, juego.aprobo = acuerdo.id, acuerdo.numero
    session.add_all([juego, LigaAcuerdo(acuerdo_id=acuerdo.id or 0, asunto="nodo", referencia="1")])
    session.flush()


def _los_propuestos(session: Session, base: Base) -> None:
    n, j = tabla(NodoPlan).c, tabla(JuegoPesos).c
    plan_id = session.execute(select(j.plan_id).where(j.anio == ACTUAL)).scalars().first()
    assert plan_id is not None
    ejes = session.execute(select(n.id).where(n.plan_id == plan_id, n.nivel == 1).order_by(n.id)).scalars()
    cual = guardar_juego(
        session,
        base.actores[Rol.PLANEACION],
        plan_id=plan_id,
        firma=firma_de(juegos(session, plan_id)),
        desde=Corte(ACTUAL, DICIEMBRE),
        motivo="La comisión permanente pide más peso a los trámites en línea antes del cierre.",
        aprobo="",
        pesos={eje: Decimal(peso) for eje, peso in zip(ejes, PROPUESTOS, strict=True)},
        propuesto=True,
    )
    m, p, s = tabla(MaterialPunto), tabla(PuntoOrden).c, tabla(SesionComite).c
    de_la_convocada = (
        select(p.id).join(tabla(SesionComite), s.id == p.sesion_id).where(s.estado == EstadoSesion.CONVOCADA)
    )
    session.execute(
        update(m)
        .where(m.c.clase == ClaseMaterial.PESOS, m.c.punto_id.in_(de_la_convocada))
        .values(referencia=str(cual))
    )


def _la_reconduccion(session: Session, base: Base) -> None:
    """La que ya tiene la opinión de Tesorería va al orden del día de la sesión convocada."""
    actor, s, q = base.actores[Rol.PLANEACION], tabla(SesionComite).c, tabla(SolicitudReconduccion).c
    sesion_id = session.execute(
        select(s.id).where(s.estado == EstadoSesion.CONVOCADA).order_by(s.id)
    ).scalar()
    solicitud = session.execute(select(q.id).where(q.estado == EstadoSolicitud.OPINADA)).scalar()
    assert sesion_id is not None and solicitud is not None
    punto = agregar_punto(
        session,
        actor,
        sesion_id=sesion_id,
        titulo="Reconducción del proyecto de cultura",
        presenta="Unidad de planeación (UIPPE)",
    )
    material.agregar(
        session,
        actor,
        punto_id=punto,
        clase=ClaseMaterial.RECONDUCCION.value,
        referencia=str(solicitud),
        titulo="Solicitud y dictamen",
    )
