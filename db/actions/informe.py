"""El Informe de Gobierno: abrirlo, armar su índice y pedir cada capítulo a quien lo redacta."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, select
from sqlmodel import Session

from db.actions.aviso_capitulo import avisar_capitulo
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.actividad import CitaLinea, MetaActividad
from db.models.estructura import Dependencia
from db.models.informe import (
    CapituloInforme,
    EstadoCapitulo,
    EstadoInforme,
    Informe,
    LogroInforme,
    VersionCapitulo,
)
from db.queries.informe import informe as leer_informe
from db.queries.informe_faltas import faltas
from db.queries.municipio import zona
from db.queries.plan import Arbol, leer_arbol
from db.rules.informe import exigir_periodo
from db.rules.periodo import Corte
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema

NOMBRE_MAXIMO, GUIA_MAXIMA = 200, 2_000
NIVELES_DEL_INDICE = 2
"""El índice nace con los ejes y sus temas: más abajo ya son programas, que se citan dentro."""


@dataclass(frozen=True, slots=True)
class DatosInforme:
    """Lo que se captura de un informe; los meses van incluidos."""

    nombre: str
    desde: tuple[int, int]
    hasta: tuple[int, int]
    rinde_en: date | None = None
    presentacion: str = ""


@dataclass(frozen=True, slots=True)
class DatosCapitulo:
    """Lo que se pide en un capítulo; `vence` es el último día para entregarlo."""

    titulo: str
    orden: int
    dependencia_id: int | None = None
    padre_id: int | None = None
    nodo_id: int | None = None
    vence: date | None = None
    guia: str = ""
    limite_palabras: int | None = None


def guardar_informe(
    session: Session, actor: Actor, *, informe_id: int | None, version: int, datos: DatosInforme
) -> int:
    """Crea el informe (id vacío) o lo corrige; devuelve su id. SinPermiso; `Conflicto`; `Problema`."""
    exigir(actor, Accion.COORDINAR_INFORME)
    nombre = obligatorio(datos.nombre, "nombre", "el nombre", NOMBRE_MAXIMO)
    exigir_periodo(datos.desde, datos.hasta)
    fila = session.get(Informe, informe_id) if informe_id else None
    exigir_version(fila, version)
    if fila is None:
        fila = Informe(nombre=nombre, desde_anio=0, desde_mes=1, hasta_anio=0, hasta_mes=1)
    fila.nombre, fila.rinde_en = nombre, datos.rinde_en
    (fila.desde_anio, fila.desde_mes), (fila.hasta_anio, fila.hasta_mes) = datos.desde, datos.hasta
    fila.presentacion = datos.presentacion.strip()[:20_000]
    session.add(fila)
    session.flush()
    return fila.id or 0


def armar_indice(
    session: Session, actor: Actor, *, informe_id: int, vence: date | None, limite_palabras: int | None
) -> int:
    """Un capítulo por eje y tema del plan, pedido a la dependencia con más metas ahí; devuelve cuántos.

    No toca lo que ya está: sólo agrega los nodos que faltan. Problema sin plan.
    """
    exigir(actor, Accion.COORDINAR_INFORME)
    fila = _abierto(session, informe_id)
    arbol = leer_arbol(session, Corte(fila.hasta_anio, fila.hasta_mes))
    if arbol is None:
        raise Problema("El ejercicio no tiene plan cargado.", "Cárguelo en Importar.")
    c = tabla(CapituloInforme).c
    ya = {
        f.nodo_id: f.id
        for f in session.execute(select(c.nodo_id, c.id).where(c.informe_id == informe_id, c.nodo_id > 0))
    }
    responde = _responsables(session, arbol, fila.hasta_anio)
    agregados = 0

    def recorrer(padre: int | None, capitulo_id: int | None, nivel: int) -> None:
        nonlocal agregados
        for lugar, nodo in enumerate(arbol.hijos.get(padre, []), start=1):
            suyo = ya.get(nodo.id)
            if suyo is None:
                capitulo = CapituloInforme(
                    informe_id=informe_id,
                    padre_id=capitulo_id,
                    orden=lugar,
                    titulo=nodo.nombre,
                    nodo_id=nodo.id,
                    dependencia_id=responde.get(nodo.id),
                    vence=_fin_del_dia(session, vence),
                    limite_palabras=limite_palabras,
                )
                session.add(capitulo)
                session.flush()
                suyo, agregados = capitulo.id, agregados + 1
            if nivel < NIVELES_DEL_INDICE:
                recorrer(nodo.id, suyo, nivel + 1)

    recorrer(None, None, 1)
    return agregados


def _responsables(session: Session, arbol: Arbol, anio: int) -> dict[int, int]:
    """Nodo → la dependencia general con más metas bajo él; sin metas, ninguna."""
    m, cita, d = tabla(MetaActividad).c, tabla(CitaLinea).c, tabla(Dependencia).c
    consulta = (
        select(cita.nodo_id, d.id, d.padre_id)
        .join(tabla(MetaActividad), m.id == cita.meta_id)
        .join(tabla(Dependencia), d.id == m.dependencia_id)
        .where(m.anio == anio)
    )
    citas = [(f.nodo_id, f.padre_id or f.id) for f in session.execute(consulta)]
    responde = {}
    for nodo_id in arbol.por_id:
        suyos = arbol.descendencia(nodo_id)
        cuantas = Counter(dependencia for citado, dependencia in citas if citado in suyos)
        if cuantas:
            responde[nodo_id] = min(cuantas, key=lambda dependencia: (-cuantas[dependencia], dependencia))
    return responde


def guardar_capitulo(
    session: Session,
    actor: Actor,
    *,
    informe_id: int,
    capitulo_id: int | None,
    version: int,
    datos: DatosCapitulo,
) -> int:
    """Agrega un capítulo (id vacío) o cambia lo que se pide en él, y avisa a quien le toca; devuelve su id.

    SinPermiso; `Conflicto`; `Problema` si el informe ya se emitió o el capítulo colgaría de sí mismo.
    """
    exigir(actor, Accion.COORDINAR_INFORME)
    _abierto(session, informe_id)
    fila = session.get(CapituloInforme, capitulo_id) if capitulo_id else None
    exigir_version(fila, version)
    titulo = obligatorio(datos.titulo, "titulo", "el título", NOMBRE_MAXIMO)
    if fila is None:
        fila = CapituloInforme(informe_id=informe_id, orden=datos.orden, titulo=titulo)
    antes = fila.dependencia_id
    _exigir_padre(session, fila, datos.padre_id)
    if datos.limite_palabras is not None and datos.limite_palabras < 1:
        raise Problema("El límite debe ser de una palabra o más.", "Déjelo vacío si no hay.", "limite")
    fila.titulo, fila.orden, fila.padre_id, fila.nodo_id = titulo, datos.orden, datos.padre_id, datos.nodo_id
    fila.dependencia_id, fila.limite_palabras = datos.dependencia_id, datos.limite_palabras
    fila.vence, fila.guia = _fin_del_dia(session, datos.vence), datos.guia.strip()[:GUIA_MAXIMA]
    session.add(fila)
    session.flush()
    if fila.dependencia_id is not None and fila.dependencia_id != antes:
        avisar_capitulo(session, actor, fila, f"Se le pide el capítulo «{titulo}»")
    return fila.id or 0


def _exigir_padre(session: Session, fila: CapituloInforme, padre_id: int | None) -> None:
    arriba = padre_id
    while arriba is not None:
        padre = session.get(CapituloInforme, arriba)
        if padre is None or padre.informe_id != fila.informe_id:
            raise Problema("Ese capítulo superior no es del informe.", "Vuelva a abrirlo.", "padre")
        if arriba == fila.id:
            raise Problema("Un capítulo no puede ir dentro de sí mismo.", "Elija otro superior.", "padre")
        arriba = padre.padre_id


def quitar_capitulo(session: Session, actor: Actor, *, capitulo_id: int, version: int) -> None:
    """Quita un capítulo que nadie ha escrito. SinPermiso; `Conflicto`; `Problema` si ya tiene algo."""
    exigir(actor, Accion.COORDINAR_INFORME)
    fila = session.get(CapituloInforme, capitulo_id)
    exigir_version(fila, version)
    assert fila is not None
    _abierto(session, fila.informe_id)
    consultas = (
        select(tabla(VersionCapitulo).c.id).where(tabla(VersionCapitulo).c.capitulo_id == capitulo_id),
        select(tabla(LogroInforme).c.id).where(tabla(LogroInforme).c.capitulo_id == capitulo_id),
        select(tabla(CapituloInforme).c.id).where(tabla(CapituloInforme).c.padre_id == capitulo_id),
    )
    if any(session.execute(consulta).first() for consulta in consultas):
        raise Problema(
            "El capítulo ya tiene texto, logros o capítulos dentro.", "Páselo a otra dependencia o déjelo."
        )
    session.delete(fila)
    session.flush()


def pedir_todos(session: Session, actor: Actor, *, informe_id: int) -> int:
    """Avisa a cada dependencia de los capítulos que se le piden y no ha empezado; devuelve cuántos."""
    exigir(actor, Accion.COORDINAR_INFORME)
    _abierto(session, informe_id)
    c = tabla(CapituloInforme).c
    consulta = select(c.id).where(
        c.informe_id == informe_id,
        c.estado == EstadoCapitulo.SOLICITADO,
        c.dependencia_id.is_not(None),
    )
    pedidos = list(session.execute(consulta.order_by(c.id)).scalars())
    for capitulo_id in pedidos:
        fila = session.get_one(CapituloInforme, capitulo_id)
        avisar_capitulo(session, actor, fila, f"Se le pide el capítulo «{fila.titulo}»")
    return len(pedidos)


def emitir(session: Session, actor: Actor, *, informe_id: int, version: int) -> None:
    """Da el informe por emitido: ya nada en él cambia. Problema con lo que falte."""
    exigir(actor, Accion.COORDINAR_INFORME)
    fila = _abierto(session, informe_id)
    exigir_version(fila, version)
    pendientes = faltas(session, informe_id=informe_id)
    if pendientes:
        falta = "Falta una cosa" if len(pendientes) == 1 else f"Faltan {len(pendientes)} cosas"
        raise Problema(f"{falta} antes de emitirlo.", f"La primera: {pendientes[0]['que']}")
    fila.estado = EstadoInforme.EMITIDO
    session.add(fila)
    session.flush()


def borrar_informe(session: Session, actor: Actor, *, informe_id: int, version: int) -> None:
    """Borra un informe en el que nadie ha escrito. SinPermiso; `Conflicto`; `Problema` si ya tiene algo."""
    exigir(actor, Accion.COORDINAR_INFORME)
    fila = _abierto(session, informe_id)
    exigir_version(fila, version)
    entero = leer_informe(session, informe_id=informe_id)
    assert entero is not None
    if any(c["versiones"] or c["logros"] for c in entero["capitulos"]):
        raise Problema("El informe ya tiene capítulos escritos.", "Cámbiele el nombre o el periodo.")
    c = tabla(CapituloInforme)
    session.execute(delete(c).where(c.c.informe_id == informe_id, c.c.padre_id.is_not(None)))
    session.execute(delete(c).where(c.c.informe_id == informe_id))
    session.delete(fila)
    session.flush()


def _abierto(session: Session, informe_id: int) -> Informe:
    fila = session.get(Informe, informe_id)
    if fila is None:
        raise Problema("No existe ese informe.", "Vuelva a la lista.")
    if fila.estado is EstadoInforme.EMITIDO:
        raise Problema("El informe ya se emitió.", "Lo emitido no se cambia.")
    return fila


def _fin_del_dia(session: Session, dia: date | None) -> datetime | None:
    """El último instante del día en la hora del municipio."""
    return None if dia is None else datetime.combine(dia, time(23, 59, 59), zona(session))
