"""El catálogo de indicadores: lista, pequeñas tendencias y tira de estados, ya compuestos."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.ui.estado import simple
from dashboard.ui.grafica_indicadores import pequenas, tira
from dashboard.ui.graficas import a_spec
from dashboard.ui.palabras_indicador import FRECUENCIAS, NIVELES, SENTIDOS, resultado
from dashboard.ui.texto import contar, corto
from db.queries.historia_indicador import historia, nombres
from db.rules.estado import DE_BANDA, PRESENTACION, Estado

Renglon = Mapping[str, Any]

POR_PAGINA = {"Lista": 200, "Tendencias": 12, "Estados": 20}
TRIMESTRES = (1, 2, 3, 4)
SIN_CIERRE = "—"


def titular(renglones: Sequence[Renglon], filtro: str) -> str:
    """«209 de 336 indicadores van en meta; 30 críticos»: el hallazgo de los elegidos."""
    if not renglones:
        return "Ningún indicador cumple estos filtros"
    estados = [r["cumplimiento"]["estado"] for r in renglones]
    bien, mal = estados.count(Estado.adecuado), estados.count(Estado.critico)
    de_quien = f"{filtro}: " if filtro else ""
    cola = f"; {contar(mal, 'crítico', 'críticos', femenino=False)}" if mal else ""
    return f"{de_quien}{bien:,} de {len(estados):,} indicadores van en meta{cola}"


def tabla(renglones: Sequence[Renglon]) -> dict[str, list[Any]]:
    """Las columnas de la lista; la tendencia son sus resultados en orden."""
    return {
        "Estado": [simple(r["cumplimiento"]) for r in renglones],
        "Indicador": [r["nombre"] for r in renglones],
        "Cumplimiento": [r["cumplimiento"]["cifra"] for r in renglones],
        "Resultado": [resultado(r["alcanzado"], r["unidad"]) for r in renglones],
        "Programado": [resultado(r["programado"], r["unidad"]) for r in renglones],
        "Tendencia": [
            [float(p["alcanzado"]) for p in r["historia"] if p["alcanzado"] is not None] for r in renglones
        ],
        "Sentido": [SENTIDOS[r["sentido"]] for r in renglones],
        "Frecuencia": [FRECUENCIAS[r["frecuencia"]] for r in renglones],
        "Nivel": [NIVELES.get(r["nivel"] or "", "—") for r in renglones],
        "Dependencia": [r["dependencia"] for r in renglones],
    }


def pequenas_tendencias(
    session: Session, *, ids: tuple[int, ...], anio: int, mes: int, oscuro: bool
) -> dict[str, Any]:
    """Una página de pequeñas tendencias: este ejercicio y el anterior, cada una en su escala."""
    elegidos = _con_historia(session, ids, anio, mes)
    paneles = [_panel(r, anio) for r in elegidos]
    titulo = _hallazgo_de_la_tira(elegidos)
    return {
        "titulo": titulo,
        "subtitulo": (
            f"Resultado acumulado por trimestre de {anio}; en claro {anio - 1}, en contorno lo programado. "
            "Cada panel usa su propia escala."
        ),
        "alt": titulo + ". " + "; ".join(f"{p['nombre']}: {p['marca']} {p['cifra']}" for p in paneles),
        "spec": a_spec(pequenas(paneles, oscuro)),
        "tabla": {
            "Indicador": [r["nombre"] for r in elegidos],
            **{
                f"T{t} {cual}": [_del_cierre(r["puntos"], cual, t, r["unidad"]) for r in elegidos]
                for cual in (anio - 1, anio)
                for t in TRIMESTRES
            },
        },
    }


def _con_historia(session: Session, ids: tuple[int, ...], anio: int, mes: int) -> list[dict[str, Any]]:
    """Nombre, unidad y cierres de cada indicador; `historia` son sólo los de este ejercicio."""
    puntos = historia(session, anio=anio, mes=mes, ids=ids)
    return [
        {**dato, "puntos": puntos[i], "historia": [p for p in puntos[i] if p["anio"] == anio]}
        for i, dato in nombres(session, ids).items()
    ]


def _panel(r: Renglon, anio: int) -> dict[str, Any]:
    def serie(cual: int, campo: str) -> list[tuple[int, Any]]:
        return [(p["trimestre"], p[campo]) for p in r["puntos"] if p["anio"] == cual]

    ultimo = r["historia"][-1] if r["historia"] else None
    no_toca = PRESENTACION[Estado.no_toca]
    return {
        "nombre": r["nombre"],
        "estado": ultimo["estado"] if ultimo else Estado.no_toca.value,
        "marca": simple(ultimo) if ultimo else no_toca.etiqueta,
        "cifra": resultado(ultimo["alcanzado"], r["unidad"]) if ultimo else SIN_CIERRE,
        "actual": serie(anio, "alcanzado"),
        "anterior": serie(anio - 1, "alcanzado"),
        "programado": serie(anio, "programado"),
    }


def _del_cierre(puntos: Sequence[Renglon], anio: int, trimestre: int, unidad: str) -> str:
    de_entonces = (p for p in puntos if (p["anio"], p["trimestre"]) == (anio, trimestre))
    return next((resultado(p["alcanzado"], unidad) for p in de_entonces), SIN_CIERRE)


def tira_de_estados(
    session: Session, *, ids: tuple[int, ...], anio: int, mes: int, oscuro: bool
) -> dict[str, Any]:
    """Una página de la tira: el estado de cada indicador al cierre de cada trimestre medido."""
    indicadores = _con_historia(session, ids, anio, mes)
    filas = [
        {
            "nombre": r["nombre"],
            "celdas": [(p["trimestre"], p["estado"], _celda(p)) for p in r["historia"]],
        }
        for r in indicadores
    ]
    titulo = _hallazgo_de_la_tira(indicadores)
    return {
        "titulo": titulo,
        "subtitulo": f"Estado al cierre de cada trimestre de {anio} en que se mide; en blanco, aún no.",
        "alt": titulo + ". " + "; ".join(_dicho(f) for f in filas),
        "spec": a_spec(tira(filas, oscuro)) if any(f["celdas"] for f in filas) else None,
        "tabla": {
            "Indicador": [r["nombre"] for r in indicadores],
            **{
                f"T{t}": [
                    next(
                        (f"{p['icono']} {p['palabra']}" for p in r["historia"] if p["trimestre"] == t),
                        SIN_CIERRE,
                    )
                    for r in indicadores
                ]
                for t in TRIMESTRES
            },
        },
    }


def _celda(p: Renglon) -> str:
    """El icono y la cifra, que caben en un teléfono; sin cifra, el icono y la palabra corta."""
    con_cifra = p["estado"] in DE_BANDA
    return (
        f"{p['icono']} {p['cifra']}"
        if con_cifra and p["cifra"] != "—"
        else f"{p['icono']} {corto(p['palabra'], 12)}"
    )


def _dicho(fila: Renglon) -> str:
    return f"{fila['nombre']}: " + ", ".join(f"T{t} {texto}" for t, _, texto in fila["celdas"])


def _hallazgo_de_la_tira(indicadores: Sequence[Renglon]) -> str:
    """Cuántos cambiaron de estado entre sus dos últimos cierres."""
    mejor = peor = 0
    for r in indicadores:
        juzgados = [DE_BANDA.index(Estado(p["estado"])) for p in r["historia"] if p["estado"] in DE_BANDA]
        if len(juzgados) > 1:
            mejor += juzgados[-1] > juzgados[-2]
            peor += juzgados[-1] < juzgados[-2]
    if not mejor and not peor:
        return f"De {len(indicadores):,}, ninguno cambió de estado en su último cierre"
    return f"De {len(indicadores):,}, {peor} bajaron de estado y {mejor} subieron en su último cierre"


def leyenda(renglones: Sequence[Renglon]) -> list[str]:
    """Los estados presentes en la tira, en su orden."""
    presentes = {p["estado"] for r in renglones for p in r["historia"]}
    return [e.value for e in PRESENTACION if e.value in presentes]


def paginas(cuantos: int, vista: str) -> int:
    """Cuántas páginas hacen falta en esa vista."""
    return max(1, -(-cuantos // POR_PAGINA[vista]))
