"""Los formularios del programa de evaluación: su publicación, las evaluaciones y sus recomendaciones."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha, leer_importe
from db.actions import pae as acciones
from db.actions.pae import DatosAsm, DatosEvaluacion
from db.queries.pae import opciones
from db.rules.formato import fecha, moneda
from db.rules.pae import CLASES, ESTADOS_EVALUACION, PRIORIDADES, TIPOS
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

DIA = "dd/mm/aaaa"


def del_anio(anio: int, datos: Datos) -> None:
    """Publicar el programa y agregarle una evaluación."""
    nueva = st.expander("Programar una evaluación", key="nueva_evaluacion", on_change="rerun")
    if nueva.open:
        with nueva:
            _evaluacion(anio, None)
    publica = st.expander("Publicación del programa", key="publicar_pae", on_change="rerun")
    if publica.open:
        with publica:
            _publicacion(anio, datos["pae"])


def de_una(una: Datos) -> None:
    """Corregir la evaluación y agregarle una recomendación."""
    nueva = st.expander("Registrar una recomendación", key="nuevo_asm", on_change="rerun")
    if nueva.open:
        with nueva:
            _recomendacion(una)
    corrige = st.expander("Corregir la evaluación", key="corregir_evaluacion", on_change="rerun")
    if corrige.open:
        with corrige:
            _evaluacion(una["anio"], una)


def _publicacion(anio: int, programa: Datos | None) -> None:
    formulario = Formulario(f"pae_{anio}", programa["version"] if programa else 0)
    previa = programa["publicado_en"] if programa else None
    with st.form(formulario.nombre):
        cuando = st.text_input(
            "Se publicó el", fecha(previa) if previa else "", key=formulario.campo("dia"), placeholder=DIA
        )
        formulario.error("publicado_en")
        medio = st.text_input("Dónde", programa["medio"] if programa else "", key=formulario.campo("medio"))
        fundamento = st.text_area(
            "Fundamento", programa["fundamento"] if programa else "", key=formulario.campo("fundamento")
        )
        enviado = st.form_submit_button("Guardar la publicación", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.guardar_pae(
                session,
                actor,
                anio=anio,
                version=formulario.version,
                fundamento=fundamento,
                publicado_en=leer_fecha(cuando, "publicado_en"),
                medio=medio,
            )

        formulario.guardar(guardar, propios={}, actuales=dict)


def _evaluacion(anio: int, una: Datos | None) -> None:
    elegibles = ask(opciones, anio=anio)
    formulario = Formulario(f"evaluacion_{una['id'] if una else 'nueva'}", una["version"] if una else 0)
    previo: Datos = una or {}
    with st.form(formulario.nombre):
        escrito: dict[str, Any] = {
            "nombre": _texto(formulario, "nombre", "Nombre", previo),
            "tipo": _opcion(formulario, "tipo", "Tipo", TIPOS, previo.get("tipo", "desempeno")),
            "dependencia_id": _opcion(
                formulario,
                "dependencia_id",
                "Unidad responsable de lo evaluado",
                elegibles["dependencias"],
                previo.get("dependencia_id"),
            ),
            "programa_id": _opcion(
                formulario, "programa_id", "Programa", elegibles["programas"], previo.get("programa_id")
            ),
            "externa": st.checkbox("Externa", previo.get("externa", False), key=formulario.campo("externa")),
            "evaluador": _texto(formulario, "evaluador", "Quién evalúa", previo),
        }
        for campo, rotulo in (("inicio", "Empieza"), ("fin", "Termina")):
            escrito[campo] = _dia(formulario, campo, rotulo, previo)
        escrito["costo"] = st.text_input(
            "Costo, en pesos", moneda(previo.get("costo", 0)), key=formulario.campo("costo")
        )
        formulario.error("costo")
        escrito["estado"] = _opcion(
            formulario, "estado", "Estado", ESTADOS_EVALUACION, previo.get("estado", "programada")
        )
        for campo, rotulo in (("concluida_en", "Concluyó"), ("difundida_en", "Se difundió")):
            escrito[campo] = _dia(formulario, campo, rotulo, previo)
        for campo, rotulo in (
            ("objetivo", "Objetivo"),
            ("hallazgos", "Hallazgos"),
            ("motivo", "Motivo, si se canceló"),
        ):
            escrito[campo] = st.text_area(rotulo, previo.get(campo, ""), key=formulario.campo(campo))
            formulario.error(campo)
        enviado = st.form_submit_button(
            "Corregir la evaluación" if una else "Programar la evaluación", type="primary"
        )
    if enviado:
        cambio = partial(_guardar_evaluacion, anio, una, escrito, formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)


def _texto(formulario: Formulario, campo: str, rotulo: str, previo: Datos) -> str:
    escrito: str = st.text_input(rotulo, previo.get(campo, ""), key=formulario.campo(campo))
    formulario.error(campo)
    return escrito


def _dia(formulario: Formulario, campo: str, rotulo: str, previo: Datos) -> str:
    antes = previo.get(campo)
    escrito: str = st.text_input(
        rotulo, fecha(antes) if antes else "", key=formulario.campo(campo), placeholder=DIA
    )
    formulario.error(campo)
    return escrito


def _opcion(
    formulario: Formulario, campo: str, rotulo: str, elegibles: Mapping[Any, str], previo: Any
) -> Any:
    """Una lista con lo guardado ya elegido; vacía si no hay nada guardado."""
    lista = list(elegibles)
    elegido = st.selectbox(
        rotulo,
        lista,
        index=lista.index(previo) if previo in elegibles else None,
        placeholder="Elija",
        key=formulario.campo(campo),
        format_func=lambda cual: elegibles[cual],
    )
    formulario.error(campo.removesuffix("_id"))
    return elegido


def _guardar_evaluacion(
    anio: int, una: Datos | None, escrito: Datos, version: int, session: Session, actor: Actor
) -> None:
    if escrito["dependencia_id"] is None:
        raise Problema("Falta la unidad responsable.", "Elíjala.", "dependencia")
    fechas = {c: leer_fecha(escrito[c], c) for c in ("inicio", "fin", "concluida_en", "difundida_en")}
    inicio, fin = fechas["inicio"], fechas["fin"]
    if inicio is None or fin is None:
        raise Problema("Faltan las fechas.", f"Escríbalas como {DIA}.", "inicio" if inicio is None else "fin")
    datos = DatosEvaluacion(
        **{
            **escrito,
            **fechas,
            "inicio": inicio,
            "fin": fin,
            "costo": leer_importe(escrito["costo"], "costo") or 0,
        }
    )
    if una is None:
        acciones.registrar_evaluacion(session, actor, anio=anio, datos=datos)
    else:
        acciones.corregir_evaluacion(session, actor, una["id"], version=version, datos=datos)


def _recomendacion(una: Datos) -> None:
    formulario = Formulario(f"recomendacion_{una['id']}", len(una["aspectos"]))
    elegibles = ask(opciones, anio=una["anio"])
    with st.form(formulario.nombre):
        texto = st.text_area("Recomendación", key=formulario.campo("recomendacion"))
        formulario.error("recomendacion")
        clase = _opcion(formulario, "clase", "Quién puede resolverla", CLASES, "especifico")
        prioridad = _opcion(formulario, "prioridad", "Prioridad", PRIORIDADES, "media")
        indicador = _opcion(
            formulario, "indicador_id", "Indicador en que debe verse", elegibles["indicadores"], None
        )
        enviado = st.form_submit_button("Registrar la recomendación", type="primary")
    if enviado:
        datos = DatosAsm(texto, clase, prioridad, indicador_id=indicador)
        formulario.guardar(partial(_nueva_recomendacion, una["id"], datos), propios={}, actuales=dict)


def _nueva_recomendacion(evaluacion_id: int, datos: DatosAsm, session: Session, actor: Actor) -> None:
    acciones.registrar_asm(session, actor, evaluacion_id, datos=datos)
