"""La ficha de un indicador con su tendencia ya dibujada; se guarda por versión de los datos."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from dashboard.ui.grafica_indicador import indicador
from dashboard.ui.graficas import a_spec
from dashboard.ui.texto import esc_md
from db.queries.ficha_indicador import ficha_indicador
from db.rules.formato import numero


def vista_indicador(
    session: Session, *, indicador_id: int, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any] | None:
    """La ficha y su gráfica; None si el indicador no existe en el ejercicio."""
    ficha = ficha_indicador(session, indicador_id=indicador_id, anio=anio, mes=mes, ente_id=ente_id)
    return None if ficha is None else {"ficha": ficha, "grafica": _grafica(ficha, oscuro)}


def _grafica(ficha: Mapping[str, Any], oscuro: bool) -> dict[str, Any]:
    puntos = ficha["historia"]
    medidos = [p for p in puntos if p["alcanzado"] is not None]
    return {
        "titulo": esc_md(_hallazgo(medidos)),
        "subtitulo": "Resultado acumulado por trimestre; el contorno es lo programado",
        "spec": a_spec(indicador(puntos, oscuro)) if medidos else None,
        "alt": _hallazgo(medidos),
        "tabla": {
            "Trimestre": [p["texto"] for p in puntos],
            "Resultado": [_escrito(p["alcanzado"]) for p in puntos],
            "Programado": [_escrito(p["programado"]) for p in puntos],
        },
    }


def _hallazgo(medidos: list[Mapping[str, Any]]) -> str:
    """El título dice lo que pasó: subió, bajó o se mantuvo; sin dos puntos, sólo qué se mira."""
    if not medidos:
        return "Todavía no hay resultados que mostrar"
    if len(medidos) == 1:
        return f"Un solo resultado: {_escrito(medidos[0]['alcanzado'])}"
    antes, ahora = medidos[-2]["alcanzado"], medidos[-1]["alcanzado"]
    if antes == ahora:
        return f"Se mantuvo en {_escrito(ahora)}"
    verbo = "Subió" if ahora > antes else "Bajó"
    return f"{verbo} de {_escrito(antes)} a {_escrito(ahora)}"


def _escrito(valor: Any) -> str:
    return "—" if valor is None else numero(round(valor, 2))
