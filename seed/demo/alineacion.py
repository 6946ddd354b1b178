"""Lo que completa la alineación: plan estatal inventado, otros pesos, relevos y documentos probatorios."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Dependencia, NivelDependencia, Titular
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.models.plan import Alineacion, JuegoPesos, Peso
from db.rules.captura import OFICIALES
from seed.demo import calendario
from seed.demo.estructura import APELLIDOS, NOMBRES, Base
from seed.demo.lote import insertar
from seed.demo.plan import Arbol

FUENTE = "Plan estatal inventado para la demostración"
ESTATAL = (
    ("1", "", "Vida digna en cada región", ("P1", "T1")),
    ("1.1", "1", "Servicios de salud y educación cerca de la gente", ()),
    ("2", "", "Trabajo y producción regional", ("P2",)),
    ("3", "", "Territorio, agua y movilidad", ("P3",)),
    ("3.1", "3", "Servicios públicos que no se interrumpen", ()),
    ("4", "", "Comunidades en paz", ("P4",)),
    ("5", "", "Gobierno cercano y en línea", ("T2", "T3")),
)
"""(clave, de cuál cuelga, nombre, ejes del plan municipal que contribuyen)."""

PESOS_DE_DICIEMBRE = {"P1": 24, "P2": 14, "P3": 24, "P4": 18, "T1": 6, "T2": 9, "T3": 5}
RELEVOS = (
    ("F00", date(2025, 5, 16)),
    ("H00", date(2025, 9, 1)),
    ("Q00", date(2024, 11, 1)),
    ("N00", date(2026, 2, 16)),
)
"""Dependencias del ayuntamiento cuyo titular no es el primero, y desde cuándo está."""

CON_AUXILIARES = "A00"
ENTE = "AYTO"
DOCUMENTADOS = 0.9
"""De cada diez resultados validados, los que citan el documento que los prueba."""


def crear(session: Session, base: Base, arbol: Arbol) -> None:
    """No mueve ninguna cifra: los pesos nuevos rigen después del corte."""
    azar = Random(calendario.SEMILLA + 6)
    _estatal(session, arbol)
    _pesos(session, arbol)
    _titulares(session, azar, base)
    _documentos(session, azar)


def _estatal(session: Session, arbol: Arbol) -> None:
    filas = [
        {
            "catalogo": NombreCatalogo.PED,
            "clave": clave,
            "padre": padre,
            "nombre": nombre,
            "orden": n,
            "fuente": FUENTE,
        }
        for n, (clave, padre, nombre, _) in enumerate(ESTATAL, start=1)
    ]
    ids = insertar(session, EntradaCatalogo, filas)
    pares = [
        {"nodo_id": arbol.ejes[eje], "entrada_id": entrada}
        for (_, _, _, ejes), entrada in zip(ESTATAL, ids, strict=True)
        for eje in ejes
    ]
    insertar(session, Alineacion, pares)


def _pesos(session: Session, arbol: Arbol) -> None:
    juego = {
        "plan_id": arbol.plan_id,
        "anio": calendario.ACTUAL,
        "mes": 12,
        "motivo": "Más peso a bienestar para el cierre del ejercicio, acordado en la tercera sesión.",
        "aprobo": "COPLADEMUN",
    }
    (juego_id,) = insertar(session, JuegoPesos, [juego])
    pesos = [
        {"juego_id": juego_id, "nodo_id": arbol.ejes[eje], "peso": Decimal(peso)}
        for eje, peso in PESOS_DE_DICIEMBRE.items()
    ]
    insertar(session, Peso, pesos)


def _titulares(session: Session, azar: Random, base: Base) -> None:
    """Quien está hoy sigue siendo la misma persona: antes hubo otra."""
    t, d = tabla(Titular).c, tabla(Dependencia).c
    usados = set(session.execute(select(t.nombre)).scalars())
    personas = [f"{n} {a} {b}" for n in NOMBRES for a in APELLIDOS for b in APELLIDOS if a != b]
    libres = [persona for persona in personas if persona not in usados]
    azar.shuffle(libres)
    filas = []
    for clave, desde in RELEVOS:
        dependencia_id = base.dependencias[ENTE, clave, ""]
        suyo = session.execute(select(t.id, t.cargo).where(t.dependencia_id == dependencia_id)).one()
        session.execute(update(tabla(Titular)).where(t.id == suyo.id).values(desde=desde))
        filas.append(
            {
                "dependencia_id": dependencia_id,
                "nombre": libres.pop(),
                "cargo": suyo.cargo,
                "desde": date(2024, 1, 1),
                "hasta": desde - timedelta(days=1),
            }
        )
    general = base.dependencias[ENTE, CON_AUXILIARES, ""]
    auxiliares = select(d.id, d.nombre).where(d.padre_id == general, d.nivel == NivelDependencia.AUXILIAR)
    for auxiliar in session.execute(auxiliares.order_by(d.clave)):
        filas.append(
            {
                "dependencia_id": auxiliar.id,
                "nombre": libres.pop(),
                "cargo": f"Titular de {auxiliar.nombre}",
                "desde": date(2024, 1, 16),
                "hasta": None,
            }
        )
    insertar(session, Titular, filas)


def _documentos(session: Session, azar: Random) -> None:
    """El oficio con que se entregó cada trimestre de un indicador; a algunos les falta."""
    a, v, i = tabla(AvanceVariable), tabla(VariableIndicador), tabla(Indicador)
    consulta = (
        select(a.c.id, a.c.trimestre, i.c.id.label("indicador"), i.c.anio)
        .join(v, v.c.id == a.c.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .where(a.c.estado.in_(OFICIALES), a.c.documento == "")
        .order_by(i.c.id, a.c.trimestre, a.c.id)
    )
    sin: dict[int, bool] = {}
    filas = []
    for fila in session.execute(consulta):
        if sin.setdefault(fila.indicador, azar.random() > DOCUMENTADOS):
            continue
        oficio = f"OF-IND-{fila.anio}-T{fila.trimestre}-{fila.indicador:04d}"
        filas.append({"v_id": fila.id, "v_documento": oficio})
    session.connection().execute(
        update(a).where(a.c.id == bindparam("v_id")).values(documento=bindparam("v_documento")), filas
    )
