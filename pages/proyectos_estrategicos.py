"""Proyectos estratégicos y de innovación: dónde, para cuántos, cómo van y qué los amenaza."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.proyectos_estrategicos import REGISTRO

dibujar(REGISTRO, columnas=("localidad", "monto"))
