"""La MIR y su árbol en la base: quién escribe, qué se cuida y qué se deriva."""

from typing import Any

import pytest
from sqlmodel import Session, select

from db.actions.arbol import derivar_mir, guardar_nodo, quitar_nodo
from db.actions.cremaa import contestar_cremaa
from db.actions.idempotencia import Conflicto
from db.actions.mir import guardar_indicador, guardar_renglon, ligar_fichas, quitar_indicador, quitar_renglon
from db.engine import reading, writing
from db.models.indicadores import Indicador, NivelMir
from db.models.mir import ClaseNodoArbol, CriterioCremaa, IndicadorMir, RenglonMir, RespuestaCremaa
from db.models.programas import Programa, Proyecto, ResponsablePrograma
from db.queries.arbol import arbol, vista_previa
from db.queries.mir import fichas_del_programa, mir, programas_con_mir
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor
from tests.db.mundo import ANIO, fundar

PLANEACION = actor(Rol.PLANEACION)
CLAVE = "01020401"
LUGAR = {"programa_id": 1, "ente_id": 1}


def _mundo() -> None:
    """El programa 1 responde a la dependencia 1; tiene una ficha y otro programa tiene otra."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        session.add(ResponsablePrograma(ente_id=1, programa_id=1, dependencia_id=1))
        session.add(Programa(id=2, anio=ANIO, clave="01020402", nombre="Otro"))
        session.flush()
        session.add(Proyecto(id=3, anio=ANIO, programa_id=2, clave="010204020101", nombre="Ajeno"))
        session.flush()
        for numero, proyecto in ((1, 1), (2, 3)):
            session.add(
                Indicador(
                    id=numero,
                    anio=ANIO,
                    ente_id=1,
                    proyecto_id=proyecto,
                    dependencia_id=11,
                    nombre=f"Porcentaje de quejas {numero}",
                    formula="(A/B)*100",
                    medios_verificacion="Informe",
                )
            )


def _poner(session: Session, nivel: NivelMir, resumen: str, quien: Actor = PLANEACION, **mas: Any) -> int:
    return guardar_renglon(session, quien, **LUGAR, nivel=nivel, resumen=resumen, **mas)


def _matriz() -> dict[str, Any]:
    with reading() as session:
        datos = mir(session, anio=ANIO, clave=CLAVE)
    assert datos is not None
    return datos


def _claves() -> list[tuple[str, str]]:
    return [(r["clave"], r["resumen"]) for r in _matriz()["renglones"]]


def _llenar() -> dict[str, int]:
    with writing(PLANEACION) as session:
        ids = {"fin": _poner(session, NivelMir.FIN, "Contribuir a la paz")}
        ids["proposito"] = _poner(session, NivelMir.PROPOSITO, "La población convive")
        for n in (1, 2, 3):
            ids[f"c{n}"] = _poner(session, NivelMir.COMPONENTE, f"Cursos {n} dados")
        ids["a"] = _poner(session, NivelMir.ACTIVIDAD, "Registro", padre_id=ids["c1"])
    return ids


def test_los_renglones_se_ordenan_se_mueven_y_se_quitan(base: str) -> None:
    _mundo()
    ids = _llenar()
    with writing(PLANEACION) as session:
        _poner(session, NivelMir.COMPONENTE, "Cursos 3 dados", renglon_id=ids["c3"], version=1, lugar=1)
    assert _claves()[2:5] == [
        ("Componente 1", "Cursos 3 dados"),
        ("Componente 2", "Cursos 1 dados"),
        ("Componente 3", "Cursos 2 dados"),
    ]
    assert _claves()[5] == ("Actividad 2.1", "Registro")
    with writing(PLANEACION) as session:
        version = session.get(RenglonMir, ids["c3"]).version  # type: ignore[union-attr]
        quitar_renglon(session, PLANEACION, renglon_id=ids["c3"], version=version)
    assert [c for c, _ in _claves()] == ["Fin", "Propósito", "Componente 1", "Componente 2", "Actividad 1.1"]


def test_un_componente_con_actividades_no_se_quita(base_sqlite: str) -> None:
    _mundo()
    ids = _llenar()
    with pytest.raises(Problema, match="tiene Actividades"), writing(PLANEACION) as session:
        quitar_renglon(session, PLANEACION, renglon_id=ids["c1"], version=1)
    assert len(_claves()) == 6


def test_nadie_pisa_lo_que_otra_persona_cambio(base: str) -> None:
    _mundo()
    ids = _llenar()
    with writing(PLANEACION) as session:
        _poner(session, NivelMir.FIN, "Contribuir a otra cosa", renglon_id=ids["fin"], version=1)
    with pytest.raises(Conflicto), writing(PLANEACION) as session:
        _poner(session, NivelMir.FIN, "Contribuir tarde", renglon_id=ids["fin"], version=1)
    assert _claves()[0] == ("Fin", "Contribuir a otra cosa")


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"nivel": NivelMir.FIN, "resumen": "  "}, "resumen"),
        ({"nivel": NivelMir.FIN, "resumen": "x" * 2001}, "resumen"),
        ({"nivel": NivelMir.ACTIVIDAD, "resumen": "Sin componente"}, "padre"),
        ({"nivel": NivelMir.ACTIVIDAD, "resumen": "De un fin", "padre_id": 1}, "padre"),
    ],
)
def test_lo_mal_escrito_se_dice_junto_a_su_campo(base_sqlite: str, datos: dict[str, Any], campo: str) -> None:
    _mundo()
    _llenar()
    with pytest.raises(Problema) as problema, writing(PLANEACION) as session:
        guardar_renglon(session, PLANEACION, **LUGAR, **datos)
    assert problema.value.campo == campo


def test_el_enlace_escribe_solo_lo_de_su_dependencia(base: str) -> None:
    _mundo()
    suyo, ajeno = actor(Rol.ENLACE, 1, 1), actor(Rol.ENLACE, 1, 99)
    with writing(suyo) as session:
        renglon_id = _poner(session, NivelMir.FIN, "Contribuir a la paz", suyo)
    for quien in (ajeno, actor(Rol.TESORERIA), actor(Rol.PRESIDENCIA), actor(Rol.CONTRALORIA)):
        for hacer in (
            lambda s, q: _poner(s, NivelMir.FIN, "Otro", q),
            lambda s, q: quitar_renglon(s, q, renglon_id=renglon_id, version=1),
            lambda s, q: guardar_indicador(s, q, renglon_id=renglon_id, nombre="X"),
            lambda s, q: guardar_nodo(s, q, **LUGAR, clase=ClaseNodoArbol.PROBLEMA, problema="X"),
            lambda s, q: derivar_mir(s, q, **LUGAR),
            lambda s, q: contestar_cremaa(s, q, indicador_id=1, respuestas={}, versiones={}),
        ):
            with pytest.raises(SinPermiso), writing(quien) as session:
                hacer(session, quien)
    assert len(_claves()) == 1


def test_un_renglon_de_otro_programa_no_existe_para_quien_lo_pide(base_sqlite: str) -> None:
    _mundo()
    ids = _llenar()
    with pytest.raises(SinPermiso), writing(PLANEACION) as session:
        guardar_renglon(
            session,
            PLANEACION,
            programa_id=2,
            ente_id=1,
            renglon_id=ids["fin"],
            version=1,
            nivel=NivelMir.FIN,
            resumen="Ajeno",
        )


def test_un_indicador_se_liga_con_su_ficha_y_trae_su_estado(base: str) -> None:
    _mundo()
    ids = _llenar()
    with writing(PLANEACION) as session:
        fila = guardar_indicador(session, PLANEACION, renglon_id=ids["fin"], nombre="Porcentaje de quejas 1")
    assert _matriz()["renglones"][0]["indicadores"][0]["cumplimiento"] is None
    with writing(PLANEACION) as session:
        assert ligar_fichas(session, PLANEACION, {fila: 1}) == 1
        assert ligar_fichas(session, PLANEACION, {fila: 1}) == 0
    indicador = _matriz()["renglones"][0]["indicadores"][0]
    assert (indicador["indicador_id"], indicador["medios"]) == (1, "Informe")
    assert indicador["cumplimiento"]["estado"] == "sin_meta"
    with pytest.raises(Problema, match="ya está"), writing(PLANEACION) as session:
        guardar_indicador(session, PLANEACION, renglon_id=ids["fin"], indicador_id=1)
    with pytest.raises(Problema, match="no es de este programa"), writing(PLANEACION) as session:
        guardar_indicador(session, PLANEACION, renglon_id=ids["fin"], indicador_id=2)
    with writing(PLANEACION) as session:
        version = session.get(IndicadorMir, fila).version  # type: ignore[union-attr]
        quitar_indicador(session, PLANEACION, fila_id=fila, version=version)
    assert _matriz()["renglones"][0]["indicadores"] == []
    with reading() as session:
        assert session.get(Indicador, 1) is not None


def test_la_revision_acompana_a_la_matriz(base_sqlite: str) -> None:
    _mundo()
    _llenar()
    faltas = _matriz()["faltas"]
    assert [f["donde"] for f in faltas if f["regla"] == "Un Componente sin Actividades"] == [
        "Componente 2",
        "Componente 3",
    ]
    with reading() as session:
        lista = programas_con_mir(session, anio=ANIO)
        assert [(m["clave"], m["renglones"], m["faltas"]) for m in lista] == [(CLAVE, 6, 8)]
        assert programas_con_mir(session, anio=ANIO, ente_id=99) == []
        assert mir(session, anio=ANIO, clave="99999999") is None


def test_las_preguntas_cremaa_se_contestan_y_se_corrigen(base: str) -> None:
    _mundo()
    claro, economico = CriterioCremaa.CLARIDAD, CriterioCremaa.ECONOMIA

    def contestar(respuestas: Any, versiones: Any) -> None:
        with writing(PLANEACION) as session:
            contestar_cremaa(session, PLANEACION, indicador_id=1, respuestas=respuestas, versiones=versiones)

    contestar({claro: (True, ""), economico: (False, "Cuesta caro")}, {})
    with reading() as session:
        respuestas = fichas_del_programa(session, anio=ANIO, clave=CLAVE, ente_id=1)[0]["respuestas"]
    assert (respuestas["claridad"]["cumple"], respuestas["economia"]["nota"]) == (True, "Cuesta caro")
    with pytest.raises(Conflicto):
        contestar({claro: (True, "")}, {})
    with pytest.raises(Problema, match="se explica"):
        contestar({claro: (False, " ")}, {claro: 1})
    contestar({claro: (None, "")}, {claro: 1})
    with reading() as session:
        assert [r.criterio for r in session.exec(select(RespuestaCremaa))] == [economico]


def _arbol(**objetivos: str) -> dict[str, int]:
    """Problema, un efecto, dos causas y una causa de la primera."""
    plan = (
        ("problema", ClaseNodoArbol.PROBLEMA, None, "Hay quejas", "La gente convive en paz"),
        ("efecto", ClaseNodoArbol.EFECTO, "problema", "Hay pleitos", "Reducir los pleitos"),
        ("c1", ClaseNodoArbol.CAUSA, "problema", "Nadie media", "Mediaciones realizadas"),
        ("c2", ClaseNodoArbol.CAUSA, "problema", "Nadie conoce la ley", "Talleres impartidos"),
        ("a1", ClaseNodoArbol.CAUSA, "c1", "Sin mediadores", "Contratación de mediadores"),
    )
    ids: dict[str, int] = {}
    with writing(PLANEACION) as session:
        for nombre, clase, padre, problema, objetivo in plan:
            ids[nombre] = guardar_nodo(
                session,
                PLANEACION,
                **LUGAR,
                clase=clase,
                padre_id=ids.get(padre or ""),
                problema=problema,
                objetivo=objetivos.get(nombre, objetivo),
            )
    return ids


def test_derivar_dos_veces_es_lo_mismo(base: str) -> None:
    _mundo()
    _arbol()
    with reading() as session:
        assert {p["paso"] for p in vista_previa(session, **LUGAR)["pasos"]} == {"nuevo"}
    with writing(PLANEACION) as session:
        assert derivar_mir(session, PLANEACION, **LUGAR) == 5
    antes = _claves()
    assert antes == [
        ("Fin", "Contribuir a reducir los pleitos"),
        ("Propósito", "La gente convive en paz"),
        ("Componente 1", "Mediaciones realizadas"),
        ("Componente 2", "Talleres impartidos"),
        ("Actividad 1.1", "Contratación de mediadores"),
    ]
    with writing(PLANEACION) as session:
        assert derivar_mir(session, PLANEACION, **LUGAR) == 0
    assert _claves() == antes
    with reading() as session:
        assert {p["paso"] for p in vista_previa(session, **LUGAR)["pasos"]} == {"igual"}


def test_derivar_conserva_lo_que_ya_tiene_ficha(base: str) -> None:
    _mundo()
    ids = _llenar()
    with writing(PLANEACION) as session:
        guardar_indicador(session, PLANEACION, renglon_id=ids["c1"], indicador_id=1)
    _arbol()
    with writing(PLANEACION) as session:
        derivar_mir(session, PLANEACION, **LUGAR)
    renglones = {r["id"]: r for r in _matriz()["renglones"]}
    ligado = renglones[ids["c1"]]
    assert (ligado["resumen"], ligado["indicadores"][0]["indicador_id"]) == ("Cursos 1 dados", 1)
    assert renglones[ids["c2"]]["resumen"] == "Talleres impartidos"
    assert renglones[ids["fin"]]["resumen"] == "Contribuir a reducir los pleitos"
    assert ids["c3"] in renglones
    assert sum(r["nivel"] == "proposito" for r in renglones.values()) == 1


def test_sin_redactar_en_positivo_no_se_deriva(base_sqlite: str) -> None:
    _mundo()
    _arbol(c2="")
    with reading() as session:
        assert "Nadie conoce la ley" in vista_previa(session, **LUGAR)["problema"]
    with pytest.raises(Problema, match="en positivo"), writing(PLANEACION) as session:
        derivar_mir(session, PLANEACION, **LUGAR)
    assert _claves() == []


def test_un_nodo_se_corrige_se_mueve_y_solo_la_hoja_se_quita(base: str) -> None:
    _mundo()
    ids = _arbol()
    with writing(PLANEACION) as session:
        guardar_nodo(
            session,
            PLANEACION,
            **LUGAR,
            nodo_id=ids["a1"],
            version=1,
            clase=ClaseNodoArbol.CAUSA,
            padre_id=ids["c2"],
            problema="Sin maestros",
            elegido=False,
        )
    with reading() as session:
        nodos = {n["id"]: n for n in arbol(session, **LUGAR)}
    movido = nodos[ids["a1"]]
    assert (movido["padre_id"], movido["problema"], movido["elegido"]) == (ids["c2"], "Sin maestros", False)
    for nodo, dice in ((ids["c2"], "cuelgan otros"), (ids["problema"], "cuelgan otros")):
        with pytest.raises(Problema, match=dice), writing(PLANEACION) as session:
            quitar_nodo(session, PLANEACION, nodo_id=nodo, version=nodos[nodo]["version"])
    with writing(PLANEACION) as session:
        quitar_nodo(session, PLANEACION, nodo_id=ids["a1"], version=movido["version"])
    with reading() as session:
        assert len(arbol(session, **LUGAR)) == 4
