"""El plan de la demostración: siete ejes y lo que cuelga de ellos, con pesos y alineación."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.plan import (
    Alineacion,
    JuegoPesos,
    NodoPlan,
    Peso,
    Plan,
    TextoNodo,
    TipoEje,
    VersionPlan,
)
from db.rules.texto import llave
from seed.demo.lote import insertar
from seed.demo.vocabulario import COMO, ESTRATEGIAS, OBJETIVOS, Producto, Tema, contraer, productos, temas

EJES = (
    ("P1", "1", "Bienestar y vida digna", 22, "2"),
    ("P2", "2", "Economía local con oportunidades", 14, "3"),
    ("P3", "3", "Territorio ordenado y sustentable", 26, "4"),
    ("P4", "4", "Paz, seguridad y justicia cotidiana", 18, "1"),
    ("T1", "T1", "Igualdad entre mujeres y hombres", 6, "T1"),
    ("T2", "T2", "Gobierno honesto y de resultados", 9, "1"),
    ("T3", "T3", "Municipio digital y conectado", 5, "T2"),
)
"""(eje, clave, nombre, peso, eje del PND)."""

TEMAS_CON_DOS_OBJETIVOS = 18
LINEAS_POR_ESTRATEGIA = 3
NIVELES = 5


@dataclass(slots=True)
class Arbol:
    """Ids del plan que citan metas, indicadores y dinero."""

    plan_id: int
    ejes: dict[str, int] = field(default_factory=dict)
    temas: dict[str, int] = field(default_factory=dict)
    objetivos: dict[str, list[int]] = field(default_factory=dict)
    lineas: dict[str, list[int]] = field(default_factory=dict)
    """Tema → id de la línea de cada uno de sus productos."""


def crear(session: Session, administracion_id: int) -> Arbol:
    """Escribe el plan entero y devuelve sus ids."""
    plan = Plan(
        administracion_id=administracion_id,
        nombre="Plan de Desarrollo Municipal 2024-2026",
        niveles=NIVELES,
        version_plan=2,
    )
    session.add(plan)
    session.flush()
    assert plan.id is not None
    arbol = Arbol(plan.id)
    _ejes(session, arbol)
    _temas(session, arbol)
    _objetivos(session, arbol)
    _versiones(session, arbol)
    _pesos(session, arbol)
    _alineacion(session, arbol)
    return arbol


def _fila(arbol: Arbol, padre: int | None, nivel: int, clave: str, nombre: str, eje: str) -> dict[str, Any]:
    return {
        "plan_id": arbol.plan_id,
        "padre_id": padre,
        "nivel": nivel,
        "clave": clave,
        "nombre": nombre,
        "tipo": TipoEje.TRANSVERSAL if eje.startswith("T") else TipoEje.PILAR,
        "busqueda": llave(f"{clave} {nombre}"),
    }


def _guardar(session: Session, filas: list[dict[str, Any]]) -> list[int]:
    return insertar(session, NodoPlan, [{**f, "orden": n} for n, f in enumerate(filas, start=1)])


def _ejes(session: Session, arbol: Arbol) -> None:
    filas = [_fila(arbol, None, 1, clave, nombre, eje) for eje, clave, nombre, _, _ in EJES]
    arbol.ejes = {e[0]: i for e, i in zip(EJES, _guardar(session, filas), strict=True)}


def _temas(session: Session, arbol: Arbol) -> None:
    clave_de = {eje: clave for eje, clave, *_ in EJES}
    cuenta: dict[str, int] = {}
    filas = []
    for tema in temas():
        cuenta[tema.eje] = cuenta.get(tema.eje, 0) + 1
        clave = f"{clave_de[tema.eje]}.{cuenta[tema.eje]}"
        filas.append(_fila(arbol, arbol.ejes[tema.eje], 2, clave, tema.nombre, tema.eje))
    arbol.temas = {t.clave: i for t, i in zip(temas(), _guardar(session, filas), strict=True)}


def _mitades(tema: Tema, dos: bool) -> list[tuple[Producto, ...]]:
    lista = productos()[tema.clave]
    corte = len(lista) // 2 if dos else len(lista)
    return [grupo for grupo in (lista[:corte], lista[corte:]) if grupo]


def _objetivos(session: Session, arbol: Arbol) -> None:
    grupos = [
        (tema, orden, grupo)
        for posicion, tema in enumerate(temas())
        for orden, grupo in enumerate(_mitades(tema, posicion < TEMAS_CON_DOS_OBJETIVOS))
    ]
    filas = [
        _fila(
            arbol,
            arbol.temas[tema.clave],
            3,
            f"O{numero}",
            contraer(OBJETIVOS[orden].format(bien=tema.bien, fin=tema.fin)),
            tema.eje,
        )
        for numero, (tema, orden, _) in enumerate(grupos, start=1)
    ]
    ids = _guardar(session, filas)
    estrategias: list[dict[str, Any]] = []
    lineas: list[tuple[int, Tema, Producto, str]] = []
    for numero, ((tema, orden, grupo), objetivo_id) in enumerate(zip(grupos, ids, strict=True), start=1):
        arbol.objetivos.setdefault(tema.clave, []).append(objetivo_id)
        for k, inicio in enumerate(range(0, len(grupo), LINEAS_POR_ESTRATEGIA), start=1):
            texto = ESTRATEGIAS[(numero + orden + k) % len(ESTRATEGIAS)].format(bien=tema.bien)
            estrategias.append(_fila(arbol, objetivo_id, 4, f"E{numero}.{k}", contraer(texto), tema.eje))
            for m, producto in enumerate(grupo[inicio : inicio + LINEAS_POR_ESTRATEGIA], start=1):
                lineas.append((len(estrategias) - 1, tema, producto, f"L{numero}.{k}.{m}"))
    ids = _guardar(session, estrategias)
    filas = [
        _fila(arbol, ids[posicion], 5, clave, _texto_de_linea(producto, n), tema.eje)
        for n, (posicion, tema, producto, clave) in enumerate(lineas)
    ]
    for (_, tema, _, _), linea_id in zip(lineas, _guardar(session, filas), strict=True):
        arbol.lineas.setdefault(tema.clave, []).append(linea_id)


def _texto_de_linea(producto: Producto, numero: int) -> str:
    colas = COMO[producto.ambito]
    return f"{producto.infinitivo}, {colas[numero % len(colas)]}."


def _versiones(session: Session, arbol: Arbol) -> None:
    filas = [
        {
            "plan_id": arbol.plan_id,
            "numero": 1,
            "fecha": date(2024, 3, 27),
            "motivo": "Aprobación en sesión de cabildo y publicación en la gaceta municipal.",
        },
        {
            "plan_id": arbol.plan_id,
            "numero": 2,
            "fecha": date(2025, 2, 14),
            "motivo": "Precisión de dos líneas de acción tras la evaluación del primer año.",
        },
    ]
    insertar(session, VersionPlan, filas)
    n = tabla(NodoPlan).c
    elegidas = (arbol.lineas["vialidades"][0], arbol.lineas["mujeres"][4])
    antes = session.execute(select(n.id, n.clave, n.nombre, n.padre_id).where(n.id.in_(elegidas)))
    textos = [
        {
            "nodo_id": i,
            "version_plan": 1,
            "clave": clave,
            "nombre": nombre.split(",")[0] + ".",
            "padre_id": padre,
        }
        for i, clave, nombre, padre in antes
    ]
    insertar(session, TextoNodo, textos)


def _pesos(session: Session, arbol: Arbol) -> None:
    juego = {
        "plan_id": arbol.plan_id,
        "anio": 2024,
        "mes": 1,
        "motivo": "Prioridades acordadas en la segunda sesión ordinaria del COPLADEMUN.",
        "aprobo": "COPLADEMUN",
    }
    (juego_id,) = insertar(session, JuegoPesos, [juego])
    pesos = [
        {"juego_id": juego_id, "nodo_id": arbol.ejes[eje], "peso": Decimal(peso)}
        for eje, _, _, peso, _ in EJES
    ]
    insertar(session, Peso, pesos)


def _alineacion(session: Session, arbol: Arbol) -> None:
    e = tabla(EntradaCatalogo).c
    catalogos = (NombreCatalogo.ODS, NombreCatalogo.ODS_META, NombreCatalogo.PND)
    consulta = select(e.catalogo, e.clave, e.id).where(e.catalogo.in_(catalogos))
    entrada = {(c, clave): i for c, clave, i in session.execute(consulta)}
    pares = [(arbol.ejes[eje], entrada[NombreCatalogo.PND, pnd]) for eje, _, _, _, pnd in EJES]
    for tema in temas():
        for meta in tema.ods:
            pares += [(o, entrada[NombreCatalogo.ODS_META, meta]) for o in arbol.objetivos[tema.clave]]
        objetivo = tema.ods[0].split(".")[0]
        pares.append((arbol.temas[tema.clave], entrada[NombreCatalogo.ODS, objetivo]))
    insertar(session, Alineacion, [{"nodo_id": n, "entrada_id": i} for n, i in pares])
