"""El dictamen de reconducción y la reconducción de indicadores, con los encabezados del Manual PbRM."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Firma,
    Firmas,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    cantidad,
    dinero,
    renglon,
    texto,
    total,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from dashboard.reports.pbrm_metas import GRUPO
from db.queries.dictamen import ficha
from db.queries.reconduccion import lista
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
from db.rules.formato import SIN_VALOR, en_zona, fecha_larga
from db.rules.periodo import Operacion
from db.rules.permisos import Accion
from db.rules.problema import Problema

Datos = Mapping[str, Any]

LADOS = ("reduce", "amplia")
PROGRAMADA = "Cantidad Programada de la Meta de Actividad"
CALENDARIZADA = "Calendarización trimestral modificada"
TRIMESTRES = tuple(Columna(str(n), 0.8, Alinear.DERECHA, grupos=(CALENDARIZADA,)) for n in (1, 2, 3, 4))
COLUMNAS_METAS = (
    Columna("Código", 1.2),
    Columna("Descripción", 3),
    Columna("Unidad de medida", 1.3),
    *(Columna(n, 1, Alinear.DERECHA, grupos=(PROGRAMADA,)) for n in ("Inicial", "Avance", "Modificada")),
    *TRIMESTRES,
)
COLUMNAS_INDICADOR = (
    Columna("Nivel de la MIR", 1),
    Columna("Denominación del Indicador", 2.2),
    Columna("Variables del Indicador", 2.2),
    Columna("Unidad de medida", 1.2),
    Columna("Tipo Operación", 1),
    *(
        Columna(n, 1, Alinear.DERECHA, grupos=("Programación del Indicador",))
        for n in ("Inicial del indicador", "Avance a la fecha", "Programación Modificatoria")
    ),
    *TRIMESTRES,
)


def _solicitudes(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    """Las solicitudes del ejercicio: id → folio u oficio, y de quién."""
    return {
        str(s["id"]): f"{s['oficio'] or 'Sin oficio'} · {s['nombre']}" for s in preguntar(lista, anio=p.anio)
    }


def _leer(preguntar: Preguntar, p: Parametros) -> Datos:
    cual = p.otros.get("solicitud", "")
    datos = preguntar(ficha, anio=p.anio, solicitud_id=int(cual)) if cual.isdigit() else None
    if datos is None:
        raise Problema("No hay solicitudes de reconducción este ejercicio.", "Pídalas en Reconducciones.")
    return datos


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """El dictamen: lo que se reduce y lo que se amplía, en proyectos, dinero y metas, y su justificación."""
    s = _leer(preguntar, p)
    metas = [c for c in s["cambios"] if c["clase"] == "meta"]
    bloques: list[Bloque] = [_cabeza(s)]
    for cual in LADOS:
        bloques += _lado(s, metas, cual)
    textos = (
        (JUSTIFICA["reduce"], s["justificacion"]),
        (JUSTIFICA["amplia"], s["justificacion_destino"]),
        (JUSTIFICA["origen"], s["origen_recursos"]),
    )
    bloques += [*_justificacion(textos), _firmas(s, FIRMAS)]
    return _documento(preguntar, p, s, REPORTES[0].clave, DICTAMEN, bloques, FIRMAS)


def indicadores(preguntar: Preguntar, p: Parametros) -> Documento:
    """El formato de indicadores: cada uno con sus variables, y lo que su fórmula da con lo modificado."""
    s = _leer(preguntar, p)
    variables = [c for c in s["cambios"] if c["clase"] == "variable"]
    if not variables:
        raise Problema("Esa solicitud no cambia indicadores.", "Elija otra, o el dictamen de reconducción.")
    por_indicador: dict[int, list[Datos]] = {}
    for c in variables:
        por_indicador.setdefault(c["indicador_id"], []).append(c)
    bloques: list[Bloque] = [_cabeza(s)]
    for lugar, suyas in enumerate(por_indicador.values()):
        bloques += [SaltoDePagina()] if lugar else []
        bloques += [
            Titulo("Datos de identificación del indicador sujeto a modificación", 2),
            _proyecto(suyas[0], "Clave y Denominación del Proyecto:"),
            Titulo("Detalle de la modificación del indicador", 2),
            _de_indicador(s, suyas),
        ]
    textos = ((RESUMEN["reduce"], s["justificacion"]), (RESUMEN["amplia"], s["justificacion_destino"]))
    bloques += [*_justificacion(textos), _firmas(s, FIRMAN_INDICADORES)]
    return _documento(preguntar, p, s, REPORTES[1].clave, INDICADORES, bloques, FIRMAN_INDICADORES)


def _documento(
    preguntar: Preguntar,
    p: Parametros,
    s: Datos,
    clase: str,
    titulo: str,
    bloques: Sequence[Bloque],
    firman: Sequence[tuple[str, str, str]],
) -> Documento:
    faltas = [Falta("La reconducción no se ha autorizado.", "Autorícela en Reconducciones.")] * (
        not s["oficio"]
    )
    faltas += [
        Falta(
            f"No hay {cargo} registrado para la firma «{papel}».", "Regístrelo en Dependencias y titulares."
        )
        for papel, cargo, cual in firman
        if not s["firmantes"].get(cual)
    ]
    encabezado = comun.membrete(preguntar, p, (s["ente"], COORDINACION, titulo))
    return Documento(
        clase, titulo, encabezado, tuple(bloques), tuple(faltas), horizontal=True, con_titulo=False
    )


def _cabeza(s: Datos) -> Ficha:
    dia = s["resuelta_en"] or s["solicitada_en"]
    acordado = acuerdo_del_comite(s)
    return Ficha(
        (
            Campo("Tipo de Movimiento:", f"{MOVIMIENTO[s['tipo']]} ({s['ambito']})"),
            Campo("No. de Oficio:", s["oficio"] or "sin autorizar"),
            Campo("Fecha:", fecha_larga(en_zona(dia).date()) if dia else SIN_VALOR),
            *([Campo("Acuerdo del comité:", acordado)] if acordado else []),
        )
    )


def _lado(s: Datos, metas: Sequence[Datos], cual: str) -> list[Bloque]:
    """Un lado del dictamen; lo que sólo se mueve en el calendario va del lado que se asigna."""
    suyas = [c for c in metas if (c["lado"] == "reduce") == (cual == "reduce")]
    movido = [m for m in s["dinero"] if m["lado"] == cual]
    unicos = {(c["auxiliar"], c["proyecto"]): c for c in [*suyas, *movido] if c["proyecto"]}
    bloques: list[Bloque] = [Titulo(PROYECTO[cual], 2)]
    bloques += [_proyecto(c, "Proyecto presupuestario:") for c in unicos.values()] or [Parrafo("No aplica")]
    bloques += [Titulo(RECURSOS[cual], 2), _recursos(movido, cual) if movido else Parrafo("No aplica")]
    return [*bloques, Titulo(METAS[cual], 2), _metas(suyas) if suyas else Parrafo("No aplica")]


def _proyecto(c: Datos, rotulo: str) -> Ficha:
    return Ficha(
        (
            Campo("Dependencia General:", c["general"]),
            Campo("Dependencia Auxiliar:", c["auxiliar"]),
            Campo("Programa presupuestario:", f"{c['programa']} {c['programa_nombre']}"),
            Campo("Objetivo:", c["objetivo"]),
            Campo(rotulo, f"{c['proyecto']} {c['proyecto_nombre']}"),
        )
    )


def _recursos(movido: Sequence[Datos], cual: str) -> Tabla:
    montos = ("Autorizado", "Por ejercer", IMPORTE[cual], "Autorizado modificado")
    columnas = (
        Columna("Clave", 2.4),
        Columna("Denominación", 2.4),
        *(Columna(n, 1.3, Alinear.DERECHA, grupos=("Presupuesto",)) for n in montos),
    )
    campos = ("autorizado", "por_ejercer", "importe", "modificado")
    filas = [
        renglon(m["clave"], texto(m["denominacion"]), *(dinero(m[campo]) for campo in campos)) for m in movido
    ]
    suma = dinero(sum(m["importe"] for m in movido))
    return Tabla(columnas, (*filas, total("", "Total", "", "", suma, "")), resumen=RECURSOS[cual])


def _cantidades(c: Datos) -> list[Any]:
    return [cantidad(v) for v in (c["inicial"], c["avance"], c["modificada"], *c["trimestres"])]


def _metas(cambios: Sequence[Datos]) -> Tabla:
    filas = [renglon(c["codigo"], c["nombre"], c["unidad"], *_cantidades(c)) for c in cambios]
    return Tabla(COLUMNAS_METAS, tuple(filas), resumen="Metas con su cantidad inicial, avance y modificada.")


def _de_indicador(s: Datos, variables: Sequence[Datos]) -> Tabla:
    filas = [
        renglon(
            NIVEL.get(c["nivel"] or "", SIN_VALOR),
            c["indicador"],
            c["variable"],
            c["unidad"],
            OPERACION[Operacion(c["operacion"])],
            *_cantidades(c),
        )
        for c in variables
    ]
    da = [cantidad(v, 2) for v in s["resultados"][variables[0]["indicador_id"]]]
    ultima = total("", "", "", "", "Resultado del indicador:", *da)
    return Tabla(
        COLUMNAS_INDICADOR, (*filas, ultima), resumen="Las variables del indicador y lo que resulta."
    )


def _justificacion(textos: Sequence[tuple[str, str]]) -> list[Bloque]:
    bloques: list[Bloque] = [Titulo("Justificación", 2)]
    for rotulo, dicho in textos:
        bloques += [Parrafo(f"{rotulo}.", Estilo.DESTACADO), Parrafo(dicho or "Sin afectación")]
    return bloques


def _firmas(s: Datos, firman: Sequence[tuple[str, str, str]]) -> Firmas:
    puestas = []
    for papel, cargo, cual in firman:
        quien = s["firmantes"].get(cual)
        puestas.append(Firma(papel, quien["nombre"] if quien else "", quien["cargo"] if quien else cargo))
    return Firmas(tuple(puestas))


REPORTES = (
    Reporte(
        clave="dictamen_reconduccion",
        titulo="Dictamen de reconducción",
        que_es="Lo que una solicitud reduce y amplía, con su justificación y sus firmas.",
        grupo=GRUPO,
        construir=construir,
        permiso=Accion.VER_CAPTURA,
        opciones=(Opcion("solicitud", "Solicitud", _solicitudes, una_por_valor=True),),
    ),
    Reporte(
        clave="reconduccion_indicadores",
        titulo="Reconducción de indicadores",
        que_es="Los indicadores que una solicitud reprograma, variable por variable.",
        grupo=GRUPO,
        construir=indicadores,
        permiso=Accion.VER_CAPTURA,
        opciones=(Opcion("solicitud", "Solicitud", _solicitudes, una_por_valor=True),),
    ),
)
