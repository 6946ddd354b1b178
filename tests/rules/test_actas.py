"""Lo que un comité demuestra ante la guía: instalación, calendario y minutas firmadas."""

from datetime import UTC, datetime
from typing import Any

from db.rules.actas import papeles
from db.rules.estado import Estado

AHORA = datetime(2026, 7, 1, tzinfo=UTC)


def sesion(tipo: str, mes: int, estado: str, acta: str = "", anio: int = 2026) -> dict[str, Any]:
    prevista = datetime(anio, mes, 10, tzinfo=UTC)
    return {"tipo": tipo, "anio": anio, "estado": estado, "acta": acta, "prevista": prevista}


def test_sin_sesiones_falta_todo() -> None:
    instalacion, calendario, minutas = papeles([], 2026, AHORA)
    assert (instalacion[1], calendario[1], minutas[1]) == (
        Estado.critico,
        Estado.critico,
        Estado.no_programado,
    )


def test_lo_que_ya_debia_celebrarse_cuenta_aunque_no_se_haya_celebrado() -> None:
    """Marzo, firmada; abril, extraordinaria aprobada; junio, que no se celebró; septiembre aún no toca."""
    todas = [
        sesion("instalacion", 2, "cerrada", "firmada", 2025),
        sesion("ordinaria", 3, "cerrada", "firmada"),
        sesion("extraordinaria", 4, "cerrada", "aprobada"),
        sesion("ordinaria", 5, "cancelada"),
        sesion("ordinaria", 6, "programada"),
        sesion("ordinaria", 9, "programada"),
    ]
    instalacion, calendario, minutas = papeles(todas, 2026, AHORA)
    assert instalacion[1:] == (Estado.adecuado, "firmada")
    assert calendario[1:] == (Estado.adecuado, "3 sesiones ordinarias")
    assert minutas[1:] == (Estado.riesgo, "1 de 3")


def test_el_acta_de_instalacion_sin_firma_no_basta() -> None:
    (_, estado, dice), *_ = papeles([sesion("instalacion", 2, "cerrada", "aprobada")], 2026, AHORA)
    assert (estado, dice) == (Estado.riesgo, "aprobada, falta firmarla")
