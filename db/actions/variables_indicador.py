"""Las variables de un indicador y lo que se programó de cada una, corregidas desde su ficha."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session, col, select

from db.actions.indicadores import FilaVariable
from db.models.indicadores import AvanceVariable, ProgramacionVariable, VariableIndicador
from db.rules.problema import Problema
from db.rules.texto import normal

LETRAS = "ABCDE"
TOPE = 10**12
"""La columna guarda millonésimas en 64 bits."""


def exigir_variables(variables: Sequence[FilaVariable]) -> None:
    """Problema del campo `variables` si falta alguna letra o nombre, o si una cantidad no cabe."""
    letras = [v.letra for v in variables]
    if not variables:
        raise _de_variables("El indicador necesita al menos una variable.", "Agregue un renglón.")
    if len(set(letras)) != len(letras) or not set(letras) <= set(LETRAS):
        raise _de_variables(
            "Cada variable lleva su letra, de la A a la E, sin repetirla.", "Corrija la columna Letra."
        )
    for v in variables:
        if not normal(v.nombre):
            raise _de_variables(f"La variable {v.letra} no tiene nombre.", "Escriba qué cuenta o mide.")
        for trimestre, cantidad in v.trimestres:
            if not 0 <= cantidad < TOPE or cantidad != round(cantidad, 6):
                raise _de_variables(
                    f"{v.letra}, trimestre {trimestre}: la cantidad es negativa, demasiado grande o tiene "
                    "más de seis decimales.",
                    "Corrija la cantidad.",
                )


def _de_variables(mensaje: str, remedio: str) -> Problema:
    return Problema(mensaje, remedio, campo="variables")


def otras_operaciones(previas: Sequence[VariableIndicador], nuevas: Sequence[FilaVariable]) -> bool:
    """¿Cambian las variables o la manera en que se acumulan?"""
    return {v.letra: v.operacion for v in previas} != {v.letra: v.operacion for v in nuevas}


def guardar_variables(
    session: Session,
    indicador_id: int,
    previas: Sequence[VariableIndicador],
    nuevas: Sequence[FilaVariable],
    cerrados: set[int],
) -> bool:
    """Deja las variables y agrega lo programado que faltaba; dice si algo cambió."""
    por_letra = {v.letra: v for v in previas}
    programado = _programado(session, previas)
    quedan = {fila.letra for fila in nuevas}
    cambio = False
    for previa in previas:
        if previa.letra not in quedan:
            _quitar(session, previa)
            cambio = True
    for fila in nuevas:
        variable = por_letra.get(fila.letra)
        if variable is None:
            variable = VariableIndicador(
                indicador_id=indicador_id, letra=fila.letra, nombre=normal(fila.nombre)
            )
        variable.nombre, variable.unidad = normal(fila.nombre), normal(fila.unidad)
        variable.operacion = fila.operacion
        session.add(variable)
        cambio |= session.is_modified(variable)
        session.flush()
        cambio |= _programar(session, variable, dict(fila.trimestres), programado, cerrados)
    return cambio


def _programado(session: Session, variables: Sequence[VariableIndicador]) -> dict[int, dict[int, Decimal]]:
    """Lo original ya escrito: variable → trimestre → cantidad."""
    guardado: dict[int, dict[int, Decimal]] = {}
    consulta = select(ProgramacionVariable).where(
        col(ProgramacionVariable.variable_id).in_([v.id for v in variables]),
        col(ProgramacionVariable.reconduccion_id).is_(None),
    )
    for p in session.exec(consulta):
        guardado.setdefault(p.variable_id, {})[p.trimestre] = p.cantidad
    return guardado


def _programar(
    session: Session,
    variable: VariableIndicador,
    pedido: Mapping[int, Decimal],
    programado: Mapping[int, Mapping[int, Decimal]],
    cerrados: set[int],
) -> bool:
    assert variable.id is not None
    ya = programado.get(variable.id, {})
    for trimestre in range(1, 5):
        antes, ahora = ya.get(trimestre), pedido.get(trimestre)
        if antes == ahora:
            continue
        lugar = f"{variable.letra}, trimestre {trimestre}"
        if antes is not None:
            raise _de_variables(
                f"{lugar}: la meta original ya está escrita.", "Se cambia con una reconducción, no aquí."
            )
        if 3 * trimestre in cerrados:
            raise _de_variables(
                f"{lugar}: el periodo está cerrado y no se programa.", "Deje vacío ese trimestre."
            )
        assert ahora is not None
        session.add(ProgramacionVariable(variable_id=variable.id, trimestre=trimestre, cantidad=ahora))
    return dict(ya) != dict(pedido)


def _quitar(session: Session, variable: VariableIndicador) -> None:
    """Borra una variable y su calendario. Problema si ya tiene avances o una reconducción."""
    con_avances = session.exec(
        select(AvanceVariable).where(AvanceVariable.variable_id == variable.id)
    ).first()
    suyas = session.exec(
        select(ProgramacionVariable).where(ProgramacionVariable.variable_id == variable.id)
    ).all()
    if con_avances is not None or any(p.reconduccion_id is not None for p in suyas):
        raise _de_variables(
            f"La variable {variable.letra} «{variable.nombre}» ya tiene avances o una reconducción.",
            "No se puede quitar; corrija su nombre si está mal escrito.",
        )
    for programacion in suyas:
        session.delete(programacion)
    session.flush()
    session.delete(variable)
    session.flush()
