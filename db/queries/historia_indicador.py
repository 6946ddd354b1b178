"""La historia de un indicador: cada cierre de su frecuencia, en este ejercicio y en los anteriores."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.captura import ClaseCaptura
from db.models.indicadores import Indicador
from db.models.programas import Proyecto
from db.queries.indicadores import FichaIndicador, indicadores
from db.queries.municipio import bandas
from db.queries.vencimiento import ventanas_cerradas
from db.rules.banda import Banda
from db.rules.debido import CIERRES
from db.rules.estado import Estado
from db.rules.hoja import HojaEvaluada
from db.rules.indicador import evaluar_indicador
from db.rules.periodo import Corte
from db.rules.texto import llave

ANIOS_ATRAS = 4
HUECOS = (Estado.vencido, Estado.sin_dato, Estado.en_revision)
"""Con uno de éstos el acumulado está incompleto: no es un resultado que se pueda unir con los demás."""

Punto = dict[str, Any]


def punto(hoja: HojaEvaluada, anio: int, trimestre: int) -> Punto:
    """Un cierre: lo programado, lo alcanzado (None si falta algo por validar) y su estado."""
    c = hoja.cumplimiento
    return {
        "anio": anio,
        "trimestre": trimestre,
        "texto": f"T{trimestre}",
        "programado": hoja.programado_acum,
        "alcanzado": None if c.estado in HUECOS else hoja.alcanzado_acum,
        "estado": c.estado.value,
        "icono": c.icono,
        "palabra": c.palabra,
        "cifra": c.cifra(),
    }


def cierres(frecuencia: str, hasta_mes: int) -> list[int]:
    """Los trimestres en que se mide, ya terminados."""
    return [t for t in CIERRES[frecuencia] if 3 * t <= hasta_mes]


def gemelos(session: Session, ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Por indicador, el mismo en otros ejercicios: año → id. Es el mismo por ente, proyecto y nombre."""
    i, p = tabla(Indicador), tabla(Proyecto)
    columnas = (i.c.id, i.c.anio, i.c.ente_id, p.c.clave, i.c.area, i.c.nombre)
    consulta = select(*columnas).join(p, p.c.id == i.c.proyecto_id)
    propios = list(session.execute(consulta.where(i.c.id.in_(ids))))
    posibles = session.execute(
        consulta.where(
            p.c.clave.in_({f.clave for f in propios}), i.c.ente_id.in_({f.ente_id for f in propios})
        ).order_by(i.c.id)
    )
    juntos: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for f in posibles:
        juntos[f.ente_id, f.clave, llave(f.nombre)].append(f)
    hallados: dict[int, dict[int, int]] = {}
    for f in propios:
        otros = [o for o in juntos[f.ente_id, f.clave, llave(f.nombre)] if o.anio != f.anio]
        # Con varias áreas en el mismo proyecto, la propia se escribe al final y queda.
        otros.sort(key=lambda o: llave(o.area) == llave(f.area))
        hallados[f.id] = {o.anio: o.id for o in otros}
    return hallados


def fichas_por_anio(
    session: Session, anio: int, ids: Sequence[int]
) -> tuple[dict[int, dict[int, FichaIndicador]], dict[int, dict[int, int]]]:
    """Año → id → ficha, de los indicadores pedidos y de sus gemelos de años anteriores; y los gemelos."""
    de_otros = gemelos(session, ids)
    por_anio: dict[int, set[int]] = defaultdict(set, {anio: set(ids)})
    for suyos in de_otros.values():
        for otro, identidad in suyos.items():
            if anio - ANIOS_ATRAS <= otro < anio:
                por_anio[otro].add(identidad)
    fichas = {
        cual: {f.id: f for f in indicadores(session, cual, ids=sorted(suyos))}
        for cual, suyos in sorted(por_anio.items())
    }
    return fichas, de_otros


def historia(session: Session, *, anio: int, mes: int, ids: Sequence[int]) -> dict[int, list[Punto]]:
    """Por indicador, sus cierres del más viejo al más nuevo, hasta el mes del corte."""
    fichas, de_otros = fichas_por_anio(session, anio, ids)
    puntos: dict[int, list[Punto]] = {identidad: [] for identidad in ids}
    for cual, suyas in fichas.items():
        reglas = bandas(session, cual)
        ventanas = ventanas_cerradas(session, cual, ClaseCaptura.INDICADORES, "trimestre")
        for identidad in ids:
            ficha = suyas.get(identidad if cual == anio else de_otros[identidad].get(cual, 0))
            if ficha is not None:
                suyas_cerradas = ventanas.de(ficha.dependencia_id)
                puntos[identidad] += _del_anio(
                    ficha, cual, mes if cual == anio else 12, suyas_cerradas, reglas
                )
    return puntos


def _del_anio(
    ficha: FichaIndicador, anio: int, hasta: int, ventanas: frozenset[int], reglas: tuple[Banda, ...]
) -> list[Punto]:
    puntos = []
    for t in cierres(ficha.frecuencia, hasta):
        corte = Corte(anio, 3 * t)
        puntos.append(punto(evaluar_indicador(ficha.evaluable(corte.mes, ventanas), corte, reglas), anio, t))
    return puntos


def nombres(session: Session, ids: Sequence[int]) -> dict[int, Punto]:
    """Nombre y unidad de cada indicador, en el orden pedido."""
    i = tabla(Indicador).c
    filas = {
        f.id: {"nombre": f.nombre, "unidad": f.unidad}
        for f in session.execute(select(i.id, i.nombre, i.unidad).where(i.id.in_(ids)))
    }
    return {identidad: filas[identidad] for identidad in ids}
