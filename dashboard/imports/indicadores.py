"""Formato indicadores: fichas técnicas PbRM-01d, con sus variables calendarizadas por trimestre."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from dashboard.imports.citas import Citas, citas_del_plan
from dashboard.imports.columnas_indicador import COLUMNAS, LETRAS
from dashboard.imports.ejercicio import de_otro_ejercicio
from dashboard.imports.formato import Avance, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lugar import Lugares, lugares
from dashboard.imports.renglon import CANTIDAD_MAXIMA, Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.indicadores import FilaIndicador, FilaVariable, guardar_indicadores
from db.models.actividad import OperacionMeta
from db.models.bitacora import Carga
from db.models.indicadores import Frecuencia, NivelMir, SentidoIndicador, TipoIndicador
from db.queries.programas import proyectos
from db.rules.formato import leer_numero
from db.rules.formula import compilar, derivar
from db.rules.periodo import operacion_de
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave

_TEXTOS = (
    "dimension",
    "interpretacion",
    "factor_comparacion",
    "descripcion_factor",
    "medios_verificacion",
    "unidad",
    "meta_descripcion",
    "fuente",
    "responsable",
    "ambito_geografico",
    "cobertura",
)
_ANIO_BASE = re.compile(r"(?:19|20)[0-9]{2}")

_OPCIONES: dict[str, tuple[type[TipoIndicador | Frecuencia | SentidoIndicador | NivelMir], str]] = {
    "tipo": (TipoIndicador, "Use Estratégico o Gestión."),
    "frecuencia": (Frecuencia, "Use Mensual, Trimestral, Semestral o Anual."),
    "sentido": (SentidoIndicador, "Use Ascendente, Descendente, Regular o Nominal."),
    "nivel_mir": (NivelMir, "Use Fin, Propósito, Componente o Actividad."),
}


@dataclass(frozen=True, slots=True)
class DatosIndicadores:
    """Las fichas del archivo y cuántos renglones no se cargan."""

    filas: list[FilaIndicador]
    omitidas: int


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada ficha con sus variables y su fórmula; lo que no se pudo derivar queda «por confirmar»."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    lector = _LectorIndicadores(
        revisor,
        contexto.anio,
        lugares(session, contexto),
        citas_del_plan(session, contexto.anio),
        set(proyectos(session, contexto.anio)),
    )
    filas = [fila for renglon in revisor if (fila := lector.leer(renglon)) is not None]
    revisor.terminar()
    revision = Revision(DatosIndicadores(filas, revisor.omitidas), revisor.problemas, revisor.avisos)
    revision.avisos += lector.lugares.avisos()
    revision.defectos += lector.defectos()
    por_frecuencia = Counter(fila.datos.get("frecuencia", Frecuencia.TRIMESTRAL).value for fila in filas)
    revision.totales = [
        ("Indicadores", f"{len(filas):,}"),
        ("Variables", f"{sum(len(fila.variables) for fila in filas):,}"),
        *((f"Frecuencia {nombre}", f"{total:,}") for nombre, total in por_frecuencia.items()),
    ]
    return revision


class _LectorIndicadores:
    """Convierte renglones en fichas."""

    def __init__(self, revisor: Revisor, anio: int, donde: Lugares, citas: Citas, catalogo: set[str]) -> None:
        self.revisor, self.anio, self.lugares = revisor, anio, donde
        self.citas, self.catalogo = citas, catalogo
        self.supuestos: Counter[str] = Counter()
        self.sin_formula: list[str] = []
        self._vistas: dict[tuple[object, ...], int] = {}

    def leer(self, renglon: Renglon) -> FilaIndicador | None:
        """La ficha del renglón, o None si tiene problemas."""
        if de_otro_ejercicio(renglon, self.anio):
            return None
        general, auxiliar = renglon.clave("clave_dep_general"), renglon.clave("clave_dep_auxiliar")
        proyecto = renglon.codigo("codigo_proyecto", 12)
        nombre = renglon.obligado("indicador")
        variables = self._variables(renglon)
        datos = self._datos(renglon, variables)
        if proyecto is not None and self.catalogo and proyecto not in self.catalogo:
            renglon.falla(
                "codigo_proyecto",
                f"el catálogo de {self.anio} no tiene el proyecto {proyecto}",
                "Corrija la clave, o agregue el proyecto con el formato programas.",
            )
            return None
        if general is None or auxiliar is None or proyecto is None or nombre is None:
            return None
        area = renglon.texto("area")
        ente_id = self.lugares.ente(general, auxiliar, proyecto, area)
        marca = (ente_id, general, auxiliar, proyecto, llave(area), llave(nombre))
        donde = self._vistas.setdefault(marca, renglon.numero)
        if donde != renglon.numero:
            renglon.falla(
                "indicador",
                f"ese indicador del mismo proyecto y área ya está en el renglón {donde}",
                "Cambie el nombre o borre el renglón repetido.",
            )
            return None
        if "formula" not in datos:
            self.sin_formula.append(nombre)
        return FilaIndicador(ente_id, general, auxiliar, proyecto, area, nombre, variables, datos)

    def _variables(self, renglon: Renglon) -> tuple[FilaVariable, ...]:
        """Las variables con nombre; debe haber al menos una."""
        variables = []
        for letra in LETRAS:
            nombre = renglon.texto(f"variable_{letra}")
            valores = [
                (t, valor) for t in range(1, 5) if (valor := renglon.cantidad(f"{letra}_t{t}")) is not None
            ]
            if nombre:
                operacion = self._operacion(renglon, f"operacion_{letra}")
                unidad = renglon.texto(f"unidad_{letra}")
                variables.append(FilaVariable(letra.upper(), nombre, unidad, operacion, tuple(valores)))
            elif valores:
                renglon.falla(
                    f"variable_{letra}",
                    f"hay cantidades de la variable {letra.upper()} y falta su nombre",
                    "Escriba el nombre de la variable o borre sus cantidades.",
                )
        if not variables:
            renglon.obligado("variable_a")
        return tuple(variables)

    def _operacion(self, renglon: Renglon, campo: str) -> OperacionMeta:
        texto = renglon.texto(campo).rstrip(".")
        if not texto:
            self.supuestos["operacion"] += 1
            return OperacionMeta.SUMA
        try:
            return OperacionMeta(operacion_de(texto).value)
        except Problema as problema:
            renglon.falla(campo, problema.mensaje, problema.remedio)
            return OperacionMeta.SUMA

    def _datos(self, renglon: Renglon, variables: tuple[FilaVariable, ...]) -> dict[str, Any]:
        """Las columnas de la ficha que el archivo trae."""
        datos: dict[str, Any] = {c: renglon.texto(c) for c in _TEXTOS if self.revisor.trae(c)}
        for campo, (opciones, remedio) in _OPCIONES.items():
            texto = llave(renglon.texto(campo)).rstrip(".")
            if not texto:
                self.supuestos[campo] += campo in ("frecuencia", "sentido", "tipo")
            elif texto in {opcion.value for opcion in opciones}:
                datos[campo] = opciones(texto)
            else:
                renglon.falla(campo, f"no se conoce ese valor de «{campo}»", remedio)
        if "sentido" in datos:
            datos["sentido_confirmado"] = True
        if self.revisor.trae("linea_base"):
            base = renglon.texto("linea_base")
            datos |= {"linea_base_texto": base, "linea_base": _numero_limpio(base)}
        if self.revisor.trae("anio_base"):
            datos["anio_base"] = self._anio_base(renglon)
        datos["formula_texto"] = renglon.texto("formula")
        expresion = self._expresion(renglon, variables)
        if expresion is not None:
            datos["formula"] = expresion
        if nodo := self._nodo(renglon):
            datos["nodo_id"] = nodo
        return datos

    def _anio_base(self, renglon: Renglon) -> int | None:
        texto = renglon.texto("anio_base").removesuffix(".0")
        if texto and not _ANIO_BASE.fullmatch(texto):
            renglon.falla(
                "anio_base", f"«{texto}» no es un año", "Escriba cuatro cifras, o déjelo vacío.", grave=False
            )
            return None
        return int(texto) if texto else None

    def _expresion(self, renglon: Renglon, variables: tuple[FilaVariable, ...]) -> str | None:
        """La expresión dicha o la derivada de la fórmula impresa; None si queda por confirmar."""
        nombres = {variable.letra: variable.nombre for variable in variables}
        dicha = renglon.texto("expresion")
        if not dicha:
            return derivar(renglon.texto("formula"), nombres)
        try:
            return compilar(dicha.upper(), nombres).expresion
        except Problema as problema:
            renglon.falla("expresion", problema.mensaje, problema.remedio)
            return None

    def _nodo(self, renglon: Renglon) -> int | None:
        celda = renglon.texto("lineas_accion_pdm")
        if not celda or not self.citas:
            return None
        nodos, ajenas = self.citas.leer(celda)
        if ajenas or len(nodos) != 1:
            renglon.falla(
                "lineas_accion_pdm",
                f"el plan no tiene «{ajenas[0]}»" if ajenas else "un indicador sirve a un solo nodo del plan",
                "Escriba una sola clave, como está en el plan.",
            )
            return None
        return nodos[0]

    def defectos(self) -> list[str]:
        """Lo que se supuso."""
        textos = {
            "sentido": "Sentido: {} indicadores no lo dicen; se toman como ascendentes, por confirmar.",
            "frecuencia": "Frecuencia: {} indicadores no la dicen; se toman como trimestrales.",
            "tipo": "Tipo: {} indicadores no lo dicen; se toman como de gestión.",
            "operacion": "Operación: {} variables no la dicen; se toman como sumables.",
        }
        defectos = [textos[c].format(f"{veces:,}") for c, veces in self.supuestos.items() if veces]
        if self.sin_formula:
            nombres = ", ".join(f"«{nombre}»" for nombre in self.sin_formula[:3])
            defectos.append(f"Fórmula por confirmar en {len(self.sin_formula):,} indicadores: {nombres}…")
        if not self.catalogo:
            defectos.append(
                f"Catálogo: {self.anio} no tiene programas; los proyectos llevan su clave como nombre."
            )
        return defectos


def _numero_limpio(texto: str) -> Decimal | None:
    """La línea base si es un número que se lee de una sola manera; si no, sólo queda el texto."""
    try:
        valor = leer_numero(texto, allow_pct=True)
    except ValueError:
        return None
    return valor if valor is not None and abs(valor) < CANTIDAD_MAXIMA else None


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las fichas con sus variables."""
    al_avanzar(0.1, "Guardando los indicadores")
    datos: DatosIndicadores = revision.datos
    return guardar_indicadores(session, actor, carga, datos.filas).con_omitidas(datos.omitidas)


FORMATO = Formato(
    nombre="indicadores",
    titulo="Indicadores (PbRM-01d)",
    para_que=(
        "Las fichas de los indicadores estratégicos y de gestión, con sus variables por trimestre.\n"
        "La fórmula escrita con los nombres de las variables se convierte en una que se puede calcular."
    ),
    columnas=COLUMNAS,
    permiso=Accion.CARGAR_INDICADORES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por indicador. Escriba la fórmula con los mismos nombres de las variables.",
        "Si la fórmula no se puede convertir, el indicador se carga «por confirmar» y no se evalúa.",
        "La línea base puede ser un número o un texto.",
    ),
)
