"""El presupuesto guardado: versiones, resúmenes, deshacer e identidades, en los dos motores."""

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.presupuesto import Clave, Movimientos, deshacer_corte, guardar_corte
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.bitacora import Bitacora, Carga
from db.models.municipio import Ente
from db.models.presupuesto import (
    ClavePresupuestaria,
    CortePresupuesto,
    Dimension,
    MovimientoPresupuesto,
    ResumenPresupuesto,
)
from db.rules.permisos import Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor

TESORERIA = actor(Rol.TESORERIA)
ANIO = 2026


def ente(session: Session, clave: str = "ayuntamiento") -> int:
    hallado = session.execute(select(tabla(Ente).c.id).where(tabla(Ente).c.clave == clave)).scalar()
    if hallado is not None:
        return int(hallado)
    nuevo = Ente(clave=clave, nombre=clave)
    session.add(nuevo)
    session.flush()
    assert nuevo.id is not None
    return nuevo.id


def clave(proyecto: str = "010502050101", partida: str = "1131", auxiliar: str = "100") -> Clave:
    return Clave(
        clave=f"A00-{auxiliar}-{proyecto}-110101-{partida}-1",
        dependencia_general="A00",
        dependencia_auxiliar=auxiliar,
        proyecto=proyecto,
        fuente="110101",
        partida=partida,
        tipo_gasto="1",
    )


def movimientos(filas: list[tuple[int, ...]]) -> Movimientos:
    return Movimientos(*(list(columna) for columna in zip(*filas, strict=True)))


def guardar(
    session: Session, claves: list[Clave], filas: list[tuple[int, ...]], ente_id: int | None = None
) -> CortePresupuesto:
    carga = Carga(
        formato="presupuesto", archivo="p.xlsx", sha256="ab" * 32, tamano=1, autor="x", cargada_en=ahora()
    )
    session.add(carga)
    session.flush()
    return guardar_corte(
        session,
        TESORERIA,
        ente_id=ente(session) if ente_id is None else ente_id,
        anio=ANIO,
        carga=carga,
        claves=claves,
        movimientos=movimientos(filas),
        archivo="p.xlsx",
        sha256="ab" * 32,
    )


DOS_CLAVES = [clave(), clave(proyecto="020101010101", partida="6141", auxiliar="124")]
FILAS = [
    (0, 1, 100_00, 0, 0, 90_00, 80_00, 70_00, 60_00),
    (0, 2, 100_00, 50_00, 0, 0, 10_00, 0, 0),
    (1, 1, 500_01, 0, 100_00, 0, 0, 0, 0),
    (1, 12, 300_00, 0, 0, 0, 0, 0, 0),
]


def test_un_corte_guarda_movimientos_resumenes_y_un_renglon_de_bitacora(base: str) -> None:
    with writing(TESORERIA) as session:
        ente(session)
    with writing(TESORERIA) as session:
        corte = guardar(session, DOS_CLAVES, FILAS)
    assert (corte.numero, corte.mes, corte.vigente) == (1, 2, True)
    assert corte.totales["aprobado"] == 1000_01
    with reading() as session:
        r = tabla(ResumenPresupuesto).c
        total = session.execute(
            select(r.mes, r.claves, r.aprobado).where(r.dimension == Dimension.TOTAL).order_by(r.mes)
        ).all()
        assert [tuple(fila) for fila in total] == [(1, 2, 600_01), (2, 1, 100_00), (12, 1, 300_00)]
        codigos = set(session.execute(select(r.dimension, r.codigo)).all())
        assert {
            (Dimension.PROGRAMA, "01050205"),
            (Dimension.DEPENDENCIA_AUXILIAR, "A00-124"),
            (Dimension.CAPITULO, "6000"),
            (Dimension.DEPENDENCIA_GENERAL, "A00"),
            (Dimension.TOTAL, ""),
        } <= {tuple(fila) for fila in codigos}
        renglones = session.execute(
            select(Bitacora.cuerpo).where(Bitacora.entidad == "corte_presupuesto")
        ).scalars()
        (cuerpo,) = renglones
        assert "ab" * 32 in cuerpo and '"aprobado":100001' in cuerpo


def test_la_segunda_carga_es_otra_version_y_la_primera_se_conserva(base: str) -> None:
    with writing(TESORERIA) as session:
        primero = guardar(session, DOS_CLAVES, FILAS)
    with writing(TESORERIA) as session:
        segundo = guardar(session, DOS_CLAVES[:1], FILAS[:2])
    with reading() as session:
        vigencias = session.execute(
            select(CortePresupuesto.numero, CortePresupuesto.vigente).order_by(CortePresupuesto.numero)
        ).all()
        assert [tuple(fila) for fila in vigencias] == [(1, False), (2, True)]
        m = tabla(MovimientoPresupuesto).c
        cuenta = dict(session.execute(select(m.corte_id, func.count()).group_by(m.corte_id)).all())
        assert cuenta == {primero.id: 4, segundo.id: 2}


def test_sin_el_rol_de_tesoreria_no_se_guarda(base: str) -> None:
    with pytest.raises(SinPermiso), writing(actor(Rol.PLANEACION)) as session:
        guardar_corte(
            session,
            actor(Rol.PLANEACION),
            ente_id=1,
            anio=ANIO,
            carga=Carga(formato="x", archivo="", sha256="", tamano=0, autor="", cargada_en=ahora()),
            claves=[],
            movimientos=movimientos(FILAS),
            archivo="",
            sha256="",
        )


def test_un_importe_con_decimales_no_entra() -> None:
    with pytest.raises(TypeError):
        Movimientos(*([1],) * 2, np.array([1.5]), *([0],) * 6).totales()  # type: ignore[arg-type]


def _huella(session: Session) -> list[object]:
    modelos = (ClavePresupuestaria, CortePresupuesto, MovimientoPresupuesto, ResumenPresupuesto)
    return [sorted(map(repr, session.execute(select(tabla(modelo))).mappings().all())) for modelo in modelos]


def test_deshacer_devuelve_todo_como_estaba(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES[:1], FILAS[:2])
    with reading() as session:
        antes = _huella(session)
    with writing(TESORERIA) as session:
        corte = guardar(session, DOS_CLAVES, FILAS)
    with writing(TESORERIA) as session:
        carga = session.get(Carga, corte.carga_id)
        assert carga is not None
        deshacer_corte(session, carga)
    with reading() as session:
        assert _huella(session) == antes


def test_no_se_deshace_una_version_que_ya_tiene_otra_encima(base: str) -> None:
    with writing(TESORERIA) as session:
        primero = guardar(session, DOS_CLAVES, FILAS)
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with pytest.raises(Problema, match="versión 2"), writing(TESORERIA) as session:
        carga = session.get(Carga, primero.carga_id)
        assert carga is not None
        deshacer_corte(session, carga)


def test_una_clave_con_otros_segmentos_no_se_mezcla(base: str) -> None:
    otra = Clave(clave=DOS_CLAVES[0].clave, dependencia_general="B00")
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with pytest.raises(Problema, match="otros segmentos"), writing(TESORERIA) as session:
        guardar(session, [otra], [(0, *FILAS[0][1:])])
