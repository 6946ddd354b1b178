"""Llevar un archivo a la base: leer, revisar, ensayar, confirmar. Nada se guarda si algo es grave."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from dashboard.imports.contexto import completar
from dashboard.imports.formato import Avance, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.leer import leer
from db.actions import cargas
from db.actions.cargas import Archivo, Cuenta
from db.actions.por_omision import asegurar, faltantes
from db.engine import reading, writing
from db.models.bitacora import Carga
from db.queries.cargas import ya_cargado
from db.queries.estructura import entes_activos
from db.rules.permisos import Actor, Objeto, exigir
from db.rules.problema import Problema


@dataclass(slots=True)
class Preparada:
    """Un archivo leído y revisado, listo para confirmar. `cuenta` es lo que movería."""

    formato: Formato
    contexto: Contexto
    lectura: Lectura
    revision: Revision
    cuenta: Cuenta
    ya_cargado: dict[str, Any] | None = None
    llave: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def se_puede(self) -> bool:
        """¿No hay nada grave?"""
        return not self.revision.graves


@dataclass(slots=True)
class Informe:
    """Lo que pasó con una carga."""

    formato: str
    archivo: str
    anio: int | None
    leidas: int
    guardadas: int = 0
    sin_cambio: int = 0
    omitidas: int = 0
    desaparecen: int = 0
    rechazadas: list[dict[str, Any]] = field(default_factory=list)
    observaciones: list[dict[str, Any]] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    defectos: list[str] = field(default_factory=list)
    carga_id: int | None = None
    ya_cargado: dict[str, Any] | None = None

    def a_dict(self) -> dict[str, Any]:
        """Valores de JSON; la fecha de la carga anterior va en ISO (UTC)."""
        valores = asdict(self)
        if self.ya_cargado:
            valores["ya_cargado"] = {
                **self.ya_cargado,
                "cargada_en": self.ya_cargado["cargada_en"].isoformat(),
            }
        return valores


def _sin_avance(_parte: float, _que: str) -> None:
    """Quien no muestra avance."""


class _Ensayo(Exception):
    """Deshace la transacción en que se ensayó una carga."""


def preparar(
    formato: Formato, ruta: Path, nombre: str, contexto: Contexto, al_avanzar: Avance = _sin_avance
) -> Preparada:
    """Lee y revisa un archivo sin guardar nada.

    Ensaya el guardado en una transacción que se deshace. Problema si no se puede leer; SinPermiso si el
    rol no alcanza.
    """
    exigir(contexto.actor, formato.permiso)
    with reading() as session:
        columnas_de = formato.reconoce or formato.columnas_de
        columnas = columnas_de(session) if columnas_de else formato.columnas
    lectura = leer(ruta, nombre, columnas, formato.limites, lambda p, que: al_avanzar(p * 0.6, que))
    al_avanzar(0.65, "Revisando los datos")
    with reading() as session:
        contexto, avisos = completar(session, formato, lectura, contexto)
        supuestos = faltantes(session, contexto.anio)
    # Si a la base le falta lo básico, se revisa como quedará: con lo supuesto ya puesto, y luego se deshace.
    with _ensayando(contexto.actor) if supuestos else reading() as session:
        if supuestos:
            asegurar(session, contexto.anio)
        revision = formato.revisar(session, lectura, contexto)
    if not revision.ejercicio:
        contexto, avisos = replace(contexto, anio=None), []
    with reading() as session:
        revision.defectos[:0] = faltantes(session, contexto.anio)
        revision.avisos[:0] = [*avisos, *lectura.avisos, *_desconocidas(lectura)]
        previa = ya_cargado(session, formato.nombre, lectura.sha256, contexto.anio, contexto.ente_id)
    preparada = Preparada(formato, contexto, lectura, revision, Cuenta(len(lectura.filas), 0, 0), previa)
    if revision.cambios is not None:
        preparada.cuenta = revision.cambios
    elif preparada.se_puede:
        al_avanzar(0.8, "Comparando con lo guardado")
        with _ensayando(contexto.actor) as session:
            preparada.cuenta, _ = _guardar(session, preparada, contexto.actor, _sin_avance)
    al_avanzar(1.0, "Revisado")
    return preparada


def _desconocidas(lectura: Lectura) -> list[str]:
    if not lectura.desconocidas:
        return []
    nombres = ", ".join(f"«{titulo}»" for titulo in lectura.desconocidas[:12])
    mas = len(lectura.desconocidas) - 12
    return [f"Columnas que no se usan: {nombres}{f' y {mas} más' if mas > 0 else ''}."]


@contextmanager
def _ensayando(actor: Actor) -> Iterator[Session]:
    """Transacción que siempre se deshace."""
    try:
        with writing(actor) as session:
            yield session
            raise _Ensayo
    except _Ensayo:
        return


def _guardar(
    session: Session, preparada: Preparada, actor: Actor, al_avanzar: Avance
) -> tuple[Cuenta, Carga]:
    contexto, formato, lectura = preparada.contexto, preparada.formato, preparada.lectura
    asegurar(session, contexto.anio)
    ente_id = contexto.ente_id
    if ente_id is None and "ente" in formato.pide:
        ente_id = entes_activos(session)[0]["id"]
    carga = cargas.abrir(
        session,
        actor,
        formato=formato.nombre,
        permiso=formato.permiso,
        objeto=None if formato.por_renglon else Objeto(ente_id),
        archivo=Archivo(contexto.archivo, lectura.sha256, lectura.bytes),
        anio=contexto.anio,
        ente_id=ente_id,
    )
    return formato.guardar(session, actor, preparada.revision, carga, al_avanzar), carga


def confirmar(
    preparada: Preparada, actor: Actor, al_avanzar: Avance = _sin_avance, motivo: str = ""
) -> Informe:
    """Guarda lo revisado en una sola transacción; si nada cambia, no escribe nada.

    Repetir la misma preparada devuelve lo mismo sin guardar dos veces. Con problemas graves no guarda y los
    devuelve en `rechazadas`. `motivo` es por qué se acepta con observaciones, y queda en la bitácora.
    """
    informe = informe_de(preparada)
    if not preparada.se_puede or not preparada.cuenta.mueve_algo:
        return informe
    with writing(actor) as session:
        if previo := cargas.recordado(session, preparada.llave):
            return replace(informe, **previo)
        cuenta, carga = _guardar(session, preparada, actor, al_avanzar)
        al_avanzar(0.95, "Guardando")
        extra = {"motivo": motivo} if motivo else {}
        cargas.cerrar(session, carga, cuenta, preparada.revision.avisos, **extra)
        resultado: dict[str, Any] = {
            "guardadas": cuenta.guardadas,
            "sin_cambio": cuenta.sin_cambio,
            "omitidas": cuenta.omitidas,
            "carga_id": carga.id,
        }
        cargas.recordar(session, preparada.llave, actor, resultado)
    al_avanzar(1.0, "Guardado")
    return replace(informe, **resultado)


def informe_de(preparada: Preparada) -> Informe:
    """El informe de lo revisado, antes de guardar: nada guardado todavía."""
    revision, cuenta = preparada.revision, preparada.cuenta
    return Informe(
        formato=preparada.formato.nombre,
        archivo=preparada.contexto.archivo,
        anio=preparada.contexto.anio,
        leidas=cuenta.leidas,
        sin_cambio=cuenta.sin_cambio,
        omitidas=cuenta.omitidas,
        desaparecen=cuenta.desaparecen,
        rechazadas=[p.a_dict() for p in revision.graves],
        observaciones=[p.a_dict() for p in revision.problemas if not p.grave],
        avisos=revision.avisos,
        defectos=revision.defectos,
        ya_cargado=preparada.ya_cargado,
    )


def cargar(
    formato: Formato, ruta: Path, nombre: str, contexto: Contexto, al_avanzar: Avance = _sin_avance
) -> Informe:
    """Prepara y confirma."""
    preparada = preparar(formato, ruta, nombre, contexto, lambda p, que: al_avanzar(p * 0.6, que))
    return confirmar(preparada, contexto.actor, lambda p, que: al_avanzar(0.6 + p * 0.4, que))


def deshacer(formato: Formato, carga_id: int, actor: Actor, motivo: str = "") -> None:
    """Deja la base como estaba antes de la carga. Problema con la razón si ya no se puede."""
    with writing(actor) as session:
        cargas.deshacer(session, actor, carga_id, formato.permiso, formato.deshacer, motivo)


def exigir_formato(formatos: tuple[Formato, ...], nombre: str) -> Formato:
    """El formato de ese nombre. Problema si no existe."""
    for formato in formatos:
        if formato.nombre == nombre:
            return formato
    nombres = ", ".join(f.nombre for f in formatos)
    raise Problema(f"No existe el formato «{nombre}».", f"Use uno de: {nombres}.")
