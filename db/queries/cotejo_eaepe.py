"""El EAEPE que se cargó frente a lo que suman las claves al mismo mes, cuando un ente tiene los dos."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from db.models.presupuesto import ClasificacionEaepe
from db.queries.matriz import Alcance, agrupar
from db.queries.nombres_gasto import nombres
from db.queries.presupuesto import Version, cortes, eaepe
from db.rules.conciliacion import LADOS, referencia
from db.rules.matriz import sin_ente
from db.rules.presupuesto import TOLERANCIA_EAEPE
from db.rules.texto import llave

Fila = dict[str, Any]

COTEJADAS = (
    (ClasificacionEaepe.OBJETO_GASTO, "capitulo"),
    (ClasificacionEaepe.ADMINISTRATIVA, "dependencia"),
)


def eaepe_contra_claves(session: Session, *, anio: int, ente_id: int | None = None) -> list[Fila]:
    """Por capítulo y por dependencia: lo que dice el EAEPE, lo que suman las claves y la diferencia.

    Un lado que falta va en ceros. `cuadra` tolera un peso, porque el estado suele publicarse en pesos.
    """
    renglones: list[Fila] = []
    for v in (v for v in cortes(session, anio, ente_id) if v.vigente):
        for cual, por in COTEJADAS:
            hallado = eaepe(session, anio, v.ente_id, cual)
            if hallado is not None:
                renglones += _comparar(session, v, por, *hallado)
    return renglones


def _comparar(session: Session, v: Version, por: str, version: Version, filas: list[Fila]) -> list[Fila]:
    montos = agrupar(session, Alcance(v.anio, version.mes, (v.ente_id,)), (por,), {})
    de_claves = {sin_ente(codigo)[0]: monto for (codigo,), monto in montos.items()}
    con_ente = nombres(session, v.anio, por, [codigo for (codigo,) in montos])
    como = {sin_ente(codigo)[0]: nombre for codigo, nombre in con_ente.items()}
    del_eaepe = _por_codigo(filas, como)
    comun = {"ente": str(v.ente_id), "por": por, "mes": version.mes, "archivo": version.archivo}
    return [
        comun
        | {
            "codigo": codigo,
            "concepto": como.get(codigo) or del_eaepe.get(codigo, {}).get("concepto", codigo),
            "referencia": referencia("eaepe", por, codigo, v.ente_id),
            **_lados(del_eaepe.get(codigo), de_claves.get(codigo)),
        }
        for codigo in sorted(del_eaepe.keys() | de_claves.keys())
    ]


def _por_codigo(filas: list[Fila], como: Mapping[str, str]) -> dict[str, Fila]:
    """Los renglones principales por el código de las claves: el suyo, o el de quien se llama igual."""
    por_nombre = {llave(nombre): codigo for codigo, nombre in como.items()}
    hallados = {}
    for fila in filas:
        if fila["nivel"] == 1:
            clave = str(fila["clave"])
            del_nombre = por_nombre.get(llave(fila["concepto"]), clave or str(fila["concepto"]))
            hallados[clave if clave in como else del_nombre] = fila
    return hallados


def _lados(del_eaepe: Mapping[str, int] | None, de_claves: Mapping[str, int] | None) -> Fila:
    uno, otro = ({m: lado[m] if lado else 0 for m in LADOS} for lado in (del_eaepe, de_claves))
    diferencia = {m: uno[m] - otro[m] for m in LADOS}
    mayor = max(diferencia.values(), key=abs)
    return {
        "eaepe": uno,
        "claves": otro,
        "diferencia": diferencia,
        "mayor": mayor,
        "cuadra": abs(mayor) <= TOLERANCIA_EAEPE,
    }
