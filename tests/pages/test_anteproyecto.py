"""Anteproyecto en pantalla: lo que cada quien ve, captura, firma y cierra."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import vista_anteproyecto as vista
from dashboard.ui.captura_anteproyecto import leer
from dashboard.ui.libro_anteproyecto import libro
from dashboard.ui.vista_anteproyecto_dependencia import PARTES
from db.engine import reading
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_captura import conceptos
from db.queries.anteproyecto_dependencia import dependencia
from db.queries.anteproyecto_resumen import resumen
from db.rules.anteproyecto import A_MANO, MESES, PAREJO
from db.rules.permisos import Rol
from tests.db import mundo_anteproyecto as mundo
from tests.pages.ayuda import abrir, abrir_sesion, textos


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture
def etapa(base_sqlite: str) -> int:
    """A00 con 5,000.01 de un techo de 5,000; B00 sin captura."""
    etapa_id = mundo.abrir()
    mundo.techar(etapa_id, A00=500_000, B00=100_000)
    mundo.proponer(etapa_id, mundo.propuesta(500_001))
    return etapa_id


def _abrir(*roles: Rol, sid: str | None = None, **parametros: str) -> AppTest:
    at = abrir("anteproyecto", *roles, sid=sid, **parametros)
    assert not at.exception, at.exception[0].stack_trace
    return at


def _dice(at: AppTest) -> str:
    return textos(at).replace("\\", "").replace("**", "")


def _boton(at: AppTest, etiqueta: str) -> Any:
    return next(boton for boton in at.main.button if boton.label == etiqueta)


def _enlace() -> str:
    return abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=mundo.A00)


def test_el_titulo_dice_quien_rebasa_y_las_cifras_van_siempre(etapa: int) -> None:
    at = _abrir(Rol.TESORERIA)
    assert at.title[0].value.replace("\\", "") == "Dependencia A00 rebasa su techo por $0.01"
    dicho = _dice(at)
    for cifra in ("Techo $6,000.00", "Propuesto $5,000.01", "Por asignar $1,000.00", "Excedido $0.01"):
        assert cifra in dicho
    tabla = at.dataframe[0].value
    assert list(tabla["Frente a su techo"]) == ["✖ excedido $0.01", "○ sin captura"]


def test_sin_anteproyecto_lo_abre_quien_puede_y_los_demas_saben_quien(base_sqlite: str) -> None:
    from db.engine import writing

    with writing(mundo.PLANEACION) as session:
        mundo.fundar(session)
    assert not _abrir(Rol.PRESIDENCIA).main.button
    at = _abrir(Rol.TESORERIA)
    assert at.title[0].value == "El presupuesto 2027 aún no se integra"
    _boton(at, "Abrir el anteproyecto 2027").click().run()
    assert not at.exception
    with reading() as session:
        assert [(e["anio"], e["etapa"]) for e in lee.etapas(session, ente_id=1)] == [(2027, "anteproyecto")]


def test_el_enlace_abre_directo_lo_suyo_y_no_ve_lo_ajeno(etapa: int) -> None:
    at = _abrir(sid=_enlace(), dependencia=str(mundo.B00))
    assert "Dependencia A00" in at.title[0].value
    dicho = _dice(at)
    assert "B00" not in dicho and "$1,000.00" not in dicho
    assert "Captura" in at.radio(key="elegir_parte").options


def test_quien_solo_mira_no_tiene_captura_ni_techos_ni_cierre(etapa: int) -> None:
    for rol in (Rol.PRESIDENCIA, Rol.CONTRALORIA, Rol.ADMINISTRACION):
        assert _abrir(rol).radio(key="elegir_parte").options == [
            "Dependencias",
            "Capítulos",
            "Comprobaciones",
        ]
        assert "Captura" not in _abrir(rol, dependencia=str(mundo.A00)).radio(key="elegir_parte").options


def _escribir(at: AppTest, formulario: str, **cambios: Any) -> None:
    """Edita la tabla de un formulario como lo haría el navegador."""
    llave = at.session_state[f"_formulario_{formulario}"]["llave"]
    at.session_state[f"{llave}_tabla"] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | cambios


def test_capturar_guarda_y_lo_mal_escrito_se_dice_sin_perderse(etapa: int) -> None:
    at, captura = _abrir(sid=_enlace()), f"partidas_{etapa}_{mundo.AUXILIAR_A}_{mundo.proyecto()}"
    _escribir(at, captura, edited_rows={0: {"anual": "mucho"}})
    at.run()
    _boton(at, "Guardar partidas").click().run()
    assert "Renglón 1: «mucho» no es un número" in at.error[0].value
    nueva = {
        "partida": "2110 Concepto 2110",
        "fuente": "11 Concepto 11",
        "anual": "12.01",
        "calendario": PAREJO,
    }
    _escribir(at, captura, edited_rows={0: {"anual": "4,000.00"}}, added_rows=[nueva])
    at.run()
    assert "quedaría en $4,012.01: $987.99 por asignar" in _dice(at)
    _boton(at, "Guardar partidas").click().run()
    assert not at.exception and not at.error
    assert at.success[0].value == "Guardado."
    with reading() as session:
        assert [(f["partida"], f["anual"]) for f in lee.partidas(session, etapa)] == [
            ("1130", 400_000),
            ("2110", 1_201),
        ]


def test_tesoreria_fija_techos_en_la_tabla(etapa: int) -> None:
    at = _abrir(Rol.TESORERIA, parte="techos")
    _escribir(at, f"techos_{etapa}", edited_rows={0: {"": "6,000.50", "1000": "5,500"}, 1: {"": ""}})
    _boton(at, "Guardar techos").click().run()
    assert not at.exception and not at.error
    with reading() as session:
        assert lee.techos(session, etapa) == {(1, ""): 600_050, (1, "1000"): 550_000}


def test_la_firma_se_ve_y_pierde_vigencia_al_cambiar(etapa: int) -> None:
    at = _abrir(sid=_enlace(), parte="firmas")
    _boton(at, "Firmar «REVISÓ»").click().run()
    assert not at.exception
    assert "REVISÓ (titular de la dependencia general): ✔ Vigente · Titular 1" in _dice(at)
    mundo.proponer(etapa, mundo.propuesta(499_999))
    assert "▲ Sin vigencia: cambió después" in _dice(_abrir(Rol.CONTRALORIA, dependencia="1", parte="firmas"))


def test_cerrar_pide_razon_congela_y_abre_la_siguiente(etapa: int) -> None:
    at = _abrir(Rol.TESORERIA, parte="cierre")
    _boton(at, "Cerrar anteproyecto 2027").click().run()
    assert "escriba por qué" in at.error[0].value
    at.text_area[0].set_value("Acuerdo de Cabildo 12")
    _boton(at, "Cerrar anteproyecto 2027").click().run()
    assert not at.exception
    cerrada = _abrir(Rol.TESORERIA, etapa="anteproyecto")
    assert "✔ coincide" in _dice(cerrada) and "Acuerdo de Cabildo 12" in _dice(cerrada)
    assert "Techos" not in cerrada.radio(key="elegir_parte").options
    assert "Captura" not in _abrir(sid=_enlace(), etapa="anteproyecto").radio(key="elegir_parte").options
    mundo.proponer(etapa + 1, mundo.propuesta(500_000))
    cambios = _abrir(Rol.TESORERIA, etapa="proyecto", parte="cambios")
    assert list(cambios.dataframe[0].value["Diferencia"]) == ["−$0.01"]


def test_cada_parte_de_una_dependencia_abre(base_demo: str) -> None:
    with reading() as session:
        fila = next(g for g in lee.generales(session, ente_id=1) if g["clave"] == "F00")
    sid = abrir_sesion(Rol.PLANEACION)
    for parte in PARTES:
        at = _abrir(sid=sid, dependencia=str(fila["id"]), parte=parte)
        assert "rebasa su techo por 5.3 mdp" in at.title[0].value.replace("\\", "")
        assert at.radio(key="elegir_parte").value == parte


def test_la_direccion_mal_escrita_no_rompe(etapa: int) -> None:
    for parametros in ({"anio": "1"}, {"etapa": "<b>"}, {"dependencia": "999"}, {"parte": "x"}):
        assert "Dependencia A00 rebasa" in _abrir(Rol.PLANEACION, **parametros).title[0].value


def test_el_libro_trae_lo_mismo_que_la_pantalla(etapa: int) -> None:
    with reading() as session:
        datos = dependencia(session, etapa_id=etapa, general_id=mundo.A00)
        nombres = conceptos(session)
    encabezado = {"anio": 2027, "nombre": "Anteproyecto"}
    hojas = openpyxl.load_workbook(BytesIO(libro(datos, encabezado, "Prueba", nombres)))
    assert hojas.sheetnames == ["PbRM-01a", "PbRM-04a", "Capítulos"]
    cuatro = [[celda.value for celda in fila] for fila in hojas["PbRM-04a"].iter_rows(min_row=8)]
    assert cuatro[0][3] == "1130" and cuatro[0][-1] == 5000.01
    assert round(sum(cuatro[0][5:17]), 2) == 5000.01
    assert cuatro[1][-1] == 5000.01
    assert "sin firma vigente" in str(hojas["PbRM-01a"]["A11"].value)


def test_el_titular_dice_lo_que_falta_en_cada_momento(etapa: int) -> None:
    abierta = {"nombre": "Anteproyecto", "anio": 2027, "estado": "abierta"}

    def titulo(cual: dict[str, Any] = abierta) -> str:
        with reading() as session:
            return vista.titular(cual, resumen(session, etapa_id=etapa))

    mundo.proponer(etapa, mundo.propuesta(500_000))
    assert titulo() == "Anteproyecto 2027: falta que una dependencia capture"
    mundo.proponer(etapa, mundo.propuesta(1), auxiliar=mundo.AUXILIAR_B, numero=2)
    assert titulo() == "Anteproyecto 2027: quedan $999.99 por asignar"
    mundo.proponer(etapa, mundo.propuesta(100_000), auxiliar=mundo.AUXILIAR_B, numero=2)
    assert titulo() == "Anteproyecto 2027: $6,000.00 propuestos"
    mundo.proponer(etapa, mundo.propuesta(100_001), auxiliar=mundo.AUXILIAR_B, numero=2)
    mundo.proponer(etapa, mundo.propuesta(500_001))
    assert titulo() == "Dos dependencias rebasan su techo por $0.02"
    assert titulo(abierta | {"estado": "cerrada"}) == "Anteproyecto 2027 cerrado en $6,000.02"


def test_lo_escrito_a_mano_toma_sus_meses_y_conserva_los_de_otro_renglon() -> None:
    guardado = {
        "filas": [{"partida": "1130", "fuente": "11", "meses": (10, *[0] * 11)}],
        "anteriores": {"": (0, 5, *[0] * 10)},
    }
    vacios = dict.fromkeys(MESES, "")
    base = {"fuente": "11 Recursos", "justificacion": "", **vacios}
    escritas = leer(
        [
            {**base, "partida": "1130 Sueldos", "anual": "1", "calendario": "Como está"},
            {**base, "partida": "2110 Papel", "anual": "1", "calendario": "Como el año anterior"},
            {**base, "partida": "2120 Tinta", "anual": "", "calendario": A_MANO, "junio": "2.50"},
            {**base, "partida": "", "fuente": "", "anual": "", "calendario": ""},
        ],
        guardado,
    )
    assert [(p.partida, p.meses.index(max(p.meses)), p.anual) for p in escritas] == [
        ("1130", 0, 100),
        ("2110", 1, 100),
        ("2120", 5, 250),
    ]
