"""La ficha de un indicador: cómo va, contra qué se compara y sus datos técnicos (PbRM-01d)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseCaptura
from db.models.estructura import Dependencia
from db.models.indicadores import Indicador, ReferenciaIndicador
from db.models.municipio import Ente
from db.models.programas import Programa, Proyecto
from db.models.reconduccion import ClaseRenglon
from db.queries.historia_indicador import fichas_por_anio, historia
from db.queries.indicadores import FichaIndicador, Trimestres, Variable
from db.queries.llano import llano
from db.queries.municipio import bandas
from db.queries.municipio import corte as corte_de
from db.queries.plan import leer_arbol
from db.queries.reconduccion import que_rigen
from db.queries.registro import letras_de
from db.queries.vencimiento import ventanas_cerradas
from db.rules.contribucion import contribuciones, la_que_mas_mueve
from db.rules.estado import Estado
from db.rules.indicador import evaluar_indicador, meta_anual
from db.rules.periodo import Corte, acumular
from db.rules.proyeccion import Proyeccion, proyectar_indicador
from db.rules.tendencia import interanual

TECNICOS = (
    "unidad",
    "dimension",
    "interpretacion",
    "factor_comparacion",
    "descripcion_factor",
    "anio_base",
    "meta_descripcion",
    "fuente",
    "responsable",
    "ambito_geografico",
    "cobertura",
    "medios_verificacion",
)
"""Columnas de la ficha que describen y no cambian ningún resultado."""

Datos = dict[str, Any]


def ficha_indicador(
    session: Session, *, indicador_id: int, anio: int, mes: int | None = None, ente_id: int | None = None
) -> Datos | None:
    """Un indicador al corte con todo lo que lo explica; None si no existe en el ejercicio."""
    corte, _ = corte_de(session, anio, mes)
    fila = _identidad(session, indicador_id, anio, ente_id)
    if fila is None:
        return None
    fichas, gemelos = fichas_por_anio(session, anio, [indicador_id])
    ficha = fichas[anio][indicador_id]
    ventanas = ventanas_cerradas(session, anio, ClaseCaptura.INDICADORES, "trimestre")
    evaluable = ficha.evaluable(corte.mes, ventanas.de(ficha.dependencia_id))
    hoja = evaluar_indicador(evaluable, corte, bandas(session, anio))
    puntos = historia(session, anio=anio, mes=corte.mes, ids=[indicador_id])[indicador_id]
    anteriores = [suyas[gemelos[indicador_id][a]] for a, suyas in fichas.items() if a < anio]
    aportes = contribuciones(evaluable, corte) if _con_resultado(hoja.cumplimiento.estado) else ()
    mayor = la_que_mas_mueve(aportes)
    variables = list(letras_de(session, [indicador_id])[indicador_id].values())
    return {
        **fila,
        **_de_la_ficha(ficha),
        "corte": [corte.anio, corte.mes],
        "programado": hoja.programado_acum,
        "alcanzado": hoja.alcanzado_acum,
        "meta_anual": hoja.meta_anual,
        "meta_anual_original": meta_anual(evaluable, "original"),
        "cumplimiento": llano(hoja.cumplimiento),
        "cumplimiento_original": llano(hoja.cumplimiento_original),
        "variables": [_variable(v, corte) for v in ficha.variables],
        "reconducciones": que_rigen(session, ClaseRenglon.VARIABLE, variables, corte.mes),
        "historia": puntos,
        "interanual": _interanual(puntos, ficha),
        "proyeccion": _proyeccion(ficha, corte, anteriores),
        "contribuciones": [asdict(c) for c in aportes],
        "mayor": mayor.letra if mayor else None,
        "referencias": referencias(session, indicador_id),
        "plan": _ruta(session, corte, ficha.nodo_id),
    }


def _identidad(session: Session, indicador_id: int, anio: int, ente_id: int | None) -> Datos | None:
    """De quién es y sus datos técnicos, por el nombre de su columna."""
    i, p, g, d, e = (tabla(m) for m in (Indicador, Proyecto, Programa, Dependencia, Ente))
    general = d.alias("general")
    consulta = (
        select(
            *(i.c[campo] for campo in TECNICOS),
            i.c.version,
            i.c.ente_id,
            i.c.area,
            i.c.dependencia_id.label("auxiliar_id"),
            d.c.nombre.label("auxiliar"),
            general.c.id.label("dependencia_id"),
            general.c.nombre.label("dependencia"),
            e.c.nombre.label("ente"),
            p.c.clave.label("proyecto"),
            p.c.nombre.label("proyecto_nombre"),
            g.c.clave.label("programa"),
            g.c.nombre.label("programa_nombre"),
            g.c.objetivo.label("programa_objetivo"),
        )
        .join(p, p.c.id == i.c.proyecto_id)
        .join(g, g.c.id == p.c.programa_id)
        .join(d, d.c.id == i.c.dependencia_id)
        .join(general, general.c.id == d.c.padre_id, isouter=True)
        .join(e, e.c.id == i.c.ente_id)
        .where(i.c.id == indicador_id, i.c.anio == anio)
    )
    fila = session.execute(consulta).first()
    if fila is None or ente_id not in (None, fila.ente_id):
        return None
    datos = fila._asdict()
    if datos["dependencia_id"] is None:
        datos |= {"dependencia_id": datos["auxiliar_id"], "dependencia": datos["auxiliar"]}
    return datos


def _de_la_ficha(ficha: FichaIndicador) -> Datos:
    return {
        "id": ficha.id,
        "nombre": ficha.nombre,
        "tipo": ficha.tipo,
        "nivel": ficha.nivel,
        "frecuencia": ficha.frecuencia,
        "sentido": ficha.sentido.value,
        "sentido_confirmado": ficha.sentido_confirmado,
        "formula_texto": ficha.formula_texto,
        "formula": ficha.formula,
        "usa_linea_base": ficha.usa_linea_base,
        "linea_base": ficha.linea_base,
        "linea_base_texto": ficha.linea_base_texto,
    }


def _variable(v: Variable, corte: Corte) -> Datos:
    """Una variable con lo original, lo vigente y lo alcanzado por trimestre, y sus acumulados del año."""

    def anual(valores: Trimestres) -> Any:
        return acumular(valores, v.operacion)

    vigente = v.programado(corte.mes)
    return {
        "letra": v.letra,
        "nombre": v.nombre,
        "unidad": v.unidad,
        "operacion": v.operacion.value,
        "original": v.original,
        "vigente": vigente,
        "alcanzado": v.alcanzado,
        "preliminar": v.preliminar,
        "anual_original": anual(v.original),
        "anual_vigente": anual(vigente),
        "anual_alcanzado": anual(v.alcanzado),
    }


def _con_resultado(estado: Estado) -> bool:
    return estado in (Estado.critico, Estado.riesgo, Estado.adecuado, Estado.sobrecumplido)


def _interanual(puntos: Sequence[Datos], ficha: FichaIndicador) -> list[Datos]:
    """El último cierre de este año contra el mismo de los anteriores."""
    ultimo = max((p["trimestre"] for p in puntos if p["anio"] == puntos[-1]["anio"]), default=None)
    iguales = {p["anio"]: p for p in puntos if p["trimestre"] == ultimo}
    optimo = puntos[-1]["programado"] if puntos else None
    filas = interanual({a: p["alcanzado"] for a, p in iguales.items()}, ficha.sentido, optimo)
    return [
        {"anio": f.anio, "trimestre": ultimo, "valor": f.valor, "cambio": f.cambio, "rumbo": f.rumbo.value}
        for f in filas
    ]


def _proyeccion(ficha: FichaIndicador, corte: Corte, anteriores: Sequence[FichaIndicador]) -> Datos:
    """Valor, rango y método; o la razón de que no haya."""
    hecha = proyectar_indicador(
        ficha.evaluable(corte.mes, frozenset()),
        corte.mes // 3,
        [otra.evaluable(12, frozenset()) for otra in anteriores],
    )
    return asdict(hecha) if isinstance(hecha, Proyeccion) else {"razon": hecha}


def referencias(session: Session, indicador_id: int) -> list[Datos]:
    """Lo que otros reportan del mismo indicador, por serie y periodo."""
    r = tabla(ReferenciaIndicador).c
    consulta = (
        select(r.serie, r.anio, r.trimestre, r.valor, r.fuente)
        .where(r.indicador_id == indicador_id)
        .order_by(r.serie, r.anio, r.trimestre)
    )
    return [fila._asdict() for fila in session.execute(consulta)]


def _ruta(session: Session, corte: Corte, nodo_id: int | None) -> list[Datos]:
    """Del eje al nodo del plan al que sirve; vacío si no tiene o el plan ya no lo trae."""
    arbol = leer_arbol(session, corte)
    if arbol is None or nodo_id not in arbol.por_id:
        return []
    return [{"id": n.id, "clave": n.clave, "nombre": n.nombre} for n in arbol.ruta(nodo_id)]
