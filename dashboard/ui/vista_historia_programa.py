"""La historia de un programa: sus cierres de trimestre en este ejercicio y los anteriores, y su gráfica."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask, ask_con
from dashboard.ui import frases, grafica_programa
from dashboard.ui.estado import simple
from dashboard.ui.graficas import a_spec
from dashboard.ui.vista_programas import millones
from db.queries.historia_programa import Fisico, financiero_del_programa, fisico_de_los_programas
from db.queries.huella import huella_del_ejercicio
from db.queries.lista_programas import entes_de
from db.queries.tablero import anios_previos
from db.rules.formato import mes_nombre, pct, puntos

Datos = Mapping[str, Any]

ANIOS_DE_HISTORIA = 3
"""Ejercicios que se comparan: doce trimestres caben en un teléfono y en el papel."""


def leer_historia(session: Session, f: Datos, ente_id: int | None) -> list[dict[str, Any]]:
    """Los cierres de los últimos ejercicios; los anteriores no se vuelven a evaluar si nadie los corrige."""
    puntos: list[dict[str, Any]] = []
    entes, clave = entes_de(session, ente_id), f["clave"]
    for anio in [*anios_previos(session, f["anio"])[1 - ANIOS_DE_HISTORIA :], f["anio"]]:
        hasta = f["mes"] if anio == f["anio"] else 12
        if anio == f["anio"]:
            fisico = ask(fisico_de_los_programas, anio=anio, ente_id=ente_id, hasta=hasta)
        else:
            huella = huella_del_ejercicio(session, anio)
            fisico = ask_con(huella, fisico_de_los_programas, anio=anio, ente_id=ente_id)
        dinero = financiero_del_programa(session, anio=anio, entes=entes, programa=clave, hasta=hasta)
        puntos += _cierres(fisico, dinero, clave, anio, hasta)
    return puntos


def _cierres(
    fisico: Fisico, dinero: Mapping[int, Datos], clave: str, anio: int, hasta: int
) -> list[dict[str, Any]]:
    suyos = fisico.get(clave, {})
    return [
        {
            "anio": anio,
            "mes": mes,
            "texto": f"T{mes // 3} {anio}",
            "cumplimiento": suyos.get(mes),
            "fisico": suyos[mes]["avance_anual"] if mes in suyos else None,
            "financiero": dinero[mes]["avance"] if mes in dinero else None,
            "devengado": dinero[mes]["devengado"] if mes in dinero else None,
        }
        for mes in range(3, hasta + 1, 3)
        if suyos or dinero
    ]


def grafica_de_historia(historia: Sequence[Datos], oscuro: bool) -> dict[str, Any]:
    """La gráfica con el hallazgo por título, su texto alterno y su tabla, como la pide `piezas.grafica`."""
    titulo = titulo_de_historia(historia)
    hay = any(p["fisico"] is not None or p["financiero"] is not None for p in historia)
    dicho = "; ".join(
        f"{p['texto']}: físico {pct(p['fisico'])}, financiero {pct(p['financiero'])}" for p in historia
    )
    return {
        "titulo": titulo,
        "subtitulo": "Avance anual y avance financiero al cierre de cada trimestre, en porcentaje."
        if hay
        else "Se dibuja cuando algún trimestre tiene avance o gasto.",
        "alt": f"{titulo}. {dicho}",
        "spec": a_spec(grafica_programa.historia(historia, oscuro)) if hay else None,
        "tabla": {
            "Cierre": [p["texto"] for p in historia],
            "Cumplimiento": [p["cumplimiento"]["cifra"] if p["cumplimiento"] else "—" for p in historia],
            "Estado": [simple(p["cumplimiento"]) if p["cumplimiento"] else "—" for p in historia],
            "Avance anual": [pct(p["fisico"]) for p in historia],
            "Avance financiero": [pct(p["financiero"]) for p in historia],
            "Devengado": [millones(p["devengado"]) for p in historia],
        },
    }


def titulo_de_historia(historia: Sequence[Datos]) -> str:
    """Cuánto más o menos ha logrado que hace un año en el mismo trimestre."""
    con_cifra = [p for p in historia if p["fisico"] is not None]
    if not con_cifra:
        return "Todavía no hay avance físico que comparar"
    ultimo = con_cifra[-1]
    antes = next((p for p in con_cifra if (p["anio"], p["mes"]) == (ultimo["anio"] - 1, ultimo["mes"])), None)
    mes = mes_nombre(ultimo["mes"])
    if antes is None:
        return f"A {mes} lleva {pct(ultimo['fisico'])} de su meta anual"
    cambio = ultimo["fisico"] - antes["fisico"]
    if abs(cambio) < frases.A_LA_PAR:
        return f"A {mes} ha logrado lo mismo que hace un año"
    magnitud = puntos(abs(cambio)).removeprefix("+")
    return f"A {mes} ha logrado {magnitud} {'más' if cambio > 0 else 'menos'} que hace un año"
