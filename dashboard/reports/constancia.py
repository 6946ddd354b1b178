"""La constancia de un curso, con el folio con que cualquiera puede comprobarla."""

from collections.abc import Mapping

from dashboard.reports import comun
from dashboard.reports.bloques import Bloque, Campo, Estilo, Ficha, Parrafo
from dashboard.reports.documento import Documento, Opcion, Parametros, Preguntar, Reporte
from db.queries.capacitacion import constancia, constancias
from db.rules.formato import fecha_larga, numero
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.titular import UIPPE


def _dadas(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return preguntar(constancias)


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """A quién, por qué curso, cuántas horas y cuándo."""
    una = preguntar(constancia, folio=p.otros.get("constancia", ""))
    if una is None:
        raise Problema("Aún no hay constancias.", "Delas en la ficha de un curso concluido.")
    firman, faltas = comun.firma_del_ente(preguntar, p, UIPPE, una["emitida_en"])
    bloques: tuple[Bloque, ...] = (
        Parrafo("Se otorga la presente constancia a"),
        Parrafo(una["nombre"], Estilo.DESTACADO),
        Parrafo("por haber concluido el curso"),
        Parrafo(una["titulo"], Estilo.DESTACADO),
        Ficha(
            (
                Campo("Duración", f"{numero(una['horas'])} horas"),
                Campo("Impartió", una["instructor"]),
                Campo("Fecha", fecha_larga(una["emitida_en"])),
                Campo("Folio de la constancia", una["constancia"]),
            )
        ),
        Parrafo("Su validez se comprueba con el folio en Capacitación, parte «Constancias».", Estilo.NOTA),
        *firman,
    )
    return Documento(
        REPORTE.clave,
        "Constancia",
        comun.membrete(preguntar, p),
        bloques,
        tuple(faltas),
        hoja="Constancia",
    )


REPORTE = Reporte(
    "constancia_curso",
    "Constancia de un curso",
    "Para quien asistió y aprobó, con folio que se puede comprobar.",
    "Registros de la unidad",
    construir,
    Accion.VER_CAPACITACION,
    formatos=("pdf", "docx"),
    opciones=(Opcion("constancia", "Constancia", _dadas, una_por_valor=True),),
)
