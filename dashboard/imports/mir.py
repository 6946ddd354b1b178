"""Formato mir: la «MIR tipo» oficial, un renglón del archivo por indicador."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lector_mir import LectorMir
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Revisor
from db.actions.cargas import Cuenta
from db.actions.mir_tipo import FilaMir, guardar_mir_tipo
from db.models.bitacora import Carga
from db.queries.mir_renglones import corregidos_a_mano, ejecutados, programas_del_ejercicio
from db.rules.mir import NIVELES
from db.rules.permisos import Accion, Actor

Entes = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class DatosMir:
    """Los renglones del archivo, en qué entes va cada programa y cuántos renglones sobran por repetidos."""

    filas: list[FilaMir]
    entes: Entes
    omitidas: int


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Agrupa los renglones por programa, nivel y número; cada programa va en los entes que lo ejecutan."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    lector = LectorMir(revisor, programas_del_ejercicio(session, contexto.anio), contexto.anio)
    for renglon in revisor:
        lector.leer(renglon)
    filas = lector.filas()
    revisor.terminar()
    entes = _entes(session, contexto, {f.programa_id for f in filas})
    revision = Revision(
        DatosMir(filas, entes, revisor.omitidas), revisor.problemas, [*revisor.avisos, *lector.avisos()]
    )
    if quedan := corregidos_a_mano(session, list(entes)):
        revision.avisos.append(f"Renglones que alguien corrigió y se quedan como están: {quedan:,}.")
    por_nivel = Counter(f.nivel.value for f in filas)
    revision.totales = [
        ("Programas", f"{len(entes):,}"),
        ("Indicadores", f"{sum(len(f.indicadores) for f in filas):,}"),
        *((NIVELES[nivel], f"{por_nivel[nivel]:,}") for nivel in NIVELES if por_nivel[nivel]),
    ]
    return revision


def _entes(session: Session, contexto: Contexto, programas: set[int]) -> Entes:
    """El ente indicado; si nadie lo indicó, los que ejecutan cada programa (ninguno: el de la carga)."""
    assert contexto.anio is not None
    if contexto.ente_id is not None and not contexto.ente_supuesto:
        return {programa: [contexto.ente_id] for programa in sorted(programas)}
    lugares = ejecutados(session, contexto.anio, None)
    return {
        programa: sorted(ente for otro, ente in lugares if otro == programa) for programa in sorted(programas)
    }


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda la MIR tipo; lo que alguien corrigió se queda."""
    al_avanzar(0.1, "Guardando las matrices")
    datos: DatosMir = revision.datos
    entes = {programa: suyos or [carga.ente_id or 0] for programa, suyos in datos.entes.items()}
    cuenta = guardar_mir_tipo(session, actor, datos.filas, entes)
    return cuenta.con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="mir",
    titulo="MIR tipo (PbRM-01e)",
    para_que=(
        "Las Matrices de Indicadores para Resultados de los programas, como las publica la Gaceta.\n"
        "Lo que una persona ya corrigió en una matriz no se vuelve a tocar."
    ),
    columnas=(
        Columna(
            "programa",
            ("nombre del programa", "programa presupuestario", "codigo del programa", "clave programa"),
            ayuda="Nombre del programa o su código de 8 dígitos, como está en el catálogo del ejercicio.",
            ejemplo="01020401",
        ),
        Columna(
            "nivel",
            ("nivel de la mir", "nivel mir"),
            ayuda="Nivel de la matriz.",
            ejemplo="Componente",
            opciones=tuple(NIVELES.values()),
        ),
        Columna(
            "numero",
            ("no", "num", "clave"),
            False,
            "Del componente (1) o de la actividad (1.2 es la segunda del componente 1).",
            ejemplo="1.2",
        ),
        Columna(
            "resumen_narrativo",
            ("resumen", "objetivo o resumen narrativo", "narrativa"),
            ayuda="Lo que se logra.",
            ejemplo="Capacitaciones impartidas",
        ),
        Columna(
            "indicador",
            ("nombre del indicador", "indicadores"),
            False,
            "Su indicador; si el renglón tiene varios, repita el renglón.",
        ),
        Columna("formula", ("metodo de calculo", "formula de calculo"), False, "Fórmula del indicador."),
        Columna("frecuencia", ("frecuencia de medicion",), False, "Cada cuánto se mide."),
        Columna("tipo", ("tipo de indicador",), False, "Estratégico o Gestión."),
        Columna("medios_verificacion", ("medios de verificacion", "medios"), False, "Dónde se comprueba."),
        Columna("supuestos", ("supuesto",), False, "Qué debe ocurrir fuera del programa."),
        Columna(
            "objetivo_programa",
            ("objetivo del programa presupuestario",),
            False,
            "No se guarda: es del catálogo.",
        ),
    ),
    permiso=Accion.CARGAR_PROGRAMAS,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por indicador. El Fin y el Propósito no llevan número.",
        "Si no indica el ente, cada matriz queda en los entes que ejecutan su programa.",
    ),
)
