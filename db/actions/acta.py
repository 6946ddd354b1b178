"""El acta: levantarla al cerrar la sesión, corregirla y aprobarla, con lo que queda fija y sellada."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from db.actions.adjuntos import archivar
from db.actions.idempotencia import exigir_version
from db.audit import canonico
from db.base import ahora, tabla
from db.models.sesiones import Acta, CambioActa, EstadoActa
from db.queries import acta as lee
from db.queries.verificar import sello_actual
from db.rules import acta as reglas
from db.rules.evidencias import Archivo
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

TEXTO_MAXIMO = 8_000


def levantar(session: Session, actor: Actor, *, sesion_id: int) -> int:
    """Abre el borrador del acta de una sesión, o da el que ya hay; devuelve su id. SinPermiso."""
    exigir(actor, Accion.COORDINAR_COMITES)
    a = tabla(Acta).c
    ya = session.execute(select(a.id).where(a.sesion_id == sesion_id)).scalar()
    if ya is not None:
        return int(ya)
    acta = Acta(sesion_id=sesion_id)
    session.add(acta)
    session.flush()
    _anotar(session, actor, acta, "")
    return acta.id or 0


def _anotar(session: Session, actor: Actor, acta: Acta, nota: str) -> None:
    assert acta.id is not None
    session.add(
        CambioActa(
            acta_id=acta.id, estado=acta.estado, nota=nota.strip(), autor=actor.cuenta, momento=ahora()
        )
    )
    session.flush()


def _suya(session: Session, actor: Actor, acta_id: int, version: int) -> Acta:
    exigir(actor, Accion.COORDINAR_COMITES)
    acta = session.get(Acta, acta_id)
    if acta is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    exigir_version(acta, version)
    return acta


def corregir(session: Session, actor: Actor, *, acta_id: int, version: int, seccion: str, texto: str) -> None:
    """Cambia lo que el acta dice en una sección; vacío vuelve a lo que el sistema redacta.

    SinPermiso; `Conflicto`; `Problema` si ya se aprobó.
    """
    acta = _suya(session, actor, acta_id, version)
    reglas.exigir_editable(acta.estado.value)
    if texto.strip():
        acta.textos[seccion] = texto.strip()[:TEXTO_MAXIMO]
    else:
        acta.textos.pop(seccion, None)
    flag_modified(acta, "textos")
    session.add(acta)
    session.flush()


def mover(session: Session, actor: Actor, *, acta_id: int, version: int, estado: str, nota: str = "") -> None:
    """Pasa el acta a otro estado; al aprobarla se congela su contenido con su huella y el sello.

    SinPermiso; `Conflicto`; `Problema` si el paso no existe, si se da por firmada sin el archivo o si la
    bitácora está vacía.
    """
    acta = _suya(session, actor, acta_id, version)
    reglas.exigir_paso(acta.estado.value, estado, acta.evidencia_id is not None)
    if estado == EstadoActa.APROBADA:
        _congelar(session, actor, acta)
    acta.estado = EstadoActa(estado)
    session.add(acta)
    session.flush()
    _anotar(session, actor, acta, nota)


def firmar(session: Session, actor: Actor, *, acta_id: int, version: int, archivo: Archivo) -> None:
    """Guarda el acta firmada y digitalizada, y con ella la da por firmada.

    SinPermiso; `Conflicto`; `Problema` (campo «archivo») si no se ha aprobado o no es PDF ni imagen.
    """
    acta = _suya(session, actor, acta_id, version)
    reglas.exigir_paso(acta.estado.value, EstadoActa.FIRMADA, True)
    reglas.exigir_digitalizada(archivo.tipo)
    evidencia = archivar(session, actor, archivo)
    acta.evidencia_id, acta.estado = evidencia.id, EstadoActa.FIRMADA
    session.add(acta)
    session.flush()
    _anotar(session, actor, acta, archivo.nombre)


def _congelar(session: Session, actor: Actor, acta: Acta) -> None:
    """Copia lo que el acta dice, con su huella y el último sello de la bitácora."""
    contenido = lee.contenido(session, sesion_id=acta.sesion_id, textos=acta.textos)
    sello = sello_actual(session)
    if sello is None:
        raise Problema("La bitácora está vacía.", "Avise a la administración del sistema.")
    acta.contenido, acta.huella = contenido, reglas.huella_de(canonico(contenido))
    acta.bitacora_id, acta.sello = sello.id, sello.huella
    acta.aprobada_en, acta.aprobo = ahora(), actor.cuenta
