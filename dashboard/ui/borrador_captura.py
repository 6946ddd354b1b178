"""Lo escrito al capturar se guarda en cuanto cambia un campo, antes de volver a dibujar la pantalla.

Streamlit abandona la corrida en que va si la persona oprime «Siguiente», recarga o cierra: lo que se guardara
al final de la corrida se perdería. El aviso de cambio de cada campo corre primero, pase lo que pase después.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.formulario import Formulario
from db.actions.borradores import descartar_borrador, guardar_borrador
from db.audit import SOLO_BITACORA
from db.engine import writing
from db.queries.borradores import borrador
from db.queries.captura import llave_de_borrador
from db.rules.captura import sospecha
from db.rules.formato import leer_numero, numero
from db.rules.permisos import Actor

Item = Mapping[str, Any]
Escrito = dict[str, Any]
"""Lo que la persona lleva escrito de una cosa, tal como lo tecleó: es también su borrador."""
Ruta = tuple[str, ...]
"""Dónde va un campo del borrador: `("valores", "12")`, `("mejora", "fin")`, `("beneficiarios", "0", "1")`."""

MEJORA = ("accion", "responsable", "prueba", "inicio", "fin")
PAUSA = "700ms"
"""Lo que espera sin que se teclee para guardar: así recargar o cerrar no pierde lo que sigue en el campo."""


@dataclass(frozen=True, slots=True)
class Hoja:
    """Los campos de una meta o indicador en un periodo, y de quién es su borrador."""

    formulario: Formulario
    persona: Actor
    item: Item
    anio: int
    mes: int

    def clave(self, nombre: str) -> str:
        return self.formulario.campo(f"{self.item['clase']}-{self.item['id']}-{nombre}")

    def texto(self, nombre: str, rotulo: str, inicial: str, ruta: Ruta) -> str:
        """Un campo de texto que conserva lo escrito entre corridas y entre pantallas."""
        clave = self.clave(nombre)
        st.session_state.setdefault(clave, inicial)
        return st.text_input(rotulo, key=clave, live=PAUSA, on_change=self._anotar, args=(clave, ruta))

    def dia(self, nombre: str, rotulo: str, inicial: date | None, ruta: Ruta) -> str:
        """Un campo de fecha; devuelve AAAA-MM-DD, o vacío."""
        clave = self.clave(nombre)
        st.session_state.setdefault(clave, inicial)
        dia = st.date_input(
            rotulo, key=clave, format="DD/MM/YYYY", on_change=self._anotar, args=(clave, ruta)
        )
        return dia.isoformat() if isinstance(dia, date) else ""

    def _anotar(self, clave: str, ruta: Ruta) -> None:
        """Guarda un solo campo sobre lo que ya hay guardado: nada depende de lo que quedó a medio dibujar."""
        valor, usuario_id = st.session_state.get(clave), self.persona.usuario_id
        if usuario_id is None:
            return
        texto = valor.isoformat() if isinstance(valor, date) else str(valor or "")
        llave = llave_de_borrador(self.anio, self.mes, self.item["clase"], self.item["id"])
        with writing(self.persona) as session:
            session.info[SOLO_BITACORA] = True
            previo = borrador(session, usuario_id=usuario_id, llave=llave)
            datos = con(self.item, previo["datos"] if previo else lo_guardado(self.item), ruta, texto)
            if vacio(self.item, datos):
                descartar_borrador(session, usuario_id, [llave])
            else:
                guardar_borrador(session, usuario_id, llave, datos)


def lo_guardado(item: Item) -> Escrito:
    """El borrador con que se empieza: lo que la cosa ya tiene entregado."""
    valores = {
        str(r["id"]): "" if r["alcanzado"] is None else numero(r["alcanzado"]) for r in item["renglones"]
    }
    datos: Escrito = {"version": item["version"], "valores": valores}
    if item["justificacion"]:
        datos["justificacion"] = item["justificacion"]
    if item["mejora"]:
        datos["mejora"] = {nombre: str(item["mejora"][nombre]) for nombre in MEJORA}
    if item["beneficiarios"]:
        datos["beneficiarios"] = [
            [b["lugar"], str(b["mujeres"]), str(b["hombres"])] for b in item["beneficiarios"]
        ]
    return datos


def con(item: Item, datos: Escrito, ruta: Ruta, texto: str) -> Escrito:
    """El borrador con un campo cambiado; un valor sospechoso queda por confirmar."""
    nuevo = deepcopy(datos)
    parte, *resto = ruta
    if not resto:
        nuevo[parte] = texto
    elif parte == "beneficiarios":
        lugar, columna = int(resto[0]), int(resto[1])
        filas = nuevo.setdefault("beneficiarios", [])
        filas += [["", "", ""] for _ in range(lugar + 1 - len(filas))]
        filas[lugar][columna] = texto
    else:
        nuevo.setdefault(parte, dict.fromkeys(MEJORA, "") if parte == "mejora" else {})[resto[0]] = texto
    if parte == "valores":
        _marcar_dudoso(item, nuevo, str(resto[0]))
    return nuevo


def _marcar_dudoso(item: Item, datos: Escrito, cambiado: str) -> None:
    dudosos = [str(r["id"]) for r in item["renglones"] if _dudoso(r, datos["valores"].get(str(r["id"]), ""))]
    if cambiado in dudosos:
        datos["por_confirmar"] = True
    elif not dudosos:
        datos.pop("por_confirmar", None)


def _dudoso(renglon: Item, texto: str) -> bool:
    try:
        valor = leer_numero(texto)
    except ValueError:
        return False
    return sospecha(valor, renglon["anterior"]) is not None and valor != renglon["alcanzado"]


def vacio(item: Item, escrito: Escrito) -> bool:
    """¿Se borró todo lo escrito de algo que nadie ha enviado?"""
    razones = (escrito.get("justificacion", ""), *(c for b in escrito.get("beneficiarios", []) for c in b))
    return item["estado"] is None and not any(t.strip() for t in (*escrito["valores"].values(), *razones))
