"""Guardar los ingresos que carga Tesorería: cada carga es una versión, y deshacerla devuelve la anterior."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session

from db import audit
from db.base import ahora, tabla
from db.engine import insertar_masivo
from db.models.bitacora import Carga
from db.models.ingresos import CorteIngreso, RenglonIngreso
from db.models.municipio import Ente
from db.queries.ingresos import MOMENTOS
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

CAMPOS = ("rubro", "concepto", "fuente", "mes", *MOMENTOS)


@dataclass(frozen=True, slots=True)
class FilaIngreso:
    """Lo que un concepto tuvo en un mes, en centavos."""

    rubro: str
    concepto: str
    fuente: str
    mes: int
    estimado: int = 0
    ampliaciones: int = 0
    reducciones: int = 0
    devengado: int = 0
    recaudado: int = 0


def guardar_corte(
    session: Session,
    actor: Actor,
    *,
    ente_id: int,
    anio: int,
    carga: Carga,
    filas: Sequence[FilaIngreso],
    archivo: str,
    sha256: str,
) -> int:
    """Deja vigentes los ingresos del archivo y conserva la versión anterior; devuelve el id del corte."""
    exigir(actor, Accion.CARGAR_PRESUPUESTO, Objeto(ente_id))
    e, c = tabla(Ente).c, tabla(CorteIngreso).c
    # El renglón del ente es el candado: dos cargas a la vez no toman el mismo número de versión.
    session.execute(select(e.id).where(e.id == ente_id).with_for_update()).scalar_one()
    serie = (c.ente_id == ente_id, c.anio == anio)
    ultimo = session.execute(select(func.max(c.numero)).where(*serie)).scalar() or 0
    session.execute(update(tabla(CorteIngreso)).where(*serie, c.vigente).values(vigente=False))
    corte = CorteIngreso(
        ente_id=ente_id,
        anio=anio,
        numero=ultimo + 1,
        mes=max((fila.mes for fila in filas if fila.devengado or fila.recaudado), default=0),
        carga_id=carga.id or 0,
        cargado_en=ahora(),
        autor=actor.cuenta,
        archivo=archivo,
        sha256=sha256,
        totales={momento: sum(getattr(fila, momento) for fila in filas) for momento in MOMENTOS},
    )
    valores = corte.model_dump(exclude={"id"})
    corte_id = session.execute(insert(tabla(CorteIngreso)).returning(c.id), valores).scalar_one()
    renglones = ((corte_id, *(getattr(fila, campo) for campo in CAMPOS)) for fila in filas)
    insertar_masivo(session, "renglon_ingreso", ("corte_id", *CAMPOS), renglones)
    detalle = {
        nombre: valores[nombre] for nombre in ("ente_id", "anio", "numero", "mes", "sha256", "totales")
    }
    audit.anotar(session, "cargar", "corte_ingreso", corte_id, **detalle, renglones=len(filas))
    return int(corte_id)


def deshacer_ingresos(session: Session, carga: Carga) -> None:
    """Borra la versión de la carga y devuelve la vigencia a la anterior. Problema si hay otra después."""
    c, r = tabla(CorteIngreso).c, tabla(RenglonIngreso).c
    for corte in session.execute(select(tabla(CorteIngreso)).where(c.carga_id == carga.id)).all():
        serie = (c.ente_id == corte.ente_id, c.anio == corte.anio)
        posterior = session.execute(select(func.max(c.numero)).where(*serie)).scalar_one()
        if posterior > corte.numero:
            raise Problema(
                f"Después de esta carga se guardó la versión {posterior} de los ingresos.",
                "Deshaga primero la carga más reciente.",
            )
        session.execute(delete(tabla(RenglonIngreso)).where(r.corte_id == corte.id))
        session.execute(delete(tabla(CorteIngreso)).where(c.id == corte.id))
        anterior = select(func.max(c.numero)).where(*serie).scalar_subquery()
        session.execute(update(tabla(CorteIngreso)).where(*serie, c.numero == anterior).values(vigente=True))
