"""El documento: sus bloques, su encabezado, lo que le falta y, cuando sale, su folio y su sello."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Protocol, TypeVar

from dashboard.reports.bloques import Bloque, Imagen
from db.rules.formato import ZONA, fecha_hora
from db.rules.permisos import Accion

T = TypeVar("T")

CARTA, OFICIO, PRESENTACION = "carta", "oficio", "presentacion"
"""Papeles; la presentación es 16:9 y va siempre horizontal."""
PAPELES = {CARTA: (8.5, 11.0), OFICIO: (8.5, 13.4), PRESENTACION: (7.5, 13.333)}
"""Lado corto y largo, en pulgadas; la plantilla de PDF tiene los mismos."""


class Preguntar(Protocol):
    """`dashboard.cache.ask`, o en pruebas una sesión: `preguntar(consulta, **parametros)`."""

    def __call__(self, pregunta: Callable[..., T], **parametros: Any) -> T: ...


@dataclass(frozen=True, slots=True)
class Parametros:
    """De qué se hace: lo que el documento no usa va vacío. Se guarda tal cual en el registro."""

    anio: int
    mes: int | None = None
    """Último mes del periodo, el corte."""
    ente_id: int | None = None
    """Vacío: consolidado."""
    dependencia_id: int | None = None
    programa: str = ""
    """Clave de ocho dígitos."""
    proyecto: str = ""
    """Clave de doce dígitos."""
    nodo_id: int | None = None
    otros: Mapping[str, str] = field(default_factory=dict)

    def a_dict(self) -> dict[str, Any]:
        """En tipos de JSON."""
        return {c.name: getattr(self, c.name) for c in fields(self)} | {"otros": dict(self.otros)}

    @classmethod
    def de_dict(cls, datos: Mapping[str, Any]) -> "Parametros":
        """El inverso de `a_dict`; ignora lo que ya no exista."""
        return cls(**{c.name: datos[c.name] for c in fields(cls) if c.name in datos})


@dataclass(frozen=True, slots=True)
class Encabezado:
    """El membrete. `lineas` van entre el escudo y el logo, la primera en grande."""

    municipio: str
    ente: str
    anio: int
    numero: str = ""
    """Número del municipio en los formatos PbRM."""
    lineas: tuple[str, ...] = ()
    escudo: bytes | None = field(default=None, repr=False)
    logo: bytes | None = field(default=None, repr=False)
    zona: str = ZONA

    def imagenes(self) -> dict[str, Imagen]:
        """El escudo y el logo, con su texto alternativo; uno que falte va vacío."""
        pares = (("escudo", self.escudo, "Escudo"), ("logo", self.logo, "Logotipo"))
        return {nombre: Imagen(contenido or b"", "image/png", alt) for nombre, contenido, alt in pares}


@dataclass(frozen=True, slots=True)
class Falta:
    """Algo que el documento necesita y no está: qué, y cómo se remedia."""

    que: str
    remedio: str = ""


@dataclass(frozen=True, slots=True)
class Documento:
    """Lo que un reporte construye; `emitir` le pone folio, sello, fecha y persona."""

    clase: str
    titulo: str
    encabezado: Encabezado
    bloques: tuple[Bloque, ...]
    faltas: tuple[Falta, ...] = ()
    corte: str = ""
    """«Corte: septiembre de 2026, periodo cerrado»."""
    horizontal: bool = False
    papel: str = CARTA
    hoja: str = ""
    """Nombre de la primera hoja de Excel; vacío, la clase."""
    con_titulo: bool = True
    """El título se imprime sobre los bloques; los formatos oficiales traen el suyo."""

    def hoja_de(self, horizontal: bool) -> tuple[float, float]:
        """Ancho y alto de una hoja en esa orientación, en pulgadas."""
        corto, largo = PAPELES[self.papel]
        return (largo, corto) if horizontal or self.papel == PRESENTACION else (corto, largo)


@dataclass(frozen=True, slots=True)
class Emision:
    """Con qué sale: de aquí sale el pie, y guardada en el registro se vuelve a hacer el mismo archivo."""

    folio: str
    borrador: bool
    sello: str
    bitacora_id: int
    """0: el sello no es de la bitácora, sino del propio contenido."""
    quien: str
    momento: datetime
    """Con zona."""
    cierre: int | None = None
    """Número de cierre de cuya instantánea salieron las cifras."""

    def pie(self, documento: Documento) -> str:
        """«Folio … · Sello … · Hizo … el …», el mismo en los tres formatos."""
        partes = [
            f"Folio {self.folio}",
            documento.corte,
            f"Sello {self.sello[:16]}{self._origen()}" if self.sello else "",
            f"Hizo {self.quien} el {fecha_hora(self.momento, documento.encabezado.zona)}",
        ]
        return " · ".join(p for p in partes if p)

    def _origen(self) -> str:
        if self.cierre:
            return f" (cierre {self.cierre})"
        return f" (bitácora {self.bitacora_id})" if self.bitacora_id else ""


@dataclass(frozen=True, slots=True)
class Archivo:
    nombre: str
    contenido: bytes = field(repr=False)


Construir = Callable[[Preguntar, Parametros], Documento]
Juego = Callable[[Preguntar, Parametros], list[Parametros]]
Propio = Callable[[Preguntar, Parametros], Archivo]


@dataclass(frozen=True, slots=True)
class Opcion:
    """Algo que el documento pregunta además de ejercicio, corte y ente: valor → rótulo.

    `una_por_valor`: cada valor es una cosa (una sesión, una solicitud) y de cada una sale un documento.
    """

    clave: str
    rotulo: str
    valores: Callable[[Preguntar, Parametros], Mapping[str, str]]
    una_por_valor: bool = False


@dataclass(frozen=True, slots=True)
class Reporte:
    """Un documento que el sistema sabe hacer.

    `pide`: de «mes», «dependencia», «programa», «proyecto», «nodo», lo que hay que elegir; con «?» al final
    se puede dejar vacío. `juego` da los parámetros de cada documento del conjunto (todo el municipio, uno
    por proyecto…). `propios` hace a mano los formatos que no salen de los bloques (textos de OSFEM, SIPOT).
    """

    clave: str
    titulo: str
    que_es: str
    grupo: str
    construir: Construir
    permiso: Accion
    """Para verlo; emitirlo pide además EMITIR_DOCUMENTOS."""
    pide: tuple[str, ...] = ()
    pide_segun: Callable[[Mapping[str, str]], tuple[str, ...]] | None = None
    """Lo que hay que elegir además, según lo contestado en `opciones`."""
    formatos: tuple[str, ...] = ("pdf", "docx", "xlsx")
    opciones: tuple[Opcion, ...] = ()
    juego: Juego | None = None
    propios: Mapping[str, Propio] = field(default_factory=dict)

    def lo_que_pide(self, otros: Mapping[str, str]) -> dict[str, bool]:
        """Lo que hay que elegir → si es obligatorio."""
        pedidos = (*self.pide, *(self.pide_segun(otros) if self.pide_segun else ()))
        return {pedido.rstrip("?"): not pedido.endswith("?") for pedido in pedidos}
