"""El EAEPE al corte en sus cinco clasificaciones: calculado de las claves o leído de un archivo cargado."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.municipio import Ente, Municipio
from db.models.presupuesto import ClasificacionEaepe, RenglonEaepe, TipoCorte
from db.models.programas import Proyecto
from db.queries.matriz import Alcance, Filtros, agrupar
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import entes as nombres_de_entes
from db.queries.nombres_gasto import nombres
from db.queries.presupuesto import Version, consolidado, cortes
from db.rules import eaepe as reglas
from db.rules.eaepe import Importes, Oficial, Renglon, armar, de_momentos
from db.rules.formato import mes_nombre
from db.rules.matriz import DEL_ENTE, clave_funcional

CLAVES, ARCHIVO = "claves", "archivo"

TRIMESTRE = 3


@dataclass(frozen=True, slots=True)
class _Documento:
    """Un estado ya armado, con su mes y el nombre de su ente."""

    renglones: list[Renglon]
    mes: int
    ente: str
    archivo: str = ""
    numero: int = 0


def estado(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    clasificacion: str,
    origen: str = "",
) -> dict[str, Any]:
    """El estado de una clasificación al corte, con sus renglones, su total, sus faltas y el corte anterior.

    `origen` es «claves» o «archivo»; vacío, las claves si las hay y si no el archivo. Sin ninguno,
    `renglones` va vacío. Cada renglón es llano: clave, concepto, nivel y los seis importes en centavos.
    """
    cual = ClasificacionEaepe(clasificacion)
    corte, _ = corte_de(session, anio, mes)
    entes = None if ente_id is None else (ente_id,)
    alcance = Alcance(anio, corte.mes, entes)
    guardados = _versiones(session, anio, entes, cual)
    hay = [CLAVES] if agrupar(session, alcance, (), {}) else []
    hay += [ARCHIVO] if guardados else []
    base = {"anio": anio, "clasificacion": cual.value, "hay": hay, "municipio": _municipio(session)}
    if not hay:
        return base | {"origen": "", "renglones": [], "mes": corte.mes}
    de_donde = origen if origen in hay else hay[0]
    if de_donde == CLAVES:
        documento, previo = _de_claves(session, alcance, cual), _de_claves_antes(session, alcance, cual)
    else:
        documento, previo = _de_archivo(session, guardados, mes)
    return base | {
        "origen": de_donde,
        "mes": documento.mes,
        "ente": documento.ente,
        "periodo": periodo(anio, documento.mes),
        "archivo": documento.archivo,
        "numero": documento.numero,
        "renglones": [_llano(r) for r in documento.renglones],
        "total": asdict(reglas.total(documento.renglones)),
        "faltas": [
            {"renglon": i, "regla": h.regla, "mensaje": h.mensaje}
            for i, h in reglas.revisar(documento.renglones)
        ],
        "previo": _previo(previo),
        "interno": _interno(session, alcance) if de_donde == CLAVES and ente_id is None else None,
    }


def periodo(anio: int, mes: int) -> str:
    """«Del 1 de enero al 30 de septiembre de 2026»."""
    dias = (31, 29 if anio % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return f"Del 1 de enero al {dias[mes - 1]} de {mes_nombre(mes)} de {anio}"


def _llano(r: Renglon) -> dict[str, Any]:
    return {"clave": r.clave, "concepto": r.concepto, "nivel": r.nivel, **asdict(r.importes)}


def _previo(documento: _Documento | None) -> dict[str, Any] | None:
    """El corte anterior, para decir qué cambió: por clave, o por concepto si no trae clave."""
    if documento is None:
        return None
    return {
        "mes": documento.mes,
        "por_renglon": {r.clave or r.concepto: asdict(r.importes) for r in documento.renglones},
        "total": asdict(reglas.total(documento.renglones)),
    }


def _municipio(session: Session) -> str:
    return str(session.execute(select(tabla(Municipio).c.nombre)).scalar() or "")


def _interno(session: Session, alcance: Alcance) -> int | None:
    """Lo que el ayuntamiento transfiere a sus entes, que la suma cuenta dos veces; nulo si no se sabe."""
    transferencias = consolidado(session, alcance.anio, alcance.mes).transferencias
    return None if transferencias is None else transferencias["modificado"]


def nombre_de_ente(session: Session, entes: tuple[int, ...] | None) -> str:
    if entes is None:
        todos = nombres_de_entes(session)
        return next(iter(todos.values())) if len(todos) == 1 else "Todos los entes del municipio"
    return str(session.execute(select(tabla(Ente).c.nombre).where(tabla(Ente).c.id == entes[0])).scalar())


# — De las claves —


def _de_claves(session: Session, alcance: Alcance, cual: ClasificacionEaepe) -> _Documento:
    renglones = de_claves(session, alcance, cual, {})
    return _Documento(renglones, alcance.mes, nombre_de_ente(session, alcance.entes))


def _de_claves_antes(session: Session, alcance: Alcance, cual: ClasificacionEaepe) -> _Documento | None:
    """El mismo estado al cierre del trimestre anterior; en el primero no hay con qué comparar."""
    antes = (alcance.mes - 1) // TRIMESTRE * TRIMESTRE
    if not antes:
        return None
    return _de_claves(session, Alcance(alcance.anio, antes, alcance.entes), cual)


def _catalogo(session: Session, cual: NombreCatalogo) -> list[Oficial]:
    c = tabla(EntradaCatalogo).c
    consulta = select(c.clave, c.padre, c.nombre).where(c.catalogo == cual).order_by(c.orden, c.id)
    return [(fila.clave, fila.padre, fila.nombre) for fila in session.execute(consulta)]


def _hojas(
    session: Session,
    alcance: Alcance,
    filtros: Filtros,
    por: str,
    clave: Callable[[str], str] = lambda codigo: codigo,
) -> dict[str, Importes]:
    """Clave oficial → importes de lo que las claves suman en una clasificación del gasto."""
    juntas: dict[str, Importes] = defaultdict(Importes)
    for (codigo,), monto in agrupar(session, alcance, (por,), filtros).items():
        juntas[clave(codigo)] += de_momentos(monto)
    return juntas


def oficiales(session: Session, cual: ClasificacionEaepe) -> list[Oficial]:
    """Los renglones oficiales de una clasificación, con su padre; la administrativa es de cada ente."""
    if cual is ClasificacionEaepe.ADMINISTRATIVA:
        return []
    catalogo = _catalogo(session, NombreCatalogo(cual.value))
    programatica = cual is ClasificacionEaepe.PROGRAMATICA
    return reglas.oficiales_programaticas(catalogo) if programatica else catalogo


def _por_objeto(session: Session, alcance: Alcance, filtros: Filtros) -> list[Renglon]:
    """Capítulos y conceptos; las partidas genéricas del catálogo no van en el formato."""
    catalogo = [o for o in oficiales(session, ClasificacionEaepe.OBJETO_GASTO) if o[0].endswith("00")]
    return armar(catalogo, _hojas(session, alcance, filtros, "concepto"))


def _por_tipo(session: Session, alcance: Alcance, filtros: Filtros) -> list[Renglon]:
    return armar(oficiales(session, ClasificacionEaepe.TIPO_GASTO), _hojas(session, alcance, filtros, "tipo"))


def _por_funcion(session: Session, alcance: Alcance, filtros: Filtros) -> list[Renglon]:
    """Finalidades y funciones; las subfunciones del catálogo no van en el formato."""
    catalogo = [o for o in oficiales(session, ClasificacionEaepe.FUNCIONAL) if len(o[0]) <= 2]
    return armar(catalogo, _hojas(session, alcance, filtros, "funcion", clave_funcional))


def _por_dependencia(session: Session, alcance: Alcance, filtros: Filtros) -> list[Renglon]:
    """Las dependencias generales con dinero; con varios entes, cada uno suma las suyas."""
    hojas = _hojas(session, alcance, filtros, "dependencia")
    como_se_llaman = nombres(session, alcance.anio, "dependencia", hojas)
    entes = sorted({codigo.partition(DEL_ENTE)[2] for codigo in hojas}, key=lambda e: (len(e), e))
    varios = len(entes) > 1
    de_entes = nombres_de_entes(session)
    dependencias: list[Oficial] = []
    if varios:
        dependencias = [(f"{DEL_ENTE}{e}", "", de_entes.get(e, "")) for e in entes]
    for codigo in sorted(hojas):
        sola, _, ente = codigo.partition(DEL_ENTE)
        padre = f"{DEL_ENTE}{ente}" if varios else ""
        nombre = f"{sola} {como_se_llaman[codigo]}".strip() or "Sin dependencia"
        dependencias.append((codigo, padre, nombre))
    return armar(dependencias, hojas)


def _por_programa(session: Session, alcance: Alcance, filtros: Filtros) -> list[Renglon]:
    """Las letras del CONAC, por la de cada proyecto; el que no la tiene queda sin clasificar."""
    p = tabla(Proyecto).c
    letras = {
        fila.clave: fila.letra_conac
        for fila in session.execute(select(p.clave, p.letra_conac).where(p.anio == alcance.anio))
    }
    del_conac = oficiales(session, ClasificacionEaepe.PROGRAMATICA)
    return armar(del_conac, _hojas(session, alcance, filtros, "proyecto", lambda c: letras.get(c, "")))


_DE_CLAVES: Mapping[ClasificacionEaepe, Callable[[Session, Alcance, Filtros], list[Renglon]]] = {
    ClasificacionEaepe.ADMINISTRATIVA: _por_dependencia,
    ClasificacionEaepe.TIPO_GASTO: _por_tipo,
    ClasificacionEaepe.OBJETO_GASTO: _por_objeto,
    ClasificacionEaepe.FUNCIONAL: _por_funcion,
    ClasificacionEaepe.PROGRAMATICA: _por_programa,
}


def de_claves(
    session: Session, alcance: Alcance, cual: ClasificacionEaepe, filtros: Filtros
) -> list[Renglon]:
    """Los renglones del formato de las claves que cumplen `filtros`, en el orden oficial."""
    return _DE_CLAVES[cual](session, alcance, filtros)


# — Del archivo —


def _versiones(
    session: Session, anio: int, entes: tuple[int, ...] | None, cual: ClasificacionEaepe
) -> list[Version]:
    """Las versiones cargadas de una clasificación, de la más nueva a la más vieja, de un solo ente."""
    todas = [v for v in cortes(session, anio, tipo=TipoCorte.EAEPE) if v.clasificacion is cual]
    if not todas:
        return []
    ente = entes[0] if entes else min(v.ente_id for v in todas)
    return [v for v in todas if v.ente_id == ente]


def _de_archivo(
    session: Session, versiones: list[Version], mes: int | None
) -> tuple[_Documento, _Documento | None]:
    """La versión del mes que se pidió, o la vigente; y la más nueva de un mes anterior al suyo."""
    de_ese_mes = [v for v in versiones if v.mes == mes]
    elegida = (de_ese_mes or [v for v in versiones if v.vigente])[0]
    antes = sorted((v for v in versiones if v.mes < elegida.mes), key=lambda v: (-v.mes, -v.numero))
    return _leer(session, elegida), _leer(session, antes[0]) if antes else None


def _leer(session: Session, version: Version) -> _Documento:
    r = tabla(RenglonEaepe)
    filas = session.execute(select(r).where(r.c.corte_id == version.id).order_by(r.c.orden)).mappings()
    renglones = [
        Renglon(f["clave"], f["concepto"], f["nivel"], Importes(*(f[c] for c in reglas.IMPORTES)))
        for f in filas
    ]
    return _Documento(
        renglones, version.mes, nombre_de_ente(session, (version.ente_id,)), version.archivo, version.numero
    )
