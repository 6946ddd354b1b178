"""Lo que los documentos necesitan y ninguna pantalla pregunta: membrete, sello, folios y lo ya emitido."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.audit import ultimo_sello
from db.base import tabla
from db.models.captura import Cierre
from db.models.documentos import DocumentoEmitido, EstadoDocumento
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador, VariableIndicador
from db.models.municipio import Administracion, Ejercicio, Ente, Municipio
from db.models.plan import NodoPlan, Plan
from db.models.programas import Programa, Proyecto
from db.queries.avances import meses_cerrados
from db.queries.cierre import meses, vigente
from db.queries.municipio import corte as corte_de
from db.queries.usuarios import en_utc
from db.rules.documentos import folio
from db.rules.formato import mes_anio, mes_nombre
from db.rules.permisos import Objeto


def membrete(session: Session, *, anio: int, ente_id: int | None = None) -> dict[str, Any]:
    """Municipio, estado, número PbRM, imágenes, zona, administración y ente (vacío: todo el municipio)."""
    m, a, j, e = tabla(Municipio).c, tabla(Administracion), tabla(Ejercicio), tabla(Ente).c
    municipio = session.execute(
        select(m.nombre, m.estado, m.numero_pbrm, m.escudo, m.logo, m.zona_horaria)
    ).first()
    administracion = session.execute(
        select(a.c.nombre).join(j, j.c.administracion_id == a.c.id).where(j.c.anio == anio)
    ).scalar()
    ente = None if ente_id is None else session.execute(select(e.nombre).where(e.id == ente_id)).scalar()
    datos = (
        municipio._asdict()
        if municipio
        else dict.fromkeys(("nombre", "estado", "numero_pbrm", "zona_horaria"), "")
        | {"escudo": None, "logo": None}
    )
    return datos | {"ente": ente or "", "administracion": administracion or ""}


def clave_osfem(session: Session, *, ente_id: int) -> str:
    """Con que el órgano de fiscalización nombra al ente; vacía si no se ha escrito."""
    e = tabla(Ente).c
    return session.execute(select(e.clave_osfem).where(e.id == ente_id)).scalar() or ""


def origen(session: Session, *, anio: int, mes: int | None = None) -> dict[str, Any]:
    """De dónde salen las cifras: el cierre vigente del periodo, o el último renglón de la bitácora.

    `cierre_id` y `cierre` (su número) van vacíos si el periodo sigue abierto o se cerró sin congelar, que lo
    dice `cerrado`; `corte` va en palabras.
    """
    cierre = None if mes is None else vigente(session, anio, mes)
    corte = f"Corte: {mes_anio(anio, mes)}" if mes else f"Ejercicio {anio}"
    if cierre is not None:
        return {
            "cierre_id": cierre.id,
            "cierre": cierre.numero,
            "cerrado": True,
            "bitacora_id": cierre.bitacora_id,
            "sello": cierre.sello,
            "corte": f"{corte}, periodo cerrado",
        }
    sello = ultimo_sello(session) or {"id": 0, "huella": ""}
    cerrado = mes is not None and mes in meses_cerrados(session, anio)
    como = "cerrado sin congelar" if cerrado else "abierto"
    return {
        "cierre_id": None,
        "cierre": None,
        "cerrado": cerrado,
        "bitacora_id": sello["id"],
        "sello": sello["huella"],
        "corte": f"{corte}, periodo {como}" if mes else corte,
    }


def folios(session: Session, *, clase: str, anio: int, borrador: bool, cuantos: int) -> list[str]:
    """Los folios que siguen de una clase en un ejercicio."""
    d = tabla(DocumentoEmitido).c
    estado = EstadoDocumento.BORRADOR if borrador else EstadoDocumento.EMITIDO
    consulta = select(func.count()).where(d.clase == clase, d.anio == anio, d.estado == estado)
    ya = session.execute(consulta).scalar_one()
    return [folio(clase, anio, ya + i, borrador) for i in range(1, cuantos + 1)]


def emitidos(session: Session, *, anio: int, clase: str = "", limite: int = 300) -> list[dict[str, Any]]:
    """Lo que ha salido en un ejercicio, lo último primero, con su ente, su dependencia y su cierre."""
    d = tabla(DocumentoEmitido).c
    consulta = _renglones().where(d.anio == anio).order_by(d.id.desc()).limit(limite)
    if clase:
        consulta = consulta.where(d.clase == clase)
    return [_emitido(f) for f in session.execute(consulta)]


def _renglones() -> Any:
    d, e, u, c = tabla(DocumentoEmitido), tabla(Ente), tabla(Dependencia), tabla(Cierre)
    return (
        select(
            d,
            e.c.nombre.label("ente"),
            u.c.nombre.label("dependencia"),
            u.c.padre_id,
            c.c.numero.label("cierre"),
        )
        .outerjoin(e, e.c.id == d.c.ente_id)
        .outerjoin(u, u.c.id == d.c.dependencia_id)
        .outerjoin(c, c.c.id == d.c.cierre_id)
    )


def _emitido(fila: Any) -> dict[str, Any]:
    estado = EstadoDocumento(fila.estado)
    llano: dict[str, Any] = fila._asdict()
    return llano | {"estado": estado.value, "emitido_en": en_utc(fila.emitido_en)}


def emitido(session: Session, *, documento_id: int) -> dict[str, Any] | None:
    """Un documento del registro; None si no existe."""
    fila = session.execute(_renglones().where(tabla(DocumentoEmitido).c.id == documento_id)).first()
    return None if fila is None else _emitido(fila)


def de_quien(session: Session, *, ente_id: int | None, dependencia_id: int | None) -> Objeto:
    """El ente y las dependencias (la suya y su superior) de que trata un documento."""
    d = tabla(Dependencia).c
    consulta = select(d.id, d.padre_id, d.ente_id).where(d.id == dependencia_id)
    area = None if dependencia_id is None else session.execute(consulta).first()
    if area is None:
        return Objeto(ente_id)
    return Objeto(area.ente_id, frozenset(i for i in (area.id, area.padre_id) if i is not None))


def alcances(session: Session, *, anio: int) -> dict[str, Any]:
    """Lo que se puede elegir en un ejercicio: dependencias generales, programas, proyectos y ejes.

    `meses` son sus periodos, con «cerrado» o «abierto», y `mes` el corte que toca.
    """
    d, p, y, n = tabla(Dependencia).c, tabla(Programa).c, tabla(Proyecto), tabla(NodoPlan)
    plan, j = tabla(Plan), tabla(Ejercicio)
    generales = select(d.id, d.ente_id, d.clave, d.nombre).where(d.padre_id.is_(None), d.activa)
    proyectos = (
        select(y.c.clave, y.c.nombre, p.clave.label("programa"))
        .join(tabla(Programa), p.id == y.c.programa_id)
        .where(y.c.anio == anio)
    )
    ejes = (
        select(n.c.id, n.c.clave, n.c.nombre)
        .join(plan, plan.c.id == n.c.plan_id)
        .join(j, j.c.administracion_id == plan.c.administracion_id)
        .where(j.c.anio == anio, n.c.padre_id.is_(None))
    )
    programas = select(p.clave, p.nombre).where(p.anio == anio)
    pares = {
        "dependencias": generales.order_by(d.ente_id, d.clave),
        "programas": programas.order_by(p.clave),
        "proyectos": proyectos.order_by(y.c.clave),
        "ejes": ejes.order_by(n.c.orden),
    }
    elegibles: dict[str, Any] = {
        nombre: [f._asdict() for f in session.execute(c)] for nombre, c in pares.items()
    }
    cerrados = meses_cerrados(session, anio)
    return elegibles | {
        "meses": {
            mes: f"{mes_nombre(mes).capitalize()}, {'cerrado' if mes in cerrados else 'abierto'}"
            for mes in meses(session, anio)
        },
        "mes": corte_de(session, anio)[0].mes,
    }


def nombre_de_dependencia(session: Session, *, dependencia_id: int) -> str:
    """«A00 Presidencia»; vacío si no existe."""
    d = tabla(Dependencia).c
    fila = session.execute(select(d.clave, d.nombre).where(d.id == dependencia_id)).first()
    return f"{fila.clave} {fila.nombre}" if fila else ""


def nombres_de_variables(session: Session, *, anio: int) -> dict[int, str]:
    """Id → nombre de las variables de los indicadores de un ejercicio."""
    v, i = tabla(VariableIndicador), tabla(Indicador)
    consulta = select(v.c.id, v.c.nombre).join(i, i.c.id == v.c.indicador_id).where(i.c.anio == anio)
    return {f.id: f.nombre for f in session.execute(consulta)}
