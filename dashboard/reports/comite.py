"""Los documentos con que se integra un comité: su acta de instalación y cada nombramiento."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.reports import comun
from dashboard.reports.acta import GRUPO, firmas
from dashboard.reports.bloques import Bloque, Columna, Estilo, Parrafo, Tabla, Titulo, renglon
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from db.queries.comites import comite, comites, integrantes_en
from db.queries.municipio import hoy
from db.queries.sesiones import sesiones
from db.rules.formato import en_zona, fecha_larga, hora
from db.rules.permisos import Accion
from db.rules.problema import Problema
from db.rules.quorum import en_palabras
from db.rules.sesiones import CALIDADES, CARGOS, SECTORES, balance

Datos = Mapping[str, Any]

INTEGRAN = (
    Columna("Nombre", 2.3),
    Columna("Representa a", 2.5),
    Columna("Sector", 1),
    Columna("Cargo", 1.2),
    Columna("Calidad", 0.9),
    Columna("Voz y voto", 1),
)


def _comites(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return {str(c["id"]): c["nombre"] for c in preguntar(comites)}


def instalacion(preguntar: Preguntar, p: Parametros) -> Documento:
    """El acta de instalación: fundamento, objeto, quiénes lo integran, sus reglas y sus firmas."""
    cual = p.otros.get("comite", "")
    uno = preguntar(comite, comite_id=int(cual)) if cual.isdigit() else None
    if uno is None:
        raise Problema("Aún no hay ningún comité.", "Intégrelo en Comités.")
    dia = uno["instalado_en"]
    if dia is not None:
        uno = preguntar(comite, comite_id=uno["id"], fecha=dia)
        assert uno is not None
    acreditados = [i for i in uno["integrantes"] if i["estado"] == "acreditado"]
    faltas = _faltas(uno, acreditados)
    cuantos = balance(acreditados)
    por_sector = ", ".join(f"{nombre.lower()} {cuantos['sectores'][s]}" for s, nombre in SECTORES.items())
    filas = [
        renglon(
            i["nombre"],
            i["representa"],
            SECTORES[i["sector"]],
            CARGOS[i["cargo"]],
            CALIDADES[i["calidad"]],
            "Voz y voto" if i["voto"] else "Voz",
        )
        for i in acreditados
    ]
    con_voto = sum(a["voto"] for a in uno["asientos"])
    bloques: list[Bloque] = [
        Parrafo(_proemio(preguntar, uno)),
        Titulo("Fundamento y objeto"),
        Parrafo(uno["fundamento"] or "Sin fundamento registrado."),
        *([Parrafo(uno["objeto"])] if uno["objeto"] else []),
        Titulo("Integración"),
        Tabla(
            INTEGRAN, tuple(filas), resumen="Quién integra el comité, a quién representa y cómo participa."
        ),
        Parrafo(
            f"Asientos con titular por sector: {por_sector}. Entre los titulares hay {cuantos['mujeres']} "
            f"mujeres y {cuantos['hombres']} hombres.",
            Estilo.NOTA,
        ),
        Titulo("Reglas de sus sesiones"),
        Parrafo(en_palabras(uno["reglas"], con_voto)),
        Titulo("Declaración de instalación"),
        Parrafo(
            f"Acreditadas las personas que lo integran, se declara formalmente instalado el comité "
            f"«{uno['nombre']}», y firman para constancia quienes en él participan como titulares."
        ),
        *firmas(
            [
                {"papel": CARGOS[i["cargo"]].upper(), "nombre": i["nombre"], "cargo": i["representa"]}
                for i in acreditados
                if i["calidad"] == "titular"
            ]
        ),
    ]
    return Documento(
        INSTALACION.clave,
        f"Acta de instalación de {uno['nombre']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(faltas),
        hoja="Instalación",
    )


def _proemio(preguntar: Preguntar, uno: Datos) -> str:
    """Cuándo y dónde: los de su sesión de instalación si la hubo; si no, sólo el día registrado."""
    suyas = [
        s
        for s in preguntar(sesiones, comite_id=uno["id"])
        if s["tipo"] == "instalacion" and s["estado"] == "cerrada"
    ]
    if suyas:
        momento = en_zona(suyas[0]["abierta_en"] or suyas[0]["prevista"])
        lugar = f", en {suyas[0]['lugar']}" if suyas[0]["lugar"] else ""
        cuando = f"Siendo las {hora(momento)} del {fecha_larga(momento.date())}{lugar}"
    elif uno["instalado_en"]:
        cuando = f"El {fecha_larga(uno['instalado_en'])}"
    else:
        cuando = "En la fecha que se indique al firmar"
    return f"{cuando}, se reúnen las personas que se enlistan para instalar el comité «{uno['nombre']}»."


def _faltas(uno: Datos, acreditados: Sequence[Datos]) -> list[Falta]:
    faltas = []
    if uno["instalado_en"] is None:
        faltas.append(Falta("Falta la fecha en que se instaló.", "Escríbala en Comités."))
    if not uno["fundamento"]:
        faltas.append(Falta("Falta el fundamento del comité.", "Escríbalo en Comités."))
    sentados = {i["asiento_id"] for i in acreditados}
    vacios = sum(a["id"] not in sentados for a in uno["asientos"])
    if vacios or not acreditados:
        faltas.append(Falta(f"Asientos sin nadie acreditado: {vacios}.", "Acredítelos en Comités."))
    return faltas


def _acreditados(preguntar: Preguntar, comite_id: int) -> list[Datos]:
    dia = preguntar(hoy)
    return list(preguntar(integrantes_en, comite_id=comite_id, fecha=dia))


def _integrantes(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    """Quienes están acreditados en algún comité: id → nombre, a quién representa y en cuál."""
    return {
        str(i["integrante_id"]): f"{i['nombre']} · {i['representa']} · {c['siglas']}"
        for c in preguntar(comites)
        for i in _acreditados(preguntar, c["id"])
    }


def _buscar(preguntar: Preguntar, p: Parametros) -> tuple[Datos, Datos]:
    """(comité, integrante) del que se eligió. `Problema` si ya no está."""
    cual = p.otros.get("integrante", "")
    for c in preguntar(comites):
        for i in _acreditados(preguntar, c["id"]):
            if str(i["integrante_id"]) == cual:
                return c, i
    raise Problema("No hay integrantes acreditados.", "Acredítelos en Comités.")


def nombramiento(preguntar: Preguntar, p: Parametros) -> Documento:
    """El nombramiento de un integrante acreditado, que firma quien preside."""
    suyo, i = _buscar(preguntar, p)
    preside = next(
        (
            x
            for x in _acreditados(preguntar, suyo["id"])
            if x["cargo"] == "presidente" and x["calidad"] == "titular"
        ),
        None,
    )
    participa = "con derecho a voz y voto" if i["voto"] else "con derecho a voz"
    cargo = CARGOS[i["cargo"]] if i["cargo"] != "presidente" else "Presidencia"
    oficio = f" Acreditación: {i['acreditacion']}." if i["acreditacion"] else ""
    desde = i["acreditado_en"] or i["desde"]
    fundamento = f"Con fundamento en: {suyo['fundamento']}." if suyo["fundamento"] else ""
    faltas = [] if suyo["fundamento"] else [Falta("Falta el fundamento del comité.", "Escríbalo en Comités.")]
    if preside is None:
        faltas.append(Falta("Nadie preside el comité.", "Acredítelo en Comités."))
    bloques: list[Bloque] = [
        Parrafo(i["nombre"], Estilo.DESTACADO),
        Parrafo(f"En representación de: {i['representa']}"),
        *([Parrafo(fundamento)] if fundamento else []),
        Parrafo(
            f"Se le nombra integrante del comité «{suyo['nombre']}» como {CALIDADES[i['calidad']].lower()}, "
            f"en el cargo de {cargo.lower()}, por el sector {SECTORES[i['sector']].lower()}, {participa}, "
            f"a partir del {fecha_larga(desde)}.{oficio}"
        ),
        *([Parrafo(f"Objeto del comité: {suyo['objeto']}")] if suyo["objeto"] else []),
        *firmas(_firman(i, preside)),
    ]
    return Documento(
        NOMBRAMIENTO.clave,
        f"Nombramiento de {i['nombre']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(faltas),
        hoja="Nombramiento",
    )


def _firman(i: Datos, preside: Datos | None) -> list[dict[str, str]]:
    """Quien preside, que nombra, y quien acepta; si es la misma persona, firma una vez."""
    acepta = {"papel": "ACEPTA", "nombre": i["nombre"], "cargo": i["representa"]}
    if preside and preside["integrante_id"] == i["integrante_id"]:
        return [acepta]
    nombre, cargo = (preside["nombre"], preside["representa"]) if preside else ("", "")
    return [{"papel": "PRESIDE", "nombre": nombre, "cargo": cargo}, acepta]


def juego(preguntar: Preguntar, p: Parametros) -> list[Parametros]:
    """El nombramiento de cada integrante del mismo comité."""
    suyo, _ = _buscar(preguntar, p)
    return [
        replace(p, otros={"integrante": str(i["integrante_id"])}) for i in _acreditados(preguntar, suyo["id"])
    ]


INSTALACION = Reporte(
    clave="acta_instalacion",
    titulo="Acta de instalación",
    que_es="Con qué fundamento se instala un comité, quiénes lo integran y con qué reglas sesiona.",
    grupo=GRUPO,
    construir=instalacion,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("comite", "Comité", _comites, una_por_valor=True),),
)
NOMBRAMIENTO = Reporte(
    clave="nombramiento",
    titulo="Nombramiento",
    que_es="El de cada integrante acreditado; en conjunto, los de todo su comité.",
    grupo=GRUPO,
    construir=nombramiento,
    permiso=Accion.VER_COMITES,
    formatos=("pdf", "docx"),
    opciones=(Opcion("integrante", "Integrante", _integrantes, una_por_valor=True),),
    juego=juego,
)
REPORTES = (INSTALACION, NOMBRAMIENTO)
