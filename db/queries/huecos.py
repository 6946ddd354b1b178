"""Lo que le falta a la alineación, como listas: cada renglón con dónde está y a dónde ir a remediarlo."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseItem
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia, PruebaDe
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.queries.alineado import Alineado, Renglon
from db.rules.alineacion import Hueco, sin_ninguna
from db.rules.captura import OFICIALES

SIN_MEDIOS = "sin medios de verificación"
SIN_DOCUMENTO = "resultado validado sin documento"


def huecos(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, dict[str, Any]]:
    """Por hueco: `total` (de cuántos se miró) y `lista` de renglones.

    Cada renglón trae clave, nombre, donde, modificado (centavos, o None si no es de dinero), y la `pagina` y
    los `parametros` de su ficha.
    """
    a = Alineado(session, anio, mes, ente_id)
    nombres = _dependencias(session)
    leidos: dict[Hueco, tuple[int, list[Renglon]]] = {
        Hueco.METAS_SIN_LINEA: _metas(a, nombres),
        Hueco.LINEAS_SIN_PROYECTO: _lineas(a),
        Hueco.DINERO_SIN_LINEA: _dinero(a),
        Hueco.PROGRAMAS_SIN_INDICADOR: _programas(a),
        Hueco.INDICADORES_SIN_EVIDENCIA: _evidencia(a, nombres),
        Hueco.NODOS_SIN_ODS: _nodos(a),
        Hueco.INDICADORES_SIN_ODS: _indicadores(a, nombres),
    }
    return {hueco.value: {"total": total, "lista": lista} for hueco, (total, lista) in leidos.items()}


def _renglon(clave: str, nombre: str, donde: str, pagina: str, **mas: Any) -> Renglon:
    modificado = mas.pop("modificado", None)
    return {
        "clave": clave,
        "nombre": nombre,
        "donde": donde,
        "modificado": modificado,
        "pagina": pagina,
        "parametros": mas,
    }


def _dependencias(session: Session) -> dict[int, str]:
    d = tabla(Dependencia).c
    return {fila.id: fila.nombre for fila in session.execute(select(d.id, d.nombre))}


def _metas(a: Alineado, nombres: dict[int, str]) -> tuple[int, list[Renglon]]:
    lista = [
        _renglon(
            f"{a.proyectos[m.proyecto_id].clave}·{m.numero}",
            m.nombre,
            nombres[m.dependencia_id],
            "metas",
            meta=m.id,
        )
        for m in a.metas
        if m.id not in a.citas
    ]
    return len(a.metas), lista


def _lineas(a: Alineado) -> tuple[int, list[Renglon]]:
    """Las hojas del plan a que ningún proyecto sirve, ni por ellas ni por sus superiores."""
    if a.arbol is None:
        return 0, []
    cubiertas: set[int] = set()
    for nodo in {v.nodo_id for v in a.vinculos}:
        cubiertas |= a.arbol.descendencia(nodo)
    hojas = [n for n in a.arbol.nodos if not a.arbol.hijos.get(n.id)]
    lista = [
        _renglon(n.clave, n.nombre, a.arbol.ruta(n.id)[0].nombre, "plan", nodo=n.id)
        for n in hojas
        if n.id not in cubiertas
    ]
    return len(hojas), lista


def _dinero(a: Alineado) -> tuple[int, list[Renglon]]:
    con = {(v.ente_id, a.proyectos[v.proyecto_id].clave) for v in a.vinculos}
    nombres = {p.clave: p.nombre for p in a.proyectos.values()}
    lista = [
        _renglon(
            clave or "sin proyecto",
            nombres.get(clave, "fuera del catálogo del ejercicio"),
            f"Programa {clave[:8]}" if clave else "",
            "presupuesto",
            modificado=monto["modificado"],
            proyecto=clave,
        )
        for (ente, clave), monto in sorted(a.dinero.items())
        if (ente, clave) not in con and any(monto.values())
    ]
    return len(a.dinero), sorted(lista, key=lambda r: -r["modificado"])


def _programas(a: Alineado) -> tuple[int, list[Renglon]]:
    """Los que tienen metas o dinero y ningún indicador."""
    con = {a.proyectos[i.proyecto_id].programa for i in a.indicadores}
    nombres = {p.programa: p.programa_nombre for p in a.proyectos.values()}
    centavos: dict[str, int] = defaultdict(int)
    metas: dict[str, int] = defaultdict(int)
    for (_, clave), monto in a.dinero.items():
        centavos[clave[:8]] += monto["modificado"]
    for m in a.metas:
        metas[a.proyectos[m.proyecto_id].programa] += 1
    usados = sorted((centavos.keys() | metas.keys()) & nombres.keys())
    lista = [
        _renglon(
            programa,
            nombres[programa],
            f"{metas[programa]:,} metas",
            "programas",
            modificado=centavos.get(programa),
            programa=programa,
        )
        for programa in usados
        if programa not in con
    ]
    return len(usados), lista


def _evidencia(a: Alineado, nombres: dict[int, str]) -> tuple[int, list[Renglon]]:
    """Sin medios de verificación, o con un resultado oficial que ni cita documento ni tiene evidencia."""
    sin_documento = set(_sin_documento(a))
    lista = []
    for i in a.indicadores:
        faltas = [SIN_MEDIOS] if not i.medios_verificacion.strip() else []
        faltas += [SIN_DOCUMENTO] if i.id in sin_documento else []
        if faltas:
            donde = f"{' y '.join(faltas)} · {nombres[i.dependencia_id]}"
            lista.append(_del_indicador(a, i, donde))
    return len(a.indicadores), lista


def _sin_documento(a: Alineado) -> Iterator[int]:
    v, w, i = tabla(AvanceVariable), tabla(VariableIndicador), tabla(Indicador)
    d, e = tabla(PruebaDe), tabla(Evidencia)
    consulta = (
        select(w.c.indicador_id, v.c.trimestre)
        .join(w, w.c.id == v.c.variable_id)
        .join(i, i.c.id == w.c.indicador_id)
        .where(i.c.anio == a.anio, v.c.estado.in_(OFICIALES), v.c.documento == "")
        .distinct()
    )
    pruebas = (
        select(d.c.item_id, d.c.mes)
        .join(e, e.c.id == d.c.evidencia_id)
        .where(d.c.clase == ClaseItem.INDICADOR, d.c.anio == a.anio, e.c.retirada_en.is_(None))
    )
    probados = {(fila.item_id, fila.mes) for fila in a.session.execute(pruebas)}
    for fila in a.session.execute(consulta):
        if (fila.indicador_id, fila.trimestre * 3) not in probados:
            yield fila.indicador_id


def _del_indicador(a: Alineado, i: Any, donde: str) -> Renglon:
    return _renglon(a.proyectos[i.proyecto_id].clave, i.nombre, donde, "indicadores", indicador=i.id)


def _nodos(a: Alineado) -> tuple[int, list[Renglon]]:
    """Los que ni por sí, ni por su superior, ni por lo que cuelga de ellos llegan a un ODS."""
    if a.arbol is None:
        return 0, []
    con_ods = {nodo: suyas for nodo, ids in a.de_nodos.items() if (suyas := a.ods(ids))}
    sin = sin_ninguna(a.padres, con_ods)
    lista = [
        _renglon(n.clave, n.nombre, a.arbol.ruta(n.id)[0].nombre, "plan", nodo=n.id)
        for n in a.arbol.nodos
        if n.id in sin
    ]
    return len(a.arbol.nodos), lista


def _indicadores(a: Alineado, nombres: dict[int, str]) -> tuple[int, list[Renglon]]:
    """Los que ni por sí ni por su nodo del plan contribuyen a un ODS."""
    lista = [
        _del_indicador(a, i, nombres[i.dependencia_id])
        for i in a.indicadores
        if not a.ods(a.de_indicadores.get(i.id, set()) | a.alcance_de(i.nodo_id))
    ]
    return len(a.indicadores), lista
