"""Los trámites de una etapa del presupuesto: abrirla, fijar techos, firmar y cerrar."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formulario import Formulario
from dashboard.ui.texto import contar, esc_md
from dashboard.ui.vista_anteproyecto import FIRMA
from db.actions.anteproyecto import fijar_techos
from db.actions.anteproyecto_apertura import abrir_anteproyecto
from db.actions.anteproyecto_cierre import cerrar_etapa, firmar
from db.queries.anteproyecto import VIGENTE
from db.rules.anteproyecto import PAPELES, REVISO, VISTO_BUENO, leer_importe
from db.rules.formato import fecha_hora, moneda
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.texto import llave

Datos = Mapping[str, Any]

TOTAL = ""
CAPITULOS = tuple(f"{n}000" for n in range(1, 10))


def abrir(anio: int, ente_id: int) -> None:
    """El botón que abre el anteproyecto del año."""
    st.markdown(
        f"Al abrirlo, Tesorería fija los techos y cada dependencia captura sus partidas. Si {anio} aún no "
        f"tiene programas y proyectos, se copian los de {anio - 1}."
    )
    formulario = Formulario(f"abrir_{ente_id}_{anio}", 0)
    if st.button(f"Abrir el anteproyecto {anio}", type="primary", key=formulario.campo("abrir")):
        formulario.guardar(partial(_abrir, anio, ente_id), propios={}, actuales=dict)


def _abrir(anio: int, ente_id: int, session: Any, persona: Actor) -> None:
    abrir_anteproyecto(session, persona, anio=anio, ente_id=ente_id)


def techos(resumen: Datos, etapa: Datos) -> None:
    """Una tabla con el techo total de cada dependencia y, si se quiere, el de cada capítulo."""
    formulario = Formulario(f"techos_{etapa['id']}", resumen["huella_techos"])
    puestos = resumen["techos"]
    columnas = (TOTAL, *CAPITULOS)
    with st.form(formulario.nombre):
        st.markdown(
            "En pesos. Deje vacío lo que no tenga techo; los capítulos no pueden sumar más que el total."
        )
        tabla = st.data_editor(
            pd.DataFrame(
                [
                    {
                        "dependencia": f"{d['clave']} {d['nombre']}",
                        **{c: _escrito(puestos.get((d["id"], c))) for c in columnas},
                    }
                    for d in resumen["dependencias"]
                ],
                dtype="str",
            ),
            column_config={
                "dependencia": st.column_config.TextColumn("Dependencia", width=200, disabled=True),
                TOTAL: st.column_config.TextColumn("Techo total", width=130, alignment="right"),
                **{
                    c: st.column_config.TextColumn(f"Capítulo {c}", width=130, alignment="right")
                    for c in CAPITULOS
                },
            },
            hide_index=True,
            key=formulario.campo("tabla"),
            alt="Techos por dependencia y capítulo",
        )
        enviado = st.form_submit_button("Guardar techos", type="primary")
    if enviado:
        filas = tabla.to_dict("records")
        formulario.guardar(
            partial(_techar, resumen, etapa["id"], filas, formulario.version), propios={}, actuales=dict
        )


def _escrito(centavos: int | None) -> str:
    return "" if centavos is None else moneda(centavos).removeprefix("$")


def _techar(
    resumen: Datos,
    etapa_id: int,
    filas: Sequence[Mapping[Any, Any]],
    firma: str,
    session: Any,
    persona: Actor,
) -> None:
    pedidos: dict[tuple[int, str], int | None] = {}
    for dependencia, fila in zip(resumen["dependencias"], filas, strict=True):
        for capitulo in (TOTAL, *CAPITULOS):
            texto = "" if pd.isna(fila[capitulo]) else str(fila[capitulo])
            lugar = f"{dependencia['clave']}, {f'capítulo {capitulo}' if capitulo else 'techo total'}"
            pedidos[dependencia["id"], capitulo] = leer_importe(texto, lugar)
    fijar_techos(session, persona, etapa_id=etapa_id, techos=pedidos, firma=firma)


def firmas(datos: Datos, etapa: Datos, persona: Actor, titulares: Sequence[Datos]) -> None:
    """Las tres firmas con su vigencia y, si a la persona le toca la que sigue, su formulario."""
    st.markdown("\n".join(f"- {_firma(firma)}" for firma in datos["firmas"]))
    pendiente = next((f["papel"] for f in datos["firmas"] if f["vigencia"] != VIGENTE), None)
    if pendiente is None or etapa["estado"] != "abierta" or not datos["propuesto"]:
        return
    if not _le_toca(persona, etapa["ente_id"], datos["id"], pendiente):
        st.caption(f"Sigue «{pendiente}»: {PAPELES[pendiente]}.")
        return
    posibles = {t["id"]: t for t in titulares if pendiente != REVISO or t["dependencia_id"] == datos["id"]}
    if not posibles:
        st.info("No hay titular en funciones registrado para firmar. Pida a planeación que lo registre.")
        return
    formulario = Formulario(f"firma_{etapa['id']}_{datos['id']}_{pendiente}", datos["huella"])
    with st.form(formulario.nombre):
        titular_id = st.selectbox(
            f"{pendiente}: {PAPELES[pendiente]}",
            list(posibles),
            _quien(list(posibles.values()), pendiente),
            key=formulario.campo("titular"),
            format_func=lambda cual: f"{posibles[cual]['nombre']}, {posibles[cual]['cargo']}",
        )
        st.caption(
            f"Firma {esc_md(moneda(datos['propuesto']))} con la huella {datos['huella'][:12]}. Si alguien "
            "cambia esas partidas, la firma deja de valer."
        )
        enviado = st.form_submit_button(f"Firmar «{pendiente}»", type="primary")
    if enviado:
        cambio = partial(_firmar, etapa["id"], datos["id"], pendiente, titular_id, str(formulario.version))
        formulario.guardar(cambio, propios={}, actuales=dict)


def _quien(posibles: Sequence[Datos], papel: str) -> int:
    """Posición del titular que parece tocarle: el de Tesorería o el de la unidad de planeación."""
    palabra = "tesorer" if papel == VISTO_BUENO else "unidad de informacion"
    return next((n for n, t in enumerate(posibles) if palabra in llave(t["cargo"])), 0)


def _le_toca(persona: Actor, ente_id: int, general_id: int, papel: str) -> bool:
    suyo = Objeto(ente_id, frozenset({general_id}))
    if papel == VISTO_BUENO:
        return puede(persona, Accion.FIJAR_TECHOS, suyo)
    captura = puede(persona, Accion.EDITAR_ANTEPROYECTO, suyo)
    return captura and (papel == REVISO or puede(persona, Accion.CERRAR_ETAPA, suyo))


def _firma(firma: Datos) -> str:
    estado = f"**{firma['papel']}** ({firma['quien']}): {FIRMA[firma['vigencia']]}"
    if "nombre" not in firma:
        return estado
    quien = f"{firma['nombre']}, {firma['cargo']}, con la cuenta {firma['cuenta']}"
    return f"{estado} · {esc_md(quien)} · {fecha_hora(firma['firmado_en'])} · huella {firma['huella'][:12]}"


def _firmar(
    etapa_id: int, general_id: int, papel: str, titular_id: int, huella: str, session: Any, persona: Actor
) -> None:
    firmar(
        session,
        persona,
        etapa_id=etapa_id,
        dependencia_id=general_id,
        papel=papel,
        titular_id=titular_id,
        huella=huella,
    )


def cerrar(etapa: Datos, resumen: Datos, graves: int) -> None:
    """Qué falta para cerrar, por qué se cerraría así y el botón que congela la etapa."""
    sin_firmar = [d["clave"] for d in resumen["dependencias"] if not d["firmada"]]
    if graves or sin_firmar:
        faltas = contar(graves, "comprobación grave", "comprobaciones graves")
        st.warning(
            f"Sin cumplir: {faltas}. Sin sus tres firmas: {len(sin_firmar):,} de "
            f"{len(resumen['dependencias']):,} dependencias. Para cerrar así hay que escribir por qué."
        )
    else:
        st.success("Todo se cumple y todas las dependencias firmaron.")
    formulario = Formulario(f"cerrar_{etapa['id']}", resumen["huella"])
    with st.form(formulario.nombre):
        motivo = st.text_area("Por qué se cierra con faltas", key=formulario.campo("motivo"), max_chars=500)
        formulario.error("motivo")
        st.caption("Cerrada, nadie la cambia: ni por pantalla, ni por archivo, ni deshaciendo una carga.")
        enviado = st.form_submit_button(f"Cerrar {etapa['nombre'].lower()} {etapa['anio']}", type="primary")
    if enviado:
        cambio = partial(_cerrar, etapa["id"], str(formulario.version), motivo)
        formulario.guardar(cambio, propios={"Motivo": motivo}, actuales=dict)


def _cerrar(etapa_id: int, huella: str, motivo: str, session: Any, persona: Actor) -> None:
    cerrar_etapa(session, persona, etapa_id=etapa_id, huella=huella, motivo=motivo)
