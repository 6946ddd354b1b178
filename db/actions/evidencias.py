"""Guardar evidencias, decir qué resultados prueban y retirarlas con su razón. Nunca se borra un archivo."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as elegir

from db.actions.almacen import depositar
from db.actions.idempotencia import exigir_version
from db.audit import anotar
from db.base import ahora, tabla
from db.models.actividad import MetaActividad
from db.models.captura import ClaseItem
from db.models.evidencias import Clasificacion, Evidencia, PruebaDe
from db.models.indicadores import Indicador
from db.queries import evidencias
from db.queries.adjuntos import permisos_de
from db.queries.avance_captura import VENTANA
from db.queries.avances import meses_cerrados
from db.queries.calendario import exigir_abierta
from db.queries.cierre import meses
from db.queries.registro import objeto, registros
from db.rules.captura import EstadoAvance
from db.rules.evidencias import Archivo, alcanza, alcanza_publica
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir, puede
from db.rules.problema import Problema

Item = tuple[ClaseItem, int]

OFICIALES = (EstadoAvance.VALIDADO, EstadoAvance.PUBLICADO)


def guardar(
    session: Session,
    actor: Actor,
    *,
    archivo: Archivo,
    items: Sequence[Item],
    anio: int,
    mes: int,
    clasificacion: Clasificacion = Clasificacion.PUBLICA,
) -> Evidencia:
    """Guarda un archivo ya revisado y lo que prueba en el periodo que termina en `mes`.

    El mismo contenido se guarda una vez; si el área ya lo tenía, sólo se agrega lo que prueba. SinPermiso si
    algo es ajeno o no existe; Problema si no prueba nada, si el plazo o el periodo cerraron para el enlace,
    si ya estaba con otra clasificación, o sin espacio.
    """
    if not items:
        raise Problema("Falta decir qué prueba.", "Elija al menos un resultado.", campo="prueba")
    for item in items:
        _exigir(session, actor, item, anio, mes)
    dueno = _de(session, items[0])
    huella = depositar(archivo.contenido)
    evidencia = _la_misma(session, huella, dueno.dependencia_id, clasificacion)
    if evidencia is None:
        evidencia = Evidencia(
            sha256=huella,
            nombre=archivo.nombre,
            tipo=archivo.tipo,
            tamano=len(archivo.contenido),
            clasificacion=clasificacion,
            ente_id=dueno.ente_id,
            dependencia_id=dueno.dependencia_id,
            subio=actor.cuenta,
            subida_en=ahora(),
        )
        session.add(evidencia)
        session.flush()
    _ligar(session, evidencia, items, anio, mes)
    return evidencia


def ligar(
    session: Session, actor: Actor, *, evidencia_id: int, items: Sequence[Item], anio: int, mes: int
) -> None:
    """Un archivo ya guardado prueba además otros resultados. SinPermiso; Problema si se retiró o cerró."""
    fila = abrir(session, actor, evidencia_id)
    if fila["retirada"]:
        raise Problema("Esa evidencia se retiró.", "Suba el archivo otra vez.", campo="prueba")
    for item in items:
        _exigir(session, actor, item, anio, mes)
    _ligar(session, session.get_one(Evidencia, evidencia_id), items, anio, mes)


def reclasificar(
    session: Session, actor: Actor, *, evidencia_id: int, version: int, clasificacion: Clasificacion
) -> None:
    """Cambia quién puede verla. El área puede reservar más; hacer público lo que no lo era, sólo planeación.

    SinPermiso; Conflicto; Problema (campo «clasificacion»).
    """
    evidencia = _propia(session, actor, evidencia_id, version)
    grados = list(Clasificacion)
    baja = grados.index(clasificacion) < grados.index(evidencia.clasificacion)
    if baja and not puede(actor, Accion.VALIDAR_AVANCES, Objeto(evidencia.ente_id)):
        raise Problema("Sólo planeación abre lo que ya estaba reservado.", "Pídaselo.", campo="clasificacion")
    evidencia.clasificacion = clasificacion
    session.add(evidencia)
    session.flush()


def retirar(session: Session, actor: Actor, *, evidencia_id: int, version: int, motivo: str) -> None:
    """Deja de probar lo que probaba; el renglón y el archivo quedan. SinPermiso; Conflicto; Problema (campo
    «motivo») sin razón, si ya estaba retirada, o si un enlace retira lo que ya sostiene una cifra oficial."""
    evidencia = _propia(session, actor, evidencia_id, version)
    if not motivo.strip():
        raise Problema("Falta el motivo.", "Diga por qué se retira.", campo="motivo")
    if evidencia.retirada_en is not None:
        raise Problema("Esa evidencia ya se había retirado.", campo="motivo")
    es_enlace = not puede(actor, Accion.VALIDAR_AVANCES, Objeto(evidencia.ente_id))
    if es_enlace and _sostiene_oficial(session, evidencia_id):
        raise Problema(
            "Ya sostiene un resultado validado.", "Pida a planeación que la retire.", campo="motivo"
        )
    evidencia.retirada_en, evidencia.motivo_retiro = ahora(), motivo.strip()
    session.add(evidencia)
    session.flush()


def _propia(session: Session, actor: Actor, evidencia_id: int, version: int) -> Evidencia:
    """El renglón que la persona puede cambiar, con la versión que abrió."""
    fila = evidencias.una(session, evidencia_id)
    if fila is None or not alcanza(actor, fila):
        raise SinPermiso(Accion.SUBIR_EVIDENCIAS)
    exigir(actor, Accion.SUBIR_EVIDENCIAS, Objeto(fila["ente_id"], frozenset(fila["del_area"])))
    evidencia = session.get_one(Evidencia, evidencia_id)
    exigir_version(evidencia, version)
    return evidencia


def abrir(session: Session, actor: Actor, evidencia_id: int) -> dict[str, Any]:
    """Los datos de la evidencia que se va a descargar; de lo que no es público queda quién lo abrió.

    Lo público que acompaña a otra cosa (un acuerdo, un encargo) lo abre quien ve esa cosa. SinPermiso si no
    existe, si se retiró (salvo planeación y contraloría) o si no la alcanza: sin distinguir.
    """
    fila = evidencias.una(session, evidencia_id)
    if fila is None:
        raise SinPermiso(Accion.VER_EVIDENCIAS)
    if not alcanza(actor, fila) and not alcanza_publica(actor, fila, permisos_de(session, evidencia_id)):
        raise SinPermiso(Accion.VER_EVIDENCIAS)
    if fila["retirada"] and not puede(actor, Accion.VER_EVIDENCIAS, Objeto(fila["ente_id"])):
        raise SinPermiso(Accion.VER_EVIDENCIAS)
    return fila


def anotar_descarga(session: Session, evidencia: dict[str, Any]) -> None:
    """Deja en la bitácora quién abrió una evidencia."""
    anotar(session, "abrir", "evidencia", evidencia["id"], clasificacion=evidencia["clasificacion"])


def _exigir(session: Session, actor: Actor, item: Item, anio: int, mes: int) -> None:
    """SinPermiso si la cosa no existe o es ajena. Al enlace le rigen además el plazo y el cierre."""
    suyo = objeto(session, *item)
    if suyo is None:
        raise SinPermiso(Accion.SUBIR_EVIDENCIAS)
    exigir(actor, Accion.SUBIR_EVIDENCIAS, suyo)
    if _de(session, item).anio != anio or not _toca(session, item[0], anio, mes):
        raise Problema("Ese resultado no es de este periodo.", "Vuelva a abrir la lista.", campo="prueba")
    if puede(actor, Accion.VALIDAR_AVANCES, suyo):
        return
    if mes in meses_cerrados(session, anio):
        raise Problema(
            f"El periodo que termina en {mes_nombre(mes)} de {anio} está cerrado.",
            "Entregue el archivo a planeación.",
            campo="archivo",
        )
    exigir_abierta(session, anio, mes, VENTANA[item[0]], suyo.dependencias)


def _toca(session: Session, clase: ClaseItem, anio: int, mes: int) -> bool:
    """¿En `mes` termina un periodo de los que esa clase captura?"""
    return mes in meses(session, anio) or (clase is ClaseItem.INDICADOR and mes in (3, 6, 9, 12))


def _de(session: Session, item: Item) -> MetaActividad | Indicador:
    clase, cual = item
    if clase is ClaseItem.META:
        return session.get_one(MetaActividad, cual)
    return session.get_one(Indicador, cual)


def _la_misma(
    session: Session, huella: str, dependencia_id: int, clasificacion: Clasificacion
) -> Evidencia | None:
    """Lo que el área ya tenía con ese contenido, sin retirar."""
    consulta = elegir(Evidencia).where(
        Evidencia.sha256 == huella,
        Evidencia.dependencia_id == dependencia_id,
        col(Evidencia.retirada_en).is_(None),
    )
    hay = session.exec(consulta).first()
    if hay is not None and hay.clasificacion is not clasificacion:
        raise Problema(
            f"Ese archivo ya está guardado como {hay.clasificacion.value}.",
            "Elija la misma clasificación, o retírelo antes.",
            campo="clasificacion",
        )
    return hay


def _ligar(session: Session, evidencia: Evidencia, items: Sequence[Item], anio: int, mes: int) -> None:
    assert evidencia.id is not None
    p = tabla(PruebaDe).c
    ya = {
        (ClaseItem(f.clase), f.item_id)
        for f in session.execute(
            select(p.clase, p.item_id).where(p.evidencia_id == evidencia.id, p.anio == anio, p.mes == mes)
        )
    }
    for clase, cual in dict.fromkeys(items):
        if (clase, cual) not in ya:
            session.add(PruebaDe(evidencia_id=evidencia.id, clase=clase, item_id=cual, anio=anio, mes=mes))
    session.flush()


def _sostiene_oficial(session: Session, evidencia_id: int) -> bool:
    """¿Prueba algún resultado ya validado?"""
    p = tabla(PruebaDe).c
    for clase, cual, mes in session.execute(
        select(p.clase, p.item_id, p.mes).where(p.evidencia_id == evidencia_id)
    ):
        hay = registros(session, ClaseItem(clase), [cual], mes)
        if any(registro.estado in OFICIALES for registro in hay.values()):
            return True
    return False
