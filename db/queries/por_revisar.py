"""Lo que cada área debe y lo que espera revisión en un periodo."""

from typing import Any

from sqlmodel import Session

from db.models.captura import ClaseItem
from db.queries.calendario import vencimientos
from db.queries.captura import items
from db.queries.registro import areas
from db.rules.captura import CAPTURADOS, PASOS, EstadoAvance
from db.rules.estado import Estado

ROJOS = (Estado.critico, Estado.no_programado)


def debe(session: Session, *, anio: int, meses: list[int], dependencia_id: int) -> list[dict[str, Any]]:
    """Lo que un área debe de esos periodos: lo devuelto primero, con su motivo, y luego por plazo.

    Cada uno: mes, clase, nombre, palabra, devolucion, cierra (UTC o None si no hay ventana).
    """
    suyas = areas(session, dependencia_id)
    cierran = {(v["mes"], v["clase"]): v["cierra"] for v in vencimientos(session, anio, suyas)}
    lista = []
    for mes in meses:
        for item in items(session, anio, mes, suyas):
            devuelto = item["estado"] is EstadoAvance.DEVUELTO
            if not item["toca"] or item["estado"] not in (None, EstadoAvance.BORRADOR, EstadoAvance.DEVUELTO):
                continue
            ventana = "actividades" if item["clase"] is ClaseItem.META else "indicadores"
            lista.append(
                {
                    "mes": mes,
                    "clase": item["clase"].value,
                    "nombre": item["nombre"],
                    "palabra": item["palabra"],
                    "devuelto": devuelto,
                    "devolucion": item["devolucion"] if devuelto else "",
                    "cierra": cierran.get((mes, ventana)),
                }
            )
    return sorted(lista, key=lambda f: (not f["devuelto"], f["mes"]))


def por_revisar(session: Session, *, anio: int, mes: int, dependencia_id: int) -> list[dict[str, Any]]:
    """Lo entregado por un área que espera revisión: clase, id, nombre, valores, cifra, justificacion y autor.

    `sin_duda`: en banda o justificado y, si es crítico, con su plan de mejora; se valida en bloque.
    """
    return [
        {
            "clase": item["clase"].value,
            "id": item["id"],
            "nombre": item["nombre"],
            "valor": " · ".join(str(r["alcanzado"]) for r in item["renglones"]),
            "cifra": item["resultado"]["cifra"] if item["resultado"] else "",
            "palabra": item["resultado"]["palabra"] if item["resultado"] else "",
            "icono": item["resultado"]["icono"] if item["resultado"] else "",
            "justificacion": item["justificacion"],
            "autor": item["autor"],
            "evidencias": item["evidencias"],
            "sin_duda": bool(item["resultado"]) and item["resultado"]["estado"] not in ROJOS,
        }
        for item in items(session, anio, mes, areas(session, dependencia_id))
        if item["estado"] in CAPTURADOS and EstadoAvance.VALIDADO in PASOS[item["estado"]]
    ]
