"""Lo que se sube como evidencia: sólo lo que dice ser, sin programas ni datos ocultos (faltas 22 y 23)."""

import io
import zipfile
import zlib
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard.evidencias.limpiar import limpiar
from dashboard.evidencias.pdf import revisar_pdf
from db.rules.problema import Problema
from seed.demo.evidencias import foto, oficio

INICIO, FIN = b"%PDF-1.7\n", b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TIPOS_DOCX = (
    b'<?xml version="1.0" encoding="UTF-8"?><Types><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def pdf(cuerpo: bytes = b"") -> bytes:
    return INICIO + b"1 0 obj << /Type /Catalog >> endobj\n" + cuerpo + FIN


DE_OBJETOS = b"/Type /ObjStm /N 1 /First 4 "


def crudo(contenido: bytes, diccionario: bytes) -> bytes:
    return b"7 0 obj << " + diccionario + b" >>\nstream\n" + contenido + b"\nendstream endobj\n"


def flujo(contenido: bytes, diccionario: bytes = DE_OBJETOS + b"/Filter /FlateDecode") -> bytes:
    return crudo(zlib.compress(contenido), diccionario)


def imagen(formato: str = "JPEG", lado: tuple[int, int] = (40, 20), **mas: Any) -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", lado, (157, 36, 73)).save(salida, format=formato, **mas)
    return salida.getvalue()


def zip_de(**partes: bytes) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in partes.items():
            paquete.writestr(nombre.replace("__", "/"), contenido)
    return salida.getvalue()


def docx(**mas: bytes) -> bytes:
    base = {
        "[Content_Types].xml": TIPOS_DOCX,
        "word__document.xml": b"<w:document><w:t>Hola</w:t></w:document>",
    }
    return zip_de(**(base | mas))


def libro() -> bytes:
    salida = io.BytesIO()
    archivo = xlsxwriter.Workbook(salida, {"in_memory": True})
    archivo.add_worksheet().write(0, 0, "Asistentes")
    archivo.close()
    return salida.getvalue()


def test_lo_ordinario_entra_tal_cual() -> None:
    for nombre, contenido in (("a.pdf", pdf()), ("b.xlsx", libro()), ("c.docx", docx())):
        assert limpiar(nombre, contenido).contenido == contenido
    ordinario = pdf(
        b"2 0 obj << /OpenAction [3 0 R /Fit] >> endobj 4 0 obj << /S /GoTo /D [3 0 R] >> endobj "
        b"5 0 obj << /OpenAction 4 0 R /A << /S /URI /URI (http://x) >> >> endobj "
        b"6 0 obj (Curso de JavaScript / JS) endobj " + flujo(b"9 0 << /Type /Page >>")
    )
    assert limpiar("liga.pdf", ordinario).tipo == "application/pdf"


PROGRAMAS = {
    "a la vista": b"3 0 obj << /S /JavaScript /JS (app.alert) >> endobj",
    "en hexadecimal": b"3 0 obj << /S /J#61v#61Script /J#53 (x) >> endobj",
    "en un flujo de objetos": flujo(b"9 0 << /S /JavaScript /JS (x) >>"),
    "en un flujo sin su tipo": flujo(b"9 0 << /S /Launch /F (cmd) >>", b"/N 1 /First 4 /Filter /FlateDecode"),
    "en un flujo sin comprimir": crudo(b"9 0 << /JS (x) >>", DE_OBJETOS),
    "en un flujo de nombre cifrado": flujo(
        b"9 0 << /JS (x) >>", b"/Type /Obj#53tm /N 1 /F#69rst 4 /Filter /Fl#61teDecode"
    ),
    "en un falso flujo": b"% >>\nstream\n3 0 obj << /S /JavaScript >> endobj\n%endstream\n",
    "que lanza otro": b"3 0 obj << /S /Launch /F (cmd.exe) >> endobj",
    "con un archivo dentro": b"3 0 obj << /Type /Filespec /EF << /F 4 0 R >> >> endobj",
    "con acción al abrir": b"3 0 obj << /OpenAction << /S /URI /URI (http://x) >> >> endobj",
    "con acción al abrir, aparte": b"3 0 obj << /OpenAction 8 0 R >> endobj "
    b"8 0 obj << /S /Named /N /Print >> endobj",
    "con acción en un flujo": b"3 0 obj << /OpenAction 9 0 R >> endobj "
    + flujo(b"9 0 << /S /Hide /T (x) >>"),
    "con formulario XFA": b"3 0 obj << /AcroForm << /XFA 4 0 R >> >> endobj",
    "cifrado": b"3 0 obj << /Encrypt 4 0 R >> endobj",
    "con filtro que no se revisa": flujo(b"x", DE_OBJETOS + b"/Filter [/ASCIIHexDecode /FlateDecode]"),
    "con flujo dañado": crudo(b"roto", DE_OBJETOS + b"/Filter /FlateDecode"),
    "que se expande": flujo(b"0" * (65 * 2**20)),
}


@pytest.mark.parametrize("caso", PROGRAMAS)
def test_un_pdf_con_programas_no_entra(caso: str) -> None:
    with pytest.raises(Problema) as error:
        limpiar("oficio.pdf", pdf(PROGRAMAS[caso]))
    assert error.value.campo == "archivo" and error.value.remedio


PEDAZOS = [p for p in PROGRAMAS.values() if len(p) < 5000]
PEDAZOS += [b">>", b"stream\n", b"endstream", b"9 " * 40, b"#4"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PEDAZOS), max_size=5), st.binary(max_size=60))
def test_ningun_pdf_mal_hecho_tumba_la_revision(partes: list[bytes], basura: bytes) -> None:
    try:
        revisar_pdf(pdf(basura.join(partes) + b"/OpenAction 9 0 R"))
    except Problema:
        return


AJENOS = {
    "vacío": ("a.pdf", b"", "vacío"),
    "programa con nombre de foto": ("foto.jpg", b"MZ\x90", "no es el de un archivo .jpg"),
    "página web": ("a.pdf", b"<html>", "no es el de un archivo .pdf"),
    "PDF con nombre de foto": ("a.png", pdf(), "no es el de un archivo .png"),
    "libro con nombre de Word": ("a.docx", libro(), "no es el de un documento de Word"),
    "Word con nombre de libro": ("a.xlsx", docx(), "comprimido"),
    "PDF cortado": ("a.pdf", pdf()[:-10], "incompleto"),
    "imagen cortada": ("a.jpg", imagen()[:200], "dañada"),
    "SVG": ("a.svg", b"<svg/>", "No se admiten"),
    "macros de Excel": ("a.xlsm", libro(), "No se admiten"),
    "sin extensión": ("archivo", pdf(), "no tiene extensión"),
    "doble extensión": ("foto.jpg.exe", imagen(), "No se admiten"),
    "macros de Word": ("a.docx", docx(**{"word__vbaProject.bin": b"x"}), "macros"),
    "entidades": ("a.docx", docx(**{"word__styles.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><a/>"}), "DOCTYPE"),
    "plantilla ajena": (
        "a.docx",
        docx(**{"word___rels__settings.xml.rels": b'<R Type="x/attachedTemplate" TargetMode="External"/>'}),
        "otro servidor",
    ),
    "objeto incrustado": ("a.docx", docx(**{"word__embeddings__oleObject1.bin": b"x"}), "incrustados"),
}  # fmt: skip


@pytest.mark.parametrize("caso", AJENOS)
def test_lo_que_no_es_lo_que_dice_no_entra(caso: str) -> None:
    nombre, contenido, dicho = AJENOS[caso]
    with pytest.raises(Problema, match=dicho) as error:
        limpiar(nombre, contenido)
    assert error.value.campo == "archivo"


def test_la_foto_entra_derecha_y_sin_lugar_ni_camara() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telefono Marca"
    exif.get_ifd(0x8825)[2] = (19.0, 40.0, 0.0)
    limpia = limpiar("IMG_1.JPG", imagen(exif=exif)).contenido
    assert b"Exif" not in limpia and b"Telefono" not in limpia
    with Image.open(io.BytesIO(limpia)) as derecha:
        assert derecha.size == (20, 40) and not derecha.getexif()
    for formato, nombre in (("PNG", "a.png"), ("WEBP", "a.webp")):
        assert limpiar(nombre, imagen(formato)).contenido


def test_una_imagen_enorme_no_se_abre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.evidencias.limpiar.PIXELES_MAXIMO", 799)
    with pytest.raises(Problema, match="mide demasiado"):
        limpiar("plano.png", imagen("PNG", (40, 20)))


def test_lo_que_pesa_de_mas_no_entra() -> None:
    with pytest.raises(Problema, match="máximo 15 MB"):
        limpiar("a.pdf", pdf(b" " * (15 * 2**20)))


def test_los_archivos_de_la_demostracion_pasan_la_revision() -> None:
    assert limpiar("oficio.pdf", oficio("Acta (1)", "marzo de 2026")).tipo == "application/pdf"
    with Image.open(io.BytesIO(limpiar("foto.jpg", foto("Foto", "marzo de 2026")).contenido)) as vista:
        assert vista.size == (640, 420)
