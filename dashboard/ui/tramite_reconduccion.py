"""Una solicitud de reconducción en pantalla: en qué va, qué cambia, su dictamen y el paso que sigue."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.borrador_reconduccion import borrador
from dashboard.ui.enlaces import enlace
from dashboard.ui.hoja_reconduccion import dictamen
from dashboard.ui.tabla_gasto import PESOS, pesos
from dashboard.ui.texto import contar, corto, enumerar, esc_md, mayuscula
from dashboard.ui.vista_reconduccion import puede_ver
from db.actions.adecuacion_reconduccion import preparar
from db.actions.reconduccion import retirar
from db.actions.resolver_reconduccion import autorizar, opinar, rechazar
from db.queries import dictamen as consulta
from db.queries.aprobacion import acuerdos_votados
from db.rules.dictamen import acuerdo_del_comite
from db.rules.formato import fecha, fecha_hora, mes_nombre, moneda, numero
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.reconduccion import LADO, Lado
from db.rules.solicitud import EN_TRAMITE, PALABRA, EstadoSolicitud, Toca, toca

Datos = Mapping[str, Any]

TIPO = {"programatica": "Adecuación programática", "presupuestal": "Reconducción presupuestal"}


def una(persona: Actor, anio: int, cual: int, arriba: Any) -> None:
    """Una solicitud: en qué va, lo que esta persona puede hacer con ella y su dictamen."""
    with arriba:
        enlace("reconducciones", "Todas las reconducciones", {})
    s = ask(consulta.ficha, anio=anio, solicitud_id=cual)
    if s is None or not puede_ver(persona, s):
        arriba.title("Esa reconducción no existe en este ejercicio, o se borró", anchor=False)
        return
    _encabezado(s, arriba)
    paso = toca(persona, s)
    if paso is Toca.CORREGIR:
        borrador(s)
        cajon = st.expander("Dictamen como va", key="dictamen", on_change="rerun")
        if cajon.open:
            cajon.html(dictamen(s))
        return
    _que_cambia(s)
    if paso is Toca.OPINAR:
        _opinar(s)
    elif paso is Toca.AUTORIZAR:
        _resolver(s)
    elif s["solicito"] == persona.cuenta and s["estado"] in EN_TRAMITE:
        _retirar(s)
    _adecuacion(persona, s)
    _ligas(s)
    st.subheader("Dictamen", anchor=False)
    st.html(dictamen(s))


def _encabezado(s: Datos, arriba: Any) -> None:
    arriba.caption(
        esc_md(
            f"{s['ente']} · {s['dependencia']} · {TIPO[s['tipo']]} {s['ambito']} · pidió {s['solicitante']}"
        )
    )
    arriba.title(esc_md(_hallazgo(s)), anchor=False)
    icono, palabra = PALABRA[EstadoSolicitud(s["estado"])]
    pasos = [f"**{icono} {palabra}**", esc_md(_plazo(s))]
    if s["solicitada_en"]:
        pasos.append(esc_md(f"Presentada el {fecha_hora(s['solicitada_en'])}."))
    if s["opinada_en"]:
        sentido = "a favor" if s["favorable"] else "en contra"
        pasos.append(
            esc_md(
                f"Tesorería ({s['opinante']}) opinó {sentido}, {fecha_hora(s['opinada_en'])}. {s['opinion']}"
            )
        )
    if s["resuelta_en"]:
        que = f"Oficio {s['oficio']}." if s["oficio"] else "Rechazada."
        pasos.append(esc_md(f"{que} {s['resolutor']}, {fecha_hora(s['resuelta_en'])}. {s['resolucion']}"))
    arriba.markdown("  \n".join(paso for paso in pasos if paso))
    if acordado := acuerdo_del_comite(s):
        with arriba:
            enlace("acuerdos", esc_md(f"La aprobó el acuerdo {acordado}"), {"acuerdo": s["acuerdo_id"]})


def _hallazgo(s: Datos) -> str:
    """«Reduce dos metas y amplía un indicador, mueve $45,000.00, desde octubre»."""
    partes = []
    for cual, (_, palabra) in LADO.items():
        suyos = [c for c in s["cambios"] if c["cambia"] and c["lado"] == cual.value]
        metas = sum(c["clase"] == "meta" for c in suyos)
        indicadores = len({c["indicador_id"] for c in suyos} - {None})
        cosas = [contar(metas, "meta", "metas")] if metas else []
        cosas += [contar(indicadores, "indicador", "indicadores", False)] if indicadores else []
        if cosas:
            partes.append(f"{palabra.lower()} {enumerar(cosas)}")
    if s["reduce"] or s["amplia"]:
        partes.append(f"mueve {moneda(max(s['reduce'], s['amplia']))}")
    return f"{mayuscula(enumerar(partes) or 'aún no cambia nada')} desde {mes_nombre(s['mes_vigencia'])}"


def _plazo(s: Datos) -> str:
    if s["estado"] == EstadoSolicitud.BORRADOR.value:
        return f"Se presenta a más tardar el {fecha(s['pedir'])}, último día hábil del trimestre."
    if s["estado"] in EN_TRAMITE:
        return f"Se autoriza a más tardar el {fecha(s['autorizar'])}, cinco días hábiles tras el trimestre."
    return ""


def _que_cambia(s: Datos) -> None:
    """Cada meta o variable con su promesa del año antes y después, y las claves que se mueven."""
    cambios = s["cambios"]
    if cambios:
        st.dataframe(
            {
                "Qué le pasa": [_lado(c) for c in cambios],
                "Meta o variable": [c["variable"] or c["nombre"] for c in cambios],
                "Modificada": [numero(c["modificada"], 2) for c in cambios],
                "Vigente": [numero(c["vigente"], 2) for c in cambios],
                "Inicial": [numero(c["inicial"], 2) for c in cambios],
                "Avance": [numero(c["avance"], 2) for c in cambios],
                "Unidad": [c["unidad"] for c in cambios],
            },
            column_config={"Meta o variable": st.column_config.TextColumn(width="medium")},
            hide_index=True,
            alt="Metas y variables que cambian",
        )
    if s["dinero"]:
        st.dataframe(
            {
                "Movimiento": [" ".join(LADO[Lado(m["lado"])]) for m in s["dinero"]],
                "Importe": [pesos(m["importe"]) for m in s["dinero"]],
                "Por ejercer": [pesos(m["por_ejercer"]) for m in s["dinero"]],
                "Clave": [m["clave"] for m in s["dinero"]],
                "Denominación": [m["denominacion"] for m in s["dinero"]],
            },
            column_config={
                t: st.column_config.NumberColumn(format=PESOS) for t in ("Importe", "Por ejercer")
            },
            hide_index=True,
            alt="Claves presupuestarias que se mueven",
        )

    razones = (
        ("Por qué se reduce", s["justificacion"]),
        ("Por qué se amplía o recalendariza", s["justificacion_destino"]),
        ("De dónde salen los recursos", s["origen_recursos"]),
    )
    dichas = [f"**{rotulo}:** {esc_md(texto)}" for rotulo, texto in razones if texto]
    if dichas:
        st.markdown("  \n".join(dichas))


def _lado(c: Datos) -> str:
    return " ".join(LADO[Lado(c["lado"])]) if c["cambia"] else "= Igual"


def _adecuacion(persona: Actor, s: Datos) -> None:
    """A Tesorería, el botón que registra la adecuación con el oficio y las claves ya escritos."""
    if not s["dinero"] or not s["oficio"] or s["adecuacion_id"]:
        return
    if not puede(persona, Accion.REGISTRAR_ADECUACIONES, Objeto(s["ente_id"])):
        st.caption("Tesorería aún no registra su adecuación presupuestal.")
        return
    formulario = Formulario(f"adecuacion_{s['id']}", s["version"], solo_botones=True)
    if st.button("Registrar su adecuación", type="primary", key=formulario.campo("adecuacion")):
        cambio = partial(preparar, anio=s["anio"], solicitud_id=s["id"])
        formulario.guardar(cambio, propios={}, actuales=dict)


def _ligas(s: Datos) -> None:
    """De la solicitud a sus metas e indicadores, donde se ven los dos cumplimientos, y a su adecuación."""
    with st.container(horizontal=True, gap="small"):
        enlace(
            "documentos",
            "Su dictamen para firmar" if s["oficio"] else "Su dictamen en borrador",
            {"documento": "dictamen_reconduccion", "solicitud": s["id"]},
        )
        if any(c["clase"] == "variable" for c in s["cambios"]):
            enlace(
                "documentos",
                "Su formato de indicadores",
                {"documento": "reconduccion_indicadores", "solicitud": s["id"]},
            )
        if s["adecuacion_id"]:
            enlace(
                "presupuesto",
                "Su adecuación",
                {"parte": "adecuaciones", "adecuacion": s["adecuacion_id"]},
            )
        for c in s["cambios"]:
            if c["clase"] == "meta":
                nombre = esc_md(f"Meta {c['codigo']}: {corto(c['nombre'], 40)}")
                enlace("metas", nombre, {"meta": c["item_id"]})
        for cual, nombre in {c["indicador_id"]: c["indicador"] for c in s["cambios"]}.items():
            if cual is not None:
                enlace("indicadores", esc_md(corto(nombre, 48)), {"indicador": cual})


def _opinar(s: Datos) -> None:
    formulario = Formulario(f"opinar_{s['id']}", s["version"])
    with st.form(formulario.nombre):
        opinion = st.text_area("Opinión", key=formulario.campo("opinion"), max_chars=2000, height=90)
        formulario.error("opinion")
        formulario.error("dinero")
        with st.container(horizontal=True):
            favor = st.form_submit_button("Opinar a favor", type="primary")
            contra = st.form_submit_button("Opinar en contra")
    if favor or contra:
        cambio = partial(
            opinar, solicitud_id=s["id"], version=formulario.version, favorable=favor, opinion=opinion
        )
        formulario.guardar(cambio, propios={}, actuales=dict)


def _resolver(s: Datos) -> None:
    formulario = Formulario(f"resolver_{s['id']}", s["version"])
    with st.form(formulario.nombre):
        texto = st.text_area(
            "Resolución (al rechazar, la razón)",
            key=formulario.campo("resolucion"),
            max_chars=2000,
            height=90,
        )
        formulario.error("resolucion")
        acuerdo = None if s["acuerdo_id"] else _acuerdo(formulario)
        with st.container(horizontal=True):
            si = st.form_submit_button("Autorizar con oficio", type="primary")
            no = st.form_submit_button("Rechazar")
    if si or no:
        cambio = partial(
            partial(autorizar, acuerdo_id=acuerdo) if si else rechazar,
            solicitud_id=s["id"],
            version=formulario.version,
            resolucion=texto,
        )
        formulario.guardar(cambio, propios={}, actuales=dict)


def _acuerdo(formulario: Formulario) -> int | None:
    """El acuerdo que la aprobó, si pasó por el comité; nada que elegir si ninguno se ha votado."""
    votados = ask(acuerdos_votados)
    if not votados:
        return None
    cual = st.selectbox(
        "Acuerdo del comité que la aprobó, si pasó por él",
        [None, *votados],
        format_func=lambda i: votados.get(i, "Ninguno"),
        key=formulario.campo("acuerdo"),
    )
    formulario.error("acuerdo")
    return cual


def _retirar(s: Datos) -> None:
    formulario = Formulario(f"retirar_{s['id']}", s["version"], solo_botones=True)
    if st.button("Retirarla para corregir", key=formulario.campo("retirar")):
        cambio = partial(retirar, solicitud_id=s["id"], version=formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)
