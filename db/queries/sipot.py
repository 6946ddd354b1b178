"""Lo que se carga en la Plataforma Nacional de Transparencia, con los títulos de sus columnas."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.indicadores import Indicador
from db.models.programas import Programa, Proyecto
from db.queries.documentos import nombre_de_dependencia
from db.queries.evaluacion import Evaluacion, evaluar
from db.queries.figuras import figuras
from db.queries.historia_indicador import HUECOS
from db.queries.indicadores import FichaIndicador
from db.queries.matriz import Alcance, agrupar
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import nombres
from db.queries.titulares import la_que_es
from db.rules import sipot as reglas
from db.rules.cumplimiento import Sentido
from db.rules.eaepe import de_momentos
from db.rules.estado import Estado
from db.rules.formato import numero
from db.rules.indicador import meta_anual
from db.rules.periodo import ultimo_dia
from db.rules.titular import TESORERIA, UIPPE

Fila = dict[str, reglas.Valor]

SENTIDO = {Sentido.ascendente: "Ascendente", Sentido.descendente: "Descendente"}


def indicadores(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, hoy: date
) -> list[Fila]:
    """Un renglón por indicador; en un periodo cerrado el avance es el congelado."""
    evaluacion = evaluar(session, anio, mes, ente_id)
    congeladas = figuras(session, anio=anio, mes=evaluacion.corte.mes, ente_id=ente_id)["indicador"]
    textos = _textos(session, [ficha.id for ficha in evaluacion.indicadores])
    return [
        _renglon(evaluacion, ficha, textos[ficha.id], congeladas.get(str(ficha.id)), hoy)
        for ficha in evaluacion.indicadores
    ]


def _textos(session: Session, ids: list[int]) -> dict[int, Any]:
    i, p, g = tabla(Indicador), tabla(Proyecto), tabla(Programa)
    consulta = (
        select(
            *(i.c[c] for c in ("id", "dimension", "interpretacion", "fuente", "medios_verificacion")),
            g.c.nombre.label("programa"),
            g.c.objetivo,
        )
        .join(p, p.c.id == i.c.proyecto_id)
        .join(g, g.c.id == p.c.programa_id)
        .where(i.c.id.in_(ids))
    )
    return {fila.id: fila for fila in session.execute(consulta)}


def _renglon(
    evaluacion: Evaluacion, ficha: FichaIndicador, textos: Any, congelada: dict[str, Any] | None, hoy: date
) -> Fila:
    corte, unidad = evaluacion.corte, evaluacion.unidades[ficha.dependencia_id]
    evaluable = ficha.evaluable(corte.mes, frozenset())
    original, vigente = meta_anual(evaluable, "original"), meta_anual(evaluable)
    alcanzado = _alcanzado(congelada)
    sentido = SENTIDO.get(ficha.sentido)
    base = ficha.linea_base_texto or (numero(ficha.linea_base) if ficha.linea_base is not None else "")
    ajustada = numero(vigente) if vigente != original else None
    variables = "; ".join(f"{v.letra}: {v.nombre}" for v in ficha.variables)
    fila: Fila = {
        **_periodo(corte.anio, corte.mes),
        "Nombre del programa o concepto al que corresponde el indicador": textos.programa,
        "Objetivo institucional": textos.objetivo,
        "Nombre(s) del(os) indicador(es)": ficha.nombre,
        "Dimensión(es) a medir": textos.dimension,
        "Definición del indicador": textos.interpretacion,
        "Método de cálculo con variables de la fórmula": f"{ficha.formula_texto}. {variables}".strip(". "),
        "Unidad de medida": ficha.unidad or next((v.unidad for v in ficha.variables), ""),
        "Frecuencia de medición": ficha.frecuencia.capitalize(),
        "Línea base": base,
        "Metas programadas": numero(original) if original is not None else None,
        reglas.AJUSTADAS: ajustada,
        reglas.AVANCE: numero(alcanzado) if alcanzado is not None else None,
        reglas.SENTIDO: sentido,
        "Fuente de información": textos.fuente or textos.medios_verificacion,
        reglas.AREA: unidad.nombre,
        reglas.ACTUALIZADO: hoy,
    }
    return {**fila, reglas.NOTA: nota(fila, ficha.sentido)}


def _alcanzado(figura: dict[str, Any] | None) -> Decimal | None:
    """Lo alcanzado si es cifra oficial; lo incompleto o por validar no se publica."""
    if (
        figura is None
        or figura["alcanzado_acum"] is None
        or Estado(figura["cumplimiento"]["estado"]) in HUECOS
    ):
        return None
    return Decimal(figura["alcanzado_acum"])


def nota(fila: Fila, sentido: Sentido) -> str:
    """Por qué va vacía cada celda que va vacía."""
    dichas = {
        reglas.AJUSTADAS: "no se ajustó la meta en el periodo",
        reglas.AVANCE: "sin resultado validado al corte",
        reglas.SENTIDO: f"el comportamiento del indicador es {sentido.value}",
    }
    partes = [
        f"{titulo}: {dichas.get(titulo, 'la ficha técnica no lo registra')}"
        for titulo, valor in fila.items()
        if not reglas.escrito(valor).strip()
    ]
    return f"{'. '.join(partes)}." if partes else ""


def egresos(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, hoy: date, liga: str
) -> tuple[list[Fila], list[Fila]]:
    """El renglón del periodo y su tabla por capítulo; sin presupuesto al corte, nada."""
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    montos = {codigo: de_momentos(m) for (codigo,), m in agrupar(session, alcance, ("capitulo",), {}).items()}
    if not montos:
        return [], []
    como = nombres(session, anio, "capitulo", montos)
    quien = la_que_es(session, papel=TESORERIA, ente_id=ente_id) or la_que_es(session, papel=UIPPE)
    importes = [c.titulo for c in reglas.TABLA_CAPITULOS.columnas[3:]]
    secundarias: list[Fila] = [
        {
            reglas.ID: 1,
            reglas.TABLA_CAPITULOS.columnas[1].titulo: codigo,
            reglas.TABLA_CAPITULOS.columnas[2].titulo: como.get(codigo, ""),
            **dict(zip(importes, _en_pesos(montos[codigo]), strict=True)),
        }
        for codigo in sorted(montos)
    ]
    fila: Fila = {
        **_periodo(anio, corte.mes),
        reglas.CAPITULOS: 1,
        reglas.EGRESOS.columnas[4].titulo: liga,
        reglas.AREA: nombre_de_dependencia(session, dependencia_id=quien) if quien else "",
        reglas.ACTUALIZADO: hoy,
        reglas.NOTA: "" if liga else "El estado analítico se publica junto con este formato.",
    }
    return [fila], secundarias


def _en_pesos(importes: Any) -> list[reglas.Valor]:
    campos = ("aprobado", "ampliaciones_reducciones", "modificado", "devengado", "pagado", "subejercicio")
    return [reglas.pesos(getattr(importes, campo)) for campo in campos]


def _periodo(anio: int, mes: int) -> Fila:
    return {
        reglas.EJERCICIO: str(anio),
        reglas.INICIO: reglas.inicio_del_trimestre(anio, mes),
        reglas.FIN: ultimo_dia(anio, mes),
    }
