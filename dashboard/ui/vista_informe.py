"""El Informe en pantalla: sus capítulos, quién tiene qué y lo que falta para emitirlo."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.texto import contar, enumerar, esc_md, mayuscula
from db.queries.informe import tablero
from db.queries.informe_faltas import faltas
from db.rules.formato import fecha, fecha_hora
from db.rules.informe import APROBADO, ATRASADO, ESTADOS
from db.rules.permisos import Objeto

Datos = Mapping[str, Any]

FALTAS_A_LA_VISTA = 40


def objeto(capitulo: Datos) -> Objeto:
    """De quién es un capítulo, para el permiso; sin dependencia, sólo de la unidad."""
    if capitulo["dependencia_id"] is None:
        return Objeto()
    suyas = (capitulo["dependencia_id"], capitulo["general_id"])
    return Objeto(capitulo["ente_id"], frozenset(cual for cual in suyas if cual is not None))


def de_que(informe: Datos) -> str:
    """Nombre, periodo y cuándo se rinde."""
    rinde = f" · se rinde el {fecha(informe['rinde_en'])}" if informe["rinde_en"] else ""
    emitido = " · emitido" if informe["estado"] == "emitido" else ""
    return f"{informe['nombre']} · {informe['periodo']}{rinde}{emitido}"


def titulo(informe: Datos, suyos: Sequence[Datos]) -> str:
    """«12 de 26 capítulos aprobados; tres atrasados»."""
    if not suyos:
        return (
            "No tiene capítulos a su cargo" if informe["capitulos"] else "El Informe aún no tiene capítulos"
        )
    aprobados = sum(c["estado"] == APROBADO for c in suyos)
    partes = [f"{aprobados} de {len(suyos)} capítulos aprobados"]
    if atrasados := sum(c["atrasado"] for c in suyos):
        partes.append(contar(atrasados, "atrasado", "atrasados", False))
    if entregados := sum(c["estado"] == "entregado" for c in suyos):
        partes.append(f"{contar(entregados, 'espera', 'esperan', False)} revisión")
    return mayuscula("; ".join(partes))


def estado(capitulo: Datos) -> str:
    """Icono y palabra; el atrasado se dice antes que su estado."""
    icono, palabra = ESTADOS[capitulo["estado"]]
    if capitulo["atrasado"]:
        return f"{ATRASADO[0]} {ATRASADO[1]}, {palabra.lower()}"
    return f"{icono} {palabra}"


def capitulos(suyos: Sequence[Datos]) -> None:
    """Un renglón por capítulo, en orden de lectura; elegirlo lo abre."""
    if not suyos:
        return
    evento = st.dataframe(
        {
            "Capítulo": [f"{c['numero']} {c['titulo']}" for c in suyos],
            "Estado": [estado(c) for c in suyos],
            "Pendiente": [_pendiente(c) or None for c in suyos],
            "Lo redacta": [c["dependencia"] for c in suyos],
            "Vence": [fecha_hora(c["vence"]) if c["vence"] else None for c in suyos],
            "Palabras": [_palabras(c) for c in suyos],
        },
        column_config={
            "Capítulo": st.column_config.TextColumn(width=280),
            "Estado": st.column_config.TextColumn(width=165),
            "Pendiente": st.column_config.TextColumn(width=150),
        },
        hide_index=True,
        key=clave_de_ida("capitulos"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Capítulos del Informe con su estado y quién los redacta",
    )
    for fila in evento.selection.rows:
        ir("informes", {"capitulo": suyos[fila]["id"]})


def _palabras(c: Datos) -> str:
    de = f" de {c['limite_palabras']:,}" if c["limite_palabras"] else ""
    return f"{c['palabras']:,}{de}"


def _pendiente(c: Datos) -> str:
    partes = []
    if c["por_resolver"]:
        partes.append(contar(c["por_resolver"], "comentario", "comentarios", False))
    if c["sin_fuente"]:
        partes.append(contar(c["sin_fuente"], "cifra sin fuente", "cifras sin fuente"))
    return mayuscula(enumerar(partes))


def por_dependencia(suyos: Sequence[Datos]) -> None:
    """Quién tiene qué: cuántos capítulos de cada dependencia en cada estado; las atrasadas, primero."""
    filas = tablero(suyos)
    if len(filas) < 2:
        return
    cajon = st.expander("Quién tiene qué", key="quien_tiene_que", on_change="rerun")
    if cajon.open:
        cajon.dataframe(
            {
                "Dependencia": [f["dependencia"] for f in filas],
                "Atrasados": [f["atrasados"] or None for f in filas],
                **{palabra: [f[clave] or None for f in filas] for clave, (_, palabra) in ESTADOS.items()},
                "Próximo plazo": [fecha_hora(f["vence"]) if f["vence"] else None for f in filas],
            },
            hide_index=True,
            placeholder="—",
            alt="Capítulos por dependencia y estado",
        )


def lo_que_falta(informe: Datos, coordina: bool) -> None:
    """La lista de lo que impide emitirlo, con su liga; sin faltas, las ligas a los documentos."""
    if not coordina or informe["estado"] == "emitido":
        _documentos(informe)
        return
    cajon = st.expander("Lo que falta para emitirlo", key="faltas_informe", on_change="rerun")
    if cajon.open:
        with cajon:
            lista = ask(faltas, informe_id=informe["id"])
            if not lista:
                st.success("Nada: todos los capítulos están aprobados y cada cifra dice de dónde sale.")
            for falta in lista[:FALTAS_A_LA_VISTA]:
                if falta["capitulo_id"]:
                    enlace("informes", esc_md(mayuscula(falta["que"])), {"capitulo": falta["capitulo_id"]})
                else:
                    st.markdown(f"- {esc_md(falta['que'])}")
            if len(lista) > FALTAS_A_LA_VISTA:
                st.caption(f"Y {len(lista) - FALTAS_A_LA_VISTA:,} más.")
    _documentos(informe)


def _documentos(informe: Datos) -> None:
    enlace("documentos", "Verlo como documento, resumen o láminas", {"documento": "informe"})


def otros(todos: Sequence[Datos], cual: int) -> None:
    """Ligas a los demás informes."""
    for otro in todos:
        if otro["id"] != cual:
            enlace("informes", esc_md(f"{otro['nombre']} ({otro['periodo']})"), {"informe": otro["id"]})
