"""A quién se avisa de cada hecho: lo devuelto, lo crítico, la reconducción y el periodo.

Se llaman dentro de la transacción del hecho.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session

from db.actions.avisos import avisar
from db.actions.paso_captura import Item
from db.base import ahora, tabla
from db.models.actividad import MetaActividad
from db.models.avisos import ClaseAviso
from db.models.captura import ClaseItem
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador
from db.models.reconduccion import EstadoSolicitud, SolicitudReconduccion
from db.queries import actividad, indicadores
from db.queries.avisos import de_cuenta, destinatarios
from db.queries.municipio import bandas
from db.queries.registro import Registro, evaluar_ficha, evaluar_meta, letras_de
from db.rules import avisos as reglas
from db.rules.avisos import Mensaje
from db.rules.estado import Estado
from db.rules.periodo import Corte
from db.rules.permisos import Actor, Rol
from db.rules.resultado import Resultado
from db.rules.solicitud import Toca


def _avisar(session: Session, quienes: Sequence[int], clase: ClaseAviso, llave: str, dice: Mensaje) -> None:
    avisar(session, quienes, clase, llave, dice.titulo, dice.texto, dice.ruta)


def _de(session: Session, item: Item) -> tuple[str, int, Dependencia]:
    """Cómo se llama, de qué área es y la dependencia general de ésta."""
    clase, item_id = item
    c = tabla(MetaActividad if clase is ClaseItem.META else Indicador).c
    nombre, suya = session.execute(select(c.nombre, c.dependencia_id).where(c.id == item_id)).one()
    area = session.get_one(Dependencia, suya)
    general = area if area.padre_id is None else session.get_one(Dependencia, area.padre_id)
    return nombre, suya, general


def avisar_devuelto(
    session: Session, actor: Actor, item: Item, anio: int, mes: int, autor: str, motivo: str
) -> None:
    """A los enlaces del área y a quien lo capturó, salvo a quien lo devuelve."""
    nombre, area, general = _de(session, item)
    quienes = {*destinatarios(session, area, Rol.ENLACE), *de_cuenta(session, autor)}
    quienes -= set(de_cuenta(session, actor.cuenta))
    llave = f"devuelto/{item[0].value}/{item[1]}/{anio}-{mes:02d}/{ahora():%Y%m%dT%H%M%S%f}"
    assert general.id is not None
    dice = reglas.devuelto(nombre, anio, mes, general.id, motivo)
    _avisar(session, sorted(quienes), ClaseAviso.DEVUELTO, llave, dice)


def avisar_criticos(
    session: Session, actor: Actor, clase: ClaseItem, validados: Mapping[int, Registro], anio: int, mes: int
) -> None:
    """A planeación y presidencia, de cada resultado recién validado que quedó en crítico."""
    for item_id, resultado in _resultados(session, clase, validados, anio, mes).items():
        if resultado.estado is not Estado.critico:
            continue
        nombre, area, general = _de(session, (clase, item_id))
        quienes = destinatarios(session, area, Rol.PLANEACION, Rol.PRESIDENCIA, salvo=actor.cuenta)
        llave = f"critico/{clase.value}/{item_id}/{anio}-{mes:02d}/{validados[item_id].version}"
        dice = reglas.critico(clase.value, item_id, nombre, anio, mes, general.nombre, _como(resultado))
        _avisar(session, quienes, ClaseAviso.CRITICO, llave, dice)


def _resultados(
    session: Session, clase: ClaseItem, validados: Mapping[int, Registro], anio: int, mes: int
) -> dict[int, Resultado]:
    """El cumplimiento de cada cosa; se leen todas de una vez."""
    corte, generales, ids = Corte(anio, mes), bandas(session, anio), list(validados)
    if clase is ClaseItem.META:
        return {
            m.id: evaluar_meta(m, mes, validados[m.id].valores, corte, generales)
            for m in actividad.metas(session, anio, ids=ids)
        }
    letras = letras_de(session, ids)
    return {
        f.id: evaluar_ficha(f, mes, validados[f.id].valores, letras.get(f.id, {}), corte, generales)
        for f in indicadores.indicadores(session, anio, ids=ids)
    }


def _como(resultado: Resultado) -> str:
    return f"Cumplimiento acumulado: {resultado.cifra}" if resultado.valor is not None else resultado.palabra


def avisar_reconduccion(
    session: Session, actor: Actor, solicitud: SolicitudReconduccion, *, mueve_dinero: bool
) -> None:
    """A quien le toca el siguiente paso; ya resuelta, a quien la pidió y a los enlaces del área."""
    area = session.get_one(Dependencia, solicitud.dependencia_id)
    assert solicitud.id is not None
    if solicitud.estado in (EstadoSolicitud.AUTORIZADA, EstadoSolicitud.RECHAZADA):
        quienes = {
            *de_cuenta(session, solicitud.solicito),
            *destinatarios(session, solicitud.dependencia_id, Rol.ENLACE, salvo=actor.cuenta),
        }
        autorizada = solicitud.estado is EstadoSolicitud.AUTORIZADA
        dice = reglas.reconducida(
            autorizada, solicitud.oficio, solicitud.id, solicitud.anio, solicitud.resolucion
        )
    else:
        toca = (
            Toca.OPINAR if solicitud.estado is EstadoSolicitud.SOLICITADA and mueve_dinero else Toca.AUTORIZAR
        )
        rol = Rol.TESORERIA if toca is Toca.OPINAR else Rol.PLANEACION
        quienes = set(destinatarios(session, solicitud.dependencia_id, rol, salvo=solicitud.solicito))
        dice = reglas.por_reconducir(toca, solicitud.id, solicitud.anio, area.nombre)
    llave = f"reconduccion/{solicitud.id}/{solicitud.estado.value}/{solicitud.version}"
    _avisar(session, sorted(quienes), ClaseAviso.RECONDUCCION, llave, dice)


QUIENES_SABEN = (Rol.ENLACE, Rol.PLANEACION, Rol.PRESIDENCIA, Rol.TESORERIA, Rol.CONTRALORIA)
"""A quienes importa que un periodo se cierre o se vuelva a abrir."""


def avisar_periodo(
    session: Session, actor: Actor, anio: int, mes: int, *, abierto: bool, motivo: str
) -> None:
    """A todos los que capturan, revisan o leen lo oficial, salvo a quien lo hizo."""
    quienes = destinatarios(session, None, *QUIENES_SABEN, salvo=actor.cuenta)
    que = "abierto" if abierto else "cerrado"
    llave = f"periodo/{anio}-{mes:02d}/{que}/{ahora():%Y%m%dT%H%M%S%f}"
    dice = reglas.cerro(anio, mes, abierto=abierto, motivo=motivo)
    _avisar(session, quienes, ClaseAviso.PERIODO, llave, dice)
