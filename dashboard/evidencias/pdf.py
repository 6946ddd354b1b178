"""Revisa un PDF sin abrirlo con un lector: ni programas, ni archivos dentro, ni acciones al abrirlo.

Los nombres pueden venir escritos en hexadecimal («/J#61vaScript») o dentro de flujos de objetos comprimidos;
se descifran antes de buscar. Lo que no se puede revisar (cifrado, filtros raros) se rechaza.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from db.rules.problema import Problema

INFLADO_MAXIMO = 64 * 2**20
IMPRIMIR = "Ábralo, elija Imprimir y «Guardar como PDF», y suba ese archivo."

_FLUJO = re.compile(rb"stream\r?\n")
_DICCIONARIO = 4096
"""Bytes antes de un flujo en que se busca su diccionario."""

_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_FIN = rb"(?=[\s/<>\[\]()%{}]|$)"
_PROHIBIDOS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|EF|FileAttachment|RichMedia|Rendition|XFA|GoToE|SubmitForm|ImportData)"
    + _FIN
)
_LARGOS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition|GoToE|SubmitForm|ImportData)"
    + _FIN
)
"""Nombres que por azar no salen en un flujo comprimido: se buscan en todo el archivo."""

_AL_ABRIR = re.compile(rb"/OpenAction\s*(?:(\d{1,9})\s+\d+\s+R|(<<.*?>>))", re.DOTALL)
_ACCION = re.compile(rb"/S\s*/(\w+)")
_OBJETO = re.compile(rb"(\d{1,9})\s+\d+\s+obj\b(.*?)endobj", re.DOTALL)


def revisar_pdf(contenido: bytes) -> None:
    """Problema si el PDF está incompleto, cifrado o trae algo que se ejecuta o se incrusta."""
    if b"%%EOF" not in contenido[-2048:]:
        raise Problema("El PDF está incompleto.", "Vuelva a descargarlo o a imprimirlo como PDF.")
    fuera = _nombres_llanos(_sin_flujos(contenido))
    if re.search(rb"/Encrypt" + _FIN, fuera):
        raise Problema("El PDF está protegido y no se puede revisar.", IMPRIMIR)
    dentro = [_nombres_llanos(inflado) for inflado in _flujos_de_objetos(contenido)]
    for texto in (fuera, *dentro):
        _rechazar(_PROHIBIDOS.search(texto))
    _rechazar(_LARGOS.search(_nombres_llanos(contenido)))
    _revisar_al_abrir(fuera, dentro)


def _rechazar(hallado: re.Match[bytes] | None) -> None:
    if hallado:
        raise Problema("El PDF trae programas, formularios con acciones o archivos dentro.", IMPRIMIR)


def _nombres_llanos(texto: bytes) -> bytes:
    return _HEX.sub(lambda par: bytes([int(par[1], 16)]), texto)


def _flujos(contenido: bytes) -> Iterator[tuple[int, int]]:
    """Dónde empieza y dónde termina el contenido de cada flujo."""
    desde = 0
    while hallado := _FLUJO.search(contenido, desde):
        fin = contenido.find(b"endstream", hallado.end())
        if fin == -1:
            return
        # Sólo es un flujo si lo precede un diccionario: la palabra suelta en un texto no esconde nada.
        if contenido[: hallado.start()].rstrip(b" \t\r\n\x00\x0c")[-2:] == b">>":
            yield hallado.end(), fin
            desde = fin + len(b"endstream")
        else:
            desde = hallado.end()


def _sin_flujos(contenido: bytes) -> bytes:
    partes, desde = [], 0
    for inicio, fin in _flujos(contenido):
        partes.append(contenido[desde:inicio])
        desde = fin
    return b" ".join([*partes, contenido[desde:]])


def _flujos_de_objetos(contenido: bytes) -> Iterator[bytes]:
    """Lo que dicen los flujos de objetos, ya inflado."""
    total = 0
    for inicio, fin in _flujos(contenido):
        diccionario = _diccionario(contenido[max(0, inicio - _DICCIONARIO) : inicio])
        if not re.search(rb"/ObjStm" + _FIN, diccionario) and not (
            re.search(rb"/First" + _FIN, diccionario) and re.search(rb"/N" + _FIN, diccionario)
        ):
            continue
        inflado = _inflar(contenido[inicio:fin], diccionario)
        total += len(inflado)
        if total > INFLADO_MAXIMO:
            raise Problema("El PDF se expande demasiado al revisarlo.", IMPRIMIR)
        yield inflado


def _diccionario(antes: bytes) -> bytes:
    """Lo que va entre el «obj» más cercano y el flujo."""
    return _nombres_llanos(antes[max(antes.rfind(b"obj"), antes.rfind(b"endstream"), 0) :])


def _inflar(datos: bytes, diccionario: bytes) -> bytes:
    filtros = re.findall(rb"/(\w+Decode|Fl|LZW|A85|AHx|RL|Crypt)" + _FIN, diccionario)
    if not filtros and b"/Filter" not in diccionario:
        return datos
    if filtros not in ([b"FlateDecode"], [b"Fl"]) or re.search(rb"/Predictor\s*(?!1\b)\d", diccionario):
        raise Problema("El PDF está comprimido de un modo que no se puede revisar.", IMPRIMIR)
    inflador = zlib.decompressobj()
    try:
        inflado = inflador.decompress(datos.lstrip(b"\r\n"), INFLADO_MAXIMO)
    except zlib.error as error:
        raise Problema("El PDF está dañado.", IMPRIMIR) from error
    if inflador.unconsumed_tail:
        raise Problema("El PDF se expande demasiado al revisarlo.", IMPRIMIR)
    return inflado


def _revisar_al_abrir(fuera: bytes, dentro: list[bytes]) -> None:
    """Al abrirse sólo puede ir a una página: cualquier otra acción se rechaza."""
    for texto in (fuera, *dentro):
        for hallado in _AL_ABRIR.finditer(texto):
            cuerpo = hallado[2] or _objeto(int(hallado[1]), fuera, dentro)
            accion = _ACCION.search(cuerpo)
            if accion and accion[1] != b"GoTo":
                raise Problema("El PDF hace algo por su cuenta al abrirse.", IMPRIMIR)


def _objeto(cual: int, fuera: bytes, dentro: list[bytes]) -> bytes:
    """El cuerpo de un objeto, esté suelto o en un flujo; vacío si no existe."""
    cuerpos = [cuerpo for numero, cuerpo in _OBJETO.findall(fuera) if int(numero) == cual]
    for texto in dentro:
        cuerpos += [cuerpo for numero, cuerpo in _del_flujo(texto) if numero == cual]
    return b" ".join(cuerpos)


def _del_flujo(texto: bytes) -> list[tuple[int, bytes]]:
    """Los objetos de un flujo: abre con pares «número lugar», y el primero es de lugar 0."""
    cabeza = re.split(rb"[^\d\s]", texto, maxsplit=1)[0]
    pares = [int(n[:9]) for n in cabeza.split()]
    numeros, lugares, base = pares[0::2], pares[1::2], len(cabeza)
    cortes = [*lugares, len(texto)]
    return [(n, texto[base + a : base + b]) for n, (a, b) in zip(numeros, pairwise(cortes), strict=False)]
