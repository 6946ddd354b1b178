"""La pantalla de cualquier registro: su lista o un encargo, con lo propio que cada página agrega."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.sesion import actor
from dashboard.ui import registro_evidencias, registro_ficha, registro_lista, registro_partes
from dashboard.ui.camino import elegir, pestanas
from dashboard.ui.descargas_registro import descargar
from dashboard.ui.direccion import entero
from dashboard.ui.enlaces import enlace, fijar_direccion
from dashboard.ui.texto import esc_md
from db.queries import encargos
from db.rules.encargos import Registro
from db.rules.permisos import puede

Datos = Mapping[str, Any]
Arriba = Callable[[Sequence[Datos]], None]
Propio = Callable[[Datos], None]


def dibujar(
    registro: Registro,
    *,
    columnas: Sequence[str] = (),
    arriba: Arriba | None = None,
    propio: Propio | None = None,
) -> None:
    """La lista del registro, o el encargo que trae la dirección.

    `arriba` recibe todos los encargos y dibuja lo que sólo ese registro resume; `propio` recibe uno.
    """
    fijar_direccion()
    if "encargo" in st.query_params:
        uno_solo(registro, propio)
        return
    todos = los_que_ve(registro)
    st.title(esc_md(registro_lista.titulo(registro, todos)), anchor=False)
    lista(registro, todos, columnas, arriba)


def los_que_ve(registro: Registro) -> list[dict[str, Any]]:
    """Los encargos del registro que la persona alcanza."""
    persona = actor()
    todos = ask(encargos.lista, registro=registro.clave)
    return [f for f in todos if puede(persona, registro.ver, registro_ficha.objeto(f))]


def dibujar_varios(partes: Mapping[str, Registro], propios: Mapping[str, Propio]) -> None:
    """Una pantalla con varios registros: el encargo que trae la dirección, o la lista de la parte elegida.

    `propios`, por registro, dibuja lo que sólo él lleva en uno.
    """
    fijar_direccion()
    if "encargo" in st.query_params:
        cual = ask(encargos.registro_de, encargo_id=entero("encargo") or 0)
        registro = next((r for r in partes.values() if r.clave == cual), next(iter(partes.values())))
        uno_solo(registro, propios.get(registro.clave))
        return
    titulo = st.empty()
    parte = pestanas("registro", {clave: r.nombre for clave, r in partes.items()})
    todos = los_que_ve(partes[parte])
    titulo.title(esc_md(registro_lista.titulo(partes[parte], todos)), anchor=False)
    lista(partes[parte], todos)


def lista(
    registro: Registro, todos: Sequence[Datos], columnas: Sequence[str] = (), arriba: Arriba | None = None
) -> None:
    """Lo que el registro resume, sus encargos, abrir otro y descargarlos."""
    if not todos:
        st.info(registro.que_es)
    else:
        if arriba:
            arriba(todos)
        cuales = elegir("cuales", "Cuáles", registro_lista.CUALES, "vivos")
        registro_lista.tabla(registro, registro_lista.elegidos(todos, cuales), columnas)
    registro_lista.abrir(registro, actor(), len(todos))
    descargar(registro, todos)


def uno_solo(registro: Registro, propio: Propio | None = None) -> None:
    """El encargo que trae la dirección, por partes."""
    persona, elegido = actor(), filtros()
    uno = ask(encargos.ficha, encargo_id=entero("encargo") or 0)
    if (
        uno is None
        or uno["registro"] != registro.clave
        or not puede(persona, registro.ver, registro_ficha.objeto(uno))
    ):
        st.title("No existe o no tiene permiso para verlo", anchor=False)
        enlace(registro.pagina, registro.nombre)
        return
    enlace(registro.pagina, registro.nombre)
    st.title(esc_md(f"{uno['folio']} {uno['titulo']}"), anchor=False)
    parte = pestanas("parte", _partes(registro, uno))
    if parte == "ficha":
        registro_ficha.encabezado(registro, uno)
        if propio:
            propio(uno)
        registro_ficha.datos(registro, uno)
        registro_ficha.toca(registro, uno)
        registro_ficha.mover(registro, uno, persona)
        registro_ficha.corregir(registro, uno, persona)
    elif parte == "pasos":
        registro_partes.pasos(registro, uno, persona)
    elif parte == "participan":
        registro_partes.participantes(registro, uno, persona)
    elif parte == "ligas":
        registro_partes.ligas(registro, uno, persona, elegido.anio)
    elif parte == "evidencias":
        registro_evidencias.seccion(registro, uno, persona)
    elif parte == "historia":
        registro_ficha.historia(uno, persona)
    else:
        registro_partes.detalle(registro, registro.detalle(parte), uno, persona)


def _partes(registro: Registro, uno: Datos) -> dict[str, str]:
    partes = {"ficha": "Ficha"}
    if registro.pasos:
        partes["pasos"] = f"{registro.pasos} ({len(uno['pasos'])})"
    partes |= {d.clave: f"{d.nombre} ({len(uno[d.clave])})" for d in registro.detalles}
    partes["participan"] = f"Participan ({len(uno['participantes'])})"
    if registro.ligas:
        partes["ligas"] = f"Plan ({len(uno['ligas'])})"
    partes["evidencias"] = f"Evidencias ({uno['evidencias']})"
    partes["historia"] = f"Historia ({len(uno['historia'])})"
    return partes
