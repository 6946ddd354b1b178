"""Fabrica archivos hostiles o rotos, y los sanos de los que salen."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

ENCABEZADO = ("Clave", "Nombre", "Meta anual", "Unidad de medida")
FILAS: tuple[tuple[Any, ...], ...] = (
    ("01020401", "Derechos humanos", 12, "Acción"),
    ("01030101", "Conducción de las políticas", 1234.5, "Reporte"),
    ("01030201", "Democracia y pluralidad", 3, "Reunión"),
)

_TIPOS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELACIONES = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_R}/%s" Target="%s"/></Relationships>'
)
_LIBRO = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_R}"><sheets><sheet name="Datos" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_HOJA = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)


def texto(direccion: str, valor: str) -> str:
    """Celda de texto en XML."""
    return f'<c r="{direccion}" t="inlineStr"><is><t>{valor}</t></is></c>'


def partes_xlsx(filas: str, hoja: str = _HOJA) -> dict[str, bytes]:
    """Las partes de un .xlsx mínimo cuyo sheetData es `filas`."""
    return {
        "[Content_Types].xml": _TIPOS.encode(),
        "_rels/.rels": (_RELACIONES % ("officeDocument", "xl/workbook.xml")).encode(),
        "xl/workbook.xml": _LIBRO.encode(),
        "xl/_rels/workbook.xml.rels": (_RELACIONES % ("worksheet", "worksheets/sheet1.xml")).encode(),
        "xl/worksheets/sheet1.xml": (hoja % filas).encode(),
    }


def comprimir(partes: dict[str, bytes]) -> bytes:
    """Un zip con esas partes."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, datos in partes.items():
            paquete.writestr(nombre, datos)
    return salida.getvalue()


def xlsx_crudo(filas: str) -> bytes:
    """Un .xlsx con el XML de filas tal cual."""
    return comprimir(partes_xlsx(filas))


def libro(armar: Callable[[xlsxwriter.Workbook], None], **opciones: Any) -> bytes:
    """Un .xlsx escrito por `armar`."""
    salida = io.BytesIO()
    cuaderno = xlsxwriter.Workbook(salida, {"in_memory": True, **opciones})
    armar(cuaderno)
    cuaderno.close()
    return salida.getvalue()


def tabla(hoja: Any, filas: Sequence[Sequence[Any]], desde: int = 0) -> None:
    """Escribe `filas` en la hoja a partir de la fila `desde` (desde 0); los textos, como texto."""
    for i, fila in enumerate(filas, desde):
        for j, valor in enumerate(fila):
            if isinstance(valor, str):
                hoja.write_string(i, j, valor)
            elif valor is not None:
                hoja.write(i, j, valor)


def sano() -> bytes:
    """La plantilla bien llenada."""
    return libro(lambda c: tabla(c.add_worksheet("Datos"), [ENCABEZADO, *FILAS]))


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Datos">%s</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def celda_ods(valor: Any, repetida: int = 1) -> str:
    """Celda de .ods; None es vacía."""
    veces = f' table:number-columns-repeated="{repetida}"' if repetida > 1 else ""
    if valor is None:
        return f"<table:table-cell{veces}/>"
    if isinstance(valor, str):
        return (
            f'<table:table-cell{veces} office:value-type="string"><text:p>{valor}</text:p></table:table-cell>'
        )
    return (
        f'<table:table-cell{veces} office:value-type="float" office:value="{valor}">'
        f"<text:p>{valor}</text:p></table:table-cell>"
    )


def fila_ods(valores: Sequence[Any], repetida: int = 1) -> str:
    """Fila de .ods."""
    return fila_ods_cruda("".join(map(celda_ods, valores)), repetida)


def fila_ods_cruda(celdas: str, repetida: int = 1) -> str:
    """Fila de .ods con el XML de sus celdas."""
    veces = f' table:number-rows-repeated="{repetida}"' if repetida > 1 else ""
    return f"<table:table-row{veces}>{celdas}</table:table-row>"


def partes_ods(filas: str, manifiesto: bytes = b"<manifest/>") -> dict[str, bytes]:
    """Las partes de un .ods mínimo con el XML de filas tal cual."""
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": (_ODS % filas).encode(),
        "META-INF/manifest.xml": manifiesto,
    }


def ods(filas: str, manifiesto: bytes = b"<manifest/>") -> bytes:
    """Un .ods con el XML de filas tal cual."""
    return comprimir(partes_ods(filas, manifiesto))


def _sin(partes: dict[str, bytes], **cambios: bytes) -> bytes:
    return comprimir({**partes, **cambios})


def _con_prologo(prologo: str, uso: str = "") -> bytes:
    partes = partes_xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{uso}</t></is></c></row>')
    hoja = partes["xl/worksheets/sheet1.xml"].decode()
    return _sin(
        partes, **{"xl/worksheets/sheet1.xml": hoja.replace("<worksheet", prologo + "<worksheet").encode()}
    )


def _risas() -> bytes:
    entidades = '<!ENTITY a0 "ja">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return _con_prologo(f"<!DOCTYPE x [{entidades}]>", "&a9;")


def _utf16() -> bytes:
    partes = partes_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
    hoja = partes["xl/worksheets/sheet1.xml"].decode().replace("UTF-8", "UTF-16")
    return _sin(partes, **{"xl/worksheets/sheet1.xml": hoja.encode("utf-16")})


def _ebcdic() -> bytes:
    partes = partes_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
    hoja = partes["xl/worksheets/sheet1.xml"].decode().replace("UTF-8", "cp037")
    return _sin(partes, **{"xl/worksheets/sheet1.xml": hoja.encode("cp037")})


def _bomba() -> bytes:
    return _sin(partes_xlsx(""), **{"xl/media/relleno.xml": b"<a>" + b" " * (60 << 20) + b"</a>"})


def _mentirosa() -> bytes:
    """Declara que su parte mide 10 bytes y trae 60 MB: confiar en el índice no basta."""
    datos = bytearray(_bomba())
    nombre = b"xl/media/relleno.xml"
    real = struct.pack("<I", (60 << 20) + 7)
    for _ in range(2):
        lugar = bytes(datos).find(real)
        datos[lugar : lugar + 4] = struct.pack("<I", 10)
    assert nombre in datos and real not in datos
    return bytes(datos)


def _cifrada() -> bytes:
    datos = bytearray(sano())
    desde = 0
    while (lugar := bytes(datos).find(b"PK\x01\x02", desde)) != -1:
        datos[lugar + 8] |= 1
        desde = lugar + 4
    return bytes(datos)


def _ole(marca: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + marca.encode("utf-16-le") + b"\x00" * 512


def _xlsm() -> bytes:
    return _sin(partes_xlsx(""), **{"xl/vbaProject.bin": b"x"})


def _xlsb() -> bytes:
    return comprimir({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x00"})


def _prefijada() -> bytes:
    hoja = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<x:sheetData>%s</x:sheetData></x:worksheet>"
    )
    celdas = (
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        "<x:row r=\"9\"><x:c r='xfd1048576'><x:v>1</x:v></x:c></x:row>"
    )
    return comprimir(partes_xlsx(celdas, hoja))


def _sin_direcciones() -> bytes:
    return xlsx_crudo("<row>" + "<c><v>1</v></c>" * 300 + "</row>")


def _texto_enorme() -> bytes:
    celdas = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 2000))
    textos = b"<sst><si><t>" + bytes(65 + i % 26 for i in range(1 << 20)) + b"</t></si></sst>"
    return _sin(partes_xlsx(celdas), **{"xl/sharedStrings.xml": textos})


def _esquina(direccion: str) -> bytes:
    numero = direccion.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return xlsx_crudo(
        f'<row r="1">{texto("A1", "Clave")}</row><row r="{numero}"><c r="{direccion}"><v>1</v></c></row>'
    )


HOSTILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "celda_xfd": (lambda: _esquina("XFD1048576"), "fila 1,048,576 y la columna XFD"),
    "celda_z": (lambda: _esquina("Z1048576"), "fila 1,048,576"),
    "columna_lejana": (lambda: _esquina("ZZ2"), "columna ZZ"),
    "prefijo_y_comillas_simples": (_prefijada, "columna XFD"),
    "sin_direcciones": (_sin_direcciones, "máximo"),
    "demasiadas_filas": (lambda: xlsx_crudo('<row r="1"/>' * 20_001), "máximo 20,000 filas"),
    "bomba": (_bomba, "se expande más de 200 veces"),
    "bomba_que_miente": (_mentirosa, "incompleto o dañado"),
    "muchas_partes": (lambda: comprimir({f"p{i}": b"" for i in range(2001)}), "2,001 partes"),
    "cifrada": (_cifrada, "contraseña"),
    "nombre_que_sale": (lambda: _sin(partes_xlsx(""), **{"../fuera.xml": b"<a/>"}), "salen de su carpeta"),
    "nombre_que_sale_windows": (
        lambda: _sin(partes_xlsx(""), **{"xl\\..\\..\\a": b"x"}),
        "salen de su carpeta",
    ),
    "mil_risas": (_risas, "DOCTYPE"),
    "entidad_externa": (
        lambda: _con_prologo('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        "DOCTYPE",
    ),
    "xml_utf16": (_utf16, "UTF-8"),
    "xml_ebcdic": (_ebcdic, "UTF-8"),
    "texto_enorme": (_texto_enorme, "texto de celda demasiado largo"),
    "cortada": (lambda: sano()[:-400], "incompleto o dañado"),
    "cortada_en_medio": (lambda: sano()[:2000], "incompleto o dañado"),
    "vacia": (lambda: b"", "vacío"),
    "solo_nulos": (lambda: b"\x00" * 5000, "vacío"),
    "html": (lambda: b"<html><table><tr><td>Clave</td></tr></table></html>", "página web"),
    "xml_2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "XML"),
    "xls": (lambda: _ole("Workbook"), ".xls"),
    "con_contrasena": (lambda: _ole("EncryptedPackage"), "contraseña"),
    "xlsb": (_xlsb, ".xlsb"),
    "xlsm": (_xlsm, ".xlsm"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", "PDF"),
    "docx": (lambda: comprimir({"word/document.xml": b"<a/>"}), "comprimido"),
    "basura": (lambda: bytes(range(256)) * 40, "nulos"),
    "pesada": (lambda: b"Clave,Nombre\n" + b"1,x\n" * (4 << 20), "pesa"),
    "csv_con_nulos": (lambda: b"Clave,Nombre\n1,a\x00b\n", "nulos"),
    "csv_linea_de_5_mb": (lambda: b"Clave,Nombre\n1," + b"a" * (5 << 20), "1 MB"),
    "ods_filas_repetidas": (
        lambda: ods(fila_ods(["Clave", "Nombre"]) + fila_ods(["1", "x"], 1_000_000_000)),
        "fila 1,000,000,001",
    ),
    "ods_columnas_repetidas": (lambda: ods(fila_ods_cruda(celda_ods("x", 16_000))), "columna WQJ"),
    "ods_hueco_enorme": (
        lambda: ods(fila_ods(["Clave"]) + fila_ods([None], 900_000) + fila_ods(["x"])),
        "fila 900,002",
    ),
    "ods_tabla_sin_cerrar": (
        lambda: comprimir(
            {
                **partes_ods(""),
                "content.xml": partes_ods(fila_ods(["Clave"]))["content.xml"].replace(b"</table:table>", b""),
            }
        ),
        "incompleto o dañado",
    ),
    "ods_cifrado": (
        lambda: ods("", b"<m><manifest:encryption-data/></m>"),
        "contraseña",
    ),
}
"""Nombre → (fábrica, parte del mensaje que debe darse)."""
