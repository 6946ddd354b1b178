"""Los pasos y comentarios de lo capturado de una meta o indicador: quién, cuándo y qué dijo."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseItem, PasoCaptura
from db.models.usuarios import Usuario
from db.queries.registro import objeto
from db.queries.usuarios import en_utc
from db.rules.captura import EstadoAvance, que_hizo


def historial(
    session: Session, *, clase: str, item_id: int, anio: int, mes: int | None = None
) -> dict[str, Any] | None:
    """De quién es y sus `pasos`, del más nuevo al más viejo; sin `mes`, los de todo el ejercicio.

    Cada paso: mes, que («Validó»), texto, quien, cuenta y momento en UTC. None si la cosa no existe.
    """
    suyo = objeto(session, ClaseItem(clase), item_id)
    if suyo is None:
        return None
    p, u = tabla(PasoCaptura).c, tabla(Usuario).c
    consulta = (
        select(p.mes, p.antes, p.despues, p.texto, p.extemporaneo, p.autor, p.momento, u.nombre)
        .outerjoin(tabla(Usuario), u.cuenta == p.autor)
        .where(p.clase == ClaseItem(clase), p.item_id == item_id, p.anio == anio)
        .order_by(p.id.desc())
    )
    if mes is not None:
        consulta = consulta.where(p.mes == mes)
    return {
        "ente_id": suyo.ente_id,
        "dependencias": sorted(suyo.dependencias),
        "pasos": [
            {
                "mes": f.mes,
                "que": que_hizo(f.antes, EstadoAvance(f.despues), f.texto, f.extemporaneo),
                "texto": f.texto,
                "quien": f.nombre or f.autor,
                "cuenta": f.autor,
                "momento": en_utc(f.momento),
            }
            for f in session.execute(consulta)
        ],
    }
