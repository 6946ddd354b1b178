"""La pantalla Documentos y todo lo que ofrece: se ve, se emite, y a cada quien lo suyo."""

import io
from dataclasses import replace
from typing import Any

from pypdf import PdfReader

from dashboard.reports import acuse, osfem
from dashboard.reports.bloques import Bloque, Tabla
from dashboard.reports.dibujar import FORMATOS, MIME, dibujar
from dashboard.reports.documento import Parametros, Preguntar, Reporte
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import REPORTS
from dashboard.ui.vista_documentos import ELEGIBLES, HECHO, TRABAJO
from db.engine import reading
from db.queries.acuses import acuses
from db.queries.documentos import alcances, emitidos
from db.rules.permisos import MATRIZ, Rol
from db.rules.problema import Problema
from seed.demo.calendario import ACTUAL, MES_CORTE
from tests.pages.ayuda import abrir, textos


def test_cada_documento_esta_bien_registrado() -> None:
    claves = [r.clave for r in REPORTS]
    assert len(claves) == len(set(claves))
    for r in REPORTS:
        assert r.titulo and r.que_es.endswith(".") and r.grupo, r.clave
        assert set(r.formatos) <= MIME.keys() and set(r.propios) <= set(r.formatos), r.clave
        assert all(f in FORMATOS or f in r.propios for f in r.formatos), r.clave
        assert all(p.rstrip("?") in ELEGIBLES for p in r.pide), r.clave
        assert r.permiso in MATRIZ


GRUPOS_PBRM = ("PbRM", osfem.GRUPO)


def _parametros(preguntar: Preguntar, r: Reporte) -> Parametros:
    """Lo primero que la pantalla ofrecería, con la dependencia y el proyecto que más tienen."""
    todo = preguntar(alcances, anio=ACTUAL)
    base = Parametros(ACTUAL, MES_CORTE, todo["dependencias"][0]["ente_id"])
    otros = {o.clave: next(iter(valores)) for o in r.opciones if (valores := o.valores(preguntar, base))}
    pide = r.lo_que_pide(otros)
    return Parametros(
        ACTUAL,
        MES_CORTE,
        base.ente_id,
        dependencia_id=todo["dependencias"][0]["id"] if pide.get("dependencia") else None,
        # Los PbRM de un programa: los de todo el municipio son cientos de hojas iguales.
        programa=todo["programas"][0]["clave"] if pide.get("programa") or r.grupo in GRUPOS_PBRM else "",
        proyecto=todo["proyectos"][0]["clave"] if pide.get("proyecto") else "",
        nodo_id=todo["ejes"][0]["id"] if pide.get("nodo") else None,
        otros=otros,
    )


def _corto(bloque: Bloque) -> Bloque:
    """La tabla con sus primeros renglones: su estructura es la misma y se dibuja en la quinta parte."""
    if not isinstance(bloque, Tabla) or any(c.alto > 1 for r in bloque.renglones for c in r.celdas):
        return bloque
    return replace(bloque, renglones=bloque.renglones[:4])


def test_todo_documento_se_hace_con_la_demostracion(base_demo: str) -> None:
    with una_lectura() as preguntar:
        for r in REPORTS:
            try:
                documento = r.construir(preguntar, _parametros(preguntar, r))
            except Problema:
                continue  # no hay de qué hacerlo, y lo dice en español
            if "pdf" in r.formatos:
                corto = replace(documento, bloques=tuple(map(_corto, documento.bloques)))
                leido = PdfReader(io.BytesIO(dibujar(corto, None, "pdf")))
                assert len(leido.pages[0].extract_text()) > 100, r.clave


def test_emitir_desde_la_pantalla_deja_folio_y_descarga(base_demo: str) -> None:
    at = abrir("documentos", Rol.PLANEACION)
    assert not at.exception
    assert "No le falta nada" in textos(at) and "Ficha ejecutiva" in textos(at)
    next(b for b in at.main.button if b.label == "Emitir").click().run()
    trabajo = at.session_state[TRABAJO] if TRABAJO in at.session_state else at.session_state[HECHO]
    assert trabajo.esperar(60) and not trabajo.problema
    at.run()
    assert not at.exception and "Ha salido un documento" in at.title[0].value
    with reading() as session:
        (uno,) = emitidos(session, anio=ACTUAL)
    assert uno["folio"] == f"FICHAEJECUTIVA-{ACTUAL}-0001"
    at.query_params["parte"] = "registro"
    at.run()
    assert uno["folio"] in str(at.dataframe[0].value)


def test_el_enlace_solo_ve_lo_suyo_y_la_contraloria_no_emite(base_demo: str) -> None:
    at = abrir("documentos", Rol.ENLACE)
    assert not at.exception
    assert "Elija una dependencia de su alcance" in textos(at)
    assert not [b for b in at.main.button if b.label == "Emitir"]
    at = abrir("documentos", Rol.CONTRALORIA)
    assert not [b for b in at.main.button if b.label == "Emitir"] and "para emitirlo con folio" in textos(at)


def test_el_acuse_sale_en_pdf_con_su_folio_y_siempre_igual(base_demo: str) -> None:
    envio = _un_envio()
    hecho = acuse.pdf(envio)
    assert hecho == acuse.pdf(envio)
    dicho = "".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(hecho)).pages)
    assert f"Acuse {envio['folio']}" in dicho and envio["huella"] in "".join(dicho.split())
    assert all(r["nombre"][:20] in " ".join(dicho.split()) for r in envio["renglones"][:5])
    assert "BORRADOR" not in dicho and "ENTREGÓ" in dicho and "RECIBIÓ" in dicho


def _un_envio() -> dict[str, Any]:
    with reading() as session:
        for area in alcances(session, anio=ACTUAL)["dependencias"]:
            if lista := acuses(session, anio=ACTUAL, mes=MES_CORTE, dependencia_id=area["id"]):
                return lista[0]
    raise AssertionError("la demostración no trae ningún envío")
