"""Lo que todo reporte repite: su membrete, su corte, sus firmas y lo que les falta."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.reports.bloques import Firma, Firmas
from dashboard.reports.documento import Encabezado, Falta, Parametros, Preguntar
from db.queries import documentos
from db.queries.titulares import firmantes, la_que_es
from db.rules.formato import ZONA
from db.rules.periodo import ultimo_dia

PBRM = (
    "SISTEMA DE COORDINACIÓN HACENDARIA DEL ESTADO DE MÉXICO CON SUS MUNICIPIOS",
    "PRESUPUESTO BASADO EN RESULTADOS MUNICIPAL",
)
"""Las dos líneas con que empieza todo formato PbRM."""


def membrete(preguntar: Preguntar, p: Parametros, lineas: Iterable[str] | None = None) -> Encabezado:
    """El membrete de un documento; sin `lineas`, el municipio, el ente y su administración."""
    datos = preguntar(documentos.membrete, anio=p.anio, ente_id=p.ente_id)
    ente = datos["ente"] or "Ayuntamiento y sus organismos"
    administracion = datos["administracion"]
    propias = (
        f"Municipio de {datos['nombre']}, {datos['estado']}".rstrip(", "),
        ente,
        f"{administracion} · Ejercicio {p.anio}".lstrip(" ·"),
    )
    return Encabezado(
        municipio=datos["nombre"],
        ente=ente,
        anio=p.anio,
        numero=datos["numero_pbrm"],
        lineas=propias if lineas is None else tuple(lineas),
        escudo=datos["escudo"],
        logo=datos["logo"],
        zona=datos["zona_horaria"] or ZONA,
    )


def membrete_pbrm(preguntar: Preguntar, p: Parametros, titulo: str) -> Encabezado:
    """El membrete de un formato PbRM: las dos líneas oficiales, ejercicio, municipio, número y su título."""
    base = membrete(preguntar, p)
    numero = f" · No. {base.numero}" if base.numero else ""
    lineas = (*PBRM, f"Ejercicio Fiscal {p.anio} · Municipio: {base.municipio}{numero}", titulo)
    return membrete(preguntar, p, lineas)


def falta_de_membrete(encabezado: Encabezado) -> list[Falta]:
    """Lo que el membrete oficial pide y no se ha configurado."""
    donde = "Configuración, en «Para los documentos»."
    faltas = []
    if not encabezado.numero:
        faltas.append(Falta("Falta el número del municipio en los formatos PbRM.", donde))
    return faltas


def corte(preguntar: Preguntar, p: Parametros) -> str:
    """«Corte: septiembre de 2026, periodo cerrado», para el pie."""
    return str(preguntar(documentos.origen, anio=p.anio, mes=p.mes)["corte"])


def falta_de_cierre(preguntar: Preguntar, p: Parametros) -> list[Falta]:
    """Si el periodo sigue abierto, o se cerró sin congelar, sus cifras aún pueden cambiar."""
    de = preguntar(documentos.origen, anio=p.anio, mes=p.mes)
    if p.mes is None or de["cierre"]:
        return []
    if de["cerrado"]:
        return [
            Falta(
                "El periodo se cerró sin congelar sus cifras: salen las de hoy.",
                "Para fijarlas, reábralo y ciérrelo en Cierre de periodos.",
            )
        ]
    return [Falta("El periodo sigue abierto: sus cifras pueden cambiar.", "Ciérrelo en Cierre de periodos.")]


def dia_de_firma(p: Parametros) -> date:
    """El día cuyos titulares firman: el último del periodo, o del ejercicio."""
    return ultimo_dia(p.anio, p.mes or 12)


PAPELES: dict[str, str] = {
    "dependencia": "titular de la dependencia",
    "general": "titular de la dependencia general",
    "tesoreria": "titular de la Tesorería",
    "uippe": "titular de la UIPPE",
}


def firmas(
    preguntar: Preguntar,
    p: Parametros,
    dependencia_id: int,
    papeles: Iterable[tuple[str, str]],
    dia: date | None = None,
) -> tuple[Firmas, list[Falta]]:
    """Las firmas de un formato y las que faltan.

    `papeles`: (lo que se imprime, quién firma), como («ELABORÓ», «dependencia»); quién es una llave de
    `PAPELES`. Sin titular registrado ese día, el espacio queda en blanco.
    """
    quienes: dict[str, Any] = preguntar(
        firmantes, dependencia_id=dependencia_id, fecha=dia or dia_de_firma(p)
    )
    puestas, faltas = [], []
    for papel, quien in papeles:
        persona = quienes[quien]
        puestas.append(
            Firma(papel, persona["nombre"] if persona else "", persona["cargo"] if persona else "")
        )
        if persona is None:
            faltas.append(
                Falta(
                    f"No hay {PAPELES[quien]} registrado para la firma «{papel}».",
                    "Regístrelo en Dependencias y titulares.",
                )
            )
    return Firmas(tuple(puestas)), faltas


def firma_del_ente(
    preguntar: Preguntar, p: Parametros, quien: str, dia: date | None = None
) -> tuple[tuple[Firmas, ...], list[Falta]]:
    """La firma «ELABORÓ» de la Tesorería o la UIPPE del ente (`quien` es una de `db.rules.titular`)."""
    unidad = preguntar(la_que_es, papel=quien, ente_id=p.ente_id)
    if unidad is None:
        return (), [Falta(f"El ente no tiene {PAPELES[quien]}.", "Revise Dependencias y titulares.")]
    firmas_, faltas = firmas(preguntar, p, unidad, [("ELABORÓ", quien)], dia)
    return (firmas_,), faltas


def alcance_de_texto(p: Parametros) -> str:
    """De qué trata un documento, para guardar sus textos corregidos: «ente/1», o vacío para todo."""
    return f"ente/{p.ente_id}" if p.ente_id is not None else ""


def decimal(escrito: Any) -> Decimal | None:
    """Una cantidad de `db.queries.figuras`, guardada como texto exacto."""
    return None if escrito is None else Decimal(escrito)
