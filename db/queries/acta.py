"""El acta de una sesión: su contenido, de lo que pasó o congelado al aprobarla, y su estado."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.sesiones import Acta, CambioActa
from db.queries import sala
from db.queries.usuarios import en_utc
from db.rules.acta import FIJAS
from db.rules.formato import en_zona, fecha, hora
from db.rules.sesiones import CARGOS, TIPOS
from db.rules.votacion import MODOS, SENTIDOS

Fila = dict[str, Any]


def acta(session: Session, *, sesion_id: int) -> Fila | None:
    """El acta con su `contenido` (el congelado si se aprobó) y sus `cambios`; None si no se ha levantado."""
    a, c = tabla(Acta), tabla(CambioActa)
    f = session.execute(select(a).where(a.c.sesion_id == sesion_id)).first()
    if f is None:
        return None
    cambios = session.execute(select(c).where(c.c.acta_id == f.id).order_by(c.c.id.desc()))
    fija = f.estado.value in FIJAS
    return f._asdict() | {
        "estado": f.estado.value,
        "aprobada_en": en_utc(f.aprobada_en) if f.aprobada_en else None,
        "contenido": f.contenido if fija else contenido(session, sesion_id=sesion_id, textos=f.textos),
        "cambios": [k._asdict() | {"estado": k.estado.value, "momento": en_utc(k.momento)} for k in cambios],
    }


def contenido(session: Session, *, sesion_id: int, textos: dict[str, Any]) -> Fila:
    """Todo lo que el acta dice, en tipos de JSON: del proemio a las firmas, con sus acuerdos y anexos.

    `textos` trae lo que la secretaría corrigió: «proemio», «cierre» y «punto/ID».
    """
    una = sala.estado(session, sesion_id=sesion_id, ahora=ahora())
    assert una is not None
    return {
        "titulo": f"Acta de la {una['nombre'][:1].lower()}{una['nombre'][1:]} de {una['comite']}",
        "comite": una["comite"],
        "proemio": textos.get("proemio") or _proemio(una),
        "asistencia": [_asistente(a) for a in una["asientos"] if a["llego_en"]],
        "ausentes": [f"{a['nombre']} ({a['representa']})" for a in una["asientos"] if not a["llego_en"]],
        "quorum": f"{_cual(una['convocatoria'])}: {una['quorum']['frase']}.",
        "puntos": [_punto(p, una, textos) for p in una["puntos"] if p["estado"] != "retirado"],
        "acuerdos": [
            {
                "numero": a["numero"],
                "texto": a["texto"],
                "responde": a["responde"],
                "vence": fecha(a["vence"]),
            }
            for a in una["acuerdos"]
        ],
        "anexos": [
            f"{p['numero']}. {m['titulo']}" + (f" (folio {m['folio']})" if m["folio"] else "")
            for p in una["puntos"]
            if p["estado"] != "retirado"
            for m in p["materiales"]
        ],
        "cierre": textos.get("cierre") or _cierre(una),
        "firmas": [
            {"papel": CARGOS[a["cargo"]].upper(), "nombre": a["nombre"], "cargo": a["representa"]}
            for a in una["asientos"]
            if a["llego_en"]
        ],
    }


def _cual(convocatoria: int) -> str:
    return "Primera convocatoria" if convocatoria == 1 else "Segunda convocatoria"


def _dia(momento: datetime | None) -> str:
    return f"las {hora(momento)} del {fecha(en_zona(momento).date())}" if momento else "—"


def _proemio(una: Fila) -> str:
    corto = (
        f" Se convocó con menos aviso que el de las reglas: {una['aviso_corto']}."
        if una["aviso_corto"]
        else ""
    )
    lugar = f" en {una['lugar']}" if una["lugar"] else ""
    return (
        f"Siendo {_dia(una['abierta_en'])}{lugar}, se reunieron quienes integran {una['comite']} para "
        f"celebrar su sesión {TIPOS[una['tipo']]}, convocada para {_dia(una['prevista'])}.{corto}"
    )


def _cierre(una: Fila) -> str:
    return (
        f"No habiendo otro asunto que tratar, se clausura la sesión a {_dia(una['cerrada_en'])}, y firman "
        "quienes en ella intervinieron."
    )


def _asistente(a: Fila) -> Fila:
    return {
        "nombre": a["nombre"],
        "representa": a["representa"],
        "cargo": CARGOS[a["cargo"]],
        "calidad": a["calidad"],
        "voto": bool(a["voto"]),
        "llego": hora(a["llego_en"]),
        "se_fue": hora(a["se_fue_en"]) if a["se_fue_en"] else "",
    }


def _punto(p: Fila, una: Fila, textos: dict[str, Any]) -> Fila:
    nombres = {a["asiento_id"]: a["nombre"] for a in una["asientos"]}
    return {
        "numero": p["numero"],
        "titulo": p["titulo"],
        "texto": textos.get(f"punto/{p['id']}") or p["sintesis"],
        "id": p["id"],
        "tratado": p["estado"] == "concluido",
        "materiales": [m["titulo"] for m in p["materiales"]],
        "intervenciones": [
            {"nombre": i["nombre"], "texto": i["texto"]}
            for i in una["intervenciones"]
            if i["punto_id"] == p["id"]
        ],
        "votaciones": [
            _votacion(v, nombres)
            for v in una["votaciones"]
            if v["punto_id"] == p["id"] and v["estado"] == "cerrada"
        ],
    }


def _votacion(v: Fila, nombres: dict[int, str]) -> Fila:
    cuenta = v["cuenta"]
    calidad = ", por el voto de calidad de quien preside" if v["de_calidad"] else ""
    return {
        "texto": v["texto"],
        "modo": MODOS[v["modo"]],
        "resultado": (
            f"{'Se aprueba' if v['aprobada'] else 'No se aprueba'}{calidad}: {cuenta['favor']} a favor, "
            f"{cuenta['contra']} en contra, {cuenta['abstencion']} abstenciones, de {v['con_voto']} "
            "presentes con voto"
        ),
        "votos": [
            {"nombre": nombres.get(o["asiento_id"], ""), "sentido": SENTIDOS[o["sentido"]]}
            for o in v["votos"]
        ],
    }
