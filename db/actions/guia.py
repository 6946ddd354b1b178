"""Evaluar la Guía Consultiva: comprobar elementos, capturar variables, declarar no medible y asignar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from db.actions.idempotencia import exigir_firma
from db.models.estructura import Dependencia
from db.models.guia import ComprobacionGuia, DiagnosticoGuia
from db.queries.guia import Guia, leer_guia
from db.queries.guia_ficha import firma, objeto_de
from db.rules.guia import EstadoGuia
from db.rules.guia_evaluacion import OPCION, Ficha
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

LARGO_MAXIMO = 2000
VALOR_MAXIMO = Decimal(10**12)
"""La columna guarda millonésimas en 64 bits."""


@dataclass(frozen=True, slots=True)
class Comprobado:
    """Si un elemento se comprueba, con qué documento y de qué fecha."""

    cumple: bool
    evidencia: str = ""
    fecha: date | None = None


@dataclass(frozen=True, slots=True)
class Captura:
    """Lo que una persona captura de un indicador en un año; los textos llegan como se escribieron."""

    elementos: Mapping[int, Comprobado] = field(default_factory=dict)
    variables: Mapping[str, Decimal | None] = field(default_factory=dict)
    valor: Decimal | None = None
    opcion: EstadoGuia | None = None
    no_medible: bool = False
    motivo: str = ""
    nota: str = ""


def guardar_diagnostico(
    session: Session, actor: Actor, *, indicador_id: int, anio: int, abierta: str, captura: Captura
) -> None:
    """Deja lo capturado de un indicador en un año. `abierta`: la firma con que se abrió la ficha.

    SinPermiso; Conflicto si otra persona guardó; Problema si falta el motivo de NM, la evidencia de un
    elemento, si las variables no dan un valor o si la guía ya no lo revisa.
    """
    guia = _guia(session, anio, indicador_id)
    exigir(actor, Accion.EVALUAR_GUIA, objeto_de(session, guia.responsable(indicador_id, anio)))
    exigir_firma(firma(guia, indicador_id, anio), abierta)
    if desde := guia.serie[anio][indicador_id].desde:
        raise Problema(
            f"Llegó a óptimo en {desde} y la guía no lo vuelve a revisar.",
            f"Si hay un error, corríjalo en {desde}.",
        )
    ficha = guia.fichas[indicador_id]
    _exigir_motivo(captura)
    diagnostico = _diagnostico(session, guia, indicador_id, anio)
    diagnostico.no_medible = captura.no_medible
    diagnostico.motivo = normal(captura.motivo)[:LARGO_MAXIMO] if captura.no_medible else ""
    diagnostico.nota = normal(captura.nota)[:LARGO_MAXIMO]
    if ficha.de_gestion:
        _comprobar(session, guia, indicador_id, anio, captura.elementos)
    else:
        diagnostico.variables = _variables(guia, ficha, indicador_id, anio, captura)
        diagnostico.valor = _valor(ficha, captura)
    # Un cambio sólo en los elementos también sube la versión del diagnóstico: la firma es de todo junto.
    flag_modified(diagnostico, "nota")
    session.add(diagnostico)


def asignar_responsable(
    session: Session, actor: Actor, *, anio: int, indicadores: Sequence[int], dependencia_id: int
) -> int:
    """Pone quién reúne la evidencia de varios indicadores en un año; devuelve cuántos cambiaron.

    Sólo quien evalúa toda la guía. Problema si la dependencia no existe.
    """
    exigir(actor, Accion.EVALUAR_GUIA, Objeto())
    if session.get(Dependencia, dependencia_id) is None:
        raise Problema("Esa dependencia no existe.", "Elija una de la lista.", "dependencia")
    guia = _guia(session, anio, *indicadores)
    cambian = [i for i in indicadores if guia.responsable(i, anio) != dependencia_id]
    for indicador_id in cambian:
        diagnostico = _diagnostico(session, guia, indicador_id, anio)
        diagnostico.dependencia_id = dependencia_id
        session.add(diagnostico)
    return len(cambian)


def _guia(session: Session, anio: int, *indicadores: int) -> Guia:
    guia = leer_guia(session, anio)
    if guia is None or not set(indicadores) <= guia.fichas.keys():
        raise SinPermiso(Accion.EVALUAR_GUIA)
    return guia


def _diagnostico(session: Session, guia: Guia, indicador_id: int, anio: int) -> DiagnosticoGuia:
    consulta = select(DiagnosticoGuia).where(
        DiagnosticoGuia.indicador_guia_id == indicador_id, DiagnosticoGuia.anio == anio
    )
    return session.exec(consulta).first() or DiagnosticoGuia(
        indicador_guia_id=indicador_id, anio=anio, dependencia_id=guia.responsable(indicador_id, anio)
    )


def _exigir_motivo(captura: Captura) -> None:
    if captura.no_medible and not normal(captura.motivo):
        raise Problema(
            "«No medible» lleva su motivo.",
            "Diga por qué no le toca al municipio y con qué documento se prueba.",
            "motivo",
        )


def _comprobar(
    session: Session, guia: Guia, indicador_id: int, anio: int, elementos: Mapping[int, Comprobado]
) -> None:
    suyos = {e.id: e for e in guia.elementos.get(indicador_id, ())}
    if not elementos.keys() <= suyos.keys():
        raise SinPermiso(Accion.EVALUAR_GUIA)
    consulta = select(ComprobacionGuia).where(
        col(ComprobacionGuia.elemento_id).in_(suyos), ComprobacionGuia.anio == anio
    )
    previas = {c.elemento_id: c for c in session.exec(consulta)}
    for elemento_id, dicho in elementos.items():
        evidencia = normal(dicho.evidencia)[:LARGO_MAXIMO]
        if dicho.cumple and not evidencia:
            raise Problema(
                f"El elemento {suyos[elemento_id].inciso}) se marca y no dice su evidencia.",
                "Escriba el documento que lo prueba y dónde está.",
                f"evidencia_{elemento_id}",
            )
        comprobacion = previas.get(elemento_id) or ComprobacionGuia(elemento_id=elemento_id, anio=anio)
        comprobacion.cumple, comprobacion.evidencia, comprobacion.fecha = dicho.cumple, evidencia, dicho.fecha
        session.add(comprobacion)


def _variables(guia: Guia, ficha: Ficha, indicador_id: int, anio: int, captura: Captura) -> dict[str, str]:
    """Las variables como texto decimal. Problema si quedaron a medias o la fórmula no se puede calcular."""
    if captura.opcion is not None and ficha.umbrales.opciones is not None:
        return {OPCION: str(captura.opcion)}
    calculo = ficha.calculo
    if calculo is None:
        return {}
    solas = guia.del_tema[anio].get(indicador_id, {})
    letras = [v.letra for v in calculo.variables if v.letra not in solas]
    escritas = {x: valor for x in letras if (valor := captura.variables.get(x)) is not None}
    if escritas and len(escritas) < len(letras):
        falta = next(v for v in calculo.variables if v.letra in letras and v.letra not in escritas)
        raise Problema(f"Falta «{falta.nombre}».", "Capture todas las variables o ninguna.", falta.letra)
    for letra, valor in escritas.items():
        if calculo.indice and valor not in (0, 1):
            raise Problema("Una característica vale 1 o 0.", "Márquela sólo si está documentada.", letra)
    if escritas:
        calculo.calcular({**escritas, **solas})
    return {letra: format(valor, "f") for letra, valor in escritas.items()}


def _valor(ficha: Ficha, captura: Captura) -> Decimal | None:
    """El valor escrito, sólo en los indicadores cuya fórmula no se entiende."""
    if ficha.calculo is not None or ficha.umbrales.opciones is not None or captura.valor is None:
        return None
    if abs(captura.valor) >= VALOR_MAXIMO or captura.valor != round(captura.valor, 6):
        raise Problema("El valor es demasiado grande o trae más de seis decimales.", "Redondéelo.", "valor")
    return captura.valor
