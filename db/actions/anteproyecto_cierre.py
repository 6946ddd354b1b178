"""Firmar lo de una dependencia y cerrar una etapa del presupuesto: desde ahí queda congelada."""

from datetime import date
from typing import Any

from sqlalchemy import Table, insert, select
from sqlmodel import Session

from db import audit
from db.actions.anteproyecto import etapa_abierta
from db.actions.idempotencia import exigir_firma
from db.actions.reverso import Reverso, en_bloques
from db.base import ahora, tabla
from db.models.anteproyecto import (
    EstadoEtapa,
    EtapaPresupuesto,
    FirmaPresupuesto,
    NombreEtapa,
    PartidaPropuesta,
    TechoPresupuesto,
)
from db.models.bitacora import Carga
from db.models.estructura import Dependencia, Titular
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_resumen import resumen
from db.queries.anteproyecto_revision import hallazgos
from db.queries.municipio import hoy
from db.rules.anteproyecto import AUTORIZO, ETAPAS, PAPELES, REVISO, VISTO_BUENO
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema


def firmar(
    session: Session,
    actor: Actor,
    *,
    etapa_id: int,
    dependencia_id: int,
    papel: str,
    titular_id: int,
    huella: str,
) -> None:
    """Firma lo de una dependencia general; nombre y cargo salen del catálogo de titulares.

    `huella` es la de las partidas que quien firma tuvo a la vista: si ya cambiaron, Conflicto. Firma REVISÓ
    quien captura lo de esa dependencia; Vo.Bo., Tesorería; AUTORIZÓ, la UIPPE, y cada una después de la
    anterior. Problema si el titular no está en funciones o si no hay nada que firmar.
    """
    etapa = etapa_abierta(session, etapa_id)
    _exigir_papel(session, actor, etapa, dependencia_id, papel)
    filas = lee.partidas(session, etapa_id, general_id=dependencia_id)
    if not filas:
        raise Problema("La dependencia no ha propuesto nada que firmar.", "Capture antes sus partidas.")
    exigir_firma(lee.huella_de(filas), huella)
    puestas = lee.firmas(session, etapa_id, {dependencia_id: huella}).get(dependencia_id, {})
    for previo in list(PAPELES)[: list(PAPELES).index(papel)]:
        if previo not in puestas or puestas[previo]["vigencia"] != lee.VIGENTE:
            raise Problema(f"Falta la firma «{previo}» ({PAPELES[previo]}).", "Se firma en ese orden.")
    titular = _titular(session, etapa, dependencia_id, papel, titular_id)
    session.add(
        FirmaPresupuesto(
            etapa_id=etapa_id,
            dependencia_id=dependencia_id,
            papel=papel,
            nombre=titular.nombre,
            cargo=titular.cargo,
            cuenta=actor.cuenta,
            firmado_en=ahora(),
            huella=huella,
        )
    )


def _exigir_papel(
    session: Session, actor: Actor, etapa: EtapaPresupuesto, dependencia_id: int, papel: str
) -> None:
    d = tabla(Dependencia).c
    fila = session.execute(select(d.ente_id, d.padre_id).where(d.id == dependencia_id)).first()
    if fila is None or fila.ente_id != etapa.ente_id or fila.padre_id is not None or papel not in PAPELES:
        raise Problema("Eso no se puede firmar.", "Elija una dependencia general y quién firma.")
    acciones = {
        REVISO: (Accion.EDITAR_ANTEPROYECTO,),
        VISTO_BUENO: (Accion.FIJAR_TECHOS,),
        # Planeación es la única que captura lo de todos y además cierra.
        AUTORIZO: (Accion.EDITAR_ANTEPROYECTO, Accion.CERRAR_ETAPA),
    }
    for accion in acciones[papel]:
        exigir(actor, accion, Objeto(etapa.ente_id, frozenset({dependencia_id})))


def _titular(
    session: Session, etapa: EtapaPresupuesto, dependencia_id: int, papel: str, titular_id: int
) -> Any:
    t, d = tabla(Titular), tabla(Dependencia)
    consulta = select(t, d.c.ente_id).join(d, d.c.id == t.c.dependencia_id).where(t.c.id == titular_id)
    titular, dia = session.execute(consulta).first(), hoy(session)
    if titular is None or titular.ente_id != etapa.ente_id or not _en_funciones(titular, dia):
        raise Problema("Ese titular no está en funciones.", "Regístrelo o elija otro.")
    if papel == REVISO and titular.dependencia_id != dependencia_id:
        raise Problema("Quien revisa es titular de la dependencia general.", "Elija al suyo.")
    return titular


def _en_funciones(titular: Any, dia: date) -> bool:
    return titular.desde <= dia and (titular.hasta is None or titular.hasta >= dia)


def cerrar_etapa(
    session: Session, actor: Actor, *, etapa_id: int, huella: str, motivo: str = ""
) -> int | None:
    """Congela una etapa con su huella y sus totales, y abre la siguiente como copia; devuelve el id de ésta.

    Con comprobaciones graves sin cumplir, o dependencias sin sus tres firmas, pide `motivo`. Problema si no
    lo trae o si la etapa está vacía; Conflicto si lo que se cierra ya no es lo que se vio (`huella`).
    """
    etapa = etapa_abierta(session, etapa_id)
    exigir(actor, Accion.CERRAR_ETAPA, Objeto(etapa.ente_id))
    filas, de_techos = lee.partidas(session, etapa_id), lee.techos(session, etapa_id)
    exigir_firma(lee.huella_de_la_etapa(filas, de_techos), huella)
    if not filas:
        raise Problema("La etapa no tiene partidas.", "Capture o cargue el presupuesto antes de cerrarla.")
    graves = sum(hallazgo.grave for hallazgo in hallazgos(session, etapa_id))
    sin_firmar = [d["clave"] for d in resumen(session, etapa_id=etapa_id)["dependencias"] if not d["firmada"]]
    if (graves or sin_firmar) and not motivo.strip():
        raise Problema(
            f"Faltan {graves:,} comprobaciones graves y la firma de {len(sin_firmar):,} dependencias.",
            "Corríjalas, o escriba por qué se cierra así.",
            campo="motivo",
        )
    etapa.estado = EstadoEtapa.CERRADA
    etapa.cerrada_en, etapa.cerro, etapa.motivo = ahora(), actor.cuenta, motivo.strip()
    etapa.huella = huella
    etapa.totales = lee.por_capitulo(filas)
    session.flush()
    posicion = ETAPAS.index(etapa.etapa.value) + 1
    return _copiar(session, etapa, NombreEtapa(ETAPAS[posicion])) if posicion < len(ETAPAS) else None


def _copiar(session: Session, previa: EtapaPresupuesto, nombre: NombreEtapa) -> int:
    nueva = EtapaPresupuesto(anio=previa.anio, ente_id=previa.ente_id, etapa=nombre, abierta_en=ahora())
    session.add(nueva)
    session.flush()
    assert nueva.id is not None
    cuenta: dict[str, int] = {}
    for modelo in (TechoPresupuesto, PartidaPropuesta):
        t = tabla(modelo)
        filas = [
            {**{c: v for c, v in fila.items() if c != "id"}, "etapa_id": nueva.id, "version": 1}
            for fila in session.execute(_de_la_etapa(t, previa)).mappings()
        ]
        if filas:
            session.execute(insert(t), filas)
        cuenta[t.name] = len(filas)
    audit.anotar(session, "copiar", "etapa_presupuesto", nueva.id, de=previa.id, **cuenta)
    return nueva.id


def _de_la_etapa(origen: Table, etapa: EtapaPresupuesto) -> Any:
    return select(origen).where(origen.c.etapa_id == etapa.id).order_by(origen.c.id)


def exigir_deshacible(session: Session, carga: Carga) -> None:
    """Problema si la carga puso partidas en una etapa que ya se cerró: deshacerla la cambiaría."""
    p, e = tabla(PartidaPropuesta), tabla(EtapaPresupuesto).c
    movido = Reverso.leer(carga.reverso).tablas.get(p.name) if carga.reverso else None
    if movido is None:
        return
    etapas = {fila["etapa_id"] for fila in (*movido.cambiadas.values(), *movido.quitadas)}
    for bloque in en_bloques(sorted(movido.nuevas)):
        etapas |= set(session.execute(select(p.c.etapa_id).where(p.c.id.in_(bloque)).distinct()).scalars())
    cerradas = select(e.id).where(e.id.in_(etapas), e.estado == EstadoEtapa.CERRADA)
    if session.execute(cerradas).first() is not None:
        raise Problema(
            f"La etapa en que se cargó «{carga.archivo}» ya se cerró.", "Lo cerrado no se deshace."
        )
