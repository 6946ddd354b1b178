"""Alinear muchos a la vez: cada liga una vez, deshacer deja todo igual, y los huecos dicen la verdad."""

from typing import Any

import pytest
from sqlalchemy import select

from db.actions.alineacion import alinear_indicadores, alinear_nodos
from db.actions.citas import citar
from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import CitaLinea
from db.models.bitacora import Bitacora
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.indicadores import Indicador
from db.models.plan import NodoPlan
from db.models.programas import VinculoPlan
from db.queries.alineacion import matriz
from db.queries.huecos import huecos
from db.queries.ligas import actividades_ligables, indicadores_ligables, nodos_ligables
from db.rules.alineacion import Hueco
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar, vincular
from tests.db.test_presupuesto import clave, guardar

PLANEACION = actor(Rol.PLANEACION)
ODS3, META34, META41, PND1, FUENTE = 1, 2, 3, 4, 5


@pytest.fixture
def mundo(base: str) -> str:
    """El mundo de prueba con un indicador en la línea 1.1, un catálogo mínimo y 150.01 pesos."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        for numero, catalogo, una, padre in (
            (ODS3, NombreCatalogo.ODS, "3", ""),
            (META34, NombreCatalogo.ODS_META, "3.4", "3"),
            (META41, NombreCatalogo.ODS_META, "4.1", "4"),
            (PND1, NombreCatalogo.PND, "1", ""),
            (FUENTE, NombreCatalogo.FUENTE, "11", ""),
        ):
            session.add(
                EntradaCatalogo(id=numero, catalogo=catalogo, clave=una, padre=padre, nombre=f"Entrada {una}")
            )
        session.add(
            Indicador(
                id=1, anio=ANIO, ente_id=1, proyecto_id=1, dependencia_id=11, nodo_id=2, nombre="Quejas"
            )
        )
    with writing(actor(Rol.TESORERIA)) as session:
        claves = [clave("010204010101"), clave("010204010102")]
        filas: list[tuple[int, ...]] = [
            (n, 1, centavos, 0, 0, 0, 0, 0, 0) for n, centavos in enumerate((10_001, 5_000))
        ]
        guardar(session, claves, filas, ente_id=1)
    return base


def faltan() -> dict[str, list[str]]:
    with reading() as session:
        return {h: [r["nombre"] for r in f["lista"]] for h, f in huecos(session, anio=ANIO, mes=3).items()}


def citas() -> set[tuple[int, int]]:
    c = tabla(CitaLinea).c
    with reading() as session:
        return {(f.meta_id, f.nodo_id) for f in session.execute(select(c.meta_id, c.nodo_id))}


def alinear(*pares: tuple[int, int], **mas: Any) -> list[tuple[int, int]]:
    with writing(PLANEACION) as session:
        return alinear_nodos(session, mas.pop("quien", PLANEACION), pares=pares, **mas)


def test_citar_muchas_es_un_solo_renglon_de_bitacora_y_se_deshace(mundo: str) -> None:
    antes = citas()
    b = tabla(Bitacora).c
    with reading() as session:
        previos = session.execute(select(b.id)).all()
    with writing(PLANEACION) as session:
        cambiaron = citar(session, PLANEACION, pares=[(1, 2), (1, 4), (4, 2), (4, 2)])
    assert cambiaron == [(1, 4), (4, 2)]
    assert citas() == antes | {(1, 4), (4, 2)}
    with reading() as session:
        assert len(session.execute(select(b.id)).all()) == len(previos) + 1
    with writing(PLANEACION) as session:
        assert citar(session, PLANEACION, pares=cambiaron, quitar=True) == cambiaron
    assert citas() == antes


def test_citar_rehace_lo_que_se_propone_del_dinero(mundo: str) -> None:
    with writing(PLANEACION) as session:
        citar(session, PLANEACION, pares=[(1, 4)])
    v = tabla(VinculoPlan).c
    with reading() as session:
        partes = session.execute(select(v.proyecto_id, v.nodo_id, v.participacion).order_by(v.nodo_id))
        assert [(p, n, str(parte)) for p, n, parte in partes if p == 1] == [(1, 2, "0.75"), (1, 4, "0.25")]


def test_lo_que_no_existe_se_rechaza_entero(mundo: str) -> None:
    antes = citas()
    with writing(LINEA_DE_COMANDOS) as session:
        nodo = session.get(NodoPlan, 4)
        assert nodo is not None
        nodo.version_baja = 2
    for pares in ([(1, 4)], [(99, 2)], [(1, 99), (4, 2)], []):
        with pytest.raises(Problema), writing(PLANEACION) as session:
            citar(session, PLANEACION, pares=pares)
    for par in ((4, ODS3), (2, FUENTE), (2, 99)):
        with pytest.raises(Problema):
            alinear(par)
    with pytest.raises(Problema), writing(PLANEACION) as session:
        alinear_indicadores(session, PLANEACION, pares=[(9, ODS3)])
    assert citas() == antes


def test_un_nodo_hereda_y_una_meta_ods_cuenta_por_su_objetivo(mundo: str) -> None:
    assert alinear((1, META34), (2, PND1)) == [(1, META34), (2, PND1)]
    with reading() as session:
        datos = matriz(session, anio=ANIO, mes=3)
        (programa,) = datos["programas"]
        eje, linea, otro, _ = datos["nodos"]
        ligables = {n["clave"]: n["hay"] for n in nodos_ligables(session, anio=ANIO)}
    assert (eje["ods"], eje["ods_meta"], eje["pnd"], eje["heredado"]) == (["3"], ["3.4"], ["1"], [])
    assert (linea["ods"], linea["heredado"]) == (["3"], ["ods", "ods_meta"])
    assert otro["ods"] == [] and programa["ods"] == ["3"]
    assert ligables == {"1": True, "L1.1": True, "2": False, "L2.1": False}


def test_la_matriz_concilia_el_dinero_al_centavo(mundo: str) -> None:
    with writing(PLANEACION) as session:
        vincular(session, 1, 2, "0.5")
        vincular(session, 1, 4, "0.5")
    with reading() as session:
        datos = matriz(session, anio=ANIO, mes=3)
    (programa,) = datos["programas"]
    ejes = [n["aceptado"] for n in datos["nodos"] if n["nivel"] == 1]
    assert sum(ejes) == programa["aceptado"] == 10_001 and abs(ejes[0] - ejes[1]) == 1
    assert (programa["propuesto"], programa["suelto"]) == (0, 5_000)
    assert (programa["metas"], programa["indicadores"], programa["lineas"]) == (4, 1, 2)


def test_cada_hueco_se_llena_al_remediarlo(mundo: str) -> None:
    antes = faltan()
    assert antes[Hueco.METAS_SIN_LINEA] == ["Meta 4"]
    assert antes[Hueco.LINEAS_SIN_PROYECTO] == ["Línea uno", "Línea dos"]
    assert len(antes[Hueco.DINERO_SIN_LINEA]) == 2
    assert antes[Hueco.INDICADORES_SIN_EVIDENCIA] == antes[Hueco.INDICADORES_SIN_ODS] == ["Quejas"]
    assert len(antes[Hueco.NODOS_SIN_ODS]) == 4 and antes[Hueco.PROGRAMAS_SIN_INDICADOR] == []
    with writing(PLANEACION) as session:
        citar(session, PLANEACION, pares=[(4, 4)])
        alinear_indicadores(session, PLANEACION, pares=[(1, ODS3)])
        alinear_nodos(session, PLANEACION, pares=[(2, ODS3), (4, META41)])
        ficha = session.get(Indicador, 1)
        assert ficha is not None
        ficha.medios_verificacion = "Registro de quejas"
    assert not any(faltan().values()), faltan()


def test_las_listas_para_ligar_dicen_lo_que_hay(mundo: str) -> None:
    with reading() as session:
        metas = actividades_ligables(session, anio=ANIO)
        fichas = indicadores_ligables(session, anio=ANIO, ente_id=1)
    assert [(m["id"], m["ligas"], m["hay"]) for m in metas] == [
        (1, [2], True),
        (2, [2], True),
        (3, [4], True),
        (4, [], False),
    ]
    assert [(f["id"], f["ligas"], f["hay"]) for f in fichas] == [(1, [], False)]


def test_sin_el_permiso_nadie_alinea(mundo: str) -> None:
    for rol in (Rol.ADMINISTRACION, Rol.TESORERIA, Rol.ENLACE, Rol.PRESIDENCIA, Rol.CONTRALORIA):
        quien = actor(rol)
        with pytest.raises(SinPermiso):
            alinear((2, ODS3), quien=quien)
        with pytest.raises(SinPermiso), writing(quien) as session:
            citar(session, quien, pares=[(4, 2)])
        with pytest.raises(SinPermiso), writing(quien) as session:
            alinear_indicadores(session, quien, pares=[(1, ODS3)])
