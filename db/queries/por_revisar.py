"""Lo que cada área debe y lo que espera revisión en un periodo."""

from typing import Any

from sqlmodel import Session

from db.models.captura import ClaseItem
from db.queries.calendario import vencimientos
from db.queries.captura import items
from db.queries.registro import areas
from db.rules.captura import CAPTURADOS, PASOS, EstadoAvance, pide_justificacion, pide_mejora
from db.rules.estado import Estado
from db.rules.resultado import Detalle, Resultado

ROJOS = (Estado.critico, Estado.no_programado)


def _sin_duda(item: dict[str, Any]) -> bool:
    if not item["resultado"] or item["resultado"]["estado"] in ROJOS:
        return False
    resultado = Resultado(item["resultado"]["valor"], Estado(item["resultado"]["estado"]), Detalle(""))
    razonado = bool(item["justificacion"]) or not pide_justificacion(resultado)
    return razonado and (item["mejora"] is not None or not pide_mejora(resultado))


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
    """Lo entregado por un área que espera revisión: clase, id, version, nombre, valor, cifra, autor…

    `sin_duda`: con resultado que no es crítico y, si se sale de 90 a 110 %, con lo que eso pide; se valida
    en bloque.
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
            "version": item["version"],
            "sin_duda": _sin_duda(item),
        }
        for item in items(session, anio, mes, areas(session, dependencia_id))
        if item["estado"] in CAPTURADOS and EstadoAvance.VALIDADO in PASOS[item["estado"]]
    ]
