"""Bloques → Word: títulos y tablas de verdad, para que el área lo corrija o el diseñador lo arregle."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Pt, RGBColor

from dashboard.reports import docx_tablas, graficas, imagenes
from dashboard.reports.bloques import (
    Bloque,
    Cifras,
    Estilo,
    Ficha,
    Firmas,
    Grafica,
    Imagen,
    Indice,
    LadoALado,
    Lista,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
)
from dashboard.reports.documento import Documento, Emision
from dashboard.reports.glifos import limpio

LETRA = "Arial"
"""La que toda oficina tiene: Word no lleva la nuestra dentro."""
ORIGEN = (1980, 1, 1, 0, 0, 0)
"""Fecha de cada parte del archivo: la misma siempre, para que el mismo documento dé los mismos bytes."""
PARA_EL_INDICE = "El índice se llena en Word: clic derecho aquí y «Actualizar campo»."
MARGEN = Inches(0.71)
GRIS = RGBColor(0x59, 0x59, 0x59)
ROJO = RGBColor(0xB3, 0x26, 0x1E)


def hacer(documento: Documento, emision: Emision | None) -> bytes:
    """El DOCX; los mismos datos dan los mismos bytes."""
    word = Document()
    _estilos(word)
    _propiedades(word, documento, emision)
    _pagina(word.sections[0], documento, documento.horizontal)
    _membrete(word.sections[0], documento, emision)
    _pie(word.sections[0], documento, emision)
    if documento.con_titulo:
        word.add_paragraph(limpio(documento.titulo), style="Title")
    for bloque in documento.bloques:
        if isinstance(bloque, SaltoDePagina):
            _saltar(word, documento, bloque)
        else:
            poner(word, bloque, _util(word.sections[-1]))
    return _parejo(word)


def _estilos(word: Any) -> None:
    for nombre, puntos in (
        ("Normal", 10),
        ("Title", 15),
        ("Heading 1", 13),
        ("Heading 2", 11.5),
        ("Heading 3", 10),
    ):
        estilo = word.styles[nombre]
        estilo.font.name, estilo.font.size = LETRA, Pt(puntos)
        estilo.font.color.rgb = RGBColor(0, 0, 0)
        fuentes = estilo.element.get_or_add_rPr().get_or_add_rFonts()
        for clase in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fuentes.attrib.pop(qn(clase), None)
        fuentes.set(qn("w:hAnsi"), LETRA)
        fuentes.set(qn("w:cs"), LETRA)
    idioma = OxmlElement("w:lang")
    idioma.set(qn("w:val"), "es-MX")
    word.styles["Normal"].element.get_or_add_rPr().append(idioma)
    word.styles["Normal"].paragraph_format.space_after = Pt(5)


def _propiedades(word: Any, documento: Documento, emision: Emision | None) -> None:
    momento = emision.momento.astimezone(UTC) if emision else datetime(*ORIGEN, tzinfo=UTC)
    p = word.core_properties
    p.title, p.language = limpio(documento.titulo), "es-MX"
    p.author = p.last_modified_by = limpio(documento.encabezado.ente or documento.encabezado.municipio)
    p.created = p.modified = momento.replace(tzinfo=None)
    p.comments = ""


def _pagina(seccion: Any, documento: Documento, horizontal: bool) -> None:
    ancho, alto = documento.hoja_de(horizontal)
    seccion.orientation = WD_ORIENT.LANDSCAPE if ancho > alto else WD_ORIENT.PORTRAIT
    seccion.page_width, seccion.page_height = Inches(ancho), Inches(alto)
    seccion.left_margin = seccion.right_margin = seccion.bottom_margin = MARGEN
    seccion.top_margin, seccion.header_distance, seccion.footer_distance = (
        Inches(1.3),
        Inches(0.3),
        Inches(0.3),
    )


def _util(seccion: Any) -> int:
    """Ancho que queda entre márgenes, en EMU."""
    return int(seccion.page_width - seccion.left_margin - seccion.right_margin)


def _membrete(seccion: Any, documento: Documento, emision: Emision | None) -> None:
    cabeza, orilla, util = seccion.header, Inches(0.85), _util(seccion)
    tabla = cabeza.add_table(1, 3, Emu(util))
    docx_tablas.anchos(tabla, [orilla, util - 2 * orilla, orilla])
    orillas = (tabla.rows[0].cells[0], tabla.rows[0].cells[2])
    for celda, imagen in zip(orillas, documento.encabezado.imagenes().values(), strict=True):
        if leida := imagenes.lista(imagen):
            retrato(celda.paragraphs[0], leida[0], imagen.alt, alto=Inches(0.55))
    medio = tabla.rows[0].cells[1]
    lineas = [limpio(linea) for linea in documento.encabezado.lineas]
    if emision is None or emision.borrador:
        lineas.append("BORRADOR: no es un documento oficial")
    for i, linea in enumerate(lineas):
        parrafo = medio.paragraphs[0] if i == 0 else medio.add_paragraph()
        parrafo.alignment, parrafo.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
        corrida = parrafo.add_run(linea)
        corrida.font.size, corrida.bold = Pt(10 if i == 0 else 8), i == 0
        if linea.startswith("BORRADOR"):
            corrida.bold, corrida.font.color.rgb = True, ROJO
    cabeza.paragraphs[0]._p.getparent().remove(cabeza.paragraphs[0]._p)
    cabeza.add_paragraph()


def _pie(seccion: Any, documento: Documento, emision: Emision | None) -> None:
    parrafo = seccion.footer.paragraphs[0]
    texto = emision.pie(documento) if emision else documento.corte
    _chico(parrafo.add_run(limpio(texto) + "   Hoja "))
    _campo(parrafo, "PAGE")
    _chico(parrafo.add_run(" de "))
    _campo(parrafo, "NUMPAGES")


def _chico(corrida: Any) -> None:
    corrida.font.size, corrida.font.color.rgb = Pt(7), GRIS


def _campo(parrafo: Any, instruccion: str) -> None:
    """Un campo que Word calcula: la página, cuántas son o el índice."""
    for tipo in ("begin", None, "separate", "texto", "end"):
        corrida = parrafo.add_run()
        _chico(corrida)
        if tipo is None:
            orden = OxmlElement("w:instrText")
            orden.set(qn("xml:space"), "preserve")
            orden.text = f" {instruccion} "
            corrida._r.append(orden)
        elif tipo == "texto":
            corrida.text = "1" if instruccion in ("PAGE", "NUMPAGES") else PARA_EL_INDICE
        else:
            marca = OxmlElement("w:fldChar")
            marca.set(qn("w:fldCharType"), tipo)
            corrida._r.append(marca)


def _saltar(word: Any, documento: Documento, salto: SaltoDePagina) -> None:
    actual = word.sections[-1]
    es_horizontal = actual.orientation == WD_ORIENT.LANDSCAPE
    if salto.horizontal is None or salto.horizontal == es_horizontal:
        word.add_page_break()
        return
    _pagina(word.add_section(), documento, salto.horizontal)


def poner(lugar: Any, bloque: Bloque, ancho: int) -> None:
    """Agrega el bloque al documento o a una celda; `ancho` en EMU."""
    DIBUJOS[type(bloque)](lugar, bloque, ancho)


def _titulo(lugar: Any, bloque: Titulo, _ancho: int) -> None:
    lugar.add_paragraph(limpio(bloque.texto), style=f"Heading {min(bloque.nivel, 3)}")


def _lista(lugar: Any, bloque: Lista, _ancho: int) -> None:
    for elemento in bloque.elementos:
        lugar.add_paragraph(limpio(elemento), style="List Number" if bloque.numerada else "List Bullet")


def _grafica(lugar: Any, bloque: Grafica, ancho: int) -> None:
    _rotulo(lugar, bloque.titulo)
    retrato(lugar.add_paragraph(), graficas.png(graficas.svg(bloque)), bloque.alt, ancho=ancho)
    if bloque.datos and bloque.con_datos:
        docx_tablas.tabla(lugar, bloque.datos, ancho)


def _indice(lugar: Any, bloque: Indice, _ancho: int) -> None:
    _rotulo(lugar, bloque.titulo)
    _campo(lugar.add_paragraph(), f'TOC \\o "1-{bloque.nivel}" \\h \\z \\u')


def _lado_a_lado(lugar: Any, bloque: LadoALado, ancho: int) -> None:
    docx_tablas.lado_a_lado(lugar, bloque, ancho, poner)


def _parrafo(lugar: Any, bloque: Parrafo, _ancho: int = 0) -> None:
    for trozo in limpio(bloque.texto).split("\n\n"):
        parrafo = lugar.add_paragraph()
        corrida = parrafo.add_run(trozo)
        if bloque.estilo is Estilo.NOTA:
            corrida.font.size, corrida.font.color.rgb = Pt(8), GRIS
        elif bloque.estilo is Estilo.DESTACADO:
            corrida.bold = True
        elif bloque.estilo is Estilo.CENTRADO:
            parrafo.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _rotulo(lugar: Any, titulo: str) -> None:
    if titulo:
        parrafo = lugar.add_paragraph()
        parrafo.paragraph_format.keep_with_next = True
        parrafo.add_run(limpio(titulo)).bold = True


def _imagen(lugar: Any, bloque: Imagen, ancho: int) -> None:
    leida = imagenes.lista(bloque)
    if leida is None:
        _parrafo(lugar, Parrafo(f"Imagen que no se pudo leer: {bloque.alt}", Estilo.NOTA))
        return
    contenido, tipo = leida
    parrafo = lugar.add_paragraph()
    parrafo.alignment = WD_ALIGN_PARAGRAPH.CENTER
    dibujo = graficas.png(contenido) if tipo == imagenes.SVG else contenido
    retrato(parrafo, dibujo, bloque.alt, ancho=int(ancho * bloque.ancho))
    if bloque.pie:
        _parrafo(lugar, Parrafo(bloque.pie, Estilo.NOTA))


def retrato(
    parrafo: Any, contenido: bytes, alt: str, *, ancho: int | None = None, alto: int | None = None
) -> None:
    """Una imagen con su texto alternativo, dentro del párrafo."""
    forma = parrafo.add_run().add_picture(
        io.BytesIO(contenido), width=None if ancho is None else Emu(ancho), height=alto
    )
    forma._inline.docPr.set("descr", limpio(alt))


DIBUJOS: dict[type, Any] = {
    Titulo: _titulo,
    Parrafo: _parrafo,
    Lista: _lista,
    Tabla: docx_tablas.tabla,
    Ficha: docx_tablas.ficha,
    Cifras: docx_tablas.cifras,
    Firmas: docx_tablas.firmas,
    Grafica: _grafica,
    Imagen: _imagen,
    Indice: _indice,
    LadoALado: _lado_a_lado,
}


def _parejo(word: Any) -> bytes:
    """El archivo con sus partes fechadas igual siempre."""
    crudo, salida = io.BytesIO(), io.BytesIO()
    word.save(crudo)
    with zipfile.ZipFile(crudo) as de, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as a:
        for nombre in de.namelist():
            a.writestr(zipfile.ZipInfo(nombre, ORIGEN), de.read(nombre), zipfile.ZIP_DEFLATED)
    return salida.getvalue()
