"""Corregir un párrafo de un documento antes de emitirlo, o volver al que escribe el sistema."""

from sqlalchemy import select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.base import ahora, tabla
from db.models.documentos import TextoDocumento
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

TEXTO_MAXIMO = 8_000


def corregir_texto(
    session: Session,
    actor: Actor,
    *,
    clase: str,
    anio: int,
    mes: int,
    alcance: str,
    seccion: str,
    version: int,
    texto: str,
    ente_id: int | None,
) -> None:
    """Guarda el párrafo; vacío, vuelve al del sistema. `version` 0: aún no se había corregido.

    SinPermiso; `Conflicto` si otra persona lo cambió; `Problema` si es muy largo.
    """
    exigir(actor, Accion.EMITIR_DOCUMENTOS, Objeto(ente_id))
    limpio = texto.replace("\r\n", "\n").strip()
    if len(limpio) > TEXTO_MAXIMO:
        raise Problema("El texto es muy largo.", f"Hasta {TEXTO_MAXIMO:,} letras.", seccion)
    t = tabla(TextoDocumento).c
    guardado = session.execute(
        select(TextoDocumento).where(
            t.clase == clase, t.anio == anio, t.mes == mes, t.alcance == alcance, t.seccion == seccion
        )
    ).scalar_one_or_none()
    exigir_version(guardado, version)
    if not limpio:
        if guardado is not None:
            session.delete(guardado)
        return
    if guardado is None:
        guardado = TextoDocumento(
            clase=clase,
            anio=anio,
            mes=mes,
            alcance=alcance,
            seccion=seccion,
            texto="",
            autor="",
            guardado_en=ahora(),
        )
    guardado.texto, guardado.autor, guardado.guardado_en = limpio, actor.cuenta, ahora()
    session.add(guardado)
    session.flush()
