"""Revisar lo capturado: la cola por área, lo que se valida en bloque y lo que se mira de uno en uno."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.formulario import Formulario
from dashboard.sesion import actor
from dashboard.ui import evidencias, historial_captura
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import etiqueta, simple
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions.revision import Vistas, devolver, publicar, tomar, validar
from db.models.captura import ClaseItem
from db.rules.captura import EstadoAvance
from db.rules.formato import ZONA, en_zona, fecha, mes_nombre, numero
from db.rules.permisos import Actor

Fila = Mapping[str, Any]

VISTAS = "revision_vistas"


def titulo(lista: Sequence[Fila]) -> str:
    """«41 resultados de seis áreas esperan revisión»."""
    if not lista:
        return "Nada espera revisión"
    cuantos = sum(f["esperan"] for f in lista)
    areas = len({f["dependencia_id"] for f in lista})
    verbo = "espera" if cuantos == 1 else "esperan"
    return mayuscula(
        f"{contar(cuantos, 'resultado', 'resultados', False)} de {contar(areas, 'área', 'áreas')} "
        f"{verbo} revisión"
    )


def elegir(lista: Sequence[Fila], pedida: Fila | None) -> Fila | None:
    """La cola; elegir un renglón lo abre abajo. Devuelve la abierta: la pedida o la que más espera."""
    if not lista:
        return pedida
    evento = st.dataframe(
        {
            "Dependencia": [f["dependencia"] for f in lista],
            "Esperan": [f["esperan"] for f in lista],
            "Periodo": [mayuscula(mes_nombre(f["mes"])) for f in lista],
            "Desde": [fecha(en_zona(f["desde"], ZONA).date()) for f in lista],
            "En revisión": [f["en_revision"] or None for f in lista],
        },
        column_config={
            "Dependencia": st.column_config.TextColumn(width=150),
            "Esperan": st.column_config.NumberColumn(width=70),
        },
        height="content" if len(lista) < ALTO_DE_LA_COLA else 320,
        hide_index=True,
        key=clave_de_ida("revision_cola"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Áreas con algo que revisar",
    )
    if evento.selection.rows:
        elegida = lista[evento.selection.rows[0]]
        ir("revision", {"mes": elegida["mes"], "area": elegida["dependencia_id"]})
    return pedida or lista[0]


ALTO_DE_LA_COLA = 9
"""Renglones que se ven sin barra propia."""


def en_bloque(formulario: Formulario, lista: Sequence[Fila], anio: int, mes: int) -> None:
    """Lo que no llama la atención, en una tabla y con un botón para validarlo junto."""
    filas = [f for f in lista if not f["por_que"] and f["autor"] != actor().cuenta]
    if not filas:
        return
    st.markdown(f"#### {len(filas):,} sin nada que llame la atención", anchors=False)
    st.dataframe(
        {
            "Meta o indicador": [f["nombre"] for f in filas],
            "Resultado": [_en_corto(f["resultado"]) for f in filas],
            "Alcanzado": [_alcanzado(f) for f in filas],
            "Evidencias": [f["evidencias"] or None for f in filas],
            "Capturó": [f["autor"] for f in filas],
        },
        column_config={"Meta o indicador": st.column_config.TextColumn(width=220)},
        hide_index=True,
        placeholder="—",
        alt="Lo que se puede validar en bloque",
    )
    if st.button(f"Validar en bloque ({len(filas):,})", type="primary", key="validar_en_bloque"):
        formulario.guardar(partial(_validar, filas, vistas(), anio, mes), propios={}, actuales=dict)


def _en_corto(resultado: Fila | None) -> str:
    return f"{simple(resultado)} {resultado['cifra']}" if resultado else "Sin resultado"


def _alcanzado(fila: Fila) -> str:
    return " · ".join(numero(r["alcanzado"]) for r in fila["renglones"])


def uno(formulario: Formulario, lista: Sequence[Fila], anio: int, mes: int) -> None:
    """Uno a la vez, con todo lo que se entregó, su historia y lo que se puede hacer con él."""
    por_llave = {f"{f['clase']}-{f['id']}": f for f in lista}
    miradas = sum(bool(f["por_que"]) for f in lista)
    st.markdown(f"#### De uno en uno: {miradas:,} por mirar", anchors=False)
    llave = st.selectbox(
        "Meta o indicador",
        list(por_llave),
        key="revision_uno",
        format_func=lambda cual: _opcion(por_llave[cual]),
        label_visibility="collapsed",
    )
    fila = por_llave[llave]
    tarjeta(fila)
    evidencias.seccion(actor(), anio, mes, [fila])
    if fila["autor"] == actor().cuenta:
        st.info("Usted lo capturó: lo revisa otra persona de planeación.")
    else:
        _botones(formulario, fila, anio, mes)
    historial_captura.seccion(fila["clase"], fila["id"], anio, mes)


def _opcion(fila: Fila) -> str:
    icono = fila["resultado"]["icono"] if fila["resultado"] else "○"
    return f"{icono} {fila['nombre']}"


def tarjeta(fila: Fila) -> None:
    """Lo programado, lo anterior y lo alcanzado, su resultado y sus razones."""
    como = f"{etiqueta(fila['resultado'])} {esc_md(fila['resultado']['cifra'])}" if fila["resultado"] else ""
    cabeza = [f"**{esc_md(fila['nombre'])}**", como, f":gray[:small[{esc_md(_de_donde(fila))}]]"]
    if fila["por_que"]:
        cabeza.append(f"Por qué se mira: {esc_md(fila['por_que'])}")
    st.markdown("  \n".join(parte for parte in cabeza if parte))
    st.dataframe(
        {
            "Valor": [_que(r) for r in fila["renglones"]],
            "Alcanzado": [numero(r["alcanzado"]) for r in fila["renglones"]],
            "Programado": [numero(r["programado"]) for r in fila["renglones"]],
            "Anterior": [numero(r["anterior"]) for r in fila["renglones"]],
        },
        column_config={"Valor": st.column_config.TextColumn(width=120)},
        hide_index=True,
        placeholder="—",
        alt="Lo alcanzado contra lo programado y el periodo anterior",
    )
    if razones := _razones(fila):
        st.markdown("  \n".join(razones))
    pagina = "metas" if fila["clase"] == ClaseItem.META else "indicadores"
    enlace(pagina, "Su ficha", {fila["clase"]: fila["id"]})


def _de_donde(fila: Fila) -> str:
    return f"{fila['palabra']} · {fila['area']} · {fila['proyecto']} · capturó {fila['autor']}"


def _que(renglon: Fila) -> str:
    if not renglon["letra"]:
        return str(renglon["unidad"])
    return f"{renglon['letra']} · {renglon['nombre']} ({renglon['unidad']})"


def _razones(fila: Fila) -> list[str]:
    lista = []
    if fila["justificacion"]:
        lista.append(f"**Justificación:** {esc_md(fila['justificacion'])}")
    if m := fila["mejora"]:
        plazo = f"del {_dia(m['inicio'])} al {_dia(m['fin'])}"
        lista.append(
            f"**Plan de mejora:** {esc_md(m['accion'])} · {esc_md(m['responsable'])} · {esc_md(plazo)} · "
            f"se prueba con: {esc_md(m['prueba'])}"
        )
    if personas := fila["beneficiarios"]:
        dichas = "; ".join(
            f"{b['lugar'] or 'Sin lugar'}: {b['mujeres']:,} mujeres y {b['hombres']:,} hombres"
            for b in personas
        )
        lista.append(f"**Beneficiarios:** {esc_md(dichas)}")
    if not fila["evidencias"]:
        lista.append(":orange[▲ **Sin evidencia**]")
    return lista


def _dia(valor: date) -> str:
    return fecha(valor)


def _botones(formulario: Formulario, fila: Fila, anio: int, mes: int) -> None:
    visto, llave = vistas(), f"{fila['clase']}-{fila['id']}"
    with st.container(horizontal=True):
        if st.button("Validar este", type="primary", key=formulario.campo(f"validar-{llave}")):
            formulario.guardar(partial(_validar, [fila], visto, anio, mes), propios={}, actuales=dict)
        if fila["estado"] == EstadoAvance.ENVIADO and st.button(
            "Empezar a revisar",
            key=formulario.campo(f"tomar-{llave}"),
            help="Desde ahora quien capturó ya no lo cambia hasta que se valide o se devuelva.",
        ):
            formulario.guardar(partial(_tomar, fila, anio, mes), propios={}, actuales=dict)
    with st.form(formulario.nombre, border=False):
        motivo = st.text_input("Qué debe corregir", key=formulario.campo(f"motivo-{llave}"), max_chars=500)
        formulario.error("motivo")
        devuelto = st.form_submit_button("Devolver")
    if devuelto:
        formulario.guardar(partial(_devolver, fila, visto, anio, mes, motivo), propios={}, actuales=dict)


def para_publicar(por_mes: Mapping[int, Sequence[tuple[str, int]]], anio: int) -> None:
    """Un periodo a la vez: lo validado que aún no se publica."""
    cuantos = sum(len(items) for items in por_mes.values())
    cajon = st.expander(
        f"Publicar lo validado: {contar(cuantos, 'resultado', 'resultados', False)}",
        key="publicar",
        on_change="rerun",
    )
    if not cajon.open:
        return
    formulario = Formulario(f"publicar_{anio}", 0)
    with cajon, st.form(formulario.nombre, border=False):
        st.markdown("Lo publicado ya no se devuelve: sólo se corrige con un registro extemporáneo.")
        mes = st.selectbox(
            "Periodo que termina en",
            list(por_mes),
            format_func=lambda m: f"{mayuscula(mes_nombre(m))} ({len(por_mes[m]):,})",
        )
        enviado = st.form_submit_button("Publicar ese periodo")
    if enviado:
        formulario.guardar(partial(_publicar, por_mes[mes], anio, mes), propios={}, actuales=dict)


def vistas() -> Vistas:
    """La versión de cada cosa que la persona tenía delante cuando oprimió un botón."""
    guardadas: Vistas = st.session_state.get(VISTAS, {})
    return guardadas


def mostradas(lista: Sequence[Fila]) -> None:
    """Recuerda lo que queda a la vista, para que nadie valide lo que no vio."""
    st.session_state[VISTAS] = {_item(f): f["version"] for f in lista}


def _item(fila: Fila) -> tuple[ClaseItem, int]:
    return ClaseItem(fila["clase"]), fila["id"]


def _validar(
    filas: Sequence[Fila], visto: Vistas, anio: int, mes: int, session: Session, persona: Actor
) -> None:
    validar(session, persona, anio=anio, mes=mes, items=[_item(f) for f in filas], vistas=visto)


def _tomar(fila: Fila, anio: int, mes: int, session: Session, persona: Actor) -> None:
    tomar(session, persona, anio=anio, mes=mes, items=[_item(fila)])


def _publicar(
    items: Sequence[tuple[str, int]], anio: int, mes: int, session: Session, persona: Actor
) -> None:
    publicar(session, persona, anio=anio, mes=mes, items=[(ClaseItem(c), i) for c, i in items])


def _devolver(
    fila: Fila, visto: Vistas, anio: int, mes: int, motivo: str, session: Session, persona: Actor
) -> None:
    devolver(session, persona, anio=anio, mes=mes, item=_item(fila), motivo=motivo, vistas=visto)
