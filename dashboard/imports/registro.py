"""Los formatos que el sistema sabe leer, en el orden en que conviene cargarlos."""

from dashboard.imports import (
    actividades,
    adecuaciones,
    alineacion,
    anteproyecto,
    avances,
    catalogo,
    eaepe,
    estructura,
    guia,
    indicadores,
    ingresos,
    ministraciones,
    mir,
    plan,
    presupuesto,
    programas,
    referencias,
    titulares,
)
from dashboard.imports.formato import Formato

FORMATS: tuple[Formato, ...] = (
    plan.FORMATO,
    catalogo.FORMATO,
    alineacion.FORMATO,
    estructura.FORMATO,
    titulares.FORMATO,
    programas.FORMATO,
    actividades.FORMATO,
    indicadores.FORMATO,
    referencias.FORMATO,
    mir.FORMATO,
    avances.FORMATO,
    presupuesto.FORMATO,
    adecuaciones.FORMATO,
    ministraciones.FORMATO,
    anteproyecto.FORMATO,
    eaepe.FORMATO,
    ingresos.FORMATO,
    guia.FORMATO,
)
