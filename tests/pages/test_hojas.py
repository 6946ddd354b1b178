"""De lo que requiere atención se llega a hojas: ninguna liga de Inicio abre una lista vacía."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import streamlit as st
from sqlmodel import Session

from db.engine import reading
from db.queries.fichas import ficha_meta, lista_indicadores, lista_metas
from db.queries.municipio import contexto
from db.queries.tablero import tablero
from db.rules.permisos import Rol
from tests.pages.ayuda import abrir


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def _ultimo(session: Session) -> int:
    return int(max(contexto(session)["ejercicios"]))


def _hay_hojas(session: Session, anio: int, pagina: str, parametros: Mapping[str, str]) -> bool:
    """¿La pantalla abierta con esos parámetros muestra algo?"""
    pedido: dict[str, Any] = dict(parametros)
    if "meta" in pedido:
        return ficha_meta(session, meta_id=int(pedido["meta"]), anio=anio) is not None
    if "dependencia" in pedido:
        pedido["dependencia"] = int(pedido["dependencia"])
    if pagina == "indicadores":
        return bool(lista_indicadores(session, anio=anio, **pedido)["indicadores"])
    return bool(lista_metas(session, anio=anio, **pedido)["metas"])


def test_cada_caso_que_pide_atencion_abre_sus_hojas(base_demo: str) -> None:
    with reading() as session:
        anio = _ultimo(session)
        casos = tablero(session, anio=anio)["excepciones"]
        vacios = [
            caso["titulo"]
            for caso in casos
            if caso["pagina"] in ("metas", "indicadores")
            and not _hay_hojas(session, anio, caso["pagina"], caso["parametros"])
        ]
    assert casos and not vacios


def test_los_indicadores_de_una_dependencia_son_solo_los_suyos(base_demo: str) -> None:
    with reading() as session:
        anio = _ultimo(session)
        todos = lista_indicadores(session, anio=anio)
        una = next(d for d in tablero(session, anio=anio)["vencidos"]["lista"] if d["indicadores"])
        suyos = lista_indicadores(session, anio=anio, dependencia=una["dependencia"])
        vencidos = lista_indicadores(session, anio=anio, dependencia=una["dependencia"], estado="vencido")
    assert suyos["filtro"] == una["nombre"] and todos["filtro"] == ""
    assert len(vencidos["indicadores"]) == una["indicadores"] <= suyos["total"] < todos["total"]
    assert vencidos["total"] == suyos["total"], "el conjunto no cambia por ver sólo un estado"
    prueba = abrir("indicadores", Rol.PRESIDENCIA, dependencia=str(una["dependencia"]), estado="vencido")
    assert not prueba.exception
    assert len(prueba.dataframe[0].value) == una["indicadores"]
