"""Las observaciones de 2026: unas esperan respuesta, otra ya venció y otra se contestó y cerró."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db.models.observaciones import (
    AsuntoObservacion,
    EstadoObservacion,
    Observacion,
    RespuestaObservacion,
)
from db.rules.conciliacion import referencia
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL, local
from seed.demo.eaepe import CAPITULO_DISTINTO
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base
from seed.demo.historias import CUMPLE_SIN_GASTAR, FONDO_REZAGADO, GASTA_Y_NO_CUMPLE
from seed.demo.lote import insertar

TESORERIA, CULTURA = ("AYTO", "L00"), ("AYTO", "R00")


@dataclass(frozen=True, slots=True)
class _Caso:
    """Quién observa qué, a quién, cuándo y qué se contestó; la cerrada dice qué día."""

    rol: Rol
    asunto: AsuntoObservacion
    referencia: str
    texto: str
    de: tuple[str, str]
    dia: date
    vence: date | None = None
    respuesta: tuple[Rol, str, date] | None = None
    cerrada: date | None = None


def _casos(ente_id: int) -> tuple[_Caso, ...]:
    conciliacion, programa = AsuntoObservacion.CONCILIACION, AsuntoObservacion.PROGRAMA
    return (
        _Caso(
            Rol.CONTRALORIA,
            conciliacion,
            referencia("eaepe", "capitulo", CAPITULO_DISTINTO, ente_id),
            "El EAEPE publicado trae $1,250.00 menos de devengado que las claves en servicios generales.",
            TESORERIA,
            date(ACTUAL, 11, 3),
            date(ACTUAL, 12, 4),
            (
                Rol.TESORERIA,
                "Es una factura de mantenimiento que se registró después de publicar; se corrige en el "
                "estado del cuarto trimestre.",
                date(ACTUAL, 11, 9),
            ),
        ),
        _Caso(
            Rol.PLANEACION,
            conciliacion,
            referencia("plan", "sin_plan", 0),
            "Hay proyectos con presupuesto que no cuelgan de ninguna línea: dígase a cuál sirven.",
            TESORERIA,
            date(ACTUAL, 11, 10),
            date(ACTUAL, 12, 11),
        ),
        _Caso(
            Rol.CONTRALORIA,
            programa,
            GASTA_Y_NO_CUMPLE,
            "Se ha gastado mucho más de lo que se ha logrado: explíquese qué obras lo justifican.",
            DEPENDENCIA_DEL_ENLACE,
            date(ACTUAL, 10, 27),
            date(ACTUAL, 11, 13),
        ),
        _Caso(
            Rol.PLANEACION,
            programa,
            CUMPLE_SIN_GASTAR,
            "Cumple su calendario con la cuarta parte del presupuesto. ¿Se va a reasignar el resto?",
            CULTURA,
            date(ACTUAL, 10, 20),
            None,
            (
                Rol.PLANEACION,
                "La dirección confirmó que los eventos se hicieron con patrocinio; se propone reducir.",
                date(ACTUAL, 11, 5),
            ),
            date(ACTUAL, 11, 6),
        ),
        _Caso(
            Rol.TESORERIA,
            conciliacion,
            referencia("cuadre", "fuente", ente_id),
            f"La fuente {FONDO_REZAGADO} lleva devengada menos de la tercera parte y su plazo es de ley.",
            DEPENDENCIA_DEL_ENLACE,
            date(ACTUAL, 11, 17),
            date(ACTUAL, 11, 30),
        ),
    )


def crear(session: Session, base: Base) -> None:
    """Guarda cada observación con su fecha, y su respuesta si la tuvo."""
    ente_id = base.entes["AYTO"]
    for caso in _casos(ente_id):
        estado = EstadoObservacion.RESPONDIDA if caso.respuesta else EstadoObservacion.ABIERTA
        autor = base.actores[caso.rol].cuenta
        (observacion_id,) = insertar(
            session,
            Observacion,
            [
                {
                    "anio": ACTUAL,
                    "ente_id": ente_id,
                    "asunto": caso.asunto,
                    "referencia": caso.referencia,
                    "texto": caso.texto,
                    "estado": EstadoObservacion.CERRADA if caso.cerrada else estado,
                    "dependencia_id": base.dependencias[(*caso.de, "")],
                    "autor": autor,
                    "creada_en": local(caso.dia, 10),
                    "vence": caso.vence,
                    "cerro": autor if caso.cerrada else "",
                    "cerrada_en": local(caso.cerrada, 12) if caso.cerrada else None,
                }
            ],
        )
        if caso.respuesta:
            rol, texto, dia = caso.respuesta
            respuesta = {
                "observacion_id": observacion_id,
                "texto": texto,
                "autor": base.actores[rol].cuenta,
                "creada_en": local(dia, 11),
            }
            insertar(session, RespuestaObservacion, [respuesta])
