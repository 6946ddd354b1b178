"""Lo que cuelga de un encargo: comentarios, pasos, participantes, ligas y los renglones de cada registro."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.aviso_encargo import avisar_encargo
from db.actions.encargos import anotar, marcar, tocar
from db.actions.idempotencia import exigir_version
from db.audit import anotar as anotar_hecho
from db.base import ahora, modelo_de, tabla
from db.models.encargos import (
    Encargo,
    LecturaEncargo,
    LigaEncargo,
    MovimientoEncargo,
    ParticipanteEncargo,
    PasoEncargo,
)
from db.queries.municipio import hoy
from db.rules.encargos import Campo, Tipo, exigir_valores
from db.rules.permisos import Accion, Actor, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.registros import REGISTROS

PASO = (
    Campo("titulo", "Qué se hará", obligado=True),
    Campo("inicio", "Desde", Tipo.FECHA, obligado=True),
    Campo("fin", "Hasta", Tipo.FECHA, obligado=True),
    Campo("hecho_en", "Se hizo el", Tipo.FECHA),
)
PARTICIPANTE = (
    Campo("dependencia_id", "Dependencia", Tipo.LIGADO, fuente="dependencias"),
    Campo("persona_id", "Persona", Tipo.LIGADO, fuente="personas"),
    Campo("compromiso", "A qué se compromete"),
    Campo("cumplido_en", "Lo cumplió el", Tipo.FECHA),
)


def comentar(session: Session, actor: Actor, *, encargo_id: int, texto: str) -> None:
    """Un comentario; avisa a quienes participan. SinPermiso; `Problema` sin texto."""
    fila = session.get(Encargo, encargo_id)
    if fila is None:
        raise SinPermiso(Accion.COMENTAR_REGISTROS)
    cual = REGISTROS[fila.registro]
    exigir(actor, cual.ver)
    exigir(actor, Accion.COMENTAR_REGISTROS)
    if not texto.strip():
        raise Problema("Falta el comentario.", "Escríbalo.", "texto")
    anotar(session, actor, fila, texto)
    avisar_encargo(session, actor, fila, cual, "hay un comentario", texto)


def poner_paso(
    session: Session,
    actor: Actor,
    *,
    encargo_id: int,
    paso_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Agrega un paso o corrige uno; devuelve su id. SinPermiso; `Conflicto`; `Problema` con su campo."""
    fila, _ = tocar(session, actor, encargo_id)
    limpios = exigir_valores(PASO, datos)
    if limpios["fin"] < limpios["inicio"]:
        raise Problema("El fin es anterior al inicio.", "Corrija una de las dos fechas.", "fin")
    _exigir_pasada(session, limpios.get("hecho_en"), "hecho_en")
    p = tabla(PasoEncargo).c
    if paso_id is None:
        ordenes = session.execute(select(p.orden).where(p.encargo_id == encargo_id)).scalars()
        paso = PasoEncargo(encargo_id=encargo_id, orden=max(ordenes, default=0) + 1, **limpios)
    else:
        paso = _suyo(session, PasoEncargo, paso_id, encargo_id, version)
        for clave, valor in limpios.items():
            setattr(paso, clave, valor)
    session.add(paso)
    marcar(session, fila)
    return paso.id or 0


def poner_participante(
    session: Session,
    actor: Actor,
    *,
    encargo_id: int,
    participante_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Agrega a quien participa o corrige a qué se comprometió. SinPermiso; `Conflicto`; `Problema`."""
    fila, cual = tocar(session, actor, encargo_id)
    limpios = exigir_valores(PARTICIPANTE, datos)
    if limpios.get("dependencia_id") is None and limpios.get("persona_id") is None:
        raise Problema("Falta quién participa.", "Elija una dependencia o una persona.", "dependencia_id")
    _exigir_pasada(session, limpios.get("cumplido_en"), "cumplido_en")
    p = tabla(ParticipanteEncargo).c
    igual = select(p.id).where(
        p.encargo_id == encargo_id,
        p.dependencia_id.is_not_distinct_from(limpios.get("dependencia_id")),
        p.persona_id.is_not_distinct_from(limpios.get("persona_id")),
    )
    if (ya := session.execute(igual).scalar()) is not None and ya != participante_id:
        raise Problema("Ya participa.", "Corrija el renglón que ya está.", "dependencia_id")
    if participante_id is None:
        quien = ParticipanteEncargo(encargo_id=encargo_id, **limpios)
        session.add(quien)
        marcar(session, fila)
        avisar_encargo(session, actor, fila, cual, "usted participa", limpios.get("compromiso") or "")
    else:
        quien = _suyo(session, ParticipanteEncargo, participante_id, encargo_id, version)
        for clave, valor in limpios.items():
            setattr(quien, clave, valor)
        session.add(quien)
        marcar(session, fila)
    return quien.id or 0


def poner_renglon(
    session: Session,
    actor: Actor,
    *,
    encargo_id: int,
    detalle: str,
    renglon_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Agrega o corrige un renglón propio de su registro (un riesgo, un sector). Los errores de `editar`."""
    fila, cual = tocar(session, actor, encargo_id)
    que = cual.detalle(detalle)
    limpios = exigir_valores(que.campos, datos)
    modelo = modelo_de(detalle)
    if que.unico:
        t = tabla(modelo).c
        igual = select(t.id).where(t.encargo_id == encargo_id, *(t[u] == limpios[u] for u in que.unico))
        if (ya := session.execute(igual).scalar()) is not None and ya != renglon_id:
            raise Problema(f"Ya hay un renglón de {que.uno} igual.", "Corrija el que ya está.", que.unico[-1])
    if renglon_id is None:
        renglon: Any = modelo(encargo_id=encargo_id, **limpios)
    else:
        renglon = _suyo(session, modelo, renglon_id, encargo_id, version)
        for clave, valor in limpios.items():
            setattr(renglon, clave, valor)
    session.add(renglon)
    marcar(session, fila)
    return int(renglon.id or 0)


def quitar(
    session: Session, actor: Actor, *, encargo_id: int, de: str, renglon_id: int, version: int
) -> None:
    """Quita un paso, un participante o un renglón propio. SinPermiso; `Conflicto`."""
    fila, cual = tocar(session, actor, encargo_id)
    if de not in ("paso_encargo", "participante_encargo", *(d.clave for d in cual.detalles)):
        raise SinPermiso(cual.editar)
    session.delete(_suyo(session, modelo_de(de), renglon_id, encargo_id, version))
    marcar(session, fila)


def ligar(session: Session, actor: Actor, *, encargo_id: int, asunto: str, referencia: str) -> None:
    """Dice que toca un nodo, programa, indicador, proyecto o acuerdo; repetirlo no hace nada."""
    fila, cual = tocar(session, actor, encargo_id)
    if asunto not in cual.ligas or not referencia:
        raise Problema("Eso no se puede ligar.", "Elija de la lista.", "referencia")
    v = tabla(LigaEncargo).c
    ya = select(v.id).where(v.encargo_id == encargo_id, v.asunto == asunto, v.referencia == referencia)
    if session.execute(ya).scalar() is None:
        session.add(LigaEncargo(encargo_id=encargo_id, asunto=asunto, referencia=referencia))
        marcar(session, fila)


def desligar(session: Session, actor: Actor, *, encargo_id: int, liga_id: int) -> None:
    """Deja de tocarlo. SinPermiso si la liga no es suya."""
    fila, cual = tocar(session, actor, encargo_id)
    liga = session.get(LigaEncargo, liga_id)
    if liga is None or liga.encargo_id != encargo_id:
        raise SinPermiso(cual.editar)
    session.delete(liga)
    marcar(session, fila)


def leer(session: Session, actor: Actor, *, encargo_id: int, acuse: bool = False) -> None:
    """Anota hasta dónde leyó esta persona y, si lo da, su acuse de enterada; el acuse no se repite."""
    fila = session.get(Encargo, encargo_id)
    if fila is None or actor.usuario_id is None:
        raise SinPermiso(Accion.COMENTAR_REGISTROS)
    exigir(actor, REGISTROS[fila.registro].ver)
    m, v = tabla(MovimientoEncargo).c, tabla(LecturaEncargo).c
    ultimo = max(session.execute(select(m.id).where(m.encargo_id == encargo_id)).scalars(), default=0)
    cual = session.execute(
        select(v.id).where(v.encargo_id == encargo_id, v.usuario_id == actor.usuario_id)
    ).scalar()
    lectura = session.get(LecturaEncargo, cual) if cual else None
    if lectura is None:
        lectura = LecturaEncargo(encargo_id=encargo_id, usuario_id=actor.usuario_id, leido_en=ahora())
    lectura.leido_hasta, lectura.leido_en = ultimo, ahora()
    if acuse and lectura.acuse_en is None:
        lectura.acuse_en = ahora()
        anotar_hecho(session, "acusar", "encargo", encargo_id)
    session.add(lectura)
    session.flush()


def _suyo(session: Session, modelo: type[Any], cual: int, encargo_id: int, version: int) -> Any:
    renglon = session.get(modelo, cual)
    if renglon is None or renglon.encargo_id != encargo_id:
        raise SinPermiso(Accion.EDITAR_REGISTROS)
    exigir_version(renglon, version)
    return renglon


def _exigir_pasada(session: Session, dia: date | None, campo: str) -> None:
    if dia is not None and dia > hoy(session):
        raise Problema("La fecha aún no llega.", "Escriba el día en que se hizo, o déjela vacía.", campo)
