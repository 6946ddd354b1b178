"""Cuánto tarda el Informe de Gobierno completo y cuánta memoria ocupa: reunirlo, dibujarlo y sus láminas.

    SIEM_DATABASE_URL=sqlite:///… SIEM_HOME=… python -m tests.bench.informe [--informe 1]

Se corre sobre una base que ya existe, como la de `siem demo`. Se espera menos de 30 s y menos de 600 MB por
archivo, en el proceso que reúne y en el que dibuja.
"""

import argparse
import io
import resource
import time

from pypdf import PdfReader

from dashboard.reports.bloques import Grafica, LadoALado
from dashboard.reports.documento import Documento, Parametros
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.registro import reporte_de
from dashboard.reports.taller import taller
from tests.bench.documentos import MEGAS, SEGUNDOS, Memoria
from tests.reports.muestrario import EMISION


def graficas(documento: Documento) -> int:
    """Cuántas gráficas trae."""
    juntas = [b for b in documento.bloques if isinstance(b, LadoALado)]
    dentro = [b for j in juntas for parte in j.partes for b in parte]
    return sum(isinstance(b, Grafica) for b in (*documento.bloques, *dentro))


def medir(clave: str, formato: str, parametros: Parametros) -> bool:
    """Hace uno, dice cuánto tardó y si rebasó su límite."""
    memoria = Memoria()
    memoria.start()
    antes = time.perf_counter()
    with una_lectura() as preguntar:
        documento = reporte_de(clave).construir(preguntar, parametros)
    reunido = time.perf_counter() - antes
    with taller() as dibujar:
        hecho = dibujar(documento, EMISION, formato)
    segundos = time.perf_counter() - antes
    memoria.sigue = False
    propia = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hojas = f"{len(PdfReader(io.BytesIO(hecho)).pages)} hojas, " if formato == "pdf" else ""
    print(
        f"{clave} en {formato}: {hojas}{graficas(documento)} gráficas, {segundos:.1f} s "
        f"({reunido:.1f} reunirlo), {memoria.tope:.0f} MB al dibujar, {propia:.0f} MB al reunir"
    )
    return segundos > SEGUNDOS or max(memoria.tope, propia) > MEGAS


def main() -> None:
    """Mide los cuatro y sale con 1 si algo rebasa su límite."""
    argumentos = argparse.ArgumentParser()
    argumentos.add_argument("--anio", type=int, default=2026)
    argumentos.add_argument("--mes", type=int, default=9)
    argumentos.add_argument("--informe", default="1")
    pedido = argumentos.parse_args()
    parametros = Parametros(pedido.anio, pedido.mes, otros={"informe": pedido.informe})
    pares = (("informe", "pdf"), ("informe", "docx"), ("informe_laminas", "pdf"), ("informe_datos", "xlsx"))
    rebasados = [medir(clave, formato, parametros) for clave, formato in pares]
    raise SystemExit(any(rebasados))


if __name__ == "__main__":
    main()
