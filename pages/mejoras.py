"""Mejoras a trámites: lo que los grupos de trabajo proponen y lo que la gente se ahorra."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.mejoras import REGISTRO

dibujar(REGISTRO, columnas=("tipo",))
