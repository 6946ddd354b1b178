"""Los textos para el órgano de fiscalización: columnas que no se corren y todo lo que se rechazaría."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from dashboard.reports import osfem
from dashboard.reports.documento import Archivo, Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from db.base import tabla
from db.engine import writing
from db.models.municipio import Ente
from db.rules import osfem as reglas
from db.rules.osfem import DISPOSICIONES, Escritura, Tipo
from db.rules.pbrm import avance
from db.rules.permisos import LINEA_DE_COMANDOS
from db.rules.problema import Problema
from tests.db import mundo
from tests.db.mundo import ANIO

ORDEN_08B = {
    "V": ["Clave del ente", "Código del indicador", "Nombre del indicador", "Clase de renglón"],
    "M": ["Clave del ente", "Código del indicador", "Nombre del indicador", "Clase de renglón", "Meta anual"],
}


def buena(clave: str, clase: str) -> dict[str, reglas.Valor]:
    ejemplo: dict[Tipo, reglas.Valor] = {Tipo.TEXTO: "dato", Tipo.CLAVE: "01", Tipo.NUMERO: Decimal("1.5")}
    fila = {c.campo: ejemplo[c.tipo] for c in DISPOSICIONES[clave].renglones[clase]}
    return fila | ({reglas.CLASE: clase} if clase else {})


def test_el_08b_lleva_un_renglon_por_variable_y_uno_por_indicador() -> None:
    for clase, orden in ORDEN_08B.items():
        titulos = [c.titulo for c in DISPOSICIONES["08b"].renglones[clase]]
        assert titulos[: len(orden)] == orden
    assert [len(DISPOSICIONES["08b"].renglones[c]) for c in ("V", "M")] == [17, 13]


textos = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=40)
@given(st.sampled_from(sorted(DISPOSICIONES)), textos, st.booleans(), st.sampled_from(["utf-8", "cp1252"]))
def test_lo_que_se_acepta_conserva_sus_columnas(clave: str, texto: str, comillas: bool, letras: str) -> None:
    cual, como = DISPOSICIONES[clave], Escritura(comillas, letras)
    for clase, columnas in cual.renglones.items():
        donde = next(c.campo for c in columnas if c.tipo is Tipo.TEXTO)
        filas = [buena(clave, clase) | {donde: texto}, buena(clave, clase)]
        if reglas.revisar(cual, filas, como):
            with pytest.raises(Problema, match="Se rechazarían"):
                reglas.archivo(cual, filas, como)
            continue
        renglones = reglas.archivo(cual, filas, como).decode(letras).split("\r\n")
        assert renglones.pop() == "" and len(renglones) == 2
        assert {len(r.split("|")) for r in renglones} == {len(columnas)}


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("meta", "Bachear | y barrer", "separa los campos"),
        ("meta", 'La "mejor"', "separa los campos"),
        ("meta", "", "obligatoria"),
        ("meta", "x" * 1_001, "Pasa de 1,000"),
        ("anual", None, "obligatoria"),
        ("anual", "doce", "no es un número"),
        ("proyecto", "0102 04", "no es una clave"),
    ],
)
def test_cada_falta_dice_su_renglon_y_su_columna(campo: str, valor: reglas.Valor, dice: str) -> None:
    cual = DISPOSICIONES["08c"]
    filas = [buena("08c", ""), buena("08c", "") | {campo: valor}]
    (rechazo,) = reglas.revisar(cual, filas, Escritura())
    assert rechazo.renglon == 2 and dice in rechazo.que
    assert rechazo.columna == next(c.titulo for c in cual.renglones[""] if c.campo == campo)


def test_lo_que_windows_no_tiene_se_dice() -> None:
    filas = [buena("08c", "") | {"meta": "Señalización 漢"}]
    assert reglas.revisar(DISPOSICIONES["08c"], filas, Escritura()) == []
    (rechazo,) = reglas.revisar(DISPOSICIONES["08c"], filas, Escritura(True, "cp1252"))
    assert "«漢»" in rechazo.que


def test_un_salto_de_renglon_no_parte_el_renglon() -> None:
    filas = [buena("08c", "") | {"meta": "Bachear\r\ncalles\ty  avenidas"}]
    assert b'"Bachear calles y avenidas"' in reglas.archivo(DISPOSICIONES["08c"], filas, Escritura())


@pytest.mark.parametrize("mala", ["O103", "12-3", "1234567"])
def test_la_clave_del_ente_son_digitos(mala: str) -> None:
    assert reglas.clave_osfem(" 0103 ") == "0103"
    with pytest.raises(Problema):
        reglas.clave_osfem(mala)


def hacer(clave: str) -> tuple[Documento, Archivo | None]:
    p = Parametros(ANIO, 3, 1)
    reporte = next(r for r in osfem.REPORTES if r.clave == f"osfem_{clave}")
    with una_lectura() as preguntar:
        documento = reporte.construir(preguntar, p)
        try:
            return documento, reporte.propios["txt"](preguntar, p)
        except Problema:
            return documento, None


def test_el_08c_sale_con_su_nombre_y_lo_no_capturado_se_rechaza(base: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        for meta in (1, 2, 3):
            mundo.avance(session, meta, 3, 5)
    documento, archivo = hacer("08c")
    assert archivo is None
    faltas = [f.que for f in documento.faltas]
    assert "Falta la clave del ente ante el OSFEM." in faltas
    # La meta 4 va en el renglón 4 y nadie la reportó.
    assert "Renglón 4, Trimestral: alcanzado: Va vacía y es obligatoria." in faltas
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 4, 3, 5)
        session.execute(update(tabla(Ente)).values(clave_osfem="103"))
    documento, archivo = hacer("08c")
    assert archivo is not None and archivo.nombre == f"PbRM08c0103{ANIO}01.txt"
    primero = archivo.contenido.decode().splitlines()[0].split("|")
    assert [c.strip('"') for c in primero] == [
        "103", "A00", "100", "010204010101", "1", "Meta 1", "Acción", "40.00",
        "10.00", "25.00", "5.00", "12.50", "-5.00", "-12.50",
        "10.00", "25.00", "5.00", "12.50", "-5.00", "-12.50",
    ]  # fmt: skip
    assert [f.que for f in documento.faltas] == ["El periodo sigue abierto: sus cifras pueden cambiar."]


def test_lo_que_no_se_programo_va_en_cero() -> None:
    nada = reglas.avance("trimestral", avance(None, None, Decimal(10)))
    assert set(nada.values()) == {Decimal(0)}
    falta = reglas.avance("trimestral", avance(Decimal(5), None, Decimal(10)))
    assert (falta["trimestral_programado"], falta["trimestral_alcanzado"]) == (5, None)
    assert reglas.trimestres(Decimal(5), [None, Decimal(5), None, None])["trim_1"] == 0
    assert reglas.trimestres(None, [None] * 4)["trim_1"] is None


def test_el_02a_parte_la_clave_del_proyecto(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.execute(update(tabla(Ente)).values(clave_osfem="0103"))
    _, archivo = hacer("02a")
    assert archivo is not None and archivo.nombre == f"PbRM02a0103{ANIO}.txt"
    primero = [c.strip('"') for c in archivo.contenido.decode().splitlines()[0].split("|")]
    assert primero[2:12] == ["A00", "100", "01", "02", "04", "01", "01", "01", "1", "Meta 1"]
    assert primero[13:] == ["40.00", *["10.00"] * 4, *["25.00"] * 4]


def test_los_de_indicadores_revisan_cada_renglon(base_sqlite: str) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    for clave in ("01d", "01e", "08b"):
        documento, archivo = hacer(clave)
        assert archivo is None
        assert any("No hay nada que escribir" in f.que for f in documento.faltas)
