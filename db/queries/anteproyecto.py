"""El presupuesto en integración que se lee: etapas, partidas, techos, firmas y totales, en centavos."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.anteproyecto import (
    EtapaPresupuesto,
    FirmaPresupuesto,
    NombreEtapa,
    PartidaPropuesta,
    TechoPresupuesto,
)
from db.models.estructura import Dependencia, NivelDependencia
from db.models.programas import Proyecto, ProyectoEjecutado
from db.rules.anteproyecto import ETAPAS, MESES, NOMBRE_ETAPA, PAPELES, capitulo_de, huella

Renglon = dict[str, Any]

VIGENTE, CAMBIO, PENDIENTE = "vigente", "cambio", "pendiente"
"""De una firma: vale, dejó de valer porque lo firmado cambió, o no se ha puesto."""


def etapas(session: Session, *, ente_id: int) -> list[Renglon]:
    """Las etapas del ente, del año más nuevo al más viejo y cada año en su orden."""
    e = tabla(EtapaPresupuesto)
    filas = session.execute(select(e).where(e.c.ente_id == ente_id)).mappings()
    lista = [
        {
            **fila,
            "etapa": fila["etapa"].value,
            "estado": fila["estado"].value,
            "nombre": NOMBRE_ETAPA[fila["etapa"].value],
        }
        for fila in filas
    ]
    return sorted(lista, key=lambda f: (-f["anio"], ETAPAS.index(f["etapa"])))


def etapa_de(session: Session, anio: int, ente_id: int, nombre: str) -> Any | None:
    """El renglón de una etapa, o None."""
    e = tabla(EtapaPresupuesto)
    donde = (e.c.anio == anio, e.c.ente_id == ente_id, e.c.etapa == NombreEtapa(nombre))
    return session.execute(select(e).where(*donde)).first()


def partidas(
    session: Session,
    etapa_id: int,
    *,
    general_id: int | None = None,
    auxiliar_id: int | None = None,
    proyecto_id: int | None = None,
) -> list[Renglon]:
    """Las partidas propuestas con las claves de su lugar, en orden de lugar, partida y fuente."""
    p, d, y = tabla(PartidaPropuesta), tabla(Dependencia), tabla(Proyecto)
    madre = d.alias("madre")
    consulta = (
        select(
            p,
            madre.c.id.label("general_id"),
            madre.c.clave.label("general"),
            d.c.clave.label("auxiliar"),
            d.c.nombre.label("auxiliar_nombre"),
            y.c.clave.label("proyecto"),
            y.c.nombre.label("proyecto_nombre"),
        )
        .join(d, d.c.id == p.c.dependencia_id)
        .join(madre, madre.c.id == d.c.padre_id)
        .join(y, y.c.id == p.c.proyecto_id)
        .where(p.c.etapa_id == etapa_id)
    )
    for columna, valor in (
        (madre.c.id, general_id),
        (p.c.dependencia_id, auxiliar_id),
        (p.c.proyecto_id, proyecto_id),
    ):
        if valor is not None:
            consulta = consulta.where(columna == valor)
    orden = (madre.c.clave, d.c.clave, y.c.clave, p.c.partida, p.c.fuente)
    filas = [dict(fila) for fila in session.execute(consulta.order_by(*orden)).mappings()]
    for fila in filas:
        fila["meses"] = tuple(fila[mes] for mes in MESES)
        fila["anual"] = sum(fila["meses"])
    return filas


def techos(session: Session, etapa_id: int) -> dict[tuple[int, str], int]:
    """(dependencia general, capítulo) → centavos; capítulo vacío es el total."""
    t = tabla(TechoPresupuesto).c
    filas = session.execute(select(t.dependencia_id, t.capitulo, t.importe).where(t.etapa_id == etapa_id))
    return {(fila.dependencia_id, fila.capitulo): fila.importe for fila in filas}


def contenido(filas: Iterable[Mapping[str, Any]]) -> list[list[object]]:
    """De cada partida, lo que se firma y se congela: su lugar, su fuente, sus meses y su justificación."""
    campos = ("general", "auxiliar", "proyecto", "fuente", "partida", "tipo_gasto", "justificacion")
    return [[*(fila[campo] for campo in campos), *fila["meses"]] for fila in filas]


def huella_de(filas: Iterable[Mapping[str, Any]]) -> str:
    """sha256 de unas partidas; cambia si cambia cualquiera de ellas."""
    return huella(contenido(filas))


def huella_de_la_etapa(filas: Sequence[Mapping[str, Any]], de_techos: Mapping[tuple[int, str], int]) -> str:
    """sha256 de todas las partidas y los techos: lo que se congela al cerrar."""
    return huella([*contenido(filas), *(["techo", *llave, monto] for llave, monto in de_techos.items())])


def huella_de_techos(de_techos: Mapping[tuple[int, str], int]) -> str:
    """sha256 de los techos: la versión con que se abrió su formulario."""
    return huella(["techo", *llave, monto] for llave, monto in de_techos.items())


def por_capitulo(filas: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Capítulo → centavos del año."""
    montos: dict[str, int] = defaultdict(int)
    for fila in filas:
        montos[capitulo_de(fila["partida"])] += fila["anual"]
    return dict(sorted(montos.items()))


def firmas(session: Session, etapa_id: int, actuales: Mapping[int, str]) -> dict[int, dict[str, Renglon]]:
    """Dependencia general → papel → última firma, con su vigencia frente a la huella de ahora."""
    f = tabla(FirmaPresupuesto)
    filas = session.execute(select(f).where(f.c.etapa_id == etapa_id).order_by(f.c.id)).mappings()
    puestas: dict[int, dict[str, Renglon]] = defaultdict(dict)
    for fila in filas:
        vigencia = VIGENTE if fila["huella"] == actuales.get(fila["dependencia_id"]) else CAMBIO
        puestas[fila["dependencia_id"]][fila["papel"]] = {**fila, "vigencia": vigencia}
    return dict(puestas)


def completa(suyas: Mapping[str, Mapping[str, Any]]) -> bool:
    """¿Están las tres firmas y todas valen?"""
    return all(papel in suyas and suyas[papel]["vigencia"] == VIGENTE for papel in PAPELES)


def generales(session: Session, *, ente_id: int) -> list[Renglon]:
    """Las dependencias generales activas del ente, por clave, con sus auxiliares."""
    d = tabla(Dependencia).c
    consulta = select(d.id, d.padre_id, d.nivel, d.clave, d.nombre).where(d.ente_id == ente_id, d.activa)
    filas = [fila._asdict() for fila in session.execute(consulta.order_by(d.clave))]
    campos = ("id", "clave", "nombre")
    return [
        {
            **{campo: general[campo] for campo in campos},
            "auxiliares": [{c: f[c] for c in campos} for f in filas if f["padre_id"] == general["id"]],
        }
        for general in filas
        if general["nivel"] is NivelDependencia.GENERAL
    ]


def que_ejecutan(session: Session, anio: int, ente_id: int) -> list[Any]:
    """Proyectos ejecutados (PbRM-01a) del año: (auxiliar, proyecto), sin repetir por área."""
    x, y = tabla(ProyectoEjecutado), tabla(Proyecto)
    consulta = (
        select(x.c.dependencia_id, x.c.proyecto_id, y.c.clave, y.c.nombre)
        .join(y, y.c.id == x.c.proyecto_id)
        .where(x.c.ente_id == ente_id, y.c.anio == anio)
        .distinct()
        .order_by(y.c.clave)
    )
    return list(session.execute(consulta))
