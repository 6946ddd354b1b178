"""Abrir, cerrar y deshacer la carga de un archivo; reconocer la que ya se hizo."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from db import audit
from db.actions.reverso import Reverso, reverso_de
from db.base import ahora, tabla
from db.models.bitacora import Carga, EstadoCarga, LlaveIdempotencia
from db.rules.formato import fecha
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Renglones del archivo: leídos, guardados (nuevos o con cambios), sin cambio y omitidos.

    `nuevas`, `cambian` y `desaparecen` cuentan lo que la carga mueve en la base, para la vista previa.
    """

    leidas: int
    guardadas: int
    sin_cambio: int
    nuevas: int = 0
    cambian: int = 0
    desaparecen: int = 0
    omitidas: int = 0

    @property
    def mueve_algo(self) -> bool:
        """¿Guardar cambiaría la base?"""
        return bool(self.guardadas or self.nuevas or self.cambian or self.desaparecen)

    def __add__(self, otra: "Cuenta") -> "Cuenta":
        return Cuenta(*(a + b for a, b in zip(astuple(self), astuple(otra), strict=True)))

    def con_omitidas(self, cuantas: int) -> "Cuenta":
        """La misma cuenta con los renglones leídos que no se cargan."""
        return replace(self, leidas=self.leidas + cuantas, omitidas=cuantas)


@dataclass(frozen=True, slots=True)
class Archivo:
    """Lo que identifica a un archivo: su nombre, su sha256 y sus bytes."""

    nombre: str
    sha256: str
    bytes: int


def abrir(
    session: Session,
    actor: Actor,
    *,
    formato: str,
    permiso: Accion,
    objeto: Objeto | None,
    archivo: Archivo,
    anio: int | None,
    ente_id: int | None,
) -> Carga:
    """Registra la carga que empieza. SinPermiso si el rol no puede cargar ese formato en ese ente.

    Sin `objeto` basta con poder cargar algo: el formato revisa el permiso renglón por renglón.
    """
    exigir(actor, permiso, objeto)
    carga = Carga(
        formato=formato,
        archivo=archivo.nombre,
        sha256=archivo.sha256,
        tamano=archivo.bytes,
        anio=anio,
        ente_id=ente_id,
        autor=actor.cuenta,
        cargada_en=ahora(),
    )
    session.add(carga)
    session.flush()
    return carga


def cerrar(session: Session, carga: Carga, cuenta: Cuenta, avisos: list[str], **totales: Any) -> None:
    """Completa la carga con sus cuentas y su reverso, y deja un renglón en la bitácora."""
    reverso = reverso_de(session)
    renglon = tabla(Carga)
    session.execute(
        update(renglon)
        .where(renglon.c.id == carga.id)
        .values(
            leidas=cuenta.leidas,
            guardadas=cuenta.guardadas,
            sin_cambio=cuenta.sin_cambio,
            avisos=avisos,
            reverso=None if reverso.vacio else reverso.guardar(session),
        )
    )
    audit.anotar(
        session,
        "cargar",
        "carga",
        carga.id or "",
        formato=carga.formato,
        archivo=carga.archivo,
        sha256=carga.sha256,
        bytes=carga.tamano,
        anio=carga.anio,
        ente=carga.ente_id,
        leidas=cuenta.leidas,
        guardadas=cuenta.guardadas,
        sin_cambio=cuenta.sin_cambio,
        desaparecen=cuenta.desaparecen,
        **totales,
    )


def recordar(session: Session, llave: str, actor: Actor, resultado: dict[str, Any]) -> None:
    """Guarda el resultado de una confirmación, para que repetirla no escriba dos veces."""
    session.add(
        LlaveIdempotencia(
            llave=llave, cuenta=actor.cuenta, accion="cargar", resultado=resultado, creada_en=ahora()
        )
    )


def recordado(session: Session, llave: str) -> dict[str, Any] | None:
    """El resultado de una confirmación ya hecha con esa llave."""
    previa = session.get(LlaveIdempotencia, llave)
    return None if previa is None else previa.resultado


def deshacer(
    session: Session,
    actor: Actor,
    carga_id: int,
    permiso: Accion,
    aparte: Callable[[Session, Carga], None] | None = None,
    motivo: str = "",
) -> Carga:
    """Deja la base como estaba antes de la carga. `permiso` es el de cargar ese formato.

    `aparte` deshace los formatos que guardan con versión propia (presupuesto). Problema si la carga no
    existe, ya se deshizo, hay otra posterior del mismo formato, o alguien cambió o usa lo que puso.
    """
    carga = session.get(Carga, carga_id)
    if carga is None:
        raise Problema("No existe esa carga.", "Vuelva a abrir la lista de cargas.")
    objeto = Objeto(carga.ente_id)
    exigir(actor, Accion.DESHACER_CARGA, objeto)
    exigir(actor, permiso, objeto)
    if carga.estado is EstadoCarga.DESHECHA:
        raise Problema("Esa carga ya se deshizo.", "No hace falta nada más.")
    if posterior := _posterior(session, carga):
        raise Problema(
            f"Después se cargó «{posterior.archivo}» ({fecha(posterior.cargada_en.date())}).",
            "Deshaga primero esa carga.",
        )
    if aparte is not None:
        aparte(session, carga)
    if carga.reverso is not None:
        Reverso.leer(carga.reverso).aplicar(session)
    carga.estado = EstadoCarga.DESHECHA
    carga.deshecha_en = ahora()
    carga.deshizo = actor.cuenta
    session.add(carga)
    detalle = {"formato": carga.formato, "archivo": carga.archivo, "motivo": motivo}
    audit.anotar(session, "deshacer", "carga", carga.id or "", **detalle)
    return carga


def _posterior(session: Session, carga: Carga) -> Any | None:
    """La carga vigente más nueva del mismo formato, ejercicio y ente, posterior a ésta."""
    c = tabla(Carga).c
    return session.execute(
        select(c.id, c.archivo, c.cargada_en)
        .where(
            c.formato == carga.formato,
            c.anio.is_not_distinct_from(carga.anio),
            c.ente_id.is_not_distinct_from(carga.ente_id),
            c.estado == EstadoCarga.VIGENTE,
            c.id > carga.id,
        )
        .order_by(c.id.desc())
        .limit(1)
    ).first()
