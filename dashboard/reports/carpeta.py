"""La carpeta de una sesión en un solo documento, y su lista de asistencia para firmar."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.reports import comun
from dashboard.reports.acta import GRUPO, con_orden, elegida
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Indice,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    renglon,
    semaforo,
    texto,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from dashboard.reports.material import como_documento
from db.queries.acuerdos import acuerdos
from db.queries.sala import estado
from db.queries.sesiones import sesion
from db.rules.formato import fecha, fecha_hora, hora
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.sesiones import CALIDADES, CARGOS

Datos = Mapping[str, Any]

ACUERDOS = (
    Columna("Número", 1.7),
    Columna("Acuerdo", 3.2),
    Columna("Responde", 1.8),
    Columna("Para el", 0.9),
    Columna("Avance", 0.7, Alinear.DERECHA),
    Columna("Situación", 1.3),
)
LISTA = (
    Columna("Núm.", 0.4, Alinear.DERECHA),
    Columna("Nombre", 2.2),
    Columna("Representa a", 2.2),
    Columna("Cargo", 1.1),
    Columna("Hora", 0.6, Alinear.CENTRO),
    Columna("Firma", 2),
)
HUECO = "\u00a0\n\u00a0"
"""Alto de un renglón en que cabe una firma."""


def _leer(preguntar: Preguntar, p: Parametros) -> Datos:
    una = preguntar(sesion, sesion_id=elegida(p))
    if una is None:
        raise Problema("No existe esa sesión.", "Vuelva a elegirla.")
    return una


def carpeta(preguntar: Preguntar, p: Parametros) -> Documento:
    """Orden del día, el material de cada punto y el estado de los acuerdos, con su índice."""
    una = _leer(preguntar, p)
    puntos = [punto for punto in una["puntos"] if punto["estado"] != "retirado"]
    bloques: list[Bloque] = [_datos(una), Indice(nivel=2), Titulo("Orden del día", 1)]
    for punto in puntos:
        vota = " (se vota)" if punto["se_vota"] else ""
        presenta = f" Presenta {punto['presenta']}." if punto["presenta"] else ""
        bloques.append(Parrafo(f"{punto['numero']}. {punto['titulo']}{vota}.{presenta}"))
        if punto["descripcion"]:
            bloques.append(Parrafo(punto["descripcion"], Estilo.NOTA))
    faltas: list[Falta] = []
    for punto in puntos:
        if punto["clase"] == "seguimiento_acuerdos":
            bloques += [SaltoDePagina(horizontal=False), *_acuerdos(preguntar, una, punto)]
        for material in punto["materiales"]:
            bloques += _material(preguntar, una, punto, material, faltas)
    return Documento(
        CARPETA.clave,
        f"Carpeta de la {_en_frase(una)}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(dict.fromkeys(faltas)),
        hoja="Carpeta",
    )


def _en_frase(una: Datos) -> str:
    return f"{una['nombre'][:1].lower()}{una['nombre'][1:]}"


def _datos(una: Datos) -> Ficha:
    return Ficha(
        (
            Campo("Comité", una["comite"]),
            Campo("Sesión", una["nombre"]),
            Campo("Día y hora", fecha_hora(una["prevista"])),
            Campo("Lugar", una["lugar"] or "por definir"),
        )
    )


def _acuerdos(preguntar: Preguntar, una: Datos, punto: Datos) -> list[Bloque]:
    """Los acuerdos del comité que siguen vivos, sin los de esta misma sesión."""
    vivos = [
        a for a in preguntar(acuerdos, comite_id=una["comite_id"], vivos=True) if a["sesion_id"] != una["id"]
    ]
    titulo = Titulo(f"{punto['numero']}. Estado de los acuerdos", 1)
    if not vivos:
        return [titulo, Parrafo("No hay acuerdos por cumplir.")]
    filas = [
        renglon(
            a["numero"],
            a["texto"],
            a["responde"],
            fecha(a["vence"]),
            f"{a['avance']} %",
            semaforo(a["situacion"][0], a["situacion"][1]),
        )
        for a in vivos
    ]
    return [titulo, Tabla(ACUERDOS, tuple(filas), resumen="Acuerdos por cumplir, con su avance.")]


def _material(
    preguntar: Preguntar, una: Datos, punto: Datos, material: Datos, faltas: list[Falta]
) -> list[Bloque]:
    """El documento de un material en hojas aparte, o la razón de que no vaya."""
    cabeza = Titulo(f"{punto['numero']}. {material['titulo']}", 1)
    copia = f"Se repartió con el folio {material['folio']}." if material["folio"] else ""
    try:
        hecho = como_documento(preguntar, una, material)
        documento = hecho[0].construir(preguntar, hecho[1]) if hecho else None
    except Problema as problema:
        faltas.append(Falta(f"«{material['titulo']}»: {problema.mensaje}", problema.remedio))
        documento = None
    if documento is None:
        dice = f"Se consulta en el sistema. {copia}".strip()
        return [SaltoDePagina(horizontal=False), cabeza, Parrafo(dice, Estilo.NOTA)]
    faltas += documento.faltas
    nota = [Parrafo(x, Estilo.NOTA) for x in (f"{documento.corte}. {copia}".strip(". ") + ".",) if x != "."]
    return [
        SaltoDePagina(horizontal=documento.horizontal),
        cabeza,
        *nota,
        *(_hondo(b) for b in documento.bloques if not isinstance(b, Indice)),
    ]


def _hondo(bloque: Bloque) -> Bloque:
    """Los títulos de un material van por debajo del suyo, y no se saltan al índice."""
    return replace(bloque, nivel=bloque.nivel + 2) if isinstance(bloque, Titulo) else bloque


def lista_de_asistencia(preguntar: Preguntar, p: Parametros) -> Documento:
    """Un renglón por asiento con lugar para firmar; ya celebrada, con la hora en que llegó cada quien."""
    previa = _leer(preguntar, p)
    una = preguntar(estado, sesion_id=previa["id"], ahora=previa["abierta_en"] or previa["prevista"])
    assert una is not None
    asientos = una["asientos"]
    llegaron = [a for a in asientos if a["llego_en"]]
    filas = [
        renglon(
            str(n),
            _quien(a),
            a["representa"],
            CARGOS[a["cargo"]],
            hora(a["llego_en"]) if a["llego_en"] else texto("\u00a0"),
            texto(HUECO) if a["llego_en"] or not una["abierta_en"] else "No asistió",
        )
        for n, a in enumerate(asientos, start=1)
    ]
    bloques: list[Bloque] = [_datos(una)]
    if una["abierta_en"]:
        bloques.append(Parrafo(f"Asistieron {len(llegaron)} de {len(asientos)}. {una['quorum']['frase']}."))
    bloques.append(Tabla(LISTA, tuple(filas), resumen="Quién integra el comité, con lugar para su firma."))
    bloques.append(Parrafo("Los datos sólo sirven para acreditar la asistencia a esta sesión.", Estilo.NOTA))
    faltas = (
        () if asientos else (Falta("El comité no tiene integrantes acreditados.", "Acredítelos en Comités."),)
    )
    return Documento(
        LISTA_ASISTENCIA.clave,
        f"Lista de asistencia a la {_en_frase(una)}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        faltas,
        hoja="Asistencia",
    )


def _quien(a: Datos) -> str:
    """El nombre de quien ocupa el asiento; antes de llegar, también el de su suplente."""
    if a["llego_en"]:
        return a["nombre"] if a["calidad"] == "titular" else f"{a['nombre']} (suplente)"
    return "\n".join(
        i["nombre"] if i["calidad"] == "titular" else f"{CALIDADES['suplente']}: {i['nombre']}"
        for i in a["pueden"]
    )


CARPETA = Reporte(
    clave="carpeta_sesion",
    titulo="Carpeta de la sesión",
    que_es="El orden del día, el material de cada punto y el estado de los acuerdos, en un solo documento.",
    grupo=GRUPO,
    construir=carpeta,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("sesion", "Sesión", con_orden),),
)
LISTA_ASISTENCIA = Reporte(
    clave="lista_asistencia",
    titulo="Lista de asistencia",
    que_es="Quiénes integran el comité, para firmar al llegar; después, con la hora de cada quien.",
    grupo=GRUPO,
    construir=lista_de_asistencia,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("sesion", "Sesión", con_orden),),
)
REPORTES = (CARPETA, LISTA_ASISTENCIA)
