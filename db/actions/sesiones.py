"""Antes de la sesión: el calendario del año, el orden del día con su material, y la convocatoria."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import func, select, update
from sqlmodel import Session

from db.actions.avisos import avisar
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.actions.turnos import formarse
from db.base import ahora, tabla
from db.models.avisos import ClaseAviso
from db.models.sesiones import (
    ClasePunto,
    Convocado,
    EstadoPunto,
    EstadoSesion,
    PuntoOrden,
    SesionComite,
    TipoSesion,
)
from db.queries import comites, sesiones
from db.queries.municipio import zona
from db.queries.reconducible import inhabiles
from db.rules import sesiones as reglas
from db.rules.avisos import ruta
from db.rules.formato import fecha, fecha_hora
from db.rules.habiles import es_habil
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

TITULO_MAXIMO, TEXTO_MAXIMO = 300, 4_000


def abierta(session: Session, actor: Actor, sesion_id: int, *estados: EstadoSesion) -> SesionComite:
    """La sesión, si quien coordina la puede cambiar y está en uno de esos estados. SinPermiso; `Problema`.

    Hasta confirmar, nadie más escribe en ella: ni otra secretaría ni un teléfono.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    formarse(session, "sesion", sesion_id)
    fila = session.get(SesionComite, sesion_id)
    if fila is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    if fila.estado not in estados:
        palabra = reglas.ESTADOS[fila.estado.value][1].lower()
        raise Problema(f"La sesión está {palabra}.", "Vuelva a abrirla.")
    return fila


def programar(
    session: Session,
    actor: Actor,
    *,
    comite_id: int,
    tipo: str,
    dias: Sequence[date],
    hora: time = time(10),
    lugar: str = "",
) -> list[int]:
    """Agrega sesiones al calendario, una por día; devuelve sus ids. SinPermiso; `Problema` en día inhábil."""
    exigir(actor, Accion.COORDINAR_COMITES)
    comite = comites.comite(session, comite_id=comite_id)
    if comite is None:
        raise Problema("No existe ese comité.", "Vuelva a abrir la pantalla.")
    formarse(session, "calendario", comite_id)
    hechas = []
    for dia in dias:
        if not es_habil(dia, inhabiles(session, dia.year)):
            raise Problema(f"El {fecha(dia)} es inhábil.", "Elija otro día.", "dias")
        fila = SesionComite(
            comite_id=comite_id,
            anio=dia.year,
            numero=_siguiente(session, comite_id, dia.year, tipo),
            tipo=TipoSesion(tipo),
            prevista=datetime.combine(dia, hora, zona(session)),
            lugar=normal(lugar)[:TITULO_MAXIMO],
        )
        session.add(fila)
        session.flush()
        assert fila.id is not None
        _orden_modelo(session, fila)
        hechas.append(fila.id)
    return hechas


def _siguiente(session: Session, comite_id: int, anio: int, tipo: str) -> int:
    s = tabla(SesionComite).c
    ultimo = session.execute(
        select(func.max(s.numero)).where(s.comite_id == comite_id, s.anio == anio, s.tipo == TipoSesion(tipo))
    ).scalar()
    return (ultimo or 0) + 1


def _orden_modelo(session: Session, fila: SesionComite) -> None:
    assert fila.id is not None
    s = tabla(SesionComite).c
    hubo = session.execute(
        select(s.id).where(s.comite_id == fila.comite_id, s.id < fila.id, s.estado != EstadoSesion.CANCELADA)
    ).first()
    puntos = reglas.orden_modelo(fila.tipo is TipoSesion.INSTALACION, hubo is not None)
    for lugar, (clase, titulo, se_vota) in enumerate(puntos, start=1):
        session.add(
            PuntoOrden(
                sesion_id=fila.id, orden=lugar * 10, clase=ClasePunto(clase), titulo=titulo, se_vota=se_vota
            )
        )
    session.flush()


def cambiar(
    session: Session, actor: Actor, *, sesion_id: int, version: int, prevista: datetime, lugar: str
) -> None:
    """Cambia cuándo y dónde de una sesión sin convocar. SinPermiso; `Conflicto`; `Problema`."""
    fila = abierta(session, actor, sesion_id, EstadoSesion.PROGRAMADA)
    exigir_version(fila, version)
    fila.prevista, fila.lugar = prevista, normal(lugar)[:TITULO_MAXIMO]
    session.add(fila)
    session.flush()


def cancelar(session: Session, actor: Actor, *, sesion_id: int, version: int, motivo: str) -> None:
    """La sesión no se celebra, y se dice por qué. SinPermiso; `Conflicto`; `Problema` (campo «motivo»)."""
    fila = abierta(session, actor, sesion_id, EstadoSesion.PROGRAMADA, EstadoSesion.CONVOCADA)
    exigir_version(fila, version)
    fila.motivo = obligatorio(motivo, "motivo", "por qué se cancela", TITULO_MAXIMO)
    fila.estado = EstadoSesion.CANCELADA
    session.add(fila)
    session.flush()


def agregar_punto(
    session: Session,
    actor: Actor,
    *,
    sesion_id: int,
    titulo: str,
    descripcion: str = "",
    presenta: str = "",
    se_vota: bool = True,
) -> int:
    """Un asunto más en el orden del día, antes de los generales; devuelve su id. SinPermiso; `Problema`."""
    abierta(session, actor, sesion_id, EstadoSesion.PROGRAMADA, EstadoSesion.CONVOCADA, EstadoSesion.EN_CURSO)
    p = tabla(PuntoOrden).c
    generales = session.execute(
        select(p.orden).where(p.sesion_id == sesion_id, p.clase == ClasePunto.ASUNTOS_GENERALES)
    ).scalar()
    ultimo = session.execute(
        select(func.max(p.orden)).where(
            p.sesion_id == sesion_id, *([] if generales is None else [p.orden < generales])
        )
    ).scalar()
    lugar = (ultimo or 0) + 1
    if generales is not None and lugar >= generales:
        _recorrer(session, sesion_id, generales)
    punto = PuntoOrden(
        sesion_id=sesion_id,
        orden=lugar,
        titulo=obligatorio(titulo, "titulo", "el asunto", TITULO_MAXIMO),
        descripcion=descripcion.strip()[:TEXTO_MAXIMO],
        presenta=normal(presenta)[:TITULO_MAXIMO],
        se_vota=se_vota,
    )
    session.add(punto)
    session.flush()
    return punto.id or 0


def _recorrer(session: Session, sesion_id: int, desde: int) -> None:
    p = tabla(PuntoOrden)
    session.execute(
        update(p).where(p.c.sesion_id == sesion_id, p.c.orden >= desde).values(orden=p.c.orden + 10)
    )


def quitar_punto(session: Session, actor: Actor, *, punto_id: int, version: int) -> None:
    """Retira un asunto que aún no se trata; los del modelo no se quitan. SinPermiso; `Problema`."""
    punto = session.get(PuntoOrden, punto_id)
    if punto is None:
        raise SinPermiso(Accion.COORDINAR_COMITES)
    abierta(
        session,
        actor,
        punto.sesion_id,
        EstadoSesion.PROGRAMADA,
        EstadoSesion.CONVOCADA,
        EstadoSesion.EN_CURSO,
    )
    exigir_version(punto, version)
    if punto.clase is not ClasePunto.ASUNTO or punto.estado is not EstadoPunto.PENDIENTE:
        raise Problema("Ese punto no se quita.", "Sólo los asuntos que no se han tratado.", "punto")
    punto.estado = EstadoPunto.RETIRADO
    session.add(punto)
    session.flush()


def convocar(session: Session, actor: Actor, *, sesion_id: int, version: int, aviso_corto: str = "") -> None:
    """Convoca a cada integrante acreditado: copia las reglas, fija el código de la sala y avisa.

    Problema si no hay integrantes, si la fecha ya pasó o si falta aviso y no se dice por qué.
    """
    fila = abierta(session, actor, sesion_id, EstadoSesion.PROGRAMADA)
    exigir_version(fila, version)
    una = sesiones.sesion(session, sesion_id=sesion_id)
    assert una is not None
    momento, husos = ahora(), zona(session)
    if una["prevista"] <= momento:
        raise Problema("La fecha de la sesión ya pasó.", "Cámbiela antes de convocar.", "prevista")
    dia = una["prevista"].astimezone(husos).date()
    vigentes = comites.reglas_en(session, fila.comite_id, dia)
    acreditados = comites.integrantes_en(session, comite_id=fila.comite_id, fecha=dia)
    suyos = reglas.admitidos(vigentes, acreditados)
    if not suyos:
        raise Problema("El comité no tiene integrantes acreditados.", "Acredítelos en Comités.")
    debido = reglas.exigir_aviso(
        vigentes,
        una["tipo"],
        momento.astimezone(husos),
        una["prevista"].astimezone(husos),
        inhabiles(session, dia.year),
        aviso_corto,
    )
    fila.estado, fila.convocada_en, fila.reglas = EstadoSesion.CONVOCADA, momento, vigentes
    fila.aviso_corto = "" if debido else normal(aviso_corto)[:TITULO_MAXIMO]
    fila.codigo = f"{secrets.randbelow(1_000_000):06d}"
    session.add(fila)
    for i in suyos:
        session.add(Convocado(sesion_id=sesion_id, integrante_id=i["integrante_id"], enviada_en=momento))
    session.flush()
    con_cuenta = sorted({i["usuario_id"] for i in suyos if i["usuario_id"] is not None})
    titulo = f"Se le convoca a la {una['nombre'].lower()} de {una['comite']}"
    texto = f"{fecha_hora(una['prevista'])}. {una['lugar']}"
    avisar(
        session,
        con_cuenta,
        ClaseAviso.SESION,
        f"sesion/{sesion_id}",
        titulo,
        texto,
        ruta("sesion", sesion=sesion_id),
    )


def responder(session: Session, actor: Actor, *, sesion_id: int, asistira: bool | None) -> None:
    """El integrante recibió la convocatoria (None) o dice si asistirá. SinPermiso si no se le convocó."""
    exigir(actor, Accion.PARTICIPAR_SESION)
    una = sesiones.sesion(session, sesion_id=sesion_id)
    if una is None:
        raise SinPermiso(Accion.PARTICIPAR_SESION)
    dia = una["prevista"].astimezone(zona(session)).date()
    suyos = [
        i["integrante_id"]
        for i in comites.integrantes_en(session, comite_id=una["comite_id"], fecha=dia)
        if i["usuario_id"] is not None and i["usuario_id"] == actor.usuario_id
    ]
    cual = next((una["convocados"][i]["id"] for i in suyos if i in una["convocados"]), None)
    if cual is None:
        raise SinPermiso(Accion.PARTICIPAR_SESION)
    fila = session.get_one(Convocado, cual)
    fila.recibida_en = fila.recibida_en or ahora()
    if asistira is not None:
        fila.respondida_en, fila.asistira = ahora(), asistira
    session.add(fila)
    session.flush()
