"""Imagen institucional: aplicaciones que se dictaminan, acciones que la fortalecen y sus lineamientos."""

from dashboard.ui.registro_pagina import dibujar_varios
from dashboard.ui.vista_imagen import accion, lineamiento
from db.rules.imagen import ACCION, LINEAMIENTO, SOLICITUD

dibujar_varios(
    {"aplicaciones": SOLICITUD, "acciones": ACCION, "lineamientos": LINEAMIENTO},
    {LINEAMIENTO.clave: lineamiento, ACCION.clave: accion},
)
