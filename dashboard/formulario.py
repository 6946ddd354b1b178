"""Formularios que no pierden ni repiten nada: llave de un solo uso, versión con que se abrieron y errores
junto al campo."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import streamlit as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session
from streamlit.delta_generator import DeltaGenerator

from dashboard.sesion import actor
from db.actions.idempotencia import Conflicto, una_vez
from db.engine import writing
from db.models.bitacora import LlaveIdempotencia
from db.rules.permisos import Actor
from db.rules.problema import Problema

GUARDADO, REPETIDO = "Guardado.", "Ya estaba guardado."
OTRO_CAMBIO = "Otra persona cambió este registro; vuelva a abrirlo. No se guardó nada."

Cambio = Callable[[Session, Actor], Any]
"""El cambio que hace el formulario; corre dentro de la transacción y no dibuja nada."""


def _entrada(nombre: str) -> str:
    return f"_formulario_{nombre}"


def reabrir(nombre: str) -> None:
    """Olvida lo escrito: el formulario se vuelve a llenar con lo guardado."""
    st.session_state.pop(_entrada(nombre), None)


class Formulario:
    """Un formulario abierto. `version` es la del registro cuando se abrió, no la de ahora.

    `solo_botones`: no hay nada escrito que cuidar y sigue al registro; si cambió, los botones son otros y
    lo que se oprimió sobre lo de antes no hace nada.
    """

    def __init__(self, nombre: str, version: int | str, solo_botones: bool = False) -> None:
        self.nombre = nombre
        abierto = st.session_state.get(_entrada(nombre))
        # Al volver de otra pantalla lo escrito ya no está: se abre de nuevo, con la versión de ahora.
        if abierto is None or (
            abierto["version"] != version and (solo_botones or not self._escrito(abierto["llave"]))
        ):
            abierto = {"llave": uuid4().hex, "version": version}
            st.session_state[_entrada(nombre)] = abierto
        self.llave: str = abierto["llave"]
        self.version: Any = abierto["version"]
        self._huecos: dict[str, DeltaGenerator] = {}
        if aviso := st.session_state.pop(f"_aviso_{nombre}", None):
            st.success(aviso)

    @staticmethod
    def _escrito(llave: str) -> bool:
        return any(str(clave).startswith(f"{llave}_") for clave in st.session_state)

    def campo(self, nombre: str) -> str:
        """Clave del control de un campo; cambia cada vez que el formulario se abre."""
        return f"{self.llave}_{nombre}"

    def error(self, campo: str) -> None:
        """Reserva, debajo del campo, el lugar de su error."""
        self._huecos[campo] = st.empty()

    def guardar(
        self, cambio: Cambio, *, propios: Mapping[str, Any], actuales: Callable[[], Mapping[str, Any]]
    ) -> None:
        """Guarda una sola vez y vuelve a correr la pantalla; si no se pudo, dice por qué y no pierde nada.

        `propios` y `actuales` son lo escrito y lo que hay ahora, por nombre visible: se muestran lado a lado
        cuando otra persona guardó primero.
        """
        persona = actor()
        try:
            repetido = self._escribir(persona, cambio)
        except (Conflicto, StaleDataError):
            self._mostrar_conflicto(propios, actuales())
        except IntegrityError as error:
            if LlaveIdempotencia.__tablename__ not in str(error):
                raise
            self._terminar(REPETIDO)
        except Problema as problema:
            lugar = self._huecos.get(problema.campo or "")
            (lugar or st).error(str(problema))
        else:
            self._terminar(REPETIDO if repetido else GUARDADO)

    def _escribir(self, persona: Actor, cambio: Cambio) -> bool:
        def hacer() -> None:
            cambio(session, persona)

        with writing(persona) as session:
            return una_vez(session, persona, self.llave, self.nombre, hacer)[1]

    def _terminar(self, aviso: str) -> None:
        reabrir(self.nombre)
        st.session_state[f"_aviso_{self.nombre}"] = aviso
        st.rerun()

    def _mostrar_conflicto(self, propios: Mapping[str, Any], actuales: Mapping[str, Any]) -> None:
        st.error(OTRO_CAMBIO)
        distintos = [
            {"Dato": dato, "Lo que usted escribió": str(valor), "Lo guardado ahora": str(actuales.get(dato))}
            for dato, valor in propios.items()
            if valor != actuales.get(dato)
        ]
        if distintos:
            st.dataframe(distintos, hide_index=True)
        st.button(
            "Abrir lo guardado ahora", on_click=reabrir, args=(self.nombre,), key=f"{self.nombre}_reabrir"
        )
