"""Las evidencias de lo que se captura: la lista con sus descargas, subir más y ligar las ya subidas.

El nombre de un archivo es texto de una persona: se muestra tal cual, nunca como Markdown.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.evidencias.limpiar import limpiar
from dashboard.formulario import Formulario
from dashboard.gate.evidencia import RUTA
from dashboard.sesion import actor
from dashboard.ui.cambio_evidencia import cambiar, elegir, pedir_clasificacion, sigue_abierto
from dashboard.ui.texto import contar, esc_md
from db.actions.almacen import depositar
from db.actions.evidencias import guardar, ligar
from db.models.captura import ClaseItem
from db.models.evidencias import Clasificacion
from db.queries import evidencias
from db.rules.evidencias import (
    PALABRA_CLASIFICACION,
    PALABRA_TIPO,
    TIPOS,
    Archivo,
    alcanza,
    tamano_en_palabras,
)
from db.rules.formato import fecha_hora, mes_anio
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

Datos = Mapping[str, Any]

MAXIMO_MB = 15
AVISO = (
    "PDF, fotos (JPG, PNG, WEBP), Excel o Word, hasta 15 MB. A las fotos se les quitan el lugar y los datos "
    "de la cámara. Si se ven personas, menores o una lista de beneficiarios, clasifíquela como confidencial."
)


def seccion(persona: Actor, anio: int, mes: int, items: Sequence[Datos], otros: Sequence[Datos] = ()) -> None:
    """Un cajón con las evidencias de `items` en el periodo; `otros` son los demás que también podría probar.

    Cada uno trae clase, id, nombre y `evidencias` (cuántas hay): cerrado no pregunta nada. Quien no puede
    ver evidencias no ve el cajón.
    """
    if not puede(persona, Accion.VER_EVIDENCIAS):
        return
    cuales = pares(items)
    nombre = f"evidencias_{anio}_{mes}_" + "_".join(f"{clase}{cual}" for clase, cual in cuales)
    titulo = rotulo(sum(i["evidencias"] for i in items))
    abierto = st.session_state.get(sigue_abierto(nombre), False)
    cajon = st.expander(titulo, abierto, key=nombre, on_change="rerun", icon=":material/attach_file:")
    if not cajon.open:
        return
    filas = [f for f in ask(evidencias.de_items, anio=anio, mes=mes, items=cuales) if alcanza(persona, f)]
    vigentes = [f for f in filas if not f["retirada"]]
    with cajon:
        lista(filas)
        if _puede_subir(persona, cuales):
            formulario = Formulario(nombre, 0)
            subir(formulario, anio, mes, items, otros)
            _ligar(formulario, persona, anio, mes, items, otros, vigentes)
            cambiar(formulario, vigentes)


def en_ficha(clase: str, item_id: int, anio: int) -> None:
    """Las evidencias de una meta o indicador en todo el ejercicio, para su ficha; sólo las que alcanza."""
    persona = actor()
    if not puede(persona, Accion.VER_EVIDENCIAS):
        return
    items = ((ClaseItem(clase), item_id),)
    filas = [f for f in ask(evidencias.de_items, anio=anio, mes=None, items=items) if alcanza(persona, f)]
    if not filas:
        return
    vigentes = sum(not f["retirada"] for f in filas)
    cajon = st.expander(rotulo(vigentes), key=f"evidencias_{clase}_{item_id}", icon=":material/attach_file:")
    with cajon:
        por_mes = {mes: [f for f in filas if _prueba(f, clase, item_id, mes)] for mes in range(12, 0, -1)}
        for mes, suyas in por_mes.items():
            if suyas:
                st.markdown(f"**{mes_anio(anio, mes).capitalize()}**\n\n{_puntos(suyas)}")


def _prueba(f: Datos, clase: str, item_id: int, mes: int) -> bool:
    return any((p["clase"], p["id"], p["mes"]) == (clase, item_id, mes) for p in f["prueba"])


def rotulo(cuantas: int) -> str:
    """«Evidencias: dos archivos», o que falta."""
    return f"Evidencias: {contar(cuantas, 'archivo', 'archivos', False)}"


def _puede_subir(persona: Actor, cuales: Sequence[tuple[str, int]]) -> bool:
    suyos = ask(evidencias.de_quien, items=tuple(cuales))
    return len(suyos) == len(cuales) and all(
        puede(persona, Accion.SUBIR_EVIDENCIAS, Objeto(ente, frozenset(areas))) for ente, areas in suyos
    )


def lista(filas: Sequence[Datos]) -> None:
    """Cada archivo con su liga de descarga, su clasificación y quién lo subió; lo retirado, con su razón."""
    if not filas:
        st.caption("Todavía no hay ninguna.")
        return
    st.markdown(_puntos(filas))


def _puntos(filas: Sequence[Datos]) -> str:
    return "\n".join(f"- {_en_md(f)}" for f in filas)


def _en_md(f: Datos) -> str:
    icono, palabra = PALABRA_CLASIFICACION[f["clasificacion"]]
    detalle = f"{PALABRA_TIPO[f['tipo']]} de {tamano_en_palabras(f['tamano'])} · {icono} {palabra}"
    quien = esc_md(f"la subió {f['subio']} el {fecha_hora(f['subida_en'])}")
    if f["retirada"]:
        return f"~~{esc_md(f['nombre'])}~~ · ✖ Retirada: {esc_md(f['motivo'])}"
    tambien = f" · prueba {contar(len(f['prueba']), 'resultado', 'resultados', False)}"
    pie = f" · {esc_md(f['pie'])}" if f.get("pie") else ""
    return f"[{esc_md(f['nombre'])}]({RUTA}{f['id']}){pie} · {detalle} · {quien}" + (
        tambien if len(f["prueba"]) > 1 else ""
    )


def subir(
    formulario: Formulario, anio: int, mes: int, items: Sequence[Datos], otros: Sequence[Datos]
) -> None:
    """Los archivos, su clasificación y qué más prueban; entran todos o ninguno."""
    subidos = st.file_uploader(
        "Agregar evidencias",
        type=list(TIPOS),
        accept_multiple_files=True,
        key=formulario.campo("archivo"),
        max_upload_size=MAXIMO_MB,
        help=AVISO,
    )
    formulario.error("archivo")
    if not subidos:
        return
    clasificacion = pedir_clasificacion(formulario, Clasificacion.PUBLICA)
    st.caption(AVISO)
    mas = _tambien(formulario, otros)
    formulario.error("prueba")
    rotulo_del_boton = "Guardar evidencia" if len(subidos) == 1 else f"Guardar {len(subidos)} evidencias"
    if st.button(rotulo_del_boton, type="primary", key=formulario.campo("guardar")):
        st.session_state[sigue_abierto(formulario.nombre)] = True
        archivos = _revisados(subidos)
        cambio = partial(_guardar, archivos, [*items, *mas], anio, mes, clasificacion)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _tambien(formulario: Formulario, otros: Sequence[Datos]) -> list[Datos]:
    """Los demás resultados que el mismo archivo prueba."""
    por_llave = {f"{ClaseItem(o['clase']).value}-{o['id']}": o for o in otros}
    if not por_llave:
        return []
    elegidos = st.multiselect(
        "También prueba",
        list(por_llave),
        key=formulario.campo("otros"),
        format_func=lambda cual: str(por_llave[cual]["nombre"]),
        placeholder="Elija otros resultados",
    )
    return [por_llave[cual] for cual in elegidos]


def _revisados(subidos: Sequence[Any]) -> list[Archivo] | Problema:
    """Los archivos limpios, o por qué no se acepta el primero que no pasa.

    Se revisan y se escriben antes de abrir la transacción, que debe ser corta: mientras dura, nadie guarda.
    """
    limpios = []
    for subido in subidos:
        try:
            limpio = limpiar(subido.name, subido.getvalue())
            depositar(limpio.contenido)
            limpios.append(limpio)
        except Problema as problema:
            return Problema(f"«{subido.name}»: {problema.mensaje}", problema.remedio, problema.campo)
    return limpios


def pares(items: Sequence[Datos]) -> tuple[tuple[ClaseItem, int], ...]:
    """(clase, id) de cada cosa."""
    return tuple((ClaseItem(i["clase"]), int(i["id"])) for i in items)


def _guardar(
    archivos: list[Archivo] | Problema,
    items: Sequence[Datos],
    anio: int,
    mes: int,
    clasificacion: Clasificacion,
    session: Session,
    persona: Actor,
) -> None:
    if isinstance(archivos, Problema):
        raise archivos
    for archivo in archivos:
        guardar(
            session,
            persona,
            archivo=archivo,
            items=pares(items),
            anio=anio,
            mes=mes,
            clasificacion=clasificacion,
        )


def _ligar(
    formulario: Formulario,
    persona: Actor,
    anio: int,
    mes: int,
    items: Sequence[Datos],
    otros: Sequence[Datos],
    suyas: Sequence[Datos],
) -> None:
    """Un archivo que ya se subió para otro resultado del área también prueba éste."""
    cuales = pares(otros)
    ya = {f["id"] for f in suyas}
    candidatas = [
        f
        for f in (ask(evidencias.de_items, anio=anio, mes=mes, items=cuales) if cuales else [])
        if f["id"] not in ya and not f["retirada"] and alcanza(persona, f)
    ]
    if not candidatas:
        return
    elegida = elegir(formulario, "existente", "Usar una que ya subió", candidatas)
    if elegida and st.button("También prueba esto", key=formulario.campo("ligar")):
        st.session_state[sigue_abierto(formulario.nombre)] = True
        formulario.guardar(partial(_al_ligar, elegida["id"], items, anio, mes), propios={}, actuales=dict)


def _al_ligar(
    cual: int, items: Sequence[Datos], anio: int, mes: int, session: Session, persona: Actor
) -> None:
    ligar(session, persona, evidencia_id=cual, items=pares(items), anio=anio, mes=mes)
