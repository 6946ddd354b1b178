"""Registrar lo que sale con folio: quién lo hizo, con qué datos, con qué sello y su huella."""

from collections.abc import Sequence

from sqlmodel import Session

from db.actions.idempotencia import Conflicto
from db.actions.turnos import formarse
from db.models.documentos import DocumentoEmitido, EstadoDocumento
from db.queries.documentos import de_quien, folios
from db.rules.documentos import Salida
from db.rules.permisos import Accion, Actor, exigir


def registrar(session: Session, actor: Actor, salidas: Sequence[Salida]) -> list[DocumentoEmitido]:
    """Anota los archivos ya hechos; todos son de la misma clase y ejercicio y van en orden de folio.

    SinPermiso sobre cualquiera; `Conflicto` si otra persona tomó el folio mientras se hacían.
    """
    if not salidas:
        return []
    for salida in salidas:
        exigir(
            actor,
            Accion.EMITIR_DOCUMENTOS,
            de_quien(session, ente_id=salida.ente_id, dependencia_id=salida.dependencia_id),
        )
    uno = salidas[0]
    formarse(session, "folio de documento", f"{uno.clase} {uno.anio}")
    esperados = folios(session, clase=uno.clase, anio=uno.anio, borrador=uno.borrador, cuantos=len(salidas))
    if [s.folio for s in salidas] != esperados:
        raise Conflicto
    hechos = [
        DocumentoEmitido(
            folio=s.folio,
            clase=s.clase,
            titulo=s.titulo,
            estado=EstadoDocumento.BORRADOR if s.borrador else EstadoDocumento.EMITIDO,
            formato=s.formato,
            anio=s.anio,
            mes=s.mes,
            ente_id=s.ente_id,
            dependencia_id=s.dependencia_id,
            parametros=dict(s.parametros),
            cierre_id=s.cierre_id,
            bitacora_id=s.bitacora_id,
            sello=s.sello,
            huella=s.huella,
            tamano=s.tamano,
            cuenta=actor.cuenta,
            nombre=actor.nombre,
            emitido_en=s.momento,
        )
        for s in salidas
    ]
    session.add_all(hechos)
    session.flush()
    return hechos
