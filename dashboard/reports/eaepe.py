"""El EAEPE en sus cinco clasificaciones, el de ingresos y los detallados de la LDF, como los del CONAC."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Celda,
    Cifrado,
    ClaseRenglon,
    Columna,
    Estilo,
    Parrafo,
    Renglon,
    SaltoDePagina,
    Tabla,
    Titulo,
    renglon,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from db.queries import eaepe, ldf
from db.queries.ingresos import ingresos
from db.queries.municipio import hoy
from db.rules import ldf as reglas_ldf
from db.rules.eaepe import COLUMNAS, IMPORTES, NOMBRE, TITULOS, TOTAL
from db.rules.formato import contable
from db.rules.ingreso import Ingreso, rubro_de
from db.rules.permisos import Accion
from db.rules.titular import TESORERIA

Datos = Mapping[str, Any]

GRUPO = "Estados presupuestarios (CONAC y LDF)"
LEYENDA = (
    "Bajo protesta de decir verdad declaramos que los Estados Financieros y sus notas, son razonablemente "
    "correctos y son responsabilidad del emisor."
)
TODAS = "todas"
EGRESOS = "Egresos"

(*_EGRESOS, (_SUBEJERCICIO, _)) = COLUMNAS.values()
COLUMNAS_EGRESO = (
    Columna("Concepto", 3.4),
    *(Columna(titulo, 1.3, Alinear.DERECHA, (EGRESOS,)) for titulo, _ in _EGRESOS),
    Columna(_SUBEJERCICIO, 1.3, Alinear.DERECHA),
)
NUMERADAS = ("", *(numero for _, numero in COLUMNAS.values()))

COLUMNAS_INGRESO = (
    Columna("Rubro de Ingresos", 3.4),
    *(
        Columna(titulo, 1.3, Alinear.DERECHA, ("Ingreso",))
        for titulo in ("Estimado", "Ampliaciones y Reducciones", "Modificado", "Devengado", "Recaudado")
    ),
    Columna("Diferencia", 1.3, Alinear.DERECHA),
)
NUMERADAS_INGRESO = ("", "(1)", "(2)", "(3 = 1 + 2)", "(4)", "(5)", "(6 = 5 - 1)")


def egresos(preguntar: Preguntar, p: Parametros) -> Documento:
    """Una clasificación por hoja, o la que se pida."""
    pedida = p.otros.get("clasificacion", TODAS)
    cuales = list(TITULOS) if pedida == TODAS else [pedida]
    partes, faltas = [], []
    for cual in cuales:
        estado = preguntar(
            eaepe.estado, anio=p.anio, mes=p.mes, ente_id=p.ente_id, clasificacion=cual, origen=""
        )
        if not estado["renglones"]:
            faltas.append(Falta(f"No hay datos para la {TITULOS[cual]}.", "Cargue el presupuesto por clave."))
            continue
        faltas += [
            Falta(f"{TITULOS[cual]}: {f['mensaje']}", "Revise Conciliación.") for f in estado["faltas"]
        ]
        filas = [*map(_egreso, estado["renglones"]), _total(TOTAL, estado["total"])]
        cabeza = (estado["ente"], NOMBRE, TITULOS[cual], estado["periodo"])
        partes.append((cual, cabeza, _tabla(COLUMNAS_EGRESO, filas, NUMERADAS, TITULOS[cual])))
    return _documento(preguntar, p, "eaepe", NOMBRE, partes, faltas)


def detallado(preguntar: Preguntar, p: Parametros) -> Documento:
    """Los formatos 6a a 6d, cada uno en su hoja: no etiquetado, etiquetado y total."""
    pedida = p.otros.get("clasificacion", TODAS)
    cuales = list(reglas_ldf.TITULOS) if pedida == TODAS else [pedida]
    partes, faltas = [], []
    for cual in cuales:
        estado = preguntar(ldf.detallado, anio=p.anio, mes=p.mes, ente_id=p.ente_id, clasificacion=cual)
        formato, titulo = reglas_ldf.TITULOS[cual]
        if estado["sin_fuente"]["modificado"] or estado["sin_fuente"]["devengado"]:
            faltas.append(
                Falta(
                    f"Formato {formato}: {contable(estado['sin_fuente']['modificado'])} no traen una fuente "
                    "etiquetada ni no etiquetada.",
                    "Corrija la fuente en la clave presupuestaria.",
                )
            )
        filas: list[Renglon] = []
        for parte, (_, nombre) in reglas_ldf.PARTES.items():
            suya = estado["partes"][parte]
            filas.append(_total(nombre, suya["total"], ClaseRenglon.SUBTOTAL))
            filas += map(_egreso, suya["renglones"])
        filas.append(_total(reglas_ldf.TOTAL, estado["total"]))
        cabeza = (estado["ente"], reglas_ldf.NOMBRE, f"Formato {formato} {titulo}", estado["periodo"])
        partes.append((formato, cabeza, _tabla(COLUMNAS_EGRESO, filas, (), titulo)))
    return _documento(preguntar, p, "ldf", reglas_ldf.NOMBRE, partes, faltas)


def de_ingresos(preguntar: Preguntar, p: Parametros) -> Documento:
    """El Estado Analítico de Ingresos por rubro."""
    nombre = "Estado Analítico de Ingresos"
    datos = preguntar(ingresos, anio=p.anio, mes=p.mes, ente_id=p.ente_id)
    if datos is None:
        faltas = [Falta("No se han cargado los ingresos.", "Cárguelos en Importar.")]
        return _documento(preguntar, p, "eai", nombre, [], faltas)
    rubros: dict[str, Ingreso] = {}
    for rubro, _, _, importes, _ in datos["renglones"]:
        cual = rubro_de(rubro)
        rubros[cual] = rubros.get(cual, Ingreso()) + Ingreso(*importes)
    filas = [_ingreso(cual, suma) for cual, suma in rubros.items()]
    filas.append(_ingreso("Total", sum(rubros.values(), Ingreso()), ClaseRenglon.TOTAL))
    ente = comun.membrete(preguntar, p).ente
    cabeza = (ente, nombre, "Rubro de Ingresos", eaepe.periodo(p.anio, datos["mes"]))
    partes = [("ingresos", cabeza, _tabla(COLUMNAS_INGRESO, filas, NUMERADAS_INGRESO, nombre))]
    return _documento(preguntar, p, "eai", nombre, partes, [])


def _documento(
    preguntar: Preguntar,
    p: Parametros,
    clase: str,
    nombre: str,
    partes: Sequence[tuple[str, Sequence[str], Tabla]],
    faltas: Sequence[Falta],
) -> Documento:
    """Cada parte en su hoja, con su leyenda y su firma al pie."""
    dia = min(comun.dia_de_firma(p), preguntar(hoy))
    firman, sin_firma = comun.firma_del_ente(preguntar, p, TESORERIA, dia)
    bloques: list[Bloque] = []
    for n, (hoja, cabeza, tabla) in enumerate(partes):
        if n:
            bloques.append(SaltoDePagina(hoja))
        bloques += [Titulo(cabeza[2], 2), Parrafo("\n".join(cabeza[:2]), Estilo.CENTRADO)]
        bloques += [Parrafo(f"{cabeza[3]}\n(Cifras en pesos)", Estilo.CENTRADO), tabla]
        bloques.append(Parrafo(LEYENDA, Estilo.NOTA))
        bloques += firman
    return Documento(
        clase,
        nombre,
        comun.membrete(preguntar, p),
        tuple(bloques),
        (*faltas, *sin_firma),
        corte=comun.corte(preguntar, p),
        horizontal=True,
        hoja=partes[0][0] if partes else "",
        con_titulo=False,
    )


def _tabla(
    columnas: tuple[Columna, ...], filas: Sequence[Renglon], numeradas: tuple[str, ...], resumen: str
) -> Tabla:
    return Tabla(columnas, tuple(filas), resumen=resumen, numeradas=numeradas, letra=7.5)


def _importe(centavos: int) -> Celda:
    return Celda(contable(centavos), centavos, Cifrado.DINERO, alinear=Alinear.DERECHA)


def _egreso(r: Datos) -> Renglon:
    clase = ClaseRenglon.SUBTOTAL if r["nivel"] == 1 else ClaseRenglon.NORMAL
    concepto = Celda(r["concepto"], sangria=r["nivel"] - 1)
    return renglon(concepto, *(_importe(r[campo]) for campo in IMPORTES), clase=clase)


def _total(nombre: str, importes: Datos, clase: ClaseRenglon = ClaseRenglon.TOTAL) -> Renglon:
    return renglon(nombre, *(_importe(importes[campo]) for campo in IMPORTES), clase=clase)


def _ingreso(nombre: str, i: Ingreso, clase: ClaseRenglon = ClaseRenglon.NORMAL) -> Renglon:
    importes = (i.estimado, i.modificado - i.estimado, i.modificado, i.devengado, i.recaudado, i.diferencia)
    return renglon(nombre, *map(_importe, importes), clase=clase)


def _clasificaciones(titulos: Mapping[str, str], _preguntar: Preguntar, _p: Parametros) -> Mapping[str, str]:
    return {TODAS: "Todas, cada una en su hoja", **titulos}


REPORTES = (
    Reporte(
        "eaepe",
        NOMBRE,
        "Cuatro clasificaciones y el gasto por categoría programática, como el formato del CONAC.",
        GRUPO,
        egresos,
        Accion.VER_PRESUPUESTO,
        pide=("mes",),
        opciones=(Opcion("clasificacion", "Clasificación", partial(_clasificaciones, TITULOS)),),
    ),
    Reporte(
        "eai",
        "Estado Analítico de Ingresos",
        "Por rubro, con lo estimado, modificado, devengado y recaudado.",
        GRUPO,
        de_ingresos,
        Accion.VER_PRESUPUESTO,
        pide=("mes",),
    ),
    Reporte(
        "ldf",
        reglas_ldf.NOMBRE,
        "Formatos 6a a 6d: gasto no etiquetado y etiquetado.",
        GRUPO,
        detallado,
        Accion.VER_PRESUPUESTO,
        pide=("mes",),
        opciones=(
            Opcion(
                "clasificacion",
                "Formato",
                partial(_clasificaciones, {c: f"{n} {t}" for c, (n, t) in reglas_ldf.TITULOS.items()}),
            ),
        ),
    ),
)
