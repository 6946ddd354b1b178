"""Manuales: cómo está organizada cada dependencia y cómo hace lo que hace."""

from dashboard.ui.registro_pagina import dibujar
from dashboard.ui.vista_manuales import cobertura, procedimientos
from db.rules.manuales import REGISTRO

dibujar(REGISTRO, columnas=("tipo", "vigente_hasta"), arriba=cobertura, propio=procedimientos)
