"""Capturar sin señal: bajar el libro del área y periodo, y subirlo lleno; lo bueno queda como borrador."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario, reabrir
from dashboard.imports.captura import Vuelta, leer_libro, libro
from dashboard.ui.grupos_captura import nombre_de
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.actions.borradores import guardar_borrador
from db.audit import SOLO_BITACORA
from db.engine import writing
from db.queries.captura import llave_de_borrador
from db.rules.permisos import Actor
from db.rules.problema import Problema

Item = Mapping[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAXIMO_MB = 5


def dibujar(
    persona: Actor, formulario: Formulario, lista: Sequence[Item], anio: int, mes: int, area: int, nombre: str
) -> None:
    """El cajón, cerrado hasta que se abra."""
    cajon = st.expander("Llenar en Excel, sin conexión", key="captura_libro", on_change="rerun")
    if not cajon.open or persona.usuario_id is None:
        return
    resultado = f"_captura_libro_{anio}_{mes}_{area}"
    with cajon:
        st.download_button(
            "Descargar el libro",
            partial(libro, lista, anio, mes, area, nombre),
            file_name=f"captura_{anio}_{mes:02d}_{area}.xlsx",
            mime=XLSX,
            on_click="ignore",
        )
        subido = st.file_uploader(
            "Subir el libro lleno", type=["xlsx"], max_upload_size=MAXIMO_MB, key=formulario.campo("libro")
        )
        if subido is not None and st.button("Leer el libro", type="primary"):
            try:
                vuelta = _leer(subido.name, subido.getvalue(), lista, anio, mes, area)
            except Problema as problema:
                st.error(esc_md(problema))
                return
            _guardar(persona, vuelta, lista, anio, mes)
            st.session_state[resultado] = vuelta
            reabrir(formulario.nombre)
            st.rerun()
        if (hecha := st.session_state.get(resultado)) is not None:
            _informe(hecha, lista, anio, mes, area, nombre)


def _leer(archivo: str, contenido: bytes, lista: Sequence[Item], anio: int, mes: int, area: int) -> Vuelta:
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "captura.xlsx"
        ruta.write_bytes(contenido)
        return leer_libro(ruta, archivo, lista, anio, mes, area)


def _guardar(persona: Actor, vuelta: Vuelta, lista: Sequence[Item], anio: int, mes: int) -> None:
    """Los renglones buenos, como borrador: nadie más los ve hasta que se envíen."""
    de = {nombre_de(item): item for item in lista}
    with writing(persona) as session:
        session.info[SOLO_BITACORA] = True
        for cual, escrito in vuelta.escritos.items():
            llave = llave_de_borrador(anio, mes, de[cual]["clase"], de[cual]["id"])
            guardar_borrador(session, persona.usuario_id or 0, llave, escrito)


def _informe(vuelta: Vuelta, lista: Sequence[Item], anio: int, mes: int, area: int, nombre: str) -> None:
    buenos = len(vuelta.escritos)
    dicho = mayuscula(contar(buenos, "resultado quedó", "resultados quedaron", False))
    st.success(f"{dicho} en borrador: revíselos y envíelos aquí.")
    if aparte := vuelta.faltas.get(""):
        st.warning(esc_md(aparte))
    malos = sum(bool(clave) for clave in vuelta.faltas)
    if malos:
        st.error(
            f"{mayuscula(contar(malos, 'renglón', 'renglones', False))} por corregir: bájelo con su razón."
        )
        st.download_button(
            "Descargar con lo que hay que corregir",
            partial(libro, lista, anio, mes, area, nombre, vuelta),
            file_name=f"corregir_{anio}_{mes:02d}_{area}.xlsx",
            mime=XLSX,
            on_click="ignore",
        )
