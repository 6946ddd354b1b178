"""Políticas públicas: qué problema se atiende, con qué, y a quién beneficia o afecta."""

from dashboard.ui.registro_pagina import dibujar
from dashboard.ui.vista_politicas import balance
from db.rules.politicas import REGISTRO

dibujar(REGISTRO, arriba=balance)
