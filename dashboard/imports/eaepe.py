"""Formato EAEPE: Estado Analítico del Ejercicio del Presupuesto de Egresos, acumulado a una fecha."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from dashboard.imports.contexto import anio_de_los_titulos
from dashboard.imports.eaepe_columnas import COLUMNAS, de_lectura
from dashboard.imports.eaepe_renglones import con_nivel, control_de, leer_renglones
from dashboard.imports.eaepe_titulo import clasificacion_de, mes_del_titulo
from dashboard.imports.formato import Avance, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.presupuesto_reglas import avisar_ente
from dashboard.imports.renglon import Revisor
from db.actions.cargas import Cuenta
from db.actions.presupuesto import IMPORTES_EAEPE, Renglon, deshacer_corte, guardar_eaepe
from db.models.bitacora import Carga
from db.models.presupuesto import ClasificacionEaepe
from db.queries.eaepe import oficiales
from db.queries.presupuesto import eaepe as eaepe_vigente
from db.rules.formato import mes_nombre, moneda
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema

NOMBRES = {
    ClasificacionEaepe.OBJETO_GASTO: "por objeto del gasto",
    ClasificacionEaepe.ADMINISTRATIVA: "administrativa",
    ClasificacionEaepe.TIPO_GASTO: "económica (por tipo de gasto)",
    ClasificacionEaepe.FUNCIONAL: "funcional",
    ClasificacionEaepe.PROGRAMATICA: "por categoría programática",
}


@dataclass(frozen=True, slots=True)
class Datos:
    """Lo que se guarda de un EAEPE."""

    clasificacion: ClasificacionEaepe
    mes: int
    renglones: Sequence[Renglon]
    cuenta: Cuenta
    archivo: str
    sha256: str


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Revisa el documento. Problema si no se sabe a qué mes llega o le faltan columnas."""
    _exigir_columnas(lectura)
    lectura, avisos = _con_devengado(lectura)
    revisor = Revisor(lectura)
    revisor.avisos += avisos
    assert contexto.anio is not None
    avisar_ente(session, revisor, contexto)
    _exigir_anio(lectura, contexto)
    mes = _mes(revisor, contexto)
    control = control_de(lectura)
    leidos = leer_renglones(revisor, control, contexto.anio)
    if not leidos and not revisor.problemas:
        raise Problema("El archivo no trae renglones con importes.", "Revise que sea el archivo correcto.")
    titulos = [*lectura.previas, lectura.titulos["concepto"], lectura.hoja, contexto.archivo]
    clasificacion, dicha = clasificacion_de(titulos, [r.concepto for _, r in leidos])
    if not dicha:
        revisor.avisos.append(f"Clasificación {NOMBRES[clasificacion]}: se reconoció por sus conceptos.")
    renglones = con_nivel(revisor, leidos, control, oficiales(session, clasificacion))
    revisor.terminar()
    revision = Revision(None, revisor.problemas, revisor.avisos)
    filas = len(lectura.filas)
    revision.cambios = Cuenta(filas, 0, 0)
    if revision.graves:
        return revision
    assert contexto.anio is not None
    previo = (
        eaepe_vigente(session, contexto.anio, contexto.ente_id, clasificacion) if contexto.ente_id else None
    )
    revision.totales = _totales(renglones, clasificacion, contexto.anio, mes)
    if previo and previo[0].sha256 == lectura.sha256 and previo[0].mes == mes:
        revision.cambios = Cuenta(filas, 0, filas)
        return revision
    guardadas = len(renglones)
    revision.cambios = Cuenta(filas, guardadas, 0, nuevas=guardadas, omitidas=filas - guardadas)
    revision.datos = Datos(clasificacion, mes, renglones, revision.cambios, contexto.archivo, lectura.sha256)
    return revision


def _exigir_columnas(lectura: Lectura) -> None:
    if "aprobado" not in lectura.columnas:
        raise Problema("El EAEPE no trae la columna del aprobado.", "Agréguela, como en el estado impreso.")
    if not lectura.columnas.keys() & {"devengado", "ejercido"}:
        raise Problema("El EAEPE no trae la columna del devengado.", "Agréguela, como en el estado impreso.")
    if not lectura.columnas.keys() & {"modificado", "ampliaciones_reducciones"}:
        raise Problema(
            "El EAEPE no trae ampliaciones/(reducciones) ni modificado.",
            "Agregue una de las dos columnas, como en el estado impreso.",
        )


def _con_devengado(lectura: Lectura) -> tuple[Lectura, list[str]]:
    """La lectura con su devengado; sin él se toma lo ejercido, y se avisa."""
    if "devengado" in lectura.columnas:
        return lectura, []

    def pasar(campos: Mapping[str, Any]) -> dict[str, Any]:
        return {"devengado" if campo == "ejercido" else campo: valor for campo, valor in campos.items()}

    pasada = replace(
        lectura,
        columnas=pasar(lectura.columnas),
        letras=pasar(lectura.letras),
        titulos=pasar(lectura.titulos),
        totales=[replace(total, celdas=pasar(total.celdas)) for total in lectura.totales],
    )
    return pasada, ["El documento no trae devengado: se tomó lo ejercido."]


def _exigir_anio(lectura: Lectura, contexto: Contexto) -> None:
    dice = anio_de_los_titulos(lectura.previas)
    if dice not in (None, contexto.anio):
        raise Problema(
            f"El título dice {dice} y se carga en el ejercicio {contexto.anio}.",
            "Indique el ejercicio del documento, o revise que sea el archivo correcto.",
        )


def _mes(revisor: Revisor, contexto: Contexto) -> int:
    del_titulo = mes_del_titulo(revisor.lectura.previas)
    mes = contexto.corte_mes or del_titulo
    if mes is None:
        raise Problema(
            "El documento no dice a qué fecha llega.",
            "Escriba arriba «Del 1 de enero al 30 de junio de 2026», o indique el mes del corte.",
        )
    if del_titulo and del_titulo != mes:
        revisor.avisos.append(
            f"El título dice {mes_nombre(del_titulo)}; se guardó a {mes_nombre(mes)}, el corte que se indicó."
        )
    return mes


def _totales(
    renglones: Sequence[Renglon], clasificacion: ClasificacionEaepe, anio: int, mes: int
) -> list[tuple[str, str]]:
    principales = [r for r in renglones if r.nivel == 1]
    dinero = [
        (campo.replace("_", "/").capitalize(), moneda(sum(getattr(r, campo) for r in principales)))
        for campo in IMPORTES_EAEPE
    ]
    return [
        ("Clasificación", NOMBRES[clasificacion]),
        ("Corte", f"{mes_nombre(mes)} de {anio}"),
        *dinero,
        ("Renglones", f"{len(renglones):,}, de ellos {len(principales):,} suman al total"),
    ]


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda lo revisado como versión nueva de su clasificación."""
    datos: Datos = revision.datos
    assert carga.ente_id is not None and carga.anio is not None
    guardar_eaepe(
        session,
        actor,
        ente_id=carga.ente_id,
        anio=carga.anio,
        mes=datos.mes,
        clasificacion=datos.clasificacion,
        carga=carga,
        renglones=datos.renglones,
        archivo=datos.archivo,
        sha256=datos.sha256,
    )
    al_avanzar(1.0, "EAEPE guardado")
    return datos.cuenta


FORMATO = Formato(
    nombre="eaepe",
    titulo="Estado Analítico del Ejercicio del Presupuesto de Egresos (EAEPE)",
    para_que=(
        "El estado acumulado a una fecha: por objeto del gasto, por dependencia o en otra clasificación.\n"
        "Cada clasificación lleva sus versiones; las anteriores se conservan."
    ),
    columnas=COLUMNAS,
    permiso=Accion.CARGAR_PRESUPUESTO,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente", "corte"}),
    reconoce=de_lectura,
    deshacer=deshacer_corte,
    instrucciones=(
        "Arriba del encabezado escriba la fecha: «Del 1 de enero al 30 de junio de 2026».",
        "La última fila es «Total del Gasto»: no se cuenta, se compara con la suma.",
    ),
)
