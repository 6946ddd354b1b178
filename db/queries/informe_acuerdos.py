"""Los acuerdos de los comités como iban al terminar un periodo, para rendirlos en el Informe."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.acuerdos import AvanceAcuerdo
from db.queries.acuerdos import acuerdos
from db.queries.municipio import aviso_de_plazo, zona
from db.queries.usuarios import en_utc
from db.rules.acuerdos import Paso, como_iba, situacion

Fila = dict[str, Any]


def acuerdos_del_periodo(session: Session, *, desde: date, hasta: date) -> list[Fila]:
    """Los que se tomaron en el periodo y los de antes que seguían vivos al empezar, por número.

    Cada uno con `estado`, `avance` y `situacion` (estado, palabra) al último día: lo que pasó después no
    cambia un Informe ya hecho.
    """
    pasos, aviso = _pasos(session), aviso_de_plazo(session)
    lista = []
    for a in acuerdos(session):
        va = como_iba(a["tomado_en"], pasos[a["id"]], desde, hasta) if a["comite_id"] is not None else None
        if va is not None:
            fila = a | {"estado": va.estado, "avance": va.avance}
            estado, palabra = situacion(fila, hasta, aviso)
            lista.append(fila | {"situacion": (str(estado), palabra)})
    return lista


def _pasos(session: Session) -> dict[int, list[Paso]]:
    v, local = tabla(AvanceAcuerdo), zona(session)
    juntos: dict[int, list[Paso]] = defaultdict(list)
    for f in session.execute(select(v).order_by(v.c.momento, v.c.id)):
        dia = en_utc(f.momento).astimezone(local).date()
        juntos[f.acuerdo_id].append(Paso(dia, f.estado.value, f.avance))
    return juntos
