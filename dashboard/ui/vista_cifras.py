"""Las cuatro cifras de Inicio: su valor y el renglón que las matiza, en Markdown ya escapado."""

from collections.abc import Mapping
from typing import Any

from dashboard.ui import frases
from dashboard.ui.estado import etiqueta
from dashboard.ui.texto import esc_md
from db.rules.formato import mdp, mes_nombre, numero, pct

Datos = Mapping[str, Any]


def cifras(t: Datos) -> list[dict[str, str]]:
    """Las cuatro cifras: clave de su explicación, nombre, cifra y su renglón en Markdown."""
    plan, anual, dinero = t["cumplimiento"], t["avance_anual"], t["dinero"]
    de_plan = [etiqueta(plan), esc_md(frases.cambio(t))] if plan else ["Falta el plan"]
    if plan and plan["total"]:
        de_plan.append(f"{numero(plan['evaluados'])} de {numero(plan['total'])} evaluados")
    return [
        _cifra("cumplimiento", "Cumplimiento", plan, " · ".join(p for p in de_plan if p)),
        _cifra("avance_anual", "Avance anual", anual, _de_anual(t)),
        _cifra(
            "avance_financiero",
            "Avance financiero",
            t["avance_financiero"],
            _de_dinero(dinero, t["etiqueta_dinero"]),
        ),
        {
            "clave": "vencidos",
            "nombre": "Vencidos sin captura",
            "cifra": numero(t["vencidos"]["metas"] + t["vencidos"]["indicadores"]),
            "renglon": _de_vencidos(t["vencidos"]),
            "pregunta": "Ver la lista",
        },
    ]


def _cifra(clave: str, nombre: str, resultado: Datos | None, renglon: str) -> dict[str, str]:
    cifra = resultado["cifra"] if resultado else "—"
    return {"clave": clave, "nombre": nombre, "cifra": cifra, "renglon": renglon, "pregunta": ""}


def _de_anual(t: Datos) -> str:
    anual = t["avance_anual"]
    if anual is None or anual["valor"] is None:
        return etiqueta(anual) if anual else "Falta el plan"
    cobertura = f"{numero(anual['evaluados'])} de {numero(anual['total'])} metas que suman"
    if t["esperado"] is None:
        return cobertura
    return f"Se esperaba {pct(t['esperado'])} a {mes_nombre(t['mes'])} · {cobertura}"


def _de_dinero(dinero: Datos | None, salvedad: str) -> str:
    if dinero is None:
        return "Sin dato: falta cargar el presupuesto"
    partes = [
        f"{mdp(dinero['devengado'])} devengados de {mdp(dinero['modificado'])} (millones de pesos)",
        f"aprobado {mdp(dinero['aprobado'])}",
        esc_md(salvedad),
    ]
    return " · ".join(p for p in partes if p)


def _de_vencidos(v: Datos) -> str:
    if not v["metas"] + v["indicadores"]:
        return "Ninguna captura vencida"
    metas, indicadores, dependencias = v["metas"], v["indicadores"], v["dependencias"]
    partes = [f"{numero(metas)} {'meta' if metas == 1 else 'metas'}"] if metas else []
    if indicadores:
        partes.append(f"{numero(indicadores)} {'indicador' if indicadores == 1 else 'indicadores'}")
    quienes = "dependencia" if dependencias == 1 else "dependencias"
    return f"{' y '.join(partes)} de {numero(dependencias)} {quienes}"
