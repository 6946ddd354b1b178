"""Las partes de Configuración: municipio, niveles del plan y entes."""

from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.formulario import Formulario
from db.actions.ente import guardar_ente, guardar_partidas_transferencia
from db.actions.municipio import NIVELES_MAXIMO, guardar_municipio, guardar_niveles_plan
from db.models.municipio import TipoEnte
from db.queries import configuracion

TIPOS_ENTE = {
    TipoEnte.AYUNTAMIENTO: "Ayuntamiento",
    TipoEnte.DIF: "Sistema DIF",
    TipoEnte.AGUA: "Organismo de agua",
    TipoEnte.DEPORTE: "Instituto del deporte",
    TipoEnte.JUVENTUD: "Instituto de la juventud",
    TipoEnte.OTRO: "Otro",
}
NUEVO = "Ente nuevo"
NUEVO_ENTE: dict[str, Any] = {
    "id": None,
    "clave": "",
    "nombre": "",
    "tipo": "otro",
    "activo": True,
    "clave_osfem": "",
    "version": 0,
}


def _visibles(dato: dict[str, Any]) -> dict[str, Any]:
    return {
        "Nombre": dato["nombre"],
        "Estado": dato["estado"],
        "Clave del INEGI": dato["clave_inegi"],
        "Color": dato["color"].upper(),
    }


def municipio() -> None:
    """Nombre, estado, clave, color y escudo."""
    dato = ask(configuracion.municipio)
    formulario = Formulario("municipio", dato["version"])
    with st.form("municipio"):
        nombre = st.text_input("Nombre del municipio", dato["nombre"], key=formulario.campo("nombre"))
        formulario.error("nombre")
        estado = st.text_input("Estado", dato["estado"], key=formulario.campo("estado"))
        formulario.error("estado")
        clave = st.text_input(
            "Clave del INEGI",
            dato["clave_inegi"],
            key=formulario.campo("clave"),
            help="Cinco dígitos: dos de la entidad y tres del municipio. Ejemplo: 15054.",
        )
        formulario.error("clave_inegi")
        color = st.text_input(
            "Color institucional",
            dato["color"],
            key=formulario.campo("color"),
            help="Como #9D2449. Debe distinguirse bien del blanco.",
        )
        formulario.error("color")
        if dato["escudo"]:
            st.image(dato["escudo"], width=96, alt="Escudo actual del municipio")
        subido = st.file_uploader(
            "Escudo (PNG o JPEG, hasta 300 KB)",
            type=["png", "jpg", "jpeg"],
            key=formulario.campo("escudo"),
            max_upload_size=1,
        )
        quitar = bool(dato["escudo"]) and st.checkbox("Quitar el escudo", key=formulario.campo("quitar"))
        formulario.error("escudo")
        enviado = st.form_submit_button("Guardar municipio", type="primary")
    if not enviado:
        return
    propio = {"nombre": nombre, "estado": estado, "clave_inegi": clave, "color": color}
    escudo = subido.getvalue() if subido else None
    formulario.guardar(
        lambda session, persona: guardar_municipio(
            session, persona, version=formulario.version, **propio, escudo=escudo, quitar_escudo=quitar
        ),
        propios=_visibles(propio),
        actuales=lambda: _visibles(ask(configuracion.municipio)),
    )


def _niveles_visibles(niveles: list[str]) -> dict[str, str]:
    return {f"Nivel {numero}": nombre for numero, nombre in enumerate(niveles, start=1)}


def niveles() -> None:
    """Los nombres de los niveles del plan, del más alto al más bajo."""
    dato = ask(configuracion.municipio)
    st.write("De tres a siete niveles, del más alto al más bajo. Deje vacíos los que su plan no usa.")
    formulario = Formulario("niveles", dato["version"])
    guardados = dato["niveles_plan"]
    with st.form("niveles"):
        nombres = [
            st.text_input(
                f"Nivel {numero + 1}",
                guardados[numero] if numero < len(guardados) else "",
                key=formulario.campo(str(numero)),
            )
            for numero in range(NIVELES_MAXIMO)
        ]
        formulario.error("niveles")
        enviado = st.form_submit_button("Guardar niveles", type="primary")
    if enviado:
        formulario.guardar(
            lambda session, persona: guardar_niveles_plan(
                session, persona, version=formulario.version, niveles=nombres
            ),
            propios=_niveles_visibles([nombre for nombre in nombres if nombre]),
            actuales=lambda: _niveles_visibles(ask(configuracion.municipio)["niveles_plan"]),
        )


def entes() -> None:
    """Los entes y las partidas con que se transfieren dinero."""
    lista = ask(configuracion.entes)
    por_nombre = {ente["nombre"]: ente for ente in lista}
    elegido = st.selectbox("Ente", [*por_nombre, NUEVO], key="ente_elegido")
    _ente(por_nombre.get(elegido))
    st.subheader("Transferencias entre entes")
    st.write(
        "Partidas con que el ayuntamiento transfiere dinero a sus propios entes. En la vista consolidada se "
        "restan para no contar dos veces el mismo peso."
    )
    _partidas()


def _ente_visible(ente: dict[str, Any] | None) -> dict[str, Any]:
    if ente is None:
        return {}
    return {
        "Clave": ente["clave"],
        "Nombre": ente["nombre"],
        "Tipo": TIPOS_ENTE[TipoEnte(ente["tipo"])],
        "Activo": "Sí" if ente["activo"] else "No",
        "Clave ante el OSFEM": ente["clave_osfem"],
    }


def _ente(ente: dict[str, Any] | None) -> None:
    dato = ente or NUEVO_ENTE
    formulario = Formulario(f"ente_{dato['id'] or 'nuevo'}", dato["version"])
    with st.form(formulario.nombre):
        nombre = st.text_input("Nombre del ente", dato["nombre"], key=formulario.campo("nombre"))
        formulario.error("nombre")
        clave = st.text_input(
            "Clave", dato["clave"], key=formulario.campo("clave"), help="Corta y sin acentos. Ejemplo: dif."
        )
        formulario.error("clave")
        tipo = st.selectbox(
            "Tipo",
            list(TIPOS_ENTE),
            list(TIPOS_ENTE).index(TipoEnte(dato["tipo"])),
            key=formulario.campo("tipo"),
            format_func=lambda tipo: TIPOS_ENTE[TipoEnte(tipo)],
        )
        osfem = st.text_input(
            "Clave ante el OSFEM",
            dato["clave_osfem"],
            key=formulario.campo("osfem"),
            help="Sólo dígitos; nombra los archivos de texto. Ejemplo: 0103.",
        )
        formulario.error("clave_osfem")
        activo = st.checkbox("Activo", dato["activo"], key=formulario.campo("activo"))
        formulario.error("activo")
        enviado = st.form_submit_button("Guardar ente", type="primary")
    if not enviado:
        return
    propio = {
        "clave": clave,
        "nombre": nombre,
        "tipo": TipoEnte(tipo),
        "activo": activo,
        "clave_osfem": osfem,
    }
    formulario.guardar(
        lambda session, persona: guardar_ente(
            session, persona, ente_id=dato["id"], version=formulario.version, **propio
        ),
        propios=_ente_visible(propio),
        actuales=lambda: _ente_visible(
            next((otro for otro in ask(configuracion.entes) if otro["id"] == dato["id"]), None)
        ),
    )


def _en_renglones(filas: list[dict[str, str]]) -> str:
    return "\n".join(f"{fila['partida']} {fila['nombre']}".strip() for fila in filas)


def _partidas() -> None:
    dato = ask(configuracion.partidas)
    formulario = Formulario("partidas", dato["firma"])
    with st.form("partidas"):
        texto = st.text_area(
            "Una por renglón: la partida y su nombre",
            _en_renglones(dato["filas"]),
            key=formulario.campo("texto"),
            placeholder="4151 Transferencias internas otorgadas a entidades paraestatales",
        )
        formulario.error("partidas")
        enviado = st.form_submit_button("Guardar partidas", type="primary")
    if not enviado:
        return
    cortadas = [renglon.strip().partition(" ") for renglon in texto.splitlines() if renglon.strip()]
    pares = [(partida, nombre) for partida, _, nombre in cortadas]
    formulario.guardar(
        lambda session, persona: guardar_partidas_transferencia(
            session, persona, firma=formulario.version, partidas=pares
        ),
        propios={"Partidas": texto.strip()},
        actuales=lambda: {"Partidas": _en_renglones(ask(configuracion.partidas)["filas"])},
    )
