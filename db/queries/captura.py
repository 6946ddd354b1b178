"""Lo que un área debe capturar de un periodo: lo programado, lo anterior, lo guardado y en qué va."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import MetaActividad
from db.models.captura import Beneficiarios, Borrador, ClaseItem, PasoCaptura, PlanMejora
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia, PruebaDe
from db.models.programas import Proyecto
from db.queries import actividad, indicadores
from db.queries.llano import llano
from db.queries.municipio import bandas as bandas_de
from db.queries.registro import (
    SIN_REGISTRO,
    Registro,
    entregado,
    evaluar_ficha,
    evaluar_meta,
    letras_de,
    numero_de,
    registros,
)
from db.rules.captura import PALABRA, EstadoAvance
from db.rules.debido import CIERRES
from db.rules.periodo import Corte, Operacion, periodos

Item = dict[str, Any]


def llave_de_borrador(anio: int, mes: int, clase: ClaseItem, item_id: int) -> str:
    """Con qué nombre se guarda el borrador de una cosa en un periodo."""
    return f"captura/{anio}/{mes}/{clase}/{item_id}"


def items(
    session: Session,
    anio: int,
    mes: int,
    dependencias: Sequence[int],
    usuario_id: int | None = None,
) -> list[Item]:
    """Lo que unas dependencias capturan en el periodo que termina en `mes`, en el orden de la ficha.

    Cada uno: clase, id, numero, nombre, unidad, dependencia, proyecto, `renglones` (uno por valor que se
    escribe: id, letra, nombre, unidad, programado, anterior, alcanzado), `toca` (había algo programado),
    estado, palabra, version, autor, justificacion, extemporaneo, mejora, beneficiarios, devolucion,
    evidencias, borrador (lo que `usuario_id` dejó escrito) y resultado (llano, o None sin valores). Las metas
    van si `mes` cierra un periodo del ejercicio; los indicadores, si cierra uno de su frecuencia.
    """
    metas: list[actividad.Meta] = []
    fichas: list[indicadores.FichaIndicador] = []
    if mes in {p.mes_fin for p in periodos(actividad.periodicidad(session, anio))}:
        metas = actividad.metas(session, anio, dependencias=dependencias)
    if mes % 3 == 0:
        todas = indicadores.indicadores(session, anio, dependencias=dependencias)
        fichas = [ficha for ficha in todas if mes // 3 in CIERRES[ficha.frecuencia]]
    ids = {ClaseItem.META: [m.id for m in metas], ClaseItem.INDICADOR: [f.id for f in fichas]}
    anexos = _leer_anexos(session, anio, mes, ids, usuario_id)
    corte, bandas = Corte(anio, mes), bandas_de(session, anio)
    lista = [_de_meta(meta, mes, anexos, corte, bandas) for meta in metas]
    letras = letras_de(session, ids[ClaseItem.INDICADOR])
    lista += [_de_indicador(f, mes, anexos, letras.get(f.id, {}), corte, bandas) for f in fichas]
    return sorted(
        lista, key=lambda i: (i["proyecto"], i["clase"] == ClaseItem.INDICADOR, i["numero"], i["id"])
    )


@dataclass(frozen=True, slots=True)
class _Anexos:
    """Lo que acompaña a cada cosa, leído de una vez para todas."""

    registros: dict[tuple[ClaseItem, int], Registro]
    mejoras: dict[tuple[ClaseItem, int], Item]
    devoluciones: dict[tuple[ClaseItem, int], str]
    evidencias: dict[tuple[ClaseItem, int], int]
    borradores: dict[str, Item]
    beneficiarios: dict[int, list[Item]]
    piden: set[int]
    dependencias: dict[int, str]
    proyectos: dict[int, str]
    periodo: tuple[int, int]


def _leer_anexos(
    session: Session, anio: int, mes: int, ids: dict[ClaseItem, list[int]], usuario_id: int | None
) -> _Anexos:
    m, b, d, p = tabla(PlanMejora), tabla(Beneficiarios), tabla(Dependencia).c, tabla(Proyecto).c
    juntos = {(c, i): r for c, de in ids.items() for i, r in registros(session, c, de, mes).items()}
    metas = ids[ClaseItem.META]
    beneficiarios: dict[int, list[Item]] = {}
    for f in session.execute(select(b).where(b.c.meta_id.in_(metas), b.c.mes == mes).order_by(b.c.lugar)):
        beneficiarios.setdefault(f.meta_id, []).append(f._asdict())
    mejoras = session.execute(select(m).where(m.c.anio == anio, m.c.mes == mes))
    a = tabla(MetaActividad).c
    return _Anexos(
        registros=juntos,
        mejoras={(ClaseItem(f.clase), f.item_id): f._asdict() for f in mejoras},
        devoluciones=_devoluciones(session, anio, mes),
        evidencias=_evidencias(session, anio, mes),
        borradores=_borradores(session, anio, mes, usuario_id),
        beneficiarios=beneficiarios,
        piden=set(session.execute(select(a.id).where(a.id.in_(metas), a.pide_beneficiarios)).scalars()),
        dependencias={f.id: f.nombre for f in session.execute(select(d.id, d.nombre))},
        proyectos={f.id: f"{f.clave} {f.nombre}" for f in session.execute(select(p.id, p.clave, p.nombre))},
        periodo=(anio, mes),
    )


def _devoluciones(session: Session, anio: int, mes: int) -> dict[tuple[ClaseItem, int], str]:
    """El motivo de la última vez que se devolvió cada cosa."""
    p = tabla(PasoCaptura).c
    consulta = select(p.clase, p.item_id, p.texto).where(
        p.anio == anio, p.mes == mes, p.despues == EstadoAvance.DEVUELTO, p.antes != EstadoAvance.DEVUELTO
    )
    return {(ClaseItem(f.clase), f.item_id): f.texto for f in session.execute(consulta.order_by(p.id))}


def _evidencias(session: Session, anio: int, mes: int) -> dict[tuple[ClaseItem, int], int]:
    p, e = tabla(PruebaDe), tabla(Evidencia)
    consulta = (
        select(p.c.clase, p.c.item_id, func.count())
        .join(e, e.c.id == p.c.evidencia_id)
        .where(p.c.anio == anio, p.c.mes == mes, e.c.retirada_en.is_(None))
        .group_by(p.c.clase, p.c.item_id)
    )
    return {(ClaseItem(clase), item): cuantas for clase, item, cuantas in session.execute(consulta)}


def _borradores(session: Session, anio: int, mes: int, usuario_id: int | None) -> dict[str, Item]:
    c = tabla(Borrador).c
    consulta = select(c.llave, c.datos, c.guardado_en).where(
        c.usuario_id == usuario_id, c.llave.startswith(f"captura/{anio}/{mes}/")
    )
    return {f.llave: f.datos | {"guardado_en": f.guardado_en} for f in session.execute(consulta)}


def _comun(clase: ClaseItem, de: Any, anexos: _Anexos) -> Item:
    registro = anexos.registros.get((clase, de.id), SIN_REGISTRO)
    return {
        "clase": clase,
        "id": de.id,
        "nombre": de.nombre,
        "dependencia": anexos.dependencias[de.dependencia_id],
        "dependencia_id": de.dependencia_id,
        "proyecto": anexos.proyectos[de.proyecto_id],
        "estado": registro.estado,
        "palabra": PALABRA[registro.estado],
        "version": registro.version,
        "autor": registro.autor,
        "justificacion": registro.justificacion,
        "extemporaneo": registro.extemporaneo,
        "mejora": anexos.mejoras.get((clase, de.id)),
        "beneficiarios": [],
        "pide_beneficiarios": False,
        "devolucion": anexos.devoluciones.get((clase, de.id), ""),
        "evidencias": anexos.evidencias.get((clase, de.id), 0),
        "borrador": anexos.borradores.get(llave_de_borrador(*anexos.periodo, clase, de.id)),
        "resultado": None,
    }


def _de_meta(meta: actividad.Meta, mes: int, anexos: _Anexos, corte: Corte, bandas: Any) -> Item:
    item = _comun(ClaseItem.META, meta, anexos)
    registro = anexos.registros.get((ClaseItem.META, meta.id), SIN_REGISTRO)
    numero = numero_de(meta.periodicidad, mes)
    programado = meta.evaluable(mes, frozenset()).programado[numero - 1]
    antes = entregado(meta.alcanzado, meta.preliminar)
    if registro.valores:
        item["resultado"] = llano(evaluar_meta(meta, mes, registro.valores, corte, bandas))
    return item | {
        "numero": meta.numero,
        "unidad": meta.unidad,
        "toca": programado is not None and (programado > 0 or meta.operacion is not Operacion.suma),
        "pide_beneficiarios": meta.id in anexos.piden,
        "beneficiarios": anexos.beneficiarios.get(meta.id, []),
        "renglones": [
            {
                "id": meta.id,
                "letra": "",
                "nombre": meta.nombre,
                "unidad": meta.unidad,
                "programado": programado,
                "anterior": antes[numero - 2] if numero > 1 else None,
                "alcanzado": registro.valores.get(meta.id),
            }
        ],
    }


def _de_indicador(
    ficha: indicadores.FichaIndicador,
    mes: int,
    anexos: _Anexos,
    letras: dict[str, int],
    corte: Corte,
    bandas: Any,
) -> Item:
    item = _comun(ClaseItem.INDICADOR, ficha, anexos)
    registro = anexos.registros.get((ClaseItem.INDICADOR, ficha.id), SIN_REGISTRO)
    cual = mes // 3
    renglones = [
        {
            "id": letras[v.letra],
            "letra": v.letra,
            "nombre": v.nombre,
            "unidad": v.unidad,
            "programado": v.programado(mes)[cual - 1],
            "anterior": entregado(v.alcanzado, v.preliminar)[cual - 2] if cual > 1 else None,
            "alcanzado": registro.valores.get(letras[v.letra]),
        }
        for v in ficha.variables
    ]
    if registro.valores:
        item["resultado"] = llano(evaluar_ficha(ficha, mes, registro.valores, letras, corte, bandas))
    return item | {
        "numero": 0,
        "unidad": "",
        "formula": ficha.formula,
        "formula_texto": ficha.formula_texto,
        "frecuencia": ficha.frecuencia,
        "toca": any(renglon["programado"] is not None for renglon in renglones),
        "renglones": renglones,
    }
