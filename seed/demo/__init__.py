"""El municipio de demostración: ficticio, completo y siempre igual."""

from collections.abc import Callable
from random import Random

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.engine import writing
from db.models.municipio import Municipio
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from seed.catalogos import cargar_catalogos
from seed.demo import (
    actividades,
    adecuaciones,
    alineacion,
    anteproyecto,
    avances,
    avisos,
    calendario,
    canales,
    capacitacion,
    captura,
    copladem,
    diagnostico,
    directorio,
    eaepe,
    estructura,
    estudios,
    evidencias,
    fichas,
    fondos,
    guia,
    imagen,
    indicadores,
    informe,
    ingresos,
    manuales,
    mejoras,
    metas,
    mir,
    observaciones,
    pae,
    plan,
    politicas,
    por_acordar,
    presupuesto,
    programas,
    propuestas,
    proyectos_estrategicos,
    reconducciones,
    seguimiento,
    vida,
    vinculos,
)


def crear_demo(al_avanzar: Callable[[float, str], None] | None = None) -> None:
    """Llena la base ya migrada que dice el ambiente; `al_avanzar(fracción, texto)` informa el avance.

    Lanza `Problema` si la base ya tiene un municipio.
    """
    avisar = al_avanzar or (lambda _fraccion, _texto: None)
    azar = Random(calendario.SEMILLA)
    with writing(LINEA_DE_COMANDOS) as session:
        _exigir_vacia(session)
        avisar(0.0, "Creando el municipio")
        cargar_catalogos(session)
        base = estructura.crear(session, azar)
        arbol = plan.crear(session, base.administracion_id)
        todas = actividades.actividades(azar)
        catalogo = indicadores.fichas(azar)
        rendimiento = avances.Rendimiento(azar)
        for n, anio in enumerate(calendario.EJERCICIOS, start=1):
            avisar(n * 0.2, f"Metas y avances de {anio}")
            proyectos = programas.crear(session, anio, base)
            del_anio = metas.crear(session, anio, azar, base, arbol, proyectos, todas)
            avances.crear(session, anio, azar, rendimiento, del_anio)
            fichas.crear(session, anio, azar, base, arbol, proyectos, rendimiento, catalogo)
            vinculos.crear(session, azar, base, arbol, proyectos, todas)
            presupuesto.crear(session, anio, azar, base)
        adecuaciones.crear(session)
        fondos.crear(session, base)
        ingresos.crear(session, base)
        eaepe.crear(session, base)
        observaciones.crear(session, base)
        mir.crear(session, calendario.ACTUAL, base, todas)
        guia.crear(session, base)
        seguimiento.crear(session, base)
        anteproyecto.crear(session, Random(calendario.SEMILLA + calendario.ACTUAL), base)
        alineacion.crear(session, base, arbol)
        pae.crear(session, base)
        diagnostico.crear(session, base)
    avisar(0.9, "Bitácora")
    vida.crear(azar, base)
    captura.crear(base)
    evidencias.crear(base)
    reconducciones.crear(base)
    informe.crear(base)
    copladem.crear(base)
    propuestas.crear(base)
    por_acordar.crear(base)
    politicas.crear(base)
    estudios.crear(base)
    mejoras.crear(base)
    manuales.crear(base)
    proyectos_estrategicos.crear(base)
    imagen.crear(base)
    canales.crear(base)
    capacitacion.crear(base, directorio.crear(base))
    avisos.crear(base)
    avisar(1.0, "Demostración lista")


def _exigir_vacia(session: Session) -> None:
    if session.execute(select(tabla(Municipio).c.id)).first() is not None:
        raise Problema(
            "La base ya tiene un municipio; la demostración sólo se crea en una base vacía.",
            "Abra la demostración con «siem demo», que usa su propia base.",
        )
