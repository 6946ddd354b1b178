"""El acuse de lo que un área entregó en un periodo: sale de lo guardado al enviar, siempre igual."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.reports import a_pdf, comun
from dashboard.reports.bloques import (
    Campo,
    Columna,
    Estilo,
    Ficha,
    Firma,
    Firmas,
    Parrafo,
    Renglon,
    Tabla,
    renglon,
)
from dashboard.reports.documento import Documento, Emision, Parametros, Preguntar
from dashboard.reports.preguntar import una_lectura
from db.queries.documentos import nombre_de_dependencia, nombres_de_variables
from db.rules.formato import fecha_hora, mes_anio, numero

Item = Mapping[str, Any]

COLUMNAS = (
    Columna("Meta o indicador", 3),
    Columna("Valor entregado", 1.6),
    Columna("Justificación", 2.4),
)


def pdf(envio: Item) -> bytes:
    """El acuse de un envío (un renglón de `db.queries.acuses`) en PDF."""
    with una_lectura() as preguntar:
        documento, emision = construir(preguntar, envio)
    return a_pdf.hacer(documento, emision)


def construir(preguntar: Preguntar, envio: Item) -> tuple[Documento, Emision]:
    """El documento y con qué sale: su folio y su huella son los del envío, no otros."""
    p = Parametros(envio["anio"], envio["mes"], envio["ente_id"], dependencia_id=envio["dependencia_id"])
    encabezado = comun.membrete(preguntar, p)
    area, faltas = comun.firmas(
        preguntar,
        p,
        envio["dependencia_id"],
        [("RECIBIÓ", "uippe")],
        envio["enviado_en"].date(),
    )
    periodo = f"Periodo que termina en {mes_anio(envio['anio'], envio['mes'])}"
    variables = preguntar(nombres_de_variables, anio=envio["anio"])
    bloques = (
        Ficha(
            (
                Campo("Folio", envio["folio"]),
                Campo("Periodo", periodo),
                Campo("Dependencia", preguntar(nombre_de_dependencia, dependencia_id=p.dependencia_id)),
                Campo("Entregó", envio["nombre"] or envio["cuenta"]),
                Campo("Fecha y hora", fecha_hora(envio["enviado_en"], encabezado.zona)),
            )
        ),
        Tabla(
            COLUMNAS,
            tuple(_renglon(r, variables) for r in envio["renglones"]),
            titulo=f"Resultados entregados: {len(envio['renglones'])}",
            resumen="Cada meta o indicador con el valor entregado y su justificación.",
        ),
        Parrafo(
            f"Huella sha256 de los renglones: {envio['huella']}. Lo entregado es preliminar hasta que la "
            "unidad de planeación lo valide.",
            Estilo.NOTA,
        ),
        Firmas((Firma("ENTREGÓ", envio["nombre"], "Enlace de la dependencia"), *area.firmas)),
    )
    documento = Documento(
        "acuse", f"Acuse {envio['folio']}", encabezado, bloques, tuple(faltas), corte=periodo
    )
    emision = Emision(
        folio=envio["folio"],
        borrador=False,
        sello=envio["huella"],
        bitacora_id=0,
        quien=envio["nombre"] or envio["cuenta"],
        momento=envio["enviado_en"],
    )
    return documento, emision


def _renglon(entregado: Item, variables: Mapping[int, str]) -> Renglon:
    valores = [
        _valor(int(cual), valor, variables if entregado["clase"] == "indicador" else {})
        for cual, valor in entregado["valores"].items()
    ]
    return renglon(entregado["nombre"], "\n".join(valores), entregado["justificacion"])


def _valor(cual: int, escrito: str, variables: Mapping[int, str]) -> str:
    cantidad = numero(Decimal(escrito))
    return f"{variables[cual]}: {cantidad}" if cual in variables else cantidad
