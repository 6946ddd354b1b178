"""La MIR de cada programa de 2026, hecha de sus proyectos, actividades e indicadores; unas con defectos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.indicadores import Indicador, NivelMir
from db.models.mir import CriterioCremaa, IndicadorMir, RenglonMir, RespuestaCremaa
from db.models.programas import Programa, Proyecto
from db.rules.arbol import derivar
from seed.demo import arboles
from seed.demo.actividades import Actividad
from seed.demo.estructura import Base
from seed.demo.lote import insertar
from seed.demo.programas import Unidad
from seed.demo.vocabulario import contraer, tema_de_programa

COMPONENTES = 4
POR_COMPONENTE = 2
"""Actividades e indicadores de cada componente."""

DEL_ARBOL = frozenset({"02010101", "02020301"})
"""Programas cuya MIR salió de su árbol."""

DOS_PROPOSITOS, SIN_FIN, SIN_ACTIVIDADES = "01030201", "02050101", "03070101"
SIN_INDICADOR, SIN_SUPUESTOS, PORCENTAJE_QUE_CUENTA = "01080401", "02040201", "03040201"
CONTESTADOS = frozenset({"02010101", "02030101", "03050103"})
"""Programas con sus preguntas CREMAA contestadas."""

NO_CUMPLE = "03050103"

SUPUESTOS = {
    NivelMir.PROPOSITO: "La población participa y hace uso de lo que se le ofrece.",
    NivelMir.COMPONENTE: "Las condiciones sociales y presupuestarias permiten la entrega en los plazos.",
    NivelMir.ACTIVIDAD: "Los proveedores y las áreas que intervienen cumplen con lo acordado.",
}


@dataclass(slots=True)
class Plano:
    """Un renglón por guardar; `hijas` son las actividades de un componente."""

    nivel: NivelMir
    resumen: str
    fichas: list[int] = field(default_factory=list)
    escritos: list[str] = field(default_factory=list)
    """Indicadores que aún no tienen ficha."""
    hijas: list["Plano"] = field(default_factory=list)


def crear(session: Session, anio: int, base: Base, todas: list[Actividad]) -> None:
    """Escribe las matrices, los árboles y las respuestas CREMAA de un ejercicio."""
    p = tabla(Programa).c
    programas = dict(session.execute(select(p.clave, p.id).where(p.anio == anio)).tuples().all())
    fichas = _fichas(session, anio)
    grupos: dict[tuple[str, str], dict[str, tuple[Unidad, list[str]]]] = {}
    for a in todas:
        suyos = grupos.setdefault((a.unidad.programa, a.unidad.ente), {})
        suyos.setdefault(a.unidad.proyecto, (a.unidad, []))[1].append(a.nombre)
    lugares: dict[str, tuple[int, int]] = {}
    matrices = []
    for (clave, ente), unidades in sorted(grupos.items()):
        lugar = programas[clave], base.entes[ente]
        lugares.setdefault(clave, lugar)
        suyas = {k[2]: v for k, v in fichas.items() if k[:2] == lugar}
        matrices.append((lugar, clave, _con_defectos(clave, list(_matriz(clave, unidades, suyas)))))
    _guardar(session, matrices)
    arboles.crear(session, lugares)
    _cremaa(session, [(lugar, clave) for lugar, clave, _ in matrices if clave in CONTESTADOS], fichas)


def _fichas(session: Session, anio: int) -> dict[tuple[int, int, tuple[str, str]], list[int]]:
    """(programa, ente, (nivel, proyecto o vacío)) → sus fichas en orden."""
    i, y = tabla(Indicador), tabla(Proyecto)
    consulta = (
        select(i.c.id, i.c.ente_id, i.c.nivel_mir, y.c.programa_id, y.c.clave)
        .join(y, y.c.id == i.c.proyecto_id)
        .where(i.c.anio == anio)
        .order_by(i.c.id)
    )
    juntas: dict[tuple[int, int, tuple[str, str]], list[int]] = {}
    for f in session.execute(consulta):
        de = f.clave if f.nivel_mir is NivelMir.COMPONENTE else ""
        juntas.setdefault((f.programa_id, f.ente_id, (f.nivel_mir.value, de)), []).append(f.id)
    return juntas


def _matriz(
    clave: str, unidades: dict[str, tuple[Unidad, list[str]]], fichas: dict[tuple[str, str], list[int]]
) -> Iterator[Plano]:
    tema = tema_de_programa()[clave]
    derivados = derivar(arboles.arboles()[clave]) if clave in DEL_ARBOL else []
    textos = {d.nivel: d.resumen for d in derivados}
    fin = contraer(f"Contribuir a {tema.fin} mediante {tema.bien}.")
    proposito = contraer(f"La población del municipio se beneficia de {tema.bien}.")
    yield _alto(NivelMir.FIN, textos.get("fin", fin), fichas, f"Tasa de variación: {tema.nombre.lower()}")
    yield _alto(
        NivelMir.PROPOSITO,
        textos.get("proposito", proposito),
        fichas,
        f"Cobertura: {tema.nombre.lower()}",
    )
    for n, (proyecto, (unidad, nombres)) in enumerate(list(unidades.items())[:COMPONENTES], start=1):
        propias = fichas.get((NivelMir.COMPONENTE.value, proyecto), [])[:POR_COMPONENTE]
        del_arbol = [d for d in derivados if d.nivel == "actividad" and d.componente == n]
        resumen = next(
            (d.resumen for d in derivados if d.nivel == "componente" and d.orden == n),
            f"Servicios de {unidad.nombre[0].lower()}{unidad.nombre[1:]} otorgados a la población.",
        )
        actividades = [d.resumen for d in del_arbol] or nombres[:POR_COMPONENTE]
        yield Plano(
            NivelMir.COMPONENTE,
            resumen,
            propias,
            [] if propias else [_porcentaje(resumen)],
            [Plano(NivelMir.ACTIVIDAD, a, [], [_porcentaje(a)]) for a in actividades],
        )


def _alto(nivel: NivelMir, resumen: str, fichas: dict[tuple[str, str], list[int]], escrito: str) -> Plano:
    propias = fichas.get((nivel.value, ""), [])[:POR_COMPONENTE]
    return Plano(nivel, resumen, propias, [] if propias else [escrito])


def _porcentaje(que: str) -> str:
    return f"Porcentaje de cumplimiento: {que[0].lower()}{que[1:].rstrip('.')}"


def _con_defectos(clave: str, planos: list[Plano]) -> list[Plano]:
    """La matriz con el defecto que le toca, para que las revisiones tengan qué enseñar."""
    if clave == DOS_PROPOSITOS:
        otro = "Las delegaciones del municipio cuentan con representación en el gobierno."
        planos.insert(2, Plano(NivelMir.PROPOSITO, otro, [], [_porcentaje(otro)]))
    elif clave == SIN_FIN:
        del planos[0]
    elif clave == SIN_ACTIVIDADES:
        planos[-1].hijas.clear()
    elif clave == SIN_INDICADOR:
        planos[-1].hijas[0].escritos.clear()
    return planos


def _guardar(session: Session, matrices: list[tuple[tuple[int, int], str, list[Plano]]]) -> None:
    altos = [(lugar, clave, plano) for lugar, clave, planos in matrices for plano in planos]
    ids = insertar(session, RenglonMir, list(_filas([(lugar, clave, None, p) for lugar, clave, p in altos])))
    bajos = [
        (lugar, clave, i, hija)
        for i, (lugar, clave, plano) in zip(ids, altos, strict=True)
        for hija in plano.hijas
    ]
    ids_bajos = insertar(session, RenglonMir, list(_filas(bajos)))
    todos = [(i, clave, p) for i, (_, clave, p) in zip(ids, altos, strict=True)]
    todos += [(i, clave, p) for i, (_, clave, _, p) in zip(ids_bajos, bajos, strict=True)]
    insertar(session, IndicadorMir, [fila for renglon in todos for fila in _indicadores(*renglon)])


def _filas(planos: Sequence[tuple[tuple[int, int], str, int | None, Plano]]) -> Iterator[dict[str, Any]]:
    cuantos: dict[tuple[Any, ...], int] = {}
    for lugar, clave, padre, plano in planos:
        hermanos = (*lugar, padre, plano.nivel)
        cuantos[hermanos] = cuantos.get(hermanos, 0) + 1
        yield {
            "programa_id": lugar[0],
            "ente_id": lugar[1],
            "padre_id": padre,
            "nivel": plano.nivel,
            "orden": cuantos[hermanos],
            "resumen": plano.resumen,
            "supuestos": "" if clave == SIN_SUPUESTOS else SUPUESTOS.get(plano.nivel, ""),
        }


def _indicadores(renglon_id: int, clave: str, plano: Plano) -> Iterator[dict[str, Any]]:
    for orden, ficha in enumerate(plano.fichas, start=1):
        yield _indicador(renglon_id, orden, indicador_id=ficha)
    for orden, nombre in enumerate(plano.escritos, start=1):
        cuenta = clave == PORCENTAJE_QUE_CUENTA and plano.nivel is NivelMir.ACTIVIDAD
        formula = "Acciones realizadas" if cuenta else "(Acciones realizadas/Acciones programadas)*100"
        yield _indicador(renglon_id, orden, nombre=nombre, formula=formula)


def _indicador(
    renglon_id: int, orden: int, indicador_id: int | None = None, nombre: str = "", formula: str = ""
) -> dict[str, Any]:
    suelto = indicador_id is None
    return {
        "renglon_id": renglon_id,
        "indicador_id": indicador_id,
        "orden": orden,
        "nombre": nombre,
        "formula": formula,
        "frecuencia": "Trimestral" if suelto else "",
        "tipo": "Gestión" if suelto else "",
        "medios": "Informe trimestral del área y expediente del proyecto." if suelto else "",
    }


def _cremaa(
    session: Session,
    cuales: list[tuple[tuple[int, int], str]],
    fichas: dict[tuple[int, int, tuple[str, str]], list[int]],
) -> None:
    filas = []
    for lugar, clave in cuales:
        suyas = [i for k, ids in fichas.items() if k[:2] == lugar for i in ids]
        for n, ficha in enumerate(suyas):
            falla = clave == NO_CUMPLE and n == 0
            filas += [
                {
                    "indicador_id": ficha,
                    "criterio": criterio,
                    "cumple": not (falla and criterio is CriterioCremaa.MONITOREABLE),
                    "nota": "El registro no es público." if falla else "",
                }
                for criterio in CriterioCremaa
            ]
    insertar(session, RespuestaCremaa, filas)
