"""Formato plan: el Plan de Desarrollo Municipal en una hoja plana, una línea de acción por renglón."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.encabezado import clave_titulo
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor, renglones
from db.actions.cargas import Cuenta
from db.actions.plan import FilaPlan, Paso, guardar_plan, nodos_de
from db.base import tabla
from db.models.bitacora import Carga
from db.models.municipio import Municipio
from db.models.plan import TipoEje
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave

NIVELES_MAXIMOS = 7
NIVELES_MINIMOS = 3

ESTANDAR = ("Eje", "Tema", "Objetivo", "Estrategia", "Línea de acción")

SINONIMOS = {
    "eje": ("pilar", "pilar o eje", "eje o pilar", "pilar o eje transversal", "eje rector", "eje de cambio"),
    "tema": ("tema de desarrollo", "subtema"),
    "objetivo": ("objetivos", "objetivo estrategico", "objetivo del pdm"),
    "estrategia": ("estrategias",),
    "linea accion": ("linea", "lineas de accion", "linea de accion del pdm", "accion"),
}
"""Otros encabezados con que los planes nombran cada nivel acostumbrado."""


def _campo(nombre: str) -> str:
    """«Línea de acción» → «linea_accion»: el encabezado de la plantilla."""
    return "_".join(p for p in clave_titulo(nombre).split() if p not in ("de", "del", "la", "el"))


@dataclass(frozen=True, slots=True)
class Nivel:
    """Un nivel del plan: su nombre, y los campos de su texto y de su clave."""

    nombre: str
    texto: str
    clave: str


def niveles(nombres: tuple[str, ...]) -> tuple[Nivel, ...]:
    """Los niveles configurados y los genéricos que faltan hasta siete."""
    todos = []
    for numero in range(1, NIVELES_MAXIMOS + 1):
        nombre = nombres[numero - 1] if numero <= len(nombres) else f"Nivel {numero}"
        campo = _campo(nombre)
        corto = campo if campo.startswith("nivel_") else campo.split("_")[0]
        todos.append(Nivel(nombre, campo, f"clave_{corto}"))
    return tuple(todos)


def columnas(nombres: tuple[str, ...] = ESTANDAR) -> tuple[Columna, ...]:
    """Las columnas para esos nombres de niveles."""
    lista = [
        Columna(
            "tipo_eje",
            ("tipo de eje", "tipo", "tipo de pilar"),
            obligatoria=False,
            ayuda="«Pilar» o «Transversal»; si falta, se toma del nombre del eje.",
            ejemplo="Pilar",
            opciones=("Pilar", "Transversal"),
        )
    ]
    for numero, nivel in enumerate(niveles(nombres), start=1):
        generico = numero > len(nombres)
        palabras = " ".join(nivel.texto.split("_"))
        otros = (nivel.nombre, *SINONIMOS.get(palabras, ()), f"nivel_{numero}")
        claves = tuple(f"{marca} {otro}" for otro in (palabras, *otros) for marca in _MARCAS)
        ejemplo = EJEMPLOS.get(palabras, ("", ""))
        if not generico or numero > len(ESTANDAR):
            lista.append(
                Columna(nivel.clave, claves, False, f"Clave del nivel «{nivel.nombre}».", ejemplo[0])
            )
            lista.append(
                Columna(nivel.texto, otros, numero == 1, f"Texto del nivel «{nivel.nombre}».", ejemplo[1])
            )
    return tuple(lista)


_MARCAS = ("clave", "clave de", "no", "numero de", "codigo de")

EJEMPLOS = {
    "eje": ("", "Pilar 1: Social"),
    "tema": ("", "Alimentación y nutrición"),
    "objetivo": ("O1", "Reducir la carencia alimentaria de las familias."),
    "estrategia": ("E1.1", "Acercar apoyos alimentarios a las localidades con mayor rezago."),
    "linea accion": ("L1.1.1", "Entregar canastas alimentarias a adultos mayores."),
}


def nombres_configurados(session: Session) -> tuple[str, ...]:
    """Los nombres de los niveles del municipio, o los acostumbrados."""
    guardados = session.execute(select(tabla(Municipio).c.niveles_plan)).scalar()
    return tuple(guardados) if guardados else ESTANDAR


def columnas_de(session: Session) -> tuple[Columna, ...]:
    """Las columnas según los niveles configurados."""
    return columnas(nombres_configurados(session))


@dataclass(frozen=True, slots=True)
class DatosPlan:
    """Los renglones del plan y los nombres de sus niveles."""

    filas: list[FilaPlan]
    nombres: tuple[str, ...]


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Arma los caminos; cada renglón debe llegar a una línea y ninguna clave de línea se repite."""
    revisor = Revisor(lectura)
    presentes = [n for n in niveles(nombres_configurados(session)) if revisor.trae(n.texto)]
    if len(presentes) < NIVELES_MINIMOS:
        raise Problema(
            f"El plan debe tener de {NIVELES_MINIMOS} a {NIVELES_MAXIMOS} niveles y se reconocieron "
            f"{len(presentes)}: {', '.join(n.nombre for n in presentes) or 'ninguno'}.",
            "Use la plantilla del plan, o nombre las columnas nivel_1, nivel_2, nivel_3…",
        )
    lector = _LectorPlan(revisor, presentes)
    filas = [fila for renglon in revisor if (fila := lector.fila(renglon)) is not None]
    revisor.terminar()
    revision = Revision(DatosPlan(filas, tuple(n.nombre for n in presentes)), revisor.problemas)
    revision.avisos += revisor.avisos
    if lector.heredados:
        revision.avisos.append(
            f"En {renglones(lector.heredados)} se repitió el texto de arriba en celdas vacías (combinadas)."
        )
    if not revisor.trae("tipo_eje"):
        revision.defectos.append("Tipo de eje: transversal si su nombre lo dice; los demás, pilar.")
    conteos = nodos_de(filas)
    revision.totales = [(n.nombre, f"{len(c):,}") for n, c in zip(presentes, conteos, strict=False)]
    return revision


class _LectorPlan:
    """Convierte renglones en caminos, recordando lo que ya salió."""

    def __init__(self, revisor: Revisor, presentes: list[Nivel]) -> None:
        self.revisor, self.niveles = revisor, presentes
        self.heredados = 0
        self._anterior: list[Paso] = []
        self._tipo = ""
        self._textos: dict[tuple[str, ...], tuple[str, int]] = {}
        self._lineas: dict[str, int] = {}

    def fila(self, renglon: Renglon) -> FilaPlan | None:
        """El camino del renglón, o None si tiene problemas o repite otro."""
        pasos = [Paso(renglon.texto(n.clave), renglon.texto(n.texto)) for n in self.niveles]
        pasos = self._heredar(pasos)
        while pasos and not pasos[-1].nombre and not pasos[-1].clave:
            pasos.pop()
        for paso, nivel in zip(pasos, self.niveles, strict=False):
            if not paso.nombre:
                renglon.falla(
                    nivel.texto, f"falta el texto de «{nivel.nombre}»", "Escriba el texto de ese nivel."
                )
                return None
        if not self._consistente(renglon, pasos):
            return None
        self._anterior = pasos
        self._tipo = renglon.texto("tipo_eje") or self._tipo
        transversal = "transversal" in llave(self._tipo or pasos[0].nombre)
        return FilaPlan(TipoEje.TRANSVERSAL if transversal else TipoEje.PILAR, tuple(pasos))

    def _heredar(self, pasos: list[Paso]) -> list[Paso]:
        """Completa los niveles altos vacíos con los del renglón anterior."""
        if not any(paso.nombre for paso in pasos):
            return pasos
        completos = list(pasos)
        for i, (paso, anterior) in enumerate(zip(pasos[:-1], self._anterior, strict=False)):
            if paso.nombre or paso.clave:
                break
            completos[i] = anterior
        self.heredados += completos != pasos
        return completos

    def _consistente(self, renglon: Renglon, pasos: list[Paso]) -> bool:
        camino: tuple[str, ...] = ()
        for paso, nivel in zip(pasos, self.niveles, strict=False):
            camino = (*camino, llave(paso.clave or paso.nombre))
            texto, donde = self._textos.setdefault(camino, (llave(paso.nombre), renglon.numero))
            if texto != llave(paso.nombre):
                renglon.falla(
                    nivel.texto,
                    f"la clave «{paso.clave}» ya tiene otro texto en el renglón {donde}",
                    "Deje el mismo texto en los dos renglones o cambie la clave.",
                )
                return False
        if len(pasos) < len(self.niveles):
            return True
        marca = llave(pasos[-1].clave) or "/".join(camino)
        donde = self._lineas.setdefault(marca, renglon.numero)
        if donde != renglon.numero:
            ultimo = self.niveles[-1]
            campo = ultimo.clave if pasos[-1].clave else ultimo.texto
            renglon.falla(
                campo,
                f"repite la del renglón {donde}",
                "Deje cada línea una sola vez, con clave propia.",
            )
            return False
        return True


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Pone el árbol como dice el archivo."""
    al_avanzar(0.2, "Guardando el plan")
    datos: DatosPlan = revision.datos
    return guardar_plan(session, actor, carga, datos.filas, datos.nombres)


FORMATO = Formato(
    nombre="plan",
    titulo="Plan de Desarrollo Municipal",
    para_que=(
        "El árbol completo del plan: ejes, temas, objetivos, estrategias y líneas de acción.\n"
        "Volver a cargarlo con cambios hace una versión nueva y conserva las ligas con metas y dinero."
    ),
    columnas=columnas(),
    columnas_de=columnas_de,
    permiso=Accion.CARGAR_PLAN,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio"}),
    instrucciones=(
        "Un renglón por línea de acción; repita en cada renglón los textos de los niveles de arriba.",
        "La clave de cada línea no se repite: con ella la citan las metas de actividad.",
        "Un plan tiene de tres a siete niveles; también se aceptan columnas nivel_1, nivel_2…",
    ),
)
