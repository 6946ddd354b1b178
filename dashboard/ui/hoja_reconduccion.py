"""El dictamen de reconducción y el formato de indicadores, con los encabezados del Manual PbRM.

Sale en pantalla y en papel; su forma impresa está en `dashboard/static/print.css`. Todo texto va escapado.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from db.rules.dictamen import (
    COORDINACION,
    DICTAMEN,
    FIRMAN_INDICADORES,
    FIRMAS,
    IMPORTE,
    INDICADORES,
    JUSTIFICA,
    METAS,
    MOVIMIENTO,
    NIVEL,
    OPERACION,
    PROYECTO,
    RECURSOS,
    RESUMEN,
    acuerdo_del_comite,
)
from db.rules.formato import SIN_VALOR, contable, en_zona, fecha_larga, numero
from db.rules.periodo import Operacion

Datos = Mapping[str, Any]


def dictamen(s: Datos) -> str:
    """Las hojas de una solicitud: el dictamen, y el formato de indicadores si cambia alguno."""
    metas = [c for c in s["cambios"] if c["clase"] == "meta"]
    variables = [c for c in s["cambios"] if c["clase"] == "variable"]
    hojas = [_de_metas(s, metas)] if metas or s["dinero"] else []
    hojas += [_de_indicadores(s, variables)] if variables else []
    return (
        '<section class="siem-dictamen" role="region" aria-label="Dictamen" tabindex="0">'
        f"{''.join(hojas)}</section>"
    )


def _cabeza(s: Datos, titulo: str) -> str:
    dia = s["resuelta_en"] or s["solicitada_en"]
    datos = [
        ("Tipo de Movimiento:", f"{MOVIMIENTO[s['tipo']]} ({s['ambito']})"),
        ("No. de Oficio:", s["oficio"] or "sin autorizar"),
        ("Fecha:", fecha_larga(en_zona(dia).date()) if dia else SIN_VALOR),
    ]
    if acordado := acuerdo_del_comite(s):
        datos.append(("Acuerdo del comité:", acordado))
    pares = "".join(f"<tr><th scope='row'>{escape(n)}</th><td>{escape(v)}</td></tr>" for n, v in datos)
    return (
        f"<p class='titulo'>{escape(s['ente'])}<br>{COORDINACION}<br><b>{titulo}</b></p>"
        f"<table class='datos'>{pares}</table>"
    )


def _de_metas(s: Datos, metas: Sequence[Datos]) -> str:
    lados = [_lado(s, metas, cual) for cual in ("reduce", "amplia")]
    textos = (
        (JUSTIFICA["reduce"], s["justificacion"]),
        (JUSTIFICA["amplia"], s["justificacion_destino"]),
        (JUSTIFICA["origen"], s["origen_recursos"]),
    )
    return (
        f"<article>{_cabeza(s, DICTAMEN)}<div class='lados'>{''.join(lados)}</div>"
        f"{_justificacion('Justificación', textos)}{_firmas(s, FIRMAS)}</article>"
    )


def _lado(s: Datos, metas: Sequence[Datos], cual: str) -> str:
    """Un lado del dictamen; lo que sólo se mueve en el calendario va del lado que se asigna."""
    suyas = [c for c in metas if (c["lado"] == "reduce") == (cual == "reduce")]
    dinero = [m for m in s["dinero"] if m["lado"] == cual]
    return (
        f"<div><h3>{PROYECTO[cual]}</h3>{_proyectos([*suyas, *dinero])}"
        f"<h3>{RECURSOS[cual]}</h3>{_recursos(dinero, cual)}"
        f"<h3>{METAS[cual]}</h3>{_metas(suyas)}</div>"
    )


def _proyectos(cosas: Sequence[Datos]) -> str:
    """Los proyectos de esas metas y claves, una vez cada uno."""
    unicos = {(c["auxiliar"], c["proyecto"]): c for c in cosas if c["proyecto"]}
    if not unicos:
        return "<p>No aplica</p>"
    return "".join(_proyecto(c, "Proyecto presupuestario:") for c in unicos.values())


def _proyecto(c: Datos, rotulo: str) -> str:
    pares = (
        ("Dependencia General:", c["general"]),
        ("Dependencia Auxiliar:", c["auxiliar"]),
        ("Programa presupuestario:", f"{c['programa']} {c['programa_nombre']}"),
        ("Objetivo:", c["objetivo"]),
        (rotulo, f"{c['proyecto']} {c['proyecto_nombre']}"),
    )
    filas = "".join(f"<tr><th scope='row'>{n}</th><td>{escape(v)}</td></tr>" for n, v in pares)
    return f"<table class='datos'>{filas}</table>"


def _recursos(dinero: Sequence[Datos], cual: str) -> str:
    if not dinero:
        return "<p>No aplica</p>"
    cabeza = (
        "<tr><th rowspan='2'>Clave</th><th rowspan='2'>Denominación</th><th colspan='4'>Presupuesto</th></tr>"
        f"<tr><th>Autorizado</th><th>Por ejercer</th><th>{IMPORTE[cual]}</th>"
        "<th>Autorizado modificado</th></tr>"
    )
    filas = [
        _fila(
            [m["clave"], m["denominacion"]],
            [contable(m[campo]) for campo in ("autorizado", "por_ejercer", "importe", "modificado")],
        )
        for m in dinero
    ]
    total = _fila(["", "Total"], ["", "", contable(sum(m["importe"] for m in dinero)), ""])
    return f"<table>{cabeza}{''.join(filas)}{total}</table>"


_PROGRAMADA = "<th>1</th><th>2</th><th>3</th><th>4</th></tr>"


def _metas(cambios: Sequence[Datos]) -> str:
    if not cambios:
        return "<p>No aplica</p>"
    cabeza = (
        "<tr><th rowspan='2'>Código</th><th rowspan='2'>Descripción</th><th rowspan='2'>Unidad de medida</th>"
        "<th colspan='3'>Cantidad Programada de la Meta de Actividad</th>"
        "<th colspan='4'>Calendarización trimestral modificada</th></tr>"
        f"<tr><th>Inicial</th><th>Avance</th><th>Modificada</th>{_PROGRAMADA}"
    )
    filas = [_fila([c["codigo"], c["nombre"], c["unidad"]], _cantidades(c)) for c in cambios]
    return f"<table>{cabeza}{''.join(filas)}</table>"


def _cantidades(c: Datos) -> list[str]:
    return [numero(v) for v in (c["inicial"], c["avance"], c["modificada"], *c["trimestres"])]


def _de_indicadores(s: Datos, variables: Sequence[Datos]) -> str:
    por_indicador: dict[int, list[Datos]] = {}
    for c in variables:
        por_indicador.setdefault(c["indicador_id"], []).append(c)
    cuerpo = "".join(_indicador(s, suyas) for suyas in por_indicador.values())
    textos = ((RESUMEN["reduce"], s["justificacion"]), (RESUMEN["amplia"], s["justificacion_destino"]))
    return (
        f"<article>{_cabeza(s, INDICADORES)}{cuerpo}{_justificacion('Justificación', textos)}"
        f"{_firmas(s, FIRMAN_INDICADORES)}</article>"
    )


def _indicador(s: Datos, variables: Sequence[Datos]) -> str:
    primera = variables[0]
    cabeza = (
        "<tr><th rowspan='2'>Nivel de la MIR</th><th rowspan='2'>Denominación del Indicador</th>"
        "<th rowspan='2'>Variables del Indicador</th><th rowspan='2'>Unidad de medida</th>"
        "<th rowspan='2'>Tipo Operación</th><th colspan='3'>Programación del Indicador</th>"
        "<th colspan='4'>Calendarización trimestral modificada</th></tr><tr><th>Inicial del indicador</th>"
        f"<th>Avance a la fecha</th><th>Programación Modificatoria</th>{_PROGRAMADA}"
    )
    filas = [
        _fila(
            [
                NIVEL.get(c["nivel"] or "", SIN_VALOR),
                c["indicador"],
                c["variable"],
                c["unidad"],
                OPERACION[Operacion(c["operacion"])],
            ],
            _cantidades(c),
        )
        for c in variables
    ]
    resultado = [numero(v, 2) for v in s["resultados"][primera["indicador_id"]]]
    filas.append(_fila(["", "", "", "", "Resultado del indicador:"], resultado))
    return (
        "<h3>Datos de identificación del indicador sujeto a modificación</h3>"
        f"{_proyecto(primera, 'Clave y Denominación del Proyecto:')}"
        f"<h3>Detalle de la modificación del indicador</h3><table>{cabeza}{''.join(filas)}</table>"
    )


def _fila(textos: Iterable[str], cifras: Iterable[str]) -> str:
    celdas = [f"<td>{escape(t)}</td>" for t in textos] + [f"<td class='n'>{escape(c)}</td>" for c in cifras]
    return f"<tr>{''.join(celdas)}</tr>"


def _justificacion(titulo: str, textos: Iterable[tuple[str, str]]) -> str:
    bloques = "".join(
        f"<p><b>{rotulo}.</b><br>{escape(texto) or 'Sin afectación'}</p>" for rotulo, texto in textos
    )
    return f"<h3>{titulo}</h3>{bloques}"


def _firmas(s: Datos, firmas: Sequence[tuple[str, str, str]]) -> str:
    celdas = ""
    for papel, cargo, cual in firmas:
        quien = s["firmantes"].get(cual)
        nombre = escape(quien["nombre"]) if quien else "&nbsp;"
        celdas += f"<td><b>{papel}</b><span>{nombre}</span>{escape(quien['cargo'] if quien else cargo)}</td>"
    return f"<table class='firmas'><tr>{celdas}</tr></table>"
