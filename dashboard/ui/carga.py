"""Lo que dibuja la página Importar. Todo texto de archivos o personas va escapado o en una tabla."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.imports.carga import Informe, Preparada, confirmar, preparar
from dashboard.imports.formato import Contexto, Formato
from dashboard.imports.plantilla import libro_de_problemas, plantilla
from dashboard.imports.trabajo import Trabajo
from dashboard.ui.texto import esc_md
from db.engine import reading
from db.queries.usuarios import en_utc
from db.rules.formato import fecha_hora
from db.rules.permisos import Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSIONES = ["csv", "xlsx", "ods"]
ESTADO = "_importar"
DEL_ARCHIVO = "El que diga el archivo"


def estado() -> dict[str, Any]:
    """Lo que esta sesión lleva hecho: trabajo en curso, archivo revisado, informe o problema."""
    inicial: dict[str, Any] = {"trabajo": None, "preparada": None, "informe": None, "problema": "", "vez": 0}
    guardado: dict[str, Any] = st.session_state.setdefault(ESTADO, inicial)
    return guardado


def recoger(actual: dict[str, Any]) -> None:
    """Pasa el resultado del trabajo terminado a donde toca; uno en curso se queda."""
    trabajo: Trabajo | None = actual["trabajo"]
    if trabajo is None or not trabajo.terminado:
        return
    actual["trabajo"] = None
    actual["problema"] = trabajo.problema
    if isinstance(trabajo.resultado, Preparada):
        actual["preparada"] = trabajo.resultado
    elif isinstance(trabajo.resultado, Informe):
        actual |= {"informe": trabajo.resultado, "preparada": None, "vez": actual["vez"] + 1}


@st.fragment(run_every=0.5)
def progreso(trabajo: Trabajo) -> None:
    """Cuánto lleva el trabajo; al terminar vuelve a correr la página."""
    if trabajo.terminado:
        st.rerun(scope="app")
    st.progress(trabajo.parte, trabajo.que)


def presentar(formato: Formato) -> None:
    """Para qué sirve el formato y su plantilla."""
    st.markdown(esc_md(formato.para_que.replace("\n", " ")))
    st.download_button(
        "Descargar plantilla",
        lambda: _plantilla(formato),
        file_name=f"plantilla_{formato.nombre}.xlsx",
        mime=XLSX,
        icon=":material/download:",
    )


def _plantilla(formato: Formato) -> bytes:
    with reading() as session:
        columnas = formato.columnas_de(session) if formato.columnas_de else formato.columnas
    return plantilla(formato, columnas)


def revisar(formato: Formato, archivo: Any, contexto: Contexto) -> None:
    """Empieza a revisar el archivo subido."""
    # Se nombra sin el del usuario: sólo sirve mientras se lee.
    with tempfile.NamedTemporaryFile(prefix="siem-", delete=False) as copia:
        copia.write(archivo.getvalue())
    ruta = Path(copia.name)

    def tarea(al_avanzar: Any) -> Preparada:
        try:
            return preparar(formato, ruta, contexto.archivo, contexto, al_avanzar)
        finally:
            ruta.unlink(missing_ok=True)

    estado().update(trabajo=Trabajo("revisar", tarea), preparada=None, informe=None, problema="")


def guardar(preparada: Preparada, actor: Actor, motivo: str) -> None:
    """Empieza a guardar; repetirlo con la misma preparada no guarda dos veces."""
    trabajo = Trabajo("guardar", lambda al_avanzar: confirmar(preparada, actor, al_avanzar, motivo))
    estado().update(trabajo=trabajo)


def mostrar_revision(preparada: Preparada) -> None:
    """Problemas, avisos, totales y lo que cambiaría."""
    if previa := preparada.ya_cargado:
        cuando = fecha_hora(en_utc(previa["cargada_en"]))
        st.info(f"Este archivo ya se cargó el {cuando} por {esc_md(previa['autor'])}.")
    revision = preparada.revision
    if revision.problemas:
        _problemas(preparada)
    for titulo, lineas in (("Se supuso", revision.defectos), ("Avisos", revision.avisos)):
        if lineas:
            st.markdown(f"**{titulo}**\n\n" + "\n".join(f"- {esc_md(linea)}" for linea in lineas))
    if revision.totales:
        conceptos, totales = zip(*revision.totales, strict=True)
        st.dataframe({"En el archivo": conceptos, "Total": totales}, hide_index=True, width="content")
    with st.expander("Columnas reconocidas"):
        titulos = preparada.lectura.titulos
        st.dataframe(
            {
                "Columna de la hoja": [preparada.lectura.letras[campo] for campo in titulos],
                "Encabezado": list(titulos.values()),
                "Se lee como": list(titulos),
            },
            hide_index=True,
        )


def _problemas(preparada: Preparada) -> None:
    problemas = preparada.revision.problemas
    graves = len(preparada.revision.graves)
    if graves:
        cosas = "un problema" if graves == 1 else f"{graves:,} problemas"
        st.error(f"No se puede cargar: hay {cosas} por corregir. No se guardó nada.")
    else:
        st.warning("Hay observaciones. Puede guardar si escribe por qué las acepta.")
    st.dataframe(
        {
            "Hoja": [p.hoja for p in problemas],
            "Celda": [p.celda for p in problemas],
            "Valor": [p.valor for p in problemas],
            "Regla": [p.regla for p in problemas],
            "Cómo se arregla": [p.remedio for p in problemas],
        },
        hide_index=True,
        alt="Problemas del archivo",
    )
    st.download_button(
        "Descargar la lista",
        lambda: libro_de_problemas(problemas),
        file_name="problemas.xlsx",
        mime=XLSX,
        icon=":material/download:",
    )


def que_cambia(preparada: Preparada) -> str:
    """Lo que guardar movería, en una frase."""
    cuenta = preparada.cuenta
    if not cuenta.mueve_algo:
        return "Todo lo del archivo ya está guardado: no hay nada que cambiar."
    partes = [
        f"{total:,} {que}"
        for total, que in (
            (cuenta.nuevas, "que se agregan"),
            (cuenta.cambian, "que cambian"),
            (cuenta.desaparecen, "que se dan de baja"),
        )
        if total
    ]
    leidas = f"{cuenta.leidas:,} renglones leídos; {cuenta.sin_cambio:,} sin cambio"
    return f"{leidas}. En la base: {', '.join(partes) or 'sólo se actualiza'}."


def mostrar_informe(informe: Informe) -> None:
    """El desenlace de una carga."""
    if informe.carga_id is None:
        st.info("No había nada que cambiar; no se guardó nada.")
        return
    st.success(
        f"Guardado: {informe.guardadas:,} de {informe.leidas:,} renglones de {esc_md(informe.archivo)} "
        f"(carga {informe.carga_id})."
    )


def tabla_de_cargas(cargas: Sequence[dict[str, Any]], titulos: dict[str, str]) -> dict[str, list[Any]]:
    """Las cargas como columnas para la pantalla."""
    return {
        "Carga": [c["id"] for c in cargas],
        "Formato": [titulos.get(c["formato"], c["formato"]) for c in cargas],
        "Archivo": [c["archivo"] for c in cargas],
        "Ejercicio": [str(c["anio"] or "") for c in cargas],
        "Cuándo": [fecha_hora(en_utc(c["cargada_en"])) for c in cargas],
        "Quién": [c["autor"] for c in cargas],
        "Guardados": [c["guardadas"] for c in cargas],
        "Estado": ["vigente" if c["estado"] == "vigente" else f"deshecha por {c['deshizo']}" for c in cargas],
    }
