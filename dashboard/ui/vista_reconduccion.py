"""Reconducciones en pantalla: la lista, las candidatas y una solicitud con su dictamen y su trámite."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui import captura_reconduccion
from dashboard.ui.enlaces import clave_de_ida, enlace, ir
from dashboard.ui.estado import simple
from dashboard.ui.hoja_reconduccion import dictamen
from dashboard.ui.tabla_gasto import PESOS, pesos
from dashboard.ui.texto import contar, enumerar, esc_md, mayuscula
from db.actions.reconduccion import retirar
from db.actions.resolver_reconduccion import autorizar, opinar, rechazar
from db.queries import dictamen as consulta
from db.queries import reconduccion
from db.queries.reconducible import candidatas as leer_candidatas
from db.rules.formato import fecha, fecha_hora, mes_nombre, moneda, numero
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.reconduccion import LADO, Lado
from db.rules.solicitud import EN_TRAMITE, PALABRA, EstadoSolicitud, Toca, toca

Datos = Mapping[str, Any]

TIPO = {"programatica": "Adecuación programática", "presupuestal": "Reconducción presupuestal"}
ESPERA = {
    Toca.CORREGIR: ("borrador suyo sin presentar", "borradores suyos sin presentar"),
    Toca.OPINAR: ("reconducción espera su opinión", "reconducciones esperan su opinión"),
    Toca.AUTORIZAR: ("reconducción espera su autorización", "reconducciones esperan su autorización"),
}
LISTADAS = 300


def visibles(persona: Actor, anio: int, ente_id: int | None) -> list[Datos]:
    """Las solicitudes que esta persona puede leer; un borrador, sólo quien lo escribe."""
    return [s for s in ask(reconduccion.lista, anio=anio, ente_id=ente_id) if _puede_ver(persona, s)]


def _puede_ver(persona: Actor, s: Datos) -> bool:
    if s["estado"] == EstadoSolicitud.BORRADOR.value and s["solicito"] != persona.cuenta:
        return False
    return puede(persona, Accion.VER_CAPTURA, Objeto(s["ente_id"], frozenset(s["dependencias"])))


def titulo(persona: Actor, anio: int, suyas: Sequence[Datos]) -> None:
    """Lo que espera a esta persona; si nada, cuántas hay y cuántas están en trámite."""
    esperan = [toca(persona, s) for s in suyas]
    for cual in (Toca.OPINAR, Toca.AUTORIZAR, Toca.CORREGIR):
        if cuantas := esperan.count(cual):
            st.title(mayuscula(contar(cuantas, *ESPERA[cual])), anchor=False)
            return
    tramite = sum(s["estado"] in EN_TRAMITE for s in suyas)
    todas = mayuscula(contar(len(suyas), "reconducción", "reconducciones"))
    st.title(f"{todas} en {anio}; {contar(tramite, 'en trámite', 'en trámite')}", anchor=False)


def tabla(persona: Actor, suyas: Sequence[Datos]) -> None:
    """Las solicitudes; lo que espera a la persona, primero. Elegir una abre su dictamen."""
    if not suyas:
        st.markdown("Nadie ha pedido reconducir. Las metas que lo necesitan están en «Candidatas».")
        return
    filas = sorted(suyas, key=lambda s: toca(persona, s) is None)[:LISTADAS]
    evento = st.dataframe(
        {
            "Estado": [" ".join(PALABRA[EstadoSolicitud(s["estado"])]) for s in filas],
            "Le toca": [_le_toca(persona, s) for s in filas],
            "Dependencia": [s["dependencia"] for s in filas],
            "Desde": [mes_nombre(s["mes_vigencia"]).capitalize() for s in filas],
            "Cambios": [s["items"] for s in filas],
            "Reduce": [pesos(s["reduce"]) if s["reduce"] else None for s in filas],
            "Amplía": [pesos(s["amplia"]) if s["amplia"] else None for s in filas],
            "Oficio": [s["oficio"] or None for s in filas],
            "Presentada": [fecha_hora(s["solicitada_en"]) if s["solicitada_en"] else None for s in filas],
        },
        column_config={t: st.column_config.NumberColumn(format=PESOS) for t in ("Reduce", "Amplía")}
        | {"Cambios": st.column_config.NumberColumn(help="Metas y variables que reprograma")},
        hide_index=True,
        placeholder="—",
        key=clave_de_ida("reconducciones"),
        on_select="rerun",
        selection_mode="single-row",
        alt="Solicitudes de reconducción",
    )
    for fila in evento.selection.rows:
        ir("reconducciones", {"solicitud": filas[fila]["id"]})


def _le_toca(persona: Actor, s: Datos) -> str | None:
    paso = toca(persona, s)
    return None if paso is None else mayuscula(paso.value)


def candidatas(persona: Actor, anio: int, mes: int | None, ente_id: int | None) -> None:
    """Lo que al corte sale de 90 a 110 %, y la solicitud que se abre con lo elegido."""
    datos = ask(leer_candidatas, anio=anio, mes=mes, ente_id=ente_id)
    filas = [f for f in datos["filas"] if puede(persona, Accion.VER_CAPTURA, captura_reconduccion.objeto(f))][
        :LISTADAS
    ]
    st.caption(
        esc_md(
            f"Corte: {datos['corte']}. Fuera de 90 a 110 %, o logrado sin programar; lo más lejano, primero."
        )
    )
    if not filas:
        st.success("✔ Ninguna meta ni indicador pide reconducirse a este corte.")
        return
    evento = st.dataframe(
        {
            "Se propone": [" ".join(LADO[Lado(f["lado"])]) for f in filas],
            "Meta o indicador": [f["nombre"] for f in filas],
            "Cumplimiento": [f["cumplimiento"]["cifra"] for f in filas],
            "Estado": [simple(f["cumplimiento"]) for f in filas],
            "Programado": [numero(f["programado"], 2) for f in filas],
            "Logrado": [numero(f["alcanzado"], 2) for f in filas],
            "Unidad": [f["unidad"] for f in filas],
            "Dependencia": [f["dependencia"] for f in filas],
        },
        column_config={"Meta o indicador": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        placeholder="—",
        key=clave_de_ida("candidatas"),
        on_select="rerun",
        selection_mode="multi-row",
        alt="Metas e indicadores que piden reconducirse",
    )
    captura_reconduccion.pedir(persona, anio, [filas[n] for n in evento.selection.rows])


def una(persona: Actor, anio: int, cual: int, arriba: Any) -> None:
    """Una solicitud: en qué va, lo que esta persona puede hacer con ella y su dictamen."""
    with arriba:
        enlace("reconducciones", "Todas las reconducciones", {})
    s = ask(consulta.ficha, anio=anio, solicitud_id=cual)
    if s is None or not _puede_ver(persona, s):
        arriba.title("Esa reconducción no existe en este ejercicio, o se borró", anchor=False)
        return
    _encabezado(s, arriba)
    paso = toca(persona, s)
    if paso is Toca.CORREGIR:
        captura_reconduccion.borrador(s)
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
                "Meta o variable": [c["nombre"] for c in cambios],
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


def _lado(c: Datos) -> str:
    return " ".join(LADO[Lado(c["lado"])]) if c["cambia"] else "= Igual"


def _ligas(s: Datos) -> None:
    """De la solicitud a sus metas e indicadores, donde se ven los dos cumplimientos."""
    with st.container(horizontal=True, gap="small"):
        for c in s["cambios"]:
            if c["clase"] == "meta":
                enlace("metas", esc_md(f"Meta {c['codigo']}: {c['nombre'][:40]}"), {"meta": c["item_id"]})
        for cual, nombre in {c["indicador_id"]: c["indicador"] for c in s["cambios"]}.items():
            if cual is not None:
                enlace("indicadores", esc_md(nombre[:48]), {"indicador": cual})


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
        with st.container(horizontal=True):
            si = st.form_submit_button("Autorizar con oficio", type="primary")
            no = st.form_submit_button("Rechazar")
    if si or no:
        cambio = partial(
            autorizar if si else rechazar,
            solicitud_id=s["id"],
            version=formulario.version,
            resolucion=texto,
        )
        formulario.guardar(cambio, propios={}, actuales=dict)


def _retirar(s: Datos) -> None:
    formulario = Formulario(f"retirar_{s['id']}", s["version"])
    if st.button("Retirarla para corregir", key=formulario.campo("retirar")):
        cambio = partial(retirar, solicitud_id=s["id"], version=formulario.version)
        formulario.guardar(cambio, propios={}, actuales=dict)
