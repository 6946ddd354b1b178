"""Formato estructura: el catálogo oficial de dependencias, o las áreas del municipio con sus claves."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports.contexto import anios_del_archivo
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor, renglones
from db.actions.cargas import Cuenta
from db.actions.estructura import EntradaOficial, FilaArea, guardar_areas, guardar_catalogo
from db.models.bitacora import Carga
from db.models.catalogo import NombreCatalogo
from db.models.municipio import TipoEnte
from db.queries.programas import proyectos
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave

GENERAL = Columna(
    "clave_dep_general",
    ("dependencia general", "clave dependencia general", "clave de dependencia general", "dep general", "dg"),
    ayuda="Clave oficial de la dependencia general.",
    ejemplo="A00",
)
AUXILIAR = Columna(
    "clave_dep_auxiliar",
    (
        "dependencia auxiliar",
        "clave dependencia auxiliar",
        "clave de dependencia auxiliar",
        "dep auxiliar",
        "da",
    ),
    ayuda="Clave oficial de la dependencia auxiliar.",
    ejemplo="100",
)
PROYECTO = Columna(
    "codigo_proyecto",
    ("proyecto", "clave proyecto", "clave del proyecto", "codigo del proyecto", "clave de proyecto"),
    ayuda="Código del proyecto: 12 dígitos, con sus ceros.",
    ejemplo="010502060402",
)
ANIO = Columna("anio", ("año", "ejercicio", "ejercicio fiscal"), False, "Ejercicio al que pertenece.", "2026")
AREA = Columna(
    "area", ("unidad administrativa", "area responsable"), False, "Área que ejecuta.", "Secretaría Particular"
)

SIGLAS = {
    "dif": TipoEnte.DIF,
    "smdif": TipoEnte.DIF,
    "opdapas": TipoEnte.AGUA,
    "odapas": TipoEnte.AGUA,
    "oapas": TipoEnte.AGUA,
    "apas": TipoEnte.AGUA,
    "imcufide": TipoEnte.DEPORTE,
    "imcufidem": TipoEnte.DEPORTE,
    "imjuve": TipoEnte.JUVENTUD,
}
"""Siglas con que un archivo del ayuntamiento nombra a los descentralizados: tienen claves propias."""

_FORMA = (
    (re.compile(r"[A-ZÑ][0-9]{2}"), NombreCatalogo.DEPENDENCIA_GENERAL),
    (re.compile(r"[0-9]{3}"), NombreCatalogo.DEPENDENCIA_AUXILIAR),
)


@dataclass(frozen=True, slots=True)
class DatosEstructura:
    """Una de las dos formas del archivo."""

    entradas: list[EntradaOficial]
    areas: list[FilaArea]
    omitidas: int


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Reconoce cuál de las dos formas es y revisa sus renglones."""
    revisor = Revisor(lectura)
    if revisor.trae("clave") and revisor.trae("nombre"):
        return _catalogo(revisor, contexto)
    if revisor.trae("clave_dep_general") and revisor.trae("clave_dep_auxiliar"):
        return _areas(session, revisor, contexto)
    raise Problema(
        "No se reconoce la estructura: faltan columnas.",
        "Un catálogo trae clave y nombre; las áreas traen clave_dep_general y clave_dep_auxiliar.",
    )


def _catalogo(revisor: Revisor, contexto: Contexto) -> Revision:
    anios = anios_del_archivo(revisor.lectura)
    anio = contexto.anio if contexto.anio in anios else max(anios, default=None)
    entradas: dict[tuple[str, str, str], EntradaOficial] = {}
    niveles: Counter[NombreCatalogo] = Counter()
    otros_anios = 0
    for renglon in revisor:
        if anio is not None and renglon.texto("anio")[:4] != str(anio):
            otros_anios += 1
            revisor.omitir()
            continue
        clave, nombre = renglon.clave("clave"), renglon.obligado("nombre")
        catalogo = _nivel(renglon, clave, nombre) if clave and nombre else None
        if catalogo is None or clave is None or nombre is None:
            continue
        ambito = renglon.texto("tipo_ente") or "Municipios"
        niveles[catalogo] += (catalogo.value, ambito, clave) not in entradas
        entradas[catalogo.value, ambito, clave] = EntradaOficial(catalogo, ambito, clave, nombre)
    revisor.terminar()
    if otros_anios:
        revisor.avisos.append(f"Sólo se usa lo de {anio}; de otros años se omiten {renglones(otros_anios)}.")
    revision = Revision(
        DatosEstructura(list(entradas.values()), [], revisor.omitidas), revisor.problemas, revisor.avisos
    )
    revision.ejercicio = False
    nombres = {_FORMA[0][1]: "Dependencias generales", _FORMA[1][1]: "Dependencias auxiliares"}
    revision.totales = [(nombres[catalogo], f"{total:,}") for catalogo, total in niveles.items()]
    return revision


def _nivel(renglon: Renglon, clave: str, nombre: str) -> NombreCatalogo | None:
    """Una letra y dos dígitos es general; tres dígitos, auxiliar."""
    for forma, catalogo in _FORMA:
        if forma.fullmatch(clave):
            return catalogo
    renglon.falla(
        "clave", "no es clave de dependencia", "Use letra y dos dígitos (A00) o tres dígitos (100)."
    )
    return None


def _areas(session: Session, revisor: Revisor, contexto: Contexto) -> Revision:
    filas: list[FilaArea] = []
    descentralizados: Counter[str] = Counter()
    for renglon in revisor:
        if not any(
            renglon.texto(c) for c in ("area", "dependencia", "clave_dep_general", "clave_dep_auxiliar")
        ):
            revisor.omitir(f"El renglón {renglon.numero} no trae área ni dependencias; se omite.")
            continue
        general, auxiliar = renglon.clave("clave_dep_general"), renglon.clave("clave_dep_auxiliar")
        proyecto = renglon.codigo("codigo_proyecto", 12) if renglon.texto("codigo_proyecto") else ""
        if general is None or auxiliar is None or proyecto is None:
            continue
        dependencia, area = renglon.texto("dependencia"), renglon.texto("area")
        tipo = _tipo(dependencia) if contexto.ente_supuesto else None
        if tipo is not None:
            descentralizados[dependencia] += 1
        filas.append(
            FilaArea(
                tipo,
                general,
                auxiliar,
                renglon.texto("nombre_dep_general") or dependencia,
                renglon.texto("nombre_dep_auxiliar") or area,
                proyecto,
                area,
                dependencia if tipo else "",
            )
        )
    revisor.terminar()
    revision = Revision(DatosEstructura([], filas, revisor.omitidas), revisor.problemas, revisor.avisos)
    assert contexto.anio is not None
    catalogo = proyectos(session, contexto.anio)
    if sueltas := sum(bool(fila.proyecto) and fila.proyecto not in catalogo for fila in filas):
        revision.avisos.append(
            f"El catálogo de {contexto.anio} no tiene los proyectos de {renglones(sueltas)}: cárguelo con el "
            "formato programas y vuelva a cargar este archivo para ligarlos."
        )
    revision.defectos += [
        f"Ente: «{nombre}» tiene el suyo propio; ahí se guardan sus áreas ({veces:,})."
        for nombre, veces in descentralizados.items()
    ]
    revision.totales = [
        ("Dependencias generales", f"{len({(f.tipo, f.general) for f in filas}):,}"),
        ("Dependencias auxiliares", f"{len({(f.tipo, f.general, f.auxiliar) for f in filas}):,}"),
        ("Áreas", f"{len(filas):,}"),
    ]
    return revision


def _tipo(dependencia: str) -> TipoEnte | None:
    """Tipo del ente descentralizado que una dependencia nombra por sus siglas."""
    return next((SIGLAS[palabra] for palabra in llave(dependencia).split() if palabra in SIGLAS), None)


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda el catálogo o las áreas."""
    al_avanzar(0.2, "Guardando la estructura")
    datos: DatosEstructura = revision.datos
    if datos.entradas:
        cuenta = guardar_catalogo(session, actor, carga, datos.entradas)
    else:
        cuenta = guardar_areas(session, actor, carga, datos.areas)
    return cuenta.con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="estructura",
    titulo="Estructura administrativa",
    para_que=(
        "Las dependencias generales y auxiliares, y qué área ejecuta cada proyecto.\n"
        "También acepta el catálogo oficial de dependencias: clave, nombre y tipo de ente."
    ),
    columnas=(
        AREA,
        Columna(
            "dependencia", ("nombre de la dependencia",), False, "Nombre de la dependencia.", "Presidencia"
        ),
        Columna(GENERAL.nombre, GENERAL.alias, False, GENERAL.ayuda, GENERAL.ejemplo),
        Columna("nombre_dep_general", ("nombre dependencia general",), False, "Si no está en el catálogo."),
        Columna(AUXILIAR.nombre, AUXILIAR.alias, False, AUXILIAR.ayuda, AUXILIAR.ejemplo),
        Columna("nombre_dep_auxiliar", ("nombre dependencia auxiliar",), False, "Si no está en el catálogo."),
        Columna(PROYECTO.nombre, PROYECTO.alias, False, PROYECTO.ayuda, PROYECTO.ejemplo),
        ANIO,
        Columna("clave", ("codigo",), False, "Sólo en un catálogo oficial: clave de la dependencia."),
        Columna("nombre", ("denominacion",), False, "Sólo en un catálogo oficial: su nombre."),
        Columna("tipo_ente", ("tipo de ente", "ambito"), False, "Sólo en un catálogo oficial."),
    ),
    permiso=Accion.CARGAR_ESTRUCTURA,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por área y proyecto; las claves son las del catálogo oficial de dependencias.",
        "Sin indicar ente, las áreas de los organismos descentralizados (DIF, agua, deporte) van al suyo.",
    ),
)
