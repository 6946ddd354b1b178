"""La lista de programas y su cuadrante, ya compuestos. Se guardan por versión de los datos y por filtro."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.estado import simple
from dashboard.ui.grafica_programa import programas as dibujar
from dashboard.ui.graficas import a_spec
from dashboard.ui.texto import contar, mayuscula
from dashboard.ui.vista_comun import nombre_de_nodo
from db.queries.lista_programas import dinero_de_la_fuente, lista_programas
from db.rules.formato import mdp, numero, pct
from db.rules.programa import NOMBRE_CUADRANTE, Cuadrante

Datos = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filtro:
    """Lo elegido sobre la lista; vacío es todo."""

    eje: int | None = None
    dependencia: int | None = None
    letra: str | None = None
    fuente: str | None = None
    estado: str | None = None


def vista_opciones(session: Session, *, anio: int, mes: int | None, ente_id: int | None) -> dict[str, Any]:
    """Entre qué se puede escoger, cada cosa con su nombre; `hay` dice si hay algo que listar."""
    todo = ask(lista_programas, anio=anio, mes=mes, ente_id=ente_id)
    return {
        "hay": bool(todo["programas"]),
        "sin_usar": todo["sin_usar"],
        "ejes": {i: nombre_de_nodo(eje) for i, eje in todo["ejes"].items()},
        "dependencias": todo["dependencias"],
        "letras": {c: f"{c} · {nombre}" if nombre else c for c, nombre in todo["letras"].items()},
        "fuentes": {c: f"{c} · {nombre}" if nombre else c for c, nombre in todo["fuentes"].items()},
    }


def vista_programas(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    eje: int | None,
    dependencia: int | None,
    letra: str | None,
    fuente: str | None,
    estado: str | None,
    oscuro: bool,
) -> dict[str, Any]:
    """Lo que la pantalla lista con esos filtros, y su cuadrante."""
    todo = ask(lista_programas, anio=anio, mes=mes, ente_id=ente_id)
    de_fuente = None
    if fuente is not None:
        de_fuente = dinero_de_la_fuente(session, anio=anio, mes=mes, ente_id=ente_id, fuente=fuente)
    return componer(todo, Filtro(eje, dependencia, letra, fuente, estado), de_fuente, oscuro)


def componer(
    todo: Datos, filtro: Filtro, de_fuente: Mapping[str, int] | None, oscuro: bool
) -> dict[str, Any]:
    """La lista filtrada, su título y su cuadrante; función pura."""
    elegidos = [p for p in todo["programas"] if cumple(p, filtro, de_fuente)]
    vistos = [p for p in elegidos if filtro.estado in (None, p["estado"])]
    return {
        "titulo": titulo(elegidos, len(elegidos) < len(todo["programas"])),
        "resumen": _resumen(elegidos, todo["corte"]),
        "por_estado": dict(Counter(p["estado"] for p in elegidos)),
        "claves": [p["clave"] for p in vistos],
        "tabla": tabla(vistos, de_fuente),
        "cuadrante": _cuadrante(vistos, todo, oscuro),
    }


def cumple(p: Datos, filtro: Filtro, de_fuente: Mapping[str, int] | None) -> bool:
    """¿El programa es de lo elegido? El estado no cuenta: sólo acorta la lista."""
    return (
        (filtro.eje is None or filtro.eje in p["ejes"])
        and filtro.dependencia in (None, p["dependencia_id"])
        and (filtro.letra is None or filtro.letra in p["letras"])
        and (de_fuente is None or p["clave"] in de_fuente)
    )


def titulo(programas: Sequence[Datos], filtrados: bool) -> str:
    """«7 de 74 programas requieren atención»."""
    cuantos, piden = len(programas), sum(p["atencion"] for p in programas)
    de_estos = "estos " if filtrados else ""
    if not cuantos:
        return (
            "Ningún programa cumple estos filtros" if filtrados else "Aún no hay programas con metas o dinero"
        )
    if cuantos == 1:
        return "Este programa requiere atención" if piden else "Este programa no requiere atención"
    if not piden:
        return (
            f"Ninguno {'de estos' if filtrados else 'de los'} {numero(cuantos)} programas requiere atención"
        )
    verbo = "requiere" if piden == 1 else "requieren"
    return f"{numero(piden)} de {de_estos}{numero(cuantos)} programas {verbo} atención"


def _resumen(programas: Sequence[Datos], corte: str) -> str:
    con_dinero = [p for p in programas if p["modificado"] is not None]
    partes = [f"Corte: {corte}"]
    if con_dinero:
        modificado, devengado = (sum(p[campo] for p in con_dinero) for campo in ("modificado", "devengado"))
        partes.append(f"{mdp(devengado)} devengados de {mdp(modificado)} (millones de pesos)")
    evaluadas, total = (sum(p["cumplimiento"][campo] for p in programas) for campo in ("evaluados", "total"))
    if total:
        partes.append(f"{numero(evaluadas)} de {numero(total)} metas evaluadas")
    return " · ".join(partes)


def tabla(programas: Sequence[Datos], de_fuente: Mapping[str, int] | None = None) -> dict[str, list[str]]:
    """Las columnas de la lista; con una fuente elegida, también lo que ella paga."""
    columnas = {
        "Estado": [simple(p["cumplimiento"]) for p in programas],
        "Programa": [p["nombre"] for p in programas],
        "Cumplimiento": [p["cumplimiento"]["cifra"] for p in programas],
        "Avance anual": [pct(p["avance_anual"]) for p in programas],
        "Avance financiero": [pct(p["avance_financiero"]) for p in programas],
        "Modificado": [millones(p["modificado"]) for p in programas],
        "Devengado": [millones(p["devengado"]) for p in programas],
        "Brecha": [mayuscula(p["brecha_dicha"]) for p in programas],
        "Metas evaluadas": [_cobertura(p["cumplimiento"]) for p in programas],
        "Responde": [p["responsable"] for p in programas],
        "Clave": [p["clave"] for p in programas],
    }
    if de_fuente is not None:
        columnas["De esta fuente"] = [millones(de_fuente[p["clave"]]) for p in programas]
    return columnas


def millones(centavos: int | None) -> str:
    """Millones de pesos, o «—» sin presupuesto cargado."""
    return "—" if centavos is None else mdp(centavos)


def _cobertura(c: Datos) -> str:
    return f"{numero(c['evaluados'])} de {numero(c['total'])}" if c["total"] else "sin metas"


def _cuadrante(programas: Sequence[Datos], todo: Datos, oscuro: bool) -> dict[str, Any]:
    dibujados = [p for p in programas if not p["faltan"]]
    fuera = [p for p in programas if p["faltan"]]
    hallazgo = titulo_del_cuadrante(dibujados)
    cuenta = Counter(p["cuadrante"] for p in dibujados)
    dicho = "; ".join(f"{NOMBRE_CUADRANTE[c]}: {cuenta[c]:,}" for c in Cuadrante)
    return {
        "titulo": hallazgo,
        "subtitulo": (
            "Cada círculo es un programa; su tamaño, el dinero autorizado. Las diagonales se cruzan en lo "
            f"esperado al corte ({pct(todo['esperado'])}). Elija un círculo para abrir su ficha."
        ),
        "alt": f"{hallazgo}. {len(dibujados):,} programas. {dicho}.",
        "spec": a_spec(dibujar(dibujados, oscuro, todo["esperado"])) if dibujados else None,
        "claves": [p["clave"] for p in dibujados],
        "tabla": {
            "Programa": [p["nombre"] for p in dibujados],
            "Dónde cae": [NOMBRE_CUADRANTE[p["cuadrante"]] for p in dibujados],
            "Avance anual": [pct(p["avance_anual"]) for p in dibujados],
            "Avance financiero": [pct(p["avance_financiero"]) for p in dibujados],
            "Modificado": [millones(p["modificado"]) for p in dibujados],
        },
        "fuera": {
            "Programa": [p["nombre"] for p in fuera],
            "Por qué no se dibuja": [mayuscula(" y ".join(p["faltan"])) for p in fuera],
        },
        "claves_fuera": [p["clave"] for p in fuera],
    }


def titulo_del_cuadrante(dibujados: Sequence[Datos]) -> str:
    """Cuántos gastan más de lo que logran y cuántos al revés."""
    cuenta = Counter(p["cuadrante"] for p in dibujados)
    gastan, logran = cuenta[Cuadrante.GASTA_SIN_LOGRAR], cuenta[Cuadrante.LOGRA_SIN_GASTAR]
    if not dibujados:
        return "Falta gasto o avance para comparar los programas"
    if not gastan and not logran:
        return "Lo gastado y lo logrado van cerca en todos los programas"
    de_mas = "gasta más de lo que logra" if gastan == 1 else "gastan más de lo que logran"
    de_menos = "logra más de lo que gasta" if logran == 1 else "logran más de lo que gastan"
    if not gastan or not logran:
        return mayuscula(f"{_programas(gastan or logran)} {de_mas if gastan else de_menos}")
    otros = "uno" if logran == 1 else contar(logran, "", "", False).strip()
    return mayuscula(f"{_programas(gastan)} {de_mas} y {otros} {de_menos}")


def _programas(cuantos: int) -> str:
    return contar(cuantos, "programa", "programas", False)
