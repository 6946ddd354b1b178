"""Manuales de organización y de procedimientos: etapas, vigencia, cobertura y cuánto tarda un procedimiento.

Un manual válido está aprobado, vigente y, si es de organización, trae organigrama, funciones y perfiles
(Guía Consultiva de Desempeño Municipal, indicador 1.1.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.rules.encargos import Campo, Detalle, Etapa, Registro, Tipo

TIPOS = {"organizacion": "De organización", "procedimientos": "De procedimientos"}
ELEMENTOS = {
    "organigrama": "Organigrama",
    "funciones": "Funciones por unidad",
    "perfiles": "Perfil de cada puesto",
}
DIA_HABIL = 480
"""Minutos de un día de trabajo."""

REGISTRO = Registro(
    clave="manual",
    nombre="Manuales",
    uno="manual",
    prefijo="MAN",
    pagina="manuales",
    que_es="Cómo está organizada cada dependencia y cómo hace lo que hace, con el acto que lo aprobó.",
    vigencia="vigente_hasta",
    ligas=("nodo", "programa", "acuerdo"),
    etapas={
        "por_elaborar": Etapa("Por elaborar", "▷", ("en_elaboracion",)),
        "en_elaboracion": Etapa("En elaboración", "◐", ("en_revision",)),
        "en_revision": Etapa("En revisión", "◐", ("aprobado", "en_elaboracion")),
        "aprobado": Etapa(
            "Aprobado", "✔", ("publicado", "sustituido"), autoriza=True, requiere=("acto", "aprobado_en")
        ),
        "publicado": Etapa(
            "Publicado", "✔", ("sustituido",), final=True, autoriza=True, requiere=("medio", "publicado_en")
        ),
        "sustituido": Etapa("Sustituido", "✖", final=True, autoriza=True),
    },
    campos=(
        Campo("tipo", "Tipo", Tipo.OPCION, opciones=TIPOS, obligado=True),
        Campo("edicion", "Edición", Tipo.ENTERO, minimo=1, obligado=True),
        *(Campo(clave, f"Trae: {nombre.lower()}", Tipo.SI_NO) for clave, nombre in ELEMENTOS.items()),
        Campo("acto", "Acto con que se aprobó", ayuda="Acta de cabildo u oficio."),
        Campo("aprobado_en", "Se aprobó el", Tipo.FECHA),
        Campo("medio", "Dónde se publicó"),
        Campo("publicado_en", "Se publicó el", Tipo.FECHA),
        Campo("vigente_hasta", "Vigente hasta", Tipo.FECHA),
    ),
    detalles=(
        Detalle(
            "paso_procedimiento",
            "Procedimientos",
            "paso",
            (
                Campo("procedimiento", "Procedimiento", obligado=True),
                Campo("numero", "Paso número", Tipo.ENTERO, obligado=True, minimo=1),
                Campo("quien", "Quién", obligado=True),
                Campo("actividad", "Qué hace", Tipo.PARRAFO, obligado=True),
                Campo("minutos", "Minutos", Tipo.ENTERO),
                Campo("regresa_a", "Con un «no», vuelve al paso", Tipo.ENTERO, vacio=True, minimo=1),
            ),
            ("procedimiento", "numero"),
            ("procedimiento", "numero"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cobertura:
    """Cuántas dependencias tienen manual válido, de cuántas."""

    validas: int
    total: int

    @property
    def porcentaje(self) -> Decimal | None:
        return Decimal(100) * self.validas / self.total if self.total else None


def faltas_de(manual: Mapping[str, Any], hoy: date) -> list[str]:
    """Qué le falta a un manual para ser válido hoy; vacío, si lo es."""
    que = []
    if manual["etapa"] not in ("aprobado", "publicado"):
        que.append(REGISTRO.etapas[manual["etapa"]].palabra.lower())
    elif manual["vigente_hasta"] and manual["vigente_hasta"] < hoy:
        que.append("vencido")
    if manual["tipo"] == "organizacion":
        que += [f"sin {nombre.lower()}" for clave, nombre in ELEMENTOS.items() if not manual[clave]]
    return que


def cobertura(
    dependencias: Sequence[int], manuales: Sequence[Mapping[str, Any]], tipo: str, hoy: date
) -> Cobertura:
    """De las dependencias generales, cuántas tienen un manual válido de ese tipo."""
    con = {m["dependencia_id"] for m in manuales if m["tipo"] == tipo and not faltas_de(m, hoy)}
    return Cobertura(sum(d in con for d in dependencias), len(dependencias))


def duracion(minutos: int) -> str:
    """«45 min», «2 h 30 min», «3 días»: un día hábil tiene ocho horas."""
    if minutos >= DIA_HABIL and minutos % DIA_HABIL == 0:
        dias = minutos // DIA_HABIL
        return f"{dias} {'día' if dias == 1 else 'días'}"
    horas, resto = divmod(minutos, 60)
    partes = [f"{horas} h" if horas else "", f"{resto} min" if resto else ""]
    return " ".join(p for p in partes if p) or "0 min"
