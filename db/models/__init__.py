"""Tablas por área. Importar este paquete las registra todas."""

from db.models import (
    actividad,
    bitacora,
    captura,
    catalogo,
    estructura,
    indicadores,
    municipio,
    plan,
    presupuesto,
    programas,
    usuarios,
)

__all__ = [
    "actividad",
    "bitacora",
    "captura",
    "catalogo",
    "estructura",
    "indicadores",
    "municipio",
    "plan",
    "presupuesto",
    "programas",
    "usuarios",
]
