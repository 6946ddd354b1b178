"""La carpeta de una sesión en un solo documento, y su lista de asistencia para firmar."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.reports import comun
from dashboard.reports.acta import GRUPO, con_orden, construir, elegida
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Firmas,
    Indice,
    Lista,
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
from db.queries.sesiones import sesion, sesiones
from db.rules.acuerdos import por_seguir
from db.rules.formato import en_zona, fecha, fecha_hora, hora
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.sesiones import CALIDADES, CARGOS

Datos = Mapping[str, Any]

ACUERDOS = (
    Columna("Número", 2.5),
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
    Columna("Hora", 0.9, Alinear.CENTRO),
    Columna("Firma", 2),
)
FALTAS_A_LA_VISTA = 3
HUECO = "\u00a0\n\u00a0\n\u00a0"
"""Alto de un renglón en que cabe una firma."""


def _leer(preguntar: Preguntar, p: Parametros) -> Datos:
    una = preguntar(sesion, sesion_id=elegida(p))
    if una is None:
        raise Problema("No existe esa sesión.", "Vuelva a elegirla.")
    return una


def carpeta(preguntar: Preguntar, p: Parametros) -> Documento:
    """Orden del día, acta anterior, estado de los acuerdos y el material de cada punto, con su índice."""
    una = _leer(preguntar, p)
    puntos = [punto for punto in una["puntos"] if punto["estado"] != "retirado"]
    faltas: list[Falta] = []
    hojas: list[Bloque] = []
    for punto in puntos:
        if punto["clase"] == "acta_anterior":
            hojas += _acta_anterior(preguntar, una, punto, p)
        if punto["clase"] == "seguimiento_acuerdos":
            hojas += [SaltoDePagina(horizontal=False), *_acuerdos(preguntar, una, punto)]
        for material in punto["materiales"]:
            hojas += _material(preguntar, una, punto, material, faltas)
    return Documento(
        CARPETA.clave,
        f"Carpeta de la {_en_frase(una)}",
        comun.membrete(preguntar, p),
        (_datos(una), Indice(nivel=1), *_orden(puntos), *hojas),
        tuple(dict.fromkeys(faltas)),
        hoja="Carpeta",
    )


def _orden(puntos: Sequence[Datos]) -> list[Bloque]:
    """El orden del día, y bajo cada punto de qué se trata y qué material lleva."""
    bloques: list[Bloque] = [Titulo("Orden del día", 1)]
    for punto in puntos:
        vota = " (se vota)" if punto["se_vota"] else ""
        presenta = f" Presenta {punto['presenta']}." if punto["presenta"] else ""
        bloques.append(Parrafo(f"{punto['numero']}. {punto['titulo']}{vota}.{presenta}"))
        if punto["descripcion"]:
            bloques.append(Parrafo(punto["descripcion"], Estilo.NOTA))
        if punto["materiales"]:
            bloques.append(Lista(tuple(_nombrado(m) for m in punto["materiales"])))
    return bloques


def _nombrado(m: Datos) -> str:
    return f"{m['titulo']} (folio {m['folio']})" if m["folio"] else str(m["titulo"])


def _acta_anterior(preguntar: Preguntar, una: Datos, punto: Datos, p: Parametros) -> list[Bloque]:
    """El acta de la última sesión celebrada antes; nada si no la hay."""
    previas = [
        s
        for s in preguntar(sesiones, comite_id=una["comite_id"])
        if s["acta"] and s["prevista"] < una["prevista"]
    ]
    if not previas:
        return []
    documento = construir(preguntar, replace(p, otros={"sesion": str(previas[-1]["id"])}))
    return [
        SaltoDePagina(horizontal=False),
        Titulo(f"{punto['numero']}. {documento.titulo}", 1),
        *(_hondo(b) for b in documento.bloques if not isinstance(b, Firmas)),
    ]


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
    """Los acuerdos del comité a los que la sesión da seguimiento."""
    todos = preguntar(acuerdos, comite_id=una["comite_id"], vivos=True)
    vivos = por_seguir(todos, una["id"], en_zona(una["prevista"]).date())
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
    """El documento de un material en hojas aparte; lo que no tiene documento sólo se nombra en el orden."""
    cabeza = Titulo(f"{punto['numero']}. {material['titulo']}", 1)
    copia = f"Se repartió con el folio {material['folio']}" if material["folio"] else ""
    try:
        hecho = como_documento(preguntar, una, material)
        documento = hecho[0].construir(preguntar, hecho[1]) if hecho else None
    except Problema as problema:
        faltas.append(Falta(f"«{material['titulo']}»: {problema.mensaje}", problema.remedio))
        documento = None
    if documento is None:
        return []
    # Lo que el comité apenas va a resolver no deja en borrador toda la carpeta: se dice donde toca.
    por_resolver = " ".join(f.que for f in documento.faltas[:FALTAS_A_LA_VISTA])
    notas = [f"{x.rstrip('.')}." for x in (documento.corte, copia, por_resolver) if x]
    return [
        SaltoDePagina(horizontal=documento.horizontal),
        cabeza,
        *([Parrafo(" ".join(notas), Estilo.NOTA)] if notas else []),
        *(_hondo(b) for b in documento.bloques if not isinstance(b, Indice)),
    ]


def _hondo(bloque: Bloque) -> Bloque:
    """Los títulos de un material van por debajo del suyo, y no se saltan al índice."""
    return replace(bloque, nivel=bloque.nivel + 1) if isinstance(bloque, Titulo) else bloque


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
    opciones=(Opcion("sesion", "Sesión", con_orden, una_por_valor=True),),
)
LISTA_ASISTENCIA = Reporte(
    clave="lista_asistencia",
    titulo="Lista de asistencia",
    que_es="Quiénes integran el comité, para firmar al llegar; después, con la hora de cada quien.",
    grupo=GRUPO,
    construir=lista_de_asistencia,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("sesion", "Sesión", con_orden, una_por_valor=True),),
)
REPORTES = (CARPETA, LISTA_ASISTENCIA)
