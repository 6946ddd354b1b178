"""Lo que el calendario de captura obliga a decir en este instante, y a quién: abrió, recuerda, venció."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.avisos import ClaseAviso
from db.models.captura import ClaseCaptura, Ventana
from db.models.estructura import Dependencia
from db.queries.avance_captura import VENTANA, Debida, debidas
from db.queries.avances import meses_cerrados
from db.queries.avisos import destinatarios, personas
from db.queries.calendario import plazos
from db.queries.evaluacion import Unidad
from db.queries.municipio import zona
from db.queries.nuevo_aviso import Nuevo
from db.queries.por_avisar_acuerdos import por_avisar_acuerdos
from db.queries.registro import areas
from db.queries.usuarios import en_utc
from db.rules import avisos as reglas
from db.rules.avisos import VIGENCIA, Deuda, Mensaje
from db.rules.calendario import PALABRA, Entregado
from db.rules.permisos import Accion, Actor, Objeto, Rol, puede

DEBE = (Entregado.FALTA, Entregado.DEVUELTO, Entregado.POR_CAPTURAR)


@dataclass(frozen=True, slots=True)
class _Periodo:
    """Las ventanas de un periodo abierto, lo que se debe de él y hasta cuándo tiene cada dependencia."""

    anio: int
    mes: int
    ventanas: Mapping[ClaseCaptura, Any]
    deudas: Sequence[Debida]
    plazos: Mapping[tuple[ClaseCaptura, int, int], datetime]

    def plazo(self, una: Debida) -> datetime | None:
        return self.plazos.get((VENTANA[una.clase], self.mes, una.unidad.general_id))


def por_avisar(session: Session, momento: datetime) -> list[Nuevo]:
    """Todo lo que toca decir en `momento`, aunque ya se haya dicho: la llave evita repetirlo."""
    lugar = zona(session).key
    enlaces = [_como_enlace(persona) for persona in personas(session)]
    nuevos = list(por_avisar_acuerdos(session, momento))
    for periodo in _periodos(session, momento):
        for persona in enlaces:
            suyas = [una for una in periodo.deudas if alcanza(persona, una.unidad)]
            nuevos += _abren(persona, periodo, suyas, momento, lugar)
            nuevos += _recuerdan(persona, periodo, suyas, momento, lugar)
            nuevos += _vencen(persona, periodo, suyas, momento, lugar)
        nuevos += _abre_presupuesto(session, periodo, momento, lugar)
        nuevos += _vencieron(session, periodo, momento)
    return nuevos


def alcanza(persona: Actor, unidad: Unidad) -> bool:
    """¿La persona captura lo de esa área?"""
    suyas = frozenset({unidad.id, unidad.general_id})
    return puede(persona, Accion.CARGAR_AVANCES, Objeto(unidad.ente_id, suyas))


def _como_enlace(persona: Actor) -> Actor:
    """Sólo con lo que tiene de enlace: planeación puede capturar todo, y no por eso lo debe."""
    return replace(persona, asignaciones=tuple(a for a in persona.asignaciones if a.rol is Rol.ENLACE))


def deudas_de(session: Session, anio: int, mes: int) -> dict[int, list[Debida]]:
    """Id de la persona → lo que como enlace debe de un periodo; sólo quienes deben algo."""
    deben = [una for una in debidas(session, anio, mes) if una.va in DEBE]
    por_persona = {}
    for persona in map(_como_enlace, personas(session)):
        suyas = [una for una in deben if alcanza(persona, una.unidad)]
        if suyas and persona.usuario_id is not None:
            por_persona[persona.usuario_id] = suyas
    return por_persona


def en_palabras(anio: int, suyas: Sequence[Debida]) -> list[Deuda]:
    """Lo debido como lo dice un aviso: lo que falta, lo devuelto y lo que aún está a tiempo."""
    return [
        Deuda(anio, d.mes, d.unidad.general_id, d.unidad.general, d.nombre, PALABRA[d.va][1])
        for d in sorted(suyas, key=lambda una: DEBE.index(una.va))
    ]


def _periodos(session: Session, momento: datetime) -> Iterator[_Periodo]:
    """Los periodos sin cerrar con alguna ventana abierta o que cerró hace poco, prórrogas incluidas."""
    v = tabla(Ventana)
    por_anio: dict[int, dict[int, dict[ClaseCaptura, Any]]] = defaultdict(lambda: defaultdict(dict))
    for f in session.execute(select(v).where(v.c.abre <= momento).order_by(v.c.anio, v.c.mes)):
        por_anio[f.anio][f.mes][ClaseCaptura(f.clase)] = f
    for anio, por_mes in por_anio.items():
        cierran, cerrados = plazos(session, anio), meses_cerrados(session, anio)
        vivos = {mes for (_, mes, _), cierra in cierran.items() if cierra + VIGENCIA >= momento} - cerrados
        vivos &= set(por_mes)
        if not vivos:
            continue
        deben = [una for una in debidas(session, anio) if una.mes in vivos and una.va in DEBE]
        for mes in sorted(vivos):
            yield _Periodo(anio, mes, por_mes[mes], [d for d in deben if d.mes == mes], cierran)


def _reciente(desde: datetime, momento: datetime) -> bool:
    return desde <= momento <= desde + VIGENCIA


def _abren(
    persona: Actor, periodo: _Periodo, suyas: Sequence[Debida], momento: datetime, lugar: str
) -> Iterator[Nuevo]:
    """Una sola vez por fecha de apertura, con todas las clases que abren juntas y la persona debe."""
    por_fecha: dict[datetime, list[Debida]] = defaultdict(list)
    for una in suyas:
        ventana, cierra = periodo.ventanas.get(VENTANA[una.clase]), periodo.plazo(una)
        if ventana is None or cierra is None or momento > cierra:
            continue
        if _reciente(en_utc(ventana.abre), momento):
            por_fecha[en_utc(ventana.abre)].append(una)
    for desde, juntas in por_fecha.items():
        clases = [c.value for c in ClaseCaptura if c in {VENTANA[una.clase] for una in juntas}]
        cierra = min(plazo for una in juntas if (plazo := periodo.plazo(una)))
        mensaje = reglas.abre(periodo.anio, periodo.mes, clases, cierra, lugar)
        yield _nuevo(persona, ClaseAviso.VENTANA_ABRE, periodo, desde, mensaje)


def _recuerdan(
    persona: Actor, periodo: _Periodo, suyas: Sequence[Debida], momento: datetime, lugar: str
) -> Iterator[Nuevo]:
    """Con prórroga se recuerda otra vez, con la misma anticipación al plazo nuevo."""
    for cierra, juntas in _por_plazo(periodo, suyas).items():
        tocan = []
        for una in juntas:
            ventana = periodo.ventanas.get(VENTANA[una.clase])
            if ventana is None or ventana.recuerda is None:
                continue
            desde = reglas.cuando_recordar(en_utc(ventana.recuerda), en_utc(ventana.cierra), cierra)
            if desde <= momento <= cierra:
                tocan.append(una)
        if tocan:
            mensaje = reglas.recuerda(en_palabras(periodo.anio, tocan), cierra, lugar)
            yield _nuevo(persona, ClaseAviso.RECORDATORIO, periodo, cierra, mensaje)


def _vencen(
    persona: Actor, periodo: _Periodo, suyas: Sequence[Debida], momento: datetime, lugar: str
) -> Iterator[Nuevo]:
    for cierra, juntas in _por_plazo(periodo, suyas).items():
        if cierra < momento and _reciente(cierra, momento):
            mensaje = reglas.vencio(en_palabras(periodo.anio, juntas), cierra, lugar)
            yield _nuevo(persona, ClaseAviso.VENCIDO, periodo, cierra, mensaje)


def _por_plazo(periodo: _Periodo, suyas: Sequence[Debida]) -> dict[datetime, list[Debida]]:
    juntas: dict[datetime, list[Debida]] = defaultdict(list)
    for una in suyas:
        if (cierra := periodo.plazo(una)) is not None:
            juntas[cierra].append(una)
    return juntas


def _nuevo(persona: Actor, clase: ClaseAviso, periodo: _Periodo, cuando: datetime, mensaje: Mensaje) -> Nuevo:
    assert persona.usuario_id is not None
    return Nuevo((persona.usuario_id,), clase, _llave(clase, periodo, cuando), mensaje)


def _llave(clase: ClaseAviso, periodo: _Periodo, cuando: datetime) -> str:
    return f"{clase.value}/{periodo.anio}-{periodo.mes:02d}/{cuando:%Y%m%dT%H%M}"


def _abre_presupuesto(session: Session, periodo: _Periodo, momento: datetime, lugar: str) -> Iterator[Nuevo]:
    """La ventana de presupuesto es de Tesorería."""
    ventana = periodo.ventanas.get(ClaseCaptura.PRESUPUESTO)
    if ventana is None:
        return
    desde, cierra = en_utc(ventana.abre), en_utc(ventana.cierra)
    if _reciente(desde, momento) and momento <= cierra:
        mensaje = reglas.abre(periodo.anio, periodo.mes, [ClaseCaptura.PRESUPUESTO.value], cierra, lugar)
        mensaje = replace(mensaje, ruta=reglas.ruta("importar"))
        quienes = tuple(destinatarios(session, None, Rol.TESORERIA))
        llave = _llave(ClaseAviso.VENTANA_ABRE, periodo, desde) + "/presupuesto"
        yield Nuevo(quienes, ClaseAviso.VENTANA_ABRE, llave, mensaje)


def _vencieron(session: Session, periodo: _Periodo, momento: datetime) -> Iterator[Nuevo]:
    """A planeación, una vez por plazo: qué dependencias no entregaron."""
    for cierra, juntas in _por_plazo(periodo, periodo.deudas).items():
        if not (cierra < momento and _reciente(cierra, momento)):
            continue
        deben = Counter(una.unidad.general for una in juntas)
        quienes = tuple(destinatarios(session, None, Rol.PLANEACION))
        llave = _llave(ClaseAviso.VENCIDO, periodo, cierra) + "/planeacion"
        mensaje = reglas.vencieron(periodo.anio, periodo.mes, deben)
        yield Nuevo(quienes, ClaseAviso.VENCIDO, llave, mensaje)


def plazos_suyos(session: Session, persona: Actor, momento: datetime) -> list[dict[str, Any]]:
    """Los plazos que a la persona le faltan por vencer, con las prórrogas de sus dependencias, en orden.

    Cada uno: clave (la misma aunque cambie la fecha), titulo, cierra (UTC) y dependencias en palabras.
    """
    d, v = tabla(Dependencia).c, tabla(Ventana).c
    generales = {
        f.id: f.nombre
        for f in session.execute(select(d.id, d.ente_id, d.nombre).where(d.padre_id.is_(None)))
        if puede(persona, Accion.CARGAR_AVANCES, Objeto(f.ente_id, _con_hijas(session, f.id)))
    }
    juntos: dict[tuple[int, ClaseCaptura, int, datetime], list[tuple[int, str]]] = defaultdict(list)
    for anio in session.execute(select(v.anio).distinct()).scalars():
        cerrados = meses_cerrados(session, anio)
        for (clase, mes, general), cierra in plazos(session, anio).items():
            if clase in DE_ENLACE and mes not in cerrados and cierra > momento and general in generales:
                juntos[anio, clase, mes, cierra].append((general, generales[general]))
    return [
        {
            "clave": f"{persona.usuario_id}-{anio}-{mes}-{clase.value}-{min(suyas)[0]}",
            "titulo": reglas.plazo(clase.value, anio, mes),
            "cierra": cierra,
            "dependencias": ", ".join(nombre for _, nombre in sorted(suyas)),
        }
        for (anio, clase, mes, cierra), suyas in sorted(juntos.items(), key=lambda par: par[0][3])
    ]


DE_ENLACE = (ClaseCaptura.ACTIVIDADES, ClaseCaptura.INDICADORES, ClaseCaptura.NARRATIVAS)


def _con_hijas(session: Session, general: int) -> frozenset[int]:
    """Quien es enlace de una auxiliar tiene los plazos de su general."""
    return frozenset(areas(session, general))
