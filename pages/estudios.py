"""Estudios: lo que el municipio necesita saber antes de decidir, quién lo hace y qué halló."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.estudios import REGISTRO

dibujar(REGISTRO, columnas=("realiza",))
