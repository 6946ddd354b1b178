"""Formato programas: programas presupuestarios (8 dígitos) o proyectos (12), de uno o más ejercicios."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports.estructura import ANIO
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.programas import FilaPrograma, FilaProyecto, guardar_programas, guardar_proyectos
from db.models.bitacora import Carga
from db.queries.programas import programas
from db.rules.permisos import Accion, Actor

LARGOS = (8, 12)
LETRAS_CONAC = "SURETPFBKMOWLNGIJDCH"
"""Modalidades de la clasificación programática del CONAC."""

_ANIO = re.compile(r"(20[0-9]{2})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class DatosProgramas:
    """Los programas y los proyectos del archivo."""

    programas: list[FilaPrograma]
    proyectos: list[FilaProyecto]


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Separa programas de proyectos por lo largo de su código; cada proyecto debe tener su programa."""
    revisor = Revisor(lectura)
    lector = _LectorProgramas(revisor, contexto.anio)
    for renglon in revisor:
        lector.leer(renglon)
    lector.exigir_programas(session)
    revisor.terminar()
    revision = Revision(
        DatosProgramas(list(lector.programas.values()), list(lector.proyectos.values())),
        revisor.problemas,
        revisor.avisos,
    )
    if revisor.trae("anio"):
        revision.ejercicio = False
    por_anio = Counter(anio for anio, _ in [*lector.programas, *lector.proyectos])
    revision.totales = [
        ("Programas", f"{len(lector.programas):,}"),
        ("Proyectos", f"{len(lector.proyectos):,}"),
        *((f"Ejercicio {anio}", f"{total:,}") for anio, total in sorted(por_anio.items())),
    ]
    return revision


class _LectorProgramas:
    """Reúne las filas por (ejercicio, clave)."""

    def __init__(self, revisor: Revisor, anio: int | None) -> None:
        self.revisor, self.anio = revisor, anio
        self.programas: dict[tuple[int, str], FilaPrograma] = {}
        self.proyectos: dict[tuple[int, str], FilaProyecto] = {}
        self._renglones: dict[tuple[int, str], Renglon] = {}

    def leer(self, renglon: Renglon) -> None:
        """Un renglón: programa si su código es de 8 dígitos, proyecto si es de 12."""
        anio = self._anio_de(renglon)
        codigo = renglon.codigo_de("codigo", LARGOS)
        nombre = renglon.obligado("nombre")
        if anio is None or codigo is None or nombre is None:
            return
        previo = self._renglones.setdefault((anio, codigo), renglon)
        if previo is not renglon:
            renglon.falla(
                "codigo",
                f"el código ya está en el renglón {previo.numero}",
                "Deje un solo renglón por código.",
            )
        elif len(codigo) == LARGOS[0]:
            self.programas[anio, codigo] = FilaPrograma(
                anio,
                codigo,
                nombre,
                renglon.texto("objetivo"),
                renglon.texto("pilar_o_eje"),
                renglon.texto("tema_desarrollo"),
                renglon.texto("dependencia_general_gaceta"),
            )
        else:
            self._proyecto(renglon, anio, codigo, nombre)

    def _proyecto(self, renglon: Renglon, anio: int, codigo: str, nombre: str) -> None:
        programa = codigo[:8]
        if renglon.texto("codigo_programa"):
            dicho = renglon.codigo("codigo_programa", 8)
            if dicho is not None and dicho != programa:
                renglon.falla(
                    "codigo_programa",
                    f"el proyecto {codigo} es del programa {programa}",
                    "Los primeros ocho dígitos del proyecto son los de su programa.",
                )
        letra = renglon.texto("clasificacion_programatica_conac").upper()
        if letra and (len(letra) != 1 or letra not in LETRAS_CONAC):
            renglon.falla(
                "clasificacion_programatica_conac",
                "no es una letra de la clasificación programática del CONAC",
                f"Use una de: {', '.join(LETRAS_CONAC)}; o deje vacía la celda.",
            )
        self.proyectos[anio, codigo] = FilaProyecto(
            anio, codigo, programa, nombre, renglon.texto("descripcion"), letra
        )

    def _anio_de(self, renglon: Renglon) -> int | None:
        texto = renglon.texto("anio")
        if not texto and self.anio is not None:
            return self.anio
        if hallado := _ANIO.fullmatch(texto):
            return int(hallado[1])
        renglon.falla("anio", "no es un ejercicio", "Escriba el año con cuatro cifras.")
        return None

    def exigir_programas(self, session: Session) -> None:
        """Anota los proyectos cuyo programa no está en el archivo ni en la base."""
        guardados = {anio: programas(session, anio).keys() for anio, _ in self.proyectos}
        for (anio, codigo), fila in self.proyectos.items():
            if (anio, fila.programa) not in self.programas and fila.programa not in guardados[anio]:
                self._renglones[anio, codigo].falla(
                    "codigo",
                    f"no existe el programa {fila.programa} en {anio}",
                    "Cargue antes los programas de ese ejercicio.",
                )


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda primero los programas y luego sus proyectos."""
    datos: DatosProgramas = revision.datos
    al_avanzar(0.2, "Guardando los programas")
    primera = guardar_programas(session, actor, carga, datos.programas)
    al_avanzar(0.5, "Guardando los proyectos")
    return primera + guardar_proyectos(session, actor, carga, datos.proyectos)


FORMATO = Formato(
    nombre="programas",
    titulo="Programas y proyectos",
    para_que=(
        "La estructura programática: programas presupuestarios y sus proyectos.\n"
        "Pueden venir juntos o en dos archivos, y de varios ejercicios a la vez."
    ),
    columnas=(
        Columna(
            "codigo",
            ("clave", "codigo del programa", "codigo del proyecto", "clave presupuestal"),
            ayuda="8 dígitos si es programa, 12 si es proyecto; con sus ceros.",
            ejemplo="01050206",
        ),
        Columna(
            "nombre", ("denominacion",), ayuda="Nombre oficial.", ejemplo="Consolidación de la administración"
        ),
        Columna("codigo_programa", ("clave programa",), False, "Sólo en un proyecto: su programa."),
        Columna("objetivo", ("objetivo del programa",), False, "Objetivo del programa."),
        Columna("descripcion", ("descripcion del proyecto",), False, "Descripción del proyecto."),
        Columna(
            "clasificacion_programatica_conac",
            ("letra conac", "clasificacion programatica", "modalidad"),
            False,
            "Letra de la clasificación programática.",
        ),
        Columna(
            "pilar_o_eje", ("pilar", "eje", "pilar o eje transversal"), False, "Pilar o eje de la Gaceta."
        ),
        Columna("tema_desarrollo", ("tema", "tema de desarrollo"), False, "Tema de desarrollo de la Gaceta."),
        Columna(
            "dependencia_general_gaceta",
            ("dependencia general", "dependencia responsable"),
            False,
            "Dependencia general que nombra la Gaceta.",
        ),
        ANIO,
    ),
    permiso=Accion.CARGAR_PROGRAMAS,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio"}),
    instrucciones=("Escriba los códigos como texto, para que no pierdan sus ceros iniciales.",),
)
