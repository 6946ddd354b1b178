"""La conciliación con Tesorería: control contra detalle y contra cada clasificación, e identidades.

Nada se da por bueno: cada suma se vuelve a hacer y se compara al centavo con la que Tesorería entregó.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session

from db.base import tabla
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    ResumenPresupuesto,
    TipoCorte,
)
from db.queries.matriz import Alcance, cortes_de
from db.queries.movimientos import LIMITE, fuera_de_orden
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import entes as nombres_de_entes
from db.queries.nombres_gasto import nombres
from db.queries.presupuesto import MOMENTOS, Version, cortes
from db.queries.vinculos import dinero_y_plan
from db.rules import conciliacion as reglas
from db.rules.matriz import DEL_ENTE
from db.rules.presupuesto import Momentos

Fila = dict[str, Any]

DE_NOMBRES = {"dependencia_general": "dependencia", "tipo_gasto": "tipo"}
"""Cómo se llama cada dimensión donde se buscan los nombres."""


def huella(session: Session, *, anio: int, ente_id: int | None) -> str:
    """Cambia sólo cuando cambian los cortes vigentes del ejercicio: lo demás no toca el detalle."""
    c = tabla(CortePresupuesto).c
    consulta = select(c.id).where(c.anio == anio, c.vigente, c.tipo == TipoCorte.CLAVE).order_by(c.id)
    return f"{anio}-{ente_id}-{list(session.execute(consulta).scalars())}"


def detalle(session: Session, *, anio: int, ente_id: int | None = None) -> dict[int, dict[str, int]]:
    """Corte vigente → lo que suma su detalle por momento, y en `claves` cuántas son. Lo recorre entero."""
    m = tabla(MovimientoPresupuesto).c
    sumas: dict[int, dict[str, int]] = {}
    for v in _vigentes(session, anio, ente_id):
        consulta = select(func.count(m.clave_id.distinct()), *(func.sum(m[c]) for c in MOMENTOS))
        fila = session.execute(consulta.where(m.corte_id == v.id)).one()
        importes = (int(c or 0) for c in fila[1:])
        sumas[v.id] = {"claves": int(fila[0]), **dict(zip(MOMENTOS, importes, strict=True))}
    return sumas


def _vigentes(session: Session, anio: int, ente_id: int | None) -> list[Version]:
    return sorted((v for v in cortes(session, anio, ente_id) if v.vigente), key=lambda v: v.ente_id)


def cuadres(
    session: Session, *, anio: int, ente_id: int | None = None, detalles: Mapping[int, Mapping[str, int]]
) -> list[Fila]:
    """Por ente con presupuesto: su corte vigente, el total de control y cada suma que debe igualarlo.

    `detalles` es lo que dio `detalle`. Cada suma trae `que` («detalle» o la clasificación), `cuadra`,
    `diferencia`, `dicho`, `codigos`, y lo que no tiene código (`sin_codigo`) o lleva uno fuera del catálogo
    (`fuera`), en centavos del modificado.
    """
    de_entes = nombres_de_entes(session)
    return [
        {
            "ente_id": v.ente_id,
            "ente": de_entes.get(str(v.ente_id), ""),
            **{c: getattr(v, c) for c in ("id", "numero", "mes", "archivo", "autor", "cargado_en")},
            "control": reglas.con_modificado(v.totales),
            "sumas": [
                _suma(v, "detalle", detalles[v.id], detalles[v.id]["claves"]),
                *(_por_dimension(session, v, cual) for cual in reglas.CLASIFICACIONES),
            ],
        }
        for v in _vigentes(session, anio, ente_id)
    ]


def _por_dimension(session: Session, v: Version, cual: str) -> Fila:
    """La función sale del programa; lo demás, de su propio resumen."""
    dimension = Dimension.PROGRAMA if cual == "funcion" else Dimension(cual)
    r = tabla(ResumenPresupuesto).c
    consulta = (
        select(r.codigo, *(func.sum(r[c]) for c in MOMENTOS))
        .where(r.corte_id == v.id, r.dimension == dimension)
        .group_by(r.codigo)
    )
    por_codigo: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MOMENTOS, 0))
    for codigo, *importes in session.execute(consulta):
        suyo = por_codigo[codigo[:4] if cual == "funcion" else codigo]
        for momento, centavos in zip(MOMENTOS, importes, strict=True):
            suyo[momento] += int(centavos)
    suma = {m: sum(importes[m] for importes in por_codigo.values()) for m in MOMENTOS}
    fuera = _fuera_de_catalogo(session, v, cual, set(por_codigo) - {""})
    return _suma(v, cual, suma, len(por_codigo)) | {
        "sin_codigo": _modificado(por_codigo.get("")),
        "fuera": sum(_modificado(por_codigo[codigo]) for codigo in fuera),
        "codigos_fuera": sorted(fuera),
    }


def _fuera_de_catalogo(session: Session, v: Version, cual: str, codigos: set[str]) -> set[str]:
    """Los códigos que nadie nombra: ni el catálogo oficial ni lo que el municipio cargó."""
    de_dependencia = cual == "dependencia_general"
    buscados = {f"{c}{DEL_ENTE}{v.ente_id}" if de_dependencia else c: c for c in codigos}
    hallados = nombres(session, v.anio, DE_NOMBRES.get(cual, cual), buscados)
    return {codigo for buscado, codigo in buscados.items() if not hallados[buscado]}


def _modificado(importes: Mapping[str, int] | None) -> int:
    return reglas.con_modificado(importes)["modificado"] if importes else 0


def _suma(v: Version, que: str, suma: Mapping[str, int], codigos: int) -> Fila:
    cuadre = reglas.cuadrar(v.totales, suma)
    return {
        "que": que,
        "referencia": reglas.referencia("cuadre", que, v.ente_id),
        "suma": reglas.con_modificado(suma),
        "cuadra": cuadre.cuadra,
        "diferencia": cuadre.mayor,
        "dicho": cuadre.en_palabras,
        "codigos": codigos,
        "sin_codigo": 0,
        "fuera": 0,
        "codigos_fuera": [],
    }


def identidades(session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None) -> Fila:
    """Las claves que rompen una identidad al corte, con su lugar y su importe.

    Orden de los momentos, y meses en que lo acumulado baja o hay un negativo. `claves` cuenta cuántas son,
    aunque sólo se listen las primeras.
    """
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    desorden, cuantas = fuera_de_orden(session, alcance)
    renglones = [
        _lugar(r) | {"regla": h.regla, "mensaje": h.mensaje, "importe": importe}
        for r in desorden
        for h, importe in reglas.identidades(_momentos(r["monto"]))
        if " ≥ " in h.regla
    ]
    bajas, cuantas_bajas = _bajas(session, alcance)
    return {
        "corte": corte.en_palabras,
        "renglones": sorted([*renglones, *bajas], key=lambda r: (-abs(r["importe"]), r["clave"])),
        "claves": max(cuantas, cuantas_bajas, len({(r["clave"], r["ente"]) for r in (*renglones, *bajas)})),
        "entes": nombres_de_entes(session),
    }


def _momentos(monto: Mapping[str, int]) -> Momentos:
    return Momentos(*(monto[m] for m in MOMENTOS))


def _lugar(r: Mapping[str, Any]) -> Fila:
    lugar = {c: r[c] for c in ("clave", "ente", "dependencia", "proyecto", "partida")}
    return lugar | {"referencia": reglas.referencia("identidad", r["clave"], r["ente"])}


def _bajas(session: Session, alcance: Alcance) -> tuple[list[Fila], int]:
    """Los importes negativos de un mes hasta el corte, clave por clave, y en cuántas claves los hay."""
    k, m = tabla(ClavePresupuestaria), tabla(MovimientoPresupuesto)
    donde = (
        m.c.corte_id.in_(cortes_de(alcance)),
        m.c.mes <= alcance.mes,
        or_(*(m.c[momento] < 0 for momento in MOMENTOS)),
    )
    cuantas = session.execute(select(func.count(m.c.clave_id.distinct())).where(*donde)).scalar_one()
    if not cuantas:
        return [], 0
    columnas = (k.c.clave, k.c.ente_id, k.c.partida, k.c.proyecto, k.c.dependencia_general)
    consulta = (
        select(*columnas, m.c.mes, *(m.c[momento] for momento in MOMENTOS))
        .select_from(m.join(k, k.c.id == m.c.clave_id))
        .where(*donde)
        .order_by(k.c.clave, m.c.mes)
        .limit(LIMITE)
    )
    renglones = []
    for f in session.execute(consulta):
        lugar = _lugar(
            {
                "clave": f.clave,
                "ente": str(f.ente_id),
                "dependencia": f.dependencia_general,
                "proyecto": f.proyecto,
                "partida": f.partida,
            }
        )
        for momento in MOMENTOS:
            centavos = getattr(f, momento)
            if centavos < 0:
                h = reglas.baja(momento, f.mes, centavos)
                renglones.append(lugar | {"regla": h.regla, "mensaje": h.mensaje, "importe": centavos})
    return renglones, int(cuantas)


def plan(session: Session, *, anio: int, mes: int | None = None, ente_id: int | None = None) -> Fila:
    """Dinero sin plan y plan sin dinero, en cifras: la lista está en «Dinero y plan»."""
    datos = dinero_y_plan(session, anio=anio, mes=mes, ente_id=ente_id)
    return {
        **{c: datos[c] for c in ("total", "con_plan", "propuesto", "sin_plan")},
        "proyectos_sin_plan": sum(
            1 for p in datos["proyectos"] if p["parte"] == "sin_plan" and p["modificado"]
        ),
        "lineas_sin_dinero": len(datos["lineas"]),
        "proyectos_sin_dinero": len(datos["sin_dinero"]),
        "referencias": {
            cual: reglas.referencia("plan", cual, ente_id or 0) for cual in ("sin_plan", "sin_dinero")
        },
    }
