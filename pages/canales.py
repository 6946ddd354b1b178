"""Canales entre unidades: lo que se discute, se acuerda y se difunde, y quién lo leyó."""

from dashboard.ui.registro_pagina import dibujar
from db.rules.canales import REGISTRO

dibujar(REGISTRO, columnas=("clase",))
