"""Formato avances: lo alcanzado por metas de actividad y variables de indicadores, por periodo."""

from collections import Counter
from dataclasses import dataclass, replace

from sqlmodel import Session

from dashboard.imports.estructura import ANIO, AREA, AUXILIAR, GENERAL, PROYECTO
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lector_avances import LectorAvances
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Revisor
from db.actions.avances import ClaseAvance, FilaAvance, guardar_avances
from db.actions.cargas import Cuenta
from db.models.bitacora import Carga
from db.models.municipio import Periodicidad
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Actor


@dataclass(frozen=True, slots=True)
class DatosAvances:
    """Los avances del archivo, la periodicidad que fija (si ninguna había) y los renglones omitidos."""

    filas: list[FilaAvance]
    periodicidad: Periodicidad | None
    omitidas: int


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su meta o variable, su periodo abierto y una cantidad."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    lector = LectorAvances(session, revisor, contexto)
    filas = lector.filas()
    revisor.terminar()
    revision = Revision(
        DatosAvances(filas, lector.periodicidad, revisor.omitidas), revisor.problemas, revisor.avisos
    )
    revision.avisos += lector.avisos()
    revision.defectos += lector.defectos()
    por_mes = Counter(fila.mes for fila in filas)
    revision.totales = [
        ("Avances de metas", f"{sum(f.clase is ClaseAvance.ACTIVIDAD for f in filas):,}"),
        ("Avances de variables", f"{sum(f.clase is ClaseAvance.VARIABLE for f in filas):,}"),
        *((f"Hasta {mes_nombre(mes)}", f"{total:,}") for mes, total in sorted(por_mes.items())),
    ]
    return revision


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda los avances."""
    al_avanzar(0.2, "Guardando los avances")
    datos: DatosAvances = revision.datos
    cuenta = guardar_avances(session, actor, carga, datos.filas, datos.periodicidad)
    return cuenta.con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="avances",
    titulo="Avances",
    para_que=(
        "Lo alcanzado en cada periodo por las metas de actividad y las variables de los indicadores.\n"
        "Lo que carga planeación queda validado; lo que carga un enlace queda en revisión."
    ),
    columnas=(
        replace(ANIO, titulo="ejercicio"),
        Columna(
            "periodo",
            ("mes", "trimestre"),
            ayuda="Trimestre («T1», «1er trimestre») o mes («enero»).",
            ejemplo="T1",
        ),
        Columna(
            "tipo",
            ("tipo de avance",),
            False,
            "actividad o variable; si falta, se deduce.",
            "actividad",
            ("actividad", "variable"),
        ),
        GENERAL,
        AUXILIAR,
        PROYECTO,
        AREA,
        Columna(
            "numero_actividad",
            ("no", "num", "numero", "numero de actividad", "no actividad"),
            False,
            "Sólo en una actividad: su número.",
            "1",
        ),
        Columna("indicador", ("nombre del indicador",), False, "Sólo en una variable: su indicador."),
        Columna("variable", ("letra", "nombre de la variable"), False, "Letra (A) o nombre de la variable."),
        Columna(
            "alcanzado",
            ("avance", "alcanzada", "meta alcanzada", "cantidad alcanzada", "logro"),
            ayuda="Lo logrado sólo en ese periodo; vacío no es 0.",
            ejemplo="3",
        ),
        Columna(
            "justificacion",
            ("observaciones",),
            False,
            "Obligatoria si se aparta más de 10 % de lo programado.",
        ),
    ),
    permiso=Accion.CARGAR_AVANCES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    por_renglon=True,
    instrucciones=(
        "Un renglón por meta (o variable) y periodo. Escriba lo logrado en el periodo, no lo acumulado.",
        "Deje vacío lo que no se ha medido; escriba 0 sólo si no se logró nada.",
        "Las variables se reportan por trimestre.",
    ),
)
