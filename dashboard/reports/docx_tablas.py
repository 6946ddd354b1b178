"""Las tablas de Word: encabezados combinados que se repiten en cada hoja, fichas, cifras y firmas."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

from dashboard.reports.anchos import repartir
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Celda,
    Cifras,
    ClaseRenglon,
    Ficha,
    Firmas,
    LadoALado,
    Tabla,
    colocar,
    encabezado,
)
from dashboard.reports.glifos import limpio
from db.rules.estado import PRESENTACION, Estado

LADOS = {
    Alinear.IZQUIERDA: WD_ALIGN_PARAGRAPH.LEFT,
    Alinear.CENTRO: WD_ALIGN_PARAGRAPH.CENTER,
    Alinear.DERECHA: WD_ALIGN_PARAGRAPH.RIGHT,
}
FONDO, FONDO_SUAVE = "ECEFF3", "F6F7F9"
RELLENO = {ClaseRenglon.GRUPO: FONDO, ClaseRenglon.SUBTOTAL: FONDO_SUAVE, ClaseRenglon.TOTAL: FONDO}
EMU_POR_PUNTO = 12_700
POR_RENGLON = 3
"""Firmas en cada renglón."""

Poner = Callable[[Any, Bloque, int], None]


def anchos(tabla: Any, medidas: Sequence[float]) -> None:
    """Anchos fijos de las columnas, en EMU."""
    tabla.autofit = False
    for columna, medida in zip(tabla.columns, medidas, strict=True):
        columna.width = Emu(int(medida))
    for fila in tabla.rows:
        for celda, medida in zip(fila.cells, medidas, strict=True):
            celda.width = Emu(int(medida))


def _repartir(ancho: int, partes: Sequence[float]) -> list[int]:
    return [int(ancho * parte / sum(partes)) for parte in partes]


def _nueva(lugar: Any, filas: int, medidas: Sequence[float], estilo: str | None = "Table Grid") -> Any:
    """Una tabla en el documento o dentro de una celda."""
    hecha = lugar.add_table(filas, len(medidas))
    if estilo:
        hecha.style = estilo
    anchos(hecha, medidas)
    return hecha


def _escribir(
    celda: Any, texto: str, *, puntos: float, negrita: bool = False, lado: Alinear = Alinear.IZQUIERDA
) -> Any:
    parrafo = celda.paragraphs[0]
    parrafo.alignment, parrafo.paragraph_format.space_after = LADOS[lado], Pt(0)
    corrida = parrafo.add_run(limpio(texto))
    corrida.font.size, corrida.bold = Pt(puntos), negrita
    return corrida


def _fondo(celda: Any, color: str) -> None:
    sombra = OxmlElement("w:shd")
    for atributo, valor in (("val", "clear"), ("color", "auto"), ("fill", color)):
        sombra.set(qn(f"w:{atributo}"), valor)
    celda._tc.get_or_add_tcPr().append(sombra)


def _de_renglon(fila: Any, marca: str) -> None:
    fila._tr.get_or_add_trPr().append(OxmlElement(marca))


def tabla(lugar: Any, bloque: Tabla, ancho: int) -> None:
    """La tabla con sus encabezados marcados como tales."""
    if bloque.titulo:
        parrafo = lugar.add_paragraph()
        parrafo.paragraph_format.keep_with_next = True
        parrafo.add_run(limpio(bloque.titulo)).bold = True
    arriba = encabezado(bloque)
    filas = [*arriba, *(r.celdas for r in bloque.renglones)]
    clases = [ClaseRenglon.GRUPO] * len(arriba) + [r.clase for r in bloque.renglones]
    medidas, letra = repartir(bloque, ancho / EMU_POR_PUNTO)
    hecha = _nueva(lugar, len(filas), [m * EMU_POR_PUNTO for m in medidas])
    casillas = [list(fila.cells) for fila in hecha.rows]
    for puesta in colocar(filas):
        celda = casillas[puesta.fila][puesta.columna]
        if puesta.celda.ancho > 1 or puesta.celda.alto > 1:
            fin = casillas[puesta.fila + puesta.celda.alto - 1][puesta.columna + puesta.celda.ancho - 1]
            celda = celda.merge(fin)
        es_encabezado = puesta.fila < len(arriba)
        suyo = puesta.celda.alinear or bloque.columnas[puesta.columna].alinear
        _celda(celda, puesta.celda, clases[puesta.fila], letra, Alinear.CENTRO if es_encabezado else suyo)
    for fila in hecha.rows:
        _de_renglon(fila, "w:cantSplit")
    for fila in hecha.rows[: len(arriba)]:
        _de_renglon(fila, "w:tblHeader")
    _respiro(lugar)


def _celda(celda: Any, que: Celda, clase: ClaseRenglon, puntos: float, lado: Alinear) -> None:
    negrita = que.negrita or bool(que.estado) or clase is not ClaseRenglon.NORMAL
    corrida = _escribir(celda, que.texto, puntos=puntos, negrita=negrita, lado=lado)
    celda.paragraphs[0].paragraph_format.left_indent = Pt(8 * que.sangria) if que.sangria else None
    if que.estado:
        corrida.font.color.rgb = RGBColor.from_string(PRESENTACION[Estado(que.estado)].color_claro[1:])
    if clase in RELLENO:
        _fondo(celda, RELLENO[clase])


def _respiro(lugar: Any) -> None:
    lugar.add_paragraph().paragraph_format.space_after = Pt(2)


def ficha(lugar: Any, bloque: Ficha, ancho: int) -> None:
    """La rejilla de rótulo y dato; lo que no lleva clave ocupa las dos casillas."""
    con_clave = bloque.con_clave or any(c.clave for c in bloque.campos)
    r, v = bloque.rotulo_ancho, 1 - bloque.rotulo_ancho
    una = (r, 0.2 * v, 0.8 * v) if con_clave else (r, v)
    filas: list[list[Celda]] = [[]]
    if bloque.con_clave:
        titulos = ("", "Clave", "Denominación") * bloque.columnas
        filas = [[Celda(t, negrita=True, alinear=Alinear.CENTRO) for t in titulos], []]
    usadas = 0
    for campo in bloque.campos:
        if usadas + campo.ancho > bloque.columnas:
            filas.append([])
            usadas = 0
        usadas += campo.ancho
        sobra = (campo.ancho - 1) * len(una)
        filas[-1].append(Celda(campo.rotulo, negrita=True))
        if campo.clave:
            filas[-1].append(Celda(campo.clave, alinear=Alinear.CENTRO))
        filas[-1].append(Celda(campo.valor, ancho=len(una) - 1 - bool(campo.clave) + sobra))
    hecha = _nueva(lugar, len(filas), _repartir(ancho, una * bloque.columnas))
    casillas = [list(fila.cells) for fila in hecha.rows]
    for puesta in colocar(filas):
        celda = casillas[puesta.fila][puesta.columna]
        if puesta.celda.ancho > 1:
            celda = celda.merge(casillas[puesta.fila][puesta.columna + puesta.celda.ancho - 1])
        lado = puesta.celda.alinear or Alinear.IZQUIERDA
        _escribir(celda, puesta.celda.texto, puntos=9, negrita=puesta.celda.negrita, lado=lado)
        if puesta.celda.negrita:
            _fondo(celda, FONDO_SUAVE)
    _respiro(lugar)


def cifras(lugar: Any, bloque: Cifras, ancho: int) -> None:
    """Las cifras grandes, cada una en su casilla."""
    hecha = _nueva(lugar, 1, _repartir(ancho, [1] * len(bloque.cifras)))
    for celda, cifra in zip(hecha.rows[0].cells, bloque.cifras, strict=True):
        _escribir(celda, cifra.rotulo, puntos=8.5)
        grande = celda.add_paragraph().add_run(limpio(cifra.valor))
        grande.font.size, grande.bold = Pt(18), True
        if cifra.nota:
            nota = celda.add_paragraph().add_run(limpio(cifra.nota))
            nota.font.size = Pt(8.5)
            if cifra.estado:
                color = PRESENTACION[Estado(cifra.estado)].color_claro[1:]
                nota.bold, nota.font.color.rgb = True, RGBColor.from_string(color)
    _respiro(lugar)


def firmas(lugar: Any, bloque: Firmas, ancho: int) -> None:
    """Papel, espacio para firmar, nombre y cargo."""
    por = min(POR_RENGLON, max(1, len(bloque.firmas)))
    renglones = -(-len(bloque.firmas) // por)
    hecha = _nueva(lugar, renglones, _repartir(ancho, [1] * por))
    for i, firma in enumerate(bloque.firmas):
        celda = hecha.rows[i // por].cells[i % por]
        _escribir(celda, firma.papel, puntos=9, negrita=True, lado=Alinear.CENTRO)
        for texto in ("\n\n", f"Firma: {'_' * 24}", f"Nombre: {firma.nombre}", f"Cargo: {firma.cargo}"):
            parrafo = celda.add_paragraph()
            parrafo.paragraph_format.space_after = Pt(2)
            parrafo.add_run(limpio(texto)).font.size = Pt(8.5)
    for fila in hecha.rows:
        _de_renglon(fila, "w:cantSplit")
    _respiro(lugar)


def lado_a_lado(lugar: Any, bloque: LadoALado, ancho: int, poner: Poner) -> None:
    """Grupos de bloques en columnas sin raya."""
    medidas = _repartir(ancho, bloque.anchos or (1,) * len(bloque.partes))
    hecha = _nueva(lugar, 1, medidas, None)
    for celda, parte, medida in zip(hecha.rows[0].cells, bloque.partes, medidas, strict=True):
        for interior in parte:
            poner(celda, interior, int(medida * 0.94))
    _respiro(lugar)
