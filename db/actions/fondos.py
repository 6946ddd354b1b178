"""Registrar y corregir fondos etiquetados y sus ministraciones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.idempotencia import exigir_version
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.fondos import Fondo, Ministracion
from db.models.municipio import Ejercicio
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

CLAVE_MAXIMA = 30


@dataclass(frozen=True, slots=True)
class DatosFondo:
    """Lo que se captura de un fondo; `asignado` en centavos."""

    clave: str
    nombre: str
    fuente: str
    asignado: int
    limite_compromiso: date | None = None
    limite_devengo: date | None = None
    limite_pago: date | None = None
    reglas: str = ""


@dataclass(frozen=True, slots=True)
class FilaMinistracion:
    """Un depósito de un archivo; `importe` en centavos."""

    fondo_id: int
    fecha: date
    importe: int
    documento: str = ""


def registrar_fondo(session: Session, actor: Actor, *, anio: int, ente_id: int, datos: DatosFondo) -> Fondo:
    """Registra un fondo. SinPermiso; `Problema` si su clave ya existe o su fuente se encima con otra."""
    exigir(actor, Accion.EDITAR_FONDOS, Objeto(ente_id))
    if session.get(Ejercicio, anio) is None:
        raise Problema(f"No existe el ejercicio {anio}.", "Créelo en Configuración.")
    fondo = Fondo(anio=anio, ente_id=ente_id, clave="", nombre="", fuente="")
    _escribir(session, fondo, datos)
    return fondo


def corregir_fondo(session: Session, actor: Actor, fondo_id: int, *, version: int, datos: DatosFondo) -> None:
    """Deja el fondo como se pide. `Conflicto` si cambió desde que se abrió."""
    fondo = _abierto(session, actor, fondo_id)
    exigir_version(fondo, version)
    _escribir(session, fondo, datos)


def _abierto(session: Session, actor: Actor, fondo_id: int) -> Fondo:
    fondo = session.get(Fondo, fondo_id)
    if fondo is None:
        raise Problema("No existe ese fondo.", "Vuelva a abrir la lista.")
    exigir(actor, Accion.EDITAR_FONDOS, Objeto(fondo.ente_id))
    return fondo


def _escribir(session: Session, fondo: Fondo, datos: DatosFondo) -> None:
    clave, fuente = normal(datos.clave), normal(datos.fuente).upper()
    if not clave or len(clave) > CLAVE_MAXIMA:
        raise Problema("Falta la clave del fondo.", f"Escríbala, de hasta {CLAVE_MAXIMA} letras.", "clave")
    if not fuente.isalnum():
        raise Problema("Falta la fuente.", "Escriba el código de la clave, como 250101.", "fuente")
    if datos.asignado < 0:
        raise Problema("Lo asignado no puede ser negativo.", "Escriba el importe publicado.", "asignado")
    _exigir_unico(session, fondo, clave, fuente)
    _exigir_plazos(datos)
    fondo.clave, fondo.fuente, fondo.nombre = clave, fuente, normal(datos.nombre) or clave
    fondo.asignado, fondo.reglas = datos.asignado, normal(datos.reglas)
    fondo.limite_compromiso, fondo.limite_devengo = datos.limite_compromiso, datos.limite_devengo
    fondo.limite_pago = datos.limite_pago
    session.add(fondo)
    session.flush()


def _exigir_unico(session: Session, fondo: Fondo, clave: str, fuente: str) -> None:
    """Ni dos fondos con la misma clave, ni dos que cuenten el mismo peso."""
    f = tabla(Fondo).c
    consulta = select(f.id, f.clave, f.fuente).where(f.anio == fondo.anio, f.ente_id == fondo.ente_id)
    for otro in session.execute(consulta):
        if otro.id == fondo.id:
            continue
        if otro.clave.casefold() == clave.casefold():
            raise Problema(f"El fondo {otro.clave} ya existe.", "Corríjalo en su ficha.", "clave")
        if otro.fuente.startswith(fuente) or fuente.startswith(otro.fuente):
            raise Problema(
                f"La fuente {fuente} se encima con la {otro.fuente} de {otro.clave}: contaría dos veces.",
                "Escriba el código completo de cada una.",
                "fuente",
            )


def _exigir_plazos(datos: DatosFondo) -> None:
    """Se compromete antes de devengar y se devenga antes de pagar."""
    limites = [d for d in (datos.limite_compromiso, datos.limite_devengo, datos.limite_pago) if d]
    if any(despues < antes for antes, despues in pairwise(limites)):
        raise Problema(
            "Los plazos no van en orden.", "Primero comprometer, luego devengar y al final pagar.", "plazos"
        )


def registrar_ministracion(
    session: Session, actor: Actor, *, fondo_id: int, fecha: date, importe: int, documento: str = ""
) -> None:
    """Anota un depósito del fondo, en centavos. SinPermiso; `Problema` si no es positivo o de otro año."""
    fondo = _abierto(session, actor, fondo_id)
    _exigir_deposito(fecha, importe, fondo.anio)
    session.add(Ministracion(fondo_id=fondo_id, fecha=fecha, importe=importe, documento=normal(documento)))


def _exigir_deposito(fecha: date, importe: int, anio: int) -> None:
    """Un depósito del año puede llegar al empezar el siguiente."""
    if importe <= 0:
        raise Problema("Una ministración es mayor que 0.", "Escriba lo depositado.", "importe")
    if fecha.year not in (anio, anio + 1):
        raise Problema(f"La fecha no es del ejercicio {anio}.", "Corrija el año.", "fecha")


def borrar_ministracion(session: Session, actor: Actor, ministracion_id: int, *, version: int) -> None:
    """Quita un depósito mal capturado; queda en la bitácora."""
    ministracion = session.get(Ministracion, ministracion_id)
    if ministracion is None:
        raise Problema("No existe esa ministración.", "Vuelva a abrir el fondo.")
    _abierto(session, actor, ministracion.fondo_id)
    exigir_version(ministracion, version)
    session.delete(ministracion)


def guardar_ministraciones(
    session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaMinistracion]
) -> Cuenta:
    """Agrega o corrige depósitos de un archivo, reconocidos por fondo, fecha y documento. SinPermiso."""
    assert carga.anio is not None and carga.ente_id is not None
    exigir(actor, Accion.EDITAR_FONDOS, Objeto(carga.ente_id))
    for fila in filas:
        _exigir_deposito(fila.fecha, fila.importe, carga.anio)
    m = tabla(Ministracion)
    previas = [
        fila._asdict()
        for fila in session.execute(select(m).where(m.c.fondo_id.in_({f.fondo_id for f in filas})))
    ]
    datos: list[Fila] = [
        {"fondo_id": f.fondo_id, "fecha": f.fecha, "documento": f.documento, "importe": f.importe}
        for f in filas
    ]
    hecho = sincronizar(session, Ministracion, ("fondo_id", "fecha", "documento"), datos, previas)
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)
