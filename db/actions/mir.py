"""Escribir la MIR de un programa: sus renglones y los indicadores de cada uno."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from db.actions.idempotencia import exigir_version
from db.models.indicadores import Indicador, NivelMir
from db.models.mir import IndicadorMir, RenglonMir
from db.models.programas import Programa, Proyecto
from db.queries.mir import dependencias_del_programa
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

LARGO_MAXIMO = 2000


def exigir_mir(session: Session, actor: Actor, programa_id: int, ente_id: int) -> None:
    """SinPermiso si el actor no edita la MIR de ese programa en ese ente."""
    dependencias = dependencias_del_programa(session, programa_id, ente_id)
    exigir(actor, Accion.EDITAR_MIR, Objeto(ente_id, dependencias))


def guardar_renglon(
    session: Session,
    actor: Actor,
    *,
    programa_id: int,
    ente_id: int,
    renglon_id: int | None = None,
    version: int = 0,
    nivel: NivelMir,
    padre_id: int | None = None,
    lugar: int | None = None,
    resumen: str,
    supuestos: str = "",
) -> int:
    """Agrega o corrige un renglón y lo deja en su `lugar` (desde 1; vacío, donde está o al final). Da su id.

    Desde ahí deja de ser «tipo»: una recarga de la MIR tipo ya no lo toca. SinPermiso; Problema si falta el
    resumen o el componente; Conflicto si otra persona lo cambió.
    """
    exigir_mir(session, actor, programa_id, ente_id)
    renglon = _renglon(session, renglon_id, programa_id, ente_id)
    exigir_version(renglon, version)
    escrito = texto_obligado(resumen, "resumen", "Falta el resumen narrativo.")
    _exigir_componente(session, nivel, padre_id, programa_id, ente_id)
    if renglon is None:
        renglon = RenglonMir(programa_id=programa_id, ente_id=ente_id, nivel=nivel, orden=0, resumen=escrito)
    elif renglon.nivel is not nivel:
        raise Problema("El nivel de un renglón no se cambia.", "Quítelo y agréguelo en su nivel.", "nivel")
    padre = padre_id if nivel is NivelMir.ACTIVIDAD else None
    llega = renglon.orden == 0 or renglon.padre_id != padre
    renglon.resumen, renglon.supuestos = escrito, normal(supuestos)[:LARGO_MAXIMO]
    renglon.padre_id, renglon.tipo = padre, False
    if llega or lugar is not None:
        hermanos = _hermanos(session, renglon)
        hermanos.insert(len(hermanos) if lugar is None else max(0, lugar - 1), renglon)
        _numerar(hermanos)
    session.add(renglon)
    session.flush()
    return renglon.id or 0


def quitar_renglon(session: Session, actor: Actor, *, renglon_id: int, version: int) -> None:
    """Borra un renglón y sus indicadores; las fichas siguen. Problema si es un componente con actividades."""
    renglon = _exigido(session, renglon_id)
    exigir_mir(session, actor, renglon.programa_id, renglon.ente_id)
    exigir_version(renglon, version)
    hijas = session.exec(select(RenglonMir).where(RenglonMir.padre_id == renglon_id)).all()
    if hijas:
        raise Problema(
            "Este Componente tiene Actividades.", "Quite antes sus Actividades, o páselas a otro Componente."
        )
    for indicador in session.exec(select(IndicadorMir).where(IndicadorMir.renglon_id == renglon_id)):
        session.delete(indicador)
    session.flush()
    hermanos = _hermanos(session, renglon)
    session.delete(renglon)
    session.flush()
    _numerar(hermanos)


def guardar_indicador(
    session: Session,
    actor: Actor,
    *,
    renglon_id: int,
    fila_id: int | None = None,
    version: int = 0,
    indicador_id: int | None = None,
    nombre: str = "",
    formula: str = "",
    medios: str = "",
) -> int:
    """Pone en un renglón una ficha del ejercicio o, sin ella, el nombre y la fórmula del indicador. Da su id.

    SinPermiso; Problema si no hay ni ficha ni nombre, si la ficha es de otro programa o si ya está ahí;
    Conflicto si otra persona lo cambió.
    """
    renglon = _exigido(session, renglon_id)
    exigir_mir(session, actor, renglon.programa_id, renglon.ente_id)
    fila = session.get(IndicadorMir, fila_id) if fila_id else None
    if fila is not None and fila.renglon_id != renglon_id:
        raise SinPermiso(Accion.EDITAR_MIR)
    exigir_version(fila, version)
    suyos = session.exec(select(IndicadorMir).where(IndicadorMir.renglon_id == renglon_id)).all()
    if fila is None:
        orden = max((f.orden for f in suyos), default=0) + 1
        fila = IndicadorMir(renglon_id=renglon_id, orden=orden)
    if indicador_id is not None:
        ficha = _ficha_del_programa(session, indicador_id, renglon)
        if any(f.indicador_id == indicador_id and f is not fila for f in suyos):
            raise Problema("Ese indicador ya está en el renglón.", "Elija otro.", campo="indicador")
        fila.nombre = fila.nombre or ficha.nombre
    else:
        fila.nombre = texto_obligado(
            nombre, "indicador", "Elija una ficha o escriba el nombre del indicador."
        )
        fila.formula = normal(formula)[:LARGO_MAXIMO]
    fila.indicador_id = indicador_id
    fila.medios = normal(medios)[:LARGO_MAXIMO]
    renglon.tipo = False
    session.add(fila)
    session.flush()
    return fila.id or 0


def quitar_indicador(session: Session, actor: Actor, *, fila_id: int, version: int) -> None:
    """Quita un indicador de su renglón; su ficha sigue."""
    fila = session.get(IndicadorMir, fila_id)
    if fila is None:
        raise SinPermiso(Accion.EDITAR_MIR)
    renglon = _exigido(session, fila.renglon_id)
    exigir_mir(session, actor, renglon.programa_id, renglon.ente_id)
    exigir_version(fila, version)
    renglon.tipo = False
    session.delete(fila)


def ligar_fichas(session: Session, actor: Actor, pares: Mapping[int, int]) -> int:
    """Liga de una vez cada indicador suelto de la matriz (su id) con su ficha; devuelve cuántos."""
    ligados = 0
    for fila_id, indicador_id in pares.items():
        fila = session.get(IndicadorMir, fila_id)
        if fila is not None and fila.indicador_id is None:
            guardar_indicador(
                session,
                actor,
                renglon_id=fila.renglon_id,
                fila_id=fila_id,
                version=fila.version,
                indicador_id=indicador_id,
                medios=fila.medios,
            )
            ligados += 1
    return ligados


def texto_obligado(texto: str, campo: str, mensaje: str) -> str:
    """El texto limpio; Problema junto a su campo si falta o es demasiado largo."""
    limpio = normal(texto)
    if not limpio:
        raise Problema(mensaje, "Escríbalo y vuelva a guardar.", campo)
    if len(limpio) > LARGO_MAXIMO:
        raise Problema(f"El texto pasa de {LARGO_MAXIMO:,} letras.", "Acórtelo.", campo)
    return limpio


def _exigido(session: Session, renglon_id: int) -> RenglonMir:
    renglon = session.get(RenglonMir, renglon_id)
    if renglon is None:
        raise SinPermiso(Accion.EDITAR_MIR)
    return renglon


def _renglon(session: Session, renglon_id: int | None, programa_id: int, ente_id: int) -> RenglonMir | None:
    if renglon_id is None:
        return None
    renglon = _exigido(session, renglon_id)
    if (renglon.programa_id, renglon.ente_id) != (programa_id, ente_id):
        raise SinPermiso(Accion.EDITAR_MIR)
    return renglon


def _exigir_componente(
    session: Session, nivel: NivelMir, padre_id: int | None, programa_id: int, ente_id: int
) -> None:
    if nivel is not NivelMir.ACTIVIDAD:
        return
    padre = session.get(RenglonMir, padre_id) if padre_id else None
    suyo = padre is not None and (padre.programa_id, padre.ente_id) == (programa_id, ente_id)
    if padre is None or not suyo or padre.nivel is not NivelMir.COMPONENTE:
        raise Problema("Falta de qué Componente es.", "Elija un Componente de esta matriz.", campo="padre")


def _ficha_del_programa(session: Session, indicador_id: int, renglon: RenglonMir) -> Indicador:
    ficha = session.get(Indicador, indicador_id)
    proyecto = session.get(Proyecto, ficha.proyecto_id) if ficha else None
    programa = session.get(Programa, renglon.programa_id)
    if (
        ficha is None
        or proyecto is None
        or programa is None
        or (proyecto.programa_id, ficha.ente_id, ficha.anio)
        != (renglon.programa_id, renglon.ente_id, programa.anio)
    ):
        raise Problema("Esa ficha no es de este programa.", "Elija una de la lista.", campo="indicador")
    return ficha


def _hermanos(session: Session, renglon: RenglonMir) -> list[RenglonMir]:
    """Los del mismo nivel y componente, en orden, sin el propio."""
    consulta = select(RenglonMir).where(
        RenglonMir.programa_id == renglon.programa_id,
        RenglonMir.ente_id == renglon.ente_id,
        RenglonMir.nivel == renglon.nivel,
        RenglonMir.padre_id == renglon.padre_id,
    )
    todos = session.exec(consulta.order_by(col(RenglonMir.orden), col(RenglonMir.id))).all()
    return [r for r in todos if r is not renglon]


def _numerar(renglones: Sequence[RenglonMir]) -> None:
    for orden, renglon in enumerate(renglones, start=1):
        if renglon.orden != orden:
            renglon.orden = orden
