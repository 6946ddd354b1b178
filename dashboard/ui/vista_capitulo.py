"""Un capítulo en pantalla: su texto y de dónde sale cada cifra, comentarios, logros, fotos y versiones."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui import captura_capitulo
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import contar, esc_md, mayuscula
from dashboard.ui.vista_informe import estado
from db.queries.evidencias import ruta_de
from db.queries.informe_cifras import resolver
from db.queries.informe_faltas import de_cifras
from db.rules.formato import fecha, fecha_hora, moneda, numero
from db.rules.informe import AGREGADO, CLASES_LOGRO, IGUAL, QUITADO, diferencias, parrafos
from db.rules.informe_cifras import citas, como_se_lee
from db.rules.permisos import Actor

Datos = Mapping[str, Any]


def titulo(uno: Datos) -> str:
    """Número y nombre."""
    return f"{uno['numero']} {uno['titulo']}"


def encabezado(uno: Datos) -> None:
    """Estado, quién lo redacta, para cuándo, cuánto lleva y qué se pidió."""
    limite = f" de {uno['limite_palabras']:,}" if uno["limite_palabras"] else ""
    partes = [f"**{estado(uno)}**", esc_md(uno["dependencia"])]
    if uno["vence"]:
        partes.append(esc_md(f"vence el {fecha_hora(uno['vence'])}"))
    partes.append(f"{uno['palabras']:,}{limite} palabras")
    st.markdown(" · ".join(partes))
    if uno["nodo"]:
        enlace("plan", esc_md(f"En el plan: {uno['nodo']}"), {"nodo": uno["nodo_id"]})
    if uno["guia"]:
        st.info(esc_md(uno["guia"]))
    if uno["texto"] and (dudas := ask(de_cifras, capitulo_id=uno["id"])):
        st.warning("\n".join(f"- {esc_md(mayuscula(que))}" for que in dudas))


def texto(uno: Datos, persona: Actor) -> None:
    """Cada párrafo como se leerá, con sus comentarios; al final, de dónde sale cada cifra."""
    if not uno["texto"]:
        st.caption("Nadie ha escrito este capítulo.")
        captura_capitulo.comentar(uno, persona)
        return
    dichas = ask(resolver, llaves=tuple(c.llave for c in citas(uno["texto"])))
    cifras = {llave: cita["dicho"] for llave, cita in dichas.items()}
    for lugar, parrafo in enumerate(parrafos(uno["texto"]), start=1):
        st.markdown(esc_md(como_se_lee(parrafo, cifras)))
        captura_capitulo.comentarios(uno, lugar, persona)
    captura_capitulo.comentarios(uno, 0, persona)
    captura_capitulo.comentar(uno, persona)
    if not dichas:
        return
    rotulo = "De dónde sale su cifra" if len(dichas) == 1 else f"De dónde salen sus {len(dichas)} cifras"
    cajon = st.expander(rotulo, key="origen_cifras", on_change="rerun")
    if cajon.open:
        with cajon:
            for cita in dichas.values():
                dice = f"**{esc_md(cita['dicho'] or 'sin valor')}** · {esc_md(cita['que_es'])}"
                enlace(cita["pagina"], f"{dice} · {esc_md(cita['nombre'])}", cita["parametros"])
                st.caption(esc_md(cita["origen"]))


def logros(uno: Datos) -> None:
    """Lo que el capítulo reporta: logros, obras y acciones."""
    lista = uno["lista_logros"]
    if not lista:
        return
    st.subheader("Logros, obras y acciones", anchor=False)
    st.dataframe(
        {
            "Qué": [g["titulo"] for g in lista],
            "Clase": [CLASES_LOGRO[g["clase"]] for g in lista],
            "Dónde": [g["lugar"] or None for g in lista],
            "Inversión": [moneda(g["inversion"]) if g["inversion"] else None for g in lista],
            "Personas": [numero(g["beneficiarios"]) if g["beneficiarios"] else None for g in lista],
            "Cuándo": [fecha(g["fecha"]) if g["fecha"] else None for g in lista],
            "Proyecto": [f"{g['proyecto']} {g['proyecto_nombre']}" if g["proyecto"] else None for g in lista],
        },
        column_config={"Qué": st.column_config.TextColumn(width=260)},
        hide_index=True,
        placeholder="—",
        alt="Logros, obras y acciones del capítulo",
    )


def fotos(uno: Datos) -> None:
    """Las fotografías con su pie y su lugar."""
    if not uno["fotos"]:
        return
    st.subheader(f"Fotografías ({len(uno['fotos'])})", anchor=False)
    reja = st.grid(len(uno["fotos"]), min_column_width=220)
    for foto in uno["fotos"]:
        with reja.cell():
            ruta = ruta_de(foto["sha256"])
            donde = f" ({foto['lugar']})" if foto["lugar"] else ""
            if ruta.exists():
                st.image(ruta.read_bytes())
            st.caption(esc_md(f"{foto['pie']}{donde}"))


MARCAS = {IGUAL: "{}", QUITADO: ":red-background[~~{}~~]", AGREGADO: ":green-background[**{}**]"}


def versiones(uno: Datos) -> None:
    """Dos versiones comparadas por palabras: lo quitado tachado y lo agregado en negritas."""
    historia = uno["historia"]
    if not historia:
        return
    cuantas = contar(len(historia), "versión", "versiones")
    cajon = st.expander(f"Historia: {cuantas}", key="versiones", on_change="rerun")
    if not cajon.open:
        return
    por_numero = {v["numero"]: v for v in historia}

    def rotulo(n: int) -> str:
        v = por_numero[n]
        return f"{n} · {v['autor']} · {fecha_hora(v['guardada_en'])}"

    with cajon:
        numeros = list(por_numero)
        ahora = st.selectbox("Versión", numeros, format_func=rotulo, key="version_ahora")
        previas = [n for n in numeros if n < ahora]
        if not previas:
            st.markdown(esc_md(por_numero[ahora]["texto"]))
            return
        antes = st.selectbox("Comparada con", previas, format_func=rotulo, key="version_antes")
        tramos = diferencias(por_numero[antes]["texto"], por_numero[ahora]["texto"])
        st.markdown(" ".join(MARCAS[que].format(esc_md(dice)) for que, dice in tramos))
        quitadas = sum(len(dice.split()) for que, dice in tramos if que == QUITADO)
        agregadas = sum(len(dice.split()) for que, dice in tramos if que == AGREGADO)
        st.caption(f"Palabras quitadas: {quitadas:,}. Agregadas: {agregadas:,}. «¶» separa los párrafos.")
