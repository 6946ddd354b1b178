"""Canales entre unidades: temas que se discuten hasta un acuerdo, circulares y líneas de trabajo."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.rules.encargos import Campo, Etapa, Registro, Tipo
from db.rules.permisos import Accion

CLASES = {"tema": "Tema por discutir", "circular": "Circular", "linea_trabajo": "Línea de trabajo"}

REGISTRO = Registro(
    clave="tema",
    nombre="Canales entre unidades",
    uno="tema",
    prefijo="CAN",
    pagina="canales",
    que_es="Lo que las unidades expresan, discuten, acuerdan y difunden, con quién lo leyó.",
    pasos="",
    autorizar=Accion.EDITAR_REGISTROS,
    etapas={
        "abierto": Etapa("Abierto", "▷", ("en_acuerdo", "difundido", "cerrado")),
        "en_acuerdo": Etapa(
            "Con propuesta de acuerdo", "◐", ("acordado", "abierto"), requiere=("conclusion",)
        ),
        "acordado": Etapa("Acordado", "✔", ("difundido",), final=True, requiere=("conclusion",)),
        "difundido": Etapa("Difundido", "✔", ("cerrado",), final=True, requiere=("conclusion",)),
        "cerrado": Etapa("Cerrado", "✖", final=True, razon=True),
    },
    campos=(
        Campo("clase", "Qué es", Tipo.OPCION, opciones=CLASES, obligado=True),
        Campo("para_todas", "Va a todas las dependencias", Tipo.SI_NO),
        Campo("pide_acuse", "Pide acuse de enterado", Tipo.SI_NO),
        Campo("conclusion", "Lo que se acuerda o se difunde", Tipo.PARRAFO),
    ),
)


def numero_de_acuerdo(folio: str, lugar: int) -> str:
    """«CAN-2026-004/02»: el folio del tema y el lugar del acuerdo en él."""
    return f"{folio}/{lugar:02d}"


def acuses(lecturas: Sequence[Mapping[str, Any]], esperados: Mapping[int, str]) -> dict[str, list[str]]:
    """Quién acusó, quién sólo leyó y quién ni lo ha abierto, por su nombre.

    `esperados`: las cuentas a las que va, id → nombre.
    """
    acusaron = {v["usuario_id"] for v in lecturas if v["acuse_en"]}
    leyeron = {v["usuario_id"] for v in lecturas}
    return {
        "acusaron": [n for i, n in esperados.items() if i in acusaron],
        "leyeron": [n for i, n in esperados.items() if i in leyeron - acusaron],
        "faltan": [n for i, n in esperados.items() if i not in leyeron],
    }
