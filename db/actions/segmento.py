"""La clave presupuestaria del municipio: qué segmentos la forman y en qué orden."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session

from db import audit
from db.actions.idempotencia import exigir_firma
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.presupuesto import SegmentoClave
from db.queries.configuracion import firma_de_segmentos
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import llave

CODIGO = re.compile(r"[a-z][a-z0-9_]{0,29}")
LONGITUD_MAXIMA = 30
INDISPENSABLES = (("proyecto", "programa"), ("partida",))
"""De cada grupo al menos uno: el primero liga el dinero al plan, el segundo da el capítulo."""


@dataclass(frozen=True, slots=True)
class Segmento:
    """Un segmento como lo escribe la persona; `longitud` None es «no se sabe»."""

    codigo: str
    nombre: str
    longitud: int | None = None
    obligatorio: bool = True


def guardar_segmentos(session: Session, actor: Actor, *, firma: str, segmentos: Sequence[Segmento]) -> None:
    """Sustituye los segmentos, en el orden dado. `firma` es la de la lista que se abrió.

    Los cortes ya cargados conservan su clave. Lanza `Problema` si un código no vale, se repite, o falta uno
    indispensable.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    exigir_firma(firma_de_segmentos(session), firma)
    limpios = [_limpio(segmento) for segmento in segmentos]
    codigos = [segmento.codigo for segmento in limpios]
    if len(set(codigos)) != len(codigos):
        raise Problema("Hay dos segmentos con el mismo código.", "Cambie uno.", campo="segmentos")
    for grupo in INDISPENSABLES:
        if not set(grupo) & set(codigos):
            raise Problema(
                f"Falta el segmento «{grupo[0]}».",
                "Agréguelo: sin él no se puede resumir.",
                campo="segmentos",
            )
    session.execute(delete(tabla(SegmentoClave)))
    for orden, segmento in enumerate(limpios, start=1):
        session.add(
            SegmentoClave(
                orden=orden,
                codigo=segmento.codigo,
                nombre=segmento.nombre,
                longitud=segmento.longitud,
                obligatorio=segmento.obligatorio,
            )
        )
    session.flush()
    audit.anotar(session, "sustituir", "segmento_clave", "", segmentos=codigos)


def _limpio(segmento: Segmento) -> Segmento:
    codigo = llave(segmento.codigo).replace(" ", "_")
    if not CODIGO.fullmatch(codigo):
        raise Problema(
            f"«{segmento.codigo}» no sirve de código.",
            "Use letras sin acento, números y guion bajo. Ejemplo: tipo_gasto.",
            campo="segmentos",
        )
    if segmento.longitud is not None and not 1 <= segmento.longitud <= LONGITUD_MAXIMA:
        raise Problema(
            f"La longitud de «{codigo}» no vale.", f"Use de 1 a {LONGITUD_MAXIMA}.", campo="segmentos"
        )
    nombre = obligatorio(segmento.nombre, "segmentos", f"el nombre de «{codigo}»", 60)
    return Segmento(codigo, nombre, segmento.longitud, segmento.obligatorio)
