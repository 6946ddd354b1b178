"""Mejora, simplificación y reingeniería de trámites: el antes, el después y lo que la gente se ahorra."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.rules.encargos import Campo, Etapa, Registro, Tipo

TIPOS = {"mejora": "Mejora", "simplificacion": "Simplificación", "reingenieria": "Reingeniería"}
MEDIDAS = {
    "pasos": "Pasos",
    "requisitos": "Requisitos",
    "dias": "Días hábiles",
    "costo": "Costo para la persona",
}
"""Lo que se mide antes y después; el costo, en centavos."""

EN_EFECTO = ("en_marcha", "concluida")
"""Etapas en que la gente ya lo nota."""

REGISTRO = Registro(
    clave="mejora",
    nombre="Mejoras a trámites",
    uno="mejora",
    femenino=True,
    prefijo="MEJ",
    pagina="mejoras",
    que_es="Lo que un grupo de trabajo propone para que un trámite pida menos, tarde menos y cueste menos.",
    etapas={
        "propuesta": Etapa("Propuesta", "▷", ("en_analisis", "descartada")),
        "en_analisis": Etapa(
            "En análisis", "◐", ("aprobada", "descartada"), requiere=("tramite_id", "diagnostico")
        ),
        "aprobada": Etapa(
            "Aprobada",
            "◐",
            ("en_marcha", "descartada"),
            autoriza=True,
            requiere=("propuesta", "dias_antes", "dias_despues"),
        ),
        "en_marcha": Etapa("En marcha", "◐", ("concluida",), requiere=("pasos",)),
        "concluida": Etapa("Concluida y medida", "✔", final=True, requiere=("medido_en",)),
        "descartada": Etapa("Descartada", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("tipo", "Tipo", Tipo.OPCION, opciones=TIPOS, obligado=True),
        Campo("tramite_id", "Trámite", Tipo.LIGADO, fuente="tramites"),
        Campo("comite_id", "Grupo de trabajo", Tipo.LIGADO, fuente="grupos"),
        Campo("diagnostico", "Qué pasa hoy", Tipo.PARRAFO),
        Campo("propuesta", "Qué se propone", Tipo.PARRAFO),
        *(
            Campo(
                f"{clave}_{cuando}",
                f"{nombre}, {'antes' if cuando == 'antes' else 'después'}",
                Tipo.DINERO if clave == "costo" else Tipo.ENTERO,
                vacio=True,
            )
            for clave, nombre in MEDIDAS.items()
            for cuando in ("antes", "despues")
        ),
        Campo("veces_al_anio", "Veces al año que se pide", Tipo.ENTERO, vacio=True),
        Campo("medido_en", "Se midió ya en marcha el", Tipo.FECHA),
    ),
)


def beneficio(mejora: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Por medida: antes, después, lo que se quita y lo que eso suma en un año; sin las que no se midieron.

    `ahorro` es negativo si empeoró; `al_anio` es None si no se sabe cuántas veces se pide.
    """
    veces = mejora["veces_al_anio"]
    filas = []
    for clave, nombre in MEDIDAS.items():
        antes, despues = mejora[f"{clave}_antes"], mejora[f"{clave}_despues"]
        if antes is not None and despues is not None:
            ahorro = antes - despues
            filas.append(
                {
                    "clave": clave,
                    "medida": nombre,
                    "antes": antes,
                    "despues": despues,
                    "ahorro": ahorro,
                    "al_anio": None if veces is None else ahorro * veces,
                }
            )
    return filas


def ahorro_total(mejoras: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Lo que varias mejoras quitan en un año, por medida; la que no dice cuántas veces se pide no suma."""
    total = dict.fromkeys(MEDIDAS, 0)
    for una in mejoras:
        for medida in beneficio(una):
            total[medida["clave"]] += medida["al_anio"] or 0
    return total
