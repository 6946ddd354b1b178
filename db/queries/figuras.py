"""Las cifras de un corte para los documentos: las congeladas si el periodo está cerrado; si no, las de hoy.

Las dos tienen la misma forma, así que un documento no sabe de cuál salió, y de un periodo cerrado sale
siempre el mismo.
"""

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import AsuntoInstantanea, Cierre, Instantanea, Periodo
from db.queries.cierre import SIN_CONSOLIDAR, desplegador, vigente
from db.queries.llano import ligero, llano
from db.queries.por_congelar import de_un_alcance
from db.rules.resultado import Resultado

Figura = dict[str, Any]
Figuras = dict[str, dict[str, Figura]]
"""Asunto → referencia → figura: `ente_id`, `nombre` y lo que `db.queries.por_congelar` escribe, con cada
resultado como `db.queries.llano.ligero` (valor Decimal, estado, palabra, icono y cifra escrita)."""


def figuras(session: Session, *, anio: int, mes: int, ente_id: int | None = None) -> Figuras:
    """Todas las cifras de un ente (vacío: lo consolidado) a un corte, por asunto y referencia.

    Metas, indicadores y dependencias van con las de todos los entes si se pide lo consolidado. El dinero
    va en centavos, bajo «total», «programa/CLAVE», «nodo/ID» y, sin ente, «consolidado» (sin transferencias
    entre entes).
    """
    cierre = vigente(session, anio, mes)
    if cierre is not None:
        renglones = _congelados(session, cierre.id, ente_id)
    else:
        renglones = [
            (c.ente_id, c.asunto, c.referencia, c.nombre, c.resultado)
            for c in de_un_alcance(session, anio, mes, ente_id)
        ]
    juntas: Figuras = {asunto.value: {} for asunto in AsuntoInstantanea}
    for ente, asunto, referencia, nombre, resultado in renglones:
        suya = {campo: ligera(valor) for campo, valor in resultado.items()}
        juntas[AsuntoInstantanea(asunto).value][referencia] = {"ente_id": ente, "nombre": nombre, **suya}
    return juntas


def del_cierre_anterior(session: Session, *, anio: int, mes: int) -> dict[str, Figura]:
    """Las metas de todos los entes en el cierre del trimestre anterior que había al hacerse el de `mes`.

    Vacío si el periodo está abierto o no hubo anterior.
    """
    p, c, cierre = tabla(Periodo).c, tabla(Cierre).c, vigente(session, anio, mes)
    if cierre is None:
        return {}
    consulta = select(c.id).join(tabla(Periodo), p.id == c.periodo_id).order_by(c.numero.desc())
    previo = session.execute(consulta.where(p.anio == anio, p.mes == mes - 3, c.id < cierre.id)).scalar()
    if previo is None:
        return {}
    metas = AsuntoInstantanea.META
    return {f[2]: f[4] for f in _congelados(session, previo, None) if AsuntoInstantanea(f[1]) is metas}


def ligera(valor: Any) -> Any:
    """Un resultado guardado, listo para escribirse y sin su explicación; lo demás, igual."""
    if isinstance(valor, dict) and "detalle" in valor:
        return ligero(llano(Resultado.de_dict(valor)))
    return valor


def _congelados(session: Session, cierre_id: int, ente_id: int | None) -> list[Any]:
    i = tabla(Instantanea).c
    suyas = i.ente_id.is_not_distinct_from(ente_id)
    if ente_id is None:
        suyas = or_(suyas, i.asunto.in_(SIN_CONSOLIDAR))
    consulta = select(i.ente_id, i.asunto, i.referencia, i.nombre, i.resultado)
    entero = desplegador(session, cierre_id)
    filas = session.execute(consulta.where(i.cierre_id == cierre_id, suyas).order_by(i.id))
    return [(f.ente_id, f.asunto, f.referencia, f.nombre, entero(f.resultado)) for f in filas]
