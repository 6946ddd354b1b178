"""Los formularios de quien coordina el Informe: abrirlo, armar su índice, pedir capítulos y emitirlo."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from db.actions import informe as acciones
from db.actions.informe import DatosCapitulo, DatosInforme
from db.queries.informe_capitulo import ejercicios, opciones
from db.rules.formato import en_zona, fecha, leer_numero, mes_nombre
from db.rules.permisos import Actor
from db.rules.problema import Problema

Datos = Mapping[str, Any]

DIA = "dd/mm/aaaa"
SIN_DEPENDENCIA = "Unidad de planeación"


def nuevo(coordina: bool) -> None:
    """Abrir el primero, o decir quién lo hace."""
    if coordina:
        _informe(None)
    else:
        st.info("La unidad de planeación lo abre y pide a cada dependencia sus capítulos.")


def de_uno(informe: Datos, coordina: bool) -> None:
    """Lo que se hace con el informe elegido; nada, si ya se emitió o no se coordina."""
    if not coordina:
        return
    if informe["estado"] != "emitido":
        _cajon("Armar el índice con el plan", "armar", partial(_armar, informe))
        _cajon("Agregar o cambiar un capítulo", "capitulo", partial(_capitulos, informe))
        _cajon("Pedir los capítulos y emitir", "emitir", partial(_emitir, informe))
        _cajon("Corregir el informe", "corregir", partial(_informe, informe))
    _cajon("Abrir otro informe", "otro", partial(_informe, None))


def _cajon(rotulo: str, clave: str, dibujar: Any) -> None:
    cajon = st.expander(rotulo, key=f"informe_{clave}", on_change="rerun")
    if cajon.open:
        with cajon:
            dibujar()


def _informe(previo: Datos | None) -> None:
    formulario = Formulario(
        f"informe_{previo['id'] if previo else 'nuevo'}", previo["version"] if previo else 0
    )
    p: Datos = previo or {}
    anios = ask(ejercicios)
    if not anios:
        st.info("Primero cree un ejercicio en Configuración.")
        return
    with st.form(formulario.nombre):
        nombre = st.text_input(
            "Nombre",
            p.get("nombre", ""),
            key=formulario.campo("nombre"),
            placeholder="Segundo Informe de Gobierno",
        )
        formulario.error("nombre")
        desde = _mes(formulario, "desde", "Desde", anios, p)
        hasta = _mes(formulario, "hasta", "Hasta", anios, p)
        formulario.error("hasta")
        rinde = st.text_input(
            "Se rinde el",
            fecha(p["rinde_en"]) if p.get("rinde_en") else "",
            key=formulario.campo("rinde_en"),
            placeholder=DIA,
        )
        formulario.error("rinde_en")
        presentacion = st.text_area(
            "Presentación", p.get("presentacion", ""), key=formulario.campo("presentacion"), height=160
        )
        enviado = st.form_submit_button("Guardar" if previo else "Abrir el informe", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            datos = DatosInforme(nombre, desde, hasta, leer_fecha(rinde, "rinde_en"), presentacion)
            acciones.guardar_informe(
                session, actor, informe_id=p.get("id"), version=formulario.version, datos=datos
            )

        formulario.guardar(guardar, propios={"Nombre": nombre}, actuales=lambda: {"Nombre": p.get("nombre")})


def _mes(formulario: Formulario, campo: str, rotulo: str, anios: list[int], p: Datos) -> tuple[int, int]:
    """Mes y año en dos listas, uno junto a otro."""
    uno, otro = st.columns(2)
    meses = list(range(1, 13))
    mes = uno.selectbox(
        f"{rotulo}, mes",
        meses,
        index=p.get(f"{campo}_mes", 1 if campo == "desde" else 12) - 1,
        format_func=lambda m: mes_nombre(m).capitalize(),
        key=formulario.campo(f"{campo}_mes"),
    )
    lista = sorted({*anios, p.get(f"{campo}_anio", anios[0])}, reverse=True)
    anio = otro.selectbox(
        f"{rotulo}, año",
        lista,
        index=lista.index(p.get(f"{campo}_anio", anios[0])),
        key=formulario.campo(f"{campo}_anio"),
    )
    return anio, mes


def _armar(informe: Datos) -> None:
    st.caption(
        "Agrega un capítulo por cada eje y tema del plan que aún no esté, "
        "pedido a la dependencia con más metas ahí."
    )
    formulario = Formulario(f"armar_{informe['id']}", informe["version"])
    with st.form(formulario.nombre):
        vence = st.text_input("Para entregar el", key=formulario.campo("vence"), placeholder=DIA)
        formulario.error("vence")
        limite = st.text_input("Palabras, a lo más", key=formulario.campo("limite"))
        formulario.error("limite")
        enviado = st.form_submit_button("Armar el índice", type="primary")
    if enviado:

        def armar(session: Session, actor: Actor) -> None:
            acciones.armar_indice(
                session,
                actor,
                informe_id=informe["id"],
                vence=leer_fecha(vence, "vence"),
                limite_palabras=_entero(limite, "limite"),
            )

        formulario.guardar(armar, propios={}, actuales=dict)


def _entero(texto: str, campo: str) -> int | None:
    try:
        valor = leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba un número.", campo) from error
    return None if valor is None else int(valor)


def _capitulos(informe: Datos) -> None:
    por_id = {c["id"]: c for c in informe["capitulos"]}
    cual = st.selectbox(
        "Capítulo",
        [0, *por_id],
        format_func=lambda i: f"{por_id[i]['numero']} {por_id[i]['titulo']}" if i else "Uno nuevo",
        key="capitulo_que_se_cambia",
    )
    _capitulo(informe, por_id, por_id.get(cual))


def _capitulo(informe: Datos, por_id: Mapping[int, Datos], previo: Datos | None) -> None:
    p: Datos = previo or {}
    dependencias = {None: SIN_DEPENDENCIA, **ask(opciones, informe_id=informe["id"])["dependencias"]}
    padres = {None: "Ninguno: es de primer nivel"} | {
        i: f"{c['numero']} {c['titulo']}" for i, c in por_id.items() if i != p.get("id")
    }
    formulario = Formulario(f"capitulo_{informe['id']}_{p.get('id', 'nuevo')}", p.get("version", 0))
    with st.form(formulario.nombre):
        titulo = st.text_input("Título", p.get("titulo", ""), key=formulario.campo("titulo"))
        formulario.error("titulo")
        padre = _de_lista(formulario, "padre", "Dentro de", padres, p.get("padre_id"))
        formulario.error("padre")
        orden = st.text_input(
            "Lugar entre los suyos", str(p.get("orden", len(por_id) + 1)), key=formulario.campo("orden")
        )
        formulario.error("orden")
        dependencia = _de_lista(
            formulario, "dependencia", "Lo redacta", dependencias, p.get("dependencia_id")
        )
        vence = st.text_input(
            "Para entregar el",
            fecha(en_zona(p["vence"]).date()) if p.get("vence") else "",
            key=formulario.campo("vence"),
            placeholder=DIA,
        )
        formulario.error("vence")
        limite = st.text_input(
            "Palabras, a lo más", str(p.get("limite_palabras") or ""), key=formulario.campo("limite")
        )
        formulario.error("limite")
        guia = st.text_area("Qué debe contar", p.get("guia", ""), key=formulario.campo("guia"))
        guarda = st.form_submit_button("Guardar el capítulo", type="primary")
        quita = st.form_submit_button("Quitarlo", disabled=previo is None)
    if guarda:

        def guardar(session: Session, actor: Actor) -> None:
            lugar = _entero(orden, "orden")
            datos = DatosCapitulo(
                titulo,
                lugar if lugar is not None else len(por_id) + 1,
                dependencia,
                padre,
                p.get("nodo_id"),
                leer_fecha(vence, "vence"),
                guia,
                _entero(limite, "limite"),
            )
            acciones.guardar_capitulo(
                session,
                actor,
                informe_id=informe["id"],
                capitulo_id=p.get("id"),
                version=formulario.version,
                datos=datos,
            )

        formulario.guardar(guardar, propios={"Título": titulo}, actuales=lambda: {"Título": p.get("titulo")})
    if quita and previo is not None:
        formulario.guardar(partial(_quitar, previo["id"], formulario.version), propios={}, actuales=dict)


def _de_lista(
    formulario: Formulario, campo: str, rotulo: str, opciones: Mapping[Any, str], actual: Any
) -> Any:
    lista = list(opciones)
    return st.selectbox(
        rotulo,
        lista,
        index=lista.index(actual) if actual in opciones else 0,
        format_func=lambda cual: opciones[cual],
        key=formulario.campo(campo),
    )


def _quitar(capitulo_id: int, version: int, session: Session, actor: Actor) -> None:
    acciones.quitar_capitulo(session, actor, capitulo_id=capitulo_id, version=version)


def _emitir(informe: Datos) -> None:
    formulario = Formulario(f"emitir_{informe['id']}", informe["version"], solo_botones=True)
    sin_empezar = sum(c["estado"] == "solicitado" for c in informe["capitulos"])
    st.caption(
        f"{sin_empezar} capítulos sin empezar. Pedirlos avisa a los enlaces de cada dependencia. "
        "Emitir cierra el informe: nada en él cambia después."
    )
    pedir = st.button("Pedir los capítulos sin empezar", key=formulario.campo("pedir"))
    emite = st.button("Dar el informe por emitido", key=formulario.campo("emitir"))
    if pedir:

        def avisar(session: Session, actor: Actor) -> None:
            acciones.pedir_todos(session, actor, informe_id=informe["id"])

        formulario.guardar(avisar, propios={}, actuales=dict)
    if emite:

        def emitir(session: Session, actor: Actor) -> None:
            acciones.emitir(session, actor, informe_id=informe["id"], version=formulario.version)

        formulario.guardar(emitir, propios={}, actuales=dict)
