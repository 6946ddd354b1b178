"""Lo que Inicio dice con palabras: la frase del plan y los hallazgos de cada parte.

Funciones puras sobre lo que responde `db.queries.tablero`; ciertas en todos los casos, también sin datos.
El texto que devuelven es llano (sin Markdown): quien lo dibuja lo escapa.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.ui.texto import contar, corto, enumerar, mayuscula
from db.rules.atencion import BRECHA_GRAVE
from db.rules.estado import Estado
from db.rules.formato import mes_nombre, numero, puntos

A_LA_PAR = Decimal(1)
"""Puntos de diferencia que ya no se dicen: lo gastado y lo logrado van a la par."""

NOMBRES_FORMATO = {
    "plan": "el plan",
    "programas": "los programas",
    "actividades": "las actividades",
    "presupuesto": "el presupuesto",
    "indicadores": "los indicadores",
    "avances": "los avances",
}

Datos = Mapping[str, Any]


def titular(t: Datos) -> str:
    """La respuesta en una frase: cómo va el plan al corte."""
    if t["vacio"]:
        return "Aún no hay plan, metas ni presupuesto cargados."
    mes, plan = mes_nombre(t["mes"]), t["cumplimiento"]
    if plan is None:
        return "Hay datos cargados, pero falta el plan contra el cual compararlos."
    if plan["valor"] is not None:
        return f"El plan cumple {plan['cifra']} de lo programado a {mes}{_de_los_programas(t['programas'])}."
    return _sin_cifra(t, mes)


def _de_los_programas(programas: Datos) -> str:
    atencion, total = programas["atencion"], programas["total"]
    if total < 2:
        return "; su único programa requiere atención" if atencion else ""
    if not atencion:
        return f"; ninguno de sus {numero(total)} programas requiere atención"
    verbo = "requiere" if atencion == 1 else "requieren"
    return f"; {numero(atencion)} de {numero(total)} programas {verbo} atención"


def _sin_cifra(t: Datos, mes: str) -> str:
    plan, metas, anio = t["cumplimiento"], t["metas"], t["anio"]
    if not metas:
        return f"El plan está cargado; faltan las metas de {anio} para medirlo."
    if t["sin_linea"] == metas:
        return f"Ninguna de las {numero(metas)} metas de {anio} cita el plan: no se puede medir."
    if plan["estado"] == Estado.en_revision:
        return f"Lo capturado a {mes} está en revisión: el plan aún no tiene cifra oficial."
    if t["vencidos"]["sin_avances"]:
        return f"El plan tiene {numero(metas)} metas en {anio} y ningún avance validado: nada se califica."
    return _POR_ESTADO.get(plan["estado"], "El plan no tiene cifra a {mes}.").format(mes=mes)


_POR_ESTADO: dict[str, str] = {
    Estado.sin_dato_suficiente: "A {mes} no hay dato suficiente para calificar el plan.",
    Estado.no_toca: "A {mes} todavía no toca medir ninguna meta del plan.",
    Estado.sin_meta: "A {mes} ninguna meta del plan tiene cantidad programada.",
    Estado.sin_dato: "A {mes} las metas que tocaba medir no tienen avance validado.",
    Estado.vencido: "A {mes} venció la captura y las metas del plan no tienen avance validado.",
    Estado.no_programado: "A {mes} sólo se reportó lo no programado: no hay cumplimiento que calcular.",
}


def apoyo(t: Datos) -> str:
    """Lo que matiza la frase: cobertura, quién no ha reportado, qué no se puede calificar y qué falta."""
    if t["vacio"]:
        return "Primero se carga el plan; después, programas, actividades, presupuesto y avances."
    partes = [_cobertura(t["cumplimiento"]), _vencidos(t["vencidos"]), _sin_calificar(t["ejes"])]
    faltan = [NOMBRES_FORMATO[f] for f in t["falta"] if f in NOMBRES_FORMATO]
    if faltan:
        partes.append(f"Falta cargar {enumerar(faltan)}")
    return " ".join(f"{mayuscula(parte)}." for parte in partes if parte)


def _cobertura(plan: Datos | None) -> str:
    if plan is None or not plan["total"]:
        return ""
    dicho = de_cuantas(plan, "meta evaluada", "metas evaluadas")
    ceros = plan["cuentan_cero"]
    if not ceros:
        return dicho
    return f"{dicho}; {contar(ceros, 'sin reporte cuenta', 'sin reporte cuentan')} como 0"


def de_cuantas(resultado: Datos, uno: str, varios: str) -> str:
    """«1,045 de 1,187 metas evaluadas», con cifras."""
    total = resultado["total"]
    return f"{numero(resultado['evaluados'])} de {numero(total)} {uno if total == 1 else varios}"


def _vencidos(vencidos: Datos) -> str:
    cuantas = vencidos["dependencias"]
    if not cuantas:
        return ""
    verbo = "tiene" if cuantas == 1 else "tienen"
    return f"{contar(cuantas, 'dependencia', 'dependencias')} {verbo} capturas vencidas"


def _sin_calificar(ejes: Sequence[Datos]) -> str:
    sin = [e for e in ejes if e["cumplimiento"]["estado"] == Estado.sin_dato_suficiente]
    if not sin:
        return ""
    if len(sin) == 1:
        return f"«{corto(sin[0]['nombre'])}» no tiene dato suficiente para calificarse"
    return f"{contar(len(sin), 'eje', 'ejes', False)} no tienen dato suficiente para calificarse"


def titulo_ejes(ejes: Sequence[Datos]) -> str:
    """Qué ejes frenan el plan; si ninguno, cómo van."""
    medidos = [e for e in ejes if e["cumplimiento"]["valor"] is not None]
    if not medidos:
        return "Ningún eje tiene cifra todavía" if ejes else "El plan no tiene ejes"
    malos = [e for e in medidos if e["cumplimiento"]["estado"] in (Estado.critico, Estado.riesgo)]
    if not malos:
        de_cuantos = "Todos los ejes" if len(medidos) == len(ejes) else "Los ejes con dato"
        return f"{de_cuantos} van en meta"
    if len(malos) == len(ejes) > 2:
        return "Ningún eje llega a su meta"
    if len(malos) > 2:
        return f"{mayuscula(contar(len(malos), 'eje', 'ejes', False))} de {len(ejes)} van debajo de su meta"
    nombres = [corto(e["nombre"]) for e in sorted(malos, key=lambda e: e["cumplimiento"]["valor"])]
    return f"{enumerar(nombres)} {'frena' if len(nombres) == 1 else 'frenan'} el plan"


def titulo_historia(puntos: Sequence[Datos], sujeto: str = "El plan") -> str:
    """Hacia dónde va el cumplimiento entre los dos últimos cierres con cifra."""
    con_cifra = [p for p in puntos if p["valor"] is not None]
    if not con_cifra:
        return "Todavía no hay historia que comparar"
    ultimo = con_cifra[-1]
    if len(con_cifra) == 1:
        return f"{ultimo['texto']} es el primer cierre con cifra"
    antes = con_cifra[-2]
    cambio = ultimo["valor"] - antes["valor"]
    if abs(cambio) < A_LA_PAR:
        return f"{sujeto} se mantiene desde {antes['texto']}"
    return f"{sujeto} {'sube' if cambio > 0 else 'baja'} {_magnitud(cambio)} desde {antes['texto']}"


def titulo_programas(programas: Sequence[Datos]) -> str:
    """Cuántos programas gastan mucho más de lo que logran."""
    medidos = [p["brecha"] for p in programas if p["brecha"] is not None]
    if not medidos:
        return "Falta gasto o avance para comparar los programas"
    malos = sum(b <= -BRECHA_GRAVE for b in medidos)
    if not malos:
        return "Ningún programa gasta mucho más de lo que logra"
    if malos == 1:
        return "Un programa gasta mucho más de lo que logra"
    return f"{mayuscula(contar(malos, 'programa', 'programas', False))} gastan mucho más de lo que logran"


def brecha_en_palabras(eje: Datos) -> str:
    """La brecha físico-financiera de un nodo dicha con palabras, o qué falta para decirla."""
    valor = eje["brecha"]["valor"]
    if valor is None:
        if eje["avance_financiero"]["valor"] is None:
            return "sin dato financiero"
        return "sin dato físico"
    if abs(valor) < A_LA_PAR:
        return "gasto y logro a la par"
    if valor < 0:
        return f"se ha gastado {_magnitud(valor)} más de lo que se ha logrado"
    return f"se ha logrado {_magnitud(valor)} más de lo que se ha gastado"


def cambio(t: Datos) -> str:
    """«+4.4 puntos contra marzo», o vacío si no hay contra qué comparar."""
    antes, ahora = t["anterior"], t["cumplimiento"]
    if antes is None or ahora is None or ahora["valor"] is None:
        return ""
    diferencia = puntos(ahora["valor"] - antes["valor"])
    return (
        f"{diferencia} contra {antes['texto']}"
        if diferencia[0] in "+\u2212"
        else f"igual que en {antes['texto']}"
    )


def _magnitud(diferencia: Decimal) -> str:
    return puntos(abs(diferencia)).removeprefix("+")


def ver_casos(en_lista: int, mas: int) -> str:
    """El botón de la lista completa: «Ver los 26 casos», o cuántos de ellos se listan."""
    if not mas:
        return f"Ver los {en_lista} casos"
    return f"Ver los {en_lista} más graves de {numero(en_lista + mas)} casos"
