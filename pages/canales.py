"""Canales entre unidades: lo que se discute, se acuerda y se difunde, y quién lo leyó."""

from dashboard.ui.registro_pagina import dibujar
from dashboard.ui.vista_canales import pendientes, tema
from db.rules.canales import REGISTRO

dibujar(REGISTRO, columnas=("clase",), arriba=pendientes, propio=tema)
