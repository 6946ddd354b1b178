"""El presupuesto ya compuesto: qué se dice, los momentos, su gráfica por mes y la tabla que se pidió.

Se calcula una vez por versión de los datos (`ask`); la pantalla sólo lo coloca.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard.ui import como, piezas, tabla_gasto
from dashboard.ui.camino import Filtro, migas
from dashboard.ui.enlaces import enlace
from dashboard.ui.ficha_clave import ficha_clave
from dashboard.ui.grafica_presupuesto import acumular, grafica_de_meses
from dashboard.ui.tarjetas_dinero import tarjetas
from dashboard.ui.texto import esc_md
from db.queries.llano import llano
from db.queries.matriz import Alcance, agrupar, por_meses
from db.queries.municipio import corte as corte_de
from db.queries.nombres_gasto import entes, nombres
from db.queries.presupuesto import Monto, consolidado, sumar
from db.rules.cruce import cruzar, parte_gastada
from db.rules.formato import mdp, mes_nombre, moneda, pct
from db.rules.matriz import CLASIFICACIONES
from db.rules.presupuesto import avance_financiero

Datos = Mapping[str, Any]

AUTORIZADO = 4
"""Aprobado, ampliaciones, reducciones y modificado: siempre lado a lado."""

SIGNOS = {"ampliaciones": "+ ", "reducciones": "− ", "modificado": "= "}

NADIE = "ninguna"
"""Sin segunda clasificación: la tabla trae todos los momentos."""


def vista_presupuesto(
    session: Session,
    *,
    anio: int,
    mes: int | None,
    ente_id: int | None,
    por: str,
    con: str,
    medida: str,
    filtros: tuple[Filtro, ...],
    oscuro: bool,
) -> dict[str, Any]:
    """Todo lo que la pantalla dice de unos filtros, a un corte. `vacio`: no hay presupuesto por clave."""
    corte, _ = corte_de(session, anio, mes)
    alcance = Alcance(anio, corte.mes, None if ente_id is None else (ente_id,))
    elegidos = dict(filtros)
    pasos = [(f, nombres(session, anio, f[0], [f[1]])[f[1]]) for f in filtros]
    hallado = agrupar(session, alcance, (), elegidos)
    base = {"anio": anio, "corte": corte.en_palabras, "pasos": pasos}
    if not hallado:
        return base | {"vacio": True, "hay_otro": bool(agrupar(session, alcance, (), {}))}
    suma = hallado[()]
    quitado, total = sin_transferencias(session, alcance, suma) if not filtros else (None, suma)
    financiero = avance_financiero(total["devengado"], total["modificado"], corte)
    return base | {
        "vacio": False,
        "titulo": titulo(total),
        "momentos": momentos(total),
        "interno": interno(suma, quitado, total),
        "financiero": llano(financiero),
        "meses": por_mes(por_meses(session, alcance, elegidos), corte.mes, oscuro),
        "tabla": _tabla(session, alcance, por, con, medida, elegidos, suma),
        "entes": entes(session),
        "clave": ficha_clave(session, anio, ente_id, elegidos["clave"]) if "clave" in elegidos else None,
    }


def titulo(total: Monto) -> str:
    """El hallazgo: cuánto se ha devengado de lo autorizado y cuánto queda."""
    gastado, queda = parte_gastada(total), total["subejercicio"]
    if gastado is None:
        return (
            f"{mdp(total['devengado'])} devengados sin presupuesto vigente"
            if queda
            else "Sin presupuesto ni gasto"
        )
    if queda < 0:
        return f"Se devengaron {mdp(-queda)} más de los {mdp(total['modificado'])} autorizados"
    return f"Se ha devengado {pct(gastado)} de {mdp(total['modificado'])}; quedan {mdp(queda)}"


def sin_transferencias(session: Session, alcance: Alcance, suma: Monto) -> tuple[Monto | None, Monto]:
    """(lo que el ayuntamiento transfiere a sus entes, la suma ya sin ello); de un ente, nada que restar."""
    if alcance.entes is not None:
        return None, suma
    interno = consolidado(session, alcance.anio, alcance.mes).transferencias
    return interno, suma if interno is None else sumar([suma, sumar([interno], -1)])


def interno(suma: Monto, interno: Monto | None, total: Monto) -> str:
    """La resta de lo que el ayuntamiento transfiere a sus entes, que la tabla no hace."""
    if interno is None:
        return ""
    return (
        f"Los entes suman {moneda(suma['modificado'])}; menos {moneda(interno['modificado'])} que el "
        f"ayuntamiento les transfiere quedan {moneda(total['modificado'])}. Abajo va la suma."
    )


def momentos(total: Monto) -> list[tuple[str, str, str]]:
    """(nombre, importe, parte del modificado) de cada momento, en el orden del estado analítico."""
    gasto = ("comprometido", "devengado", "ejercido", "pagado", "subejercicio")
    return [
        (
            f"{SIGNOS.get(campo, '')}{nombre}",
            moneda(total[campo]),
            f"{_parte(total[campo], total['modificado'])} del modificado" if campo in gasto else "",
        )
        for campo, nombre in tabla_gasto.COLUMNAS.items()
    ]


def _parte(centavos: int, modificado: int) -> str:
    return pct(parte_gastada({"devengado": centavos, "modificado": modificado}))


def por_mes(meses: Mapping[int, Monto], mes: int, oscuro: bool) -> dict[str, Any]:
    """Los momentos acumulados por mes, como gráfica con su hallazgo."""
    puntos = acumular(meses, mes)
    aqui = puntos[mes - 1]
    resta = aqui["modificado"] - aqui["devengado"]
    que = "menos" if resta >= 0 else "más"
    dicho = f"A {mes_nombre(mes)} se ha devengado {mdp(abs(resta))} {que} de lo calendarizado"
    return grafica_de_meses(dicho, puntos, mes, oscuro)


def _tabla(
    session: Session,
    alcance: Alcance,
    por: str,
    con: str,
    medida: str,
    filtros: Mapping[str, str],
    suma: Monto,
) -> dict[str, Any]:
    if con in (NADIE, por):
        montos = {llave[0]: m for llave, m in agrupar(session, alcance, (por,), filtros).items()}
        return tabla_gasto.tabla_por_una(montos, nombres(session, alcance.anio, por, montos), suma)
    celdas = {(f, c): m for (f, c), m in agrupar(session, alcance, (por, con), filtros).items()}
    cruce = cruzar(celdas)
    de_fila, de_columna = (
        nombres(session, alcance.anio, cual, {llave[lado] for llave in celdas})
        for lado, cual in enumerate((por, con))
    )
    return tabla_gasto.tabla_cruzada(cruce, medida, de_fila, de_columna)


def titular(vista: Datos) -> None:
    """Corte, hallazgo y el camino de lo elegido."""
    if vista["vacio"]:
        _sin_dinero(vista)
        return
    st.caption(f"Ejercicio {vista['anio']} · corte: {vista['corte']}")
    st.title(esc_md(vista["titulo"]), anchor=False)
    if vista["pasos"]:
        migas(vista["pasos"], {})


def momentos_y_grafica(vista: Datos) -> None:
    """Los momentos lado a lado y su gráfica por mes."""
    st.html(tarjetas(vista["momentos"], (AUTORIZADO,)))
    piezas.grafica(vista["meses"], "meses")


def momentos_y_meses(vista: Datos, destino: Mapping[str, str]) -> None:
    """Los momentos lado a lado, su explicación y su gráfica por mes."""
    st.html(tarjetas(vista["momentos"], (AUTORIZADO,)))
    if vista["interno"]:
        st.caption(esc_md(vista["interno"]))
    with st.container(horizontal=True):
        como.boton("financiero")
        programa = destino.get("programa") or destino.get("proyecto", "")[:8]
        if programa:
            enlace("programas", "Ficha del programa", {"programa": programa})
    piezas.grafica(vista["meses"], "meses")
    como.atender({"financiero": ("Avance financiero", lambda: como.explicar(vista["financiero"]))})


def tabla(vista: Datos, cuales: tuple[str, str], medida: str, destino: Mapping[str, str]) -> None:
    """La tabla pedida; elegir un renglón o una celda baja un nivel."""
    por, con = cuales
    llave = "_".join((*cuales, medida, *(f"{c}{v}" for c, v in destino.items())))
    if con in (NADIE, por):
        tabla_gasto.dibujar_una(vista["tabla"], por, llave, destino, vista["entes"])
    else:
        tabla_gasto.dibujar_cruce(vista["tabla"], cuales, medida, llave, destino, vista["entes"])


def _sin_dinero(vista: Datos) -> None:
    """No hay presupuesto cargado, o nada cumple los filtros."""
    if vista["pasos"] and vista["hay_otro"]:
        st.title("No hay dinero con esa combinación", anchor=False)
        migas(vista["pasos"], {})
        return
    st.title(f"Todavía no hay presupuesto por clave en {vista['anio']}", anchor=False)
    st.info("Tesorería lo carga en Importar, con el formato «Presupuesto por clave».")


def nombre_de(codigo: str) -> str:
    """Cómo se llama una clasificación en las listas."""
    return "Ninguna" if codigo == NADIE else CLASIFICACIONES[codigo].nombre
