"""De las columnas de dinero, largas o anchas, a movimientos: un renglón por clave y mes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from dashboard.imports.importes import Enteros, Importes, Mascara, importes
from dashboard.imports.lectura.valores import Periodo, ValorInvalido, fecha, periodo
from dashboard.imports.presupuesto_columnas import DINERO, campo_mensual
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.presupuesto import Movimientos
from db.queries.presupuesto import MOMENTOS
from db.rules.formato import mes_nombre, moneda
from db.rules.problema import Problema

MESES = 13


@dataclass(slots=True)
class Bloque:
    """Importes que comparten mes renglón por renglón; `mes` 0 es un mes que no se entendió."""

    mes: Enteros
    dinero: dict[str, Importes]


@dataclass(slots=True)
class Lote:
    """Los movimientos de un archivo y de qué renglón y columna salió cada uno."""

    movimientos: Movimientos
    renglon: Enteros
    bloque: Enteros
    bloques: list[Bloque]
    momentos: frozenset[str] = frozenset()
    """Los momentos que el archivo trae o de los que se deducen."""
    juntados: int = 0
    """Renglones que se sumaron a otro de la misma clave y mes."""
    sin_importes: int = 0
    totales: dict[str, int] = field(default_factory=dict)
    """Suma de cada columna leída, en centavos, para cuadrar con los totales del archivo."""

    def celda_de(self, movimiento: int, momento: str) -> tuple[str, int]:
        """(campo, renglón) de donde salió un momento de un movimiento."""
        dinero = self.bloques[int(self.bloque[movimiento])].dinero
        origen = dinero.get(momento) or dinero.get("ampliaciones_reducciones") or next(iter(dinero.values()))
        return origen.campo, int(self.renglon[movimiento])


def bloques(revisor: Revisor, indice: Enteros, anio: int, corte_mes: int | None) -> list[Bloque]:
    """Un bloque si el archivo es largo; uno por mes, y uno anual, si es ancho. `indice` es el de las claves.

    Problema si no trae importes, o si no dice de qué mes son.
    """
    columnas = revisor.lectura.columnas
    largos = {momento: importes(revisor, momento) for momento in DINERO if momento in columnas}
    if "mes" in columnas:
        if not largos:
            raise Problema("El archivo no trae importes.", "Agregue al menos la columna «aprobado».")
        return [Bloque(_meses(revisor, indice, anio), largos)]
    resultado = []
    for mes in range(1, MESES):
        campos = {momento: campo_mensual(momento, mes) for momento in DINERO}
        dinero = {m: importes(revisor, campo) for m, campo in campos.items() if campo in columnas}
        if dinero:
            resultado.append(Bloque(_constante(revisor, mes), dinero))
    if not resultado:
        return [_acumulado(revisor, largos, corte_mes)]
    mensuales = {momento for bloque in resultado for momento in bloque.dinero}
    anuales = {momento: valores for momento, valores in largos.items() if momento not in mensuales}
    if anuales:
        nombres = " y ".join(f"«{momento}»" for momento in anuales)
        revisor.avisos.append(f"Sólo viene el total anual de {nombres}: se guardó en enero.")
        _juntar_en_enero(revisor, resultado, anuales)
    for momento in largos.keys() & mensuales:
        _cuadrar_anual(
            revisor, largos[momento], [b.dinero[momento] for b in resultado if momento in b.dinero]
        )
    return resultado


def _constante(revisor: Revisor, mes: int) -> Enteros:
    return np.full(len(revisor.lectura.filas), mes, dtype=np.int64)


def _acumulado(revisor: Revisor, largos: dict[str, Importes], corte_mes: int | None) -> Bloque:
    if not largos or corte_mes is None:
        raise Problema(
            "El archivo no dice de qué mes es cada importe.",
            "Agregue la columna «mes» o columnas como «devengado_enero»; si son cifras acumuladas de enero a "
            "un mes, indique ese mes como corte.",
        )
    nombre = mes_nombre(corte_mes)
    revisor.avisos.append(f"Sin columna de mes: las cifras se guardaron acumuladas en {nombre}.")
    return Bloque(_constante(revisor, corte_mes), largos)


def _juntar_en_enero(revisor: Revisor, lista: list[Bloque], anuales: dict[str, Importes]) -> None:
    for bloque in lista:
        if len(bloque.mes) and bloque.mes[0] == 1:
            bloque.dinero.update(anuales)
            return
    lista.insert(0, Bloque(_constante(revisor, 1), anuales))


def _cuadrar_anual(revisor: Revisor, anual: Importes, meses: list[Importes]) -> None:
    """La columna anual no se suma: se compara con sus meses."""
    suma = np.sum([mes.valores for mes in meses], axis=0)
    for i in np.flatnonzero((suma != anual.valores) & ~anual.vacias).tolist():
        Renglon(revisor, i).falla(
            anual.campo,
            f"el total anual no es la suma de sus meses ({moneda(int(suma[i]))})",
            "Se cargan los meses; corrija el total si es el bueno.",
            grave=False,
        )


def _meses(revisor: Revisor, indice: Enteros, anio: int) -> Enteros:
    """El mes de cada renglón; 0, después de anotar el problema, si no se entiende o es de otro año."""
    leidos: dict[str | None, int] = {}
    meses = []
    for i, (texto, clave) in enumerate(zip(revisor.lectura.columnas["mes"], indice.tolist(), strict=True)):
        mes = leidos.get(texto) if clave >= 0 else 0
        if mes is None:
            try:
                mes = _mes(texto, anio)
            except ValorInvalido as error:
                Renglon(revisor, i).falla("mes", error.regla, error.remedio)
                mes = 0
            else:
                leidos[texto] = mes
        meses.append(mes)
    return np.array(meses, dtype=np.int64)


def _mes(texto: str | None, anio: int) -> int:
    try:
        leido = periodo(texto)
    except ValorInvalido:
        dia = fecha(texto)
        leido = Periodo("mes", dia.month, dia.year) if dia else None
    if leido is None:
        raise ValorInvalido("falta el mes", "Escriba el nombre del mes o de 1 a 12.")
    if leido.tipo not in ("mes", "numero") or not 1 <= leido.numero <= 12:
        raise ValorInvalido("no es un mes", "Escriba el nombre del mes o de 1 a 12.")
    if leido.anio not in (None, anio):
        raise ValorInvalido(f"es de {leido.anio} y se carga el ejercicio {anio}", "Revise el archivo.")
    return leido.numero


def _momentos(revisor: Revisor, bloque: Bloque) -> dict[str, Enteros]:
    """Los momentos de un bloque; las adecuaciones se deducen de su columna con signo o del modificado."""
    dinero = {m: bloque.dinero[m].valores for m in MOMENTOS if m in bloque.dinero}
    sin_adecuaciones = not dinero.keys() & {"ampliaciones", "reducciones"}
    neto = bloque.dinero.get("ampliaciones_reducciones")
    modificado = bloque.dinero.get("modificado")
    if sin_adecuaciones and neto:
        dinero |= _por_signo(neto.valores)
    elif sin_adecuaciones and modificado and "aprobado" in dinero:
        return dinero | _por_signo(np.where(modificado.vacias, 0, modificado.valores - dinero["aprobado"]))
    if modificado and "aprobado" in dinero:
        debe = dinero["aprobado"] + dinero.get("ampliaciones", 0) - dinero.get("reducciones", 0)
        for i in np.flatnonzero((debe != modificado.valores) & ~modificado.vacias).tolist():
            Renglon(revisor, i).falla(
                modificado.campo,
                f"modificado no es aprobado + ampliaciones − reducciones ({moneda(int(debe[i]))})",
                "Corrija el renglón; el sistema calcula el modificado con los otros tres importes.",
                grave=False,
            )
    return dinero


def _por_signo(neto: Enteros) -> dict[str, Enteros]:
    return {"ampliaciones": np.maximum(neto, 0), "reducciones": np.maximum(-neto, 0)}


def _con_dato(importes_: Iterable[Importes], largo: int) -> Mascara:
    con_dato = np.zeros(largo, dtype=np.bool_)
    for columna in importes_:
        con_dato |= ~columna.vacias
    return con_dato


def lote(revisor: Revisor, indice: Enteros, lista: list[Bloque]) -> Lote:
    """Junta los bloques en un movimiento por clave y mes; los repetidos se suman."""
    largo = len(indice)
    usadas, momentos = [], []
    for bloque in lista:
        usables = _con_dato(bloque.dinero.values(), largo) & (indice >= 0) & (bloque.mes > 0)
        usadas.append(np.flatnonzero(usables))
        momentos.append(_momentos(revisor, bloque))
    renglon = np.concatenate(usadas)
    de_bloque = np.repeat(np.arange(len(lista)), [len(filas) for filas in usadas])
    meses = np.concatenate([b.mes[filas] for b, filas in zip(lista, usadas, strict=True)])
    llaves, primero, destino = np.unique(
        indice[renglon] * MESES + meses, return_index=True, return_inverse=True
    )
    columnas = []
    for momento in MOMENTOS:
        suma = np.zeros(len(llaves), dtype=np.int64)
        partes = [
            m[momento][f] if momento in m else np.zeros(len(f), np.int64)
            for m, f in zip(momentos, usadas, strict=True)
        ]
        np.add.at(suma, destino, np.concatenate(partes))
        columnas.append(suma)
    return Lote(
        Movimientos(llaves // MESES, llaves % MESES, *columnas),
        renglon[primero],
        de_bloque[primero],
        lista,
        frozenset(nombre for m in momentos for nombre in m),
        juntados=len(renglon) - len(llaves),
        sin_importes=largo - len(np.unique(renglon)),
        totales={c.campo: c.total(indice >= 0) for bloque in lista for c in bloque.dinero.values()},
    )
