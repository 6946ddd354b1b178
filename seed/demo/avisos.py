"""Los avisos que cada cuenta de la demostración habría recibido, con la fecha de lo que avisan."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.engine import insertar_si_falta, writing
from db.models.actividad import MetaActividad
from db.models.avisos import Aviso, ClaseAviso
from db.models.captura import AsuntoInstantanea, ClaseCaptura, Instantanea, PasoCaptura, Ventana
from db.models.reconduccion import EstadoSolicitud, SolicitudReconduccion
from db.queries.evaluacion import unidades
from db.queries.reconduccion import dinero_de
from db.queries.usuarios import en_utc
from db.rules import avisos as reglas
from db.rules.avisos import Mensaje
from db.rules.captura import EstadoAvance
from db.rules.estado import Estado
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from db.rules.solicitud import Toca
from seed.demo import calendario
from seed.demo.calendario import ACTUAL, MES_CORTE
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base

CRITICOS = 2


def crear(base: Base) -> None:
    """Sin bitácora, como los deja el sistema."""
    with writing(LINEA_DE_COMANDOS) as session:
        _de_la_ventana(session, base)
        _de_lo_devuelto(session, base)
        _del_cierre(session, base)
        _de_las_reconducciones(session, base)


def _dejar(
    session: Session,
    base: Base,
    roles: Sequence[Rol],
    clase: ClaseAviso,
    llave: str,
    dice: Mensaje,
    cuando: datetime,
    leido: datetime | None = None,
) -> None:
    filas = [
        {
            "usuario_id": base.actores[rol].usuario_id,
            "clase": clase,
            "llave": llave,
            "titulo": dice.titulo,
            "texto": dice.texto,
            "ruta": dice.ruta,
            "creado_en": cuando,
            "leido_en": leido,
        }
        for rol in roles
    ]
    insertar_si_falta(session, tabla(Aviso), filas)


def _de_la_ventana(session: Session, base: Base) -> None:
    """La del trimestre abierto, que el enlace ya leyó."""
    v = tabla(Ventana).c
    ventana = session.execute(
        select(v.abre, v.cierra).where(v.anio == ACTUAL, v.mes == 12, v.clase == ClaseCaptura.ACTIVIDADES)
    ).one()
    abre, cierra = en_utc(ventana.abre), en_utc(ventana.cierra)
    dice = reglas.abre(ACTUAL, 12, ["actividades", "indicadores"], cierra, calendario.ZONA.key)
    leido = calendario.local(date(ACTUAL, 10, 2), 9, 5)
    _dejar(session, base, [Rol.ENLACE], ClaseAviso.VENTANA_ABRE, "demo/abre", dice, abre, leido)


def _de_lo_devuelto(session: Session, base: Base) -> None:
    general = base.dependencias[(*DEPENDENCIA_DEL_ENLACE, "")]
    donde = unidades(session)
    p, m = tabla(PasoCaptura).c, tabla(MetaActividad).c
    pasos = session.execute(
        select(p.item_id, p.mes, p.texto, p.momento, m.nombre, m.dependencia_id)
        .join(tabla(MetaActividad), m.id == p.item_id)
        .where(p.anio == ACTUAL, p.despues == EstadoAvance.DEVUELTO)
        .order_by(p.id)
    )
    for paso in pasos:
        if donde[paso.dependencia_id].general_id == general:
            dice = reglas.devuelto(paso.nombre, ACTUAL, paso.mes, general, paso.texto)
            llave = f"demo/devuelto/{paso.item_id}"
            _dejar(session, base, [Rol.ENLACE], ClaseAviso.DEVUELTO, llave, dice, en_utc(paso.momento))


def _del_cierre(session: Session, base: Base) -> None:
    """Que el trimestre se cerró, y las primeras metas que quedaron en crítico."""
    cuando = calendario.local(date(ACTUAL, 10, 15), 12)
    dice = reglas.cerro(ACTUAL, MES_CORTE, abierto=False, motivo="")
    quienes = [Rol.ENLACE, Rol.PRESIDENCIA, Rol.TESORERIA, Rol.CONTRALORIA]
    leido = calendario.local(date(ACTUAL, 10, 16), 10)
    _dejar(session, base, quienes, ClaseAviso.PERIODO, "demo/cierre", dice, cuando, leido)
    i, m, donde = tabla(Instantanea).c, tabla(MetaActividad).c, unidades(session)
    criticas = [
        f
        for f in session.execute(
            select(i.referencia, i.nombre, i.resultado)
            .where(i.asunto == AsuntoInstantanea.META)
            .order_by(i.id)
        )
        if f.resultado["cumplimiento"]["estado"] == Estado.critico and f.resultado["cumplimiento"]["valor"]
    ]
    for f in criticas[:CRITICOS]:
        area = session.execute(select(m.dependencia_id).where(m.id == int(f.referencia))).scalar_one()
        como = f"Cumplimiento acumulado: {f.resultado['cumplimiento']['valor'].split('.')[0]} %"
        dice = reglas.critico(
            "meta", int(f.referencia), f.nombre, ACTUAL, MES_CORTE, donde[area].general, como
        )
        llave = f"demo/critico/{f.referencia}"
        _dejar(session, base, [Rol.PRESIDENCIA, Rol.PLANEACION], ClaseAviso.CRITICO, llave, dice, cuando)


def _de_las_reconducciones(session: Session, base: Base) -> None:
    """A quien le toca el siguiente paso de las que están en trámite."""
    s, donde = tabla(SolicitudReconduccion), unidades(session)
    tramite = (EstadoSolicitud.SOLICITADA, EstadoSolicitud.OPINADA)
    for f in session.execute(select(s).where(s.c.estado.in_(tramite)).order_by(s.c.id)):
        mueve = bool(dinero_de(session, [f.id])[f.id])
        toca = Toca.OPINAR if mueve and f.estado == EstadoSolicitud.SOLICITADA else Toca.AUTORIZAR
        rol = Rol.TESORERIA if toca is Toca.OPINAR else Rol.PLANEACION
        dice = reglas.por_reconducir(toca, f.id, f.anio, donde[f.dependencia_id].general)
        llave, cuando = f"demo/reconduccion/{f.id}", en_utc(f.opinada_en or f.solicitada_en)
        _dejar(session, base, [rol], ClaseAviso.RECONDUCCION, llave, dice, cuando)
