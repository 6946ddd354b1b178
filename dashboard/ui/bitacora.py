"""Los renglones de la bitácora, en palabras y en tablas (una celda de tabla nunca es Markdown)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.rules.formato import ZONA, fecha_hora
from db.rules.texto import sin_marcas

ACCIONES = {
    "crear": "Creó",
    "editar": "Cambió",
    "borrar": "Borró",
    "cargar": "Cargó",
    "consultar": "Consultó",
    "agregar": "Agregó",
    "quitar": "Quitó",
    "fijar": "Fijó",
    "deshacer": "Deshizo",
    "entrar": "Entró",
    "salir": "Salió",
    "entrada_rechazada": "No pudo entrar",
    "dar_codigo": "Dio un código",
    "estrenar_codigo": "Estrenó su código",
    "cambiar_clave": "Cambió su contraseña",
    "cerrar_sesiones": "Cerró sesiones",
}


ACENTOS = {
    sin: con
    for con in (
        "acción", "administración", "alineación", "bitácora", "categoría", "clasificación", "código",
        "contraseña", "descripción", "dirección", "línea", "método", "número", "programación", "reconducción",
        "título", "única", "versión", "vínculo",
    )
    for sin in (sin_marcas(con),)
} | {"anio": "ejercicio", "id": "núm.", "sha256": "huella"}  # fmt: skip
"""Los nombres de tablas y columnas van sin acento; en pantalla lo llevan."""


def palabra(nombre: str) -> str:
    """`meta_actividad` → «Meta actividad»; `linea_accion` → «Línea acción»."""
    texto = " ".join(ACENTOS.get(parte, parte) for parte in nombre.split("_"))
    return texto[:1].upper() + texto[1:]


def accion(nombre: str) -> str:
    """El verbo de una acción, como se le diría a una persona."""
    return ACCIONES.get(nombre, palabra(nombre))


def _dia(texto: str, nombre: str) -> datetime | None:
    if not texto.strip():
        return None
    try:
        dia = datetime.strptime(texto.strip(), "%d/%m/%Y").replace(tzinfo=ZoneInfo(ZONA))
    except ValueError:
        raise ValueError(f"«{nombre}» debe escribirse dd/mm/aaaa; por ejemplo, 22/11/2026.") from None
    return dia.astimezone(UTC)


def plazo(desde: str, hasta: str) -> dict[str, datetime | None]:
    """Los dos días escritos, como instantes; el último día entra completo. ValueError si no son fechas."""
    fin = _dia(hasta, "Hasta")
    return {"desde": _dia(desde, "Desde"), "hasta": fin + timedelta(days=1) if fin else None}


def _valor(valor: Any) -> str | None:
    if valor is None or valor == "":
        return None
    return {True: "sí", False: "no"}[valor] if isinstance(valor, bool) else str(valor)


def en_tabla(renglones: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Un renglón por hecho, para `st.dataframe`."""
    return [
        {
            "Núm.": renglon["id"],
            "Cuándo": fecha_hora(renglon["momento"]),
            "Quién": renglon["cuenta"],
            "Hizo": accion(renglon["accion"]),
            "Qué": palabra(renglon["entidad"]),
            "Cuál": renglon["entidad_id"] or None,
            "Datos": ", ".join(palabra(campo) for campo in (renglon["cambios"] or renglon["detalle"]))
            or None,
        }
        for renglon in renglones
    ]


def antes_y_despues(renglon: dict[str, Any]) -> list[dict[str, Any]]:
    """Un renglón por dato cambiado; si el hecho no cambió columnas, sus detalles."""
    cambios = [
        {"Dato": palabra(campo), "Antes": _valor(antes), "Después": _valor(despues)}
        for campo, (antes, despues) in renglon["cambios"].items()
    ]
    detalle = [
        {"Dato": palabra(campo), "Antes": None, "Después": _valor(valor)}
        for campo, valor in renglon["detalle"].items()
    ]
    direccion = [{"Dato": "Dirección IP", "Antes": None, "Después": _valor(renglon["ip"])}]
    return cambios + detalle + direccion
