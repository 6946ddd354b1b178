"""Los renglones de un EAEPE: sus importes, sus identidades y su total de control."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.imports.eaepe_niveles import (
    cuadra,
    es_total,
    es_total_del_gasto,
    niveles,
    separar_codigo,
    suma_del_nivel_1,
)
from dashboard.imports.importes import importe
from dashboard.imports.lectura.extraccion import FilaTotal
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from dashboard.imports.lectura.valores import ValorInvalido
from dashboard.imports.renglon import Renglon as Lector
from dashboard.imports.renglon import Revisor
from db.actions.presupuesto import IMPORTES_EAEPE, Renglon
from db.rules.eaepe import Oficial
from db.rules.formato import moneda
from db.rules.presupuesto import revisar_eaepe

REMEDIO_CONCEPTO = "Escríbalo o borre el renglón; si está en la columna de al lado, titúlela también así."


def control_de(lectura: Lectura) -> FilaTotal | None:
    """El renglón «Total del Gasto» que cierra la primera tabla; si no, el último total."""
    generales = [t for t in lectura.totales if es_total_del_gasto(t.celdas.get("concepto") or "")]
    return generales[0] if generales else max(lectura.totales, key=lambda t: t.fila, default=None)


def leer_renglones(revisor: Revisor, control: FilaTotal | None, anio: int) -> list[tuple[int, Renglon]]:
    """(posición, renglón) de los que traen importes y son del año.

    No se leen los que siguen al total del documento ni los subtotales metidos entre los datos.
    """
    columnas = revisor.lectura.columnas
    leidos, omitidos = [], Counter[str]()
    for i, fila in enumerate(revisor.lectura.filas):
        if not any(columnas[campo][i] for campo in IMPORTES_EAEPE if campo in columnas):
            continue
        clave, concepto, de_anio = (_texto(columnas, campo, i) for campo in ("clave", "concepto", "anio"))
        if control and fila > control.fila:
            omitidos["después del total del gasto"] += 1
        elif de_anio and de_anio.strip().split(".")[0] != str(anio):
            omitidos["de otro ejercicio"] += 1
        elif es_total(clave) or es_total(concepto):
            omitidos["de totales o subtotales"] += 1
        elif not concepto.strip():
            Lector(revisor, i).falla("concepto", "falta el concepto", REMEDIO_CONCEPTO)
        else:
            leidos.append((i, _renglon(revisor, i, clave, concepto)))
    revisor.avisos += [
        f"{cuantos:,} renglones {cuales} no se cargaron." for cuales, cuantos in omitidos.items()
    ]
    return leidos


def _texto(columnas: dict[str, list[str | None]], campo: str, i: int) -> str:
    return (columnas[campo][i] or "") if campo in columnas else ""


def _renglon(revisor: Revisor, i: int, clave: str, concepto: str) -> Renglon:
    valores: dict[str, int | None] = {}
    for campo in IMPORTES_EAEPE:
        if campo not in revisor.lectura.columnas:
            continue
        try:
            valores[campo] = importe(revisor.lectura.columnas[campo][i])
        except ValorInvalido as error:
            Lector(revisor, i).falla(campo, error.regla, error.remedio)
    aprobado, devengado = valores.get("aprobado") or 0, valores.get("devengado") or 0
    neto, modificado = valores.get("ampliaciones_reducciones"), valores.get("modificado")
    if modificado is None:
        modificado = aprobado + (neto or 0)
    if neto is None:
        neto = modificado - aprobado
    subejercicio = valores.get("subejercicio")
    if subejercicio is None:
        subejercicio = modificado - devengado
    for hallazgo in revisar_eaepe(aprobado, neto, modificado, devengado, subejercicio):
        campo = "subejercicio" if hallazgo.regla.startswith("Sub") else "modificado"
        regla = f"{hallazgo.regla}: {hallazgo.mensaje}"
        Lector(revisor, i).falla(campo, regla, "Confírmelo con Tesorería.", grave=False)
    return Renglon(
        concepto, aprobado, neto, modificado, devengado, valores.get("pagado") or 0, subejercicio, clave
    )


def _importes(renglon: Renglon) -> tuple[int, ...]:
    return tuple(getattr(renglon, campo) for campo in IMPORTES_EAEPE)


def con_nivel(
    revisor: Revisor,
    leidos: Sequence[tuple[int, Renglon]],
    control: FilaTotal | None,
    oficiales: Sequence[Oficial],
) -> list[Renglon]:
    """Los renglones con su código, su nivel y su nombre limpio; avisa si no suman el total del gasto.

    `oficiales` son los renglones del catálogo de su clasificación, por si hay que reconocerlos por nombre.
    """
    if not leidos:
        return []
    crudos = [renglon for _, renglon in leidos]
    partidos = [separar_codigo(renglon.clave, renglon.concepto) for renglon in crudos]
    importes = [_importes(renglon) for renglon in crudos]
    total = _total_de(control, revisor.lectura)
    hallados = niveles([c for c, _ in partidos], [r.concepto for r in crudos], importes, total, oficiales)
    if total is None:
        revisor.avisos.append("El documento no trae «Total del Gasto»: no se pudo comprobar la suma.")
    elif control:
        _comparar_total(revisor, control, suma_del_nivel_1(hallados, importes), total, len(crudos))
    return [
        replace(renglon, clave=codigo, concepto=nombre, nivel=nivel)
        for renglon, (codigo, nombre), nivel in zip(crudos, partidos, hallados, strict=True)
    ]


def _total_de(control: FilaTotal | None, lectura: Lectura) -> tuple[int, ...] | None:
    """Los importes del renglón de total, deducidos igual que en los demás; None si no se entienden."""
    if control is None:
        return None
    aparte = Revisor(
        replace(
            lectura,
            columnas={campo: [control.celdas.get(campo)] for campo in lectura.columnas},
            filas=[control.fila],
            problemas=[],
        )
    )
    renglon = _renglon(aparte, 0, "", "Total")
    return None if any(problema.grave for problema in aparte.problemas) else _importes(renglon)


def _comparar_total(
    revisor: Revisor, control: FilaTotal, suma: tuple[int, ...], total: tuple[int, ...], renglones: int
) -> None:
    lectura = revisor.lectura
    for campo, sale, dice in zip(IMPORTES_EAEPE, suma, total, strict=True):
        if campo in lectura.letras and not cuadra((sale,), (dice,), renglones):
            revisor.anotar(
                ProblemaCelda(
                    lectura.hoja,
                    f"{lectura.letras[campo]}{control.fila}",
                    control.celdas.get(campo) or "",
                    f"el total difiere {moneda(dice - sale)} de la suma de los renglones ({moneda(sale)})",
                    "Revise si falta o sobra un renglón; se cargan los renglones.",
                    grave=False,
                )
            )
