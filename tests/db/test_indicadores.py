"""Ficha, historia, catálogo y corrección de indicadores, en los dos motores, con cifras hechas a mano."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from db.actions.ficha_indicador import CambioFicha, editar_ficha
from db.actions.idempotencia import Conflicto
from db.actions.indicadores import FilaVariable
from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import EstadoAvance, OperacionMeta, Reconduccion
from db.models.bitacora import Bitacora
from db.models.indicadores import (
    AvanceVariable,
    Frecuencia,
    Indicador,
    ProgramacionVariable,
    ReferenciaIndicador,
    SentidoIndicador,
    TipoIndicador,
    VariableIndicador,
)
from db.models.municipio import Ejercicio
from db.models.programas import Programa, Proyecto
from db.queries.catalogo_indicadores import FiltroIndicadores, catalogo, conjunto, filtrar
from db.queries.ficha_indicador import ficha_indicador
from db.rules.permisos import LINEA_DE_COMANDOS, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db import mundo

PLANEACION = actor(Rol.PLANEACION)
ANTES = mundo.ANIO - 1
SUMA = OperacionMeta.SUMA


def _variable(
    session: Session, indicador_id: int, letra: str, programado: list[int | None], alcanzado: list[int | None]
) -> int:
    v = VariableIndicador(indicador_id=indicador_id, letra=letra, nombre=f"Variable {letra}", unidad="Cosa")
    session.add(v)
    session.flush()
    assert v.id is not None
    for t, cantidad in enumerate(programado, 1):
        if cantidad is not None:
            session.add(ProgramacionVariable(variable_id=v.id, trimestre=t, cantidad=Decimal(cantidad)))
    for t, cantidad in enumerate(alcanzado, 1):
        if cantidad is not None:
            session.add(
                AvanceVariable(
                    variable_id=v.id,
                    trimestre=t,
                    alcanzado=Decimal(cantidad),
                    estado=EstadoAvance.VALIDADO,
                    capturado_en=datetime(2026, 6, 28, tzinfo=UTC),
                )
            )
    return v.id


def _indicador(session: Session, numero: int, anio: int, proyecto: int, **otros: Any) -> None:
    datos = {"nombre": "Atención a quejas", "formula": "(A/B)*100", "unidad": "Porcentaje", "nodo_id": 2}
    session.add(
        Indicador(
            id=numero, anio=anio, ente_id=1, proyecto_id=proyecto, dependencia_id=11, **{**datos, **otros}
        )
    )
    session.flush()


def _fundar() -> None:
    """2025: 90 de 100 cada trimestre. 2026: 80 y 70 de 100, y faltan dos trimestres."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        session.add(Ejercicio(anio=ANTES, administracion_id=1))
        session.add(Programa(id=9, anio=ANTES, clave="01020401", nombre="Antes", busqueda="antes"))
        session.flush()
        session.add(Proyecto(id=9, anio=ANTES, programa_id=9, clave="010204010101", nombre="Antes"))
        session.flush()
        _indicador(session, 1, mundo.ANIO, 1)
        _indicador(session, 2, ANTES, 9, nombre="ATENCION A QUEJAS")
        _indicador(session, 3, mundo.ANIO, 2, nombre="Sin fórmula", formula=None, nodo_id=None)
        _variable(session, 1, "A", [100] * 4, [80, 70, None, None])
        _variable(session, 1, "B", [100] * 4, [100, 100, None, None])
        _variable(session, 2, "A", [95] * 4, [90] * 4)
        _variable(session, 2, "B", [100] * 4, [100] * 4)
        _variable(session, 3, "A", [5, 5, 5, None], [None] * 4)
        for mes in (3, 6):
            mundo.cerrar(session, mes)


def _ficha(indicador_id: int = 1, **otros: Any) -> dict[str, Any]:
    with reading() as session:
        hallada = ficha_indicador(session, indicador_id=indicador_id, anio=mundo.ANIO, **otros)
    assert hallada is not None
    return hallada


def _cambio(**otros: Any) -> CambioFicha:
    """La ficha 1 como está, con lo que se quiera distinto."""
    igual = (("A", 100), ("B", 100))
    datos: dict[str, Any] = {
        "tipo": TipoIndicador.GESTION,
        "frecuencia": Frecuencia.TRIMESTRAL,
        "sentido": SentidoIndicador.ASCENDENTE,
        "sentido_confirmado": False,
        "formula": "(A/B)*100",
        "variables": tuple(
            FilaVariable(x, f"Variable {x}", "Cosa", SUMA, tuple((t, Decimal(n)) for t in range(1, 5)))
            for x, n in igual
        ),
        "textos": {"unidad": "Porcentaje"},
    }
    return CambioFicha(**{**datos, **otros})


def _editar(cambio: CambioFicha, quien: Any = PLANEACION, version: int = 1, motivo: str = "") -> None:
    with writing(quien) as session:
        editar_ficha(session, quien, indicador_id=1, version=version, cambio=cambio, motivo=motivo)


def test_la_ficha_trae_historia_anio_contra_anio_y_contribuciones(base: str) -> None:
    """Junio de 2026: 150 ÷ 200 = 75; con A como se programó, 100; el mismo corte de 2025, 90."""
    _fundar()
    f = _ficha()
    assert f["cumplimiento"]["valor"] == 75
    assert [(p["anio"], p["trimestre"], p["alcanzado"]) for p in f["historia"][-3:]] == [
        (ANTES, 4, 90),
        (mundo.ANIO, 1, 80),
        (mundo.ANIO, 2, 75),
    ]
    assert [(x["anio"], x["valor"], x["cambio"], x["rumbo"]) for x in f["interanual"]] == [
        (ANTES, 90, None, "sin juicio"),
        (mundo.ANIO, 75, -15, "empeora"),
    ]
    a, b = f["contribuciones"]
    assert (a["como_programada"], a["efecto"], b["efecto"]) == (100, -25, 0)
    assert f["mayor"] == "A"


def test_la_proyeccion_usa_los_ultimos_cuatro_periodos_aunque_sean_de_otro_anio(base: str) -> None:
    """Ritmo de A: (90 + 90 + 80 + 70) ÷ 4 = 82.5; al cierre (150 + 165) ÷ 400 = 78.75; de 72.5 a 82.5."""
    _fundar()
    p = _ficha()["proyeccion"]
    assert (p["valor"], p["minimo"], p["maximo"]) == (Decimal("78.75"), Decimal("72.5"), Decimal("82.5"))


def test_un_hueco_no_es_resultado_y_sin_formula_no_se_proyecta(base: str) -> None:
    _fundar()
    f = _ficha(3)
    assert [p["alcanzado"] for p in f["historia"]] == [None, None]
    assert f["proyeccion"] == {"razon": "la fórmula está por confirmar"}
    assert f["contribuciones"] == []
    with reading() as session:
        assert ficha_indicador(session, indicador_id=2, anio=mundo.ANIO) is None
        assert ficha_indicador(session, indicador_id=1, anio=mundo.ANIO, ente_id=99) is None


def test_la_meta_modificada_rige_desde_su_mes_y_la_original_queda_al_lado(base: str) -> None:
    """Desde julio el cuarto trimestre de A pide 140: el año pasa de 100 a (300 + 140) ÷ 400 = 110."""
    _fundar()
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Reconduccion(
                id=1,
                anio=mundo.ANIO,
                ente_id=1,
                folio="R-1",
                fecha=date(2026, 7, 1),
                mes_vigencia=7,
                motivo="M",
            )
        )
        session.flush()
        session.add(
            ProgramacionVariable(variable_id=1, reconduccion_id=1, trimestre=4, cantidad=Decimal(140))
        )
    assert (_ficha()["meta_anual"], _ficha()["meta_anual_original"]) == (100, 100)
    septiembre = _ficha(mes=9)
    assert (septiembre["meta_anual"], septiembre["meta_anual_original"]) == (110, 100)
    assert [(r["folio"], r["rige"]) for r in septiembre["reconducciones"]] == [("R-1", True)]
    assert septiembre["variables"][0]["anual_vigente"] - septiembre["variables"][0]["anual_original"] == 40


def test_las_referencias_solo_se_comparan(base: str) -> None:
    _fundar()
    antes = _ficha()
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            ReferenciaIndicador(
                indicador_id=1, serie="Estado", anio=mundo.ANIO, trimestre=2, valor=Decimal(50)
            )
        )
    despues = _ficha()
    assert [r["serie"] for r in despues.pop("referencias")] == ["Estado"]
    assert antes.pop("referencias") == [] and antes == despues


def test_el_catalogo_filtra_sin_acentos_y_junta_lo_elegido(base: str) -> None:
    _fundar()
    with reading() as session:
        todo = catalogo(session, anio=mundo.ANIO)
    filas = todo["renglones"]

    def ids(**filtro: Any) -> set[int]:
        return {r["id"] for r in filtrar(filas, FiltroIndicadores(**filtro))}

    assert ids(texto="ATENCION quejas") == {1} and ids(texto="formula") == {3}
    assert ids(por_confirmar="formula") == {3} and ids(por_confirmar="sentido") == {1, 3}
    assert ids(programa="01020401", dependencia=1) == {1, 3} and ids(sentido="descendente") == set()
    assert conjunto(todo, filtrar(filas, FiltroIndicadores(texto="quejas")))["valor"] == 75
    assert conjunto(todo, [])["valor"] is None


def test_editar_la_ficha_cambia_datos_sin_motivo_y_sube_su_version(base: str) -> None:
    _fundar()
    _editar(_cambio(textos={"unidad": "Porcentaje", "fuente": "  Registro   propio "}, anio_base=2024))
    f = _ficha()
    assert (f["fuente"], f["anio_base"], f["version"]) == ("Registro propio", 2024, 2)
    with pytest.raises(Conflicto):
        _editar(_cambio(), version=1)


def test_lo_que_mueve_periodos_cerrados_pide_motivo_y_queda_anotado(base: str) -> None:
    _fundar()
    nueva = _cambio(sentido=SentidoIndicador.DESCENDENTE, sentido_confirmado=True)
    with pytest.raises(Problema, match="marzo, junio") as error:
        _editar(nueva)
    assert error.value.campo == "motivo" and _ficha()["sentido"] == "ascendente"
    _editar(nueva, motivo="Se midió al revés")
    assert _ficha()["sentido"] == "descendente"
    with reading() as session:
        b = tabla(Bitacora).c
        cuerpo = session.execute(select(b.cuerpo).where(b.accion == "corregir_extemporanea")).scalar_one()
    assert "Se midió al revés" in cuerpo and '"sentido"' in cuerpo


def test_la_meta_original_no_se_reescribe_y_lo_cerrado_no_se_programa(base: str) -> None:
    _fundar()

    def con_c(*trimestres: int) -> CambioFicha:
        c = FilaVariable("C", "Tercera", "Cosa", SUMA, tuple((t, Decimal(1)) for t in trimestres))
        return _cambio(variables=(*_cambio().variables, c))

    a = FilaVariable("A", "Variable A", "Cosa", SUMA, tuple((t, Decimal(200)) for t in range(1, 5)))
    with pytest.raises(Problema, match=r"ya está escrita.*reconducción"):
        _editar(_cambio(variables=(a, _cambio().variables[1])))
    with pytest.raises(Problema, match="C, trimestre 1: el periodo está cerrado"):
        _editar(con_c(1, 3), motivo="Nueva variable")
    _editar(con_c(3, 4), motivo="Nueva variable")
    assert _ficha()["variables"][2]["original"] == (None, None, 1, 1)
    assert _ficha()["version"] == 2, "una variable nueva sube la versión de su ficha"


@pytest.mark.parametrize(
    ("cambios", "campo", "dice"),
    [
        ({"formula": "A/C"}, "formula", "No hay variable «C»"),
        ({"formula": "A/0"}, "formula", "divide entre cero"),
        ({"formula": "import os"}, "formula", "posición"),
        ({"variables": ()}, "variables", "al menos una"),
        ({"variables": (FilaVariable("Z", "Zeta", "", SUMA, ()),)}, "variables", "de la A a la E"),
        ({"variables": (FilaVariable("A", " ", "", SUMA, ()),)}, "variables", "no tiene nombre"),
        (
            {"variables": (FilaVariable("A", "A", "", SUMA, ((3, Decimal(-1)),)),)},
            "variables",
            "trimestre 3: la cantidad es negativa",
        ),
        ({"variables": _cambio().variables[:1], "formula": "A"}, "variables", "ya tiene avances"),
        ({"anio_base": 24}, "anio_base", "no existe"),
        ({"usa_linea_base": True}, "linea_base", "debe ser un número"),
    ],
)
def test_lo_que_no_se_entiende_se_rechaza_junto_a_su_campo(
    base_sqlite: str, cambios: dict[str, Any], campo: str, dice: str
) -> None:
    _fundar()
    with pytest.raises(Problema, match=dice) as error:
        _editar(_cambio(**cambios), motivo="Prueba")
    assert error.value.campo == campo and _ficha()["version"] == 1


def test_solo_planeacion_edita_fichas(base: str) -> None:
    _fundar()
    for rol in (Rol.ENLACE, Rol.TESORERIA, Rol.PRESIDENCIA, Rol.CONTRALORIA, Rol.ADMINISTRACION):
        with pytest.raises(SinPermiso):
            _editar(_cambio(), actor(rol))
    with pytest.raises(SinPermiso):
        _editar(_cambio(), actor(Rol.PLANEACION, ente_id=99))
