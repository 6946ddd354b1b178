"""El material de una sesión como documento: pesos propuestos, obras por priorizar y un indicador.

Los demás materiales ya tienen el suyo: la ficha ejecutiva, el dictamen o el documento que se emitió.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.reports import comun, dictamen, ficha_ejecutiva
from dashboard.reports.bloques import (
    Alinear,
    Bloque,
    Campo,
    Columna,
    Estilo,
    Ficha,
    Parrafo,
    Tabla,
    cantidad,
    dinero,
    porcentaje,
    renglon,
    semaforo,
    texto,
    total,
)
from dashboard.reports.documento import Documento, Falta, Opcion, Parametros, Preguntar, Reporte
from db.queries.comites import comite, comites
from db.queries.documentos import alcances, emitido
from db.queries.ficha_indicador import ficha_indicador
from db.queries.material import ejercicio_de, indicadores
from db.queries.obras import obras
from db.queries.pesos import comparar, efecto, pesos_de, pesos_del_plan
from db.rules.formato import SIN_VALOR, mes_anio, numero, puntos
from db.rules.obras import ESTADOS
from db.rules.permisos import Accion
from db.rules.problema import Problema

Datos = Mapping[str, Any]

GRUPO = "COPLADEMUN"
EFECTO = (
    Columna("Cumplimiento de", 4),
    Columna("Con los que rigen", 1.3, Alinear.DERECHA),
    Columna("Con los propuestos", 1.3, Alinear.DERECHA),
    Columna("Cambia", 1, Alinear.DERECHA),
)
OBRAS = (
    Columna("Lugar", 0.6, Alinear.DERECHA),
    Columna("Obra", 3),
    Columna("Localidad", 1.6),
    Columna("Puntaje", 0.9, Alinear.DERECHA),
    Columna("Costo", 1.4, Alinear.DERECHA),
    Columna("Beneficiarios", 1.2, Alinear.DERECHA),
    Columna("Estado", 1.3),
)
MEDICIONES = (
    Columna("Cierre", 1.6),
    Columna("Programado", 1, Alinear.DERECHA),
    Columna("Alcanzado", 1, Alinear.DERECHA),
    Columna("Cumplimiento", 1, Alinear.DERECHA),
    Columna("Estado", 1.4),
)


def _entero(p: Parametros, clave: str, que: str) -> int:
    cual = p.otros.get(clave, "")
    if not cual.isdigit():
        raise Problema(f"No hay {que} que elegir en este ejercicio.", "Regístrelo antes.")
    return int(cual)


def _juegos(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    """Los juegos de pesos del plan: id → desde cuándo y por qué, el último primero."""
    datos = preguntar(pesos_del_plan, anio=p.anio, mes=p.mes)
    return {str(j["id"]): f"Desde {j['desde']} · {j['motivo']}" for j in datos["juegos"]} if datos else {}


def pesos(preguntar: Preguntar, p: Parametros) -> Documento:
    """Un juego de pesos: por qué se propone, qué cambia de lo que rige y cómo movería el cumplimiento."""
    datos = preguntar(pesos_del_plan, anio=p.anio, mes=p.mes)
    cual = _entero(p, "juego", "pesos")
    suyo = next((j for j in datos["juegos"] if j["id"] == cual), None) if datos else None
    if datos is None or suyo is None:
        raise Problema("Esos pesos ya no existen.", "Elija otros.")
    # Uno que ya rige se explica contra el que regía antes.
    anteriores = [
        j["id"]
        for j in datos["juegos"]
        if j["estado"] == "aprobado" and (j["anio"], j["mes"], j["id"]) < (suyo["anio"], suyo["mes"], cual)
    ]
    previo = next(iter(anteriores), 0)
    cambios = preguntar(comparar, anio=p.anio, uno=previo, otro=cual)
    propuesto = suyo["estado"] == "propuesto"
    palabra = {"propuesto": "Se propone al comité", "aprobado": f"Aprobados por {suyo['aprobo']}"}
    bloques: list[Bloque] = [
        Parrafo(suyo["motivo"], Estilo.DESTACADO),
        Ficha(
            (
                Campo("Plan", datos["plan"]),
                Campo("Rigen desde", suyo["desde"]),
                Campo("Estado", palabra.get(suyo["estado"], "El comité no los aprobó")),
            )
        ),
        Tabla(
            (
                Columna("Del plan", 4),
                Columna("Peso que rige" if propuesto else "Peso que regía", 1.2, Alinear.DERECHA),
                Columna("Peso propuesto" if propuesto else "Peso aprobado", 1.2, Alinear.DERECHA),
            ),
            tuple(
                renglon(f"{c['clave']} {c['nombre']}".strip(), _peso(c["antes"]), _peso(c["despues"]))
                for c in cambios
            ),
            "Lo que cambia",
            "Cada nodo del plan cuyo peso cambia, con el que rige y el propuesto.",
        )
        if cambios
        else Parrafo("No cambia ningún peso de los que rigen."),
    ]
    if propuesto:
        bloques += _efecto(preguntar, p, datos, cual)
    bloques.append(
        Parrafo(
            "El peso cuenta en proporción entre hermanos; sin peso escrito, todos pesan igual.", Estilo.NOTA
        )
    )
    return Documento(
        PESOS.clave,
        f"Pesos del plan desde {suyo['desde']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        corte=comun.corte(preguntar, p),
        hoja="Pesos",
    )


def _peso(valor: Any) -> Any:
    return texto("Igual") if valor is None else cantidad(valor)


def _efecto(preguntar: Preguntar, p: Parametros, datos: Datos, juego_id: int) -> list[Bloque]:
    """El cumplimiento al corte con los pesos que rigen y con los de un juego; vacío si no cambia ninguno."""
    suyos = preguntar(pesos_de, juego_id=juego_id)
    nuevos = tuple((n["id"], suyos.get(n["id"])) for n in datos["nodos"] if suyos.get(n["id"]) != n["peso"])
    filas = preguntar(efecto, anio=p.anio, mes=p.mes, ente_id=None, pesos=nuevos) if nuevos else []
    if not filas:
        return []
    return [
        Tabla(
            EFECTO,
            tuple(
                renglon(
                    texto(f["nombre"], sangria=f["nivel"]),
                    porcentaje(f["antes"]["valor"], f["antes"]["cifra"]),
                    porcentaje(f["despues"]["valor"], f["despues"]["cifra"]),
                    puntos(f["diferencia"]),
                )
                for f in filas
            ),
            "Cómo movería el cumplimiento",
            "El cumplimiento del plan y sus ejes con los pesos que rigen y con los propuestos.",
        )
    ]


def _comites(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return {str(c["id"]): c["nombre"] for c in preguntar(comites)}


def obras_por_priorizar(preguntar: Preguntar, p: Parametros) -> Documento:
    """Las obras que el comité ordena en un año, con sus criterios, puntaje, costo y estado."""
    cual = _entero(p, "comite", "comité")
    suyo, datos = preguntar(comite, comite_id=cual), preguntar(obras, comite_id=cual, anio=p.anio)
    if suyo is None or not datos["obras"]:
        raise Problema(f"El comité no tiene obras por priorizar en {p.anio}.", "Agréguelas en Propuestas.")
    pesan = ", ".join(f"{c['nombre']} ({numero(c['peso'])})" for c in datos["criterios"])
    filas = [
        renglon(
            str(o["lugar"] or SIN_VALOR),
            o["nombre"],
            o["localidad"],
            cantidad(o["puntaje"], 1),
            dinero(o["costo"]),
            cantidad(o["beneficiarios"]),
            " ".join(ESTADOS[o["estado"]]),
        )
        for o in datos["obras"]
    ]
    suma = sum(o["costo"] for o in datos["obras"])
    sin_puntaje = [o["nombre"] for o in datos["obras"] if o["puntaje"] is None]
    return Documento(
        OBRAS_REPORTE.clave,
        f"Obras por priorizar de {p.anio}",
        comun.membrete(preguntar, p),
        (
            Parrafo(f"{suyo['nombre']}. Puntaje de 0 a 100; pesan: {pesan or 'sin criterios'}."),
            Tabla(
                OBRAS,
                (*filas, total("", "Total", "", "", dinero(suma), "", "")),
                resumen="Las obras en el orden que sale de sus calificaciones.",
            ),
        ),
        tuple(Falta(f"Falta calificar «{n}».", "Califíquela en Propuestas.") for n in sin_puntaje),
        horizontal=True,
        hoja="Obras",
    )


def _indicadores(preguntar: Preguntar, p: Parametros) -> Mapping[str, str]:
    return preguntar(indicadores, anio=p.anio)


def indicador(preguntar: Preguntar, p: Parametros) -> Documento:
    """Un indicador en una hoja: cómo va al corte, cómo se mide y sus cierres anteriores."""
    f = preguntar(
        ficha_indicador, indicador_id=_entero(p, "indicador", "indicadores"), anio=p.anio, mes=p.mes
    )
    if f is None:
        raise Problema("Ese indicador no existe en el ejercicio.", "Elija otro.")
    c = f["cumplimiento"]
    filas = [
        renglon(
            mes_anio(x["anio"], 3 * x["trimestre"]),
            cantidad(x["programado"], 2),
            cantidad(x["alcanzado"], 2),
            texto(x["cifra"], alinear=Alinear.DERECHA),
            semaforo(x["estado"], x["palabra"], x["icono"]),
        )
        for x in reversed(f["historia"])
    ]
    bloques: list[Bloque] = [
        Parrafo(
            f"{c['icono']} {c['palabra']}: {c['cifra']} de lo programado a {mes_anio(*f['corte'])}.",
            Estilo.DESTACADO,
        ),
        Ficha(
            tuple(
                Campo(rotulo, str(valor or SIN_VALOR))
                for rotulo, valor in (
                    ("Responde", f["dependencia"]),
                    ("Programa", f"{f['programa']} {f['programa_nombre']}"),
                    ("Fórmula", f["formula_texto"]),
                    ("Unidad de medida", f["unidad"]),
                    ("Frecuencia", f["frecuencia"].capitalize()),
                    ("Meta del año", numero(f["meta_anual"], 2)),
                    ("Medios de verificación", f["medios_verificacion"]),
                )
            )
        ),
        Tabla(MEDICIONES, tuple(filas), "Sus cierres", "Cada cierre con lo programado y lo alcanzado."),
    ]
    return Documento(
        INDICADOR.clave,
        f"Indicador: {f['nombre']}",
        comun.membrete(preguntar, p),
        tuple(bloques),
        tuple(comun.falta_de_cierre(preguntar, p)),
        comun.corte(preguntar, p),
        hoja="Indicador",
    )


PESOS = Reporte(
    clave="pesos_propuestos",
    titulo="Pesos del plan",
    que_es="Un juego de pesos para el comité: por qué, qué cambia y cómo movería el cumplimiento.",
    grupo=GRUPO,
    construir=pesos,
    permiso=Accion.VER_PLAN,
    pide=("mes",),
    opciones=(Opcion("juego", "Pesos", _juegos, una_por_valor=True),),
)
OBRAS_REPORTE = Reporte(
    clave="obras_por_priorizar",
    titulo="Obras por priorizar",
    que_es="Las obras que el comité ordena, con sus criterios, puntaje y costo.",
    grupo=GRUPO,
    construir=obras_por_priorizar,
    permiso=Accion.VER_COMITES,
    opciones=(Opcion("comite", "Comité", _comites, una_por_valor=True),),
)
INDICADOR = Reporte(
    clave="ficha_indicador",
    titulo="Ficha de un indicador",
    que_es="Un indicador en una hoja: cómo va, cómo se mide y sus cierres.",
    grupo=GRUPO,
    construir=indicador,
    permiso=Accion.VER_TABLERO,
    pide=("mes",),
    opciones=(Opcion("indicador", "Indicador", _indicadores, una_por_valor=True),),
)
REPORTES = (PESOS, OBRAS_REPORTE, INDICADOR)

Hacer = tuple[Reporte, Parametros]


def _ficha(de: str, campo: str) -> Callable[[str, Parametros, int], Hacer]:
    def hacer(referencia: str, p: Parametros, _comite: int) -> Hacer:
        suyo = {campo: int(referencia) if campo == "nodo_id" else referencia}
        return ficha_ejecutiva.REPORTE, Parametros(p.anio, p.mes, otros={"de": de}, **suyo)  # type: ignore[arg-type]

    return hacer


def _con(reporte: Reporte, clave: str, con_mes: bool) -> Callable[[str, Parametros, int], Hacer]:
    return lambda referencia, p, _comite: (
        reporte,
        Parametros(p.anio, p.mes if con_mes else None, otros={clave: referencia}),
    )


HACER: dict[str, Callable[[str, Parametros, int], Hacer]] = {
    "nodo": _ficha("nodo", "nodo_id"),
    "programa": _ficha("programa", "programa"),
    "indicador": _con(INDICADOR, "indicador", True),
    "pesos": _con(PESOS, "juego", True),
    "reconduccion": _con(dictamen.REPORTES[0], "solicitud", False),
    "obras": lambda referencia, p, comite_id: (
        OBRAS_REPORTE,
        Parametros(int(referencia), otros={"comite": str(comite_id)}),
    ),
}
"""Clase de material → qué documento es y con qué parámetros."""


def como_documento(preguntar: Preguntar, una: Datos, material: Datos) -> Hacer | None:
    """Con qué se hace el documento de un material de la sesión `una`; None si es un archivo que se subió.

    Si ya tiene su documento emitido, con los mismos parámetros.
    """
    from dashboard.reports.registro import reporte_de  # el registro trae la carpeta, que usa esto

    if material["documento_id"] is not None:
        registro = preguntar(emitido, documento_id=material["documento_id"])
        assert registro is not None
        return reporte_de(registro["clase"]), Parametros.de_dict(registro["parametros"])
    if material["clase"] not in HACER or not material["referencia"]:
        return None
    anio = preguntar(ejercicio_de, anio=una["anio"])
    p = Parametros(anio, preguntar(alcances, anio=anio)["mes"])
    return HACER[material["clase"]](material["referencia"], p, una["comite_id"])
