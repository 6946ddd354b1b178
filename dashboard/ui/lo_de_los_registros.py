"""Lo que los registros de la unidad llevan sobre un nodo, programa o indicador, y lo que esperan de uno."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask
from dashboard.ui.enlaces import enlace
from dashboard.ui.registro_ficha import objeto
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.queries.encargos import encargos_de, por_atender
from db.rules.estado import Estado
from db.rules.permisos import Accion, Actor, puede
from db.rules.registros import REGISTROS

Datos = Mapping[str, Any]


def de(persona: Actor, asunto: str, referencia: object) -> None:
    """Los encargos que lo tocan y la persona puede ver; nada si no hay."""
    suyos = [
        e
        for e in ask(encargos_de, asunto=asunto, referencia=str(referencia))
        if puede(persona, REGISTROS[e["registro"]].ver, objeto(e))
    ]
    if not suyos:
        return
    st.subheader("Lo que la unidad lleva sobre esto", anchor=False)
    for e in suyos:
        _liga(e)


def esperan_de(persona: Actor) -> list[Datos]:
    """Los vencidos y por vencer que le toca mover; a la unidad, los suyos y los que sólo ella autoriza."""
    unidad = puede(persona, Accion.AUTORIZAR_REGISTROS)
    return [
        e
        for e in ask(por_atender)
        if puede(persona, REGISTROS[e["registro"]].editar, objeto(e)) and (not unidad or _vencido(e))
    ]


def ligas(suyos: Sequence[Datos]) -> None:
    """Una liga por encargo, con su situación."""
    for e in suyos:
        _liga(e)


def _liga(e: Datos) -> None:
    registro = REGISTROS[e["registro"]]
    que = f"{mayuscula(registro.uno)} {e['folio']} {e['titulo']}: {e['situacion'][1].lower()}"
    enlace(registro.pagina, esc_md(que), {"encargo": e["id"]})


def _vencido(e: Datos) -> bool:
    return bool(e["situacion"][0] == Estado.critico)


def titulo(encargos: Sequence[Datos]) -> str:
    """«Tres asuntos de la unidad vencidos»; vacío si ninguno."""
    vencidos = sum(map(_vencido, encargos))
    if not vencidos:
        return ""
    return mayuscula(
        contar(vencidos, "asunto de la unidad vencido", "asuntos de la unidad vencidos", femenino=False)
    )
