"""La ficha de un indicador en pantalla: cómo va, contra qué se compara y sus datos técnicos."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.sesion import actor
from dashboard.ui import como, observaciones, piezas
from dashboard.ui.edicion_indicador import editar
from dashboard.ui.enlaces import enlace
from dashboard.ui.estado import etiqueta
from dashboard.ui.hoja_tecnica import tecnica
from dashboard.ui.palabras_indicador import (
    FRECUENCIAS,
    TIPOS,
    cambio,
    resultado,
    sentido,
)
from dashboard.ui.texto import corto, esc_md
from dashboard.ui.vista_indicador import contra_otros_anios
from db.models.observaciones import AsuntoObservacion
from db.rules.formato import SIN_VALOR, numero
from db.rules.permisos import Accion, Objeto, puede

Ficha = Mapping[str, Any]

COMO_VA, TECNICA, EDITAR = "Cómo va", "Ficha técnica", "Editar"
TRIMESTRES = (1, 2, 3, 4)


def ficha(i: Ficha, grafica: Mapping[str, Any], anio: int) -> None:
    """La ficha entera: encabezado, cifras y la parte elegida en la dirección."""
    encabezado(i)
    cifras(i)
    suyo = Objeto(i["ente_id"], frozenset({i["dependencia_id"], i["auxiliar_id"]}))
    persona = actor()
    edita = puede(persona, Accion.EDITAR_INDICADORES, suyo)
    parte = st.radio(
        "Parte de la ficha",
        [COMO_VA, TECNICA, *([EDITAR] if edita else [])],
        key="parte",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
    )
    if parte == TECNICA:
        tecnica(i)
    elif parte == EDITAR and edita:
        editar(i, anio)
    else:
        como_va(i, grafica)
    observaciones.seccion(
        persona,
        anio,
        AsuntoObservacion.INDICADOR,
        str(i["id"]),
        ente_id=i["ente_id"],
        dependencia_id=i["dependencia_id"],
    )
    como.atender(explicaciones(i))


def encabezado(i: Ficha) -> None:
    """De quién es, cómo se llama, su estado y adónde lleva."""
    partes = [i["dependencia"], TIPOS[i["tipo"]], FRECUENCIAS[i["frecuencia"]], i["unidad"]]
    st.caption(esc_md(" · ".join(parte for parte in partes if parte)))
    st.title(esc_md(i["nombre"]), anchor=False)
    partes = [etiqueta(i["cumplimiento"]), esc_md(sentido(i))]
    if i["formula"] is None:
        partes.append(":orange[▲ fórmula por confirmar]")
    st.markdown(" · ".join(partes))
    with st.container(horizontal=True, gap="small"):
        enlace("programas", esc_md(f"Programa {i['programa']}"), {"programa": i["programa"]})
        enlace("metas", "Metas del proyecto", {"proyecto": i["proyecto"]})
        enlace("indicadores", "Los de la dependencia", {"dependencia": i["dependencia_id"]})
        if i["plan"]:
            nodo = i["plan"][-1]
            enlace("plan", esc_md(corto(f"{nodo['clave']} {nodo['nombre']}", 40)), {"nodo": nodo["id"]})


def cifras(i: Ficha) -> None:
    """Cumplimiento, resultado, meta del año y proyección."""
    unidad = i["unidad"]
    p = i["proyeccion"]
    con_rango = "valor" in p
    rango = (
        f"de {resultado(p['minimo'], unidad)} a {resultado(p['maximo'], unidad)}" if con_rango else p["razon"]
    )
    piezas.tarjetas(
        [
            _cifra(
                "cumplimiento",
                "Cumplimiento",
                i["cumplimiento"]["cifra"],
                _contra_la_original(i),
            ),
            _cifra(
                "",
                "Resultado",
                resultado(i["alcanzado"], unidad),
                "ningún periodo debido al corte"
                if i["programado"] is None
                else f"programado {resultado(i['programado'], unidad)} al último cierre debido",
            ),
            _cifra("", "Meta del año", resultado(i["meta_anual"], unidad), _de_donde_parte(i)),
            _cifra(
                "proyeccion",
                "Proyección",
                resultado(p["valor"], unidad) if con_rango else SIN_VALOR,
                f"al cierre, {rango}; no es dato oficial" if con_rango else rango,
            ),
        ]
    )


def _contra_la_original(i: Ficha) -> str:
    original = i["cumplimiento_original"]
    return (
        f"contra la meta original {original['cifra']}"
        if original["valor"] is not None
        else i["cumplimiento"]["palabra"]
    )


def _de_donde_parte(i: Ficha) -> str:
    """La meta original, si se modificó, y la línea base."""
    modificada = i["meta_anual"] != i["meta_anual_original"]
    original = (
        f"original {resultado(i['meta_anual_original'], i['unidad'])}" if modificada else "sin modificar"
    )
    return f"{original}; línea base {i['linea_base_texto'] or SIN_VALOR}"


def _cifra(clave: str, nombre: str, cifra: str, renglon: str) -> dict[str, str]:
    return {"clave": clave, "nombre": nombre, "cifra": cifra, "renglon": esc_md(renglon), "pregunta": ""}


def como_va(i: Ficha, grafica: Mapping[str, Any]) -> None:
    """Tendencia, año contra año, lo que movió cada variable y sus valores por trimestre."""
    piezas.grafica(grafica, "indicador")
    if comparado := contra_otros_anios(i):
        piezas.encabezado(esc_md(comparado["titulo"]), "El mismo corte, año contra año.")
        st.dataframe(comparado["tabla"], hide_index=True, alt="El mismo corte año contra año")
    _contribuciones(i)
    _variables(i["variables"])
    _referencias(i)


def _contribuciones(i: Ficha) -> None:
    filas, unidad = i["contribuciones"], i["unidad"]
    if not filas:
        return
    mayor = next((c for c in filas if c["letra"] == i["mayor"]), None)
    titulo = (
        f"«{mayor['nombre']}» es la que más mueve el resultado" if mayor else "Todo salió como se programó"
    )
    piezas.encabezado(esc_md(titulo), "El resultado si esa variable hubiera quedado como se programó.")
    st.dataframe(
        {
            "Variable": [f"{c['letra']}. {c['nombre']}" for c in filas],
            "Programada": [numero(c["programado"], 2) for c in filas],
            "Alcanzada": [numero(c["alcanzado"], 2) for c in filas],
            "El resultado sería": [resultado(c["como_programada"], unidad) for c in filas],
            "Salió": [_efecto(c["efecto"], unidad) for c in filas],
        },
        column_config={"Variable": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        alt="Cuánto mueve cada variable el resultado",
    )


def _efecto(efecto: Any, unidad: str) -> str:
    return "no se puede calcular" if efecto is None else cambio(efecto, unidad)


def _variables(variables: Sequence[Ficha]) -> None:
    """Original, vigente y alcanzado de cada variable por trimestre, lado a lado."""
    st.subheader("Variables por trimestre", anchor=False)
    filas: list[dict[str, str]] = []
    for v in variables:
        nombre = f"{v['letra']}. {v['nombre']}"
        filas.append(_renglon(nombre, "Original", v["original"], v["anual_original"]))
        filas.append(_renglon(nombre, "Vigente", v["vigente"], v["anual_vigente"]))
        filas.append(_renglon(nombre, "Alcanzado", v["alcanzado"], v["anual_alcanzado"]))
        if any(x is not None for x in v["preliminar"]):
            filas.append(_renglon(nombre, "Por validar", v["preliminar"], None))
    st.dataframe(
        filas,
        column_config={"Variable": st.column_config.TextColumn(width="medium")},
        hide_index=True,
        placeholder="—",
        alt="Original, vigente y alcanzado de cada variable por trimestre",
    )


def _renglon(variable: str, que: str, valores: Sequence[Any], anual: Any) -> dict[str, str]:
    celdas = {f"T{t}": numero(valor, 2) for t, valor in zip(TRIMESTRES, valores, strict=True)}
    return {"Variable": variable, "Meta o logro": que, **celdas, "Año": numero(anual, 2)}


def _referencias(i: Ficha) -> None:
    if not i["referencias"]:
        return
    piezas.encabezado("Referencias", "Lo que otros reportan; sólo para comparar, no entra a ningún cálculo.")
    st.dataframe(
        {
            "De quién": [r["serie"] for r in i["referencias"]],
            "Periodo": [
                f"T{r['trimestre']} {r['anio']}" if r["trimestre"] else str(r["anio"])
                for r in i["referencias"]
            ],
            "Valor": [resultado(r["valor"], i["unidad"]) for r in i["referencias"]],
            "Fuente": [r["fuente"] for r in i["referencias"]],
        },
        hide_index=True,
        alt="Referencias de otros municipios",
    )


def explicaciones(i: Ficha) -> dict[str, como.Explicacion]:
    """Las ventanas que la ficha puede abrir con `?como=`."""
    return {
        "cumplimiento": ("Cumplimiento: ¿cómo se calculó?", lambda: _explicar_cumplimientos(i)),
        "proyeccion": ("Proyección al cierre: ¿cómo se calculó?", lambda: _explicar_proyeccion(i)),
    }


def _explicar_cumplimientos(i: Ficha) -> None:
    st.markdown("#### Contra la meta vigente", anchors=False)
    como.explicar(i["cumplimiento"])
    st.markdown("#### Contra la meta original", anchors=False)
    como.explicar(i["cumplimiento_original"])


def _explicar_proyeccion(i: Ficha) -> None:
    p = i["proyeccion"]
    if "razon" in p:
        st.markdown(f"**Sin proyección:** {esc_md(p['razon'])}.")
        return
    unidad = i["unidad"]
    st.markdown(
        f"**{esc_md(resultado(p['valor'], unidad))}** al cierre del año, entre "
        f"{esc_md(resultado(p['minimo'], unidad))} y {esc_md(resultado(p['maximo'], unidad))}.\n\n"
        f"**Método:** {esc_md(p['metodo'])}.\n\n"
        f"**Fórmula:** {esc_md(i['formula'])}, sobre lo validado del año más lo proyectado.\n\n"
        "Orienta en pantalla; no lleva estado ni entra a ningún documento oficial."
    )
