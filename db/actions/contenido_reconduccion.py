"""El contenido de una solicitud de reconducción: calendarios, dinero y justificaciones, y lo que cumplen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlmodel import Session, select

from db.models.estructura import Dependencia
from db.models.reconduccion import (
    AmbitoReconduccion,
    DineroSolicitud,
    LadoDinero,
    RenglonSolicitud,
    SolicitudReconduccion,
    TipoReconduccion,
)
from db.queries import actividad
from db.queries.adecuaciones import claves_del_ente, sin_separadores
from db.queries.avances import meses_cerrados
from db.queries.dinero_reconduccion import apartado, claves
from db.queries.evaluacion import unidades
from db.queries.reconduccion import en_tramite, renglones
from db.queries.reconducible import Llave, Reconducible, reconducibles, ultima_vigencia
from db.rules.formato import mes_nombre
from db.rules.problema import Problema
from db.rules.reconduccion import Lado, exigir_abiertos, exigir_calendario, lado
from db.rules.solicitud import Traslado, exigir_compensado, exigir_importes, exigir_justificada
from db.rules.texto import normal

TEXTO_MAXIMO = 4_000


@dataclass(frozen=True, slots=True)
class Contenido:
    """Lo que se escribe en un borrador.

    `calendarios`: por meta o variable, último mes del periodo → cantidad; la que falta queda como estaba.
    `anuales`: la meta del año que se escribió, para comprobar la suma. `dinero`: lado, clave y centavos.
    """

    calendarios: Mapping[Llave, Mapping[int, Decimal]]
    anuales: Mapping[Llave, Decimal] = field(default_factory=dict)
    dinero: Sequence[tuple[LadoDinero, str, int]] = ()
    justificacion: str = ""
    justificacion_destino: str = ""
    origen_recursos: str = ""


def poner_calendarios(
    session: Session, solicitud: SolicitudReconduccion, calendarios: Mapping[Llave, Mapping[int, Decimal]]
) -> None:
    """Deja los renglones de la solicitud como dicen los calendarios."""
    previos = {
        (r.clase, r.item_id, r.mes): r
        for r in session.exec(
            select(RenglonSolicitud).where(RenglonSolicitud.solicitud_id == solicitud.id)
        ).all()
    }
    for (clase, cual), meses in calendarios.items():
        for mes, cantidad in meses.items():
            renglon = previos.pop((clase, cual, mes), None) or RenglonSolicitud(
                solicitud_id=solicitud.id or 0, clase=clase, item_id=cual, mes=mes, cantidad=cantidad
            )
            renglon.cantidad = cantidad
            session.add(renglon)
    for sobra in previos.values():
        session.delete(sobra)
    session.flush()


def escribir(session: Session, solicitud: SolicitudReconduccion, contenido: Contenido) -> None:
    """Guarda lo escrito y deduce el tipo y el ámbito. `Problema`, con campo, si un número no se admite."""
    guardados = renglones(session, solicitud.id or 0)
    calendarios = {llave: contenido.calendarios.get(llave, meses) for llave, meses in guardados.items()}
    _exigir_calendarios(session, solicitud, calendarios, {})
    poner_calendarios(session, solicitud, calendarios)
    _poner_dinero(session, solicitud, contenido.dinero)
    solicitud.justificacion = _texto(contenido.justificacion, "justificacion")
    solicitud.justificacion_destino = _texto(contenido.justificacion_destino, "destino")
    solicitud.origen_recursos = _texto(contenido.origen_recursos, "origen")
    solicitud.tipo = TipoReconduccion.PRESUPUESTAL if contenido.dinero else TipoReconduccion.PROGRAMATICA
    solicitud.ambito = _ambito(session, solicitud)


def _texto(texto: str, campo: str) -> str:
    limpio = texto.strip()
    if len(limpio) > TEXTO_MAXIMO:
        raise Problema(f"El texto pasa de {TEXTO_MAXIMO:,} letras.", "Escríbalo más corto.", campo)
    return limpio


def _exigir_calendarios(
    session: Session,
    solicitud: SolicitudReconduccion,
    calendarios: Mapping[Llave, Mapping[int, Decimal]],
    anuales: Mapping[Llave, Decimal],
) -> set[Lado]:
    """Los lados de lo que cambia; `Problema` en «meta-12» si un calendario no se admite."""
    hallados = reconducibles(session, solicitud.anio, calendarios)
    lados = set()
    for llave, meses in calendarios.items():
        r = hallados.get(llave)
        campo = f"{llave[0]}-{llave[1]}"
        if r is None:
            raise Problema("Una de las metas ya no existe.", "Quítela de la solicitud.", "items")
        nuevos = _por_numero(r, meses, campo)
        exigir_calendario(r.programado, solicitud.mes_vigencia, nuevos, anuales.get(llave), campo)
        if r.programado.modificado(nuevos) != r.programado.vigente:
            lados.add(lado(r.programado, nuevos))
        _exigir_en_orden(session, r, solicitud.mes_vigencia, campo)
    return lados


def _por_numero(r: Reconducible, meses: Mapping[int, Decimal], campo: str) -> dict[int, Decimal]:
    numeros = {p.mes_fin: p.numero for p in r.programado.periodos}
    if set(meses) - set(numeros):
        raise Problema(f"{r.programado.nombre}: ese periodo no existe.", "Vuelva a abrirla.", campo)
    return {numeros[mes]: cantidad for mes, cantidad in meses.items()}


def _exigir_en_orden(session: Session, r: Reconducible, mes_vigencia: int, campo: str) -> None:
    """Una reconducción no pasa por debajo de otra que ya rige desde más adelante."""
    ultima = ultima_vigencia(session, r.llave)
    if ultima is not None and ultima[0] > mes_vigencia:
        raise Problema(
            f"{r.programado.nombre}: la reconducción {ultima[1]} ya rige desde {mes_nombre(ultima[0])}.",
            "Pida la suya desde ese mes o después.",
            campo,
        )


def _poner_dinero(
    session: Session, solicitud: SolicitudReconduccion, dinero: Sequence[tuple[LadoDinero, str, int]]
) -> None:
    conocidas = claves_del_ente(session, solicitud.anio, solicitud.ente_id) if dinero else {}
    previos = {
        (d.lado, d.clave): d
        for d in session.exec(
            select(DineroSolicitud).where(DineroSolicitud.solicitud_id == solicitud.id)
        ).all()
    }
    traslados = []
    for cual, escrita, importe in dinero:
        limpia = normal(escrita).upper()
        clave = conocidas.get(sin_separadores(limpia), limpia)
        if not sin_separadores(clave):
            raise Problema("Falta la clave de un renglón.", "Escríbala o quite el renglón.", "dinero")
        traslados.append(Traslado(Lado(cual.value), clave, importe, importe))
    exigir_importes(traslados)
    for t in traslados:
        llave = (LadoDinero(t.lado.value), t.clave)
        renglon = previos.pop(llave, None) or DineroSolicitud(
            solicitud_id=solicitud.id or 0, lado=llave[0], clave=t.clave, importe=t.importe
        )
        renglon.importe = t.importe
        session.add(renglon)
    for sobra in previos.values():
        session.delete(sobra)
    session.flush()


def _ambito(session: Session, solicitud: SolicitudReconduccion) -> AmbitoReconduccion:
    """Interna si todas las metas y claves son de la misma dependencia general; una clave nueva no dice."""
    donde = unidades(session)
    propia = donde[solicitud.dependencia_id].general_id
    general = session.get_one(Dependencia, propia).clave
    items = reconducibles(session, solicitud.anio, renglones(session, solicitud.id or 0)).values()
    dinero = session.exec(
        select(DineroSolicitud.clave).where(DineroSolicitud.solicitud_id == solicitud.id)
    ).all()
    halladas = claves(session, solicitud.anio, solicitud.ente_id, dinero).values()
    ajena = any(donde[r.dependencia_id].general_id != propia for r in items) or any(
        c.dependencia != general for c in halladas
    )
    return AmbitoReconduccion.EXTERNA if ajena else AmbitoReconduccion.INTERNA


def revisar(
    session: Session, solicitud: SolicitudReconduccion, anuales: Mapping[Llave, Decimal] | None = None
) -> None:
    """Lo que debe cumplir para presentarse y para autorizarse, salvo las fechas. `Problema` con campo."""
    anio, cerrados = solicitud.anio, meses_cerrados(session, solicitud.anio)
    exigir_abiertos(actividad.periodicidad(session, anio), solicitud.mes_vigencia, cerrados)
    pedidos = renglones(session, solicitud.id or 0)
    _exigir_sin_otra(session, solicitud, pedidos)
    lados = _exigir_calendarios(session, solicitud, pedidos, anuales or {})
    traslados = _traslados(session, solicitud)
    exigir_importes(traslados)
    exigir_compensado(traslados, solicitud.origen_recursos)
    lados |= {t.lado for t in traslados}
    exigir_justificada(lados, solicitud.justificacion, solicitud.justificacion_destino)


def _exigir_sin_otra(session: Session, solicitud: SolicitudReconduccion, pedidos: Collection[Llave]) -> None:
    """Dos solicitudes en trámite no cambian lo mismo: la segunda pisaría a la primera."""
    repetida = en_tramite(session, solicitud.anio, pedidos, solicitud.id)
    if repetida is not None:
        nombre = reconducibles(session, solicitud.anio, [repetida])[repetida].programado.nombre
        raise Problema(
            f"{nombre}: ya está en otra solicitud sin resolver.",
            "Quítela de ésta, o espere a que la otra se resuelva.",
            f"{repetida[0]}-{repetida[1]}",
        )


def _traslados(session: Session, solicitud: SolicitudReconduccion) -> list[Traslado]:
    """El dinero con lo que cada clave tiene por ejercer, sin lo que otras solicitudes ya apartaron."""
    dinero = session.exec(select(DineroSolicitud).where(DineroSolicitud.solicitud_id == solicitud.id)).all()
    halladas = claves(session, solicitud.anio, solicitud.ente_id, [d.clave for d in dinero])
    otras = apartado(session, solicitud.anio, solicitud.ente_id, solicitud.id)
    return [
        Traslado(
            Lado(d.lado.value),
            d.clave,
            d.importe,
            halladas[d.clave].por_ejercer - otras.get(d.clave, 0) if d.clave in halladas else None,
        )
        for d in dinero
    ]
