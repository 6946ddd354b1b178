"""Conciliar con Tesorería en los dos motores: totales, identidades, cambios entre cortes y EAEPE."""

from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from db.actions.presupuesto import Renglon, guardar_eaepe
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.bitacora import Carga
from db.models.presupuesto import ClasificacionEaepe, Dimension, ResumenPresupuesto
from db.queries import conciliacion
from db.queries.cambios_presupuesto import cambios, versiones
from db.queries.cotejo_eaepe import eaepe_contra_claves
from db.queries.eaepe import estado
from db.queries.presupuesto import MOMENTOS
from db.queries.presupuesto_version import diferencias
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar
from tests.db.test_presupuesto import clave, guardar

TESORERIA = actor(Rol.TESORERIA)
UNA, OTRA = clave("010204010101", "1131"), clave("010204010102", "6141")
EN_ORDEN = [
    (0, 1, 100_00, 0, 0, 90_00, 80_00, 70_00, 60_00),
    (0, 2, 100_00, 50_00, 0, 10_00, 10_00, 5_00, 5_00),
    (1, 1, 500_01, 0, 100_00, 0, 0, 0, 0),
]


def _corte(claves: list[Any], filas: list[tuple[int, ...]]) -> int:
    with writing(TESORERIA) as session:
        corte = guardar(session, claves, filas, ente_id=1)
        assert corte.id is not None
        return corte.id


def _fundar() -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)


def _sumas() -> dict[str, dict[str, Any]]:
    with reading() as session:
        detalles = conciliacion.detalle(session, anio=ANIO)
        (unico,) = conciliacion.cuadres(session, anio=ANIO, detalles=detalles)
    return {s["que"]: s for s in unico["sumas"]}


def test_cada_suma_iguala_el_total_de_control_al_centavo(base: str) -> None:
    _fundar()
    _corte([UNA, OTRA], EN_ORDEN)
    sumas = _sumas()
    assert len(sumas) == 9 and all(s["cuadra"] for s in sumas.values())
    assert {s["suma"]["modificado"] for s in sumas.values()} == {650_01}
    assert sumas["detalle"]["codigos"] == 2 and sumas["capitulo"]["codigos"] == 2


def test_un_centavo_cambiado_en_un_resumen_se_nombra(base: str) -> None:
    _fundar()
    _corte([UNA, OTRA], EN_ORDEN)
    r = tabla(ResumenPresupuesto)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(
            update(r)
            .where(r.c.dimension == Dimension.CAPITULO, r.c.codigo == "1000", r.c.mes == 1)
            .values(devengado=80_01)
        )
    malas = {que: s["dicho"] for que, s in _sumas().items() if not s["cuadra"]}
    assert malas == {"capitulo": "difiere $0.01 en devengado"}


def test_el_dinero_sin_codigo_o_fuera_del_catalogo_se_cuenta(base: str) -> None:
    _fundar()
    _corte([UNA, clave("999999999999", "6141")], EN_ORDEN)
    sumas = _sumas()
    assert (sumas["proyecto"]["fuera"], sumas["proyecto"]["codigos_fuera"]) == (400_01, ["999999999999"])
    assert sumas["proyecto"]["cuadra"] and not sumas["dependencia_general"]["fuera"]


def test_las_identidades_rotas_traen_clave_importe_y_mes(base: str) -> None:
    _fundar()
    filas = [
        (0, 1, 100_00, 0, 0, 90_00, 80_00, 70_00, 60_00),
        (0, 3, 0, 0, 0, 0, -5_00, 0, 0),
        (1, 1, 10_00, 0, 0, 30_00, 30_00, 0, 0),
        (1, 12, 0, 0, 0, 0, -1_00, 0, 0),
    ]
    _corte([UNA, OTRA], filas)
    with reading() as session:
        hallado = conciliacion.identidades(session, anio=ANIO, mes=6)
    assert hallado["claves"] == 2
    assert [(r["clave"], r["mensaje"], r["importe"]) for r in hallado["renglones"]] == [
        (OTRA.clave, "comprometido ($30.00) es mayor que modificado ($10.00)", 20_00),
        (UNA.clave, "devengado acumulado baja $5.00 en marzo", -5_00),
    ]
    assert hallado["renglones"][0]["partida"] == "6141"


def test_los_cambios_entre_dos_cortes_son_los_de_la_comparacion_entera(base: str) -> None:
    _fundar()
    nueva, se_va = clave("010204010101", "2111"), clave("010204010101", "3111")
    antes = _corte([UNA, OTRA, se_va], [*EN_ORDEN, (2, 1, 7_00, 0, 0, 0, 0, 0, 0)])
    mas = (0, 2, 100_00, 60_00, 0, 10_00, 10_00, 5_00, 5_00)
    despues = _corte([UNA, OTRA, nueva], [EN_ORDEN[0], mas, EN_ORDEN[2], (2, 1, 3_00, 0, 0, 0, 0, 0, 0)])
    with reading() as session:
        hallado = cambios(session, anio=ANIO, ente_id=1, antes=antes, despues=despues)
        entera = diferencias(session, antes, despues)
        assert cambios(session, anio=ANIO, ente_id=2, antes=antes, despues=despues) is None
        mismo = cambios(session, anio=ANIO, ente_id=1, antes=antes, despues=antes)
        assert mismo is not None and (mismo["tipos"], mismo["renglones"]) == ({}, [])
        assert [v["id"] for v in versiones(session, anio=ANIO, ente_id=1)] == [despues, antes]
    assert hallado is not None and hallado["totales"] == entera.totales
    assert hallado["tipos"] == {"nueva": 1, "desaparece": 1, "cambia": 1}
    por_tipo = {r["tipo"]: r for r in hallado["renglones"]}
    assert [por_tipo["nueva"]["clave"]] == entera.nuevas
    assert [por_tipo["desaparece"]["clave"]] == entera.desaparecen
    ((cual, a, d),) = entera.cambian
    assert (por_tipo["cambia"]["clave"], [por_tipo["cambia"][m] for m in MOMENTOS]) == (
        cual,
        list(zip(a, d, strict=True)),
    )
    assert por_tipo["cambia"]["modificado"] == (250_00, 260_00)
    assert [r["tipo"] for r in hallado["renglones"]] == ["cambia", "desaparece", "nueva"]


def test_los_cambios_van_por_paginas_sin_repetir_ni_perder(base: str) -> None:
    _fundar()
    claves = [clave("010204010101", str(1000 + n)) for n in range(7)]
    antes = _corte(claves, [(n, 1, 1_00, 0, 0, 0, 0, 0, 0) for n in range(7)])
    despues = _corte(claves, [(n, 1, (n + 2) * 1_00, 0, 0, 0, 0, 0, 0) for n in range(7)])
    donde = {"anio": ANIO, "ente_id": 1, "antes": antes, "despues": despues, "por_pagina": 3}
    vistas = []
    with reading() as session:
        for pagina in range(3):
            hallado = cambios(session, pagina=pagina, **donde)
            assert hallado is not None
            vistas += [r["clave"] for r in hallado["renglones"]]
    assert vistas == [c.clave for c in reversed(claves)]


def _cargar_eaepe(session: Session, cual: ClasificacionEaepe, renglones: list[Renglon], mes: int = 2) -> None:
    carga = Carga(
        formato="eaepe", archivo="e.xlsx", sha256="cd" * 32, tamano=1, autor="x", cargada_en=ahora()
    )
    session.add(carga)
    session.flush()
    guardar_eaepe(
        session,
        TESORERIA,
        ente_id=1,
        anio=ANIO,
        mes=mes,
        clasificacion=cual,
        carga=carga,
        renglones=renglones,
        archivo="e.xlsx",
        sha256="cd" * 32,
    )


def test_el_eaepe_se_compara_con_las_claves_a_su_mes(base: str) -> None:
    _fundar()
    _corte([UNA, OTRA], EN_ORDEN)
    with writing(TESORERIA) as session:
        renglones = [
            Renglon("Servicios personales", 200_00, 50_00, 250_00, 90_00, 65_00, 160_00, clave="1000"),
            Renglon("Inversión pública", 500_00, -100_00, 400_00, 2_00, 0, 398_00, clave="6000"),
        ]
        _cargar_eaepe(session, ClasificacionEaepe.OBJETO_GASTO, renglones)
        _cargar_eaepe(
            session,
            ClasificacionEaepe.ADMINISTRATIVA,
            [Renglon("DEPENDENCIA A00", 700_01, -50_00, 650_01, 90_00, 65_00, 560_01)],
        )
    with reading() as session:
        renglones_ = {(r["por"], r["codigo"]): r for r in eaepe_contra_claves(session, anio=ANIO)}
    assert renglones_["capitulo", "1000"]["cuadra"]
    distinto = renglones_["capitulo", "6000"]
    assert not distinto["cuadra"] and distinto["mayor"] == 2_00
    assert distinto["diferencia"] == {"aprobado": -1, "modificado": -1, "devengado": 2_00, "pagado": 0}
    assert renglones_["dependencia", "A00"]["cuadra"]


def test_sin_claves_el_estado_sale_del_archivo_y_dice_que_cambio(base: str) -> None:
    _fundar()
    with writing(TESORERIA) as session:
        for mes, devengado in ((3, 40_00), (6, 90_00)):
            renglon = Renglon("Presidencia", 200_00, 0, 200_00, devengado, 0, 200_00 - devengado)
            _cargar_eaepe(session, ClasificacionEaepe.ADMINISTRATIVA, [renglon], mes)
    with reading() as session:
        vigente = estado(session, anio=ANIO, mes=None, ente_id=1, clasificacion="administrativa")
        anterior = estado(session, anio=ANIO, mes=3, ente_id=1, clasificacion="administrativa")
        ninguno = estado(session, anio=ANIO, mes=3, ente_id=1, clasificacion="funcional")
    assert (vigente["mes"], vigente["total"]["devengado"], vigente["origen"]) == (6, 90_00, "archivo")
    assert vigente["previo"]["por_renglon"]["Presidencia"]["devengado"] == 40_00
    assert (anterior["mes"], anterior["total"]["devengado"], anterior["previo"]) == (3, 40_00, None)
    assert ninguno["renglones"] == []


def test_el_estado_calculado_de_las_claves_suma_lo_mismo_en_sus_cinco_clasificaciones(base: str) -> None:
    _fundar()
    _corte([UNA, OTRA], EN_ORDEN)
    with reading() as session:
        for cual in ClasificacionEaepe:
            hallado = estado(session, anio=ANIO, mes=1, ente_id=1, clasificacion=cual.value)
            assert hallado["origen"] == "claves" and hallado["faltas"] == []
            assert hallado["total"] == {
                "aprobado": 700_01,
                "ampliaciones_reducciones": -100_00,
                "modificado": 600_01,
                "devengado": 80_00,
                "pagado": 60_00,
                "subejercicio": 520_01,
            }


def test_el_dinero_sin_plan_se_resume(base: str) -> None:
    _fundar()
    _corte([UNA, clave("010101010101", "6141")], EN_ORDEN)
    with reading() as session:
        plan = conciliacion.plan(session, anio=ANIO, mes=2)
    assert plan["con_plan"] + plan["propuesto"] + plan["sin_plan"] == plan["total"] == 650_01
    assert plan["proyectos_sin_plan"] == 2 and plan["lineas_sin_dinero"] == 2
