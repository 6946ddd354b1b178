"""Presupuesto en integración: techos y partidas, mientras la etapa esté abierta.

Abrir está en `anteproyecto_apertura`; firmar y cerrar, en `anteproyecto_cierre`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from db.actions.cargas import Cuenta
from db.actions.idempotencia import exigir_firma
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.anteproyecto import (
    EstadoEtapa,
    EtapaPresupuesto,
    PartidaPropuesta,
    TechoPresupuesto,
)
from db.models.catalogo import NombreCatalogo
from db.models.estructura import Dependencia, NivelDependencia
from db.models.programas import Proyecto
from db.queries import anteproyecto as lee
from db.queries.anteproyecto_revision import catalogo
from db.rules.anteproyecto import MAXIMO, MESES, NOMBRE_ETAPA, Propuesta, fuente_valida, partida_valida
from db.rules.permisos import Accion, Actor, Objeto, exigir
from db.rules.problema import Problema

Lugar = tuple[int, int]
"""Dependencia auxiliar y proyecto."""


def etapa_abierta(session: Session, etapa_id: int) -> EtapaPresupuesto:
    """La etapa, apartada para escribir. Problema si no existe o ya se cerró: lo cerrado no cambia."""
    consulta = sqlmodel_select(EtapaPresupuesto).where(EtapaPresupuesto.id == etapa_id).with_for_update()
    etapa = session.exec(consulta).first()
    if etapa is None:
        raise Problema("Esa etapa del presupuesto no existe.", "Vuelva a abrir la pantalla.")
    if etapa.estado is EstadoEtapa.CERRADA:
        raise Problema(
            f"{NOMBRE_ETAPA[etapa.etapa.value]} {etapa.anio} ya está cerrado: no se puede cambiar.",
            "Trabaje en la etapa siguiente.",
        )
    return etapa


def fijar_techos(
    session: Session,
    actor: Actor,
    *,
    etapa_id: int,
    techos: Mapping[tuple[int, str], int | None],
    firma: str,
) -> None:
    """Deja los techos indicados, (dependencia general, capítulo) → centavos; None quita el suyo.

    `firma` es la huella de los techos con que se abrió el formulario. Problema si un importe no cabe, si la
    dependencia no es general del ente o si los capítulos suman más que el total; Conflicto si cambiaron.
    """
    etapa = etapa_abierta(session, etapa_id)
    exigir(actor, Accion.FIJAR_TECHOS, Objeto(etapa.ente_id))
    actuales = lee.techos(session, etapa_id)
    exigir_firma(lee.huella_de_techos(actuales), firma)
    generales = {g["id"]: g["clave"] for g in lee.generales(session, ente_id=etapa.ente_id)}
    for (dependencia_id, _), importe in techos.items():
        if dependencia_id not in generales or (importe is not None and not 0 <= importe < MAXIMO):
            raise Problema("Ese techo no se puede fijar.", "Revise la dependencia y el importe.")
    quedan = {k: t for k, t in {**actuales, **techos}.items() if t is not None}
    for dependencia_id in {d for d, _ in techos}:
        partes = sum(t for (d, capitulo), t in quedan.items() if d == dependencia_id and capitulo)
        total = quedan.get((dependencia_id, ""))
        if partes and (total is None or partes > total):
            raise Problema(
                f"Los techos por capítulo de {generales[dependencia_id]} suman más que su techo total.",
                "Suba el total o baje los capítulos.",
            )
    consulta = sqlmodel_select(TechoPresupuesto).where(TechoPresupuesto.etapa_id == etapa_id)
    puestos = {(t.dependencia_id, t.capitulo): t for t in session.exec(consulta)}
    for (dependencia_id, capitulo), importe in techos.items():
        puesto = puestos.get((dependencia_id, capitulo))
        if importe is None:
            if puesto is not None:
                session.delete(puesto)
            continue
        techo = puesto or TechoPresupuesto(
            etapa_id=etapa_id, dependencia_id=dependencia_id, capitulo=capitulo
        )
        techo.importe = importe
        session.add(techo)


def objeto_de(session: Session, ente_id: int, auxiliar_id: int) -> Objeto:
    """A quién pertenece lo de una auxiliar: ella y su general. Problema si no es auxiliar del ente."""
    d = tabla(Dependencia).c
    fila = session.execute(select(d.ente_id, d.padre_id, d.nivel).where(d.id == auxiliar_id)).first()
    if fila is None or fila.ente_id != ente_id or fila.nivel is not NivelDependencia.AUXILIAR:
        raise Problema("Esa dependencia auxiliar no existe.", "Elija otra de la lista.")
    return Objeto(ente_id, frozenset({auxiliar_id, fila.padre_id}))


def guardar_partidas(
    session: Session,
    actor: Actor,
    *,
    etapa_id: int,
    auxiliar_id: int,
    proyecto_id: int,
    propuestas: Sequence[Propuesta],
    firma: str,
) -> None:
    """Deja las partidas de un proyecto en una auxiliar como se piden; las que no vienen se quitan.

    `firma` es la huella de lo que había al abrir. SinPermiso, Conflicto, o Problema si la etapa se cerró, si
    una partida o fuente no existe, o si se repite.
    """
    etapa = etapa_abierta(session, etapa_id)
    exigir(actor, Accion.EDITAR_ANTEPROYECTO, objeto_de(session, etapa.ente_id, auxiliar_id))
    y = tabla(Proyecto).c
    if session.execute(select(y.anio).where(y.id == proyecto_id)).scalar() != etapa.anio:
        raise Problema(f"Ese proyecto no es de {etapa.anio}.", "Elija otro de la lista.")
    guardadas = lee.partidas(session, etapa_id, auxiliar_id=auxiliar_id, proyecto_id=proyecto_id)
    exigir_firma(lee.huella_de(guardadas), firma)
    exigir_catalogo(session, propuestas)
    consulta = sqlmodel_select(PartidaPropuesta).where(
        PartidaPropuesta.etapa_id == etapa_id,
        PartidaPropuesta.dependencia_id == auxiliar_id,
        col(PartidaPropuesta.proyecto_id) == proyecto_id,
    )
    previas = {(p.fuente, p.partida): p for p in session.exec(consulta)}
    for propuesta in propuestas:
        partida = previas.pop((propuesta.fuente, propuesta.partida), None) or PartidaPropuesta(
            etapa_id=etapa_id,
            dependencia_id=auxiliar_id,
            proyecto_id=proyecto_id,
            fuente=propuesta.fuente,
            partida=propuesta.partida,
        )
        for campo, valor in _valores(propuesta).items():
            setattr(partida, campo, valor)
        session.add(partida)
    for sobra in previas.values():
        session.delete(sobra)


def _valores(propuesta: Propuesta) -> Fila:
    return {
        "tipo_gasto": propuesta.tipo_gasto,
        "justificacion": propuesta.justificacion,
        **dict(zip(MESES, propuesta.meses, strict=True)),
    }


def exigir_catalogo(session: Session, propuestas: Sequence[Propuesta]) -> None:
    """Problema si alguna partida o fuente no existe, si se repite o si un importe no cabe."""
    partidas = frozenset(catalogo(session, NombreCatalogo.OBJETO_GASTO))
    fuentes = frozenset(catalogo(session, NombreCatalogo.FUENTE))
    vistas: set[tuple[str, str]] = set()
    for propuesta in propuestas:
        llave = (propuesta.fuente, propuesta.partida)
        if not partida_valida(propuesta.partida, partidas):
            raise Problema(
                f"La partida «{propuesta.partida}» no está en el Clasificador por Objeto del Gasto.",
                "Elija una de la lista: cuatro o cinco dígitos, no un capítulo ni un concepto.",
            )
        if not fuente_valida(propuesta.fuente, fuentes):
            raise Problema(
                f"La fuente «{propuesta.fuente}» no está en el Clasificador por Fuentes de Financiamiento.",
                "Elija una de la lista.",
            )
        if llave in vistas:
            raise Problema(
                f"La partida {propuesta.partida} con la fuente {propuesta.fuente} está dos veces.",
                "Junte sus importes en un renglón.",
            )
        if len(propuesta.meses) != len(MESES) or not all(0 <= mes < MAXIMO for mes in propuesta.meses):
            raise Problema(f"La partida {propuesta.partida} trae un importe imposible.", "Revise sus meses.")
        vistas.add(llave)


@dataclass(frozen=True, slots=True)
class FilaPartida:
    """Una partida de un archivo, con su lugar ya reconocido."""

    auxiliar_id: int
    proyecto_id: int
    propuesta: Propuesta


def cargar_partidas(session: Session, actor: Actor, etapa_id: int, filas: Sequence[FilaPartida]) -> Cuenta:
    """Deja cada proyecto que el archivo trae, en cada auxiliar, con las partidas del archivo y ninguna más.

    SinPermiso si algún renglón no es de su dependencia; Problema si la etapa se cerró.
    """
    etapa = etapa_abierta(session, etapa_id)
    lugares: set[Lugar] = {(fila.auxiliar_id, fila.proyecto_id) for fila in filas}
    for auxiliar_id in {auxiliar for auxiliar, _ in lugares}:
        exigir(actor, Accion.EDITAR_ANTEPROYECTO, objeto_de(session, etapa.ente_id, auxiliar_id))
    p = tabla(PartidaPropuesta)
    previas = [
        dict(fila)
        for fila in session.execute(select(p).where(p.c.etapa_id == etapa_id)).mappings()
        if (fila["dependencia_id"], fila["proyecto_id"]) in lugares
    ]
    datos: list[Fila] = [
        {
            "etapa_id": etapa_id,
            "dependencia_id": fila.auxiliar_id,
            "proyecto_id": fila.proyecto_id,
            "fuente": fila.propuesta.fuente,
            "partida": fila.propuesta.partida,
            **_valores(fila.propuesta),
        }
        for fila in filas
    ]
    llave = ("etapa_id", "dependencia_id", "proyecto_id", "fuente", "partida")
    hecho = sincronizar(
        session, PartidaPropuesta, llave, datos, previas, quitar=True, al_crear={"version": 1}
    )
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(datos), nuevas + cambian, len(hecho.iguales), nuevas, cambian, len(hecho.quitadas))
