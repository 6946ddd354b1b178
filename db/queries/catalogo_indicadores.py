"""Todos los indicadores de un ejercicio, para buscarlos, filtrarlos y juntar su cumplimiento."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.indicadores import AlineacionIndicador
from db.models.plan import Alineacion
from db.queries.evaluacion import RAIZ, Evaluacion, evaluar
from db.queries.historia_indicador import cierres, punto
from db.queries.indicadores import FichaIndicador
from db.queries.llano import con_cobertura, ligero, llano
from db.rules.atencion import necesidad
from db.rules.banda import Banda
from db.rules.consolidar import Ajustes, Hoja, Rama, consolidar
from db.rules.estado import Estado
from db.rules.hoja import HojaEvaluada
from db.rules.periodo import Corte
from db.rules.resultado import Detalle, Resultado
from db.rules.texto import llave

Renglon = Mapping[str, Any]

FORMULA, SENTIDO = "formula", "sentido"
"""Lo que puede faltarle confirmar a una ficha."""


@dataclass(frozen=True, slots=True)
class FiltroIndicadores:
    """Lo elegido; vacío es todo. `dependencia` es una general; `por_confirmar`, fórmula o sentido."""

    texto: str = ""
    sentido: str | None = None
    frecuencia: str | None = None
    nivel: str | None = None
    programa: str | None = None
    ods: str | None = None
    dependencia: int | None = None
    por_confirmar: str | None = None


def renglon_de_indicador(evaluacion: Evaluacion, ficha: FichaIndicador, hoja: HojaEvaluada) -> dict[str, Any]:
    """Un indicador en una lista: cómo va y su tendencia, sin explicaciones."""
    unidad, proyecto = evaluacion.unidades[ficha.dependencia_id], evaluacion.proyectos[ficha.proyecto_id]
    return {
        "id": ficha.id,
        "nombre": ficha.nombre,
        "busqueda": llave(f"{ficha.nombre} {proyecto.clave} {proyecto.nombre} {unidad.general}"),
        "tipo": ficha.tipo,
        "nivel": ficha.nivel,
        "unidad": ficha.unidad,
        "frecuencia": ficha.frecuencia,
        "sentido": ficha.sentido.value,
        "por_confirmar": [
            que
            for que, falta in ((FORMULA, ficha.formula is None), (SENTIDO, not ficha.sentido_confirmado))
            if falta
        ],
        "programa": proyecto.programa,
        "programa_nombre": proyecto.programa_nombre,
        "proyecto": proyecto.clave,
        "dependencia": unidad.general,
        "dependencia_id": unidad.general_id,
        "programado": hoja.programado_acum,
        "alcanzado": hoja.alcanzado_acum,
        "cumplimiento": ligero(llano(hoja.cumplimiento)),
        "historia": [
            punto(evaluacion.fichas(3 * t)[ficha.clave], evaluacion.anio, t)
            for t in cierres(ficha.frecuencia, evaluacion.corte.mes)
        ],
    }


def catalogo(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """Cada indicador al corte, primero el que más atención pide, y lo que se puede elegir para filtrar."""
    evaluacion = evaluar(session, anio, mes, ente_id)
    hojas, por_ods, ods = evaluacion.fichas(), *_ods(session, evaluacion)
    renglones = [
        {**renglon_de_indicador(evaluacion, f, hojas[f.clave]), "ods": sorted(por_ods[f.id], key=_orden)}
        for f in sorted(evaluacion.indicadores, key=lambda f: necesidad(hojas[f.clave].cumplimiento))
    ]
    ajustes = evaluacion.ajustes
    return {
        "corte": [evaluacion.corte.anio, evaluacion.corte.mes],
        "renglones": renglones,
        "programas": dict(sorted({r["programa"]: r["programa_nombre"] for r in renglones}.items())),
        "dependencias": {r["dependencia_id"]: r["dependencia"] for r in renglones},
        "ods": {clave: ods[clave] for clave in sorted(ods, key=_orden)},
        "ajustes": (ajustes.vencido_cuenta_cero, ajustes.cobertura_minima, ajustes.alguno_validado),
        "bandas": [{**asdict(b), "equivale": b.equivale.value} for b in evaluacion.bandas],
    }


def _orden(clave: str) -> tuple[int, str]:
    """Las claves de ODS son números: 2 va antes que 10."""
    return (int(clave) if clave.isdecimal() else 99, clave)


def _ods(session: Session, evaluacion: Evaluacion) -> tuple[dict[int, set[str]], dict[str, str]]:
    """Los ODS de cada indicador: los suyos o, si no tiene, los del nodo más cercano de su rama del plan."""
    ai, a, e = tabla(AlineacionIndicador), tabla(Alineacion), tabla(EntradaCatalogo)
    nombres = {
        f.clave: f.nombre
        for f in session.execute(select(e.c.clave, e.c.nombre).where(e.c.catalogo == NombreCatalogo.ODS))
    }
    de_ods = e.c.catalogo.in_((NombreCatalogo.ODS, NombreCatalogo.ODS_META))
    propios: dict[int, set[str]] = defaultdict(set)
    de_nodo: dict[int, set[str]] = defaultdict(set)
    for destino, madre, columna in ((propios, ai, ai.c.indicador_id), (de_nodo, a, a.c.nodo_id)):
        consulta = select(columna, e.c.clave).join(e, e.c.id == madre.c.entrada_id).where(de_ods)
        for identidad, clave in session.execute(consulta):
            destino[identidad].add(clave.split(".")[0])
    arbol = evaluacion.arbol
    for ficha in evaluacion.indicadores:
        if ficha.id in propios or arbol is None or ficha.nodo_id not in arbol.por_id:
            continue
        rama = [n.id for n in reversed(arbol.ruta(ficha.nodo_id))]
        cercano = next((nodo for nodo in rama if nodo in de_nodo), None)
        propios[ficha.id] = set() if cercano is None else de_nodo[cercano]
    usados = {clave for claves in propios.values() for clave in claves}
    return propios, {clave: nombres.get(clave, "") for clave in usados}


def filtrar(renglones: Sequence[Renglon], filtro: FiltroIndicadores) -> list[Renglon]:
    """Los que cumplen todo lo elegido; el texto busca todas sus palabras sin acentos."""
    palabras = llave(filtro.texto).split()
    return [
        r
        for r in renglones
        if filtro.sentido in (None, r["sentido"])
        and filtro.frecuencia in (None, r["frecuencia"])
        and filtro.nivel in (None, r["nivel"])
        and filtro.programa in (None, r["programa"])
        and filtro.dependencia in (None, r["dependencia_id"])
        and (filtro.ods is None or filtro.ods in r["ods"])
        and (filtro.por_confirmar is None or filtro.por_confirmar in r["por_confirmar"])
        and all(palabra in r["busqueda"] for palabra in palabras)
    ]


def por_estado(renglones: Sequence[Renglon]) -> dict[str, int]:
    """Cuántos hay en cada estado."""
    return dict(Counter(r["cumplimiento"]["estado"] for r in renglones))


def conjunto(catalogo: Renglon, renglones: Sequence[Renglon]) -> dict[str, Any]:
    """El cumplimiento de los elegidos, con pesos iguales, y su cobertura (calculo.md §4)."""
    cero, minima, alguno = catalogo["ajustes"]
    reglas = tuple(Banda(**{**b, "equivale": Estado(b["equivale"])}) for b in catalogo["bandas"])
    sin_explicar = Resultado(None, Estado.sin_meta, Detalle("no aplica"))
    hojas = tuple(
        Hoja(
            f"i{r['id']}",
            r["nombre"],
            None,
            Resultado(r["cumplimiento"]["valor"], Estado(r["cumplimiento"]["estado"]), Detalle("")),
            sin_explicar,
            None,
        )
        for r in renglones
    )
    ajustes = Ajustes(vencido_cuenta_cero=cero, cobertura_minima=minima, alguno_validado=alguno)
    rama = Rama(RAIZ, "Indicadores", None, hojas)
    return con_cobertura(consolidar(rama, ajustes, reglas, Corte(*catalogo["corte"]))[RAIZ])
