"""El programa de evaluación en pantalla: la lista, y cada evaluación con sus aspectos y acciones."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import captura_asm
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import pintar
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import fecha, moneda, pct
from db.rules.pae import CLASES, ESTADOS_ASM, ESTADOS_EVALUACION, PRIORIDADES, TIPOS
from db.rules.permisos import Accion, Actor, Objeto, puede

Datos = Mapping[str, Any]

ICONO_ASM = {"por_opinar": "▲", "aceptado": "◐", "rechazado": "✖", "cumplido": "✔"}


def titulo(datos: Datos) -> str:
    """Cuántas evaluaciones hay y cuántas acciones de mejora ya vencieron."""
    lista = datos["evaluaciones"]
    if not lista:
        return "Aún no hay evaluaciones programadas este año"
    vencidas = sum(e["vencidas"] for e in lista)
    aspectos = sum(e["aspectos"] for e in lista)
    cumplidos = sum(e["cumplidos"] for e in lista)
    partes = [mayuscula(contar(len(lista), "evaluación", "evaluaciones"))]
    if aspectos:
        partes.append(_de(cumplidos, aspectos))
    if vencidas:
        partes.append(contar(vencidas, "acción vencida", "acciones vencidas"))
    return "; ".join(partes)


def publicacion(datos: Datos, anio: int) -> str:
    """Si el programa se publicó y hasta cuándo hay."""
    estado, palabra = datos["publicacion"]
    programa = datos["pae"]
    publicado = programa and programa["publicado_en"]
    cuando = f"el {fecha(publicado)}" if publicado else f"límite {fecha(datos['limite'])}"
    return f"Programa Anual de Evaluación {anio} · {PRESENTACION[Estado(estado)].icono} {palabra}, {cuando}"


def tabla(lista: Sequence[Datos]) -> None:
    """Un renglón por evaluación; elegirlo abre su ficha."""
    if not lista:
        st.info("Planeación las programa aquí; cada dependencia atiende después lo que se le recomiende.")
        return
    evento = st.dataframe(
        {
            "Estado": [_estado(e) for e in lista],
            "Evaluación": [e["nombre"] for e in lista],
            "Aspectos": [f"{e['cumplidos']} de {e['aspectos']}" if e["aspectos"] else None for e in lista],
            "Avance": [pct(e["avance"]) if e["avance"] is not None else None for e in lista],
            "Tipo": [TIPOS[e["tipo"]] for e in lista],
            "Programa": [e["programa_nombre"] for e in lista],
            "Dependencia": [e["dependencia"] for e in lista],
            "Termina": [fecha(e["fin"]) for e in lista],
        },
        column_config={"Evaluación": st.column_config.TextColumn(width=260)},
        hide_index=True,
        key=clave_de_ida("pae"),
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt="Evaluaciones del año con sus aspectos de mejora",
    )
    for fila in evento.selection.rows:
        ir("pae", {"evaluacion": lista[fila]["id"]})


def _estado(e: Datos) -> str:
    if e["vencidas"]:
        return f"◆ {mayuscula(contar(e['vencidas'], 'acción vencida', 'acciones vencidas'))}"
    if e["difusion"] is not None and e["difusion"][0] != Estado.adecuado:
        return f"{PRESENTACION[Estado(e['difusion'][0])].icono} {e['difusion'][1]}"
    icono = {"programada": "▷", "en_proceso": "◐", "concluida": "✔", "cancelada": "✖"}[e["estado"]]
    return f"{icono} {ESTADOS_EVALUACION[e['estado']]}"


def de_que(una: Datos) -> str:
    """Tipo, programa y dependencia evaluada."""
    partes = [TIPOS[una["tipo"]], una["programa_nombre"] or "", una["dependencia"]]
    return " · ".join(p for p in partes if p)


def titulo_de_una(una: Datos) -> str:
    """El nombre y cuántos de sus aspectos están cumplidos."""
    cuantos = len(una["aspectos"])
    if not cuantos:
        return f"{una['nombre']}: {ESTADOS_EVALUACION[una['estado']].lower()}"
    cumplidos = sum(a["estado"] == "cumplido" for a in una["aspectos"])
    return f"{una['nombre']}: {_de(cumplidos, cuantos)}"


def _de(cumplidos: int, cuantos: int) -> str:
    return f"{cumplidos} de {cuantos} {'aspecto cumplido' if cuantos == 1 else 'aspectos cumplidos'}"


def ficha(una: Datos) -> None:
    """Fechas, quién evalúa, costo, objetivo y hallazgos."""
    quien = "Externa" if una["externa"] else "Interna"
    renglones = {
        "Del": f"{fecha(una['inicio'])} al {fecha(una['fin'])}",
        "Evalúa": f"{quien}{', ' + una['evaluador'] if una['evaluador'] else ''}",
        "Costo": moneda(una["costo"]) if una["costo"] else "Sin costo",
        "Concluyó": fecha(una["concluida_en"]) if una["concluida_en"] else "",
        "Se difundió": fecha(una["difundida_en"]) if una["difundida_en"] else "",
        "Objetivo": una["objetivo"],
        "Hallazgos": una["hallazgos"],
        "Se canceló porque": una["motivo"],
    }
    st.markdown("\n".join(f"- **{c}:** {esc_md(v)}" for c, v in renglones.items() if v))
    if una["difusion"] is not None:
        estado, palabra = una["difusion"]
        st.markdown(pintar(estado, PRESENTACION[Estado(estado)].icono, palabra))
    if una["programa"]:
        enlace("programas", "Ver el programa evaluado", {"programa": una["programa"]})


def aspectos(una: Datos, persona: Actor) -> None:
    """Cada recomendación con su opinión, sus acciones y el indicador en que debe verse."""
    st.subheader("Aspectos susceptibles de mejora", anchor=False)
    if not una["aspectos"]:
        st.info("Esta evaluación aún no tiene recomendaciones registradas.")
    atiende = puede(persona, Accion.ATENDER_ASM, _objeto(una))
    for aspecto in una["aspectos"]:
        with st.container(border=True):
            st.markdown(
                f"**{aspecto['numero']}. {esc_md(aspecto['recomendacion'])}**  \n"
                f"{ICONO_ASM[aspecto['estado']]} {ESTADOS_ASM[aspecto['estado']]} · prioridad "
                f"{PRIORIDADES[aspecto['prioridad']].lower()} · "
                f"{esc_md(CLASES[aspecto['clase']].split(':')[0].lower())}"
            )
            if aspecto["opinion"]:
                st.caption(f"Opinión: {esc_md(aspecto['opinion'])}")
            _acciones(aspecto["acciones"])
            _efecto(aspecto)
            captura_asm.dibujar(una, aspecto, persona, atiende)


def _objeto(cosa: Datos) -> Objeto:
    ids = {cosa["dependencia_id"]} | ({cosa["general_id"]} if cosa["general_id"] else set())
    return Objeto(cosa["ente_id"], frozenset(ids))


def _acciones(lista: Sequence[Datos]) -> None:
    for a in lista:
        estado, palabra = a["situacion"]
        nota = a["anotaciones"][-1]["texto"] if a["anotaciones"] else ""
        st.markdown(
            f"- {pintar(estado, PRESENTACION[Estado(estado)].icono, palabra)} · {pct(a['avance'], 0)} · "
            f"{esc_md(a['accion'])} · {esc_md(a['dependencia'])}, del {fecha(a['inicio'])} al "
            f"{fecha(a['fin'])}{'. Producto: ' + esc_md(a['producto']) if a['producto'] else ''}"
            f"{'. ' + esc_md(nota) if nota else ''}"
        )


def _efecto(aspecto: Datos) -> None:
    """Qué hizo después el indicador del aspecto."""
    efecto = aspecto.get("efecto")
    if not efecto:
        return
    dichos = [
        f"{cuando} {p['icono']} {p['palabra']} {p['cifra']} ({p['texto']} {p['anio']})"
        for cuando, p in (("antes", efecto["antes"]), ("después", efecto["despues"]))
        if p is not None
    ]
    if dichos:
        st.caption(esc_md(f"{aspecto['indicador']}: {'; '.join(dichos)}"))
    else:
        st.caption(esc_md(f"{aspecto['indicador']}: aún sin cierres que comparar"))
    enlace("indicadores", "Ver su indicador", {"indicador": aspecto["indicador_id"]})
