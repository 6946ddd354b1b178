"""Reporte trimestral de avance del PDM e Informe anual de ejecución, con su texto escrito de las cifras."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reports import comun
from dashboard.reports.barras import barras
from dashboard.reports.bloques import (
    Bloque,
    Cifra,
    Cifras,
    Columna,
    Estilo,
    Indice,
    Parrafo,
    Renglon,
    SaltoDePagina,
    Tabla,
    Titulo,
    cantidad,
    dinero,
    porcentaje,
    renglon,
    semaforo,
)
from dashboard.reports.documento import Documento, Falta, Parametros, Preguntar, Reporte
from db.queries import avance_pdm
from db.queries.figuras import figuras
from db.queries.textos import textos
from db.rules import redaccion
from db.rules.estado import Estado
from db.rules.formato import mdp, mes_anio, trimestre
from db.rules.permisos import Accion
from db.rules.titular import UIPPE

Datos = Mapping[str, Any]

LOGROS = 6
"""Cuántos se cuentan por eje."""
SIN_RAZON = "Sin justificación"

DESVIACIONES = (
    Columna("Meta", 3),
    Columna("Programa", 2),
    Columna("Dependencia", 2),
    Columna("Cumplimiento", 1),
    Columna("Justificación", 3.2),
)
ALCANZADAS = (
    Columna("Meta", 3.4),
    Columna("Dependencia", 2),
    Columna("Unidad", 1.2),
    Columna("Alcanzado", 1),
    Columna("Meta anual", 1),
    Columna("Estado", 1.2),
)
PROGRAMAS = (
    Columna("Programa presupuestario", 4),
    Columna("Cumplimiento", 1),
    Columna("Estado", 1.3),
    Columna("Modificado", 1.3),
    Columna("Devengado", 1.3),
    Columna("Financiero", 1),
)
METODO = (
    "El cumplimiento compara lo alcanzado y validado con lo programado al corte. El plan suma sus metas por "
    "eje con los pesos vigentes; lo que no se evaluó no se promedia y se dice cuánto falta. Se explica toda "
    "meta que se aparta más de 10 % de lo programado."
)


def trimestral(preguntar: Preguntar, p: Parametros) -> Documento:
    """El trimestre: cada eje con su texto, sus logros y lo que se apartó, con su justificación."""
    assert p.mes is not None
    titulo = f"Reporte de avance del Plan de Desarrollo Municipal, {trimestre(p.anio, (p.mes + 2) // 3)}"
    return _documento(preguntar, p, "avance_pdm", titulo, [])


def anual(preguntar: Preguntar, p: Parametros) -> Documento:
    """El año: lo mismo, con cómo llegó cada eje trimestre por trimestre."""
    assert p.mes is not None
    cortes = [m for m in (3, 6, 9, 12) if m <= p.mes]
    por_corte = {m: preguntar(figuras, anio=p.anio, mes=m, ente_id=p.ente_id)["nodo"] for m in cortes}
    los_ejes = preguntar(avance_pdm.ejes, anio=p.anio, mes=p.mes, ente_id=p.ente_id)
    columnas = (Columna("Eje", 3), *(Columna(trimestre(p.anio, m // 3), 1) for m in cortes))
    filas = tuple(
        renglon(
            _nombre(eje),
            *(_semaforo(por_corte[m].get(str(eje["id"]))) for m in cortes),
        )
        for eje in los_ejes
    )
    evolucion = Tabla(
        columnas, filas, titulo="Cumplimiento por trimestre", resumen="Cada eje en cada corte del año."
    )
    titulo = f"Informe anual de ejecución del Plan de Desarrollo Municipal {p.anio}"
    return _documento(preguntar, p, "ejecucion_pdm", titulo, [Titulo("Cómo avanzó el año", 2), evolucion])


def _documento(
    preguntar: Preguntar, p: Parametros, clase: str, titulo: str, aparte: Sequence[Bloque]
) -> Documento:
    assert p.mes is not None
    todas = preguntar(figuras, anio=p.anio, mes=p.mes, ente_id=p.ente_id)
    los_ejes = preguntar(avance_pdm.ejes, anio=p.anio, mes=p.mes, ente_id=p.ente_id)
    redactor = _Redactor(preguntar, p, clase)
    hasta = mes_anio(p.anio, p.mes)
    plan, total = _del_plan(todas, p)
    bloques: list[Bloque] = [Indice()]
    if plan is not None:
        bloques += [
            Titulo("El plan en conjunto", 2),
            redactor.parrafo("presentacion", redaccion.de_nodo("el plan", plan, total, hasta=hasta)),
            _cifras(plan, total),
        ]
    medidos = [(_nombre(e), suya["cumplimiento"]) for e in los_ejes if (suya := _de_nodo(todas, e))]
    if medidos:
        bloques.append(barras("Cumplimiento de cada eje al corte", medidos))
    bloques += aparte
    for eje in los_ejes:
        bloques += _de_eje(eje, todas, redactor, hasta)
    desviadas, sin_razon = _cuentas(los_ejes, todas)
    bloques += [
        SaltoDePagina("Programas"),
        Titulo("Programas presupuestarios", 2),
        _programas(todas),
        Titulo("Conclusiones", 2),
        redactor.parrafo("conclusiones", redaccion.conclusiones(medidos, desviadas, sin_razon)),
        Parrafo(METODO, Estilo.NOTA),
    ]
    firman, sin_firma = comun.firma_del_ente(preguntar, p, UIPPE)
    faltas = [*comun.falta_de_cierre(preguntar, p), *redactor.faltas, *sin_firma]
    if not medidos:
        faltas.insert(0, Falta("No hay plan con metas en este corte.", "Cargue el plan y sus metas."))
    if sin_razon:
        faltas.append(Falta(f"Metas que se apartan sin justificación: {sin_razon:,}.", "Pídala en Revisar."))
    return Documento(
        clase,
        titulo,
        comun.membrete(preguntar, p),
        (*bloques, *firman),
        tuple(faltas),
        corte=comun.corte(preguntar, p),
        hoja="Plan",
    )


class _Redactor:
    """Escribe cada párrafo: el del sistema, o el que alguien corrigió."""

    def __init__(self, preguntar: Preguntar, p: Parametros, clase: str) -> None:
        self._corregidos = preguntar(
            textos, clase=clase, anio=p.anio, mes=p.mes, alcance=comun.alcance_de_texto(p)
        )
        self.faltas: list[Falta] = []

    def parrafo(self, ancla: str, automatico: str) -> Parrafo:
        guardado = self._corregidos.get(ancla)
        if guardado is None:
            return Parrafo(automatico, ancla=ancla)
        ajenas = redaccion.cifras_ajenas(guardado["texto"], automatico)
        if ajenas:
            self.faltas.append(
                Falta(
                    f"El texto corregido de «{ancla}» trae cifras que el sistema no tiene hoy: "
                    f"{', '.join(ajenas)}.",
                    "Corríjalo, o vuelva al texto del sistema.",
                )
            )
        return Parrafo(guardado["texto"], ancla=ancla)


def _del_plan(todas: Datos, p: Parametros) -> tuple[Datos | None, Datos | None]:
    return todas["municipio"].get("metas"), todas["dinero"].get("total" if p.ente_id else "consolidado")


def _de_nodo(todas: Datos, eje: Datos) -> Datos | None:
    figura: Datos | None = todas["nodo"].get(str(eje["id"]))
    return figura


def _nombre(eje: Datos) -> str:
    return f"{eje['clave']} {eje['nombre']}".strip()


def _semaforo(figura: Datos | None) -> Any:
    if figura is None:
        return ""
    c = figura["cumplimiento"]
    return semaforo(c["estado"], f"{c['cifra']} {c['palabra']}" if c["valor"] is not None else c["palabra"])


def _cifras(figura: Datos, total: Datos | None) -> Cifras:
    c, a = figura["cumplimiento"], figura["avance_anual"]
    cifras = [
        Cifra("Cumplimiento al corte", c["cifra"], f"{c['icono']} {c['palabra']}", c["estado"]),
        Cifra("Avance del año", a["cifra"]),
        Cifra("Metas evaluadas", f"{figura['evaluados']:,} de {figura['total']:,}"),
    ]
    if total:
        cifras.append(
            Cifra("Devengado", mdp(total["devengado"]), f"{total['financiero']['cifra']} del modificado")
        )
    return Cifras(tuple(cifras))


def _de_eje(eje: Datos, todas: Datos, redactor: _Redactor, hasta: str) -> list[Bloque]:
    figura = _de_nodo(todas, eje)
    bloques: list[Bloque] = [Titulo(_nombre(eje), 2)]
    if figura is None:
        return [*bloques, Parrafo("Sin metas en este corte.")]
    suyo = todas["dinero"].get(f"nodo/{eje['id']}")
    automatico = redaccion.de_nodo(f"el eje «{eje['nombre']}»", figura, suyo, hasta=hasta)
    bloques.append(redactor.parrafo(f"eje/{eje['clave']}", automatico))
    vistas = [(m, todas["meta"][str(m["id"])]) for m in eje["metas"] if str(m["id"]) in todas["meta"]]
    logradas = [v for v in vistas if v[1]["cumplimiento"]["estado"] == Estado.adecuado and v[1]["meta_anual"]]
    logradas.sort(key=lambda v: -(v[1]["avance_anual"]["valor"] or 0))
    if logradas:
        filas = tuple(_lograda(*v) for v in logradas[:LOGROS])
        bloques.append(Tabla(ALCANZADAS, filas, titulo="Logros", resumen="Metas cumplidas en lo programado."))
    desviadas = [v for v in vistas if redaccion.se_desvia(v[1]["cumplimiento"])]
    if desviadas:
        titulo = f"Desviaciones mayores a 10 %: {len(desviadas):,}"
        filas = tuple(_desviada(*v) for v in desviadas)
        bloques.append(Tabla(DESVIACIONES, filas, titulo=titulo, resumen="Metas que se apartan y por qué."))
    return bloques


def _lograda(meta: Datos, figura: Datos) -> Renglon:
    c = figura["cumplimiento"]
    return renglon(
        meta["nombre"],
        meta["dependencia"],
        meta["unidad"],
        cantidad(comun.decimal(figura["alcanzado_acum"])),
        cantidad(comun.decimal(figura["meta_anual"])),
        semaforo(c["estado"], c["palabra"], c["icono"]),
    )


def _desviada(meta: Datos, figura: Datos) -> Renglon:
    c = figura["cumplimiento"]
    escrito = c["cifra"] if c["valor"] is not None else c["palabra"]
    return renglon(
        meta["nombre"],
        meta["programa_nombre"],
        meta["dependencia"],
        semaforo(c["estado"], escrito, c["icono"]),
        meta["justificacion"] or SIN_RAZON,
    )


def _cuentas(los_ejes: Sequence[Datos], todas: Datos) -> tuple[int, int]:
    """Cuántas metas se apartan y cuántas de ellas no dicen por qué; cada una se cuenta una vez."""
    desviadas = {
        m["id"]: m["justificacion"]
        for eje in los_ejes
        for m in eje["metas"]
        if str(m["id"]) in todas["meta"] and redaccion.se_desvia(todas["meta"][str(m["id"])]["cumplimiento"])
    }
    return len(desviadas), sum(not razon for razon in desviadas.values())


def _programas(todas: Datos) -> Tabla:
    filas = [_programa(clave, f, todas["dinero"].get(f"programa/{clave}")) for clave, f in _ordenados(todas)]
    return Tabla(PROGRAMAS, tuple(filas), resumen="Cada programa con su cumplimiento y su gasto.")


def _ordenados(todas: Datos) -> list[tuple[str, Datos]]:
    return sorted((c, f) for c, f in todas["programa"].items() if len(c) == 8)


def _programa(clave: str, figura: Datos, suyo: Datos | None) -> Renglon:
    c = figura["cumplimiento"]
    financiero = suyo["financiero"] if suyo else None
    return renglon(
        f"{clave} {figura['nombre']}",
        porcentaje(c["valor"], c["cifra"]),
        semaforo(c["estado"], c["palabra"], c["icono"]),
        dinero(suyo["modificado"] if suyo else None),
        dinero(suyo["devengado"] if suyo else None),
        porcentaje(financiero["valor"], financiero["cifra"]) if financiero else "",
    )


REPORTES = (
    Reporte(
        "avance_pdm",
        "Reporte trimestral de avance del PDM",
        "Cada eje con su texto, logros y desviaciones justificadas; el texto se corrige antes de emitir.",
        "Plan de Desarrollo Municipal",
        trimestral,
        Accion.VER_DOCUMENTOS,
        pide=("mes",),
    ),
    Reporte(
        "ejecucion_pdm",
        "Informe anual de ejecución del PDM",
        "El año completo, con cómo llegó cada eje trimestre por trimestre.",
        "Plan de Desarrollo Municipal",
        anual,
        Accion.VER_DOCUMENTOS,
        pide=("mes",),
    ),
)
