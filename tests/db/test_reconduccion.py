"""Reconducir de punta a punta: pedir, opinar, autorizar o rechazar, y lo que nunca se admite."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, update

from dashboard.ui.hoja_reconduccion import dictamen
from db.actions.adecuacion_reconduccion import preparar
from db.actions.aprobacion import aprobar
from db.actions.contenido_reconduccion import Contenido
from db.actions.idempotencia import Conflicto
from db.actions.reconduccion import borrar, corregir, crear, presentar, retirar
from db.actions.resolver_reconduccion import autorizar, opinar, rechazar
from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta, ProgramacionMeta, Reconduccion
from db.models.indicadores import Frecuencia, Indicador, ProgramacionVariable, VariableIndicador
from db.models.municipio import Ejercicio, Periodicidad
from db.models.reconduccion import ClaseRenglon, LadoDinero, SolicitudReconduccion
from db.queries import actividad, adecuaciones, indicadores
from db.queries.aprobacion import aprobado_por, por_aprobar
from db.queries.candidatas import candidatas, vigencias
from db.queries.dictamen import ficha
from db.queries.evaluacion import evaluar
from db.queries.reconduccion import lista, por_atender
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo, mundo_gasto
from tests.db.mundo_comite import acuerdo_votado
from tests.db.test_presupuesto import guardar

META, VARIABLE = ClaseRenglon.META, ClaseRenglon.VARIABLE
REDUCE, AMPLIA = LadoDinero.REDUCE, LadoDinero.AMPLIA
CLAVES = [c.clave for c in mundo_gasto.CLAVES]
MEXICO = ZoneInfo("America/Mexico_City")


def persona(cuenta: str, rol: Rol, dependencia_id: int | None = None) -> Actor:
    return Actor(1, cuenta, cuenta.title(), (Asignacion(rol, 1, dependencia_id),))


ENLACE = persona("enlace", Rol.ENLACE, 1)
AJENO = persona("ajeno", Rol.ENLACE, 2)
UIPPE = persona("uippe", Rol.PLANEACION)
TESORERIA = persona("tesoreria", Rol.TESORERIA)


@pytest.fixture
def reloj() -> Iterator[Any]:
    """Es jueves 24 de septiembre de 2026, a mediodía en el municipio; la prueba lo puede mover."""
    with time_machine.travel(datetime(2026, 9, 24, 12, tzinfo=MEXICO), tick=False) as viaje:
        yield viaje


@pytest.fixture
def listo(base: str, reloj: Any) -> Any:
    """El mundo de las pruebas, en cada motor."""
    _fundar()
    return reloj


@pytest.fixture
def con_dinero(base: str, reloj: Any) -> Any:
    """Lo mismo, con un presupuesto cargado."""
    mundo_gasto.poner()
    _fundar(dinero=True)
    return reloj


@pytest.fixture
def en_sqlite(base_sqlite: str, reloj: Any) -> Any:
    """Lo mismo, para lo que decide una regla y no el motor."""
    _fundar()
    return reloj


def _fundar(*, dinero: bool = False) -> None:
    """Dos trimestres cerrados: la meta 1 logró 15 y 15 de 10 y 10; la 2, 10 y 5."""
    with writing(LINEA_DE_COMANDOS) as session:
        if not dinero:
            mundo.fundar(session)
        for meta, mes, alcanzado in ((1, 3, 15), (1, 6, 15), (2, 3, 10), (2, 6, 5)):
            mundo.avance(session, meta, mes, alcanzado)
        mundo.cerrar(session, 3)
        mundo.cerrar(session, 6)


def hacer(que: Any, actor: Actor, *datos: Any, **extra: Any) -> Any:
    with writing(actor) as session:
        hecho = que(session, actor, *datos, **extra)
        return getattr(hecho, "id", None)


def abrir(actor: Actor = ENLACE, items: Any = ((META, 1),), vigencia: int = 7) -> int:
    pedido = {"anio": mundo.ANIO, "dependencia_id": 1, "mes_vigencia": vigencia, "items": items}
    return int(hacer(crear, actor, **pedido))


def version(cual: int) -> int:
    with reading() as session:
        return session.get_one(SolicitudReconduccion, cual).version


def leer(cual: int) -> dict[str, Any]:
    with reading() as session:
        hallada = ficha(session, anio=mundo.ANIO, solicitud_id=cual)
    assert hallada is not None
    return hallada


def escrito(tercero: int = 15, cuarto: int = 15, **extra: Any) -> Contenido:
    datos: dict[str, Any] = {"justificacion_destino": "Creció la demanda."}
    calendario = {9: Decimal(tercero), 12: Decimal(cuarto)}
    return Contenido({(META, 1): calendario}, **{**datos, **extra})


def pedir(contenido: Contenido | None = None, actor: Actor = ENLACE) -> int:
    cual = abrir(actor)
    hacer(presentar, actor, cual, version=version(cual), contenido=contenido or escrito())
    return cual


def negado(palabras: str, que: Any, actor: Actor, cual: int, **extra: Any) -> str:
    with pytest.raises(Problema, match=palabras) as error:
        hacer(que, actor, cual, version=version(cual), **extra)
    return error.value.campo or ""


def test_se_propone_lo_que_sobro_repartido_en_lo_que_queda(en_sqlite: Any) -> None:
    """Se programaron 20 y se lograron 30: las 10 de más se suman a las 20 que faltan, 15 y 15."""
    periodos = leer(abrir())["cambios"][0]["periodos"]
    assert [p["modificado"] for p in periodos] == [10, 10, 15, 15]
    assert [p["abierto"] for p in periodos] == [False, False, True, True]


def test_autorizada_rige_desde_su_mes_y_lo_original_queda_para_siempre(listo: Any) -> None:
    """A septiembre, con 45 logrados: vigente 10 + 10 + 15 = 35; original 30."""
    cual = pedir()
    reconduccion = hacer(autorizar, UIPPE, cual, version=version(cual))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 1, 9, 15)
    with reading() as session:
        r = session.get_one(Reconduccion, reconduccion)
        assert (r.folio, r.mes_vigencia, r.motivo) == ("REC-2026-001", 7, "Creció la demanda.")
        junio, septiembre = (evaluar(session, mundo.ANIO, mes, None).hojas()["m1"] for mes in (6, 9))
        g = tabla(ProgramacionMeta).c
        original = session.execute(
            select(g.mes, g.cantidad).where(g.meta_id == 1, g.reconduccion_id.is_(None)).order_by(g.mes)
        )
        assert [tuple(f) for f in original] == [(3, 10), (6, 10), (9, 10), (12, 10)]
    assert junio.cumplimiento.valor == junio.cumplimiento_original.valor == 150
    assert septiembre.programado_acum == 35 and septiembre.meta_anual == 50
    assert septiembre.cumplimiento.valor == pytest.approx(Decimal(45) / 35 * 100)
    assert septiembre.cumplimiento_original.valor == 150
    suya = leer(cual)
    assert (suya["estado"], suya["oficio"]) == ("autorizada", "REC-2026-001")
    cambio = suya["cambios"][0]
    assert (cambio["vigente"], cambio["modificada"], cambio["lado"]) == (40, 50, "amplia")


def aprobada_por(acuerdo: int, cual: int, quien: Actor = UIPPE) -> None:
    with writing(quien) as session:
        aprobar(session, quien, acuerdo_id=acuerdo, que="reconduccion", cual=cual)


def test_el_acuerdo_del_comite_fecha_la_reconduccion_y_el_dictamen_lo_cita(listo: Any) -> None:
    cual = pedir()
    votado, negado_ = acuerdo_votado(1, True), acuerdo_votado(2, False)
    with reading() as session:
        assert [f["id"] for f in por_aprobar(session)] == [cual]
    for quien, acuerdo, falla in ((UIPPE, negado_, Problema), (ENLACE, votado, SinPermiso)):
        with pytest.raises(falla):
            aprobada_por(acuerdo, cual, quien)
    aprobada_por(votado, cual)
    with pytest.raises(Problema, match="ya tiene su acuerdo"):
        aprobada_por(votado, cual)
    reconduccion = hacer(autorizar, UIPPE, cual, version=version(cual))
    with reading() as session:
        assert session.get_one(Reconduccion, reconduccion).fecha == date(mundo.ANIO, 3, 1)
        (aprobado,) = aprobado_por(session, acuerdo_id=votado)
        assert (aprobado["que"], aprobado["id"], por_aprobar(session)) == ("reconduccion", cual, [])
    assert "REC-2026-001" in aprobado["titulo"]
    assert f"COP/{mundo.ANIO}/ORD-01/01, del 1 de marzo de {mundo.ANIO}" in dictamen(leer(cual))


def test_al_retirarla_se_olvida_el_acuerdo_y_al_autorizar_se_puede_elegir(listo: Any) -> None:
    cual, votado = pedir(), acuerdo_votado(1, True)
    aprobada_por(votado, cual)
    hacer(retirar, ENLACE, cual, version=version(cual))
    assert leer(cual)["acuerdo"] is None
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=escrito())
    hacer(autorizar, UIPPE, cual, version=version(cual), acuerdo_id=votado)
    assert leer(cual)["acuerdo_id"] == votado


def test_los_oficios_siguen_la_serie_del_ejercicio(en_sqlite: Any) -> None:
    for numero in (1, 2):
        cual = pedir(escrito(cuarto=20 + numero))
        hacer(autorizar, UIPPE, cual, version=version(cual))
        assert leer(cual)["oficio"] == f"REC-2026-00{numero}"


def test_dos_autorizaciones_a_la_vez_no_repiten_oficio(listo: Any) -> None:
    cuales = [pedir(), abrir(items=((META, 2),))]
    otra = Contenido({(META, 2): {9: Decimal(8), 12: Decimal(7)}}, justificacion="Menos gente")
    hacer(presentar, ENLACE, cuales[1], version=version(cuales[1]), contenido=otra)
    with ThreadPoolExecutor(2) as hilos:
        hechos = [hilos.submit(hacer, autorizar, UIPPE, c, version=version(c)) for c in cuales]
        assert all(hecho.result() for hecho in hechos)
    assert sorted(leer(c)["oficio"] for c in cuales) == ["REC-2026-001", "REC-2026-002"]


def test_dos_personas_no_resuelven_la_misma(listo: Any) -> None:
    cual, otra = pedir(), persona("otra", Rol.PLANEACION)
    vieja = version(cual)
    hacer(rechazar, UIPPE, cual, version=vieja, resolucion="No procede")
    with pytest.raises(Conflicto):
        hacer(autorizar, otra, cual, version=vieja)


def test_nadie_autoriza_lo_suyo_ni_opina_de_lo_que_pidio(en_sqlite: Any) -> None:
    cual = pedir(actor=UIPPE)
    negado("Nadie resuelve", autorizar, UIPPE, cual)
    negado("Nadie resuelve", rechazar, UIPPE, cual, resolucion="No")
    with reading() as session:
        assert por_atender(session, UIPPE, mundo.ANIO) == []
        otra = persona("otra", Rol.PLANEACION)
        assert [s["toca"] for s in por_atender(session, otra, mundo.ANIO)] == ["autorizar"]


def test_el_area_de_otros_ni_sabe_si_existe(en_sqlite: Any) -> None:
    with pytest.raises(SinPermiso):
        abrir(AJENO)
    with pytest.raises(SinPermiso):
        abrir(items=((META, 3),))
    cual = abrir()
    for intento in (AJENO, TESORERIA):
        with pytest.raises(SinPermiso):
            hacer(corregir, intento, cual, version=1, contenido=escrito())
    with pytest.raises(SinPermiso):
        hacer(autorizar, ENLACE, cual, version=1)


NO_SE_ADMITE: tuple[tuple[int, int, dict[str, Any], str, str], ...] = (
    (4, 5, {}, "quedaría en 29 y ya se logró 30", "meta-1"),
    (15, -1, {}, "no puede ser negativo", "meta-1"),
    (15, 15, {"anuales": {(META, 1): Decimal(55)}}, "da 50 en el año y usted escribió 55", "meta-1"),
    (15, 15, {"justificacion_destino": " "}, "Falta justificar la ampliación", "destino"),
    (5, 5, {}, "Falta justificar la cancelación", "justificacion"),
    (10, 10, {}, "no cambia nada", "items"),
)


def test_lo_que_no_se_admite_se_dice_junto_a_su_campo(en_sqlite: Any) -> None:
    cual = abrir()
    for tercero, cuarto, extra, palabras, donde in NO_SE_ADMITE:
        contenido = escrito(tercero, cuarto, **extra)
        assert negado(palabras, presentar, ENLACE, cual, contenido=contenido) == donde
    assert leer(cual)["estado"] == "borrador"


def test_lo_cerrado_no_se_reprograma(en_sqlite: Any) -> None:
    with pytest.raises(Problema, match="abril a junio está cerrado"):
        abrir(vigencia=4)
    cual = abrir()
    atras = Contenido({(META, 1): {6: Decimal(9), 9: Decimal(9), 12: Decimal(9)}})
    assert negado("anterior a la vigencia", corregir, ENLACE, cual, contenido=atras) == "meta-1"
    with reading() as session:
        assert [v["mes"] for v in vigencias(session, anio=mundo.ANIO)] == [7, 10]


def test_se_pide_hasta_el_ultimo_dia_habil_y_se_autoriza_cinco_despues(en_sqlite: Any) -> None:
    cual = pedir()
    en_sqlite.move_to(datetime(2026, 9, 30, 23, tzinfo=MEXICO))
    otra = abrir()
    en_sqlite.move_to(datetime(2026, 10, 1, 0, 1, tzinfo=MEXICO))
    assert negado("hasta su último día hábil, el 30/09/2026", presentar, ENLACE, otra, contenido=escrito())
    en_sqlite.move_to(datetime(2026, 10, 8, tzinfo=MEXICO))
    negado("a más tardar el 7 de octubre", autorizar, UIPPE, cual)
    en_sqlite.move_to(datetime(2026, 10, 7, 23, tzinfo=MEXICO))
    assert hacer(autorizar, UIPPE, cual, version=version(cual))


def test_el_traspaso_se_compensa_y_sale_de_lo_que_hay_por_ejercer(con_dinero: Any) -> None:
    """La primera clave tiene 330 modificados y 100 comprometidos: 230 centavos por ejercer."""
    mucho = [(REDUCE, CLAVES[0], 231), (AMPLIA, CLAVES[2], 231)]
    cual = abrir()
    origen = {"origen_recursos": "Economías", "justificacion": "Ya no se ocupa."}
    assert (
        negado(
            "sólo tiene \\$2.30 por ejercer",
            presentar,
            ENLACE,
            cual,
            contenido=escrito(dinero=mucho, **origen),
        )
        == "dinero"
    )
    chueco = [(REDUCE, CLAVES[0], 200), (AMPLIA, CLAVES[2], 150)]
    negado(
        "faltan por compensar \\$0.50", presentar, ENLACE, cual, contenido=escrito(dinero=chueco, **origen)
    )
    bien = [(REDUCE, CLAVES[0].replace("-", " "), 200), (AMPLIA, CLAVES[2], 200)]
    negado("de dónde salen", presentar, ENLACE, cual, contenido=escrito(dinero=bien, justificacion="Ya"))
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=escrito(dinero=bien, **origen))
    suya = leer(cual)
    assert (suya["tipo"], suya["ambito"], suya["reduce"]) == ("presupuestal", "interna", 200)
    apartada = Contenido({}, {}, [(REDUCE, CLAVES[0], 31), (AMPLIA, CLAVES[2], 31)], "Sí", "Sí", "Economías")
    negado("sólo tiene \\$0.30", presentar, ENLACE, abrir(items=()), contenido=apartada)


def test_lo_que_mueve_dinero_espera_la_opinion_de_tesoreria(con_dinero: Any) -> None:
    dinero = [(REDUCE, CLAVES[0], 100), (AMPLIA, CLAVES[1], 100)]
    cual = pedir(escrito(dinero=dinero, origen_recursos="Economías", justificacion="Sobra"))
    assert leer(cual)["ambito"] == "externa"
    negado("Tesorería aún no opina", autorizar, UIPPE, cual)
    with reading() as session:
        assert [s["toca"] for s in por_atender(session, TESORERIA, mundo.ANIO)] == ["opinar"]
        assert por_atender(session, UIPPE, mundo.ANIO) == []
    negado("razón de opinar en contra", opinar, TESORERIA, cual, favorable=False, opinion=" ")
    hacer(opinar, TESORERIA, cual, version=version(cual), favorable=False, opinion="No alcanza")
    negado("opinó en contra", autorizar, UIPPE, cual)
    hacer(retirar, ENLACE, cual, version=version(cual))
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=escrito(
        dinero=dinero, origen_recursos="Economías", justificacion="Sobra"))  # fmt: skip
    hacer(opinar, TESORERIA, cual, version=version(cual), favorable=True, opinion="")
    assert hacer(autorizar, UIPPE, cual, version=version(cual))
    sin_dinero = pedir(escrito(cuarto=20))
    negado("No mueve dinero", opinar, TESORERIA, sin_dinero, favorable=True, opinion="")


def test_dos_personas_no_se_pisan_aunque_solo_cambien_los_renglones(listo: Any) -> None:
    cual = abrir()
    vieja = version(cual)
    hacer(corregir, ENLACE, cual, version=vieja, contenido=escrito(20, 20))
    with pytest.raises(Conflicto):
        hacer(corregir, ENLACE, cual, version=vieja, contenido=escrito(15, 15))
    hacer(
        corregir, ENLACE, cual, version=version(cual), contenido=escrito(20, 20), items=[(META, 2), (META, 1)]
    )
    cambios = {c["item_id"]: [p["modificado"] for p in c["periodos"]] for c in leer(cual)["cambios"]}
    assert cambios == {1: [10, 10, 20, 20], 2: [10, 10, 8, 7]}


def test_lo_que_ya_esta_en_tramite_no_se_pide_dos_veces(en_sqlite: Any) -> None:
    pedir()
    assert negado("otra solicitud sin resolver", presentar, ENLACE, abrir(), contenido=escrito()) == "meta-1"


def test_se_retira_se_borra_y_se_rechaza_con_su_razon(en_sqlite: Any) -> None:
    cual = pedir()
    negado("así no se puede corregir", corregir, ENLACE, cual, contenido=escrito())
    negado("Falta la razón", rechazar, UIPPE, cual, resolucion="")
    hacer(retirar, ENLACE, cual, version=version(cual))
    hacer(borrar, ENLACE, cual, version=version(cual))
    otra = pedir()
    hacer(rechazar, UIPPE, otra, version=version(otra), resolucion="Sin sustento")
    with reading() as session:
        assert [(s["id"], s["estado"], s["resolucion"]) for s in lista(session, anio=mundo.ANIO)] == [
            (otra, "rechazada", "Sin sustento")
        ]
        assert actividad.metas(session, mundo.ANIO)[0].modificaciones == ()


def test_una_reconduccion_no_pasa_por_debajo_de_otra_que_rige_despues(en_sqlite: Any) -> None:
    cual = abrir(vigencia=10)
    solo = Contenido({(META, 1): {12: Decimal(12)}}, justificacion_destino="Sí")
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=solo)
    hacer(autorizar, UIPPE, cual, version=version(cual))
    negado("ya rige desde octubre", presentar, ENLACE, abrir(), contenido=escrito())


def test_las_variables_de_un_indicador_cambian_solo_sus_trimestres_abiertos(listo: Any) -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        session.add(
            Indicador(id=1, anio=mundo.ANIO, ente_id=1, proyecto_id=1, dependencia_id=11, nombre="Cobertura",
                      formula="A", frecuencia=Frecuencia.TRIMESTRAL)
        )  # fmt: skip
        session.flush()
        session.add(VariableIndicador(id=5, indicador_id=1, letra="A", nombre="Atendidos"))
        session.flush()
        for trimestre in (1, 2, 3, 4):
            session.add(ProgramacionVariable(variable_id=5, trimestre=trimestre, cantidad=Decimal(100)))
    cual = abrir(items=((VARIABLE, 5),))
    nuevo = Contenido({(VARIABLE, 5): {9: Decimal(80), 12: Decimal(60)}}, justificacion="Menos personal")
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=nuevo)
    hacer(autorizar, UIPPE, cual, version=version(cual))
    with reading() as session:
        (v,) = indicadores.indicadores(session, mundo.ANIO)[0].variables
        assert v.programado(6) == v.original == (100, 100, 100, 100)
        assert v.programado(9) == (100, 100, 80, 60)
    assert leer(cual)["cambios"][0]["lado"] == "reduce"


def test_en_un_ejercicio_por_mes_se_reprograma_desde_cualquier_mes_abierto(en_sqlite: Any) -> None:
    """Desde septiembre: 9 en septiembre y 21 en diciembre; por trimestre, 10, 10, 9 y 21."""
    with writing(LINEA_DE_COMANDOS) as session:
        session.get_one(Ejercicio, mundo.ANIO).periodicidad = Periodicidad.MES
    cual = abrir(items=((META, 1),), vigencia=9)
    nuevo = Contenido({(META, 1): {9: Decimal(9), 12: Decimal(21)}}, justificacion_destino="Sí")
    hacer(presentar, ENLACE, cual, version=version(cual), contenido=nuevo)
    hacer(autorizar, UIPPE, cual, version=version(cual))
    assert leer(cual)["cambios"][0]["trimestres"] == [10, 10, 9, 21]
    with reading() as session:
        vigente = actividad.metas(session, mundo.ANIO)[0].programado(12)
    assert {mes: v for mes, v in enumerate(vigente, start=1) if v is not None} == {3: 10, 6: 10, 9: 9, 12: 21}


def test_las_candidatas_son_lo_que_sale_de_90_a_110(listo: Any) -> None:
    """A junio: la meta 1 lleva 150 %, la 2 lleva 75 %; las otras no tienen dato."""
    with reading() as session:
        filas = candidatas(session, anio=mundo.ANIO, mes=6)["filas"]
        assert [(f["items"], f["lado"]) for f in filas] == [(["meta-1"], "amplia"), (["meta-2"], "reduce")]
        assert candidatas(session, anio=mundo.ANIO, mes=6, dependencia_id=2)["filas"] == []


def test_el_dictamen_autorizado_no_cambia_y_tesoreria_registra_su_adecuacion_una_vez(con_dinero: Any) -> None:
    dinero = [(REDUCE, CLAVES[0], 100), (AMPLIA, CLAVES[1], 100)]
    cual = pedir(escrito(dinero=dinero, origen_recursos="Economías", justificacion="Sobra"))
    hacer(opinar, TESORERIA, cual, version=version(cual), favorable=True, opinion="")
    hacer(autorizar, UIPPE, cual, version=version(cual))
    antes = leer(cual)
    # Otro corte del presupuesto y una corrección tardía dejarían otros saldos y otro avance.
    with writing(LINEA_DE_COMANDOS) as session:
        otras = [(0, 1, 900, 0, 0, 10, 10, 10, 10), (1, 1, 800, 0, 0, 10, 10, 10, 10)]
        guardar(session, mundo_gasto.CLAVES, otras, ente_id=1)
        session.execute(update(tabla(AvanceMeta)).values(alcanzado=99))
    despues = leer(cual)
    assert despues["dinero"] == antes["dinero"] and antes["dinero"][0]["autorizado"] == 330
    assert [c["avance"] for c in despues["cambios"]] == [c["avance"] for c in antes["cambios"]]

    with writing(ENLACE) as session, pytest.raises(SinPermiso):
        preparar(session, ENLACE, anio=mundo.ANIO, solicitud_id=cual)
    suya = hacer(preparar, TESORERIA, anio=mundo.ANIO, solicitud_id=cual)
    with reading() as session:
        registrada = adecuaciones.ficha(session, mundo.ANIO, suya)
    assert registrada is not None
    assert (registrada["folio"], registrada["ampliacion"], registrada["reduccion"]) == (
        antes["oficio"], 100, 100
    )  # fmt: skip
    assert leer(cual)["adecuacion_id"] == suya
    with writing(TESORERIA) as session, pytest.raises(Problema, match="ya existe"):
        preparar(session, TESORERIA, anio=mundo.ANIO, solicitud_id=cual)
