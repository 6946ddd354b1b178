"""Entrar y salir: cada intento se apunta antes de comprobarlo, para que cien a la vez no burlen el freno.

Comprobar una contraseña tarda; por eso estas acciones abren su propia escritura en vez de recibirla: nadie
espera la base mientras se calcula Argon2.
"""

import math
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from db.actions.usuarios import (
    asignaciones_de,
    cifrar_clave,
    comprobar_clave,
    estrenar_codigo,
    huella_de,
    palabras_propias,
)
from db.audit import SOLO_BITACORA, anotar
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.usuarios import IntentoEntrada, RolUsuario, Sesion, Usuario
from db.queries.usuarios import SesionAbierta, en_utc
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.usuarios import (
    CLAVE_MAXIMA,
    FALLAS_POR_IP,
    SESION_MAXIMA,
    SESIONES_POR_CUENTA,
    VENTANA_CUENTA,
    VENTANA_IP,
    espera_por_fallas,
    exigir_clave_segura,
)

INCORRECTA = "Cuenta o contraseña incorrecta."
TOCAR_CADA = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entrada:
    """El testigo que va en la galleta; la base sólo guarda su huella."""

    testigo: str
    actor: Actor


@contextmanager
def _tramite(actor: Actor) -> Iterator[Session]:
    """Escritura que queda en la bitácora sin vaciar las lecturas guardadas."""
    with writing(actor) as session:
        session.info[SOLO_BITACORA] = True
        yield session


class Freno(Problema):
    """Demasiados intentos: hay que esperar."""

    def __init__(self, espera: timedelta) -> None:
        minutos = max(1, math.ceil(espera.total_seconds() / 60))
        plural = "minuto" if minutos == 1 else "minutos"
        super().__init__("Demasiados intentos.", f"Espere {minutos} {plural} y vuelva a intentar.")


def entrar(cuenta: str, clave: str, ip: str, agente: str, testigo_previo: str | None = None) -> Entrada:
    """Abre una sesión. Lanza `Freno` o `Problema` con un texto que no dice si la cuenta existe."""
    limpia = cuenta.strip().lower()[:80]
    intento = _apuntar_intento(limpia, ip)
    usuario = _buscar(limpia)
    # Un texto enorme no llega a Argon2, pero la comprobación se hace igual para gastar el mismo tiempo.
    correcta = comprobar_clave(clave[:CLAVE_MAXIMA], usuario.clave_hash if usuario else None)
    if usuario is None or not usuario.activa or not correcta or len(clave) > CLAVE_MAXIMA:
        _anotar_rechazo(usuario, ip)
        raise Problema(INCORRECTA)
    return _abrir(usuario, ip, agente, intento, testigo_previo)


def entrar_demo(cuenta: str, ip: str, agente: str, testigo_previo: str | None = None) -> Entrada:
    """Abre una sesión de la demostración. Sólo cuentas que nunca tuvieron contraseña ni código."""
    usuario = _buscar(cuenta)
    if usuario is None or not usuario.activa or usuario.clave_hash or usuario.codigo_hash:
        raise Problema(INCORRECTA)
    return _abrir(usuario, ip, agente, None, testigo_previo)


def entrar_con_codigo(cuenta: str, codigo: str, clave: str, ip: str, agente: str) -> Entrada:
    """Estrena un código de un solo uso: pone la contraseña y abre la sesión."""
    limpia = cuenta.strip().lower()[:80]
    intento = _apuntar_intento(limpia, ip)
    with reading() as session:
        usuario = _buscar(limpia)
        propias = palabras_propias(session, usuario) if usuario else [limpia]
    exigir_clave_segura(clave, propias)
    clave_hash = cifrar_clave(clave)
    quien = Actor(usuario.id if usuario else None, usuario.cuenta if usuario else "desconocida", ip=ip)
    with writing(quien) as session:
        estrenado = estrenar_codigo(session, cuenta=limpia, codigo=codigo, clave_hash=clave_hash)
    return _abrir(estrenado, ip, agente, intento, None)


def salir(abierta: SesionAbierta) -> None:
    """Cierra esa sesión; en los demás equipos sigue abierta."""
    with _tramite(abierta.actor) as session:
        s = tabla(Sesion)
        session.execute(update(s).where(s.c.id == abierta.id).values(cerrada_en=ahora()))
        anotar(session, "salir", "usuario", abierta.actor.usuario_id or "")


def tocar(abierta: SesionAbierta) -> None:
    """Recuerda que la sesión se usó, a lo más una vez por minuto, sin mover `data_version`."""
    momento = ahora()
    if momento - abierta.usada_en < TOCAR_CADA:
        return
    # Si la base está ocupada con una carga, mejor no recordar este minuto que negar la pantalla.
    with suppress(Problema), _tramite(abierta.actor) as session:
        s = tabla(Sesion)
        session.execute(update(s).where(s.c.id == abierta.id).values(usada_en=momento))


def _buscar(cuenta: str) -> Usuario | None:
    consulta = select(Usuario).where(tabla(Usuario).c.cuenta == cuenta)
    with reading() as session:
        usuario: Usuario | None = session.execute(consulta).scalar_one_or_none()
        if usuario is not None:
            session.expunge(usuario)
        return usuario


def _apuntar_intento(cuenta: str, ip: str) -> int:
    """Anota el intento como fallido; `_abrir` lo corrige si entra. Lanza `Freno` si toca esperar."""
    with _tramite(Actor(None, "entrada", ip=ip)) as session:
        momento = ahora()
        if espera := _espera(session, cuenta, ip, momento):
            raise Freno(espera)
        intento = IntentoEntrada(cuenta=cuenta, ip=ip[:45], momento=momento, exito=False)
        session.add(intento)
        session.flush()
        assert intento.id is not None
        return intento.id


def _espera(session: Session, cuenta: str, ip: str, momento: datetime) -> timedelta:
    i = tabla(IntentoEntrada).c
    desde_ip = momento - VENTANA_IP
    por_ip = session.execute(
        select(func.count(i.id), func.min(i.momento)).where(
            i.ip == ip, i.momento > desde_ip, i.exito.is_(False)
        )
    ).one()
    if por_ip[0] >= FALLAS_POR_IP:
        return max(en_utc(por_ip[1]) + VENTANA_IP - momento, timedelta(seconds=1))
    entro = select(func.coalesce(func.max(i.id), 0)).where(i.cuenta == cuenta, i.exito)
    fallas, ultima = session.execute(
        select(func.count(i.id), func.max(i.momento)).where(
            i.cuenta == cuenta, i.momento > momento - VENTANA_CUENTA, i.id > entro.scalar_subquery()
        )
    ).one()
    return espera_por_fallas(fallas, en_utc(ultima) if ultima else None, momento)


def _anotar_rechazo(usuario: Usuario | None, ip: str) -> None:
    # Lo tecleado como cuenta puede ser una contraseña: sólo se copia si es una cuenta de verdad.
    cuenta = usuario.cuenta if usuario else "desconocida"
    with _tramite(Actor(usuario.id if usuario else None, cuenta, ip=ip)) as session:
        anotar(session, "entrada_rechazada", "usuario", usuario.id if usuario else "")


def _abrir(
    usuario: Usuario, ip: str, agente: str, intento: int | None, testigo_previo: str | None
) -> Entrada:
    assert usuario.id is not None
    testigo, momento, s = secrets.token_urlsafe(32), ahora(), tabla(Sesion)
    with reading() as session:
        roles = session.execute(select(RolUsuario).where(tabla(RolUsuario).c.usuario_id == usuario.id))
        actor = Actor(usuario.id, usuario.cuenta, usuario.nombre, asignaciones_de(roles.scalars()), ip)
    with _tramite(actor) as session:
        if intento is not None:
            i = tabla(IntentoEntrada)
            session.execute(update(i).where(i.c.id == intento).values(exito=True))
        if testigo_previo:
            previa = s.c.testigo_hash == huella_de(testigo_previo)
            session.execute(update(s).where(previa, s.c.cerrada_en.is_(None)).values(cerrada_en=momento))
        abiertas = session.execute(
            select(s.c.id)
            .where(s.c.usuario_id == usuario.id, s.c.cerrada_en.is_(None), s.c.vence_en > momento)
            .order_by(s.c.usada_en.desc())
        ).scalars()
        sobran = list(abiertas)[SESIONES_POR_CUENTA - 1 :]
        session.execute(update(s).where(s.c.id.in_(sobran)).values(cerrada_en=momento))
        session.execute(
            insert(s).values(
                sid=secrets.token_urlsafe(16),
                testigo_hash=huella_de(testigo),
                usuario_id=usuario.id,
                creada_en=momento,
                usada_en=momento,
                vence_en=momento + SESION_MAXIMA,
                ip=ip[:45],
                agente=agente[:200],
            )
        )
        anotar(session, "entrar", "usuario", usuario.id, agente=agente[:200])
    return Entrada(testigo, actor)
