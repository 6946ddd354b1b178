"""Los rótulos del dictamen de reconducción y del formato de indicadores, letra por letra (Manual PbRM)."""

from collections.abc import Mapping
from typing import Any

from db.rules.formato import fecha_larga
from db.rules.periodo import Operacion

COORDINACION = "SISTEMA DE COORDINACIÓN HACENDARIA DEL ESTADO DE MÉXICO CON SUS MUNICIPIOS"
DICTAMEN = "DICTAMEN DE RECONDUCCIÓN Y ACTUALIZACIÓN PROGRAMÁTICA-PRESUPUESTAL PARA RESULTADOS"
INDICADORES = "FORMATO DE RECONDUCCIÓN DE INDICADORES ESTRATÉGICOS Y/O DE GESTIÓN"

MOVIMIENTO = {
    "programatica": "Movimiento de adecuación programática",
    "presupuestal": "Reconducción programático-presupuestal",
}
PROYECTO = {
    "reduce": "Identificación del Proyecto en el que se cancela o reduce",
    "amplia": "Identificación del Proyecto en el que se asigna o amplía",
}
RECURSOS = {
    "reduce": "Identificación de Recursos a nivel de Proyecto que se cancelan o se reducen",
    "amplia": "Identificación de Recursos a nivel de Proyecto que se amplían o se asignan",
}
IMPORTE = {"reduce": "Por cancelar o reducir", "amplia": "Ampliación y/o reasignación"}
METAS = {
    "reduce": "Metas de Actividad Programadas y alcanzadas del proyecto a cancelar o reducir",
    "amplia": "Metas de Actividad Programadas y alcanzadas del proyecto que se crea o incrementa",
}
JUSTIFICA = {
    "reduce": "De la cancelación o reducción de metas y/o recursos del proyecto (impacto o repercusión "
    "programática)",
    "amplia": "De la creación o reasignación de metas y/o recursos al proyecto (beneficio, impacto, "
    "repercusión programática)",
    "origen": "Identificación del Origen de los recursos",
}
RESUMEN = {
    "reduce": "Resumen sobre la cancelación o reducción de la programación de Indicadores estratégicos y/o "
    "de gestión",
    "amplia": "Resumen sobre la creación o incremento de programación de indicadores estratégicos y/o de "
    "gestión",
}
FIRMAS = (
    ("Elaboró", "Titular de la Dependencia General", "general"),
    ("Vo. Bo.", "Titular de la Tesorería Municipal", "tesoreria"),
    ("Autorizó", "Titular de la UIPPE o su equivalente", "uippe"),
)
OPERACION = {
    Operacion.suma: "Sumable",
    Operacion.constante: "Constante",
    Operacion.valor_actual: "No sumable",
    Operacion.promedio: "Promedio",
    Operacion.maximo: "Máximo",
    Operacion.minimo: "Mínimo",
}
NIVEL = {"fin": "Fin", "proposito": "Propósito", "componente": "Componente", "actividad": "Actividad"}
FIRMAN_INDICADORES = (
    ("Solicitó", "Titular de la Dependencia u Organismo", "general"),
    ("Autorizó", "Titular de la UIPPE o equivalente", "uippe"),
)


def acuerdo_del_comite(s: Mapping[str, Any]) -> str:
    """«COPLADEMUN/2026/ORD-03/01, del 17 de septiembre de 2026»; vacío si no pasó por un comité."""
    return f"{s['acuerdo']}, del {fecha_larga(s['acordado_en'])}" if s["acuerdo"] else ""
