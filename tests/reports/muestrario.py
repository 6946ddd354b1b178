"""Un documento con un bloque de cada clase y textos hostiles, para las pruebas de los tres formatos."""

import io
from datetime import UTC, datetime
from decimal import Decimal

from PIL import Image

from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Celda,
    Cifra,
    Cifras,
    Columna,
    Estilo,
    Ficha,
    Firma,
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
    cantidad,
    dinero,
    porcentaje,
    renglon,
    semaforo,
    total,
)
from dashboard.reports.documento import Documento, Emision, Encabezado

HOSTIL = "=1+1 #set text(red) <b>x</b> *y* $a_b$ @cita // nada"
AL_REVES = "antes\u202eodnes\u2066 lar\u200f"
SIN_LETRA = "漢字 y emoji 🚀"
EMISION = Emision(
    "PRUEBA-2026-0001", False, "ab12" * 16, 77, "Ana Inventada", datetime(2026, 11, 23, 14, tzinfo=UTC)
)
NIVELES = ("Primero", "Segundo", "Tercero")


def png() -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (12, 16), "#9D2449").save(salida, "PNG")
    return salida.getvalue()


def barra(n: int = 0) -> Grafica:
    filas = [{"a": "Ñandú ◇", "b": 3 + n}, {"a": "B", "b": 5}]
    capa = {
        "data": {"values": filas},
        "mark": {"type": "bar", "clip": True},
        "encoding": {
            "x": {"field": "a", "type": "ordinal"},
            "y": {"field": "b", "type": "quantitative"},
        },
    }
    datos = Tabla((Columna("Nombre"), Columna("Valor")), (renglon("Ñandú", cantidad(3)),))
    return Grafica({"layer": [capa]}, "Dos barras: Ñandú 3 y B 5", "B va primero", 400, 180, datos)


COLUMNAS = (
    Columna("Código", 0.8),
    Columna("Descripción", 3),
    Columna("Programada", 1.4, Alinear.DERECHA, ("2026", "Primer trimestre")),
    Columna("%", 1, Alinear.DERECHA, ("2026", "Primer trimestre")),
    Columna("Alcanzada", 1.2, Alinear.DERECHA, ("2026", "Segundo trimestre")),
    Columna("Estado", 1.4),
)


def tabla(renglones: int = 3) -> Tabla:
    filas = [
        renglon(
            Celda(f"{i:03d}", alto=1),
            Celda(HOSTIL, sangria=1),
            dinero(-123_450),
            porcentaje(Decimal("12.34")),
            cantidad(Decimal("1234.5")),
            semaforo("adecuado"),
        )
        for i in range(renglones)
    ]
    return Tabla(
        COLUMNAS,
        (*filas, total(Celda("Total del Gasto", ancho=2), dinero(-370_350), "", "", "")),
        "Metas de actividad",
        "Cada meta con lo programado",
        ("", "", "1", "2", "3 = (1 − 2)", ""),
    )


def documento(bloques: tuple[Bloque, ...] | None = None, **mas: object) -> Documento:
    encabezado = Encabezado(
        "Villa Ejemplo", "Ayuntamiento", 2026, "101", ("Primera línea oficial", "Segunda línea"), png(), png()
    )
    return Documento("prueba", "Documento de prueba", encabezado, bloques or TODOS, **mas)  # type: ignore[arg-type]


TODOS: tuple[Bloque, ...] = (
    Indice(),
    Ficha((Campo("Programa", "Derechos humanos", "01020401"), Campo("Tema", AL_REVES)), con_clave=True),
    Ficha((Campo("Eje", "Uno"), Campo("Pilar", "Dos"), Campo("Objetivo", "Largo", ancho=2)), columnas=2),
    *(Titulo(nombre, nivel) for nivel, nombre in enumerate(NIVELES, 1)),
    Parrafo(HOSTIL),
    Parrafo(SIN_LETRA, Estilo.DESTACADO),
    Parrafo("Leyenda al pie", Estilo.NOTA),
    Lista(("uno", HOSTIL)),
    Lista(("primero", "segundo"), True),
    Cifras((Cifra("Avance", "86.4 %", "✔ En meta", "adecuado"), Cifra("Metas", "12"))),
    LadoALado(((barra(),), (Parrafo("Al lado"), Lista(("x",)))), (2, 1)),
    tabla(),
    SaltoDePagina(hoja="Otra hoja", horizontal=True),
    barra(),
    Imagen(png(), "image/png", "Foto de la obra", "Calle Ejemplo", 0.2),
    Firmas(
        (Firma("ELABORÓ", "Ana Inventada", "Directora"), Firma("REVISÓ", "", ""), Firma("AUTORIZÓ", "B", "C"))
    ),
)
