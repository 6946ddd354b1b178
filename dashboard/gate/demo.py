"""¿Es la demostración? Sólo ahí se entra sin contraseña; hacen falta tres señales a la vez."""

import json
import os
from pathlib import Path

from db.engine import hogar, url_de_la_base
from db.rules.permisos import Rol

MARCA = "demostracion.json"

QUE_HACE = {
    Rol.ADMINISTRACION: "Cuentas, configuración y bitácora",
    Rol.PLANEACION: "Carga el plan y las metas, y valida los avances",
    Rol.PRESIDENCIA: "Consulta el tablero y el plan",
    Rol.TESORERIA: "Carga el presupuesto",
    Rol.ENLACE: "Captura los avances de su dependencia",
    Rol.COPLADEM: "Da seguimiento al plan",
    Rol.CONTRALORIA: "Consulta la bitácora y las cuentas",
}
"""Lo que cada quien puede probar."""


def marcar(carpeta: Path) -> None:
    """Deja en la carpeta la marca de que su base es inventada; la pone sólo `siem demo`."""
    (carpeta / MARCA).write_text(json.dumps({"demostracion": True}), encoding="utf-8")


def es_demo() -> bool:
    """La orden (`SIEM_DEMO=1`), la marca en el hogar y que la base sea el archivo de ese hogar."""
    carpeta = hogar()
    return (
        os.environ.get("SIEM_DEMO") == "1"
        and (carpeta / MARCA).is_file()
        and url_de_la_base() == f"sqlite:///{carpeta / 'siem.sqlite'}"
    )
