"""Los formularios de un comité: crearlo, sus reglas, sus asientos y quién los ocupa."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.cache import ask
from dashboard.formulario import Formulario
from dashboard.ui.campos import leer_fecha
from db.actions import comites as acciones
from db.queries.comites import personas
from db.queries.municipio import hoy
from db.rules.formato import fecha, leer_numero
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.sesiones import CALIDADES, CARGOS, CLASES_COMITE, SECTORES, otro_voto
from db.rules.votacion import MAYORIAS

Datos = Mapping[str, Any]

DIA = "dd/mm/aaaa"
VOTO = {None: "Lo que dicen las reglas para su cargo", True: "Con voto", False: "Sin voto"}
SEXOS = {"no_dice": "No se indica", "mujer": "Mujer", "hombre": "Hombre"}
REGLAS = {
    "quorum_numerador": "Quórum: cuántas partes",
    "quorum_denominador": "Quórum: de cuántas",
    "segunda_minutos": "Segunda convocatoria: minutos de espera (0, no hay)",
    "segunda_numerador": "Segunda convocatoria: cuántas partes (0, los que asistan)",
    "segunda_denominador": "Segunda convocatoria: de cuántas",
    "aviso_ordinaria_dias": "Aviso de una ordinaria, en días hábiles",
    "aviso_extraordinaria_horas": "Aviso de una extraordinaria, en horas",
}
PRIVACIDAD = (
    "Sólo se guarda lo necesario para convocar y para contar el balance del comité: nombre, a quién "
    "representa y, si lo da, su correo o teléfono."
)


def nuevo(coordina: bool) -> None:
    """Crear el primero, o decir quién lo hace."""
    if coordina:
        _comite(None, ())
    else:
        st.info("La unidad de planeación lo integra aquí.")


def de_uno(uno: Datos, todos: Sequence[Datos], coordina: bool) -> None:
    """Lo que se le puede cambiar, cada cosa en su cajón."""
    if not coordina:
        return
    _cajon("Proponer a una persona para un asiento", "proponer", partial(_proponer, uno))
    _cajon("Acreditar o dar de baja", "acreditar", partial(_acreditar, uno))
    _cajon("Agregar o corregir un asiento", "asiento", partial(_asientos, uno))
    _cajon("Agregar a alguien al directorio", "persona", _persona)
    _cajon("Reglas del comité", "reglas", partial(_reglas, uno))
    _cajon("Corregir el comité", "corregir", partial(_comite, uno, todos))
    _cajon("Crear otro comité", "otro", partial(_comite, None, todos))


def _cajon(rotulo: str, clave: str, dibujar: Any) -> None:
    cajon = st.expander(rotulo, key=f"comite_{clave}", on_change="rerun")
    if cajon.open:
        with cajon:
            dibujar()


def _lista(
    formulario: Formulario, campo: str, rotulo: str, opciones: Mapping[Any, str], actual: Any = None
) -> Any:
    lista = list(opciones)
    elegido = st.selectbox(
        rotulo,
        lista,
        index=lista.index(actual) if actual in opciones else 0,
        format_func=lambda cual: opciones[cual],
        key=formulario.campo(campo),
    )
    formulario.error(campo)
    return elegido


def _texto(formulario: Formulario, campo: str, rotulo: str, valor: object = "", **mas: Any) -> str:
    escrito = st.text_input(rotulo, str(valor or ""), key=formulario.campo(campo), **mas)
    formulario.error(campo)
    return str(escrito)


def _comite(previo: Datos | None, todos: Sequence[Datos]) -> None:
    p: Datos = previo or {}
    formulario = Formulario(f"comite_{p.get('id', 'nuevo')}", p.get("version", 0))
    padres = {None: "Ninguno"} | {c["id"]: c["nombre"] for c in todos if c["id"] != p.get("id")}
    with st.form(formulario.nombre):
        escrito: dict[str, Any] = {
            "clase": _lista(formulario, "clase", "Clase", CLASES_COMITE, p.get("clase")),
            "nombre": _texto(formulario, "nombre", "Nombre", p.get("nombre")),
            "siglas": _texto(formulario, "siglas", "Siglas, para el número de sus acuerdos", p.get("siglas")),
            "padre_id": _lista(formulario, "padre_id", "Cuelga de", padres, p.get("padre_id")),
            "objeto": _texto(formulario, "objeto", "Objeto", p.get("objeto")),
            "fundamento": _texto(formulario, "fundamento", "Fundamento", p.get("fundamento")),
        }
        instalado = _texto(
            formulario,
            "instalado_en",
            "Se instaló el",
            fecha(p["instalado_en"]) if p.get("instalado_en") else "",
            placeholder=DIA,
        )
        enviado = st.form_submit_button("Guardar" if previo else "Crear el comité", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            datos = escrito | {"instalado_en": leer_fecha(instalado, "instalado_en")}
            datos |= {"nodo_id": p.get("nodo_id"), "dependencia_id": p.get("dependencia_id")}
            acciones.guardar_comite(
                session, actor, comite_id=p.get("id"), version=formulario.version, datos=datos
            )

        formulario.guardar(guardar, propios=escrito, actuales=lambda: p)


def _entero(texto: str, campo: str) -> int:
    try:
        valor = leer_numero(texto)
    except ValueError as error:
        raise Problema(str(error), "Escriba un número entero.", campo) from error
    if valor is None or valor != valor.to_integral_value():
        raise Problema("Falta un número entero.", "Escríbalo.", campo)
    return int(valor)


def _reglas(uno: Datos) -> None:
    r = uno["reglas"]
    st.caption("Un cambio rige desde su fecha; las sesiones ya convocadas conservan las suyas.")
    formulario = Formulario(f"reglas_{uno['id']}", r["version"])
    with st.form(formulario.nombre):
        desde = _texto(formulario, "desde", "Rigen desde", placeholder=DIA)
        numeros = {c: _texto(formulario, c, rotulo, str(r[c])) for c, rotulo in REGLAS.items()}
        mas_uno = st.checkbox(
            "Más uno: más de esa fracción", r["quorum_mas_uno"], key=formulario.campo("mas_uno")
        )
        mayoria = _lista(formulario, "mayoria", "Mayoría", MAYORIAS, r["mayoria"])
        calidad = st.checkbox(
            "Quien preside tiene voto de calidad", r["voto_calidad"], key=formulario.campo("calidad")
        )
        suplentes = st.checkbox("Admite suplentes", r["suplentes"], key=formulario.campo("suplentes"))
        votan = st.multiselect(
            "Votan",
            list(CARGOS),
            r["votan"],
            format_func=lambda c: CARGOS[c],
            key=formulario.campo("votan"),
            placeholder="Elija los cargos con voto",
        )
        formulario.error("votan")
        fundamento = _texto(formulario, "fundamento", "Fundamento", r["fundamento"])
        enviado = st.form_submit_button("Guardar las reglas", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            datos: dict[str, Any] = {c: _entero(texto, c) for c, texto in numeros.items()}
            datos |= {"quorum_mas_uno": mas_uno, "mayoria": mayoria, "voto_calidad": calidad}
            datos |= {"suplentes": suplentes, "votan": votan, "fundamento": fundamento}
            dia = leer_fecha(desde, "desde")
            if dia is None:
                raise Problema("Falta desde cuándo rigen.", f"Escriba la fecha como {DIA}.", "desde")
            acciones.guardar_reglas(session, actor, comite_id=uno["id"], desde=dia, datos=datos)

        formulario.guardar(guardar, propios={}, actuales=dict)


def _voto_actual(reglas: Datos, asiento: Datos) -> bool | None:
    """Cómo se muestra el voto de un asiento: el de las reglas, o el suyo si es distinto."""
    return bool(asiento["voto"]) if otro_voto(reglas, [asiento] if asiento else []) else None


def _asientos(uno: Datos) -> None:
    por_id = {a["id"]: a for a in uno["asientos"]}
    cual = st.selectbox(
        "Asiento",
        [0, *por_id],
        format_func=lambda i: por_id[i]["representa"] if i else "Uno nuevo",
        key="asiento_que_se_cambia",
    )
    p = por_id.get(cual, {})
    formulario = Formulario(f"asiento_{uno['id']}_{cual}", p.get("version", 0))
    with st.form(formulario.nombre):
        escrito: dict[str, Any] = {
            "representa": _texto(formulario, "representa", "Representa a", p.get("representa")),
            "cargo": _lista(formulario, "cargo", "Cargo", CARGOS, p.get("cargo", "vocal")),
            "sector": _lista(formulario, "sector", "Sector", SECTORES, p.get("sector")),
            "voz": st.checkbox("Voz", p.get("voz", True), key=formulario.campo("voz")),
            "voto": _lista(formulario, "voto", "Voto", VOTO, _voto_actual(uno["reglas"], p)),
        }
        orden = _texto(formulario, "orden", "Lugar en la lista", str(p.get("orden", len(por_id) + 1)))
        hasta = _texto(
            formulario, "hasta", "Desaparece el", fecha(p["hasta"]) if p.get("hasta") else "", placeholder=DIA
        )
        enviado = st.form_submit_button("Guardar el asiento", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            datos = escrito | {"desde": p.get("desde") or hoy(session), "hasta": leer_fecha(hasta, "hasta")}
            datos |= {"orden": _entero(orden, "orden"), "dependencia_id": p.get("dependencia_id")}
            acciones.guardar_asiento(
                session,
                actor,
                comite_id=uno["id"],
                asiento_id=p.get("id"),
                version=formulario.version,
                datos=datos,
            )

        formulario.guardar(guardar, propios=escrito, actuales=lambda: p)


def _persona() -> None:
    formulario = Formulario("persona_nueva", 0)
    with st.form(formulario.nombre):
        escrito: dict[str, Any] = {
            "nombre": _texto(formulario, "nombre", "Nombre"),
            "institucion": _texto(formulario, "institucion", "Institución u organización"),
            "cargo": _texto(formulario, "cargo", "Puesto"),
            "sexo": _lista(formulario, "sexo", "Sexo, para el balance", SEXOS),
            "correo": _texto(formulario, "correo", "Correo"),
            "telefono": _texto(formulario, "telefono", "Teléfono"),
        }
        st.caption(PRIVACIDAD)
        enviado = st.form_submit_button("Agregarla", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.guardar_persona(session, actor, persona_id=None, version=0, datos=escrito)

        formulario.guardar(guardar, propios=escrito, actuales=dict)


def _proponer(uno: Datos) -> None:
    directorio = ask(personas)
    if not uno["asientos"] or not directorio:
        st.info("Primero agregue los asientos y a las personas del directorio.")
        return
    formulario = Formulario(f"proponer_{uno['id']}", len(uno["integrantes"]))
    asientos = {a["id"]: f"{a['representa']} ({CARGOS[a['cargo']]})" for a in uno["asientos"]}
    with st.form(formulario.nombre):
        asiento = _lista(formulario, "asiento", "Asiento", asientos)
        persona = _lista(formulario, "persona", "Persona", directorio)
        calidades = CALIDADES if uno["reglas"]["suplentes"] else {"titular": CALIDADES["titular"]}
        calidad = _lista(formulario, "calidad", "Calidad", calidades)
        enviado = st.form_submit_button("Proponerla", type="primary")
    if enviado:

        def guardar(session: Session, actor: Actor) -> None:
            acciones.proponer(
                session, actor, asiento_id=asiento, persona_id=persona, calidad=calidad, desde=hoy(session)
            )

        formulario.guardar(guardar, propios={}, actuales=dict)


def _acreditar(uno: Datos) -> None:
    por_id = {i["integrante_id"]: i for i in uno["integrantes"]}
    if not por_id:
        st.info("Nadie se ha propuesto todavía.")
        return
    cual = st.selectbox(
        "Integrante",
        list(por_id),
        format_func=lambda i: f"{por_id[i]['nombre']} · {por_id[i]['representa']}",
        key="integrante_que_se_cambia",
    )
    formulario = Formulario(f"acreditar_{cual}", por_id[cual]["version"])
    with st.form(formulario.nombre):
        oficio = _texto(formulario, "acreditacion", "Oficio que lo acredita", por_id[cual]["acreditacion"])
        acredita = st.form_submit_button("Acreditar", type="primary")
        baja = st.form_submit_button("Dar de baja desde hoy")
    if acredita:

        def acreditar(session: Session, actor: Actor) -> None:
            acciones.acreditar(
                session,
                actor,
                integrante_id=cual,
                version=formulario.version,
                acreditacion=oficio,
                dia=hoy(session),
            )

        formulario.guardar(acreditar, propios={}, actuales=dict)
    if baja:

        def quitar(session: Session, actor: Actor) -> None:
            acciones.dar_de_baja(
                session, actor, integrante_id=cual, version=formulario.version, dia=hoy(session)
            )

        formulario.guardar(quitar, propios={}, actuales=dict)
