"""Formato referencias: lo que otros municipios o el estado reportan de los mismos indicadores."""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from dashboard.imports.estructura import PROYECTO
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import CANTIDAD_MAXIMA, Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.referencias import FilaReferencia, guardar_referencias
from db.base import tabla
from db.models.bitacora import Carga
from db.models.indicadores import Indicador
from db.models.programas import Proyecto
from db.queries.avances import nombre_comparable
from db.rules.permisos import Accion, Actor

Buscados = dict[tuple[str, str], list[tuple[int, int]]]
"""(proyecto, nombre comparable) → los indicadores del ejercicio, cada uno con su ente."""

_ANIO = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class DatosReferencias:
    """Las referencias del archivo y cuántos renglones no se cargan."""

    filas: list[FilaReferencia]
    omitidas: int


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su indicador del ejercicio, su serie, su periodo y su valor."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    buscados = _indicadores(session, contexto.anio)
    vistas: dict[tuple[object, ...], int] = {}
    filas = []
    for renglon in revisor:
        fila = _fila(renglon, buscados, contexto.anio)
        if fila is not None and _es_nueva(renglon, fila, vistas):
            filas.append(fila)
    revisor.terminar()
    revision = Revision(DatosReferencias(filas, revisor.omitidas), revisor.problemas, revisor.avisos)
    revision.totales = [
        ("Referencias", f"{len(filas):,}"),
        ("Indicadores comparados", f"{len({fila.indicador_id for fila in filas}):,}"),
        ("Series", f"{len({fila.serie for fila in filas}):,}"),
    ]
    return revision


def _indicadores(session: Session, anio: int) -> Buscados:
    i, p = tabla(Indicador), tabla(Proyecto)
    consulta = (
        select(i.c.id, i.c.ente_id, i.c.nombre, p.c.clave)
        .join(p, p.c.id == i.c.proyecto_id)
        .where(i.c.anio == anio)
        .order_by(i.c.id)
    )
    buscados: Buscados = defaultdict(list)
    for fila in session.execute(consulta):
        buscados[fila.clave, nombre_comparable(fila.nombre)].append((fila.id, fila.ente_id))
    return buscados


def _fila(renglon: Renglon, buscados: Buscados, ejercicio: int) -> FilaReferencia | None:
    proyecto, nombre = renglon.codigo("codigo_proyecto", 12), renglon.obligado("indicador")
    serie, anio, valor = renglon.obligado("serie"), _anio(renglon), _valor(renglon)
    trimestre, se_lee = _trimestre(renglon)
    if proyecto is None or nombre is None or serie is None or anio is None or valor is None or not se_lee:
        return None
    posibles = buscados.get((proyecto, nombre_comparable(nombre)), [])
    if len(posibles) != 1:
        que = "no tiene ese indicador en ese proyecto" if not posibles else "tiene varios con ese nombre"
        renglon.falla(
            "indicador",
            f"el ejercicio {ejercicio} {que}",
            "Escriba el nombre como está en su ficha, o cárguela antes con el formato indicadores.",
        )
        return None
    indicador_id, ente_id = posibles[0]
    return FilaReferencia(indicador_id, ente_id, serie, anio, trimestre, valor, renglon.texto("fuente"))


def _es_nueva(renglon: Renglon, fila: FilaReferencia, vistas: dict[tuple[object, ...], int]) -> bool:
    marca = (fila.indicador_id, fila.serie, fila.anio, fila.trimestre)
    donde = vistas.setdefault(marca, renglon.numero)
    if donde != renglon.numero:
        renglon.falla("serie", f"ese periodo de la serie ya está en el renglón {donde}", "Deje uno solo.")
    return donde == renglon.numero


def _anio(renglon: Renglon) -> int | None:
    texto = renglon.obligado("anio_referencia")
    if texto is None:
        return None
    hallado = _ANIO.fullmatch(texto)
    if hallado is None:
        renglon.falla("anio_referencia", f"«{texto}» no es un año", "Escriba el año con cuatro cifras.")
        return None
    return int(hallado[1])


def _trimestre(renglon: Renglon) -> tuple[int | None, bool]:
    """(trimestre o None si el valor es del año, si se pudo leer)."""
    if not renglon.texto("trimestre"):
        return None, True
    periodo = renglon.leer("trimestre", valores.periodo)
    if periodo is None:
        return None, False
    if periodo.tipo not in ("trimestre", "numero") or not 1 <= periodo.numero <= 4:
        renglon.falla("trimestre", "no es un trimestre", "Escriba T1 a T4, o déjelo vacío si es del año.")
        return None, False
    return periodo.numero, True


def _valor(renglon: Renglon) -> Decimal | None:
    """El valor; puede ser negativo (una tasa que bajó). Vacío es un problema: no se compara con nada."""
    if renglon.obligado("valor") is None:
        return None
    valor = renglon.leer("valor", valores.cantidad)
    if valor is not None and (abs(valor) >= CANTIDAD_MAXIMA or valor != round(valor, 6)):
        renglon.falla("valor", "tiene más de seis decimales o es demasiado grande", "Redondee el valor.")
        return None
    return valor


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las referencias."""
    al_avanzar(0.2, "Guardando las referencias")
    datos: DatosReferencias = revision.datos
    return guardar_referencias(session, actor, datos.filas).con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="referencias",
    titulo="Referencias de indicadores",
    para_que=(
        "Lo que otros municipios, el estado o un promedio reportan de los mismos indicadores.\n"
        "Se dibuja punteado junto a la tendencia; no cambia ningún resultado."
    ),
    columnas=(
        PROYECTO,
        Columna(
            "indicador",
            ("nombre del indicador", "nombre indicador"),
            ayuda="Nombre del indicador, como está en su ficha.",
            ejemplo="Porcentaje de quejas atendidas",
        ),
        Columna("serie", ("municipio", "de quien"), ayuda="De quién es el dato.", ejemplo="Promedio estatal"),
        Columna(
            "anio_referencia", ("año", "anio", "año de referencia"), ayuda="Año del dato.", ejemplo="2026"
        ),
        Columna("trimestre", ("periodo",), False, "T1 a T4; vacío si es del año.", "T2"),
        Columna("valor", ("resultado",), ayuda="El resultado, en la unidad del indicador.", ejemplo="81.5"),
        Columna("fuente", ("fuente del dato",), False, "De dónde se tomó.", "Informe anual publicado"),
    ),
    permiso=Accion.CARGAR_INDICADORES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio"}),
    instrucciones=(
        "Un renglón por indicador, serie y periodo.",
        "Los indicadores se buscan en el ejercicio que se carga, por su proyecto y su nombre.",
    ),
)
