"""Lo que una dependencia debe: lo devuelto con su motivo, lo que falta por periodo y lo que le espera."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui import lo_de_los_registros
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import contar, enumerar, esc_md, mayuscula
from dashboard.ui.vista_acuerdos import es_suyo
from dashboard.ui.vista_informe import estado as estado_de_capitulo
from dashboard.ui.vista_informe import objeto as objeto_de_capitulo
from dashboard.ui.vista_pendientes import LUGARES
from dashboard.ui.vista_propuestas import por_responder
from db.base import ahora
from db.engine import reading
from db.queries import informe, observaciones, reconduccion
from db.queries.acuerdos import acuerdos
from db.queries.propuestas import propuestas
from db.rules.formato import fecha, fecha_hora, mes_nombre
from db.rules.permisos import Accion, Actor, Objeto, puede

Fila = Mapping[str, Any]


def titulo(lista: Sequence[Fila]) -> str:
    """«Tres resultados devueltos y 97 por capturar»."""
    devueltos = sum(f["devuelto"] for f in lista)
    faltan = len(lista) - devueltos
    partes = []
    if devueltos:
        partes.append(contar(devueltos, "resultado devuelto", "resultados devueltos", False))
    if faltan:
        nombre = "por capturar" if devueltos else "resultado por capturar"
        partes.append(contar(faltan, nombre, nombre.replace("resultado", "resultados"), False))
    return mayuscula(enumerar(partes)) if partes else "No debe nada: todo está entregado"


def devueltos(lista: Sequence[Fila], area: int) -> None:
    """Cada cosa devuelta, con su motivo y la liga a su campo."""
    for f in lista:
        if f["devuelto"]:
            with st.container(border=True):
                st.markdown(f"◆ **{esc_md(f['nombre'])}**  \n{esc_md(f['devolucion'])}")
                enlace("captura", "Corregir", _lugar(f, area))


def _lugar(f: Fila, area: int) -> dict[str, object]:
    return {"mes": f["mes"], "area": area, "item": f"{f['clase']}-{f['id']}"}


def por_periodo(lista: Sequence[Fila], area: int, datos: Fila) -> None:
    """Por cada periodo, cuánto falta y hasta cuándo; elegir un renglón abre su campo."""
    for mes in sorted({f["mes"] for f in lista if not f["devuelto"]}):
        suyas = [f for f in lista if f["mes"] == mes and not f["devuelto"]]
        st.subheader(f"{mes_nombre(mes).capitalize()}: {_plazo(suyas, datos, mes)}", anchor=False)
        enlace("captura", f"**Capturar {mes_nombre(mes)}**", {"mes": mes, "area": area})
        evento = st.dataframe(
            {
                "Estado": [f"{'▷' if f['palabra'] != 'Borrador' else '✎'} {f['palabra']}" for f in suyas],
                "Qué se captura": [f["nombre"] for f in suyas],
                "Proyecto": [f["proyecto"].partition(" ")[2] for f in suyas],
            },
            hide_index=True,
            key=clave_de_ida(f"debe_{mes}"),
            on_select="rerun",
            selection_mode="single-row",
            alt=f"Lo que falta capturar de {mes_nombre(mes)}",
        )
        for n in evento.selection.rows:
            ir("captura", _lugar(suyas[n], area))


def _plazo(suyas: Sequence[Fila], datos: Fila, mes: int) -> str:
    """«cierra el 15/01/2027, 23:59 h», «abre el…» o «el plazo cerró el…»."""
    momento, abre = ahora(), datos["plazos"].get(mes, (None, None))[0]
    cierran = [f["cierra"] for f in suyas if f["cierra"]]
    if not cierran:
        return "sin plazo"
    if abre and momento < abre:
        return f"abre el {fecha_hora(abre, datos['zona'])}"
    cierra = min(cierran)
    verbo = "cierra" if momento <= cierra else "el plazo cerró"
    return f"{verbo} el {fecha_hora(cierra, datos['zona'])}"


def lo_demas(persona: Actor, anio: int) -> None:
    """Acuerdos, capítulos del Informe, reconducciones y observaciones que esperan algo de la persona."""
    with reading() as session:
        tramites = reconduccion.por_atender(session, persona, anio)
    suyas = [
        o
        for o in ask(observaciones.abiertas, anio=anio, ente_id=None)
        if o["estado"] == "abierta"
        and o["dependencias"]
        and puede(persona, Accion.RESPONDER_OBSERVACION, Objeto(o["ente_id"], frozenset(o["dependencias"])))
    ]
    # Quien coordina el Informe los ve todos en su pantalla; aquí estorbarían.
    capitulos = [
        c
        for c in ([] if puede(persona, Accion.COORDINAR_INFORME) else ask(informe.por_escribir))
        if puede(persona, Accion.REDACTAR_INFORME, objeto_de_capitulo(c))
    ]
    debidos = [a for a in ask(acuerdos, vivos=True) if es_suyo(a, persona)]
    preguntadas = [p for p in ask(propuestas) if por_responder(p, persona)]
    encargos = lo_de_los_registros.esperan_de(persona)
    if not (tramites or suyas or capitulos or debidos or preguntadas or encargos):
        return
    st.subheader("También le espera", anchor=False)
    lo_de_los_registros.ligas(encargos)
    for a in debidos:
        que = f"Acuerdo {a['numero']}: {a['texto']} ({a['situacion'][1].lower()})"
        enlace("acuerdos", esc_md(que), {"acuerdo": a["id"]})
    for p in preguntadas:
        que = f"Propuesta {p['folio']}: {p['tema']} ({p['situacion'][1].lower()})"
        enlace("propuestas", esc_md(que), {"propuesta": p["id"]})
    for c in capitulos:
        plazo = f" · vence el {fecha_hora(c['vence'])}" if c["vence"] else ""
        que = f"Capítulo {c['numero']} {c['titulo']} del Informe: {estado_de_capitulo(c).lower()}{plazo}"
        enlace("informes", esc_md(que), {"capitulo": c["id"]})
    for t in tramites:
        que = f"Reconducción de {t['nombre']}, desde {mes_nombre(t['mes_vigencia'])}"
        enlace("reconducciones", esc_md(que), {"solicitud": t["id"]})
    for o in suyas:
        vence = f" · vence el {fecha(o['vence'])}" if o["vence"] else ""
        pantalla, parametro = LUGARES[o["asunto"]]
        enlace(pantalla, esc_md(f"Observación: {o['texto']}{vence}"), {parametro: o["referencia"]})
