"""La demostración trae una MIR por programa y ente, y sus árboles se pueden leer."""

import pytest

from db.rules.arbol import central, derivar
from db.rules.problema import Problema
from seed.demo.arboles import arboles
from seed.demo.calendario import ACTUAL
from seed.demo.mir import DEL_ARBOL, SIN_FIN
from tests.seed.conftest import Consulta

SIN_TERMINAR = {"01070101"}


def test_cada_programa_que_alguien_ejecuta_tiene_su_mir(consulta: Consulta) -> None:
    sin_matriz = consulta(
        "SELECT DISTINCT y.programa_id, x.ente_id FROM proyecto_ejecutado x "
        "JOIN proyecto y ON y.id = x.proyecto_id WHERE y.anio = ? AND NOT EXISTS "
        "(SELECT 1 FROM renglon_mir r WHERE r.programa_id = y.programa_id AND r.ente_id = x.ente_id)",
        ACTUAL,
    )
    assert sin_matriz == []
    sin_fin = consulta(
        "SELECT p.clave FROM programa p WHERE p.anio = ? AND NOT EXISTS "
        "(SELECT 1 FROM renglon_mir r WHERE r.programa_id = p.id AND r.nivel = 'fin')",
        ACTUAL,
    )
    assert sin_fin == [(SIN_FIN,)]


def test_toda_actividad_cuelga_de_un_componente_de_su_programa(consulta: Consulta) -> None:
    assert consulta(
        "SELECT count(*) FROM renglon_mir a LEFT JOIN renglon_mir c ON c.id = a.padre_id "
        "AND c.nivel = 'componente' AND c.programa_id = a.programa_id AND c.ente_id = a.ente_id "
        "WHERE a.nivel = 'actividad' AND c.id IS NULL"
    ) == [(0,)]


def test_ninguna_ficha_esta_en_una_matriz_ajena(consulta: Consulta) -> None:
    assert consulta(
        "SELECT count(*) FROM indicador_mir x JOIN renglon_mir r ON r.id = x.renglon_id "
        "JOIN indicador i ON i.id = x.indicador_id JOIN proyecto y ON y.id = i.proyecto_id "
        "WHERE y.programa_id <> r.programa_id OR i.ente_id <> r.ente_id"
    ) == [(0,)]


@pytest.mark.parametrize("programa", sorted(arboles()))
def test_los_arboles_escritos_se_derivan_salvo_el_que_falta_terminar(programa: str) -> None:
    nodos = arboles()[programa]
    assert central(nodos) is not None
    if programa in SIN_TERMINAR:
        with pytest.raises(Problema, match="en positivo"):
            derivar(nodos)
    else:
        assert {d.nivel for d in derivar(nodos)} == {"fin", "proposito", "componente", "actividad"}
    assert set(arboles()) >= DEL_ARBOL
