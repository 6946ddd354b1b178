"""Promesa: con cualquier archivo hay una Lectura o un Problema; nunca otra excepción."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.imports.lectura import hijo
from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.leer import armar, peticion
from dashboard.imports.lectura.limites import Limites
from db.rules.problema import Problema
from tests.imports import hostil

COLUMNAS = (Columna("clave"), Columna("nombre"), Columna("meta", ("meta anual",)), Columna("nota", (), False))
LIMITES = Limites(max_filas=500, max_columnas=40, max_descomprimido=5 << 20)
RAPIDO = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def leer_aqui(datos: bytes) -> Lectura | Problema:
    """La lectura o el problema; cualquier otra excepción reprueba."""
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "subido"
        ruta.write_bytes(datos)
        try:
            return armar(hijo.mensajes(peticion(ruta, "a.xlsx", COLUMNAS, LIMITES)))
        except Problema as problema:
            assert problema.mensaje
            assert problema.remedio
            return problema


VALORES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["$1,234.50", "(500.00)", "12%", "N/A", "\u00a01 ", "#REF!", "TOTAL", "=1+1", "01020401", " "]
    ),
)
TITULOS = st.sampled_from(
    ["Clave", "CLAVE ", "Nombre", "Meta anual", "meta", "Nota", "", "Otra", "Abs.", "%"]
)


@st.composite
def libros(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Hojas con títulos arriba, columnas en cualquier orden, repetidas o ausentes, huecos y combinadas."""
    hojas = []
    for _ in range(draw(st.integers(1, 3))):
        titulos = draw(
            st.one_of(
                st.permutations(["Clave", "Nombre", "Meta anual", "Nota"]), st.lists(TITULOS, max_size=7)
            )
        )
        ancho = max(len(titulos), 1)
        hojas.append(
            {
                "arriba": draw(st.lists(st.lists(VALORES, max_size=ancho), max_size=4)),
                "titulos": titulos,
                "filas": draw(st.lists(st.lists(VALORES, max_size=ancho + 1), max_size=8)),
                "combinadas": draw(
                    st.lists(
                        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 2), st.integers(1, 3)),
                        max_size=1,
                    )
                ),
                "oculta": draw(st.booleans()),
            }
        )
    return hojas


def escribir(cuaderno: Any, hojas: list[dict[str, Any]]) -> None:
    for i, contenido in enumerate(hojas):
        hoja = cuaderno.add_worksheet()
        if contenido["oculta"] and i:
            hoja.hide()
        hostil.tabla(hoja, [*contenido["arriba"], contenido["titulos"], *contenido["filas"]])
        for fila, columna, alto, ancho in contenido["combinadas"]:
            hoja.merge_range(fila, columna, fila + alto, columna + ancho, "Grupo")


@RAPIDO
@given(libros())
def test_un_libro_cualquiera_se_lee_o_se_explica(hojas: list[dict[str, Any]]) -> None:
    resultado = leer_aqui(hostil.libro(lambda c: escribir(c, hojas)))
    if isinstance(resultado, Lectura):
        assert {len(v) for v in resultado.columnas.values()} == {len(resultado.filas)}
        assert {"clave", "nombre", "meta"} <= set(resultado.columnas)
        assert resultado.filas == sorted(set(resultado.filas))
        assert all(f > resultado.fila_encabezado for f in resultado.filas)
        assert not any(v and v.isspace() for lista in resultado.columnas.values() for v in lista)


CAMBIOS = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 8)), min_size=1, max_size=4
)


def mutar(datos: bytes, cambios: list[tuple[float, bytes, int]]) -> bytes:
    """Cambia unos bytes por otros en lugares del archivo (0 a 1 de su largo)."""
    for lugar, nuevo, quita in cambios:
        i = int(lugar * len(datos))
        datos = datos[:i] + nuevo + datos[i + quita :]
    return datos


@RAPIDO
@given(CAMBIOS)
def test_un_libro_con_bytes_cambiados_se_lee_o_se_explica(cambios: list[tuple[float, bytes, int]]) -> None:
    leer_aqui(mutar(hostil.sano(), cambios))


@RAPIDO
@given(st.sampled_from(["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]), CAMBIOS)
def test_un_libro_con_xml_cambiado_se_lee_o_se_explica(
    parte: str, cambios: list[tuple[float, bytes, int]]
) -> None:
    celdas = ""
    for i, fila in enumerate([("Clave", "Nombre", "Meta"), ("1", "a", "2"), ("2", "b", "3")], 1):
        textos = (hostil.texto(f"{c}{i}", t) for c, t in zip("ABC", fila, strict=True))
        celdas += f'<row r="{i}">{"".join(textos)}</row>'
    celdas += '<row r="4"><c r="C4"><f>1+1</f></c><c r="D4" t="e"><v>#N/A</v></c></row>'
    partes = hostil.partes_xlsx(celdas)
    leer_aqui(hostil.comprimir({**partes, parte: mutar(partes[parte], cambios)}))


@RAPIDO
@given(CAMBIOS)
def test_un_ods_con_xml_cambiado_se_lee_o_se_explica(cambios: list[tuple[float, bytes, int]]) -> None:
    filas = hostil.fila_ods(["Clave", "Nombre", "Meta"]) + hostil.fila_ods(["1", "a", 2], 3)
    contenido = hostil.partes_ods(filas)
    leer_aqui(hostil.comprimir({**contenido, "content.xml": mutar(contenido["content.xml"], cambios)}))


@RAPIDO
@given(st.binary(max_size=300), st.sampled_from([b"", b"Clave,Nombre,Meta\n", b"\xff\xfe", b"PK\x03\x04"]))
def test_bytes_cualesquiera_se_leen_o_se_explican(datos: bytes, inicio: bytes) -> None:
    leer_aqui(inicio + datos)


@RAPIDO
@given(st.text(max_size=200))
def test_un_csv_de_texto_cualquiera_se_lee_o_se_explica(texto: str) -> None:
    leer_aqui(("Clave;Nombre;Meta\n" + texto).encode("utf-8", "surrogatepass"))
