"""Proyectos estratégicos y de innovación: dónde, para cuántos, cómo van y qué los amenaza."""

from dashboard.ui.registro_pagina import dibujar
from dashboard.ui.vista_proyectos_estrategicos import en_el_mapa, uno
from db.rules.proyectos_estrategicos import REGISTRO

dibujar(REGISTRO, columnas=("localidad", "monto"), arriba=en_el_mapa, propio=uno)
