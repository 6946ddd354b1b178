"""Los archivos de texto que recibe el órgano de fiscalización: cómo va cada renglón y qué se rechazaría.

No hay una disposición oficial publicada a la mano. El orden de 01d, 01e, 02a y 08b es el que escriben
sistemas municipales del Estado de México; el de 08c, el del formato impreso. Por confirmar con el OSFEM: para
cambiar columnas, su orden o el nombre del archivo, se cambian estas tablas.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.rules.pbrm import Avance
from db.rules.problema import Problema

Valor = str | int | Decimal | None
Fila = Mapping[str, Valor]

SEPARADOR = "|"
COMILLA = '"'
FIN_DE_RENGLON = "\r\n"
CODIFICACIONES = {"utf-8": "UTF-8", "cp1252": "Windows (1252)"}
CLASE = "clase"
"""El campo que dice qué renglón es, en los formatos que llevan dos."""
VARIABLE, META = "V", "M"
VARIACION = "variación"

OBSERVADA = "El orden es el que escriben sistemas municipales del Estado de México."
IMPRESA = "El orden es el de las columnas del formato impreso."


class Tipo(StrEnum):
    TEXTO = "texto"
    CLAVE = "clave"
    """Sólo letras y dígitos."""
    NUMERO = "número"


@dataclass(frozen=True, slots=True)
class Columna:
    """Un campo: de dónde sale, cómo se llama y qué se le exige."""

    campo: str
    titulo: str
    tipo: Tipo = Tipo.TEXTO
    largo: int = 255
    obligada: bool = True


@dataclass(frozen=True, slots=True)
class Disposicion:
    """Un archivo: sus columnas según la clase de renglón («» si sólo hay una) y su nombre."""

    clave: str
    titulo: str
    nombre: str
    """Patrón con {ente}, {anio} y {trimestre}."""
    renglones: Mapping[str, tuple[Columna, ...]]
    fuente: str = OBSERVADA

    def columnas(self, fila: Fila) -> tuple[Columna, ...]:
        """Las del renglón, según su clase."""
        return self.renglones[str(fila.get(CLASE, ""))]


@dataclass(frozen=True, slots=True)
class Escritura:
    """Lo que se elige al hacerlo: campos entre comillas y con qué letras se guarda."""

    comillas: bool = True
    codificacion: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Rechazo:
    """Lo que no se aceptaría: en qué renglón del archivo (desde 1) y columna."""

    renglon: int
    columna: str
    que: str
    remedio: str


def _numero(campo: str, titulo: str, *, obligada: bool = True) -> Columna:
    return Columna(campo, titulo, Tipo.NUMERO, 20, obligada)


def _clave(campo: str, titulo: str, largo: int) -> Columna:
    return Columna(campo, titulo, Tipo.CLAVE, largo)


ENTE = Columna("ente", "Clave del ente", Tipo.CLAVE, 6, obligada=False)
"""Sin ella no hay archivo, y se dice una vez: no en cada renglón."""


_CLASE = _clave(CLASE, "Clase de renglón", 1)
_CODIGO = _clave("codigo", "Código del indicador", 20)
_NOMBRE = Columna("nombre", "Nombre del indicador", largo=500)
_VARIABLE = (
    _clave("letra", "Clave de la variable", 5),
    Columna("variable", "Nombre de la variable", largo=500),
    Columna("unidad", "Unidad de medida"),
    Columna("operacion", "Tipo de operación", largo=30),
)
_TRIMESTRES = tuple(_numero(f"trim_{n}", f"Trimestre {n}") for n in (1, 2, 3, 4))
_ANUAL = _numero("anual", "Meta anual")
_FICHA = (
    _CODIGO,
    _NOMBRE,
    _clave("programa", "Programa presupuestario", 8),
    _clave("auxiliar", "Dependencia auxiliar", 10),
    Columna("interpretacion", "Interpretación", largo=4_000),
    Columna("dimension", "Dimensión que atiende", largo=50),
    Columna("factor", "Factor de comparación", largo=500, obligada=False),
    Columna("descripcion_factor", "Descripción del factor de comparación", largo=4_000, obligada=False),
    _CLASE,
)
_META = (_clave("numero", "ID", 10), Columna("meta", "Nombre de la meta de actividad", largo=1_000))


def _avance(que: str, cuales: Sequence[str] = ("programado", "alcanzado")) -> tuple[Columna, ...]:
    """Cada cantidad de un periodo con su porcentaje; lo que sale de otra no se exige: basta con ésta."""
    columnas = []
    for cual in cuales:
        titulo = f"{que.capitalize()}: {cual}"
        campo = f"{que}_{cual}".replace("ó", "o")
        columnas.append(_numero(campo, titulo, obligada=cual != VARIACION))
        columnas.append(_numero(f"{campo}_parte", f"{titulo} %", obligada=False))
    return tuple(columnas)


def _medido(que: str) -> tuple[Columna, ...]:
    return (
        _numero(f"{que}_programado", f"{que.capitalize()}: programado"),
        _numero(f"{que}_alcanzado", f"{que.capitalize()}: alcanzado"),
        _numero(f"{que}_cumplimiento", f"{que.capitalize()}: EF%", obligada=False),
        Columna(f"{que}_semaforo", f"{que.capitalize()}: semáforo", largo=50),
    )


_DISPOSICIONES = (
    Disposicion(
        "01d",
        "PbRM-01d Ficha técnica de diseño de indicadores",
        "PbRM01d{ente}{anio}.txt",
        {
            VARIABLE: (*_FICHA, *_VARIABLE, *_TRIMESTRES, _ANUAL),
            META: (
                *_FICHA,
                *_TRIMESTRES,
                _ANUAL,
                Columna("meta_descripcion", "Descripción de la meta anual", largo=4_000),
                Columna("medios", "Medios de verificación", largo=4_000),
                Columna("metas", "Metas de actividad relacionadas", largo=4_000, obligada=False),
            ),
        },
    ),
    Disposicion(
        "01e",
        "PbRM-01e Matriz de indicadores para resultados",
        "PbRM01e{ente}{anio}.txt",
        {
            "": (
                _clave("programa", "Programa presupuestario", 8),
                Columna("programa_nombre", "Denominación del programa", largo=500),
                Columna("objetivo", "Objetivo del programa", largo=4_000),
                _clave("nivel", "Nivel", 2),
                Columna("resumen", "Objetivo o resumen narrativo", largo=4_000),
                _CODIGO,
                _NOMBRE,
                Columna("formula", "Fórmula", largo=1_000),
                Columna("frecuencia", "Frecuencia", largo=30),
                Columna("tipo", "Tipo", largo=30),
                Columna("supuestos", "Supuestos", largo=4_000, obligada=False),
                Columna("medios", "Medios de verificación", largo=4_000),
            )
        },
    ),
    Disposicion(
        "02a",
        "PbRM-02a Calendarización de metas de actividad",
        "PbRM02a{ente}{anio}.txt",
        {
            "": (
                Columna("localidad", "Localidad beneficiada", obligada=False),
                _numero("poblacion", "Población beneficiada", obligada=False),
                _clave("general", "Dependencia general", 10),
                _clave("auxiliar", "Dependencia auxiliar", 10),
                *(
                    _clave(campo, titulo, 2)
                    for campo, titulo in (
                        ("finalidad", "Finalidad"),
                        ("funcion", "Función"),
                        ("subfuncion", "Subfunción"),
                        ("programa", "Programa"),
                        ("subprograma", "Subprograma"),
                        ("proyecto", "Proyecto"),
                    )
                ),
                *_META,
                Columna("unidad", "Unidad de medida"),
                _ANUAL,
                *_TRIMESTRES,
                *(_numero(f"trim_{n}_parte", f"Trimestre {n} %") for n in (1, 2, 3, 4)),
            )
        },
    ),
    Disposicion(
        "08b",
        "PbRM-08b Ficha técnica de seguimiento de indicadores",
        "PbRM08b{ente}{anio}{trimestre:02d}.txt",
        {
            VARIABLE: (
                ENTE,
                _CODIGO,
                _NOMBRE,
                _CLASE,
                *_VARIABLE,
                _ANUAL,
                *_avance("trimestral"),
                *_avance("acumulado"),
            ),
            META: (
                ENTE,
                _CODIGO,
                _NOMBRE,
                _CLASE,
                _ANUAL,
                *_medido("trimestral"),
                *_medido("acumulado"),
            ),
        },
    ),
    Disposicion(
        "08c",
        "PbRM-08c Avance trimestral de metas de actividad",
        "PbRM08c{ente}{anio}{trimestre:02d}.txt",
        {
            "": (
                ENTE,
                _clave("general", "Dependencia general", 10),
                _clave("auxiliar", "Dependencia auxiliar", 10),
                _clave("proyecto", "Proyecto", 12),
                *_META,
                Columna("unidad", "Unidad de medida"),
                _ANUAL,
                *_avance("trimestral", ("programado", "alcanzado", VARIACION)),
                *_avance("acumulado", ("programado", "alcanzado", VARIACION)),
            )
        },
        IMPRESA,
    ),
)
DISPOSICIONES = {d.clave: d for d in _DISPOSICIONES}

_SOLO_CLAVE = re.compile(r"[0-9A-Za-z]+")


def clave_osfem(texto: str) -> str:
    """La clave del ente, de uno a seis dígitos, o vacía. Problema si es otra cosa."""
    limpia = texto.strip()
    if limpia and not re.fullmatch(r"[0-9]{1,6}", limpia):
        raise Problema(
            f"«{limpia}» no sirve de clave ante el OSFEM.", "Son sólo dígitos. Ejemplo: 0103.", "clave_osfem"
        )
    return limpia


def nombre_de(disposicion: Disposicion, ente: str, anio: int, mes: int) -> str:
    """El nombre del archivo: formato, ente con cuatro dígitos, ejercicio y, si toca, trimestre."""
    return disposicion.nombre.format(ente=ente.zfill(4), anio=anio, trimestre=(mes + 2) // 3)


def escrito(columna: Columna, valor: Valor) -> str:
    """Un campo como va en el archivo: los números con dos decimales, los textos en un solo renglón."""
    if valor is None:
        return ""
    if columna.tipo is Tipo.NUMERO and isinstance(valor, int | Decimal):
        return f"{valor:.2f}"
    return " ".join(str(valor).split())


def revisar(disposicion: Disposicion, filas: Sequence[Fila], como: Escritura) -> list[Rechazo]:
    """Todo lo que se rechazaría, en el orden del archivo."""
    return [
        Rechazo(n, columna.titulo, *que)
        for n, fila in enumerate(filas, start=1)
        for columna in disposicion.columnas(fila)
        if (que := _falta(columna, fila.get(columna.campo), como)) is not None
    ]


def _falta(columna: Columna, valor: Valor, como: Escritura) -> tuple[str, str] | None:
    texto = escrito(columna, valor)
    if not texto:
        return ("Va vacía y es obligatoria.", "Complete el dato.") if columna.obligada else None
    if columna.tipo is Tipo.NUMERO and not isinstance(valor, int | Decimal):
        return f"«{texto}» no es un número.", "Escriba sólo el número."
    if columna.tipo is Tipo.CLAVE and not _SOLO_CLAVE.fullmatch(texto):
        return f"«{texto}» no es una clave.", "Sólo lleva letras y dígitos."
    if len(texto) > columna.largo:
        return f"Pasa de {columna.largo:,} letras.", "Acórtelo."
    for signo in (SEPARADOR, COMILLA) if como.comillas else (SEPARADOR,):
        if signo in texto:
            return f"Lleva {signo}, que separa los campos.", "Quítelo del texto."
    return _que_no_cabe(texto, como.codificacion)


def _que_no_cabe(texto: str, codificacion: str) -> tuple[str, str] | None:
    """La primera letra que esa codificación no tiene."""
    for letra in texto:
        try:
            letra.encode(codificacion)
        except UnicodeEncodeError:
            return f"«{letra}» no existe en {CODIFICACIONES[codificacion]}.", "Cámbiela, o elija UTF-8."
    return None


def archivo(disposicion: Disposicion, filas: Sequence[Fila], como: Escritura) -> bytes:
    """Los renglones. Problema si alguno se rechazaría: un separador suelto corre todas las columnas."""
    if rechazos := revisar(disposicion, filas, como):
        primero = rechazos[0]
        raise Problema(
            f"Se rechazarían {len(rechazos):,} datos. El primero: renglón {primero.renglon}, "
            f"{primero.columna}. {primero.que}",
            "Corrija lo que dice la lista y vuelva a intentar.",
        )
    marca = COMILLA if como.comillas else ""
    renglones = [
        SEPARADOR.join(f"{marca}{escrito(c, fila.get(c.campo))}{marca}" for c in disposicion.columnas(fila))
        for fila in filas
    ]
    return "".join(r + FIN_DE_RENGLON for r in renglones).encode(como.codificacion)


def avance(que: str, a: Avance) -> dict[str, Valor]:
    """Un periodo de una meta o variable: lo no programado va en cero; lo programado sin captura, vacío."""
    programado = a.programada.meta or Decimal(0)
    alcanzado = a.alcanzada.meta if a.alcanzada.meta is not None or programado else Decimal(0)
    dichas: dict[str, Valor] = {f"{que}_programado": programado, f"{que}_alcanzado": alcanzado}
    dichas[f"{que}_variacion"] = None if alcanzado is None else alcanzado - programado
    partes = {"programado": a.programada, "alcanzado": a.alcanzada, "variacion": a.variacion}
    for cual, cuanto in partes.items():
        vacio = Decimal(0) if dichas[f"{que}_{cual}"] is not None else None
        dichas[f"{que}_{cual}_parte"] = cuanto.parte if cuanto.parte is not None else vacio
    return dichas


def medido(
    que: str, programado: Decimal | None, alcanzado: Decimal | None, ef: Decimal | None
) -> dict[str, Valor]:
    """Un periodo de un indicador, con la misma regla; sin nada que medir, su cumplimiento va en cero."""
    nada = programado is None and alcanzado is None
    valores = {"programado": programado, "alcanzado": alcanzado, "cumplimiento": ef}
    return {f"{que}_{cual}": Decimal(0) if nada and v is None else v for cual, v in valores.items()}


def trimestres(
    anual: Decimal | None, valores: Sequence[Decimal | None], sufijo: str = ""
) -> dict[str, Valor]:
    """Los cuatro trimestres de un calendario; el que no se programó va en cero si hay meta en el año."""
    vacio = None if anual is None else Decimal(0)
    return {f"trim_{n}{sufijo}": vacio if v is None else v for n, v in enumerate(valores, start=1)}


def seccionar(proyecto: str) -> dict[str, Any]:
    """Los seis pares de dígitos de un proyecto."""
    campos = ("finalidad", "funcion", "subfuncion", "programa", "subprograma", "proyecto")
    return {campo: proyecto[2 * n : 2 * n + 2] for n, campo in enumerate(campos)}
