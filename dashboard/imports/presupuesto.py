"""Formato presupuesto: el egreso por clave, mes y momento contable, como lo lleva Tesorería."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports import presupuesto_columnas
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.presupuesto_clave import Claves
from dashboard.imports.presupuesto_momentos import Lote, bloques, lote
from dashboard.imports.presupuesto_reglas import (
    avisar_ente,
    avisar_proyectos,
    revisar_momentos,
    revisar_totales,
)
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.presupuesto import Clave, Movimientos, deshacer_corte, guardar_corte
from db.models.bitacora import Carga
from db.queries.clave_presupuestaria import momentos_estrictos, proyectos_del_catalogo, segmentos
from db.queries.presupuesto import MOMENTOS, corte_vigente
from db.queries.presupuesto_version import Diferencias, comparar, por_clave
from db.rules.formato import moneda
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema

_UN_ANIO = re.compile(r"20\d\d(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Datos:
    """Lo que se guarda: claves, movimientos y cuántos renglones del archivo los formaron."""

    claves: Sequence[Clave]
    movimientos: Movimientos
    cuenta: Cuenta
    archivo: str
    sha256: str


def columnas_de(session: Session) -> tuple[Columna, ...]:
    """Las columnas de la plantilla con los segmentos configurados."""
    return presupuesto_columnas.de_plantilla(segmentos(session))


def reconoce(session: Session) -> tuple[Columna, ...]:
    """Todas las columnas que se reconocen: también las anchas y la clave unida."""
    return presupuesto_columnas.de_lectura(segmentos(session))


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Revisa el archivo entero. Problema si le faltan columnas o no se sabe de qué mes es el dinero."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    avisar_ente(session, revisor, contexto)
    _revisar_anio(revisor, contexto.anio)
    if "aprobado" not in lectura.columnas and not _es_ancho(lectura, "aprobado"):
        raise Problema(
            "El archivo no trae el presupuesto aprobado.",
            "Agregue la columna «aprobado» («Autorizado»), o una por mes: «aprobado_enero»…",
        )
    claves = Claves(revisor, segmentos(session))
    claves.leer()
    columnas = bloques(revisor, claves.indice, contexto.anio, contexto.corte_mes)
    leido = lote(revisor, claves.indice, columnas)
    if not any(problema.grave for problema in revisor.problemas):
        _avisar(revisor, leido, claves)
        revisar_momentos(revisor, leido, claves.claves, momentos_estrictos(session, contexto.anio))
        revisar_totales(revisor, leido)
        avisar_proyectos(
            revisor, leido, claves.claves, proyectos_del_catalogo(session, contexto.anio), contexto.anio
        )
    return _revision(session, revisor, contexto, claves.claves, leido)


def _es_ancho(lectura: Lectura, momento: str) -> bool:
    return any(campo.startswith(f"{momento}_") for campo in lectura.columnas)


def _revisar_anio(revisor: Revisor, anio: int) -> None:
    """Otro año en el archivo es un problema; «Ejercicio» con puros años es el ejercicio y no el ejercido."""
    columnas, letras = revisor.lectura.columnas, revisor.lectura.letras
    ejercido = {texto for texto in columnas.get("ejercido", ()) if texto}
    if "anio" not in columnas and ejercido and all(map(_UN_ANIO.fullmatch, ejercido)):
        columnas["anio"], letras["anio"] = columnas.pop("ejercido"), letras.pop("ejercido")
        revisor.avisos.append("La columna «Ejercicio» se leyó como el año, no como el gasto ejercido.")
    ajenos = {t for t in columnas.get("anio", ()) if t and t.strip().split(".")[0] != str(anio)}
    for i, texto in enumerate(columnas["anio"] if ajenos else ()):
        if texto in ajenos:
            regla = f"el renglón no es del ejercicio {anio}"
            Renglon(revisor, i).falla("anio", regla, "Cargue cada ejercicio en su propio archivo.")


def _avisar(revisor: Revisor, leido: Lote, claves: Claves) -> None:
    avisos = revisor.avisos
    if faltan := [momento for momento in MOMENTOS if momento not in leido.momentos]:
        avisos.append(f"El archivo no trae {', '.join(faltan)}: quedan en cero.")
    if ausentes := [s.nombre.lower() for s in claves.ausentes if not s.obligatorio]:
        avisos.append(f"La clave no trae {', '.join(ausentes)}.")
    if leido.juntados:
        avisos.append(f"{leido.juntados:,} renglones repiten clave y mes de otro: se sumaron.")
    if claves.de_total:
        avisos.append(f"{claves.de_total:,} renglones de totales o subtotales no se contaron.")
    if vacios := leido.sin_importes - claves.de_total:
        avisos.append(f"{vacios:,} renglones no traen ningún importe: no se cargaron.")


def _revision(
    session: Session, revisor: Revisor, contexto: Contexto, claves: Sequence[Clave], leido: Lote
) -> Revision:
    lectura, movimientos = revisor.lectura, leido.movimientos
    revision = Revision(None, revisor.problemas, revisor.avisos)
    revisor.terminar()
    filas = len(lectura.filas)
    if revision.graves:
        revision.cambios = Cuenta(filas, 0, 0)
        return revision
    if not filas or not len(movimientos):
        raise Problema("El archivo no trae ningún importe.", "Revise que sea el archivo correcto.")
    totales = movimientos.totales()
    revision.totales = [(momento.capitalize(), moneda(totales[momento])) for momento in MOMENTOS]
    modificado = totales["aprobado"] + totales["ampliaciones"] - totales["reducciones"]
    revision.totales += [("Modificado", moneda(modificado)), ("Claves", f"{len(claves):,}")]
    previo = corte_vigente(session, contexto.anio or 0, contexto.ente_id) if contexto.ente_id else None
    if previo and previo.sha256 == lectura.sha256:
        revision.cambios = Cuenta(filas, 0, filas)
        return revision
    guardadas = filas - leido.sin_importes
    cambio = comparar(por_clave(session, previo.id) if previo else {}, _por_clave(claves, movimientos))
    if previo:
        revision.totales += _contra_la_anterior(previo.numero, cambio)
    revision.cambios = Cuenta(
        filas,
        guardadas,
        0,
        nuevas=len(cambio.nuevas),
        cambian=len(cambio.cambian),
        desaparecen=len(cambio.desaparecen),
        omitidas=leido.sin_importes,
    )
    revision.datos = Datos(claves, movimientos, revision.cambios, contexto.archivo, lectura.sha256)
    return revision


def _por_clave(claves: Sequence[Clave], movimientos: Movimientos) -> dict[str, tuple[int, ...]]:
    """Clave → importes del año."""
    sumas = movimientos.por_clave(len(claves))
    return {clave.clave: tuple(fila) for clave, fila in zip(claves, sumas, strict=True)}


def _contra_la_anterior(numero: int, cambio: Diferencias) -> list[tuple[str, str]]:
    titulo = f"Contra la versión {numero}"
    claves = (
        f"{len(cambio.nuevas):,} claves nuevas, {len(cambio.desaparecen):,} desaparecen, "
        f"{len(cambio.cambian):,} cambian y {cambio.iguales:,} siguen igual"
    )
    dinero = [f"{momento} {moneda(resta)}" for momento, resta in cambio.totales.items() if resta]
    return [(titulo, claves), (f"{titulo}, diferencia", ", ".join(dinero) or "ninguna")]


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda lo revisado como un corte nuevo del ente y ejercicio de la carga."""
    datos: Datos = revision.datos
    assert carga.ente_id is not None and carga.anio is not None
    guardar_corte(
        session,
        actor,
        ente_id=carga.ente_id,
        anio=carga.anio,
        carga=carga,
        claves=datos.claves,
        movimientos=datos.movimientos,
        archivo=datos.archivo,
        sha256=datos.sha256,
        al_avanzar=al_avanzar,
    )
    return datos.cuenta


FORMATO = Formato(
    nombre="presupuesto",
    titulo="Presupuesto por clave, mes y momento",
    para_que=(
        "El egreso de Tesorería: cada clave presupuestaria con sus momentos contables, mes por mes.\n"
        "Cada carga es una versión nueva; las anteriores se conservan y se pueden consultar."
    ),
    columnas=presupuesto_columnas.COLUMNAS,
    permiso=Accion.CARGAR_PRESUPUESTO,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    limites=Limites(max_filas=200_000, max_columnas=120, max_descomprimido=400 * 2**20, segundos=120),
    columnas_de=columnas_de,
    reconoce=reconoce,
    deshacer=deshacer_corte,
    instrucciones=(
        "Un renglón por clave y mes. También se acepta un renglón por clave con columnas como "
        "«devengado_enero», o «Enero» sobre «Devengado».",
        "Los importes son del mes, no acumulados, en pesos y con dos decimales.",
        "El modificado no hace falta: es aprobado + ampliaciones − reducciones. Si viene, se compara.",
        "Los renglones de totales no se cuentan: se comparan con la suma.",
    ),
)
