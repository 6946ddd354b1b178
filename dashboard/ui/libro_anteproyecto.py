"""El libro de Excel de una dependencia: PbRM-01a, 04a y capítulos, en valores y sin nada que se ejecute."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard.imports.plantilla import INERTE
from db.queries.anteproyecto import VIGENTE
from db.rules.anteproyecto import MESES, capitulo_de
from db.rules.formato import fecha_hora

Datos = Mapping[str, Any]

ENCABEZADO = (
    "SISTEMA DE COORDINACIÓN HACENDARIA DEL ESTADO DE MÉXICO CON SUS MUNICIPIOS",
    "PRESUPUESTO BASADO EN RESULTADOS MUNICIPAL",
)
PESOS = "#,##0.00"


def libro(datos: Datos, etapa: Datos, municipio: str, nombres: Mapping[str, str]) -> bytes:
    """Tres hojas; los importes son números en pesos con dos decimales."""
    salida = BytesIO()
    archivo = xlsxwriter.Workbook(salida, INERTE)
    _hoja(
        archivo,
        "PbRM-01a",
        "Programa Anual · Dimensión Administrativa del Gasto",
        (datos, etapa, municipio),
        (
            "Código Dependencia Auxiliar",
            "Denominación Dependencia Auxiliar",
            "Clave del Proyecto",
            "Denominación del Proyecto",
            "Presupuesto autorizado por Proyecto",
        ),
        [
            (p["auxiliar"], p["auxiliar_nombre"], p["proyecto"], p["proyecto_nombre"], p["propuesto"])
            for p in datos["proyectos"]
        ],
        "Presupuesto Total",
    )
    _hoja(
        archivo,
        "PbRM-04a",
        "Presupuesto de Egresos Detallado",
        (datos, etapa, municipio),
        (
            "Dependencia Auxiliar",
            "Proyecto",
            "Fuente",
            "Partida",
            "Denominación",
            *map(str.capitalize, MESES),
            "Anual",
        ),
        [
            (
                *(p[c] for c in ("auxiliar", "proyecto", "fuente", "partida")),
                nombres.get(p["partida"]) or nombres.get(f"{p['partida'][:3]}0", ""),
                *p["meses"],
                p["anual"],
            )
            for p in datos["partidas"]
        ],
        "Total",
    )
    por_capitulo: dict[str, int] = defaultdict(int)
    for partida in datos["partidas"]:
        por_capitulo[capitulo_de(partida["partida"])] += partida["anual"]
    _hoja(
        archivo,
        "Capítulos",
        "Total por capítulo",
        (datos, etapa, municipio),
        ("Capítulo", "Denominación", "Anual"),
        [(clave, nombres.get(clave, ""), monto) for clave, monto in sorted(por_capitulo.items())],
        "Total",
    )
    archivo.close()
    return salida.getvalue()


def _hoja(
    archivo: Any,
    nombre: str,
    titulo: str,
    de_quien: tuple[Datos, Datos, str],
    columnas: Sequence[str],
    filas: Sequence[Sequence[Any]],
    total: str,
) -> None:
    datos, etapa, municipio = de_quien
    hoja = archivo.add_worksheet(nombre)
    negrita, dinero = archivo.add_format({"bold": True}), archivo.add_format({"num_format": PESOS})
    suma = archivo.add_format({"bold": True, "num_format": PESOS})
    cabeza = (
        *ENCABEZADO,
        f"{nombre} · {titulo}",
        f"Municipio: {municipio} · Ejercicio Fiscal {etapa['anio']} · {etapa['nombre']}",
        f"Dependencia General: {datos['clave']} {datos['nombre']}",
    )
    for renglon, texto in enumerate(cabeza):
        hoja.write_string(renglon, 0, texto, negrita)
    inicio = len(cabeza) + 1
    for columna, texto in enumerate(columnas):
        hoja.write_string(inicio, columna, texto, negrita)
        hoja.set_column(columna, columna, 16)
    sumas: dict[int, int] = defaultdict(int)
    for renglon, fila in enumerate(filas, start=inicio + 1):
        for columna, valor in enumerate(fila):
            if isinstance(valor, int):
                sumas[columna] += valor
                hoja.write_number(renglon, columna, Decimal(valor).scaleb(-2), dinero)
            else:
                hoja.write_string(renglon, columna, valor)
    pie = inicio + 1 + len(filas)
    hoja.write_string(pie, 0, total, negrita)
    for columna, valor in sumas.items():
        hoja.write_number(pie, columna, Decimal(valor).scaleb(-2), suma)
    for renglon, firma in enumerate(datos["firmas"], start=pie + 2):
        hoja.write_string(renglon, 0, _firma(firma))


def _firma(firma: Datos) -> str:
    if firma["vigencia"] != VIGENTE:
        return f"{firma['papel']} {firma['quien']}: sin firma vigente"
    return f"{firma['papel']} {firma['nombre']}, {firma['cargo']}, {fecha_hora(firma['firmado_en'])}"
