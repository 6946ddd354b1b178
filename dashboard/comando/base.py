"""La base del municipio: crearla la primera vez y llevarla a la versión del programa."""

from collections.abc import Callable

from db.actions.respaldo import respaldar
from db.engine import writing
from db.migrar import al_dia, comprobar_conocida, migrar, revision_actual
from db.rules.permisos import LINEA_DE_COMANDOS
from seed.inicial import preparar


def crear_base() -> None:
    """Crea las tablas en una base vacía y le pone los catálogos oficiales y los segmentos de la clave."""
    migrar()
    with writing(LINEA_DE_COMANDOS) as session:
        preparar(session)


def poner_al_dia(avisar: Callable[[str], None]) -> None:
    """Crea la base si no hay, o la respalda y la migra. `Problema` si es de un programa más nuevo."""
    comprobar_conocida()
    if al_dia():
        return
    if revision_actual() is None:
        crear_base()
        avisar("Se creó la base, con los catálogos oficiales.")
        return
    avisar(f"Respaldo antes de migrar: {respaldar().archivo}")
    migrar()
    avisar("La base quedó al día con esta versión.")
