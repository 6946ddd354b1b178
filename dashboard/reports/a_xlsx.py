"""Bloques → Excel: tablas con números de verdad, listas para filtrar e imprimir; ningún texto es fórmula."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Celda,
    Cifrado,
    Cifras,
    ClaseRenglon,
    Ficha,
    Firmas,
    Grafica,
    Imagen,
    LadoALado,
    Lista,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    colocar,
    encabezado,
)
from dashboard.reports.documento import OFICIO, Documento, Emision
from dashboard.reports.glifos import limpio
from db.rules.estado import PRESENTACION, Estado

ORIGEN = datetime(1980, 1, 1, tzinfo=UTC)
FORMATOS = {
    Cifrado.DINERO: '"$"#,##0.00;[Red]-"$"#,##0.00',
    Cifrado.NUMERO: "#,##0.######",
    Cifrado.PORCENTAJE: '0.0" %"',
}
LADOS = {Alinear.IZQUIERDA: "left", Alinear.CENTRO: "center", Alinear.DERECHA: "right"}
LETRAS_POR_TABLA = 110
"""Ancho de una tabla, en letras, entre sus columnas."""
LARGO_DE_CELDA = 32_000
"""Excel admite 32,767 letras."""
PAPEL_CARTA, PAPEL_OFICIO = 1, 14
_PROHIBIDOS = re.compile(r"[\[\]:*?/\\]")


def hacer(documento: Documento, emision: Emision | None) -> bytes:
    """El XLSX; los mismos datos dan los mismos bytes."""
    salida = io.BytesIO()
    opciones = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    libro = xlsxwriter.Workbook(salida, opciones)
    momento = emision.momento.astimezone(UTC) if emision else ORIGEN
    autor = documento.encabezado.ente or documento.encabezado.municipio
    libro.set_properties(
        {"title": limpio(documento.titulo), "author": limpio(autor), "created": momento.replace(tzinfo=None)}
    )
    _Hojas(libro, documento, emision).llenar()
    libro.close()
    return salida.getvalue()


class _Hojas:
    """El libro mientras se llena: en qué hoja y renglón va."""

    def __init__(self, libro: Any, documento: Documento, emision: Emision | None) -> None:
        self.libro, self.documento, self.emision = libro, documento, emision
        self.formatos: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.hoja: Any = None
        self.fila = 0
        self.tablas = 0
        self.nombres: set[str] = set()
        self._poner: dict[type, Callable[[Any], None]] = {
            SaltoDePagina: self._salto,
            Titulo: self._titulo,
            Parrafo: lambda b: self._texto(b.texto),
            Lista: self._lista,
            Tabla: self._tabla,
            Ficha: self._ficha,
            Cifras: self._cifras,
            Grafica: self._grafica,
            Imagen: lambda b: self._texto(f"Imagen: {b.pie or b.alt}"),
            Firmas: self._firmas,
            LadoALado: self._lado_a_lado,
        }

    def llenar(self) -> None:
        self._abrir(self.documento.hoja or self.documento.clase, self.documento.horizontal)
        self._bloques(self.documento.bloques)

    def _bloques(self, bloques: tuple[Bloque, ...]) -> None:
        for bloque in bloques:
            if poner := self._poner.get(type(bloque)):
                poner(bloque)

    def _salto(self, salto: SaltoDePagina) -> None:
        if salto.hoja:
            girada = self.documento.horizontal if salto.horizontal is None else salto.horizontal
            self._abrir(salto.hoja, girada)

    def _titulo(self, titulo: Titulo) -> None:
        self._texto(titulo.texto, bold=True, font_size=max(15 - 2 * titulo.nivel, 10))

    def _lista(self, lista: Lista) -> None:
        for i, elemento in enumerate(lista.elementos, 1):
            self._texto(f"{i}. {elemento}" if lista.numerada else f"• {elemento}")

    def _cifras(self, cifras: Cifras) -> None:
        for c in cifras.cifras:
            self._pareja(c.rotulo, f"{c.valor}  {c.nota}".strip())
        self.fila += 1

    def _grafica(self, grafica: Grafica) -> None:
        self._texto(grafica.titulo or grafica.alt, bold=True)
        if grafica.datos:
            self._tabla(grafica.datos)

    def _firmas(self, firmas: Firmas) -> None:
        for f in firmas.firmas:
            self._pareja(f.papel, f"{f.nombre} · {f.cargo}")

    def _lado_a_lado(self, grupo: LadoALado) -> None:
        for parte in grupo.partes:
            self._bloques(parte)

    def _abrir(self, nombre: str, horizontal: bool) -> None:
        """Otra hoja con su encabezado, su pie y su manera de imprimirse."""
        self.hoja = self.libro.add_worksheet(self._nombre(nombre))
        self.fila = self.tablas = 0
        if horizontal:
            self.hoja.set_landscape()
        self.hoja.set_paper(PAPEL_OFICIO if self.documento.papel == OFICIO else PAPEL_CARTA)
        self.hoja.fit_to_pages(1, 0)
        self.hoja.hide_gridlines(2)
        pie = self.emision.pie(self.documento) if self.emision else self.documento.corte
        # «&» abre una orden en el pie de Excel.
        self.hoja.set_footer(f"&L&7{limpio(pie)[:180].replace('&', '&&')}&R&7Hoja &P de &N")
        if self.emision is None or self.emision.borrador:
            self._texto("BORRADOR: no es un documento oficial", bold=True, font_color="#B3261E")
        for i, linea in enumerate(self.documento.encabezado.lineas):
            self._texto(linea, bold=i == 0)
        self._texto(self.documento.titulo, bold=True, font_size=14)
        self._texto(pie, font_size=8, font_color="#595959")
        self.fila += 1

    def _nombre(self, pedido: str) -> str:
        """Nombre de hoja que Excel admite, sin repetir."""
        base = _PROHIBIDOS.sub(" ", limpio(pedido)).strip("' ")[:28] or "Hoja"
        nombre, n = base, 1
        while nombre.casefold() in self.nombres:
            n += 1
            nombre = f"{base[:26]} {n}"
        self.nombres.add(nombre.casefold())
        return nombre

    def _formato(self, **rasgos: Any) -> Any:
        rasgos = {"font_name": "Arial", "font_size": 10, "valign": "top", **rasgos}
        llave = tuple(sorted(rasgos.items()))
        if llave not in self.formatos:
            self.formatos[llave] = self.libro.add_format(rasgos)
        return self.formatos[llave]

    def _texto(self, escrito: str, **rasgos: Any) -> None:
        if escrito:
            self.hoja.write_string(self.fila, 0, limpio(escrito)[:LARGO_DE_CELDA], self._formato(**rasgos))
            self.fila += 1

    def _pareja(self, rotulo: str, valor: str) -> None:
        self.hoja.write_string(self.fila, 0, limpio(rotulo), self._formato(bold=True))
        self.hoja.write_string(self.fila, 1, limpio(valor)[:LARGO_DE_CELDA], self._formato())
        self.fila += 1

    def _ficha(self, ficha: Ficha) -> None:
        self._texto(ficha.titulo, bold=True)
        for campo in ficha.campos:
            self._pareja(campo.rotulo, f"{campo.clave} {campo.valor}".strip())
        self.fila += 1

    def _tabla(self, tabla: Tabla) -> None:
        self._texto(tabla.titulo, bold=True)
        arriba = encabezado(tabla)
        filas = [*arriba, *(r.celdas for r in tabla.renglones)]
        clases = [ClaseRenglon.GRUPO] * len(arriba) + [r.clase for r in tabla.renglones]
        for puesta in colocar(filas):
            es_encabezado = puesta.fila < len(arriba)
            lado = puesta.celda.alinear or tabla.columnas[puesta.columna].alinear
            rasgos = _rasgos(puesta.celda, clases[puesta.fila], Alinear.CENTRO if es_encabezado else lado)
            self._celda(self.fila + puesta.fila, puesta.columna, puesta.celda, self._formato(**rasgos))
        if not self.tablas:
            self._acomodar(tabla, self.fila, len(arriba))
        self.tablas += 1
        self.fila += len(filas) + 1

    def _acomodar(self, tabla: Tabla, primera: int, alto: int) -> None:
        """La primera tabla de la hoja manda: anchos, encabezado fijo y repetido al imprimir."""
        suma = sum(c.ancho for c in tabla.columnas)
        for i, columna in enumerate(tabla.columnas):
            self.hoja.set_column(i, i, max(9, LETRAS_POR_TABLA * columna.ancho / suma))
        self.hoja.freeze_panes(primera + alto, 0)
        self.hoja.repeat_rows(primera, primera + alto - 1)

    def _celda(self, fila: int, columna: int, celda: Celda, formato: Any) -> None:
        if celda.ancho > 1 or celda.alto > 1:
            ultima = (fila + celda.alto - 1, columna + celda.ancho - 1)
            self.hoja.merge_range(fila, columna, *ultima, "", formato)
        if celda.clase is Cifrado.TEXTO or celda.valor is None:
            self.hoja.write_string(fila, columna, limpio(celda.texto)[:LARGO_DE_CELDA], formato)
            return
        valor = Decimal(celda.valor).scaleb(-2) if celda.clase is Cifrado.DINERO else celda.valor
        self.hoja.write_number(fila, columna, valor, formato)


def _rasgos(celda: Celda, clase: ClaseRenglon, lado: Alinear) -> dict[str, Any]:
    rasgos: dict[str, Any] = {
        "border": 1,
        "border_color": "#9aa3ad",
        "text_wrap": True,
        "align": LADOS[lado],
        "font_size": 9,
    }
    if celda.sangria and lado is Alinear.IZQUIERDA:
        rasgos["indent"] = celda.sangria
    if celda.clase in FORMATOS and celda.valor is not None:
        rasgos["num_format"] = FORMATOS[celda.clase]
    if clase is not ClaseRenglon.NORMAL:
        rasgos |= {"bold": True, "bg_color": "#eceff3"}
    if celda.negrita:
        rasgos["bold"] = True
    if celda.estado:
        rasgos |= {"bold": True, "font_color": PRESENTACION[Estado(celda.estado)].color_claro}
    return rasgos
