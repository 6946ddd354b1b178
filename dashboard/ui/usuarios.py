"""Las cuentas, en palabras y en tablas."""

from typing import Any

from db.queries.usuarios import en_utc
from db.rules.formato import fecha_hora
from db.rules.permisos import NOMBRE_ROL, Asignacion, Rol

TODO = "Todo el municipio"


def alcance(rol: dict[str, Any]) -> str:
    """Hasta dónde llega un rol."""
    return str(rol["dependencia"] or rol["ente"] or TODO)


def rol_en_palabras(rol: dict[str, Any]) -> str:
    """«Enlace de dependencia (Obras Públicas)»; sin alcance, sólo el rol."""
    donde = alcance(rol)
    return NOMBRE_ROL[Rol(rol["rol"])] + ("" if donde == TODO else f" ({donde})")


def situacion(cuenta: dict[str, Any]) -> str:
    """Si puede entrar, y si no, qué le falta."""
    if not cuenta["activa"]:
        return "Desactivada"
    if cuenta["con_clave"]:
        return "Activa"
    if cuenta["codigo_vence"]:
        return f"Código hasta {fecha_hora(en_utc(cuenta['codigo_vence']))}"
    return "Sin código"


def en_tabla(cuentas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Un renglón por cuenta, para `st.dataframe`."""
    return [
        {
            "Cuenta": cuenta["cuenta"],
            "Nombre": cuenta["nombre"],
            "Rol": ", ".join(rol_en_palabras(rol) for rol in cuenta["roles"]),
            "Situación": situacion(cuenta),
            "Sesiones": cuenta["sesiones"],
            "Última entrada": fecha_hora(en_utc(cuenta["ultima_entrada"]))
            if cuenta["ultima_entrada"]
            else None,
        }
        for cuenta in cuentas
    ]


def opciones_de_alcance(
    entes: list[dict[str, Any]], dependencias: list[dict[str, Any]]
) -> dict[str, tuple[int | None, int | None]]:
    """Texto de cada alcance posible y su (ente, dependencia)."""
    nombres = {ente["id"]: ente["nombre"] for ente in entes}
    opciones: dict[str, tuple[int | None, int | None]] = {TODO: (None, None)}
    opciones |= {f"Ente: {ente['nombre']}": (ente["id"], None) for ente in entes}
    for d in dependencias:
        opciones[f"{d['clave']} {d['nombre']} · {nombres.get(d['ente_id'], '')}"] = (d["ente_id"], d["id"])
    return opciones


def asignaciones(roles: list[Rol], donde: tuple[int | None, int | None]) -> list[Asignacion]:
    """Los roles elegidos con un mismo alcance."""
    return [Asignacion(rol, *donde) for rol in roles]
