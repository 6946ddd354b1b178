"""Proyectos estratégicos y de innovación: etapas, avance contra calendario y gravedad de sus riesgos."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.rules.encargos import Campo, Detalle, Etapa, Registro, Tipo
from db.rules.estado import Estado

CLASES = {"estrategico": "Estratégico", "innovacion": "De innovación"}
ESCALA = "1, muy poco; 5, muchísimo."
ALTO, MEDIO = 15, 8
"""Desde qué probabilidad × impacto un riesgo es alto o medio; escala de este sistema."""

REGISTRO = Registro(
    clave="proyecto_estrategico",
    nombre="Proyectos estratégicos",
    uno="proyecto",
    prefijo="PE",
    pagina="proyectos_estrategicos",
    que_es="Lo que define a la administración: dónde, para cuántos, cómo va y qué lo amenaza.",
    pasos="Fases e hitos",
    etapas={
        "idea": Etapa("Idea", "▷", ("planeacion", "cancelado")),
        "planeacion": Etapa("En planeación", "◐", ("autorizado", "cancelado"), requiere=("objetivo",)),
        "autorizado": Etapa(
            "Autorizado", "◐", ("ejecucion", "cancelado"), autoriza=True, requiere=("monto", "pasos", "ligas")
        ),
        "ejecucion": Etapa("En ejecución", "◐", ("terminado", "suspendido"), requiere=("riesgo_proyecto",)),
        "suspendido": Etapa("Suspendido", "◆", ("ejecucion", "cancelado"), autoriza=True, razon=True),
        "terminado": Etapa("Terminado", "✔", final=True, requiere=("avance_proyecto",)),
        "cancelado": Etapa("Cancelado", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("clase", "Clase", Tipo.OPCION, opciones=CLASES, obligado=True),
        Campo("objetivo", "Objetivo", Tipo.PARRAFO),
        Campo("localidad", "Localidad"),
        Campo(
            "latitud",
            "Latitud",
            Tipo.CANTIDAD,
            "Grados, por ejemplo 19.2846.",
            vacio=True,
            minimo=14,
            maximo=33,
        ),
        Campo(
            "longitud",
            "Longitud",
            Tipo.CANTIDAD,
            "Grados, por ejemplo -99.5121.",
            vacio=True,
            minimo=-119,
            maximo=-86,
        ),
        Campo("beneficiarios", "Personas beneficiadas", Tipo.ENTERO),
        Campo("monto", "Monto autorizado", Tipo.DINERO),
        Campo("fuente", "Fuente de los recursos"),
        Campo("contrato", "Contrato"),
        Campo("contratista", "Contratista"),
        Campo("contratado", "Monto contratado", Tipo.DINERO),
    ),
    detalles=(
        Detalle(
            "avance_proyecto",
            "Avance",
            "avance",
            (
                Campo("fecha", "Fecha", Tipo.FECHA, obligado=True),
                Campo("fisico", "Avance físico, en %", Tipo.CANTIDAD, obligado=True, minimo=0, maximo=100),
                Campo("ejercido", "Ejercido hasta entonces", Tipo.DINERO),
                Campo("nota", "Qué se hizo"),
            ),
            ("fecha",),
            ("fecha",),
        ),
        Detalle(
            "riesgo_proyecto",
            "Riesgos",
            "riesgo",
            (
                Campo("riesgo", "Qué puede salir mal", obligado=True),
                Campo("probabilidad", "Probabilidad", Tipo.ENTERO, ESCALA, obligado=True, minimo=1, maximo=5),
                Campo("impacto", "Impacto", Tipo.ENTERO, ESCALA, obligado=True, minimo=1, maximo=5),
                Campo("respuesta", "Qué se hará"),
                Campo("responsable", "Quién"),
                Campo("cerrado", "Ya no amenaza", Tipo.SI_NO),
            ),
            ("riesgo",),
        ),
    ),
)


def gravedad(riesgo: Mapping[str, Any]) -> tuple[int, Estado, str]:
    """(probabilidad × impacto, estado, palabra) de un riesgo; cerrado no pesa."""
    if riesgo["cerrado"]:
        return 0, Estado.adecuado, "Cerrado"
    peso = riesgo["probabilidad"] * riesgo["impacto"]
    if peso >= ALTO:
        return peso, Estado.critico, "Alto"
    return (peso, Estado.riesgo, "Medio") if peso >= MEDIO else (peso, Estado.adecuado, "Bajo")


def esperado(pasos: Sequence[Mapping[str, Any]], dia: date) -> Decimal | None:
    """Avance que su calendario pedía ese día, en porcentaje: días corridos de sus fases entre todos."""
    total: int = sum((p["fin"] - p["inicio"]).days + 1 for p in pasos)
    if not total:
        return None
    corridos: int = sum(max(0, (min(dia, p["fin"]) - p["inicio"]).days + 1) for p in pasos)
    return Decimal(100) * corridos / total


def financiero(ejercido: int, monto: int) -> Decimal | None:
    """Lo ejercido del monto autorizado, en porcentaje; None sin monto."""
    return Decimal(100) * ejercido / monto if monto else None
