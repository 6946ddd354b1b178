"""Un municipio mínimo para probar consultas, con cifras que se pueden calcular a mano.

Dos ejes; tres metas de suma por trimestre (10 al trimestre) y una que nadie reporta:
`m1` y `m2` sirven a la línea 1.1 (eje 1), `m3` a la 2.1 (eje 2) y `m4` no cita línea.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import Session

from db.models.actividad import AvanceMeta, CitaLinea, EstadoAvance, MetaActividad, ProgramacionMeta
from db.models.captura import ClaseCaptura, EstadoPeriodo, Periodo, Ventana
from db.models.estructura import Dependencia, NivelDependencia
from db.models.municipio import Administracion, Ejercicio, Ente, Municipio
from db.models.plan import NodoPlan, Plan
from db.models.programas import EstadoVinculo, Programa, Proyecto, VinculoPlan

ANIO = 2026


def fundar(session: Session) -> None:
    """Municipio, ente, plan de dos ejes, un programa con dos proyectos y dos dependencias."""
    session.add(Municipio(id=1, nombre="Prueba"))
    session.add(Administracion(id=1, nombre="2025-2027", inicio=date(2025, 1, 1), fin=date(2027, 12, 31)))
    session.flush()
    session.add(Ejercicio(anio=ANIO, administracion_id=1))
    session.add(Ente(id=1, clave="ayuntamiento", nombre="Ayuntamiento"))
    session.add(Plan(id=1, administracion_id=1, nombre="Plan de prueba", version_plan=1))
    session.flush()
    _nodo(session, 1, None, 1, "1", "Eje uno")
    _nodo(session, 2, 1, 2, "L1.1", "Línea uno")
    _nodo(session, 3, None, 1, "2", "Eje dos")
    _nodo(session, 4, 3, 2, "L2.1", "Línea dos")
    session.add(
        Programa(id=1, anio=ANIO, clave="01020401", nombre="Derechos humanos", busqueda="derechos humanos")
    )
    session.flush()
    for numero in (1, 2):
        session.add(
            Proyecto(id=numero, anio=ANIO, programa_id=1, clave=f"01020401010{numero}", nombre="Proyecto")
        )
    for clave, numero in (("A00", 1), ("B00", 2)):
        session.add(_dependencia(numero, None, NivelDependencia.GENERAL, clave))
        session.flush()
        session.add(_dependencia(numero + 10, numero, NivelDependencia.AUXILIAR, "100"))
    session.flush()
    for numero, proyecto, dependencia, nodo in (
        (1, 1, 11, 2),
        (2, 1, 11, 2),
        (3, 2, 12, 4),
        (4, 2, 12, None),
    ):
        _meta(session, numero, proyecto, dependencia, nodo)


def _nodo(session: Session, numero: int, padre: int | None, nivel: int, clave: str, nombre: str) -> None:
    session.add(
        NodoPlan(
            id=numero,
            plan_id=1,
            padre_id=padre,
            nivel=nivel,
            clave=clave,
            nombre=nombre,
            orden=numero,
            busqueda=f"{clave} {nombre}".lower().replace("í", "i"),
        )
    )
    session.flush()


def _dependencia(numero: int, padre: int | None, nivel: NivelDependencia, clave: str) -> Dependencia:
    return Dependencia(
        id=numero, ente_id=1, padre_id=padre, nivel=nivel, clave=clave, nombre=f"Dependencia {clave}"
    )


def _meta(session: Session, numero: int, proyecto: int, dependencia: int, nodo: int | None) -> None:
    session.add(
        MetaActividad(
            id=numero,
            anio=ANIO,
            ente_id=1,
            proyecto_id=proyecto,
            dependencia_id=dependencia,
            numero=numero,
            nombre=f"Meta {numero}",
            unidad="Acción",
            busqueda=f"meta {numero}",
        )
    )
    session.flush()
    for mes in (3, 6, 9, 12):
        session.add(ProgramacionMeta(meta_id=numero, mes=mes, cantidad=Decimal(10)))
    if nodo is not None:
        session.add(CitaLinea(meta_id=numero, nodo_id=nodo))


def avance(session: Session, meta: int, mes: int, alcanzado: int, *, validado: bool = True) -> None:
    """Un avance oficial, o uno por validar."""
    session.add(
        AvanceMeta(
            meta_id=meta,
            mes=mes,
            alcanzado=Decimal(alcanzado),
            capturo="enlace",
            capturado_en=datetime(2026, mes, 28, tzinfo=UTC),
            estado=EstadoAvance.VALIDADO if validado else EstadoAvance.EN_REVISION,
            valido="planeacion" if validado else "",
        )
    )


def cerrar(session: Session, mes: int) -> None:
    """Cierra el periodo y su ventana de captura."""
    session.add(
        Periodo(
            anio=ANIO, mes=mes, estado=EstadoPeriodo.CERRADO, cerrado_en=datetime(2026, mes, 28, tzinfo=UTC)
        )
    )
    for clase in (ClaseCaptura.ACTIVIDADES, ClaseCaptura.INDICADORES):
        session.add(
            Ventana(
                anio=ANIO,
                mes=mes,
                clase=clase,
                abre=datetime(2026, mes, 20, tzinfo=UTC),
                cierra=datetime(2026, mes, 28, tzinfo=UTC),
            )
        )


def vincular(session: Session, proyecto: int, nodo: int, parte: str) -> None:
    """Vincula un proyecto con un nodo, con su parte aceptada."""
    session.add(
        VinculoPlan(
            ente_id=1,
            proyecto_id=proyecto,
            nodo_id=nodo,
            participacion=Decimal(parte),
            estado=EstadoVinculo.ACEPTADO,
        )
    )
