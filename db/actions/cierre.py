"""Cerrar y reabrir periodos: al cerrar se congela todo resultado, con su sello; nada de eso se edita."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, text
from sqlmodel import Session
from sqlmodel import select as elegir

from db.actions.hechos_avisados import avisar_periodo
from db.actions.paso_captura import CANDADO_PERIODOS
from db.audit import CANDADO_PG, ORIGEN, anotar, ultimo_sello
from db.base import ahora, tabla
from db.models.captura import AsuntoInstantanea, Cierre, EstadoPeriodo, Instantanea, Periodo
from db.queries.avance_captura import faltantes
from db.queries.avances import meses_cerrados
from db.queries.cierre import CAMPOS, meses, renglon_canonico
from db.queries.municipio import hoy
from db.queries.por_congelar import Congelado, por_congelar
from db.rules.cierre import exigir_el_ultimo, exigir_en_orden, huella_de
from db.rules.formato import fecha
from db.rules.instantanea import Juegos, compactar
from db.rules.periodo import ultimo_dia
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema


def cerrar(session: Session, actor: Actor, *, anio: int, mes: int, motivo: str = "") -> Cierre:
    """Cierra el periodo que termina en `mes` y congela sus resultados.

    SinPermiso; Problema si no es un periodo, no ha terminado, ya está cerrado, falta cerrar uno anterior, o
    falta captura y no se da el motivo de cerrar así.
    """
    exigir(actor, Accion.CERRAR_PERIODO)
    _formarse(session, CANDADO_PERIODOS)
    _exigir_terminado(session, anio, mes)
    exigir_en_orden(mes, meses(session, anio), meses_cerrados(session, anio))
    cuantos = sum(d["faltan"] for d in faltantes(session, anio=anio, mes=mes))
    if cuantos and not motivo.strip():
        raise Problema(
            f"Falta captura o validación de {cuantos:,} metas e indicadores.",
            "Para cerrar así, diga por qué; lo que falta quedará como vencido.",
            campo="motivo",
        )
    _formarse(session, CANDADO_PG)
    sello = ultimo_sello(session) or {"id": 0, "huella": ORIGEN}
    periodo = _periodo(session, anio, mes)
    periodo.estado, periodo.cerrado_en, periodo.cerro = EstadoPeriodo.CERRADO, ahora(), actor.cuenta
    session.add(periodo)
    session.flush()
    avisar_periodo(session, actor, anio, mes, abierto=False, motivo=motivo)
    return congelar(session, periodo, motivo.strip(), sello)


def congelar(session: Session, periodo: Periodo, motivo: str, sello: dict[str, Any]) -> Cierre:
    """Guarda el cierre y sus instantáneas con la huella de todas; `sello` es el último de la bitácora."""
    assert periodo.id is not None and periodo.cerrado_en is not None
    renglones = _compactos(por_congelar(session, periodo.anio, periodo.mes), (periodo.anio, periodo.mes))
    c = tabla(Cierre).c
    previos = session.execute(select(func.count()).where(c.periodo_id == periodo.id)).scalar_one()
    cierre = Cierre(
        periodo_id=periodo.id,
        numero=previos + 1,
        cerrado_en=periodo.cerrado_en,
        cerro=periodo.cerro,
        motivo=motivo,
        bitacora_id=sello["id"],
        sello=sello["huella"],
        huella=huella_de(map(renglon_canonico, renglones)),
    )
    session.add(cierre)
    session.flush()
    session.execute(
        tabla(Instantanea).insert(), [renglon | {"cierre_id": cierre.id} for renglon in renglones]
    )
    anotar(session, "congelar", "cierre", cierre.id, renglones=len(renglones), huella=cierre.huella)
    return cierre


def _compactos(congelados: Sequence[Congelado], corte: tuple[int, int]) -> list[dict[str, Any]]:
    """Los renglones como se guardan, y al final las bandas propias que nombran."""
    generales = next(c for c in congelados if c.asunto is AsuntoInstantanea.BANDAS)
    juegos = Juegos(generales.resultado["bandas"])
    renglones = [
        {campo: getattr(uno, campo) for campo in CAMPOS}
        | {"resultado": compactar(uno.resultado, juegos, corte)}
        for uno in congelados
    ]
    return renglones + [
        {
            "ente_id": None,
            "asunto": AsuntoInstantanea.BANDAS,
            "referencia": nombre,
            "nombre": "Bandas propias de indicadores",
            "resultado": {"bandas": juego},
        }
        for nombre, juego in juegos.propios.items()
    ]


def reabrir(session: Session, actor: Actor, *, anio: int, mes: int, motivo: str) -> None:
    """Abre otra vez el último periodo cerrado, con su motivo; lo congelado se conserva y se puede leer.

    SinPermiso; Problema si no está cerrado, hay uno posterior cerrado o falta el motivo.
    """
    exigir(actor, Accion.CERRAR_PERIODO)
    _formarse(session, CANDADO_PERIODOS)
    exigir_el_ultimo(mes, meses_cerrados(session, anio))
    if not motivo.strip():
        raise Problema("Falta el motivo.", "Diga por qué se reabre.", campo="motivo")
    periodo = _periodo(session, anio, mes)
    periodo.estado, periodo.cerrado_en, periodo.cerro = EstadoPeriodo.ABIERTO, None, ""
    session.add(periodo)
    anotar(session, "reabrir", "periodo", periodo.id, motivo=motivo.strip(), anio=anio, mes=mes)
    avisar_periodo(session, actor, anio, mes, abierto=True, motivo=motivo)
    session.flush()


def _exigir_terminado(session: Session, anio: int, mes: int) -> None:
    if mes not in meses(session, anio):
        raise Problema("No es un periodo de este ejercicio.", "Elija uno de la lista.")
    if hoy(session) <= ultimo_dia(anio, mes):
        raise Problema(f"El periodo termina el {fecha(ultimo_dia(anio, mes))}.", "Ciérrelo después.")


def _periodo(session: Session, anio: int, mes: int) -> Periodo:
    consulta = elegir(Periodo).where(Periodo.anio == anio, Periodo.mes == mes)
    return session.exec(consulta).first() or Periodo(anio=anio, mes=mes)


def _formarse(session: Session, candado: int) -> None:
    """En PostgreSQL toma un turno hasta confirmar; en SQLite sólo escribe uno a la vez.

    Con el de los periodos espera a quien está validando y nadie valida a medias de un cierre; con el de la
    bitácora nadie confirma otros cambios mientras se congela.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:llave)"), {"llave": candado})
