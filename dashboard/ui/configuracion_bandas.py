"""Las bandas del semáforo de un ejercicio, en Configuración."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions import ejercicio as acciones
from db.queries import configuracion
from db.rules.banda import CINCO_NIVELES, GENERAL, Banda
from db.rules.estado import DE_BANDA, PRESENTACION, Estado
from db.rules.formato import leer_numero, numero
from db.rules.problema import Problema
from db.rules.texto import llave

JUEGOS = {"Las que están en la tabla": None, "Generales (cuatro)": GENERAL, "Cinco niveles": CINCO_NIVELES}
EQUIVALE = {PRESENTACION[estado].palabra: estado for estado in DE_BANDA}


def _limite(texto: Any) -> Decimal | None:
    limpio = str(texto or "").strip().removesuffix("%").strip()
    if not limpio or limpio == "nan":
        return None
    try:
        return leer_numero(limpio)
    except ValueError as error:
        raise Problema(
            f"«{limpio}» no es un límite.", "Escriba un número como 90.", campo="bandas"
        ) from error


def _como_banda(fila: dict[Any, Any]) -> Banda:
    palabra = str(fila["palabra"] or "")
    equivale = EQUIVALE.get(str(fila["equivale"]))
    if equivale is None:
        raise Problema(f"Falta decir a qué equivale «{palabra}».", "Elíjalo en la tabla.", campo="bandas")
    # El código de una banda ya guardada no cambia aunque se le cambie la palabra: lo citan los históricos.
    codigo = str(fila["codigo"] or "") or llave(palabra).replace(" ", "_")
    return Banda(
        codigo,
        palabra,
        str(fila["icono"] or ""),
        str(fila["color"] or ""),
        _limite(fila["inferior"]),
        _limite(fila["superior"]),
        equivale,
    )


def _en_tabla(filas: list[dict[str, Any]]) -> pd.DataFrame:
    def texto(valor: Decimal | None) -> str:
        return "" if valor is None else numero(valor)

    return pd.DataFrame(
        [
            {
                "codigo": fila["codigo"],
                "palabra": fila["palabra"],
                "icono": fila["icono"],
                "color": fila["color"],
                "inferior": texto(fila["inferior"]),
                "superior": texto(fila["superior"]),
                "equivale": PRESENTACION[Estado(fila["equivale"])].palabra,
            }
            for fila in filas
        ],
        columns=["codigo", "palabra", "icono", "color", "inferior", "superior", "equivale"],
    )


def _resumen(filas: list[dict[str, Any]]) -> str:
    return " · ".join(
        f"{fila['icono']} {fila['palabra']} ({fila['inferior'] or '…'} a {fila['superior'] or '…'})"
        for fila in _en_tabla(filas).to_dict("records")
    )


def bandas(anio: int) -> None:
    """La tabla de bandas de un ejercicio, o un juego de los que trae el sistema."""
    dato = ask(configuracion.bandas, anio=anio)
    st.write(
        "Cada banda empieza donde termina la anterior, en porcentaje de cumplimiento. La frontera pertenece "
        "al lado mejor. Deje vacío el primer límite inferior y el último superior."
    )
    formulario = Formulario(f"bandas_{anio}", dato["firma"])
    with st.form(formulario.nombre):
        tabla = st.data_editor(
            _en_tabla(dato["filas"]),
            num_rows="dynamic",
            hide_index=True,
            key=formulario.campo("tabla"),
            column_config={
                "codigo": None,
                "palabra": st.column_config.TextColumn("Palabra", required=True),
                "icono": st.column_config.TextColumn("Icono", required=True, width="small"),
                "color": st.column_config.TextColumn("Color", required=True, width="small"),
                "inferior": st.column_config.TextColumn("Desde (%)", width="small"),
                "superior": st.column_config.TextColumn("Hasta (%)", width="small"),
                "equivale": st.column_config.SelectboxColumn("Cuenta como", options=list(EQUIVALE)),
            },
        )
        formulario.error("bandas")
        juego = st.selectbox("Qué bandas guardar", list(JUEGOS), key=formulario.campo("juego"))
        enviado = st.form_submit_button("Guardar bandas", type="primary")
    if not enviado:
        return
    listo = JUEGOS[juego]

    def cambiar(session: Any, persona: Any) -> None:
        nuevas = listo or tuple(_como_banda(fila) for fila in tabla.to_dict("records"))
        acciones.guardar_bandas(session, persona, anio=anio, firma=formulario.version, bandas=nuevas)

    formulario.guardar(
        cambiar,
        propios={"Bandas": juego if listo else " · ".join(map(str, tabla["palabra"]))},
        actuales=lambda: {"Bandas": _resumen(ask(configuracion.bandas, anio=anio)["filas"])},
    )
