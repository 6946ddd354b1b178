"""Lo que se comprueba al conciliar, con su estado: primero lo que no cuadra, luego lo que hay que revisar."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.ui.texto import contar, mayuscula
from db.queries import conciliacion
from db.queries.cotejo_eaepe import eaepe_contra_claves
from db.rules.conciliacion import CLASIFICACIONES, referencia
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import moneda

Datos = Mapping[str, Any]

TODAS_LAS_CLAVES = referencia("identidad", "todas", 0)
PALABRAS = {Estado.critico: "No cuadra", Estado.riesgo: "Por revisar", Estado.adecuado: "Cuadra"}


def vista_resumen(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    rotas: int,
    detalles: Mapping[int, Mapping[str, int]],
) -> dict[str, Any]:
    """Lo comprobado, primero lo que no cuadra, y los cortes de que se habla; sin cortes, `hay` es falso.

    `rotas` (claves con una identidad rota) y `detalles` (lo que suma cada corte) recorren el detalle: se
    preguntan aparte y duran mientras no se cargue otro corte.
    """
    entes = conciliacion.cuadres(session, anio=anio, ente_id=ente_id, detalles=detalles)
    plan = conciliacion.plan(session, anio=anio, mes=mes, ente_id=ente_id)
    cotejo = eaepe_contra_claves(session, anio=anio, ente_id=ente_id)
    filas = [_de_suma(e, s) for e in entes for s in e["sumas"]]
    filas += [_de_identidades(rotas)] if entes else []
    filas += _de_cotejo(cotejo) + (_de_plan(plan) if entes else [])
    orden = list(PALABRAS)
    filas.sort(key=lambda f: orden.index(f["estado"]))
    return {"hay": bool(entes), "entes": entes, "filas": filas, "titulo": titulo(filas)}


def titulo(filas: Sequence[Datos]) -> str:
    """Cuántas comprobaciones no cuadran y cuántas hay por revisar."""
    malas = [f for f in filas if f["estado"] is Estado.critico]
    dudas = sum(f["estado"] is Estado.riesgo for f in filas)
    por_ver = f"{contar(dudas, 'asunto', 'asuntos', femenino=False)} por revisar" if dudas else ""
    if len(malas) == 1:
        return f"No cuadra con Tesorería: {malas[0]['que']}"
    if malas:
        dicho = contar(len(malas), "comprobación no cuadra", "comprobaciones no cuadran")
        return f"{mayuscula(dicho)} con Tesorería"
    return "Todo cuadra al centavo con Tesorería" + (f"; {por_ver}" if por_ver else "")


def _fila(estado: Estado, que: str, importe: int | None, dicho: str, **extra: Any) -> dict[str, Any]:
    return {
        "estado": estado,
        "que": que,
        "importe": importe,
        "dicho": dicho,
        "ente": "",
        **extra,
    }


def _de_suma(ente: Datos, s: Datos) -> dict[str, Any]:
    que = (
        "Total de control contra el detalle"
        if s["que"] == "detalle"
        else f"Suma por {CLASIFICACIONES[s['que']]}"
    )
    de_quien = {"ente": ente["ente"], "referencia": s["referencia"]}
    if not s["cuadra"]:
        return _fila(Estado.critico, que, s["diferencia"], s["dicho"], **de_quien)
    dudas = []
    if s["sin_codigo"]:
        dudas.append(f"{moneda(s['sin_codigo'])} sin código")
    if s["codigos_fuera"]:
        cuales = ", ".join(s["codigos_fuera"][:3]) + ("…" if len(s["codigos_fuera"]) > 3 else "")
        dudas.append(f"{moneda(s['fuera'])} en códigos fuera del catálogo: {cuales}")
    if dudas:
        return _fila(Estado.riesgo, que, s["sin_codigo"] + s["fuera"], "; ".join(dudas), **de_quien)
    cuantos = f"{s['codigos']:,} claves" if s["que"] == "detalle" else f"{s['codigos']:,} códigos"
    return _fila(Estado.adecuado, que, 0, cuantos, **de_quien)


def _de_identidades(rotas: int) -> dict[str, Any]:
    que = "Identidades de cada clave"
    if not rotas:
        return _fila(
            Estado.adecuado, que, 0, "ningún momento fuera de orden ni negativo", referencia=TODAS_LAS_CLAVES
        )
    dicho = contar(rotas, "clave rompe alguna", "claves rompen alguna")
    return _fila(Estado.critico, que, None, dicho, referencia=TODAS_LAS_CLAVES)


def _de_cotejo(cotejo: Sequence[Datos]) -> list[dict[str, Any]]:
    """Un renglón por lo que se cotejó: capítulo y dependencia."""
    hallados = []
    for por, nombre in (("capitulo", "capítulo"), ("dependencia", "dependencia")):
        suyos = [c for c in cotejo if c["por"] == por]
        if not suyos:
            continue
        que, comun = f"EAEPE contra claves, por {nombre}", {"referencia": f"eaepe:{por}:0"}
        malos = [c for c in suyos if not c["cuadra"]]
        if malos:
            mayor = max((c["mayor"] for c in malos), key=abs)
            dicho = contar(len(malos), "renglón difiere", "renglones difieren", femenino=False)
            hallados.append(_fila(Estado.critico, que, mayor, dicho, **comun))
        else:
            hallados.append(_fila(Estado.adecuado, que, 0, f"{len(suyos):,} renglones", **comun))
    return hallados


def _de_plan(plan: Datos) -> list[dict[str, Any]]:
    referencias = plan["referencias"]
    sin_plan = contar(plan["proyectos_sin_plan"], "proyecto sin línea", "proyectos sin línea", femenino=False)
    sin_dinero = [
        contar(plan["lineas_sin_dinero"], "línea sin dinero", "líneas sin dinero"),
        contar(
            plan["proyectos_sin_dinero"],
            "proyecto con metas y sin presupuesto",
            "proyectos con metas y sin presupuesto",
            femenino=False,
        ),
    ]
    hay_falta = plan["lineas_sin_dinero"] or plan["proyectos_sin_dinero"]
    return [
        _fila(
            Estado.riesgo if plan["sin_plan"] else Estado.adecuado,
            "Dinero sin plan", plan["sin_plan"], sin_plan, referencia=referencias["sin_plan"],
        ),
        _fila(
            Estado.riesgo if hay_falta else Estado.adecuado,
            "Plan sin dinero", None, " y ".join(sin_dinero), referencia=referencias["sin_dinero"],
        ),
    ]  # fmt: skip


def etiqueta(estado: Estado) -> str:
    """«✖ No cuadra»."""
    return f"{PRESENTACION[estado].icono} {PALABRAS[estado]}"
