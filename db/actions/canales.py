"""De un tema discutido, un acuerdo: entra al mismo tablero que los de los comités."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.acuerdos import avisar_acuerdo
from db.actions.encargos import marcar, tocar
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.acuerdos import Acuerdo
from db.models.encargos import LigaEncargo
from db.queries.municipio import hoy
from db.rules.canales import REGISTRO, numero_de_acuerdo
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema

TEXTO_MAXIMO = 2_000


def acordar(
    session: Session,
    actor: Actor,
    *,
    encargo_id: int,
    version: int,
    texto: str,
    dependencia_id: int | None,
    vence: date | None,
) -> int:
    """Asienta un acuerdo del tema, con responsable y fecha, y lo liga con él; devuelve su id.

    SinPermiso; `Conflicto`; `Problema` sin texto, sin responsable o con una fecha que ya pasó.
    """
    fila, registro = tocar(session, actor, encargo_id)
    if registro is not REGISTRO:
        raise SinPermiso(Accion.EDITAR_REGISTROS)
    exigir(actor, Accion.EDITAR_REGISTROS)
    exigir_version(fila, version)
    if dependencia_id is None:
        raise Problema("Falta quién responde.", "Elija la dependencia.", "dependencia_id")
    dia = hoy(session)
    if vence is None or vence < dia:
        raise Problema("Falta una fecha de hoy en adelante.", "Escríbala como dd/mm/aaaa.", "vence")
    v = tabla(LigaEncargo).c
    suyos = select(func.count()).where(v.encargo_id == encargo_id, v.asunto == "acuerdo")
    acuerdo = Acuerdo(
        numero=numero_de_acuerdo(fila.folio, session.execute(suyos).scalar_one() + 1),
        texto=obligatorio(texto, "texto", "el acuerdo", TEXTO_MAXIMO),
        dependencia_id=dependencia_id,
        tomado_en=dia,
        vence=vence,
    )
    session.add(acuerdo)
    session.flush()
    session.add(LigaEncargo(encargo_id=encargo_id, asunto="acuerdo", referencia=str(acuerdo.id)))
    marcar(session, fila)
    avisar_acuerdo(session, actor, acuerdo)
    return acuerdo.id or 0
