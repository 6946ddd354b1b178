"""El PDF: etiquetado, en español, con todo su texto, sin signos perdidos y siempre igual."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.reports import a_pdf
from dashboard.reports.bloques import Parrafo, Titulo
from dashboard.reports.glifos import _TRAMOS, imprimible
from tests.reports.muestrario import AL_REVES, EMISION, HOSTIL, NIVELES, SIN_LETRA, documento, tabla


@pytest.fixture(scope="module")
def leido() -> PdfReader:
    return PdfReader(io.BytesIO(a_pdf.hacer(documento(), EMISION)))


@pytest.fixture(scope="module")
def texto(leido: PdfReader) -> str:
    return "\n".join(pagina.extract_text() for pagina in leido.pages)


def test_esta_etiquetado_en_espanol_de_mexico(leido: PdfReader) -> None:
    raiz: Any = leido.trailer["/Root"]
    assert raiz["/Lang"] == "es-MX" and raiz["/MarkInfo"]["/Marked"]
    assert leido.metadata is not None and leido.metadata.title == "Documento de prueba"
    clases = _clases(raiz["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/P"} <= clases


def _clases(nodo: Any) -> set[str]:
    halladas = {nodo["/S"]} if "/S" in nodo else set()
    hijos = nodo.get("/K", [])
    for hijo in hijos if isinstance(hijos, list) else [hijos]:
        suyo = hijo.get_object() if hasattr(hijo, "get_object") else hijo
        if isinstance(suyo, dict):
            halladas |= _clases(suyo)
    return halladas


def test_lo_hostil_se_lee_tal_cual_y_nada_se_ejecuta(texto: str) -> None:
    assert HOSTIL in " ".join(texto.split())
    assert "antesodnes lar" in texto
    for nombre in (*NIVELES, "Total del Gasto", "3 = (1 − 2)", "−$1,234.50", "✔ En meta", "01020401"):
        assert nombre in texto


def test_lo_que_ninguna_letra_dibuja_se_ve_como_hueco(texto: str) -> None:
    assert "□□ y emoji □" in texto
    assert imprimible(SIN_LETRA) == "□□ y emoji □" and imprimible(AL_REVES) == "antesodnes lar"


def test_cada_hoja_dice_su_numero_su_folio_y_su_sello(leido: PdfReader) -> None:
    cuantas = len(leido.pages)
    assert cuantas >= 2
    for n, pagina in enumerate(leido.pages, 1):
        dicho = pagina.extract_text()
        assert f"Hoja {n} de {cuantas}" in dicho
        assert "Folio PRUEBA-2026-0001" in dicho and "Sello ab12ab12ab12ab12" in dicho
        assert "BORRADOR" not in dicho


@pytest.mark.parametrize("emision", [None, replace(EMISION, borrador=True)])
def test_sin_emitir_o_con_faltas_dice_borrador_en_cada_hoja(emision: Any) -> None:
    corto = documento((Parrafo("uno"), tabla(60)))
    hecho = PdfReader(io.BytesIO(a_pdf.hacer(corto, emision)))
    assert len(hecho.pages) > 1
    assert all("BORRADOR" in pagina.extract_text() for pagina in hecho.pages)


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert a_pdf.hacer(documento(), EMISION) == a_pdf.hacer(documento(), EMISION)
    otro = replace(EMISION, folio="PRUEBA-2026-0002")
    assert a_pdf.hacer(documento(), EMISION) != a_pdf.hacer(documento(), otro)


def test_un_titulo_que_se_salta_niveles_no_rompe_la_estructura() -> None:
    hecho = a_pdf.hacer(documento((Titulo("Hondo", 3), Titulo("Más hondo", 3))), EMISION)
    assert _clases(PdfReader(io.BytesIO(hecho)).trailer["/Root"]["/StructTreeRoot"]) >= {"/H1", "/H2"}


def test_todo_signo_que_se_promete_se_dibuja() -> None:
    signos = [chr(c) for desde, hasta in _TRAMOS for c in range(desde, hasta + 1)]
    renglones = (" ".join(signos[i : i + 200]) for i in range(0, len(signos), 200))
    # Un signo sin dibujo haría fallar el PDF entero.
    assert a_pdf.hacer(documento(tuple(Parrafo(r) for r in renglones)), EMISION)


def test_el_encabezado_de_una_tabla_larga_se_repite_en_cada_hoja() -> None:
    hecho = PdfReader(io.BytesIO(a_pdf.hacer(documento((tabla(90),)), EMISION)))
    assert len(hecho.pages) > 2
    assert all("Descripción" in pagina.extract_text() for pagina in hecho.pages)
