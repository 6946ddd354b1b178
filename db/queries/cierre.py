"""Los cierres de un ejercicio y lo que cada uno congeló: regenerar un periodo cerrado lee de aquí."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.audit import canonico
from db.base import tabla
from db.models.bitacora import Bitacora
from db.models.captura import (
    AsuntoInstantanea,
    Cierre,
    ClaseItem,
    EstadoPeriodo,
    Instantanea,
    PasoCaptura,
    Periodo,
)
from db.queries.actividad import periodicidad
from db.queries.avances import meses_cerrados
from db.queries.evaluacion import Evaluacion
from db.queries.llano import ligero, llano
from db.queries.usuarios import en_utc
from db.rules.cierre import huella_de
from db.rules.instantanea import desplegar
from db.rules.periodo import periodos
from db.rules.resultado import Resultado


def meses(session: Session, anio: int) -> list[int]:
    """El último mes de cada periodo del ejercicio, en orden."""
    return [p.mes_fin for p in periodos(periodicidad(session, anio))]


def cierres(session: Session, *, anio: int) -> list[dict[str, Any]]:
    """Cada periodo: mes, nombre, cerrado, cerrado_en, cerro, reaperturas y cierres, del último al primero.

    Cada cierre: id, numero, cerrado_en, cerro, motivo, bitacora_id, sello, huella y renglones congelados.
    """
    p, c, i = tabla(Periodo).c, tabla(Cierre).c, tabla(Instantanea).c
    por_cierre = select(i.cierre_id, func.count()).group_by(i.cierre_id)
    cuantos: dict[int, int] = {f[0]: f[1] for f in session.execute(por_cierre)}
    filas = {f.mes: f for f in session.execute(select(tabla(Periodo)).where(p.anio == anio))}
    hechos: dict[int, list[dict[str, Any]]] = {}
    consulta = (
        select(tabla(Cierre), p.mes)
        .join(tabla(Periodo), p.id == c.periodo_id)
        .where(p.anio == anio)
        .order_by(c.numero.desc())
    )
    for f in session.execute(consulta):
        uno = f._asdict() | {"cerrado_en": en_utc(f.cerrado_en), "renglones": cuantos.get(f.id, 0)}
        hechos.setdefault(f.mes, []).append(uno)
    return [
        {
            "mes": periodo.mes_fin,
            "nombre": periodo.nombre,
            "cerrado": (fila := filas.get(periodo.mes_fin)) is not None
            and fila.estado == EstadoPeriodo.CERRADO,
            "cerrado_en": en_utc(fila.cerrado_en) if fila and fila.cerrado_en else None,
            "cerro": fila.cerro if fila else "",
            "reaperturas": _reaperturas(session, fila.id) if fila else [],
            "cierres": hechos.get(periodo.mes_fin, []),
        }
        for periodo in periodos(periodicidad(session, anio))
    ]


def _reaperturas(session: Session, periodo_id: int) -> list[dict[str, Any]]:
    """Quién reabrió el periodo, cuándo y por qué, de la bitácora."""
    b = tabla(Bitacora).c
    consulta = (
        select(b.momento, b.cuenta, b.cuerpo)
        .where(b.entidad == "periodo", b.entidad_id == str(periodo_id), b.accion == "reabrir")
        .order_by(b.id)
    )
    return [
        {"momento": en_utc(f.momento), "cuenta": f.cuenta, "motivo": json.loads(f.cuerpo)["motivo"]}
        for f in session.execute(consulta)
    ]


def vigente(session: Session, anio: int, mes: int) -> Any | None:
    """El último cierre de un periodo que sigue cerrado; None si está abierto o se cerró sin congelar."""
    if mes not in meses_cerrados(session, anio):
        return None
    p, c = tabla(Periodo).c, tabla(Cierre).c
    return session.execute(
        select(tabla(Cierre))
        .join(tabla(Periodo), p.id == c.periodo_id)
        .where(p.anio == anio, p.mes == mes)
        .order_by(c.numero.desc())
        .limit(1)
    ).first()


def instantanea(
    session: Session,
    *,
    anio: int,
    mes: int,
    asunto: str | None = None,
    ente_id: int | None = None,
    numero: int | None = None,
) -> dict[str, Any] | None:
    """Lo que congeló un cierre: su sello y `renglones` (ente_id, asunto, referencia, nombre, resultado).

    Sin `numero`, el último cierre, aunque el periodo se haya reabierto. `asunto` acorta a uno, y entonces
    `ente_id` dice de quién (nulo, el consolidado). None si no se ha cerrado nunca.
    """
    p, c, i = tabla(Periodo).c, tabla(Cierre).c, tabla(Instantanea).c
    consulta = select(tabla(Cierre)).join(tabla(Periodo), p.id == c.periodo_id)
    consulta = consulta.where(p.anio == anio, p.mes == mes).order_by(c.numero.desc())
    cierre = session.execute(consulta if numero is None else consulta.where(c.numero == numero)).first()
    if cierre is None:
        return None
    suyos = select(i.ente_id, i.asunto, i.referencia, i.nombre, i.resultado).where(i.cierre_id == cierre.id)
    if asunto is not None:
        suyos = suyos.where(i.asunto == AsuntoInstantanea(asunto), i.ente_id.is_not_distinct_from(ente_id))
    entero = desplegador(session, cierre.id)
    renglones = [
        f._asdict() | {"asunto": AsuntoInstantanea(f.asunto).value, "resultado": entero(f.resultado)}
        for f in session.execute(suyos.order_by(i.id))
    ]
    return cierre._asdict() | {"cerrado_en": en_utc(cierre.cerrado_en), "renglones": renglones}


def desplegador(session: Session, cierre_id: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Con qué se lee cada `resultado` guardado en un cierre: le repone sus bandas y su corte."""
    p, c, i = tabla(Periodo).c, tabla(Cierre).c, tabla(Instantanea).c
    de = session.execute(
        select(p.anio, p.mes).join(tabla(Cierre), c.periodo_id == p.id).where(c.id == cierre_id)
    ).one()
    bandas = select(i.referencia, i.resultado).where(
        i.cierre_id == cierre_id, i.asunto == AsuntoInstantanea.BANDAS
    )
    juegos = {f.referencia: f.resultado["bandas"] for f in session.execute(bandas)}
    return partial(desplegar, juegos=juegos, corte=(de.anio, de.mes))


def congelado(
    session: Session,
    *,
    anio: int,
    mes: int,
    asunto: str,
    referencia: str,
    ente_id: int | None = None,
    figura: str = "cumplimiento",
) -> dict[str, Any] | None:
    """Una figura de una cosa como quedó en el último cierre del periodo, llana y con el número de cierre.

    None si el periodo no está cerrado o la cosa no existía. De metas e indicadores no hace falta el ente.
    """
    cierre = vigente(session, anio, mes)
    if cierre is None:
        return None
    i = tabla(Instantanea).c
    consulta = select(i.resultado).where(
        i.cierre_id == cierre.id, i.asunto == AsuntoInstantanea(asunto), i.referencia == referencia
    )
    if asunto not in (AsuntoInstantanea.META, AsuntoInstantanea.INDICADOR):
        consulta = consulta.where(i.ente_id.is_not_distinct_from(ente_id))
    resultado = session.execute(consulta).scalar()
    if resultado is None:
        return None
    suyo = desplegador(session, cierre.id)(resultado)
    return llano(Resultado.de_dict(suyo[figura]), cierre=cierre.numero, cerrado_en=en_utc(cierre.cerrado_en))


def sello_de(session: Session, *, anio: int, mes: int) -> dict[str, Any] | None:
    """El sello de un periodo cerrado, para imprimirlo en sus documentos: número, bitácora, sello y huella."""
    cierre = vigente(session, anio, mes)
    if cierre is None:
        return None
    return {
        "numero": cierre.numero,
        "bitacora_id": cierre.bitacora_id,
        "sello": cierre.sello,
        "huella": cierre.huella,
        "cerrado_en": en_utc(cierre.cerrado_en),
    }


def renglon_canonico(renglon: Any) -> str:
    """Un renglón congelado en su forma única, de la que sale la huella."""
    return canonico({campo: renglon[campo] for campo in CAMPOS})


CAMPOS = ("ente_id", "asunto", "referencia", "nombre", "resultado")


def falta_en(session: Session, cierre_id: int) -> str | None:
    """None si lo congelado y la bitácora siguen siendo los del cierre; si no, la falta en palabras."""
    c, b, i = tabla(Cierre).c, tabla(Bitacora).c, tabla(Instantanea).c
    cierre = session.execute(select(tabla(Cierre)).where(c.id == cierre_id)).one()
    filas: Sequence[Any] = (
        session.execute(select(*(i[n] for n in CAMPOS)).where(i.cierre_id == cierre_id).order_by(i.id))
        .mappings()
        .all()
    )
    if huella_de(map(renglon_canonico, filas)) != cierre.huella:
        return f"lo congelado en el cierre {cierre.numero} ya no da su huella"
    if cierre.bitacora_id:
        sello = session.execute(select(b.huella).where(b.id == cierre.bitacora_id)).scalar()
        if sello != cierre.sello:
            return f"la bitácora ya no trae el sello del cierre {cierre.numero}"
    return None


def verificado(session: Session, *, cierre_id: int) -> str | None:
    """`falta_en` con sus parámetros por nombre, para preguntarla desde una pantalla."""
    return falta_en(session, cierre_id)


def figuras(
    session: Session, *, anio: int, mes: int, asunto: str, ente_id: int | None = None
) -> list[dict[str, Any]]:
    """Las figuras congeladas de un asunto: referencia, nombre, cumplimiento (llano, sin detalle) y avance.

    Sin ente, lo consolidado; las metas, los indicadores y las dependencias van entonces de todos los entes.
    """
    cierre = vigente(session, anio, mes)
    if cierre is None:
        return []
    i, pedido = tabla(Instantanea).c, AsuntoInstantanea(asunto)
    consulta = select(i.referencia, i.nombre, i.resultado).where(i.cierre_id == cierre.id, i.asunto == pedido)
    if ente_id is not None or pedido not in SIN_CONSOLIDAR:
        consulta = consulta.where(i.ente_id.is_not_distinct_from(ente_id))
    entero, lista = desplegador(session, cierre.id), []
    for f in session.execute(consulta.order_by(i.id)):
        suyo = entero(f.resultado)
        cumplimiento = llano(Resultado.de_dict(suyo["cumplimiento"]))
        avance = Resultado.de_dict(suyo["avance_anual"]).cifra()
        lista.append(
            ligero(cumplimiento) | {"referencia": f.referencia, "nombre": f.nombre, "avance": avance}
        )
    return lista


SIN_CONSOLIDAR = (AsuntoInstantanea.META, AsuntoInstantanea.INDICADOR, AsuntoInstantanea.DEPENDENCIA)
"""Lo que se congela una sola vez, con su ente."""


def corregidas(session: Session, *, anio: int, mes: int) -> list[dict[str, Any]]:
    """Lo corregido después de cerrar: clase, id, nombre, cifra congelada, cifra de ahora y motivo."""
    p = tabla(PasoCaptura).c
    consulta = select(p.clase, p.item_id, p.texto).where(p.anio == anio, p.mes == mes, p.extemporaneo)
    motivos = {(ClaseItem(f.clase), f.item_id): f.texto for f in session.execute(consulta.order_by(p.id))}
    if not motivos:
        return []
    evaluacion = Evaluacion(session, anio, mes)
    hojas = {**evaluacion.hojas(), **evaluacion.fichas()}
    nombres = {c: u.nombre for c, u in evaluacion.metas_por_clave.items()}
    nombres |= {c: u.nombre for c, u in evaluacion.indicadores_por_clave.items()}
    lista = []
    for (clase, item_id), motivo in motivos.items():
        clave = f"{clase.value[0]}{item_id}"
        queda = congelado(session, anio=anio, mes=mes, asunto=clase.value, referencia=str(item_id))
        lista.append(
            {
                "clase": clase.value,
                "id": item_id,
                "nombre": nombres[clave],
                "congelado": queda["cifra"] if queda else None,
                "ahora": hojas[clave].cumplimiento.cifra(),
                "motivo": motivo,
            }
        )
    return lista
