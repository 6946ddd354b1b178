"""Imagen institucional: aplicaciones que se dictaminan, acciones que la fortalecen y sus lineamientos."""

from dashboard.ui.registro_pagina import dibujar_varios
from db.rules.imagen import ACCION, LINEAMIENTO, SOLICITUD

dibujar_varios({"aplicaciones": SOLICITUD, "acciones": ACCION, "lineamientos": LINEAMIENTO})
