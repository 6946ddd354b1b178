"""Formato titulares: quién encabeza cada dependencia y entre qué fechas."""

from itertools import pairwise

from sqlmodel import Session

from dashboard.imports.estructura import AUXILIAR, GENERAL
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.titulares import FilaTitular, guardar_titulares
from db.models.bitacora import Carga
from db.queries.estructura import Dependencias, dependencias
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.titular import Cargo, exigir_sin_traslape


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su dependencia y sus fechas; dentro del archivo nadie se encima."""
    revisor = Revisor(lectura)
    claves = dependencias(session, contexto.ente_id)
    leidas: dict[int, list[tuple[Renglon, FilaTitular]]] = {}
    for renglon in revisor:
        if (fila := _leer(renglon, claves)) is not None:
            leidas.setdefault(fila.dependencia_id, []).append((renglon, fila))
    for suyas in leidas.values():
        _exigir_orden(suyas)
    revisor.terminar()
    filas = [fila for suyas in leidas.values() for _, fila in suyas]
    revision = Revision(filas, revisor.problemas, revisor.avisos, ejercicio=False)
    revision.totales = [("Dependencias", f"{len(leidas):,}"), ("Titulares", f"{len(filas):,}")]
    return revision


def _leer(renglon: Renglon, claves: Dependencias) -> FilaTitular | None:
    dependencia_id = dependencia(renglon, claves)
    nombre, cargo = renglon.obligado("nombre"), renglon.obligado("cargo")
    desde = renglon.leer("desde", valores.fecha) if renglon.obligado("desde") else None
    hasta = renglon.leer("hasta", valores.fecha)
    if dependencia_id is None or nombre is None or cargo is None or desde is None:
        return None
    if hasta is not None and hasta < desde:
        renglon.falla("hasta", "termina antes de empezar", "Corrija una de las dos fechas.")
        return None
    return FilaTitular(dependencia_id, nombre, cargo, desde, hasta)


def dependencia(renglon: Renglon, claves: Dependencias) -> int | None:
    """La dependencia que dice el renglón por sus claves; None después de anotar el problema."""
    general = renglon.clave("clave_dep_general")
    if general is None:
        return None
    if general not in claves.generales:
        renglon.falla(
            "clave_dep_general", "el ente no tiene esa dependencia general", "Cargue antes la estructura."
        )
        return None
    if not renglon.texto("clave_dep_auxiliar"):
        return claves.generales[general]
    auxiliar = renglon.clave("clave_dep_auxiliar")
    if auxiliar is not None and (general, auxiliar) not in claves.auxiliares:
        renglon.falla(
            "clave_dep_auxiliar",
            f"la {general} no tiene esa dependencia auxiliar",
            "Cargue antes la estructura, o deje vacía la celda si es titular de la general.",
        )
        return None
    return claves.auxiliares[general, auxiliar] if auxiliar is not None else None


def _exigir_orden(suyas: list[tuple[Renglon, FilaTitular]]) -> None:
    """Anota el renglón que se encima con el anterior; quien no dice hasta cuándo, hasta que lo relevan."""
    suyas.sort(key=lambda par: par[1].desde)
    for (_, previa), (renglon, fila) in pairwise(suyas):
        hasta = previa.desde if previa.hasta is None else previa.hasta
        try:
            exigir_sin_traslape(
                [Cargo(previa.nombre, previa.desde, hasta), Cargo(fila.nombre, fila.desde, fila.hasta)]
            )
        except Problema as problema:
            renglon.falla("desde", problema.mensaje, problema.remedio)


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda los titulares."""
    al_avanzar(0.3, "Guardando los titulares")
    filas: list[FilaTitular] = revision.datos
    return guardar_titulares(session, actor, carga, filas)


FORMATO = Formato(
    nombre="titulares",
    titulo="Titulares de dependencias",
    para_que=(
        "Quién encabeza cada dependencia general o auxiliar, con su cargo y sus fechas.\n"
        "De aquí salen los nombres de quienes firman; quien es relevado se cierra la víspera."
    ),
    columnas=(
        GENERAL,
        Columna(
            AUXILIAR.nombre, AUXILIAR.alias, False, "Vacía si es titular de la dependencia general.", "100"
        ),
        Columna("nombre", ("titular", "nombre del titular"), ayuda="Nombre y apellidos.", ejemplo="Nombre"),
        Columna("cargo", ("puesto",), ayuda="Como va en la firma.", ejemplo="Tesorera Municipal"),
        Columna("desde", ("fecha de inicio", "inicio"), ayuda="dd/mm/aaaa.", ejemplo="01/01/2025"),
        Columna("hasta", ("fecha de termino", "termino"), False, "dd/mm/aaaa; vacía si sigue."),
    ),
    permiso=Accion.EDITAR_TITULARES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ente"}),
    instrucciones=("Un renglón por persona y dependencia; se reconoce por dependencia y fecha de entrada.",),
)
