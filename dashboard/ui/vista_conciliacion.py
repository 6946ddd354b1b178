"""La conciliación en pantalla: qué se comprobó, qué no cuadra y la observación de cada hallazgo."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui import observaciones as en_observaciones
from dashboard.ui.enlaces import clave_de_ida, enlace
from dashboard.ui.tabla_gasto import ANCHO_CLAVE, ANCHO_NOMBRE, PESOS, pesos
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries import conciliacion, observaciones
from db.queries.cotejo_eaepe import eaepe_contra_claves
from db.rules.conciliacion import CLASIFICACIONES, LADOS, en_palabras, referencia
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import mes_nombre, moneda
from db.rules.permisos import Actor

Datos = Mapping[str, Any]

ASUNTO = "conciliacion"
TODAS_LAS_CLAVES = referencia("identidad", "todas", 0)
ANCHO_IMPORTE = 130
"""Pixeles: caben mil millones de pesos con sus centavos."""
LARGO_MAXIMO = 160
"""Letras de una referencia; más no es de nadie."""
PALABRAS = {Estado.critico: "No cuadra", Estado.riesgo: "Por revisar", Estado.adecuado: "Cuadra"}
MOMENTOS = {
    "aprobado": "Aprobado",
    "ampliaciones": "Ampliaciones",
    "reducciones": "Reducciones",
    "modificado": "Modificado",
    "comprometido": "Comprometido",
    "devengado": "Devengado",
    "ejercido": "Ejercido",
    "pagado": "Pagado",
}


def vista_resumen(
    session: Session, *, anio: int, mes: int | None, ente_id: int | None, rotas: int
) -> dict[str, Any]:
    """Lo comprobado, primero lo que no cuadra, y los cortes de que se habla; sin cortes, `hay` es falso.

    `rotas` es en cuántas claves hay una identidad rota, que se cuentan aparte.
    """
    entes = conciliacion.cuadres(session, anio=anio, ente_id=ente_id)
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


def resumen(vista: Datos, pendientes: Mapping[str, int]) -> str | None:
    """La tabla de lo comprobado; devuelve la referencia del renglón elegido."""
    filas = vista["filas"]
    evento = st.dataframe(
        {
            "Estado": [etiqueta(f["estado"]) for f in filas],
            "Qué se comprueba": [f["que"] for f in filas],
            "Importe": [None if f["importe"] is None else pesos(f["importe"]) for f in filas],
            "Qué pasa": [f["dicho"] for f in filas],
            "Sin cerrar": [pendientes.get(f["referencia"]) for f in filas],
            "Ente": [f["ente"] for f in filas],
        },
        column_config={
            "Qué se comprueba": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Importe": st.column_config.NumberColumn(format=PESOS, width=ANCHO_IMPORTE),
            "Qué pasa": st.column_config.TextColumn(width=ANCHO_NOMBRE),
            "Sin cerrar": st.column_config.NumberColumn(help="Observaciones sin cerrar de ese renglón."),
        },
        hide_index=True,
        key=clave_de_ida("comprobado"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Comprobaciones de la conciliación y su resultado",
    )
    return next((filas[n]["referencia"] for n in evento.selection.rows), None)


def cortes(entes: Sequence[Datos]) -> None:
    """Los totales de control de cada corte vigente, de qué archivo salieron."""
    st.subheader("Totales de control de los cortes vigentes", anchor=False)
    st.dataframe(
        {
            "Ente": [e["ente"] for e in entes],
            **{titulo: [pesos(e["control"][m]) for e in entes] for m, titulo in MOMENTOS.items()},
            "Hasta": [mes_nombre(e["mes"]) for e in entes],
            "Versión": [e["numero"] for e in entes],
            "Archivo": [e["archivo"] for e in entes],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in MOMENTOS.values()},
        hide_index=True,
        alt="Totales de control por ente y momento",
    )


def identidades(hallado: Datos, pendientes: Mapping[str, int]) -> str | None:
    """Las claves que rompen una identidad; devuelve la referencia de la elegida."""
    renglones = hallado["renglones"]
    if not renglones:
        st.success("Al corte, ninguna clave rompe el orden de los momentos ni trae negativos.")
        return None
    evento = st.dataframe(
        {
            "Clave": [r["clave"] for r in renglones],
            "Importe": [pesos(abs(r["importe"])) for r in renglones],
            "Qué pasa": [r["mensaje"] for r in renglones],
            "Regla": [r["regla"] for r in renglones],
            "Dependencia": [r["dependencia"] for r in renglones],
            "Partida": [r["partida"] for r in renglones],
            "Sin cerrar": [pendientes.get(r["referencia"]) for r in renglones],
            "Ente": [hallado["entes"].get(r["ente"], "") for r in renglones],
        },
        column_config={
            "Clave": st.column_config.TextColumn(width=ANCHO_CLAVE),
            "Importe": st.column_config.NumberColumn(format=PESOS),
        },
        hide_index=True,
        key=clave_de_ida("identidades"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Claves que rompen una identidad",
    )
    return next((renglones[n]["referencia"] for n in evento.selection.rows), None)


def cotejo(renglones: Sequence[Datos], pendientes: Mapping[str, int], entes: Mapping[str, str]) -> str | None:
    """EAEPE contra claves; devuelve la referencia del renglón elegido."""
    if not renglones:
        st.info("Se compara cuando un ente tiene cargados el presupuesto por clave y su EAEPE.")
        return None
    orden = sorted(renglones, key=lambda r: (r["cuadra"], -abs(r["mayor"])))
    columnas: dict[str, list[Any]] = {
        "Estado": [etiqueta(Estado.adecuado if r["cuadra"] else Estado.critico) for r in orden],
        "Renglón": [f"{r['codigo']} {r['concepto']}" for r in orden],
        "Mayor diferencia": [pesos(r["mayor"]) for r in orden],
    }
    for momento in LADOS:
        columnas[f"{momento.capitalize()} en el EAEPE"] = [pesos(r["eaepe"][momento]) for r in orden]
        columnas[f"{momento.capitalize()} en las claves"] = [pesos(r["claves"][momento]) for r in orden]
    dinero = [c for c in columnas if c not in ("Estado", "Renglón")]
    columnas |= {
        "Sin cerrar": [pendientes.get(r["referencia"]) for r in orden],
        "Corte": [mes_nombre(r["mes"]) for r in orden],
        "Ente": [entes.get(r["ente"], "") for r in orden],
    }
    evento = st.dataframe(
        columnas,
        column_config={"Renglón": st.column_config.TextColumn(width=ANCHO_NOMBRE)}
        | {c: st.column_config.NumberColumn(format=PESOS) for c in dinero},
        hide_index=True,
        key=clave_de_ida("cotejo"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="EAEPE cargado contra la suma de las claves",
    )
    return next((orden[n]["referencia"] for n in evento.selection.rows), None)


def hallazgo(persona: Actor, anio: int, elegido: str | None, entes: Mapping[str, str]) -> None:
    """El hallazgo elegido, o el que pide la dirección, con su liga y sus observaciones."""
    if elegido is not None:
        st.query_params["hallazgo"] = elegido
    cual = st.query_params.get("hallazgo", "")[:LARGO_MAXIMO]
    if not cual:
        st.caption("Elija un renglón para observarlo.")
        return
    parte, _, resto = cual.partition(":")
    objeto, _, ente = resto.rpartition(":")
    st.subheader(esc_md(en_palabras(cual)), anchor=False)
    if cual == TODAS_LAS_CLAVES:
        enlace("conciliacion", "Ver las claves", {"vista": "identidades"})
    elif parte in ("identidad", "cambio") and ente in entes:
        enlace("presupuesto", "Abrir la clave", {"clave": objeto, "ente": entes[ente]})
    if parte == "plan":
        enlace("vinculos", "Ver la lista en Dinero y plan")
    if parte == "eaepe":
        enlace("eaepe", "Ver el estado analítico")
    en_observaciones.seccion(persona, anio, ASUNTO, cual, ente_id=int(ente) if ente in entes else None)


def pendientes(anio: int) -> dict[str, int]:
    """Observaciones sin cerrar por hallazgo."""
    return ask(observaciones.pendientes_por_referencia, anio=anio, asunto=ASUNTO)
