"""La guía de la demostración: completa, creíble y con algo que enseñar en cada estado."""

import pytest

from db.engine import reading
from db.queries.guia import guia_del_anio
from db.rules.guia import elementos_pedidos, leer_umbrales
from seed.catalogos import leer
from tests.seed.conftest import Consulta


def test_cada_indicador_del_catalogo_se_puede_evaluar() -> None:
    elementos = [r["clave"] for r in leer("guia_elementos.csv")]
    assert len(elementos) == 394
    for r in leer("guia_indicadores.csv"):
        if r["tipo"] == "gestion":
            assert elementos_pedidos(r["optimo"]) == elementos.count(r["clave"]), r["clave"]
        else:
            leer_umbrales(r["optimo"], r["en_proceso"], r["rezago"])


def test_la_demostracion_mejora_y_trae_todos_los_estados(
    ruta_demo: object, consulta: Consulta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIEM_DATABASE_URL", f"sqlite:///{ruta_demo}")
    with reading() as session:
        por_anio = {anio: guia_del_anio(session, anio=anio)["indicadores"] for anio in (2025, 2026)}
    assert {i["estado"] for i in por_anio[2026]} == {"optimo", "en_proceso", "rezago", "nd", "nm"}
    optimos = {anio: sum(i["estado"] == "optimo" for i in todos) for anio, todos in por_anio.items()}
    assert 10 < optimos[2025] < optimos[2026] < 80
    assert any(not i["revisado"] for i in por_anio[2026])
    assert all(i["dependencia"] for i in por_anio[2026])
    sin_evidencia = "SELECT count(*) FROM comprobacion_guia WHERE cumple AND evidencia = ''"
    assert consulta(sin_evidencia) == [(0,)]
