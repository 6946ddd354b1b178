"""Formato guia: los indicadores de una edición de la Guía Consultiva, o los elementos que pide cada uno."""

from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.guia_catalogo import (
    FilaElemento,
    FilaIndicador,
    guardar_elementos,
    guardar_indicadores,
    indicadores_de,
)
from db.models.bitacora import Carga
from db.models.guia import SinVariables, TipoGuia
from db.rules.guia import CLAVE, edicion_en, elementos_pedidos, leer_umbrales, sin_variables_de
from db.rules.guia_formula import leer_formula
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave

EDICION = "2025-2027"
"""La edición que rige hoy: vale si ni el archivo ni su nombre dicen otra."""

_TIPOS = {"gestion": TipoGuia.GESTION, "desempeno": TipoGuia.DESEMPENO}


@dataclass(slots=True)
class DatosGuia:
    """Lo que trae el archivo: indicadores o elementos de una edición."""

    edicion: str
    indicadores: dict[str, FilaIndicador] = field(default_factory=dict)
    elementos: dict[tuple[str, str], FilaElemento] = field(default_factory=dict)


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Reconoce por sus columnas cuál de los dos archivos es y revisa sus renglones."""
    revisor = Revisor(lectura)
    edicion, supuesta = _edicion(revisor, contexto)
    datos = DatosGuia(edicion)
    if revisor.trae("elemento") and revisor.trae("inciso"):
        totales = _elementos(session, revisor, datos)
    elif revisor.trae("indicador") and revisor.trae("tipo"):
        totales = _indicadores(revisor, datos)
    else:
        raise Problema(
            "No se reconoce la guía: faltan columnas.",
            "Los indicadores traen clave, indicador y tipo; los elementos, clave, inciso y elemento.",
        )
    revisor.terminar()
    revision = Revision(datos, revisor.problemas, revisor.avisos, totales)
    revision.ejercicio = False
    if supuesta:
        revision.defectos.append(f"Edición {edicion}: ni el archivo ni su nombre dicen otra.")
    return revision


def _edicion(revisor: Revisor, contexto: Contexto) -> tuple[str, bool]:
    """La edición y si se supuso: la de la columna, la de los títulos o la del nombre del archivo."""
    escritas = {t for t in revisor.lectura.columnas.get("edicion", []) if t}
    ediciones = {edicion_en(t) for t in escritas}
    if None in ediciones or len(ediciones) > 1:
        raise Problema(
            f"La columna edicion dice {', '.join(sorted(escritas)[:4])}.",
            "Deje una sola edición por archivo, como 2025-2027.",
        )
    for texto in (*escritas, *revisor.lectura.previas, contexto.archivo):
        if hallada := edicion_en(texto):
            return hallada, False
    return EDICION, True


def _indicadores(revisor: Revisor, datos: DatosGuia) -> list[tuple[str, str]]:
    vistos: dict[str, Renglon] = {}
    for renglon in revisor:
        clave, nombre = _clave(renglon), renglon.obligado("indicador")
        tipo = _tipo(renglon)
        umbrales = tipo is not None and _umbrales(renglon, tipo)
        if clave is None or nombre is None or tipo is None or not umbrales:
            continue
        if not _unico(renglon, "clave", clave, vistos):
            continue
        fila = FilaIndicador(
            clave=clave,
            modulo=int(clave.split(".")[0]),
            modulo_nombre=renglon.texto("modulo_nombre") or f"Módulo {clave.split('.')[0]}",
            tema=clave.rsplit(".", 1)[0],
            tema_nombre=renglon.texto("tema_nombre") or f"Tema {clave.rsplit('.', 1)[0]}",
            nombre=nombre,
            tipo=tipo,
            revision=renglon.texto("revision"),
            formula=renglon.texto("metodo_calculo"),
            variables=renglon.texto("variables_texto"),
            optimo=renglon.texto("optimo"),
            en_proceso=renglon.texto("en_proceso"),
            rezago=renglon.texto("rezago"),
            sin_variables=SinVariables(sin_variables_de(clave)),
        )
        datos.indicadores[clave] = fila
    if sin_formula := [f.clave for f in datos.indicadores.values() if _sin_formula(f)]:
        revisor.avisos.append(
            f"De {', '.join(sin_formula)} no se entiende el método de cálculo: se captura su valor."
        )
    cuenta = Counter(f.tipo for f in datos.indicadores.values())
    return [
        ("Indicadores", f"{len(datos.indicadores):,}"),
        ("De gestión", f"{cuenta[TipoGuia.GESTION]:,}"),
        ("De desempeño", f"{cuenta[TipoGuia.DESEMPENO]:,}"),
    ]


def _sin_formula(fila: FilaIndicador) -> bool:
    return (
        fila.tipo is TipoGuia.DESEMPENO
        and leer_umbrales(fila.optimo, fila.en_proceso, fila.rezago).opciones is None
        and leer_formula(fila.formula, fila.variables) is None
    )


def _clave(renglon: Renglon) -> str | None:
    clave = renglon.obligado("clave")
    if clave is not None and CLAVE.fullmatch(clave) is None:
        renglon.falla("clave", "no es la clave de un indicador", "Escriba módulo.tema.indicador, como 1.2.4.")
        return None
    return clave


def _tipo(renglon: Renglon) -> TipoGuia | None:
    escrito = renglon.obligado("tipo")
    tipo = _TIPOS.get(llave(escrito or ""))
    if escrito is not None and tipo is None:
        renglon.falla("tipo", "no es un tipo de indicador", "Escriba «gestión» o «desempeño».")
    return tipo


def _umbrales(renglon: Renglon, tipo: TipoGuia) -> bool:
    """¿Se entienden los umbrales? Si no, queda dicho en su celda."""
    try:
        if tipo is TipoGuia.DESEMPENO:
            leer_umbrales(*(renglon.texto(campo) for campo in ("optimo", "en_proceso", "rezago")))
            return True
        pedidos = elementos_pedidos(renglon.texto("optimo"))
    except Problema as problema:
        renglon.falla(problema.campo or "optimo", problema.mensaje, problema.remedio)
        return False
    dichos = renglon.cantidad("num_elementos") if renglon.texto("num_elementos") else None
    if dichos is not None and dichos != pedidos:
        renglon.falla(
            "num_elementos",
            f"el óptimo pide {pedidos} elementos",
            "Haga coincidir el número de elementos y el óptimo.",
        )
        return False
    return True


def _unico(renglon: Renglon, campo: str, valor: str, vistos: dict[str, Renglon]) -> bool:
    previo = vistos.setdefault(valor, renglon)
    if previo is renglon:
        return True
    renglon.falla(campo, f"«{valor}» ya está en el renglón {previo.numero}", "Deje un solo renglón.")
    return False


def _elementos(session: Session, revisor: Revisor, datos: DatosGuia) -> list[tuple[str, str]]:
    conocidos = indicadores_de(session, datos.edicion)
    vistos: dict[str, Renglon] = {}
    sin_texto: list[str] = []
    for renglon in revisor:
        clave, inciso = _clave(renglon), renglon.obligado("inciso")
        if clave is None or inciso is None:
            continue
        inciso = inciso.rstrip(").").lower()
        if clave not in conocidos:
            renglon.falla(
                "clave",
                f"la guía {datos.edicion} no tiene el indicador {clave}",
                "Cargue antes el archivo de indicadores de esa edición.",
            )
        elif _unico(renglon, "inciso", f"{clave} {inciso}", vistos):
            # La publicación se copia a tablas con celdas vacías: el elemento existe aunque falte su texto.
            texto = renglon.texto("elemento")
            if not texto:
                sin_texto.append(f"{clave} {inciso})")
            datos.elementos[clave, inciso] = FilaElemento(clave, inciso, texto)
    if sin_texto:
        revisor.avisos.append(
            f"No traen texto; conservan el que tenían o quedan con su letra: {', '.join(sin_texto)}."
        )
    return [
        ("Elementos", f"{len(datos.elementos):,}"),
        ("Indicadores que los piden", f"{len({clave for clave, _ in datos.elementos}):,}"),
    ]


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda los indicadores o los elementos de la edición."""
    datos: DatosGuia = revision.datos
    al_avanzar(0.3, "Guardando la guía")
    if datos.elementos:
        return guardar_elementos(session, actor, datos.edicion, list(datos.elementos.values()))
    return guardar_indicadores(session, actor, datos.edicion, list(datos.indicadores.values()))


FORMATO = Formato(
    nombre="guia",
    titulo="Guía Consultiva de Desempeño Municipal",
    para_que=(
        "Los indicadores de una edición de la guía del INAFED y, en otro archivo, los elementos que pide\n"
        "cada indicador de gestión. Cargue primero los indicadores."
    ),
    columnas=(
        Columna(
            "clave",
            ("clave indicador", "clave del indicador"),
            ayuda="Módulo.tema.indicador.",
            ejemplo="1.2.4",
        ),
        Columna("edicion", (), False, "Si falta, la del nombre del archivo.", EDICION),
        Columna(
            "modulo_nombre", ("modulo", "nombre del modulo"), False, "Nombre del módulo.", "Organización"
        ),
        Columna("tema_nombre", ("tema", "nombre del tema"), False, "Nombre del tema.", "Planeación"),
        Columna("indicador", ("nombre", "nombre del indicador"), False, "Nombre oficial.", "Comité"),
        Columna("tipo", (), False, "Gestión o desempeño.", "gestión", ("gestión", "desempeño")),
        Columna("revision", (), False, "Cada cuándo se revisa.", "revisión anual"),
        Columna("num_elementos", ("numero de elementos",), False, "Cuántos elementos pide.", "4"),
        Columna("metodo_calculo", ("metodo de calculo", "formula"), False, "Sólo en desempeño.", "(A/B)*100"),
        Columna("optimo", ("verde",), False, "Umbral como lo imprime la guía.", ">=80"),
        Columna("en_proceso", ("amarillo",), False, "Umbral como lo imprime la guía.", "<80 y >=50"),
        Columna("rezago", ("rojo",), False, "Umbral como lo imprime la guía.", "<50"),
        Columna("variables_texto", ("variables",), False, "Qué es cada variable."),
        Columna("inciso", ("letra",), False, "Sólo en los elementos: a, b, c…", "a"),
        Columna("elemento", ("elementos", "evidencia"), False, "Sólo en los elementos: qué se comprueba."),
    ),
    permiso=Accion.CARGAR_GUIA,
    revisar=revisar,
    guardar=guardar,
    instrucciones=("Los umbrales se escriben como la guía: «=4», «<4 y >0», «>=80», «<80 y >=50».",),
)
