"""Las partes que comparten el Informe, su resumen, sus láminas y sus datos: elegirlo, tablas y fotos."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.reports import comun
from dashboard.reports.barras import barras
from dashboard.reports.bloques import (
    Bloque,
    Cifra,
    Cifras,
    Columna,
    Firmas,
    Grafica,
    Imagen,
    LadoALado,
    Tabla,
    cantidad,
    dinero,
    porcentaje,
    renglon,
    semaforo,
    texto,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar
from dashboard.ui.texto import corto
from db.queries.evidencias import ruta_de
from db.queries.informe import informes
from db.queries.informe_completo import completo
from db.queries.titulares import la_que_es
from db.rules.formato import fecha, mdp
from db.rules.problema import Problema
from db.rules.titular import PRESIDENCIA

Datos = Mapping[str, Any]

GRUPO = "Informe de Gobierno"
FOTOS_POR_RENGLON = 2
LETRAS_DEL_HALLAZGO = 60

CUMPLIMIENTO = (
    Columna("Nombre", 4),
    Columna("Cumplimiento", 1.2),
    Columna("Estado", 1.5),
    Columna("Avance anual", 1.2),
)
PRESUPUESTO = (
    Columna("Clave", 1),
    Columna("Programa presupuestario", 3.4),
    Columna("Aprobado", 1.7),
    Columna("Modificado", 1.7),
    Columna("Devengado", 1.7),
    Columna("Avance", 0.9),
)
OBRAS = (
    Columna("Qué", 3),
    Columna("Clase", 0.8),
    Columna("Dónde", 1.8),
    Columna("Inversión", 1.5),
    Columna("Personas", 1),
    Columna("Cuándo", 1),
)
ACUERDOS = (
    Columna("Número", 2.3),
    Columna("Acuerdo", 2.6),
    Columna("Responde", 1.8),
    Columna("Tomado", 1.35),
    Columna("Vence", 1.35),
    Columna("Cómo iba", 1.4),
    Columna("Avance", 0.9),
)
CITADAS = (
    Columna("Dice", 1),
    Columna("Qué es", 2.2),
    Columna("De qué", 2.6),
    Columna("De dónde sale", 1.8),
    Columna("Capítulos", 1),
)


def cual_informe(preguntar: Preguntar, _p: Parametros) -> Mapping[str, str]:
    """Los informes que hay: id → nombre y periodo."""
    return {str(i["id"]): f"{i['nombre']} ({i['periodo']})" for i in preguntar(informes)}


OPCION = Opcion("informe", "Informe", cual_informe, una_por_valor=True)


def leer(preguntar: Preguntar, p: Parametros) -> Datos:
    """El informe elegido entero; Problema si no se eligió o no existe."""
    cual = p.otros.get("informe", "")
    datos = preguntar(completo, informe_id=int(cual)) if cual.isdigit() else None
    if datos is None:
        raise Problema("Aún no hay un Informe de Gobierno.", "Ábralo en Informe de Gobierno.")
    return datos


def documento(
    preguntar: Preguntar,
    p: Parametros,
    datos: Datos,
    clase: str,
    titulo: str,
    bloques: Sequence[Bloque],
    **mas: Any,
) -> Documento:
    """El documento con el membrete, el corte y lo que falta del informe."""
    return Documento(
        clase,
        titulo,
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(Falta(f"{f['que'][:1].upper()}{f['que'][1:]}.", "") for f in datos["faltas"]),
        corte_de(datos),
        **mas,
    )


def corte_de(datos: Datos) -> str:
    """«Cifras a septiembre de 2026 (cierre 2)», por ejercicio."""
    partes = [f"{c['nombre']} ({_cierre(c)})" for c in datos["cortes"]]
    return f"Cifras a {' y '.join(partes)}" if partes else ""


def _cierre(corte: Datos) -> str:
    if corte["cierre"]:
        return f"cierre {corte['cierre']}"
    return "cerrado sin congelar" if corte["cerrado"] else "periodo abierto"


def cabeza(datos: Datos) -> Cifras:
    """Las cifras del municipio: cumplimiento, avance del año y dinero."""
    cifras = []
    if datos["municipio"]:
        c, a = datos["municipio"]["cumplimiento"], datos["municipio"]["avance_anual"]
        cifras.append(Cifra("Cumplimiento del plan", c["cifra"], f"{c['icono']} {c['palabra']}", c["estado"]))
        cifras.append(Cifra("Avance del año", a["cifra"], "de lo prometido para diciembre"))
    cifras += _dinero(datos["dinero"])
    return Cifras(tuple(cifras or [Cifra("Cifras", "—", "Sin metas ni dinero en este corte")]))


def _dinero(suyo: Datos | None) -> list[Cifra]:
    if not suyo:
        return []
    nota = f"{suyo['financiero']['cifra']} del modificado"
    return [
        Cifra("Presupuesto modificado", mdp(suyo["modificado"])),
        Cifra("Devengado", mdp(suyo["devengado"]), nota),
    ]


def de_capitulo(uno: Datos) -> Cifras | None:
    """Las cifras del nodo de un capítulo; None si no tiene."""
    if not uno["figura"]:
        return None
    c, a = uno["figura"]["cumplimiento"], uno["figura"]["avance_anual"]
    cifras = [
        Cifra("Cumplimiento", c["cifra"], f"{c['icono']} {c['palabra']}", c["estado"]),
        Cifra(
            "Avance del año",
            a["cifra"],
            f"{uno['figura']['evaluados']:,} de {uno['figura']['total']:,} evaluadas",
        ),
    ]
    return Cifras((*cifras, *_dinero(uno["dinero"])))


def grafica_de(uno: Datos) -> Grafica | None:
    """El cumplimiento de lo que cuelga del capítulo, en una gráfica con el hallazgo por título."""
    medidas = [(nombre, r) for nombre, r in uno["partes"] if r["valor"] is not None]
    if not medidas:
        return None
    nombre, peor = min(medidas, key=lambda par: par[1]["valor"])
    dicho = f"{corto(nombre, LETRAS_DEL_HALLAZGO)}: {peor['cifra']}"
    return barras(dicho if len(medidas) == 1 else f"Lo más bajo, {dicho}", uno["partes"])


def fotos(uno: Datos) -> list[Bloque]:
    """Las fotografías del capítulo, dos por renglón; la que falte en disco se dice por su pie."""
    lista: list[tuple[Bloque, ...]] = [(_foto(f),) for f in uno["fotos"]]
    # Una sola no llena la hoja: el otro lado queda en blanco.
    lista += [()] * (len(lista) % FOTOS_POR_RENGLON)
    return [
        LadoALado(tuple(lista[i : i + FOTOS_POR_RENGLON])) for i in range(0, len(lista), FOTOS_POR_RENGLON)
    ]


def _foto(f: Datos) -> Imagen:
    ruta = ruta_de(f["sha256"])
    pie = f"{f['pie']} ({f['lugar']})" if f["lugar"] else f["pie"]
    return Imagen(ruta.read_bytes() if ruta.exists() else b"", f["tipo"], f["pie"], pie, ancho=1)


def de_cumplimiento(titulo: str, figuras: Sequence[Datos]) -> Tabla:
    """Una tabla de cumplimiento y avance anual, un renglón por figura."""
    filas = [
        renglon(
            f"{f['clave']} {f['nombre']}" if f.get("clave") else f["nombre"],
            porcentaje(f["cumplimiento"]["valor"], f["cumplimiento"]["cifra"]),
            semaforo(f["cumplimiento"]["estado"], f["cumplimiento"]["palabra"], f["cumplimiento"]["icono"]),
            porcentaje(f["avance_anual"]["valor"], f["avance_anual"]["cifra"]),
        )
        for f in figuras
    ]
    return Tabla(
        CUMPLIMIENTO, tuple(filas), titulo, f"{titulo}: cumplimiento al corte, estado y avance del año."
    )


def de_presupuesto(titulo: str, lista: Sequence[Datos]) -> Tabla:
    """Aprobado, modificado y devengado por programa, en pesos."""
    filas = [
        renglon(
            d["clave"],
            d["nombre"],
            dinero(d["aprobado"]),
            dinero(d["modificado"]),
            dinero(d["devengado"]),
            porcentaje(d["financiero"]["valor"], d["financiero"]["cifra"]),
        )
        for d in lista
    ]
    return Tabla(PRESUPUESTO, tuple(filas), titulo, "Presupuesto de cada programa, en pesos.")


def de_obras(titulo: str, lista: Sequence[Datos], *, con_capitulo: bool = True) -> Tabla:
    """Logros, obras y acciones con su lugar, su dinero y a cuántas personas sirven."""
    filas = []
    for g in lista:
        celdas = [
            texto(g["titulo"]),
            texto(g["clase"]),
            texto(g["lugar"]),
            dinero(g["inversion"] or None),
            cantidad(g["beneficiarios"] or None),
            texto(fecha(g["fecha"]) if g["fecha"] else ""),
        ]
        filas.append(renglon(*([texto(g["capitulo"])] if con_capitulo else []), *celdas))
    columnas = (Columna("Cap.", 0.6), *OBRAS) if con_capitulo else OBRAS
    return Tabla(columnas, tuple(filas), titulo, "Lo que se reporta, dónde, con cuánto y para quiénes.")


def de_acuerdos(titulo: str, lista: Sequence[Datos]) -> Tabla:
    """Lo que los comités acordaron, quién responde y cómo iba al terminar el periodo."""
    filas = [
        renglon(
            a["numero"],
            texto(a["texto"]),
            texto(a["responde"]),
            fecha(a["tomado_en"]),
            fecha(a["vence"]),
            semaforo(*a["situacion"]),
            porcentaje(Decimal(a["avance"])),
        )
        for a in lista
    ]
    return Tabla(ACUERDOS, tuple(filas), titulo, "Acuerdos del periodo y los que seguían vivos al empezarlo.")


def de_citadas(titulo: str, lista: Sequence[Datos]) -> Tabla:
    """Cada cifra que el texto cita, con el cierre del que salió."""
    filas = [
        renglon(c["dicho"] or "sin valor", c["que_es"], c["nombre"], c["origen"], c["capitulos"])
        for c in lista
    ]
    return Tabla(CITADAS, tuple(filas), titulo, "Cada cifra del texto, qué mide y de qué cierre salió.")


def firmas(preguntar: Preguntar, p: Parametros) -> tuple[Firmas, ...]:
    """Quien rinde y quien integra; sin Presidencia registrada, ninguna (las faltas ya lo dicen)."""
    unidad = preguntar(la_que_es, papel=PRESIDENCIA, ente_id=p.ente_id)
    if unidad is None:
        return ()
    puestas, _ = comun.firmas(preguntar, p, unidad, [("RINDE", "general"), ("INTEGRÓ", "uippe")])
    return (puestas,)
