"""Los ingresos de 2025 y 2026 de cada ente: lo que financia su presupuesto, con un predial que se atrasa."""

import hashlib
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from db.actions.ingresos import FilaIngreso, guardar_corte
from db.models.bitacora import Carga
from db.queries.matriz import Alcance, agrupar
from db.rules.permisos import Rol
from db.rules.reparto import repartir
from seed.demo import calendario
from seed.demo.calendario import ACTUAL
from seed.demo.dinero import ESTATAL, FORTAMUN, PARTICIPACIONES, PROPIOS
from seed.demo.estructura import Base
from seed.demo.historias import FONDO_REZAGADO

PAREJO = (1,) * 12
PREDIAL = (30, 22, 16, 6, 5, 4, 4, 3, 3, 3, 2, 2)
SIN_CIERRE = (10,) * 10 + (0, 0)
"""El FISMDF se deposita de enero a octubre."""

CONCEPTOS = {
    PROPIOS: (
        ("1201", "Impuesto predial", 52, PREDIAL, 93),
        ("1203", "Impuesto sobre adquisición de inmuebles", 17, PAREJO, 104),
        ("4301", "Derechos de agua, registro civil y licencias", 19, PAREJO, 97),
        ("5101", "Productos financieros", 3, PAREJO, 121),
        ("6101", "Multas y recargos", 9, PAREJO, 88),
    ),
    PARTICIPACIONES: (("8101", "Fondo General de Participaciones", 100, PAREJO, 100),),
    FORTAMUN: (("8202", "FORTAMUN", 100, PAREJO, 100),),
    FONDO_REZAGADO: (("8201", "FISMDF", 100, SIN_CIERRE, 100),),
    ESTATAL: (("8301", "Fondo Estatal de Fortalecimiento Municipal", 100, PAREJO, 96),),
}
"""Por fuente: clave del CRI, concepto, parte de la fuente, calendario y porcentaje recaudado."""


def crear(session: Session, base: Base) -> None:
    """Una carga por ente y año, con lo recaudado hasta el corte."""
    for anio in (ACTUAL - 1, ACTUAL):
        for ente, ente_id in base.entes.items():
            _guardar(session, base, anio, ente, ente_id)


def _guardar(session: Session, base: Base, anio: int, ente: str, ente_id: int) -> None:
    mes = calendario.MES_CORTE if anio == ACTUAL else 12
    archivo = f"ingresos_{ente.lower()}_{anio}-{mes:02d}.xlsx"
    huella = hashlib.sha256(archivo.encode()).hexdigest()
    filas = _filas(session, anio, ente_id, mes)
    actor = base.actores[Rol.TESORERIA]
    cargada = date(anio, mes + 1, 16) if mes < 12 else date(anio + 1, 1, 21)
    carga = Carga(
        formato="ingresos",
        archivo=archivo,
        sha256=huella,
        tamano=12_000 + 60 * len(filas),
        anio=anio,
        ente_id=ente_id,
        autor=actor.cuenta,
        cargada_en=calendario.local(cargada, 13),
        leidas=len(filas),
        guardadas=len(filas),
    )
    session.add(carga)
    session.flush()
    guardar_corte(
        session,
        actor,
        ente_id=ente_id,
        anio=anio,
        carga=carga,
        filas=filas,
        archivo=archivo,
        sha256=huella,
    )


def _filas(session: Session, anio: int, ente_id: int, hasta: int) -> list[FilaIngreso]:
    """Lo aprobado por fuente, repartido en sus conceptos y meses al centavo."""
    aprobado = agrupar(session, Alcance(anio, 12, (ente_id,)), ("fuente",), {})
    filas = []
    for (fuente,), monto in sorted(aprobado.items()):
        conceptos = CONCEPTOS.get(fuente, CONCEPTOS[PROPIOS])
        partes = repartir(monto["aprobado"], {clave: Decimal(parte) for clave, _, parte, _, _ in conceptos})
        for clave, concepto, _, pesos, recaudado in conceptos:
            meses = repartir(partes[clave], {f"{m:02d}": Decimal(p) for m, p in enumerate(pesos, start=1)})
            for mes in range(1, 13):
                estimado = meses[f"{mes:02d}"]
                cobrado = estimado * recaudado // 100 if mes <= hasta else 0
                filas.append(
                    FilaIngreso(clave, concepto, fuente, mes, estimado, devengado=cobrado, recaudado=cobrado)
                )
    return filas
