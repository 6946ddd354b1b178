"""El programa de evaluación: uno del año anterior ya atendido en parte y el de este año en marcha."""

from datetime import date
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.indicadores import Indicador
from db.models.pae import (
    AccionAsm,
    Asm,
    AvanceAsm,
    ClaseAsm,
    EstadoAsm,
    EstadoEvaluacion,
    EvaluacionPae,
    Pae,
    PrioridadAsm,
    TipoEvaluacion,
)
from db.models.programas import Programa, Proyecto
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL, SEMILLA
from seed.demo.estructura import Base
from seed.demo.historias import CUMPLE_SIN_GASTAR, GASTA_Y_NO_CUMPLE

FUNDAMENTO = "Artículo 79 de la Ley General de Contabilidad Gubernamental"
LINEAMIENTOS = "Gaceta Municipal, edición ordinaria de abril"


def crear(session: Session, base: Base) -> None:
    """Dos programas anuales; el de este año tiene una evaluación por difundir y una acción vencida."""
    azar = Random(SEMILLA + 79)
    for anio, dia in ((ACTUAL - 1, 29), (ACTUAL, 30)):
        session.add(
            Pae(anio=anio, fundamento=FUNDAMENTO, publicado_en=date(anio, 4, dia), medio=LINEAMIENTOS)
        )
    session.flush()
    _evaluada(session, base, azar, ACTUAL - 1, GASTA_Y_NO_CUMPLE, TipoEvaluacion.DISENO)
    _evaluada(session, base, azar, ACTUAL, CUMPLE_SIN_GASTAR, TipoEvaluacion.PROCESOS)
    _en_marcha(session, base)


def _programa(session: Session, anio: int, clave: str) -> tuple[int, str]:
    p = tabla(Programa).c
    fila = session.execute(select(p.id, p.nombre).where(p.anio == anio, p.clave == clave)).one()
    return fila.id, fila.nombre


def _evaluada(
    session: Session, base: Base, azar: Random, anio: int, clave: str, tipo: TipoEvaluacion
) -> None:
    programa_id, nombre = _programa(session, anio, clave)
    dependencia_id = base.dependencias["AYTO", "S00", ""]
    difundida = date(anio, 8, 20) if anio < ACTUAL else None
    evaluacion = EvaluacionPae(
        anio=anio,
        programa_id=programa_id,
        dependencia_id=dependencia_id,
        nombre=f"Evaluación de {'diseño' if tipo is TipoEvaluacion.DISENO else 'procesos'}: {nombre}",
        tipo=tipo,
        externa=True,
        evaluador="Instituto universitario de estudios municipales",
        costo=18_500_000,
        inicio=date(anio, 5, 4),
        fin=date(anio, 7, 31),
        estado=EstadoEvaluacion.CONCLUIDA,
        concluida_en=date(anio, 7, 30),
        difundida_en=difundida,
        objetivo="Valorar si el programa responde al problema que le dio origen.",
        hallazgos="El problema está descrito; la población objetivo no está cuantificada por localidad.",
    )
    session.add(evaluacion)
    session.flush()
    i, p = tabla(Indicador).c, tabla(Proyecto).c
    indicador = (
        session.execute(
            select(i.id).join(tabla(Proyecto), p.id == i.proyecto_id).where(p.programa_id == programa_id)
        )
        .scalars()
        .first()
    )
    _aspectos(session, azar, evaluacion, indicador, base)


def _aspectos(
    session: Session, azar: Random, evaluacion: EvaluacionPae, indicador: int | None, base: Base
) -> None:
    anio = evaluacion.anio
    recomendaciones = (
        ("Cuantificar la población objetivo por localidad.", PrioridadAsm.ALTA, EstadoAsm.ACEPTADO),
        (
            "Publicar el padrón con su fecha de corte.",
            PrioridadAsm.MEDIA,
            EstadoAsm.ACEPTADO,
        ),
        ("Fusionar el programa con el de la entidad.", PrioridadAsm.BAJA, EstadoAsm.RECHAZADO),
    )
    for numero, (texto, prioridad, estado) in enumerate(recomendaciones, start=1):
        cumplido = estado is EstadoAsm.ACEPTADO and (anio < ACTUAL or numero == 2)
        aspecto = Asm(
            evaluacion_id=evaluacion.id or 0,
            numero=numero,
            recomendacion=texto,
            clase=ClaseAsm.INSTITUCIONAL if numero == 2 else ClaseAsm.ESPECIFICO,
            prioridad=prioridad,
            estado=EstadoAsm.CUMPLIDO if cumplido else estado,
            opinion="Los objetivos de ambos programas son distintos." if numero == 3 else "",
            indicador_id=indicador if numero == 1 else None,
        )
        session.add(aspecto)
        session.flush()
        if estado is EstadoAsm.ACEPTADO:
            _accion(session, azar, aspecto, anio, cumplido, base)


def _accion(session: Session, azar: Random, aspecto: Asm, anio: int, cumplido: bool, base: Base) -> None:
    accion = AccionAsm(
        asm_id=aspecto.id or 0,
        orden=1,
        accion="Levantar y revisar el padrón con las áreas que atienden a la población.",
        dependencia_id=base.dependencias["AYTO", "S00", ""],
        producto="Padrón validado y su nota metodológica",
        inicio=date(anio, 8, 15),
        fin=date(anio, 10, 30),
    )
    session.add(accion)
    session.flush()
    ultimo = Decimal(100) if cumplido else Decimal(azar.choice((40, 60)))
    for mes, avance in ((9, Decimal(30)), (10, ultimo)):
        session.add(
            AvanceAsm(
                accion_id=accion.id or 0,
                fecha=date(anio, mes, 28),
                avance=avance,
                texto="Padrón concluido." if avance == 100 else "Visitas a las localidades.",
                autor=base.actores[Rol.PLANEACION].cuenta,
            )
        )


def _en_marcha(session: Session, base: Base) -> None:
    session.add(
        EvaluacionPae(
            anio=ACTUAL,
            dependencia_id=base.dependencias["AYTO", "L00", ""],
            nombre="Evaluación específica de desempeño del gasto en servicios generales",
            tipo=TipoEvaluacion.DESEMPENO,
            evaluador="Unidad de planeación",
            inicio=date(ACTUAL, 9, 1),
            fin=date(ACTUAL, 12, 11),
            estado=EstadoEvaluacion.EN_PROCESO,
            objetivo="Medir si el gasto corriente acompaña las metas de las áreas que lo ejercen.",
        )
    )
