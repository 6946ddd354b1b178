"""Guarda los indicadores de un año: fichas, variables, programación y avances por trimestre."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import Session

from db.models.actividad import EstadoAvance, OperacionMeta
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.rules.texto import llave
from seed.demo import calendario
from seed.demo.avances import Rendimiento, estado_de, justificacion, sello
from seed.demo.calendario import ACTUAL, MILLON
from seed.demo.estructura import Base
from seed.demo.indicadores import Ficha, Variable
from seed.demo.lote import insertar, insertar_llano
from seed.demo.plan import Arbol


def crear(
    session: Session,
    anio: int,
    azar: Random,
    base: Base,
    arbol: Arbol,
    proyectos: dict[str, int],
    rendimiento: Rendimiento,
    todas: list[Ficha],
) -> None:
    """Escribe los indicadores de un año con sus avances en los trimestres cerrados."""
    ids = insertar(session, Indicador, [_fila(f, anio, base, arbol, proyectos) for f in todas])
    pares = [(i, f, v) for i, f in zip(ids, todas, strict=True) for v in f.variables]
    variables = insertar(
        session,
        VariableIndicador,
        [
            {
                "indicador_id": i,
                "letra": v.letra,
                "nombre": v.nombre,
                "unidad": v.unidad,
                "operacion": v.operacion,
            }
            for i, _, v in pares
        ],
    )
    insertar_llano(
        session,
        ProgramacionVariable,
        ("variable_id", "trimestre", "cantidad"),
        [
            (variable_id, t, cantidad * MILLON)
            for variable_id, (_, _, v) in zip(variables, pares, strict=True)
            for t, cantidad in enumerate(v.programado, start=1)
            if cantidad is not None
        ],
    )
    destinos = iter(variables)
    filas: list[dict[str, Any]] = []
    for ficha in todas:
        filas += _avances(ficha, [next(destinos) for _ in ficha.variables], anio, azar, rendimiento)
    insertar(session, AvanceVariable, filas)


def _fila(ficha: Ficha, anio: int, base: Base, arbol: Arbol, proyectos: dict[str, int]) -> dict[str, object]:
    unidad = ficha.unidad
    objetivos = arbol.objetivos[unidad.tema.clave]
    return {
        "anio": anio,
        "ente_id": base.entes[unidad.ente],
        "proyecto_id": proyectos[unidad.proyecto],
        "dependencia_id": base.dependencias[unidad.dependencia],
        "nodo_id": objetivos[ficha.objetivo % len(objetivos)],
        "nombre": ficha.nombre,
        "tipo": ficha.tipo,
        "nivel_mir": ficha.nivel,
        "dimension": ficha.dimension,
        "frecuencia": ficha.frecuencia,
        "formula_texto": ficha.formula_texto,
        "formula": ficha.formula,
        "sentido": ficha.sentido,
        "sentido_confirmado": True,
        "interpretacion": f"Mide {ficha.nombre[0].lower()}{ficha.nombre[1:]}.",
        "linea_base": ficha.linea_base,
        "linea_base_texto": "" if ficha.linea_base is None else f"{ficha.linea_base} ({anio - 1})",
        "medios_verificacion": "Registros administrativos del área y expediente del proyecto.",
        "unidad": _unidad(ficha),
        "anio_base": None if ficha.linea_base is None else anio - 1,
        "meta_descripcion": f"Lograr en el año lo programado de «{ficha.variables[0].nombre}».",
        "factor_comparacion": str(anio - 1),
        "descripcion_factor": f"El mismo dato al cierre de {anio - 1}.",
        "fuente": "Sistema de registro del área que ejecuta el proyecto.",
        "responsable": "Titular de la dependencia auxiliar",
        "ambito_geografico": "Municipal",
        "cobertura": "Población del municipio",
        "busqueda": llave(ficha.nombre),
    }


def _unidad(ficha: Ficha) -> str:
    """La del resultado, por la forma de su fórmula."""
    texto = ficha.formula_texto
    if texto.endswith("*100"):
        return "Porcentaje de variación" if texto.endswith("-1)*100") else "Porcentaje"
    if texto.endswith("*1000"):
        return "Por cada mil habitantes"
    return ficha.variables[0].unidad if len(ficha.variables) == 1 else "Promedio"


def _avances(
    ficha: Ficha, variables: list[int], anio: int, azar: Random, rendimiento: Rendimiento
) -> list[dict[str, Any]]:
    suerte = rendimiento.suerte(ficha.unidad.tema)
    filas = []
    for t in calendario.TRIMESTRES:
        if not calendario.cerrado(anio, t) or ficha.variables[0].programado[t - 1] is None:
            continue
        estado = _estado(ficha, anio, t, azar)
        if estado is None:
            continue
        nivel = rendimiento.nivel(ficha.unidad.tema, anio, t, suerte)
        razon = ficha.logro[t - 1] / 100 if anio == ACTUAL and ficha.logro else nivel
        for variable_id, variable in zip(variables, ficha.variables, strict=True):
            filas.append(_avance(variable_id, variable, t, razon, estado, anio, azar))
    return filas


def _estado(ficha: Ficha, anio: int, t: int, azar: Random) -> EstadoAvance | None:
    dado = azar.random()
    return EstadoAvance.VALIDADO if ficha.logro else estado_de(ficha.unidad, anio, t, dado)


def _avance(
    variable_id: int,
    variable: Variable,
    t: int,
    razon: float,
    estado: EstadoAvance,
    anio: int,
    azar: Random,
) -> dict[str, Any]:
    programado = variable.programado[t - 1] or 0
    # Sólo la primera variable rinde distinto de lo programado: B es el universo con que se compara.
    alcanzado = round(programado * razon) if variable.letra == "A" else programado
    capturado = sello(anio, t, azar)
    validado = estado is EstadoAvance.VALIDADO
    fija = variable.operacion is OperacionMeta.CONSTANTE
    return {
        "variable_id": variable_id,
        "trimestre": t,
        "alcanzado": alcanzado,
        "justificacion": "" if fija else justificacion(alcanzado, programado, azar),
        "estado": estado,
        "capturo": "enlace",
        "capturado_en": capturado,
        "valido": "planeacion" if validado else "",
        "validado_en": capturado + timedelta(days=azar.randint(1, 4)) if validado else None,
    }
