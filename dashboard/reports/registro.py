"""Los documentos que el sistema sabe hacer, por grupo y en el orden de la pantalla."""

from dashboard.reports import (
    acta,
    avance_pdm,
    carpeta,
    comite,
    constancia,
    dictamen,
    eaepe,
    encargo,
    expediente,
    ficha_ejecutiva,
    guia,
    informe,
    informe_laminas,
    material,
    osfem,
    pae,
    pbrm_indicadores,
    pbrm_metas,
    pbrm_programa,
    sipot,
)
from dashboard.reports.documento import Reporte
from db.rules.problema import Problema

REPORTS: tuple[Reporte, ...] = (
    ficha_ejecutiva.REPORTE,
    *avance_pdm.REPORTES,
    *pbrm_programa.REPORTES,
    *pbrm_metas.REPORTES,
    *pbrm_indicadores.REPORTES,
    *dictamen.REPORTES,
    expediente.REPORTE,
    *eaepe.REPORTES,
    *osfem.REPORTES,
    *sipot.REPORTES,
    *pae.REPORTES,
    *guia.REPORTES,
    *informe.REPORTES,
    informe_laminas.REPORTE,
    *acta.REPORTES,
    *carpeta.REPORTES,
    *comite.REPORTES,
    *material.REPORTES,
    *encargo.REPORTES,
    constancia.REPORTE,
)


def reporte_de(clave: str) -> Reporte:
    """El documento con esa clave; Problema si no existe."""
    for reporte in REPORTS:
        if reporte.clave == clave:
            return reporte
    raise Problema("Ese documento no existe.", "Elija uno de la lista.")
