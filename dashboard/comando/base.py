"""La base del municipio la primera vez: tablas y catálogos oficiales."""

from db.engine import writing
from db.migrar import migrar
from db.rules.permisos import LINEA_DE_COMANDOS
from seed.inicial import preparar


def crear_base() -> None:
    """Crea las tablas en una base vacía y le pone los catálogos oficiales y los segmentos de la clave."""
    migrar()
    with writing(LINEA_DE_COMANDOS) as session:
        preparar(session)
