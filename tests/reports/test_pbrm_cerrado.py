"""PbRM-08b y 08c de un periodo cerrado: trimestre y acumulado salen de lo congelado, y ya no cambian."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, update

from dashboard.reports import pbrm_indicadores, pbrm_metas
from dashboard.reports.bloques import Bloque, Parrafo, Tabla
from dashboard.reports.documento import Parametros
from dashboard.reports.preguntar import una_lectura
from db.actions import cierre as acciones
from db.actions.cierre import cerrar
from db.base import ahora, tabla
from db.engine import writing
from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad, OperacionMeta, ProgramacionMeta
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.models.programas import Programa, Proyecto
from db.queries import por_congelar
from db.rules.pbrm import del_trimestre
from db.rules.periodo import Operacion
from db.rules.permisos import LINEA_DE_COMANDOS
from tests.db import mundo
from tests.db.mundo import ANIO

REPORTES = {r.clave: r for r in (*pbrm_metas.REPORTES, *pbrm_indicadores.REPORTES)}


@pytest.fixture
def mundo_vivo(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meta 1: 5 y 12 de 10 y 10. Un indicador de suma: 10 y 6 de 10 y 10."""
    monkeypatch.setattr(acciones, "hoy", lambda _session: date(2026, 8, 1))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 5)
        mundo.avance(session, 1, 6, 12)
        datos: dict[str, Any] = {
            "anio": ANIO,
            "ente_id": 1,
            "proyecto_id": 1,
            "dependencia_id": 11,
            "formula": "A",
        }
        session.add(Indicador(id=1, nombre="Cobertura", **datos))
        session.flush()
        session.add(
            VariableIndicador(
                id=1, indicador_id=1, letra="A", nombre="A", unidad="U", operacion=OperacionMeta.SUMA
            )
        )
        session.flush()
        for t in (1, 2, 3, 4):
            session.add(ProgramacionVariable(variable_id=1, trimestre=t, cantidad=Decimal(10)))
        for t, logrado in ((1, 10), (2, 6)):
            session.add(
                AvanceVariable(
                    variable_id=1,
                    trimestre=t,
                    alcanzado=Decimal(logrado),
                    estado=EstadoAvance.VALIDADO,
                    capturado_en=ahora(),
                )
            )


def cierra(*meses: int) -> None:
    for mes in meses:
        with writing(LINEA_DE_COMANDOS) as session:
            cerrar(session, LINEA_DE_COMANDOS, anio=ANIO, mes=mes, motivo="Como va")


def hoja(clave: str) -> tuple[Bloque, ...]:
    with una_lectura() as preguntar:
        return REPORTES[clave].construir(preguntar, Parametros(ANIO, 6)).bloques


def celdas(bloques: tuple[Bloque, ...], cual: int = 0) -> list[str]:
    tabla_ = [b for b in bloques if isinstance(b, Tabla)][cual]
    return [c.texto.replace("\xa0", " ") for c in tabla_.renglones[0].celdas]


def cambiar_todo() -> None:
    """Lo que una corrección tardía, otra carga o un nombre nuevo dejarían distinto."""
    metas = tabla(MetaActividad)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(update(tabla(AvanceMeta)).values(alcanzado=Decimal(99)))
        session.execute(update(tabla(AvanceVariable)).values(alcanzado=Decimal(1)))
        session.execute(update(tabla(ProgramacionMeta)).values(cantidad=Decimal(77)))
        session.execute(update(tabla(ProgramacionVariable)).values(cantidad=Decimal(77)))
        session.execute(update(metas).where(metas.c.id == 1).values(nombre="Otra", unidad="Otra", numero=9))
        tecnicos = {"formula_texto": "Otra", "linea_base": Decimal(7), "meta_descripcion": "Otra"}
        session.execute(update(tabla(Indicador)).values(nombre="Otro", **tecnicos))
        for modelo in (Dependencia, Proyecto, Programa):
            session.execute(update(tabla(modelo)).values(nombre="Otro nombre"))
        session.execute(update(tabla(Programa)).values(objetivo="Otro", pilar="Otro", tema="Otro"))
        session.execute(update(tabla(VariableIndicador)).values(nombre="Otra", unidad="Otra"))
        una: dict[str, Any] = {"anio": ANIO, "ente_id": 1, "proyecto_id": 1, "dependencia_id": 11}
        session.execute(
            insert(metas).values(id=50, numero=50, nombre="Nueva", unidad="U", busqueda="nueva", **una)
        )


def test_lo_cerrado_sale_igual_aunque_despues_todo_cambie(mundo_vivo: None) -> None:
    cierra(3, 6)
    antes = {clave: hoja(clave) for clave in ("pbrm_08c", "pbrm_08b")}
    assert celdas(antes["pbrm_08c"])[3:] == [
        "40", "10", "25.0 %", "12", "30.0 %", "2", "5.0 %", "20", "50.0 %", "17", "42.5 %", "−3", "−7.5 %",
    ]  # fmt: skip
    assert celdas(antes["pbrm_08b"], 1)[:3] == ["40", "10", "6"]
    cambiar_todo()
    for clave, salio in antes.items():
        assert hoja(clave) == salio


def test_abierto_sigue_siendo_lo_vivo(mundo_vivo: None) -> None:
    cierra(3)
    antes = hoja("pbrm_08c")
    cambiar_todo()
    assert celdas(hoja("pbrm_08c"))[1:6] == ["Otra", "Otra", "308", "77", "25.0 %"]
    assert celdas(antes) != celdas(hoja("pbrm_08c"))


@pytest.fixture
def sin_trimestre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un cierre de los que sólo guardaban lo acumulado."""
    monkeypatch.setattr(por_congelar, "de_indicador", lambda *_: {})
    entera, nuevo = por_congelar.Congelado, ("trimestre", "identidad")

    def sin(*partes: Any) -> Any:
        return entera(*partes[:4], {k: v for k, v in partes[4].items() if k not in nuevo})

    monkeypatch.setattr(por_congelar, "Congelado", sin)


def test_un_cierre_que_no_guardo_el_trimestre_se_deduce_y_lo_dice(
    mundo_vivo: None, sin_trimestre: None
) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(
            update(tabla(MetaActividad)).where(tabla(MetaActividad).c.id == 2).values(operacion="promedio")
        )
    cierra(3, 6)
    cambiar_todo()
    bloques = hoja("pbrm_08c")
    assert celdas(bloques)[4:10] == ["10", "25.0 %", "12", "30.0 %", "2", "5.0 %"]
    notas = [b.texto for b in bloques if isinstance(b, Parrafo)]
    assert pbrm_metas.DEDUCIDO in notas and f"{pbrm_metas.SIN_SABERSE} 2." in notas
    ficha = hoja("pbrm_08b")
    assert celdas(ficha, 1)[1:4] == ["—", "—", "—"] and celdas(ficha, 1)[5:7] == ["20", "16"]
    assert pbrm_indicadores.SIN_TRIMESTRE in [b.texto for b in ficha if isinstance(b, Parrafo)]


@pytest.mark.parametrize(
    ("operacion", "mes", "sale"),
    [("suma", 6, 7), ("constante", 6, 17), ("valor_actual", 6, 17), ("maximo", 6, None), ("promedio", 3, 17)],
)
def test_lo_que_se_puede_saber_de_dos_acumulados(operacion: str, mes: int, sale: int | None) -> None:
    hallado = del_trimestre(Operacion(operacion), mes, Decimal(17), Decimal(10))
    assert hallado == (None if sale is None else Decimal(sale))
    assert del_trimestre(Operacion.suma, 6, Decimal(17), None) is None
