"""De lo que requiere atención se llega a hojas: ninguna liga de Inicio abre una lista vacía."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from sqlmodel import Session

from dashboard.ui import frases
from dashboard.ui.vista_vinculos import _participacion
from db.engine import reading
from db.queries.catalogo_indicadores import FiltroIndicadores, catalogo, filtrar
from db.queries.fichas import ficha_meta, lista_metas
from db.queries.municipio import contexto
from db.queries.tablero import tablero
from db.rules.permisos import Rol
from db.rules.problema import Problema
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
        estado = pedido.pop("estado", None)
        elegidos = filtrar(catalogo(session, anio=anio)["renglones"], FiltroIndicadores(**pedido))
        return any(estado in (None, r["cumplimiento"]["estado"]) for r in elegidos)
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


def test_la_base_vacia_solo_ofrece_lo_que_el_rol_abre(base_sqlite: str) -> None:
    def ligas(rol: Rol) -> str:
        prueba = abrir("inicio", rol)
        return " ".join(liga.proto.label for liga in prueba.get("page_link"))

    assert "Primeros pasos" in ligas(Rol.ADMINISTRACION) and "Importar" not in ligas(Rol.ADMINISTRACION)
    assert "Primeros pasos" in ligas(Rol.PLANEACION) and "Importar" in ligas(Rol.PLANEACION)
    assert "Importar" not in ligas(Rol.PRESIDENCIA) and "Primeros" not in ligas(Rol.PRESIDENCIA)


def test_la_brecha_va_en_puntos_y_el_dinero_dice_su_corte(base_demo: str) -> None:
    with reading() as session:
        t = tablero(session, anio=_ultimo(session))
    for parte in (t, *t["ejes"]):
        assert parte["brecha"]["valor"] is None or parte["brecha"]["cifra"].endswith("puntos")
        assert parte["avance_financiero"]["detalle"]["corte"] == [t["anio"], t["mes"]]


@pytest.mark.parametrize(
    ("mas", "dice"), [(0, "Ver los 26 casos"), (14, "Ver los 26 más graves de 40 casos")]
)
def test_el_boton_de_los_casos_dice_cuantos_se_listan(mas: int, dice: str) -> None:
    assert frases.ver_casos(26, mas) == dice


@pytest.mark.parametrize("texto", ["12,5", "mucho", "", None, "NaN"])
def test_una_participacion_que_no_es_porcentaje_se_rechaza(texto: str | None) -> None:
    """«12,5» no se toma en silencio por 125."""
    with pytest.raises(Problema, match="no es un porcentaje"):
        _participacion(texto)
    assert _participacion("12.5 %") == Decimal("0.125")


def test_los_indicadores_de_una_dependencia_son_solo_los_suyos(base_demo: str) -> None:
    with reading() as session:
        anio = _ultimo(session)
        todos = catalogo(session, anio=anio)["renglones"]
        una = next(d for d in tablero(session, anio=anio)["vencidos"]["lista"] if d["indicadores"])
    suyos = filtrar(todos, FiltroIndicadores(dependencia=una["dependencia"]))
    vencidos = [r for r in suyos if r["cumplimiento"]["estado"] == "vencido"]
    assert {r["dependencia"] for r in suyos} == {una["nombre"]}
    assert len(vencidos) == una["indicadores"] <= len(suyos) < len(todos)
    prueba = abrir("indicadores", Rol.PRESIDENCIA, dependencia=str(una["dependencia"]), estado="vencido")
    assert not prueba.exception
    assert una["nombre"] in prueba.title[0].value.replace("\\", "")
    assert len(prueba.dataframe[0].value) == una["indicadores"]
