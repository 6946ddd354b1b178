"""A quién se avisa, qué tiene cada quien por leer, cómo lo prefiere y qué se le ha mandado."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session

from db.base import tabla
from db.models.avisos import Aviso, EntregaAviso, EstadoEntrega, PreferenciaAviso
from db.models.estructura import Dependencia
from db.models.usuarios import RolUsuario, Usuario
from db.queries.usuarios import en_utc
from db.rules.avisos import VIGENCIA
from db.rules.permisos import Actor, Asignacion, Rol


def destinatarios(session: Session, dependencia_id: int | None, *roles: Rol, salvo: str = "") -> list[int]:
    """Ids de las cuentas activas con alguno de esos roles que alcanzan a la dependencia (None: a cualquiera).

    Alcanza quien tiene el rol en ella, en su dependencia general, en su ente o en todo el municipio.
    `salvo` es la cuenta que no se avisa a sí misma.
    """
    u, r, d = tabla(Usuario).c, tabla(RolUsuario).c, tabla(Dependencia).c
    consulta = (
        select(u.id)
        .join(tabla(RolUsuario), r.usuario_id == u.id)
        .where(u.activa, r.rol.in_(roles), u.cuenta != salvo)
        .distinct()
        .order_by(u.id)
    )
    if dependencia_id is not None:
        area = session.execute(select(d.id, d.padre_id, d.ente_id).where(d.id == dependencia_id)).one()
        suyas = [i for i in (area.id, area.padre_id) if i is not None]
        consulta = consulta.where(
            r.dependencia_id.is_(None) | r.dependencia_id.in_(suyas),
            r.ente_id.is_(None) | (r.ente_id == area.ente_id),
        )
    return list(session.execute(consulta).scalars())


def de_cuenta(session: Session, cuenta: str) -> list[int]:
    """El id de una cuenta activa, en lista; vacía si ya no está."""
    u = tabla(Usuario).c
    return list(session.execute(select(u.id).where(u.cuenta == cuenta, u.activa)).scalars())


def personas(session: Session) -> list[Actor]:
    """Todas las cuentas activas con sus roles."""
    u, r = tabla(Usuario).c, tabla(RolUsuario).c
    roles: dict[int, list[Asignacion]] = defaultdict(list)
    for f in session.execute(select(r.usuario_id, r.rol, r.ente_id, r.dependencia_id).order_by(r.id)):
        roles[f.usuario_id].append(Asignacion(f.rol, f.ente_id, f.dependencia_id))
    activas = session.execute(select(u.id, u.cuenta, u.nombre).where(u.activa).order_by(u.id))
    return [Actor(f.id, f.cuenta, f.nombre, tuple(roles[f.id])) for f in activas]


@lru_cache
def _sin_leer() -> Select[Any]:
    # Se arma una vez: corre en cada pantalla y armarla cuesta más que responderla.
    a = tabla(Aviso).c
    return select(func.count(a.id)).where(a.usuario_id == bindparam("quien"), a.leido_en.is_(None))


def sin_leer(session: Session, usuario_id: int) -> int:
    """Cuántos avisos no ha leído esa persona."""
    return int(session.execute(_sin_leer(), {"quien": usuario_id}).scalar_one())


def suyos(session: Session, usuario_id: int, cuantos: int = 200) -> list[dict[str, Any]]:
    """Los avisos de una persona, primero lo no leído y lo más nuevo; `creado_en` y `leido_en` en UTC.

    `correo` dice cómo va su entrega: estado, error y momento, o None si no se mandó por correo.
    """
    a, e = tabla(Aviso), tabla(EntregaAviso)
    consulta = (
        select(a, e.c.estado.label("entrega"), e.c.error, e.c.momento)
        .outerjoin(e, e.c.aviso_id == a.c.id)
        .where(a.c.usuario_id == usuario_id)
        .order_by(a.c.leido_en.is_not(None), a.c.creado_en.desc(), a.c.id.desc())
        .limit(cuantos)
    )
    return [
        {
            "id": f.id,
            "clase": str(f.clase),
            "titulo": f.titulo,
            "texto": f.texto,
            "ruta": f.ruta,
            "creado_en": en_utc(f.creado_en),
            "leido_en": en_utc(f.leido_en) if f.leido_en else None,
            "correo": {"estado": str(f.entrega), "error": f.error, "momento": en_utc(f.momento)}
            if f.entrega
            else None,
        }
        for f in session.execute(consulta)
    ]


def preferencia(session: Session, usuario_id: int) -> dict[str, Any]:
    """Dirección de correo, si la quiere usar, si junta todo una vez al día, y las versiones de ambas."""
    u, p = tabla(Usuario).c, tabla(PreferenciaAviso).c
    f = session.execute(
        select(u.correo, u.version, p.correo.label("quiere"), p.resumen_diario, p.version.label("suya"))
        .outerjoin(tabla(PreferenciaAviso), p.usuario_id == u.id)
        .where(u.id == usuario_id)
    ).one()
    return {
        "direccion": f.correo,
        "quiere": f.quiere is not False,
        "resumen": bool(f.resumen_diario),
        "version": f"{f.version}.{f.suya or 0}",
    }


def dichos(session: Session, llaves: Collection[str]) -> set[tuple[int, str]]:
    """De esas llaves, (persona, llave) de lo que ya se avisó."""
    a = tabla(Aviso).c
    filas = session.execute(select(a.usuario_id, a.llave).where(a.llave.in_(llaves)))
    return {(f.usuario_id, f.llave) for f in filas}


def entregas_recientes(session: Session, momento: datetime, cuantas: int = 50) -> dict[str, Any]:
    """Lo de la última semana: cuántos salieron por correo, cuándo el último y los que no han salido."""
    e = tabla(EntregaAviso).c
    desde = momento - VIGENCIA
    entregados, ultima = session.execute(
        select(func.count(e.id), func.max(e.momento)).where(
            e.estado == EstadoEntrega.ENTREGADO, e.momento >= desde
        )
    ).one()
    fallas = session.execute(
        select(e.momento, e.correo, e.error, e.intentos)
        .where(e.estado == EstadoEntrega.FALLIDO, e.momento >= desde)
        .order_by(e.momento.desc(), e.id.desc())
        .limit(cuantas)
    )
    return {
        "entregados": entregados,
        "ultima": en_utc(ultima) if ultima else None,
        "fallas": [f._asdict() | {"momento": en_utc(f.momento)} for f in fallas],
    }
