"""Las láminas del material de cada punto, con sus cifras de ahora; de lo que no tiene cifras, dónde está."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

from dashboard.cache import ask
from dashboard.ui.laminas import Lamina, dato, hoja, pintado, rejilla, renglones
from dashboard.ui.palabras_indicador import resultado
from dashboard.ui.vista_comun import nombre_de_nodo
from dashboard.ui.vista_indicador import vista_indicador
from dashboard.ui.vista_sesiones import LIGAS_DE_MATERIAL
from db.queries.ficha_ejecutiva import composicion
from db.queries.figuras import figuras
from db.queries.obras import obras
from db.queries.pesos import pesos_de, pesos_del_plan
from db.queries.reconduccion import lista
from db.queries.tablero import tablero
from db.rules.ficha_ejecutiva import frase, lo_peor
from db.rules.formato import moneda, numero
from db.rules.solicitud import PALABRA, EstadoSolicitud

Datos = Mapping[str, Any]

RENGLONES = 7
"""Los que se leen al fondo de una sala."""
EN_LA_CARPETA = "Está en la carpeta de la sesión."


def del_punto(punto: Datos, una: Datos, anio: int, oscuro: bool) -> list[Lamina]:
    """Una lámina por material del punto. `anio` es el ejercicio del que se toman las cifras."""
    return [
        Lamina(
            f"material-{m['id']}", partial(_dibujar, punto, m, una, anio, oscuro), _liga(m, una["comite_id"])
        )
        for m in punto["materiales"]
    ]


def _liga(m: Datos, comite_id: int) -> tuple[str, dict[str, str]] | None:
    pagina, parametro, otros = LIGAS_DE_MATERIAL.get(m["clase"], ("", "", {}))
    if not pagina or (parametro and not m["referencia"]):
        return None
    propios = {parametro: m["referencia"]} if parametro else {}
    return pagina, {**otros, **propios, **({"comite": str(comite_id)} if m["clase"] == "obras" else {})}


def _dibujar(punto: Datos, m: Datos, una: Datos, anio: int, oscuro: bool) -> str:
    arriba = f"Punto {punto['numero']}: {punto['titulo']}"
    dibuja = CLASES.get(m["clase"])
    cuerpo = dibuja(m, una, anio, oscuro) if dibuja and m["referencia"] else None
    return hoja(arriba, m["titulo"], EN_LA_CARPETA) if cuerpo is None else hoja(arriba, *cuerpo)


Cuerpo = tuple[str, ...] | None
"""El mensaje y lo demás en HTML; None si ya no hay de qué dar cifras."""


def _ficha(m: Datos, una: Datos, anio: int, oscuro: bool) -> Cuerpo:
    """Un programa o un nodo del plan: su frase, quién responde y sus partes peores."""
    mes = ask(tablero, anio=anio, mes=None, ente_id=None)["mes"]
    if not mes:
        return None
    cual = {"programa": m["referencia"]} if m["clase"] == "programa" else {"nodo_id": int(m["referencia"])}
    de_que = ask(composicion, anio=anio, mes=mes, **cual)
    if de_que is None:
        return None
    todas = ask(figuras, anio=anio, mes=mes, ente_id=None)
    suya = todas[de_que["suya"]["asunto"]].get(de_que["suya"]["referencia"])
    dinero = todas["dinero"].get(de_que["suya"]["dinero"])
    partes = [
        (parte["nombre"], todas[parte["asunto"]][parte["referencia"]]["cumplimiento"])
        for parte in de_que["partes"]
        if parte["referencia"] in todas[parte["asunto"]]
    ]
    peores = lo_peor(partes, RENGLONES)
    filas = "".join(
        f"<div>{pintado(r['estado'], dato(r), oscuro)} {escape(nombre)}</div>" for nombre, r in peores
    )
    bien = f"Ninguno de sus {len(partes)} {de_que['que_son']} pide atención." if partes and not peores else ""
    dicho = frase(de_que["nombre"], suya["cumplimiento"] if suya else None, dinero)
    return dicho, escape(de_que["titular"] or ""), filas, escape(bien)


def _indicador(m: Datos, una: Datos, anio: int, oscuro: bool) -> Cuerpo:
    vista = ask(
        vista_indicador, indicador_id=int(m["referencia"]), anio=anio, mes=None, ente_id=None, oscuro=oscuro
    )
    if vista is None:
        return None
    i, unidad = vista["ficha"], vista["ficha"]["unidad"]
    estado = pintado(i["cumplimiento"]["estado"], dato(i["cumplimiento"]), oscuro)
    cifras = (
        ("Resultado", resultado(i["alcanzado"], unidad)),
        ("Programado", resultado(i["programado"], unidad)),
        ("Meta del año", resultado(i["meta_anual"], unidad)),
    )
    return i["nombre"], estado, rejilla(cifras), escape(vista["grafica"]["titulo"])


def _pesos(m: Datos, una: Datos, anio: int, oscuro: bool) -> Cuerpo:
    """El primer nivel del plan con los pesos de ese juego, y el que rige donde cambia."""
    plan = ask(pesos_del_plan, anio=anio)
    juego = next((j for j in plan["juegos"] if str(j["id"]) == m["referencia"]), None) if plan else None
    if plan is None or juego is None:
        return None
    suyos = ask(pesos_de, juego_id=juego["id"])
    filas = [
        (nombre_de_nodo(n), _cambio(n["peso"], suyos.get(n["id"])))
        for n in plan["nodos"]
        if n["padre_id"] is None
    ]
    return m["titulo"], f"Desde {escape(juego['desde'])}. {escape(juego['motivo'])}", renglones(filas)


def _cambio(rige: Any, propuesto: Any) -> str:
    """«22 → 25»; «22» si no cambia. Sin peso escrito pesa igual que los demás."""
    antes, despues = ("igual" if p is None else numero(p) for p in (rige, propuesto))
    return antes if antes == despues else f"{antes} → {despues}"


def _reconduccion(m: Datos, una: Datos, anio: int, oscuro: bool) -> Cuerpo:
    """Quién la pide, qué mueve y por qué."""
    s = next(iter(ask(lista, anio=anio, solicitud_id=int(m["referencia"]))), None)
    if s is None:
        return None
    icono, palabra = PALABRA[EstadoSolicitud(s["estado"])]
    cifras = [("Metas y variables que cambian", numero(s["items"]))]
    if s["mueve_dinero"]:
        cifras += [("Se reduce", moneda(s["reduce"])), ("Se amplía", moneda(s["amplia"]))]
    razones = [s["justificacion"], s["justificacion_destino"]]
    return (
        f"Reconducción de {s['nombre']}",
        f"<strong>{icono} {escape(palabra)}</strong>",
        rejilla(cifras),
        "<br>".join(escape(r) for r in razones if r),
    )


def _obras(m: Datos, una: Datos, anio: int, oscuro: bool) -> Cuerpo:
    """Las obras en el orden de su puntaje, con su costo."""
    todas = ask(obras, comite_id=una["comite_id"], anio=int(m["referencia"]))["obras"]
    if not todas:
        return None
    filas = [
        (f"{o['lugar'] or '—'}. {o['nombre']}, {o['localidad']}", moneda(o["costo"]))
        for o in todas[:RENGLONES]
    ]
    mas = f"Y {len(todas) - RENGLONES} más." if len(todas) > RENGLONES else ""
    return f"{len(todas)} obras, por puntaje", renglones(filas), mas


CLASES: dict[str, Callable[[Datos, Datos, int, bool], Cuerpo]] = {
    "programa": _ficha,
    "nodo": _ficha,
    "indicador": _indicador,
    "pesos": _pesos,
    "reconduccion": _reconduccion,
    "obras": _obras,
}
"""Cómo se dibuja cada clase de material; los archivos no tienen cifras."""
