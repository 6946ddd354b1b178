"""Los acuerdos: de una sesión, de quien responde o vencidos; y uno con su historia y lo que toca."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.acuerdos import Acuerdo, AvanceAcuerdo, LigaAcuerdo
from db.models.comites import Comite
from db.models.estructura import Dependencia
from db.models.personas import Persona
from db.queries.municipio import aviso_de_plazo, hoy
from db.queries.usuarios import en_utc
from db.rules.acuerdos import VIVOS, por_edad, situacion

Fila = dict[str, Any]


def acuerdos(
    session: Session,
    *,
    sesion_id: int | None = None,
    comite_id: int | None = None,
    vivos: bool = False,
    acuerdo_id: int | None = None,
) -> list[Fila]:
    """Los acuerdos pedidos, por número: con comité, quien responde, situación (estado, palabra) y ligas."""
    a, c, d, p = tabla(Acuerdo), tabla(Comite).c, tabla(Dependencia).c, tabla(Persona).c
    consulta = (
        select(
            a,
            c.nombre.label("comite"),
            c.siglas,
            d.nombre.label("dependencia"),
            d.ente_id,
            d.padre_id.label("general_id"),
            p.nombre.label("persona"),
            p.usuario_id,
        )
        .outerjoin(tabla(Comite), c.id == a.c.comite_id)
        .outerjoin(tabla(Dependencia), d.id == a.c.dependencia_id)
        .outerjoin(tabla(Persona), p.id == a.c.persona_id)
        .order_by(a.c.numero)
    )
    pedidos = ((a.c.sesion_id, sesion_id), (a.c.comite_id, comite_id), (a.c.id, acuerdo_id))
    for columna, valor in pedidos:
        consulta = consulta if valor is None else consulta.where(columna == valor)
    if vivos:
        consulta = consulta.where(a.c.estado.in_(VIVOS))
    ligas, dia, aviso = _ligas(session), hoy(session), aviso_de_plazo(session)
    lista = []
    for f in session.execute(consulta):
        fila = f._asdict() | {"estado": f.estado.value}
        estado, palabra = situacion(fila, dia, aviso)
        responde = " · ".join(x for x in (f.dependencia, f.persona) if x)
        lista.append(
            fila
            | {
                "situacion": (str(estado), palabra),
                "dias": (dia - f.vence).days,
                "responde": responde,
                "ligas": ligas.get(f.id, []),
            }
        )
    return lista


def _ligas(session: Session) -> dict[int, list[Fila]]:
    juntas: dict[int, list[Fila]] = defaultdict(list)
    for f in session.execute(select(tabla(LigaAcuerdo)).order_by(tabla(LigaAcuerdo).c.id)):
        juntas[f.acuerdo_id].append({"asunto": f.asunto, "referencia": f.referencia})
    return dict(juntas)


def acuerdo(session: Session, *, acuerdo_id: int) -> Fila | None:
    """Un acuerdo con su `historia`, la más nueva primero; None si no existe."""
    suyos = acuerdos(session, acuerdo_id=acuerdo_id)
    if not suyos:
        return None
    v = tabla(AvanceAcuerdo)
    filas = session.execute(select(v).where(v.c.acuerdo_id == acuerdo_id).order_by(v.c.id.desc()))
    historia = [f._asdict() | {"momento": en_utc(f.momento), "estado": f.estado.value} for f in filas]
    return suyos[0] | {"historia": historia}


def acuerdos_de(session: Session, *, asunto: str, referencia: str) -> list[Fila]:
    """Los acuerdos ligados a un nodo, programa, indicador o proyecto; el último primero."""
    v = tabla(LigaAcuerdo).c
    suyos = set(
        session.execute(select(v.acuerdo_id).where(v.asunto == asunto, v.referencia == referencia)).scalars()
    )
    return [a for a in reversed(acuerdos(session)) if a["id"] in suyos] if suyos else []


def por_responsable(lista: list[Fila]) -> list[Fila]:
    """Por quien responde: vivos, vencidos, cumplidos y los vivos por `edad`; quien debe más, primero."""
    juntos: dict[str, list[Fila]] = defaultdict(list)
    for a in lista:
        juntos[a["responde"]].append(a)
    filas = [
        {
            "responde": quien,
            "vivos": sum(a["estado"] in VIVOS for a in suyos),
            "vencidos": sum(a["estado"] in VIVOS and a["dias"] > 0 for a in suyos),
            "cumplidos": sum(a["estado"] == "cumplido" for a in suyos),
            "edad": por_edad(suyos),
        }
        for quien, suyos in juntos.items()
    ]
    return sorted(filas, key=lambda f: (-f["vencidos"], -f["vivos"], f["responde"]))
