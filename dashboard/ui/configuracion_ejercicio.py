"""La parte «Ejercicios» de Configuración: crear, fijar el corte y las reglas de cálculo."""

from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.formulario import Formulario
from dashboard.ui.configuracion_bandas import bandas
from db.actions import ejercicio as acciones
from db.models.municipio import Periodicidad
from db.queries import configuracion
from db.rules.formato import leer_numero, mes_nombre, numero
from db.rules.problema import Problema

PERIODICIDADES = {Periodicidad.TRIMESTRE: "Cada trimestre", Periodicidad.MES: "Cada mes"}
AUTOMATICO = "El último periodo cerrado"


def ejercicios() -> None:
    """El ejercicio elegido en el marco, y cómo crear otro."""
    lista = ask(configuracion.ejercicios)
    anio = filtros().anio
    elegido = next((dato for dato in lista if dato["anio"] == anio), lista[0] if lista else None)
    if elegido is None:
        st.info("Aún no hay ejercicios. Cree la administración y el primer ejercicio.")
    else:
        st.subheader(f"Ejercicio {elegido['anio']}")
        _corte_y_reglas(elegido)
        st.subheader("Bandas del semáforo")
        bandas(elegido["anio"])
    with st.expander("Crear una administración o un ejercicio", expanded=elegido is None):
        _crear(lista)


def _visibles(dato: dict[str, Any]) -> dict[str, Any]:
    mes = dato["corte_mes"]
    return {
        "Corte": mes_nombre(mes) if mes else AUTOMATICO,
        "Vencido cuenta como 0": "Sí" if dato["vencido_cuenta_cero"] else "No",
        "Cobertura mínima": numero(dato["cobertura_minima"]),
        "Momentos estrictos": "Sí" if dato["momentos_estrictos"] else "No",
        "Captura": PERIODICIDADES[Periodicidad(dato["periodicidad"])],
    }


def _corte_y_reglas(dato: dict[str, Any]) -> None:
    anio = dato["anio"]
    formulario = Formulario(f"reglas_{anio}", dato["version"])
    meses = [None, *range(1, 13)]
    with st.form(formulario.nombre):
        corte_mes = st.selectbox(
            "Corte",
            meses,
            meses.index(dato["corte_mes"]),
            key=formulario.campo("corte"),
            format_func=lambda mes: AUTOMATICO if mes is None else mes_nombre(mes).capitalize(),
            help="Hasta qué mes mide el tablero cuando nadie escoge otro.",
        )
        formulario.error("corte_mes")
        cobertura = st.text_input(
            "Cobertura mínima (%)",
            numero(dato["cobertura_minima"]),
            key=formulario.campo("cobertura"),
            help="Con menos de esto evaluado, un nodo dice «Sin dato suficiente» y no lleva cifra.",
        )
        formulario.error("cobertura_minima")
        periodicidad = st.selectbox(
            "Captura de avances",
            list(PERIODICIDADES),
            list(PERIODICIDADES).index(Periodicidad(dato["periodicidad"])),
            key=formulario.campo("periodicidad"),
            format_func=lambda valor: PERIODICIDADES[Periodicidad(valor)],
        )
        formulario.error("periodicidad")
        vencido = st.checkbox(
            "Lo vencido sin reporte cuenta como 0",
            dato["vencido_cuenta_cero"],
            key=formulario.campo("vencido"),
        )
        estrictos = st.checkbox(
            "Rechazar presupuesto cuyos momentos no cuadren (si no, sólo se avisa)",
            dato["momentos_estrictos"],
            key=formulario.campo("estrictos"),
        )
        enviado = st.form_submit_button("Guardar corte y reglas", type="primary")
    if not enviado:
        return
    propio = {
        "corte_mes": corte_mes,
        "vencido_cuenta_cero": vencido,
        "momentos_estrictos": estrictos,
        "periodicidad": Periodicidad(periodicidad),
    }

    def cambiar(session: Any, persona: Any) -> None:
        minima = _porcentaje(cobertura)
        fijado = acciones.fijar_corte(session, persona, anio=anio, version=formulario.version, mes=corte_mes)
        reglas = {clave: valor for clave, valor in propio.items() if clave != "corte_mes"}
        acciones.guardar_reglas(
            session, persona, anio=anio, version=fijado.version, cobertura_minima=minima, **reglas
        )

    formulario.guardar(
        cambiar,
        propios=_visibles(propio | {"cobertura_minima": Decimal(0)}) | {"Cobertura mínima": cobertura},
        actuales=lambda: _visibles(
            next(otro for otro in ask(configuracion.ejercicios) if otro["anio"] == anio)
        ),
    )


def _porcentaje(texto: str) -> Decimal:
    try:
        valor = leer_numero(texto, allow_pct=True)
    except ValueError:
        valor = None
    if valor is None:
        raise Problema(
            f"«{texto}» no es un porcentaje.", "Escriba un número de 0 a 100.", campo="cobertura_minima"
        )
    return valor


def _crear(lista: list[dict[str, Any]]) -> None:
    hechas = ask(configuracion.administraciones)
    if hechas:
        st.write("Administraciones: " + ", ".join(dato["nombre"] for dato in hechas))
    formulario = Formulario("administracion", len(hechas))
    with st.form("administracion"):
        inicio = st.number_input(
            "Año en que empieza la administración", 2000, 2100, 2025, key=formulario.campo("inicio")
        )
        formulario.error("inicio")
        if st.form_submit_button("Crear administración"):
            formulario.guardar(
                lambda session, persona: acciones.crear_administracion(session, persona, inicio=int(inicio)),
                propios={},
                actuales=dict,
            )
    siguiente = (
        max((dato["anio"] for dato in lista), default=hechas[0]["inicio"].year - 1 if hechas else 2024) + 1
    )
    nuevo = Formulario("ejercicio", len(lista))
    with st.form("ejercicio"):
        anio = st.number_input("Ejercicio (año)", 2000, 2100, siguiente, key=nuevo.campo("anio"))
        nuevo.error("anio")
        if st.form_submit_button("Crear ejercicio"):
            nuevo.guardar(
                lambda session, persona: acciones.crear_ejercicio(session, persona, anio=int(anio)),
                propios={},
                actuales=dict,
            )
