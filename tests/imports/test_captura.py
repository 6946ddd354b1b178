"""El libro de captura: va y vuelve sin perder nada, y lo que no se toma dice por qué en su renglón."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.imports.captura import CLAVE, CORREGIR, JUSTIFICACION, VALOR, Vuelta, leer_libro, libro
from dashboard.ui.captura_campos import a_entrega, completo
from db.engine import reading, writing
from db.queries.captura import items
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from tests.db import mundo
from tests.db.mundo import ANIO

MES, AREA = 3, 1


@pytest.fixture
def lista(base_sqlite: str) -> list[dict[str, Any]]:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    with reading() as session:
        return items(session, ANIO, MES, (1, 11))


def llenar(lista: list[dict[str, Any]], tmp_path: Path, cambios: dict[int, dict[str, object]]) -> Path:
    """El libro con lo escrito en cada renglón de datos (desde 0)."""
    abierto = load_workbook(BytesIO(libro(lista, ANIO, MES, AREA, "A00")))
    hoja = abierto["Captura"]
    titulos = {celda.value: celda.column for celda in hoja[3]}
    for n, escrito in cambios.items():
        for titulo, valor in escrito.items():
            hoja.cell(4 + n, titulos[titulo]).value = valor
    ruta = tmp_path / "captura.xlsx"
    abierto.save(ruta)
    return ruta


def volver(lista: list[dict[str, Any]], ruta: Path) -> Vuelta:
    return leer_libro(ruta, ruta.name, lista, ANIO, MES, AREA)


def test_lo_lleno_vuelve_como_borrador_que_se_puede_enviar(
    lista: list[dict[str, Any]], tmp_path: Path
) -> None:
    plan = {
        "Qué se hará": "Contratar",
        "Quién": "Titular",
        "Cómo se comprueba": "Contrato",
        "Empieza (dd/mm/aaaa)": "01/04/2026",
        "Termina (dd/mm/aaaa)": date(2026, 5, 31),
    }
    ruta = llenar(lista, tmp_path, {0: {VALOR: "5", JUSTIFICACION: "Llovió", **plan}, 1: {VALOR: 10}})
    vuelta = volver(lista, ruta)
    assert vuelta.faltas == {}
    primera, segunda = (a_entrega(item, vuelta.escritos[f"meta-{item['id']}"]) for item in lista)
    assert (primera.valores, primera.justificacion) == ({1: Decimal(5)}, "Llovió")
    assert primera.mejora is not None
    assert (primera.mejora.accion, primera.mejora.fin) == ("Contratar", date(2026, 5, 31))
    assert segunda.valores == {2: Decimal(10)}


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [
        ({VALOR: "diez"}, "no es un número"),
        ({JUSTIFICACION: "sin valor"}, "Falta el valor"),
        ({VALOR: "5", "Empieza (dd/mm/aaaa)": "mañana"}, "fecha"),
        ({VALOR: "-5"}, "negativo"),
    ],
)
def test_lo_que_no_se_entiende_vuelve_en_el_mismo_libro_con_su_razon(
    lista: list[dict[str, Any]], tmp_path: Path, escrito: dict[str, object], dice: str
) -> None:
    vuelta = volver(lista, llenar(lista, tmp_path, {0: escrito, 1: {VALOR: "10"}}))
    assert list(vuelta.escritos) == ["meta-2"]
    devuelto = load_workbook(BytesIO(libro(lista, ANIO, MES, AREA, "A00", vuelta)))["Captura"]
    titulos = {celda.value: celda.column for celda in devuelto[3]}
    assert dice in devuelto.cell(4, titulos[CORREGIR]).value
    for titulo, valor in escrito.items():
        assert devuelto.cell(4, titulos[titulo]).value == valor
    assert not devuelto.cell(5, titulos[CORREGIR]).value


def test_la_clave_de_otra_area_o_periodo_no_se_toma(lista: list[dict[str, Any]], tmp_path: Path) -> None:
    ajena = llenar(lista, tmp_path, {0: {CLAVE: f"{ANIO}-06/1/meta-1/1", VALOR: "9"}, 1: {VALOR: "10"}})
    vuelta = volver(lista, ajena)
    assert list(vuelta.escritos) == ["meta-2"]
    assert "otra área o periodo" in vuelta.faltas[""]
    todas = llenar(lista, tmp_path, {n: {CLAVE: f"2025-03/1/meta-{n}/1", VALOR: "9"} for n in (0, 1)})
    with pytest.raises(Problema, match="Ningún renglón"):
        volver(lista, todas)


def test_un_renglon_repetido_no_se_adivina(lista: list[dict[str, Any]], tmp_path: Path) -> None:
    repetida = f"{ANIO}-03/1/meta-1/1"
    vuelta = volver(lista, llenar(lista, tmp_path, {0: {VALOR: "9"}, 1: {CLAVE: repetida, VALOR: "10"}}))
    assert vuelta.escritos == {}
    assert "repetido" in vuelta.faltas[repetida]


def test_las_celdas_que_no_se_llenan_van_protegidas_y_nada_se_ejecuta(lista: list[dict[str, Any]]) -> None:
    vivo = [{**lista[0], "nombre": "=1+1", "proyecto": "@SUM(A1)"}]
    hoja = load_workbook(BytesIO(libro(vivo, ANIO, MES, AREA, "=A00")))["Captura"]
    assert hoja.protection.sheet
    titulos = {celda.value: celda for celda in hoja[3]}
    assert hoja.cell(4, titulos[CLAVE].column).protection.locked
    assert not hoja.cell(4, titulos[VALOR].column).protection.locked
    assert not [c for fila in hoja.iter_rows() for c in fila if c.data_type == "f"]


def test_otro_archivo_no_es_el_libro(lista: list[dict[str, Any]], tmp_path: Path) -> None:
    ruta = tmp_path / "otro.xlsx"
    ruta.write_bytes(b"PK\x03\x04 esto no es un libro")
    with pytest.raises(Problema):
        volver(lista, ruta)


def test_lo_dudoso_del_libro_se_confirma_en_pantalla_y_las_personas_atendidas_no_se_pierden(
    lista: list[dict[str, Any]], tmp_path: Path
) -> None:
    (renglon,) = lista[0]["renglones"]
    atendidos = [{"lugar": "Centro", "mujeres": 3, "hombres": 2}]
    con_mas = [
        {
            **lista[0],
            "pide_beneficiarios": True,
            "beneficiarios": atendidos,
            "renglones": [{**renglon, "anterior": Decimal(2)}],
        },
        *lista[1:],
    ]
    vuelta = volver(con_mas, llenar(con_mas, tmp_path, {0: {VALOR: "9"}, 1: {VALOR: "10"}}))
    primero, segundo = (vuelta.escritos[f"meta-{item['id']}"] for item in lista)
    assert primero["por_confirmar"] is True and "por_confirmar" not in segundo
    assert primero["beneficiarios"] == [["Centro", "3", "2"]]


def test_a_medias_no_se_manda() -> None:
    item = {"renglones": [{"id": 1}, {"id": 2}]}
    assert not completo(item, {"valores": {"1": "5"}})
    assert completo(item, {"valores": {"1": "5", "2": "0"}})


def test_una_formula_sin_valor_no_se_toma_y_dice_su_celda(
    lista: list[dict[str, Any]], tmp_path: Path
) -> None:
    ruta = llenar(lista, tmp_path, {0: {VALOR: "5", JUSTIFICACION: "=1+1"}, 1: {VALOR: "10"}})
    vuelta = volver(lista, ruta)
    assert list(vuelta.escritos) == ["meta-2"]
    (falta,) = vuelta.faltas.values()
    assert "fórmula sin valor" in falta
