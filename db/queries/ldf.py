"""El gasto etiquetado y el no etiquetado, por separado, como lo pide la Ley de Disciplina Financiera."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from db.models.presupuesto import ClasificacionEaepe
from db.queries.eaepe import de_claves, nombre_de_ente, periodo
from db.queries.matriz import FONDO, Alcance, agrupar
from db.queries.municipio import corte as corte_de
from db.rules import ldf as reglas
from db.rules.eaepe import de_momentos, sumar, total
from db.rules.matriz import clave_funcional

Datos = dict[str, Any]

CAPITULO_DE_NOMINA = {"capitulo": "1000"}


def detallado(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, clasificacion: str
) -> Datos:
    """El estado detallado de una clasificación al corte, en dos partes.

    `partes`: por cada una de `reglas.PARTES`, sus `renglones` llanos (clave, concepto, nivel e importes en
    centavos) y su `total`; `total` es el de las dos y `sin_fuente` lo que no trae una fuente reconocida.
    """
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    partes = {
        parte: _parte(session, alcance, clasificacion, principio)
        for parte, (principio, _) in reglas.PARTES.items()
    }
    de_nomina = CAPITULO_DE_NOMINA if clasificacion == reglas.SERVICIOS_PERSONALES else {}
    todo = sumar(de_momentos(m) for m in agrupar(session, alcance, (), de_nomina).values())
    clasificado = sumar(p["suma"] for p in partes.values())
    return {
        "ente": nombre_de_ente(session, alcance.entes),
        "periodo": periodo(anio, corte.mes),
        "mes": corte.mes,
        "partes": {
            cual: {"renglones": p["renglones"], "total": asdict(p["suma"])} for cual, p in partes.items()
        },
        "total": asdict(clasificado),
        "sin_fuente": asdict(todo - clasificado),
    }


def _parte(session: Session, alcance: Alcance, clasificacion: str, principio: str) -> Datos:
    filtros = {FONDO: principio}
    if clasificacion == reglas.SERVICIOS_PERSONALES:
        gasto = agrupar(session, alcance, ("funcion",), {**filtros, **CAPITULO_DE_NOMINA})
        hojas = {clave_funcional(codigo): de_momentos(m) for (codigo,), m in gasto.items()}
        renglones = reglas.por_categoria(hojas)
    else:
        renglones = de_claves(session, alcance, ClasificacionEaepe(clasificacion), filtros)
    return {
        "renglones": [
            {"clave": r.clave, "concepto": r.concepto, "nivel": r.nivel, **asdict(r.importes)}
            for r in renglones
        ],
        "suma": total(renglones),
    }
