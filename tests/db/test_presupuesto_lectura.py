"""Lo que se lee del presupuesto: al corte, por mes, por clave, consolidado, versiones y verificación."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session

from db.actions.presupuesto import Renglon, guardar_eaepe
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.bitacora import Carga
from db.models.municipio import Ente, PartidaTransferencia, TipoEnte
from db.models.presupuesto import ClasificacionEaepe, CortePresupuesto, Dimension, ResumenPresupuesto
from db.queries import presupuesto as consulta
from db.queries.presupuesto_version import diferencias, verificar_resumenes
from tests.db.test_presupuesto import ANIO, DOS_CLAVES, FILAS, TESORERIA, clave, ente, guardar


def test_el_aprobado_es_de_todo_el_anio_y_lo_demas_llega_al_corte(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with reading() as session:
        enero = consulta.acumulado(session, ANIO, 1)[""]
        febrero = consulta.acumulado(session, ANIO, 2)[""]
    assert (enero["aprobado"], enero["aprobado_calendario"], enero["devengado"]) == (1000_01, 600_01, 80_00)
    assert enero["modificado"] == 1000_01 - 100_00
    assert (febrero["devengado"], febrero["modificado"]) == (90_00, 1000_01 + 50_00 - 100_00)
    assert febrero["subejercicio"] == febrero["modificado"] - 90_00


def test_sin_presupuesto_no_hay_cifra_y_no_es_cero(base: str) -> None:
    with reading() as session:
        assert consulta.acumulado(session, ANIO, 6) == {}
        assert consulta.por_mes(session, ANIO) == {}
        assert consulta.corte_vigente(session, ANIO, 1) is None
        assert consulta.consolidado(session, ANIO, 6).entes == {}


def test_las_cifras_vienen_solo_de_la_version_vigente_y_la_anterior_se_lee(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES[:1], FILAS[:1])
    with reading() as session:
        assert consulta.acumulado(session, ANIO, 12)[""]["aprobado"] == 100_00
        nueva, vieja = consulta.cortes(session, ANIO)
        assert (nueva.numero, nueva.vigente, vieja.numero, vieja.vigente) == (2, True, 1, False)
        vieja_leida = consulta.detalle(session, vieja.id)
        assert sum(dinero["aprobado"] for _, _, dinero in vieja_leida.filas) == 1000_01
        cambio = diferencias(session, vieja.id, nueva.id)
    assert cambio.desaparecen == [DOS_CLAVES[1].clave] and cambio.nuevas == []
    assert [fila[0] for fila in cambio.cambian] == [DOS_CLAVES[0].clave]
    assert cambio.totales["aprobado"] == 100_00 - 1000_01


def test_el_detalle_se_filtra_por_segmento_y_se_lee_por_paginas(base: str) -> None:
    claves = [clave(partida=str(1000 + n)) for n in range(5)]
    with writing(TESORERIA) as session:
        corte = guardar(session, claves, [(n, 1, n, 0, 0, 0, 0, 0, 0) for n in range(5)])
        ajena = guardar(session, [clave(partida="9999")], [(0, 1, 7, 0, 0, 0, 0, 0, 0)], ente(session, "dif"))
    assert corte.id and ajena.id
    with reading() as session:
        pagina = consulta.detalle(session, corte.id, pagina=1, por_pagina=2)
        assert pagina.total == 5
        assert [dinero["aprobado"] for _, _, dinero in pagina.filas] == [2, 3]
        una = consulta.detalle(session, corte.id, partida="1003")
        assert una.total == 1 and una.filas[0][1]["partida"] == "1003"
        with pytest.raises(KeyError):
            consulta.detalle(session, corte.id, color="rojo")


def test_lo_consolidado_resta_lo_que_el_ayuntamiento_transfiere(base: str) -> None:
    with writing(TESORERIA) as session:
        claves = [clave(partida="1131"), clave(partida="41511")]
        guardar(session, claves, [(0, 1, 100, 0, 0, 0, 0, 0, 0), (1, 1, 40, 0, 0, 0, 30, 0, 0)])
        dif = Ente(clave="dif", nombre="DIF", tipo=TipoEnte.DIF)
        session.add(dif)
        session.flush()
        guardar(session, [clave(partida="41511")], [(0, 1, 40, 0, 0, 0, 10, 0, 0)], dif.id)
    with reading() as session:
        sin_lista = consulta.consolidado(session, ANIO, 12)
        assert sin_lista.etiqueta == "suma sin eliminar transferencias internas"
        assert sin_lista.total["aprobado"] == 180
    with writing(TESORERIA) as session:
        session.add(PartidaTransferencia(partida="4151"))
    with reading() as session:
        con_lista = consulta.consolidado(session, ANIO, 12)
    assert con_lista.etiqueta == ""
    assert con_lista.transferencias and con_lista.transferencias["aprobado"] == 40
    assert (con_lista.total["aprobado"], con_lista.total["devengado"]) == (140, 10)


def test_un_solo_ente_no_elimina_nada(base: str) -> None:
    with writing(TESORERIA) as session:
        session.add(PartidaTransferencia(partida="4151"))
        guardar(session, [clave(partida="4151")], [(0, 1, 40, 0, 0, 0, 0, 0, 0)])
    with reading() as session:
        assert consulta.consolidado(session, ANIO, 12).total["aprobado"] == 40


def test_el_dinero_por_proyecto_distingue_entes(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
        guardar(session, DOS_CLAVES[:1], FILAS[:1], ente(session, "dif"))
        propio, dif = ente(session), ente(session, "dif")
    with reading() as session:
        dinero = consulta.dinero_por_proyecto(session, ANIO, 12)
        assert dinero[propio, "010502050101"]["aprobado"] == 200_00
        assert dinero[dif, "010502050101"]["aprobado"] == 100_00
        assert set(consulta.dinero_por_proyecto(session, ANIO, 12, (dif,))) == {(dif, "010502050101")}


def test_por_mes_no_acumula(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with reading() as session:
        meses = consulta.por_mes(session, ANIO, None, Dimension.CAPITULO, "1000")
    assert {mes: dinero["devengado"] for mes, dinero in meses.items()} == {1: 80_00, 2: 10_00}


def _eaepe(session: Session, importe: int) -> None:
    carga = Carga(formato="eaepe", archivo="e.xlsx", sha256="", tamano=1, autor="x", cargada_en=ahora())
    session.add(carga)
    session.flush()
    guardar_eaepe(
        session,
        TESORERIA,
        ente_id=ente(session),
        anio=ANIO,
        mes=6,
        clasificacion=ClasificacionEaepe.OBJETO_GASTO,
        carga=carga,
        renglones=[
            Renglon("Servicios personales", importe, 0, importe, 40, 30, importe - 40, clave="1000"),
            Renglon("Dietas", importe, 0, importe, 40, 30, importe - 40, clave="1100", nivel=2),
        ],
        archivo="e.xlsx",
        sha256="",
    )


def test_el_eaepe_guarda_versiones_por_clasificacion(base: str) -> None:
    for importe in (100, 200):
        with writing(TESORERIA) as session:
            _eaepe(session, importe)
    with reading() as session:
        leido = consulta.eaepe(session, ANIO, ente(session), ClasificacionEaepe.OBJETO_GASTO)
        assert leido is not None
        version, renglones = leido
        assert (version.numero, version.mes, version.totales["aprobado"]) == (2, 6, 200)
        assert [renglon["concepto"] for renglon in renglones] == ["Servicios personales", "Dietas"]
        assert consulta.eaepe(session, ANIO, ente(session), ClasificacionEaepe.FUNCIONAL) is None
        assert verificar_resumenes(session) is None


def test_un_resumen_alterado_se_descubre_y_se_nombra(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
    with writing(TESORERIA) as session:
        r = tabla(ResumenPresupuesto)
        session.execute(
            update(r)
            .where(r.c.dimension == Dimension.CAPITULO, r.c.codigo == "6000", r.c.mes == 1)
            .values(aprobado=1)
        )
    with reading() as session:
        falta = verificar_resumenes(session)
    assert falta and "capitulo «6000» del mes 1" in falta


def test_dos_versiones_vigentes_son_una_falta(base: str) -> None:
    with writing(TESORERIA) as session:
        guardar(session, DOS_CLAVES, FILAS)
        guardar(session, DOS_CLAVES, FILAS)
        session.execute(update(tabla(CortePresupuesto)).values(vigente=True))
    with reading() as session:
        assert "2 versiones vigentes" in (verificar_resumenes(session) or "")


IMPORTE = st.integers(min_value=-(10**13), max_value=10**13)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(1, 12)), st.tuples(*[IMPORTE] * 7), min_size=1, max_size=12
    )
)
def test_toda_dimension_suma_lo_mismo_que_el_detalle(
    base: str, casillas: dict[tuple[int, int], tuple[int, ...]]
) -> None:
    claves = [
        clave("010502050101", "1131", "100"),
        clave("", "", ""),
        clave("020101010101", "6141", "124"),
        clave("010502050102", "1132", "100"),
    ]
    filas = [(*casilla, *importes) for casilla, importes in casillas.items()]
    with writing(TESORERIA) as session:
        guardar(session, claves, filas)
    with reading() as session:
        assert verificar_resumenes(session) is None
        totales = tuple(sum(fila[2 + i] for fila in filas) for i in range(7))
        for dimension in Dimension:
            partes = consulta.acumulado(session, ANIO, 12, None, dimension).values()
            assert tuple(sum(p[m] for p in partes) for m in consulta.MOMENTOS) == totales
