"""Los fondos etiquetados de 2026: FISMDF, FORTAMUN y el estatal, con sus depósitos y sus plazos."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db.models.fondos import Fondo, Ministracion
from db.queries.matriz import Alcance, agrupar
from seed.demo.calendario import ACTUAL, HOY
from seed.demo.dinero import ESTATAL, FORTAMUN
from seed.demo.estructura import Base
from seed.demo.historias import FONDO_REZAGADO
from seed.demo.lote import insertar

FIN, PRIMER_TRIMESTRE = date(ACTUAL, 12, 31), date(ACTUAL + 1, 3, 31)
MILES = 1_000_00


@dataclass(frozen=True, slots=True)
class _Fondo:
    """Un fondo y cuándo se deposita: meses, y porcentaje de lo presupuestado que se publicó."""

    clave: str
    nombre: str
    fuente: str
    meses: range
    publicado: int
    reglas: str


FONDOS = (
    _Fondo(
        "FISMDF",
        "Fondo de Aportaciones para la Infraestructura Social Municipal",
        FONDO_REZAGADO,
        range(1, 11),
        102,
        "Obras y acciones que benefician a población en pobreza extrema, localidades con rezago social y "
        "zonas de atención prioritaria (Ley de Coordinación Fiscal, art. 33).",
    ),
    _Fondo(
        "FORTAMUN",
        "Fondo de Aportaciones para el Fortalecimiento de los Municipios",
        FORTAMUN,
        range(1, 13),
        100,
        "Obligaciones financieras, pago de derechos de agua y seguridad pública (Ley de Coordinación "
        "Fiscal, art. 37).",
    ),
    _Fondo(
        "FEFOM",
        "Fondo Estatal de Fortalecimiento Municipal",
        ESTATAL,
        range(3, 12, 2),
        100,
        "Obra pública y saneamiento financiero, según los lineamientos que publica el Estado.",
    ),
)


def crear(session: Session, base: Base) -> None:
    """Los fondos del ayuntamiento, con lo publicado cerca de lo que se presupuestó."""
    ente_id = base.entes["AYTO"]
    aprobado = {
        llave[0]: monto["aprobado"]
        for llave, monto in agrupar(session, Alcance(ACTUAL, 12, (ente_id,)), ("fuente",), {}).items()
    }
    for fondo in FONDOS:
        asignado = aprobado[fondo.fuente] * fondo.publicado // 100 // MILES * MILES
        _guardar(session, ente_id, fondo, asignado)


def _guardar(session: Session, ente_id: int, fondo: _Fondo, asignado: int) -> None:
    (fondo_id,) = insertar(
        session,
        Fondo,
        [
            {
                "anio": ACTUAL,
                "ente_id": ente_id,
                "clave": fondo.clave,
                "nombre": fondo.nombre,
                "fuente": fondo.fuente,
                "asignado": asignado,
                "limite_compromiso": FIN,
                "limite_devengo": FIN,
                "limite_pago": PRIMER_TRIMESTRE,
                "reglas": fondo.reglas,
            }
        ],
    )
    parte, sobra = divmod(asignado, len(fondo.meses))
    insertar(
        session,
        Ministracion,
        [
            {
                "fondo_id": fondo_id,
                "fecha": dia,
                "importe": parte + (sobra if mes == fondo.meses[-1] else 0),
                "documento": f"SPEI {fondo.clave}-{mes:02d}",
            }
            for mes in fondo.meses
            if (dia := _deposito(mes)) <= HOY
        ],
    )


def _deposito(mes: int) -> date:
    """Cada depósito llega el último día de su mes, o el 28 si el mes es febrero."""
    return date(ACTUAL, mes, 28 if mes == 2 else 30)
