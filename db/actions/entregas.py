"""Correos de avisos: apartar lo que toca mandar a cada quien, y anotar si salió o por qué no.

Se aparta en una transacción y se manda fuera de ella: dos órdenes a la vez no mandan lo mismo, y un servidor
de correo lento no detiene a quien captura.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.avisos import Aviso, EntregaAviso, EstadoEntrega, PreferenciaAviso
from db.models.usuarios import Usuario
from db.queries.municipio import zona
from db.queries.usuarios import en_utc
from db.rules.avisos import ATORADO, INTENTOS, VIGENCIA, es_hora_del_resumen, vuelve_a_tocar


@dataclass(frozen=True, slots=True)
class Carta:
    """Lo que sale junto a una persona: de cada aviso, id, título, texto y ruta; el más viejo, primero."""

    usuario_id: int
    nombre: str
    correo: str
    resumen: bool
    avisos: tuple[tuple[int, str, str, str], ...]

    @property
    def ids(self) -> list[int]:
        return [aviso[0] for aviso in self.avisos]


def pendientes(session: Session, momento: datetime) -> list[Carta]:
    """Lo que toca mandar por correo en este instante, una carta por persona.

    Va lo no leído de la última semana a quien tiene dirección y quiere correo: lo que no se ha mandado, lo
    que falló y ya le toca, y lo que se quedó a medias. A quien pidió resumen, una vez al día.
    """
    local = zona(session)
    por_persona: dict[int, list[Any]] = defaultdict(list)
    for f in session.execute(_consulta(momento)):
        if f.estado is None or _otra_vez(f, momento):
            por_persona[f.usuario_id].append(f)
    hechos = _hechos(session, list(por_persona))
    return [
        _carta(filas)
        for quien, filas in por_persona.items()
        if not filas[0].resumen_diario or es_hora_del_resumen(momento, local, hechos[quien])
    ]


def _consulta(momento: datetime) -> Any:
    a, u, p, e = tabla(Aviso), tabla(Usuario), tabla(PreferenciaAviso), tabla(EntregaAviso)
    return (
        select(
            a.c.id, a.c.usuario_id, a.c.titulo, a.c.texto, a.c.ruta,
            u.c.nombre, u.c.correo, p.c.resumen_diario, e.c.estado, e.c.intentos, e.c.momento,
        )
        .join(u, u.c.id == a.c.usuario_id)
        .outerjoin(p, p.c.usuario_id == u.c.id)
        .outerjoin(e, e.c.aviso_id == a.c.id)
        .where(
            u.c.activa, u.c.correo != "", p.c.correo.is_distinct_from(False),
            a.c.leido_en.is_(None), a.c.creado_en >= momento - VIGENCIA,
            e.c.estado.is_distinct_from(EstadoEntrega.ENTREGADO),
        )
        .order_by(a.c.usuario_id, a.c.creado_en, a.c.id)
    )  # fmt: skip


def _otra_vez(fila: Any, momento: datetime) -> bool:
    if fila.estado == EstadoEntrega.PENDIENTE:
        return fila.intentos < INTENTOS and momento >= en_utc(fila.momento) + ATORADO
    toca = vuelve_a_tocar(en_utc(fila.momento), fila.intentos)
    return toca is not None and momento >= toca


def _hechos(session: Session, quienes: Collection[int]) -> dict[int, list[datetime]]:
    """Persona → cuándo se le mandó, o se le está mandando, algún correo."""
    a, e = tabla(Aviso).c, tabla(EntregaAviso).c
    consulta = (
        select(a.usuario_id, e.momento)
        .join(tabla(Aviso), a.id == e.aviso_id)
        .where(a.usuario_id.in_(quienes), e.estado != EstadoEntrega.FALLIDO)
    )
    hechos: dict[int, list[datetime]] = defaultdict(list)
    for f in session.execute(consulta):
        hechos[f.usuario_id].append(en_utc(f.momento))
    return hechos


def _carta(filas: Sequence[Any]) -> Carta:
    una = filas[0]
    avisos = tuple((f.id, f.titulo, f.texto, f.ruta) for f in filas)
    return Carta(una.usuario_id, una.nombre, una.correo, bool(una.resumen_diario), avisos)


def apartar(session: Session, usuario_id: int, momento: datetime) -> Carta | None:
    """Aparta lo que le toca a una persona; None si otra orden ya lo apartó. Se confirma antes de mandarlo."""
    formarse(session, "correos")
    carta = next((c for c in pendientes(session, momento) if c.usuario_id == usuario_id), None)
    if carta is None:
        return None
    e = tabla(EntregaAviso)
    con_renglon = set(session.execute(select(e.c.aviso_id).where(e.c.aviso_id.in_(carta.ids))).scalars())
    session.execute(
        update(e)
        .where(e.c.aviso_id.in_(con_renglon))
        .values(
            estado=EstadoEntrega.PENDIENTE, momento=momento, correo=carta.correo, intentos=e.c.intentos + 1
        )
    )
    nuevos = [
        {"aviso_id": i, "correo": carta.correo, "estado": EstadoEntrega.PENDIENTE, "intentos": 1, "error": "",
         "momento": momento}
        for i in carta.ids
        if i not in con_renglon
    ]  # fmt: skip
    if nuevos:
        session.execute(e.insert(), nuevos)
    return carta


def anotar_salida(
    session: Session, carta: Carta, error: str = "", *, culpa_del_servidor: bool = False
) -> None:
    """Deja escrito que la carta salió, o por qué no.

    Si el servidor de correo no contestó no cuenta como intento: la carta no tuvo la culpa.
    """
    e = tabla(EntregaAviso)
    estado = EstadoEntrega.FALLIDO if error else EstadoEntrega.ENTREGADO
    session.execute(
        update(e)
        .where(e.c.aviso_id.in_(carta.ids))
        .values(
            estado=estado,
            error=error[:300],
            momento=ahora(),
            intentos=e.c.intentos - (1 if culpa_del_servidor else 0),
        )
    )
