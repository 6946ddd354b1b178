"""Qué se puede pedir reconducir: las candidatas de un corte, desde cuándo y por qué dependencias."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.reconduccion import ClaseRenglon
from db.queries import actividad, indicadores
from db.queries.avances import meses_cerrados
from db.queries.evaluacion import evaluar, unidades
from db.queries.llano import ligero, llano
from db.queries.municipio import hoy
from db.queries.reconducible import inhabiles, reconducibles
from db.queries.registro import areas, letras_de
from db.rules.cumplimiento import Sentido
from db.rules.hoja import HojaEvaluada
from db.rules.periodo import periodos
from db.rules.problema import Problema
from db.rules.reconduccion import Lado, Plazos, exigir_abiertos, plazos, que_pide


def vigencias(session: Session, *, anio: int) -> list[dict[str, Any]]:
    """Los meses desde los que hoy se puede pedir: `mes`, `periodo` en palabras y sus plazos."""
    cada, cerrados, dia = actividad.periodicidad(session, anio), meses_cerrados(session, anio), hoy(session)
    halladas = []
    for periodo in periodos(cada):
        suyos: Plazos = plazos(anio, periodo.mes_inicio, inhabiles(session, anio))
        try:
            exigir_abiertos(cada, periodo.mes_inicio, cerrados)
        except Problema:
            continue
        if dia <= suyos.pedir:
            halladas.append(
                {
                    "mes": periodo.mes_inicio,
                    "periodo": periodo.nombre,
                    "pedir": suyos.pedir,
                    "autorizar": suyos.autorizar,
                }
            )
    return halladas


def dependencias_activas(session: Session) -> list[dict[str, Any]]:
    """Las dependencias activas en orden de clave: id, ente_id, padre_id, clave y nombre."""
    d = tabla(Dependencia).c
    consulta = select(d.id, d.ente_id, d.padre_id, d.clave, d.nombre).where(d.activa)
    return [f._asdict() for f in session.execute(consulta.order_by(d.ente_id, d.padre_id, d.clave))]


def elegibles(session: Session, *, anio: int, dependencia_id: int) -> dict[str, str]:
    """«meta-12» o «variable-7» → cómo se nombra, de lo que programa una dependencia."""
    suyas = areas(session, dependencia_id)
    hallados = reconducibles(session, anio, dependencias=suyas).values()
    return {
        f"{r.clase}-{r.id}": f"{'Meta ' + r.codigo if r.clase is ClaseRenglon.META else 'Indicador'}: "
        f"{r.programado.nombre}"
        for r in hallados
    }


def por_pedir(session: Session, *, anio: int, campo: str) -> dict[str, Any] | None:
    """Una meta o indicador («meta-12», «indicador-7») como candidata: nombre, `items` y de quién es.

    None si no existe en el ejercicio o no se escribe así.
    """
    clase, _, texto = campo.partition("-")
    if clase not in ("meta", "indicador") or not (texto.isascii() and texto.isdigit() and len(texto) < 15):
        return None
    cual = int(texto)
    cosas = (
        actividad.metas(session, anio, ids=[cual])
        if clase == "meta"
        else indicadores.indicadores(session, anio, ids=[cual])
    )
    if not cosas:
        return None
    variables = letras_de(session, [cual])[cual].values() if clase == "indicador" else ()
    donde = unidades(session)[cosas[0].dependencia_id]
    return {
        "nombre": cosas[0].nombre,
        "items": [f"variable-{v}" for v in variables] or [campo],
        "ente_id": cosas[0].ente_id,
        "general_id": donde.general_id,
        "dependencia_id": cosas[0].dependencia_id,
    }


def candidatas(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None,
    dependencia_id: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Lo que al corte pide reconducción: fuera de 90 a 110 %, o logrado sin programarse; lo peor primero.

    Cada una: `items` («meta-12», o las variables del indicador), nombre, proyecto, ente_id, general_id,
    dependencia_id, dependencia (la general, escrita), lado, cumplimiento (llano), y lo programado y
    alcanzado acumulados.
    """
    e = evaluar(session, anio, mes, ente_id)
    letras = letras_de(session, [f.id for f in e.indicadores])
    filas: list[tuple[Any, HojaEvaluada, Lado | None, list[str]]] = []
    for meta in e.metas:
        hoja = e.hojas()[meta.clave]
        filas.append((meta, hoja, que_pide(hoja.cumplimiento), [f"meta-{meta.id}"]))
    for ficha in e.indicadores:
        hoja = e.fichas()[ficha.clave]
        suyas = [f"variable-{cual}" for cual in letras.get(ficha.id, {}).values()]
        filas.append((ficha, hoja, que_pide(hoja.cumplimiento, Sentido(ficha.sentido)), suyas))
    halladas = [
        {
            "items": suyos,
            "id": cosa.id,
            "es_meta": isinstance(cosa, actividad.Meta),
            "nombre": cosa.nombre,
            "unidad": cosa.unidad,
            "proyecto": e.proyectos[cosa.proyecto_id].clave,
            "dependencia": e.unidades[cosa.dependencia_id].general,
            "general_id": e.unidades[cosa.dependencia_id].general_id,
            "dependencia_id": cosa.dependencia_id,
            "ente_id": cosa.ente_id,
            "lado": pide.value,
            "cumplimiento": ligero(llano(hoja.cumplimiento)),
            "programado": hoja.programado_acum,
            "alcanzado": hoja.alcanzado_acum,
        }
        for cosa, hoja, pide, suyos in filas
        if pide is not None
        and dependencia_id in (None, e.unidades[cosa.dependencia_id].general_id, cosa.dependencia_id)
    ]
    return {"corte": e.corte.en_palabras, "mes": e.corte.mes, "filas": sorted(halladas, key=_urgencia)}


def _urgencia(fila: dict[str, Any]) -> tuple[bool, Decimal, str]:
    valor = fila["cumplimiento"]["valor"]
    return valor is not None, -abs((valor or Decimal(0)) - 100), fila["nombre"]
