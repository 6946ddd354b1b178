"""Guardar lo que entrega Tesorería: cada carga es un corte nuevo con versión; el anterior se conserva.

Los renglones entran en bloque y en la misma transacción que sus resúmenes y su renglón de bitácora.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session

from db import audit
from db.actions.clave_presupuestaria import ids_de_claves, quitar_sin_uso
from db.actions.resumen_presupuesto import Clave, Movimientos, resumir
from db.base import ahora, tabla
from db.engine import insertar_masivo
from db.models.bitacora import Carga
from db.models.municipio import Ente
from db.models.presupuesto import (
    ClasificacionEaepe,
    CortePresupuesto,
    MovimientoPresupuesto,
    RenglonEaepe,
    ResumenPresupuesto,
    TipoCorte,
)
from db.queries.presupuesto import MOMENTOS
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

__all__ = ["Clave", "Movimientos", "Renglon", "deshacer_corte", "guardar_corte", "guardar_eaepe"]

Avance = Callable[[float, str], None]
IMPORTES_EAEPE = (
    "aprobado",
    "ampliaciones_reducciones",
    "modificado",
    "devengado",
    "pagado",
    "subejercicio",
)


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un renglón de EAEPE en centavos; nivel 1 es el que suma al total, los demás lo desglosan."""

    concepto: str
    aprobado: int
    ampliaciones_reducciones: int
    modificado: int
    devengado: int
    pagado: int
    subejercicio: int
    clave: str = ""
    nivel: int = 1


def guardar_corte(
    session: Session,
    actor: Actor,
    *,
    ente_id: int,
    anio: int,
    carga: Carga,
    claves: Sequence[Clave],
    movimientos: Movimientos,
    archivo: str,
    sha256: str,
    al_avanzar: Avance | None = None,
) -> CortePresupuesto:
    """Guarda un corte por clave y lo deja vigente; el anterior queda legible y no vigente.

    `carga` ya debe tener id. Lanza SinPermiso, o Problema si el ente no existe, si dos claves chocan o si
    los importes no caben.
    """
    exigir(actor, Accion.CARGAR_PRESUPUESTO, Objeto(ente_id))
    avisar = al_avanzar or _callar
    totales, mes = movimientos.totales(), movimientos.ultimo_mes()
    corte = _abrir_corte(
        session, actor, ente_id, anio, carga, archivo, sha256, mes=mes, totales=totales, tipo=TipoCorte.CLAVE
    )
    avisar(0.1, "Guardando las claves")
    ids = ids_de_claves(session, ente_id, anio, claves)
    avisar(0.3, "Guardando los movimientos")
    columnas = [movimientos.columna(momento).tolist() for momento in MOMENTOS]
    filas = zip(
        [corte.id] * len(movimientos),
        [ids[indice] for indice in movimientos.columna("clave").tolist()],
        movimientos.columna("mes").tolist(),
        *columnas,
        strict=True,
    )
    insertar_masivo(session, "movimiento_presupuesto", ("corte_id", "clave_id", "mes", *MOMENTOS), filas)
    avisar(0.8, "Guardando los resúmenes")
    resumen = ((corte.id, *renglon) for renglon in resumir(claves, movimientos))
    insertar_masivo(
        session,
        "resumen_presupuesto",
        ("corte_id", "dimension", "codigo", "mes", "claves", *MOMENTOS),
        resumen,
    )
    _anotar(session, corte, renglones=len(movimientos), claves=len(claves))
    avisar(1.0, "Presupuesto guardado")
    return corte


def guardar_eaepe(
    session: Session,
    actor: Actor,
    *,
    ente_id: int,
    anio: int,
    mes: int,
    clasificacion: ClasificacionEaepe,
    carga: Carga,
    renglones: Sequence[Renglon],
    archivo: str,
    sha256: str,
) -> CortePresupuesto:
    """Guarda un EAEPE acumulado al `mes` y lo deja vigente en su clasificación; conserva el anterior.

    Sus totales de control son la suma de los renglones de nivel 1. Lanza SinPermiso o Problema.
    """
    exigir(actor, Accion.CARGAR_PRESUPUESTO, Objeto(ente_id))
    principales = [renglon for renglon in renglones if renglon.nivel == 1]
    totales = {importe: sum(getattr(r, importe) for r in principales) for importe in IMPORTES_EAEPE}
    corte = _abrir_corte(
        session,
        actor,
        ente_id,
        anio,
        carga,
        archivo,
        sha256,
        mes=mes,
        totales=totales,
        tipo=TipoCorte.EAEPE,
        clasificacion=clasificacion,
    )
    campos = ("clave", "concepto", "nivel", *IMPORTES_EAEPE)
    filas = (
        (corte.id, orden, *(getattr(renglon, campo) for campo in campos))
        for orden, renglon in enumerate(renglones, start=1)
    )
    insertar_masivo(session, "renglon_eaepe", ("corte_id", "orden", *campos), filas)
    _anotar(session, corte, renglones=len(renglones))
    return corte


def deshacer_corte(session: Session, carga: Carga) -> None:
    """Borra el corte que dejó la carga y devuelve la vigencia al anterior.

    Lanza Problema si después se guardó otra versión: se deshacen de la última a la primera. No pide permiso
    ni anota: lo hace quien deshace la carga.
    """
    c = tabla(CortePresupuesto).c
    for corte in session.execute(select(tabla(CortePresupuesto)).where(c.carga_id == carga.id)).all():
        misma = (
            c.ente_id == corte.ente_id,
            c.anio == corte.anio,
            c.tipo == corte.tipo,
            c.clasificacion.is_not_distinct_from(corte.clasificacion),
        )
        posterior = session.execute(select(func.max(c.numero)).where(*misma)).scalar_one()
        if posterior > corte.numero:
            raise Problema(
                f"Después de esta carga se guardó la versión {posterior} del mismo presupuesto.",
                "Deshaga primero la carga más reciente.",
            )
        for modelo in (MovimientoPresupuesto, ResumenPresupuesto, RenglonEaepe):
            session.execute(delete(tabla(modelo)).where(tabla(modelo).c.corte_id == corte.id))
        session.execute(delete(tabla(CortePresupuesto)).where(c.id == corte.id))
        quitar_sin_uso(session, corte.ente_id, corte.anio)
        anterior = select(func.max(c.numero)).where(*misma).scalar_subquery()
        session.execute(
            update(tabla(CortePresupuesto)).where(*misma, c.numero == anterior).values(vigente=True)
        )


def _callar(_fraccion: float, _texto: str) -> None:
    """Quien no pide avance no lo recibe."""


def _abrir_corte(
    session: Session,
    actor: Actor,
    ente_id: int,
    anio: int,
    carga: Carga,
    archivo: str,
    sha256: str,
    *,
    mes: int,
    totales: dict[str, int],
    tipo: TipoCorte,
    clasificacion: ClasificacionEaepe | None = None,
) -> CortePresupuesto:
    e, c = tabla(Ente).c, tabla(CortePresupuesto).c
    # El renglón del ente es el candado: dos cargas a la vez no toman el mismo número de versión.
    if session.execute(select(e.id).where(e.id == ente_id).with_for_update()).scalar() is None:
        raise Problema("El ente del presupuesto no existe.", "Créelo en Configuración, en la pestaña Entes.")
    misma = (
        c.ente_id == ente_id,
        c.anio == anio,
        c.tipo == tipo,
        c.clasificacion.is_not_distinct_from(clasificacion),
    )
    ultimo = session.execute(select(func.max(c.numero)).where(*misma)).scalar() or 0
    session.execute(update(tabla(CortePresupuesto)).where(*misma, c.vigente).values(vigente=False))
    corte = CortePresupuesto(
        ente_id=ente_id,
        anio=anio,
        tipo=tipo,
        clasificacion=clasificacion,
        numero=ultimo + 1,
        mes=mes,
        carga_id=carga.id or 0,
        cargado_en=ahora(),
        autor=actor.cuenta,
        archivo=archivo,
        sha256=sha256,
        totales=totales,
    )
    valores = corte.model_dump(exclude={"id"})
    corte.id = session.execute(insert(tabla(CortePresupuesto)).returning(c.id), valores).scalar_one()
    return corte


def _anotar(session: Session, corte: CortePresupuesto, **cuenta: int) -> None:
    """El corte entero en un renglón de bitácora; sus movimientos se reconocen por la huella del archivo."""
    datos = corte.model_dump(exclude={"id", "cargado_en", "autor", "vigente"})
    audit.anotar(session, "cargar", "corte_presupuesto", corte.id, **datos, **cuenta)
