"""El contrato de un formato de archivo: sus columnas, cómo se revisa y cómo se guarda.

De aquí salen también la plantilla, la ayuda y la vista previa. Un formato nuevo es un módulo con una
constante `FORMATO` y su renglón en `registro.FORMATS`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.limites import Limites
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from db.actions.cargas import Cuenta
from db.models.bitacora import Carga
from db.rules.permisos import Accion, Actor

Avance = Callable[[float, str], None]
"""Recibe la parte hecha (0 a 1) y lo que se está haciendo."""


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna del formato.

    `nombre` es el campo y el encabezado de la plantilla; `alias`, los otros encabezados con que se acepta;
    `opciones`, los valores que ofrece la lista de la plantilla.
    """

    nombre: str
    alias: tuple[str, ...] = ()
    obligatoria: bool = True
    ayuda: str = ""
    ejemplo: str = ""
    opciones: tuple[str, ...] = ()
    titulo: str = ""
    """Encabezado de la plantilla, si no es el nombre."""


@dataclass(frozen=True, slots=True)
class Contexto:
    """Para qué ejercicio y ente se carga, quién y con qué archivo. `ente_id` vacío: aún no hay entes."""

    actor: Actor
    archivo: str
    anio: int | None = None
    ente_id: int | None = None
    ente_supuesto: bool = True
    """Nadie indicó el ente: el archivo puede ser de varios."""
    corte_mes: int | None = None


@dataclass(slots=True)
class Revision:
    """Lo que resultó de revisar un archivo contra la base, sin haber guardado nada.

    `datos` es lo que `guardar` necesita. `cambios` vacío: la vista previa los obtiene ensayando el guardado
    en una transacción que se deshace; un formato muy grande los calcula él mismo. `defectos` nombra lo que
    se supuso por no venir en el archivo.
    """

    datos: Any
    problemas: list[ProblemaCelda] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    totales: list[tuple[str, str]] = field(default_factory=list)
    cambios: Cuenta | None = None
    defectos: list[str] = field(default_factory=list)
    ejercicio: bool = True
    """El archivo es de un ejercicio, que se crea si no existe; un catálogo no lo es."""

    @property
    def graves(self) -> list[ProblemaCelda]:
        """Los problemas que impiden guardar."""
        return [problema for problema in self.problemas if problema.grave]


Revisar = Callable[[Session, Lectura, Contexto], Revision]
Guardar = Callable[[Session, Actor, Revision, Carga, Avance], Cuenta]


@dataclass(frozen=True, slots=True)
class Formato:
    """Un formato. `pide` dice si hay que indicar «ejercicio» o «ente» además del archivo.

    `columnas_de`, si existe, da las columnas según la base (niveles del plan, segmentos de la clave);
    `reconoce`, las que se leen si son más que las de la plantilla (doce columnas por momento);
    `deshacer`, si existe, sustituye al reverso general por renglones.
    """

    nombre: str
    titulo: str
    para_que: str
    columnas: tuple[Columna, ...]
    permiso: Accion
    revisar: Revisar
    guardar: Guardar
    pide: frozenset[str] = frozenset()
    limites: Limites = field(default_factory=Limites)
    columnas_de: Callable[[Session], tuple[Columna, ...]] | None = None
    reconoce: Callable[[Session], tuple[Columna, ...]] | None = None
    deshacer: Callable[[Session, Carga], None] | None = None
    por_renglon: bool = False
    """El permiso depende de la dependencia de cada renglón y lo revisa `guardar`."""
    instrucciones: tuple[str, ...] = ()
