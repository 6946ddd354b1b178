"""Capacitación: qué hace falta aprender, qué cursos se dan, quién los tomó y qué aprendió."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.capacitacion import REGISTRO

dibujar(REGISTRO, columnas=("tipo", "horas"))
