"""Políticas públicas: sus etapas, a qué sectores de la población sirven y el balance entre ellos."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.rules.encargos import Campo, Detalle, Etapa, Registro, Tipo

SECTORES = {
    "mujeres": "Mujeres",
    "ninez": "Niñas, niños y adolescentes",
    "juventud": "Jóvenes",
    "mayores": "Personas mayores",
    "indigenas": "Comunidades indígenas",
    "discapacidad": "Personas con discapacidad",
    "rural": "Población rural",
    "migrantes": "Personas migrantes",
    "diversidad": "Diversidad sexual",
    "general": "Población en general",
}
EFECTOS = {"beneficia": "Beneficia", "neutro": "Neutro", "afecta": "Afecta"}
INSTRUMENTOS = {
    "norma": "Norma",
    "subsidio": "Subsidio o apoyo",
    "servicio": "Servicio",
    "obra": "Obra",
    "campana": "Campaña",
    "convenio": "Convenio",
}

REGISTRO = Registro(
    clave="politica",
    nombre="Políticas públicas",
    uno="política",
    femenino=True,
    prefijo="POL",
    pagina="politicas",
    que_es="Qué problema público se atiende, a quién, con qué, y a quién beneficia o afecta.",
    pasos="Calendario",
    etapas={
        "agenda": Etapa("En agenda", "▷", ("formulacion", "descartada")),
        "formulacion": Etapa("En formulación", "◐", ("adopcion", "descartada"), requiere=("problema",)),
        "adopcion": Etapa(
            "Adoptada",
            "◐",
            ("implementacion",),
            autoriza=True,
            requiere=("problema", "poblacion", "objetivo", "sector_politica"),
        ),
        "implementacion": Etapa(
            "En implementación",
            "◐",
            ("evaluacion",),
            requiere=("instrumento_politica", "ligas", "participantes"),
        ),
        "evaluacion": Etapa(
            "En evaluación", "◐", ("concluida", "implementacion"), requiere=("seguimiento_politica",)
        ),
        "concluida": Etapa("Concluida", "✔", final=True, autoriza=True, requiere=("evaluacion",)),
        "descartada": Etapa("Descartada", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("problema", "Problema", Tipo.PARRAFO),
        Campo("poblacion", "Población que lo tiene", Tipo.PARRAFO),
        Campo("objetivo", "Objetivo", Tipo.PARRAFO),
        Campo("evaluacion", "Qué resultó", Tipo.PARRAFO),
    ),
    detalles=(
        Detalle(
            "sector_politica",
            "Sectores",
            "sector",
            (
                Campo("sector", "Sector", Tipo.OPCION, opciones=SECTORES),
                Campo("efecto", "Qué le hace", Tipo.OPCION, opciones=EFECTOS),
                Campo("explicacion", "Por qué, y cómo se compensa"),
            ),
            ("sector",),
        ),
        Detalle(
            "instrumento_politica",
            "Instrumentos",
            "instrumento",
            (
                Campo("tipo", "Tipo", Tipo.OPCION, opciones=INSTRUMENTOS),
                Campo("nombre", "Nombre", obligado=True),
                Campo("descripcion", "En qué consiste"),
            ),
            ("nombre",),
        ),
        Detalle(
            "seguimiento_politica",
            "Seguimiento",
            "seguimiento",
            (
                Campo("fecha", "Fecha", Tipo.FECHA, obligado=True),
                Campo("avance", "Avance, en %", Tipo.ENTERO, maximo=100),
                Campo("resultado", "Qué se ha logrado", Tipo.PARRAFO, obligado=True),
            ),
            ("fecha",),
            ("fecha",),
        ),
    ),
)


def balance(politicas: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Por sector: cuántas políticas lo benefician y lo afectan, y el dinero de sus programas, en centavos.

    `politicas`: `sectores` {sector: efecto} y `programas` {clave: centavos}. Un programa cuenta una vez por
    sector aunque lo usen varias políticas. Los no atendidos van al final con ceros.
    """
    renglones = []
    for sector, nombre in SECTORES.items():
        suyas = [p for p in politicas if p["sectores"].get(sector) == "beneficia"]
        programas = {clave: monto for p in suyas for clave, monto in p["programas"].items()}
        renglones.append(
            {
                "sector": sector,
                "nombre": nombre,
                "benefician": len(suyas),
                "afectan": sum(p["sectores"].get(sector) == "afecta" for p in politicas),
                "programas": len(programas),
                "modificado": sum(programas.values()),
            }
        )
    return sorted(renglones, key=lambda r: (-r["benefician"], -r["modificado"]))
