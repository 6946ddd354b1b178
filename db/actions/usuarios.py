"""Cambios a las cuentas: crear, dar código, estrenar contraseña, roles, desactivar."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, select, update
from sqlmodel import Session

from db.audit import anotar
from db.base import ahora, tabla
from db.models.municipio import Municipio
from db.models.usuarios import RolUsuario, Sesion, Usuario
from db.queries.usuarios import en_utc
from db.rules.permisos import Accion, Actor, Asignacion, Rol, exigir
from db.rules.problema import Problema
from db.rules.texto import normal
from db.rules.usuarios import VIGENCIA_CODIGO, cuenta_valida, exigir_clave_segura

_ARGON2 = PasswordHash((Argon2Hasher(),))
_TURNO = BoundedSemaphore(2)
"""Cada verificación ocupa 64 MiB y un núcleo: dos a la vez, el resto espera."""

CODIGO_INVALIDO = "El código no es válido o ya venció."


def huella_de(secreto: str) -> str:
    """SHA-256 de un secreto al azar (testigo o código): la base nunca guarda el secreto."""
    return hashlib.sha256(secreto.encode()).hexdigest()


def cifrar_clave(clave: str) -> str:
    """Argon2id de la contraseña."""
    with _TURNO:
        return _ARGON2.hash(clave)


@lru_cache(maxsize=1)
def clave_de_nadie() -> str:
    """Huella de una contraseña imposible: comprobar una cuenta que no existe cuesta lo mismo."""
    return cifrar_clave(secrets.token_urlsafe(32))


def comprobar_clave(clave: str, clave_hash: str | None) -> bool:
    """¿La contraseña es la de la huella? Sin huella gasta el mismo tiempo y responde que no."""
    contra = clave_hash or clave_de_nadie()
    with _TURNO:
        igual = _ARGON2.verify(clave, contra)
    return igual and clave_hash is not None


def _exigir_usuario(session: Session, usuario_id: int) -> Usuario:
    usuario = session.get(Usuario, usuario_id)
    if usuario is None:
        raise Problema("Esa cuenta no existe.")
    return usuario


def crear_usuario(
    session: Session,
    actor: Actor,
    *,
    cuenta: str,
    nombre: str,
    asignaciones: Sequence[Asignacion],
    correo: str = "",
) -> Usuario:
    """Crea una cuenta sin contraseña; se estrena con `generar_codigo`."""
    exigir(actor, Accion.EDITAR_USUARIOS)
    limpia = cuenta_valida(cuenta)
    if not normal(nombre):
        raise Problema("Falta el nombre de la persona.", campo="nombre")
    if session.execute(select(tabla(Usuario).c.id).where(tabla(Usuario).c.cuenta == limpia)).first():
        raise Problema(
            f"Ya existe la cuenta {limpia}.", "Elija otra, o dele un código nuevo.", campo="cuenta"
        )
    usuario = Usuario(cuenta=limpia, nombre=normal(nombre), correo=normal(correo), creada_en=ahora())
    session.add(usuario)
    session.flush()
    assert usuario.id is not None
    _poner_roles(session, usuario.id, asignaciones)
    return usuario


def _poner_roles(session: Session, usuario_id: int, asignaciones: Sequence[Asignacion]) -> None:
    if not asignaciones:
        raise Problema("La cuenta necesita al menos un rol.", campo="rol")
    for asignacion in dict.fromkeys(asignaciones):
        if asignacion.rol is Rol.ENLACE and asignacion.ente_id is None and asignacion.dependencia_id is None:
            raise Problema(
                "Un enlace captura sólo lo de su dependencia.",
                "Indique su dependencia o su ente.",
                campo="rol",
            )
        session.add(
            RolUsuario(
                usuario_id=usuario_id,
                rol=asignacion.rol,
                ente_id=asignacion.ente_id,
                dependencia_id=asignacion.dependencia_id,
            )
        )
    session.flush()


def cambiar_roles(
    session: Session, actor: Actor, *, usuario_id: int, asignaciones: Sequence[Asignacion]
) -> None:
    """Sustituye los roles de una cuenta; valen desde la siguiente pantalla que abra."""
    exigir(actor, Accion.EDITAR_USUARIOS)
    _exigir_usuario(session, usuario_id)
    if Rol.ADMINISTRACION not in {asignacion.rol for asignacion in asignaciones}:
        _exigir_otra_administracion(session, usuario_id)
    for anterior in session.execute(
        select(RolUsuario).where(tabla(RolUsuario).c.usuario_id == usuario_id)
    ).scalars():
        session.delete(anterior)
    session.flush()
    _poner_roles(session, usuario_id, asignaciones)


def _exigir_otra_administracion(session: Session, usuario_id: int) -> None:
    r, u = tabla(RolUsuario), tabla(Usuario)
    administran = set(
        session.execute(
            select(r.c.usuario_id)
            .join(u, u.c.id == r.c.usuario_id)
            .where(u.c.activa, r.c.rol == Rol.ADMINISTRACION)
        ).scalars()
    )
    if administran == {usuario_id}:
        raise Problema("Es la única cuenta que administra el sistema.", "Dé antes ese rol a otra persona.")


def generar_codigo(session: Session, actor: Actor, *, usuario_id: int) -> str:
    """Código de un solo uso (48 horas) para poner contraseña; se dice una vez y no se guarda."""
    exigir(actor, Accion.EDITAR_USUARIOS)
    usuario = _exigir_usuario(session, usuario_id)
    if not usuario.activa:
        raise Problema("La cuenta está desactivada.", "Actívela antes de darle un código.")
    # Sin letras ni números que se confundan al dictarlos por teléfono.
    alfabeto = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
    grupos = ["".join(secrets.choice(alfabeto) for _ in range(5)) for _ in range(4)]
    codigo = "-".join(grupos)
    usuario.codigo_hash, usuario.codigo_vence = huella_de(codigo), ahora() + VIGENCIA_CODIGO
    anotar(session, "dar_codigo", "usuario", usuario_id)
    return codigo


def palabras_propias(session: Session, usuario: Usuario) -> list[str]:
    """Lo que no basta como contraseña de esta persona: su cuenta, su nombre y su municipio."""
    municipio = session.execute(select(tabla(Municipio).c.nombre)).scalar()
    return [usuario.cuenta, usuario.nombre, municipio or ""]


def estrenar_codigo(session: Session, *, cuenta: str, codigo: str, clave_hash: str) -> Usuario:
    """Cambia el código por la contraseña ya cifrada; termina las sesiones que hubiera.

    Lanza `Problema` con el mismo texto si la cuenta no existe, el código no es ése o ya venció.
    """
    fila = session.execute(select(Usuario).where(tabla(Usuario).c.cuenta == cuenta.strip().lower()))
    usuario: Usuario | None = fila.scalar_one_or_none()
    recibido = huella_de(codigo.strip().upper())
    vigente = (
        usuario is not None
        and usuario.activa
        and usuario.codigo_vence is not None
        and en_utc(usuario.codigo_vence) > ahora()
    )
    if usuario is None or not secrets.compare_digest(usuario.codigo_hash or "", recibido) or not vigente:
        raise Problema(CODIGO_INVALIDO, "Pida otro a la administración del sistema.", campo="codigo")
    assert usuario.id is not None
    usuario.clave_hash, usuario.codigo_hash, usuario.codigo_vence = clave_hash, None, None
    cerrar_filas(session, usuario.id)
    anotar(session, "estrenar_codigo", "usuario", usuario.id)
    return usuario


def cambiar_clave(
    session: Session, actor: Actor, *, actual: str, nueva: str, conservar_sid: str | None = None
) -> None:
    """La persona cambia su contraseña; se terminan sus demás sesiones."""
    usuario = _exigir_usuario(session, actor.usuario_id or 0)
    if not comprobar_clave(actual, usuario.clave_hash):
        raise Problema("La contraseña actual no es ésa.", campo="actual")
    exigir_clave_segura(nueva, palabras_propias(session, usuario))
    usuario.clave_hash = cifrar_clave(nueva)
    cerrar_filas(session, usuario.id or 0, salvo=conservar_sid)
    anotar(session, "cambiar_clave", "usuario", usuario.id or "")


def desactivar(session: Session, actor: Actor, *, usuario_id: int) -> None:
    """Apaga la cuenta y termina sus sesiones; sus renglones en la bitácora quedan."""
    exigir(actor, Accion.EDITAR_USUARIOS)
    usuario = _exigir_usuario(session, usuario_id)
    if usuario_id == actor.usuario_id:
        raise Problema("No puede desactivar su propia cuenta.", "Pídalo a otra persona que administre.")
    _exigir_otra_administracion(session, usuario_id)
    usuario.activa, usuario.codigo_hash, usuario.codigo_vence = False, None, None
    cerrar_filas(session, usuario_id)


def activar(session: Session, actor: Actor, *, usuario_id: int) -> None:
    """Vuelve a encender una cuenta; entra con la contraseña que tenía."""
    exigir(actor, Accion.EDITAR_USUARIOS)
    _exigir_usuario(session, usuario_id).activa = True


def cerrar_sesiones(session: Session, actor: Actor, *, usuario_id: int) -> int:
    """Termina todas las sesiones de una cuenta (la propia, o la de otro con permiso). Cuántas eran."""
    if usuario_id != actor.usuario_id:
        exigir(actor, Accion.EDITAR_USUARIOS)
    cerradas = cerrar_filas(session, usuario_id)
    anotar(session, "cerrar_sesiones", "usuario", usuario_id, cuantas=cerradas)
    return cerradas


def cerrar_filas(session: Session, usuario_id: int, salvo: str | None = None) -> int:
    """Marca cerradas las sesiones abiertas de una cuenta, salvo la de ese `sid`. Cuántas fueron."""
    s = tabla(Sesion)
    abiertas = select(func.count(s.c.id)).where(s.c.usuario_id == usuario_id, s.c.cerrada_en.is_(None))
    cambio = update(s).where(s.c.usuario_id == usuario_id, s.c.cerrada_en.is_(None))
    if salvo is not None:
        abiertas, cambio = abiertas.where(s.c.sid != salvo), cambio.where(s.c.sid != salvo)
    cuantas = session.execute(abiertas).scalar_one()
    session.execute(cambio.values(cerrada_en=ahora()))
    return int(cuantas)


def asignaciones_de(filas: Iterable[RolUsuario]) -> tuple[Asignacion, ...]:
    """Los roles guardados, como los entiende la matriz de permisos."""
    return tuple(Asignacion(fila.rol, fila.ente_id, fila.dependencia_id) for fila in filas)
