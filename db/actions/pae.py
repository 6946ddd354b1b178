"""El Programa Anual de Evaluación y sus aspectos susceptibles de mejora: registrar, corregir y seguir."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.turnos import formarse
from db.base import tabla
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador
from db.models.municipio import Ejercicio
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
from db.models.programas import Programa
from db.queries.municipio import hoy
from db.queries.pae import avance_de_accion
from db.rules import pae as reglas
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

TEXTO_MAXIMO = 2_000


@dataclass(frozen=True, slots=True)
class DatosEvaluacion:
    """Lo que se captura de una evaluación; `costo` en centavos."""

    nombre: str
    tipo: str
    dependencia_id: int
    inicio: date
    fin: date
    programa_id: int | None = None
    externa: bool = False
    evaluador: str = ""
    costo: int = 0
    estado: str = EstadoEvaluacion.PROGRAMADA
    concluida_en: date | None = None
    difundida_en: date | None = None
    objetivo: str = ""
    hallazgos: str = ""
    motivo: str = ""


@dataclass(frozen=True, slots=True)
class DatosAsm:
    """Lo que se captura de una recomendación y de lo que se opinó de ella."""

    recomendacion: str
    clase: str = ClaseAsm.ESPECIFICO
    prioridad: str = PrioridadAsm.MEDIA
    estado: str = EstadoAsm.POR_OPINAR
    opinion: str = ""
    indicador_id: int | None = None


@dataclass(frozen=True, slots=True)
class DatosAccion:
    """Lo que se hará para atender un aspecto."""

    accion: str
    dependencia_id: int
    inicio: date
    fin: date
    producto: str = ""


def guardar_pae(
    session: Session,
    actor: Actor,
    *,
    anio: int,
    version: int,
    fundamento: str,
    publicado_en: date | None,
    medio: str,
) -> None:
    """Deja el programa anual como se pide; lo crea si no existía (versión 0).

    SinPermiso; `Conflicto`; `Problema` si no hay ejercicio o si se dice publicado en el futuro.
    """
    exigir(actor, Accion.EDITAR_PAE)
    programa = session.get(Pae, anio)
    exigir_version(programa, version)
    _no_futura(session, publicado_en, "publicado_en")
    if programa is None:
        programa = _nuevo_pae(session, anio)
    programa.fundamento, programa.medio = _texto(fundamento), _texto(medio)
    programa.publicado_en = publicado_en
    session.add(programa)


def _nuevo_pae(session: Session, anio: int) -> Pae:
    if session.get(Ejercicio, anio) is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo en Configuración.")
    return Pae(anio=anio)


def registrar_evaluacion(session: Session, actor: Actor, *, anio: int, datos: DatosEvaluacion) -> int:
    """Agrega una evaluación al programa del año, que nace con ella si no existía; devuelve su id."""
    exigir(actor, Accion.EDITAR_PAE)
    if session.get(Pae, anio) is None:
        session.add(_nuevo_pae(session, anio))
        session.flush()
    evaluacion = EvaluacionPae(
        anio=anio,
        dependencia_id=datos.dependencia_id,
        nombre="",
        tipo=TipoEvaluacion(datos.tipo),
        inicio=datos.inicio,
        fin=datos.fin,
    )
    _escribir(session, evaluacion, datos)
    return evaluacion.id or 0


def corregir_evaluacion(
    session: Session, actor: Actor, evaluacion_id: int, *, version: int, datos: DatosEvaluacion
) -> None:
    """Deja la evaluación como se pide. `Conflicto` si cambió desde que se abrió."""
    exigir(actor, Accion.EDITAR_PAE)
    evaluacion = _evaluacion(session, evaluacion_id)
    exigir_version(evaluacion, version)
    _escribir(session, evaluacion, datos)


def _escribir(session: Session, evaluacion: EvaluacionPae, datos: DatosEvaluacion) -> None:
    reglas.exigir_orden(datos.inicio, datos.fin)
    _exigir_dependencia(session, datos.dependencia_id)
    if datos.programa_id is not None:
        programa = session.get(Programa, datos.programa_id)
        if programa is None or programa.anio != evaluacion.anio:
            raise Problema("No existe ese programa en el ejercicio.", "Elija otro.", "programa")
    if datos.costo < 0:
        raise Problema("El costo no puede ser negativo.", "Escriba cuánto costó, o cero.", "costo")
    estado = EstadoEvaluacion(datos.estado)
    _exigir_estado(session, estado, datos)
    evaluacion.nombre = obligatorio(datos.nombre, "nombre", "el nombre de la evaluación", TEXTO_MAXIMO)
    evaluacion.tipo, evaluacion.estado = TipoEvaluacion(datos.tipo), estado
    evaluacion.programa_id, evaluacion.dependencia_id = datos.programa_id, datos.dependencia_id
    evaluacion.externa, evaluacion.evaluador = datos.externa, _texto(datos.evaluador)
    evaluacion.costo, evaluacion.inicio, evaluacion.fin = datos.costo, datos.inicio, datos.fin
    evaluacion.concluida_en, evaluacion.difundida_en = datos.concluida_en, datos.difundida_en
    evaluacion.objetivo, evaluacion.hallazgos = _texto(datos.objetivo), _texto(datos.hallazgos)
    evaluacion.motivo = _texto(datos.motivo)
    session.add(evaluacion)
    session.flush()


def _exigir_estado(session: Session, estado: EstadoEvaluacion, datos: DatosEvaluacion) -> None:
    """Lo que cada estado pide: concluida su fecha, cancelada su motivo, difundida haber concluido."""
    _no_futura(session, datos.concluida_en, "concluida_en")
    _no_futura(session, datos.difundida_en, "difundida_en")
    if (estado is EstadoEvaluacion.CONCLUIDA) != (datos.concluida_en is not None):
        raise Problema(
            "La fecha en que concluyó y el estado no coinciden.",
            "Ponga «Concluida» con su fecha, o quite la fecha.",
            "concluida_en",
        )
    if estado is EstadoEvaluacion.CANCELADA and not datos.motivo.strip():
        raise Problema("Falta por qué se canceló.", "Escriba el motivo.", "motivo")
    if datos.difundida_en is not None and (
        datos.concluida_en is None or datos.difundida_en < datos.concluida_en
    ):
        raise Problema("No se difunde lo que no ha concluido.", "Corrija las fechas.", "difundida_en")


def registrar_asm(session: Session, actor: Actor, evaluacion_id: int, *, datos: DatosAsm) -> int:
    """Agrega una recomendación, con el número que sigue, a una evaluación; devuelve su id."""
    exigir(actor, Accion.EDITAR_PAE)
    _evaluacion(session, evaluacion_id)
    formarse(session, "aspectos", evaluacion_id)
    a = tabla(Asm).c
    ultimo = session.execute(select(func.max(a.numero)).where(a.evaluacion_id == evaluacion_id)).scalar()
    aspecto = Asm(evaluacion_id=evaluacion_id, numero=(ultimo or 0) + 1, recomendacion="")
    _escribir_asm(session, aspecto, datos)
    return aspecto.id or 0


def corregir_asm(session: Session, actor: Actor, asm_id: int, *, version: int, datos: DatosAsm) -> None:
    """Clasifica, opina o corrige un aspecto: planeación, o la dependencia evaluada. `Conflicto`."""
    aspecto = _asm(session, asm_id)
    evaluacion = _evaluacion(session, aspecto.evaluacion_id)
    exigir(actor, Accion.ATENDER_ASM, _objeto(session, evaluacion.dependencia_id))
    exigir_version(aspecto, version)
    _escribir_asm(session, aspecto, datos)


def _escribir_asm(session: Session, aspecto: Asm, datos: DatosAsm) -> None:
    estado = EstadoAsm(datos.estado)
    if estado is EstadoAsm.RECHAZADO and not datos.opinion.strip():
        raise Problema("Falta por qué se rechaza.", "Escriba la opinión de la dependencia.", "opinion")
    if estado is EstadoAsm.CUMPLIDO and aspecto.estado is not EstadoAsm.CUMPLIDO:
        raise Problema(
            "Un aspecto se cumple cuando todas sus acciones llegan a 100 %.", "Registre su avance.", "estado"
        )
    if datos.indicador_id is not None and session.get(Indicador, datos.indicador_id) is None:
        raise Problema("No existe ese indicador.", "Elija otro.", "indicador")
    aspecto.recomendacion = obligatorio(
        datos.recomendacion, "recomendacion", "la recomendación", TEXTO_MAXIMO
    )
    aspecto.clase, aspecto.prioridad = ClaseAsm(datos.clase), PrioridadAsm(datos.prioridad)
    aspecto.estado, aspecto.opinion = estado, _texto(datos.opinion)
    aspecto.indicador_id = datos.indicador_id
    session.add(aspecto)
    session.flush()


def registrar_accion(session: Session, actor: Actor, asm_id: int, *, datos: DatosAccion) -> int:
    """Agrega al plan de un aspecto aceptado lo que se hará; devuelve su id."""
    aspecto = _asm(session, asm_id)
    evaluacion = _evaluacion(session, aspecto.evaluacion_id)
    exigir(actor, Accion.ATENDER_ASM, _objeto(session, evaluacion.dependencia_id))
    if aspecto.estado is not EstadoAsm.ACEPTADO:
        raise Problema("Sólo un aspecto aceptado tiene acciones.", "Acéptelo primero.", "accion")
    reglas.exigir_orden(datos.inicio, datos.fin)
    _exigir_dependencia(session, datos.dependencia_id)
    a = tabla(AccionAsm).c
    ultima = session.execute(select(func.max(a.orden)).where(a.asm_id == asm_id)).scalar()
    accion = AccionAsm(
        asm_id=asm_id,
        orden=(ultima or 0) + 1,
        accion=obligatorio(datos.accion, "accion", "la acción", TEXTO_MAXIMO),
        dependencia_id=datos.dependencia_id,
        producto=_texto(datos.producto),
        inicio=datos.inicio,
        fin=datos.fin,
    )
    session.add(accion)
    session.flush()
    return accion.id or 0


def registrar_avance(
    session: Session, actor: Actor, accion_id: int, *, avance: Decimal, texto: str = ""
) -> None:
    """Anota cuánto va una acción, en porcentaje acumulado; al llegar todas a 100 el aspecto se cumple.

    Lo hace planeación o la dependencia a cargo. Lo anotado no se borra: se corrige con otra anotación.
    """
    accion = session.get(AccionAsm, accion_id)
    if accion is None:
        raise Problema("No existe esa acción.", "Vuelva a abrir la evaluación.")
    exigir(actor, Accion.ATENDER_ASM, _objeto(session, accion.dependencia_id))
    reglas.exigir_avance(avance_de_accion(session, [accion_id]).get(accion_id, Decimal(0)), avance, texto)
    session.add(
        AvanceAsm(
            accion_id=accion_id, fecha=hoy(session), avance=avance, texto=_texto(texto), autor=actor.cuenta
        )
    )
    session.flush()
    _revisar_cumplido(session, _asm(session, accion.asm_id))


def _revisar_cumplido(session: Session, aspecto: Asm) -> None:
    a = tabla(AccionAsm).c
    suyas = list(session.execute(select(a.id).where(a.asm_id == aspecto.id)).scalars())
    avances = avance_de_accion(session, suyas)
    todas = all(avances.get(cual, Decimal(0)) >= reglas.ENTERO for cual in suyas)
    aspecto.estado = EstadoAsm.CUMPLIDO if todas else EstadoAsm.ACEPTADO
    session.add(aspecto)


def _evaluacion(session: Session, evaluacion_id: int) -> EvaluacionPae:
    evaluacion = session.get(EvaluacionPae, evaluacion_id)
    if evaluacion is None:
        raise Problema("No existe esa evaluación.", "Vuelva a abrir la lista.")
    return evaluacion


def _asm(session: Session, asm_id: int) -> Asm:
    aspecto = session.get(Asm, asm_id)
    if aspecto is None:
        raise Problema("No existe ese aspecto.", "Vuelva a abrir la evaluación.")
    return aspecto


def _objeto(session: Session, dependencia_id: int) -> Objeto:
    """La dependencia y su superior: a quién pertenece lo que se atiende."""
    dependencia = session.get_one(Dependencia, dependencia_id)
    ids = {dependencia_id} | ({dependencia.padre_id} if dependencia.padre_id else set())
    return Objeto(dependencia.ente_id, frozenset(ids))


def _exigir_dependencia(session: Session, dependencia_id: int) -> None:
    if session.get(Dependencia, dependencia_id) is None:
        raise Problema("No existe esa dependencia.", "Elija otra.", "dependencia")


def _no_futura(session: Session, dia: date | None, campo: str) -> None:
    if dia is not None and dia > hoy(session):
        raise Problema("Esa fecha aún no llega.", "Escriba cuándo ocurrió.", campo)


def _texto(texto: str) -> str:
    limpio = normal(texto)
    if len(limpio) > TEXTO_MAXIMO:
        raise Problema("El texto es muy largo.", f"Hasta {TEXTO_MAXIMO:,} letras.")
    return limpio
