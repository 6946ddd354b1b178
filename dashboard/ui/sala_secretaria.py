"""Quien lleva la sesión: lista, quórum, puntos, intervenciones, votaciones, acuerdos y clausura."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui import captura_aprobacion, redaccion
from dashboard.ui.campos import leer_fecha
from dashboard.ui.enlaces import enlace
from dashboard.ui.sala import CADA, leer, paso_de_secretaria, resultado
from dashboard.ui.texto import esc_md
from db.actions import acuerdos, aprobacion, sala, votacion
from db.base import ahora
from db.queries.comites import personas
from db.queries.pae import opciones
from db.rules.formato import fecha
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.sesiones import CARGOS, ESTADOS, ESTADOS_PUNTO, nombre
from db.rules.votacion import FAVOR, MODOS, SENTIDOS

Datos = Mapping[str, Any]

DIAS_DE_UN_ACUERDO = 30
REDACTA = "_redacta"
"""El punto cuyo acuerdo escribe esta persona: si cierra el cajón, deja de verse en la sala."""


def dibujar(sesion_id: int) -> None:
    """De arriba abajo, en el orden en que ocurre."""
    una = leer(sesion_id)
    assert una is not None
    st.caption(esc_md(una["comite"]))
    st.title(esc_md(f"{nombre(una)}: {ESTADOS[una['estado']][1].lower()}"), anchor=False)
    with st.container(horizontal=True):
        enlace("sesion", "Pantalla de la sala", {"sesion": sesion_id, "vista": "presentacion"})
        enlace("sesion", "Mi teléfono", {"sesion": sesion_id, "vista": "integrante"})
        enlace("sesiones", "Orden del día y acta", {"sesion": sesion_id})
    _al_dia(sesion_id, paso_de_secretaria(una))
    if una["estado"] in ("convocada", "en_curso"):
        _lista(una)
    if una["estado"] == "convocada":
        _boton(una, "Declarar el quórum y abrir la sesión", "abrir", partial(_abrir, sesion_id), "quorum")
    if una["estado"] == "en_curso":
        _puntos(una)
        _boton(una, "Clausurar la sesión y levantar el acta", "cerrar", partial(_cerrar, una), "punto", False)


@st.fragment(run_every=CADA)
def _al_dia(sesion_id: int, dibujado: str) -> None:
    """Lo que los teléfonos mueven: el quórum y la votación abierta.

    Si otra secretaría dio un paso desde lo `dibujado`, la pantalla entera se vuelve a dibujar.
    """
    una = leer(sesion_id)
    assert una is not None
    if paso_de_secretaria(una) != dibujado:
        st.rerun(scope="app")
    st.markdown(f"**{esc_md(una['quorum']['frase'])}** · código de la sala **{una['codigo'] or '—'}**")
    if una["abierta"] is not None:
        st.markdown(f"{esc_md(una['abierta']['texto'])} {esc_md(resultado(una['abierta']))}")
        if una["abierta"]["faltan"] and una["abierta"]["modo"] != "mano_alzada":
            st.caption(esc_md(f"Faltan de votar: {', '.join(una['abierta']['faltan'])}"))


def _boton(una: Datos, rotulo: str, clave: str, cambio: Any, campo: str, principal: bool = True) -> None:
    formulario = Formulario(f"sala_{clave}_{una['id']}", una["version"])
    tipo: Any = "primary" if principal else "secondary"
    if st.button(rotulo, type=tipo, key=formulario.campo(clave)):
        formulario.guardar(cambio, propios={}, actuales=dict)
    formulario.error(campo)


def _abrir(sesion_id: int, session: Session, actor: Actor) -> None:
    sala.declarar_quorum(session, actor, sesion_id=sesion_id)


def _cerrar(una: Datos, session: Session, actor: Actor) -> None:
    sala.cerrar(session, actor, sesion_id=una["id"], version=una["version"])


def _lista(una: Datos) -> None:
    """Un toque por persona; sólo se manda lo que cambió en esta pantalla."""
    cajon = st.expander(
        f"Lista de asistencia: {sum(a['presente'] for a in una['asientos'])} presentes",
        una["estado"] == "convocada",
        key="lista_de_asistencia",
        on_change="rerun",
    )
    if not cajon.open:
        return
    quienes = {i["integrante_id"]: i for a in una["asientos"] for i in a["pueden"]}
    estan = [a["integrante_id"] for a in una["asientos"] if a["presente"]]
    formulario = Formulario(f"lista_{una['id']}", ",".join(map(str, estan)))
    # Contra lo que había al abrirla: quien llegó mientras tanto por su teléfono no se borra.
    habia = {int(i) for i in str(formulario.version).split(",") if i}
    with cajon:
        elegidos = st.pills(
            "Toque a quien está",
            list(quienes),
            selection_mode="multi",
            default=[i for i in quienes if i in habia],
            format_func=lambda i: _quien(quienes[i]),
            key=formulario.campo("presentes"),
        )
        if st.button("Guardar la lista", key=formulario.campo("guardar")):
            cambio = partial(_pasar_lista, una["id"], set(elegidos) - habia, habia - set(elegidos))
            formulario.guardar(cambio, propios={}, actuales=dict)


def _quien(i: Datos) -> str:
    suplente = " (suplente)" if i["calidad"] == "suplente" else ""
    voto = "" if i["voto"] else " · sin voto"
    cargo = f" · {CARGOS[i['cargo']].lower()}" if i["cargo"] not in ("vocal", "invitado") else ""
    return f"{i['nombre']}, {i['representa']}{suplente}{cargo}{voto}"


def _pasar_lista(sesion_id: int, llegan: set[int], se_van: set[int], session: Session, actor: Actor) -> None:
    sala.pasar_lista(session, actor, sesion_id=sesion_id, llegan=llegan, se_van=se_van)


def _puntos(una: Datos) -> None:
    """El punto en curso con lo que se hace en él; los demás, para empezarlos."""
    pendientes = [p for p in una["puntos"] if p["estado"] == "pendiente"]
    if una["punto"] is not None:
        _en_curso(una, una["punto"])
    elif pendientes:
        siguiente = pendientes[0]
        rotulo = f"Empezar: {siguiente['numero']}. {siguiente['titulo']}"
        _boton(una, rotulo, f"tratar_{siguiente['id']}", partial(_tratar, siguiente["id"]), "punto")
    st.markdown(
        "\n".join(
            f"{ESTADOS_PUNTO[p['estado']][0]} {p['numero']}\\. {esc_md(p['titulo'])}  " for p in una["puntos"]
        )
    )


def _tratar(punto_id: int, session: Session, actor: Actor) -> None:
    sala.tratar(session, actor, punto_id=punto_id)


def _en_curso(una: Datos, punto: Datos) -> None:
    with st.container(border=True):
        st.subheader(f"{punto['numero']}. {esc_md(punto['titulo'])}", anchor=False)
        suyas = [v for v in una["votaciones"] if v["punto_id"] == punto["id"]]
        for v in suyas:
            if v["estado"] != "abierta":
                st.markdown(f"{esc_md(v['texto'])} {esc_md(resultado(v))}")
        if una["abierta"] is not None:
            _votacion_abierta(una, una["abierta"])
        else:
            _cajon("Someter a votación", f"votar_{punto['id']}", partial(_nueva_votacion, punto, len(suyas)))
        redacta = _cajon("Asentar un acuerdo", f"acuerdo_{punto['id']}", partial(_acuerdo, una, punto))
        if not redacta and st.session_state.pop(REDACTA, None) == punto["id"]:
            redaccion.escribir(punto["id"], "")
        _cajon("Anotar una intervención", f"intervencion_{punto['id']}", partial(_intervencion, una, punto))
        _concluir(punto)


def _cajon(rotulo: str, clave: str, dibujar: Any) -> bool:
    """Un cajón que sólo se dibuja abierto; ¿lo está?"""
    cajon = st.expander(rotulo, key=f"sala_{clave}", on_change="rerun")
    if cajon.open:
        with cajon:
            dibujar()
    return bool(cajon.open)


def _nueva_votacion(punto: Datos, cuantas: int) -> None:
    formulario = Formulario(f"votacion_{punto['id']}", cuantas)
    with st.form(formulario.nombre):
        texto = st.text_area(
            "Qué se vota", f"¿Se aprueba «{punto['titulo']}»?", key=formulario.campo("texto"), height=80
        )
        formulario.error("texto")
        modo = st.radio(
            "Cómo",
            list(MODOS),
            index=list(MODOS).index("telefono"),
            format_func=lambda m: MODOS[m],
            horizontal=True,
            key=formulario.campo("modo"),
        )
        enviado = st.form_submit_button("Abrir la votación", type="primary")
    if enviado:

        def abrir(session: Session, actor: Actor) -> None:
            votacion.abrir(session, actor, punto_id=punto["id"], texto=texto, modo=modo)

        formulario.guardar(abrir, propios={}, actuales=dict)


def _votacion_abierta(una: Datos, abierta: Datos) -> None:
    """Anotar votos por nombre, contar las manos, cerrar o anular."""
    formulario = Formulario(f"abierta_{abierta['id']}", abierta["version"])
    contados, preside = None, None
    if abierta["modo"] == "mano_alzada":
        columnas = st.columns(3)
        cuentas = [
            int(c.number_input(SENTIDOS[s], 0, 500, 0, key=formulario.campo(s)))
            for c, s in zip(columnas, SENTIDOS, strict=True)
        ]
        formulario.error("a_favor")
        contados = (cuentas[0], cuentas[1], cuentas[2])
        if cuentas[0] and cuentas[0] == cuentas[1]:
            preside = st.radio(
                "Cómo votó quien preside",
                list(SENTIDOS)[:2],
                format_func=lambda s: SENTIDOS[s],
                horizontal=True,
            )
    elif abierta["modo"] == "nominal":
        _por_nombre(una, abierta)
    with st.container(horizontal=True):
        if st.button("Cerrar la votación", type="primary", key=formulario.campo("cerrar")):
            cambio = partial(_cerrar_votacion, abierta["id"], formulario.version, contados, preside)
            formulario.guardar(cambio, propios={}, actuales=dict)
        if st.button("Anularla", key=formulario.campo("anular")):
            formulario.guardar(partial(_anular, abierta["id"], formulario.version), propios={}, actuales=dict)
    formulario.error("votacion")


def _por_nombre(una: Datos, abierta: Datos) -> None:
    ya = {v["asiento_id"] for v in abierta["votos"]}
    faltan = {
        a["asiento_id"]: f"{a['nombre']}, {a['representa']}"
        for a in una["asientos"]
        if a["presente"] and a["voto"] and a["asiento_id"] not in ya
    }
    if not faltan:
        st.success("Ya votaron todos los presentes.")
        return
    formulario = Formulario(f"nominal_{abierta['id']}", len(ya))
    quien = st.selectbox("Vota", list(faltan), format_func=lambda a: faltan[a], key=formulario.campo("quien"))
    sentido = st.radio(
        "Dice",
        list(SENTIDOS),
        index=list(SENTIDOS).index(FAVOR),
        format_func=lambda s: SENTIDOS[s],
        horizontal=True,
        key=formulario.campo("dice"),
    )
    formulario.error("voto")
    if st.button("Anotar el voto", key=formulario.campo("anotar")):
        formulario.guardar(partial(_anotar, abierta["id"], quien, sentido), propios={}, actuales=dict)


def _anotar(votacion_id: int, asiento_id: int, sentido: str, session: Session, actor: Actor) -> None:
    votacion.anotar(session, actor, votacion_id=votacion_id, asiento_id=asiento_id, sentido=sentido)


def _cerrar_votacion(
    votacion_id: int,
    version: int,
    contados: tuple[int, int, int] | None,
    preside: str | None,
    session: Session,
    actor: Actor,
) -> None:
    votacion.cerrar(
        session, actor, votacion_id=votacion_id, version=version, contados=contados, preside=preside
    )


def _anular(votacion_id: int, version: int, session: Session, actor: Actor) -> None:
    votacion.anular(session, actor, votacion_id=votacion_id, version=version)


def _acuerdo(una: Datos, punto: Datos) -> None:
    formulario = Formulario(f"acuerdo_{punto['id']}", len(una["acuerdos"]))
    unidades: dict[int | None, str] = {None: "—"} | ask(opciones, anio=una["anio"])["dependencias"]
    directorio: dict[int | None, str] = {None: "—"}
    for cual, quien in ask(personas).items():
        directorio[cual] = quien
    aprobadas = [v for v in una["votaciones"] if v["punto_id"] == punto["id"] and v["aprobada"]]
    # Fuera de la forma: al salir del renglón ya se lee en la pantalla de la sala como se va redactando.
    clave = formulario.campo("texto")
    texto = st.text_area("Acuerdo", key=clave, height=90, on_change=_redactar, args=(punto["id"], clave))
    formulario.error("texto")
    with st.form(formulario.nombre):
        dependencia = st.selectbox(
            "Responde la dependencia",
            list(unidades),
            format_func=lambda i: unidades[i],
            key=formulario.campo("dependencia"),
        )
        persona = st.selectbox(
            "o la persona",
            list(directorio),
            format_func=lambda i: directorio[i],
            key=formulario.campo("persona"),
        )
        formulario.error("responsable")
        plazo = (ahora() + timedelta(days=DIAS_DE_UN_ACUERDO)).date()
        vence = st.text_input("Para el", fecha(plazo), key=formulario.campo("vence"))
        formulario.error("vence")
        clases = tuple(m["clase"] for m in punto["materiales"])
        aprueba = captura_aprobacion.elegir(formulario, clases) if aprobadas else None
        enviado = st.form_submit_button("Asentar el acuerdo", type="primary")
    if enviado:

        def tomar(session: Session, actor: Actor) -> None:
            dia = leer_fecha(vence, "vence")
            if dia is None:
                raise Problema("Falta para cuándo.", "Escriba la fecha como dd/mm/aaaa.", "vence")
            tomado = acuerdos.tomar(
                session,
                actor,
                sesion_id=una["id"],
                punto_id=punto["id"],
                votacion_id=aprobadas[-1]["id"] if aprobadas else None,
                texto=texto,
                vence=dia,
                dependencia_id=dependencia,
                persona_id=persona,
                ligas=_ligas(punto),
            )
            if aprueba is not None:
                que, cual = aprueba
                aprobacion.aprobar(session, actor, acuerdo_id=tomado, que=que, cual=cual)
            redaccion.escribir(punto["id"], "")

        formulario.guardar(tomar, propios={}, actuales=dict)


def _redactar(punto_id: int, clave: str) -> None:
    redaccion.escribir(punto_id, str(st.session_state[clave]))
    st.session_state[REDACTA] = punto_id


def _ligas(punto: Datos) -> list[tuple[str, str]]:
    """Lo que el material del punto ya dice que toca."""
    return [
        (m["clase"], m["referencia"])
        for m in punto["materiales"]
        if m["clase"] in acuerdos.ASUNTOS and m["referencia"]
    ]


def _intervencion(una: Datos, punto: Datos) -> None:
    formulario = Formulario(f"intervencion_{punto['id']}", len(una["intervenciones"]))
    quienes = {
        a["integrante_id"]: f"{a['nombre']}, {a['representa']}" for a in una["asientos"] if a["presente"]
    }
    with st.form(formulario.nombre):
        quien = st.selectbox(
            "Quién",
            [None, *quienes],
            format_func=lambda i: quienes.get(i, "Otra persona"),
            key=formulario.campo("i"),
        )
        otro = st.text_input("Nombre, si es otra persona", key=formulario.campo("quien"))
        formulario.error("quien")
        texto = st.text_area("Qué dijo, en breve", key=formulario.campo("texto"), height=80)
        formulario.error("texto")
        enviado = st.form_submit_button("Anotarla", type="primary")
    if enviado:

        def anotar(session: Session, actor: Actor) -> None:
            nombre_dicho = quienes[quien] if quien is not None else otro
            sala.intervenir(
                session, actor, punto_id=punto["id"], integrante_id=quien, nombre=nombre_dicho, texto=texto
            )

        formulario.guardar(anotar, propios={}, actuales=dict)


def _concluir(punto: Datos) -> None:
    formulario = Formulario(f"concluir_{punto['id']}", punto["version"])
    sintesis = st.text_area(
        "Síntesis para el acta", punto["sintesis"], key=formulario.campo("sintesis"), height=80
    )
    if st.button("Concluir el punto", key=formulario.campo("concluir")):
        cambio = partial(_al_concluir, punto["id"], sintesis)
        formulario.guardar(cambio, propios={}, actuales=dict)
    formulario.error("punto")


def _al_concluir(punto_id: int, sintesis: str, session: Session, actor: Actor) -> None:
    sala.concluir(session, actor, punto_id=punto_id, sintesis=sintesis)
