"""La ficha de un indicador de la Guía Consultiva: qué pide, qué se ha capturado y cómo quedó cada año."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.queries.guia import Guia, leer_guia, nombres_de_dependencias, renglon_de
from db.queries.guia_propuesta import propuesta
from db.rules.formato import numero
from db.rules.guia import COMO_SE_VE, EstadoGuia
from db.rules.guia_evaluacion import OPCION, Ficha, propuestas
from db.rules.permisos import Objeto


def ficha_guia(session: Session, *, anio: int, clave: str) -> dict[str, Any] | None:
    """Todo lo de un indicador en un año, en valores llanos; None si la edición no lo tiene."""
    guia = leer_guia(session, anio)
    fila = next((f for f in guia.filas if f.clave == clave), None) if guia else None
    if guia is None or fila is None:
        return None
    ficha, i = guia.fichas[fila.id], fila.id
    d = guia.diagnostico(i, anio)
    responsable = guia.responsable(i, anio)
    evaluado = guia.serie[anio][i]
    anio_de_elementos = evaluado.desde or anio
    del_sistema = propuesta(session, anio - 1, ficha)
    return {
        **renglon_de(guia, fila, anio, nombres_de_dependencias(session)),
        "edicion": guia.edicion,
        "anio": anio,
        "formula": fila.formula,
        "umbrales": {e: getattr(fila, e) for e in ("optimo", "en_proceso", "rezago")},
        "sin_variables": str(fila.sin_variables),
        "admite_nm": fila.admite_nm,
        "opciones": ficha.umbrales.opciones if not ficha.de_gestion else None,
        "indice": bool(ficha.calculo and ficha.calculo.indice),
        "variables": _variables(guia, ficha, i, anio),
        "en_hueco": evaluado.valor is not None and ficha.umbrales.en_hueco(evaluado.valor),
        "elementos": [_elemento(guia, e, anio_de_elementos) for e in guia.elementos.get(i, ())],
        "serie": _serie(guia, i),
        "no_medible": bool(d and d.no_medible),
        "motivo": d.motivo if d else "",
        "valor": numero(d.valor) if d and d.valor is not None else "",
        "opcion": (d.variables or {}).get(OPCION) if d else None,
        "nota": d.nota if d else "",
        "firma": firma(guia, i, anio),
        "ente_id": ente_de(session, responsable),
        "propuesta": del_sistema,
    }


def firma(guia: Guia, indicador_id: int, anio: int) -> str:
    """La versión de todo lo capturado de un indicador en un año: cambia si alguien cambia cualquier parte."""
    d = guia.diagnostico(indicador_id, anio)
    suyas = [(e.inciso, guia.comprobaciones.get((e.id, anio))) for e in guia.elementos.get(indicador_id, ())]
    partes = [f"{inciso}{c.version}" for inciso, c in suyas if c is not None]
    return "-".join([str(d.version if d else 0), *partes])


def ente_de(session: Session, dependencia_id: int | None) -> int | None:
    """El ente de una dependencia."""
    d = tabla(Dependencia).c
    return session.execute(select(d.ente_id).where(d.id == dependencia_id)).scalar()


def objeto_de(session: Session, dependencia_id: int | None) -> Objeto:
    """A quién pertenece un indicador: sin responsable, sólo lo evalúa quien puede con todos."""
    if dependencia_id is None:
        return Objeto()
    return Objeto(ente_de(session, dependencia_id), frozenset((dependencia_id,)))


def _variables(guia: Guia, ficha: Ficha, indicador_id: int, anio: int) -> list[dict[str, Any]]:
    calculo = ficha.calculo
    if calculo is None:
        return []
    d = guia.diagnostico(indicador_id, anio)
    escritas = (d.variables or {}) if d else {}
    solas = guia.del_tema[anio].get(indicador_id, {})
    sugeridas = propuestas(ficha, _elementos_del_tema(guia, ficha, anio))
    return [
        {
            "letra": v.letra,
            "nombre": v.nombre,
            "automatica": v.letra in solas,
            "valor": _escrito(solas.get(v.letra), escritas.get(v.letra)),
            "sugerida": sugeridas.get(v.letra),
        }
        for v in calculo.variables
    ]


def _escrito(sola: Decimal | None, escrita: str | None) -> str:
    if sola is not None:
        return numero(sola)
    return "" if escrita is None else numero(Decimal(escrita))


def _elementos_del_tema(guia: Guia, ficha: Ficha, anio: int) -> list[tuple[str, bool]]:
    """Los elementos de los indicadores del tema y si se comprueban, en el año en que quedaron en óptimo."""
    juntos = []
    for i, otra in guia.fichas.items():
        if otra.tema == ficha.tema and otra.de_gestion:
            cual = guia.serie[anio][i].desde or anio
            juntos += [(e.texto, _elemento(guia, e, cual)["cumple"]) for e in guia.elementos.get(i, ())]
    return juntos


def _elemento(guia: Guia, elemento: Any, anio: int) -> dict[str, Any]:
    c = guia.comprobaciones.get((elemento.id, anio))
    return {
        "id": elemento.id,
        "inciso": elemento.inciso,
        "texto": elemento.texto,
        "cumple": bool(c and c.cumple),
        "evidencia": c.evidencia if c else "",
        "fecha": c.fecha if c else None,
    }


def _serie(guia: Guia, indicador_id: int) -> list[dict[str, Any]]:
    return [
        {
            "anio": anio,
            "estado": str(hechos[indicador_id].estado),
            "palabra": COMO_SE_VE[EstadoGuia(hechos[indicador_id].estado)].etiqueta,
            "cifra": hechos[indicador_id].cifra,
            "revisado": hechos[indicador_id].revisado,
        }
        for anio, hechos in sorted(guia.serie.items())
    ]
