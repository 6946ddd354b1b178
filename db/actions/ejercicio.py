"""Administraciones y ejercicios: sus periodos, ventanas, corte, bandas y reglas de cálculo."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import delete, select
from sqlmodel import Session

from db import audit
from db.actions.idempotencia import exigir_firma, exigir_version
from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import ClaseCaptura, EstadoPeriodo, Periodo, Ventana
from db.models.municipio import Administracion, Banda, Ejercicio, Periodicidad
from db.queries.configuracion import firma_de_bandas
from db.queries.municipio import zona
from db.rules import banda as reglas
from db.rules.banda import GENERAL
from db.rules.color import exigir_legible
from db.rules.periodo import periodos, ultimo_dia
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

ANIOS = 3
"""Una administración municipal dura tres años (art. 115, fracción I, de la Constitución)."""

PRIMER_ANIO, ULTIMO_ANIO = 2000, 2100
DIAS_DE_CAPTURA = 10
"""Plazo que se propone para capturar cada periodo, contado desde que termina."""

CIEN = Decimal(100)


def crear_administracion(session: Session, actor: Actor, *, inicio: int) -> Administracion:
    """Crea la administración que empieza el 1 de enero de `inicio`. `Problema` si se encima con otra."""
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    _exigir_anio(inicio, "inicio")
    fin = inicio + ANIOS - 1
    a = tabla(Administracion).c
    encimada = session.execute(
        select(a.nombre).where(a.inicio <= date(fin, 12, 31), a.fin >= date(inicio, 1, 1))
    ).scalar()
    if encimada:
        raise Problema(f"Se encima con la administración {encimada}.", "Elija otro año.", campo="inicio")
    nueva = Administracion(nombre=f"{inicio}-{fin}", inicio=date(inicio, 1, 1), fin=date(fin, 12, 31))
    session.add(nueva)
    session.flush()
    return nueva


def _exigir_anio(anio: int, campo: str) -> None:
    if not PRIMER_ANIO <= anio <= ULTIMO_ANIO:
        raise Problema(
            f"{anio} no es un año válido.", f"Use uno de {PRIMER_ANIO} a {ULTIMO_ANIO}.", campo=campo
        )


def crear_ejercicio(session: Session, actor: Actor, *, anio: int) -> Ejercicio:
    """Crea el ejercicio en su administración, con las bandas generales, periodos y ventanas de captura.

    Lanza `Problema` si ya existe o si ninguna administración incluye el año.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    _exigir_anio(anio, "anio")
    if session.get(Ejercicio, anio) is not None:
        raise Problema(f"El ejercicio {anio} ya existe.", "Elija otro año.", campo="anio")
    a = tabla(Administracion).c
    administracion_id = session.execute(
        select(a.id).where(a.inicio <= date(anio, 12, 31), a.fin >= date(anio, 1, 1))
    ).scalar()
    if administracion_id is None:
        raise Problema(
            f"Ninguna administración incluye {anio}.", "Cree antes la administración.", campo="anio"
        )
    ejercicio = Ejercicio(anio=anio, administracion_id=administracion_id)
    session.add(ejercicio)
    session.flush()
    poner_bandas(session, anio, GENERAL)
    _poner_periodos(session, ejercicio)
    return ejercicio


def _poner_periodos(session: Session, ejercicio: Ejercicio) -> None:
    """Un periodo abierto y sus ventanas por cada trimestre o mes, según la periodicidad."""
    anio, local = ejercicio.anio, zona(session)
    for periodo in periodos(ejercicio.periodicidad.value):
        mes = periodo.mes_fin
        session.add(Periodo(anio=anio, mes=mes))
        termina = ultimo_dia(anio, mes)
        abre = datetime.combine(termina + timedelta(days=1), time(0), local)
        cierra = datetime.combine(termina + timedelta(days=DIAS_DE_CAPTURA), time(23, 59), local)
        for clase in ClaseCaptura:
            session.add(
                Ventana(
                    anio=anio, mes=mes, clase=clase, abre=abre.astimezone(UTC), cierra=cierra.astimezone(UTC)
                )
            )
    session.flush()


def poner_bandas(session: Session, anio: int, bandas: Sequence[reglas.Banda]) -> None:
    """Escribe las bandas generales de un ejercicio que no tiene ninguna."""
    for orden, banda in enumerate(bandas):
        session.add(
            Banda(
                anio=anio,
                orden=orden,
                codigo=banda.codigo,
                palabra=banda.palabra,
                icono=banda.icono,
                color=banda.color,
                inferior=banda.inferior,
                superior=banda.superior,
                equivale=banda.equivale.value,
            )
        )
    session.flush()


def _abrir(session: Session, anio: int, version: int | None = None) -> Ejercicio:
    """El ejercicio, apartado para cambiarlo. `Conflicto` si la versión ya no es la que se abrió."""
    ejercicio = session.get(Ejercicio, anio, with_for_update=True)
    if ejercicio is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo antes.", campo="anio")
    if version is not None:
        exigir_version(ejercicio, version)
    return ejercicio


def guardar_bandas(
    session: Session, actor: Actor, *, anio: int, firma: str, bandas: Sequence[reglas.Banda]
) -> None:
    """Sustituye las bandas generales del ejercicio. `firma` es la de las bandas que se abrieron.

    Lanza `Problema` si dejan huecos, se enciman o su color no se lee; `Conflicto` si otra persona las cambió.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    _abrir(session, anio)
    exigir_firma(firma_de_bandas(session, anio), firma)
    validas = reglas.validar(bandas)
    for banda in validas:
        if not normal(banda.palabra) or not normal(banda.icono):
            raise Problema("Cada banda lleva palabra e icono.", "El color nunca va solo.", campo="bandas")
        exigir_legible(banda.color, campo="bandas")
    b = tabla(Banda).c
    session.execute(delete(tabla(Banda)).where(b.anio == anio, b.indicador_id.is_(None)))
    poner_bandas(session, anio, validas)
    audit.anotar(session, "sustituir", "banda", anio, bandas=len(validas))


def fijar_corte(session: Session, actor: Actor, *, anio: int, version: int, mes: int | None) -> Ejercicio:
    """Fija el mes del corte del ejercicio; None lo deja al último periodo cerrado."""
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    ejercicio = _abrir(session, anio, version)
    if mes is not None and not 1 <= mes <= 12:
        raise Problema(f"No hay mes {mes}.", "Use de 1 a 12.", campo="corte_mes")
    ejercicio.corte_mes = mes
    session.flush()
    return ejercicio


def guardar_reglas(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    version: int,
    vencido_cuenta_cero: bool,
    cobertura_minima: Decimal,
    momentos_estrictos: bool,
    periodicidad: Periodicidad,
) -> Ejercicio:
    """Cambia las reglas de cálculo del ejercicio; `cobertura_minima` es porcentaje de 0 a 100.

    La periodicidad sólo cambia mientras no haya avances ni periodos cerrados: renueva periodos y ventanas.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    ejercicio = _abrir(session, anio, version)
    if not 0 <= cobertura_minima <= CIEN:
        raise Problema(
            "La cobertura mínima es un porcentaje.", "Use un número de 0 a 100.", campo="cobertura_minima"
        )
    if periodicidad is not ejercicio.periodicidad:
        _cambiar_periodicidad(session, ejercicio, periodicidad)
    ejercicio.vencido_cuenta_cero = vencido_cuenta_cero
    ejercicio.cobertura_minima = cobertura_minima
    ejercicio.momentos_estrictos = momentos_estrictos
    session.flush()
    return ejercicio


def _cambiar_periodicidad(session: Session, ejercicio: Ejercicio, periodicidad: Periodicidad) -> None:
    a, m, p = tabla(AvanceMeta), tabla(MetaActividad), tabla(Periodo).c
    capturado = select(a.c.id).join(m, m.c.id == a.c.meta_id).where(m.c.anio == ejercicio.anio).limit(1)
    cerrado = select(p.id).where(p.anio == ejercicio.anio, p.estado == EstadoPeriodo.CERRADO).limit(1)
    if session.execute(capturado).first() or session.execute(cerrado).first():
        raise Problema(
            "La periodicidad ya no se puede cambiar: el ejercicio tiene avances o periodos cerrados.",
            "Déjela como estaba.",
            campo="periodicidad",
        )
    for modelo in (Ventana, Periodo):
        session.execute(delete(tabla(modelo)).where(tabla(modelo).c.anio == ejercicio.anio))
    ejercicio.periodicidad = periodicidad
    _poner_periodos(session, ejercicio)
