"""Los encargos de un registro con su situación, y uno con todo lo que cuelga de él."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session

from db.base import modelo_de, tabla
from db.models.documentos import Adjunto
from db.models.encargos import (
    Encargo,
    LecturaEncargo,
    LigaEncargo,
    MovimientoEncargo,
    ParticipanteEncargo,
    PasoEncargo,
)
from db.models.estructura import Dependencia
from db.models.personas import Persona
from db.models.usuarios import Usuario
from db.queries.adjuntos import ENCARGO
from db.queries.listas import nombre_de
from db.queries.municipio import aviso_de_plazo, hoy
from db.queries.nombres_ligas import nombres
from db.queries.usuarios import en_utc
from db.rules.encargos import Registro, Tipo, avance, situacion
from db.rules.estado import Estado
from db.rules.registros import REGISTROS

Fila = dict[str, Any]


def _consulta() -> Select[Any]:
    e, d, p = tabla(Encargo), tabla(Dependencia).c, tabla(Persona).c
    general = tabla(Dependencia).alias("general")
    g = general.c
    return (
        select(
            e,
            d.nombre.label("dependencia"),
            d.ente_id,
            d.padre_id.label("general_id"),
            func.coalesce(g.clave, d.clave).label("clave_general"),
            case((g.clave.is_(None), ""), else_=d.clave).label("clave_auxiliar"),
            p.nombre.label("persona"),
            p.usuario_id,
        )
        .join(tabla(Dependencia), d.id == e.c.dependencia_id)
        .outerjoin(general, g.id == d.padre_id)
        .outerjoin(tabla(Persona), p.id == e.c.persona_id)
        .order_by(e.c.registro, e.c.anio.desc(), e.c.folio.desc())
    )


def lista(session: Session, *, registro: str) -> list[Fila]:
    """Los encargos de un registro, el último folio primero: lo común, lo propio, avance y situación."""
    e = tabla(Encargo).c
    return _completos(session, REGISTROS[registro], _consulta().where(e.registro == registro))


def cuantos(session: Session) -> dict[str, int]:
    """Registro → cuántos encargos tiene."""
    e = tabla(Encargo).c
    filas = session.execute(select(e.registro, func.count().label("cuantos")).group_by(e.registro))
    return {f.registro: f.cuantos for f in filas}


def por_folio(session: Session, *, registro: str) -> dict[str, tuple[int, int]]:
    """Folio → (id, versión) de un registro."""
    e = tabla(Encargo).c
    filas = session.execute(select(e.folio, e.id, e.version).where(e.registro == registro))
    return {f.folio: (f.id, f.version) for f in filas}


def todos(session: Session) -> list[Fila]:
    """Los de todos los registros, con lo común y su situación."""
    filas: list[Fila] = []
    for clave in REGISTROS:
        filas += lista(session, registro=clave)
    return filas


def _completos(session: Session, registro: Registro, consulta: Select[Any]) -> list[Fila]:
    filas = [f._asdict() for f in session.execute(consulta)]
    ids = [f["id"] for f in filas]
    propios, hechos = _propios(session, registro, ids), _pasos(session, ids)
    dia, aviso = hoy(session), aviso_de_plazo(session)
    return [
        _con_situacion(registro, propios.get(f["id"], {}) | f, hechos[f["id"]], dia, aviso) for f in filas
    ]


def _con_situacion(registro: Registro, fila: Fila, hechos: list[date | None], dia: date, aviso: int) -> Fila:
    vigencia = fila.get(registro.vigencia) if registro.vigencia else None
    estado, palabra = situacion(registro, fila["etapa"], fila["vence"], dia, aviso, vigencia)
    return fila | {
        "situacion": (str(estado), palabra),
        "etapa_palabra": registro.etapas[fila["etapa"]].palabra,
        "terminado": registro.etapas[fila["etapa"]].final,
        "avance": avance(hechos),
        "actualizado_en": en_utc(fila["actualizado_en"]),
    }


def _propios(session: Session, registro: Registro, ids: Collection[int]) -> dict[int, Fila]:
    t = tabla(modelo_de(registro.clave))
    filas = session.execute(select(t).where(t.c.encargo_id.in_(ids)))
    return {
        f.encargo_id: {c: _llano(v) for c, v in f._asdict().items() if c not in ("encargo_id", "version")}
        for f in filas
    }


def _llano(valor: Any) -> Any:
    return valor.value if isinstance(valor, Enum) else valor


def _pasos(session: Session, ids: Collection[int]) -> dict[int, list[date | None]]:
    p = tabla(PasoEncargo).c
    hechos: dict[int, list[date | None]] = defaultdict(list)
    for f in session.execute(select(p.encargo_id, p.hecho_en).where(p.encargo_id.in_(ids))):
        hechos[f.encargo_id].append(f.hecho_en)
    return hechos


def registro_de(session: Session, *, encargo_id: int) -> str | None:
    """La clave del registro de un encargo; None si no existe."""
    e = tabla(Encargo).c
    return session.execute(select(e.registro).where(e.id == encargo_id)).scalar()


def ficha(session: Session, *, encargo_id: int) -> Fila | None:
    """Un encargo con sus pasos, participantes, ligas, historia, evidencias y los detalles de su registro.

    Los detalles van por el nombre de su tabla. None si no existe.
    """
    e = tabla(Encargo).c
    cual = registro_de(session, encargo_id=encargo_id)
    if cual is None:
        return None
    registro = REGISTROS[cual]
    (uno,) = _completos(session, registro, _consulta().where(e.id == encargo_id))
    a = tabla(Adjunto).c
    evidencias = select(func.count()).where(a.asunto == ENCARGO, a.referencia == str(encargo_id))
    return (
        uno
        | {d.clave: _detalle(session, d.clave, encargo_id, d.orden) for d in registro.detalles}
        | {
            "pasos": _detalle(session, "paso_encargo", encargo_id, ("inicio", "orden")),
            "participantes": _participantes(session, encargo_id),
            "ligas": _ligas(session, encargo_id),
            "historia": _historia(session, registro, encargo_id),
            "evidencias": session.execute(evidencias).scalar_one(),
            "ligados": _nombres_de_ligados(session, registro, uno),
        }
    )


def _detalle(session: Session, nombre: str, encargo_id: int, orden: tuple[str, ...]) -> list[Fila]:
    t = tabla(modelo_de(nombre))
    consulta = select(t).where(t.c.encargo_id == encargo_id).order_by(*(t.c[c] for c in orden), t.c.id)
    return [{c: _llano(v) for c, v in f._asdict().items()} for f in session.execute(consulta)]


def _participantes(session: Session, encargo_id: int) -> list[Fila]:
    t, d, p = tabla(ParticipanteEncargo), tabla(Dependencia).c, tabla(Persona).c
    consulta = (
        select(t, d.nombre.label("dependencia"), p.nombre.label("persona"))
        .outerjoin(tabla(Dependencia), d.id == t.c.dependencia_id)
        .outerjoin(tabla(Persona), p.id == t.c.persona_id)
        .where(t.c.encargo_id == encargo_id)
        .order_by(t.c.id)
    )
    return [f._asdict() for f in session.execute(consulta)]


def _ligas(session: Session, encargo_id: int) -> list[Fila]:
    v = tabla(LigaEncargo)
    filas = session.execute(select(v).where(v.c.encargo_id == encargo_id).order_by(v.c.asunto, v.c.id))
    ligas = [f._asdict() for f in filas]
    dichos = nombres(session, [(f["asunto"], f["referencia"]) for f in ligas])
    return [f | {"nombre": dichos.get((f["asunto"], f["referencia"]), "")} for f in ligas]


def _historia(session: Session, registro: Registro, encargo_id: int) -> list[Fila]:
    m = tabla(MovimientoEncargo)
    filas = session.execute(select(m).where(m.c.encargo_id == encargo_id).order_by(m.c.id))
    previa, historia = "", []
    for f in filas:
        fila = f._asdict() | {"momento": en_utc(f.momento), "palabra": registro.etapas[f.etapa].palabra}
        historia.append(fila | {"cambio": f.etapa != previa})
        previa = f.etapa
    return historia[::-1]


def lecturas(session: Session, *, encargo_id: int) -> list[Fila]:
    """Quién lo ha abierto: usuario_id, nombre, leido_hasta, leido_en y acuse_en."""
    v, u = tabla(LecturaEncargo), tabla(Usuario).c
    consulta = (
        select(v, u.nombre)
        .join(tabla(Usuario), u.id == v.c.usuario_id)
        .where(v.c.encargo_id == encargo_id)
        .order_by(v.c.id)
    )
    return [
        f._asdict() | {"leido_en": en_utc(f.leido_en), "acuse_en": en_utc(f.acuse_en) if f.acuse_en else None}
        for f in session.execute(consulta)
    ]


def _nombres_de_ligados(session: Session, registro: Registro, uno: Fila) -> dict[str, str]:
    """Campo ligado → cómo se llama lo elegido."""
    return {
        c.clave: nombre_de(session, c.fuente, uno[c.clave])
        for c in registro.campos
        if c.tipo is Tipo.LIGADO and uno.get(c.clave) is not None
    }


def encargos_de(session: Session, *, asunto: str, referencia: str) -> list[Fila]:
    """Los encargos ligados a un nodo, programa, indicador, proyecto o acuerdo."""
    v = tabla(LigaEncargo).c
    suyos = list(
        session.execute(select(v.encargo_id).where(v.asunto == asunto, v.referencia == referencia)).scalars()
    )
    if not suyos:
        return []
    e, filas = tabla(Encargo).c, []
    for clave, registro in REGISTROS.items():
        filas += _completos(session, registro, _consulta().where(e.registro == clave, e.id.in_(suyos)))
    return filas


def por_atender(session: Session) -> list[Fila]:
    """Los que ya vencieron, perdieron vigencia o están por vencer; el más urgente, primero."""
    malos = {str(Estado.critico): 0, str(Estado.riesgo): 1}
    filas = [f for f in todos(session) if f["situacion"][0] in malos]
    return sorted(filas, key=lambda f: (malos[f["situacion"][0]], f["vence"] or date.max))
