"""La Guía Consultiva en un año: el estado de cada indicador y su ficha."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.estructura import Dependencia
from db.models.guia import ComprobacionGuia, DiagnosticoGuia, ElementoGuia, IndicadorGuia
from db.models.municipio import Ente, TipoEnte
from db.rules.guia import COMO_SE_VE, EstadoGuia, anios_de, edicion_para, es_de_la_unidad
from db.rules.guia_evaluacion import Dato, Evaluado, Ficha, arrastrar, automaticas, evaluar

CAMPOS_DE_FICHA = tuple(Ficha.__slots__)


@dataclass(slots=True)
class Guia:
    """Una edición con todo lo capturado hasta un año; `serie[año][id]` es cada evaluación."""

    edicion: str
    filas: list[Any]
    fichas: dict[int, Ficha]
    elementos: dict[int, list[Any]]
    serie: dict[int, dict[int, Evaluado]]
    diagnosticos: dict[tuple[int, int], Any]
    comprobaciones: dict[tuple[int, int], Any]
    """(elemento, año) → comprobación."""
    del_tema: dict[int, dict[int, dict[str, Decimal]]]
    """Año → indicador → variables que salen de otros indicadores."""

    def diagnostico(self, indicador_id: int, anio: int) -> Any | None:
        return self.diagnosticos.get((indicador_id, anio))

    def responsable(self, indicador_id: int, anio: int) -> int | None:
        """La dependencia de ese año o, si no se ha dicho, la del año anterior más cercano."""
        for cual in range(anio, min(self.serie) - 1, -1):
            if (dicho := self.diagnostico(indicador_id, cual)) and dicho.dependencia_id:
                return int(dicho.dependencia_id)
        return None


def ediciones(session: Session) -> list[str]:
    """Las ediciones cargadas, de la más vieja a la más nueva."""
    g = tabla(IndicadorGuia).c
    return list(session.execute(select(g.edicion).distinct().order_by(g.edicion)).scalars())


def leer_guia(session: Session, anio: int) -> Guia | None:
    """La edición que rige el año, evaluada desde su primer año; None si ninguna lo cubre."""
    edicion = edicion_para(anio, ediciones(session))
    if edicion is None:
        return None
    g, e = tabla(IndicadorGuia), tabla(ElementoGuia)
    filas = list(session.execute(select(g).where(g.c.edicion == edicion).order_by(g.c.orden)))
    elementos: dict[int, list[Any]] = defaultdict(list)
    suyos = select(e).join(g, g.c.id == e.c.indicador_guia_id).where(g.c.edicion == edicion)
    for elemento in session.execute(
        suyos.order_by(e.c.indicador_guia_id, func.length(e.c.inciso), e.c.inciso)
    ):
        elementos[elemento.indicador_guia_id].append(elemento)
    fichas = {f.id: Ficha(**{campo: getattr(f, campo) for campo in CAMPOS_DE_FICHA}) for f in filas}
    anios = range(anios_de(edicion).start, anio + 1)
    guia = Guia(
        edicion, filas, fichas, dict(elementos), {},
        _diagnosticos(session, edicion, anios), _comprobaciones(session, edicion, anios), {},
    )  # fmt: skip
    for cual in anios:
        _evaluar_anio(guia, cual)
    return guia


def _diagnosticos(session: Session, edicion: str, anios: range) -> dict[tuple[int, int], Any]:
    d, g = tabla(DiagnosticoGuia), tabla(IndicadorGuia)
    consulta = select(d).join(g, g.c.id == d.c.indicador_guia_id).where(g.c.edicion == edicion)
    consulta = consulta.where(d.c.anio >= anios.start, d.c.anio < anios.stop)
    return {(f.indicador_guia_id, f.anio): f for f in session.execute(consulta)}


def _comprobaciones(session: Session, edicion: str, anios: range) -> dict[tuple[int, int], Any]:
    c, e, g = tabla(ComprobacionGuia), tabla(ElementoGuia), tabla(IndicadorGuia)
    consulta = (
        select(c)
        .join(e, e.c.id == c.c.elemento_id)
        .join(g, g.c.id == e.c.indicador_guia_id)
        .where(g.c.edicion == edicion, c.c.anio >= anios.start, c.c.anio < anios.stop)
    )
    return {(f.elemento_id, f.anio): f for f in session.execute(consulta)}


def _evaluar_anio(guia: Guia, anio: int) -> None:
    """Primero los de gestión: de ellos salen variables de los índices."""
    previos = guia.serie.get(anio - 1, {})
    hechos: dict[int, Evaluado] = {}
    guia.serie[anio], guia.del_tema[anio] = hechos, {}
    for i, ficha in sorted(guia.fichas.items(), key=lambda par: not par[1].de_gestion):
        solas: dict[str, Decimal] = {}
        if not ficha.de_gestion:
            solas = automaticas(
                ficha,
                ((f.nombre, hechos[j].estado) for j, f in guia.fichas.items() if _hermano(f, ficha)),
            )
            guia.del_tema[anio][i] = solas
        ahora = evaluar(ficha, len(guia.elementos.get(i, ())), _dato(guia, i, anio), solas)
        hechos[i] = arrastrar(ficha, ahora, previos.get(i), anio - 1)


def _hermano(otra: Ficha, ficha: Ficha) -> bool:
    return otra.de_gestion and otra.tema == ficha.tema


def _dato(guia: Guia, indicador_id: int, anio: int) -> Dato:
    d = guia.diagnostico(indicador_id, anio)
    suyas = [guia.comprobaciones.get((e.id, anio)) for e in guia.elementos.get(indicador_id, ())]
    cumplen = sum(c is not None and c.cumple for c in suyas)
    if d is None:
        return Dato(revisado=any(suyas), cumplen=cumplen)
    revisado = bool(any(suyas) or d.no_medible or d.valor is not None or d.variables)
    return Dato(revisado, d.no_medible, d.valor, d.variables or {}, cumplen)


def guia_del_anio(session: Session, *, anio: int) -> dict[str, Any]:
    """Todos los indicadores con su estado en el año y en el anterior; `edicion` None si no hay guía."""
    guia = leer_guia(session, anio)
    if guia is None:
        return {"edicion": None, "ediciones": ediciones(session), "indicadores": [], "dependencias": {}}
    nombres = nombres_de_dependencias(session)
    renglones = [renglon_de(guia, fila, anio, nombres) for fila in guia.filas]
    return {
        "edicion": guia.edicion,
        "ediciones": ediciones(session),
        "hay_previo": anio - 1 in guia.serie,
        "indicadores": renglones,
        "dependencias": nombres,
    }


def renglon_de(guia: Guia, fila: Any, anio: int, nombres: Mapping[int, str]) -> dict[str, Any]:
    ahora = guia.serie[anio][fila.id]
    previo = guia.serie.get(anio - 1, {}).get(fila.id)
    responsable = guia.responsable(fila.id, anio)
    return {
        "id": fila.id,
        "clave": fila.clave,
        "nombre": fila.nombre,
        "modulo": fila.modulo,
        "modulo_nombre": fila.modulo_nombre,
        "tema": fila.tema,
        "tema_nombre": fila.tema_nombre,
        "tipo": str(fila.tipo),
        "revision": fila.revision,
        "de_la_unidad": es_de_la_unidad(fila.clave),
        "busqueda": fila.busqueda,
        "dependencia_id": responsable,
        "dependencia": nombres.get(responsable or 0, ""),
        "previo": None if previo is None else str(previo.estado),
        **_llano(ahora),
    }


def _llano(e: Evaluado) -> dict[str, Any]:
    como = COMO_SE_VE[EstadoGuia(e.estado)]
    return {
        "estado": str(e.estado),
        "palabra": como.palabra,
        "icono": como.icono,
        "cifra": e.cifra,
        "revisado": e.revisado,
        "desde": e.desde,
    }


def nombres_de_dependencias(session: Session) -> dict[int, str]:
    """Las dependencias generales activas, que pueden reunir evidencia; la de un organismo dice de cuál es."""
    d, e = tabla(Dependencia), tabla(Ente)
    consulta = select(d.c.id, d.c.nombre, e.c.nombre, e.c.tipo).join(e, e.c.id == d.c.ente_id)
    filas = session.execute(
        consulta.where(d.c.padre_id.is_(None), d.c.activa).order_by(d.c.ente_id, d.c.clave)
    )
    return {
        identidad: nombre if tipo is TipoEnte.AYUNTAMIENTO else f"{nombre} ({ente})"
        for identidad, nombre, ente, tipo in filas
    }
