"""La orden `siem`: un módulo por familia de órdenes, cada uno con `registrar(app)`."""

from dashboard.comando import avisar, cargar, entregar, migrar, respaldo, resumen, servir, usuarios, verificar
from dashboard.comando.espanol import Aplicacion

MODULOS = (servir, cargar, resumen, usuarios, migrar, respaldo, verificar, entregar, avisar)
"""Cada módulo agrega sus órdenes; una nueva es un archivo aquí y su nombre en esta lista."""

app = Aplicacion(name="siem", help="Sistema de Información Estratégica Municipal.")

for modulo in MODULOS:
    modulo.registrar(app)
