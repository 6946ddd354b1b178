"""Formato actividades: metas por proyecto con su calendario (PbRM-01c y 02a) y las líneas que citan."""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import Session

from dashboard.imports.citas import Citas, citas_del_plan
from dashboard.imports.columnas_actividad import COLUMNAS, MESES, PROGRAMADO, TRIMESTRES
from dashboard.imports.ejercicio import de_otro_ejercicio
from dashboard.imports.formato import Avance, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lugar import Lugares, lugares
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.actividad import FilaActividad, guardar_actividades
from db.actions.cargas import Cuenta
from db.models.actividad import OperacionMeta
from db.models.bitacora import Carga
from db.queries.programas import proyectos
from db.rules.formato import numero
from db.rules.periodo import operacion_de
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada meta con su proyecto, su calendario que suma lo anual y líneas que existen en el plan."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    periodos = _calendario_del_archivo(revisor)
    lector = _LectorActividades(
        revisor,
        contexto.anio,
        lugares(session, contexto),
        citas_del_plan(session, contexto.anio),
        set(proyectos(session, contexto.anio)),
        periodos,
    )
    filas = [fila for renglon in revisor if (fila := lector.leer(renglon)) is not None]
    revisor.terminar()
    revision = Revision(
        DatosActividades(una_unidad(filas), revisor.omitidas), revisor.problemas, revisor.avisos
    )
    revision.avisos += lector.lugares.avisos() + lector.avisos()
    revision.defectos += lector.defectos()
    revision.totales = _totales(filas)
    return revision


@dataclass(frozen=True, slots=True)
class DatosActividades:
    """Las metas del archivo y cuántos renglones no se cargan."""

    filas: list[FilaActividad]
    omitidas: int


def _totales(filas: list[FilaActividad]) -> list[tuple[str, str]]:
    return [
        ("Metas de actividad", f"{len(filas):,}"),
        ("Proyectos", f"{len({fila.proyecto for fila in filas}):,}"),
        ("Dependencias generales", f"{len({(f.ente_id, f.general) for f in filas}):,}"),
        ("Metas que citan una línea", f"{sum(bool(fila.citas) for fila in filas):,}"),
    ]


def _calendario_del_archivo(revisor: Revisor) -> dict[str, int]:
    """Columnas del calendario y su último mes: meses si los trae; si no, trimestres."""
    meses = {campo: mes for mes, campo in enumerate(MESES, start=1)}
    trimestres = {campo: 3 * n for n, campo in enumerate(TRIMESTRES, start=1)}
    for calendario in (meses, trimestres):
        faltan = [campo for campo in calendario if not revisor.trae(campo)]
        if not faltan:
            return calendario
        if len(faltan) < len(calendario):
            raise Problema(
                f"Faltan columnas del calendario: {', '.join(faltan)}.", "Traiga todos los periodos del año."
            )
    raise Problema(
        "El archivo no trae calendario.",
        "Agregue las columnas enero a diciembre, o trimestre_1 a trimestre_4.",
    )


class _LectorActividades:
    """Convierte renglones en metas, recordando las claves que ya salieron."""

    def __init__(
        self,
        revisor: Revisor,
        anio: int,
        donde: Lugares,
        citas: Citas,
        catalogo: set[str],
        periodos: dict[str, int],
    ) -> None:
        self.revisor, self.anio, self.lugares = revisor, anio, donde
        self.citas, self.catalogo, self.periodos = citas, catalogo, periodos
        self.citan_sin_plan = 0
        self._vistas: dict[tuple[object, ...], int] = {}

    def leer(self, renglon: Renglon) -> FilaActividad | None:
        """La meta del renglón, o None si tiene problemas."""
        if de_otro_ejercicio(renglon, self.anio):
            return None
        general, auxiliar = renglon.clave("clave_dep_general"), renglon.clave("clave_dep_auxiliar")
        proyecto = self._proyecto(renglon)
        numero_meta, nombre = renglon.entero("numero_actividad"), renglon.obligado("meta_de_actividad")
        operacion = _operacion(renglon)
        meses = self._meses(renglon, operacion)
        citas = self._citas(renglon)
        if general is None or auxiliar is None or proyecto is None or numero_meta is None or nombre is None:
            return None
        area = renglon.texto("area")
        ente_id = self.lugares.ente(general, auxiliar, proyecto, area)
        llave_meta = (ente_id, general, auxiliar, proyecto, numero_meta)
        donde = self._vistas.setdefault(llave_meta, renglon.numero)
        if donde != renglon.numero:
            renglon.falla(
                "numero_actividad",
                f"la actividad {numero_meta} de ese proyecto y dependencia ya está en el renglón {donde}",
                "Déle otro número o borre el renglón repetido.",
            )
            return None
        return FilaActividad(
            ente_id,
            general,
            auxiliar,
            proyecto,
            area,
            numero_meta,
            nombre,
            renglon.texto("unidad_medida"),
            operacion,
            meses,
            citas,
        )

    def _proyecto(self, renglon: Renglon) -> str | None:
        proyecto = renglon.codigo("codigo_proyecto", 12)
        if proyecto is not None and self.catalogo and proyecto not in self.catalogo:
            renglon.falla(
                "codigo_proyecto",
                f"el catálogo de {self.anio} no tiene el proyecto {proyecto}",
                "Corrija la clave, o agregue el proyecto con el formato programas.",
            )
            return None
        return proyecto

    def _meses(self, renglon: Renglon, operacion: OperacionMeta) -> tuple[tuple[int, Decimal], ...]:
        """El calendario sin los meses vacíos; una meta sumable debe sumar lo anual."""
        antes = len(self.revisor.problemas)
        meses = [
            (mes, valor) for c, mes in self.periodos.items() if (valor := renglon.cantidad(c)) is not None
        ]
        anual = renglon.cantidad(PROGRAMADO.nombre)
        suma = sum((cantidad for _, cantidad in meses), Decimal(0))
        if (
            len(self.revisor.problemas) == antes
            and operacion is OperacionMeta.SUMA
            and anual is not None
            and suma != anual
        ):
            renglon.falla(
                PROGRAMADO.nombre,
                f"el calendario suma {numero(suma)} y la meta anual dice {numero(anual)}",
                "Corrija el calendario o la meta anual; si no es sumable, dígalo en «operacion».",
            )
        return tuple(meses)

    def _citas(self, renglon: Renglon) -> tuple[int, ...]:
        celda = renglon.texto("lineas_accion_pdm")
        if not celda:
            return ()
        if not self.citas:
            self.citan_sin_plan += 1
            return ()
        nodos, ajenas = self.citas.leer(celda)
        if ajenas:
            renglon.falla(
                "lineas_accion_pdm",
                f"el plan no tiene {', '.join(f'«{clave}»' for clave in ajenas)}",
                "Escriba las claves de las líneas como están en el plan, separadas por punto y coma.",
            )
        return nodos

    def avisos(self) -> list[str]:
        """Lo que quien carga debe saber."""
        if not self.citan_sin_plan:
            return []
        return [
            f"El plan de {self.anio} no está cargado: {self.citan_sin_plan:,} metas citan líneas que no se "
            "guardan. Cargue el plan y vuelva a cargar este archivo."
        ]

    def defectos(self) -> list[str]:
        """Lo que se supuso."""
        defectos = []
        if not self.revisor.trae("operacion"):
            defectos.append("Operación: suma, porque el archivo no la trae.")
        if not self.catalogo:
            defectos.append(
                f"Catálogo: {self.anio} no tiene programas; los proyectos llevan su clave como nombre hasta "
                "que cargue el formato programas."
            )
        return defectos


def _operacion(renglon: Renglon) -> OperacionMeta:
    texto = renglon.texto("operacion")
    if not texto:
        return OperacionMeta.SUMA
    try:
        return OperacionMeta(operacion_de(texto).value)
    except Problema as problema:
        renglon.falla("operacion", problema.mensaje, problema.remedio)
        return OperacionMeta.SUMA


def una_unidad(filas: list[FilaActividad]) -> list[FilaActividad]:
    """Las unidades que sólo difieren en mayúsculas, acentos o espacios, escritas como la más frecuente."""
    veces = Counter(fila.unidad for fila in filas)
    mejor: dict[str, str] = {}
    for unidad, _ in sorted(veces.items(), key=lambda par: (-par[1], par[0])):
        mejor.setdefault(llave(unidad), unidad)
    return [
        fila if fila.unidad == mejor[llave(fila.unidad)] else replace(fila, unidad=mejor[llave(fila.unidad)])
        for fila in filas
    ]


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las metas con su calendario y sus citas."""
    al_avanzar(0.1, "Guardando las metas de actividad")
    datos: DatosActividades = revision.datos
    return guardar_actividades(session, actor, carga, datos.filas).con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="actividades",
    titulo="Metas de actividad calendarizadas",
    para_que=(
        "Las metas de actividad de cada proyecto (PbRM-01c y 02a): unidad, cantidad anual y calendario.\n"
        "Cada meta puede citar las líneas de acción del plan a las que sirve."
    ),
    columnas=COLUMNAS,
    permiso=Accion.CARGAR_ACTIVIDADES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por meta. El calendario debe sumar la cantidad anual.",
        "Una celda vacía dice «ese mes no se mide»; un 0 es una cantidad.",
        "Volver a cargar corrige las metas del archivo; las que no vengan se quedan como están.",
    ),
)
