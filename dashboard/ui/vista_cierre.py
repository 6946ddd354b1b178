"""El cierre de periodos en pantalla: lo que falta, el sello, lo congelado y los dos trámites."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.formulario import Formulario
from dashboard.ui.estado import simple
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions import cierre as acciones
from db.queries.cierre import figuras, verificado
from db.rules.formato import fecha_hora, mes_anio, mes_nombre
from db.rules.permisos import Actor, Objeto

Datos = Mapping[str, Any]

CERRADO, ABIERTO = "🔒 Cerrado", "○ Abierto"
ASUNTOS = {
    "municipio": "Municipio",
    "nodo": "Plan",
    "programa": "Programas",
    "dependencia": "Dependencias",
    "meta": "Metas",
    "indicador": "Indicadores",
}


def titulo(anio: int, lista: Sequence[Datos]) -> str:
    """Hasta dónde está cerrado el ejercicio."""
    cerrados = [p["mes"] for p in lista if p["cerrado"]]
    return f"Cerrado hasta {mes_anio(anio, max(cerrados))}" if cerrados else f"{anio} sin periodos cerrados"


def tabla(lista: Sequence[Datos]) -> None:
    """Los periodos del ejercicio, su estado y con qué cierre quedaron."""
    st.dataframe(
        {
            "Periodo": [mayuscula(p["nombre"]) for p in lista],
            "Estado": [CERRADO if p["cerrado"] else ABIERTO for p in lista],
            "Cerró": [p["cerro"] or None for p in lista],
            "Cuándo": [fecha_hora(p["cerrado_en"]) if p["cerrado_en"] else None for p in lista],
            "Congelado": [_renglones(p) for p in lista],
        },
        hide_index=True,
        placeholder="—",
        alt="Periodos del ejercicio y su cierre",
    )


def _renglones(periodo: Datos) -> str | None:
    if not periodo["cierres"]:
        return None
    ultimo = periodo["cierres"][0]
    return f"{contar(ultimo['renglones'], 'resultado', 'resultados', False)} (cierre {ultimo['numero']})"


def elegir(lista: Sequence[Datos]) -> Datos:
    """El periodo que se mira; por omisión, el primero abierto."""
    primero = next((n for n, p in enumerate(lista) if not p["cerrado"]), len(lista) - 1)
    meses = [p["mes"] for p in lista]
    mes = st.selectbox(
        "Periodo",
        meses,
        primero,
        key="periodo",
        bind="query-params",
        format_func=lambda m: mes_nombre(m).capitalize(),
    )
    return lista[meses.index(mes)]


def faltantes(lista: Sequence[Datos]) -> None:
    """Qué falta capturar, corregir o validar, por dependencia."""
    cuantos = sum(d["faltan"] for d in lista)
    if not cuantos:
        st.success("✔ Está completo: todo lo que toca está validado.")
        return
    faltan = contar(cuantos, "entrega", "entregas")
    st.subheader(f"Faltan {faltan} en {contar(len(lista), 'dependencia', 'dependencias')}", anchor=False)
    st.dataframe(
        {
            "Dependencia": [d["dependencia"] for d in lista],
            "Faltan": [d["faltan"] for d in lista],
            "Sin capturar": [d["sin_capturar"] for d in lista],
            "Devueltas": [d["devueltos"] for d in lista],
            "Por validar": [d["por_validar"] for d in lista],
        },
        column_config={"Dependencia": st.column_config.TextColumn(width=220)},
        hide_index=True,
        alt="Lo que falta para cerrar, por dependencia",
    )


def de(dependencia: Datos) -> Objeto:
    """A quién pertenece un renglón de `faltantes`, para preguntar por el permiso."""
    return Objeto(dependencia["ente_id"], frozenset({dependencia["dependencia_id"]}))


def cerrar(anio: int, periodo: Datos, version: int) -> None:
    """El trámite de cerrar; con faltantes pide el motivo."""
    formulario = Formulario(f"cerrar_{anio}_{periodo['mes']}", version)
    with st.form(formulario.nombre):
        st.markdown(
            "Al cerrar se congelan todas las cifras del periodo con sus bandas y pesos. Después sólo entran "
            "correcciones extemporáneas, y la cifra congelada se sigue leyendo."
        )
        motivo = st.text_area(
            "Motivo de cerrar con faltantes", key=formulario.campo("motivo"), max_chars=500, height=80
        )
        formulario.error("motivo")
        enviado = st.form_submit_button("Cerrar el periodo", type="primary")
    if enviado:
        formulario.guardar(partial(_cerrar, anio, periodo["mes"], motivo), propios={}, actuales=dict)


def _cerrar(anio: int, mes: int, motivo: str, session: Session, persona: Actor) -> None:
    acciones.cerrar(session, persona, anio=anio, mes=mes, motivo=motivo)


def reabrir(anio: int, periodo: Datos, version: int) -> None:
    """El trámite de reabrir, con su motivo."""
    formulario = Formulario(f"reabrir_{anio}_{periodo['mes']}", version)
    with st.expander("Reabrir el periodo"), st.form(formulario.nombre):
        st.markdown("Lo ya congelado se conserva; al volver a cerrar se agrega otra versión.")
        motivo = st.text_area("Motivo", key=formulario.campo("motivo"), max_chars=500, height=80)
        formulario.error("motivo")
        enviado = st.form_submit_button("Reabrir el periodo")
    if enviado:
        formulario.guardar(partial(_reabrir, anio, periodo["mes"], motivo), propios={}, actuales=dict)


def _reabrir(anio: int, mes: int, motivo: str, session: Session, persona: Actor) -> None:
    acciones.reabrir(session, persona, anio=anio, mes=mes, motivo=motivo)


def sello(periodo: Datos) -> None:
    """El sello del cierre vigente, y si lo congelado sigue íntegro."""
    if not periodo["cierres"]:
        st.info("Este periodo se cerró sin congelar cifras: sus documentos se calculan con los datos de hoy.")
        return
    cierre = periodo["cierres"][0]
    falta = ask(verificado, cierre_id=cierre["id"])
    integro = "✔ Íntegro: lo congelado da la misma huella." if falta is None else f"✖ {mayuscula(falta)}."
    cuando = esc_md(f"{fecha_hora(cierre['cerrado_en'])} · {cierre['cerro']}")
    renglones = [
        f"**Cierre {cierre['numero']}** · {cuando}",
        f"Sello: renglón {cierre['bitacora_id']:,} de la bitácora, `{cierre['sello']}`",
        f"Huella de lo congelado: `{cierre['huella']}`",
        integro,
    ]
    if cierre["motivo"]:
        renglones.insert(1, f"Motivo: {esc_md(cierre['motivo'])}")
    st.markdown("  \n".join(renglones))


def corregidas(lista: Sequence[Datos]) -> None:
    """Lo corregido después del cierre: la cifra congelada junto a la de ahora."""
    if not lista:
        return
    st.subheader(
        mayuscula(contar(len(lista), "corrección extemporánea", "correcciones extemporáneas")), anchor=False
    )
    st.dataframe(
        {
            "Meta o indicador": [c["nombre"] for c in lista],
            "Congelado": [c["congelado"] for c in lista],
            "Ahora": [c["ahora"] for c in lista],
            "Motivo": [c["motivo"] for c in lista],
        },
        hide_index=True,
        placeholder="—",
        alt="Correcciones después del cierre",
    )


def congelado(anio: int, periodo: Datos) -> None:
    """Las cifras como quedaron al cerrar, por asunto; del ente elegido o consolidadas."""
    if not periodo["cierres"]:
        return
    st.subheader("Las cifras como quedaron", anchor=False)
    asunto = st.pills(
        "Qué ver", list(ASUNTOS), default="municipio", key="asunto", format_func=ASUNTOS.__getitem__,
        bind="query-params",
    )  # fmt: skip
    filas = ask(
        figuras, anio=anio, mes=periodo["mes"], asunto=asunto or "municipio", ente_id=filtros().ente_id
    )
    if not filas:
        st.markdown("No hay cifras de este asunto para lo elegido; escoja un ente en los filtros.")
        return
    st.dataframe(
        {
            "Nombre": [f["nombre"] for f in filas],
            "Cumplimiento": [f["cifra"] for f in filas],
            "Estado": [simple(f) for f in filas],
            "Avance del año": [f["avance"] for f in filas],
        },
        column_config={"Nombre": st.column_config.TextColumn(width=260)},
        hide_index=True,
        alt="Cifras congeladas al cierre",
    )


def historia(periodo: Datos) -> None:
    """Los cierres y reaperturas del periodo, de la más nueva a la más vieja."""
    hechos = [(c["cerrado_en"], f"Cierre {c['numero']}", c["cerro"], c["motivo"]) for c in periodo["cierres"]]
    hechos += [(r["momento"], "Reapertura", r["cuenta"], r["motivo"]) for r in periodo["reaperturas"]]
    if len(hechos) < 2:
        return
    hechos.sort(key=lambda h: h[0], reverse=True)
    st.subheader("Su historia", anchor=False)
    st.dataframe(
        {
            "Cuándo": [fecha_hora(h[0]) for h in hechos],
            "Qué": [h[1] for h in hechos],
            "Quién": [h[2] for h in hechos],
            "Motivo": [h[3] or None for h in hechos],
        },
        hide_index=True,
        placeholder="—",
        alt="Cierres y reaperturas del periodo",
    )
