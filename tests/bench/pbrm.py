"""Cuánto tarda todo el PbRM-08c de un municipio y cuánta memoria ocupa.

    SIEM_DATABASE_URL=sqlite:///… python -m tests.bench.pbrm [--anio 2026] [--mes 9]

Se corre sobre una base que ya existe, como la de `siem demo`. Se espera menos de 30 s y menos de 600 MB.
"""

import argparse
import resource
import time
from datetime import UTC, datetime

from dashboard.reports import a_pdf
from dashboard.reports.bloques import Tabla
from dashboard.reports.documento import Emision, Parametros
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de

SEGUNDOS, MEGAS = 30.0, 600.0
EMISION = Emision("MEDICION-1", True, "0" * 64, 1, "Medición", datetime(2026, 1, 1, tzinfo=UTC))


def main() -> None:
    """Mide y sale con 1 si algo rebasa su límite."""
    argumentos = argparse.ArgumentParser()
    argumentos.add_argument("--anio", type=int, default=2026)
    argumentos.add_argument("--mes", type=int, default=9)
    pedido = argumentos.parse_args()
    reporte = reporte_de("pbrm_08c")
    assert reporte.juego is not None
    antes, hojas = time.perf_counter(), 0
    with una_lectura() as preguntar:
        for parametros in reporte.juego(preguntar, Parametros(pedido.anio, pedido.mes)):
            documento = reporte.construir(preguntar, parametros)
            a_pdf.hacer(documento, EMISION)
            hojas += sum(isinstance(b, Tabla) for b in documento.bloques)
    segundos = time.perf_counter() - antes
    megas = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{hojas} hojas de 08c: {segundos:.1f} s (< {SEGUNDOS:.0f}), {megas:.0f} MB (< {MEGAS:.0f})")
    raise SystemExit(segundos > SEGUNDOS or megas > MEGAS)


if __name__ == "__main__":
    main()
