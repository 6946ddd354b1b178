"""PbRM-01d y 08b: la ficha de diseño de un indicador y la de su seguimiento en el trimestre."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from dashboard.reports import comun
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Celda,
    Columna,
    Estilo,
    Ficha,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    cantidad,
    porcentaje,
    renglon,
    semaforo,
)
from dashboard.reports.documento import Documento, Falta, Parametros, Preguntar, Reporte
from dashboard.reports.pbrm_metas import GRUPO, por_dependencia
from db.queries.figuras import figuras
from db.queries.pbrm_indicadores import con_avance, fichas
from db.rules.formato import numero
from db.rules.pbrm import Cuanto
from db.rules.permisos import Accion
from db.rules.redaccion import se_desvia

Datos = Mapping[str, Any]
Armar = Callable[[Datos, Parametros], list[Bloque]]

D = Alinear.DERECHA
ORDINALES = ("primer", "segundo", "tercer", "cuarto")
TIPOS = {"estrategico": "Estratégico", "gestion": "Gestión"}
OPERACIONES = {
    "suma": "Sumable",
    "constante": "Constante",
    "valor_actual": "Valor actual",
    "promedio": "Promedio",
    "maximo": "Máximo",
    "minimo": "Mínimo",
}
SIN_TRIMESTRE = (
    "Este cierre guardó sólo el acumulado del indicador: su trimestre y sus variables no se pueden saber."
)
SIN_RAZON = "Sin descripción capturada."

COLUMNAS_01D = (
    Columna("Variables del Indicador", 3.4),
    Columna("Unidad de Medida", 1.3),
    Columna("Tipo de Operación", 1.2),
    *(Columna(f"Trim. {n}", 0.9, D) for n in (1, 2, 3, 4)),
    Columna("Meta Anual", 1, D),
)
METAS_01D = (
    Columna("Metas de Actividad relacionadas", 4),
    Columna("Unidad de Medida", 1.4),
    Columna("Avance", 1, D),
)
TRIMESTRAL, ACUMULADO = "Avance trimestral", "Avance acumulado"
COLUMNAS_08B = (
    Columna("Variable", 3),
    Columna("Unidad de medida", 1.2),
    Columna("Operación", 1),
    Columna("Meta anual", 1, D),
    *(
        Columna(que, 0.9, D, (periodo,))
        for periodo in (TRIMESTRAL, ACUMULADO)
        for que in ("Programado", "%", "Alcanzado", "%")
    ),
)
COMPORTAMIENTO_08B = (
    Columna("Meta anual", 1, D),
    *(
        Columna(que, 1, D, (periodo,))
        for periodo in (TRIMESTRAL, ACUMULADO)
        for que in ("Programado", "Alcanzado", "EF%", "Semáforo")
    ),
)
JUSTIFICACION = (
    "Descripción de resultados y justificación en caso de variación superior a ± 10 % respecto a lo "
    "programado"
)


def _cabeza(f: Datos) -> Ficha:
    return Ficha(
        (
            Campo("Eje de Cambio o Eje Transversal", f["pilar"]),
            Campo("Tema de Desarrollo", f["tema"]),
            Campo("Programa presupuestario", f["programa_nombre"], f["programa"]),
            Campo("Proyecto", f["proyecto_nombre"], f["proyecto"]),
            Campo("Objetivo del programa presupuestario", f["objetivo"]),
            Campo("Dependencia General", f["general_nombre"], f["general"]),
            Campo("Dependencia Auxiliar", f["auxiliar_nombre"], f["auxiliar"]),
        ),
        con_clave=True,
    )


def _medida(valor: Decimal | None) -> Celda:
    """Entera si lo es; si no, con dos decimales: una razón puede traer treinta."""
    entera = valor is None or valor == valor.to_integral_value()
    return cantidad(valor) if entera else cantidad(valor, 2)


def _linea_base(f: Datos) -> str:
    base: str = f["linea_base_texto"]
    return base or (numero(f["linea_base"]) if f["linea_base"] is not None else "")


def _01d(f: Datos, _p: Parametros) -> list[Bloque]:
    filas = tuple(
        renglon(
            f"{v['letra']}: {v['nombre']}",
            v["unidad"],
            OPERACIONES[v["operacion"]],
            *(cantidad(t) for t in v["calendario"]),
            cantidad(v["anual"]),
        )
        for v in f["variables"]
    )
    estructura = Ficha(
        (
            Campo("Nombre del Indicador", f["nombre"]),
            Campo("Fórmula de Cálculo", f["formula_texto"]),
            Campo("Interpretación", f["interpretacion"]),
            Campo("Dimensión que Atiende", f["dimension"]),
            Campo("Frecuencia de Medición", f["frecuencia"].capitalize()),
            Campo("Factor de Comparación", f["factor_comparacion"]),
            Campo("Tipo de Indicador", TIPOS[f["tipo"]]),
            Campo("Descripción del Factor de Comparación", f["descripcion_factor"]),
            Campo("Línea Base", _linea_base(f)),
        ),
        titulo="Estructura del indicador",
    )
    metas = tuple(renglon(m["nombre"], m["unidad"], cantidad(m["avance"])) for m in f["metas"])
    return [
        _cabeza(f),
        estructura,
        Tabla(COLUMNAS_01D, filas, titulo="Calendarización trimestral", resumen="Variables por trimestre."),
        Ficha(
            (
                Campo("Resultado Esperado", _medida(f["meta_anual"]).texto),
                Campo("Descripción de la Meta Anual", f["meta_descripcion"]),
                Campo("Medios de Verificación", f["medios_verificacion"]),
            )
        ),
        *(
            [Tabla(METAS_01D, metas, resumen="Metas de actividad del mismo proyecto y área.")]
            if metas
            else []
        ),
    ]


def _cuanto(c: Cuanto) -> tuple[Celda, Celda]:
    return cantidad(c.meta), porcentaje(c.parte)


def _08b(f: Datos, p: Parametros) -> list[Bloque]:
    assert p.mes is not None
    ordinal = ORDINALES[(p.mes + 2) // 3 - 1]
    filas = tuple(
        renglon(
            f"{v['letra']}: {v['nombre']}",
            v["unidad"],
            OPERACIONES[v["operacion"]],
            cantidad(v["anual"]),
            *(
                celda
                for periodo in ("trimestre", "acumulado")
                for c in (v[periodo].programada, v[periodo].alcanzada)
                for celda in _cuanto(c)
            ),
        )
        for v in f["variables"]
    )
    medidos = (*_medido(f["trimestre"]), *_medido(f["acumulado"]))
    comportamiento = renglon(_medida(f["meta_anual"]), *medidos)
    c = f["acumulado"]["cumplimiento"]
    estructura = Ficha(
        (
            Campo("Nombre del indicador", f["nombre"]),
            Campo("Fórmula del cálculo", f["formula_texto"]),
            Campo("Interpretación", f["interpretacion"]),
            Campo("Dimensión que atiende", f["dimension"]),
            Campo("Frecuencia de medición", f["frecuencia"].capitalize()),
            Campo("Descripción del factor de comparación", f["descripcion_factor"]),
            Campo("Ámbito geográfico", f["ambito_geografico"]),
            Campo("Cobertura", f["cobertura"]),
            Campo("Línea base", _linea_base(f)),
        ),
        titulo="Estructura del indicador",
    )
    return [
        Titulo(f"Indicador {'estratégico' if f['tipo'] == 'estrategico' else 'de gestión'}", 2),
        _cabeza(f),
        estructura,
        Tabla(
            COLUMNAS_08B,
            filas,
            titulo=f"Comportamiento de las variables durante el {ordinal} trimestre",
            resumen="Cada variable en el trimestre y acumulada.",
            letra=7.5,
        ),
        Parrafo(f"Descripción de la meta anual: {f['meta_descripcion'] or '—'}"),
        Tabla(
            COMPORTAMIENTO_08B,
            (comportamiento,),
            titulo="Comportamiento del indicador",
            resumen="El indicador en el trimestre y acumulado.",
            letra=7.5,
        ),
        *([] if f["trimestre"] else [Parrafo(SIN_TRIMESTRE, Estilo.NOTA)]),
        Ficha(
            (
                Campo(JUSTIFICACION, f["justificacion"] or SIN_RAZON),
                Campo("Evaluación del indicador", f"{c['palabra']} {c['cifra']}".strip()),
            )
        ),
    ]


def _medido(m: Datos | None) -> tuple[Celda, ...]:
    if m is None:
        return _medida(None), _medida(None), porcentaje(None), Celda("—")
    c = m["cumplimiento"]
    return (
        _medida(m["programado"]),
        _medida(m["alcanzado"]),
        porcentaje(c["valor"], c["cifra"] if c["valor"] is not None else "—"),
        semaforo(c["estado"], c["palabra"], c["icono"]),
    )


FIRMAN: dict[str, tuple[tuple[str, str], ...]] = {
    "pbrm_01d": (("ELABORÓ", "dependencia"), ("VALIDÓ", "general")),
    "pbrm_08b": (("ELABORÓ", "dependencia"), ("VO. BO.", "uippe")),
}


def construir(clase: str, titulo: str, armar: Armar, preguntar: Preguntar, p: Parametros) -> Documento:
    """Una hoja por indicador de lo elegido."""
    lista = preguntar(
        fichas,
        anio=p.anio,
        mes=p.mes,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        programa=p.programa,
        proyecto=p.proyecto,
    )
    encabezado = comun.membrete_pbrm(preguntar, p, titulo)
    faltas = comun.falta_de_membrete(encabezado)
    if clase == "pbrm_08b" and p.mes:
        suyas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)["indicador"]
        lista = con_avance(lista, suyas, p.mes)
        faltas += comun.falta_de_cierre(preguntar, p)
        faltas += _sin_razon(lista)
    if not lista:
        faltas.append(Falta("No hay indicadores en lo elegido.", "Elija otra dependencia o programa."))
    bloques: list[Bloque] = []
    for n, f in enumerate(lista):
        if n:
            bloques.append(SaltoDePagina(f"{f['proyecto']}-{f['id']}"))
        firmas, sin_firma = comun.firmas(preguntar, p, f["dependencia_id"], FIRMAN[clase])
        bloques += [*armar(f, p), firmas]
        faltas += sin_firma
    return Documento(
        clase,
        titulo,
        encabezado,
        tuple(bloques),
        tuple(dict.fromkeys(faltas)),
        corte=comun.corte(preguntar, p) if p.mes else "",
        horizontal=True,
        hoja=f"{lista[0]['proyecto']}-{lista[0]['id']}" if lista else "",
        con_titulo=False,
    )


def _sin_razon(lista: list[dict[str, Any]]) -> list[Falta]:
    """Los que se apartan más de 10 % y no lo explican."""
    cuantos = sum(se_desvia(f["acumulado"]["cumplimiento"]) and not f["justificacion"] for f in lista)
    if not cuantos:
        return []
    return [
        Falta(f"Indicadores que se apartan más de 10 % sin explicarlo: {cuantos:,}.", "Pídalo en Revisar.")
    ]


FORMATOS: tuple[tuple[str, str, str, Armar, tuple[str, ...]], ...] = (
    (
        "pbrm_01d",
        "PbRM-01d Ficha Técnica de Diseño de Indicadores Estratégicos o de Gestión",
        "El indicador con su fórmula, sus variables y su calendario.",
        _01d,
        (),
    ),
    (
        "pbrm_08b",
        "PbRM-08b Ficha técnica de seguimiento de indicadores",
        "Las variables y el resultado del trimestre y del año.",
        _08b,
        ("mes",),
    ),
)

REPORTES = tuple(
    Reporte(
        clave,
        titulo,
        que_es,
        GRUPO,
        partial(construir, clave, titulo, armar),
        Accion.VER_DOCUMENTOS,
        pide=(*pide, "dependencia?", "programa?", "proyecto?"),
        juego=por_dependencia,
    )
    for clave, titulo, que_es, armar, pide in FORMATOS
)
