"""El gasto en tablas: por una clasificación, con sus momentos, o por el cruce de dos, con una medida.

Van a la pantalla como tablas de Arrow: pasar decimales por pandas costaba la mitad de cada corrida.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.ui.enlaces import clave_de_ida, ir
from db.rules.cruce import MEDIDAS, OTROS, Cruce, Monto, medida, ordenar, parte_gastada
from db.rules.matriz import CLASIFICACIONES, SIN_CODIGO, siguiente, sin_ente

COLUMNAS = {
    "aprobado": "Aprobado",
    "ampliaciones": "Ampliaciones",
    "reducciones": "Reducciones",
    "modificado": "Modificado",
    "comprometido": "Comprometido",
    "devengado": "Devengado",
    "ejercido": "Ejercido",
    "pagado": "Pagado",
    "subejercicio": "Subejercicio",
}
"""En el orden del estado analítico; aprobado, ampliaciones, reducciones y modificado siempre juntos."""

GASTADO = "Gastado"
TOTAL = "Total"
ANCHO_NOMBRE = 200
ANCHO_CLAVE = 340
"""Pixeles: una clave se distingue por su final, y debe verse."""
RENGLONES_MAXIMOS = 300
"""Más no se leen: los menores se juntan en el último renglón y la suma no cambia."""

PESOS = "%,.2f"
PESOS_CERRADOS = "%,.0f"
POR_CIENTO = "%.1f %%"


def pesos(centavos: int) -> Decimal:
    """Centavos → pesos exactos, para que la tabla los ordene como números."""
    return Decimal(centavos).scaleb(-2)


def rotulo(codigo: str, nombre: str) -> str:
    """«1000 Servicios personales»; lo que no trae código, su nombre."""
    return f"{sin_ente(codigo)[0]} {nombre}".strip()


def ancho(clasificacion: str) -> int:
    """Lo que mide la columna de nombres."""
    return ANCHO_CLAVE if clasificacion == "clave" else ANCHO_NOMBRE


def tabla_por_una(montos: Mapping[str, Monto], nombres: Mapping[str, str], total: Monto) -> dict[str, Any]:
    """Un renglón por código, del mayor al menor modificado, y el total al final."""
    orden = ordenar(montos)
    vistos = [(rotulo(c, nombres.get(c, "")), montos[c]) for c in orden[:RENGLONES_MAXIMOS]]
    if resto := orden[RENGLONES_MAXIMOS:]:
        vistos.append((f"Otros {len(resto):,}", _juntos([montos[c] for c in resto])))
    vistos.append((TOTAL, total))
    return {
        "codigos": orden[:RENGLONES_MAXIMOS],
        "nombres": [nombre for nombre, _ in vistos],
        GASTADO: [parte_gastada(m) for _, m in vistos],
        **{titulo: [pesos(m[campo]) for _, m in vistos] for campo, titulo in COLUMNAS.items()},
    }


def _juntos(montos: Sequence[Monto]) -> dict[str, int]:
    return {campo: sum(m[campo] for m in montos) for campo in montos[0]}


def tabla_cruzada(
    cruce: Cruce, cual: str, de_fila: Mapping[str, str], de_columna: Mapping[str, str]
) -> dict[str, Any]:
    """Filas × columnas de una medida, con sus totales; las celdas sin dinero van vacías."""
    titulos = {c: "Otros" if c == OTROS else rotulo(c, de_columna.get(c, "")) for c in cruce.columnas}
    filas = cruce.filas[:RENGLONES_MAXIMOS]
    nombres = [rotulo(f, de_fila.get(f, "")) for f in filas]
    datos: dict[str, list[Decimal | None]] = {
        TOTAL: [_celda(cruce.por_fila[f], cual) for f in filas] + [_celda(cruce.total, cual)]
    }
    for columna in cruce.columnas:
        celdas = [_celda(cruce.celdas.get((f, columna)), cual) for f in filas]
        datos[titulos[columna]] = [*celdas, _celda(cruce.por_columna[columna], cual)]
    return {
        "codigos": filas,
        "nombres": [*nombres, TOTAL],
        "columnas": {titulo: codigo for codigo, titulo in titulos.items()},
        "datos": datos,
        "fuera": len(cruce.filas) - len(filas),
    }


def _celda(monto: Monto | None, cual: str) -> Decimal | None:
    valor = medida(monto, cual)
    return pesos(valor) if isinstance(valor, int) else valor


def dibujar_una(
    tabla: Mapping[str, Any], por: str, llave: str, destino: Mapping[str, str], entes: Mapping[str, str]
) -> None:
    """La tabla; elegir un renglón baja un nivel."""
    evento = st.dataframe(
        pa.table(
            {CLASIFICACIONES[por].nombre: tabla["nombres"], GASTADO: tabla[GASTADO]}
            | {titulo: tabla[titulo] for titulo in COLUMNAS.values()}
        ),
        column_config={
            CLASIFICACIONES[por].nombre: st.column_config.TextColumn(width=ancho(por)),
            GASTADO: st.column_config.NumberColumn(
                GASTADO, format=POR_CIENTO, help="Devengado ÷ modificado."
            ),
            **{t: st.column_config.NumberColumn(t, format=PESOS) for t in COLUMNAS.values()},
        },
        hide_index=True,
        key=clave_de_ida(f"gasto_{llave}"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=f"Gasto por {CLASIFICACIONES[por].nombre.lower()}, en pesos",
    )
    for fila in evento.selection.rows:
        if fila < len(tabla["codigos"]):
            ir("presupuesto", bajar(destino, por, tabla["codigos"][fila], entes))


def dibujar_cruce(
    tabla: Mapping[str, Any],
    cuales: tuple[str, str],
    cual: str,
    llave: str,
    destino: Mapping[str, str],
    entes: Mapping[str, str],
) -> None:
    """La matriz; elegir una celda baja por su fila y su columna."""
    formato = POR_CIENTO if cual == "pct" else PESOS_CERRADOS
    nombre, otro = (CLASIFICACIONES[c].nombre for c in cuales)
    evento = st.dataframe(
        pa.table({nombre: tabla["nombres"], **tabla["datos"]}),
        column_config={
            nombre: st.column_config.TextColumn(width=ancho(cuales[0])),
            **{t: st.column_config.NumberColumn(t, format=formato, width=130) for t in tabla["datos"]},
        },
        hide_index=True,
        key=clave_de_ida(f"matriz_{llave}"),
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="—",
        alt=f"{MEDIDAS[cual]} por {nombre.lower()} y {otro.lower()}",
    )
    for fila, columna in evento.selection.cells:
        if puestos := bajar_celda(tabla, (fila, columna), cuales, destino, entes):
            ir("presupuesto", puestos)


def bajar(destino: Mapping[str, str], por: str, codigo: str, entes: Mapping[str, str]) -> dict[str, str]:
    """Los parámetros al elegir un código: queda elegido y se desglosa en lo que sigue.

    `entes` dice cómo se llama cada uno: el código de una dependencia o de una clave lleva el suyo.
    """
    valor, ente = sin_ente(codigo)
    puestos = {c: v for c, v in destino.items() if c not in ("por", "con")}
    if por == "ente":
        ente = codigo
    else:
        puestos[por] = valor or SIN_CODIGO
    if ente in entes:
        puestos["ente"] = entes[ente]
    return {**puestos, "por": siguiente(por, puestos)}


def bajar_celda(
    tabla: Mapping[str, Any],
    lugar: tuple[int, str],
    cuales: tuple[str, str],
    destino: Mapping[str, str],
    entes: Mapping[str, str],
) -> dict[str, str] | None:
    """Los parámetros al elegir una celda; una de totales baja por un solo lado, la de todo por ninguno."""
    (fila, columna), (por, con) = lugar, cuales
    puestos: dict[str, str] | None = None
    codigo = tabla["columnas"].get(columna)
    if codigo is not None and codigo != OTROS:
        puestos = bajar(destino, con, codigo, entes)
    if fila < len(tabla["codigos"]):
        puestos = bajar(puestos or destino, por, tabla["codigos"][fila], entes)
    return puestos
