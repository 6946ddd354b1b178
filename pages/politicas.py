"""Políticas públicas: qué problema se atiende, con qué, y a quién beneficia o afecta."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.politicas import REGISTRO

dibujar(REGISTRO)
