"""El presupuesto en integración, visto entero: titular, dependencias, capítulos, comprobaciones y cotejos."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui.enlaces import enlace, ir
from dashboard.ui.tabla_gasto import pesos
from dashboard.ui.texto import contar, esc_md
from db.rules.anteproyecto import PAPELES, saldo
from db.rules.formato import SIN_VALOR, fecha_hora, mdp, mes_nombre, moneda, pct
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

PAGINA = "anteproyecto"
PESOS = "$%,.2f"
UN_DECIMO_DE_MILLON = 10_000_000
"""Centavos."""

FRENTE = "Frente a su techo"
ANCHO_DE_QUIEN = 125
"""Pixeles: en un teléfono caben el nombre y la cifra frente al techo, sin cortarla."""

GRAVES_A_LA_VISTA = 25
"""Las que se leen como texto; si son más, las otras van en la tabla."""

FIRMA = {"vigente": "✔ Vigente", "cambio": "▲ Sin vigencia: cambió después", "pendiente": "○ Pendiente"}


def ente_de(persona: Actor, ente_id: int | None, entes: Sequence[Datos]) -> Datos:
    """El ente elegido; si se ven todos juntos, el propio de la cuenta y, si no lo tiene, el primero."""
    propios = [a.ente_id for a in persona.asignaciones if a.ente_id is not None]
    preferido = ente_id if ente_id is not None else next(iter(propios), None)
    return next((ente for ente in entes if ente["id"] == preferido), entes[0])


def alcance(persona: Actor, ente_id: int, generales: Sequence[Datos]) -> tuple[int, ...] | None:
    """Las dependencias generales que la persona puede ver; None son todas."""
    if puede(persona, Accion.VER_ANTEPROYECTO, Objeto(ente_id)):
        return None
    return tuple(g["id"] for g in generales if auxiliares(persona, ente_id, g, Accion.VER_ANTEPROYECTO) != ())


def auxiliares(persona: Actor, ente_id: int, general: Datos, accion: Accion) -> tuple[int, ...] | None:
    """Las auxiliares de una general en que puede hacer algo; None son todas."""
    if puede(persona, accion, Objeto(ente_id, frozenset({general["id"]}))):
        return None
    return tuple(
        a["id"]
        for a in general["auxiliares"]
        if puede(persona, accion, Objeto(ente_id, frozenset({a["id"], general["id"]})))
    )


def titular(etapa: Datos, resumen: Datos) -> str:
    """El hallazgo de la etapa: quién rebasa, qué falta o que ya está."""
    nombre, total = f"{etapa['nombre']} {etapa['anio']}", resumen["total"]
    if etapa["estado"] == "cerrada":
        return f"{nombre} cerrado en {_grande(total['propuesto'])}"
    de_mas = [d for d in resumen["dependencias"] if d["situacion"] == "excedido"]
    if len(de_mas) == 1:
        return f"{de_mas[0]['nombre']} rebasa su techo por {_grande(total['excedido'])}"
    if de_mas:
        quienes = contar(len(de_mas), "dependencia rebasa", "dependencias rebasan").capitalize()
        return f"{quienes} su techo por {_grande(total['excedido'])}"
    faltan = sum(d["situacion"] == "sin_captura" for d in resumen["dependencias"])
    if faltan:
        return f"{nombre}: falta que {contar(faltan, 'dependencia capture', 'dependencias capturen')}"
    if total["por_asignar"]:
        return f"{nombre}: quedan {_grande(total['por_asignar'])} por asignar"
    return f"{nombre}: {_grande(total['propuesto'])} propuestos"


def titular_de_una(datos: Datos) -> str:
    """El hallazgo de una dependencia frente a su techo."""
    nombre, techo, propuesto = datos["nombre"], datos["techo"], datos["propuesto"]
    if techo is None:
        return f"{nombre} propone {_grande(propuesto)} y no tiene techo"
    if propuesto > techo:
        return f"{nombre} rebasa su techo por {_grande(propuesto - techo)}"
    if propuesto == techo:
        return f"{nombre} usa justo su techo: {_grande(techo)}"
    return f"{nombre}: quedan {_grande(techo - propuesto)} por asignar"


def _grande(centavos: int) -> str:
    """En millones de pesos; lo que ahí se leería como 0.0, completo."""
    return mdp(centavos) if centavos >= UN_DECIMO_DE_MILLON else moneda(centavos)


def cifras(frente: Datos, anio: int) -> str:
    """Techo, propuesto y lo que sobra o falta, en Markdown; siempre a la vista."""
    partes = [f"Techo **{esc_md(moneda(frente['techo']))}**"] if frente["techo"] is not None else []
    partes.append(f"Propuesto **{esc_md(moneda(frente['propuesto']))}**")
    if "por_asignar" in frente:
        partes.append(f":orange[▲ Por asignar **{esc_md(moneda(frente['por_asignar']))}**]")
        partes.append(f":red[✖ Excedido **{esc_md(moneda(frente['excedido']))}**]")
    else:
        partes.append(f":{frente['color']}[{frente['icono']} **{esc_md(frente['saldo'])}**]")
    if frente["anterior"]:
        contra = f"{esc_md(variacion(frente))} contra el modificado de {anio - 1}"
        partes.append(contra)
    return " · ".join(partes)


def por_capitulo(lista: Sequence[Datos]) -> str:
    """Lo propuesto en cada capítulo y, si tiene techo, lo que le sobra o le falta; en Markdown."""
    partes = []
    for capitulo in lista:
        parte = f"{capitulo['clave']} {esc_md(mdp(capitulo['propuesto']))}"
        if capitulo["techo"] is not None:
            parte += f" :{capitulo['color']}[{capitulo['icono']} {esc_md(capitulo['saldo'])}]"
        partes.append(parte)
    return f":small[Por capítulo: {' · '.join(partes)}]" if partes else ""


def variacion(frente: Datos) -> str:
    """«+8.6 %», o «—» si no hay con qué comparar."""
    if frente["porcentaje"] is None:
        return SIN_VALOR
    return f"{'+' if frente['porcentaje'] > 0 else ''}{pct(frente['porcentaje'])}"


def estado_de_la_etapa(etapa: Datos, resumen: Datos) -> None:
    """Abierta o cerrada; si está cerrada, quién, cuándo, por qué y si su huella sigue siendo la misma."""
    if etapa["estado"] == "abierta":
        st.caption(f"◐ Abierta desde el {fecha_hora(etapa['abierta_en'])}")
        return
    igual = etapa["huella"] == resumen["huella"]
    partes = [
        f"■ Cerrada el {fecha_hora(etapa['cerrada_en'])} por {esc_md(etapa['cerro'])}",
        f"huella {etapa['huella'][:12]}" + (" ✔ coincide" if igual else " ✖ no coincide con lo guardado"),
    ]
    if etapa["motivo"]:
        partes.append(f"se cerró así porque: {esc_md(etapa['motivo'])}")
    st.caption(" · ".join(partes))


def pasado(resumen: Datos, anio: int) -> str:
    """De dónde sale la comparación."""
    corte = resumen["anterior"]
    if corte is None:
        return f"Sin presupuesto de {anio - 1} cargado: no hay con qué comparar."
    return f"El año anterior es el corte vigente de {mes_nombre(corte['mes'])} de {corte['anio']}."


def columnas_de_dinero(lista: Sequence[Datos], anio: int) -> dict[str, list[Any]]:
    """Propuesto frente a techo y frente a los tres momentos del año anterior."""

    def antes(momento: str) -> list[Any]:
        return [pesos(f["anterior"][momento]) if f["anterior"] else None for f in lista]

    return {
        FRENTE: [_frente(f) for f in lista],
        "Propuesto": [pesos(f["propuesto"]) for f in lista],
        "Techo": [None if f["techo"] is None else pesos(f["techo"]) for f in lista],
        f"Modificado {anio - 1}": antes("modificado"),
        "Variación": [variacion(f) for f in lista],
        f"Aprobado {anio - 1}": antes("aprobado"),
        f"Devengado {anio - 1}": antes("devengado"),
    }


def _frente(frente: Datos) -> str:
    """«✖ excedido $1.00», «○ sin captura», «◇ sin techo»."""
    if frente["situacion"] == "sin_captura":
        return f"{frente['icono']} sin captura"
    return f"{frente['icono']} {frente['saldo']}"


def configuracion_de_dinero(anio: int) -> dict[str, Any]:
    """Cómo se escriben esas columnas."""
    nombres = (
        *("Propuesto", "Techo"),
        *(f"{momento} {anio - 1}" for momento in ("Aprobado", "Modificado", "Devengado")),
    )
    return {nombre: st.column_config.NumberColumn(format=PESOS) for nombre in nombres}


def dependencias(resumen: Datos, etapa: Datos) -> None:
    """Una por renglón; elegir una abre lo suyo."""
    lista, anio = resumen["dependencias"], etapa["anio"]
    if not lista:
        st.info("Ninguna dependencia ejecuta proyectos este año. Cargue la estructura en Importar.")
        return
    st.caption(f"Elija un renglón para abrir la dependencia. {pasado(resumen, anio)}")
    evento = st.dataframe(
        {
            "Dependencia": [f"{d['clave']} {d['nombre']}" for d in lista],
            **columnas_de_dinero(lista, anio),
            "Firmas": [firmas_en_corto(d["firmas"]) for d in lista],
        },
        column_config={
            "Dependencia": st.column_config.TextColumn(width=ANCHO_DE_QUIEN),
            **configuracion_de_dinero(anio),
        },
        hide_index=True,
        key="anteproyecto_dependencias",
        on_select="rerun",
        selection_mode="single-row",
        placeholder=SIN_VALOR,
        alt="Lo propuesto por cada dependencia frente a su techo y al año anterior",
    )
    if resumen["otras"]:
        otras = moneda(resumen["otras"]["modificado"])
        st.caption(f"Además, {esc_md(otras)} de {anio - 1} en dependencias que hoy no proponen.")
    if evento.selection.rows:
        ir(PAGINA, _parametros(etapa) | {"dependencia": lista[evento.selection.rows[0]]["id"]})


def _parametros(etapa: Datos) -> dict[str, object]:
    return {"anio": etapa["anio"], "etapa": etapa["etapa"]}


def volver(etapa: Datos) -> None:
    """La liga a la etapa entera."""
    enlace(PAGINA, "← Todas las dependencias", _parametros(etapa))


def firmas_en_corto(puestas: Mapping[str, str]) -> str:
    """«✔ 3 de 3», «▲ 1 de 3», «▲ cambió después» o «○ ninguna»."""
    if "cambio" in puestas.values():
        return "▲ cambió después"
    if not puestas:
        return "○ ninguna"
    return f"{'✔' if len(puestas) == len(PAPELES) else '▲'} {len(puestas)} de {len(PAPELES)}"


def capitulos(lista: Sequence[Datos], anio: int, nombres: Mapping[str, str]) -> None:
    """Totales por capítulo; su suma es el total propuesto."""
    total = sum(c["propuesto"] for c in lista)
    st.caption(f"Los capítulos suman {esc_md(moneda(total))}.")
    st.dataframe(
        {
            "Capítulo": [f"{c['clave']} {nombres.get(c['clave'], '')}".strip() for c in lista],
            **columnas_de_dinero(lista, anio),
        },
        column_config={
            "Capítulo": st.column_config.TextColumn(width=ANCHO_DE_QUIEN),
            **configuracion_de_dinero(anio),
        },
        hide_index=True,
        placeholder=SIN_VALOR,
        alt="Lo propuesto por capítulo frente a su techo y al año anterior",
    )


def comprobaciones(datos: Datos) -> None:
    """Cada regla con su estado, y debajo lo que no se cumple: dónde, qué y cómo se arregla."""
    st.markdown("\n".join(f"- {_regla(regla)}" for regla in datos["reglas"]))
    graves = [h for h in datos["hallazgos"] if h["grave"]]
    if graves:
        st.markdown(
            "**Impiden cerrar**\n\n" + "\n".join(f"- {_hallazgo(h)}" for h in graves[:GRAVES_A_LA_VISTA])
        )
    lista = [*graves[GRAVES_A_LA_VISTA:], *(h for h in datos["hallazgos"] if not h["grave"])]
    if not lista:
        return
    st.markdown("**Los demás**" if len(graves) > GRAVES_A_LA_VISTA else "**Avisos, que no impiden cerrar**")
    st.dataframe(
        {
            "Impide cerrar": ["✖ Sí" if h["grave"] else "▲ No" for h in lista],
            "Qué pasa": [h["mensaje"] for h in lista],
            "Dónde": [h["lugar"] for h in lista],
            "Cómo se arregla": [h["remedio"] for h in lista],
        },
        column_config={
            "Qué pasa": st.column_config.TextColumn(width=420),
            "Dónde": st.column_config.TextColumn(width=260),
        },
        hide_index=True,
        alt="Comprobaciones que no se cumplen",
    )


def _hallazgo(hallazgo: Datos) -> str:
    return (
        f":red[✖] **{esc_md(hallazgo['lugar'])}**: {esc_md(hallazgo['mensaje'])}. "
        f":gray[{esc_md(hallazgo['remedio'])}]"
    )


def _regla(regla: Datos) -> str:
    if regla["graves"]:
        estado = f":red[✖ **{contar(regla['graves'], 'falta', 'faltas')}**]"
    elif regla["avisos"]:
        estado = f":orange[▲ **{contar(regla['avisos'], 'aviso', 'avisos', femenino=False)}**]"
    else:
        estado = ":green[✔ **Se cumple**]"
    return f"{estado} · {esc_md(regla['pide'])}"


def cotejo(datos: Datos) -> None:
    """Dos listas de importes frente a frente: los totales y sólo las claves que difieren."""
    antes, despues = datos["nombres"]
    iguales = f"{datos['iguales']:,} claves iguales y {len(datos['filas']):,} distintas"
    st.markdown(
        f"{esc_md(antes)} **{esc_md(moneda(datos['antes']))}** · {esc_md(despues)} "
        f"**{esc_md(moneda(datos['despues']))}** · diferencia **{esc_md(moneda(datos['diferencia']))}** · "
        f"{iguales}"
    )
    if not datos["filas"]:
        st.markdown(":green[✔ **Iguales al centavo**]")
        return
    st.dataframe(
        {
            "Clave": [clave for clave, _, _ in datos["filas"]],
            antes: [None if a is None else pesos(a) for _, a, _ in datos["filas"]],
            despues: [None if d is None else pesos(d) for _, _, d in datos["filas"]],
            "Diferencia": [moneda((d or 0) - (a or 0)) for _, a, d in datos["filas"]],
        },
        column_config={nombre: st.column_config.NumberColumn(format=PESOS) for nombre in (antes, despues)},
        hide_index=True,
        placeholder="no está",
        alt="Claves cuyo importe difiere",
    )


def contra_tesoreria(datos: Datos | None, anio: int) -> None:
    """Lo aprobado frente a lo que Tesorería cargó, que es quien escribe lo aprobado y lo ejercido."""
    if datos is None:
        st.info(
            f"Tesorería aún no carga el presupuesto de {anio}. Cuando lo haga, aquí se coteja al centavo."
        )
        return
    cotejo(datos)


def con_lo_escrito(frente: Datos, guardado: int, escrito: int) -> str:
    """Cómo quedaría la dependencia si se guardara lo escrito, en Markdown."""
    total = frente["propuesto"] - guardado + escrito
    return (
        f"Este proyecto: **{esc_md(moneda(escrito))}** (guardado {esc_md(moneda(guardado))}). La dependencia "
        f"quedaría en **{esc_md(moneda(total))}**: {esc_md(saldo(frente['techo'], total))}."
    )
