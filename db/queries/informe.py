"""El Informe de Gobierno: sus capítulos, quién tiene qué, y un capítulo con todo lo que lleva."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import Adjunto
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia
from db.models.informe import (
    CapituloInforme,
    ComentarioCapitulo,
    EstadoCapitulo,
    Informe,
    LogroInforme,
    VersionCapitulo,
)
from db.models.municipio import Ejercicio
from db.models.plan import NodoPlan
from db.models.programas import Proyecto
from db.queries.usuarios import en_utc
from db.rules.formato import mes_anio
from db.rules.informe import ESTADOS, atrasado, palabras
from db.rules.informe_cifras import cifras_de_logro, rotas, sin_fuente

CAPITULO = "capitulo"
"""Asunto de los adjuntos que son fotografías de un capítulo."""

DE_PLANEACION = "Unidad de planeación"

Fila = dict[str, Any]


def informes(session: Session) -> list[Fila]:
    """Todos los informes, el último primero, con su periodo en palabras y sus capítulos por estado."""
    i, c = tabla(Informe).c, tabla(CapituloInforme).c
    cuantos: dict[int, Counter[str]] = defaultdict(Counter)
    por_estado = select(c.informe_id, c.estado, func.count().label("n")).group_by(c.informe_id, c.estado)
    for f in session.execute(por_estado):
        cuantos[f.informe_id][EstadoCapitulo(f.estado).value] += f.n
    filas = session.execute(
        select(tabla(Informe)).order_by(i.hasta_anio.desc(), i.hasta_mes.desc(), i.id.desc())
    )
    return [_informe(f) | {"por_estado": dict(cuantos[f.id])} for f in filas]


def _informe(f: Any) -> Fila:
    periodo = f"{mes_anio(f.desde_anio, f.desde_mes)} a {mes_anio(f.hasta_anio, f.hasta_mes)}"
    fila: Fila = f._asdict()
    return fila | {"estado": f.estado.value, "periodo": periodo}


def informe(session: Session, *, informe_id: int) -> Fila | None:
    """Un informe con `capitulos` en orden de lectura; None si no existe."""
    fila = session.execute(select(tabla(Informe)).where(tabla(Informe).c.id == informe_id)).first()
    if fila is None:
        return None
    return _informe(fila) | {"capitulos": capitulos(session, informe_id)}


def capitulos(session: Session, informe_id: int) -> list[Fila]:
    """Los capítulos en orden: cada eje seguido de sus temas, con su dependencia, su plazo y su avance.

    Cada uno: id, version, padre_id, orden, numero («2.1»), titulo, nodo_id, nodo, dependencia_id, general_id,
    ente_id, dependencia, estado, vence (UTC), atrasado, guia, limite_palabras, versiones, autor,
    guardada_en, palabras, por_resolver, logros y sin_fuente (cuántas cifras a mano).
    """
    c, d, n = tabla(CapituloInforme).c, tabla(Dependencia).c, tabla(NodoPlan).c
    filas = list(
        session.execute(
            select(
                tabla(CapituloInforme),
                d.nombre.label("dependencia"),
                d.ente_id,
                d.padre_id.label("general_id"),
                n.clave.label("nodo_clave"),
                n.nombre.label("nodo_nombre"),
            )
            .outerjoin(tabla(Dependencia), d.id == c.dependencia_id)
            .outerjoin(tabla(NodoPlan), n.id == c.nodo_id)
            .where(c.informe_id == informe_id)
            .order_by(c.orden, c.id)
        )
    )
    ultimas, abiertos, logros = _ultimas(session), _por_resolver(session), _de_logros(session, informe_id)
    ya = datetime.now(UTC)
    hijos: dict[int | None, list[Any]] = defaultdict(list)
    for f in filas:
        hijos[f.padre_id].append(f)
    listos: list[Fila] = []

    def recorrer(padre: int | None, prefijo: str) -> None:
        for lugar, f in enumerate(hijos[padre], start=1):
            numero = f"{prefijo}{lugar}"
            ultima = ultimas.get(f.id)
            texto = ultima.texto if ultima else ""
            vence = en_utc(f.vence) if f.vence else None
            estado = EstadoCapitulo(f.estado).value
            suyos = logros.get(f.id, [])
            de_los_logros = [x for g in suyos for x in cifras_de_logro(g.inversion, g.beneficiarios)]
            listos.append(
                f._asdict()
                | {
                    "numero": numero,
                    "nodo": f"{f.nodo_clave} {f.nodo_nombre}" if f.nodo_clave else "",
                    "dependencia": f.dependencia or DE_PLANEACION,
                    "estado": estado,
                    "vence": vence,
                    "atrasado": atrasado(estado, vence, ya),
                    "versiones": ultima.numero if ultima else 0,
                    "autor": ultima.autor if ultima else "",
                    "guardada_en": en_utc(ultima.guardada_en) if ultima else None,
                    "palabras": palabras(texto),
                    "por_resolver": abiertos.get(f.id, 0),
                    "logros": len(suyos),
                    "sin_fuente": len(sin_fuente(texto, de_los_logros)) + len(rotas(texto)),
                }
            )
            recorrer(f.id, f"{numero}.")

    recorrer(None, "")
    return listos


def _ultimas(session: Session, capitulo_ids: list[int] | None = None) -> dict[int, Any]:
    """La última versión de cada capítulo."""
    v = tabla(VersionCapitulo).c
    tope = select(v.capitulo_id, func.max(v.numero).label("n")).group_by(v.capitulo_id).subquery()
    consulta = select(tabla(VersionCapitulo)).join(
        tope, (tope.c.capitulo_id == v.capitulo_id) & (tope.c.n == v.numero)
    )
    if capitulo_ids is not None:
        consulta = consulta.where(v.capitulo_id.in_(capitulo_ids))
    return {f.capitulo_id: f for f in session.execute(consulta)}


def _por_resolver(session: Session) -> dict[int, int]:
    k = tabla(ComentarioCapitulo).c
    consulta = select(k.capitulo_id, func.count()).where(k.resuelto_en.is_(None)).group_by(k.capitulo_id)
    return {f[0]: f[1] for f in session.execute(consulta)}


def _de_logros(session: Session, informe_id: int) -> dict[int, list[Any]]:
    g, c, p = tabla(LogroInforme).c, tabla(CapituloInforme), tabla(Proyecto)
    consulta = (
        select(tabla(LogroInforme), p.c.clave.label("proyecto"), p.c.nombre.label("proyecto_nombre"))
        .join(c, c.c.id == g.capitulo_id)
        .outerjoin(p, p.c.id == g.proyecto_id)
        .where(c.c.informe_id == informe_id)
        .order_by(g.orden, g.id)
    )
    juntos: dict[int, list[Any]] = defaultdict(list)
    for f in session.execute(consulta):
        juntos[f.capitulo_id].append(f)
    return dict(juntos)


def capitulo(session: Session, *, capitulo_id: int) -> Fila | None:
    """Un capítulo con su informe, su texto, versiones, comentarios, logros y fotografías; None si no existe.

    Además de lo de `capitulos`: `informe`, `texto`, `cifras` (las guardadas), `historia` (numero, texto,
    estado, autor, guardada_en, la última primero), `comentarios`, `lista_logros` y `fotos`.
    """
    c = tabla(CapituloInforme).c
    informe_id = session.execute(select(c.informe_id).where(c.id == capitulo_id)).scalar()
    entero = None if informe_id is None else informe(session, informe_id=informe_id)
    if entero is None:
        return None
    suyo: Fila = next(f for f in entero["capitulos"] if f["id"] == capitulo_id)
    v, k = tabla(VersionCapitulo).c, tabla(ComentarioCapitulo).c
    versiones = session.execute(
        select(tabla(VersionCapitulo)).where(v.capitulo_id == capitulo_id).order_by(v.numero.desc())
    )
    historia = [
        f._asdict() | {"estado": EstadoCapitulo(f.estado).value, "guardada_en": en_utc(f.guardada_en)}
        for f in versiones
    ]
    comentarios = session.execute(
        select(tabla(ComentarioCapitulo)).where(k.capitulo_id == capitulo_id).order_by(k.id)
    )
    return suyo | {
        "informe": {campo: valor for campo, valor in entero.items() if campo != "capitulos"},
        "texto": historia[0]["texto"] if historia else "",
        "cifras": historia[0]["cifras"] if historia else {},
        "historia": historia,
        "comentarios": [_comentario(f) for f in comentarios],
        "lista_logros": [_logro(f) for f in _de_logros(session, suyo["informe_id"]).get(capitulo_id, [])],
        "fotos": fotos(session, [capitulo_id]).get(capitulo_id, []),
    }


def _comentario(f: Any) -> Fila:
    resuelto = en_utc(f.resuelto_en) if f.resuelto_en else None
    fila: Fila = f._asdict()
    return fila | {"momento": en_utc(f.momento), "resuelto_en": resuelto}


def _logro(f: Any) -> Fila:
    fila: Fila = f._asdict()
    return fila | {"clase": f.clase.value}


def fotos(session: Session, capitulo_ids: list[int]) -> dict[int, list[Fila]]:
    """Las fotografías vigentes de unos capítulos, en orden: adjunto_id, evidencia_id, sha256, tipo, pie…"""
    a, e = tabla(Adjunto).c, tabla(Evidencia).c
    consulta = (
        select(
            a.id.label("adjunto_id"), a.referencia, a.pie, a.lugar, a.agrego, e.id.label("evidencia_id"),
            e.sha256, e.tipo, e.nombre, e.clasificacion,
        )
        .join(tabla(Evidencia), e.id == a.evidencia_id)
        .where(
            a.asunto == CAPITULO,
            a.referencia.in_([str(c) for c in capitulo_ids]),
            e.retirada_en.is_(None),
        )
        .order_by(a.orden, a.id)
    )  # fmt: skip
    juntas: dict[int, list[Fila]] = defaultdict(list)
    for f in session.execute(consulta):
        juntas[int(f.referencia)].append(f._asdict() | {"clasificacion": f.clasificacion.value})
    return dict(juntas)


def tablero(lista: list[Fila]) -> list[Fila]:
    """Por dependencia: cuántos capítulos tiene en cada estado y cuántos atrasados; las atrasadas primero."""
    suyos: dict[tuple[int | None, str], list[Fila]] = defaultdict(list)
    for c in lista:
        suyos[c["dependencia_id"], c["dependencia"]].append(c)
    filas = [
        {
            "dependencia_id": cual,
            "dependencia": nombre,
            "total": len(varios),
            "atrasados": sum(c["atrasado"] for c in varios),
            "vence": min(
                (c["vence"] for c in varios if c["vence"] and c["estado"] != "aprobado"), default=None
            ),
            **{estado: sum(c["estado"] == estado for c in varios) for estado in ESTADOS},
        }
        for (cual, nombre), varios in suyos.items()
    ]
    return sorted(filas, key=lambda f: (-f["atrasados"], f["aprobado"] - f["total"], f["dependencia"]))


def ejercicios(session: Session) -> list[int]:
    """Los ejercicios que hay, del último al primero."""
    e = tabla(Ejercicio).c
    return list(session.execute(select(e.anio).order_by(e.anio.desc())).scalars())


def opciones(session: Session, *, informe_id: int) -> dict[str, Any]:
    """Lo que se elige en un capítulo: dependencias generales activas y proyectos de sus ejercicios."""
    i, d, p = tabla(Informe).c, tabla(Dependencia).c, tabla(Proyecto).c
    anios = session.execute(select(i.desde_anio, i.hasta_anio).where(i.id == informe_id)).first()
    dependencias = select(d.id, d.clave, d.nombre).where(d.activa, d.padre_id.is_(None))
    proyectos = select(p.id, p.anio, p.clave, p.nombre).where(
        p.anio.between(anios.desde_anio, anios.hasta_anio) if anios else p.anio == 0
    )
    return {
        "dependencias": {
            f.id: f"{f.clave} {f.nombre}" for f in session.execute(dependencias.order_by(d.ente_id, d.clave))
        },
        "proyectos": {
            f.id: f"{f.clave} {f.nombre} ({f.anio})"
            for f in session.execute(proyectos.order_by(p.anio.desc(), p.clave))
        },
    }
