"""La matriz que pone junto a cada nodo y a cada programa sus líneas, metas, indicadores, dinero y ODS."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from db.models.catalogo import NombreCatalogo
from db.models.programas import EstadoVinculo
from db.queries.alineado import Alineado, Ligas, Renglon
from db.queries.plan import nombres_de_niveles
from db.rules.alineacion import con_descendencia


def matriz(
    session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None
) -> dict[str, Any]:
    """La matriz PDM ↔ programa ↔ indicador ↔ presupuesto ↔ ODS, PED, PND, al corte.

    `nodos` y `programas` traen cuántas líneas, proyectos, metas e indicadores tienen, sus centavos aceptados
    y propuestos, y sus ODS, PND y PED; de un nodo, lo suyo y lo que cuelga de él, y si no hay, lo que hereda.
    """
    a = Alineado(session, anio, mes, ente_id)
    niveles = max((n.nivel for n in a.arbol.nodos), default=0) if a.arbol else 0
    return {
        "corte": a.corte.en_palabras,
        "niveles": nombres_de_niveles(session, niveles),
        "ods": {e.clave: e.nombre for e in a.entradas.values() if e.catalogo is NombreCatalogo.ODS},
        "nodos": _nodos(a),
        "programas": _programas(a),
    }


def _nodos(a: Alineado) -> list[Renglon]:
    if a.arbol is None:
        return []
    de_nodo: dict[str, Ligas] = {c: defaultdict(set) for c in ("metas", "proyectos", "indicadores", "lineas")}
    for meta, nodos in a.citas.items():
        for nodo in nodos:
            de_nodo["metas"][nodo].add(meta)
    for v in a.vinculos:
        de_nodo["proyectos"][v.nodo_id].add(v.proyecto_id)
    for i in a.indicadores:
        if i.nodo_id is not None:
            de_nodo["indicadores"][i.nodo_id].add(i.id)
    de_nodo["lineas"] = {n.id: {n.id} for n in a.arbol.nodos if not a.arbol.hijos.get(n.id)}
    cuentas = {campo: con_descendencia(a.padres, propias) for campo, propias in de_nodo.items()}
    abajo = con_descendencia(a.padres, a.de_nodos)
    aceptado = a.modificado_por_nodo(EstadoVinculo.ACEPTADO)
    propuesto = a.modificado_por_nodo(EstadoVinculo.PROPUESTO)
    proyecto_de = {m.id: m.proyecto_id for m in a.metas}
    renglones = []
    for n in a.arbol.nodos:
        proyectos = cuentas["proyectos"][n.id]
        usados = proyectos | {proyecto_de[m] for m in cuentas["metas"][n.id]}
        renglones.append(
            {
                "id": n.id,
                "eje": a.arbol.ruta(n.id)[0].id,
                "nivel": n.nivel,
                "clave": n.clave,
                "nombre": n.nombre,
                **{campo: len(cuentas[campo][n.id]) for campo in de_nodo},
                "programas": sorted({a.proyectos[p].programa for p in usados if p in a.proyectos}),
                "aceptado": aceptado.get(n.id, 0),
                "propuesto": propuesto.get(n.id, 0),
                **_contribuye(a, abajo[n.id], a.arriba[n.id]),
            }
        )
    return renglones


def _contribuye(a: Alineado, propias: Iterable[int], hereda: Iterable[int]) -> Renglon:
    """ODS, metas ODS, PND y PED; `heredado` nombra los que sólo vienen de arriba."""
    suyas: Renglon = {"heredado": []}
    lectores: dict[str, Any] = {
        "ods": a.objetivos_ods,
        "ods_meta": lambda ids: a.claves(ids, NombreCatalogo.ODS_META),
        "pnd": lambda ids: a.claves(ids, NombreCatalogo.PND),
        "ped": lambda ids: a.claves(ids, NombreCatalogo.PED),
    }
    for campo, lee in lectores.items():
        suyas[campo] = lee(propias)
        if not suyas[campo] and (de_arriba := lee(hereda)):
            suyas[campo] = de_arriba
            suyas["heredado"].append(campo)
    return suyas


def _programas(a: Alineado) -> list[Renglon]:
    nodos: dict[str, set[int]] = defaultdict(set)
    metas: dict[str, int] = defaultdict(int)
    proyectos: Mapping[str, set[str]] = defaultdict(set)
    indicadores: dict[str, set[int]] = defaultdict(set)
    centavos: dict[str, dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(("aceptado", "propuesto", "suelto"), 0)
    )
    estado: dict[tuple[int, str], str] = {}
    for m in a.metas:
        p = a.proyectos[m.proyecto_id]
        metas[p.programa] += 1
        proyectos[p.programa].add(p.clave)
        nodos[p.programa] |= a.citas.get(m.id, set())
    for v in a.vinculos:
        p = a.proyectos[v.proyecto_id]
        nodos[p.programa].add(v.nodo_id)
        estado[v.ente_id, p.clave] = "aceptado" if v.estado is EstadoVinculo.ACEPTADO else "propuesto"
    for i in a.indicadores:
        indicadores[a.proyectos[i.proyecto_id].programa].add(i.id)
    for (ente, clave), monto in a.dinero.items():
        centavos[clave[:8]][estado.get((ente, clave), "suelto")] += monto["modificado"]
        proyectos[clave[:8]].add(clave)
    nombres = {p.programa: p.programa_nombre for p in a.proyectos.values()}
    return [
        {
            "clave": programa,
            "nombre": nombres.get(programa, "fuera del catálogo del ejercicio"),
            "ejes": sorted({a.arbol.ruta(n)[0].id for n in nodos[programa]}) if a.arbol else [],
            "lineas": len(nodos[programa]),
            "metas": metas[programa],
            "proyectos": len(proyectos[programa]),
            "indicadores": len(indicadores[programa]),
            **centavos[programa],
            **_contribuye(
                a,
                set().union(
                    *(a.alcance_de(n) for n in nodos[programa]),
                    *(a.de_indicadores.get(i, set()) for i in indicadores[programa]),
                ),
                (),
            ),
        }
        for programa in sorted(metas.keys() | indicadores.keys() | centavos.keys())
    ]
