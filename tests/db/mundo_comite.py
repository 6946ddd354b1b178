"""Un comité con una sesión, y los acuerdos que salieron de sus votaciones."""

from datetime import date

from db.base import ahora
from db.engine import writing
from db.models.acuerdos import Acuerdo
from db.models.comites import ClaseComite, Comite
from db.models.sesiones import (
    ClasePunto,
    EstadoVotacion,
    ModoVotacion,
    PuntoOrden,
    SesionComite,
    TipoSesion,
    Votacion,
)
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db.mundo import ANIO


def acuerdo_votado(numero: int, aprobada: bool) -> int:
    """Un acuerdo que salió de una votación con ese resultado; el primero funda el comité. Devuelve su id."""
    with writing(LINEA_DE_COMANDOS) as session:
        if numero == 1:
            session.add(Comite(id=1, clase=ClaseComite.COPLADEMUN, nombre="Comité", siglas="COP"))
            session.flush()
            session.add(
                SesionComite(
                    id=1, comite_id=1, anio=ANIO, numero=1, tipo=TipoSesion.ORDINARIA, prevista=ahora()
                )
            )
            session.flush()
            session.add(PuntoOrden(id=1, sesion_id=1, orden=1, clase=ClasePunto.ASUNTO, titulo="Pesos"))
            session.flush()
        session.add(
            Votacion(
                id=numero,
                punto_id=1,
                numero=numero,
                texto="¿Se aprueban?",
                modo=ModoVotacion.MANO_ALZADA,
                estado=EstadoVotacion.CERRADA,
                abierta_en=ahora(),
                aprobada=aprobada,
            )
        )
        session.flush()
        session.add(
            Acuerdo(
                id=numero,
                numero=f"COP/{ANIO}/ORD-01/0{numero}",
                votacion_id=numero,
                texto="Aprobar los pesos",
                dependencia_id=1,
                tomado_en=date(ANIO, 3, 1),
                vence=date(ANIO, 4, 1),
            )
        )
    return numero
