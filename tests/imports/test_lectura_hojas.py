"""Promesa: las columnas se hallan por su nombre en el archivo tal como viene; si no se sabe, se pregunta."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from dashboard.imports.lectura import hijo
from dashboard.imports.lectura.encabezado import Columna
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.leer import armar, peticion
from dashboard.imports.lectura.limites import Limites
from db.rules.problema import Problema
from tests.imports import hostil

COLUMNAS = (
    Columna("clave", ("código del programa",)),
    Columna("nombre", ("denominación", "programa")),
    Columna("meta", ("meta anual",)),
    Columna("unidad", ("unidad de medida",), obligatoria=False),
)
ESPERADO = {
    "clave": ["01020401", "01030101", "01030201"],
    "nombre": ["Derechos humanos", "Conducción de las políticas", "Democracia y pluralidad"],
    "meta": ["12", "1234.5", "3"],
    "unidad": ["Acción", "Reporte", "Reunión"],
}


def leer_aqui(
    carpeta: Path, datos: bytes, columnas: tuple[Columna, ...] = COLUMNAS, hoja: str | None = None
) -> Lectura:
    """La misma lectura, sin abrir otro proceso."""
    ruta = carpeta / "subido"
    ruta.write_bytes(datos)
    return armar(hijo.mensajes(peticion(ruta, "subido.xlsx", columnas, Limites(), hoja)))


def csv(separador: str = ",", fin: str = "\r\n") -> str:
    filas = [hostil.ENCABEZADO, *hostil.FILAS]
    return fin.join(separador.join(str(v) for v in fila) for fila in filas) + fin


def test_la_plantilla_llena_se_lee_completa(tmp_path: Path) -> None:
    lectura = leer_aqui(tmp_path, hostil.sano())
    assert lectura.columnas == ESPERADO
    assert (lectura.hoja, lectura.fila_encabezado, lectura.filas) == ("Datos", 1, [2, 3, 4])
    assert lectura.celda("meta", 1) == "C3"
    assert (lectura.tipo, lectura.problemas, lectura.desconocidas) == ("xlsx", [], [])
    assert lectura.bytes == (tmp_path / "subido").stat().st_size
    assert len(lectura.sha256) == 64


def test_los_titulos_de_arriba_no_estorban(tmp_path: Path) -> None:
    def armar_libro(c: Any) -> None:
        hoja = c.add_worksheet("Datos")
        hoja.merge_range(0, 1, 0, 4, "MUNICIPIO DE EJEMPLO")
        hoja.merge_range(1, 1, 1, 4, "Programa anual 2026")
        hoja.write(3, 1, "Ejercicio:")
        hoja.write(3, 2, 2026)
        for i, fila in enumerate([hostil.ENCABEZADO, *hostil.FILAS], 5):
            for j, valor in enumerate(fila, 1):
                hoja.write(i, j, valor)

    lectura = leer_aqui(tmp_path, hostil.libro(armar_libro))
    assert lectura.columnas == ESPERADO
    assert (lectura.fila_encabezado, lectura.filas) == (6, [7, 8, 9])
    assert lectura.celda("clave", 0) == "B7"


def test_las_columnas_movidas_y_renombradas_se_hallan_por_nombre(tmp_path: Path) -> None:
    orden = (2, 0, 3, 1)
    titulos = ("META  ANUAL", "Codigo del Programa:", "unidad_de_medida", "DENOMINACIÓN")
    filas = [[f[i] for i in orden] for f in hostil.FILAS]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), [titulos, *filas])))
    assert lectura.columnas == ESPERADO
    assert lectura.letras == {"meta": "A", "clave": "B", "unidad": "C", "nombre": "D"}
    assert lectura.titulos["clave"] == "Codigo del Programa:"


def test_lo_que_sobra_se_enlista_y_lo_optativo_puede_faltar(tmp_path: Path) -> None:
    titulos = (*hostil.ENCABEZADO[:3], "Observaciones")
    lectura = leer_aqui(
        tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), [titulos, *hostil.FILAS]))
    )
    assert lectura.desconocidas == ["Observaciones"]
    assert "unidad" not in lectura.columnas


def test_si_falta_una_columna_se_dice_cual_y_que_se_encontro(tmp_path: Path) -> None:
    titulos = ("Clave", "Nombre", "Importe", "Unidad de medida")
    with pytest.raises(Problema) as error:
        leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), [titulos, *hostil.FILAS])))
    assert "«meta»" in error.value.mensaje
    assert "«Importe»" in error.value.mensaje


def test_un_archivo_ajeno_no_se_parece_a_nada(tmp_path: Path) -> None:
    with pytest.raises(Problema, match="No se encontró la fila de encabezados"):
        leer_aqui(tmp_path, b"a,b,c\n1,2,3\n")


def test_dos_columnas_del_mismo_campo_con_datos_distintos_detienen_la_lectura(tmp_path: Path) -> None:
    filas = [(*hostil.ENCABEZADO, "Meta anual"), *((*f, i) for i, f in enumerate(hostil.FILAS))]
    with pytest.raises(Problema, match="ambiguo qué columna es «meta»: C y E"):
        leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))


def test_dos_columnas_iguales_del_mismo_campo_no_estorban(tmp_path: Path) -> None:
    filas = [(*hostil.ENCABEZADO, "Meta anual"), *((*f, f[2]) for f in hostil.FILAS)]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert lectura.columnas == ESPERADO


def test_el_nombre_del_campo_manda_sobre_un_alias(tmp_path: Path) -> None:
    filas = [(*hostil.ENCABEZADO, "Programa"), *((*f, "otro") for f in hostil.FILAS)]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert lectura.columnas == ESPERADO
    assert lectura.desconocidas == ["Programa"]


TRIMESTRES = (
    Columna("codigo"),
    Columna("t1", ("primer trimestre abs",)),
    Columna("t1_pct", ("primer trimestre %",)),
    Columna("t2", ("segundo trimestre abs",)),
)


@pytest.mark.parametrize("combinado", [True, False])
def test_un_encabezado_de_dos_niveles_se_une(tmp_path: Path, combinado: bool) -> None:
    def armar_libro(c: Any) -> None:
        hoja = c.add_worksheet("02a")
        if combinado:
            hoja.merge_range(1, 0, 2, 0, "Código")
            hoja.merge_range(1, 1, 1, 2, "Primer trimestre")
            hoja.merge_range(1, 3, 1, 4, "Segundo trimestre")
        else:
            hostil.tabla(hoja, [("Código", "Primer trimestre", None, "Segundo trimestre")], 1)
        hostil.tabla(hoja, [(None, "Abs.", "%", "Abs.", "%"), ("01", 5, 25, 6, 30)], 2)

    lectura = leer_aqui(tmp_path, hostil.libro(armar_libro), TRIMESTRES)
    assert lectura.columnas == {"codigo": ["01"], "t1": ["5"], "t1_pct": ["25"], "t2": ["6"]}
    assert lectura.letras == {"codigo": "A", "t1": "B", "t1_pct": "C", "t2": "D"}
    assert (lectura.fila_encabezado, lectura.filas) == (3, [4])


def test_la_numeracion_de_columnas_del_eaepe_no_es_un_dato(tmp_path: Path) -> None:
    columnas = (Columna("concepto"), Columna("aprobado"), Columna("modificado"))
    filas = [
        ("Concepto", "Aprobado", "Modificado"),
        (None, "1", "3=(1+2)"),
        ("Gasto corriente", 10.5, 11.5),
    ]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)), columnas)
    assert lectura.columnas["concepto"] == ["Gasto corriente"]
    assert lectura.filas == [3]


def test_ni_la_hoja_oculta_ni_la_de_instrucciones_ganan(tmp_path: Path) -> None:
    def armar_libro(c: Any) -> None:
        vieja = c.add_worksheet("2025")
        hostil.tabla(vieja, [hostil.ENCABEZADO, ("99", "vieja", 1, "x")])
        hostil.tabla(
            c.add_worksheet("Instrucciones"), [("Clave", "Nombre"), ("Escriba la clave", "y el nombre")]
        )
        buena = c.add_worksheet("Datos")
        hostil.tabla(buena, [hostil.ENCABEZADO, *hostil.FILAS])
        buena.activate()
        buena.set_first_sheet()
        vieja.hide()

    lectura = leer_aqui(tmp_path, hostil.libro(armar_libro))
    assert (lectura.hoja, lectura.columnas) == ("Datos", ESPERADO)


def test_la_hoja_oculta_no_suple_a_la_visible_incompleta(tmp_path: Path) -> None:
    def armar_libro(c: Any) -> None:
        visible = c.add_worksheet("Datos")
        hostil.tabla(visible, [("Clave", "Nombre"), ("1", "x")])
        oculta = c.add_worksheet("Vieja")
        hostil.tabla(oculta, [hostil.ENCABEZADO, *hostil.FILAS])
        oculta.hide()

    with pytest.raises(Problema, match="«meta»"):
        leer_aqui(tmp_path, hostil.libro(armar_libro))


def test_dos_hojas_que_sirven_se_avisan_y_se_puede_elegir(tmp_path: Path) -> None:
    def armar_libro(c: Any) -> None:
        hostil.tabla(c.add_worksheet("Enero"), [hostil.ENCABEZADO, *hostil.FILAS])
        hostil.tabla(c.add_worksheet("Febrero"), [hostil.ENCABEZADO, hostil.FILAS[0]])

    datos = hostil.libro(armar_libro)
    lectura = leer_aqui(tmp_path, datos)
    assert lectura.hoja == "Enero"
    assert any("«Febrero»" in a for a in lectura.avisos)
    assert leer_aqui(tmp_path, datos, hoja="Febrero").filas == [2]
    with pytest.raises(Problema, match="Marzo"):
        leer_aqui(tmp_path, datos, hoja="Marzo")


def test_los_totales_van_aparte_y_las_filas_en_blanco_no_van(tmp_path: Path) -> None:
    filas: list[tuple[Any, ...]] = [hostil.ENCABEZADO, *hostil.FILAS[:2], (None, "  ", None), hostil.FILAS[2]]
    filas += [("TOTAL GENERAL", None, 1249.5), (None, "Suma:", 1249.5), ("Subtotal", None, 9)]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert lectura.columnas == ESPERADO
    assert lectura.filas == [2, 3, 5]
    assert [(t.fila, t.celdas["meta"]) for t in lectura.totales] == [(6, "1249.5"), (7, "1249.5"), (8, "9")]


def test_un_nombre_que_empieza_parecido_a_total_si_es_dato(tmp_path: Path) -> None:
    filas: list[tuple[Any, ...]] = [
        hostil.ENCABEZADO,
        ("0101", "Total de obras", 1, "x"),
        (7, "TOTAL", 1, "x"),
    ]
    filas += [
        (n, "a", 1, "x") for n in ("Suma de voluntades", "Totalmente gratis", "Sumario", "Seguridad total")
    ]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert (len(lectura.filas), lectura.totales) == (6, [])


def test_una_formula_sin_valor_y_un_error_se_dicen_con_su_celda(tmp_path: Path) -> None:
    encabezado = "".join(hostil.texto(f"{c}1", t) for c, t in zip("ABC", hostil.ENCABEZADO, strict=False))
    celdas = (
        f'<row r="1">{encabezado}</row>'
        f'<row r="2">{hostil.texto("A2", "1")}{hostil.texto("B2", "a")}<c r="C2"><f>SUM(D2:E2)</f></c></row>'
        f'<row r="3">{hostil.texto("A3", "2")}{hostil.texto("B3", "b")}<c r="C3"><f>1+1</f><v></v></c></row>'
        f'<row r="4">{hostil.texto("A4", "3")}{hostil.texto("B4", "c")}'
        '<c r="C4" t="e"><f>#REF!*2</f><v>#REF!</v></c></row>'
        f'<row r="5">{hostil.texto("A5", "4")}<c r="B5" t="str"><f>""</f><v></v></c>'
        '<c r="C5"><f>1+1</f><v>2</v></c></row>'
        '<row r="6"><c r="C6"><f>1</f></c><c r="Z6"><f>1</f></c></row>'
    )
    lectura = leer_aqui(tmp_path, hostil.xlsx_crudo(celdas))
    hallados = {p.celda: p.regla for p in lectura.problemas}
    assert hallados == {
        "C2": "fórmula sin valor",
        "C3": "fórmula sin valor",
        "C4": "la celda tiene el error #REF!",
        "C6": "fórmula sin valor",
    }
    assert lectura.columnas["meta"] == [None, None, None, "2"]
    assert all(p.grave and p.remedio and p.hoja == "Datos" for p in lectura.problemas)


def test_un_error_escrito_como_texto_tampoco_es_un_dato(tmp_path: Path) -> None:
    lectura = leer_aqui(tmp_path, "Clave,Nombre,Meta\n1,a,#¡DIV/0!\n2,#1 en servicio,5\n".encode())
    assert lectura.columnas["meta"] == [None, "5"]
    assert lectura.columnas["nombre"] == ["a", "#1 en servicio"]
    assert [p.celda for p in lectura.problemas] == ["C2"]


@pytest.mark.parametrize(
    "codificacion", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
@pytest.mark.parametrize("separador", [",", ";", "\t", "|"])
def test_un_csv_se_lee_en_cualquier_codificacion_y_separador(
    tmp_path: Path, codificacion: str, separador: str
) -> None:
    lectura = leer_aqui(tmp_path, csv(separador).encode(codificacion))
    assert lectura.columnas == ESPERADO
    assert (lectura.tipo, lectura.avisos) == ("csv", [])


def test_un_csv_con_comillas_saltos_y_sep_se_lee(tmp_path: Path) -> None:
    datos = 'sep=;\r\nClave;Nombre;Meta\r\n01;"Uno; ""dos""\r\ny tres";"1,234.50"\r\n'
    lectura = leer_aqui(tmp_path, datos.encode("cp1252"))
    assert lectura.columnas == {"clave": ["01"], "nombre": ['Uno; "dos"\r\ny tres'], "meta": ["1,234.50"]}
    assert lectura.celda("meta", 0) == "C3"


def test_un_csv_con_comillas_sin_cerrar_se_rechaza(tmp_path: Path) -> None:
    with pytest.raises(Problema, match="comillas"):
        leer_aqui(tmp_path, b'Clave,Nombre,Meta\n1,"a,2\n2,b,3\n')


def test_una_fila_de_csv_con_celdas_de_mas_es_un_problema(tmp_path: Path) -> None:
    lectura = leer_aqui(tmp_path, b"Clave,Nombre,Meta\n1,a,1,234.50\n2,b,3\n")
    assert [(p.celda, p.grave) for p in lectura.problemas] == [("D2", True)]


def test_un_csv_con_letras_danadas_se_avisa(tmp_path: Path) -> None:
    lectura = leer_aqui(tmp_path, "Clave,Nombre,Meta\n1,AcciÃ³n,2\n".encode())
    assert any("dañadas" in a for a in lectura.avisos)


def test_un_ods_se_lee_con_sus_formulas_revisadas(tmp_path: Path) -> None:
    filas = hostil.fila_ods(hostil.ENCABEZADO) + "".join(hostil.fila_ods(f) for f in hostil.FILAS)
    sin_valor = '<table:table-cell table:formula="of:=1+1"/>'
    con_error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    nombres = hostil.celda_ods("4") + hostil.celda_ods("x")
    filas += hostil.fila_ods([None], 3)
    filas += hostil.fila_ods_cruda(nombres + sin_valor) + hostil.fila_ods_cruda(nombres + con_error)
    lectura = leer_aqui(tmp_path, hostil.ods(filas))
    assert {c: v[:3] for c, v in lectura.columnas.items()} == ESPERADO
    assert lectura.filas == [2, 3, 4, 8, 9]
    assert {p.celda: p.regla for p in lectura.problemas} == {
        "C8": "fórmula sin valor",
        "C9": "la celda tiene el error #DIV/0!",
    }


@pytest.mark.parametrize("base_1904", [False, True])
def test_las_fechas_son_iso_tambien_con_base_1904(tmp_path: Path, base_1904: bool) -> None:
    def armar_libro(c: Any) -> None:
        hoja, formato = c.add_worksheet(), c.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        hostil.tabla(hoja, [("Clave", "Nombre", "Meta")])
        hoja.write_boolean(1, 0, True)
        hoja.write_datetime(1, 1, dt.date(2026, 3, 4), formato)
        hoja.write_datetime(1, 2, dt.datetime.fromisoformat("2026-03-04T10:30"), formato)

    lectura = leer_aqui(tmp_path, hostil.libro(armar_libro, default_date_format=None, date_1904=base_1904))
    assert lectura.columnas == {
        "clave": ["VERDADERO"],
        "nombre": ["2026-03-04"],
        "meta": ["2026-03-04T10:30:00"],
    }


def test_los_datos_sin_encabezado_se_avisan(tmp_path: Path) -> None:
    filas = [hostil.ENCABEZADO, (*hostil.FILAS[0], None, "nota suelta")]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert any("columnas F" in a for a in lectura.avisos)


def test_un_codigo_numerico_llega_sin_decimales(tmp_path: Path) -> None:
    filas = [hostil.ENCABEZADO, (1020401, "x", 0.1, 1), (10502060402, "y", 2.0, "z")]
    lectura = leer_aqui(tmp_path, hostil.libro(lambda c: hostil.tabla(c.add_worksheet(), filas)))
    assert lectura.columnas["clave"] == ["1020401", "10502060402"]
    assert lectura.columnas["meta"] == ["0.1", "2"]
    assert lectura.columnas["unidad"] == ["1", "z"]
