"""Los candidatos a «Requiere su atención»: programas, dependencias, ejes, fondos y metas, a un corte."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import ahora, tabla
from db.models.captura import ClaseCaptura
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.presupuesto import Dimension
from db.models.programas import Programa, ResponsablePrograma
from db.queries.calendario import plazos
from db.queries.dinero import financiero_de
from db.queries.evaluacion import Evaluacion, Unidad
from db.queries.fondos import por_vencer
from db.queries.municipio import hoy
from db.queries.presupuesto import Monto, acumulado
from db.queries.titulares import Persona, en_funciones
from db.rules import atencion
from db.rules.estado import Estado
from db.rules.formato import mes_nombre
from db.rules.presupuesto import brecha


def ejes_sin_dato(evaluacion: Evaluacion, plan: dict[str, Any]) -> list[atencion.EjeVisto]:
    if evaluacion.arbol is None or not evaluacion.alguno_validado:
        return []
    return [
        atencion.EjeVisto(eje.id, eje.nombre, plan[str(eje.id)].evaluados, plan[str(eje.id)].total)
        for eje in evaluacion.arbol.hijos[None]
        if plan[str(eje.id)].cumplimiento.estado is Estado.sin_dato_suficiente
    ]


def programas(
    session: Session,
    evaluacion: Evaluacion,
    evaluados: dict[str, Any],
    montos: dict[str, Monto],
    entes: Sequence[int],
) -> list[atencion.ProgramaVisto]:
    """Los programas con metas o con dinero, por clave; `montos` es el dinero de cada uno al corte."""
    nombres = {p.programa: p.programa_nombre for p in evaluacion.proyectos.values()}
    responsables = _responsables(session, evaluacion, entes)
    rojos = _rojos(evaluacion, evaluados)
    vistos = []
    for clave in sorted({c for c in evaluados if len(c) == 8} | {c for c in montos if c in nombres}):
        nodo = evaluados.get(clave)
        suyo = montos.get(clave)
        financiero = financiero_de(suyo, evaluacion.corte)
        fisico = nodo or evaluacion.grupo(nombres[clave], [])
        cuantos, desde = rojos.get(clave, (0, ""))
        vistos.append(
            atencion.ProgramaVisto(
                clave=clave,
                nombre=nombres[clave],
                responsable=responsables.get(clave, ""),
                cumplimiento=fisico.cumplimiento,
                avance_anual=fisico.avance_anual,
                avance_financiero=financiero,
                brecha=brecha(fisico.avance_anual, financiero),
                modificado=suyo["modificado"] if suyo else None,
                devengado=suyo["devengado"] if suyo else None,
                rojos=cuantos,
                rojo_desde=desde,
            )
        )
    return vistos


def _rojos(evaluacion: Evaluacion, actuales: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """De los programas hoy en crítico: cuántos trimestres seguidos llevan así y desde cuál del ejercicio."""
    criticos = frozenset(
        clave for clave, n in actuales.items() if len(clave) == 8 and n.cumplimiento.estado is Estado.critico
    )
    if not criticos:
        return {}
    cuenta: dict[str, tuple[int, str]] = {}
    for mes in range(3, evaluacion.corte.mes + 1, 3):
        nodos = evaluacion.programas(mes, criticos)
        for clave in criticos:
            if nodos[clave].cumplimiento.estado is Estado.critico:
                llevados, desde = cuenta.get(clave, (0, ""))
                cuenta[clave] = (llevados + 1, desde or f"desde el trimestre de {mes_nombre(mes)}")
            else:
                cuenta.pop(clave, None)
    return cuenta


def unidades_responsables(session: Session, evaluacion: Evaluacion, entes: Sequence[int]) -> dict[str, int]:
    """La dependencia que responde por cada programa: la asignada, o la general con más metas en él."""
    por_programa: dict[str, Counter[int]] = defaultdict(Counter)
    for meta in evaluacion.metas:
        programa = evaluacion.proyectos[meta.proyecto_id].programa
        por_programa[programa][evaluacion.unidades[meta.dependencia_id].general_id] += 1
    asignadas = {clave: cuenta.most_common(1)[0][0] for clave, cuenta in por_programa.items()}
    r, g = tabla(ResponsablePrograma), tabla(Programa)
    consulta = (
        select(g.c.clave, r.c.dependencia_id)
        .join(g, g.c.id == r.c.programa_id)
        .where(g.c.anio == evaluacion.anio, r.c.ente_id.in_(entes))
    )
    asignadas.update({fila.clave: fila.dependencia_id for fila in session.execute(consulta)})
    return {clave: unidad for clave, unidad in asignadas.items() if unidad in evaluacion.unidades}


def _responsables(session: Session, evaluacion: Evaluacion, entes: Sequence[int]) -> dict[str, str]:
    """Quién responde por cada programa, con su titular."""
    titulares = en_funciones(session, hoy(session))
    unidades = unidades_responsables(session, evaluacion, entes)
    return {clave: _quien(evaluacion.unidades[unidad], titulares) for clave, unidad in unidades.items()}


def _quien(unidad: Unidad, titulares: dict[int, Persona]) -> str:
    titular = titulares.get(unidad.id)
    return f"{unidad.nombre} · {titular['nombre']}" if titular else unidad.nombre


def vencidos(session: Session, evaluacion: Evaluacion) -> list[atencion.DependenciaVista]:
    """Dependencias generales con capturas vencidas, de la más a la menos atrasada."""
    hojas, evaluados = evaluacion.hojas(), evaluacion.fichas()
    metas: Counter[int] = Counter()
    fichas: Counter[int] = Counter()
    reportaron: set[int] = set()
    for meta in evaluacion.metas:
        general = evaluacion.unidades[meta.dependencia_id].general_id
        if any(valor is not None for valor in meta.alcanzado):
            reportaron.add(general)
        metas[general] += hojas[meta.clave].cumplimiento.estado is Estado.vencido
    for ficha in evaluacion.indicadores:
        general = evaluacion.unidades[ficha.dependencia_id].general_id
        fichas[general] += evaluados[ficha.clave].cumplimiento.estado is Estado.vencido
    dias = _dias_vencidos(session, evaluacion)
    titulares = en_funciones(session, hoy(session))
    generales = [g for g in metas.keys() | fichas.keys() if metas[g] + fichas[g]]
    vistas = [
        atencion.DependenciaVista(
            id=general,
            nombre=evaluacion.unidades[general].nombre,
            responsable=_quien(evaluacion.unidades[general], titulares),
            metas=metas[general],
            indicadores=fichas[general],
            dias=dias.get(general, 0),
            reporto=general in reportaron,
        )
        for general in generales
    ]
    return sorted(vistas, key=lambda d: (-(d.metas + d.indicadores), d.nombre))


def _dias_vencidos(session: Session, evaluacion: Evaluacion) -> dict[int, int]:
    """Dependencia general → días desde que cerró su último plazo hasta el corte, con sus prórrogas."""
    ultimos: dict[int, tuple[int, int]] = {}
    for (clase, mes, general), cierra in plazos(session, evaluacion.anio).items():
        if clase is ClaseCaptura.ACTIVIDADES and mes <= evaluacion.corte.mes and cierra < ahora():
            ultimos[general] = max(ultimos.get(general, (0, 0)), (mes, (ahora() - cierra).days))
    return {general: dias for general, (_, dias) in ultimos.items()}


def fondos(session: Session, anio: int, mes: int, entes: tuple[int, ...]) -> list[atencion.FondoVisto]:
    """Los fondos registrados y, de lo demás, las fuentes etiquetadas (las que empiezan con 2 en el CONAC)."""
    registrados = [
        atencion.FondoVisto(f["fuente"], f["clave"], f["autorizado"], f["devengado"], f["id"], f["dias"])
        for f in por_vencer(session, anio, mes, hoy(session), entes)
    ]
    cubiertas = tuple(fondo.clave for fondo in registrados)
    c = tabla(EntradaCatalogo).c
    nombres = {
        fila.clave: fila.nombre
        for fila in session.execute(select(c.clave, c.nombre).where(c.catalogo == NombreCatalogo.FUENTE))
    }
    filas = acumulado(session, anio, mes, entes, Dimension.FUENTE)
    return registrados + [
        atencion.FondoVisto(clave, nombres.get(clave, f"Fuente {clave}"), m["modificado"], m["devengado"])
        for clave, m in filas.items()
        if clave.startswith("2") and not (cubiertas and clave.startswith(cubiertas))
    ]


def excedidas(evaluacion: Evaluacion) -> list[atencion.MetaVista]:
    hojas = evaluacion.hojas()
    return [
        atencion.MetaVista(
            meta.id,
            meta.nombre,
            evaluacion.unidades[meta.dependencia_id].general,
            hojas[meta.clave].cumplimiento.valor or 0,  # type: ignore[arg-type]
        )
        for meta in evaluacion.metas
        if hojas[meta.clave].cumplimiento.estado is Estado.sobrecumplido
    ]
