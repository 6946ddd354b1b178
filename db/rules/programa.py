"""Un programa frente a los demás: qué tan urgente es y dónde cae al comparar lo logrado con lo gastado."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from db.rules.atencion import BRECHA_GRAVE, ProgramaVisto, caso_de_programa, necesidad, requiere_atencion
from db.rules.estado import Estado
from db.rules.presupuesto import en_palabras
from db.rules.resultado import Resultado

SIN_CASO = 9
"""Clase de quien no pide atención: va después de todos los que sí."""

VENCIDO = 3
"""Clase de un programa vencido: después de lo que ya gastó de más o está en rojo."""

CIEN = Decimal(100)
MESES = 12


class Cuadrante(StrEnum):
    """Los extremos de las dos diagonales del cuadrante físico-financiero."""

    GASTA_SIN_LOGRAR = "gasta_sin_lograr"
    LOGRA_SIN_GASTAR = "logra_sin_gastar"
    AVANZA_EN_LOS_DOS = "avanza_en_los_dos"
    ATRASADO_EN_LOS_DOS = "atrasado_en_los_dos"


NOMBRE_CUADRANTE = {
    Cuadrante.GASTA_SIN_LOGRAR: "Gasta más de lo que logra",
    Cuadrante.LOGRA_SIN_GASTAR: "Logra más de lo que gasta",
    Cuadrante.AVANZA_EN_LOS_DOS: "Gasta y logra lo esperado",
    Cuadrante.ATRASADO_EN_LOS_DOS: "Ni gasta ni logra lo esperado",
}


def urgencia(programa: ProgramaVisto) -> tuple[int, Decimal, int, Decimal, str]:
    """Llave de orden de la lista: lo que pide atención con el orden de Inicio; luego, por estado y cifra."""
    caso = caso_de_programa(programa)
    if caso is not None:
        clase, magnitud = caso.orden
    else:
        clase, magnitud = (VENCIDO if requiere_atencion(programa) else SIN_CASO), Decimal(0)
    return (clase, -magnitud, *necesidad(programa.cumplimiento), programa.clave)


def esperado_al_corte(fisico: Decimal | None, aprobado: int, en_calendario: int, mes: int) -> Decimal:
    """Dónde se cruzan las diagonales, en percent: el promedio de lo que se esperaba lograr y gastar al corte.

    `fisico` es lo programado de las metas; `en_calendario`, lo aprobado de enero al corte (centavos). El lado
    que falte se toma por los meses pasados.
    """
    por_meses = CIEN * mes / MESES
    logrado = por_meses if fisico is None else min(fisico, CIEN)
    calendario = en_calendario_al_corte(aprobado, en_calendario)
    gastado = por_meses if calendario is None else min(calendario, CIEN)
    return (logrado + gastado) / 2


def en_calendario_al_corte(aprobado: int, en_calendario: int) -> Decimal | None:
    """Percent de lo aprobado que el calendario preveía gastar al corte; None si no se aprobó nada."""
    return CIEN * en_calendario / aprobado if aprobado > 0 else None


def cuadrante(logrado: Decimal, gastado: Decimal, esperado: Decimal) -> Cuadrante:
    """En qué extremo cae un programa; los tres en percent.

    Fuera de la diagonal de paridad, desde `BRECHA_GRAVE` puntos de brecha; cerca de ella, según el promedio
    de sus dos avances llegue o no a lo esperado al corte.
    """
    brecha = logrado - gastado
    if brecha <= -BRECHA_GRAVE:
        return Cuadrante.GASTA_SIN_LOGRAR
    if brecha >= BRECHA_GRAVE:
        return Cuadrante.LOGRA_SIN_GASTAR
    if (logrado + gastado) / 2 >= esperado:
        return Cuadrante.AVANZA_EN_LOS_DOS
    return Cuadrante.ATRASADO_EN_LOS_DOS


def brecha_o_motivo(brecha: Resultado) -> str:
    """La brecha en palabras, o qué lado falta para decirla."""
    return brecha.detalle.formula if brecha.valor is None else en_palabras(brecha.valor)


_SIN_FISICO = {
    Estado.sin_meta: "sus metas no suman al avance anual",
    Estado.sin_dato: "sus metas no tienen avance oficial",
    Estado.sin_dato_suficiente: "pocas de sus metas tienen avance oficial",
}

_SIN_FINANCIERO = {
    Estado.sin_dato: "no tiene presupuesto cargado",
    Estado.no_toca: "no tiene dinero autorizado ni gastado",
    Estado.critico: "gastó sin dinero autorizado: no hay porcentaje",
}


def por_que_no_se_dibuja(metas: int, anual: Resultado, financiero: Resultado) -> list[str]:
    """Los lados que faltan para comparar un programa, cada uno con su motivo; vacío si están los dos."""
    motivos = []
    if anual.valor is None:
        motivos.append(_SIN_FISICO.get(anual.estado, "sin avance físico") if metas else "no tiene metas")
    if financiero.valor is None:
        motivos.append(_SIN_FINANCIERO[financiero.estado])
    return motivos


def cuantos_requieren(programas: Iterable[ProgramaVisto]) -> int:
    """Programas que requieren atención, con la misma regla que Inicio."""
    return sum(requiere_atencion(programa) for programa in programas)
