"""El Informe de Gobierno: los que hay, sus capítulos en orden y quién tiene qué."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.informe import (
    CapituloInforme,
    ComentarioCapitulo,
    EstadoCapitulo,
    Informe,
    LogroInforme,
    VersionCapitulo,
)
from db.models.plan import NodoPlan
from db.models.programas import Proyecto
from db.queries.usuarios import en_utc
from db.rules.formato import mes_anio
from db.rules.informe import ESTADOS, POR_ENTREGAR, atrasado, palabras
from db.rules.informe_cifras import cifras_de_logro, rotas, sin_fuente

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
    ultimas, abiertos, logros = _ultimas(session), _por_resolver(session), de_logros(session, informe_id)
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


def _ultimas(session: Session) -> dict[int, Any]:
    """La última versión de cada capítulo."""
    v = tabla(VersionCapitulo).c
    tope = select(v.capitulo_id, func.max(v.numero).label("n")).group_by(v.capitulo_id).subquery()
    consulta = select(tabla(VersionCapitulo)).join(
        tope, (tope.c.capitulo_id == v.capitulo_id) & (tope.c.n == v.numero)
    )
    return {f.capitulo_id: f for f in session.execute(consulta)}


def _por_resolver(session: Session) -> dict[int, int]:
    k = tabla(ComentarioCapitulo).c
    consulta = select(k.capitulo_id, func.count()).where(k.resuelto_en.is_(None)).group_by(k.capitulo_id)
    return {f[0]: f[1] for f in session.execute(consulta)}


def de_logros(session: Session, informe_id: int) -> dict[int, list[Any]]:
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


def por_escribir(session: Session) -> list[Fila]:
    """Los capítulos que alguna dependencia debe, de los informes sin emitir; el que vence antes, primero."""
    abiertos = [i["id"] for i in informes(session) if i["estado"] == "en_preparacion"]
    deben = [
        c
        for cual in abiertos
        for c in capitulos(session, cual)
        if c["dependencia_id"] is not None and c["estado"] in POR_ENTREGAR
    ]
    return sorted(deben, key=lambda c: (c["vence"] is None, c["vence"], c["numero"]))


def tablero(lista: Sequence[Mapping[str, Any]]) -> list[Fila]:
    """Por dependencia: cuántos capítulos tiene en cada estado y cuántos atrasados; las atrasadas primero."""
    suyos: dict[tuple[int | None, str], list[Mapping[str, Any]]] = defaultdict(list)
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
