"""Los registros de la unidad. Agregar otro es su archivo en cada cuarto y un renglón aquí."""

from db.rules import (
    canales,
    capacitacion,
    estudios,
    imagen,
    manuales,
    mejoras,
    politicas,
    proyectos_estrategicos,
)
from db.rules.encargos import Registro

REGISTROS: dict[str, Registro] = {
    r.clave: r
    for r in (
        politicas.REGISTRO,
        estudios.REGISTRO,
        manuales.REGISTRO,
        mejoras.REGISTRO,
        proyectos_estrategicos.REGISTRO,
        *imagen.REGISTROS,
        canales.REGISTRO,
        capacitacion.REGISTRO,
    )
}
