"""Lo que se revisa del presupuesto ya leído: orden de los momentos, negativos, totales y catálogo."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from sqlmodel import Session

from dashboard.imports.formato import Contexto
from dashboard.imports.importes import Enteros, importe
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from dashboard.imports.lectura.valores import ValorInvalido
from dashboard.imports.presupuesto_momentos import Lote
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.presupuesto import Clave
from db.queries.estructura import entes_activos
from db.queries.presupuesto import MOMENTOS
from db.rules.formato import mes_nombre, moneda
from db.rules.presupuesto import ORDEN

LISTADOS = 100
"""Casos de una misma regla que se enlistan uno por uno; los demás se cuentan."""

_REMEDIO = "Confírmelo con Tesorería; se puede cargar con observaciones."


def revisar_momentos(revisor: Revisor, lote: Lote, claves: Sequence[Clave], estricto: bool) -> None:
    """Orden de los momentos acumulados y meses negativos; graves sólo si el ejercicio es estricto."""
    columnas = {momento: lote.movimientos.columna(momento) for momento in MOMENTOS}
    for momento in MOMENTOS:
        casos = np.flatnonzero(columnas[momento] < 0)
        for movimiento in casos[:LISTADOS].tolist():
            campo, i = lote.celda_de(movimiento, momento)
            valor = moneda(int(columnas[momento][movimiento]))
            Renglon(revisor, i).falla(campo, f"{momento} negativo ({valor})", _REMEDIO, estricto)
        _contar(revisor, len(casos), f"meses con {momento} negativo")
    acumulados = _acumulados(lote, len(claves), columnas)
    presentes = [nombre for nombre in ORDEN if nombre == "modificado" or nombre in lote.momentos]
    for mayor, menor in pairwise(presentes):
        faltas = acumulados[mayor] < acumulados[menor]
        rotas = np.flatnonzero(faltas.any(axis=1))
        for clave in rotas[:LISTADOS].tolist():
            mes = int(faltas[clave].argmax()) + 1
            a, b = (int(acumulados[nombre][clave, mes - 1]) for nombre in (mayor, menor))
            campo, i = lote.celda_de(_movimiento(lote, clave, mes), menor)
            regla = f"a {mes_nombre(mes)}, {menor} acumulado {moneda(b)} rebasa a {mayor} {moneda(a)}"
            Renglon(revisor, i).falla(campo, regla, _REMEDIO, estricto)
        _contar(revisor, len(rotas), f"claves con {menor} mayor que {mayor}")


def _contar(revisor: Revisor, cuantos: int, que: str) -> None:
    if cuantos > LISTADOS:
        revisor.avisos.append(f"Hay {cuantos:,} {que}; se enlistan {LISTADOS}.")


def _acumulados(lote: Lote, claves: int, columnas: dict[str, Enteros]) -> dict[str, Enteros]:
    """Por momento, centavos de enero a cada mes: una fila por clave, doce columnas."""
    de_clave, mes = lote.movimientos.columna("clave"), lote.movimientos.columna("mes")
    acumulados = {}
    for momento, valores in columnas.items():
        cuadro = np.zeros((claves, 12), dtype=np.int64)
        cuadro[de_clave, mes - 1] = valores
        acumulados[momento] = cuadro.cumsum(axis=1)
    adecuado = acumulados["ampliaciones"] - acumulados["reducciones"]
    acumulados["modificado"] = acumulados["aprobado"][:, -1:] + adecuado
    return acumulados


def _movimiento(lote: Lote, clave: int, mes: int) -> int:
    """El movimiento de una clave en un mes, o el último anterior; van ordenados por clave y mes."""
    de_clave, meses = lote.movimientos.columna("clave"), lote.movimientos.columna("mes")
    return int(np.flatnonzero((de_clave == clave) & (meses <= mes))[-1])


def revisar_totales(revisor: Revisor, lote: Lote) -> None:
    """Compara el último renglón de totales con lo sumado; los renglones de totales no se cuentan."""
    lectura = revisor.lectura
    if not lectura.totales:
        return
    if len(lectura.totales) > 1:
        revisor.avisos.append(f"{len(lectura.totales):,} renglones de totales y subtotales no se contaron.")
    ultimo = max(lectura.totales, key=lambda total: total.fila)
    for campo, suma in lote.totales.items():
        texto = ultimo.celdas.get(campo)
        try:
            dice = importe(texto)
        except ValorInvalido:
            continue
        if dice is not None and dice != suma:
            revisor.anotar(
                ProblemaCelda(
                    lectura.hoja,
                    f"{lectura.letras[campo]}{ultimo.fila}",
                    texto or "",
                    f"el total difiere {moneda(dice - suma)} de la suma de los renglones ({moneda(suma)})",
                    "Revise si falta o sobra un renglón; se cargan los renglones.",
                    grave=False,
                )
            )


def avisar_ente(session: Session, revisor: Revisor, contexto: Contexto) -> None:
    """Si nadie dijo de qué ente es el dinero y hay varios, dice en cuál se guardará."""
    entes = entes_activos(session)
    if contexto.ente_supuesto and len(entes) > 1:
        nombre = next(ente["nombre"] for ente in entes if ente["id"] == contexto.ente_id)
        revisor.avisos.append(f"Ente: «{nombre}», porque no se indicó otro.")


def avisar_proyectos(
    revisor: Revisor, lote: Lote, claves: Sequence[Clave], catalogo: frozenset[str], anio: int
) -> None:
    """Dinero de proyectos que el catálogo del año no tiene: es un hecho que se dice, no un error."""
    con_proyecto = {clave.proyecto for clave in claves if clave.proyecto}
    if not con_proyecto:
        return
    if not catalogo:
        revisor.avisos.append(f"No hay catálogo de proyectos de {anio}: no se revisaron los proyectos.")
        return
    if ajenos := sorted(con_proyecto - catalogo):
        aprobado, de_clave = lote.movimientos.columna("aprobado"), lote.movimientos.columna("clave")
        fuera = np.array([clave.proyecto in ajenos for clave in claves], dtype=np.bool_)
        suma = moneda(int(aprobado[fuera[de_clave]].sum()))
        lista = ", ".join(ajenos[:12]) + (f" y {len(ajenos) - 12} más" if len(ajenos) > 12 else "")
        revisor.avisos.append(
            f"Proyectos que no están en el catálogo de {anio}: {lista}. Su aprobado suma {suma}."
        )
