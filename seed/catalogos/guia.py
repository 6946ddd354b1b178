"""La edición vigente de la Guía Consultiva de Desempeño Municipal, lista para evaluarse."""

from sqlmodel import Session

from db.actions.guia_catalogo import (
    FilaElemento,
    FilaIndicador,
    guardar_elementos,
    guardar_indicadores,
    indicadores_de,
)
from db.models.guia import SinVariables, TipoGuia
from db.rules.guia import sin_variables_de
from db.rules.permisos import LINEA_DE_COMANDOS
from seed.catalogos import leer

EDICION = "2025-2027"


def cargar_guia(session: Session) -> int:
    """Pone los indicadores y elementos si la edición no está; devuelve cuántos indicadores agregó.

    Si el municipio ya cargó su archivo, o corrigió algo, no se toca.
    """
    if indicadores_de(session, EDICION):
        return 0
    indicadores = [
        FilaIndicador(
            clave=r["clave"],
            modulo=int(r["clave"].split(".")[0]),
            modulo_nombre=r["modulo"],
            tema=r["clave"].rsplit(".", 1)[0],
            tema_nombre=r["tema"],
            nombre=r["nombre"],
            tipo=TipoGuia(r["tipo"]),
            revision=r["revision"],
            formula=r["formula"],
            variables=r["variables"],
            optimo=r["optimo"],
            en_proceso=r["en_proceso"],
            rezago=r["rezago"],
            sin_variables=SinVariables(sin_variables_de(r["clave"])),
        )
        for r in leer("guia_indicadores.csv")
    ]
    guardar_indicadores(session, LINEA_DE_COMANDOS, EDICION, indicadores)
    elementos = [FilaElemento(r["clave"], r["inciso"], r["nombre"]) for r in leer("guia_elementos.csv")]
    guardar_elementos(session, LINEA_DE_COMANDOS, EDICION, elementos)
    return len(indicadores)
